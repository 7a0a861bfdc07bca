//! Mutexes. Names are those of this process.

use std::ffi::c_void;

use winsock::wait as core;

use crate::companion::text_function;
use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;

/// `CREATE_MUTEX_INITIAL_OWNER`.
const INITIAL_OWNER: u32 = 1;

text_function! {
    /// Makes a mutex, or finds the one of this name.
    ws2_CreateMutexA, ws2_CreateMutexW, ws2_CreateMutexW_utf32,
    (_attributes: *const c_void, binitialowner: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), binitialowner != 0)))
    }
}

text_function! {
    /// `CreateMutex` with flags.
    ws2_CreateMutexExA, ws2_CreateMutexExW, ws2_CreateMutexExW_utf32,
    (_attributes: *const c_void, lpname: *const T, dwflags: u32, _access: u32) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), dwflags & INITIAL_OWNER != 0)))
    }
}

text_function! {
    /// The mutex of this name.
    ws2_OpenMutexA, ws2_OpenMutexW, ws2_OpenMutexW_utf32,
    (_access: u32, _inherit: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives a string.
        opened(unsafe { name(lpname) }.and_then(|name| core::open_mutex(&name.ok_or(INVALID_PARAMETER)?)))
    }
}

/// Gives a mutex back.
#[unsafe(export_name = "ws2_ReleaseMutex")]
pub extern "system" fn ReleaseMutex(hmutex: HANDLE) -> i32 {
    win32(core::release_mutex(hmutex.addr()))
}
