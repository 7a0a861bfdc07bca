//! Sizes and offsets are those of `windows-sys`, and a program in its shape runs.

#![allow(unsafe_code, reason = "calls of the C ABI")]

use std::mem::{offset_of, size_of};

use windows_sys::Win32::Networking::WinSock as theirs;
use ws2_32::types as ours;

macro_rules! same_layout {
    ($($ours:ty, $theirs:ty { $($field:ident)* })*) => {$(
        assert_eq!(size_of::<$ours>(), size_of::<$theirs>(), stringify!($theirs));
        $(assert_eq!(offset_of!($ours, $field), offset_of!($theirs, $field), stringify!($theirs.$field));)*
    )*};
}

#[test]
fn structures_have_windows_layout() {
    same_layout! {
        ours::WSADATA, theirs::WSADATA {
            wVersion wHighVersion iMaxSockets iMaxUdpDg lpVendorInfo szDescription szSystemStatus
        }
        ours::FD_SET, theirs::FD_SET { fd_count fd_array }
        ours::TIMEVAL, theirs::TIMEVAL { tv_sec tv_usec }
        ours::SOCKADDR, theirs::SOCKADDR { sa_family sa_data }
        ours::WSABUF, theirs::WSABUF { len buf }
        ours::WSAMSG, theirs::WSAMSG { name namelen lpBuffers dwBufferCount Control dwFlags }
        ours::TRANSMIT_FILE_BUFFERS, theirs::TRANSMIT_FILE_BUFFERS { Head HeadLength Tail TailLength }
        ours::TRANSMIT_PACKETS_ELEMENT, theirs::TRANSMIT_PACKETS_ELEMENT { dwElFlags cLength }
        ours::RIO_BUF, theirs::RIO_BUF { BufferId Offset Length }
        ours::RIORESULT, theirs::RIORESULT { Status BytesTransferred SocketContext RequestContext }
        ours::RIO_NOTIFICATION_COMPLETION, theirs::RIO_NOTIFICATION_COMPLETION { Type }
        ours::RIO_NOTIFICATION_COMPLETION_0_0, theirs::RIO_NOTIFICATION_COMPLETION_0_0 { EventHandle NotifyReset }
        ours::RIO_NOTIFICATION_COMPLETION_0_1, theirs::RIO_NOTIFICATION_COMPLETION_0_1 {
            IocpHandle CompletionKey Overlapped
        }
        ours::ADDRINFO<u8>, theirs::ADDRINFOA {
            ai_flags ai_family ai_socktype ai_protocol ai_addrlen ai_canonname ai_addr ai_next
        }
        ours::ADDRINFO<u16>, theirs::ADDRINFOW {
            ai_flags ai_family ai_socktype ai_protocol ai_addrlen ai_canonname ai_addr ai_next
        }
        ours::CSADDR_INFO, theirs::CSADDR_INFO { LocalAddr RemoteAddr iSocketType iProtocol }
        ours::HOSTENT, theirs::HOSTENT { h_name h_aliases h_addrtype h_length h_addr_list }
        ours::SERVENT, theirs::SERVENT { s_name s_aliases s_proto s_port }
        ours::PROTOENT, theirs::PROTOENT { p_name p_aliases p_proto }
        ours::QOS, theirs::QOS { SendingFlowspec ReceivingFlowspec ProviderSpecific }
        ours::FLOWSPEC, theirs::FLOWSPEC { ServiceType MinimumPolicedSize }
        ours::WSAPROTOCOLCHAIN, theirs::WSAPROTOCOLCHAIN { ChainLen ChainEntries }
        ours::WSAPROTOCOL_INFO<u8>, theirs::WSAPROTOCOL_INFOA {
            dwServiceFlags1 dwProviderFlags ProviderId dwCatalogEntryId ProtocolChain iVersion iAddressFamily
            iSocketType iProtocol dwMessageSize dwProviderReserved szProtocol
        }
        ours::WSAPROTOCOL_INFO<u16>, theirs::WSAPROTOCOL_INFOW { iVersion iProtocol dwProviderReserved szProtocol }
        winsock::PollEntry, theirs::WSAPOLLFD { fd events revents }
    }
    assert_eq!(size_of::<ours::OVERLAPPED>(), size_of::<windows_sys::Win32::System::IO::OVERLAPPED>());
    assert_eq!(size_of::<ours::IN_ADDR>(), size_of::<theirs::IN_ADDR>());
}

#[test]
fn rust_programs_call_by_the_same_names() {
    // A program written on windows-sys moves over by its `use` line: this is one, in miniature.
    use ws2_32::{WSACleanup, WSAGetLastError, WSAStartup, closesocket, connect, send, socket};
    let mut data = std::mem::MaybeUninit::<ours::WSADATA>::uninit();
    // SAFETY: every pointer is to a live value of the size that is named.
    unsafe {
        assert_eq!(WSAStartup(0x0202, data.as_mut_ptr()), 0);
        let s = socket(i32::from(theirs::AF_INET), theirs::SOCK_STREAM, theirs::IPPROTO_TCP);
        assert_ne!(s, theirs::INVALID_SOCKET);
        assert_eq!(send(s, b"x".as_ptr(), 1, 0), theirs::SOCKET_ERROR);
        assert_eq!(WSAGetLastError(), theirs::WSAENOTCONN);
        let mut address: theirs::SOCKADDR_IN = std::mem::zeroed();
        address.sin_family = theirs::AF_INET;
        address.sin_port = 80u16.to_be();
        assert_eq!(connect(s, (&raw const address).cast(), size_of_val(&address) as i32), theirs::SOCKET_ERROR);
        assert_eq!(WSAGetLastError(), theirs::WSAEADDRNOTAVAIL);
        assert_eq!(closesocket(s), 0);
        WSACleanup();
    }
}
