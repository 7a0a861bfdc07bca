//! Pipes that are looked into, and mailslots.

use std::ffi::c_void;
use std::time::Duration;

use winbase::file::{self, mailslot};

use super::{handle, or, text_function, truth};
use crate::boundary::usable;
use crate::types::HANDLE;

const INVALID_HANDLE_VALUE: usize = usize::MAX;
/// `MAILSLOT_WAIT_FOREVER` and `MAILSLOT_NO_MESSAGE`.
const NONE: u32 = u32::MAX;

/// Writes a number where the caller wants it.
///
/// # Safety
/// If usable, the place is good for writing.
pub(super) unsafe fn tell(place: *mut u32, number: u32) {
    if usable(place) {
        // SAFETY: the caller's promise.
        unsafe { place.write_unaligned(number) };
    }
}

/// Tells what waits in a pipe, and leaves it there.
#[unsafe(export_name = "ws2_PeekNamedPipe")]
pub unsafe extern "system" fn PeekNamedPipe(
    hnamedpipe: HANDLE,
    lpbuffer: *mut u8,
    nbuffersize: u32,
    lpbytesread: *mut u32,
    lptotalbytesavail: *mut u32,
    lpbytesleftthismessage: *mut u32,
) -> i32 {
    // SAFETY: the caller gives room for so many bytes, and places or none.
    truth(unsafe {
        let mut nothing = [];
        let into: &mut [u8] = match (usable(lpbuffer), nbuffersize) {
            (false, _) | (_, 0) => &mut nothing,
            (true, size) => std::slice::from_raw_parts_mut(lpbuffer, size as usize),
        };
        file::peek(hnamedpipe.addr(), into).map(|(count, waiting, left)| {
            tell(lpbytesread, count as u32);
            tell(lptotalbytesavail, waiting as u32);
            tell(lpbytesleftthismessage, left as u32);
        })
    })
}

fn timeout(milliseconds: u32) -> Option<Duration> {
    (milliseconds != NONE).then(|| Duration::from_millis(milliseconds.into()))
}

text_function! {
    /// Makes a mailslot.
    ws2_CreateMailslotA, ws2_CreateMailslotW, ws2_CreateMailslotW_utf32,
    (lpname: *const T, nmaxmessagesize: u32, lreadtimeout: u32, _lpsecurityattributes: *const c_void) -> HANDLE {
        // SAFETY: the caller gives a string.
        let made = unsafe { super::files::name(lpname) }
            .and_then(|name| mailslot::create(&name, nmaxmessagesize, timeout(lreadtimeout)));
        or(handle(INVALID_HANDLE_VALUE), made.map(handle))
    }
}

/// Tells of a mailslot.
#[unsafe(export_name = "ws2_GetMailslotInfo")]
pub unsafe extern "system" fn GetMailslotInfo(
    hmailslot: HANDLE,
    lpmaxmessagesize: *mut u32,
    lpnextsize: *mut u32,
    lpmessagecount: *mut u32,
    lpreadtimeout: *mut u32,
) -> i32 {
    truth(mailslot::information(hmailslot.addr()).map(|known| {
        // SAFETY: the caller gives places, or none.
        unsafe {
            tell(lpmaxmessagesize, known.longest);
            tell(lpnextsize, known.next.map_or(NONE, |next| next as u32));
            tell(lpmessagecount, known.count as u32);
            tell(lpreadtimeout, known.timeout.map_or(NONE, |timeout| timeout.as_millis() as u32));
        }
    }))
}

/// Sets how long a read from a mailslot waits.
#[unsafe(export_name = "ws2_SetMailslotInfo")]
pub extern "system" fn SetMailslotInfo(hmailslot: HANDLE, lreadtimeout: u32) -> i32 {
    truth(mailslot::set_timeout(hmailslot.addr(), timeout(lreadtimeout)))
}
