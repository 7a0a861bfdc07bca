//! The case of letters, the command line as arguments, and unique numbers.

use std::ffi::c_void;
use std::ptr::null_mut;

use winbase::{command_line, error};

use super::files::name;
use super::text_function;
use crate::boundary::usable;
use crate::text::{self, Unit};
use crate::types::GUID;

/// Changes each character whose other case is one of the same length; others stay, as with Windows' tables.
fn change<T: Unit>(units: &mut [T], other: impl Fn(char) -> Option<char>) {
    let text = T::decode(units);
    let changed: String = text
        .chars()
        .map(|letter| other(letter).filter(|new| new.len_utf8() == letter.len_utf8()).unwrap_or(letter))
        .collect();
    let changed = T::encode(&changed);
    // Text with parts that are none decodes to another length and stays as it is.
    if changed.len() == units.len() {
        units.copy_from_slice(&changed);
    }
}

fn upper(letter: char) -> Option<char> {
    let mut upper = letter.to_uppercase();
    upper.next().filter(|_| upper.next().is_none())
}

fn lower(letter: char) -> Option<char> {
    let mut lower = letter.to_lowercase();
    lower.next().filter(|_| lower.next().is_none())
}

/// A string, or one character in the place of a pointer. Docs: "CharUpperA function".
///
/// # Safety
/// If usable, the pointer is to a zero-terminated string that may be written to.
unsafe fn change_string<T: Unit>(string: *mut T, other: impl Fn(char) -> Option<char>) -> *mut T {
    if !usable(string) {
        let letter = char::from_u32(string.addr() as u32).unwrap_or_default();
        return std::ptr::without_provenance_mut(other(letter).unwrap_or(letter) as usize);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let length = text::units(string).map_or(0, |units| units.len());
        change(std::slice::from_raw_parts_mut(string, length), other);
    }
    string
}

/// # Safety
/// If usable, the pointer is good for reading and writing `length` units.
unsafe fn change_buffer<T: Unit>(buffer: *mut T, length: u32, other: impl Fn(char) -> Option<char>) -> u32 {
    if !usable(buffer) {
        return 0;
    }
    // SAFETY: the caller's promise.
    change(unsafe { std::slice::from_raw_parts_mut(buffer, length as usize) }, other);
    length
}

text_function! {
    /// Capital letters.
    ws2_CharUpperA, ws2_CharUpperW, ws2_CharUpperW_utf32,
    (lpsz: *mut T) -> *mut T {
        // SAFETY: the caller gives a string, or a character.
        unsafe { change_string(lpsz, upper) }
    }
}

text_function! {
    /// Small letters.
    ws2_CharLowerA, ws2_CharLowerW, ws2_CharLowerW_utf32,
    (lpsz: *mut T) -> *mut T {
        // SAFETY: the caller gives a string, or a character.
        unsafe { change_string(lpsz, lower) }
    }
}

text_function! {
    /// Capital letters in a buffer.
    ws2_CharUpperBuffA, ws2_CharUpperBuffW, ws2_CharUpperBuffW_utf32,
    (lpsz: *mut T, cchlength: u32) -> u32 {
        // SAFETY: the caller gives so many units.
        unsafe { change_buffer(lpsz, cchlength, upper) }
    }
}

text_function! {
    /// Small letters in a buffer.
    ws2_CharLowerBuffA, ws2_CharLowerBuffW, ws2_CharLowerBuffW_utf32,
    (lpsz: *mut T, cchlength: u32) -> u32 {
        // SAFETY: the caller gives so many units.
        unsafe { change_buffer(lpsz, cchlength, lower) }
    }
}

/// A command line as arguments, in one block for `LocalFree`.
#[unsafe(export_name = "ws2_CommandLineToArgvW")]
pub unsafe extern "system" fn CommandLineToArgvW(line: *const u16, count: *mut i32) -> *mut *mut u16 {
    // SAFETY: the caller gives a string and a place for the number.
    unsafe { arguments(line, count) }
}

/// [`CommandLineToArgvW`] for units of 32 bits.
#[unsafe(export_name = "ws2_CommandLineToArgvW_utf32")]
pub unsafe extern "system" fn CommandLineToArgvW_utf32(line: *const u32, count: *mut i32) -> *mut *mut u32 {
    // SAFETY: the caller gives a string and a place for the number.
    unsafe { arguments(line, count) }
}

/// # Safety
/// If usable, `line` is a zero-terminated string and `count` good for writing.
unsafe fn arguments<T: Unit>(line: *const T, count: *mut i32) -> *mut *mut T {
    // SAFETY: the caller's promise.
    let Ok(line) = (unsafe { name(line) }) else { return super::or(null_mut(), Err(error::INVALID_PARAMETER)) };
    let split: Vec<Vec<T>> = if line.is_empty() {
        vec![T::encode(&winbase::system::program().unwrap_or_default())]
    } else {
        command_line::split(&line).iter().map(|argument| T::encode(argument)).collect()
    };
    let pointers = size_of::<*mut T>() * (split.len() + 1);
    let units: usize = split.iter().map(|argument| argument.len() + 1).sum();
    let block = super::memory::LocalAlloc(0, pointers + units * size_of::<T>()).cast::<*mut T>();
    if block.is_null() {
        return null_mut();
    }
    // SAFETY: the block was made for the pointers and, behind them, the units.
    unsafe {
        let mut at = block.byte_add(pointers).cast::<T>();
        for (index, argument) in split.iter().enumerate() {
            block.add(index).write(at);
            at.copy_from_nonoverlapping(argument.as_ptr(), argument.len());
            at.add(argument.len()).write(T::default());
            at = at.add(argument.len() + 1);
        }
        block.add(split.len()).write(null_mut());
        if usable(count) {
            count.write_unaligned(split.len() as i32);
        }
    }
    block
}

/// `RPC_S_INVALID_STRING_UUID`.
const INVALID_STRING_UUID: i32 = 1705;
/// `RPC_S_OUT_OF_MEMORY`.
const OUT_OF_MEMORY: i32 = 14;

/// A number that nobody else has: 122 random bits, RFC 9562 version 4.
#[unsafe(export_name = "ws2_UuidCreate")]
pub unsafe extern "system" fn UuidCreate(uuid: *mut GUID) -> i32 {
    // SAFETY: room for sixteen bytes; the caller gives a place for the number.
    unsafe {
        let mut bytes = [0_u8; 16];
        libc::getrandom(bytes.as_mut_ptr().cast::<c_void>(), bytes.len(), 0);
        let [a, b, c, d, e, f, g, h, rest @ ..] = bytes;
        let mut data4 = rest;
        data4[0] = data4[0] & 0x3f | 0x80;
        uuid.write_unaligned(GUID {
            data1: u32::from_ne_bytes([a, b, c, d]),
            data2: u16::from_ne_bytes([e, f]),
            data3: u16::from_ne_bytes([g, h]) & 0x0fff | 0x4000,
            data4,
        });
    }
    0
}

/// A unique number as text, in memory for `RpcStringFree`.
#[unsafe(export_name = "ws2_UuidToStringA")]
pub unsafe extern "system" fn UuidToStringA(uuid: *const GUID, text: *mut *mut u8) -> i32 {
    // SAFETY: the caller gives a number and a place for the pointer.
    unsafe {
        let uuid = uuid.read_unaligned();
        let [a, b, rest @ ..] = uuid.data4;
        let node = rest.iter().fold(String::new(), |node, byte| format!("{node}{byte:02x}"));
        let line = format!("{:08x}-{:04x}-{:04x}-{a:02x}{b:02x}-{node}", uuid.data1, uuid.data2, uuid.data3);
        let copy = libc::malloc(line.len() + 1).cast::<u8>();
        if copy.is_null() {
            return OUT_OF_MEMORY;
        }
        // 37 units of room for 36 and a zero.
        let _ = text::write(&line, copy, line.len() + 1);
        text.write_unaligned(copy);
    }
    0
}

/// A unique number from its text; without one, zeros.
#[unsafe(export_name = "ws2_UuidFromStringA")]
pub unsafe extern "system" fn UuidFromStringA(text: *const u8, uuid: *mut GUID) -> i32 {
    // SAFETY: the caller gives a string or null, and a place for the number.
    unsafe {
        let line = if text.is_null() { "0".repeat(32) } else { name(text).unwrap_or_default() };
        let shape = text.is_null() || line.len() == 36 && [8, 13, 18, 23].iter().all(|&at| line.as_bytes()[at] == b'-');
        let digits = line.replace('-', "");
        match u128::from_str_radix(&digits, 16).ok().filter(|_| shape && digits.len() == 32 && digits.is_ascii()) {
            Some(number) if !digits.starts_with('+') => {
                uuid.write_unaligned(GUID {
                    data1: (number >> 96) as u32,
                    data2: (number >> 80) as u16,
                    data3: (number >> 64) as u16,
                    data4: (number as u64).to_be_bytes(),
                });
                0
            }
            _ => INVALID_STRING_UUID,
        }
    }
}

/// Gives text back.
#[unsafe(export_name = "ws2_RpcStringFreeA")]
pub unsafe extern "system" fn RpcStringFreeA(text: *mut *mut u8) -> i32 {
    // SAFETY: the caller gives the place of a pointer of UuidToString.
    unsafe {
        if usable(text) {
            libc::free(text.read_unaligned().cast());
            text.write_unaligned(null_mut());
        }
    }
    0
}
