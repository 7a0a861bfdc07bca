//! Winsock 2 semantics on Linux, in safe Rust: calls that fail exactly as Windows does.
//!
//! This part: overlapped operations and completion ports over an engine that uses epoll or io_uring.
//!
//! ```text
//! overlapped  port           operations, and where their ends are told
//!          driver            the engine: submit, cancel, reap
//!           sys              the only place that talks to Linux
//! ```

mod driver;
mod overlapped;
mod port;
mod sync;
mod sys;

pub use driver::{DriverKind, Endpoint, Target, driver_kind};
pub use overlapped::{
    Begun, Buffers, Judge, OVERLAPPED, Port, Record, Status, WSABUF, cancel, cancel_issued_here, current_issuer,
    receive, result, send,
};
pub use port::{Association, CompletionPort, Packet, WaitError};
pub use winsock_codes::{Call, Code};
