//! Reading one record: which codes it tells, and what about them.

use std::cmp::Reverse;
use std::ops::Range;

use winsock_codes::Code;
use winsock_codes::related::Lookalike;

use crate::finding::{Confidence, Evidence, Form, Operation, Runtime};
use crate::lexicon::{LONG, Lexicon, Meaning, Sign, TextKind, lexicon};
use crate::matcher::Text;
use crate::number::{EVENT_DATA, Number, event_bytes, may_begin_number, number_at};
use crate::prefilter::Landmarks;
use crate::record::Plain;

mod aside;
mod blocks;
pub(crate) mod judge;
mod left;
mod mention;
mod neighbours;
mod operation;
mod peer;
mod shapes;
pub(crate) mod text;
mod verdicts;

pub(crate) use aside::Side;
use blocks::{Blocks, Oddities, Place, bits, is_even, oddities};
use judge::Surroundings;
pub(crate) use operation::is_of_connecting;
use peer::Peers;
use shapes::Shapes;
pub(crate) use shapes::{LONGEST_BYTES as SHAPE_BYTES, mix};

/// One recognised code.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) code: Code,
    /// In the record.
    pub(crate) range: Range<usize>,
    pub(crate) form: Form,
    pub(crate) confidence: Confidence,
    pub(crate) evidence: Evidence,
    /// Where the record first tells of the code, in whatever form.
    pub(crate) first: usize,
    /// The operation that failed, if the record names one.
    pub(crate) operation: Option<Operation>,
}

/// What the lines before a record say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    /// It was written on Windows.
    Windows,
    /// A console of Windows shows it.
    Console,
    /// It is about sockets.
    Sockets,
    /// The number at a place stands in a column for codes: the system's, or those of something.
    Column {
        at: usize,
        system: bool,
    },
}

/// What was read from a record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// One for each code, in the order in which the record tells them.
    pub(crate) verdicts: Vec<Verdict>,
    /// Who wrote the record.
    pub(crate) runtime: Option<Runtime>,
    /// Stretches whose words mean nothing by themselves: the system's texts.
    masks: Vec<Range<usize>>,
    /// Where words end that introduce the name of a host, and how surely they do.
    hosts: Vec<(usize, u8)>,
    /// Whether it depends on the digits of short numbers.
    reads_digits: bool,
    /// Whether a name would count if the record were known to be from Windows.
    pub(crate) asks_for_system: bool,
    /// Whether a wording would count if a console of Windows showed the record.
    pub(crate) asks_for_prompt: bool,
    /// Whether a number would count if the record spoke of sockets.
    pub(crate) asks_for_sockets: bool,
}

/// A phrase found in the record.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) meaning: Meaning,
    pub(crate) range: Range<usize>,
}

/// Reads records; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Recogniser {
    blocks: Blocks,
    tokens: Vec<Token>,
    operations: Vec<operation::Named>,
    numbers: Vec<Number>,
    related: Vec<(&'static Lookalike, Range<usize>)>,
    /// What the record at hand tells, unless a record of its shape was read before.
    own: Reading,
    shapes: Shapes,
    /// The slot of its shape.
    known: Option<usize>,
    peers: Peers,
    /// Where its shape is asked for at once.
    pub(crate) landmarks: Landmarks,
    /// Reads what stands beside a record.
    aside: Option<Box<Recogniser>>,
    /// What stands beside it, read aside.
    plain_aside: Plain,
    /// How many bytes were looked at, for tests that count work.
    #[cfg(test)]
    pub(crate) bytes_read: u64,
}

/// More phrases than any honest record of 64 KiB needs; a bound on memory and time, not on honesty.
const MAX_TOKENS: usize = 4096;

impl Recogniser {
    /// Reads a record; what it tells is then in [`reading`](Recogniser::reading).
    pub(crate) fn read(&mut self, text: &[u8], assume_windows: bool, related: bool) {
        // Look-alikes are not remembered.
        if related || !self.read_known(text) {
            self.read_unknown(text, assume_windows, related);
        }
    }

    /// Reads a record of whose shape none is [known](Recogniser::read_known).
    pub(crate) fn read_unknown(&mut self, text: &[u8], assume_windows: bool, related: bool) {
        if related {
            self.begin();
        }
        self.look_over(text);
        self.read_anew(text, assume_windows, Told::Nothing);
        if related {
            self.related.extend(neighbours::of_record(text, &self.tokens));
        } else {
            self.shapes.keep(text, &self.own);
        }
    }

    /// Reads a record if one of its shape was read before. Look-alikes are not told.
    pub(crate) fn read_known(&mut self, text: &[u8]) -> bool {
        #[cfg(test)]
        {
            self.bytes_read += text.len() as u64;
        }
        self.begin();
        self.known = self.shapes.find(text, &mut self.blocks);
        self.known.is_some()
    }

    /// Forgets the record before.
    fn begin(&mut self) {
        self.known = None;
        self.related.clear();
        self.peers.clear();
        self.blocks.clear();
    }

    /// Looks for what a reading begins with.
    fn look_over(&mut self, text: &[u8]) {
        self.blocks.read(text);
        self.find_numbers(text);
    }

    /// Takes the record for one whose shape is not known: what was read of that does not hold for it.
    fn unknow(&mut self, text: &[u8]) {
        if self.known.take().is_some() {
            self.look_over(text);
        }
    }

    fn read_anew(&mut self, text: &[u8], assume_windows: bool, told: Told) {
        self.own.verdicts.clear();
        self.own.asks_for_system = false;
        self.own.asks_for_prompt = false;
        self.own.asks_for_sockets = false;
        self.find_tokens(text, lexicon());
        self.mask(text);
        let mut around = self.surroundings(text, assume_windows);
        around.windows |= matches!(told, Told::Windows | Told::Console) && !self.has(Sign::Posix);
        around.console = told == Told::Console;
        around.api |= told == Told::Sockets;
        if let Told::Column { at, system } = told {
            around.code_at = (system || around.api || around.net).then_some(at);
        }
        self.judge(text, &around);
        let Reading { verdicts, masks, .. } = &mut self.own;
        operation::find(text, &self.blocks, &self.tokens, masks, verdicts, &mut self.operations);
        for verdict in verdicts {
            verdict.operation = operation::of(text, verdict, &self.operations, masks);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.reading().verdicts.is_empty() && self.related.is_empty()
    }

    /// Whether the record begins with the system's text for its code, behind two signs at most.
    pub(crate) fn begins_with_text(&self) -> bool {
        let Reading { verdicts, masks, .. } = self.reading();
        verdicts.first().is_some_and(|verdict| verdict.form == Form::Text) && masks.iter().any(|mask| mask.start <= 2)
    }

    /// What the record tells.
    pub(crate) fn reading(&self) -> &Reading {
        self.known.map_or(&self.own, |slot| self.shapes.reading(slot))
    }

    pub(crate) fn related(&self) -> &[(&'static Lookalike, Range<usize>)] {
        &self.related
    }

    /// Whether the record names the peer of the verdict with this index.
    pub(crate) fn has_peer(&mut self, text: &[u8], index: usize) -> bool {
        let Some(slot) = self.known else { return self.peers.of(text, &self.blocks, &self.own, index).is_some() };
        let (reading, peers) = self.shapes.known(slot);
        if peers.is_none() {
            self.blocks.read(text);
            *peers = self.peers.remember(text, &self.blocks, reading);
        }
        match peers {
            Some(known) if known.fits(text) => self.peers.of_shape(text, known, index).is_some(),
            _ => {
                self.blocks.read(text);
                self.peers.of(text, &self.blocks, reading, index).is_some()
            }
        }
    }

    /// The peer that was asked for last, if the record [has](Recogniser::has_peer) one.
    pub(crate) fn last_peer(&self) -> &str {
        self.peers.last()
    }

    /// Finds all numbers that have the value of a code.
    fn find_numbers(&mut self, text: &[u8]) {
        self.numbers.clear();
        for place in self.blocks.places() {
            for bit in bits(place.begins(|block| block.digit) & !place.few_digits()) {
                let at = place.base + bit as usize;
                if may_begin_number(text, at, place.digits(bit)) {
                    self.numbers.extend(number_at(text, at));
                }
            }
        }
        let data = memchr::memmem::find_iter(text, EVENT_DATA).map(|at| at + EVENT_DATA.len());
        self.numbers.extend(data.filter_map(|at| event_bytes(text, at)));
    }

    /// Finds all phrases.
    fn find_tokens(&mut self, text: &[u8], lexicon: &Lexicon) {
        self.tokens.clear();
        let tokens = &mut self.tokens;
        for (place, oddities) in self.blocks.places().zip(oddities(text)) {
            find_short(text, &place, &oddities, lexicon, tokens);
        }
        lexicon.long.everywhere(Text::new(text, is_even(text)), |phrase, range| {
            if tokens.len() < MAX_TOKENS {
                tokens.push(Token { meaning: lexicon.meanings[phrase], range });
            }
        });
        // What a host is called says nothing of the record.
        tokens.retain(|token| {
            !matches!(token.meaning, Meaning::Sign(Sign::Service)) || !text::is_in_name_of_host(text, &token.range)
        });
        // Of phrases that begin at one place the longest comes first.
        tokens.sort_by_key(|token| (token.range.start, Reverse(token.range.end)));
        self.own.hosts.clear();
        self.own.reads_digits = false;
        let mut run: Option<(u16, Runtime)> = None;
        for token in tokens {
            match token.meaning {
                Meaning::Host(score) => self.own.hosts.push((token.range.end, score)),
                Meaning::Sign(Sign::Oracle) => self.own.reads_digits |= text::is_before_small_code(text, &token.range),
                Meaning::Run(runtime, rank) if run.is_none_or(|(least, _)| rank < least) => run = Some((rank, runtime)),
                _ => {}
            }
        }
        self.own.runtime = run.map(|(_, runtime)| runtime);
    }

    /// Marks the extent of the system's texts, of which the phrase is a part, and of stock phrases.
    fn mask(&mut self, text: &[u8]) {
        self.own.masks.clear();
        for token in &self.tokens {
            match token.meaning {
                Meaning::Text(code, TextKind::System | TextKind::Weak) => {
                    self.own.masks.push(text::message_extent(text, code, &token.range));
                }
                Meaning::Text(_, TextKind::Local) | Meaning::Sign(Sign::Skip) => {
                    self.own.masks.push(token.range.clone())
                }
                _ => {}
            }
        }
    }

    fn is_masked(&self, range: &Range<usize>) -> bool {
        self.own.masks.iter().any(|mask| mask.start <= range.start && range.end <= mask.end)
    }

    fn surroundings(&mut self, text: &[u8], assume_windows: bool) -> Surroundings {
        let mut around = Surroundings { assume_windows, ..Surroundings::default() };
        let (mut operates, mut windows, mut posix) = (false, false, false);
        for token in &self.tokens {
            around.resolves |= matches!(token.meaning, Meaning::Operation(Operation::Resolve, _));
            match token.meaning {
                Meaning::Sign(Sign::Windows) => {
                    windows = true;
                    let sign = &text[token.range.clone()];
                    around.drive |= sign.contains(&b':') || sign.contains(&b'\\');
                }
                Meaning::Sign(Sign::Posix) => posix = true,
                Meaning::Sign(Sign::Api) => around.api = true,
                Meaning::Sign(Sign::Net) => around.net = true,
                Meaning::Operation(_, 2..) if !self.is_masked(&token.range) => (around.net, operates) = (true, true),
                Meaning::Operation(..) if operation::is_field(text, &token.range) => {
                    (around.net, operates) = (true, true)
                }
                Meaning::Sign(Sign::Fail) if around.first_fail.is_none() => around.first_fail = Some(token.range.start),
                Meaning::Sign(Sign::Service) => around.service = true,
                Meaning::Text(_, TextKind::System | TextKind::Local) => around.api = true,
                Meaning::Name { wsa, .. } if wsa || text::prefix_of_name(text, token.range.start).is_some() => {
                    around.api = true
                }
                _ => {}
            }
        }
        let numeric = self.blocks.has_endpoint(text);
        let endpoint = numeric || peer::names_endpoint(text, &self.blocks, &mut self.own.reads_digits);
        // An operation and an endpoint are as good as a function of the interface.
        around.api |= operates && endpoint;
        around.reached = endpoint || operates && self.blocks.has_address(text);
        around.net |= numeric;
        around.operates = operates;
        around.windows = windows && !posix;
        around
    }
}

/// The short phrases that begin in a block, and the drive letters.
fn find_short(text: &[u8], place: &Place, oddities: &Oddities, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let mut look = |at: usize| {
        lexicon.short.at(text, at, |phrase, range| {
            if tokens.len() < MAX_TOKENS {
                tokens.push(Token { meaning: lexicon.meanings[LONG + phrase], range });
            }
        });
    };
    for bit in bits(place.begins(|block| block.word) | oddities.inner) {
        look(place.base + bit as usize);
    }
    for bit in bits(oddities.backslash) {
        let at = place.base + bit as usize;
        // Behind `\n` that is written out, a word begins too.
        if matches!(text.get(at + 1), Some(b'n' | b'r' | b't')) {
            look(at + 2);
        }
    }
    for bit in bits(place.here.colon & place.behind(|block| block.word)) {
        let at = place.base + bit as usize;
        if text[at - 1].is_ascii_alphabetic() && text::is_drive(text, at) && tokens.len() < MAX_TOKENS {
            tokens.push(Token { meaning: Meaning::Sign(Sign::Windows), range: at - 1..at + 2 });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_number_is_passed_over(text in "([0-9]{1,9}|10054|0x2746|0200274D:system lib|8000274d:|02A0274D:system lib|2746h|274Dh|80072746h|[ -.:_a-fhx~]){0,60}") {
            let text = text.as_bytes();
            let mut recogniser = Recogniser::default();
            recogniser.look_over(text);
            let begins = |at: &usize| text[*at].is_ascii_digit() && (*at == 0 || !text[at - 1].is_ascii_digit());
            let wanted: Vec<Number> = (0..text.len()).filter(begins).filter_map(|at| number_at(text, at)).collect();
            prop_assert_eq!(recogniser.numbers, wanted);
        }
    }
}
