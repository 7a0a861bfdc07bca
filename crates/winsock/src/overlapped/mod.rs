//! Overlapped calls: begun now, ended later, told through a completion port.
//!
//! [`receive`] and [`send`] build an operation from what the caller lent ([`Record`], [`Buffers`]) and give it to the
//! engine. What `WSARecv` returns follows from the [`Begun`] they return.

pub(crate) mod action;
mod buffers;
mod by_socket;
mod cancel;
mod control;
pub(crate) mod operation;
pub(crate) mod plain;
mod result;
mod signal;
mod transfer;

pub use crate::driver::Judge;
pub use buffers::{
    AcceptRoom, Buffers, Found, Message, NameSlot, OVERLAPPED, Plain, PollInfo, PollRecord, Record, Region, WSABUF,
    WSAMSG, address_in,
};
pub(crate) use buffers::{Borrowed, Part, borrow};
pub use by_socket::{
    begin_plain_receive, begin_plain_send, begin_receive, begin_send, cancel_issued_here_on, cancel_on, in_time,
    settle, wait_at_most, wait_for,
};
pub use cancel::{cancel, cancel_issued_here, current_issuer};
pub use control::{Controlled, begin_control};
pub use operation::{Begun, Port};
pub use plain::{receive_plain, send_plain};
pub use result::{Status, result};
pub use signal::Signal;
pub(crate) use transfer::Transfer;
pub use transfer::{receive, send};
