//! `EnumProtocols` of `nspapi.h`, which programs older than `WSAEnumProtocols` use.

use winsock::{Code, set_last_error};

use crate::boundary::{require, started, usable};
use crate::protocols;
use crate::text::Unit;

/// A protocol; the character type makes it `PROTOCOL_INFOA` or `PROTOCOL_INFOW`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PROTOCOL_INFO<U> {
    /// `XP_`, which are the lower `XP1_` of `WSAPROTOCOL_INFO`.
    pub dwServiceFlags: u32,
    /// `AF_`
    pub iAddressFamily: i32,
    /// Bytes of the longest address.
    pub iMaxSockAddr: i32,
    /// Bytes of the shortest address.
    pub iMinSockAddr: i32,
    /// `SOCK_`
    pub iSocketType: i32,
    /// `IPPROTO_`
    pub iProtocol: i32,
    /// Bytes of the longest message; 0 for a stream.
    pub dwMessageSize: u32,
    /// The name, behind the structures.
    pub lpProtocol: *mut U,
}

const ERROR_INSUFFICIENT_BUFFER: Code = Code::new(122);

/// The catalogue, or the part of it with these protocol numbers. Returns how many entries.
#[unsafe(export_name = "ws2_EnumProtocolsA")]
pub unsafe extern "system" fn EnumProtocolsA(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut PROTOCOL_INFO<u8>,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, and a buffer with its length.
    outcome(unsafe { enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

/// [`EnumProtocolsA`] for wide text.
#[unsafe(export_name = "ws2_EnumProtocolsW")]
pub unsafe extern "system" fn EnumProtocolsW(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut PROTOCOL_INFO<u16>,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, and a buffer with its length.
    outcome(unsafe { enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

/// [`EnumProtocolsW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_EnumProtocolsW_utf32")]
pub unsafe extern "system" fn EnumProtocolsW_utf32(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut PROTOCOL_INFO<u32>,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, and a buffer with its length.
    outcome(unsafe { enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

fn outcome(result: Result<usize, Code>) -> i32 {
    result.map_or_else(
        |code| {
            set_last_error(code);
            -1
        },
        |count| count as i32,
    )
}

/// Docs: "EnumProtocolsW function": too little room is `ERROR_INSUFFICIENT_BUFFER` with the bytes needed.
unsafe fn enumerate<U: Unit>(
    wanted: *const i32,
    buffer: *mut PROTOCOL_INFO<U>,
    length: *mut u32,
) -> Result<usize, Code> {
    started()?;
    require(length)?;
    // SAFETY: the caller gives null or a list that 0 ends.
    let wanted = unsafe { numbers(wanted) };
    let mut found = protocols::entries::<U>();
    found.retain(|entry| wanted.is_empty() || wanted.contains(&entry.iProtocol));
    let names: Vec<Vec<U>> = found
        .iter()
        .map(|entry| entry.szProtocol.iter().copied().take_while(|unit| *unit != U::default()).collect())
        .collect();
    let units: usize = names.iter().map(|name| name.len() + 1).sum();
    let needed = found.len() * size_of::<PROTOCOL_INFO<U>>() + units * size_of::<U>();
    // SAFETY: the caller gives the buffer with its length, which is checked first.
    unsafe {
        let room = length.read_unaligned() as usize;
        length.write_unaligned(needed as u32);
        if room < needed || !usable(buffer) {
            return Err(ERROR_INSUFFICIENT_BUFFER);
        }
        let mut text = buffer.add(found.len()).cast::<U>();
        for (place, (entry, name)) in found.iter().zip(names).enumerate() {
            buffer.add(place).write_unaligned(PROTOCOL_INFO {
                dwServiceFlags: entry.dwServiceFlags1 & 0xffff,
                iAddressFamily: entry.iAddressFamily,
                iMaxSockAddr: entry.iMaxSockAddr,
                iMinSockAddr: entry.iMinSockAddr,
                iSocketType: entry.iSocketType,
                iProtocol: entry.iProtocol,
                dwMessageSize: entry.dwMessageSize,
                lpProtocol: text,
            });
            for unit in name.into_iter().chain([U::default()]) {
                text.write_unaligned(unit);
                text = text.add(1);
            }
        }
    }
    Ok(found.len())
}

/// # Safety
/// If usable, the pointer is to a list that 0 ends.
unsafe fn numbers(mut place: *const i32) -> Vec<i32> {
    let mut numbers = Vec::new();
    // SAFETY: the caller's promise; the walk stops at the 0.
    while usable(place) && unsafe { place.read_unaligned() } != 0 {
        // SAFETY: as above.
        unsafe {
            numbers.push(place.read_unaligned());
            place = place.add(1);
        }
    }
    numbers
}
