//! Addresses as text.

use std::cell::UnsafeCell;
use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use winsock::names::text_address;
use winsock::win32::{AF_INET, AF_INET6};
use winsock::{Address, Code, set_last_error};

use crate::boundary::{self, require, usable};
use crate::text::{self, Unit};
use crate::types::{IN_ADDR, SOCKADDR};

/// `INADDR_NONE`: no address.
const INADDR_NONE: u32 = u32::MAX;

/// An IPv4 address in network order, or `INADDR_NONE`; sets the last error for a bad pointer only.
#[unsafe(export_name = "ws2_inet_addr")]
pub unsafe extern "system" fn inet_addr(cp: *const u8) -> u32 {
    // SAFETY: the caller gives a string.
    match unsafe { text::units(cp) } {
        Ok(units) => {
            text_address::inet_addr(&units).map_or(INADDR_NONE, |address| u32::from_ne_bytes(address.octets()))
        }
        Err(code) => {
            set_last_error(code);
            INADDR_NONE
        }
    }
}

/// The address as text, in a buffer that the thread's next call overwrites.
#[unsafe(export_name = "ws2_inet_ntoa")]
pub extern "system" fn inet_ntoa(r#in: IN_ADDR) -> *mut u8 {
    thread_local! {
        static BUFFER: UnsafeCell<[u8; 16]> = const { UnsafeCell::new([0; 16]) };
    }
    let text = text_address::ipv4_to_text(Ipv4Addr::from(r#in.S_addr.to_ne_bytes()));
    BUFFER.with(|buffer| {
        let pointer = buffer.get().cast::<u8>();
        // SAFETY: the longest text, 255.255.255.255, and its zero are 16 bytes; only this thread has the buffer.
        let _ = unsafe { text::write(&text, pointer, 16) };
        pointer
    })
}

/// Reads an address: 1 if it is one, 0 if not, -1 for a bad family or pointer.
#[unsafe(export_name = "ws2_inet_pton")]
pub unsafe extern "system" fn inet_pton(family: i32, pszaddrstring: *const u8, paddrbuf: *mut c_void) -> i32 {
    // SAFETY: the caller gives a string, and room for an address of the family.
    unsafe { pton(family, pszaddrstring, paddrbuf) }
}

/// As [`inet_pton`], and sets `WSAEINVAL` for a string that is no address.
#[unsafe(export_name = "ws2_InetPtonW")]
pub unsafe extern "system" fn InetPtonW(family: i32, pszaddrstring: *const u16, paddrbuf: *mut c_void) -> i32 {
    // SAFETY: the caller gives a string, and room for an address of the family.
    let result = unsafe { pton(family, pszaddrstring, paddrbuf) };
    if result == 0 {
        set_last_error(Code::WSAEINVAL);
    }
    result
}

/// [`InetPtonW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_InetPtonW_utf32")]
pub unsafe extern "system" fn InetPtonW_utf32(family: i32, pszaddrstring: *const u32, paddrbuf: *mut c_void) -> i32 {
    // SAFETY: the caller gives a string, and room for an address of the family.
    let result = unsafe { pton(family, pszaddrstring, paddrbuf) };
    if result == 0 {
        set_last_error(Code::WSAEINVAL);
    }
    result
}

unsafe fn pton<T: Unit>(family: i32, string: *const T, place: *mut c_void) -> i32 {
    let read = || {
        // SAFETY: the caller's promise.
        let units = unsafe { text::units(string) }?;
        require(place)?;
        text_address::inet_pton(family, &T::narrow(&units))
    };
    match read() {
        Ok(found) => {
            match found.address {
                // SAFETY: the caller's promise.
                Some(IpAddr::V4(address)) => unsafe { place.cast::<[u8; 4]>().write_unaligned(address.octets()) },
                // SAFETY: the caller's promise.
                Some(IpAddr::V6(address)) => unsafe { place.cast::<[u8; 16]>().write_unaligned(address.octets()) },
                None => {}
            }
            i32::from(found.valid)
        }
        Err(code) => {
            set_last_error(code);
            -1
        }
    }
}

/// Prints an address into the buffer and returns it, or null.
#[unsafe(export_name = "ws2_inet_ntop")]
pub unsafe extern "system" fn inet_ntop(
    family: i32,
    paddr: *const c_void,
    pstringbuf: *mut u8,
    stringbufsize: usize,
) -> *const u8 {
    // SAFETY: the caller gives an address of the family, and the buffer.
    unsafe { ntop(family, paddr, pstringbuf, stringbufsize) }
}

/// As [`inet_ntop`], in wide characters.
#[unsafe(export_name = "ws2_InetNtopW")]
pub unsafe extern "system" fn InetNtopW(
    family: i32,
    paddr: *const c_void,
    pstringbuf: *mut u16,
    stringbufsize: usize,
) -> *const u16 {
    // SAFETY: the caller gives an address of the family, and the buffer.
    unsafe { ntop(family, paddr, pstringbuf, stringbufsize) }
}

/// [`InetNtopW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_InetNtopW_utf32")]
pub unsafe extern "system" fn InetNtopW_utf32(
    family: i32,
    paddr: *const c_void,
    pstringbuf: *mut u32,
    stringbufsize: usize,
) -> *const u32 {
    // SAFETY: the caller gives an address of the family, and the buffer.
    unsafe { ntop(family, paddr, pstringbuf, stringbufsize) }
}

unsafe fn ntop<T: Unit>(family: i32, address: *const c_void, buffer: *mut T, room: usize) -> *const T {
    let print = || {
        if !matches!(family, AF_INET | AF_INET6) {
            return Err(Code::WSAEAFNOSUPPORT);
        }
        require(address)?;
        // SAFETY: the caller's promise.
        let address = unsafe {
            match family {
                AF_INET => IpAddr::V4(Ipv4Addr::from(address.cast::<[u8; 4]>().read_unaligned())),
                _ => IpAddr::V6(Ipv6Addr::from(address.cast::<[u8; 16]>().read_unaligned())),
            }
        };
        let room = if usable(buffer) { room } else { 0 };
        let printed = text_address::inet_ntop(address, room)?;
        // SAFETY: the caller's promise.
        unsafe { text::write(&printed, buffer, room) }
    };
    match print() {
        Ok(()) => buffer,
        Err(code) => {
            set_last_error(code);
            std::ptr::null()
        }
    }
}

/// An address, scope and port as text.
#[unsafe(export_name = "ws2_WSAAddressToStringA")]
pub unsafe extern "system" fn WSAAddressToStringA(
    lpsaaddress: *const SOCKADDR,
    dwaddresslength: u32,
    _lpprotocolinfo: *const c_void,
    lpszaddressstring: *mut u8,
    lpdwaddressstringlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives an address and a buffer with their lengths.
    boundary::status(unsafe { print(lpsaaddress, dwaddresslength, lpszaddressstring, lpdwaddressstringlength) })
}

/// As [`WSAAddressToStringA`], in wide characters.
#[unsafe(export_name = "ws2_WSAAddressToStringW")]
pub unsafe extern "system" fn WSAAddressToStringW(
    lpsaaddress: *const SOCKADDR,
    dwaddresslength: u32,
    _lpprotocolinfo: *const c_void,
    lpszaddressstring: *mut u16,
    lpdwaddressstringlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives an address and a buffer with their lengths.
    boundary::status(unsafe { print(lpsaaddress, dwaddresslength, lpszaddressstring, lpdwaddressstringlength) })
}

/// [`WSAAddressToStringW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAAddressToStringW_utf32")]
pub unsafe extern "system" fn WSAAddressToStringW_utf32(
    lpsaaddress: *const SOCKADDR,
    dwaddresslength: u32,
    _lpprotocolinfo: *const c_void,
    lpszaddressstring: *mut u32,
    lpdwaddressstringlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives an address and a buffer with their lengths.
    boundary::status(unsafe { print(lpsaaddress, dwaddresslength, lpszaddressstring, lpdwaddressstringlength) })
}

unsafe fn print<T: Unit>(
    name: *const SOCKADDR,
    name_length: u32,
    buffer: *mut T,
    length: *mut u32,
) -> Result<(), Code> {
    // Docs: "WSAAddressToString function": missing parameters and no valid address are WSAEINVAL here.
    if name.is_null() || length.is_null() || name_length == 0 {
        return if winsock::is_started() { Err(Code::WSAEINVAL) } else { Err(Code::WSANOTINITIALISED) };
    }
    require(length)?;
    // SAFETY: the caller's promise.
    let bytes = unsafe { boundary::name(name, i32::try_from(name_length).unwrap_or(i32::MAX).min(128)) }?;
    let address = Address::from_windows(bytes).ok().and_then(|address| address.to_socket_addr());
    let text = address.map_or(Err(Code::WSAEINVAL), text_address::address_to_string);
    let text = if winsock::is_started() { text? } else { return Err(Code::WSANOTINITIALISED) };
    let needed = text.len() + 1;
    // SAFETY: the caller gives a DWORD.
    let room = unsafe { length.read_unaligned() } as usize;
    // SAFETY: as above.
    unsafe { length.write_unaligned(needed as u32) };
    // SAFETY: the caller's promise.
    unsafe { text::write(&text, buffer, room) }
}

/// Text as an address with scope and port.
#[unsafe(export_name = "ws2_WSAStringToAddressA")]
pub unsafe extern "system" fn WSAStringToAddressA(
    addressstring: *const u8,
    addressfamily: i32,
    _lpprotocolinfo: *const c_void,
    lpaddress: *mut SOCKADDR,
    lpaddresslength: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a string, and room for an address with its length.
    boundary::status(unsafe { read(addressstring, addressfamily, lpaddress, lpaddresslength) })
}

/// As [`WSAStringToAddressA`], from wide characters.
#[unsafe(export_name = "ws2_WSAStringToAddressW")]
pub unsafe extern "system" fn WSAStringToAddressW(
    addressstring: *const u16,
    addressfamily: i32,
    _lpprotocolinfo: *const c_void,
    lpaddress: *mut SOCKADDR,
    lpaddresslength: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a string, and room for an address with its length.
    boundary::status(unsafe { read(addressstring, addressfamily, lpaddress, lpaddresslength) })
}

/// [`WSAStringToAddressW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAStringToAddressW_utf32")]
pub unsafe extern "system" fn WSAStringToAddressW_utf32(
    addressstring: *const u32,
    addressfamily: i32,
    _lpprotocolinfo: *const c_void,
    lpaddress: *mut SOCKADDR,
    lpaddresslength: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a string, and room for an address with its length.
    boundary::status(unsafe { read(addressstring, addressfamily, lpaddress, lpaddresslength) })
}

unsafe fn read<T: Unit>(string: *const T, family: i32, place: *mut SOCKADDR, length: *mut i32) -> Result<(), Code> {
    if !winsock::is_started() {
        return Err(Code::WSANOTINITIALISED);
    }
    let needed = match family {
        AF_INET => 16,
        AF_INET6 => 28,
        _ => return Err(Code::WSAEINVAL),
    };
    require(length)?;
    // SAFETY: the caller gives an INT.
    let room = unsafe { length.read_unaligned() };
    if !usable(place) || room < needed {
        // SAFETY: as above.
        unsafe { length.write_unaligned(needed) };
        return Err(Code::WSAEFAULT);
    }
    // SAFETY: the caller gives a string.
    let units = if string.is_null() { return Err(Code::WSAEINVAL) } else { unsafe { text::units(string) }? };
    // A failure leaves no old address behind. Source: protocol.c, test_WSAStringToAddress.
    // SAFETY: the caller gives `room` bytes, which are enough.
    unsafe { place.cast::<u8>().write_bytes(0, needed as usize) };
    let address = text_address::string_to_address(&T::narrow(&units), family)?;
    let windows = Address::from(address).to_windows();
    // SAFETY: as above; `windows` has exactly the family's length.
    unsafe {
        std::ptr::copy_nonoverlapping(windows.as_ptr(), place.cast(), windows.len().min(needed as usize));
        length.write_unaligned(needed);
    }
    Ok(())
}
