//! Text between code pages and wide characters.

use std::borrow::Cow;

use winbase::code_page::CodePage;
use winbase::{Code, error};

use super::{or, truth};
use crate::boundary::{self, usable};
use crate::text::{self, Unit};

const MB_ERR_INVALID_CHARS: u32 = 8;
const WC_ERR_INVALID_CHARS: u32 = 0x80;

/// Bytes as wide characters; how many were written, or with no room, how many there are.
#[unsafe(export_name = "ws2_MultiByteToWideChar")]
pub unsafe extern "system" fn MultiByteToWideChar(
    codepage: u32,
    dwflags: u32,
    lpmultibytestr: *const u8,
    cbmultibyte: i32,
    lpwidecharstr: *mut u16,
    cchwidechar: i32,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    or(0, unsafe { widen(codepage, dwflags, (lpmultibytestr, cbmultibyte), (lpwidecharstr, cchwidechar)) })
}

/// [`MultiByteToWideChar`] for units of 32 bits.
#[unsafe(export_name = "ws2_MultiByteToWideChar_utf32")]
pub unsafe extern "system" fn MultiByteToWideChar_utf32(
    codepage: u32,
    dwflags: u32,
    lpmultibytestr: *const u8,
    cbmultibyte: i32,
    lpwidecharstr: *mut u32,
    cchwidechar: i32,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    or(0, unsafe { widen(codepage, dwflags, (lpmultibytestr, cbmultibyte), (lpwidecharstr, cchwidechar)) })
}

/// Wide characters as bytes; how many were written, or with no room, how many there are.
#[unsafe(export_name = "ws2_WideCharToMultiByte")]
pub unsafe extern "system" fn WideCharToMultiByte(
    codepage: u32,
    dwflags: u32,
    lpwidecharstr: *const u16,
    cchwidechar: i32,
    lpmultibytestr: *mut u8,
    cbmultibyte: i32,
    lpdefaultchar: *const u8,
    lpuseddefaultchar: *mut i32,
) -> i32 {
    let default = Default { letter: lpdefaultchar, used: lpuseddefaultchar };
    // SAFETY: the caller's promises are those of the page.
    or(0, unsafe { narrow(codepage, dwflags, (lpwidecharstr, cchwidechar), (lpmultibytestr, cbmultibyte), default) })
}

/// [`WideCharToMultiByte`] for units of 32 bits.
#[unsafe(export_name = "ws2_WideCharToMultiByte_utf32")]
pub unsafe extern "system" fn WideCharToMultiByte_utf32(
    codepage: u32,
    dwflags: u32,
    lpwidecharstr: *const u32,
    cchwidechar: i32,
    lpmultibytestr: *mut u8,
    cbmultibyte: i32,
    lpdefaultchar: *const u8,
    lpuseddefaultchar: *mut i32,
) -> i32 {
    let default = Default { letter: lpdefaultchar, used: lpuseddefaultchar };
    // SAFETY: the caller's promises are those of the page.
    or(0, unsafe { narrow(codepage, dwflags, (lpwidecharstr, cchwidechar), (lpmultibytestr, cbmultibyte), default) })
}

/// What stands for characters that a page does not have, and whether it was needed.
struct Default {
    letter: *const u8,
    used: *mut i32,
}

/// # Safety
/// The text is good for reads of its length (to its zero if that is -1), the room for writes of its length.
unsafe fn widen<T: Unit>(page: u32, flags: u32, text: (*const u8, i32), room: (*mut T, i32)) -> Result<i32, Code> {
    let page = CodePage::new(page)?;
    if room.1 != 0 && text.0.addr() == room.0.addr() {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let bytes = given(text)?;
        let units = T::encode(&page.decode(&bytes, flags & MB_ERR_INVALID_CHARS != 0)?);
        store(&units, room)
    }
}

/// # Safety
/// As for [`widen`], and the default's pointers, if not null, are good for reading a string and writing.
unsafe fn narrow<T: Unit>(
    page: u32,
    flags: u32,
    text: (*const T, i32),
    room: (*mut u8, i32),
    default: Default,
) -> Result<i32, Code> {
    let number = page;
    let page = CodePage::new(page)?;
    // Docs: "WideCharToMultiByte function": UTF-8 has every character, so asking for a default is an error.
    if number == winbase::code_page::UTF8 && !(default.letter.is_null() && default.used.is_null()) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let units = given(text)?;
        let decoded = T::decode(&units);
        if flags & WC_ERR_INVALID_CHARS != 0 && T::encode(&decoded) != *units {
            return Err(error::NO_UNICODE_TRANSLATION);
        }
        let letter = if usable(default.letter) { text::units(default.letter).ok() } else { None };
        let (bytes, used) = page.encode(&decoded, letter.as_deref());
        if usable(default.used) {
            default.used.write_unaligned(used.into());
        }
        store(&bytes, room)
    }
}

/// The units of a text with its length; less than 0 means to the zero and with it.
///
/// # Safety
/// As for [`widen`].
unsafe fn given<'a, T: Unit>((pointer, length): (*const T, i32)) -> Result<Cow<'a, [T]>, Code> {
    if length == 0 || !usable(pointer) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let length = match usize::try_from(length) {
            Ok(length) => length,
            // The page wants -1. Source for others: dlls/kernel32/tests/codepage.c, test_negative_source_length, checked
            // on Windows.
            Err(_) => text::units(pointer).map_err(|_| error::INVALID_PARAMETER)?.len() + 1,
        };
        boundary::items(pointer, length).map_err(|_| error::INVALID_PARAMETER)
    }
}

/// # Safety
/// As for [`widen`].
unsafe fn store<T: Unit>(units: &[T], (pointer, room): (*mut T, i32)) -> Result<i32, Code> {
    let count = i32::try_from(units.len()).map_err(|_| error::INVALID_PARAMETER)?;
    if room == 0 {
        return Ok(count);
    }
    if room < 0 || !usable(pointer) {
        return Err(error::INVALID_PARAMETER);
    }
    let fits = units.len().min(room as usize);
    for (index, unit) in units[..fits].iter().enumerate() {
        // SAFETY: the caller's promise.
        unsafe { pointer.add(index).write_unaligned(*unit) };
    }
    if fits == units.len() { Ok(count) } else { Err(error::INSUFFICIENT_BUFFER) }
}

/// Whether a code page is there.
#[unsafe(export_name = "ws2_IsValidCodePage")]
pub extern "system" fn IsValidCodePage(codepage: u32) -> i32 {
    CodePage::new(codepage).is_ok().into()
}

/// The head of `CPINFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct CPINFO {
    pub MaxCharSize: u32,
    pub DefaultChar: [u8; 2],
    pub LeadByte: [u8; 12],
}

/// How many bytes a character of a code page has at most. Ranges of first bytes are not told.
#[unsafe(export_name = "ws2_GetCPInfo")]
pub unsafe extern "system" fn GetCPInfo(codepage: u32, lpcpinfo: *mut CPINFO) -> i32 {
    if !usable(lpcpinfo) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    truth(CodePage::new(codepage).map(|page| {
        let info = CPINFO { MaxCharSize: page.most_bytes(), DefaultChar: [b'?', 0], LeadByte: [0; 12] };
        // SAFETY: the caller gives a place for it.
        unsafe { lpcpinfo.write_unaligned(info) }
    }))
}
