//! The pools of threads, of Vista and of before.

use std::ffi::c_void;

use winbase::Code;
use winbase::thread_pool::{Pool, Work};

use super::pool_groups::{Cancelled, Group};
use super::pool_instances::Instance;
use super::{or, truth};
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
    pub CleanupGroup: *const Group,
    pub CleanupGroupCancelCallback: Cancelled,
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
unsafe fn environment<'a>(environment: *const TP_CALLBACK_ENVIRON) -> (Pool, Option<(&'a Group, Cancelled)>) {
    if !usable(environment) {
        return (Pool::usual(), None);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let TP_CALLBACK_ENVIRON { Pool: pool, CleanupGroup: group, CleanupGroupCancelCallback: cancelled, .. } =
            *environment;
        let pool = if usable(pool) { (*pool).clone() } else { Pool::usual() };
        (pool, usable(group).then(|| (&*group, cancelled)))
    }
}

/// An object of a pool, and the group that it belongs to.
pub struct Member<T> {
    thing: T,
    group: Option<Group>,
}

impl<T> std::ops::Deref for Member<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.thing
    }
}

/// What can be waited for until its calls have returned.
pub(super) trait Calls {
    /// What waits, after taking back what has not begun if it is given true; the object may close meanwhile.
    fn waiter(&self) -> Box<dyn FnOnce(bool)>;

    /// Lets nothing more be queued from outside.
    fn stop(&self) {}
}

impl Calls for Work {
    fn waiter(&self) -> Box<dyn FnOnce(bool)> {
        let work = self.clone();
        Box::new(move |cancels| work.wait(cancels))
    }
}

/// Makes an object of a pool, of which a call gets the place; null, and the last error, if it cannot be made.
///
/// # Safety
/// The environment is as [`environment`] wants it; the group's function is for the context.
pub(super) unsafe fn member<T: Calls + 'static>(
    context: *mut c_void,
    environ: *const TP_CALLBACK_ENVIRON,
    make: impl FnOnce(Pool, Context, Context) -> Result<T, Code>,
) -> *mut Member<T> {
    // SAFETY: the caller's promise.
    let (pool, group) = unsafe { environment(environ) };
    let place: *mut Member<T> = Box::into_raw(Box::<Member<T>>::new_uninit()).cast();
    match make(pool, Context(context), Context(place.cast())) {
        Ok(thing) => {
            if let Some((group, cancelled)) = group {
                group.add(place, Context(context), cancelled);
            }
            // SAFETY: the place was just made for it.
            unsafe { place.write(Member { thing, group: group.map(|(group, _)| group.clone()) }) };
            place
        }
        Err(code) => {
            // SAFETY: the place was just made, and nothing is in it.
            drop(unsafe { Box::from_raw(place.cast::<std::mem::MaybeUninit<Member<T>>>()) });
            or(std::ptr::null_mut(), Err(code))
        }
    }
}

/// Forgets an object; what is queued still runs.
///
/// # Safety
/// If usable, the place is of [`member`], and not used again.
pub(super) unsafe fn close<T: Calls>(place: *mut Member<T>) {
    if usable(place) {
        // SAFETY: the caller's promise.
        let member = unsafe { Box::from_raw(place) };
        if let Some(group) = &member.group {
            group.forget(place.addr());
        }
    }
}

/// Waits for an object's calls. It may close meanwhile.
///
/// # Safety
/// If usable, the place is of [`member`].
pub(super) unsafe fn wait_for<T: Calls>(place: *const Member<T>, cancels: i32) {
    if usable(place) {
        // SAFETY: the caller's promise.
        let waiter = unsafe { &*place }.waiter();
        waiter(cancels != 0);
    }
}

/// [`member`] whose calls get an instance, the context and the object.
///
/// # Safety
/// As for [`member`], and the function is for these arguments.
pub(super) unsafe fn calling<T: Calls + 'static>(
    function: PTP_WORK_CALLBACK,
    context: *mut c_void,
    environ: *const TP_CALLBACK_ENVIRON,
    make: impl FnOnce(Work) -> T,
) -> *mut Member<T> {
    let make = |pool, context: Context, itself: Context| {
        let callback = function.ok_or(INVALID_PARAMETER)?;
        Ok(make(Work::new(pool, move || {
            // SAFETY: the program gave the function for these arguments.
            Instance::run(|instance| unsafe { callback(instance, context.get(), itself.get()) });
        })))
    };
    // SAFETY: the caller's promise.
    unsafe { member(context, environ, make) }
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
) -> *mut Member<Work> {
    // SAFETY: the caller gives a function or null, and an environment or null.
    unsafe { calling(pfnwk, pv, pcbe, |work| work) }
}

/// Queues work.
#[unsafe(export_name = "ws2_SubmitThreadpoolWork")]
pub unsafe extern "system" fn SubmitThreadpoolWork(pwk: *const Member<Work>) {
    if usable(pwk) {
        // SAFETY: the caller gives work that is not closed.
        truth(unsafe { &*pwk }.submit());
    }
}

/// Waits for work, after taking back what has not begun if `fcancelpendingcallbacks`.
#[unsafe(export_name = "ws2_WaitForThreadpoolWorkCallbacks")]
pub unsafe extern "system" fn WaitForThreadpoolWorkCallbacks(pwk: *const Member<Work>, fcancelpendingcallbacks: i32) {
    // SAFETY: the caller gives work that is not closed.
    unsafe { wait_for(pwk, fcancelpendingcallbacks) };
}

/// Forgets work; what is queued still runs.
#[unsafe(export_name = "ws2_CloseThreadpoolWork")]
pub unsafe extern "system" fn CloseThreadpoolWork(pwk: *mut Member<Work>) {
    // SAFETY: the caller gives work that it has from CreateThreadpoolWork, and does not use it again.
    unsafe { close(pwk) };
}

/// Queues a function once.
#[unsafe(export_name = "ws2_TrySubmitThreadpoolCallback")]
pub unsafe extern "system" fn TrySubmitThreadpoolCallback(
    pfns: PTP_SIMPLE_CALLBACK,
    pv: *mut c_void,
    pcbe: *const TP_CALLBACK_ENVIRON,
) -> i32 {
    let Some(callback) = pfns else { return truth(Err(INVALID_PARAMETER)) };
    let context = Context(pv);
    // SAFETY: the caller gives an environment or null.
    let (pool, group) = unsafe { environment(pcbe) };
    let call = move || {
        // SAFETY: the program gave the function for these arguments.
        Instance::run(|instance| unsafe { callback(instance, context.get()) });
    };
    truth(match group {
        Some((group, cancelled)) => group.submit_once(pool, context, cancelled, call),
        None => pool.submit(Box::new(call)),
    })
}
