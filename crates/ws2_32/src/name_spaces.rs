//! The name spaces of `WSAEnumNameSpaceProviders`.

use std::ffi::c_void;

use winsock::names::flags::NS_DNS;
use winsock::{Code, set_last_error};

use crate::boundary::{require, started, usable};
use crate::text::Unit;
use crate::types::{GUID, WSANAMESPACE_INFO, WSANAMESPACE_INFOA, WSANAMESPACE_INFOW};

/// The provider of DNS names, with Windows' identifier.
pub(crate) const DNS_PROVIDER: GUID =
    GUID { data1: 0x2205_9d40, data2: 0x7e9e, data3: 0x11cf, data4: [0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b] };

/// The provider's own information, which `WSAEnumNameSpaceProvidersEx` tells after the rest: DNS has none.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Extended<T> {
    head: WSANAMESPACE_INFO<T>,
    bytes: u32,
    blob: *mut u8,
}

/// Fills a buffer with the providers of names and returns how many there are.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersA")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersA(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFOA,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { name_spaces(lpdwbufferlength, lpnspbuffer) })
}

/// As [`WSAEnumNameSpaceProvidersA`], with wide names.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersW")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersW(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFOW,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { name_spaces(lpdwbufferlength, lpnspbuffer) })
}

/// [`WSAEnumNameSpaceProvidersW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersW_utf32")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersW_utf32(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFO<u32>,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { name_spaces(lpdwbufferlength, lpnspbuffer) })
}

/// [`WSAEnumNameSpaceProvidersA`] with each provider's own information.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersExA")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersExA(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut c_void,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { extended_name_spaces::<u8>(lpdwbufferlength, lpnspbuffer.cast()) })
}

/// As [`WSAEnumNameSpaceProvidersExA`], with wide names.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersExW")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersExW(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut c_void,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { extended_name_spaces::<u16>(lpdwbufferlength, lpnspbuffer.cast()) })
}

/// [`WSAEnumNameSpaceProvidersExW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersExW_utf32")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersExW_utf32(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut c_void,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { extended_name_spaces::<u32>(lpdwbufferlength, lpnspbuffer.cast()) })
}

fn outcome(result: Result<i32, Code>) -> i32 {
    set_last_error(result.err().unwrap_or(Code::new(0)));
    result.unwrap_or(-1)
}

/// One provider: DNS, with its name behind the structure. Source: `protocol.c`, `test_WSAEnumNameSpaceProvidersA`: too
/// short a buffer is `WSAEFAULT` with the length needed.
pub(crate) unsafe fn name_spaces<T: Unit>(length: *mut u32, buffer: *mut WSANAMESPACE_INFO<T>) -> Result<i32, Code> {
    // SAFETY: the caller gives a buffer with its length.
    unsafe { put(length, buffer, |info| info) }
}

/// The same with each provider's own information.
pub(crate) unsafe fn extended_name_spaces<T: Unit>(length: *mut u32, buffer: *mut Extended<T>) -> Result<i32, Code> {
    // SAFETY: the caller gives a buffer with its length.
    unsafe { put(length, buffer, |head| Extended { head, bytes: 0, blob: std::ptr::null_mut() }) }
}

unsafe fn put<T: Unit, S>(
    length: *mut u32,
    buffer: *mut S,
    structure: impl FnOnce(WSANAMESPACE_INFO<T>) -> S,
) -> Result<i32, Code> {
    started()?;
    require(length)?;
    let name = [T::encode("Tcpip"), vec![T::default()]].concat();
    let needed = size_of::<S>() + size_of_val(name.as_slice());
    // SAFETY: the caller gives a DWORD.
    let room = unsafe { length.read_unaligned() } as usize;
    if !usable(buffer) || room < needed {
        // SAFETY: as above.
        unsafe { length.write_unaligned(needed as u32) };
        return Err(Code::WSAEFAULT);
    }
    // SAFETY: the buffer has room for the structure and the name behind it.
    unsafe {
        let text = buffer.add(1).cast::<T>();
        std::ptr::copy_nonoverlapping(name.as_ptr().cast::<u8>(), text.cast::<u8>(), size_of_val(name.as_slice()));
        buffer.write_unaligned(structure(WSANAMESPACE_INFO {
            NSProviderId: DNS_PROVIDER,
            dwNameSpace: NS_DNS,
            fActive: 1,
            dwVersion: 0,
            lpszIdentifier: text,
        }));
    }
    Ok(1)
}
