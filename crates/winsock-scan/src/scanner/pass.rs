//! The loop: hit, record, findings, sink.

use std::ops::{ControlFlow, Range};

use super::before;
use super::columns::{Called, Columns, FIELDS};
use super::told::{Here, Source};
use super::{AHEAD_BYTES, RECORD_BACK_BYTES, Scanner, ScannerBuilder, Summary, TABLE_HEAD_BYTES};
use crate::finding::{Finding, Record, Related};
use crate::lines::LineCounter;
use crate::prefilter::{self, Progress, Wanted};
use crate::recognise::{Recogniser, SHAPE_BYTES, Verdict};
use crate::record::{self, Found, Plain, giant, stands_alone};
use crate::sink::Sink;
use crate::time::{Stamp, StampMemory};

/// The loop's state.
#[derive(Debug)]
pub(super) struct Pass {
    pub(super) options: ScannerBuilder,
    /// Every hit before this offset is settled.
    pub(super) cursor: u64,
    /// Where the last record ended: no later one begins before.
    floor: u64,
    lines: LineCounter,
    stamps: StampMemory,
    pub(super) recogniser: Recogniser,
    findings: u64,
    /// Where the line behind a line with a finding begins: to ask the line before is vain there.
    pub(super) behind_finding: u64,
    /// Whether the head of the log was read apart from what is scanned.
    pub(super) is_headed: bool,
    /// Whether the input may begin in the middle of a log: then a line may name columns though the head names none.
    pub(super) is_midway: bool,
    /// What the columns of a table are.
    pub(super) columns: Option<Columns>,
    /// The line that names them anew, and how far there is no other.
    anew: Option<(u64, Columns)>,
    anew_to: u64,
    /// A peer that a column or a line beside the record tells.
    pub(super) told: String,
}

impl Pass {
    pub(super) fn new(scanner: &Scanner, start: u64, first_line: u64) -> Pass {
        Pass {
            options: scanner.options.clone(),
            cursor: start,
            floor: start,
            lines: LineCounter::new(start, first_line),
            stamps: StampMemory::default(),
            recogniser: scanner.idle.take(),
            findings: 0,
            behind_finding: u64::MAX,
            is_headed: false,
            is_midway: false,
            columns: None,
            anew: None,
            anew_to: start,
            told: String::new(),
        }
    }

    /// Looks for the names of columns in the first bytes of the log.
    pub(super) fn read_head(&mut self, head: &[u8]) {
        // Where a log goes on behind its rotation, nothing may name the columns again.
        self.columns = Columns::of_log(head).or(self.columns.take());
    }

    /// Looks for the last line of `before` that names the columns of the table anew.
    pub(super) fn read_before(&mut self, before: &[u8]) {
        let Some(columns) = &self.columns else { return };
        if let Some(at) = columns.named_last(before) {
            self.columns = columns.named_at(before, at);
        }
    }

    /// How far from `from` on, where the columns are looked up, they stay what they are: to the next line that names them
    /// anew, or no further than is looked at at once.
    fn end_of_columns(&mut self, data: &[u8], base: u64, from: usize, to: usize) -> usize {
        // So much stays in the processor's cache until the filter reads it.
        const AT_ONCE_BYTES: usize = 64 << 10;
        let end = to.min(from + AT_ONCE_BYTES);
        loop {
            if let Some((at, _)) = &self.anew {
                let at = at.saturating_sub(base) as usize;
                if at > from {
                    return at.min(end);
                }
                self.columns = self.anew.take().map(|(_, columns)| columns);
            }
            let Some(columns) = self.columns.as_ref().filter(|columns| columns.may_be_named_anew()) else { return to };
            let searched = self.anew_to.saturating_sub(base) as usize;
            if searched >= end {
                return end;
            }
            self.anew = columns.anew(data, searched, end).map(|(at, columns)| (base + at as u64, columns));
            self.anew_to = self.anew.as_ref().map_or(base + end as u64, |(at, _)| at + 1);
        }
    }

    /// Whether the log is a table with a column for codes.
    fn has_code_column(&self) -> bool {
        self.columns.as_ref().is_some_and(Columns::hold_codes)
    }

    pub(super) fn summary(&self, start: u64, first_line: u64, stopped: bool) -> Summary {
        Summary { bytes: self.cursor - start, lines: self.lines.line() - first_line, findings: self.findings, stopped }
    }

    /// Settles as much of `text[..end]` as can be; `text[0]` lies at offset `base`. With `last` that is all of it; what
    /// stands behind `end` then only tells what the last record leaves out.
    pub(super) fn run(
        &mut self,
        text: &[u8],
        end: usize,
        base: u64,
        last: bool,
        sink: &mut impl Sink,
    ) -> ControlFlow<()> {
        let data = &text[..end];
        let limit = if last { data.len() } else { data.len().saturating_sub(AHEAD_BYTES) };
        if self.cursor == 0 && !self.is_headed {
            self.read_head(data);
        }
        let mut cursor = (self.cursor - base) as usize;
        // Where the last record ended may have left memory by now; no record looks back that far then.
        let mut floor = self.floor.saturating_sub(base) as usize;
        // Behind the end of one record the next begins: that need not be found out twice.
        let mut begin: Option<usize> = None;
        // Where errors stand line by line, and few statements wrote them, the filter is not asked.
        let mut dense = false;
        // Where the last record began, if it was one line.
        let mut line: Option<usize> = None;
        let mut giant = giant::Stretch::default();
        // How far the filter is asked at a time.
        let mut until = cursor;
        let mut progress = Progress::new(cursor);
        let mut plain = Plain::default();
        let outcome = loop {
            if cursor >= limit {
                break ControlFlow::Continue(());
            }
            if cursor >= until {
                until = self.end_of_columns(data, base, cursor, limit);
                progress = Progress::new(cursor);
            }
            let ahead = begin.filter(|begin| dense && *begin < until);
            let found = match ahead.and_then(|begin| self.known_line(text, end, begin, &mut plain)) {
                Some(line) => line,
                None => {
                    let (any_number, related) = (self.has_code_column(), self.options.related);
                    let wanted = Wanted { floor, any_number, related };
                    let landmarks = &self.recogniser.landmarks;
                    let hit = prefilter::next_hit(data, cursor, until, wanted, landmarks, &mut progress);
                    self.lines.seen(base, progress.passed());
                    let Some(hit) = hit else {
                        cursor = until;
                        continue;
                    };
                    let is_landmark = self.recogniser.landmarks.has(data, hit);
                    let known =
                        if is_landmark { self.known_around(text, end, hit, floor, begin, &mut plain) } else { None };
                    if is_landmark && known.is_none() {
                        self.recogniser.landmarks.remove(data, hit);
                        if !wanted.is_at(data, hit) {
                            cursor = hit + 1;
                            continue;
                        }
                    }
                    match known {
                        Some(line) => line,
                        None => {
                            let mut found = record::around(text, hit, floor, begin, &mut giant);
                            // Only in a part that ends elsewhere than where a record begins does one go on beyond it.
                            found.span.end = found.span.end.min(end);
                            if self.read(&text[found.span.clone()], &mut plain) && found.is_line {
                                let first = wanted.first_place(data, found.span.start, hit);
                                self.recogniser.landmarks.add(data, first.unwrap_or(hit));
                            }
                            found
                        }
                    }
                }
            };
            dense = Some(found.span.start) == begin;
            if let Some(line) = line.filter(|_| dense) {
                self.lines.step(base + line as u64, base + found.span.start as u64);
            }
            line = found.is_line.then_some(found.span.start);
            cursor = found.span.end;
            floor = cursor;
            begin = found.next;
            let flow = self.report(text, base, &found, &plain, sink);
            self.lines.see_to(data, base, cursor);
            if flow.is_break() {
                break flow;
            }
        };
        // What is not counted now could leave memory before it is.
        self.lines.count_to(data, base, if last { cursor } else { cursor.saturating_sub(RECORD_BACK_BYTES) });
        if last {
            floor = cursor;
        }
        self.cursor = base + cursor as u64;
        self.floor = self.floor.max(base + floor as u64);
        outcome
    }

    /// Reads a record, which is written out as `plain` says then; as it says before, the record before was. Whether one of its
    /// shape was read before.
    fn read(&mut self, written: &[u8], plain: &mut Plain) -> bool {
        let (assume_windows, related) = (self.options.assume_windows, self.options.related);
        if related {
            plain.clear();
        } else if self.read_known(written, plain) {
            return true;
        }
        if plain.has_any() {
            self.recogniser.read_unknown(plain.of(written), assume_windows, related);
        } else if !self.has_code_column() && plain.read(written) {
            self.recogniser.read(plain.of(written), assume_windows, related);
        } else {
            self.recogniser.read_unknown(written, assume_windows, related);
        }
        false
    }

    /// Reads a record if one of its shape was read before.
    #[inline]
    fn read_known(&mut self, written: &[u8], plain: &mut Plain) -> bool {
        if plain.has_any() {
            return self.read_known_plain(written, plain);
        }
        // What has a known shape as it is has nothing written out: it was read so.
        self.recogniser.read_known(written)
    }

    /// [`read_known`](Pass::read_known) behind a record that was written out: so is this one, mostly.
    #[inline(never)]
    fn read_known_plain(&mut self, written: &[u8], plain: &mut Plain) -> bool {
        // Of a row, the columns say where its codes are: `%20` in one must not become two of them.
        match self.has_code_column() {
            true => plain.clear(),
            false => _ = plain.read(written),
        }
        self.recogniser.read_known(plain.of(written))
    }

    /// The record that begins at `begin` and ends before `end`, if it is a line with a shape that was read before; the
    /// recogniser has then read it.
    ///
    /// The filter would find it too: what it asks for is a part of the shape, or told by the numbers that belong to it.
    // Asked of every record where errors stand line by line: a call costs them one in a hundred instructions.
    #[inline(always)]
    fn known_line(&mut self, data: &[u8], end: usize, begin: usize, plain: &mut Plain) -> Option<Found> {
        if self.options.related {
            return None;
        }
        let found = record::line_at(data, begin, SHAPE_BYTES).filter(|found| found.span.end <= end)?;
        self.read_known(&data[found.span.clone()], plain).then_some(found)
    }

    /// The record around a place, if it is a [known line](Pass::known_line). What [`record::around`] says is then the same.
    fn known_around(
        &mut self,
        data: &[u8],
        end: usize,
        at: usize,
        floor: usize,
        begin: Option<usize>,
        plain: &mut Plain,
    ) -> Option<Found> {
        let lowest = floor.max(at.saturating_sub(SHAPE_BYTES));
        let line_end = memchr::memrchr(b'\n', &data[lowest..at]);
        let start = line_end.map(|line_end| lowest + line_end + 1).or(begin.filter(|begin| *begin == lowest))?;
        if start > floor && Some(start) != begin && record::continues(data, start) {
            return None;
        }
        self.known_line(data, end, start, plain)
    }

    /// Whether a `#Fields:` that begins at `at` may name the columns. The head of the log decides whether there are any and
    /// what names them anew, so that all parts of a log tell the same; of a stream it may not have been there whole when it was
    /// read.
    fn takes_fields(&self, data: &[u8], base: u64, at: usize) -> bool {
        match &self.columns {
            _ if self.is_midway => true,
            Some(columns) => !columns.may_be_named_anew(),
            None if self.is_headed => false,
            None => memchr::memchr(b'\n', &data[at..])
                .is_some_and(|newline| base + ((at + newline) as u64) < TABLE_HEAD_BYTES as u64),
        }
    }

    /// Reads a record once more if it is a row of a table whose columns say what its numbers are.
    fn read_row(&mut self, text: &[u8]) {
        let Some(row) = self.columns.as_ref().and_then(|columns| columns.row(text)) else { return };
        let codes = row.codes.into_iter().map(|(cell, called)| (cell, called == Called::System));
        self.recogniser.read_row(text, codes, &row.others, self.options.assume_windows);
    }

    /// Reports what a record tells, which was just read.
    fn report(
        &mut self,
        data: &[u8],
        base: u64,
        found: &Found,
        plain: &Plain,
        sink: &mut impl Sink,
    ) -> ControlFlow<()> {
        let span = &found.span;
        let written = &data[span.clone()];
        let text = plain.of(written);
        let here = Here { data, base, span, text };
        if text.starts_with(FIELDS)
            && self.takes_fields(data, base, span.start)
            && let Some(columns) = Columns::of_fields(&data[..span.end], span.start)
        {
            self.columns = Some(columns);
            return ControlFlow::Continue(());
        }
        if self.has_code_column() {
            self.read_row(text);
        }
        let is_told_before = self.recogniser.is_empty();
        if self.recogniser.begins_with_text() && before::asks_for_meaning(data, base, span.start) {
            return ControlFlow::Continue(());
        }
        let alone = stands_alone(data, span);
        // Lines of a table are rows: none says anything of another.
        let is_apart = alone || self.has_code_column();
        if is_told_before && (is_apart || !self.is_told_before(&here)) {
            return ControlFlow::Continue(());
        }
        // Everything asked for later lies behind the record's start, so that counting there is done once.
        self.lines.count_to(data, base, span.start);
        let position = |lines: &LineCounter, place: usize| match found.is_line {
            true => lines.position_in_line(base, place),
            false => lines.position(data, base, place),
        };
        let (line, _) = position(&self.lines, span.start);
        let record = Record { span: base + span.start as u64..base + span.end as u64, text: written, line };
        let absolute = |range: &Range<usize>| {
            let start = base + (span.start + range.start) as u64;
            start..start + (range.end - range.start) as u64
        };
        let runtime = self.recogniser.reading().runtime;
        let time = if alone { Stamp::parse(text) } else { self.stamps.of_record(data, base, span.start, text) };
        let time = match &self.columns {
            Some(columns) => time.map(|time| columns.dated(written, time)),
            None => time,
        };
        for index in 0..self.recogniser.reading().verdicts.len() {
            let verdict: Verdict = self.recogniser.reading().verdicts[index].clone();
            if verdict.confidence < self.options.min_confidence {
                continue;
            }
            let range = plain.written(&verdict.range);
            let (line, column) = position(&self.lines, span.start + range.start);
            self.findings += 1;
            let is_dated = time.is_some_and(|time| !time.inherited);
            let (operation, source) = self.told(&here, index, is_dated, is_apart);
            sink.finding(&Finding {
                code: verdict.code,
                span: absolute(&range),
                line,
                column,
                form: verdict.form,
                confidence: verdict.confidence,
                evidence: verdict.evidence,
                time,
                operation,
                peer: match source {
                    Source::Record => Some(self.recogniser.last_peer()),
                    Source::Elsewhere => Some(&self.told),
                    Source::None => None,
                },
                runtime,
                record: record.clone(),
                follow_up: index > 0,
            })?;
        }
        // An event inside a line is not what the line as a whole tells.
        let is_whole_line = found.is_line && (span.start == 0 || data[span.start - 1] == b'\n');
        if is_whole_line && !is_told_before && !self.recogniser.reading().verdicts.is_empty() {
            self.behind_finding = base + span.end as u64 + 1;
        }
        for (lookalike, range) in self.recogniser.related() {
            let range = plain.written(range);
            let (line, column) = position(&self.lines, span.start + range.start);
            sink.related(&Related { lookalike, span: absolute(&range), line, column, record: record.clone() })?;
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::Count;

    /// Errors, ports that look like codes, and much else.
    fn log(bytes: usize, parted_by: u8) -> Vec<u8> {
        let mut log = Vec::new();
        for number in 0.. {
            let part = match number % 400 {
                7 => format!("send{number}x to 10.0.0.1:443 failed with error 10054"),
                number if number % 50 == 9 => format!("listening on port 10048, id={number}"),
                _ => format!("worker {number} is content with what it has"),
            };
            log.extend(part.bytes());
            log.push(parted_by);
            if log.len() >= bytes {
                return log;
            }
        }
        log
    }

    fn bytes_read(log: &[u8]) -> (u64, u64) {
        let mut whole = Pass::new(&Scanner::new(), 0, 1);
        let _ = whole.run(log, log.len(), 0, true, &mut Count::default());
        let mut stream = Scanner::new().stream();
        for chunk in log.chunks(300_000) {
            let _ = stream.feed(chunk, &mut Count::default());
        }
        let streamed = stream.pass.recogniser.bytes_read;
        (whole.recogniser.bytes_read, streamed)
    }

    #[test]
    fn of_a_giant_line_only_what_is_near_a_hit_is_read() {
        let log = log(1 << 20, b' ');
        let (whole, streamed) = bytes_read(&log);
        assert!(whole < log.len() as u64 * 2 / 10, "{whole}");
        assert!(streamed <= whole, "{streamed} {whole}");
    }

    #[test]
    fn of_lines_only_those_with_a_hit_are_read_and_those_behind_them_looked_at() {
        let log = log(1 << 20, b'\n');
        let (whole, streamed) = bytes_read(&log);
        assert!(whole < log.len() as u64 / 100, "{whole}");
        assert!(streamed <= whole, "{streamed} {whole}");
    }

    /// The codes that a pass finds, each with the line that its record begins in and its place, and the recogniser that learned.
    fn found(log: &str) -> (Vec<(u32, u64, u64)>, Recogniser) {
        let mut pass = Pass::new(&Scanner::new(), 0, 1);
        let mut found = Vec::new();
        let mut sink = |finding: &Finding<'_>| {
            found.push((finding.code.value() as u32, finding.record.line, finding.span.start));
            ControlFlow::Continue(())
        };
        let _ = pass.run(log.as_bytes(), log.len(), 0, true, &mut sink);
        (found, pass.recogniser)
    }

    #[test]
    fn what_is_like_a_landmark_is_found_or_passed_over_as_without_it() {
        let quiet = "2025-03-01 10:00:00 INFO all is well.\n";
        let known = "2025-03-01 10:00:00 ERROR software at 10.0.0.7:443 failed with error 10061\n";
        let bare = "software at 10.0.0.7:443 failed with error 10061\n";
        let learned = format!("{quiet}{known}{quiet}{bare}").repeat(5);
        let (findings, recogniser) = found(&learned);
        assert_eq!(findings.len(), 10);
        // Where the filter stops first is no hit by itself.
        let wanted = Wanted { floor: 0, any_number: false, related: false };
        let bytes = learned.as_bytes();
        let first = wanted.first_place(bytes, quiet.len(), bytes.len()).expect("it stops");
        assert!(!wanted.is_at(bytes, first), "{}", &learned[first..]);
        assert!(recogniser.landmarks.has(learned.as_bytes(), first), "the place was learned");

        for odd in [
            // Like it, and no error.
            "2025-03-01 10:00:00 ERROR software at 10.0.0.7:443 took long\n",
            // Like it, with the error in a line that goes on.
            "2025-03-01 10:00:00 ERROR software at 10.0.0.7:443\n   at x: recv failed with error 10054\n",
            // The same line, below one that it belongs to.
            "Connecting to where all is well.\nsoftware at 10.0.0.7:443 failed with error 10061\n",
            // Another code.
            "2025-03-01 10:00:00 ERROR software at 10.0.0.7:443 failed with error 10060\n",
            // The line goes on in the next.
            "2025-03-01 10:00:00 ERROR software at 10.0.0.7:443 failed with error 10061\n   at Pump.Run() error 10093\n",
            // It ends without a line end.
            "2025-03-01 10:00:00 ERROR software at 10.0.0.7:443 failed with error 10061",
        ] {
            let (lines, bytes) = (learned.lines().count() as u64, learned.len() as u64);
            let (alone, _) = found(&format!("{quiet}{odd}"));
            let more = if odd.ends_with('\n') { 1 } else { 0 };
            let (behind, _) = found(&format!("{learned}{quiet}{odd}{}", format!("{quiet}{known}").repeat(more)));
            let of_odd = behind[10..].iter().map(|(code, line, at)| (*code, line - lines, at - bytes));
            assert_eq!(of_odd.take(alone.len()).collect::<Vec<_>>(), alone, "{odd}");
            assert_eq!(behind.len(), 10 + alone.len() + more, "{odd}");
        }
    }
}
