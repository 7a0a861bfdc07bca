//! [`Lane`]: the ordered queue of one direction of an endpoint.

use std::os::fd::{AsFd, BorrowedFd};

use super::judge::OwnJudge;
use super::{Attempt, Failure, Queue, Target};
use crate::sys::descriptor::SharedFd;

/// One direction: its descriptor, what waits, and what is known of readiness.
pub(crate) struct Lane {
    /// `None` once the endpoint is closed: nothing can reach the descriptor's number any more, which may be another
    /// socket's by then.
    pub(crate) fd: Option<SharedFd>,
    pub(crate) queue: Queue,
    /// The head is with the kernel, under this token (io_uring).
    pub(crate) in_kernel: Option<u32>,
    /// A try may succeed. False only when a change of the descriptor is certain to be told.
    pub(crate) is_ready: bool,
    /// Changes of this direction are told (epoll).
    pub(crate) is_armed: bool,
    /// The stream holds more than data (its end, an error, an urgent mark), so a short receive proves nothing.
    pub(crate) is_special: bool,
    /// How many tries in a row were in vain although [`Lane::is_ready`] held.
    pub(crate) vain_tries: u8,
}

impl Lane {
    pub(crate) fn new(fd: SharedFd) -> Lane {
        Lane {
            fd: Some(fd),
            queue: Queue::default(),
            in_kernel: None,
            is_ready: true,
            is_armed: false,
            is_special: false,
            vain_tries: 0,
        }
    }

    /// Nothing waits and nothing is with the kernel.
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.in_kernel.is_none()
    }

    /// Something waits and nothing is with the kernel.
    pub(crate) fn is_idle_but_waiting(&self) -> bool {
        !self.queue.is_empty() && self.in_kernel.is_none()
    }

    /// The descriptor, if a try would be at the head of the queue and may succeed.
    #[inline]
    pub(crate) fn ready_fd(&self) -> Option<BorrowedFd<'_>> {
        let is_worth_it = self.is_idle() && self.is_ready;
        self.fd.as_ref().filter(|_| is_worth_it).map(AsFd::as_fd)
    }

    /// Tries until the work ends or would block; notes what that says of readiness.
    #[inline]
    pub(crate) fn try_out(&mut self, mut attempt: impl FnMut(BorrowedFd<'_>) -> Attempt) -> bool {
        let Some(fd) = &self.fd else { return false };
        loop {
            match attempt(fd.as_fd()) {
                Attempt::Finished { drained } => {
                    self.is_ready = !drained || self.is_special;
                    return true;
                }
                Attempt::Blocked => {
                    self.is_ready = false;
                    return false;
                }
                Attempt::Again => {}
            }
        }
    }

    /// The descriptor has changed: finishes what can be finished, in order.
    pub(crate) fn run(&mut self, judge: &OwnJudge) {
        self.is_ready = true;
        while self.is_ready {
            let Some(mut head) = self.queue.pop_front() else { return };
            if self.try_out(|fd| head.attempt(fd, judge)) {
                head.finish(None, judge);
            } else {
                self.queue.push_front(head);
            }
        }
    }

    /// Ends parked work that is meant; returns how many there were.
    pub(crate) fn cancel(&mut self, target: Target, judge: &OwnJudge) -> usize {
        if !self.queue.iter().any(|work| work.is_meant(target)) {
            return 0;
        }
        let meant = self.queue.take_if(|work| work.is_meant(target));
        let count = meant.len();
        for work in meant {
            work.finish(Some(Failure::Cancelled), judge);
        }
        count
    }
}

#[cfg(not(feature = "model"))]
const _: () = assert!(size_of::<crate::sync::Mutex<Lane>>() <= 96);
