//! Every Winsock (Windows Sockets) error code: what it is, who caused it, what to do, and what other systems call it.
//!
//! `no_std`, no dependencies, no allocation, no unsafe. All data are static tables made from one Markdown file per code
//! (`entries/`), checked against `windows-sys` by the tests.
//!
//! ```
//! use winsock_codes::{Code, Fault, Retry};
//!
//! let entry = Code::new(10054).entry().unwrap();
//! assert_eq!(entry.name, "WSAECONNRESET");
//! assert_eq!(entry.fault[0], Fault::Peer);
//! assert_eq!(entry.retry, Retry::Reconnect);
//! assert_eq!(entry.twins.errno, ["ECONNRESET"]);
//! assert_eq!(entry.code.hresult(), 0x80072746);
//! ```
//!
//! # Where to look
//!
//! * [`Code`]: the number as a type; constants, parsing, HRESULT and APR forms.
//! * [`Entry`]: one row; [`Entry::detail`] has the long texts.
//! * [`by_value`], [`by_name`], [`spellings`], [`nearest`], [`neighbours`]: finding entries.
//! * [`errno`]: Linux errno to code, with the call and the state as context.
//! * [`related`]: Win32 and WinHTTP neighbours, NTSTATUS, and the wrong table in circulation.
//! * [`message`] (feature `text`): recognising the system's own message text.
//!
//! # Features
//!
//! * `text` (default): causes, calls, disputes, stories, and what recognises message texts; with it `messages`.
//! * `messages`: the system's own message of each code, [`Entry::message`].
//! * `std`: conversions from and to `std::io::Error` and `ErrorKind`.

#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![forbid(unsafe_code)]

mod call;
mod code;
mod entry;
pub mod errno;
mod find;
#[cfg(feature = "std")]
mod io;
#[cfg(feature = "text")]
pub mod message;
mod name_hash;
pub mod related;

/// Tables made by `cargo xtask generate` from `entries/` and `data/`; never edited by hand.
mod generated {
    #[rustfmt::skip]
    pub(crate) mod constants;
    #[rustfmt::skip]
    pub(crate) mod errno;
    #[rustfmt::skip]
    pub(crate) mod names;
    #[rustfmt::skip]
    pub(crate) mod related;
    #[rustfmt::skip]
    pub(crate) mod spellings;
    #[rustfmt::skip]
    pub(crate) mod table;
    #[cfg(feature = "messages")]
    #[rustfmt::skip]
    pub(crate) mod messages;
    #[cfg(feature = "text")]
    #[rustfmt::skip]
    pub(crate) mod text;
}

pub use call::Call;
pub use code::{Code, ParseCodeError};
#[cfg(feature = "text")]
pub use entry::{CallNote, Cause, Confusion, Detail, Dispute};
pub use entry::{Category, Entry, Fault, NtStatus, Retry, Severity, Status, Twins};
pub use find::{
    Spelling, System, all_spellings, by_name, by_value, entries, is_winsock_range, nearest, neighbours, spellings,
};
