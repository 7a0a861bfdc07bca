//! [`Bytes`]: what nearly every request is, one part of registered memory that is sent or received into.

use std::os::fd::BorrowedFd;

use winsock_codes::Call;

use crate::driver::{Direction, Judge};
use crate::overlapped::action::{Action, Step};
use crate::overlapped::{Part, Status};
use crate::sys::transfer::MSG_TRUNC;
use crate::sys::uring::Request;
use crate::sys::{self, Errno};

/// A transfer of one part, without flags. Like `overlapped::Transfer`, but small: it is moved about for every message. On a
/// stream the part is not empty.
pub(super) struct Bytes {
    part: Part,
    moved: u32,
    is_sent: bool,
    is_stream: bool,
}

impl Bytes {
    pub(super) fn new(part: Part, is_sent: bool, is_stream: bool) -> Bytes {
        Bytes { part, moved: 0, is_sent, is_stream }
    }

    #[inline]
    fn settle(&mut self, result: sys::Result<usize>, judge: &dyn Judge) -> Step {
        let count = match result {
            Ok(count) => count,
            Err(errno) => return self.failed(errno, judge),
        };
        let asked = self.part.bytes();
        if self.is_sent {
            self.moved += count as u32;
            return if self.is_stream && self.moved() < asked { Step::Again } else { Step::done(self.moved()) };
        }
        match count {
            0 if self.is_stream => Bytes::at_the_end(judge),
            // Only `MSG_TRUNC` counts more than it stored: the datagram was cut.
            count if count > asked => Step::failed(Status::BUFFER_OVERFLOW, asked),
            count => Step::Ended { status: Status::SUCCESS, bytes: count, drained: self.is_stream && count < asked },
        }
    }

    #[cold]
    fn failed(&self, errno: Errno, judge: &dyn Judge) -> Step {
        Step::of_errno(errno, self.call(), judge, self.moved())
    }

    /// The end of a stream, or what Linux calls its end once it has told a reset.
    #[cold]
    fn at_the_end(judge: &dyn Judge) -> Step {
        match judge.broken() {
            Some(code) => Step::failed(Status::of(code), 0),
            None => Step::done(0),
        }
    }

    /// A datagram's whole length is what tells that it was cut.
    #[inline]
    fn receive_flags(&self) -> i32 {
        if self.is_stream { 0 } else { MSG_TRUNC }
    }
}

impl Action for Bytes {
    #[inline]
    fn direction(&self) -> Direction {
        if self.is_sent { Direction::Send } else { Direction::Receive }
    }

    fn call(&self) -> Call {
        if self.is_sent { Call::WSASend } else { Call::WSARecv }
    }

    #[inline]
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let result = match self.is_sent {
            true => self.part.send(fd, self.moved),
            false => self.part.receive(fd, self.receive_flags()),
        };
        self.settle(result, judge)
    }

    fn is_handed_over(&self) -> bool {
        true
    }

    fn request(&mut self, _: &dyn Judge) -> Request {
        match self.is_sent {
            true => self.part.send_request(self.moved, if self.is_stream { libc::MSG_WAITALL } else { 0 }),
            false => self.part.receive_request(self.receive_flags()),
        }
    }

    fn answer(&mut self, result: sys::Result<usize>, judge: &dyn Judge) -> Step {
        self.settle(result, judge)
    }

    #[inline]
    fn moved(&self) -> usize {
        self.moved as usize
    }
}

const _: () = assert!(size_of::<Bytes>() <= 24);
