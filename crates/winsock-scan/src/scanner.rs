//! [`Scanner`]: hit, record, findings, sink; over a slice, a part of one, or a stream of chunks.
//!
//! All three run the same loop, `Pass::run`: find the next hit at or after the cursor, find the record around it, let
//! the recognisers read the record, move the cursor behind it. The loop looks only at the bytes from
//! [`CONTEXT_BYTES`] before the cursor to [`RECORD_AHEAD_BYTES`] and a little behind a hit, which is why chunks may be
//! cut anywhere as long as those bytes are kept.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::finding::Confidence;
use crate::recognise::Recogniser;
use crate::record::{self, LINE_HEAD_BYTES};
use crate::sink::Sink;
use crate::time::STAMP_BACK_BYTES;

mod before;
mod behind;
mod columns;
mod pass;
mod stream;
mod thread;
mod told;

pub(crate) use columns::FIELDS;
pub use columns::TableHead;
use pass::Pass;
pub use stream::Stream;

/// How far before the first sign of an error its record may begin.
pub const RECORD_BACK_BYTES: usize = 16 << 10;

/// How far behind the first sign of an error its record may reach.
pub const RECORD_AHEAD_BYTES: usize = 48 << 10;

/// How much of a log is looked at for the line that names its columns.
pub const TABLE_HEAD_BYTES: usize = 2 << 10;

/// How far behind a record lines may tell what it leaves out.
pub const LINES_BEHIND_BYTES: usize = 1 << 10;

/// Most bytes of one record that are looked at together; longer ones are looked at in parts.
pub const WINDOW_BYTES: usize = RECORD_BACK_BYTES + RECORD_AHEAD_BYTES;

/// What must stay in memory before the cursor: a record's head, the lines that may date it, and the line before those.
const CONTEXT_BYTES: usize = RECORD_BACK_BYTES + STAMP_BACK_BYTES + LINE_HEAD_BYTES;

/// What must be in memory behind a hit before its record can be closed: the record and the heads of the next lines.
const AHEAD_BYTES: usize = RECORD_AHEAD_BYTES + 2 * LINE_HEAD_BYTES;

/// Options for a [`Scanner`].
///
/// ```
/// use winsock_scan::{Confidence, Count, ScannerBuilder};
///
/// let line = b"{error,econnrefused}"; // Erlang says so on every system
/// let mut count = Count::default();
/// ScannerBuilder::new().build().scan_slice(line, &mut count);
/// assert_eq!(count.findings, 0);
/// ScannerBuilder::new().assume_windows(true).min_confidence(Confidence::Low).build().scan_slice(line, &mut count);
/// assert_eq!(count.findings, 1);
/// ```
#[derive(Clone, Debug)]
pub struct ScannerBuilder {
    min_confidence: Confidence,
    assume_windows: bool,
    pub(crate) related: bool,
}

impl Default for ScannerBuilder {
    fn default() -> ScannerBuilder {
        ScannerBuilder::new()
    }
}

impl ScannerBuilder {
    /// The defaults: every confidence, nothing assumed about the system, no look-alikes.
    #[must_use]
    pub const fn new() -> ScannerBuilder {
        ScannerBuilder { min_confidence: Confidence::Low, assume_windows: false, related: false }
    }

    /// Leaves out findings below this confidence.
    #[must_use]
    pub const fn min_confidence(mut self, least: Confidence) -> ScannerBuilder {
        self.min_confidence = least;
        self
    }

    /// Takes the log to be from Windows: then POSIX names (`ECONNRESET`) and bare `error 10054` without a word of
    /// networking count as well, with [`Confidence::Low`] and [`Evidence::Assumed`](crate::Evidence::Assumed). Records
    /// that prove another system (a Linux errno in the same place) still do not count.
    #[must_use]
    pub const fn assume_windows(mut self, yes: bool) -> ScannerBuilder {
        self.assume_windows = yes;
        self
    }

    /// Also reports look-alikes to [`Sink::related`].
    #[must_use]
    pub const fn related(mut self, yes: bool) -> ScannerBuilder {
        self.related = yes;
        self
    }

    /// The scanner. Cheap: the tables behind it are constants.
    #[must_use]
    pub fn build(&self) -> Scanner {
        Scanner { options: self.clone(), idle: Arc::default() }
    }
}

/// Finds Winsock errors. Threads may share one.
///
/// Between scans it keeps what they have learned about the shapes of records (at most ten megabytes for each thread,
/// mostly well below one), so that the next part of a log does not begin anew.
#[derive(Clone, Debug, Default)]
pub struct Scanner {
    options: ScannerBuilder,
    idle: Arc<Idle>,
}

/// Recognisers that no scan is using. What they know holds for the scanner's options only.
#[derive(Debug, Default)]
struct Idle(Mutex<Vec<Recogniser>>);

impl Idle {
    fn take(&self) -> Recogniser {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, recogniser: Recogniser) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(recogniser);
    }
}

/// What a scan went over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Bytes looked at.
    pub bytes: u64,
    /// Line ends (LF) in those bytes. The first line of the next part has this number, plus the part's own first line.
    pub lines: u64,
    /// Findings given to the sink.
    pub findings: u64,
    /// Whether the sink stopped the scan; `bytes` and `lines` then count up to somewhere behind the last finding.
    pub stopped: bool,
}

impl Scanner {
    /// A scanner with the default options.
    #[must_use]
    pub fn new() -> Scanner {
        Scanner::default()
    }

    /// Scans an input that is completely in memory.
    pub fn scan_slice(&self, input: &[u8], sink: &mut impl Sink) -> Summary {
        self.scan_range(input, 0..input.len(), 1, sink)
    }

    /// Scans the records that begin in `range`, a part of an input that is in memory. `first_line` is the number of the
    /// line that begins at `range.start`.
    ///
    /// The ranges of one input must meet at places that [`next_split`] gives; then the findings of all ranges, put one
    /// after the other, are those of [`scan_slice`](Scanner::scan_slice). If the line number of a part is not known yet,
    /// pass 1 and add the lines of the parts before when their [`Summary`] is there.
    ///
    /// ```
    /// use winsock_scan::{Collect, Scanner, next_split};
    ///
    /// let log = b"a: WSAECONNRESET\n  at Pump.Run()\nb: WSAETIMEDOUT\nc: WSAENOBUFS\n";
    /// let middle = next_split(log, log.len() / 2);
    /// let scanner = Scanner::new();
    /// let mut all = Collect::default();
    /// let first = scanner.scan_range(log, 0..middle, 1, &mut all);
    /// scanner.scan_range(log, middle..log.len(), 1 + first.lines, &mut all);
    ///
    /// let mut whole = Collect::default();
    /// scanner.scan_slice(log, &mut whole);
    /// assert_eq!(all.findings, whole.findings);
    /// ```
    ///
    /// An input that is a part of a log must reach [`LINES_BEHIND_BYTES`] beyond the range, unless the log ends before; if it
    /// does not begin where the log does, use [`scan_part`](Scanner::scan_part).
    ///
    /// # Panics
    /// If the range does not lie in the input.
    pub fn scan_range(&self, input: &[u8], range: Range<usize>, first_line: u64, sink: &mut impl Sink) -> Summary {
        self.scan_table(input, &[&input[..range.start]], input, range, first_line, sink)
    }

    /// Scans as [`scan_range`](Scanner::scan_range) does, for an input that is a part of a log and does not begin where the
    /// log does: `head` has the first [`TABLE_HEAD_BYTES`] of the log, where tables name their columns, and behind them, if it
    /// lies between those and the input, the [last line](TableHead::last_in) that names them anew.
    ///
    /// ```
    /// use winsock_scan::{Collect, Scanner};
    ///
    /// let head = b"#Fields: date time c-ip sc-win32-status time-taken\n";
    /// let part = b"2024-05-01 10:00:01 203.0.113.7 10054 10061\n";
    /// let mut all = Collect::default();
    /// Scanner::new().scan_part(head, part, 0..part.len(), 1, &mut all);
    /// assert_eq!(all.findings[0].code.value(), 10054);
    /// assert_eq!(all.findings[0].peer.as_deref(), Some("203.0.113.7"));
    /// ```
    ///
    /// # Panics
    /// If the range does not lie in the input.
    pub fn scan_part(
        &self,
        head: &[u8],
        input: &[u8],
        range: Range<usize>,
        first_line: u64,
        sink: &mut impl Sink,
    ) -> Summary {
        self.scan_table(head, &[head, &input[..range.start]], input, range, first_line, sink)
    }

    /// Scans a range. `head` begins as the log does; one of the texts in `before` may name the columns anew.
    fn scan_table(
        &self,
        head: &[u8],
        before: &[&[u8]],
        input: &[u8],
        range: Range<usize>,
        first_line: u64,
        sink: &mut impl Sink,
    ) -> Summary {
        let mut pass = Pass::new(self, range.start as u64, first_line);
        pass.read_head(head);
        for before in before {
            pass.read_before(before);
        }
        pass.is_headed = true;
        // The range ends where a record begins, so that no record inside can reach beyond it.
        let stopped = pass.run(input, range.end, 0, true, sink).is_break();
        let summary = pass.summary(range.start as u64, first_line, stopped);
        self.idle.give_back(pass.recogniser);
        summary
    }

    /// Starts a scan of an input that comes in chunks.
    #[must_use]
    pub fn stream(&self) -> Stream {
        Stream::new(self, false)
    }

    /// Starts a scan of an input that comes in chunks and may begin in the middle of a log, as one does that is followed:
    /// columns count from the next line on that names them behind `#Fields:`, wherever it stands. (Of a whole log, the
    /// beginning tells whether there are any.)
    ///
    /// ```
    /// use winsock_scan::{Collect, Scanner};
    ///
    /// let mut all = Collect::default();
    /// let mut stream = Scanner::new().stream_from_middle();
    /// for line in ["10:00:01 GET / 200 10054\n", "#Fields: time cs-method sc-win32-status\n", "10:00:02 GET 10054\n"] {
    ///     let _ = stream.feed(line.as_bytes(), &mut all);
    ///     let _ = stream.flush(&mut all);
    /// }
    /// stream.finish(&mut all);
    /// assert_eq!(all.findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [3]);
    /// ```
    #[must_use]
    pub fn stream_from_middle(&self) -> Stream {
        Stream::new(self, true)
    }
}

/// The first place at or after `from` where an input may be cut for [`Scanner::scan_range`]: the start of a line that
/// does not continue a record. `input.len()` if there is none.
///
/// ```
/// use winsock_scan::next_split;
///
/// let log = b"error one\n   at frame\nerror two\n";
/// assert_eq!(next_split(log, 3), 22); // not between an error and its stack frames
/// assert_eq!(next_split(log, 23), log.len());
/// ```
#[must_use]
pub fn next_split(input: &[u8], from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let mut at = from - 1;
    while let Some(found) = input.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)) {
        let start = at + found + 1;
        if start >= input.len() || !record::continues(input, start) {
            return start;
        }
        at = start;
    }
    input.len()
}
