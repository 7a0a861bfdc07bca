//! C's structures, as the headers declare them. `tests/layout.rs` compares each with `windows-sys`.
#![allow(missing_docs, reason = "the names are Winsock's and documented there")]

pub use crate::connect_by::SOCKET_ADDRESS;
pub use winsock::win32::SOCKET;

pub const WSADESCRIPTION_LEN: usize = 256;
pub const WSASYS_STATUS_LEN: usize = 128;

/// What `WSAStartup` fills, in the layout of 64-bit Windows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSADATA {
    pub wVersion: u16,
    pub wHighVersion: u16,
    pub iMaxSockets: u16,
    pub iMaxUdpDg: u16,
    pub lpVendorInfo: *mut u8,
    pub szDescription: [u8; WSADESCRIPTION_LEN + 1],
    pub szSystemStatus: [u8; WSASYS_STATUS_LEN + 1],
}

/// The head of an `fd_set`; `fd_count` values follow it. Programs may make the array longer by defining `FD_SETSIZE`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct FD_SET {
    pub fd_count: u32,
    pub fd_array: [SOCKET; 64],
}

/// Windows' own, with 32-bit fields. C programs on Linux have libc's instead: see [`crate::readiness::c_select`].
#[derive(Clone, Copy)]
#[repr(C)]
pub struct TIMEVAL {
    pub tv_sec: i32,
    pub tv_usec: i32,
}

/// The common head of addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SOCKADDR {
    pub sa_family: u16,
    pub sa_data: [i8; 14],
}

/// One buffer of a scattered transfer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSABUF {
    pub len: u32,
    pub buf: *mut u8,
}

/// A datagram with its address and control data.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSAMSG {
    pub name: *mut SOCKADDR,
    pub namelen: i32,
    pub lpBuffers: *mut WSABUF,
    pub dwBufferCount: u32,
    pub Control: WSABUF,
    pub dwFlags: u32,
}

/// What `TransmitFile` sends before and after the file.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct TRANSMIT_FILE_BUFFERS {
    pub Head: *mut u8,
    pub HeadLength: u32,
    pub Tail: *mut u8,
    pub TailLength: u32,
}

/// One piece of what `TransmitPackets` sends.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct TRANSMIT_PACKETS_ELEMENT {
    pub dwElFlags: u32,
    pub cLength: u32,
    pub what: TRANSMIT_PACKETS_ELEMENT_0,
}

/// Which piece: a part of a file, or memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub union TRANSMIT_PACKETS_ELEMENT_0 {
    pub file: TRANSMIT_PACKETS_ELEMENT_0_0,
    pub pBuffer: *mut u8,
}

/// A part of a file.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct TRANSMIT_PACKETS_ELEMENT_0_0 {
    pub nFileOffset: i64,
    pub hFile: HANDLE,
}

/// What `RIORegisterBuffer` returns: a number to programs.
pub type RIO_BUFFERID = usize;
/// A completion queue.
pub type RIO_CQ = usize;
/// A request queue.
pub type RIO_RQ = usize;

/// A part of registered memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RIO_BUF {
    pub BufferId: RIO_BUFFERID,
    pub Offset: u32,
    pub Length: u32,
}

/// How a request of registered I/O ended.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RIORESULT {
    pub Status: i32,
    pub BytesTransferred: u32,
    pub SocketContext: u64,
    pub RequestContext: u64,
}

/// How a completion queue gives notice.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RIO_NOTIFICATION_COMPLETION {
    pub Type: i32,
    pub how: RIO_NOTIFICATION_COMPLETION_0,
}

/// By which event, or which packet.
#[derive(Clone, Copy)]
#[repr(C)]
pub union RIO_NOTIFICATION_COMPLETION_0 {
    pub Event: RIO_NOTIFICATION_COMPLETION_0_0,
    pub Iocp: RIO_NOTIFICATION_COMPLETION_0_1,
}

/// By an event.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RIO_NOTIFICATION_COMPLETION_0_0 {
    pub EventHandle: HANDLE,
    pub NotifyReset: i32,
}

/// By a packet at a completion port.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RIO_NOTIFICATION_COMPLETION_0_1 {
    pub IocpHandle: HANDLE,
    pub CompletionKey: *mut std::ffi::c_void,
    pub Overlapped: *mut std::ffi::c_void,
}

/// An IPv4 address in network order.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct IN_ADDR {
    pub S_addr: u32,
}

/// One answer of `getaddrinfo`, and its hints. The canonical name stands before the address, unlike in Linux' structure.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct ADDRINFO<U> {
    pub ai_flags: i32,
    pub ai_family: i32,
    pub ai_socktype: i32,
    pub ai_protocol: i32,
    pub ai_addrlen: usize,
    pub ai_canonname: *mut U,
    pub ai_addr: *mut SOCKADDR,
    pub ai_next: *mut ADDRINFO<U>,
}
pub type ADDRINFOA = ADDRINFO<u8>;
pub type ADDRINFOW = ADDRINFO<u16>;

/// One result of `GetAddrInfoEx`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct ADDRINFOEX<T> {
    pub ai_flags: i32,
    pub ai_family: i32,
    pub ai_socktype: i32,
    pub ai_protocol: i32,
    pub ai_addrlen: usize,
    pub ai_canonname: *mut T,
    pub ai_addr: *mut SOCKADDR,
    pub ai_blob: *mut std::ffi::c_void,
    pub ai_bloblen: usize,
    pub ai_provider: *mut GUID,
    pub ai_next: *mut ADDRINFOEX<T>,
}
pub type ADDRINFOEXA = ADDRINFOEX<u8>;
pub type ADDRINFOEXW = ADDRINFOEX<u16>;

/// A host, in memory of the thread.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct HOSTENT {
    pub h_name: *mut u8,
    pub h_aliases: *mut *mut u8,
    pub h_addrtype: i16,
    pub h_length: i16,
    pub h_addr_list: *mut *mut u8,
}

/// A service, in memory of the thread, in the layout of 64-bit Windows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SERVENT {
    pub s_name: *mut u8,
    pub s_aliases: *mut *mut u8,
    pub s_proto: *mut u8,
    pub s_port: i16,
}

/// A protocol, in memory of the thread.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PROTOENT {
    pub p_name: *mut u8,
    pub p_aliases: *mut *mut u8,
    pub p_proto: i16,
}

/// An operation that goes on after its call.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct OVERLAPPED {
    pub Internal: usize,
    pub InternalHigh: usize,
    pub Offset: u32,
    pub OffsetHigh: u32,
    pub hEvent: *mut u8,
}

/// What has happened on a socket.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSANETWORKEVENTS {
    pub lNetworkEvents: i32,
    pub iErrorCode: [i32; 10],
}

/// A packet of a completion port.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct OVERLAPPED_ENTRY {
    pub lpCompletionKey: usize,
    pub lpOverlapped: *mut OVERLAPPED,
    pub Internal: usize,
    pub dwNumberOfBytesTransferred: u32,
}

const _: () = assert!(size_of::<OVERLAPPED_ENTRY>() == 32);

/// A number for an object, in the shape of a pointer.
pub type HANDLE = *mut std::ffi::c_void;

/// What is called when such an operation has ended.
pub type LPWSAOVERLAPPED_COMPLETION_ROUTINE = Option<unsafe extern "system" fn(u32, u32, *mut OVERLAPPED, u32)>;

/// What `WSAAccept` asks.
pub type LPCONDITIONPROC = Option<
    unsafe extern "system" fn(
        *mut WSABUF,
        *mut WSABUF,
        *mut u8,
        *mut u8,
        *mut WSABUF,
        *mut WSABUF,
        *mut u32,
        usize,
    ) -> i32,
>;

/// A socket's names, as `SO_BSP_STATE` tells them, and a service's, as name spaces do.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct CSADDR_INFO {
    pub LocalAddr: SOCKET_ADDRESS,
    pub RemoteAddr: SOCKET_ADDRESS,
    pub iSocketType: i32,
    pub iProtocol: i32,
}

/// A question to name spaces and its answer; the character type makes it `WSAQUERYSETA` or `WSAQUERYSETW`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSAQUERYSET<U> {
    pub dwSize: u32,
    pub lpszServiceInstanceName: *mut U,
    pub lpServiceClassId: *mut GUID,
    pub lpVersion: *mut std::ffi::c_void,
    pub lpszComment: *mut U,
    pub dwNameSpace: u32,
    pub lpNSProviderId: *mut GUID,
    pub lpszContext: *mut U,
    pub dwNumberOfProtocols: u32,
    pub lpafpProtocols: *mut std::ffi::c_void,
    pub lpszQueryString: *mut U,
    pub dwNumberOfCsAddrs: u32,
    pub lpcsaBuffer: *mut CSADDR_INFO,
    pub dwOutputFlags: u32,
    pub lpBlob: *mut std::ffi::c_void,
}
pub type WSAQUERYSETA = WSAQUERYSET<u8>;
pub type WSAQUERYSETW = WSAQUERYSET<u16>;

impl<U> WSAQUERYSET<U> {
    /// With its size, and nothing else.
    pub(crate) fn empty() -> WSAQUERYSET<U> {
        WSAQUERYSET {
            dwSize: size_of::<WSAQUERYSET<U>>() as u32,
            lpszServiceInstanceName: std::ptr::null_mut(),
            lpServiceClassId: std::ptr::null_mut(),
            lpVersion: std::ptr::null_mut(),
            lpszComment: std::ptr::null_mut(),
            dwNameSpace: 0,
            lpNSProviderId: std::ptr::null_mut(),
            lpszContext: std::ptr::null_mut(),
            dwNumberOfProtocols: 0,
            lpafpProtocols: std::ptr::null_mut(),
            lpszQueryString: std::ptr::null_mut(),
            dwNumberOfCsAddrs: 0,
            lpcsaBuffer: std::ptr::null_mut(),
            dwOutputFlags: 0,
            lpBlob: std::ptr::null_mut(),
        }
    }
}

/// A globally unique number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct GUID {
    pub data1: u32,
    pub data2: u16,
    pub data3: u16,
    pub data4: [u8; 8],
}

/// Layers of providers, of which there is one here.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSAPROTOCOLCHAIN {
    pub ChainLen: i32,
    pub ChainEntries: [u32; 7],
}

/// One protocol; the character type makes it `WSAPROTOCOL_INFOA` or `WSAPROTOCOL_INFOW`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSAPROTOCOL_INFO<U> {
    pub dwServiceFlags1: u32,
    pub dwServiceFlags2: u32,
    pub dwServiceFlags3: u32,
    pub dwServiceFlags4: u32,
    pub dwProviderFlags: u32,
    pub ProviderId: GUID,
    pub dwCatalogEntryId: u32,
    pub ProtocolChain: WSAPROTOCOLCHAIN,
    pub iVersion: i32,
    pub iAddressFamily: i32,
    pub iMaxSockAddr: i32,
    pub iMinSockAddr: i32,
    pub iSocketType: i32,
    pub iProtocol: i32,
    pub iProtocolMaxOffset: i32,
    pub iNetworkByteOrder: i32,
    pub iSecurityScheme: i32,
    pub dwMessageSize: u32,
    pub dwProviderReserved: u32,
    pub szProtocol: [U; 256],
}
pub type WSAPROTOCOL_INFOA = WSAPROTOCOL_INFO<u8>;
pub type WSAPROTOCOL_INFOW = WSAPROTOCOL_INFO<u16>;

/// A provider of names that `WSAEnumNameSpaceProviders` lists.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSANAMESPACE_INFO<T> {
    pub NSProviderId: GUID,
    pub dwNameSpace: u32,
    pub fActive: i32,
    pub dwVersion: u32,
    pub lpszIdentifier: *mut T,
}
pub type WSANAMESPACE_INFOA = WSANAMESPACE_INFO<u8>;
pub type WSANAMESPACE_INFOW = WSANAMESPACE_INFO<u16>;

/// A wish for one direction of a connection.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct FLOWSPEC {
    pub TokenRate: u32,
    pub TokenBucketSize: u32,
    pub PeakBandwidth: u32,
    pub Latency: u32,
    pub DelayVariation: u32,
    pub ServiceType: u32,
    pub MaxSduSize: u32,
    pub MinimumPolicedSize: u32,
}

/// A wish for quality of service.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct QOS {
    pub SendingFlowspec: FLOWSPEC,
    pub ReceivingFlowspec: FLOWSPEC,
    pub ProviderSpecific: WSABUF,
}
