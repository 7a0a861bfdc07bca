//! [`Judge`]: what a failure of Linux means for a socket.

use std::ptr::without_provenance;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use winsock_codes::{Call, Code};

use super::Endpoint;
use crate::overlapped::Signal;
use crate::port::Association;
use crate::sys::prefetch::prefetch;

/// What an operation asks of its socket when Linux reports a failure.
pub trait Judge: Send + Sync {
    /// The code for this errno in this call; `None` to try again.
    fn judge(&self, errno: i32, call: Call) -> Option<Code>;

    /// A receive that was under way has ended. Asked only if some socket of the process is watched for events.
    fn has_received(&self) {}

    /// The state of the socket's own handle, which tells the ends of operations without an event. Never changes.
    fn signal(&self) -> Option<&Signal> {
        None
    }

    /// The tie to a port that was made after an operation began: its end is told there too.
    fn tie(&self) -> Option<&Association> {
        None
    }

    /// The code for what finds the end of a stream that is broken: Linux tells a reset once, then an end.
    fn broken(&self) -> Option<Code> {
        None
    }

    /// Whether the socket is a byte stream: a receive of 0 bytes is its end, a short one means that no more is there.
    /// Never changes.
    fn is_stream(&self) -> bool;
}

/// Of an endpoint whose work never asks.
pub(crate) struct NoJudge;

impl Judge for NoJudge {
    fn judge(&self, _: i32, _: Call) -> Option<Code> {
        None
    }

    fn is_stream(&self) -> bool {
        false
    }
}

/// An endpoint's judge, with the answers that every transfer needs beside it: that spares looks at other memory.
pub(crate) struct OwnJudge {
    is_stream: bool,
    /// The port that tells the ends of the socket's operations; see [`Endpoint::associate`].
    tie: OnceLock<Association>,
    /// The state of the socket's own handle.
    signal: Signal,
    judge: Asked,
    /// Where the place of the socket's number lies; 0 before that is known. A hint.
    place: AtomicUsize,
}

/// Bytes at the beginning of a socket among which is what transfers look at; the socket says so too.
pub(crate) const SOCKET_BYTES: usize = 96;

/// Who is asked about failures.
pub(super) enum Asked {
    /// Somebody who lives as long as the endpoint.
    Kept(Arc<dyn Judge>),
    /// The endpoint's owner, as long as it lives.
    Owner(Weak<dyn Judge>),
    /// The judge of another endpoint of the same socket, and its signal tells the ends here too.
    Other(crate::sync::Arc<Endpoint>),
}

impl OwnJudge {
    pub(super) fn new(is_stream: bool, judge: Asked) -> OwnJudge {
        OwnJudge { is_stream, tie: OnceLock::new(), signal: Signal::default(), judge, place: AtomicUsize::new(0) }
    }

    /// The tie to a port, once there is one.
    #[inline]
    pub(crate) fn tie(&self) -> Option<&Association> {
        self.tie.get()
    }

    pub(super) fn set_tie(&self, association: Association) -> bool {
        self.tie.set(association).is_ok()
    }

    /// The state of the socket's own handle, which tells the ends of operations without an event.
    #[inline]
    pub(crate) fn signal(&self) -> &Signal {
        match &self.judge {
            Asked::Other(other) => &other.judge().signal,
            _ => &self.signal,
        }
    }

    /// The socket is known by the number whose place lies there.
    pub(crate) fn note_place(&self, address: usize) {
        self.place.store(address, Ordering::Relaxed);
    }

    /// Has the processor fetch the socket and the place of its number, which the next operation on it looks at.
    #[inline]
    pub(crate) fn prefetch_socket(&self) {
        if let Asked::Owner(owner) = &self.judge {
            prefetch(owner.as_ptr(), SOCKET_BYTES);
            prefetch(without_provenance::<u8>(self.place.load(Ordering::Relaxed)), 1);
        }
    }

    /// [`OwnJudge::signal`] of an endpoint that is tied to a port, which is a socket's only one.
    #[inline]
    pub(crate) fn own_signal(&self) -> &Signal {
        &self.signal
    }
}

impl Judge for OwnJudge {
    fn judge(&self, errno: i32, call: Call) -> Option<Code> {
        match &self.judge {
            Asked::Kept(judge) => judge.judge(errno, call),
            Asked::Owner(owner) => match owner.upgrade() {
                Some(judge) => judge.judge(errno, call),
                None => Some(Code::WSA_OPERATION_ABORTED),
            },
            Asked::Other(other) => other.judge().judge(errno, call),
        }
    }

    fn has_received(&self) {
        match &self.judge {
            Asked::Kept(judge) => judge.has_received(),
            Asked::Owner(owner) => {
                if let Some(judge) = owner.upgrade() {
                    judge.has_received();
                }
            }
            Asked::Other(other) => other.judge().has_received(),
        }
    }

    fn signal(&self) -> Option<&Signal> {
        Some(OwnJudge::signal(self))
    }

    fn tie(&self) -> Option<&Association> {
        match &self.judge {
            Asked::Other(other) => other.judge().tie.get(),
            _ => self.tie.get(),
        }
    }

    fn broken(&self) -> Option<Code> {
        match &self.judge {
            Asked::Kept(judge) => judge.broken(),
            Asked::Owner(owner) => owner.upgrade().and_then(|judge| judge.broken()),
            Asked::Other(other) => other.judge().broken(),
        }
    }

    fn is_stream(&self) -> bool {
        self.is_stream
    }
}
