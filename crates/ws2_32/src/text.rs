//! C strings in and out. Narrow text is UTF-8; wide text is Linux' `wchar_t`, one code point of 32 bits each.

use std::ffi::{CStr, c_char};

use winsock::Code;

use crate::boundary;

/// C's `wchar_t` on Linux.
pub type wchar = u32;

/// A string, which bytes that are not UTF-8 make no failure; `None` for a null pointer.
///
/// # Safety
/// A usable pointer is one to a string with its end.
pub(crate) unsafe fn narrow(text: *const u8) -> Result<Option<String>, Code> {
    if text.is_null() {
        return Ok(None);
    }
    boundary::require(text)?;
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text.cast::<c_char>()) };
    Ok(Some(text.to_string_lossy().into_owned()))
}

/// A wide string; `None` for a null pointer.
///
/// # Safety
/// As for [`narrow`].
pub(crate) unsafe fn wide(text: *const wchar) -> Result<Option<String>, Code> {
    if text.is_null() {
        return Ok(None);
    }
    boundary::require(text)?;
    let mut string = String::new();
    let mut place = text;
    loop {
        // SAFETY: the caller's promise: the end has not been passed.
        match unsafe { place.read_unaligned() } {
            0 => return Ok(Some(string)),
            unit => string.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
        // SAFETY: as above.
        place = unsafe { place.add(1) };
    }
}

/// One character of either width.
pub(crate) trait Unit: Copy {
    /// The text in this width, with its end.
    fn encode(text: &str) -> Vec<Self>;
}

impl Unit for u8 {
    fn encode(text: &str) -> Vec<u8> {
        text.bytes().filter(|byte| *byte != 0).chain([0]).collect()
    }
}

impl Unit for wchar {
    fn encode(text: &str) -> Vec<wchar> {
        text.chars().map(u32::from).filter(|unit| *unit != 0).chain([0]).collect()
    }
}

/// Copies a text with its end into the caller's buffer; the number of units needed if it does not fit.
///
/// # Safety
/// A usable pointer is good for writes of `room` units.
pub(crate) unsafe fn put<U: Unit>(text: &str, buffer: *mut U, room: usize) -> Result<usize, usize> {
    let units = U::encode(text);
    if units.len() > room || !boundary::usable(buffer) {
        return Err(units.len());
    }
    // SAFETY: the caller's promise, and the length was checked.
    unsafe { std::ptr::copy_nonoverlapping(units.as_ptr(), buffer, units.len()) };
    Ok(units.len())
}
