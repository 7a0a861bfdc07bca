//! Making, naming, connecting and closing sockets.

use winsock::win32::INVALID_SOCKET;
use winsock::{Address, Code};

use crate::boundary::{self, NameRoom};
use crate::types::{SOCKADDR, SOCKET};

/// Makes a socket.
#[unsafe(export_name = "ws2_socket")]
pub extern "system" fn socket(af: i32, r#type: i32, protocol: i32) -> SOCKET {
    boundary::record(winsock::socket(af, r#type, protocol)).unwrap_or(INVALID_SOCKET)
}

/// Closes a socket.
#[unsafe(export_name = "ws2_closesocket")]
pub extern "system" fn closesocket(s: SOCKET) -> i32 {
    boundary::status(winsock::closesocket(s))
}

/// Gives a socket its local name.
#[unsafe(export_name = "ws2_bind")]
pub unsafe extern "system" fn bind(s: SOCKET, name: *const SOCKADDR, namelen: i32) -> i32 {
    // SAFETY: the caller gives `namelen` bytes of address.
    boundary::status(match unsafe { boundary::name(name, namelen) } {
        Ok(name) => winsock::bind(s, name),
        Err(code) => winsock::check(s).and(Err(code)),
    })
}

/// Connects a socket.
#[unsafe(export_name = "ws2_connect")]
pub unsafe extern "system" fn connect(s: SOCKET, name: *const SOCKADDR, namelen: i32) -> i32 {
    // SAFETY: the caller gives `namelen` bytes of address.
    boundary::status(match unsafe { boundary::name(name, namelen) } {
        Ok(name) => winsock::connect(s, name),
        Err(code) => winsock::check(s).and(Err(code)),
    })
}

/// Makes a socket wait for connections.
#[unsafe(export_name = "ws2_listen")]
pub extern "system" fn listen(s: SOCKET, backlog: i32) -> i32 {
    boundary::status(winsock::listen(s, backlog))
}

/// The next connection.
#[unsafe(export_name = "ws2_accept")]
pub unsafe extern "system" fn accept(s: SOCKET, addr: *mut SOCKADDR, addrlen: *mut i32) -> SOCKET {
    // SAFETY: the caller gives room for `*addrlen` bytes of address.
    boundary::record(unsafe { try_accept(s, addr, addrlen) }).unwrap_or(INVALID_SOCKET)
}

unsafe fn try_accept(s: SOCKET, addr: *mut SOCKADDR, addrlen: *mut i32) -> Result<SOCKET, Code> {
    // Checked on Windows (test_accept of dlls/ws2_32/tests/sock.c): without a length there is no room.
    let addr = if addrlen.is_null() { std::ptr::null_mut() } else { addr };
    let needed = if addr.is_null() { 0 } else { winsock::address_length(s)? };
    // SAFETY: the caller's promise.
    let room = unsafe { NameRoom::new(addr, addrlen, needed) }?;
    let mut peer = Address::default();
    let accepted = winsock::accept_from(s, &mut peer)?;
    if let Some(room) = room {
        room.fill(&peer);
    }
    Ok(accepted)
}

/// Ends one or both directions.
#[unsafe(export_name = "ws2_shutdown")]
pub extern "system" fn shutdown(s: SOCKET, how: i32) -> i32 {
    boundary::status(winsock::shutdown(s, how))
}

/// The local name.
#[unsafe(export_name = "ws2_getsockname")]
pub unsafe extern "system" fn getsockname(s: SOCKET, name: *mut SOCKADDR, namelen: *mut i32) -> i32 {
    // SAFETY: the caller gives room for `*namelen` bytes of address.
    boundary::status(unsafe { tell_name(s, winsock::getsockname, name, namelen) })
}

/// The peer's name.
#[unsafe(export_name = "ws2_getpeername")]
pub unsafe extern "system" fn getpeername(s: SOCKET, name: *mut SOCKADDR, namelen: *mut i32) -> i32 {
    // SAFETY: the caller gives room for `*namelen` bytes of address.
    boundary::status(unsafe { tell_name(s, winsock::getpeername, name, namelen) })
}

/// Measured on Windows: the socket's state is judged before the pointers.
unsafe fn tell_name(
    s: SOCKET,
    ask: impl FnOnce(SOCKET) -> Result<winsock::Address, Code>,
    name: *mut SOCKADDR,
    namelen: *mut i32,
) -> Result<(), Code> {
    let address = ask(s)?;
    // SAFETY: the caller's promise.
    let room = unsafe { NameRoom::new(name, namelen, winsock::address_length(s)?) }?;
    room.ok_or(Code::WSAEFAULT)?.fill(&address);
    Ok(())
}
