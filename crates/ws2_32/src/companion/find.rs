//! Searches in folders.

use winbase::error;
use winbase::file::find::{self, Entry};

use super::files::{WIN32_FILE_ATTRIBUTE_DATA, name};
use super::{handle, or, text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};
use crate::types::HANDLE;

/// `MAX_PATH`.
const ROOM: usize = 260;

/// `WIN32_FIND_DATA`, for one unit of text.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct WIN32_FIND_DATA<T> {
    pub head: WIN32_FILE_ATTRIBUTE_DATA,
    pub dwReserved: [u32; 2],
    pub cFileName: [T; ROOM],
    pub cAlternateFileName: [T; 14],
}

/// # Safety
/// The place is good for writing.
unsafe fn tell<T: Unit>(entry: &Entry, place: *mut WIN32_FIND_DATA<T>) {
    let mut data = WIN32_FIND_DATA {
        head: WIN32_FILE_ATTRIBUTE_DATA::of(&entry.information),
        dwReserved: [0; 2],
        cFileName: [T::default(); ROOM],
        cAlternateFileName: [T::default(); 14],
    };
    // Linux' names have at most 255 bytes, which fit in every form of text.
    // SAFETY: the array has so much room.
    let _ = unsafe { text::write(&entry.name, data.cFileName.as_mut_ptr(), ROOM) };
    // SAFETY: the caller's promise.
    unsafe { place.write_unaligned(data) };
}

text_function! {
    /// Begins a search.
    ws2_FindFirstFileA, ws2_FindFirstFileW, ws2_FindFirstFileW_utf32,
    (lpfilename: *const T, lpfindfiledata: *mut WIN32_FIND_DATA<T>) -> HANDLE {
        if !usable(lpfindfiledata) {
            return or(handle(usize::MAX), Err(error::INVALID_PARAMETER));
        }
        // SAFETY: the caller gives a string.
        let begun = unsafe { name(lpfilename) }.and_then(|pattern| find::first(&pattern));
        or(handle(usize::MAX), begun.map(|(number, entry)| {
            // SAFETY: the caller gives a place for the entry.
            unsafe { tell(&entry, lpfindfiledata) };
            handle(number)
        }))
    }
}

text_function! {
    /// The next entry of a search.
    ws2_FindNextFileA, ws2_FindNextFileW, ws2_FindNextFileW_utf32,
    (hfindfile: HANDLE, lpfindfiledata: *mut WIN32_FIND_DATA<T>) -> i32 {
        if !usable(lpfindfiledata) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        // SAFETY: the caller gives a place for the entry.
        truth(find::next(hfindfile.addr()).map(|entry| unsafe { tell(&entry, lpfindfiledata) }))
    }
}

/// Ends a search.
#[unsafe(export_name = "ws2_FindClose")]
pub extern "system" fn FindClose(hfindfile: HANDLE) -> i32 {
    truth(find::close(hfindfile.addr()))
}
