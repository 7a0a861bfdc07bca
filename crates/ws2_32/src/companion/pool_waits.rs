//! Waits and ends of operations that call the program on threads of a pool.

use std::ffi::c_void;

use winbase::error;
use winbase::io_callbacks::Io;
use winbase::pool_wait::Wait;

use super::pool_instances::Instance;
use super::pool_timers::given_time;
use super::thread_pool::{Calls, Member, TP_CALLBACK_ENVIRON, close, member, wait_for};
use super::truth;
use crate::boundary::usable;
use crate::types::HANDLE;

/// What a wait of a pool calls: an instance, what the program gave, the wait, `WAIT_OBJECT_0` or `WAIT_TIMEOUT`.
pub type PTP_WAIT_CALLBACK = Option<unsafe extern "system" fn(*mut c_void, *mut c_void, *mut c_void, u32)>;
/// What the end of an operation calls: an instance, what the program gave, its OVERLAPPED, its Win32 error, its bytes, the
/// object.
pub type PTP_WIN32_IO_CALLBACK =
    Option<unsafe extern "system" fn(*mut c_void, *mut c_void, *mut c_void, u32, usize, *mut c_void)>;

const WAIT_OBJECT_0: u32 = 0;
const WAIT_TIMEOUT: u32 = 258;

impl Calls for Wait {
    fn waiter(&self) -> Box<dyn FnOnce(bool)> {
        Box::new(Wait::waiter(self))
    }

    fn stop(&self) {
        Wait::stop(self);
    }
}

impl Calls for Io {
    fn waiter(&self) -> Box<dyn FnOnce(bool)> {
        Box::new(Io::waiter(self))
    }
}

/// Makes a wait of a pool.
#[unsafe(export_name = "ws2_CreateThreadpoolWait")]
pub unsafe extern "system" fn CreateThreadpoolWait(
    pfnwa: PTP_WAIT_CALLBACK,
    pv: *mut c_void,
    pcbe: *const TP_CALLBACK_ENVIRON,
) -> *mut Member<Wait> {
    // SAFETY: the caller gives an environment or null.
    unsafe {
        member(pv, pcbe, |pool, context, itself| {
            let callback = pfnwa.ok_or(error::INVALID_PARAMETER)?;
            Ok(Wait::new(pool, move |timed_out| {
                let result = if timed_out { WAIT_TIMEOUT } else { WAIT_OBJECT_0 };
                // SAFETY: the program gave the function for these arguments.
                Instance::run(|instance| callback(instance, context.get(), itself.get(), result));
            }))
        })
    }
}

/// Lets a wait wait for an object, once; without one it waits for nothing.
#[unsafe(export_name = "ws2_SetThreadpoolWait")]
pub unsafe extern "system" fn SetThreadpoolWait(pwa: *const Member<Wait>, h: HANDLE, pfttimeout: *const [u32; 2]) {
    // SAFETY: the caller's promises are the same.
    unsafe { SetThreadpoolWaitEx(pwa, h, pfttimeout, std::ptr::null()) };
}

/// [`SetThreadpoolWait`] that tells whether it waited for something that had not come.
#[unsafe(export_name = "ws2_SetThreadpoolWaitEx")]
pub unsafe extern "system" fn SetThreadpoolWaitEx(
    pwa: *const Member<Wait>,
    h: HANDLE,
    pfttimeout: *const [u32; 2],
    _reserved: *const c_void,
) -> i32 {
    if !usable(pwa) {
        return 0;
    }
    // SAFETY: the caller gives a wait that is not closed, and a time or null.
    let (wait, timeout) = unsafe { (&*pwa, given_time(pfttimeout)) };
    if h.is_null() {
        return wait.stop().into();
    }
    match wait.set(h.addr(), timeout) {
        Ok(was_set) => was_set.into(),
        Err(code) => truth(Err(code)),
    }
}

/// Waits for a wait's calls, after taking back what has not begun if `fcancelpendingcallbacks`.
#[unsafe(export_name = "ws2_WaitForThreadpoolWaitCallbacks")]
pub unsafe extern "system" fn WaitForThreadpoolWaitCallbacks(pwa: *const Member<Wait>, fcancelpendingcallbacks: i32) {
    // SAFETY: the caller gives a wait that is not closed.
    unsafe { wait_for(pwa, fcancelpendingcallbacks) };
}

/// Ends a wait of a pool; what is queued still runs.
#[unsafe(export_name = "ws2_CloseThreadpoolWait")]
pub unsafe extern "system" fn CloseThreadpoolWait(pwa: *mut Member<Wait>) {
    // SAFETY: the caller gives a wait that it has from CreateThreadpoolWait, and does not use it again.
    unsafe { close(pwa) };
}

/// Ties a socket or file to a pool, which calls the program at the end of each operation.
#[unsafe(export_name = "ws2_CreateThreadpoolIo")]
pub unsafe extern "system" fn CreateThreadpoolIo(
    fl: HANDLE,
    pfnio: PTP_WIN32_IO_CALLBACK,
    pv: *mut c_void,
    pcbe: *const TP_CALLBACK_ENVIRON,
) -> *mut Member<Io> {
    let handle = fl.addr();
    // SAFETY: the caller gives an environment or null.
    unsafe {
        member(pv, pcbe, |pool, context, itself| {
            let callback = pfnio.ok_or(error::INVALID_PARAMETER)?;
            Io::new(handle, pool, move |packet| {
                let overlapped = std::ptr::with_exposed_provenance_mut(packet.overlapped);
                let (error, bytes) = (packet.status.win32(), packet.bytes as usize);
                // SAFETY: the program gave the function for these arguments.
                Instance::run(|instance| {
                    callback(instance, context.get(), overlapped, error, bytes, itself.get());
                });
            })
        })
    }
}

/// Announces an operation.
#[unsafe(export_name = "ws2_StartThreadpoolIo")]
pub unsafe extern "system" fn StartThreadpoolIo(pio: *const Member<Io>) {
    if usable(pio) {
        // SAFETY: the caller gives an object that is not closed.
        unsafe { &*pio }.start();
    }
}

/// Takes the announcement of an operation back that failed at once.
#[unsafe(export_name = "ws2_CancelThreadpoolIo")]
pub unsafe extern "system" fn CancelThreadpoolIo(pio: *const Member<Io>) {
    if usable(pio) {
        // SAFETY: the caller gives an object that is not closed.
        unsafe { &*pio }.cancel();
    }
}

/// Waits for the ends of announced operations and for their calls, or takes back what has not begun.
#[unsafe(export_name = "ws2_WaitForThreadpoolIoCallbacks")]
pub unsafe extern "system" fn WaitForThreadpoolIoCallbacks(pio: *const Member<Io>, fcancelpendingcallbacks: i32) {
    // SAFETY: the caller gives an object that is not closed.
    unsafe { wait_for(pio, fcancelpendingcallbacks) };
}

/// Lets go of a socket's or file's tie to a pool; ends that come later call nobody.
#[unsafe(export_name = "ws2_CloseThreadpoolIo")]
pub unsafe extern "system" fn CloseThreadpoolIo(pio: *mut Member<Io>) {
    // SAFETY: the caller gives an object that it has from CreateThreadpoolIo, and does not use it again.
    unsafe { close(pio) };
}
