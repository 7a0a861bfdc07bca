//! [`Alert`]: what wakes a thread that waits for a descriptor, not for objects: at a completion port, alertably.

use std::os::fd::AsFd;

use crate::sync::{Arc, Mutex, lock};
use crate::sys;
use crate::sys::event_fd::EventFd;
use crate::sys::poll::{self, Question};

/// A thread's descriptor for alerts; made by the first wait that needs it.
#[derive(Default)]
pub(super) struct Alert {
    counter: Mutex<Option<Arc<EventFd>>>,
}

impl Alert {
    /// Something was queued.
    pub(super) fn signal(&self) {
        if let Some(counter) = &*lock(&self.counter) {
            // Fails only when the counter is full, and then the thread has been told already.
            let _ = counter.signal();
        }
    }

    fn counter(&self) -> sys::Result<Arc<EventFd>> {
        let mut counter = lock(&self.counter);
        match &*counter {
            Some(counter) => Ok(Arc::clone(counter)),
            None => Ok(Arc::clone(counter.insert(Arc::new(EventFd::new()?)))),
        }
    }
}

/// Waits until the descriptor can be read or something is queued for the calling thread, at most `timeout_ms`
/// (negative: for ever).
pub(crate) fn wait_for(fd: impl AsFd, timeout_ms: i32) -> sys::Result<()> {
    let me = super::thread::current();
    let Some(thread) = me.thread() else { return Ok(()) };
    let counter = thread.alert.counter()?;
    // First the counter is empty, then the queue is looked at: what is queued later finds the counter.
    counter.drain();
    if super::thread::is_alerted() {
        return Ok(());
    }
    let mut questions = [Question::new(fd.as_fd(), poll::POLLIN), Question::new(counter.as_fd(), poll::POLLIN)];
    let timeout = u64::try_from(timeout_ms).ok().map(std::time::Duration::from_millis);
    poll::poll(&mut questions, timeout).map(drop)
}
