//! The system's message texts, what is filled into them, and the memory they may come in.

use std::cell::UnsafeCell;
use std::ffi::c_void;

use winsock::message::{self, Source};
use winsock::{Code, set_last_error};

use crate::arguments::Given;
use crate::boundary::usable;
use crate::text::{self, Unit};

const ALLOCATE_BUFFER: u32 = 0x100;
const FROM_STRING: u32 = 0x400;
const FROM_HMODULE: u32 = 0x800;
const FROM_SYSTEM: u32 = 0x1000;

const ERROR_NOT_ENOUGH_MEMORY: i32 = 8;
const ERROR_INVALID_PARAMETER: i32 = 87;
const ERROR_INSUFFICIENT_BUFFER: i32 = 122;
const ERROR_NO_WORK_DONE: i32 = 235;
/// A text of as many units is none that the function makes.
/// Source: dlls/kernel32/tests/format_msg.c, test_message_insufficient_buffer, checked on Windows.
const MOST_UNITS: usize = 32767;

/// Writes the text of an error and returns its length without the zero, or 0.
#[unsafe(export_name = "ws2_FormatMessageA")]
pub unsafe extern "system" fn FormatMessageA(
    dwflags: u32,
    lpsource: *const c_void,
    dwmessageid: u32,
    dwlanguageid: u32,
    lpbuffer: *mut u8,
    nsize: u32,
    arguments: *const c_void,
) -> u32 {
    // SAFETY: the caller's promises are those of the page.
    finish(unsafe { format(dwflags, lpsource.cast::<u8>(), dwmessageid, dwlanguageid, lpbuffer, nsize, arguments) })
}

/// As [`FormatMessageA`], in wide characters.
#[unsafe(export_name = "ws2_FormatMessageW")]
pub unsafe extern "system" fn FormatMessageW(
    dwflags: u32,
    lpsource: *const c_void,
    dwmessageid: u32,
    dwlanguageid: u32,
    lpbuffer: *mut u16,
    nsize: u32,
    arguments: *const c_void,
) -> u32 {
    // SAFETY: the caller's promises are those of the page.
    finish(unsafe { format(dwflags, lpsource.cast::<u16>(), dwmessageid, dwlanguageid, lpbuffer, nsize, arguments) })
}

/// [`FormatMessageW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_FormatMessageW_utf32")]
pub unsafe extern "system" fn FormatMessageW_utf32(
    dwflags: u32,
    lpsource: *const c_void,
    dwmessageid: u32,
    dwlanguageid: u32,
    lpbuffer: *mut u32,
    nsize: u32,
    arguments: *const c_void,
) -> u32 {
    // SAFETY: the caller's promises are those of the page.
    finish(unsafe { format(dwflags, lpsource.cast::<u32>(), dwmessageid, dwlanguageid, lpbuffer, nsize, arguments) })
}

/// Success leaves the last error alone: programs ask for the text of the last error and may ask again.
fn finish(result: Result<u32, Code>) -> u32 {
    result.unwrap_or_else(|code| {
        set_last_error(code);
        0
    })
}

/// # Safety
/// As the page of `FormatMessage` says of source and buffer.
unsafe fn format<T: Unit>(
    flags: u32,
    source: *const T,
    message: u32,
    language: u32,
    buffer: *mut T,
    room: u32,
    arguments: *const c_void,
) -> Result<u32, Code> {
    if !usable(buffer) && size_of::<T>() > 1 {
        return Err(Code::new(ERROR_INVALID_PARAMETER));
    }
    if flags & ALLOCATE_BUFFER != 0 {
        // Source for all that is said of buffers: dlls/kernel32/tests/format_msg.c, test_message_null_buffer and
        // test_message_invalid_flags, checked on Windows.
        if !usable(buffer) {
            return Err(Code::new(ERROR_NOT_ENOUGH_MEMORY));
        }
        // SAFETY: with this flag the buffer is the place for a pointer.
        unsafe { buffer.cast::<*mut T>().write_unaligned(std::ptr::null_mut()) };
    }
    let module = Source::Module { named: !source.is_null() };
    let string;
    let source = match flags & (FROM_STRING | FROM_HMODULE | FROM_SYSTEM) {
        0 => return Err(Code::new(ERROR_INVALID_PARAMETER)),
        from if from & FROM_STRING != 0 => {
            // SAFETY: the caller gives a string.
            let units = unsafe { text::units(source) }.map_err(|_| Code::new(ERROR_INVALID_PARAMETER))?;
            string = T::decode(&units);
            Source::Text(&string)
        }
        from if from & FROM_SYSTEM != 0 => Source::System,
        _ => module,
    };
    // SAFETY: the caller gives null, an array or a va_list, by the flags.
    let mut arguments = unsafe { Given::<T>::new(arguments.cast_mut(), flags) };
    let units = T::encode(&message::format_message(source, message, language, flags, &mut arguments)?);
    if units.len() >= MOST_UNITS {
        return Err(Code::new(ERROR_INVALID_PARAMETER));
    }
    if units.is_empty() {
        return Err(refuse(flags, buffer, room, ERROR_NO_WORK_DONE));
    }
    if flags & ALLOCATE_BUFFER != 0 {
        // SAFETY: with this flag the buffer is the place for a pointer.
        return unsafe { allocate_copy(&units, room as usize, buffer.cast()) };
    }
    if units.len() >= room as usize || !usable(buffer) {
        return Err(refuse(flags, buffer, room, ERROR_INSUFFICIENT_BUFFER));
    }
    // SAFETY: the caller gives `room` units, more than there are.
    unsafe { store(&units, buffer) };
    Ok(units.len() as u32)
}

/// The wide function leaves an empty text where it fails for want of room or words.
/// Source: dlls/kernel32/tests/format_msg.c, test_message_from_string_wide, checked on Windows.
fn refuse<T: Unit>(flags: u32, buffer: *mut T, room: u32, code: i32) -> Code {
    if flags & ALLOCATE_BUFFER == 0 && size_of::<T>() > 1 && room > 0 && usable(buffer) {
        // SAFETY: the caller gives `room` units.
        unsafe { buffer.write_unaligned(T::default()) };
    }
    Code::new(code)
}

unsafe fn allocate_copy<T: Unit>(units: &[T], least: usize, place: *mut *mut T) -> Result<u32, Code> {
    let count = least.max(units.len() + 1);
    // SAFETY: malloc of any size is fine; null is looked at.
    let memory = unsafe { libc::malloc(count * size_of::<T>()) }.cast::<T>();
    if memory.is_null() {
        return Err(Code::new(ERROR_NOT_ENOUGH_MEMORY));
    }
    // SAFETY: `count` units were just allocated; the caller gives a place for a pointer.
    unsafe {
        store(units, memory);
        place.write_unaligned(memory);
    }
    Ok(units.len() as u32)
}

/// # Safety
/// The place is good for one unit more than there are.
unsafe fn store<T: Unit>(units: &[T], place: *mut T) {
    // SAFETY: the caller's promise.
    unsafe {
        std::ptr::copy_nonoverlapping(units.as_ptr().cast::<u8>(), place.cast::<u8>(), size_of_val(units));
        place.add(units.len()).write_unaligned(T::default());
    }
}

/// `GAI_STRERROR_BUFFER_SIZE`. Boxed in each thread: a library that is opened while the program runs has little room for
/// variables of threads (see `last_error` in the winsock crate).
const GAI_ROOM: usize = 1024;

/// The text of a name function's error, in a buffer that the thread's next call overwrites.
#[unsafe(export_name = "ws2_gai_strerrorA")]
pub extern "system" fn gai_strerrorA(ecode: i32) -> *mut u8 {
    thread_local! {
        static BUFFER: Box<UnsafeCell<[u8; GAI_ROOM]>> = Box::new(UnsafeCell::new([0; GAI_ROOM]));
    }
    BUFFER.with(|buffer| fill(ecode, buffer.get().cast()))
}

/// As [`gai_strerrorA`], in wide characters.
#[unsafe(export_name = "ws2_gai_strerrorW")]
pub extern "system" fn gai_strerrorW(ecode: i32) -> *mut u16 {
    thread_local! {
        static BUFFER: Box<UnsafeCell<[u16; GAI_ROOM]>> = Box::new(UnsafeCell::new([0; GAI_ROOM]));
    }
    BUFFER.with(|buffer| fill(ecode, buffer.get().cast()))
}

/// [`gai_strerrorW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_gai_strerrorW_utf32")]
pub extern "system" fn gai_strerrorW_utf32(ecode: i32) -> *mut u32 {
    thread_local! {
        static BUFFER: Box<UnsafeCell<[u32; GAI_ROOM]>> = Box::new(UnsafeCell::new([0; GAI_ROOM]));
    }
    BUFFER.with(|buffer| fill(ecode, buffer.get().cast()))
}

fn fill<T: Unit>(code: i32, buffer: *mut T) -> *mut T {
    // SAFETY: the buffer has GAI_ROOM units, and only this thread has it; the longest text has fewer than 250.
    let _ = unsafe { text::write(&message::gai_strerror(code), buffer, GAI_ROOM) };
    buffer
}
