//! Other processes, and the priority and processors of threads and processes.

use std::ffi::c_void;

use winbase::process::{self, Request};
use winbase::time::FileTime;
use winbase::times::{self, ProcessTimes};
use winbase::{Code, affinity, error};

use super::files::{name, tell_times};
use super::{handle, or, text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};
use crate::types::HANDLE;

const CREATE_SUSPENDED: u32 = 0x4;
const DETACHED_PROCESS: u32 = 0x8;
const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
const CREATE_UNICODE_ENVIRONMENT: u32 = 0x400;
const STARTF_USESTDHANDLES: u32 = 0x100;
/// `THREAD_PRIORITY_ERROR_RETURN`.
const NO_PRIORITY: i32 = i32::MAX;

/// `STARTUPINFO`, of which only the three handles mean something here.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct STARTUPINFO {
    pub cb: u32,
    pub names: [*mut c_void; 3],
    pub window: [u32; 7],
    pub dwFlags: u32,
    pub wShowWindow: u16,
    pub cbReserved2: u16,
    pub lpReserved2: *mut u8,
    pub standard: [HANDLE; 3],
}

/// `PROCESS_INFORMATION`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct PROCESS_INFORMATION {
    pub hProcess: HANDLE,
    pub hThread: HANDLE,
    pub dwProcessId: u32,
    pub dwThreadId: u32,
}

const _: () = assert!(size_of::<STARTUPINFO>() == 104 && size_of::<PROCESS_INFORMATION>() == 24);

text_function! {
    /// Begins a process.
    ws2_CreateProcessA, ws2_CreateProcessW, ws2_CreateProcessW_utf32,
    (
        lpapplicationname: *const T,
        lpcommandline: *const T,
        _lpprocessattributes: *const c_void,
        _lpthreadattributes: *const c_void,
        _binherithandles: i32,
        dwcreationflags: u32,
        lpenvironment: *const c_void,
        lpcurrentdirectory: *const T,
        lpstartupinfo: *const STARTUPINFO,
        lpprocessinformation: *mut PROCESS_INFORMATION,
    ) -> i32 {
        // SAFETY: the caller's promises are those of the page.
        truth(unsafe {
            let names = Names { program: lpapplicationname, line: lpcommandline, folder: lpcurrentdirectory };
            create(&names, dwcreationflags, lpenvironment, lpstartupinfo, lpprocessinformation)
        })
    }
}

struct Names<T> {
    program: *const T,
    line: *const T,
    folder: *const T,
}

/// # Safety
/// The pointers are those of `CreateProcess`.
unsafe fn create<T: Unit>(
    names: &Names<T>,
    flags: u32,
    environment: *const c_void,
    startup: *const STARTUPINFO,
    told: *mut PROCESS_INFORMATION,
) -> Result<(), Code> {
    if !usable(startup) || !usable(told) {
        return Err(Code::new(998)); // ERROR_NOACCESS
    }
    if flags & CREATE_SUSPENDED != 0 {
        return Err(error::NOT_SUPPORTED);
    }
    // SAFETY: the caller's promise.
    let request = unsafe {
        let startup = startup.read_unaligned();
        let text = |pointer| text::optional(pointer).map_err(|_| Code::new(998));
        let program = text(names.program)?;
        let line = text(names.line)?.or_else(|| program.as_deref().map(quoted)).unwrap_or_default();
        Request {
            program,
            searches: false,
            command_line: line,
            environment: variables(environment, flags & CREATE_UNICODE_ENVIRONMENT != 0, size_of::<T>()),
            folder: text(names.folder)?,
            standard: (startup.dwFlags & STARTF_USESTDHANDLES != 0).then(|| startup.standard.map(|given| given.addr())),
            is_apart: flags & (DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP) != 0,
        }
    };
    // SAFETY: null is every stream; what C has buffered comes before what the child writes.
    unsafe { libc::fflush(std::ptr::null_mut()) };
    let begun = process::begin(&request)?;
    let information = PROCESS_INFORMATION {
        hProcess: handle(begun.process),
        hThread: handle(begun.thread),
        dwProcessId: begun.id,
        dwThreadId: begun.id,
    };
    // SAFETY: the caller gives a place for it.
    unsafe { told.write_unaligned(information) };
    Ok(())
}

fn quoted(program: &str) -> String {
    format!("\"{program}\"")
}

/// The variables of an environment block: `NAME=value` strings up to an empty one. A wide block has the width of the
/// call's wide text, of 16 bits for a narrow call.
///
/// # Safety
/// If usable, the pointer is to such a block.
unsafe fn variables(block: *const c_void, is_wide: bool, width: usize) -> Option<Vec<(String, String)>> {
    if !usable(block) {
        return None;
    }
    // SAFETY: the caller's promise.
    unsafe {
        Some(match (is_wide, width) {
            (false, _) => strings::<u8>(block.cast()),
            (true, 4) => strings::<u32>(block.cast()),
            (true, _) => strings::<u16>(block.cast()),
        })
    }
}

/// # Safety
/// The pointer is to strings of which the last is empty.
unsafe fn strings<T: Unit>(mut at: *const T) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // SAFETY: the caller's promise; the walk stops at the empty string.
    while let Ok(units) = unsafe { text::units(at) } {
        if units.is_empty() {
            break;
        }
        if let Some((name, value)) = T::decode(&units).split_once('=').filter(|(name, _)| !name.is_empty()) {
            found.push((name.to_owned(), value.to_owned()));
        }
        // SAFETY: the next string begins behind the zero of this one.
        at = unsafe { at.add(units.len() + 1) };
    }
    found
}

/// Begins a program: more than 31, or the error.
#[unsafe(export_name = "ws2_WinExec")]
pub unsafe extern "system" fn WinExec(lpcmdline: *const u8, _ucmdshow: u32) -> u32 {
    // SAFETY: the caller gives a string.
    let begun = unsafe { name(lpcmdline) }
        .and_then(|line| process::begin(&Request { command_line: line, ..Request::default() }));
    match begun {
        Ok(begun) => {
            let _ = (winsock::wait::close(begun.process), winsock::wait::close(begun.thread));
            33
        }
        Err(code) => or(code.value().cast_unsigned().min(31), Err(code)),
    }
}

/// Writes a number that a call tells.
///
/// # Safety
/// If usable, the place is good for writing.
unsafe fn tell(number: Result<u32, Code>, place: *mut u32) -> i32 {
    truth(number.and_then(|number| {
        if !usable(place) {
            return Err(Code::new(998));
        }
        // SAFETY: the caller's promise.
        unsafe { place.write_unaligned(number) };
        Ok(())
    }))
}

/// What a process has ended with; 259 while it runs.
#[unsafe(export_name = "ws2_GetExitCodeProcess")]
pub unsafe extern "system" fn GetExitCodeProcess(hprocess: HANDLE, lpexitcode: *mut u32) -> i32 {
    // SAFETY: the caller gives a place for the code.
    unsafe { tell(process::exit_code(hprocess.addr()), lpexitcode) }
}

/// Linux' number of a process.
#[unsafe(export_name = "ws2_GetProcessId")]
pub extern "system" fn GetProcessId(process: HANDLE) -> u32 {
    or(0, process::id(process.addr()))
}

/// Ends a process at once.
#[unsafe(export_name = "ws2_TerminateProcess")]
pub extern "system" fn TerminateProcess(hprocess: HANDLE, uexitcode: u32) -> i32 {
    if hprocess.addr() == winsock::wait::CURRENT_PROCESS {
        winsock::port::flush();
        // SAFETY: ending the process without a word to anything in it is what is asked for.
        unsafe { libc::_exit(uexitcode.cast_signed()) }
    }
    truth(process::terminate(hprocess.addr(), uexitcode))
}

/// Sets the priority of a thread.
#[unsafe(export_name = "ws2_SetThreadPriority")]
pub extern "system" fn SetThreadPriority(hthread: HANDLE, npriority: i32) -> i32 {
    truth(process::set_thread_priority(hthread.addr(), npriority))
}

/// The priority of a thread.
#[unsafe(export_name = "ws2_GetThreadPriority")]
pub extern "system" fn GetThreadPriority(hthread: HANDLE) -> i32 {
    or(NO_PRIORITY, process::thread_priority(hthread.addr()))
}

/// Sets the priority of a process.
#[unsafe(export_name = "ws2_SetPriorityClass")]
pub extern "system" fn SetPriorityClass(hprocess: HANDLE, dwpriorityclass: u32) -> i32 {
    truth(process::set_priority_class(hprocess.addr(), dwpriorityclass))
}

/// The priority of a process.
#[unsafe(export_name = "ws2_GetPriorityClass")]
pub extern "system" fn GetPriorityClass(hprocess: HANDLE) -> u32 {
    or(0, process::priority_class(hprocess.addr()))
}

/// Sets on which processors a thread runs: those before, 0 if it cannot.
#[unsafe(export_name = "ws2_SetThreadAffinityMask")]
pub extern "system" fn SetThreadAffinityMask(hthread: HANDLE, dwthreadaffinitymask: usize) -> usize {
    or(0, affinity::set_of_thread(hthread.addr(), dwthreadaffinitymask as u64)) as usize
}

/// Sets on which processors a process runs.
#[unsafe(export_name = "ws2_SetProcessAffinityMask")]
pub extern "system" fn SetProcessAffinityMask(hprocess: HANDLE, dwprocessaffinitymask: usize) -> i32 {
    truth(affinity::set_of_process(hprocess.addr(), dwprocessaffinitymask as u64))
}

/// On which processors a process may run, and which there are.
#[unsafe(export_name = "ws2_GetProcessAffinityMask")]
pub unsafe extern "system" fn GetProcessAffinityMask(
    hprocess: HANDLE,
    lpprocessaffinitymask: *mut usize,
    lpsystemaffinitymask: *mut usize,
) -> i32 {
    truth(affinity::of_process(hprocess.addr()).and_then(|(own, existing)| {
        if !usable(lpprocessaffinitymask) || !usable(lpsystemaffinitymask) {
            return Err(Code::new(998)); // ERROR_NOACCESS
        }
        // SAFETY: the caller gives places for both.
        unsafe {
            lpprocessaffinitymask.write_unaligned(own as usize);
            lpsystemaffinitymask.write_unaligned(existing as usize);
        }
        Ok(())
    }))
}

/// When a process began and ended, and how long it has worked.
#[unsafe(export_name = "ws2_GetProcessTimes")]
pub unsafe extern "system" fn GetProcessTimes(
    hprocess: HANDLE,
    lpcreationtime: *mut [u32; 2],
    lpexittime: *mut [u32; 2],
    lpkerneltime: *mut [u32; 2],
    lpusertime: *mut [u32; 2],
) -> i32 {
    let places = [lpcreationtime, lpexittime, lpkerneltime, lpusertime];
    // SAFETY: the caller gives four places.
    truth(times::of_process(hprocess.addr()).and_then(|times| unsafe { tell_all(times, places) }))
}

/// When a thread began and ended, and how long it has worked.
#[unsafe(export_name = "ws2_GetThreadTimes")]
pub unsafe extern "system" fn GetThreadTimes(
    hthread: HANDLE,
    lpcreationtime: *mut [u32; 2],
    lpexittime: *mut [u32; 2],
    lpkerneltime: *mut [u32; 2],
    lpusertime: *mut [u32; 2],
) -> i32 {
    let places = [lpcreationtime, lpexittime, lpkerneltime, lpusertime];
    // SAFETY: the caller gives four places.
    truth(times::of_thread(hthread.addr()).and_then(|times| unsafe { tell_all(times, places) }))
}

/// How long the processors have been idle, in the kernel (idle there too) and outside of it; null for what is not wanted.
#[unsafe(export_name = "ws2_GetSystemTimes")]
pub unsafe extern "system" fn GetSystemTimes(
    lpidletime: *mut [u32; 2],
    lpkerneltime: *mut [u32; 2],
    lpusertime: *mut [u32; 2],
) -> i32 {
    // SAFETY: the caller gives places for what it wants told.
    truth(times::of_system().map(|times| unsafe {
        tell_times(times.map(FileTime), [lpidletime, lpkerneltime, lpusertime]);
    }))
}

/// # Safety
/// Places that are usable are good for writing.
unsafe fn tell_all(times: ProcessTimes, places: [*mut [u32; 2]; 4]) -> Result<(), Code> {
    if !places.iter().all(|place| usable(*place)) {
        return Err(Code::new(998)); // ERROR_NOACCESS
    }
    let times = [times.created, times.exited, times.kernel, times.user];
    // SAFETY: the caller's promise.
    unsafe { tell_times(times.map(FileTime), places) };
    Ok(())
}
