//! Finds Winsock (Windows Sockets) errors in logs, in every form that software writes them, at disk speed.
//!
//! Bytes go in, [`Finding`]s come out through a [`Sink`]. The crate opens no file, prints nothing and has no threads of
//! its own; text must be in an ASCII-compatible encoding (decode UTF-16 first; any 8-bit code page will do).
//!
//! ```
//! use winsock_scan::{Collect, Operation, Scanner};
//!
//! let log = b"2025-03-01 10:00:00 ready on port 10048\n\
//!             2025-03-01 10:00:07 recv() from 192.0.2.9:10048 failed, WSAGetLastError=10054\n";
//! let mut all = Collect::default();
//! Scanner::default().scan_slice(log, &mut all);
//!
//! let [finding] = &all.findings[..] else { panic!("one error, and two ports that look like errors") };
//! assert_eq!(finding.code.name(), Some("WSAECONNRESET"));
//! assert_eq!((finding.line, finding.operation), (2, Some(Operation::Recv)));
//! assert_eq!(finding.peer.as_deref(), Some("192.0.2.9:10048"));
//! ```
//!
//! # Three ways in
//!
//! * [`Scanner::scan_slice`]: the whole input is in memory (or mapped).
//! * [`Scanner::scan_range`]: part of an input that is in memory, for several threads; cut it with [`next_split`] and
//!   number lines with the [`Summary::lines`] of the parts before.
//! * [`Scanner::stream`]: chunks as they come. However the input is cut in chunks, the findings are the same.
//!
//! # What counts
//!
//! A number counts only with an error word or function beside it, or with the same code told in another form; names,
//! HRESULTs, the system's texts (English and localized) and runtimes' own Windows wordings count by themselves; POSIX
//! names count only with proof of Windows in the record, or with [`ScannerBuilder::assume_windows`]. One failure told
//! twice in a record is one finding. Words and texts are data (`data/*.tsv`); `tests/corpus/` holds the labelled records
//! that the rules are measured with.
//!
//! # How it works
//!
//! `prefilter` finds places worth looking at (with AVX-512 VBMI at some 27 GB/s on a processor of 2024, with AVX2 at 9, with
//! neither at 1.4) and counts lines on the way; `record` finds the lines that belong together, and undoes what a terminal,
//! syslog or a container made of their signs; `recognise` reads one record:
//! `blocks` says which bytes are digits and words, `matcher` finds every known phrase, `number` every number with the value
//! of a code, `judge` decides which of them are errors, `operation` and `peer` say of what and against whom, `time` when.
//! What a record leaves out of operation and peer may stand in the lines before it, which say what was to be done, or behind
//! it (`told` in `scanner` asks `before` and `behind`; `thread` knows which dated lines belong to it). A record of a *shape*
//! that was read before (`shapes`: the same but for the digits of dates, clocks and addresses) is not read again; where such
//! records stand line by line the filter is not even asked.
//!
//! Words and stretches are constants, `lexicon/generated.rs` and `prefilter/generated.rs`: a scan of one line begins without
//! making tables. After a change of `data/*.tsv` or of a text in the catalogue, `WSA_WRITE=1 cargo test -p winsock-scan
//! lexicon`, then the same with `prefilter`, write them anew; without the variable the same tests fail if they are stale.
//!
//! # Not there yet
//!
//! Text must be decoded: UTF-16 and base64 are the caller's business.
//! Speed falls with the share of errors: a record of a known shape costs some 3,000 instructions among its like and 8,000
//! elsewhere, of a new one 20,000 and more. The filter looks for some texts by four bytes with a blank among them: a tab or
//! a line break just there, and no other sign of an error in the record, hides the record.
//!
//! # Memory and giant lines
//!
//! A stream holds at most [`WINDOW_BYTES`] × 2 plus the largest chunk; the shapes take a megabyte or so for each thread, ten
//! at most. A record is looked at from at most
//! [`RECORD_BACK_BYTES`] before the first sign of an error to [`RECORD_AHEAD_BYTES`] after it; what lies beyond is
//! examined as a record of its own.
//!
//! A line that is longer on either side holds many records. Objects that follow one another, as events in a line of JSON do,
//! are one each; elsewhere a record is what stands up to 512 bytes before the first sign of an error and 2 KiB behind it. So a line of
//! gigabytes is scanned completely, and its columns are right.

#[cfg(test)]
mod drift;
mod finding;
mod lexicon;
mod lines;
mod matcher;
mod number;
mod prefilter;
mod recognise;
mod record;
mod scanner;
mod sink;
mod time;

pub use finding::{Confidence, Evidence, Finding, Form, Operation, Record, Related, Runtime};
pub use scanner::{
    LINES_BEHIND_BYTES, RECORD_AHEAD_BYTES, RECORD_BACK_BYTES, Scanner, ScannerBuilder, Stream, Summary,
    TABLE_HEAD_BYTES, TableHead, WINDOW_BYTES, next_split,
};
pub use sink::{Collect, Count, OwnedFinding, Sink};
pub use time::Stamp;
