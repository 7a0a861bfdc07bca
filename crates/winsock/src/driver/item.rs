//! [`Item`]: work as lanes keep it.

use std::os::fd::BorrowedFd;

use super::judge::OwnJudge;
use super::{Attempt, Failure, Target, Work};
use crate::overlapped::plain::Waiting;
use crate::sys;
use crate::sys::uring::Request;

/// Work that waits. The receive with which nearly every idle connection waits is kept in place, as is a send that waits for
/// its thread's next wait: no memory of its own, and the engine calls it directly. This is the one place where the engine knows what it drives.
pub(crate) enum Item {
    Plain(Waiting),
    Boxed(Box<dyn Work>),
}

impl Item {
    pub(super) fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &OwnJudge) -> Attempt {
        match self {
            Item::Plain(waiting) => waiting.attempt(fd, judge),
            Item::Boxed(work) => work.attempt(fd, judge),
        }
    }

    pub(super) fn readiness(&self) -> Request {
        match self {
            Item::Plain(waiting) => waiting.readiness(),
            Item::Boxed(work) => work.readiness(),
        }
    }

    pub(super) fn is_handed_over(&self) -> bool {
        match self {
            Item::Plain(_) => true,
            Item::Boxed(work) => work.is_handed_over(),
        }
    }

    pub(super) fn request(&mut self, judge: &OwnJudge) -> Request {
        match self {
            Item::Plain(waiting) => waiting.request(),
            Item::Boxed(work) => work.request(judge),
        }
    }

    pub(super) fn answer(&mut self, result: sys::Result<usize>, judge: &OwnJudge) -> Attempt {
        match self {
            Item::Plain(waiting) => waiting.settle(result, judge),
            Item::Boxed(work) => work.answer(result, judge),
        }
    }

    pub(super) fn is_meant(&self, target: Target) -> bool {
        match self {
            Item::Plain(waiting) => waiting.is_meant(target),
            Item::Boxed(work) => work.is_meant(target),
        }
    }

    pub(super) fn finish(self, failure: Option<Failure>, judge: &OwnJudge) {
        match self {
            Item::Plain(waiting) => waiting.finish(failure, judge),
            Item::Boxed(work) => work.finish(failure, judge),
        }
    }
}
