//! Names of folders and files, into buffers of the caller.

use winbase::file::directory;
use winbase::{Code, error, shell_folder};

use super::files::name;
use super::{or, text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};

/// Writes text and zero, and gives the length without the zero; where there is no room for both, writes nothing and
/// gives the room that both need. What `GetCurrentDirectory` and its like do.
///
/// # Safety
/// If usable, the pointer is good for writes of `room` units.
pub(super) unsafe fn fill<T: Unit>(text: &str, pointer: *mut T, room: u32) -> u32 {
    let length = T::encode(text).len() as u32;
    // SAFETY: the caller's promise.
    match unsafe { text::write(text, pointer, room as usize) } {
        Ok(()) => length,
        Err(_) => length + 1,
    }
}

/// Writes the whole name of a file as [`fill`] does, and where its last part begins.
///
/// # Safety
/// If usable, `pointer` is good for writes of `room` units and `part` for one.
unsafe fn fill_whole<T: Unit>(whole: &str, room: u32, pointer: *mut T, part: *mut *mut T) -> u32 {
    // SAFETY: the caller's promise.
    unsafe {
        let length = fill(whole, pointer, room);
        if usable(part) && length < room {
            let before = whole.rfind('/').map_or(0, |at| T::encode(&whole[..=at]).len());
            let has_part = before < length as usize;
            part.write_unaligned(if has_part { pointer.add(before) } else { std::ptr::null_mut() });
        }
        length
    }
}

/// Writes text and zero with the room in and the length out, as `GetComputerName` does.
///
/// # Errors
/// `too_small`, with the room that text and zero need.
///
/// # Safety
/// If usable, `room` is good for reading and writing and the pointer for writes of `*room` units.
pub(super) unsafe fn fill_counted<T: Unit>(
    text: &str,
    pointer: *mut T,
    room: *mut u32,
    too_small: Code,
) -> Result<(), Code> {
    if !usable(room) {
        return Err(error::INVALID_PARAMETER);
    }
    let length = T::encode(text).len() as u32;
    // SAFETY: the caller's promise.
    unsafe {
        let written = text::write(text, pointer, room.read_unaligned() as usize);
        room.write_unaligned(if written.is_ok() { length } else { length + 1 });
        written.map_err(|_| too_small)
    }
}

text_function! {
    /// The current folder.
    ws2_GetCurrentDirectoryA, ws2_GetCurrentDirectoryW, ws2_GetCurrentDirectoryW_utf32,
    (nbufferlength: u32, lpbuffer: *mut T) -> u32 {
        // SAFETY: the caller gives room for so many units.
        or(0, directory::current().map(|name| unsafe { fill(&name, lpbuffer, nbufferlength) }))
    }
}

text_function! {
    /// Makes another folder the current one.
    ws2_SetCurrentDirectoryA, ws2_SetCurrentDirectoryW, ws2_SetCurrentDirectoryW_utf32,
    (lppathname: *const T) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lppathname) }.and_then(|name| directory::set_current(&name)))
    }
}

text_function! {
    /// The whole name of a file, and where its last part begins.
    ws2_GetFullPathNameA, ws2_GetFullPathNameW, ws2_GetFullPathNameW_utf32,
    (lpfilename: *const T, nbufferlength: u32, lpbuffer: *mut T, lpfilepart: *mut *mut T) -> u32 {
        // SAFETY: the caller gives a string.
        let full = unsafe { name(lpfilename) }.and_then(|name| directory::full_name(&name));
        // SAFETY: the caller gives room for so many units, and a place for the pointer or none.
        or(0, full.map(|full| unsafe { fill_whole(&full, nbufferlength, lpbuffer, lpfilepart) }))
    }
}

text_function! {
    /// The first file of a name in a list of folders, or where Windows looks for one.
    ws2_SearchPathA, ws2_SearchPathW, ws2_SearchPathW_utf32,
    (lppath: *const T, lpfilename: *const T, lpextension: *const T, nbufferlength: u32, lpbuffer: *mut T,
     lpfilepart: *mut *mut T) -> u32 {
        // SAFETY: the caller gives a string or none for each.
        let given = |text: *const T| if usable(text) { unsafe { name(text) }.map(Some) } else { Ok(None) };
        let found = given(lppath).and_then(|folders| {
            let (file, extension) = (given(lpfilename)?, given(lpextension)?);
            directory::search(folders.as_deref(), &file.unwrap_or_default(), &extension.unwrap_or_default())
        });
        // SAFETY: the caller gives room for so many units, and a place for the pointer or none.
        or(0, found.map(|found| unsafe { fill_whole(&found, nbufferlength, lpbuffer, lpfilepart) }))
    }
}

text_function! {
    /// The folder for files that nobody needs later, with a slash at its end.
    ws2_GetTempPathA, ws2_GetTempPathW, ws2_GetTempPathW_utf32,
    (nbufferlength: u32, lpbuffer: *mut T) -> u32 {
        let folder = std::env::temp_dir().to_string_lossy().into_owned();
        let folder = format!("{}/", folder.trim_end_matches('/'));
        // SAFETY: the caller gives room for so many units.
        unsafe { fill(&folder, lpbuffer, nbufferlength) }
    }
}

text_function! {
    /// The name of a file for a short time: of a number, or of one that is free, and then the file is made.
    ws2_GetTempFileNameA, ws2_GetTempFileNameW, ws2_GetTempFileNameW_utf32,
    (lppathname: *const T, lpprefixstring: *const T, uunique: u32, lptempfilename: *mut T) -> u32 {
        const MAX_PATH: usize = 260;
        // SAFETY: the caller gives two strings, and room for MAX_PATH units.
        or(0, unsafe {
            name(lppathname).and_then(|folder| {
                let prefix = if usable(lpprefixstring) { name(lpprefixstring)? } else { String::new() };
                let (file, number) = directory::temporary(&folder, &prefix, uunique)?;
                text::write(&file, lptempfilename, MAX_PATH).map_err(|_| error::INVALID_PARAMETER)?;
                Ok(number)
            })
        })
    }
}

text_function! {
    /// Where Windows' own libraries would lie: programs put it before a library's name.
    ws2_GetSystemDirectoryA, ws2_GetSystemDirectoryW, ws2_GetSystemDirectoryW_utf32,
    (lpbuffer: *mut T, nsize: u32) -> u32 {
        // SAFETY: the caller gives room for so many units.
        unsafe { fill(shell_folder::SYSTEM, lpbuffer, nsize) }
    }
}

text_function! {
    /// Where Windows would lie.
    ws2_GetWindowsDirectoryA, ws2_GetWindowsDirectoryW, ws2_GetWindowsDirectoryW_utf32,
    (lpbuffer: *mut T, nsize: u32) -> u32 {
        // SAFETY: the caller gives room for so many units.
        unsafe { fill(shell_folder::WINDOWS, lpbuffer, nsize) }
    }
}
