//! C strings in and out. Narrow text is UTF-8.
//!
//! Wide text comes in both widths that `wchar_t` can have: 16 bits, which is Windows' and what Rust and `-fshort-wchar`
//! have, and 32, Linux' own. A function that takes it is exported twice, the second time with the ending `_utf32`.

use std::ffi::{CStr, c_char};

use winsock::Code;

use crate::boundary;

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

/// A wide string of either width; `None` for a null pointer.
///
/// # Safety
/// As for [`narrow`].
pub(crate) unsafe fn wide<U: Unit>(text: *const U) -> Result<Option<String>, Code> {
    if text.is_null() {
        return Ok(None);
    }
    boundary::require(text)?;
    let mut units = Vec::new();
    let mut place = text;
    loop {
        // SAFETY: the caller's promise: the end has not been passed.
        match unsafe { place.read_unaligned() } {
            end if end.is_end() => return Ok(Some(U::decode(&units))),
            unit => units.push(unit),
        }
        // SAFETY: as above.
        place = unsafe { place.add(1) };
    }
}

/// One unit of text: a byte of UTF-8, or a wide character of 16 or 32 bits.
pub(crate) trait Unit: Copy {
    /// The text in this width, with its end.
    fn encode(text: &str) -> Vec<Self>;

    /// The text of these units, without an end.
    fn decode(units: &[Self]) -> String;

    /// Whether the unit ends a string.
    fn is_end(self) -> bool;
}

impl Unit for u8 {
    fn encode(text: &str) -> Vec<u8> {
        text.bytes().filter(|byte| *byte != 0).chain([0]).collect()
    }

    fn decode(units: &[u8]) -> String {
        String::from_utf8_lossy(units).into_owned()
    }

    fn is_end(self) -> bool {
        self == 0
    }
}

impl Unit for u16 {
    fn encode(text: &str) -> Vec<u16> {
        text.encode_utf16().filter(|unit| *unit != 0).chain([0]).collect()
    }

    fn decode(units: &[u16]) -> String {
        String::from_utf16_lossy(units)
    }

    fn is_end(self) -> bool {
        self == 0
    }
}

impl Unit for u32 {
    fn encode(text: &str) -> Vec<u32> {
        text.chars().map(u32::from).filter(|unit| *unit != 0).chain([0]).collect()
    }

    fn decode(units: &[u32]) -> String {
        units.iter().map(|unit| char::from_u32(*unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    fn is_end(self) -> bool {
        self == 0
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
