//! The C ABI of Winsock 2 over the crate [`winsock`]: what C programs link as `-lws2_32`.
//!
//! Every function is a thin shim: check pointers, call the safe core, record the last error, return the Winsock failure
//! value. No decision is made here.
//!
//! # Names
//!
//! The functions have Winsock's names in Rust, and the prefix `ws2_` as C symbols: exporting a plain `connect` would
//! replace libc's for the whole process. The headers in `include/` declare `connect` with the label `ws2_connect`, so
//! that C and C++ programs keep Winsock's spelling. `spec/exports.toml` lists every function.
//!
//! # Rust programs written on `windows-sys`
//!
//! With the feature `windows-sys`, which is on by default, `Win32::Networking::WinSock` has that crate's types and
//! constants, and these functions in its shape. A program moves over by one line:
//!
//! ```text
//! use windows_sys::Win32::Networking::WinSock::*;     // before
//! use ws2_32::Win32::Networking::WinSock::*;          // after
//! ```
//!
//! # Pointers
//!
//! Null, and addresses below 64 KiB, which neither Windows nor Linux ever maps and which broken programs pass in place of
//! pointers, give `WSAEFAULT`. Other wild pointers give `WSAEFAULT` where the kernel reads or writes through them (the
//! buffers of `send` and `recv`), and crash elsewhere. Misaligned structures and wide strings are taken as they are; only a
//! misaligned OVERLAPPED gives `WSAEFAULT`. `tests/pointers.rs` tries it on every function.
//!
//! # Memory
//!
//! With the feature `reserve`, which is on by default, the library's allocator keeps 4 MiB for the moment when Linux gives
//! no more: calls then fail with the documented code (`WSAENOBUFS`, `WSA_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`),
//! and those under way end as they should. It is the allocator of the whole program where that is written in Rust; one with
//! an allocator of its own does without the feature (`default-features = false`).
//!
//! # Panics
//!
//! None is expected; one would abort at the ABI and never unwind into C.
#![allow(unsafe_code, reason = "the C ABI")]
#![allow(non_snake_case, non_camel_case_types, clippy::upper_case_acronyms, reason = "the names are Winsock's")]
#![allow(
    clippy::missing_safety_doc,
    reason = "each function has the safety contract of its Winsock page: see the crate's head"
)]

pub mod absent;
mod arguments;
mod boundary;
pub mod bytes;
pub mod companion;
pub mod connect_by;
pub mod control;
pub mod entries;
pub mod events;
pub mod extension;
pub mod lookups;
pub mod message;
pub mod messages;
pub mod mutexes;
pub mod name_spaces;
pub mod names;
pub mod network_events;
pub mod nspapi;
pub mod objects;
pub mod options;
pub mod overlapped;
pub mod port;
pub mod protocols;
pub mod providers;
pub mod readiness;
mod refusal;
mod registered;
pub mod scatter;
pub mod semaphores;
pub mod services;
pub mod socket;
pub mod startup;
pub mod text;
pub mod text_address;
pub mod threads;
pub mod timers;
pub mod transfer;
pub mod types;
pub mod waits;
#[cfg(feature = "windows-sys")]
mod win32;

#[cfg(feature = "reserve")]
#[global_allocator]
static HEAP: winsock::memory::Heap = winsock::memory::Heap::new();

#[cfg(feature = "windows-sys")]
pub use win32::Win32;

pub use absent::*;
pub use bytes::*;
pub use companion::memory::{LocalAlloc, LocalFree};
pub use connect_by::*;
pub use control::*;
pub use entries::*;
pub use events::*;
pub use extension::*;
pub use lookups::*;
pub use message::*;
pub use messages::*;
pub use mutexes::*;
pub use name_spaces::*;
pub use names::*;
pub use network_events::*;
pub use nspapi::*;
pub use objects::*;
pub use options::*;
pub use overlapped::*;
pub use port::*;
pub use protocols::*;
pub use providers::*;
pub use readiness::*;
pub use scatter::*;
pub use semaphores::*;
pub use services::*;
pub use socket::*;
pub use startup::*;
pub use text_address::*;
pub use threads::*;
pub use timers::*;
pub use transfer::*;
pub use waits::*;
