//! Semaphores. Names are those of this process.

use std::ffi::c_void;

use winsock::wait as core;

use crate::boundary::usable;
use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;
/// Makes a semaphore, or finds the one of this name.
#[unsafe(export_name = "ws2_CreateSemaphoreA")]
pub unsafe extern "system" fn CreateSemaphoreA(
    _attributes: *const c_void,
    linitialcount: i32,
    lmaximumcount: i32,
    lpname: *const u8,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
    )
}

/// [`CreateSemaphoreA`] with flags.
#[unsafe(export_name = "ws2_CreateSemaphoreExA")]
pub unsafe extern "system" fn CreateSemaphoreExA(
    _attributes: *const c_void,
    linitialcount: i32,
    lmaximumcount: i32,
    lpname: *const u8,
    _flags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
    )
}

/// The semaphore of this name.
#[unsafe(export_name = "ws2_OpenSemaphoreA")]
pub unsafe extern "system" fn OpenSemaphoreA(_access: u32, _inherit: i32, lpname: *const u8) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_semaphore(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Makes a semaphore, or finds the one of this name.
#[unsafe(export_name = "ws2_CreateSemaphoreW")]
pub unsafe extern "system" fn CreateSemaphoreW(
    _attributes: *const c_void,
    linitialcount: i32,
    lmaximumcount: i32,
    lpname: *const u16,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
    )
}

/// [`CreateSemaphoreW`] with flags.
#[unsafe(export_name = "ws2_CreateSemaphoreExW")]
pub unsafe extern "system" fn CreateSemaphoreExW(
    _attributes: *const c_void,
    linitialcount: i32,
    lmaximumcount: i32,
    lpname: *const u16,
    _flags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
    )
}

/// The semaphore of this name.
#[unsafe(export_name = "ws2_OpenSemaphoreW")]
pub unsafe extern "system" fn OpenSemaphoreW(_access: u32, _inherit: i32, lpname: *const u16) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_semaphore(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Makes a semaphore, or finds the one of this name. For text of 32-bit units.
#[unsafe(export_name = "ws2_CreateSemaphoreW_utf32")]
pub unsafe extern "system" fn CreateSemaphoreW_utf32(
    _attributes: *const c_void,
    linitialcount: i32,
    lmaximumcount: i32,
    lpname: *const u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
    )
}

/// [`CreateSemaphoreW_utf32`] with flags.
#[unsafe(export_name = "ws2_CreateSemaphoreExW_utf32")]
pub unsafe extern "system" fn CreateSemaphoreExW_utf32(
    _attributes: *const c_void,
    linitialcount: i32,
    lmaximumcount: i32,
    lpname: *const u32,
    _flags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
    )
}

/// The semaphore of this name. For text of 32-bit units.
#[unsafe(export_name = "ws2_OpenSemaphoreW_utf32")]
pub unsafe extern "system" fn OpenSemaphoreW_utf32(_access: u32, _inherit: i32, lpname: *const u32) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_semaphore(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Adds to a semaphore's count.
#[unsafe(export_name = "ws2_ReleaseSemaphore")]
pub unsafe extern "system" fn ReleaseSemaphore(
    hsemaphore: HANDLE,
    lreleasecount: i32,
    lppreviouscount: *mut i32,
) -> i32 {
    win32(core::release_semaphore(hsemaphore.addr(), lreleasecount).map(|before| {
        if usable(lppreviouscount) {
            // SAFETY: the caller gives a place for the number, or null.
            unsafe { lppreviouscount.write_unaligned(before) };
        }
    }))
}
