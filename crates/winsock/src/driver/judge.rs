//! [`Judge`]: what a failure of Linux means for a socket.

use std::sync::{Arc, OnceLock};

use winsock_codes::{Call, Code};

use crate::overlapped::Signal;
use crate::port::Association;

/// What an operation asks of its socket when Linux reports a failure.
pub trait Judge: Send + Sync {
    /// The code for this errno in this call; `None` to try again.
    fn judge(&self, errno: i32, call: Call) -> Option<Code>;

    /// A receive that was under way has ended. Asked only if some socket of the process is watched for events.
    fn has_received(&self) {}

    /// The state of the socket's own handle, which tells the ends of operations without an event. Never changes.
    fn signal(&self) -> Option<&Arc<Signal>> {
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
    /// The port that tells the ends of the socket's operations; see [`super::Endpoint::tie`].
    tie: OnceLock<crate::sync::Arc<Association>>,
    signal: Option<Arc<Signal>>,
    judge: Arc<dyn Judge>,
}

impl OwnJudge {
    pub(super) fn new(judge: Arc<dyn Judge>) -> OwnJudge {
        let (is_stream, signal) = (judge.is_stream(), judge.signal().cloned());
        OwnJudge { is_stream, tie: OnceLock::new(), signal, judge }
    }

    pub(super) fn share(&self) -> Arc<dyn Judge> {
        Arc::clone(&self.judge)
    }

    /// The tie to a port, once there is one.
    #[inline]
    pub(crate) fn tie(&self) -> Option<&crate::sync::Arc<Association>> {
        self.tie.get()
    }

    pub(super) fn set_tie(&self, association: crate::sync::Arc<Association>) -> bool {
        self.tie.set(association).is_ok()
    }

    /// [`Signal::reset`], if there is one.
    #[inline]
    pub(crate) fn reset_signal(&self) {
        if let Some(signal) = &self.signal {
            signal.reset();
        }
    }

    /// [`Signal::set`], if there is one.
    #[inline]
    pub(crate) fn set_signal(&self) {
        if let Some(signal) = &self.signal {
            signal.set();
        }
    }
}

impl Judge for OwnJudge {
    fn judge(&self, errno: i32, call: Call) -> Option<Code> {
        self.judge.judge(errno, call)
    }

    fn has_received(&self) {
        self.judge.has_received();
    }

    fn signal(&self) -> Option<&Arc<Signal>> {
        self.signal.as_ref()
    }

    fn is_stream(&self) -> bool {
        self.is_stream
    }
}
