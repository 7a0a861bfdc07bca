//! `FormatMessage` for the catalogue's codes, `gai_strerror`, and the allocator that goes with them.

use std::cell::RefCell;
use std::ffi::c_void;

use winsock::{Code, set_last_error};

use crate::boundary;
use crate::text::{self, Unit};

const FORMAT_MESSAGE_ALLOCATE_BUFFER: u32 = 0x100;
const FORMAT_MESSAGE_FROM_SYSTEM: u32 = 0x1000;

/// Win32 codes outside of the catalogue.
const ERROR_CALL_NOT_IMPLEMENTED: Code = Code::new(120);
const ERROR_INSUFFICIENT_BUFFER: Code = Code::new(122);
const ERROR_MR_MID_NOT_FOUND: Code = Code::new(317);

thread_local! {
    static ERROR_TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ERROR_TEXT_16: RefCell<Vec<u16>> = const { RefCell::new(Vec::new()) };
    static ERROR_TEXT_32: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// The system's text of a code. Returns its length without the end, 0 on failure.
#[unsafe(export_name = "ws2_FormatMessageA")]
pub unsafe extern "system" fn FormatMessageA(
    dwflags: u32,
    _lpsource: *const c_void,
    dwmessageid: u32,
    _dwlanguageid: u32,
    lpbuffer: *mut u8,
    nsize: u32,
    _arguments: *const c_void,
) -> u32 {
    // SAFETY: the caller gives the buffer, or with ALLOCATE_BUFFER a place for a pointer.
    unsafe { format_message(dwflags, dwmessageid, lpbuffer, nsize) }
}

/// [`FormatMessageA`] for wide text.
#[unsafe(export_name = "ws2_FormatMessageW")]
pub unsafe extern "system" fn FormatMessageW(
    dwflags: u32,
    _lpsource: *const c_void,
    dwmessageid: u32,
    _dwlanguageid: u32,
    lpbuffer: *mut u16,
    nsize: u32,
    _arguments: *const c_void,
) -> u32 {
    // SAFETY: the caller gives the buffer, or with ALLOCATE_BUFFER a place for a pointer.
    unsafe { format_message(dwflags, dwmessageid, lpbuffer, nsize) }
}

/// [`FormatMessageW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_FormatMessageW_utf32")]
pub unsafe extern "system" fn FormatMessageW_utf32(
    dwflags: u32,
    _lpsource: *const c_void,
    dwmessageid: u32,
    _dwlanguageid: u32,
    lpbuffer: *mut u32,
    nsize: u32,
    _arguments: *const c_void,
) -> u32 {
    // SAFETY: the caller gives the buffer, or with ALLOCATE_BUFFER a place for a pointer.
    unsafe { format_message(dwflags, dwmessageid, lpbuffer, nsize) }
}

/// Frees what `FormatMessage` allocated; null, or the pointer if it cannot be freed.
#[unsafe(export_name = "ws2_LocalFree")]
pub unsafe extern "system" fn LocalFree(hmem: *mut c_void) -> *mut c_void {
    // SAFETY: the caller gives a block of this allocator, or null.
    unsafe { libc::free(hmem) };
    std::ptr::null_mut()
}

/// The text of a resolver's code, in memory of the thread.
#[unsafe(export_name = "ws2_gai_strerrorA")]
pub extern "system" fn gai_strerrorA(ecode: i32) -> *mut u8 {
    ERROR_TEXT.with_borrow_mut(|buffer| {
        *buffer = u8::encode(&system_text(Code::new(ecode)).unwrap_or_default());
        buffer.as_mut_ptr()
    })
}

/// [`gai_strerrorA`] for wide text.
#[unsafe(export_name = "ws2_gai_strerrorW")]
pub extern "system" fn gai_strerrorW(ecode: i32) -> *mut u16 {
    ERROR_TEXT_16.with_borrow_mut(|buffer| {
        *buffer = u16::encode(&system_text(Code::new(ecode)).unwrap_or_default());
        buffer.as_mut_ptr()
    })
}

/// [`gai_strerrorW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_gai_strerrorW_utf32")]
pub extern "system" fn gai_strerrorW_utf32(ecode: i32) -> *mut u32 {
    ERROR_TEXT_32.with_borrow_mut(|buffer| {
        *buffer = u32::encode(&system_text(Code::new(ecode)).unwrap_or_default());
        buffer.as_mut_ptr()
    })
}

unsafe fn format_message<U: Unit>(flags: u32, id: u32, buffer: *mut U, room: u32) -> u32 {
    // SAFETY: the caller gives the buffer, or with ALLOCATE_BUFFER a place for a pointer.
    match unsafe { try_format(flags, id, buffer, room) } {
        Ok(length) => length,
        Err(code) => {
            set_last_error(code);
            0
        }
    }
}

unsafe fn try_format<U: Unit>(flags: u32, id: u32, buffer: *mut U, room: u32) -> Result<u32, Code> {
    if flags & FORMAT_MESSAGE_FROM_SYSTEM == 0 {
        return Err(ERROR_CALL_NOT_IMPLEMENTED);
    }
    boundary::require(buffer).map_err(|_| Code::WSA_INVALID_PARAMETER)?;
    let text = system_text(Code::new(id.cast_signed())).ok_or(ERROR_MR_MID_NOT_FOUND)?;
    let units = U::encode(&format!("{text}\r\n"));
    let length = units.len() as u32 - 1;
    if flags & FORMAT_MESSAGE_ALLOCATE_BUFFER == 0 {
        // SAFETY: the caller gives a buffer of `room` units.
        unsafe { text::put(&format!("{text}\r\n"), buffer, room as usize) }.map_err(|_| ERROR_INSUFFICIENT_BUFFER)?;
        return Ok(length);
    }
    // Docs: "FormatMessage function", nSize: the least number of units to allocate.
    let bytes = units.len().max(room as usize) * size_of::<U>();
    // SAFETY: the block is large enough for the units; the caller gives a place for its pointer.
    unsafe {
        let block = libc::malloc(bytes).cast::<U>();
        if block.is_null() {
            return Err(Code::WSA_NOT_ENOUGH_MEMORY);
        }
        block.copy_from_nonoverlapping(units.as_ptr(), units.len());
        buffer.cast::<*mut U>().write_unaligned(block);
    }
    Ok(length)
}

/// The system's English text.
fn system_text(code: Code) -> Option<String> {
    Some(code.entry()?.detail().message.to_owned())
}
