//! Timers, waits and ends of operations that call the program on threads of a pool.

use std::ffi::c_void;
use std::time::Duration;

use winbase::pool_timer::Timer;
use winbase::time::FileTime;
use winbase::timer_queue::{self as queue, Completion};
use winbase::{error, io_callbacks, registered_wait};
use winsock::port::Packet;

use super::files::whole;
use super::thread_pool::{Calls, Context, Member, TP_CALLBACK_ENVIRON, calling, close, wait_for};
use super::{handle, truth};
use crate::boundary::usable;
use crate::types::HANDLE;
use crate::waits::timeout;

/// What a timer or a wait calls: what the program gave, and whether the time is over.
pub type WAITORTIMERCALLBACK = Option<unsafe extern "system" fn(*mut c_void, u8)>;
/// What the end of an operation calls: its status, its bytes, its OVERLAPPED.
pub type LPOVERLAPPED_COMPLETION_ROUTINE = Option<unsafe extern "system" fn(u32, u32, *mut c_void)>;
/// What a timer of a pool calls: an instance, what the program gave, the timer.
pub type PTP_TIMER_CALLBACK = Option<unsafe extern "system" fn(*mut c_void, *mut c_void, *mut c_void)>;

const WT_EXECUTEONLYONCE: u32 = 8;
const INVALID_HANDLE_VALUE: usize = usize::MAX;
/// How long a unit of `FILETIME` is.
const NANOSECONDS: u64 = 100;

/// Makes a queue of timers.
#[unsafe(export_name = "ws2_CreateTimerQueue")]
pub extern "system" fn CreateTimerQueue() -> HANDLE {
    handle(queue::create_queue())
}

/// Makes a timer in a queue, or in the process's own.
#[unsafe(export_name = "ws2_CreateTimerQueueTimer")]
pub unsafe extern "system" fn CreateTimerQueueTimer(
    phnewtimer: *mut HANDLE,
    timerqueue: HANDLE,
    callback: WAITORTIMERCALLBACK,
    parameter: *mut c_void,
    duetime: u32,
    period: u32,
    flags: u32,
) -> i32 {
    let (Some(callback), true) = (callback, usable(phnewtimer)) else { return truth(Err(error::INVALID_PARAMETER)) };
    let context = Context(parameter);
    let repeats = period_of(if flags & WT_EXECUTEONLYONCE != 0 { 0 } else { period });
    let made = queue::create_timer(timerqueue.addr(), timeout(duetime), repeats, move || {
        // SAFETY: the program gave the function for these arguments.
        unsafe { callback(context.get(), 1) };
    });
    // SAFETY: the caller gives a place for the handle.
    truth(made.map(|timer| unsafe { phnewtimer.write_unaligned(handle(timer)) }))
}

/// Sets a timer of a queue anew.
#[unsafe(export_name = "ws2_ChangeTimerQueueTimer")]
pub extern "system" fn ChangeTimerQueueTimer(timerqueue: HANDLE, timer: HANDLE, duetime: u32, period: u32) -> i32 {
    truth(queue::change_timer(timerqueue.addr(), timer.addr(), timeout(duetime), period_of(period)))
}

/// Ends a timer of a queue.
#[unsafe(export_name = "ws2_DeleteTimerQueueTimer")]
pub extern "system" fn DeleteTimerQueueTimer(timerqueue: HANDLE, timer: HANDLE, completionevent: HANDLE) -> i32 {
    truth(queue::delete_timer(timerqueue.addr(), timer.addr(), completion(completionevent)))
}

/// Ends a queue with its timers.
#[unsafe(export_name = "ws2_DeleteTimerQueueEx")]
pub extern "system" fn DeleteTimerQueueEx(timerqueue: HANDLE, completionevent: HANDLE) -> i32 {
    truth(queue::delete_queue(timerqueue.addr(), completion(completionevent)))
}

fn period_of(milliseconds: u32) -> Option<Duration> {
    (milliseconds != 0).then(|| Duration::from_millis(milliseconds.into()))
}

fn completion(event: HANDLE) -> Completion {
    match event.addr() {
        0 => Completion::Unheard,
        INVALID_HANDLE_VALUE => Completion::Waits,
        event => Completion::Sets(event),
    }
}

/// Calls the program whenever an object is signalled, or the time is over.
#[unsafe(export_name = "ws2_RegisterWaitForSingleObject")]
pub unsafe extern "system" fn RegisterWaitForSingleObject(
    phnewwaitobject: *mut HANDLE,
    hobject: HANDLE,
    callback: WAITORTIMERCALLBACK,
    context: *mut c_void,
    dwmilliseconds: u32,
    dwflags: u32,
) -> i32 {
    let (Some(callback), true) = (callback, usable(phnewwaitobject)) else {
        return truth(Err(error::INVALID_PARAMETER));
    };
    let (context, is_once) = (Context(context), dwflags & WT_EXECUTEONLYONCE != 0);
    let made = registered_wait::register(hobject.addr(), timeout(dwmilliseconds), is_once, move |timed_out| {
        // SAFETY: the program gave the function for these arguments.
        unsafe { callback(context.get(), timed_out.into()) };
    });
    // SAFETY: the caller gives a place for the handle.
    truth(made.map(|number| unsafe { phnewwaitobject.write_unaligned(handle(number)) }))
}

/// Ends a registered wait.
#[unsafe(export_name = "ws2_UnregisterWait")]
pub extern "system" fn UnregisterWait(waithandle: HANDLE) -> i32 {
    truth(registered_wait::unregister(waithandle.addr(), Completion::Unheard))
}

/// Ends a registered wait, and waits for its call or lets an event tell of its end.
#[unsafe(export_name = "ws2_UnregisterWaitEx")]
pub extern "system" fn UnregisterWaitEx(waithandle: HANDLE, completionevent: HANDLE) -> i32 {
    truth(registered_wait::unregister(waithandle.addr(), completion(completionevent)))
}

/// Calls the program at the end of each operation on a socket or file.
#[unsafe(export_name = "ws2_BindIoCompletionCallback")]
pub unsafe extern "system" fn BindIoCompletionCallback(
    filehandle: HANDLE,
    function: LPOVERLAPPED_COMPLETION_ROUTINE,
    _flags: u32,
) -> i32 {
    truth(function.ok_or(error::INVALID_PARAMETER).and_then(|function| {
        let key = (function as *const ()).expose_provenance();
        io_callbacks::bind(filehandle.addr(), key, tell_end)
    }))
}

/// What reaches programs on Windows is the kernel's status, though the page calls it an error code.
fn tell_end(packet: Packet) {
    let function = std::ptr::with_exposed_provenance::<()>(packet.key);
    let overlapped = std::ptr::with_exposed_provenance_mut(packet.overlapped);
    // SAFETY: `BindIoCompletionCallback` made the key of such a function, which the program gave for these arguments.
    unsafe {
        let function: unsafe extern "system" fn(u32, u32, *mut c_void) = std::mem::transmute(function);
        function(packet.status.0, packet.bytes, overlapped);
    }
}

/// Makes a timer of a pool.
#[unsafe(export_name = "ws2_CreateThreadpoolTimer")]
pub unsafe extern "system" fn CreateThreadpoolTimer(
    pfnti: PTP_TIMER_CALLBACK,
    pv: *mut c_void,
    pcbe: *const TP_CALLBACK_ENVIRON,
) -> *mut Member<Timer> {
    // SAFETY: the caller gives a function or null, and an environment or null.
    unsafe { calling(pfnti, pv, pcbe, Timer::new) }
}

/// Sets a timer of a pool, or stops it if there is no time.
#[unsafe(export_name = "ws2_SetThreadpoolTimer")]
pub unsafe extern "system" fn SetThreadpoolTimer(
    pti: *const Member<Timer>,
    pftduetime: *const [u32; 2],
    msperiod: u32,
    mswindowlength: u32,
) {
    // SAFETY: the caller's promises are the same.
    unsafe { SetThreadpoolTimerEx(pti, pftduetime, msperiod, mswindowlength) };
}

/// [`SetThreadpoolTimer`] that tells whether the timer was set.
#[unsafe(export_name = "ws2_SetThreadpoolTimerEx")]
pub unsafe extern "system" fn SetThreadpoolTimerEx(
    pti: *const Member<Timer>,
    pftduetime: *const [u32; 2],
    msperiod: u32,
    _mswindowlength: u32,
) -> i32 {
    if !usable(pti) {
        return 0;
    }
    // SAFETY: the caller gives a timer that is not closed, and a time or null.
    let (timer, due) = unsafe { (&*pti, given_time(pftduetime)) };
    let was_set = timer.is_pending();
    match due {
        Some(due) => {
            truth(timer.set(due, period_of(msperiod)));
        }
        None => timer.stop(),
    }
    was_set.into()
}

/// A time of `SetThreadpoolTimer` or `SetThreadpoolWait`, as one from now: negative counts from now, else it is a moment, and
/// 0 is now.
///
/// # Safety
/// If usable, the pointer is good for reading.
pub(super) unsafe fn given_time(time: *const [u32; 2]) -> Option<Duration> {
    // SAFETY: the caller's promise.
    let due = usable(time).then(|| whole(unsafe { time.read_unaligned() }))?;
    let relative = due.0.cast_signed();
    let units = if relative < 0 { relative.unsigned_abs() } else { due.0.saturating_sub(FileTime::now().0) };
    Some(Duration::from_nanos(units.saturating_mul(NANOSECONDS)))
}

/// Whether a timer of a pool was set and not stopped since.
#[unsafe(export_name = "ws2_IsThreadpoolTimerSet")]
pub unsafe extern "system" fn IsThreadpoolTimerSet(pti: *const Member<Timer>) -> i32 {
    // SAFETY: the caller gives a timer that is not closed.
    (usable(pti) && unsafe { &*pti }.is_set()).into()
}

/// Waits for a timer's calls, after taking back what has not begun if `fcancelpendingcallbacks`.
#[unsafe(export_name = "ws2_WaitForThreadpoolTimerCallbacks")]
pub unsafe extern "system" fn WaitForThreadpoolTimerCallbacks(pti: *const Member<Timer>, fcancelpendingcallbacks: i32) {
    // SAFETY: the caller gives a timer that is not closed.
    unsafe { wait_for(pti, fcancelpendingcallbacks) };
}

/// Ends a timer of a pool; what is queued still runs.
#[unsafe(export_name = "ws2_CloseThreadpoolTimer")]
pub unsafe extern "system" fn CloseThreadpoolTimer(pti: *mut Member<Timer>) {
    // SAFETY: the caller gives a timer that it has from CreateThreadpoolTimer, and does not use it again.
    unsafe { close(pti) };
}

impl Calls for Timer {
    fn waiter(&self) -> Box<dyn FnOnce(bool)> {
        self.work().waiter()
    }

    fn stop(&self) {
        Timer::stop(self);
    }
}
