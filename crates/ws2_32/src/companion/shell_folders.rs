//! A user's and the system's folders by their numbers.

use std::ffi::c_void;

use winbase::{Code, error, shell_folder};

use super::{text_function, truth};
use crate::text::{self, Unit};

/// `MAX_PATH`, the room that callers give.
const ROOM: usize = 260;
/// `CSIDL_FLAG_CREATE`, and where the flags begin.
const CREATE: u32 = 0x8000;
const FLAGS: u32 = 0xff00;

/// # Safety
/// If usable, the pointer is good for writes of [`ROOM`] units.
unsafe fn tell<T: Unit>(csidl: u32, is_to_be_made: bool, place: *mut T) -> Result<(), Code> {
    let path = shell_folder::path(csidl & !FLAGS, is_to_be_made || csidl & CREATE != 0)?;
    // SAFETY: the caller's promise.
    unsafe { text::write(&path, place, ROOM) }.map_err(|_| error::INVALID_PARAMETER)
}

text_function! {
    /// A folder by its number, or an `HRESULT`.
    ws2_SHGetFolderPathA, ws2_SHGetFolderPathW, ws2_SHGetFolderPathW_utf32,
    (_hwnd: *mut c_void, csidl: i32, _htoken: *mut c_void, _dwflags: u32, pszpath: *mut T) -> i32 {
        // SAFETY: the caller gives room for MAX_PATH units.
        match unsafe { tell(csidl as u32, false, pszpath) } {
            Ok(()) => 0,
            Err(code) => code.hresult() as i32,
        }
    }
}

text_function! {
    /// A folder by its number.
    ws2_SHGetSpecialFolderPathA, ws2_SHGetSpecialFolderPathW, ws2_SHGetSpecialFolderPathW_utf32,
    (_hwnd: *mut c_void, pszpath: *mut T, csidl: i32, fcreate: i32) -> i32 {
        // SAFETY: the caller gives room for MAX_PATH units.
        truth(unsafe { tell(csidl as u32, fcreate != 0, pszpath) })
    }
}
