//! Microsoft's extension functions: `AcceptEx`, `ConnectEx`, `DisconnectEx`, `TransmitFile`, `TransmitPackets`,
//! `WSARecvMsg`, `WSASendMsg`, by SOCKET value.
//!
//! Programs fetch most of them by `SIO_GET_EXTENSION_FUNCTION_POINTER`; [`Extension`] names what a GUID stands for.
//!
//! ```
//! use winsock::overlapped::{AcceptRoom, Begun, OVERLAPPED, Record, wait_for};
//! use winsock::{Address, Code, extension, win32::*};
//!
//! winsock::startup(0x0202)?;
//! let [listener, acceptor, client] = [(); 3].map(|()| winsock::socket(AF_INET, SOCK_STREAM, 0).unwrap());
//! let any = Address::from("127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap()).to_windows();
//! winsock::bind(listener, &any)?;
//! winsock::listen(listener, 5)?;
//! winsock::bind(client, &any)?;
//! let name = winsock::getsockname(listener)?.to_windows();
//!
//! let (mut one, mut two, mut room) = (OVERLAPPED::default(), OVERLAPPED::default(), [0u8; 64]);
//! // SAFETY: all three live until both operations have ended.
//! let lend = |overlapped: *mut OVERLAPPED| unsafe { Record::lend(overlapped) }.unwrap();
//! let parts = unsafe { AcceptRoom::lend(room.as_mut_ptr(), 0, 32, 32) };
//! assert_eq!(extension::accept_ex(listener, acceptor, lend(&mut one), parts)?, Begun::Pending);
//! assert_eq!(extension::connect_ex(client, &name, &[], lend(&mut two))?, Begun::Pending);
//! wait_for(listener, &lend(&mut one))?;
//! wait_for(client, &lend(&mut two))?;
//! // Connected, but without a context: the peer has no name yet.
//! assert_eq!(winsock::send(acceptor, b"hello", 0), Ok(5));
//! assert_eq!(winsock::getpeername(acceptor).unwrap_err(), Code::WSAENOTCONN);
//! winsock::setsockopt(acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, listener.to_ne_bytes()[..].into())?;
//! assert!(winsock::getpeername(acceptor).is_ok());
//! # winsock::cleanup()?;
//! # Ok::<(), Code>(())
//! ```
//!
//! # One socket, another descriptor
//!
//! `AcceptEx` connects a socket that exists. Linux' accept makes a new descriptor. If nothing was done with the socket before,
//! its object takes that descriptor instead of its own, and the own one waits for the next socket. Otherwise the connection
//! takes the place of the socket's own descriptor under the same number (`dup3`): nothing was under way on the former, so
//! nobody notices. A socket that `DisconnectEx` made ready for reuse gets a fresh descriptor the same way, or is
//! disconnected in place if it keeps its local address.
//!
//! # Descriptors that do not block
//!
//! Overlapped transfers tell Linux by flag that they do not wait. `accept`, `connect` and `sendfile` have no such flag, so
//! while one of them is under way the descriptor itself does not block (`Socket::hold_nonblocking`).

mod accept_ex;
mod connect_ex;
pub(crate) mod control;
mod disconnect_ex;
mod guid;
pub(crate) mod recv_msg;
pub(crate) mod send_msg;
mod transmit_file;

pub use accept_ex::accept_ex;
pub use connect_ex::connect_ex;
pub use disconnect_ex::{TF_DISCONNECT, TF_REUSE_SOCKET, begin_disconnect_ex, disconnect_ex};
pub use guid::Extension;
pub use recv_msg::{begin_recv_from, begin_recv_msg, recv_msg};
pub use send_msg::{begin_send_msg, begin_send_to, send_msg};
pub use transmit_file::{Element, FilePart, begin_transmit, transmit};
