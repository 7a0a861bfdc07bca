//! Addresses as text, by ntdll's functions. They answer with an `NTSTATUS` and touch no last error.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use winsock::names::text_address as core;

use super::text_function;
use crate::boundary::usable;
use crate::text::{self, Unit};

/// `STATUS_SUCCESS`.
const SUCCESS: i32 = 0;
/// `STATUS_INVALID_PARAMETER`.
const INVALID_PARAMETER: i32 = 0xC000_000D_u32.cast_signed();
/// Room that callers have for a plain address, in characters: more than any has.
const ROOM: usize = 65;

text_function! {
    /// An address as text; the place of its zero.
    ws2_RtlIpv4AddressToStringA, ws2_RtlIpv4AddressToStringW, ws2_RtlIpv4AddressToStringW_utf32,
    (addr: *const [u8; 4], s: *mut T) -> *mut T {
        // SAFETY: the caller gives an address and room for 16 characters.
        unsafe { print(&core::ipv4_to_text(Ipv4Addr::from(addr.read_unaligned())), s) }
    }
}

text_function! {
    /// An address as text; the place of its zero.
    ws2_RtlIpv6AddressToStringA, ws2_RtlIpv6AddressToStringW, ws2_RtlIpv6AddressToStringW_utf32,
    (addr: *const [u8; 16], s: *mut T) -> *mut T {
        // SAFETY: the caller gives an address and room for 46 characters.
        unsafe { print(&core::ipv6_to_text(Ipv6Addr::from(addr.read_unaligned())), s) }
    }
}

/// # Safety
/// There is room for the text and its zero, if the place is usable.
unsafe fn print<T: Unit>(address: &str, place: *mut T) -> *mut T {
    // SAFETY: the caller's promise.
    match unsafe { text::write(address, place, ROOM) } {
        Ok(()) => place.wrapping_add(address.len()),
        Err(_) => place,
    }
}

text_function! {
    /// An address with its port, which is in network order and not written if it is 0.
    ws2_RtlIpv4AddressToStringExA, ws2_RtlIpv4AddressToStringExW, ws2_RtlIpv4AddressToStringExW_utf32,
    (address: *const [u8; 4], port: u16, addressstring: *mut T, addressstringlength: *mut u32) -> i32 {
        if !usable(address) {
            return INVALID_PARAMETER;
        }
        // SAFETY: the caller gives an address, and room of the length.
        unsafe {
            let address = SocketAddrV4::new(address.read_unaligned().into(), u16::from_be(port));
            print_whole(address.into(), addressstring, addressstringlength)
        }
    }
}

text_function! {
    /// An address with its scope and its port, which are not written if they are 0.
    ws2_RtlIpv6AddressToStringExA, ws2_RtlIpv6AddressToStringExW, ws2_RtlIpv6AddressToStringExW_utf32,
    (
        address: *const [u8; 16],
        scopeid: u32,
        port: u16,
        addressstring: *mut T,
        addressstringlength: *mut u32,
    ) -> i32 {
        if !usable(address) {
            return INVALID_PARAMETER;
        }
        // SAFETY: the caller gives an address, and room of the length.
        unsafe {
            let address = SocketAddrV6::new(address.read_unaligned().into(), u16::from_be(port), 0, scopeid);
            print_whole(address.into(), addressstring, addressstringlength)
        }
    }
}

/// # Safety
/// If usable, the length is good for reading and writing, and the place for so many characters.
unsafe fn print_whole<T: Unit>(address: SocketAddr, place: *mut T, length: *mut u32) -> i32 {
    if !usable(place) || !usable(length) {
        return INVALID_PARAMETER;
    }
    let text = core::to_text(address);
    // SAFETY: the caller's promise.
    unsafe {
        let room = length.read_unaligned() as usize;
        length.write_unaligned(text.len() as u32 + 1);
        if text::write(&text, place, room).is_ok() { SUCCESS } else { INVALID_PARAMETER }
    }
}

text_function! {
    /// Reads an address at the beginning of a text, and tells where it ends.
    ws2_RtlIpv4StringToAddressA, ws2_RtlIpv4StringToAddressW, ws2_RtlIpv4StringToAddressW_utf32,
    (s: *const T, strict: u8, terminator: *mut *const T, addr: *mut [u8; 4]) -> i32 {
        // SAFETY: the caller gives a string and places.
        unsafe {
            let Ok(units) = text::units(s) else { return INVALID_PARAMETER };
            let found = core::ipv4_begins(&T::narrow(&units), strict != 0);
            store(found.address.map(|address| address.octets()), s.add(found.length), addr, terminator)
        }
    }
}

text_function! {
    /// Reads an address at the beginning of a text, and tells where it ends.
    ws2_RtlIpv6StringToAddressA, ws2_RtlIpv6StringToAddressW, ws2_RtlIpv6StringToAddressW_utf32,
    (s: *const T, terminator: *mut *const T, addr: *mut [u8; 16]) -> i32 {
        // SAFETY: the caller gives a string and places.
        unsafe {
            let Ok(units) = text::units(s) else { return INVALID_PARAMETER };
            let found = core::ipv6_begins(&T::narrow(&units));
            store(found.address.map(|address| address.octets()), s.add(found.length), addr, terminator)
        }
    }
}

/// # Safety
/// If usable, the places are good for writing.
unsafe fn store<A, T>(address: Option<A>, end: *const T, place: *mut A, terminator: *mut *const T) -> i32 {
    // SAFETY: the caller's promise.
    unsafe {
        if usable(terminator) {
            terminator.write_unaligned(end);
        }
        match address {
            Some(address) if usable(place) => {
                place.write_unaligned(address);
                SUCCESS
            }
            _ => INVALID_PARAMETER,
        }
    }
}

text_function! {
    /// Reads an address with a port or without.
    ws2_RtlIpv4StringToAddressExA, ws2_RtlIpv4StringToAddressExW, ws2_RtlIpv4StringToAddressExW_utf32,
    (addressstring: *const T, strict: u8, address: *mut [u8; 4], port: *mut u16) -> i32 {
        // SAFETY: the caller gives a string, and places.
        unsafe {
            let Ok(units) = text::units(addressstring) else { return INVALID_PARAMETER };
            if !usable(address) || !usable(port) {
                return INVALID_PARAMETER;
            }
            let (found, number) = core::ipv4_with_optional_port(&T::narrow(&units), strict != 0);
            if let Some(found) = found {
                address.write_unaligned(found.octets());
            }
            number.map_or(INVALID_PARAMETER, |number| {
                port.write_unaligned(number.to_be());
                SUCCESS
            })
        }
    }
}

text_function! {
    /// Reads an address with scope and port or without.
    ws2_RtlIpv6StringToAddressExA, ws2_RtlIpv6StringToAddressExW, ws2_RtlIpv6StringToAddressExW_utf32,
    (addressstring: *const T, address: *mut [u8; 16], scopeid: *mut u32, port: *mut u16) -> i32 {
        // SAFETY: the caller gives a string, and places.
        unsafe {
            let Ok(units) = text::units(addressstring) else { return INVALID_PARAMETER };
            if !usable(address) || !usable(scopeid) || !usable(port) {
                return INVALID_PARAMETER;
            }
            core::ipv6_with_optional_port(&T::narrow(&units)).map_or(INVALID_PARAMETER, |found| {
                address.write_unaligned(found.ip().octets());
                scopeid.write_unaligned(found.scope_id());
                port.write_unaligned(found.port().to_be());
                SUCCESS
            })
        }
    }
}
