//! [`Hit`] and [`Batch`]: findings on their way from the thread that scans to the one that shows.
//!
//! Texts of a batch lie in one buffer, so that a finding costs no allocation of its own.

use std::ops::Range;

use winsock_codes::Code;
use winsock_scan::{Confidence, Finding, Form, Operation, Runtime, Stamp};

use super::related::RelatedHit;

/// One finding.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) code: Code,
    pub(crate) span: Range<u64>,
    /// Counted from 1, within the job; the file's line once the jobs before it are done.
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) form: Form,
    pub(crate) confidence: Confidence,
    pub(crate) time: Option<Stamp>,
    pub(crate) operation: Option<Operation>,
    pub(crate) runtime: Option<Runtime>,
    pub(crate) follow_up: bool,
    peer: Option<Range<u32>>,
    record: Range<u32>,
    record_start: u64,
    pub(crate) record_line: u64,
    before: Range<u32>,
    after: Range<u32>,
}

/// Findings of one job, in order, with their texts.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) hits: Vec<Hit>,
    pub(crate) related: Vec<RelatedHit>,
    texts: Vec<u8>,
    /// The place of what stands at the texts' end, counted like records' spans: lines around a finding are around the next as
    /// well, and stand there once.
    shown: Range<u64>,
    peers: String,
}

/// When a batch is handed on: it should still be in the processor's cache when it is shown.
const BATCH_HITS: usize = 256;
const BATCH_BYTES: usize = 256 << 10;

impl Batch {
    pub(crate) fn is_full(&self) -> bool {
        self.hits.len() >= BATCH_HITS || self.related.len() >= BATCH_HITS || self.texts.len() >= BATCH_BYTES
    }

    /// What the batch holds, in bytes.
    pub(crate) fn held_bytes(&self) -> u64 {
        let related = self.related.capacity() * size_of::<RelatedHit>();
        let hits = self.hits.capacity() * size_of::<Hit>();
        (hits + related + self.texts.capacity() + self.peers.capacity()) as u64
    }

    /// Empties the batch for the next findings; its memory stays.
    pub(crate) fn clear(&mut self) {
        self.hits.clear();
        self.related.clear();
        self.texts.clear();
        self.shown = 0..0;
        self.peers.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.hits.is_empty() && self.related.is_empty()
    }

    /// Adds a finding, and its record with the lines around it if there are any to be shown.
    pub(crate) fn push(&mut self, finding: &Finding<'_>, keep: Keep, around: Option<Around<'_>>) {
        let same_record = self
            .hits
            .last()
            .filter(|last| last.record_start == finding.record.span.start && last.record_line == finding.record.line);
        // The second finding of a record shares its text, and what is around it.
        let (record, before, after) = match same_record {
            Some(last) => (last.record.clone(), last.before.clone(), last.after.clone()),
            None => {
                let text = finding.record.text;
                let text = if keep == Keep::Sample { &text[..text.len().min(SAMPLE_BYTES)] } else { text };
                match around {
                    Some(around) => self.shown(around, &finding.record.span),
                    None => (self.text(text), 0..0, 0..0),
                }
            }
        };
        let peer = finding.peer.map(|peer| {
            let start = self.peers.len() as u32;
            self.peers.push_str(peer);
            start..self.peers.len() as u32
        });
        self.hits.push(Hit {
            code: finding.code,
            span: finding.span.clone(),
            line: finding.line,
            column: finding.column,
            form: finding.form,
            confidence: finding.confidence,
            time: finding.time,
            operation: finding.operation,
            runtime: finding.runtime,
            follow_up: finding.follow_up,
            peer,
            record,
            record_start: finding.record.span.start,
            record_line: finding.record.line,
            before,
            after,
        });
    }

    pub(crate) fn peer(&self, hit: &Hit) -> Option<&str> {
        let peer = hit.peer.as_ref()?;
        self.peers.get(peer.start as usize..peer.end as usize)
    }

    /// The record, or its beginning if only a sample was kept.
    pub(crate) fn record<'a>(&'a self, hit: &Hit) -> &'a [u8] {
        self.slice(&hit.record)
    }

    /// The lines before the record, with their line ends.
    pub(crate) fn before<'a>(&'a self, hit: &Hit) -> &'a [u8] {
        self.slice(&hit.before)
    }

    /// Where in this batch the record stands, and the lines after it.
    pub(crate) fn record_and_after(&self, hit: &Hit) -> Range<u32> {
        hit.record.start..hit.record.end.max(hit.after.end)
    }

    /// Where the finding's code stands in its record.
    pub(crate) fn span_in_record(&self, hit: &Hit) -> Range<usize> {
        let start = (hit.span.start - hit.record_start) as usize;
        start..start + (hit.span.end - hit.span.start) as usize
    }

    fn text(&mut self, text: &[u8]) -> Range<u32> {
        let start = self.texts.len() as u32;
        self.texts.extend_from_slice(text);
        start..self.texts.len() as u32
    }

    /// The places of a record, of the lines before it and of those after.
    fn shown(&mut self, around: Around<'_>, record: &Range<u64>) -> (Range<u32>, Range<u32>, Range<u32>) {
        let end = around.from + around.text.len() as u64;
        let is_there = |place| self.shown.start <= place && place <= self.shown.end;
        if self.shown.is_empty() || !is_there(around.from) {
            self.shown = around.from..around.from;
        }
        if end > self.shown.end {
            let new = (self.shown.end - around.from) as usize;
            self.texts.extend_from_slice(&around.text[new..]);
            self.shown.end = end;
        }
        let texts = self.texts.len() as u64;
        let at = |place: u64| (texts - (self.shown.end - place)) as u32;
        let after = (record.end + 1).min(end);
        (at(record.start)..at(record.end), at(around.from)..at(record.start), at(after)..at(end))
    }

    /// A part of the texts.
    pub(crate) fn slice(&self, range: &Range<u32>) -> &[u8] {
        &self.texts[range.start as usize..range.end as usize]
    }
}

/// How much of a record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Its beginning: enough to quote and to look for tell-tale words.
    Sample,
    /// All of it.
    Whole,
}

const SAMPLE_BYTES: usize = 400;

/// A record and whole lines around it, and where that begins, counted like the record's span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) from: u64,
}

impl Hit {
    /// Moves the place in bytes, for text that began at `base` of its file.
    pub(crate) fn shift(&mut self, base: u64) {
        self.span = self.span.start + base..self.span.end + base;
        self.record_start += base;
    }
}
