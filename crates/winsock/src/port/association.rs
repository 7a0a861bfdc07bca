//! A socket's tie to a port.

use std::sync::atomic::{AtomicU8, Ordering};

use super::{CompletionPort, Packet, desk};
use crate::driver::{Driver, Endpoint};
use crate::overlapped::Status;
use crate::sync::Arc;

/// What `CreateIoCompletionPort` ties to a socket: the port, the key that its packets carry, and whether calls that
/// succeed at once are silent.
///
/// The tie lasts as long as the socket. Docs: "CreateIoCompletionPort function", Remarks.
#[derive(Debug)]
pub struct Association {
    port: Arc<CompletionPort>,
    key: usize,
    modes: AtomicU8,
}

impl Association {
    /// `FILE_SKIP_COMPLETION_PORT_ON_SUCCESS`.
    pub const SKIP_ON_SUCCESS: u8 = 1;
    /// `FILE_SKIP_SET_EVENT_ON_HANDLE`: the socket's own handle tells no ends. Nothing of that is done here.
    pub const SKIP_SET_EVENT: u8 = 2;

    /// Ties an endpoint to a port, whose waiters drive it from now on.
    ///
    /// # Errors
    /// The errno of Linux when it has no memory to watch the endpoint that already has work under way.
    pub fn new(port: &Arc<CompletionPort>, endpoint: &Arc<Endpoint>, key: usize) -> std::io::Result<Arc<Association>> {
        let moved = endpoint.move_to(port.driver());
        moved.map_err(|errno| std::io::Error::from_raw_os_error(errno.0))?;
        Ok(Arc::new(Association { port: Arc::clone(port), key, modes: AtomicU8::new(0) }))
    }

    /// Adds notification modes; they cannot be taken back. Docs: "SetFileCompletionNotificationModes function".
    #[doc(alias = "SetFileCompletionNotificationModes")]
    pub fn add_modes(&self, modes: u8) {
        self.modes.fetch_or(modes, Ordering::Relaxed);
    }

    /// Whether an operation that succeeds at once queues no packet.
    #[must_use]
    pub fn skips_immediate_success(&self) -> bool {
        self.modes.load(Ordering::Relaxed) & Association::SKIP_ON_SUCCESS != 0
    }

    /// Whether a send that begins now may leave with the thread's next wait. Not one whose success at once is the only thing
    /// that the program is told.
    #[inline]
    pub(crate) fn gathers_sends(&self) -> bool {
        desk::gathers_sends(&self.port) && !self.skips_immediate_success()
    }

    /// What drives the socket.
    pub(crate) fn driver(&self) -> &Arc<Driver> {
        self.port.driver()
    }

    #[inline]
    pub(crate) fn deliver(&self, overlapped: usize, status: Status, bytes: u32) {
        self.port.push(Packet { key: self.key, overlapped, bytes, status });
    }
}
