//! Addresses as text.

use std::cell::RefCell;

use winsock::names::text_address;
use winsock::{Address, Code};

use crate::boundary::{self, status};
use crate::text::{self, Unit};
use crate::types::{IN_ADDR, SOCKADDR};

thread_local! {
    /// `inet_ntoa`'s answer, good until the thread's next call.
    static NTOA: RefCell<[u8; 16]> = const { RefCell::new([0; 16]) };
}

/// The address in an old-style text; all ones if it is none. Leaves the last error alone, unless the text is null.
#[unsafe(export_name = "ws2_inet_addr")]
pub unsafe extern "system" fn inet_addr(cp: *const u8) -> u32 {
    const INADDR_NONE: u32 = u32::MAX;
    // SAFETY: the caller gives a string.
    match unsafe { text::narrow(cp) } {
        Ok(Some(text)) => {
            text_address::inet_addr(&text).map_or(INADDR_NONE, |address| u32::from_ne_bytes(address.octets()))
        }
        _ => {
            winsock::set_last_error(Code::WSAEFAULT);
            INADDR_NONE
        }
    }
}

/// The text of an IPv4 address, in memory of the thread.
#[unsafe(export_name = "ws2_inet_ntoa")]
pub extern "system" fn inet_ntoa(r#in: IN_ADDR) -> *mut u8 {
    NTOA.with_borrow_mut(|buffer| {
        let text = std::net::Ipv4Addr::from(r#in.S_addr.to_ne_bytes()).to_string();
        buffer[..text.len()].copy_from_slice(text.as_bytes());
        buffer[text.len()] = 0;
        buffer.as_mut_ptr()
    })
}

/// The address in a strict text: 1, 0 if it is none, -1 if the question is wrong.
#[unsafe(export_name = "ws2_inet_pton")]
pub unsafe extern "system" fn inet_pton(family: i32, pszaddrstring: *const u8, paddrbuf: *mut u8) -> i32 {
    // SAFETY: the caller gives a string and room for the family's address.
    unsafe { parse(family, text::narrow(pszaddrstring), paddrbuf) }
}

/// [`inet_pton`] for wide text.
#[unsafe(export_name = "ws2_InetPtonW")]
pub unsafe extern "system" fn InetPtonW(family: i32, pszaddrstring: *const u16, paddrbuf: *mut u8) -> i32 {
    // SAFETY: the caller gives a string and room for the family's address.
    unsafe { parse(family, text::wide(pszaddrstring), paddrbuf) }
}

/// [`InetPtonW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_InetPtonW_utf32")]
pub unsafe extern "system" fn InetPtonW_utf32(family: i32, pszaddrstring: *const u32, paddrbuf: *mut u8) -> i32 {
    // SAFETY: the caller gives a string and room for the family's address.
    unsafe { parse(family, text::wide(pszaddrstring), paddrbuf) }
}

unsafe fn parse(family: i32, text: Result<Option<String>, Code>, buffer: *mut u8) -> i32 {
    let parsed = text
        .and_then(|text| text.ok_or(Code::WSAEFAULT))
        .and_then(|text| boundary::require(buffer).map(|()| text))
        .and_then(|text| text_address::inet_pton(family, &text));
    match parsed {
        Ok(Some(bytes)) => {
            // SAFETY: the caller gives room for the family's address.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), buffer, bytes.len()) };
            1
        }
        Ok(None) => {
            winsock::set_last_error(Code::WSAEINVAL);
            0
        }
        Err(code) => {
            winsock::set_last_error(code);
            -1
        }
    }
}

/// The text of an address; null on failure.
#[unsafe(export_name = "ws2_inet_ntop")]
pub unsafe extern "system" fn inet_ntop(
    family: i32,
    paddr: *const u8,
    pstringbuf: *mut u8,
    stringbufsize: usize,
) -> *const u8 {
    // SAFETY: the caller gives the family's address and the buffer.
    unsafe { format(family, paddr, pstringbuf, stringbufsize) }
}

/// [`inet_ntop`] for wide text.
#[unsafe(export_name = "ws2_InetNtopW")]
pub unsafe extern "system" fn InetNtopW(
    family: i32,
    paddr: *const u8,
    pstringbuf: *mut u16,
    stringbufsize: usize,
) -> *const u16 {
    // SAFETY: the caller gives the family's address and the buffer.
    unsafe { format(family, paddr, pstringbuf, stringbufsize) }
}

/// [`InetNtopW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_InetNtopW_utf32")]
pub unsafe extern "system" fn InetNtopW_utf32(
    family: i32,
    paddr: *const u8,
    pstringbuf: *mut u32,
    stringbufsize: usize,
) -> *const u32 {
    // SAFETY: the caller gives the family's address and the buffer.
    unsafe { format(family, paddr, pstringbuf, stringbufsize) }
}

unsafe fn format<U: Unit>(family: i32, address: *const u8, buffer: *mut U, room: usize) -> *const U {
    let length = if family == winsock::win32::AF_INET6 { 16 } else { 4 };
    // SAFETY: the caller gives the family's address.
    let text = unsafe { boundary::input(address, length) }.and_then(|bytes| text_address::inet_ntop(family, bytes));
    // SAFETY: the caller gives the buffer.
    match text.and_then(|text| unsafe { text::put(&text, buffer, room) }.map_err(|_| Code::WSA_INVALID_PARAMETER)) {
        Ok(_) => buffer,
        Err(code) => {
            winsock::set_last_error(code);
            std::ptr::null()
        }
    }
}

/// The text of a socket address. The protocol information is not looked at.
#[unsafe(export_name = "ws2_WSAAddressToStringA")]
pub unsafe extern "system" fn WSAAddressToStringA(
    lpsaaddress: *const SOCKADDR,
    dwaddresslength: u32,
    _lpprotocolinfo: *const u8,
    lpszaddressstring: *mut u8,
    lpdwaddressstringlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives the address and the buffer with its length.
    status(unsafe { to_string(lpsaaddress, dwaddresslength, lpszaddressstring, lpdwaddressstringlength) })
}

/// [`WSAAddressToStringA`] for wide text.
#[unsafe(export_name = "ws2_WSAAddressToStringW")]
pub unsafe extern "system" fn WSAAddressToStringW(
    lpsaaddress: *const SOCKADDR,
    dwaddresslength: u32,
    _lpprotocolinfo: *const u8,
    lpszaddressstring: *mut u16,
    lpdwaddressstringlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives the address and the buffer with its length.
    status(unsafe { to_string(lpsaaddress, dwaddresslength, lpszaddressstring, lpdwaddressstringlength) })
}

/// [`WSAAddressToStringW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAAddressToStringW_utf32")]
pub unsafe extern "system" fn WSAAddressToStringW_utf32(
    lpsaaddress: *const SOCKADDR,
    dwaddresslength: u32,
    _lpprotocolinfo: *const u8,
    lpszaddressstring: *mut u32,
    lpdwaddressstringlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives the address and the buffer with its length.
    status(unsafe { to_string(lpsaaddress, dwaddresslength, lpszaddressstring, lpdwaddressstringlength) })
}

unsafe fn to_string<U: Unit>(
    address: *const SOCKADDR,
    length: u32,
    buffer: *mut U,
    room: *mut u32,
) -> Result<(), Code> {
    started()?;
    // SAFETY: the caller gives the address.
    let bytes = unsafe { boundary::name(address, length.try_into().map_err(|_| Code::WSAEFAULT)?) }?;
    let address = Address::from_windows(bytes).map_err(|_| Code::WSAEINVAL)?;
    let text = text_address::address_to_string(&address)?;
    boundary::require(room)?;
    // SAFETY: the caller gives the buffer with its length.
    unsafe {
        let result = text::put(&text, buffer, room.read_unaligned() as usize);
        let (Ok(units) | Err(units)) = result;
        room.write_unaligned(units as u32);
        result.map(drop).map_err(|_| Code::WSAEFAULT)
    }
}

/// The socket address in a text. The protocol information is not looked at.
#[unsafe(export_name = "ws2_WSAStringToAddressA")]
pub unsafe extern "system" fn WSAStringToAddressA(
    addressstring: *const u8,
    addressfamily: i32,
    _lpprotocolinfo: *const u8,
    lpaddress: *mut SOCKADDR,
    lpaddresslength: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a string and room for an address with its length.
    status(unsafe { from_string(text::narrow(addressstring), addressfamily, lpaddress, lpaddresslength) })
}

/// [`WSAStringToAddressA`] for wide text.
#[unsafe(export_name = "ws2_WSAStringToAddressW")]
pub unsafe extern "system" fn WSAStringToAddressW(
    addressstring: *const u16,
    addressfamily: i32,
    _lpprotocolinfo: *const u8,
    lpaddress: *mut SOCKADDR,
    lpaddresslength: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a string and room for an address with its length.
    status(unsafe { from_string(text::wide(addressstring), addressfamily, lpaddress, lpaddresslength) })
}

/// [`WSAStringToAddressW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAStringToAddressW_utf32")]
pub unsafe extern "system" fn WSAStringToAddressW_utf32(
    addressstring: *const u32,
    addressfamily: i32,
    _lpprotocolinfo: *const u8,
    lpaddress: *mut SOCKADDR,
    lpaddresslength: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a string and room for an address with its length.
    status(unsafe { from_string(text::wide(addressstring), addressfamily, lpaddress, lpaddresslength) })
}

unsafe fn from_string(
    text: Result<Option<String>, Code>,
    family: i32,
    place: *mut SOCKADDR,
    length: *mut i32,
) -> Result<(), Code> {
    started()?;
    boundary::require(place)?;
    boundary::require(length)?;
    let text = text?.ok_or(Code::WSAEINVAL)?;
    let needed = if family == winsock::win32::AF_INET6 { 28 } else { 16 };
    // SAFETY: the caller gives the length.
    unsafe {
        if length.read_unaligned() < needed {
            length.write_unaligned(needed);
            return Err(Code::WSAEFAULT);
        }
    }
    let windows = text_address::string_to_address(&text, family)?.to_windows();
    // SAFETY: the room was just found to be enough.
    unsafe {
        std::ptr::copy_nonoverlapping(windows.as_ptr(), place.cast(), windows.len());
        length.write_unaligned(windows.len() as i32);
    }
    Ok(())
}

pub(crate) fn started() -> Result<(), Code> {
    if winsock::is_started() { Ok(()) } else { Err(Code::WSANOTINITIALISED) }
}
