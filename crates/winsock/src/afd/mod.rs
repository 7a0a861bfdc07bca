//! Polls through `\Device\Afd`: readiness of sockets that a completion port tells.
//!
//! Programs for Windows that want what epoll is to Linux's open `\Device\Afd\Something`, tie that handle to a port, and ask
//! it about sockets with `IOCTL_AFD_POLL`. A question (`request`) ends once, with the first thing that holds of
//! what it asks; what holds already ends it within the call.
//!
//! * `device` is the handle's part: what was asked by it, and whom ends are told to. A socket's own handle serves as well.
//! * `polled` is one socket as those who ask see it; `standing` is what Linux and the socket's state say of it.
//! * `poller` notices changes, for one port: the sockets are in an epoll instance of its own, told edge by edge, and that
//!   instance is one endpoint of the port's driver. So whoever waits on the port looks at the sockets, with either driver,
//!   and a socket may besides have overlapped operations at the same port, which would need its descriptor there once more.
//!
//! # Locks
//!
//! The lane of a poller's endpoint, then `Polled`, then a socket's lanes and settings, then a request, then a port's packets.
//! Whoever holds a socket's lane only has the kernel tell a change once more (`Socket::poll_again`), which takes the list of
//! its `Polled`: nobody who holds that list waits for one of them.
//!
//! No page documents this interface. Sources: test_poll, test_poll_exclusive and test_poll_completion_port of
//! dlls/ws2_32/tests/afd.c, checked on Windows; for the rest programs that run on Windows and what they expect of it.

mod by_handle;
mod device;
mod polled;
mod poller;
mod request;
mod standing;

pub use by_handle::{cancel, cancel_issued_here, open, poll};
pub(crate) use by_handle::{helper, waitable};
pub(crate) use device::Helper;
pub use device::{Begun, Question};
pub(crate) use polled::Polls;
pub(crate) use poller::Poller;
pub(crate) use request::end_of_thread;

/// Something may be received.
pub const AFD_POLL_RECEIVE: u32 = 1 << 0;
/// Urgent data may be received.
pub const AFD_POLL_RECEIVE_EXPEDITED: u32 = 1 << 1;
/// Something may be sent.
pub const AFD_POLL_SEND: u32 = 1 << 2;
/// The peer has ended its half of the connection.
pub const AFD_POLL_DISCONNECT: u32 = 1 << 3;
/// The connection was reset.
pub const AFD_POLL_ABORT: u32 = 1 << 4;
/// The socket was closed; told whether it is asked for or not.
pub const AFD_POLL_LOCAL_CLOSE: u32 = 1 << 5;
/// The socket is connected.
pub const AFD_POLL_CONNECT: u32 = 1 << 6;
/// A connection may be accepted.
pub const AFD_POLL_ACCEPT: u32 = 1 << 7;
/// A connect has failed.
pub const AFD_POLL_CONNECT_FAIL: u32 = 1 << 8;
