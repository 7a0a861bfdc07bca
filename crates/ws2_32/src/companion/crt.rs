//! What Microsoft's C library has and needs state, or the file system's spelling.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::files::name;
use crate::boundary::usable;
use crate::text;

/// The program's handler for wrong arguments, null for none.
static HANDLER: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

type InvalidParameterHandler = unsafe extern "C" fn(*const c_void, *const c_void, *const c_void, u32, usize);

/// Sets the handler for wrong arguments and tells the one before.
#[unsafe(export_name = "ws2__set_invalid_parameter_handler")]
pub extern "C" fn set_invalid_parameter_handler(handler: *mut c_void) -> *mut c_void {
    HANDLER.swap(handler, Ordering::AcqRel)
}

/// Reports a wrong argument: the handler is called, errno set and returned. Names of functions and files are not told, as
/// in release builds on Windows.
#[unsafe(export_name = "ws2_invalid_parameter")]
pub extern "C" fn invalid_parameter(code: c_int) -> c_int {
    let handler = HANDLER.load(Ordering::Acquire);
    if !handler.is_null() {
        // SAFETY: the program gave this function for exactly these arguments.
        unsafe {
            let handler = std::mem::transmute::<*mut c_void, InvalidParameterHandler>(handler);
            handler(std::ptr::null(), std::ptr::null(), std::ptr::null(), 0, 0);
        }
    }
    set_errno(code);
    code
}

fn set_errno(code: c_int) {
    // SAFETY: the thread's own place.
    unsafe { *libc::__errno_location() = code };
}

/// Opens a file by a name of either system's spelling.
#[unsafe(export_name = "ws2_fopen")]
pub unsafe extern "C" fn fopen(path: *const c_char, mode: *const c_char) -> *mut libc::FILE {
    if !usable(path) || !usable(mode) {
        invalid_parameter(libc::EINVAL);
        return null_mut();
    }
    // SAFETY: the caller gives two C strings.
    unsafe {
        let bytes = CStr::from_ptr(path).to_bytes();
        let is_foreign = bytes.contains(&b'\\') || bytes.get(1) == Some(&b':');
        let translated = (is_foreign || libc::access(path, libc::F_OK) != 0)
            .then(|| name(path.cast::<u8>()).ok())
            .flatten()
            .and_then(|name| match winbase::path::read(&name) {
                winbase::path::Name::Null => Some(c"/dev/null".to_owned()),
                winbase::path::Name::Path(path) => CString::new(path.to_string_lossy().as_ref()).ok(),
                _ => Some(c"/dev/tty".to_owned()),
            });
        libc::fopen(translated.as_deref().map_or(path, CStr::as_ptr), mode)
    }
}

/// A line of standard input without its end, into a buffer of unknown size: what the standard took away and programs
/// call.
#[unsafe(export_name = "ws2_gets")]
pub unsafe extern "C" fn gets(place: *mut c_char) -> *mut c_char {
    let mut length = 0;
    loop {
        // SAFETY: the caller's buffer is as long as its line, by the contract of gets.
        unsafe {
            match libc::getchar() {
                libc::EOF if length == 0 => return null_mut(),
                libc::EOF | 10 => {
                    place.add(length).write(0);
                    return place;
                }
                unit => place.add(length).write(unit as c_char),
            }
        }
        length += 1;
    }
}

/// Runs a command: `cls`, `pause`, `title` and `color` are cmd.exe's own and done here, others go to the system's shell.
#[unsafe(export_name = "ws2_system")]
pub unsafe extern "C" fn system(command: *const c_char) -> c_int {
    if !usable(command) {
        // SAFETY: null asks whether there is a shell.
        return unsafe { libc::system(std::ptr::null()) };
    }
    // SAFETY: the caller gives a C string; null is every stream.
    let line = unsafe {
        libc::fflush(null_mut());
        CStr::from_ptr(command).to_string_lossy().into_owned()
    };
    match line.trim().to_ascii_lowercase().split_whitespace().collect::<Vec<_>>()[..] {
        ["cls"] => show("\x1b[2J\x1b[H"),
        ["pause"] => pause("Press any key to continue . . . "),
        ["pause", ">nul" | ">", ..] | ["pause>nul"] => pause(""),
        ["title", ..] => winbase::console::set_title(line.trim()[5..].trim_start()),
        ["color"] => show(&winbase::console::colours(winbase::console::USUAL_ATTRIBUTES)),
        ["color", digits] if digits.len() <= 2 && u16::from_str_radix(digits, 16).is_ok() => {
            show(&winbase::console::colours(u16::from_str_radix(digits, 16).unwrap_or_default()));
        }
        // SAFETY: the caller's command.
        _ => return unsafe { libc::system(command) },
    }
    0
}

/// Escape sequences are for terminals only.
fn show(sequence: &str) {
    use std::io::{IsTerminal, Write};
    let mut screen = std::io::stdout();
    if screen.is_terminal() {
        let _ = screen.write_all(sequence.as_bytes()).and_then(|()| screen.flush());
    }
}

/// Waits for a key, or for a byte of input that is no terminal; at its end, not at all.
fn pause(question: &str) {
    use std::io::Write;
    let mut screen = std::io::stdout();
    let _ = screen.write_all(question.as_bytes()).and_then(|()| screen.flush());
    super::keyboard::wait_for_key();
    let _ = screen.write_all(b"\n").and_then(|()| screen.flush());
}

/// The whole name of a file, into a buffer or into memory of malloc.
#[unsafe(export_name = "ws2__fullpath")]
pub unsafe extern "C" fn fullpath(place: *mut c_char, path: *const c_char, room: usize) -> *mut c_char {
    // SAFETY: the caller gives a C string or null, and room for so many bytes or null.
    unsafe {
        let given = if path.is_null() { String::new() } else { name(path.cast::<u8>()).unwrap_or_default() };
        let given = if given.is_empty() { ".".to_owned() } else { given };
        let Ok(full) = winbase::file::directory::full_name(&given) else {
            set_errno(libc::EINVAL);
            return null_mut();
        };
        if place.is_null() {
            return CString::new(full).map_or(null_mut(), |full| libc::strdup(full.as_ptr()));
        }
        if text::write(&full, place.cast::<u8>(), room).is_err() {
            set_errno(libc::ERANGE);
            return null_mut();
        }
        place
    }
}

/// A random number of the system's generator.
#[unsafe(export_name = "ws2_rand_s")]
pub unsafe extern "C" fn rand_s(value: *mut u32) -> c_int {
    if !usable(value) {
        return invalid_parameter(libc::EINVAL);
    }
    // SAFETY: the caller gives a place for four bytes.
    let count = unsafe { libc::getrandom(value.cast(), 4, 0) };
    if count == 4 { 0 } else { libc::EAGAIN }
}
