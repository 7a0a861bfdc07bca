//! `recv`, `recvfrom`.

use winsock_codes::errno::When;
use winsock_codes::{Call, Code};

use super::capture;
use super::state::Facts;
use super::{Onlookers, Socket};
use crate::address::Address;
use crate::fault;
use crate::port;
use crate::sys::error_queue::{self, Report};
use crate::sys::poll::{self, Question};
use crate::sys::{self, Errno};
use crate::wait;
use crate::win32::{MSG_OOB, MSG_PEEK, MSG_PUSH_IMMEDIATE, MSG_WAITALL, SOCK_RAW};

impl Socket {
    /// Receives from the stream, or one datagram.
    ///
    /// A datagram larger than the buffer fills it and fails with `WSAEMSGSIZE`. Docs: "recv function".
    #[inline]
    pub(crate) fn recv(&self, buffer: &mut [u8], flags: i32) -> Result<usize, Code> {
        if flags & MSG_WAITALL != 0 {
            self.receive_until_full([buffer], flags)
        } else {
            self.receive_some(buffer, flags)
        }
    }

    #[inline(always)]
    fn receive_some(&self, buffer: &mut [u8], flags: i32) -> Result<usize, Code> {
        match self.onlookers_there() {
            None => self.receive_unseen(buffer, flags),
            Some(onlookers) => self.receive_seen(onlookers, buffer, flags),
        }
    }

    /// [`Socket::receive_unseen`], of which polls hear that it has emptied the stream.
    #[inline(never)]
    fn receive_seen(&self, onlookers: &Onlookers, buffer: &mut [u8], flags: i32) -> Result<usize, Code> {
        let (capacity, moment) = (buffer.len(), onlookers.polls.moment());
        let received = self.receive_unseen(buffer, flags);
        // One that only looks leaves what it has found, and the urgent byte is none of the stream.
        let takes = self.kind.is_stream() && flags & (MSG_OOB | MSG_PEEK) == 0;
        if takes && received.is_ok_and(|count| count < capacity) {
            onlookers.polls.has_emptied(moment);
        }
        received
    }

    #[inline(always)]
    fn receive_unseen(&self, buffer: &mut [u8], flags: i32) -> Result<usize, Code> {
        if self.state.facts().may_receive()
            && let Some(result) = self.receive_in_turn(buffer, flags)
        {
            return result;
        }
        let capacity = buffer.len();
        self.receive(capacity, flags, Call::recv, |linux_flags| sys::socket::recv(self.fd(), buffer, linux_flags))
    }

    /// [`Socket::recv`] with the sender's address; a stream leaves it empty.
    ///
    /// Docs: "recvfrom function": the address is set as well when the datagram was cut.
    #[inline]
    pub(crate) fn recv_from(&self, buffer: &mut [u8], flags: i32, from: &mut Address) -> Result<usize, Code> {
        if self.kind.is_stream() {
            return self.recv_from_nobody(buffer, flags, from);
        }
        self.settle_receives();
        let capacity = buffer.len();
        let received = self.receive(capacity, flags, Call::recvfrom, |linux_flags| {
            sys::socket::recv_from(self.fd(), buffer, linux_flags, from)
        });
        if self.kind.kind == SOCK_RAW {
            capture::tell_sender(buffer, from);
        }
        received
    }

    #[inline(never)]
    fn recv_from_nobody(&self, buffer: &mut [u8], flags: i32, from: &mut Address) -> Result<usize, Code> {
        *from.parts_mut().1 = 0;
        self.recv(buffer, flags)
    }

    /// `MSG_WAITALL`: fills the buffers, one after the other, unless the stream ends before. Linux stops at a signal, and where
    /// overlapped receives go first it fills one buffer of several.
    #[cold]
    #[inline(never)]
    pub(super) fn receive_until_full<'b>(
        &self,
        buffers: impl IntoIterator<Item = &'b mut [u8]>,
        flags: i32,
    ) -> Result<usize, Code> {
        let mut buffers = buffers.into_iter().filter(|buffer| !buffer.is_empty()).peekable();
        if buffers.peek().is_none() {
            return self.receive_some(&mut [], flags);
        }
        let mut total = 0;
        for buffer in buffers {
            let mut left = buffer;
            while !left.is_empty() {
                let count = match self.receive_some(left, flags) {
                    Ok(count) => count,
                    // What came before counts; the next call says why no more did.
                    Err(_) if total > 0 => return Ok(total),
                    Err(code) => return Err(code),
                };
                total += count;
                left = &mut left[count..];
                // With a time limit it may be that which was over.
                let is_over = count == 0 || !left.is_empty() && self.state.has(Facts::RECEIVE_TIMEOUT);
                if is_over {
                    return Ok(total);
                }
            }
        }
        Ok(total)
    }

    #[inline]
    pub(crate) fn receive(
        &self,
        capacity: usize,
        flags: i32,
        call: Call,
        mut attempt: impl FnMut(i32) -> sys::Result<usize>,
    ) -> Result<usize, Code> {
        let facts = self.state.facts();
        if !facts.may_receive() {
            self.refuse_receive()?;
        }
        let linux_flags = self.receive_flags(flags, facts)?;
        if !facts.has(Facts::NONBLOCKING) {
            port::before_blocking();
        }
        loop {
            match attempt(linux_flags) {
                Ok(0) => return self.check_closed().map(|()| 0),
                Ok(count) if count <= capacity => return Ok(count),
                Ok(_) => return Err(Code::WSAEMSGSIZE),
                Err(Errno::EAGAIN) if facts.has(Facts::NONBLOCKING) => return Err(Code::WSAEWOULDBLOCK),
                Err(Errno::EAGAIN | Errno::EINVAL) if flags & MSG_OOB != 0 => {
                    if !self.wait_for_urgent(call)? {
                        return Ok(0);
                    }
                }
                Err(errno) => self.settle_receive(errno, call)?,
            }
        }
    }

    /// The code for a socket that cannot receive in its state; `Ok` if it can after all.
    #[cold]
    pub(super) fn refuse_receive(&self) -> Result<(), Code> {
        if self.state.has(Facts::CONNECTING) {
            self.settle_connect();
        }
        let facts = self.state.facts();
        if facts.has(Facts::CLOSED) {
            return Err(Code::WSAENOTSOCK);
        }
        if let Some(code) = facts.end_of_connection() {
            return Err(code);
        }
        if facts.has(Facts::RECEIVE_SHUT) {
            return Err(Code::WSAESHUTDOWN);
        }
        if self.kind.is_stream() {
            return if facts.has(Facts::CONNECTED) { Ok(()) } else { Err(Code::WSAENOTCONN) };
        }
        if !facts.has(Facts::BOUND) {
            // Docs: "recv function", WSAEINVAL: the socket has not been bound.
            return Err(Code::WSAEINVAL);
        }
        if self.state.take(Facts::UNREACHABLE) { Err(Code::WSAECONNRESET) } else { Ok(()) }
    }

    #[inline]
    pub(super) fn receive_flags(&self, flags: i32, facts: Facts) -> Result<i32, Code> {
        let waits_alertably = wait::are_calls_expected() && flags & MSG_WAITALL == 0;
        let mode = if facts.has(Facts::NONBLOCKING) || waits_alertably { sys::socket::MSG_DONTWAIT } else { 0 };
        // A datagram's whole length is what tells that it was cut. On a stream the same flag would discard data.
        let whole = if facts.has(Facts::STREAM) { 0 } else { sys::socket::MSG_TRUNC };
        let mut linux = mode | whole;
        if flags != 0 {
            linux |= self.unusual_receive_flags(flags, facts)?;
        }
        Ok(linux)
    }

    /// Docs: "recv function" and "WSARecv function", WSAEOPNOTSUPP.
    #[cold]
    fn unusual_receive_flags(&self, flags: i32, facts: Facts) -> Result<i32, Code> {
        let known = MSG_OOB | MSG_PEEK | MSG_WAITALL | MSG_PUSH_IMMEDIATE;
        let wait_all = flags & MSG_WAITALL != 0;
        let misused = wait_all && (flags & (MSG_OOB | MSG_PEEK) != 0 || facts.has(Facts::NONBLOCKING));
        let stream_only = flags & MSG_OOB != 0 || wait_all;
        if flags & !known != 0 || misused || stream_only && !self.kind.is_stream() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        if flags & MSG_OOB != 0 && facts.has(Facts::URGENT_INLINE) {
            return Err(Code::WSAEINVAL);
        }
        if flags & MSG_OOB != 0 {
            self.note_urgent();
        }
        let translate = [
            (MSG_OOB, sys::socket::MSG_OOB),
            (MSG_PEEK, sys::socket::MSG_PEEK),
            (MSG_WAITALL, sys::socket::MSG_WAITALL),
        ];
        Ok(translate.iter().filter(|(windows, _)| flags & windows != 0).fold(0, |all, (_, linux)| all | linux))
    }

    /// Waits until an urgent byte may be there, as Linux itself never does; false if the peer has ended its direction, so
    /// that none can come.
    ///
    /// Docs: "recv function": WSAEWOULDBLOCK is of non-blocking sockets alone.
    #[cold]
    fn wait_for_urgent(&self, call: Call) -> Result<bool, Code> {
        self.check_closed()?;
        if self.state.has(Facts::NONBLOCKING) {
            return Err(Code::WSAEWOULDBLOCK);
        }
        // Set by another thread since the call began.
        if self.state.has(Facts::URGENT_INLINE) {
            return Err(Code::WSAEINVAL);
        }
        let limit = self.settings().options.receive_timeout();
        let mut questions = vec![Question::new(self.fd(), poll::POLLPRI | poll::POLLRDHUP)];
        match wait::poll_in_call(&mut questions, limit) {
            Ok(0) => return Err(fault::code(Errno::EAGAIN, call, When::TimeoutSet)),
            Err(wait::LEFT) => return Err(Code::WSAEINTR),
            _ => self.check_closed()?,
        }
        if questions[0].answer() & poll::POLLPRI != 0 {
            return Ok(true);
        }
        // Why there is an answer and no urgent byte, an ordinary receive tells.
        match sys::socket::recv(self.fd(), &mut [0], sys::socket::MSG_PEEK | sys::socket::MSG_DONTWAIT) {
            Err(errno) if errno != Errno::EAGAIN => Err(self.stream_fault(errno, call)),
            _ => Ok(questions[0].answer() == 0),
        }
    }

    /// Judges a failed receive: `Ok` to try again, else the code.
    #[cold]
    fn settle_receive(&self, errno: Errno, call: Call) -> Result<(), Code> {
        self.check_closed()?;
        let facts = self.state.facts();
        match errno {
            Errno::EINTR => Ok(()),
            Errno::EAGAIN if facts.has(Facts::NONBLOCKING) => Err(Code::WSAEWOULDBLOCK),
            Errno::EAGAIN if facts.has(Facts::HELD_NONBLOCKING) || wait::are_calls_expected() => {
                let limit = self.settings().options.receive_timeout();
                match wait::ask_in_call(Question::new(self.fd(), poll::POLLIN), limit) {
                    Ok(false) => Err(fault::code(errno, call, When::TimeoutSet)),
                    Err(wait::LEFT) => Err(Code::WSAEINTR),
                    _ => Ok(()),
                }
            }
            Errno::EAGAIN if facts.has(Facts::RECEIVE_TIMEOUT) => Err(fault::code(errno, call, When::TimeoutSet)),
            // The descriptor was switched to non-blocking between the look at the state and the call.
            Errno::EAGAIN => {
                let _ = poll::poll(&mut [Question::new(self.fd(), poll::POLLIN)], None);
                Ok(())
            }
            _ if self.kind.is_stream() => Err(self.stream_fault(errno, call)),
            _ => self.datagram_receive_fault(errno, call),
        }
    }

    /// An ICMP error of an earlier datagram. The kinds that Windows does not report are passed over.
    ///
    /// Docs: "recvfrom function", WSAECONNRESET and WSAENETRESET.
    pub(super) fn datagram_receive_fault(&self, errno: Errno, call: Call) -> Result<(), Code> {
        let report = match error_queue::take(self.fd()) {
            Some(report) => report,
            None if errno.0 == libc::ECONNREFUSED => Report::PortUnreachable,
            None if matches!(errno.0, libc::EHOSTUNREACH | libc::ENETUNREACH | libc::EPROTO) => Report::Other,
            None => return Err(fault::code(errno, call, When::Datagram)),
        };
        match report {
            Report::PortUnreachable if !self.state.has(Facts::NO_UNREACHABLE) => Err(Code::WSAECONNRESET),
            Report::TimeExceeded if !self.settings().options.no_time_exceeded => Err(Code::WSAENETRESET),
            _ => Ok(()),
        }
    }
}
