//! `ppoll`: which descriptors are ready now, or within a time.

use std::os::fd::{AsRawFd, BorrowedFd};
use std::time::{Duration, Instant};

use super::{Errno, Result, call};

pub(crate) use libc::{POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP};

/// One descriptor's question and answer, in the kernel's layout.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Question(libc::pollfd);

impl Question {
    pub(crate) fn new(fd: BorrowedFd<'_>, events: i16) -> Question {
        Question(libc::pollfd { fd: fd.as_raw_fd(), events, revents: 0 })
    }

    /// A place that the kernel skips.
    pub(crate) fn none() -> Question {
        Question(libc::pollfd { fd: -1, events: 0, revents: 0 })
    }

    pub(crate) fn answer(&self) -> i16 {
        self.0.revents
    }
}

/// Waits until one question has an answer or the time is over; `None` waits for ever. Signals do not end the wait.
///
/// Returns how many have an answer. The descriptors must stay open; the callers hold their sockets.
pub(crate) fn poll(questions: &mut [Question], timeout: Option<Duration>) -> Result<usize> {
    // A time too far to be a point in time is no limit at all.
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut remaining = deadline.and(timeout);
    loop {
        match ppoll(questions, remaining) {
            Err(Errno::EINTR) => {
                remaining = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            }
            result => return result,
        }
    }
}

/// What of `events` holds at this moment.
pub(crate) fn now(fd: BorrowedFd<'_>, events: i16) -> i16 {
    let mut question = [Question::new(fd, events)];
    match ppoll(&mut question, Some(Duration::ZERO)) {
        Ok(_) => question[0].answer(),
        Err(_) => 0,
    }
}

fn ppoll(questions: &mut [Question], timeout: Option<Duration>) -> Result<usize> {
    let mut time = timeout.map(|timeout| libc::timespec {
        tv_sec: timeout.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: timeout.subsec_nanos().into(),
    });
    let time = time.as_mut().map_or(std::ptr::null_mut(), |time| &raw mut *time);
    // SAFETY: `Question` has the layout of `pollfd`; the pointer and count are those of a live slice, and the time is
    // null or a live value. The kernel's signal set is null, so its size is not read.
    unsafe { call!(ppoll, questions.as_mut_ptr(), questions.len(), time, 0, 0) }
}
