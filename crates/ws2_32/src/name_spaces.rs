//! The name spaces of `WSAEnumNameSpaceProviders`.

use winsock::names::flags::NS_DNS;
use winsock::{Code, set_last_error};

use crate::boundary::{require, started, usable};
use crate::text::Unit;
use crate::types::{GUID, WSANAMESPACE_INFO, WSANAMESPACE_INFOA, WSANAMESPACE_INFOW};

/// The provider of DNS names, with Windows' identifier.
pub(crate) const DNS_PROVIDER: GUID =
    GUID { data1: 0x2205_9d40, data2: 0x7e9e, data3: 0x11cf, data4: [0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b] };

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

fn outcome(result: Result<i32, Code>) -> i32 {
    set_last_error(result.err().unwrap_or(Code::new(0)));
    result.unwrap_or(-1)
}

/// One provider: DNS, with its name behind the structure. Source: `protocol.c`, `test_WSAEnumNameSpaceProvidersA`: too
/// short a buffer is `WSAEFAULT` with the length needed.
unsafe fn name_spaces<T: Unit>(length: *mut u32, buffer: *mut WSANAMESPACE_INFO<T>) -> Result<i32, Code> {
    started()?;
    require(length)?;
    let name = [T::encode("Tcpip"), vec![T::default()]].concat();
    let needed = size_of::<WSANAMESPACE_INFO<T>>() + size_of_val(name.as_slice());
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
        buffer.write_unaligned(WSANAMESPACE_INFO {
            NSProviderId: DNS_PROVIDER,
            dwNameSpace: NS_DNS,
            fActive: 1,
            dwVersion: 0,
            lpszIdentifier: text,
        });
    }
    Ok(1)
}
