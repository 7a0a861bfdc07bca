//! `WSASend`, `WSARecv`: bytes into or out of lent buffers.

use std::os::fd::BorrowedFd;

use winsock_codes::{Call, Code};

use super::action::{Action, Step};
use super::operation::{self, Begun, Port};
use super::{Buffers, Judge, Record, Status};
use crate::driver::{Direction, Endpoint};
use crate::sync::Arc;
use crate::sys::uring::Request;
use crate::sys::{self, Errno, transfer};

/// Begins to receive.
#[doc(alias = "WSARecv")]
pub fn receive(endpoint: &Arc<Endpoint>, port: Port<'_>, record: Record, buffers: Buffers, linux_flags: i32) -> Begun {
    operation::begin(endpoint, port, record, Transfer::receive(buffers, linux_flags))
}

/// Begins to send. A stream takes all of it before the operation ends.
#[doc(alias = "WSASend")]
pub fn send(endpoint: &Arc<Endpoint>, port: Port<'_>, record: Record, buffers: Buffers, linux_flags: i32) -> Begun {
    let buffers = if endpoint.judge().is_stream() { buffers } else { buffers.for_one_call() };
    operation::begin(endpoint, port, record, Transfer::new(Verb::Send, buffers, linux_flags))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Receive,
    Send,
}

/// A transfer under way.
pub(crate) struct Transfer {
    buffers: Buffers,
    flags: i32,
    verb: Verb,
    /// `MSG_WAITALL`: a receive ends when all is there, or the stream does. Docs: "WSARecv function".
    waits_for_all: bool,
    /// Bytes asked for.
    asked: usize,
    /// Bytes moved.
    moved: usize,
}

impl Transfer {
    pub(crate) fn receive(buffers: Buffers, linux_flags: i32) -> Transfer {
        Transfer::new(Verb::Receive, buffers, linux_flags)
    }

    fn new(verb: Verb, buffers: Buffers, flags: i32) -> Transfer {
        let asked = buffers.bytes();
        let waits_for_all = verb == Verb::Receive && flags & libc::MSG_WAITALL != 0;
        Transfer { buffers, flags: flags & !libc::MSG_WAITALL, verb, waits_for_all, asked, moved: 0 }
    }

    /// A send of which so many bytes have gone.
    pub(super) fn rest_of_send(mut buffers: Buffers, moved: usize) -> Transfer {
        let asked = buffers.bytes();
        buffers.advance(moved);
        Transfer { asked, moved, ..Transfer::new(Verb::Send, buffers, 0) }
    }

    fn settle(&mut self, result: sys::Result<usize>, judge: &dyn Judge) -> Step {
        match (result, self.verb) {
            (Ok(count), Verb::Receive) => self.received(count, judge),
            (Ok(count), Verb::Send) => self.sent(count, judge),
            // No urgent byte is there. Nothing waits for one: the lane would keep what comes in line from those behind it.
            (Err(Errno::EINVAL | Errno::EAGAIN), Verb::Receive) if self.flags & libc::MSG_OOB != 0 => {
                Step::failed(Status::of(Code::WSAEWOULDBLOCK), 0)
            }
            (Err(errno), _) => Step::of_errno(errno, self.call(), judge, self.moved),
        }
    }

    fn received(&mut self, count: usize, judge: &dyn Judge) -> Step {
        if count == 0
            && judge.is_stream()
            && let Some(code) = judge.broken()
        {
            return Step::failed(Status::of(code), self.moved);
        }
        if self.waits_for_all && count > 0 {
            self.buffers.advance(count);
            self.moved += count;
            return if self.moved == self.asked { Step::done(self.moved) } else { Step::Again };
        }
        let room = self.buffers.room(self.asked);
        if count > room {
            // Only `MSG_TRUNC` counts more than it stored: the datagram was cut.
            return Step::failed(Status::BUFFER_OVERFLOW, room);
        }
        // The end of a stream is not "no more for now", a datagram's length says nothing of the next, and what was only
        // looked at is still there.
        let takes = self.flags & !transfer::MSG_DONTWAIT == 0;
        let drained = judge.is_stream() && takes && 0 < count && count < room;
        Step::Ended { status: Status::SUCCESS, bytes: self.moved + count, drained }
    }

    fn sent(&mut self, count: usize, judge: &dyn Judge) -> Step {
        self.moved += count;
        if self.moved >= self.asked || !judge.is_stream() {
            return Step::done(self.moved);
        }
        self.buffers.advance(count);
        Step::Again
    }

    /// A receive without room on a stream ends when there is something to receive, and takes nothing.
    ///
    /// Source: Wine's sock.c:12821, checked on Windows.
    fn only_waits(&self, judge: &dyn Judge) -> bool {
        self.verb == Verb::Receive && self.asked == 0 && judge.is_stream()
    }

    fn linux_flags(&self, judge: &dyn Judge) -> i32 {
        let counts_whole = self.verb == Verb::Receive && !judge.is_stream();
        self.flags | if counts_whole { transfer::MSG_TRUNC } else { 0 }
    }
}

impl Action for Transfer {
    const ENDS_PLAINLY: bool = true;

    fn direction(&self) -> Direction {
        match self.verb {
            Verb::Receive => Direction::Receive,
            Verb::Send => Direction::Send,
        }
    }

    fn call(&self) -> Call {
        match self.verb {
            Verb::Receive => Call::WSARecv,
            Verb::Send => Call::WSASend,
        }
    }

    fn moved(&self) -> usize {
        self.moved
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let flags = self.linux_flags(judge);
        let result = match self.verb {
            Verb::Receive if self.only_waits(judge) => self.buffers.look(fd).map(|_| 0),
            Verb::Receive => self.buffers.receive(fd, flags),
            Verb::Send => self.buffers.send(fd, flags),
        };
        self.settle(result, judge)
    }

    fn is_handed_over(&self) -> bool {
        true
    }

    fn request(&mut self, judge: &dyn Judge) -> Request {
        let flags = self.linux_flags(judge);
        match self.verb {
            Verb::Receive if self.only_waits(judge) => Request::readable(),
            Verb::Receive => self.buffers.receive_request(flags),
            Verb::Send => self.buffers.send_request(flags),
        }
    }

    fn answer(&mut self, result: sys::Result<usize>, judge: &dyn Judge) -> Step {
        // What the kernel answers to a question for readiness is no count.
        let only_waits = self.only_waits(judge);
        self.settle(result.map(|count| if only_waits { 0 } else { count }), judge)
    }
}
