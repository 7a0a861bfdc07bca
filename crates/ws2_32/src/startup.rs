//! `WSAStartup`, `WSACleanup` and the last error.

use winsock::Code;

use crate::boundary;
use crate::types::WSADATA;

/// Begins the use of Winsock. Returns the code instead of setting it.
#[unsafe(export_name = "ws2_WSAStartup")]
pub unsafe extern "system" fn WSAStartup(wversionrequested: u16, lpwsadata: *mut WSADATA) -> i32 {
    winsock::memory::prepare_thread();
    // Measured on Windows: the version is judged before the pointer, and what can be filled is filled all the same.
    let result = match winsock::startup(wversionrequested) {
        Ok(_) if !boundary::usable(lpwsadata) => winsock::cleanup().and(Err(Code::WSAEFAULT)),
        result => result,
    };
    if boundary::usable(lpwsadata) {
        let version = result.map_or(0x0202, |startup| startup.version);
        // SAFETY: the caller gives a WSADATA.
        unsafe {
            // Docs: "WSADATA structure", lpVendorInfo: ignored from version 2 on. Windows leaves what is there.
            let vendor = (&raw const (*lpwsadata).lpVendorInfo).read_unaligned();
            lpwsadata.write_unaligned(WSADATA { lpVendorInfo: vendor, ..data(version) });
        }
    }
    result.map_or_else(Code::value, |_| 0)
}

/// Undoes one `WSAStartup`; the last one closes every socket.
#[unsafe(export_name = "ws2_WSACleanup")]
pub extern "system" fn WSACleanup() -> i32 {
    boundary::status(winsock::cleanup())
}

/// The calling thread's last error.
#[unsafe(export_name = "ws2_WSAGetLastError")]
pub extern "system" fn WSAGetLastError() -> i32 {
    winsock::last_error().value()
}

/// Sets the calling thread's last error.
#[unsafe(export_name = "ws2_WSASetLastError")]
pub extern "system" fn WSASetLastError(ierror: i32) {
    winsock::set_last_error(Code::new(ierror));
}

/// The calling thread's last error: one value with `WSAGetLastError`.
#[unsafe(export_name = "ws2_GetLastError")]
pub extern "system" fn GetLastError() -> u32 {
    winsock::last_error().value().cast_unsigned()
}

/// Sets the calling thread's last error: one value with `WSASetLastError`.
#[unsafe(export_name = "ws2_SetLastError")]
pub extern "system" fn SetLastError(dwerrcode: u32) {
    winsock::set_last_error(Code::new(dwerrcode.cast_signed()));
}

/// Docs: "WSADATA structure"; the two limits are ignored from version 2 on, and told to older programs.
fn data(version: u16) -> WSADATA {
    let old = version & 0xff < 2;
    let mut data = WSADATA {
        wVersion: version,
        wHighVersion: 0x0202,
        iMaxSockets: if old { 32_767 } else { 0 },
        iMaxUdpDg: if old { 65_467 } else { 0 },
        lpVendorInfo: std::ptr::null_mut(),
        szDescription: [0; 257],
        szSystemStatus: [0; 129],
    };
    copy_text(b"WinSock 2.0", &mut data.szDescription);
    copy_text(b"Running", &mut data.szSystemStatus);
    data
}

fn copy_text(text: &[u8], field: &mut [u8]) {
    field[..text.len()].copy_from_slice(text);
}
