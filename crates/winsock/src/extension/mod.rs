//! Microsoft's extension functions: `AcceptEx`, `ConnectEx`, `DisconnectEx`, `TransmitFile`, `TransmitPackets`,
//! `WSARecvMsg`, `WSASendMsg`, by SOCKET value.
//!
//! Programs fetch most of them by `SIO_GET_EXTENSION_FUNCTION_POINTER`; [`Extension`] names what a GUID stands for.
//!
//! # One socket, another descriptor
//!
//! `AcceptEx` connects a socket that exists. Linux' accept makes a new descriptor, which then takes the place of the
//! socket's own, under the same number (`dup3`). Nothing was under way on the former, so nobody notices. A socket that
//! `DisconnectEx` made ready for reuse gets a fresh descriptor the same way, or is disconnected in place if it keeps its
//! local address.
//!
//! # Descriptors that do not block
//!
//! Overlapped transfers tell Linux by flag that they do not wait. `accept`, `connect` and `sendfile` have no such flag, so
//! while one of them is under way the descriptor itself does not block (`Socket::hold_nonblocking`).

pub(crate) mod accept_ex;
mod connect_ex;
pub(crate) mod context;
mod control;
mod disconnect_ex;
mod guid;
mod recv_msg;
mod send_msg;
mod transmit_file;

pub use accept_ex::accept_ex;
pub use connect_ex::connect_ex;
pub use disconnect_ex::{TF_DISCONNECT, TF_REUSE_SOCKET, begin_disconnect_ex, disconnect_ex};
pub use guid::Extension;
pub use recv_msg::{begin_recv_from, begin_recv_msg, recv_msg};
pub use send_msg::{begin_send_msg, begin_send_to, send_msg};
pub use transmit_file::{Element, FilePart, begin_transmit, transmit};
