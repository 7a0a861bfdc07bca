//! Sending and receiving.

use winsock::win32::MSG_PARTIAL;
use winsock::{Address, Code};

use crate::boundary::{self, NameRoom};
use crate::types::{SOCKADDR, SOCKET};

/// Sends to the peer.
#[unsafe(export_name = "ws2_send")]
pub unsafe extern "system" fn send(s: SOCKET, buf: *const u8, len: i32, flags: i32) -> i32 {
    // SAFETY: the caller gives `len` bytes.
    boundary::count(match unsafe { boundary::input(buf, len) } {
        Ok(buffer) => winsock::send(s, buffer, flags),
        Err(code) => winsock::check(s).and(Err(code)),
    })
}

/// Receives from the peer.
#[unsafe(export_name = "ws2_recv")]
pub unsafe extern "system" fn recv(s: SOCKET, buf: *mut u8, len: i32, flags: i32) -> i32 {
    // SAFETY: the caller gives room for `len` bytes.
    boundary::count(match unsafe { boundary::output(buf, len) } {
        Ok(buffer) => winsock::recv(s, buffer, flags),
        Err(code) => winsock::check(s).and(Err(code)),
    })
}

/// Receives from the peer, and tells a datagram that was cut as the part that it is.
///
/// Docs: "WSARecvEx function". Observed on Windows by the recvmsg crate (src/sync/win.rs): the count of what is stored,
/// with MSG_PARTIAL, and the rest is lost.
#[unsafe(export_name = "ws2_WSARecvEx")]
pub unsafe extern "system" fn WSARecvEx(s: SOCKET, buf: *mut u8, len: i32, flags: *mut i32) -> i32 {
    // SAFETY: the caller gives room for `len` bytes.
    let received = winsock::check(s).and_then(|()| unsafe {
        let buffer = boundary::output(buf, len)?;
        boundary::require(flags)?;
        let stored = buffer.len();
        // What the last call told is no wish.
        match winsock::recv(s, buffer, flags.read_unaligned() & !MSG_PARTIAL) {
            Err(Code::WSAEMSGSIZE) => Ok((stored, MSG_PARTIAL)),
            received => received.map(|count| (count, 0)),
        }
    });
    boundary::count(received.map(|(count, told)| {
        // SAFETY: the pointer was checked.
        unsafe { flags.write_unaligned(told) };
        count
    }))
}

/// Sends a datagram to an address.
#[unsafe(export_name = "ws2_sendto")]
pub unsafe extern "system" fn sendto(
    s: SOCKET,
    buf: *const u8,
    len: i32,
    flags: i32,
    to: *const SOCKADDR,
    tolen: i32,
) -> i32 {
    // SAFETY: the caller gives `len` bytes, and `tolen` bytes of address.
    let arguments = unsafe { boundary::input(buf, len) }.and_then(|buffer| {
        // SAFETY: as above.
        let to = if to.is_null() { None } else { Some(unsafe { boundary::name(to, tolen) }?) };
        Ok((buffer, to))
    });
    boundary::count(match arguments {
        Ok((buffer, to)) => winsock::sendto(s, buffer, flags, to),
        Err(code) => winsock::check(s).and(Err(code)),
    })
}

/// Receives with the sender's address.
#[unsafe(export_name = "ws2_recvfrom")]
pub unsafe extern "system" fn recvfrom(
    s: SOCKET,
    buf: *mut u8,
    len: i32,
    flags: i32,
    from: *mut SOCKADDR,
    fromlen: *mut i32,
) -> i32 {
    if from.is_null() {
        // SAFETY: the caller gives room for `len` bytes.
        return unsafe { recv(s, buf, len, flags) };
    }
    // SAFETY: the caller gives room for `*fromlen` bytes of address.
    boundary::count(unsafe { NameRoom::of_sender(s, from, fromlen) }.and_then(|room| {
        // SAFETY: the caller gives room for `len` bytes.
        let buffer = unsafe { boundary::output(buf, len) }?;
        let mut sender = Address::default();
        let result = winsock::recvfrom(s, buffer, flags, &mut sender);
        // Docs: "recvfrom function": a datagram that was cut has a sender too.
        if let Some(room) = room.filter(|_| result.is_ok() || result == Err(Code::WSAEMSGSIZE)) {
            room.fill(&sender);
        }
        result
    }))
}
