//! [`Lane`]: the ordered queue of one direction of an endpoint.

use std::os::fd::{AsFd, BorrowedFd};

use super::judge::OwnJudge;
use super::{Attempt, Failure, Item, Queue, Target};
use crate::sys::descriptor::SharedFd;

/// One direction: its descriptor, what waits, and what is known of readiness.
pub(crate) struct Lane {
    /// `None` once the endpoint is closed: nothing can reach the descriptor's number any more, which may be another
    /// socket's by then.
    pub(crate) fd: Option<SharedFd>,
    pub(crate) queue: Queue,
    /// The head is with the kernel, which may write to its memory (io_uring). It stays the head until it is answered.
    pub(crate) in_kernel: bool,
    /// The head was asked back from the kernel.
    pub(crate) is_called_back: bool,
    /// The kernel was or shall be asked for readiness only, and the head is tried then (io_uring).
    pub(crate) is_polled: bool,
    /// A try may succeed. False only when a change of the descriptor is certain to be told.
    pub(crate) is_ready: bool,
    /// Changes of this direction are told (epoll).
    pub(crate) is_armed: bool,
    /// The stream holds more than data (its end, an error, an urgent mark), so a short receive proves nothing.
    pub(crate) is_special: bool,
    /// How many tries in a row were in vain although [`Lane::is_ready`] held.
    pub(crate) vain_tries: u8,
    /// How many changes in a row have let one work end, the next not being tried.
    single_ends: u8,
}

/// After so many tries in vain none is made any more: what can be received is told level-triggered.
const VAIN_TRIES: u8 = 4;

/// After so many single ends the next work is tried too: where much comes at once, a wait for each is the dearer way.
const SINGLE_ENDS: u8 = 64;

impl Lane {
    pub(crate) fn new(fd: SharedFd) -> Lane {
        Lane {
            fd: Some(fd),
            queue: Queue::default(),
            in_kernel: false,
            is_called_back: false,
            is_polled: false,
            is_ready: true,
            is_armed: false,
            is_special: false,
            vain_tries: 0,
            single_ends: 0,
        }
    }

    /// Nothing waits and nothing is with the kernel.
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.is_empty()
    }

    /// Something waits and nothing is with the kernel.
    pub(crate) fn is_idle_but_waiting(&self) -> bool {
        !self.queue.is_empty() && !self.in_kernel
    }

    /// The descriptor, if a try would be at the head of the queue and may succeed.
    #[inline]
    pub(crate) fn ready_fd(&self) -> Option<BorrowedFd<'_>> {
        let is_worth_it = self.is_idle() && self.is_ready;
        self.fd.as_ref().filter(|_| is_worth_it).map(AsFd::as_fd)
    }

    /// Whether a receive that comes now has nothing to do but wait: others wait, or the last one has emptied the stream and
    /// a change will be told.
    #[inline]
    pub(crate) fn only_waits(&self, is_level: bool) -> bool {
        let has_change_told = self.is_armed && (is_level || !self.is_ready);
        self.fd.is_some() && (has_change_told || !self.is_idle())
    }

    /// Tries until the work ends or would block; notes what that says of readiness.
    #[inline]
    pub(crate) fn try_out(&mut self, attempt: impl FnMut(BorrowedFd<'_>) -> Attempt) -> bool {
        let Some(fd) = &self.fd else { return false };
        try_until_settled(fd, &mut self.is_ready, self.is_special, attempt)
    }

    /// The descriptor has changed: finishes what can be finished, in order.
    pub(crate) fn run(&mut self, judge: &OwnJudge) {
        self.is_ready = true;
        let mut ends = 0;
        while self.is_ready {
            match self.run_head(judge) {
                None => return,
                Some(true) => ends += 1,
                Some(false) if ends == 1 => self.vain_tries = self.vain_tries.saturating_add(1),
                Some(false) => self.vain_tries = 0,
            }
        }
    }

    /// [`Lane::run`] for one of which is told again what it leaves: finishes the head, and seldom tries more. True if that
    /// was not in vain.
    pub(crate) fn run_singly(&mut self, judge: &OwnJudge) -> bool {
        self.is_ready = true;
        if self.run_head(judge) != Some(true) {
            return false;
        }
        self.single_ends += 1;
        if self.single_ends < SINGLE_ENDS {
            return false;
        }
        self.single_ends = 0;
        let mut found = false;
        while self.is_ready && self.run_head(judge) == Some(true) {
            found = true;
        }
        found
    }

    /// Tries the head; whether it ended, `None` if nothing waits.
    ///
    /// What the kernel has is not touched: a change may be told late, by the driver that had the endpoint before.
    #[inline]
    fn run_head(&mut self, judge: &OwnJudge) -> Option<bool> {
        if self.in_kernel {
            return None;
        }
        let (fd, head) = (self.fd.as_ref()?, self.queue.front_mut()?);
        let Item::Plain(waiting) = head else { return self.run_boxed_head(judge) };
        let has_ended = try_until_settled(fd, &mut self.is_ready, self.is_special, |fd| waiting.attempt(fd, judge));
        if has_ended {
            let waiting = *waiting;
            self.queue.pop_front();
            waiting.finish(None, judge);
        }
        Some(has_ended)
    }

    #[inline(never)]
    fn run_boxed_head(&mut self, judge: &OwnJudge) -> Option<bool> {
        let (fd, head) = (self.fd.as_ref()?, self.queue.front_mut()?);
        let has_ended = try_until_settled(fd, &mut self.is_ready, self.is_special, |fd| head.attempt(fd, judge));
        if has_ended && let Some(head) = self.queue.pop_front() {
            head.finish(None, judge);
        }
        Some(has_ended)
    }

    /// Whether tries were in vain so often that none should be made.
    pub(crate) fn has_tried_too_much(&self) -> bool {
        self.vain_tries >= VAIN_TRIES
    }

    /// The same; begins to count anew if so.
    pub(crate) fn tries_too_much(&mut self) -> bool {
        let is_so = self.has_tried_too_much();
        if is_so {
            self.vain_tries = 0;
        }
        is_so
    }

    /// Ends parked work that is meant, not what is with the kernel; returns how many there were.
    pub(crate) fn cancel(&mut self, target: Target, judge: &OwnJudge) -> usize {
        let with_kernel = usize::from(self.in_kernel);
        if !self.queue.iter().skip(with_kernel).any(|work| work.is_meant(target)) {
            return 0;
        }
        let meant = self.queue.take_if(with_kernel, |work| work.is_meant(target));
        let count = meant.len();
        for work in meant {
            work.finish(Some(Failure::Cancelled), judge);
        }
        count
    }
}

#[inline]
fn try_until_settled(
    fd: &SharedFd,
    is_ready: &mut bool,
    is_special: bool,
    mut attempt: impl FnMut(BorrowedFd<'_>) -> Attempt,
) -> bool {
    loop {
        match attempt(fd.as_fd()) {
            Attempt::Finished { drained } => {
                *is_ready = !drained || is_special;
                return true;
            }
            Attempt::Blocked => {
                *is_ready = false;
                return false;
            }
            Attempt::Again => {}
        }
    }
}

#[cfg(not(feature = "model"))]
const _: () = assert!(size_of::<crate::sync::quick::Mutex<Lane>>() <= 88);
