//! Groups of a pool's objects that end together.

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use winbase::Code;
use winbase::thread_pool::{Pool, Work};

use super::thread_pool::{Calls, Context, Member};
use crate::boundary::usable;

/// What a group calls for each object that it ends with its calls taken back: the object's context, the group's.
pub type Cancelled = Option<unsafe extern "system" fn(*mut c_void, *mut c_void)>;

/// A group; its copies are the same.
#[derive(Clone, Default)]
pub struct Group(Arc<Mutex<Members>>);

#[derive(Default)]
struct Members {
    /// By place, or for what runs once by an odd number, which no place has.
    all: BTreeMap<usize, End>,
    last_once: usize,
}

struct End {
    context: Context,
    cancelled: Cancelled,
    /// What waits for its calls, and what lets go of it.
    waiter: Box<dyn FnOnce() -> Box<dyn FnOnce(bool)> + Send>,
    release: Box<dyn FnOnce() + Send>,
}

impl Group {
    fn members(&self) -> MutexGuard<'_, Members> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An object that will be at this place.
    pub(super) fn add<T: Calls + 'static>(&self, place: *mut Member<T>, context: Context, cancelled: Cancelled) {
        let itself = Context(place.cast());
        let waiter = move || {
            // SAFETY: what closes the object takes it out of the group before.
            let member = unsafe { &*itself.get().cast::<Member<T>>() };
            member.stop();
            member.waiter()
        };
        // SAFETY: as above; nobody uses it again.
        let release = move || drop(unsafe { Box::from_raw(itself.get().cast::<Member<T>>()) });
        let end = End { context, cancelled, waiter: Box::new(waiter), release: Box::new(release) };
        self.members().all.insert(place.addr(), end);
    }

    pub(super) fn forget(&self, place: usize) {
        self.members().all.remove(&place);
    }

    /// Queues what runs once, and is of the group as long as it has not run.
    pub(super) fn submit_once(
        &self,
        pool: Pool,
        context: Context,
        cancelled: Cancelled,
        call: impl Fn() + Send + Sync + 'static,
    ) -> Result<(), Code> {
        let number = {
            let mut members = self.members();
            members.last_once += 1;
            members.last_once * 2 + 1
        };
        let group = Arc::downgrade(&self.0);
        let work = Work::new(pool, move || {
            call();
            if let Some(group) = group.upgrade() {
                Group(group).forget(number);
            }
        });
        let waited = work.clone();
        let end = End { context, cancelled, waiter: Box::new(move || waited.waiter()), release: Box::new(|| ()) };
        self.members().all.insert(number, end);
        work.submit().inspect_err(|_| self.forget(number))
    }
}

/// Makes a group.
#[unsafe(export_name = "ws2_CreateThreadpoolCleanupGroup")]
pub extern "system" fn CreateThreadpoolCleanupGroup() -> *mut Group {
    Box::into_raw(Box::default())
}

/// Ends the objects of a group: waits for their calls, after taking back what has not begun if `fcancelpendingcallbacks`.
#[unsafe(export_name = "ws2_CloseThreadpoolCleanupGroupMembers")]
pub unsafe extern "system" fn CloseThreadpoolCleanupGroupMembers(
    ptpcg: *const Group,
    fcancelpendingcallbacks: i32,
    pvcleanupcontext: *mut c_void,
) {
    if !usable(ptpcg) {
        return;
    }
    // SAFETY: the caller gives a group that is not closed.
    let ends = std::mem::take(&mut unsafe { &*ptpcg }.members().all);
    let cancels = fcancelpendingcallbacks != 0;
    for end in ends.into_values() {
        (end.waiter)()(cancels);
        if let Some(cancelled) = end.cancelled.filter(|_| cancels) {
            // SAFETY: the program gave the function for these arguments.
            unsafe { cancelled(end.context.get(), pvcleanupcontext) };
        }
        (end.release)();
    }
}

/// Closes a group.
#[unsafe(export_name = "ws2_CloseThreadpoolCleanupGroup")]
pub unsafe extern "system" fn CloseThreadpoolCleanupGroup(ptpcg: *mut Group) {
    if usable(ptpcg) {
        // SAFETY: the caller gives a group that it has from CreateThreadpoolCleanupGroup, and does not use it again.
        drop(unsafe { Box::from_raw(ptpcg) });
    }
}
