//! Completion ports: where finished operations queue up for the threads that take them.

mod association;
pub mod by_handle;
mod completion_port;
mod desk;
mod watch;

pub use association::Association;
pub(crate) use association::Destination;
pub use completion_port::{CompletionPort, Packet, WaitError};
pub use desk::before_blocking;
pub(crate) use desk::{comes_back_to, look_after_sleep, set_reaped, thread_number};
pub use watch::flush;
