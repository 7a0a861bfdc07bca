//! Mutexes. Names are those of this process.

use std::ffi::c_void;

use winsock::wait as core;

use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;

/// `CREATE_MUTEX_INITIAL_OWNER`.
const INITIAL_OWNER: u32 = 1;
/// Makes a mutex, or finds the one of this name.
#[unsafe(export_name = "ws2_CreateMutexA")]
pub unsafe extern "system" fn CreateMutexA(
    _attributes: *const c_void,
    binitialowner: i32,
    lpname: *const u8,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), binitialowner != 0)))
}

/// [`CreateMutexA`] with flags.
#[unsafe(export_name = "ws2_CreateMutexExA")]
pub unsafe extern "system" fn CreateMutexExA(
    _attributes: *const c_void,
    lpname: *const u8,
    dwflags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), dwflags & INITIAL_OWNER != 0)))
}

/// The mutex of this name.
#[unsafe(export_name = "ws2_OpenMutexA")]
pub unsafe extern "system" fn OpenMutexA(_access: u32, _inherit: i32, lpname: *const u8) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_mutex(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Makes a mutex, or finds the one of this name.
#[unsafe(export_name = "ws2_CreateMutexW")]
pub unsafe extern "system" fn CreateMutexW(
    _attributes: *const c_void,
    binitialowner: i32,
    lpname: *const u16,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), binitialowner != 0)))
}

/// [`CreateMutexW`] with flags.
#[unsafe(export_name = "ws2_CreateMutexExW")]
pub unsafe extern "system" fn CreateMutexExW(
    _attributes: *const c_void,
    lpname: *const u16,
    dwflags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), dwflags & INITIAL_OWNER != 0)))
}

/// The mutex of this name.
#[unsafe(export_name = "ws2_OpenMutexW")]
pub unsafe extern "system" fn OpenMutexW(_access: u32, _inherit: i32, lpname: *const u16) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_mutex(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Makes a mutex, or finds the one of this name. For text of 32-bit units.
#[unsafe(export_name = "ws2_CreateMutexW_utf32")]
pub unsafe extern "system" fn CreateMutexW_utf32(
    _attributes: *const c_void,
    binitialowner: i32,
    lpname: *const u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), binitialowner != 0)))
}

/// [`CreateMutexW_utf32`] with flags.
#[unsafe(export_name = "ws2_CreateMutexExW_utf32")]
pub unsafe extern "system" fn CreateMutexExW_utf32(
    _attributes: *const c_void,
    lpname: *const u32,
    dwflags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(unsafe { name(lpname) }.and_then(|name| core::create_mutex(name.as_deref(), dwflags & INITIAL_OWNER != 0)))
}

/// The mutex of this name. For text of 32-bit units.
#[unsafe(export_name = "ws2_OpenMutexW_utf32")]
pub unsafe extern "system" fn OpenMutexW_utf32(_access: u32, _inherit: i32, lpname: *const u32) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_mutex(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Gives a mutex back.
#[unsafe(export_name = "ws2_ReleaseMutex")]
pub extern "system" fn ReleaseMutex(hmutex: HANDLE) -> i32 {
    win32(core::release_mutex(hmutex.addr()))
}
