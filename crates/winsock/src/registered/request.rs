//! [`Request`]: an operation whose end is told by a completion queue.

use std::os::fd::BorrowedFd;
use std::sync::Arc;

use winsock_codes::Code;

use super::completion_queue::Ended;
use super::request_queue::Charge;
use crate::driver::{Attempt, Direction, Failure, Item, Judge, Submission, Submitted, Target, Work};
use crate::event;
use crate::memory;
use crate::overlapped::Status;
use crate::overlapped::action::{Action, Step};
use crate::socket::Socket;
use crate::sync::quick::lock;
use crate::sys;
use crate::sys::uring::Request as Asked;

/// A request under way. What an OVERLAPPED is to other operations, its place in the completion queue is to this one. No
/// thread ends it, and no `CancelIo`: its socket does, and `CancelIoEx` of everything.
pub(super) struct Request<A> {
    charge: Charge,
    context: u64,
    notifies: bool,
    /// How it ended; pending until then.
    end: Status,
    bytes: u32,
    action: A,
}

impl<A: Action + 'static> Request<A> {
    pub(super) fn new(charge: Charge, context: u64, notifies: bool, action: A) -> Request<A> {
        Request { charge, context, notifies, end: Status::PENDING, bytes: 0, action }
    }

    /// Begins it. With an error nothing is told later.
    pub(super) fn begin(self, socket: &Arc<Socket>) -> Result<(), Code> {
        memory::require()?;
        let endpoint = &Socket::overlap(socket).endpoint;
        let (direction, call) = (self.action.direction(), self.action.call());
        endpoint.note_begun(self.charge.queue().address());
        let mut lane = lock(endpoint.lane(direction));
        if direction == Direction::Send
            && self.action.is_handed_over()
            && lane.ready_fd().is_some()
            && let Some(port) = self.charge.queue().port().filter(|port| port.gathers_sends_here())
            && endpoint.judge().tie().is_none()
        {
            let port = Arc::clone(port);
            let is_handed = endpoint.send_in_time(&mut lane, port.driver(), Item::Boxed(Box::new(self)));
            return if is_handed { Ok(()) } else { Err(Code::WSAENOBUFS) };
        }
        match endpoint.submit_in(&mut lane, direction, self) {
            Submitted::Now(()) | Submitted::Later => Ok(()),
            Submitted::Not(failure) => Err(failure.code(call)),
        }
    }

    fn settle(&mut self, step: Step) -> Attempt {
        match step {
            Step::Ended { status, bytes, drained } => {
                (self.end, self.bytes) = (status, bytes as u32);
                Attempt::Finished { drained }
            }
            Step::Blocked => Attempt::Blocked,
            Step::Again => Attempt::Again,
        }
    }

    fn tell(self) {
        let Request { charge, context, notifies, end, bytes, .. } = self;
        charge.tell(|charge| Ended { charge, context, code: end.code(), bytes, notifies });
    }
}

impl<A: Action + 'static> Submission for Request<A> {
    type Now = ();

    #[inline]
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt {
        let step = self.action.attempt(fd, judge);
        self.settle(step)
    }

    fn now(self) {
        self.tell();
    }

    fn later(self) -> Item {
        Item::Boxed(Box::new(self))
    }
}

impl<A: Action + 'static> Work for Request<A> {
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt {
        Submission::attempt(self, fd, judge)
    }

    fn readiness(&self) -> Asked {
        self.action.readiness()
    }

    fn is_handed_over(&self) -> bool {
        self.action.is_handed_over()
    }

    fn request(&mut self, judge: &dyn Judge) -> Asked {
        self.action.request(judge)
    }

    fn answer(&mut self, result: sys::Result<usize>, judge: &dyn Judge) -> Attempt {
        let step = self.action.answer(result, judge);
        self.settle(step)
    }

    fn is_meant(&self, target: Target) -> bool {
        target == Target::Everything
    }

    fn finish(mut self: Box<Self>, failure: Option<Failure>, judge: &dyn Judge) {
        if let Some(failure) = failure {
            let code = failure.code(self.action.call());
            (self.end, self.bytes) = (Status::of(code), self.action.moved() as u32);
        }
        let receives = self.action.direction() == Direction::Receive && event::is_used();
        self.tell();
        if receives {
            judge.has_received();
        }
    }
}
