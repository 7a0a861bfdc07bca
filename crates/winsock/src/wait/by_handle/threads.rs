//! Threads by HANDLE value.

use std::ops::Range;

use winsock_codes::Code;

use super::super::alert::expect_calls;
use super::super::object::Waitable;
use super::super::{exit, thread};
use super::{GEN_FAILURE, NOT_ENOUGH_MEMORY, get};
use crate::handle::codes::{INVALID_HANDLE, INVALID_PARAMETER, NO_SYSTEM_RESOURCES};
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::memory;
use crate::sync::Arc;
use crate::sys;
pub use crate::sys::thread::{Routine, leave_after_call, leave_thread};
pub use crate::wait::thread::{Call, Words};

/// Begins a thread. Suspended, it begins with [`resume_thread`]. A stack of 0 bytes means the system's default. The
/// handle of one that `closes_itself` closes when the thread ends.
///
/// # Errors
/// [`NOT_ENOUGH_MEMORY`] if Linux has no memory for the stack or allows no further thread; [`NO_SYSTEM_RESOURCES`] if there
/// are too many handles.
#[doc(alias = "CreateThread")]
#[doc(alias = "_beginthreadex")]
pub fn create_thread(
    routine: Routine,
    argument: usize,
    stack_bytes: usize,
    is_suspended: bool,
    closes_itself: bool,
) -> Result<Handle, Code> {
    let object = thread::prepare(is_suspended);
    let handle = OBJECTS.insert(Object::Waitable(Arc::clone(&object))).ok_or(NO_SYSTEM_RESOURCES)?;
    if let Some(thread) = object.thread().filter(|_| closes_itself) {
        thread.close_at_end(handle);
    }
    let own = Arc::clone(&object);
    let start = sys::thread::Start {
        begin: Box::new(move || thread::begin(own)),
        routine,
        argument,
        returned: thread::set_exit_code,
    };
    if sys::thread::begin(start, stack_bytes).is_err() {
        OBJECTS.remove(handle);
        return Err(NOT_ENOUGH_MEMORY);
    }
    Ok(handle)
}

/// What the calling thread will end with.
#[doc(alias = "ExitThread")]
pub fn set_exit_code(code: u32) {
    thread::set_exit_code(code);
}

/// Tells the end of the calling thread although it still runs: for one that [`leave_thread`] cannot end.
#[doc(alias = "ExitThread")]
pub fn end_thread() {
    exit::end(&thread::current());
}

/// What a thread ended with; 259 (`STILL_ACTIVE`) while it runs.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "GetExitCodeThread")]
pub fn thread_exit_code(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |object, thread| if object.value() == 0 { STILL_ACTIVE } else { thread.exit_code() })
}

/// Linux' number of a thread; waits for one that has just been made to say it.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "GetThreadId")]
pub fn thread_id(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.id())
}

/// Linux' number of the calling thread, by which [`open_thread`] then finds it.
#[doc(alias = "GetCurrentThreadId")]
#[must_use]
pub fn current_thread_id() -> u32 {
    thread::known_id()
}

/// The addresses of the calling thread's stack, where Linux tells them.
///
/// ```
/// let here = 0;
/// assert!(winsock::wait::current_thread_stack().unwrap().contains(&(&raw const here).addr()));
/// ```
#[doc(alias = "GetCurrentThreadStackLimits")]
#[must_use]
pub fn current_thread_stack() -> Option<Range<usize>> {
    sys::thread::own_stack()
}

/// A handle of a thread by Linux' number: of one that [`create_thread`] has begun, or that has asked for its number. One
/// that has ended is found as long as it has a handle.
///
/// # Errors
/// [`INVALID_PARAMETER`] if there is none; [`NO_SYSTEM_RESOURCES`] if there are too many handles.
///
/// ```
/// use winsock::wait;
///
/// let thread = wait::open_thread(wait::current_thread_id())?;
/// assert_eq!(wait::thread_id(thread), Ok(wait::current_thread_id()));
/// wait::close(thread)?;
/// # Ok::<(), winsock::Code>(())
/// ```
#[doc(alias = "OpenThread")]
pub fn open_thread(id: u32) -> Result<Handle, Code> {
    let object = thread::by_id(id).ok_or(INVALID_PARAMETER)?;
    OBJECTS.insert(Object::Waitable(object)).ok_or(NO_SYSTEM_RESOURCES)
}

/// The processor that a thread would best run on, as last set; 0 before that. Linux is not told: it is a wish.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "SetThreadIdealProcessor")]
pub fn ideal_processor(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.ideal_processor())
}

/// Sets the wish that [`ideal_processor`] tells, and tells the one before.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "SetThreadIdealProcessor")]
pub fn set_ideal_processor(thread: Handle, processor: u32) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.set_ideal_processor(processor))
}

/// What the program calls a thread; nothing to begin with.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "GetThreadDescription")]
pub fn thread_description(thread: Handle) -> Result<String, Code> {
    with_thread(thread, |_, thread| thread.description())
}

/// Sets what [`thread_description`] tells, and Linux' name of the thread.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "SetThreadDescription")]
pub fn set_thread_description(thread: Handle, description: String) -> Result<(), Code> {
    with_thread(thread, |_, thread| thread.set_description(description))
}

/// Lets a thread begin that was made suspended; says how often it was suspended until now, 1 or 0.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "ResumeThread")]
pub fn resume_thread(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.resume().into())
}

/// Queues something for a thread to run in its next alertable wait, or in a blocking call that must wait. One that waits
/// in such a call since before the first call of this function in the process runs it after that.
///
/// # Errors
/// [`GEN_FAILURE`] if the thread has ended; [`INVALID_HANDLE`]; [`NO_SYSTEM_RESOURCES`] if there is no memory for it.
#[doc(alias = "QueueUserAPC")]
pub fn queue_call(thread: Handle, call: Call) -> Result<(), Code> {
    let object = get(thread, |object| object.thread().is_some())?;
    if memory::is_short() {
        return Err(NO_SYSTEM_RESOURCES);
    }
    expect_calls();
    if thread::queue_call(&object, call) { Ok(()) } else { Err(GEN_FAILURE) }
}

const STILL_ACTIVE: u32 = 259;

fn with_thread<T>(handle: Handle, f: impl FnOnce(&Waitable, &thread::Thread) -> T) -> Result<T, Code> {
    let object = get(handle, |_| true)?;
    object.thread().map(|thread| f(&object, thread)).ok_or(INVALID_HANDLE)
}
