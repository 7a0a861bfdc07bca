//! What a record leaves out of operation and peer, as a column of its table or the lines beside it tell.

use std::ops::Range;

use super::before::may_tell_of_error;
use super::columns::Columns;
use super::pass::Pass;
use super::thread::Tie;
use super::{before, behind, thread};
use crate::finding::Operation;
use crate::recognise::{Side, is_of_connecting};
use crate::record::{begins_with_stamp, prompt};
use crate::time::Stamp;

/// What tells a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    None,
    Record,
    /// A column of a table, or a line beside the record.
    Elsewhere,
}

/// A record, as it is read, and the data that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here<'t> {
    pub(super) data: &'t [u8],
    pub(super) base: u64,
    pub(super) span: &'t Range<usize>,
    pub(super) text: &'t [u8],
}

impl Pass {
    /// Whether a record counts because the lines before it were written on Windows; the recogniser has then read it anew.
    pub(super) fn is_told_before(&mut self, here: &Here<'_>) -> bool {
        let Here { data, base, span, text } = *here;
        if self.recogniser.reading().asks_for_sockets {
            let before = before::last_line(data, base, span.start);
            if before::begins_data_of_code(data, span.start, before) {
                return self.recogniser.read_as_of_sockets(text, self.options.assume_windows);
            }
            let of_one = Stamp::parse(text).is_none() || thread::is_of_same_moment(text, before);
            return of_one && self.recogniser.read_behind_call(before, text, self.options.assume_windows);
        }
        let reading = self.recogniser.reading();
        let (asks_for_system, asks_for_prompt) = (reading.asks_for_system, reading.asks_for_prompt);
        if !asks_for_system && !asks_for_prompt {
            return false;
        }
        let assume = self.options.assume_windows;
        if !prompt(data, base, span.start).is_empty() && self.recogniser.read_on_console(text, assume) {
            return true;
        }
        // Only of names: words may tell of another machine.
        if !asks_for_system || Stamp::parse(text).is_some() {
            return false;
        }
        let before = before::lines(data, base, span.start, |line| self.recogniser.tells_of_error(line, assume));
        self.recogniser.read_behind(before, text, assume)
    }

    /// The operation and the peer of a verdict: the record's own, a column's, or what the lines before and behind say
    /// that the record leaves out. Of one that `is_apart` they say nothing.
    pub(super) fn told(
        &mut self,
        here: &Here<'_>,
        index: usize,
        is_dated: bool,
        is_apart: bool,
    ) -> (Option<Operation>, Source) {
        let Here { data, base, span, text } = *here;
        let operation = self.recogniser.reading().verdicts[index].operation;
        let listens = matches!(operation, Some(Operation::Bind | Operation::Listen | Operation::Startup));
        let is_row = |columns: &Columns, told: &mut String| !listens && columns.write_peer(&data[span.clone()], told);
        if self.columns.as_ref().is_some_and(|columns| is_row(columns, &mut self.told)) {
            return (operation, Source::Elsewhere);
        }
        let source = if self.recogniser.has_peer(text, index) { Source::Record } else { Source::None };
        if is_apart {
            return (operation, source);
        }
        let known = source == Source::Record && (is_dated || operation.is_some());
        // The line before a line with a finding tells of an error of its own.
        let is_behind_other = self.behind_finding == base + span.start as u64;
        let connecting = is_of_connecting(self.recogniser.reading().verdicts[index].code);
        if known && operation.is_none() && !is_behind_other && connecting && self.connect_failed_just_before(here) {
            return (Some(Operation::Connect), source);
        }
        if listens || known && (operation.is_some() || !behind::begins_frames(data, span.end)) {
            return (operation, source);
        }
        let assume = self.options.assume_windows;
        let before = match is_dated {
            _ if self.behind_finding == base + span.start as u64 => b"",
            true => before::announcement(data, base, span.start, |line| self.recogniser.tells_of_error(line, assume)),
            false => before::lines(data, base, span.start, |line| self.recogniser.tells_of_error(line, assume)),
        };
        let mut known = (operation, source);
        // What another thread announced counts only if its own says nothing.
        let is_of_other = is_dated && thread::is_of_other(text, before);
        // Where fields stand behind one error, and then behind the next, those between the two are the first one's.
        let may_go_on = behind::may_go_on(data, span.end);
        let is_claimed =
            may_go_on && !is_dated && self.is_behind_error(data, base, span.start - before.len()..span.start);
        if !before.is_empty() && !is_of_other && !is_claimed {
            known = self.ask(Side::Before, before, index, known);
        }
        let is_known = matches!(known, (Some(_), Source::Record | Source::Elsewhere));
        if !is_known && may_go_on {
            let behind = behind::lines(data, span.end, |line| self.recogniser.tells_of_error(line, assume));
            known = self.ask(Side::Behind, behind, index, known);
        }
        if is_claimed {
            known = self.ask(Side::Before, before, index, known);
        }
        // A record without a date belongs to the dated line before it.
        let start = span.start - if is_dated { 0 } else { before.len() };
        if known.1 == Source::None && (is_dated || begins_with_stamp(before)) {
            known = self.ask_thread(data, base, start..span.end, index, known);
        }
        if is_of_other && known.1 == Source::None {
            known = self.ask(Side::Before, before, index, known);
        }
        known
    }

    /// Whether lines go on about an error that the line before them tells of.
    fn is_behind_error(&mut self, data: &[u8], base: u64, lines: Range<usize>) -> bool {
        let assume = self.options.assume_windows;
        let error = before::last_line(data, base, lines.start);
        !lines.is_empty()
            && !error.is_empty()
            && self.tells_of_error_itself(data, error, lines.start)
            && behind::lines(data, lines.start - 1, |line| self.recogniser.tells_of_error(line, assume)).len()
                >= lines.len()
    }

    /// Whether the line before a dated record, of the same moment, says that no connection to the record's own peer came
    /// about: `[22:14:08] Failed to connect to agent '10.0.0.5:6162'.`, and then the system's text in a line of its own.
    fn connect_failed_just_before(&mut self, here: &Here<'_>) -> bool {
        let Here { data, base, span, text } = *here;
        const FAILURES: [&[u8]; 5] = [b"ail", b"nable", b"annot", b"an't", b"ould not"];
        let line = before::last_line(data, base, span.start);
        let has = |word: &[u8]| memchr::memmem::find(line, word).is_some();
        let peer = self.recogniser.last_peer();
        let host = peer.rsplit_once(':').map_or(peer, |(host, _)| host);
        let is_about_it = thread::is_of_same_moment(text, line)
            && has(b"onnect")
            && FAILURES.iter().any(|word| has(word))
            && has(host.as_bytes())
            && !thread::is_of_other(text, line);
        is_about_it && !self.tells_of_error_itself(data, line, span.start)
    }

    /// Whether the line that ends before `start` of `data` tells of an error itself.
    fn tells_of_error_itself(&mut self, data: &[u8], line: &[u8], start: usize) -> bool {
        let end = start.saturating_sub(1);
        may_tell_of_error(data, end - line.len(), start)
            && self.recogniser.tells_of_error(line, self.options.assume_windows)
    }

    /// What is known of a verdict, with what the same thread said that is not known: where it was going, and in what it failed.
    fn ask_thread(
        &mut self,
        data: &[u8],
        base: u64,
        span: Range<usize>,
        index: usize,
        mut known: (Option<Operation>, Source),
    ) -> (Option<Operation>, Source) {
        let connecting = is_of_connecting(self.recogniser.reading().verdicts[index].code);
        let outbound = connecting || known.0 == Some(Operation::Connect);
        // A reader that began between the two lines must come to the same answer.
        let last = before::last_line(data, base, span.start);
        let asks_before =
            self.behind_finding != base + span.start as u64 && !self.tells_of_error_itself(data, last, span.start);
        let mut loose = Loose::default();
        for (line, tie) in thread::lines(data, base, span.clone(), asks_before, outbound) {
            // Of what stands beyond another error nothing is known. Behind, where the next error mostly is, suspicion will do.
            let is_behind = line.start > span.start;
            let between = if is_behind { span.end + 1..line.end } else { line.start..span.start };
            if may_tell_of_error(data, between.start, between.end)
                && (is_behind || self.recogniser.tells_of_error(&data[between], self.options.assume_windows))
            {
                continue;
            }
            let line = &data[line];
            if tie == Tie::Loose {
                let (_, peer) = self.recogniser.ask(Side::Before, line, index);
                loose.add(peer);
                continue;
            }
            let (operation, source) = self.ask(Side::Before, line, index, known);
            let fits = thread::tells_of_end(line) || connecting && operation == Some(Operation::Connect);
            known = (if fits { operation } else { known.0 }, source);
            if source != Source::None {
                return known;
            }
        }
        if let Some(peer) = loose.only() {
            self.told = peer;
            known.1 = Source::Elsewhere;
        }
        known
    }

    /// What is known of a verdict, with what lines beside its record say that is not known.
    fn ask(
        &mut self,
        side: Side,
        lines: &[u8],
        index: usize,
        known: (Option<Operation>, Source),
    ) -> (Option<Operation>, Source) {
        if lines.is_empty() {
            return known;
        }
        let (operation, source) = known;
        let (further, peer) = self.recogniser.ask(side, lines, index);
        let Some(peer) = peer.filter(|_| source == Source::None) else { return (operation.or(further), source) };
        self.told.clear();
        self.told.push_str(peer);
        (operation.or(further), Source::Elsewhere)
    }
}

/// What lines tell that only perhaps belong to a record: a peer, if all tell the same.
#[derive(Debug, Default)]
struct Loose {
    peer: Option<String>,
    disagree: bool,
}

impl Loose {
    fn add(&mut self, peer: Option<&str>) {
        let Some(peer) = peer else { return };
        match &self.peer {
            Some(known) => self.disagree |= known != peer,
            None => self.peer = Some(peer.to_owned()),
        }
    }

    fn only(self) -> Option<String> {
        self.peer.filter(|_| !self.disagree)
    }
}
