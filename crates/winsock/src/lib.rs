//! Winsock 2 semantics on Linux, in safe Rust: calls that fail exactly as Windows does.
//!
//! A call returns [`Code`], the value that `WSAGetLastError` gives on Windows for the same failure in the same state.
//! Linux's errno alone cannot say that: `EPIPE` is 10058 after the program's own shutdown, 10054 after the peer's reset
//! and 10057 on a stream that never was connected. So every socket knows its state, the state is asked first, and only
//! what Linux alone can know is translated, with the call and the state as context.
//!
//! # Layers, each calls only downward
//!
//! ```text
//! extension                   AcceptEx and its kin
//! event                       network events: what happened on a socket since the program asked
//! overlapped  port            operations that end later, and where their ends are told
//! readiness  names            questions about many sockets; names and addresses
//!       socket                the object: states, options, one file per verb
//!        wait                 events, mutexes, semaphores, threads, timers, and waiting for them
//!       driver                the engine under overlapped calls: submit, cancel, reap
//! handle  last_error  process the table of numbers; the thread's code; start-up counting
//!        sys                  the only place that talks to Linux, and the only unsafe code
//! ```
//!
//! # One system call
//!
//! A successful [`send`], [`recv`], [`sendto`] or [`recvfrom`] is one system call, blocking or not: looking up a socket
//! takes no lock and no system call, its state is one load.
//!
//! Two things cost more, where they are used. Once a program has begun an operation with a completion routine or queued
//! something for a thread, a blocking call that must wait does so alertably: a try, a wait, another try. And a plain transfer
//! of a stream on which overlapped ones of its direction are under way waits for its turn.
//!
//! # An overlapped transfer
//!
//! One of a connected stream, tied to a completion port, with one buffer and without flags, event or routine, goes a short
//! way of its own ([`overlapped::begin_plain_send`], [`overlapped::begin_plain_receive`]). Everything else about it that is
//! unusual sends it the general way ([`overlapped::begin_send`], [`overlapped::begin_receive`]), which knows all the rules.
//!
//! # The C face
//!
//! The crate `ws2_32` puts the C ABI over these functions. Nothing here exports a C symbol.
//!
//! ```
//! use winsock::{Code, win32::*};
//!
//! winsock::startup(0x0202)?;
//! let s = winsock::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)?;
//! // Never connected: 10057, where Linux would raise SIGPIPE.
//! assert_eq!(winsock::send(s, b"hello", 0), Err(Code::WSAENOTCONN));
//! winsock::closesocket(s)?;
//! assert_eq!(winsock::send(s, b"hello", 0), Err(Code::WSAENOTSOCK));
//! winsock::cleanup()?;
//! # Ok::<(), Code>(())
//! ```

// From a handle's object to a completion queue, its requests, a port and its polls is a long way for the compiler, which
// asks at each step whether threads may share what it finds.
#![recursion_limit = "256"]

mod address;
pub mod afd;
mod calls;
pub mod driver;
pub mod event;
pub mod extension;
mod fault;
mod handle;
mod last_error;
pub mod memory;
pub mod message;
pub mod names;
pub mod overlapped;
pub mod port;
mod process;
mod readiness;
pub mod registered;
mod socket;
mod sync;
mod sys;
mod tokens;
pub mod wait;
pub mod win32;

pub use address::{Address, WindowsAddress};
pub use calls::*;
pub use handle::file;
pub use last_error::{last_error, set_last_error};
pub use process::{Startup, cleanup, is_started, startup};
pub use readiness::select::{Ready, Sets, select};
pub use readiness::wsa_poll::{PollEntry, wsa_poll};
pub use socket::accept::Decision;
pub use winsock_codes::{Call, Code};
