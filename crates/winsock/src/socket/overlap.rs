//! A socket's part in overlapped calls: its endpoint, its tie to a port, and what its failures mean.

use std::sync::{Arc, OnceLock, Weak};

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::driver::Endpoint;
use crate::event::Occasion;
use crate::overlapped::{self, Begun, Buffers, Judge, Record};
use crate::port::{Association, CompletionPort};
use crate::sys::Errno;
use crate::win32::{MSG_OOB, MSG_WAITALL};

/// What overlapped calls need; made by the first.
pub(crate) struct Overlap {
    pub(crate) endpoint: Arc<Endpoint>,
    judge: Arc<dyn Judge>,
    association: OnceLock<Arc<Association>>,
}

impl Socket {
    pub(crate) fn overlap(socket: &Arc<Socket>) -> &Overlap {
        socket.overlap.get_or_init(|| Overlap {
            endpoint: Endpoint::new(Arc::clone(&socket.fd)),
            judge: Arc::new(Ruling { socket: Arc::downgrade(socket), is_stream: socket.kind.is_stream() }),
            association: OnceLock::new(),
        })
    }

    /// `WSARecv` with an OVERLAPPED. Docs: "WSARecv function".
    pub(crate) fn begin_receive(
        socket: &Arc<Socket>,
        record: Record,
        buffers: Buffers,
        flags: i32,
    ) -> Result<Begun, Code> {
        let facts = socket.state.facts();
        if !facts.may_receive() {
            socket.refuse_receive()?;
        }
        if flags & MSG_WAITALL != 0 {
            return Err(Code::WSAEOPNOTSUPP);
        }
        let linux_flags = socket.receive_flags(flags, facts)?;
        let Overlap { endpoint, judge, association } = Socket::overlap(socket);
        let port = destination(association, &record)?;
        let begun = overlapped::receive(endpoint, judge, port, record, buffers, linux_flags);
        socket.look(if flags & MSG_OOB != 0 { Occasion::ReceivedUrgent } else { Occasion::Received });
        Ok(begun)
    }

    /// `WSASend` with an OVERLAPPED. Docs: "WSASend function".
    pub(crate) fn begin_send(
        socket: &Arc<Socket>,
        record: Record,
        buffers: Buffers,
        flags: i32,
    ) -> Result<Begun, Code> {
        let facts = socket.state.facts();
        if !facts.may_send() {
            socket.refuse_send()?;
        }
        let linux_flags = socket.send_flags(flags, facts)?;
        let Overlap { endpoint, judge, association } = Socket::overlap(socket);
        let port = destination(association, &record)?;
        Ok(overlapped::send(endpoint, judge, port, record, buffers, linux_flags))
    }

    /// Ties the socket to a port, for as long as it lives; false if it is tied already.
    pub(crate) fn associate(socket: &Arc<Socket>, port: &Arc<CompletionPort>, key: usize) -> std::io::Result<bool> {
        let overlap = Socket::overlap(socket);
        // Under a lock, so that of two callers one is told that it came too late.
        let _one_at_a_time = socket.settings();
        if overlap.association.get().is_some() {
            return Ok(false);
        }
        let association = Association::new(port, &overlap.endpoint, key)?;
        Ok(overlap.association.set(association).is_ok())
    }

    /// Whether an overlapped receive is under way.
    pub(crate) fn is_receiving(&self) -> bool {
        self.overlap.get().is_some_and(|overlap| overlap.endpoint.is_receiving())
    }

    /// The tie to a port, if there is one.
    pub(crate) fn association(&self) -> Option<&Arc<Association>> {
        self.overlap.get()?.association.get()
    }

    /// Ends what is under way as cancelled; the endpoint's share of the descriptor goes.
    pub(super) fn end_overlapped(&self) {
        if let Some(overlap) = self.overlap.get() {
            overlap.endpoint.close();
        }
    }

    fn rule(&self, errno: Errno, call: Call) -> Option<Code> {
        let receives = matches!(call, Call::WSARecv | Call::WSARecvFrom);
        if self.state.has(Facts::CLOSED) {
            return Some(Code::WSA_OPERATION_ABORTED);
        }
        match (self.kind.is_stream(), receives) {
            (true, true) => Some(self.stream_fault(errno, Call::recv)),
            (true, false) => Some(self.stream_fault(errno, Call::send)),
            (false, true) => self.datagram_receive_fault(errno, call).err(),
            (false, false) => self.datagram_send_fault(errno, call).err(),
        }
    }
}

/// The port that will tell of an operation. Source: Wine's sock.c:7549, checked on Windows: a completion routine and a
/// port are one too many.
fn destination(association: &OnceLock<Arc<Association>>, record: &Record) -> Result<overlapped::Port, Code> {
    match association.get() {
        Some(_) if record.has_routine() => Err(Code::WSAEINVAL),
        association => Ok(association.cloned()),
    }
}

/// What the engine asks about failures. It does not keep the socket alive: closing waits for those who do.
struct Ruling {
    socket: Weak<Socket>,
    is_stream: bool,
}

impl Judge for Ruling {
    fn judge(&self, errno: i32, call: Call) -> Option<Code> {
        match self.socket.upgrade() {
            Some(socket) => socket.rule(Errno(errno), call),
            None => Some(Code::WSA_OPERATION_ABORTED),
        }
    }

    fn has_received(&self) {
        if let Some(socket) = self.socket.upgrade() {
            socket.look_later();
        }
    }

    fn is_stream(&self) -> bool {
        self.is_stream
    }
}
