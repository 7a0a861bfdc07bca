//! `closesocket`.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use winsock_codes::Code;

use super::Socket;
use super::state::Facts;
use crate::sys;

/// How long a close waits for calls of other threads to notice. They do at once; this bounds the wait if one is stuck in
/// a call that Linux does not end early, such as a connect.
const PATIENCE: Duration = Duration::from_millis(100);

impl Socket {
    /// Docs: "closesocket function", WSAEWOULDBLOCK: a non-blocking socket told to linger, with data still to send, is
    /// not closed.
    pub(crate) fn may_close(&self) -> Result<(), Code> {
        if !self.state.has(Facts::NONBLOCKING) || !self.kind.is_tcp() {
            return Ok(());
        }
        let (on, seconds) = self.settings().options.linger;
        let unsent = on != 0 && seconds != 0 && sys::control::unsent_bytes(self.fd()).is_ok_and(|bytes| bytes > 0);
        if unsent { Err(Code::WSAEWOULDBLOCK) } else { Ok(()) }
    }

    /// Closes a socket that was taken out of the table.
    ///
    /// Calls of other threads that are blocked in it return with an error. The descriptor is closed when the last of
    /// them has left, so that its number cannot come back under their feet.
    pub(crate) fn close(mut socket: Arc<Socket>) {
        if let Some(alone) = Arc::get_mut(&mut socket)
            && alone.overlap.get().is_none()
            && alone.onlookers.get().is_none()
        {
            // No call, duplicate or operation knows it; it closes as it goes. As below, its name goes first.
            alone.settings.get_mut().unwrap_or_else(PoisonError::into_inner).claim = None;
            return;
        }
        if socket.numbers.fetch_sub(1, Ordering::AcqRel) > 1 {
            return; // A duplicate lives on.
        }
        socket.state.set(Facts::CLOSED);
        socket.end_overlapped();
        if let Some(onlookers) = socket.onlookers_there() {
            if let Some(watch) = onlookers.watch.get() {
                watch.end(&socket);
            }
            onlookers.polls.close(&socket);
        }
        if Arc::strong_count(&socket) > 1 {
            // Ends blocking calls; a socket that is not connected obeys too, whatever Linux answers.
            let _ = sys::socket::shutdown(socket.fd(), libc::SHUT_RDWR);
            let start = Instant::now();
            // The name is free for others only once the descriptor is closed, and programs bind again right away.
            while Arc::strong_count(&socket) > 1 && start.elapsed() < PATIENCE {
                thread::yield_now();
            }
        }
        // The name goes before the descriptor does: see `reuse::Held`.
        socket.settings().claim = None;
    }
}
