//! The pools of threads, of Vista and of before.

use std::ffi::c_void;

use winbase::thread_pool::{Pool, Work};

use super::truth;
use crate::boundary::usable;
use crate::objects::INVALID_PARAMETER;
use crate::threads::LPTHREAD_START_ROUTINE;

/// `TP_CALLBACK_ENVIRON`, as far as it is looked at.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct TP_CALLBACK_ENVIRON {
    pub Version: u32,
    pub Pool: *const Pool,
}

/// What a pool calls for queued work: an instance, what the program gave, the work.
pub type PTP_WORK_CALLBACK = Option<unsafe extern "system" fn(*mut c_void, *mut c_void, *mut c_void)>;
/// What a pool calls once: an instance, what the program gave.
pub type PTP_SIMPLE_CALLBACK = Option<unsafe extern "system" fn(*mut c_void, *mut c_void)>;

/// A pointer of the program's, on its way to another thread.
#[derive(Clone, Copy)]
pub(super) struct Context(pub(super) *mut c_void);

// SAFETY: the program gives it to be used on a thread of the pool.
unsafe impl Send for Context {}
// SAFETY: as above; here it is only copied.
unsafe impl Sync for Context {}

impl Context {
    pub(super) fn get(self) -> *mut c_void {
        self.0
    }
}

/// # Safety
/// If usable, the pointer is to an environment that was initialized, with a pool that is open or none.
unsafe fn pool_of(environment: *const TP_CALLBACK_ENVIRON) -> Pool {
    if !usable(environment) {
        return Pool::usual();
    }
    // SAFETY: the caller's promise.
    unsafe {
        let pool = (*environment).Pool;
        if usable(pool) { (*pool).clone() } else { Pool::usual() }
    }
}

/// What `make` makes of work that calls the program with an instance, its context and what was made, which lies at the
/// place returned; null, and the last error, if there is no function.
///
/// # Safety
/// The function is for these arguments, and the environment as [`pool_of`] wants it.
pub(super) unsafe fn calling<T>(
    function: PTP_WORK_CALLBACK,
    context: *mut c_void,
    environment: *const TP_CALLBACK_ENVIRON,
    make: impl FnOnce(Work) -> T,
) -> *mut T {
    let Some(callback) = function else {
        truth(Err(INVALID_PARAMETER));
        return std::ptr::null_mut();
    };
    // SAFETY: the caller's promise.
    let pool = unsafe { pool_of(environment) };
    let place = Box::into_raw(Box::new_uninit());
    let (context, itself) = (Context(context), Context(place.cast()));
    let work = Work::new(pool, move || {
        let mut instance = 0_usize;
        // SAFETY: the program gave the function for these arguments.
        unsafe { callback((&raw mut instance).cast(), context.get(), itself.get()) };
    });
    // SAFETY: the place was just made for it.
    unsafe { (*place).write(make(work)) };
    place.cast()
}

/// Queues a function for the process's pool.
#[unsafe(export_name = "ws2_QueueUserWorkItem")]
pub unsafe extern "system" fn QueueUserWorkItem(
    function: LPTHREAD_START_ROUTINE,
    context: *mut c_void,
    _flags: u32,
) -> i32 {
    let context = Context(context);
    truth(function.ok_or(INVALID_PARAMETER).and_then(|function| {
        Pool::usual().submit(Box::new(move || {
            function(context.get());
        }))
    }))
}

/// Makes a pool.
#[unsafe(export_name = "ws2_CreateThreadpool")]
pub extern "system" fn CreateThreadpool(_reserved: *mut c_void) -> *mut Pool {
    Box::into_raw(Box::new(Pool::new()))
}

/// Closes a pool: what is queued still runs.
#[unsafe(export_name = "ws2_CloseThreadpool")]
pub unsafe extern "system" fn CloseThreadpool(ptpp: *mut Pool) {
    if usable(ptpp) {
        // SAFETY: the caller gives a pool that it has from CreateThreadpool, and does not use it again.
        unsafe { Box::from_raw(ptpp) }.close();
    }
}

/// How many threads a pool may have.
#[unsafe(export_name = "ws2_SetThreadpoolThreadMaximum")]
pub unsafe extern "system" fn SetThreadpoolThreadMaximum(ptpp: *const Pool, cthrdmost: u32) {
    if usable(ptpp) {
        // SAFETY: the caller gives a pool that is open.
        unsafe { &*ptpp }.set_maximum(cthrdmost as usize);
    }
}

/// How many threads a pool keeps.
#[unsafe(export_name = "ws2_SetThreadpoolThreadMinimum")]
pub unsafe extern "system" fn SetThreadpoolThreadMinimum(ptpp: *const Pool, cthrdmic: u32) -> i32 {
    if !usable(ptpp) {
        return truth(Err(INVALID_PARAMETER));
    }
    // SAFETY: the caller gives a pool that is open.
    truth(unsafe { &*ptpp }.set_minimum(cthrdmic as usize))
}

/// Makes work of a function.
#[unsafe(export_name = "ws2_CreateThreadpoolWork")]
pub unsafe extern "system" fn CreateThreadpoolWork(
    pfnwk: PTP_WORK_CALLBACK,
    pv: *mut c_void,
    pcbe: *const TP_CALLBACK_ENVIRON,
) -> *mut Work {
    // SAFETY: the caller gives a function or null, and an environment or null.
    unsafe { calling(pfnwk, pv, pcbe, |work| work) }
}

/// Queues work.
#[unsafe(export_name = "ws2_SubmitThreadpoolWork")]
pub unsafe extern "system" fn SubmitThreadpoolWork(pwk: *const Work) {
    if usable(pwk) {
        // SAFETY: the caller gives work that is not closed.
        truth(unsafe { &*pwk }.submit());
    }
}

/// Waits for work, after taking back what has not begun if `fcancelpendingcallbacks`.
#[unsafe(export_name = "ws2_WaitForThreadpoolWorkCallbacks")]
pub unsafe extern "system" fn WaitForThreadpoolWorkCallbacks(pwk: *const Work, fcancelpendingcallbacks: i32) {
    if usable(pwk) {
        // SAFETY: the caller gives work that is not closed. A copy waits, as the work may close meanwhile.
        let work = unsafe { &*pwk }.clone();
        work.wait(fcancelpendingcallbacks != 0);
    }
}

/// Forgets work; what is queued still runs.
#[unsafe(export_name = "ws2_CloseThreadpoolWork")]
pub unsafe extern "system" fn CloseThreadpoolWork(pwk: *mut Work) {
    if usable(pwk) {
        // SAFETY: the caller gives work that it has from CreateThreadpoolWork, and does not use it again.
        drop(unsafe { Box::from_raw(pwk) });
    }
}

/// Queues a function once.
#[unsafe(export_name = "ws2_TrySubmitThreadpoolCallback")]
pub unsafe extern "system" fn TrySubmitThreadpoolCallback(
    pfns: PTP_SIMPLE_CALLBACK,
    pv: *mut c_void,
    pcbe: *const TP_CALLBACK_ENVIRON,
) -> i32 {
    let context = Context(pv);
    // SAFETY: the caller gives an environment or null.
    let pool = unsafe { pool_of(pcbe) };
    truth(pfns.ok_or(INVALID_PARAMETER).and_then(|callback| {
        pool.submit(Box::new(move || {
            let mut instance = 0_usize;
            // SAFETY: the program gave the function for these arguments.
            unsafe { callback((&raw mut instance).cast(), context.get()) };
        }))
    }))
}
