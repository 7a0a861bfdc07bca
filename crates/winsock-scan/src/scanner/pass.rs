//! The loop: hit, record, findings, sink.

use std::ops::{ControlFlow, Range};

use super::{AHEAD_BYTES, RECORD_BACK_BYTES, Scanner, ScannerBuilder, Summary};
use crate::finding::{Finding, Record, Related};
use crate::lines::LineCounter;
use crate::prefilter::{self, Passed};
use crate::recognise::{Recogniser, Verdict};
use crate::record;
use crate::sink::Sink;
use crate::time::StampMemory;

/// The loop's state.
#[derive(Debug)]
pub(super) struct Pass {
    options: ScannerBuilder,
    /// Every hit before this offset is settled.
    pub(super) cursor: u64,
    /// Where the last record ended: no later one begins before.
    floor: u64,
    lines: LineCounter,
    stamps: StampMemory,
    pub(super) recogniser: Recogniser,
    findings: u64,
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
        }
    }

    pub(super) fn summary(&self, start: u64, first_line: u64, stopped: bool) -> Summary {
        Summary { bytes: self.cursor - start, lines: self.lines.line() - first_line, findings: self.findings, stopped }
    }

    /// Settles as much of `data` as can be; `data[0]` lies at offset `base`. With `last` that is all of it.
    pub(super) fn run(&mut self, data: &[u8], base: u64, last: bool, sink: &mut impl Sink) -> ControlFlow<()> {
        let limit = if last { data.len() } else { data.len().saturating_sub(AHEAD_BYTES) };
        let mut cursor = (self.cursor - base) as usize;
        // Where the last record ended may have left memory by now; no record looks back that far then.
        let mut floor = self.floor.saturating_sub(base) as usize;
        // Behind the end of one record the next begins: that need not be found out twice.
        let mut begin = None;
        let outcome = loop {
            if cursor >= limit {
                break ControlFlow::Continue(());
            }
            let mut passed = Passed::at(cursor);
            let hit = prefilter::next_hit(data, cursor, limit, floor, &self.options, &mut passed);
            self.lines.seen(base, &passed);
            let Some(hit) = hit else {
                cursor = limit;
                continue;
            };
            let record::Found { span, next } = record::around(data, hit, floor, begin);
            begin = next;
            cursor = span.end;
            floor = span.end;
            let flow = self.record(data, base, span, sink);
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

    /// Reads one record and reports what it tells.
    fn record(&mut self, data: &[u8], base: u64, span: Range<usize>, sink: &mut impl Sink) -> ControlFlow<()> {
        let text = &data[span.clone()];
        let options = &self.options;
        self.recogniser.read(text, options.assume_windows, options.related);
        if self.recogniser.is_empty() {
            return ControlFlow::Continue(());
        }
        // Everything asked for later lies behind the record's start, so that counting there is done once.
        self.lines.count_to(data, base, span.start);
        let (line, _) = self.lines.position(data, base, span.start);
        let record = Record { span: base + span.start as u64..base + span.end as u64, text, line };
        let absolute = |range: &Range<usize>| {
            let start = base + (span.start + range.start) as u64;
            start..start + (range.end - range.start) as u64
        };
        let runtime = self.recogniser.reading().runtime;
        let time = self.stamps.of_record(data, base, span.start, text);
        for index in 0..self.recogniser.reading().verdicts.len() {
            let verdict: Verdict = self.recogniser.reading().verdicts[index].clone();
            if verdict.confidence < self.options.min_confidence {
                continue;
            }
            let (line, column) = self.lines.position(data, base, span.start + verdict.range.start);
            self.findings += 1;
            sink.finding(&Finding {
                code: verdict.code,
                span: absolute(&verdict.range),
                line,
                column,
                form: verdict.form,
                confidence: verdict.confidence,
                evidence: verdict.evidence,
                time,
                operation: verdict.operation,
                peer: self.recogniser.peer(text, index),
                runtime,
                record: record.clone(),
                follow_up: index > 0,
            })?;
        }
        for (lookalike, range) in self.recogniser.related() {
            let (line, column) = self.lines.position(data, base, span.start + range.start);
            sink.related(&Related { lookalike, span: absolute(range), line, column, record: record.clone() })?;
        }
        ControlFlow::Continue(())
    }
}
