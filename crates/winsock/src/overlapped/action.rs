//! [`Action`]: what an operation does, apart from how its end is told.

use std::os::fd::BorrowedFd;

use winsock_codes::{Call, Code};

use super::operation::Completion;
use super::{Judge, Status};
use crate::driver::{Direction, Failure};
use crate::sys::uring::Request;
use crate::sys::{self, Errno};

/// The particular part of an operation. Each call that can be overlapped has one.
pub(crate) trait Action: Send + Sized {
    /// [`Action::end`] is the default: what ends within its call is told without it.
    const ENDS_PLAINLY: bool = false;

    /// The queue of the socket in which it stands.
    fn direction(&self) -> Direction;

    /// The call as which its failures are judged.
    fn call(&self) -> Call;

    /// Tries once without waiting.
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step;

    /// Whether a kernel that takes work over gets this one, by [`Action::request`]. Otherwise it is asked for readiness,
    /// and the work is tried when there is some.
    fn is_handed_over(&self) -> bool {
        false
    }

    /// What the kernel shall do.
    fn request(&mut self, _judge: &dyn Judge) -> Request {
        self.readiness()
    }

    /// What the kernel made of [`Action::request`].
    fn answer(&mut self, _result: sys::Result<usize>, _judge: &dyn Judge) -> Step {
        Step::Blocked
    }

    /// What makes another try worth it.
    fn readiness(&self) -> Request {
        self.direction().readiness()
    }

    /// The call never ends at once: a success within it is told like a later one.
    fn always_pends(&self) -> bool {
        false
    }

    /// Bytes moved so far: what is told of an operation that is cancelled half done.
    fn moved(&self) -> usize {
        0
    }

    /// The action is over. Whoever still has something to do with the operation keeps the completion; all others give it
    /// back, and it is told.
    fn end(self, completion: Completion, _failure: Option<Failure>) -> Option<Completion> {
        Some(completion)
    }
}

/// What came of one try of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It ended so, with so many bytes. `drained`: certainly nothing more is there for the next in line.
    Ended { status: Status, bytes: usize, drained: bool },
    /// It would wait.
    Blocked,
    /// Another try is worth it at once.
    Again,
}

impl Step {
    pub(crate) fn done(bytes: usize) -> Step {
        Step::Ended { status: Status::SUCCESS, bytes, drained: false }
    }

    pub(crate) fn failed(status: Status, bytes: usize) -> Step {
        Step::Ended { status, bytes, drained: false }
    }

    /// What a failed system call means for the action.
    pub(crate) fn of_errno(errno: Errno, call: Call, judge: &dyn Judge, bytes: usize) -> Step {
        match errno {
            Errno::EAGAIN => Step::Blocked,
            Errno::EINTR => Step::Again,
            Errno(errno) => match judge.judge(errno, call) {
                Some(code) => Step::failed(status_of(code, call, judge), bytes),
                None => Step::Again,
            },
        }
    }
}

/// On a datagram socket the code of a reset means that an earlier datagram found nobody (docs: "WSARecvFrom function",
/// WSAECONNRESET), and one that is too long to be sent is no cut one.
fn status_of(code: Code, call: Call, judge: &dyn Judge) -> Status {
    match code {
        Code::WSAECONNRESET if !judge.is_stream() => Status::PORT_UNREACHABLE,
        Code::WSAEMSGSIZE if matches!(call, Call::WSASend | Call::WSASendTo) => Status::INVALID_BUFFER_SIZE,
        _ => Status::of(code),
    }
}
