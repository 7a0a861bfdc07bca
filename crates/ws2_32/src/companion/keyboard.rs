//! Single keys of the terminal, for `conio.h`.

use std::collections::VecDeque;
use std::ffi::c_int;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winbase::{error, file};

use super::{console_input, truth};
use crate::boundary::usable;
use crate::types::HANDLE;

/// What was put back, or read ahead to see whether a key was pressed.
static AHEAD: Mutex<VecDeque<u8>> = Mutex::new(VecDeque::new());

const INPUT: c_int = 0;

fn ahead() -> MutexGuard<'static, VecDeque<u8>> {
    AHEAD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `f` while the terminal gives single keys and shows none; input that is no terminal stays as it is.
fn unbuffered<T>(f: impl FnOnce() -> T) -> T {
    // SAFETY: termios is plain data that tcgetattr fills; the terminal is put back as it was.
    unsafe {
        let mut before: libc::termios = std::mem::zeroed();
        if libc::tcgetattr(INPUT, &raw mut before) != 0 {
            return f();
        }
        let mut now = before;
        now.c_lflag &= !(libc::ICANON | libc::ECHO);
        now.c_cc[libc::VMIN] = 1;
        now.c_cc[libc::VTIME] = 0;
        libc::tcsetattr(INPUT, libc::TCSANOW, &raw const now);
        let result = f();
        libc::tcsetattr(INPUT, libc::TCSANOW, &raw const before);
        result
    }
}

fn read_byte() -> Option<u8> {
    let mut byte = 0_u8;
    loop {
        // SAFETY: room for one byte.
        match unsafe { libc::read(INPUT, (&raw mut byte).cast(), 1) } {
            1 => return Some(byte),
            -1 if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => return None,
        }
    }
}

/// How many keys wait. The end of input is none: a program that runs until a key is pressed runs on without a keyboard.
fn waiting() -> c_int {
    let mut waiting: c_int = 0;
    // SAFETY: the kernel writes one number.
    unsafe { libc::ioctl(INPUT, libc::FIONREAD, &raw mut waiting) };
    waiting
}

unsafe extern "C" {
    /// See stdio.c: a byte that `stdin` has read ahead, or -1; `take` takes it.
    safe fn ws2c_read_ahead(take: c_int) -> c_int;
}

/// A byte that `fgets` and its kin have read ahead of what they gave, where input is no terminal: a terminal gives them
/// one line at a time.
fn buffered(take: bool) -> Option<u8> {
    // SAFETY: no pointers.
    let is_terminal = unsafe { libc::isatty(INPUT) == 1 };
    if is_terminal { None } else { u8::try_from(ws2c_read_ahead(take.into())).ok() }
}

/// A byte of the keyboard's; without waiting for it only if one is there.
pub(super) fn byte(waits: bool) -> Option<u8> {
    if let Some(byte) = ahead().pop_front() {
        return Some(byte);
    }
    let is_there = waits || unbuffered(waiting) > 0;
    if is_there { unbuffered(read_byte) } else { None }
}

/// Puts bytes back that are no whole key.
pub(super) fn put_back(bytes: &[u8]) {
    bytes.iter().rev().for_each(|byte| ahead().push_front(*byte));
}

/// Waits for a key and forgets it.
pub(super) fn wait_for_key() {
    get_key();
}

fn get_key() -> c_int {
    if let Some(byte) = ahead().pop_front() {
        return byte.into();
    }
    // SAFETY: null is every stream: a question is seen before its answer is awaited.
    unsafe { libc::fflush(std::ptr::null_mut()) };
    match buffered(true).or_else(|| unbuffered(read_byte)) {
        // The key that ends a line is a carriage return to Windows.
        Some(b'\n') => 13,
        Some(0x7f) => 8,
        Some(byte) => byte.into(),
        None => libc::EOF,
    }
}

/// Whether a key was pressed that nobody has read.
#[unsafe(export_name = "ws2__kbhit")]
pub extern "C" fn kbhit() -> c_int {
    let is_waiting = !ahead().is_empty() || buffered(false).is_some() || unbuffered(waiting) > 0;
    is_waiting.into()
}

/// The next key, which is not shown; -1 at the end of input.
#[unsafe(export_name = "ws2__getch")]
pub extern "C" fn getch() -> c_int {
    get_key()
}

/// Puts a key back.
#[unsafe(export_name = "ws2__ungetch")]
pub extern "C" fn ungetch(unit: c_int) -> c_int {
    match u8::try_from(unit) {
        Ok(byte) => {
            ahead().push_front(byte);
            unit
        }
        Err(_) => libc::EOF,
    }
}

/// Forgets what was typed and not read.
#[unsafe(export_name = "ws2_FlushConsoleInputBuffer")]
pub extern "system" fn FlushConsoleInputBuffer(hconsoleinput: HANDLE) -> i32 {
    truth(file::get(hconsoleinput.addr()).map(|_| {
        ahead().clear();
        console_input::forget();
        // SAFETY: no pointers. Input that is no terminal has nothing to forget.
        unsafe { libc::tcflush(INPUT, libc::TCIFLUSH) };
    }))
}

/// How many keys wait to be read.
#[unsafe(export_name = "ws2_GetNumberOfConsoleInputEvents")]
pub unsafe extern "system" fn GetNumberOfConsoleInputEvents(hconsoleinput: HANDLE, lpcnumberofevents: *mut u32) -> i32 {
    truth(file::get(hconsoleinput.addr()).and_then(|_| {
        if !usable(lpcnumberofevents) {
            return Err(error::INVALID_PARAMETER);
        }
        let read_ahead = ahead().len();
        let more = unbuffered(waiting);
        // SAFETY: the caller gives a place for it.
        unsafe {
            lpcnumberofevents.write_unaligned((console_input::taken() + read_ahead) as u32 + more.cast_unsigned())
        };
        Ok(())
    }))
}
