//! A socket's tie to a port.

use std::sync::atomic::{AtomicU8, Ordering};

use super::{CompletionPort, Packet, desk};
use crate::driver::Driver;
use crate::overlapped::Status;
use crate::sync::Arc;

/// What `CreateIoCompletionPort` ties to a socket: the port, the key that its packets carry, and whether calls that
/// succeed at once are silent.
///
/// The tie lasts as long as the socket. Docs: "CreateIoCompletionPort function", Remarks. Made by
/// [`Endpoint::associate`](crate::driver::Endpoint::associate).
#[derive(Debug)]
pub struct Association {
    destination: Destination,
    modes: AtomicU8,
}

/// Where packets go, and the key that they carry.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    port: Arc<CompletionPort>,
    key: usize,
}

impl Association {
    /// `FILE_SKIP_COMPLETION_PORT_ON_SUCCESS`.
    pub const SKIP_ON_SUCCESS: u8 = 1;
    /// `FILE_SKIP_SET_EVENT_ON_HANDLE`: the socket's own handle tells no ends. Nothing of that is done here.
    pub const SKIP_SET_EVENT: u8 = 2;

    pub(crate) fn new(port: &Arc<CompletionPort>, key: usize, modes: u8) -> Association {
        Association { destination: Destination { port: Arc::clone(port), key }, modes: AtomicU8::new(modes) }
    }

    /// Adds notification modes; they cannot be taken back. Docs: "SetFileCompletionNotificationModes function".
    #[doc(alias = "SetFileCompletionNotificationModes")]
    pub fn add_modes(&self, modes: u8) {
        self.modes.fetch_or(modes, Ordering::Relaxed);
    }

    /// Whether an operation that succeeds at once queues no packet.
    #[must_use]
    #[inline]
    pub fn skips_immediate_success(&self) -> bool {
        self.modes.load(Ordering::Relaxed) & Association::SKIP_ON_SUCCESS != 0
    }

    /// Whether a send that begins now may leave with the thread's next wait. Not one whose success at once is the only thing
    /// that the program is told.
    #[inline]
    pub(crate) fn gathers_sends(&self) -> bool {
        desk::gathers_sends(&self.destination.port) && !self.skips_immediate_success()
    }

    /// What drives the socket.
    pub(crate) fn driver(&self) -> &Arc<Driver> {
        self.destination.port.driver()
    }

    /// The port.
    pub(crate) fn port(&self) -> &Arc<CompletionPort> {
        &self.destination.port
    }

    #[inline]
    pub(crate) fn destination(&self) -> &Destination {
        &self.destination
    }
}

impl Destination {
    #[inline]
    pub(crate) fn deliver(&self, overlapped: usize, status: Status, bytes: u32) {
        self.port.push(Packet { key: self.key, overlapped, bytes, status });
    }
}
