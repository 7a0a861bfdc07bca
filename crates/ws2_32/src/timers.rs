//! Waitable timers. Names are those of this process.

use std::ffi::c_void;
use std::ptr::with_exposed_provenance;
use std::time::Duration;

use winsock::wait::{self as core, Call, Words};

use crate::boundary::usable;
use crate::companion::text_function;
use crate::objects::{INVALID_PARAMETER, created, name, opened, win32};
use crate::types::HANDLE;

/// `CREATE_WAITABLE_TIMER_MANUAL_RESET`.
const MANUAL_RESET: u32 = 1;

/// What runs in an alertable wait of the thread that set a timer: its argument, the time's lower and upper half.
pub type PTIMERAPCROUTINE = Option<unsafe extern "system" fn(*const c_void, u32, u32)>;

text_function! {
    /// Makes a timer, or finds the one of this name.
    ws2_CreateWaitableTimerA, ws2_CreateWaitableTimerW, ws2_CreateWaitableTimerW_utf32,
    (_attributes: *const c_void, bmanualreset: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(unsafe { name(lpname) }.and_then(|name| core::create_timer(name.as_deref(), bmanualreset != 0)))
    }
}

text_function! {
    /// `CreateWaitableTimer` with flags.
    ws2_CreateWaitableTimerExA, ws2_CreateWaitableTimerExW, ws2_CreateWaitableTimerExW_utf32,
    (_attributes: *const c_void, lpname: *const T, dwflags: u32, _access: u32) -> HANDLE {
        // SAFETY: the caller gives null or a string.
        created(unsafe { name(lpname) }.and_then(|name| core::create_timer(name.as_deref(), dwflags & MANUAL_RESET != 0)))
    }
}

text_function! {
    /// The timer of this name.
    ws2_OpenWaitableTimerA, ws2_OpenWaitableTimerW, ws2_OpenWaitableTimerW_utf32,
    (_access: u32, _inherit: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives a string.
        opened(unsafe { name(lpname) }.and_then(|name| core::open_timer(&name.ok_or(INVALID_PARAMETER)?)))
    }
}

/// Sets a timer: a time of 100 ns units since 1601, or so many from now on if negative; then every so many milliseconds.
#[unsafe(export_name = "ws2_SetWaitableTimer")]
pub unsafe extern "system" fn SetWaitableTimer(
    htimer: HANDLE,
    lpduetime: *const i64,
    lperiod: i32,
    pfncompletionroutine: PTIMERAPCROUTINE,
    lpargtocompletionroutine: *const c_void,
    _fresume: i32,
) -> i32 {
    let Ok(period) = u64::try_from(lperiod) else { return win32(Err(INVALID_PARAMETER)) };
    if !usable(lpduetime) {
        return win32(Err(INVALID_PARAMETER));
    }
    // SAFETY: the caller gives the time.
    let delay = core::delay(unsafe { lpduetime.read_unaligned() });
    let period = (period > 0).then(|| Duration::from_millis(period));
    let argument = lpargtocompletionroutine.expose_provenance();
    let call = pfncompletionroutine.map(|routine| (due as fn(Words) -> Call, [routine as usize, argument, 0, 0]));
    win32(core::set_timer(htimer.addr(), delay, period, call))
}

/// [`SetWaitableTimer`] with a reason to wake the computer, and a delay that is allowed.
#[unsafe(export_name = "ws2_SetWaitableTimerEx")]
pub unsafe extern "system" fn SetWaitableTimerEx(
    htimer: HANDLE,
    lpduetime: *const i64,
    lperiod: i32,
    pfncompletionroutine: PTIMERAPCROUTINE,
    lpargtocompletionroutine: *const c_void,
    _wakecontext: *const c_void,
    _tolerabledelay: u32,
) -> i32 {
    // SAFETY: the caller's promises are the same.
    unsafe { SetWaitableTimer(htimer, lpduetime, lperiod, pfncompletionroutine, lpargtocompletionroutine, 0) }
}

/// Takes the setting of a timer back.
#[unsafe(export_name = "ws2_CancelWaitableTimer")]
pub extern "system" fn CancelWaitableTimer(htimer: HANDLE) -> i32 {
    win32(core::cancel_timer(htimer.addr()))
}

/// The call of the program's routine, with the time at which the timer was due.
fn due([routine, argument, ..]: Words) -> Call {
    let time = core::now();
    Call::new(run, [routine, argument, time as u32 as usize, (time >> 32) as usize])
}

fn run([routine, argument, low, high]: Words) {
    type Routine = unsafe extern "system" fn(*const c_void, u32, u32);
    let routine: *const () = with_exposed_provenance(routine);
    // SAFETY: `SetWaitableTimer` made the number of such a routine, which the program gave for this argument.
    unsafe {
        let routine = std::mem::transmute::<*const (), Routine>(routine);
        routine(with_exposed_provenance(argument), low as u32, high as u32);
    }
}
