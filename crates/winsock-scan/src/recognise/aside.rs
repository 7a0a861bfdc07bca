//! Reading what stands beside a record: whether it says that the record counts, and what it says of it.

use std::ops::Range;

use super::operation;
use super::{Meaning, Operation, Reading, Recogniser, Sign, Token, Told, Verdict, lexicon, text};

/// On which side of a record lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    Behind,
}

impl Recogniser {
    /// Reads a record once more, knowing the lines before it; whether they and it tell of anything. Of use if the
    /// record [asks](Reading::asks_for_system) for the system it was written on.
    pub(crate) fn read_behind(&mut self, before: &[u8], text: &[u8], assume_windows: bool) -> bool {
        if !text::speaks_of_windows(before) {
            return false;
        }
        self.plain_aside.read(before);
        let before = self.plain_aside.of(before);
        let aside = self.aside.get_or_insert_default();
        aside.begin();
        aside.look_over(before);
        aside.find_tokens(before, lexicon());
        if !aside.has(Sign::Windows) || aside.has(Sign::Posix) {
            return false;
        }
        self.unknow(text);
        self.read_anew(text, assume_windows, Told::Windows);
        !self.own.verdicts.is_empty()
    }

    /// Reads a record once more, knowing that a console of Windows shows it; whether it tells of anything. Of use if the record
    /// [asks](Reading::asks_for_prompt) for it.
    pub(crate) fn read_on_console(&mut self, text: &[u8], assume_windows: bool) -> bool {
        self.unknow(text);
        self.read_anew(text, assume_windows, Told::Console);
        !self.own.verdicts.is_empty()
    }

    /// Reads a record once more, knowing the line before it; whether that tells of a function of the socket interface that
    /// failed, or of a connection that is made to an address, and the record then of a code. Of use if the record
    /// [asks](Reading::asks_for_sockets) for it.
    pub(crate) fn read_behind_call(&mut self, before: &[u8], text: &[u8], assume_windows: bool) -> bool {
        self.plain_aside.read(before);
        let before = self.plain_aside.of(before);
        let aside = self.aside.get_or_insert_default();
        aside.begin();
        aside.look_over(before);
        aside.find_tokens(before, lexicon());
        let is_call = |token: &Token| matches!(token.meaning, Meaning::Operation(_, 3));
        let connects = |token: &Token| matches!(token.meaning, Meaning::Operation(Operation::Connect, 1..));
        let calls = aside.tokens.iter().any(is_call) && aside.has(Sign::Fail)
            || aside.tokens.iter().any(connects) && aside.blocks.has_endpoint(before);
        if !calls || aside.has(Sign::Posix) || aside.has(Sign::Service) {
            return false;
        }
        self.read_as_of_sockets(text, assume_windows)
    }

    /// Reads a record once more, knowing that it is about sockets; whether it tells of a code.
    pub(crate) fn read_as_of_sockets(&mut self, text: &[u8], assume_windows: bool) -> bool {
        self.unknow(text);
        self.read_anew(text, assume_windows, Told::Sockets);
        !self.own.verdicts.is_empty()
    }

    /// Reads a row of a table once more, if its columns say more of its numbers than it does: `codes` are the cells that hold
    /// codes, with whether those are the system's; `others` hold numbers of something else.
    pub(crate) fn read_row(
        &mut self,
        text: &[u8],
        mut codes: impl Iterator<Item = (Range<usize>, bool)>,
        others: &[Range<usize>],
        assume_windows: bool,
    ) {
        if self.known.is_some() {
            self.look_over(text);
        }
        // What Winsock shares with Win32 is Win32's in such columns.
        let is_code = |cell: &Range<usize>| {
            self.numbers.iter().any(|number| number.range == *cell && number.code.value() >= 10_000)
        };
        let told = codes
            .find(|(cell, _)| is_code(cell))
            .map_or(Told::Nothing, |(cell, system)| Told::Column { at: cell.start, system });
        let numbers = self.numbers.len();
        self.numbers.retain(|number| !others.contains(&number.range));
        if told != Told::Nothing || self.numbers.len() < numbers {
            self.known = None;
            self.read_anew(text, assume_windows, told);
        }
    }

    /// Whether lines beside a record tell of an error.
    pub(crate) fn tells_of_error(&mut self, lines: &[u8], assume_windows: bool) -> bool {
        self.plain_aside.read(lines);
        let lines = self.plain_aside.of(lines);
        let aside = self.aside.get_or_insert_default();
        aside.begin();
        aside.look_over(lines);
        aside.read_anew(lines, assume_windows, Told::Nothing);
        !aside.own.verdicts.is_empty()
    }

    /// What the lines beside a record say of the verdict with this index: an operation and a peer.
    pub(crate) fn ask(&mut self, side: Side, lines: &[u8], index: usize) -> (Option<Operation>, Option<&str>) {
        let verdict = self.reading().verdicts[index].clone();
        self.plain_aside.read(lines);
        let lines = self.plain_aside.of(lines);
        let aside = self.aside.get_or_insert_default();
        aside.begin();
        aside.look_over(lines);
        aside.find_tokens(lines, lexicon());
        aside.mask(lines);
        let place = match side {
            Side::Before => lines.len(),
            Side::Behind => 0,
        };
        aside.own.verdicts.clear();
        aside.own.verdicts.push(Verdict { range: place..place, first: place, ..verdict });
        let Reading { verdicts, masks, .. } = &mut aside.own;
        operation::find(lines, &aside.blocks, &aside.tokens, masks, verdicts, &mut aside.operations);
        let told = &mut verdicts[0].operation;
        *told = told.or_else(|| match side {
            Side::Before => {
                operation::named_before(&aside.operations).or_else(|| operation::implied(lines, verdict.code, masks))
            }
            Side::Behind => operation::named_behind(verdict.code, &aside.operations),
        });
        let operation = *told;
        (operation, aside.peers.beside(lines, &aside.blocks, &aside.own, 0))
    }
}
