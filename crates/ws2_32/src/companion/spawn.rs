//! `_spawn` and `_exec` of the C library, and `_cwait`. Those with a list of arguments are in process.h.
//!
//! As on Windows, the arguments become one command line with a blank between them, which the program takes apart again: an
//! argument with blanks has to bring its quotes.

use std::ffi::c_int;

use winbase::process::{self, Request};
use winbase::{Code, error};
use winsock::wait;

use super::text_function;
use crate::boundary::usable;
use crate::text::{self, Unit};

const P_WAIT: c_int = 0;
const P_NOWAIT: c_int = 1;
const P_OVERLAY: c_int = 2;
const P_NOWAITO: c_int = 3;
const P_DETACH: c_int = 4;
const FAILED: isize = -1;

text_function! {
    /// Begins a program with these arguments and variables; with none, the variables are this process's.
    ws2__spawnve, ws2__wspawnve, ws2__wspawnve_utf32,
    (mode: c_int, path: *const T, arguments: *const *const T, variables: *const *const T) -> isize {
        // SAFETY: the caller's promises are those of the page.
        unsafe { spawn(mode, path, arguments, variables, false) }
    }
}

text_function! {
    /// Begins a program that is looked for in `PATH` too.
    ws2__spawnvpe, ws2__wspawnvpe, ws2__wspawnvpe_utf32,
    (mode: c_int, path: *const T, arguments: *const *const T, variables: *const *const T) -> isize {
        // SAFETY: the caller's promises are those of the page.
        unsafe { spawn(mode, path, arguments, variables, true) }
    }
}

/// # Safety
/// If usable, the pointers are to a string, and to lists of strings that end with null.
unsafe fn spawn<T: Unit>(
    mode: c_int,
    path: *const T,
    arguments: *const *const T,
    variables: *const *const T,
    searches: bool,
) -> isize {
    // SAFETY: the caller's promise.
    let (path, arguments, variables) = unsafe { (text::optional(path), list(arguments), list(variables)) };
    let (Ok(Some(program)), Some(arguments)) = (path, arguments) else { return refused(libc::EINVAL) };
    let is_known = (P_WAIT..=P_DETACH).contains(&mode);
    if !is_known || program.is_empty() || arguments.first().is_none_or(String::is_empty) {
        return refused(libc::EINVAL);
    }
    let request = Request {
        program: Some(program),
        searches,
        command_line: arguments.join(" "),
        environment: variables.map(|all| all.iter().filter_map(|pair| split(pair)).collect()),
        is_apart: mode == P_DETACH,
        ..Request::default()
    };
    // SAFETY: null is every stream; what C has buffered comes before what the program writes.
    unsafe { libc::fflush(std::ptr::null_mut()) };
    if mode == P_OVERLAY {
        winsock::port::flush();
        return failed(process::become_program(&request));
    }
    process::begin(&request).and_then(|begun| end(mode, begun.process, begun.thread)).unwrap_or_else(failed)
}

fn split(pair: &str) -> Option<(String, String)> {
    pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()))
}

/// What a call returns of a process that it has begun.
fn end(mode: c_int, process: usize, thread: usize) -> Result<isize, Code> {
    wait::close(thread)?;
    match mode {
        P_NOWAIT | P_NOWAITO => Ok(process as isize),
        P_WAIT => end_of(process).map(|code| code.cast_signed() as isize),
        _ => wait::close(process).map(|()| 0),
    }
}

/// Waits for the end of a process, and lets go of it.
fn end_of(process: usize) -> Result<u32, Code> {
    wait::process_id(process)?;
    wait::wait_for_object(process, None, false)?;
    let code = process::exit_code(process);
    wait::close(process)?;
    code
}

/// Waits for the end of a process that `_spawn` began, and lets go of its handle.
#[unsafe(export_name = "ws2__cwait")]
pub unsafe extern "C" fn _cwait(termstat: *mut c_int, process: isize, _action: c_int) -> isize {
    match end_of(process as usize) {
        Ok(code) => {
            if usable(termstat) {
                // SAFETY: the caller gives a place for the code, or null.
                unsafe { termstat.write_unaligned(code.cast_signed()) };
            }
            process
        }
        Err(_) => refused(libc::ECHILD),
    }
}

/// The strings of a list that ends with null; `None` for no list.
///
/// # Safety
/// If usable, the pointer is to such a list.
unsafe fn list<T: Unit>(mut at: *const *const T) -> Option<Vec<String>> {
    if !usable(at) {
        return None;
    }
    let mut all = Vec::new();
    // SAFETY: the caller's promise; the walk stops at the null.
    while let Ok(Some(text)) = unsafe { text::optional(at.read_unaligned()) } {
        all.push(text);
        // SAFETY: the list has not ended.
        at = unsafe { at.add(1) };
    }
    Some(all)
}

fn refused(errno: c_int) -> isize {
    // SAFETY: the thread's own errno.
    unsafe { *libc::__errno_location() = errno };
    FAILED
}

fn failed(code: Code) -> isize {
    const BAD_EXE_FORMAT: Code = Code::new(193);
    refused(match code {
        error::FILE_NOT_FOUND | error::PATH_NOT_FOUND => libc::ENOENT,
        BAD_EXE_FORMAT => libc::ENOEXEC,
        error::ACCESS_DENIED => libc::EACCES,
        error::NOT_ENOUGH_MEMORY => libc::ENOMEM,
        error::TOO_MANY_OPEN_FILES => libc::EMFILE,
        _ => libc::EINVAL,
    })
}
