//! Other processes as objects: signalled once the process has ended, and for ever after.

use std::sync::OnceLock;

use winsock_codes::Code;

use super::dispatcher;
use super::object::{Kind, Waitable};
use crate::handle::codes::{INVALID_HANDLE, NO_SYSTEM_RESOURCES};
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::sync::Arc;
use crate::sync::atomic::{AtomicU32, Ordering};

/// `STILL_ACTIVE`: the exit code of a process that has not ended.
const STILL_ACTIVE: u32 = 259;

/// What is particular to a process among the objects.
pub(crate) struct Process {
    id: u32,
    exit_code: AtomicU32,
    times: OnceLock<ProcessTimes>,
}

/// When a process that has ended began and ended, as `FILETIME`s, and how long it worked, in the same units of 100 ns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProcessTimes {
    /// Its beginning.
    pub created: u64,
    /// Its end; 0 while it runs.
    pub exited: u64,
    /// In the kernel.
    pub kernel: u64,
    /// Outside of it.
    pub user: u64,
}

/// Who sees a process end says so here.
pub struct ProcessEnd(Arc<Waitable>);

impl ProcessEnd {
    /// Whether anybody still has a handle of it or waits for it.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// What it has used up; said before its end is told.
    pub fn tell_times(&self, times: ProcessTimes) {
        if let Kind::Process(process) = &self.0.kind {
            let _ = process.times.set(times);
        }
    }

    /// The process has ended with this code: waits for it end.
    pub fn tell(self, exit_code: u32) {
        if let Kind::Process(process) = &self.0.kind {
            // A code that `TerminateProcess` has set stays.
            let _ = process.exit_code.compare_exchange(STILL_ACTIVE, exit_code, Ordering::AcqRel, Ordering::Acquire);
        }
        dispatcher::set(&self.0);
    }
}

/// Two handles of a process with Linux' number `id`: what `CreateProcess` gives for it and for its first thread. Both are
/// signalled when the process ends.
///
/// # Errors
/// `ERROR_NO_SYSTEM_RESOURCES` if there are too many handles.
///
/// ```
/// use std::time::Duration;
/// use winsock::wait::{self, Waited};
///
/// let (process, thread, end) = wait::add_process(4711)?;
/// assert_eq!(wait::process_exit_code(process)?, 259);
/// end.tell(3);
/// assert_eq!(wait::wait_for_object(thread, Some(Duration::ZERO), false)?, Waited::Object(0));
/// assert_eq!((wait::process_id(process)?, wait::process_exit_code(process)?), (4711, 3));
/// # Ok::<(), winsock::Code>(())
/// ```
#[doc(alias = "CreateProcess")]
pub fn add_process(id: u32) -> Result<(Handle, Handle, ProcessEnd), Code> {
    let process = Process { id, exit_code: AtomicU32::new(STILL_ACTIVE), times: OnceLock::new() };
    let object = Waitable::new(Kind::Process(Box::new(process)), 0);
    let insert = || OBJECTS.insert(Object::Waitable(Arc::clone(&object))).ok_or(NO_SYSTEM_RESOURCES);
    let first = insert()?;
    let second = insert().inspect_err(|_| drop(OBJECTS.remove(first)))?;
    Ok((first, second, ProcessEnd(object)))
}

/// Linux' number of a process.
///
/// # Errors
/// `ERROR_INVALID_HANDLE` if the handle is no process.
#[doc(alias = "GetProcessId")]
pub fn process_id(process: Handle) -> Result<u32, Code> {
    with(process, |_, process| process.id)
}

/// What a process ended with; 259 (`STILL_ACTIVE`) while it runs.
///
/// # Errors
/// `ERROR_INVALID_HANDLE` if the handle is no process.
#[doc(alias = "GetExitCodeProcess")]
pub fn process_exit_code(process: Handle) -> Result<u32, Code> {
    with(process, |object, process| match object.value() {
        0 => STILL_ACTIVE,
        _ => process.exit_code.load(Ordering::Acquire),
    })
}

/// The code that a process will be said to have ended with, whatever Linux says of its end.
///
/// # Errors
/// `ERROR_INVALID_HANDLE` if the handle is no process.
#[doc(alias = "TerminateProcess")]
pub fn set_process_exit_code(process: Handle, code: u32) -> Result<(), Code> {
    with(process, |_, process| process.exit_code.store(code, Ordering::Release))
}

/// The times of a process whose end was seen, or `None`.
///
/// # Errors
/// `ERROR_INVALID_HANDLE` if the handle is no process.
#[doc(alias = "GetProcessTimes")]
pub fn process_times(process: Handle) -> Result<Option<ProcessTimes>, Code> {
    with(process, |_, process| process.times.get().copied())
}

fn with<T>(handle: Handle, f: impl FnOnce(&Waitable, &Process) -> T) -> Result<T, Code> {
    let found = OBJECTS.with(handle, |object| match object {
        Object::Waitable(object) => match &object.kind {
            Kind::Process(process) => Some(f(object, process)),
            _ => None,
        },
        _ => None,
    });
    found.flatten().ok_or(INVALID_HANDLE)
}
