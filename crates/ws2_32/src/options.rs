//! Options and control codes.

use winsock::{Code, Offered};

use crate::boundary;
use crate::types::SOCKET;

/// Sets an option.
#[unsafe(export_name = "ws2_setsockopt")]
pub unsafe extern "system" fn setsockopt(s: SOCKET, level: i32, optname: i32, optval: *const u8, optlen: i32) -> i32 {
    boundary::status(winsock::check(s).and_then(|()| {
        boundary::require(optval)?;
        // Measured on Windows: some options take a negative length and then read what they need.
        let length = if optlen < 0 { 4 } else { optlen };
        // SAFETY: the caller gives `optlen` bytes; for a negative length at least four.
        let bytes = unsafe { boundary::input(optval, length) }?;
        winsock::setsockopt(s, level, optname, Offered { bytes, length: optlen })
    }))
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
    boundary::status(winsock::check(s).and_then(|()| {
        boundary::require(optval)?;
        boundary::require(optlen)?;
        // SAFETY: the caller gives room for `*optlen` bytes; a negative length is refused.
        let room = unsafe { boundary::output(optval, optlen.read_unaligned()) }?;
        let (told, result) = winsock::getsockopt(s, level, optname, room);
        // SAFETY: the pointer was just read through.
        unsafe { optlen.write_unaligned(told as i32) };
        result
    }))
}

/// `FIONBIO`, `FIONREAD`, `SIOCATMARK`.
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
