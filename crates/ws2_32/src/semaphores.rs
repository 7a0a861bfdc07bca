//! Semaphores. Names are those of this process.

use std::ffi::c_void;

use winsock::wait as core;

use crate::boundary::usable;
use crate::companion::text_function;
use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;

text_function! {
    /// Makes a semaphore, or finds the one of this name.
    ws2_CreateSemaphoreA, ws2_CreateSemaphoreW, ws2_CreateSemaphoreW_utf32,
    (_attributes: *const c_void, linitialcount: i32, lmaximumcount: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(
            unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
        )
    }
}

text_function! {
    /// `CreateSemaphore` with flags.
    ws2_CreateSemaphoreExA, ws2_CreateSemaphoreExW, ws2_CreateSemaphoreExW_utf32,
    (_attributes: *const c_void, linitialcount: i32, lmaximumcount: i32, lpname: *const T, _flags: u32, _access: u32) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(
            unsafe { name(lpname) }.and_then(|name| core::create_semaphore(name.as_deref(), linitialcount, lmaximumcount)),
        )
    }
}

text_function! {
    /// The semaphore of this name.
    ws2_OpenSemaphoreA, ws2_OpenSemaphoreW, ws2_OpenSemaphoreW_utf32,
    (_access: u32, _inherit: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives a string.
        opened(unsafe { name(lpname) }.and_then(|name| core::open_semaphore(&name.ok_or(INVALID_PARAMETER)?)))
    }
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
