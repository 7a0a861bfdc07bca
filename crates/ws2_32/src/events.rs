//! Events. Names are those of this process.

use std::ffi::c_void;

use winsock::wait as core;

use crate::companion::text_function;
use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;

/// `CREATE_EVENT_MANUAL_RESET`.
const MANUAL_RESET: u32 = 1;
/// `CREATE_EVENT_INITIAL_SET`.
const INITIAL_SET: u32 = 2;

text_function! {
    /// Makes an event, or finds the one of this name.
    ws2_CreateEventA, ws2_CreateEventW, ws2_CreateEventW_utf32,
    (_attributes: *const c_void, bmanualreset: i32, binitialstate: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(
            unsafe { name(lpname) }
                .and_then(|name| core::create_event(name.as_deref(), bmanualreset != 0, binitialstate != 0)),
        )
    }
}

text_function! {
    /// `CreateEvent` with flags.
    ws2_CreateEventExA, ws2_CreateEventExW, ws2_CreateEventExW_utf32,
    (_attributes: *const c_void, lpname: *const T, dwflags: u32, _access: u32) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(
            unsafe { name(lpname) }.and_then(|name| {
                core::create_event(name.as_deref(), dwflags & MANUAL_RESET != 0, dwflags & INITIAL_SET != 0)
            }),
        )
    }
}

text_function! {
    /// The event of this name.
    ws2_OpenEventA, ws2_OpenEventW, ws2_OpenEventW_utf32,
    (_access: u32, _inherit: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives a string.
        opened(unsafe { name(lpname) }.and_then(|name| core::open_event(&name.ok_or(INVALID_PARAMETER)?)))
    }
}

/// Sets an event.
#[unsafe(export_name = "ws2_SetEvent")]
pub extern "system" fn SetEvent(hevent: HANDLE) -> i32 {
    win32(core::set_event(hevent.addr()))
}

/// Resets an event.
#[unsafe(export_name = "ws2_ResetEvent")]
pub extern "system" fn ResetEvent(hevent: HANDLE) -> i32 {
    win32(core::reset_event(hevent.addr()))
}

/// Lets go who waits at this moment, and resets the event.
#[unsafe(export_name = "ws2_PulseEvent")]
pub extern "system" fn PulseEvent(hevent: HANDLE) -> i32 {
    win32(core::pulse_event(hevent.addr()))
}
