//! What a call on a thread of a pool asks for while it runs: things that are to be done when it returns.

use std::cell::UnsafeCell;
use std::ffi::c_void;

use winbase::lock::CriticalSection;
use winsock::wait;

use super::locks::LeaveCriticalSection;
use crate::boundary::usable;
use crate::types::HANDLE;

/// One call. It is used by its own thread only.
#[derive(Default)]
pub struct Instance {
    at_end: UnsafeCell<Vec<AtEnd>>,
}

enum AtEnd {
    Sets(HANDLE),
    Releases(HANDLE, i32),
    GivesBack(HANDLE),
    Leaves(*mut CriticalSection),
}

impl Instance {
    /// Calls the program with an instance, and does what it asked for.
    pub(super) fn run(call: impl FnOnce(*mut c_void)) {
        let mut instance = Instance::default();
        call((&raw mut instance).cast());
        for wish in instance.at_end.into_inner() {
            wish.perform();
        }
    }

    /// # Safety
    /// If usable, the pointer is what [`Instance::run`] gave, on the same thread, before the call has returned.
    unsafe fn ask(instance: *const Instance, wish: AtEnd) {
        if usable(instance) {
            // SAFETY: the caller's promise; nothing else looks at it meanwhile.
            unsafe { (*(*instance).at_end.get()).push(wish) };
        }
    }
}

impl AtEnd {
    /// A handle that is none is nobody's to tell of.
    fn perform(self) {
        match self {
            AtEnd::Sets(event) => drop(wait::set_event(event.addr())),
            AtEnd::Releases(semaphore, count) => drop(wait::release_semaphore(semaphore.addr(), count)),
            AtEnd::GivesBack(mutex) => drop(wait::release_mutex(mutex.addr())),
            // SAFETY: the program gave a critical section that it holds.
            AtEnd::Leaves(section) => unsafe { LeaveCriticalSection(section) },
        }
    }
}

/// Sets an event when the call has returned.
#[unsafe(export_name = "ws2_SetEventWhenCallbackReturns")]
pub unsafe extern "system" fn SetEventWhenCallbackReturns(pci: *const Instance, evt: HANDLE) {
    // SAFETY: the caller gives the instance of its call.
    unsafe { Instance::ask(pci, AtEnd::Sets(evt)) };
}

/// Releases a semaphore when the call has returned.
#[unsafe(export_name = "ws2_ReleaseSemaphoreWhenCallbackReturns")]
pub unsafe extern "system" fn ReleaseSemaphoreWhenCallbackReturns(pci: *const Instance, sem: HANDLE, crel: i32) {
    // SAFETY: the caller gives the instance of its call.
    unsafe { Instance::ask(pci, AtEnd::Releases(sem, crel)) };
}

/// Gives a mutex back when the call has returned.
#[unsafe(export_name = "ws2_ReleaseMutexWhenCallbackReturns")]
pub unsafe extern "system" fn ReleaseMutexWhenCallbackReturns(pci: *const Instance, mut_: HANDLE) {
    // SAFETY: the caller gives the instance of its call.
    unsafe { Instance::ask(pci, AtEnd::GivesBack(mut_)) };
}

/// Gives a critical section back when the call has returned.
#[unsafe(export_name = "ws2_LeaveCriticalSectionWhenCallbackReturns")]
pub unsafe extern "system" fn LeaveCriticalSectionWhenCallbackReturns(pci: *const Instance, pcs: *mut CriticalSection) {
    // SAFETY: the caller gives the instance of its call.
    unsafe { Instance::ask(pci, AtEnd::Leaves(pcs)) };
}
