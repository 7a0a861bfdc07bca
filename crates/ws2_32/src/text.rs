//! C strings in and out. Narrow text is UTF-8.
//!
//! Wide text comes in both widths that `wchar_t` can have: 16 bits, which is Windows' and what Rust and `-fshort-wchar`
//! have, and 32, Linux' own. A function that takes it is exported twice, the second time with the ending `_utf32`.

use std::borrow::Cow;

use winsock::Code;

use crate::boundary::{items, require, usable};

/// One unit of text: a byte of UTF-8, or a wide character of 16 or 32 bits.
pub(crate) trait Unit: Copy + Default + PartialEq + 'static {
    /// The string's units as text. What is no text becomes U+FFFD, which names nothing.
    fn decode(units: &[Self]) -> String;
    /// The text as units, without the zero.
    fn encode(text: &str) -> Vec<Self>;
    /// The string as bytes for the readers of addresses: what is not ASCII is no part of an address.
    fn narrow(units: &[Self]) -> Vec<u8>;

    /// The string as bytes of UTF-8; narrow text as it is, whatever it be.
    fn to_bytes(units: &[Self]) -> Vec<u8> {
        Self::decode(units).into_bytes()
    }

    /// The reverse of [`Unit::to_bytes`].
    fn from_bytes(bytes: &[u8]) -> Vec<Self> {
        Self::encode(&String::from_utf8_lossy(bytes))
    }
}

impl Unit for u8 {
    fn decode(units: &[u8]) -> String {
        String::from_utf8_lossy(units).into_owned()
    }

    fn encode(text: &str) -> Vec<u8> {
        text.as_bytes().to_vec()
    }

    fn narrow(units: &[u8]) -> Vec<u8> {
        units.to_vec()
    }

    fn to_bytes(units: &[u8]) -> Vec<u8> {
        units.to_vec()
    }

    fn from_bytes(bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }
}

impl Unit for u16 {
    fn decode(units: &[u16]) -> String {
        String::from_utf16_lossy(units)
    }

    fn encode(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn narrow(units: &[u16]) -> Vec<u8> {
        winsock::names::text_address::narrow(units.iter().map(|&unit| unit.into()))
    }
}

impl Unit for u32 {
    fn decode(units: &[u32]) -> String {
        units.iter().map(|&unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    fn encode(text: &str) -> Vec<u32> {
        text.chars().map(u32::from).collect()
    }

    fn narrow(units: &[u32]) -> Vec<u8> {
        winsock::names::text_address::narrow(units.iter().copied())
    }
}

/// The units before the zero.
///
/// # Safety
/// If usable, the pointer is to a zero-terminated string that lives as long as the result is used.
pub(crate) unsafe fn units<'a, T: Unit>(pointer: *const T) -> Result<Cow<'a, [T]>, Code> {
    require(pointer)?;
    let mut length = 0;
    // SAFETY: the caller's promise; the walk stops at the zero.
    while unsafe { pointer.add(length).read_unaligned() } != T::default() {
        length += 1;
    }
    // SAFETY: the units just read.
    unsafe { items(pointer, length) }
}

/// The text, or `None` for a null pointer.
///
/// # Safety
/// As for [`units`].
pub(crate) unsafe fn optional<T: Unit>(pointer: *const T) -> Result<Option<String>, Code> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    unsafe { units(pointer) }.map(|units| Some(T::decode(&units)))
}

/// Writes text and zero. `WSAEFAULT`, with nothing written, if they do not fit `room` units.
///
/// # Safety
/// If usable, the pointer is good for writes of `room` units.
pub(crate) unsafe fn write<T: Unit>(text: &str, pointer: *mut T, room: usize) -> Result<(), Code> {
    let units = T::encode(text);
    if !usable(pointer) || units.len() >= room {
        return Err(Code::WSAEFAULT);
    }
    for (index, unit) in units.iter().copied().chain([T::default()]).enumerate() {
        // SAFETY: the caller's promise; index stays below room.
        unsafe { pointer.add(index).write_unaligned(unit) };
    }
    Ok(())
}
