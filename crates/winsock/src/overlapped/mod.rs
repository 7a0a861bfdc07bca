//! Overlapped calls: begun now, ended later, told through a completion port.
//!
//! [`receive`] and [`send`] build an operation from what the caller lent ([`Record`], [`Buffers`]) and give it to the
//! engine. What `WSARecv` returns follows from the [`Begun`] they return.

mod buffers;
mod by_socket;
mod cancel;
mod operation;
mod result;

pub use buffers::{Buffers, OVERLAPPED, Record, WSABUF};
pub use by_socket::{begin_receive, begin_send, cancel_issued_here_on, cancel_on, wait_for};
pub use cancel::{cancel, cancel_issued_here, current_issuer};
pub use operation::{Begun, Judge, Port, receive, send};
pub use result::{Status, result};
