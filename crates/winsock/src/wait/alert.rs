//! [`Alert`]: what wakes a thread that waits for descriptors, not for objects: at a completion port, alertably, and in
//! blocking calls.

use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::thread::{self, Thread};
use crate::port;
use crate::sync::{Arc, Mutex, lock};
use crate::sys::event_fd::EventFd;
use crate::sys::poll::{self, Question};
use crate::sys::{self, Errno};

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

    /// The counter, empty, and whether something is queued already. What is queued later finds the counter.
    fn listen(thread: &Thread) -> sys::Result<(Arc<EventFd>, bool)> {
        let counter = thread.alert.counter()?;
        counter.drain();
        Ok((counter, thread::is_alerted()))
    }
}

/// Waits until the descriptor can be read or something is queued for the calling thread, at most `timeout_ms`
/// (negative: for ever).
pub(crate) fn wait_for(fd: impl AsFd, timeout_ms: i32) -> sys::Result<()> {
    let me = thread::current();
    let Some(thread) = me.thread() else { return Ok(()) };
    let (counter, is_alerted) = Alert::listen(thread)?;
    if is_alerted {
        return Ok(());
    }
    let mut questions = [Question::new(fd.as_fd(), poll::POLLIN), Question::new(counter.as_fd(), poll::POLLIN)];
    let timeout = u64::try_from(timeout_ms).ok().map(Duration::from_millis);
    poll::poll(&mut questions, timeout).map(drop)
}

/// Something may be queued for a thread of this process, from now on and for ever.
static EXPECTED: AtomicBool = AtomicBool::new(false);

/// Blocking calls that begin from now on look after what is queued for their thread.
pub(crate) fn expect_calls() {
    EXPECTED.store(true, Ordering::Relaxed);
}

/// Whether a blocking call must wait by [`poll_in_call`]: programs that queue nothing keep Linux' own blocking calls,
/// which are one system call.
#[inline]
pub(crate) fn are_calls_expected() -> bool {
    EXPECTED.load(Ordering::Relaxed)
}

/// What [`poll_in_call`] ran has left the thread: the call ends with `WSAEINTR`.
pub(crate) const LEFT: Errno = Errno(libc::ECANCELED);

/// [`poll::poll`] for a blocking call: until the time is over, what is queued for the calling thread runs, and the wait
/// goes on; [`LEFT`] if that leaves the thread.
///
/// Docs: "WSARecv function", Remarks: "Winsock performs an alertable wait in this situation". What is ready at once needs
/// no wait and runs nothing.
pub(crate) fn poll_in_call(questions: &mut Vec<Question>, timeout: Option<Duration>) -> sys::Result<usize> {
    if timeout != Some(Duration::ZERO) {
        port::before_blocking();
    }
    let me = thread::current();
    let Some(thread) = me.thread().filter(|_| are_calls_expected()) else { return poll::poll(questions, timeout) };
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    loop {
        // Without a descriptor to spare the wait is not alertable.
        let Ok((counter, is_alerted)) = Alert::listen(thread) else { return poll::poll(questions, timeout) };
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        questions.push(Question::new(counter.as_fd(), poll::POLLIN));
        let polled = poll::poll(questions, if is_alerted { Some(Duration::ZERO) } else { left });
        let is_woken = questions.pop().is_some_and(|own| own.answer() != 0);
        let ready = polled? - usize::from(is_woken);
        let is_over = left.is_some_and(|left| left.is_zero());
        let mut has_run = false;
        if ready == 0 && !sys::thread::returns_from(&mut || has_run = thread::run_calls()) {
            return Err(LEFT);
        }
        if ready > 0 || !has_run && !is_woken || is_over {
            return Ok(ready);
        }
    }
}

/// [`poll_in_call`] for one question; true if it has an answer within the time.
pub(crate) fn ask_in_call(question: Question, timeout: Option<Duration>) -> sys::Result<bool> {
    poll_in_call(&mut vec![question], timeout).map(|count| count > 0)
}
