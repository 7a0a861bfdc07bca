//! `WSASend`, `WSASendTo`, `WSARecv`, `WSARecvFrom` over several buffers, without overlapping.

use std::io::{IoSlice, IoSliceMut};

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::address::Address;
use crate::sys::{Errno, message};
use crate::win32::MSG_WAITALL;

impl Socket {
    /// Sends the buffers as one stretch of the stream, or as one datagram.
    pub(crate) fn send_scattered(
        &self,
        buffers: &[IoSlice<'_>],
        flags: i32,
        to: Option<&Address>,
    ) -> Result<usize, Code> {
        match buffers {
            [] => self.send_one(&[], flags, to),
            [one] => self.send_one(one, flags, to),
            many if many.len() > message::MOST_BUFFERS => self.send_one(&join(many, 0), flags, to),
            many => self.send_many(many, flags, to.filter(|_| !self.kind.is_stream())),
        }
    }

    fn send_one(&self, buffer: &[u8], flags: i32, to: Option<&Address>) -> Result<usize, Code> {
        match to {
            Some(to) => self.send_to(buffer, flags, Some(to)),
            None => self.send(buffer, flags),
        }
    }

    fn send_many(&self, buffers: &[IoSlice<'_>], flags: i32, to: Option<&Address>) -> Result<usize, Code> {
        let facts = self.state.facts();
        let linux_flags = self.may_send_to(facts, flags, to)?;
        if self.waits_to_send() {
            return self.send(&join(buffers, 0), flags);
        }
        let total: usize = buffers.iter().map(|buffer| buffer.len()).sum();
        let call = if to.is_some() { Call::WSASendTo } else { Call::WSASend };
        self.before_sending(facts);
        loop {
            match message::send(self.fd(), buffers, linux_flags, to) {
                Ok(count) => {
                    if !facts.has(Facts::BOUND) {
                        self.state.set(Facts::BOUND);
                    }
                    if count < total && facts.has(Facts::STREAM) && !facts.has(Facts::NONBLOCKING) {
                        // A signal came in between: the rest as one buffer. What was sent counts, whatever comes.
                        return Ok(count + self.send(&join(buffers, count), flags).unwrap_or(0));
                    }
                    return Ok(count);
                }
                Err(Errno::EAGAIN) if facts.has(Facts::NONBLOCKING) => return Err(Code::WSAEWOULDBLOCK),
                Err(errno) => self.settle_send(errno, call)?,
            }
        }
    }

    /// Receives into the buffers, one after the other. A datagram that does not fit fills them and fails.
    pub(crate) fn recv_scattered(
        &self,
        buffers: &mut [IoSliceMut<'_>],
        flags: i32,
        from: Option<&mut Address>,
    ) -> Result<usize, Code> {
        let many = match buffers {
            [one] => {
                return match from {
                    Some(from) => self.recv_from(one, flags, from),
                    None => self.recv(one, flags),
                };
            }
            many => many,
        };
        if flags & MSG_WAITALL != 0 {
            return self.receive_until_full(many.iter_mut().map(|buffer| &mut **buffer), flags);
        }
        if let Some(first) = many.iter_mut().find(|buffer| !buffer.is_empty())
            && self.state.facts().may_receive()
            && let Some(result) = self.receive_in_turn(first, flags)
        {
            return result; // A stream may give less than there is room for.
        }
        let many = if many.len() > message::MOST_BUFFERS { &mut many[..message::MOST_BUFFERS] } else { many };
        let capacity = many.iter().map(|buffer| buffer.len()).sum();
        let mut from = from;
        let call = if from.is_some() { Call::WSARecvFrom } else { Call::WSARecv };
        self.receive(capacity, flags, call, |linux_flags| {
            message::recv(self.fd(), many, linux_flags, from.as_deref_mut())
        })
    }
}

/// The bytes of the buffers after the first `skip`.
fn join(buffers: &[IoSlice<'_>], skip: usize) -> Vec<u8> {
    buffers.iter().flat_map(|buffer| buffer.iter().copied()).skip(skip).collect()
}
