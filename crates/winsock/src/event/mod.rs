//! Network events: what happened on a socket since the program last asked, and the event object that says so.
//!
//! `WSAEventSelect` puts a socket under watch. `record` is what has happened, by the rules of Windows and without any
//! call to Linux; `sight` is what Linux says of the socket at one moment; `watcher` notices that something changed.

mod by_socket;
mod record;
mod sight;
mod watch;
mod watcher;

use std::sync::atomic::{AtomicBool, Ordering};

pub use by_socket::{NetworkEvents, enum_network_events, event_select};
pub(crate) use record::Occasion;
pub(crate) use sight::Sight;
pub(crate) use watch::Watch;

/// Something may be read; `FD_READ`.
pub const FD_READ: u32 = 1 << 0;
/// Something may be sent; `FD_WRITE`.
pub const FD_WRITE: u32 = 1 << 1;
/// Urgent data has come; `FD_OOB`.
pub const FD_OOB: u32 = 1 << 2;
/// A connection may be accepted; `FD_ACCEPT`.
pub const FD_ACCEPT: u32 = 1 << 3;
/// A connect has ended; `FD_CONNECT`.
pub const FD_CONNECT: u32 = 1 << 4;
/// The peer has ended the connection; `FD_CLOSE`.
pub const FD_CLOSE: u32 = 1 << 5;
/// The way to an address has changed; `FD_ROUTING_INTERFACE_CHANGE`.
pub const FD_ROUTING_INTERFACE_CHANGE: u32 = 1 << 8;
/// The local addresses have changed; `FD_ADDRESS_LIST_CHANGE`.
pub const FD_ADDRESS_LIST_CHANGE: u32 = 1 << 9;
/// How many network events have a bit; `FD_MAX_EVENTS`.
pub const FD_MAX_EVENTS: usize = 10;

/// Whether anybody looks at sockets from beside their calls; see [`is_used`].
static IS_USED: AtomicBool = AtomicBool::new(false);

/// From now on somebody does.
pub(crate) fn begin_use() {
    IS_USED.store(true, Ordering::Release);
}

/// Whether any socket of the process is or was watched, or polled through `\Device\Afd`: ends of receives are told then.
#[inline]
pub(crate) fn is_used() -> bool {
    IS_USED.load(Ordering::Acquire)
}
