//! The terminal as a console, and boxes with messages.

use std::ffi::c_void;
use std::ptr::null_mut;

use winbase::console::{self, Screen};
use winbase::{error, file, message_box, system};

use super::files::name;
use super::names::fill;
use super::{or, text_function, truth};
use crate::boundary::usable;
use crate::text::Unit;
use crate::types::HANDLE;

/// Two small numbers, `COORD`: first the column.
#[repr(C)]
#[derive(Clone, Copy, Default)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct COORD {
    pub X: i16,
    pub Y: i16,
}

/// `CONSOLE_SCREEN_BUFFER_INFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct CONSOLE_SCREEN_BUFFER_INFO {
    pub dwSize: COORD,
    pub dwCursorPosition: COORD,
    pub wAttributes: u16,
    pub srWindow: [i16; 4],
    pub dwMaximumWindowSize: COORD,
}

/// What is known of the screen.
#[unsafe(export_name = "ws2_GetConsoleScreenBufferInfo")]
pub unsafe extern "system" fn GetConsoleScreenBufferInfo(
    hconsoleoutput: HANDLE,
    place: *mut CONSOLE_SCREEN_BUFFER_INFO,
) -> i32 {
    if !usable(place) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    truth(console::screen(hconsoleoutput.addr()).map(|Screen { size, cursor, attributes }| {
        let size_of_screen = COORD { X: size.0, Y: size.1 };
        let told = CONSOLE_SCREEN_BUFFER_INFO {
            dwSize: size_of_screen,
            dwCursorPosition: COORD { X: cursor.0, Y: cursor.1 },
            wAttributes: attributes,
            srWindow: [0, 0, size.0 - 1, size.1 - 1],
            dwMaximumWindowSize: size_of_screen,
        };
        // SAFETY: the caller gives a place for it.
        unsafe { place.write_unaligned(told) }
    }))
}

/// Colours what is written from now on.
#[unsafe(export_name = "ws2_SetConsoleTextAttribute")]
pub extern "system" fn SetConsoleTextAttribute(hconsoleoutput: HANDLE, wattributes: u16) -> i32 {
    flush_streams();
    truth(console::set_attributes(hconsoleoutput.addr(), wattributes))
}

/// What C's streams hold comes before what goes to the terminal around them.
fn flush_streams() {
    // SAFETY: null is every stream.
    unsafe { libc::fflush(std::ptr::null_mut()) };
}

/// Puts the cursor somewhere.
#[unsafe(export_name = "ws2_SetConsoleCursorPosition")]
pub extern "system" fn SetConsoleCursorPosition(hconsoleoutput: HANDLE, dwcursorposition: COORD) -> i32 {
    flush_streams();
    truth(console::set_cursor(hconsoleoutput.addr(), dwcursorposition.X, dwcursorposition.Y))
}

/// `CONSOLE_CURSOR_INFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct CONSOLE_CURSOR_INFO {
    pub dwSize: u32,
    pub bVisible: i32,
}

/// Whether the cursor is to be seen. Its size is the usual one.
#[unsafe(export_name = "ws2_GetConsoleCursorInfo")]
pub unsafe extern "system" fn GetConsoleCursorInfo(hconsoleoutput: HANDLE, place: *mut CONSOLE_CURSOR_INFO) -> i32 {
    if !usable(place) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    truth(console::cursor_visible(hconsoleoutput.addr()).map(|visible| {
        // SAFETY: the caller gives a place for it.
        unsafe { place.write_unaligned(CONSOLE_CURSOR_INFO { dwSize: 25, bVisible: visible.into() }) }
    }))
}

/// Shows or hides the cursor.
#[unsafe(export_name = "ws2_SetConsoleCursorInfo")]
pub unsafe extern "system" fn SetConsoleCursorInfo(hconsoleoutput: HANDLE, wanted: *const CONSOLE_CURSOR_INFO) -> i32 {
    if !usable(wanted) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives the structure.
    let visible = unsafe { wanted.read_unaligned() }.bVisible != 0;
    truth(console::show_cursor(hconsoleoutput.addr(), visible))
}

/// How the terminal treats input, or output.
#[unsafe(export_name = "ws2_GetConsoleMode")]
pub unsafe extern "system" fn GetConsoleMode(hconsolehandle: HANDLE, lpmode: *mut u32) -> i32 {
    if !usable(lpmode) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives a place for it.
    truth(console::mode(hconsolehandle.addr()).map(|mode| unsafe { lpmode.write_unaligned(mode) }))
}

/// Sets how the terminal treats input.
#[unsafe(export_name = "ws2_SetConsoleMode")]
pub extern "system" fn SetConsoleMode(hconsolehandle: HANDLE, dwmode: u32) -> i32 {
    truth(console::set_mode(hconsolehandle.addr(), dwmode))
}

text_function! {
    /// Writes text to the terminal.
    ws2_WriteConsoleA, ws2_WriteConsoleW, ws2_WriteConsoleW_utf32,
    (hconsoleoutput: HANDLE, lpbuffer: *const T, count: u32, written: *mut u32, _reserved: *mut c_void) -> i32 {
        if count > 0 && !usable(lpbuffer) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        flush_streams();
        let number = hconsoleoutput.addr();
        truth(console::require(number).and_then(|()| {
            // SAFETY: the caller gives `count` units.
            let units = if count == 0 { &[] } else { unsafe { std::slice::from_raw_parts(lpbuffer, count as usize) } };
            file::write(number, T::decode(units).as_bytes())?;
            if usable(written) {
                // SAFETY: the caller gives a place for the number.
                unsafe { written.write_unaligned(count) };
            }
            Ok(())
        }))
    }
}

text_function! {
    /// Reads text from the terminal. A line ends with carriage return and line feed, as on Windows.
    ws2_ReadConsoleA, ws2_ReadConsoleW, ws2_ReadConsoleW_utf32,
    (hconsoleinput: HANDLE, lpbuffer: *mut T, count: u32, read: *mut u32, _control: *mut c_void) -> i32 {
        if !usable(lpbuffer) || !usable(read) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        let number = hconsoleinput.addr();
        truth(console::require(number).and_then(|()| {
            // A terminal gives a line at once; one unit of text is at most four bytes of UTF-8.
            let mut bytes = vec![0; (count as usize).min(4096)];
            let length = file::read(number, &mut bytes)?;
            let text = String::from_utf8_lossy(&bytes[..length]).replace('\n', "\r\n");
            let units = T::encode(&text);
            let kept = units.len().min(count as usize);
            for (index, unit) in units[..kept].iter().enumerate() {
                // SAFETY: the caller gives room for `count` units.
                unsafe { lpbuffer.add(index).write_unaligned(*unit) };
            }
            // SAFETY: the caller gives a place for the number.
            unsafe { read.write_unaligned(kept as u32) };
            Ok(())
        }))
    }
}

text_function! {
    /// Writes one character over and over from a place on.
    ws2_FillConsoleOutputCharacterA, ws2_FillConsoleOutputCharacterW, ws2_FillConsoleOutputCharacterW_utf32,
    (hconsoleoutput: HANDLE, ccharacter: T, nlength: u32, dwwritecoord: COORD, written: *mut u32) -> i32 {
        flush_streams();
        let letter = T::decode(&[ccharacter]).chars().next().unwrap_or(' ');
        let filled = console::fill(hconsoleoutput.addr(), letter, nlength, dwwritecoord.X, dwwritecoord.Y);
        truth(filled.map(|count| if usable(written) {
            // SAFETY: the caller gives a place for the number.
            unsafe { written.write_unaligned(count) }
        }))
    }
}

text_function! {
    /// Writes text at a place.
    ws2_WriteConsoleOutputCharacterA, ws2_WriteConsoleOutputCharacterW, ws2_WriteConsoleOutputCharacterW_utf32,
    (hconsoleoutput: HANDLE, lpcharacter: *const T, nlength: u32, dwwritecoord: COORD, written: *mut u32) -> i32 {
        if nlength > 0 && !usable(lpcharacter) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        flush_streams();
        // SAFETY: the caller gives `nlength` units.
        let units = if nlength == 0 { &[] } else { unsafe { std::slice::from_raw_parts(lpcharacter, nlength as usize) } };
        let put = console::put(hconsoleoutput.addr(), &T::decode(units), dwwritecoord.X, dwwritecoord.Y);
        truth(put.map(|count| if usable(written) {
            // SAFETY: the caller gives a place for the number.
            unsafe { written.write_unaligned(count) }
        }))
    }
}

text_function! {
    /// Names the terminal's window.
    ws2_SetConsoleTitleA, ws2_SetConsoleTitleW, ws2_SetConsoleTitleW_utf32,
    (lpconsoletitle: *const T) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lpconsoletitle) }.map(|title| console::set_title(&title)))
    }
}

text_function! {
    /// The name that was given to the terminal's window last; before that, the program's.
    ws2_GetConsoleTitleA, ws2_GetConsoleTitleW, ws2_GetConsoleTitleW_utf32,
    (lpconsoletitle: *mut T, nsize: u32) -> u32 {
        let title = Some(console::title()).filter(|title| !title.is_empty());
        let title = title.or_else(|| system::program().ok()).unwrap_or_default();
        // SAFETY: the caller gives room for so many units.
        unsafe { fill(&title, lpconsoletitle, nsize) }
    }
}

text_function! {
    /// Shows a message and returns the chosen button's number.
    ws2_MessageBoxA, ws2_MessageBoxW, ws2_MessageBoxW_utf32,
    (_hwnd: *mut c_void, lptext: *const T, lpcaption: *const T, utype: u32) -> i32 {
        flush_streams();
        // SAFETY: the caller gives strings, or null. Docs: "MessageBox function": without a caption it is "Error".
        let (text, caption) = unsafe { (name(lptext).unwrap_or_default(), name(lpcaption)) };
        or(0, message_box::show(&text, caption.as_deref().unwrap_or("Error"), utype))
    }
}

text_function! {
    /// No window has this class and title. Programs ask so for another that may run beside them.
    ws2_FindWindowA, ws2_FindWindowW, ws2_FindWindowW_utf32,
    (_lpclassname: *const T, _lpwindowname: *const T) -> *mut c_void {
        null_mut()
    }
}

text_function! {
    /// No handle is a window's.
    ws2_SendMessageA, ws2_SendMessageW, ws2_SendMessageW_utf32,
    (_hwnd: *mut c_void, _msg: u32, _wparam: usize, _lparam: isize) -> isize {
        or(0, Err(error::INVALID_WINDOW_HANDLE))
    }
}

/// Programs hide their console by this. Docs: "GetConsoleWindow function": null without one; and no other window is here.
#[unsafe(export_name = "ws2_ShowWindow")]
pub extern "system" fn ShowWindow(_hwnd: *mut c_void, _ncmdshow: i32) -> i32 {
    truth(Err(error::INVALID_WINDOW_HANDLE))
}

/// A tone of the terminal's own; the call takes as long as the tone was to be.
#[unsafe(export_name = "ws2_Beep")]
pub extern "system" fn Beep(dwfreq: u32, dwduration: u32) -> i32 {
    use std::io::{IsTerminal, Write};
    if !(37..=32767).contains(&dwfreq) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    let mut screen = std::io::stderr();
    if screen.is_terminal() {
        let _ = screen.write_all(b"\x07");
    }
    winsock::port::before_blocking();
    std::thread::sleep(std::time::Duration::from_millis(dwduration.into()));
    1
}
