//! `send`, `sendto`.

use winsock_codes::errno::When;
use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::address::Address;
use crate::fault;
use crate::port;
use crate::sys::{self, Errno, error_queue, poll};
use crate::wait;
use crate::win32::{MSG_DONTROUTE, MSG_OOB, MSG_PARTIAL};

impl Socket {
    /// Sends to the peer. A blocking stream sends all of it, as Windows does.
    ///
    /// Docs: "send function".
    #[inline]
    pub(crate) fn send(&self, buffer: &[u8], flags: i32) -> Result<usize, Code> {
        let facts = self.state.facts();
        if !facts.may_send() {
            self.refuse_send()?;
        }
        if let Some(result) = self.send_in_turn(buffer, flags) {
            return result;
        }
        let linux_flags = self.send_flags(flags, facts)?;
        self.before_sending(facts);
        match sys::socket::send(self.fd(), buffer, linux_flags) {
            Ok(count) if count == buffer.len() => Ok(count),
            Ok(count) if facts.has(Facts::NONBLOCKING) => Ok(count),
            Ok(count) => self.send_rest(buffer, count, linux_flags),
            Err(Errno::EAGAIN) if facts.has(Facts::NONBLOCKING) => Err(Code::WSAEWOULDBLOCK),
            Err(errno) => {
                self.settle_send(errno, Call::send)?;
                self.send_rest(buffer, 0, linux_flags)
            }
        }
    }

    /// Sends a datagram to an address. A stream ignores the address.
    ///
    /// Docs: "sendto function".
    pub(crate) fn send_to(&self, buffer: &[u8], flags: i32, to: Option<&Address>) -> Result<usize, Code> {
        let facts = self.state.facts();
        let Some(to) = to.filter(|_| !self.kind.is_stream()) else {
            return self.send(buffer, flags).map_err(|code| self.no_destination(code));
        };
        let linux_flags = self.may_send_to(facts, flags, Some(to))?;
        self.before_sending(facts);
        loop {
            match sys::socket::send_to(self.fd(), buffer, linux_flags, to) {
                Ok(count) => {
                    if !facts.has(Facts::BOUND) {
                        self.state.set(Facts::BOUND);
                    }
                    return Ok(count);
                }
                Err(Errno::EAGAIN) if facts.has(Facts::NONBLOCKING) => return Err(Code::WSAEWOULDBLOCK),
                Err(errno) => self.settle_send(errno, Call::sendto)?,
            }
        }
    }

    /// A send that may block lets what its thread has left for later go first.
    #[inline]
    pub(crate) fn before_sending(&self, facts: Facts) {
        if !facts.has(Facts::NONBLOCKING) {
            port::before_blocking();
        }
    }

    /// A datagram has left: Linux has given the socket a name, if it had none.
    pub(crate) fn has_sent(&self) {
        if !self.state.has(Facts::BOUND) {
            self.state.set(Facts::BOUND);
        }
    }

    /// Docs: "sendto function", WSAEDESTADDRREQ: what `send` calls not connected, `sendto` calls without destination.
    pub(crate) fn no_destination(&self, code: Code) -> Code {
        if code == Code::WSAENOTCONN && !self.kind.is_stream() { Code::WSAEDESTADDRREQ } else { code }
    }

    /// Linux' flags for a send to an address, or to the peer if there is none; or why it cannot be.
    #[inline]
    pub(super) fn may_send_to(&self, facts: Facts, flags: i32, to: Option<&Address>) -> Result<i32, Code> {
        match to {
            None if !facts.may_send() => self.refuse_send()?,
            Some(_) if facts.has(Facts::SEND_SHUT) => return Err(Code::WSAESHUTDOWN),
            Some(to) => self.check_destination(to)?,
            None => {}
        }
        if !facts.has(Facts::BOUND) {
            self.hear_of_icmp();
        }
        self.send_flags(flags, facts)
    }

    /// Docs: "sendto function", WSAEAFNOSUPPORT and WSAEADDRNOTAVAIL.
    fn check_destination(&self, to: &Address) -> Result<(), Code> {
        if to.family() != self.kind.family {
            return Err(Code::WSAEAFNOSUPPORT);
        }
        let unusable = self.kind.is_udp() && to.port() == 0 || to.is_unspecified();
        if unusable { Err(Code::WSAEADDRNOTAVAIL) } else { Ok(()) }
    }

    /// The code for a socket that cannot send in its state; `Ok` if it can after all.
    #[cold]
    pub(crate) fn refuse_send(&self) -> Result<(), Code> {
        if self.state.has(Facts::CONNECTING) {
            self.settle_connect();
        }
        let facts = self.state.facts();
        if facts.has(Facts::CLOSED) {
            return Err(Code::WSAENOTSOCK);
        }
        // A connection that is gone matters more than which half the program had shut.
        if let Some(code) = facts.end_of_connection() {
            return Err(code);
        }
        if facts.has(Facts::SEND_SHUT) {
            return Err(Code::WSAESHUTDOWN);
        }
        // Docs: "send function", WSAEACCES: a broadcast without SO_BROADCAST.
        if facts.has(Facts::BROADCAST_WITHDRAWN) {
            return Err(Code::WSAEACCES);
        }
        if facts.has(Facts::CONNECTED) { Ok(()) } else { Err(Code::WSAENOTCONN) }
    }

    #[inline]
    pub(super) fn send_flags(&self, flags: i32, facts: Facts) -> Result<i32, Code> {
        let must_not_wait = facts.has(Facts::NONBLOCKING) || wait::are_calls_expected();
        let mode = if must_not_wait { sys::socket::MSG_DONTWAIT } else { 0 };
        let mut linux = sys::socket::MSG_NOSIGNAL | mode;
        if flags != 0 {
            linux |= self.unusual_send_flags(flags)?;
        }
        Ok(linux)
    }

    #[cold]
    fn unusual_send_flags(&self, flags: i32) -> Result<i32, Code> {
        let known = MSG_OOB | MSG_DONTROUTE | MSG_PARTIAL;
        let urgent_on_datagram = flags & MSG_OOB != 0 && !self.kind.is_stream();
        // Docs: "send function", WSAEOPNOTSUPP: out-of-band data wants a stream. Partial messages want a message
        // protocol that no family here has.
        if flags & !known != 0 || urgent_on_datagram || flags & MSG_PARTIAL != 0 && self.kind.is_stream() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        let urgent = if flags & MSG_OOB != 0 { sys::socket::MSG_OOB } else { 0 };
        let direct = if flags & MSG_DONTROUTE != 0 { libc::MSG_DONTROUTE } else { 0 };
        Ok(urgent | direct)
    }

    /// Goes on where a blocking send stopped: Linux counts what it took before a signal came.
    #[cold]
    fn send_rest(&self, buffer: &[u8], mut sent: usize, linux_flags: i32) -> Result<usize, Code> {
        loop {
            match sys::socket::send(self.fd(), &buffer[sent..], linux_flags) {
                Ok(count) => sent += count,
                Err(errno) => match self.settle_send(errno, Call::send) {
                    Ok(()) => continue,
                    // The time ran out after a part was taken; the next call will say why.
                    Err(_) if sent > 0 => return Ok(sent),
                    Err(code) => return Err(code),
                },
            }
            if sent >= buffer.len() {
                return Ok(sent);
            }
        }
    }

    /// Judges a failed send: `Ok` to try again, else the code.
    #[cold]
    pub(crate) fn settle_send(&self, errno: Errno, call: Call) -> Result<(), Code> {
        let facts = self.state.facts();
        if facts.has(Facts::CLOSED) {
            return Err(Code::WSAEINTR);
        }
        match errno {
            Errno::EINTR => Ok(()),
            Errno::EAGAIN if facts.has(Facts::NONBLOCKING) => Err(Code::WSAEWOULDBLOCK),
            Errno::EAGAIN if facts.has(Facts::HELD_NONBLOCKING) || wait::are_calls_expected() => {
                let limit = self.settings().options.send_timeout();
                match wait::ask_in_call(poll::Question::new(self.fd(), poll::POLLOUT), limit) {
                    Ok(false) => Err(fault::code(errno, call, When::TimeoutSet)),
                    Err(wait::LEFT) => Err(Code::WSAEINTR),
                    _ => Ok(()),
                }
            }
            Errno::EAGAIN if facts.has(Facts::SEND_TIMEOUT) => Err(fault::code(errno, call, When::TimeoutSet)),
            // The descriptor was switched to non-blocking between the look at the state and the call.
            Errno::EAGAIN => {
                let _ = poll::poll(&mut [poll::Question::new(self.fd(), poll::POLLOUT)], None);
                Ok(())
            }
            _ if self.kind.is_stream() => Err(self.stream_fault(errno, call)),
            _ => self.datagram_send_fault(errno, call),
        }
    }

    /// The code for a failed transfer on a connection; remembers what Linux tells only once.
    #[cold]
    pub(crate) fn stream_fault(&self, errno: Errno, call: Call) -> Code {
        let facts = self.state.facts();
        let when = if facts.has(Facts::SEND_SHUT) && call == Call::send {
            When::SendShutDown
        } else if facts.has(Facts::ABORTED) {
            When::AbortedLocally
        } else {
            When::Any
        };
        match errno {
            // Linux has told the reset before, or never will: the connection is simply gone.
            Errno::ECONNRESET => self.state.set(Facts::RESET),
            Errno::EPIPE if when == When::Any => self.state.set(Facts::RESET),
            Errno::ENOTCONN => {
                self.state.set(Facts::RESET);
                return Code::WSAECONNRESET;
            }
            // Windows names who gave up: keep-alive, or the stack that had data without an answer.
            Errno::ETIMEDOUT if sys::option::lost_to_keepalive(self.fd()) => {
                self.state.set(Facts::ABORTED.or(Facts::KEEPALIVE_FAILED));
                return Code::WSAENETRESET;
            }
            Errno::ETIMEDOUT => {
                self.state.set(Facts::ABORTED);
                return Code::WSAECONNABORTED;
            }
            _ => {}
        }
        fault::code(errno, call, when)
    }

    /// Linux reports ICMP errors of earlier datagrams to the next call, also to a send; Windows to the next receive.
    pub(super) fn datagram_send_fault(&self, errno: Errno, call: Call) -> Result<(), Code> {
        let mut reports = 0;
        while let Some(report) = error_queue::take(self.fd()) {
            reports += 1;
            if report == error_queue::Report::PortUnreachable && !self.state.has(Facts::NO_UNREACHABLE) {
                self.state.set(Facts::UNREACHABLE);
            }
        }
        let about_earlier =
            matches!(errno.0, libc::ECONNREFUSED | libc::EHOSTUNREACH | libc::ENETUNREACH | libc::EPROTO);
        if about_earlier && (reports > 0 || errno.0 == libc::ECONNREFUSED) {
            return Ok(());
        }
        Err(fault::code(errno, call, When::Datagram))
    }
}
