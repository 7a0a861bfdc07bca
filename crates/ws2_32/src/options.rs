//! Options and control codes.

use winsock::win32::{
    SO_BSP_STATE, SO_OPENTYPE, SO_PROTOCOL_INFOA, SO_PROTOCOL_INFOW, SO_UPDATE_CONNECT_CONTEXT, SOL_SOCKET,
};
use winsock::{Address, Code, Offered};

use crate::boundary;
use crate::connect_by::SOCKET_ADDRESS;
use crate::protocols::of_socket;
use crate::text::Unit;
use crate::types::{CSADDR_INFO, SOCKET, WSAPROTOCOL_INFO};

/// Sets an option.
#[unsafe(export_name = "ws2_setsockopt")]
pub unsafe extern "system" fn setsockopt(s: SOCKET, level: i32, optname: i32, optval: *const u8, optlen: i32) -> i32 {
    // Docs: "ConnectEx", Remarks: this one is set without a value.
    let has_value = (level, optname, optlen) != (SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, 0);
    let usable = if has_value { boundary::require(optval) } else { Ok(()) };
    // Measured on Windows: some options take a negative length and then read what they need.
    let length = if optlen < 0 { 4 } else { optlen };
    // SAFETY: the caller gives `optlen` bytes; for a negative length at least four.
    boundary::status(match usable.and_then(|()| unsafe { boundary::input(optval, length) }) {
        Ok(bytes) => winsock::setsockopt(s, level, optname, Offered { bytes, length: optlen }),
        Err(code) => judge(s, level, optname).and(Err(code)),
    })
}

/// Reads an option.
#[unsafe(export_name = "ws2_getsockopt")]
pub unsafe extern "system" fn getsockopt(
    s: SOCKET,
    level: i32,
    optname: i32,
    optval: *mut u8,
    optlen: *mut i32,
) -> i32 {
    boundary::status(judge(s, level, optname).and_then(|()| {
        boundary::require(optval)?;
        boundary::require(optlen)?;
        match (level, optname) {
            (SOL_SOCKET, SO_PROTOCOL_INFOA | SO_PROTOCOL_INFOW) => {
                // SAFETY: the caller gives room for `*optlen` bytes.
                return unsafe { protocol_info(s, optname, optval, optlen) };
            }
            // SAFETY: as above.
            (SOL_SOCKET, SO_BSP_STATE) => return unsafe { put_state(s, optval, optlen) },
            _ => {}
        }
        // SAFETY: the caller gives room for `*optlen` bytes; a negative length is refused.
        let room = unsafe { boundary::output(optval, offered(level, optname, optlen.read_unaligned())) }?;
        let (told, result) = winsock::getsockopt(s, level, optname, room);
        // SAFETY: the pointer was just read through.
        unsafe { optlen.write_unaligned(told as i32) };
        result
    }))
}

/// The length to go by: `SO_OPENTYPE` alone takes a negative one as what it needs (test_set_getsockopt of
/// dlls/ws2_32/tests/sock.c, checked on Windows).
fn offered(level: i32, optname: i32, length: i32) -> i32 {
    if (level, optname) == (SOL_SOCKET, SO_OPENTYPE) && length < 0 { 4 } else { length }
}

/// Measured on Windows: `SO_OPENTYPE` wants no socket.
fn judge(s: SOCKET, level: i32, optname: i32) -> Result<(), Code> {
    if (level, optname) == (SOL_SOCKET, SO_OPENTYPE) { boundary::started() } else { winsock::check(s) }
}

/// `FIONBIO`, `FIONREAD`, `SIOCATMARK`, and what else takes or gives four bytes.
#[unsafe(export_name = "ws2_ioctlsocket")]
pub unsafe extern "system" fn ioctlsocket(s: SOCKET, cmd: i32, argp: *mut u32) -> i32 {
    boundary::status(winsock::check(s).and_then(|()| {
        boundary::require(argp)?;
        // SAFETY: the caller gives a u_long.
        let mut argument = unsafe { argp.read_unaligned() };
        winsock::ioctlsocket(s, cmd.cast_unsigned(), &mut argument)?;
        // SAFETY: as above.
        unsafe { argp.write_unaligned(argument) };
        Ok::<(), Code>(())
    }))
}

/// `SO_PROTOCOL_INFO`: too little room is a fault that tells how much is needed. Wide characters have the width for which
/// the room is meant.
unsafe fn protocol_info(s: SOCKET, optname: i32, optval: *mut u8, optlen: *mut i32) -> Result<(), Code> {
    const UTF32: i32 = size_of::<WSAPROTOCOL_INFO<u32>>() as i32;
    // SAFETY: the caller gives room for `*optlen` bytes.
    unsafe {
        match optname {
            SO_PROTOCOL_INFOA => put_protocol_info::<u8>(s, optval, optlen),
            _ if optlen.read_unaligned() >= UTF32 => put_protocol_info::<u32>(s, optval, optlen),
            _ => put_protocol_info::<u16>(s, optval, optlen),
        }
    }
}

/// `SO_BSP_STATE`: both names, behind the structure that points to them. A name that there is not has length 0.
unsafe fn put_state(s: SOCKET, optval: *mut u8, optlen: *mut i32) -> Result<(), Code> {
    const HEAD: usize = size_of::<CSADDR_INFO>();
    let (_, kind, protocol) = winsock::kind(s)?;
    let mut names = Vec::new();
    let mut entry = |name: Result<Address, Code>| {
        let Ok(name) = name else { return SOCKET_ADDRESS { lpSockaddr: std::ptr::null_mut(), iSockaddrLength: 0 } };
        let place = optval.wrapping_add(HEAD + names.len());
        let windows = name.to_windows();
        names.extend_from_slice(&windows);
        names.resize(names.len().next_multiple_of(8), 0);
        SOCKET_ADDRESS { lpSockaddr: place.cast(), iSockaddrLength: windows.len() as i32 }
    };
    let (local, remote) = (entry(winsock::getsockname(s)), entry(winsock::getpeername(s)));
    let info = CSADDR_INFO { LocalAddr: local, RemoteAddr: remote, iSocketType: kind, iProtocol: protocol };
    let needed = (HEAD + names.len()) as i32;
    // SAFETY: the caller gives room for `*optlen` bytes.
    unsafe {
        if optlen.read_unaligned() < needed {
            return Err(Code::WSAEFAULT);
        }
        optval.cast::<CSADDR_INFO>().write_unaligned(info);
        // The length stays what it was (test_set_getsockopt of dlls/ws2_32/tests/sock.c, checked on Windows).
        std::ptr::copy_nonoverlapping(names.as_ptr(), optval.add(HEAD), names.len());
    }
    Ok(())
}

unsafe fn put_protocol_info<U: Unit + Default>(s: SOCKET, optval: *mut u8, optlen: *mut i32) -> Result<(), Code> {
    let needed = size_of::<WSAPROTOCOL_INFO<U>>() as i32;
    let (family, kind, protocol) = winsock::kind(s)?;
    // SAFETY: the caller gives room for `*optlen` bytes.
    unsafe {
        if optlen.read_unaligned() < needed {
            optlen.write_unaligned(needed);
            return Err(Code::WSAEFAULT);
        }
        optval.cast::<WSAPROTOCOL_INFO<U>>().write_unaligned(of_socket(family, kind, protocol));
    }
    Ok(())
}
