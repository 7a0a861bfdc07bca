//! Events. Names are those of this process.

use std::ffi::c_void;

use winsock::wait as core;

use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;

/// `CREATE_EVENT_MANUAL_RESET`.
const MANUAL_RESET: u32 = 1;
/// `CREATE_EVENT_INITIAL_SET`.
const INITIAL_SET: u32 = 2;
/// Makes an event, or finds the one of this name.
#[unsafe(export_name = "ws2_CreateEventA")]
pub unsafe extern "system" fn CreateEventA(
    _attributes: *const c_void,
    bmanualreset: i32,
    binitialstate: i32,
    lpname: *const u8,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }
            .and_then(|name| core::create_event(name.as_deref(), bmanualreset != 0, binitialstate != 0)),
    )
}

/// [`CreateEventA`] with flags.
#[unsafe(export_name = "ws2_CreateEventExA")]
pub unsafe extern "system" fn CreateEventExA(
    _attributes: *const c_void,
    lpname: *const u8,
    dwflags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| {
            core::create_event(name.as_deref(), dwflags & MANUAL_RESET != 0, dwflags & INITIAL_SET != 0)
        }),
    )
}

/// The event of this name.
#[unsafe(export_name = "ws2_OpenEventA")]
pub unsafe extern "system" fn OpenEventA(_access: u32, _inherit: i32, lpname: *const u8) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_event(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Makes an event, or finds the one of this name.
#[unsafe(export_name = "ws2_CreateEventW")]
pub unsafe extern "system" fn CreateEventW(
    _attributes: *const c_void,
    bmanualreset: i32,
    binitialstate: i32,
    lpname: *const u16,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }
            .and_then(|name| core::create_event(name.as_deref(), bmanualreset != 0, binitialstate != 0)),
    )
}

/// [`CreateEventW`] with flags.
#[unsafe(export_name = "ws2_CreateEventExW")]
pub unsafe extern "system" fn CreateEventExW(
    _attributes: *const c_void,
    lpname: *const u16,
    dwflags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| {
            core::create_event(name.as_deref(), dwflags & MANUAL_RESET != 0, dwflags & INITIAL_SET != 0)
        }),
    )
}

/// The event of this name.
#[unsafe(export_name = "ws2_OpenEventW")]
pub unsafe extern "system" fn OpenEventW(_access: u32, _inherit: i32, lpname: *const u16) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_event(&name.ok_or(INVALID_PARAMETER)?)))
}

/// Makes an event, or finds the one of this name. For text of 32-bit units.
#[unsafe(export_name = "ws2_CreateEventW_utf32")]
pub unsafe extern "system" fn CreateEventW_utf32(
    _attributes: *const c_void,
    bmanualreset: i32,
    binitialstate: i32,
    lpname: *const u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }
            .and_then(|name| core::create_event(name.as_deref(), bmanualreset != 0, binitialstate != 0)),
    )
}

/// [`CreateEventW_utf32`] with flags.
#[unsafe(export_name = "ws2_CreateEventExW_utf32")]
pub unsafe extern "system" fn CreateEventExW_utf32(
    _attributes: *const c_void,
    lpname: *const u32,
    dwflags: u32,
    _access: u32,
) -> HANDLE {
    // SAFETY: the caller gives null or a string.
    created(
        unsafe { name(lpname) }.and_then(|name| {
            core::create_event(name.as_deref(), dwflags & MANUAL_RESET != 0, dwflags & INITIAL_SET != 0)
        }),
    )
}

/// The event of this name. For text of 32-bit units.
#[unsafe(export_name = "ws2_OpenEventW_utf32")]
pub unsafe extern "system" fn OpenEventW_utf32(_access: u32, _inherit: i32, lpname: *const u32) -> HANDLE {
    // SAFETY: the caller gives a string.
    opened(unsafe { name(lpname) }.and_then(|name| core::open_event(&name.ok_or(INVALID_PARAMETER)?)))
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
