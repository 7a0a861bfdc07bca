//! [`Looking`]: the work of an endpoint that is a list of sockets.

use std::os::fd::BorrowedFd;

use super::{Attempt, Failure, Item, Judge, Submission, Target, Work};
use crate::sys::uring::Request;

/// Work without an end: whenever the list tells of a change it looks, by this function, and is never done.
pub(crate) struct Looking<L>(pub(crate) L);

impl<L: Fn() + Send + 'static> Submission for Looking<L> {
    type Now = ();

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt {
        Work::attempt(self, fd, judge)
    }

    fn now(self) {}

    fn later(self) -> Item {
        Item::Boxed(Box::new(self))
    }
}

impl<L: Fn() + Send> Work for Looking<L> {
    fn attempt(&mut self, _: BorrowedFd<'_>, _: &dyn Judge) -> Attempt {
        (self.0)();
        Attempt::Blocked
    }

    fn readiness(&self) -> Request {
        Request::readable()
    }

    fn is_meant(&self, target: Target) -> bool {
        // No thread has issued it, and no record stands for it: it ends with its endpoint.
        target == Target::Everything
    }

    fn finish(self: Box<Self>, _: Option<Failure>, _: &dyn Judge) {}
}
