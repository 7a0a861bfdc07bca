//! Control data of `WSASendMsg` and `WSARecvMsg`, of any content and room: never a byte outside of the buffers, which are
//! exactly as long as said and on the heap, where the address sanitizer watches their ends; and what is told is whole.
#![no_main]

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ptr::null_mut;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use winsock::Address;
use winsock::win32::*;
use ws2_32::messages::{WSARecvMsg, WSASendMsg};
use ws2_32::types::{WSABUF, WSAMSG};

#[derive(Debug, Arbitrary)]
struct Exchange {
    is_v6: bool,
    /// Messages to send, by the bits of the first number a known type; then bytes that need not be a message.
    messages: Vec<(u8, i32, Vec<u8>)>,
    rest: Vec<u8>,
    /// Options of the receiver, by the bit.
    options: u16,
    data: Vec<u8>,
    room: u8,
    control_room: u8,
    has_name: bool,
}

/// What is told of a datagram. The numbers of both families are the same but for the time to live.
const OPTIONS: [i32; 9] = [
    IP_PKTINFO, IP_RECVTTL, IP_RECVTOS, IP_RECVIF, IP_RECVDSTADDR, IP_ORIGINAL_ARRIVAL_IF, IP_RECVECN, IP_PKTINFO_EX,
    IPV6_HOPLIMIT,
];
/// Types that can be sent, in one family or both.
const KINDS: [i32; 6] = [IP_PKTINFO, IP_TTL, IP_TOS, IP_RECVECN, IPV6_HOPLIMIT, IPV6_TCLASS];

impl Exchange {
    fn level(&self) -> i32 {
        if self.is_v6 { IPPROTO_IPV6 } else { IPPROTO_IP }
    }

    /// The control data to send.
    fn control(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (which, kind, data) in &self.messages {
            let kind = if which & 0x80 == 0 { KINDS[usize::from(*which) % KINDS.len()] } else { *kind };
            bytes.extend((16 + data.len() as u64).to_ne_bytes());
            bytes.extend(self.level().to_ne_bytes());
            bytes.extend(kind.to_ne_bytes());
            bytes.extend(data);
            bytes.resize(bytes.len().next_multiple_of(8), 0);
        }
        bytes.extend(&self.rest);
        bytes.truncate(1024);
        bytes
    }
}

/// Every message whole and within what was told.
fn check(control: &[u8]) {
    let mut rest = control;
    while !rest.is_empty() {
        let length = usize::try_from(u64::from_ne_bytes(*rest.first_chunk().expect("a head"))).unwrap();
        assert!(length > 16 && length <= rest.len(), "{control:?}");
        rest = rest.get(length.next_multiple_of(8)..).unwrap_or(&[]);
    }
}

fuzz_target!(init: winsock::startup(0x0202).unwrap(), |exchange: Exchange| {
    let (family, host) = match exchange.is_v6 {
        true => (AF_INET6, SocketAddr::from((Ipv6Addr::LOCALHOST, 0))),
        false => (AF_INET, SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
    };
    let receiver = winsock::socket(family, SOCK_DGRAM, 0).unwrap();
    winsock::bind(receiver, &Address::from(host).to_windows()).unwrap();
    winsock::ioctlsocket(receiver, FIONBIO, &mut 1).unwrap();
    for (bit, option) in OPTIONS.iter().enumerate().filter(|(bit, _)| exchange.options >> bit & 1 != 0) {
        let _ = (bit, winsock::setsockopt(receiver, exchange.level(), *option, (&1u32.to_ne_bytes()[..]).into()));
    }
    let mut name = winsock::getsockname(receiver).unwrap().to_windows().to_vec().into_boxed_slice();
    let mut data = exchange.data.clone().into_boxed_slice();
    let mut control = exchange.control().into_boxed_slice();
    let sender = winsock::socket(family, SOCK_DGRAM, 0).unwrap();
    let mut buffer = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr() };
    let mut message = WSAMSG {
        name: name.as_mut_ptr().cast(),
        namelen: name.len() as i32,
        lpBuffers: &raw mut buffer,
        dwBufferCount: 1,
        Control: WSABUF { len: control.len() as u32, buf: control.as_mut_ptr() },
        dwFlags: 0,
    };
    let mut count = 0;
    // SAFETY: every length is that of the buffer beside it.
    let failed = unsafe { WSASendMsg(sender, &raw mut message, 0, &raw mut count, null_mut(), None) };
    if failed != 0 {
        // What was refused is sent without control data.
        winsock::sendto(sender, &exchange.data, 0, Some(&name)).unwrap();
    }
    let mut room = vec![0; exchange.room.into()].into_boxed_slice();
    let mut control_room = vec![0; exchange.control_room.into()].into_boxed_slice();
    buffer = WSABUF { len: room.len() as u32, buf: room.as_mut_ptr() };
    message.lpBuffers = &raw mut buffer;
    message.Control = WSABUF { len: control_room.len() as u32, buf: control_room.as_mut_ptr() };
    if !exchange.has_name {
        (message.name, message.namelen) = (null_mut(), 0);
    }
    // SAFETY: as above.
    let failed = unsafe { WSARecvMsg(receiver, &raw mut message, &raw mut count, null_mut(), None) };
    assert!(failed == 0 || winsock::last_error() == winsock::Code::WSAEMSGSIZE, "{:?}", winsock::last_error());
    assert!(count as usize <= room.len());
    check(&control_room[..message.Control.len as usize]);
    winsock::closesocket(sender).unwrap();
    winsock::closesocket(receiver).unwrap();
});
