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

/// [`recv`] that tells of a datagram's first part by a flag, where `recv` fails.
///
/// Docs: "WSARecvEx function", return value: the bytes received, and `MSG_PARTIAL` if there was more.
#[unsafe(export_name = "ws2_WSARecvEx")]
pub unsafe extern "system" fn WSARecvEx(s: SOCKET, buf: *mut u8, len: i32, flags: *mut i32) -> i32 {
    // SAFETY: the caller gives room for `len` bytes.
    let arguments = boundary::require(flags).and_then(|()| unsafe { boundary::output(buf, len) });
    boundary::count(match arguments {
        Ok(buffer) => {
            // SAFETY: the caller gives the flags. What an earlier call left there asks for nothing.
            let asked = unsafe { flags.read_unaligned() } & !MSG_PARTIAL;
            let (received, told) = match winsock::recv(s, buffer, asked) {
                Err(Code::WSAEMSGSIZE) => (Ok(buffer.len()), MSG_PARTIAL),
                received => (received, 0),
            };
            if received.is_ok() {
                // SAFETY: as above.
                unsafe { flags.write_unaligned(told) };
            }
            received
        }
        Err(code) => winsock::check(s).and(Err(code)),
    })
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
        if let Some(room) = room.filter(|_| result.is_ok() || result == Err(winsock::Code::WSAEMSGSIZE)) {
            room.fill(&sender);
        }
        result
    }))
}
