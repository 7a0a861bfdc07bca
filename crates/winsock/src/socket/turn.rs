//! Plain transfers and shutdown of a stream beside overlapped transfers: what was begun first goes first.
//!
//! Docs: "WSASend function" and "WSARecv function", Remarks on the order of calls. Linux would serve whoever comes, and a
//! plain send would land in the midst of an overlapped one that is half done.

use std::os::fd::BorrowedFd;
use std::sync::{Arc, Weak};

use winsock_codes::Code;

use super::Socket;
use super::overlap::Overlap;
use super::state::Facts;
use crate::driver::{Attempt, Direction, Failure, Judge, Target, Work};
use crate::overlapped::{self, Borrowed, Status};
use crate::sys;
use crate::sys::uring::Request;
use crate::win32::MSG_OOB;

impl Socket {
    /// Sends behind overlapped sends that are under way; `None` if there are none.
    #[inline]
    pub(super) fn send_in_turn(&self, buffer: &[u8], flags: i32) -> Option<Result<usize, Code>> {
        let overlap = self.busy_sends(flags)?;
        Some(self.go_behind(overlap, Direction::Send, Borrowed::ToRead(buffer), flags))
    }

    /// Receives behind overlapped receives that are under way; `None` if there are none.
    #[inline]
    pub(super) fn receive_in_turn(&self, buffer: &mut [u8], flags: i32) -> Option<Result<usize, Code>> {
        let overlap = self.busy_receives(flags)?;
        Some(self.go_behind(overlap, Direction::Receive, Borrowed::ToWrite(buffer), flags))
    }

    /// Whether a plain send must wait for overlapped ones.
    pub(super) fn waits_to_send(&self) -> bool {
        self.busy_sends(0).is_some()
    }

    #[inline]
    fn busy_sends(&self, flags: i32) -> Option<&Overlap> {
        self.overlap_in_line(flags).filter(|overlap| overlap.endpoint.is_busy(Direction::Send))
    }

    /// First gives the receives that are under way what there is for them, if nobody has come for it yet.
    #[inline]
    fn busy_receives(&self, flags: i32) -> Option<&Overlap> {
        if !self.kind.is_stream() {
            self.settle_receives();
            return None;
        }
        self.overlap_in_line(flags).filter(|overlap| !overlap.endpoint.has_settled(Direction::Receive))
    }

    /// What may have operations that a plain transfer comes behind.
    #[inline]
    fn overlap_in_line(&self, flags: i32) -> Option<&Overlap> {
        // Urgent data has no queue.
        let is_in_line = || self.kind.is_stream() && flags & MSG_OOB == 0 && !self.state.has(Facts::LISTENING);
        Socket::overlap_of(self).filter(|_| is_in_line())
    }

    #[cold]
    fn go_behind(
        &self,
        overlap: &Overlap,
        direction: Direction,
        buffer: Borrowed<'_>,
        flags: i32,
    ) -> Result<usize, Code> {
        let facts = self.state.facts();
        let linux_flags = match direction {
            Direction::Send => self.send_flags(flags, facts)?,
            Direction::Receive => self.receive_flags(flags, facts)?,
        };
        if facts.has(Facts::NONBLOCKING) {
            return Err(Code::WSAEWOULDBLOCK);
        }
        let limit = match direction {
            Direction::Send => self.settings().options.send_timeout(),
            Direction::Receive => self.settings().options.receive_timeout(),
        };
        let Overlap { endpoint, .. } = overlap;
        let begin = |record, buffers| match direction {
            Direction::Send => overlapped::send(endpoint, None, record, buffers, linux_flags),
            Direction::Receive => overlapped::receive(endpoint, None, record, buffers, linux_flags),
        };
        let cancel = |address| {
            endpoint.cancel(Target::Record(address));
        };
        self.told(overlapped::borrow(buffer, limit, begin, cancel))
    }

    /// What a blocking call returns whose transfer ended so; `None` if its time was over.
    fn told(&self, ended: Option<(Status, u32)>) -> Result<usize, Code> {
        match ended {
            None => Err(Code::WSAETIMEDOUT),
            Some((Status::SUCCESS, bytes)) => Ok(bytes as usize),
            Some((Status::CANCELLED, _)) if self.state.has(Facts::CLOSED) => Err(Code::WSAEINTR),
            Some((status, _)) => Err(status.code()),
        }
    }

    /// Linux' part of `shutdown` that must not wait for what is under way; 0 for none. A receive that is under way still
    /// gets what comes, and sends that are go out first.
    ///
    /// Docs: "shutdown function", Remarks; dlls/ws2_32/tests/sock.c, test_shutdown.
    pub(super) fn shut_in_turn(socket: &Arc<Socket>, facts: Facts) -> Option<i32> {
        let is_busy = |direction| Socket::overlap_of(socket).is_some_and(|overlap| overlap.endpoint.is_busy(direction));
        let ends_sends = facts.has(Facts::SEND_SHUT);
        let waits = ends_sends && is_busy(Direction::Send);
        if waits {
            let work = Box::new(Shut { socket: Arc::downgrade(socket) });
            Socket::overlap(socket).endpoint.hand_on(Direction::Send, work);
        }
        let receives = facts.has(Facts::RECEIVE_SHUT) && !is_busy(Direction::Receive);
        match (receives, ends_sends && !waits) {
            (true, true) => Some(libc::SHUT_RDWR),
            (true, false) => Some(libc::SHUT_RD),
            (false, true) => Some(libc::SHUT_WR),
            (false, false) => None,
        }
    }
}

/// Ends the sending direction behind the sends that are under way.
struct Shut {
    socket: Weak<Socket>,
}

impl Work for Shut {
    fn attempt(&mut self, fd: BorrowedFd<'_>, _: &dyn Judge) -> Attempt {
        // A connection that is gone needs no end.
        let _ = sys::socket::shutdown(fd, libc::SHUT_WR);
        Attempt::Finished { drained: false }
    }

    fn readiness(&self) -> Request {
        Request::writable()
    }

    fn is_meant(&self, target: Target) -> bool {
        target == Target::Everything
    }

    fn finish(self: Box<Self>, failure: Option<Failure>, _: &dyn Judge) {
        // The sends before it were cancelled, all of them; the direction ends all the same.
        if failure.is_some()
            && let Some(socket) = self.socket.upgrade()
        {
            let _ = sys::socket::shutdown(socket.fd(), libc::SHUT_WR);
        }
    }
}
