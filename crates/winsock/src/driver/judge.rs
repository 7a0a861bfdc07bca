//! [`Judge`]: what a failure of Linux means for a socket.

use std::sync::Arc;

use winsock_codes::{Call, Code};

use crate::overlapped::Signal;

/// What an operation asks of its socket when Linux reports a failure.
pub trait Judge: Send + Sync {
    /// The code for this errno in this call; `None` to try again.
    fn judge(&self, errno: i32, call: Call) -> Option<Code>;

    /// A receive that was under way has ended. Asked only if some socket of the process is watched for events.
    fn has_received(&self) {}

    /// The state of the socket's own handle, which tells the ends of operations without an event.
    fn signal(&self) -> Option<&Signal> {
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

/// An endpoint's judge, with the one answer that every transfer needs beside it: that spares a look at other memory.
pub(super) struct OwnJudge {
    judge: Arc<dyn Judge>,
    is_stream: bool,
}

impl OwnJudge {
    pub(super) fn new(judge: Arc<dyn Judge>) -> OwnJudge {
        let is_stream = judge.is_stream();
        OwnJudge { judge, is_stream }
    }

    pub(super) fn share(&self) -> Arc<dyn Judge> {
        Arc::clone(&self.judge)
    }
}

impl Judge for OwnJudge {
    fn judge(&self, errno: i32, call: Call) -> Option<Code> {
        self.judge.judge(errno, call)
    }

    fn has_received(&self) {
        self.judge.has_received();
    }

    fn signal(&self) -> Option<&Signal> {
        self.judge.signal()
    }

    fn is_stream(&self) -> bool {
        self.is_stream
    }
}
