//! [`Stream`]: chunks as they come, held until their records are certainly complete.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::columns::Columns;
use super::pass::Pass;
use super::{CONTEXT_BYTES, Idle, Scanner, Summary};
use crate::sink::Sink;

/// A scan of an input that comes in chunks.
///
/// ```
/// use winsock_scan::{Collect, Scanner};
///
/// let mut all = Collect::default();
/// let mut stream = Scanner::new().stream();
/// for chunk in [&b"send failed: WSAECON"[..], b"NABORTED\n"] {
///     if stream.feed(chunk, &mut all).is_break() {
///         break; // the sink has had enough
///     }
/// }
/// let summary = stream.finish(&mut all);
/// assert_eq!(all.findings[0].span, 13..28);
/// assert_eq!((summary.bytes, summary.lines), (29, 1));
/// ```
#[derive(Debug)]
pub struct Stream {
    pub(super) pass: Pass,
    /// Where the recogniser goes in the end.
    idle: Arc<Idle>,
    /// The bytes from `base` on that are not settled, and the context before them.
    held: Vec<u8>,
    base: u64,
    stopped: bool,
}

impl Stream {
    /// How many bytes are taken from a chunk at a time, so that the held bytes stay in the processor's cache.
    const STEP_BYTES: usize = 256 << 10;

    pub(super) fn new(scanner: &Scanner, is_midway: bool) -> Stream {
        let idle = Arc::clone(&scanner.idle);
        let mut pass = Pass::new(scanner, 0, 1);
        pass.is_midway = is_midway;
        Stream { pass, idle, held: Vec::new(), base: 0, stopped: false }
    }

    /// Takes the next chunk. `Break` means that the sink wants no more.
    ///
    /// Findings come as soon as their record is certainly complete, which is some [`WINDOW_BYTES`](crate::WINDOW_BYTES) later; a program that
    /// follows a live log calls [`flush`](Stream::flush) when the log pauses.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut impl Sink) -> ControlFlow<()> {
        for part in chunk.chunks(Stream::STEP_BYTES) {
            if self.stopped {
                return ControlFlow::Break(());
            }
            self.held.extend_from_slice(part);
            if self.unsettled() >= Stream::STEP_BYTES {
                self.run(false, sink)?;
            }
        }
        if self.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Reports what the complete lines so far tell, without waiting for lines that might continue the last record.
    ///
    /// Such lines, if they come, are a record of their own: this is for live logs, where waiting is worse than that.
    pub fn flush(&mut self, sink: &mut impl Sink) -> ControlFlow<()> {
        if self.stopped {
            return ControlFlow::Break(());
        }
        let complete = memchr::memrchr(b'\n', &self.held).map_or(0, |newline| newline + 1);
        if self.base + complete as u64 <= self.pass.cursor {
            return ControlFlow::Continue(());
        }
        let flow = self.pass.run(&self.held[..complete], complete, self.base, true, sink);
        self.stopped = flow.is_break();
        self.let_go();
        flow
    }

    /// Ends the input: reports what is still held.
    pub fn finish(mut self, sink: &mut impl Sink) -> Summary {
        if !self.stopped {
            let _ = self.run(true, sink);
        }
        let summary = self.pass.summary(0, 1, self.stopped);
        self.idle.give_back(self.pass.recogniser);
        summary
    }

    /// Ends the input as [`finish`](Stream::finish) does, and begins that which goes on behind it, as a log does in a new file
    /// when it is rotated: the columns of a table, whose names only the first file may have, stay what they are until a
    /// line names them.
    ///
    /// ```
    /// use winsock_scan::{Collect, Scanner};
    ///
    /// let mut all = Collect::default();
    /// let mut stream = Scanner::new().stream();
    /// let _ = stream.feed(b"time,host,wsa_error,ms\n10:00:01,db1,0,10061\n", &mut all);
    /// stream.rotate(&mut all);
    /// let _ = stream.feed(b"10:00:02,db2,10054,10061\n", &mut all);
    /// stream.finish(&mut all);
    /// assert_eq!((all.findings[0].code.value(), all.findings[0].line), (10054, 1));
    /// assert_eq!(all.findings[0].peer.as_deref(), Some("db2"));
    /// ```
    pub fn rotate(&mut self, sink: &mut impl Sink) -> Summary {
        if !self.stopped {
            let _ = self.run(true, sink);
        }
        let scanner = Scanner { options: self.pass.options.clone(), idle: Arc::clone(&self.idle) };
        let mut next = Stream::new(&scanner, self.pass.is_midway);
        next.stopped = self.stopped;
        next.pass.columns = self.pass.columns.take().map(Columns::of_another_day);
        std::mem::replace(self, next).finish(sink)
    }

    fn unsettled(&self) -> usize {
        (self.base + self.held.len() as u64 - self.pass.cursor) as usize
    }

    fn run(&mut self, last: bool, sink: &mut impl Sink) -> ControlFlow<()> {
        let flow = self.pass.run(&self.held, self.held.len(), self.base, last, sink);
        self.stopped = flow.is_break();
        self.let_go();
        flow
    }

    /// Drops what lies further before the cursor than anything looks back.
    fn let_go(&mut self) {
        let keep_from = self.pass.cursor.saturating_sub(CONTEXT_BYTES as u64).max(self.base);
        let drop = (keep_from - self.base) as usize;
        self.held.drain(..drop);
        self.base = keep_from;
    }
}
