//! Doing one job: text in, batches of findings out, in bounded memory.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::{memchr, memchr_iter, memrchr};
use winsock_scan::{Finding, LINES_BEHIND_BYTES, Related, Scanner, Sink};
use wsa_input::{InputError, MappedText, Stream};

use super::hit::{Around, Batch, Keep};
use super::interrupt::Interrupt;
use super::job::{CutText, Work};
use super::related::RelatedHit;

/// What every job is done with.
pub(crate) struct Bench {
    pub(crate) scanner: Scanner,
    pub(crate) keep: Keep,
    pub(crate) lines_before: usize,
    pub(crate) lines_after: usize,
    /// For the progress bar; streams are counted where they are read.
    pub(crate) bytes_read: Arc<AtomicU64>,
    /// A part longer than this is one gigantic line, and is streamed: [`LONGEST_SHOWN_BYTES`].
    pub(crate) longest_shown: u64,
    pub(crate) interrupt: Interrupt,
}

/// What a job gives besides findings.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// Bytes of text.
    pub(crate) bytes: u64,
    /// Line ends in them.
    pub(crate) lines: u64,
    pub(crate) errors: Vec<InputError>,
    /// Whether it was a binary file that was passed over.
    pub(crate) skipped: bool,
    /// Whether that was an archive, of a kind that is not opened.
    pub(crate) archive: bool,
    /// Whether it was a file that had been scanned already.
    pub(crate) repeated: bool,
    /// Whether it could not even be opened; an error says why.
    pub(crate) failed: bool,
}

/// Takes full batches; what is left in one is thrown away. `Break` ends everything.
pub(crate) type Emit<'e> = dyn FnMut(&mut Batch) -> ControlFlow<()> + 'e;

/// What the scanner may look at before a part: enough to date its first records.
const LOOK_BACK_BYTES: u64 = 48 << 10;

/// Twice the usual length of parts.
pub(crate) const LONGEST_SHOWN_BYTES: u64 = 8 << 20;

/// How much text is read at a time, once there turns out to be much: a small log should not cost the pages of a large one.
const READ_BYTES: usize = 256 << 10;
const FIRST_READ_BYTES: usize = 16 << 10;

/// How much of a stream is read until its batch is handed on, full or not: where there is nothing to find, that alone moves
/// the progress line.
const REPORT_BYTES: usize = 4 << 20;

/// How much text is kept behind what is being read, for lines around findings: the scanner tells of a finding up to
/// about 100 KiB after it has seen it.
const HISTORY_BYTES: usize = 192 << 10;

impl Bench {
    /// Does a job. `batch` is empty, before and afterwards: its memory serves for job after job.
    pub(crate) fn run(&self, work: Work, batch: &mut Batch, emit: &mut Emit<'_>) -> Done {
        match work {
            Work::Repeated => Done { repeated: true, ..Done::default() },
            // Its members are steps of their own.
            Work::Archive(..) => Done::default(),
            Work::ArchiveEnd(errors) => Done { errors, ..Done::default() },
            Work::Failed(error) => Done { errors: vec![error], failed: true, ..Done::default() },
            Work::Skipped { archive } => Done { skipped: true, archive, ..Done::default() },
            Work::Stream(mut stream) => {
                let mut done = self.stream(&mut |buffer| stream_read(&mut stream, buffer), 0, batch, emit);
                done.errors = stream.take_errors();
                done
            }
            Work::Part(text, range) => {
                let mut done = if range.end - range.start > self.longest_shown {
                    self.giant_line(&text.text, range, batch, emit)
                } else {
                    self.part(&text, range, batch, emit)
                };
                done.errors = text.text.take_errors();
                done
            }
        }
    }

    fn part(
        &self,
        CutText { text, heads }: &CutText,
        range: Range<u64>,
        batch: &mut Batch,
        emit: &mut Emit<'_>,
    ) -> Done {
        let from = range.start.saturating_sub(LOOK_BACK_BYTES);
        let to = range.end + self.room_after();
        let mut done = Done::default();
        let head = (from > 0).then(|| heads.before(text, range.start));
        text.with_part(from..to, &mut |shown| {
            let end = shown.len().min((range.end - from) as usize);
            let inner = ((range.start - from) as usize).min(end)..end;
            done.bytes = inner.len() as u64;
            let mut collector = Collector::new(self, from, batch, emit);
            let mut sink = Shown { collector: &mut collector, text: shown, from: 0 };
            let summary = match &head {
                Some(head) => self.scanner.scan_part(head, shown, inner, 1, &mut sink),
                None => self.scanner.scan_range(shown, inner, 1, &mut sink),
            };
            collector.finish();
            done.lines = summary.lines;
        });
        self.bytes_read.fetch_add(range.end - range.start, Ordering::Relaxed);
        done
    }

    /// A line of many megabytes: never shown at once.
    fn giant_line(&self, text: &MappedText, range: Range<u64>, batch: &mut Batch, emit: &mut Emit<'_>) -> Done {
        let mut next = range.start;
        let mut read = |buffer: &mut [u8]| {
            let mut count = 0;
            let end = range.end.min(next + buffer.len() as u64);
            text.with_part(next..end, &mut |part| {
                buffer[..part.len()].copy_from_slice(part);
                count = part.len();
            });
            next += count as u64;
            self.bytes_read.fetch_add(count as u64, Ordering::Relaxed);
            count
        };
        self.stream(&mut read, range.start, batch, emit)
    }

    /// Scans text as it is read. `base` is where it begins in the file.
    fn stream(
        &self,
        read: &mut dyn FnMut(&mut [u8]) -> usize,
        base: u64,
        batch: &mut Batch,
        emit: &mut Emit<'_>,
    ) -> Done {
        let mut scan = self.scanner.stream();
        let mut collector = Collector::new(self, base, batch, emit);
        let history = if self.shows_no_context() { 0 } else { HISTORY_BYTES };
        let mut seen: Vec<u8> = Vec::new();
        let mut seen_from = 0_u64;
        let mut wanted = FIRST_READ_BYTES;
        let mut unreported = 0;
        loop {
            let old = drop_front(&mut seen, history, &mut seen_from);
            seen.resize(old + wanted, 0);
            let count = fill(read, &mut seen[old..]);
            seen.truncate(old + count);
            if count == 0 {
                break;
            }
            let mut sink = Shown { collector: &mut collector, text: &seen, from: seen_from };
            let mut flow = scan.feed(&seen[old..], &mut sink);
            unreported += count;
            if unreported >= REPORT_BYTES {
                unreported = 0;
                flow = if flow.is_break() { flow } else { collector.hand_on() };
            }
            // A buffer that was not filled is the last: another would cost a small log the pages of a large one.
            if flow.is_break() || count < wanted || self.interrupt.came() {
                break;
            }
            wanted = READ_BYTES;
        }
        let summary = scan.finish(&mut Shown { collector: &mut collector, text: &seen, from: seen_from });
        collector.finish();
        Done { bytes: summary.bytes, lines: summary.lines, ..Done::default() }
    }

    fn shows_no_context(&self) -> bool {
        self.lines_before == 0 && self.lines_after == 0
    }

    /// Room for the lines after the last record of a part: those that are shown, and those that tell what it leaves out.
    fn room_after(&self) -> u64 {
        if self.lines_after == 0 { LINES_BEHIND_BYTES as u64 } else { 64 << 10 }
    }
}

fn stream_read(stream: &mut Stream, buffer: &mut [u8]) -> usize {
    stream.read(buffer)
}

/// Fills the buffer unless the text ends. Decoders give small bites; the scanner likes large ones.
fn fill(read: &mut dyn FnMut(&mut [u8]) -> usize, buffer: &mut [u8]) -> usize {
    let mut filled = 0;
    while filled < buffer.len() {
        match read(&mut buffer[filled..]) {
            0 => break,
            count => filled += count,
        }
    }
    filled
}

/// Keeps the last `keep` bytes; returns how many there are.
fn drop_front(seen: &mut Vec<u8>, keep: usize, seen_from: &mut u64) -> usize {
    let drop = seen.len().saturating_sub(keep);
    seen.drain(..drop);
    *seen_from += drop as u64;
    seen.len()
}

/// Turns findings into batches.
struct Collector<'a, 'e> {
    bench: &'a Bench,
    batch: &'a mut Batch,
    /// Where the scanned bytes begin in the file.
    base: u64,
    emit: &'a mut Emit<'e>,
    stopped: bool,
    /// How far the lines around the last record reached.
    back: Reach,
    forward: Reach,
}

impl<'a, 'e> Collector<'a, 'e> {
    fn new(bench: &'a Bench, base: u64, batch: &'a mut Batch, emit: &'a mut Emit<'e>) -> Collector<'a, 'e> {
        let (stopped, back, forward) = Default::default();
        Collector { bench, batch, base, emit, stopped, back, forward }
    }

    /// Takes a finding. `seen` is text around it, which begins at `seen_from`, counted like the finding's spans.
    fn take(&mut self, finding: &Finding<'_>, seen: &[u8], seen_from: u64) -> ControlFlow<()> {
        let around = self.around(finding, seen, seen_from);
        self.batch.push(finding, self.bench.keep, around);
        if let Some(hit) = self.batch.hits.last_mut() {
            hit.shift(self.base);
        }
        self.hand_on_if_full()
    }

    fn hand_on_if_full(&mut self) -> ControlFlow<()> {
        if self.batch.is_full() { self.hand_on() } else { ControlFlow::Continue(()) }
    }

    fn hand_on(&mut self) -> ControlFlow<()> {
        let flow = (self.emit)(self.batch);
        self.batch.clear();
        self.stopped = flow.is_break();
        flow
    }

    fn around<'s>(&mut self, finding: &Finding<'_>, seen: &'s [u8], seen_from: u64) -> Option<Around<'s>> {
        let Range { start, end } = finding.record.span;
        if self.bench.shows_no_context() || start < seen_from || end > seen_from + seen.len() as u64 {
            return None;
        }
        let (start, end) = ((start - seen_from) as usize, (end - seen_from) as usize);
        let first = self.back.lines_before(seen, seen_from, start, self.bench.lines_before);
        let last = self.forward.lines_after(seen, seen_from, (end + 1).min(seen.len()), self.bench.lines_after);
        Some(Around { text: &seen[first..last.max(end)], from: seen_from + first as u64 })
    }

    fn finish(mut self) {
        if !self.stopped && !self.batch.is_empty() {
            let _ = self.hand_on();
        }
        self.batch.clear();
    }
}

/// The scanner's sink while some text is in memory, which begins at `from`.
struct Shown<'c, 'a, 'e> {
    collector: &'c mut Collector<'a, 'e>,
    text: &'c [u8],
    from: u64,
}

impl Sink for Shown<'_, '_, '_> {
    fn finding(&mut self, finding: &Finding<'_>) -> ControlFlow<()> {
        self.collector.take(finding, self.text, self.from)
    }

    fn related(&mut self, related: &Related<'_>) -> ControlFlow<()> {
        self.collector.batch.related.push(RelatedHit { lookalike: related.lookalike, line: related.line });
        self.collector.hand_on_if_full()
    }
}

/// Longest stretch of lines that is shown before or after a record.
const LONGEST_CONTEXT_BYTES: usize = 16 << 10;

/// So few are faster found anew for each record.
const FEW_LINES: usize = 4;

/// How far lines reach before a record, or behind it. The next record's mostly reach a little farther: where each line is a
/// finding, to go through all lines around each of them would cost more than the scan.
#[derive(Debug, Default)]
struct Reach {
    /// The record's side, counted like its span, and where the lines begin or end.
    side: u64,
    to: u64,
    lines: usize,
}

impl Reach {
    /// Where the `count` lines before the line that starts at `start` begin. `text` begins at `from`.
    fn lines_before(&mut self, text: &[u8], from: u64, start: usize, count: usize) -> usize {
        let lowest = start.saturating_sub(LONGEST_CONTEXT_BYTES);
        let is_near = count > FEW_LINES && self.side <= from + start as u64 && self.to >= from && self.to < self.side;
        let (mut at, mut lines) = match is_near && self.side > from + lowest as u64 {
            true => {
                let side = (self.side - from) as usize;
                ((self.to - from) as usize, self.lines + memchr_iter(b'\n', &text[side..start]).count())
            }
            false => {
                let (mut at, mut lines) = (start, 0);
                while lines < count && at > 0 {
                    match memrchr(b'\n', &text[lowest..at - 1]) {
                        Some(newline) => at = lowest + newline + 1,
                        None if lowest == 0 => at = 0,
                        None => break,
                    }
                    lines += 1;
                }
                (at, lines)
            }
        };
        while at < start && (lines > count || at <= lowest && lowest > 0) {
            at += memchr(b'\n', &text[at..start]).map_or(start - at, |newline| newline + 1);
            lines -= 1;
        }
        *self = Reach { side: from + start as u64, to: from + at as u64, lines };
        at
    }

    /// Where the `count` lines that begin at `start`, behind a record, end, their line ends included.
    fn lines_after(&mut self, text: &[u8], from: u64, start: usize, count: usize) -> usize {
        let highest = text.len().min(start + LONGEST_CONTEXT_BYTES);
        let is_near =
            count > FEW_LINES && (from..=from + start as u64).contains(&self.side) && self.to > from + start as u64;
        let (mut at, mut lines) = match is_near {
            true => {
                let side = (self.side - from) as usize;
                ((self.to - from) as usize, self.lines - memchr_iter(b'\n', &text[side..start]).count())
            }
            false => (start, 0),
        };
        let mut end = None;
        while lines < count {
            match memchr(b'\n', &text[at..highest.max(at)]) {
                Some(newline) => at += newline + 1,
                // Text without a line end behind it is the last line, and there are no further ones however many are wanted.
                None if highest == text.len() => {
                    end = Some(highest);
                    break;
                }
                None => break,
            }
            lines += 1;
        }
        *self = Reach { side: from + start as u64, to: from + at as u64, lines };
        end.unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_around_are_whole_and_stop_at_the_ends() {
        let text = b"a\nbb\nccc\ndd\ne";
        let (start, end) = (5, 8); // ccc
        let before = |start, count| Reach::default().lines_before(text, 0, start, count);
        let after = |start, count| Reach::default().lines_after(text, 0, start, count);
        assert_eq!(&text[before(start, 1)..start], b"bb\n");
        assert_eq!(&text[before(start, 9)..start], b"a\nbb\n");
        assert_eq!(&text[end + 1..after(end + 1, 1)], b"dd\n");
        assert_eq!(&text[end + 1..after(end + 1, 9)], b"dd\ne");
        assert_eq!(before(0, 3), 0);
        // As many as there can be are no more work than as many as there are.
        assert_eq!((before(start, usize::MAX), after(end + 1, usize::MAX)), (0, text.len()));
    }

    proptest! {
        #[test]
        fn lines_around_one_record_behind_the_other_are_those_around_each(
            lengths in prop::collection::vec(prop_oneof![4 => 0_usize..90, 1 => 0_usize..9000], 1..300),
            records in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
            count in prop_oneof![0_usize..6, Just(200), Just(usize::MAX)],
            from in 0_u64..1000,
        ) {
            let text: Vec<u8> = lengths.iter().flat_map(|length| [&vec![b'x'; *length][..], b"\n"].concat()).collect();
            let starts: Vec<usize> = lengths.iter().scan(0, |at, length| { *at += length + 1; Some(*at - length - 1) }).collect();
            let mut numbers: Vec<usize> = records.iter().map(|record| record.index(starts.len())).collect();
            numbers.sort_unstable();
            let (mut back, mut forward) = (Reach::default(), Reach::default());
            for number in numbers {
                let start = starts[number];
                let behind = start + lengths[number] + 1;
                prop_assert_eq!(
                    back.lines_before(&text, from, start, count),
                    Reach::default().lines_before(&text, from, start, count)
                );
                prop_assert_eq!(
                    forward.lines_after(&text, from, behind, count),
                    Reach::default().lines_after(&text, from, behind, count)
                );
            }
        }
    }
}
