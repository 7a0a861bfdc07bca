//! From paths to decoded text, for tools that scan logs.
//!
//! ```
//! use wsa_input::{OpenOptions, Source, Text, open};
//!
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("app.log");
//! # std::fs::write(&path, "connect failed with error 10061\n")?;
//! let mut lines = 0;
//! match open(&Source::file(&path), &OpenOptions::default())? {
//!     Text::Stream(mut stream) => {
//!         let mut buffer = vec![0; 64 << 10];
//!         loop {
//!             let read = stream.read(&mut buffer);
//!             if read == 0 {
//!                 break;
//!             }
//!             lines += buffer[..read].iter().filter(|&&byte| byte == b'\n').count();
//!         }
//!         for error in stream.take_errors() {
//!             eprintln!("{error}"); // a truncated gzip, a damaged event log: named, and what came before was read
//!         }
//!     }
//!     Text::Mapped(text) => {
//!         for start in (0..text.bytes()).step_by(1 << 20) {
//!             text.with_part(start..start + (1 << 20), &mut |part| {
//!                 lines += part.iter().filter(|&&byte| byte == b'\n').count();
//!             });
//!         }
//!     }
//!     Text::Archive(_) | Text::Skipped { .. } => {}
//! }
//! assert_eq!(lines, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way of a byte
//!
//! ```text
//! walk ──▶ Source ──open──▶ sniff ─┬─ gzip zstd xz bzip2 ──▶ (sniff again, at most 4 deep)
//!                                  ├─ tar, zip ────────────▶ each member anew (sniff again, at most 4 deep)
//!                                  ├─ event log ───────────▶ one line for each record
//!                                  ├─ UTF-16, code page ───▶ UTF-8
//!                                  └─ plain UTF-8 ─────────▶ as it is; large files mapped piece by piece
//! ```
//!
//! Decisions:
//! * Content decides, never the name: logs are called `app.log.1` and `dump.bin`.
//! * Memory does not grow with the input. A decoder may hold a window of [`Limits::window_bytes`], no more; what needs
//!   more is named and can be piped in.
//! * Damage ends in a named [`InputError`], and everything before it (for event logs: also after it) is still text.
//!
//! What is not here: recognising anything in the text (`winsock-scan`), printing, command-line options.

mod archive;
mod code_page;
mod decompress;
mod encoding;
mod error;
mod event_log;
mod follow;
mod identity;
mod incoming;
mod layer;
mod legible;
mod line_ends;
mod live;
mod mapped;
mod newcomers;
mod open;
#[cfg(target_os = "linux")]
mod race;
#[cfg(target_os = "linux")]
mod shown;
mod sniff;
mod source;
mod sys;
mod walk;

pub use archive::{Archive, Member};
pub use decompress::Limits;
pub use encoding::{TextEncoding, UnknownEncoding};
pub use error::{ErrorKind, InputError};
pub use follow::{Change, Follower};
pub use identity::FileIdentity;
pub use incoming::Incoming;
pub use legible::legible;
pub use mapped::MappedText;
pub use newcomers::Newcomers;
pub use open::{OpenOptions, Opened, Stream, Text, open, open_reader};
pub use sniff::Format;
pub use source::Source;
pub use walk::{Found, Globs, Walk, WalkOptions, walk};
