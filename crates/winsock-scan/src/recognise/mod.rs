//! Reading one record: which codes it tells, and what about them.

use std::cmp::Reverse;
use std::ops::Range;

use winsock_codes::Code;
use winsock_codes::related::Lookalike;

use crate::finding::{Confidence, Evidence, Form, Operation, Runtime};
use crate::lexicon::{LONG, Lexicon, Meaning, Sign, TextKind, lexicon};
use crate::matcher::Text;
use crate::number::{Number, may_begin_number, number_at};

mod blocks;
pub(crate) mod judge;
mod left;
mod neighbours;
mod operation;
mod peer;
pub(crate) mod text;

use blocks::{Blocks, Place, bits};
use judge::Surroundings;
use peer::Peers;

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
}

/// What the whole record tells, whichever code it is about.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) runtime: Option<Runtime>,
}

/// What the record tells about one verdict.
#[derive(Debug, Default)]
pub(crate) struct About<'a> {
    pub(crate) operation: Option<Operation>,
    pub(crate) peer: Option<&'a str>,
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
    numbers: Vec<Number>,
    verdicts: Vec<Verdict>,
    related: Vec<(&'static Lookalike, Range<usize>)>,
    /// Stretches whose words mean nothing by themselves: the system's texts.
    masks: Vec<Range<usize>>,
    peers: Peers,
}

/// More phrases than any honest record of 64 KiB needs; a bound on memory and time, not on honesty.
const MAX_TOKENS: usize = 4096;

impl Recogniser {
    /// Reads a record; the verdicts are then in [`verdicts`](Recogniser::verdicts).
    pub(crate) fn read(&mut self, text: &[u8], assume_windows: bool, related: bool) {
        self.verdicts.clear();
        self.related.clear();
        self.peers.clear();
        self.collect(text, lexicon());
        self.mask(text);
        let around = self.surroundings(text, assume_windows);
        self.judge_texts(text, &around);
        self.judge_names(text, &around);
        self.judge_numbers(text, &around);
        self.judge_oracle(text);
        self.settle();
        if related {
            self.related.extend(neighbours::of_record(text, &self.tokens));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.related.is_empty()
    }

    /// One verdict for each code, in the order in which the record tells them.
    pub(crate) fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    pub(crate) fn related(&self) -> &[(&'static Lookalike, Range<usize>)] {
        &self.related
    }

    pub(crate) fn facts(&self) -> Facts {
        let runs = self.tokens.iter().filter_map(|token| match token.meaning {
            Meaning::Run(runtime, rank) => Some((rank, runtime)),
            _ => None,
        });
        Facts { runtime: runs.min_by_key(|(rank, _)| *rank).map(|(_, runtime)| runtime) }
    }

    /// Operation and peer of the verdict with this index.
    pub(crate) fn about(&mut self, text: &[u8], index: usize) -> About<'_> {
        let verdict = &self.verdicts[index];
        let operation = operation::of(text, verdict, &self.tokens, &self.masks);
        self.peers.read(text, &self.blocks, &self.tokens);
        About { operation, peer: self.peers.of(text, verdict, operation, &self.masks) }
    }

    /// Finds all phrases and numbers.
    fn collect(&mut self, text: &[u8], lexicon: &Lexicon) {
        self.tokens.clear();
        self.numbers.clear();
        self.blocks.read(text);
        for place in self.blocks.places() {
            let numbers = bits(place.begins(|block| block.digit)).filter_map(|bit| {
                let at = place.base + bit as usize;
                may_begin_number(text, at, place.digits(bit)).then(|| number_at(text, at))?
            });
            self.numbers.extend(numbers);
            collect_short(text, &place, lexicon, &mut self.tokens);
        }
        let tokens = &mut self.tokens;
        lexicon.long.everywhere(Text::new(text, self.blocks.is_even()), |phrase, range| {
            if tokens.len() < MAX_TOKENS {
                tokens.push(Token { meaning: lexicon.meanings[phrase], range });
            }
        });
        // Of phrases that begin at one place the longest comes first.
        tokens.sort_by_key(|token| (token.range.start, Reverse(token.range.end)));
    }

    /// Marks the extent of the system's texts, of which the phrase is a part, and of stock phrases.
    fn mask(&mut self, text: &[u8]) {
        self.masks.clear();
        for token in &self.tokens {
            match token.meaning {
                Meaning::Text(code, TextKind::System | TextKind::Weak) => {
                    self.masks.push(text::message_extent(text, code, &token.range));
                }
                Meaning::Text(_, TextKind::Local) | Meaning::Sign(Sign::Skip) => self.masks.push(token.range.clone()),
                _ => {}
            }
        }
    }

    fn is_masked(&self, range: &Range<usize>) -> bool {
        self.masks.iter().any(|mask| mask.start <= range.start && range.end <= mask.end)
    }

    fn surroundings(&self, text: &[u8], assume_windows: bool) -> Surroundings {
        let mut around = Surroundings { assume_windows, ..Surroundings::default() };
        for token in &self.tokens {
            match token.meaning {
                Meaning::Sign(Sign::Api) => around.api = true,
                Meaning::Sign(Sign::Net) => around.net = true,
                Meaning::Operation(_, 2..) if !self.is_masked(&token.range) => around.net = true,
                Meaning::Sign(Sign::Fail) if around.first_fail.is_none() => around.first_fail = Some(token.range.start),
                Meaning::Sign(Sign::Service) => around.service = true,
                Meaning::Text(_, TextKind::System | TextKind::Local) => around.api = true,
                Meaning::Name { wsa, .. } if wsa || text::prefix_of_name(text, token.range.start).is_some() => {
                    around.api = true
                }
                _ => {}
            }
        }
        around
    }

    fn push(&mut self, code: Code, range: Range<usize>, form: Form, confidence: Confidence, evidence: Evidence) {
        let first = range.start;
        self.verdicts.push(Verdict { code, range, form, confidence, evidence, first });
    }

    fn judge_texts(&mut self, text: &[u8], around: &Surroundings) {
        for index in 0..self.tokens.len() {
            let Token { meaning: Meaning::Text(code, kind), range } = self.tokens[index].clone() else { continue };
            let form = match kind {
                TextKind::System | TextKind::Weak => Form::Text,
                TextKind::Local => Form::LocalizedText,
                TextKind::Own | TextKind::Jdk | TextKind::Curl => Form::RuntimeText,
            };
            let counts = match kind {
                TextKind::System => !text::is_other_text(text, code, &range),
                TextKind::Weak => around.api || self.numbers.iter().any(|number| number.code == code),
                TextKind::Local | TextKind::Own => true,
                TextKind::Jdk => text::has_jdk_suffix(text, range.end),
                TextKind::Curl => text::follows_curl(text, range.start),
            };
            if counts {
                self.push(code, range, form, Confidence::High, Evidence::Form);
            }
        }
    }

    fn judge_names(&mut self, text: &[u8], around: &Surroundings) {
        let windows = self.has(Sign::Windows) && !self.has(Sign::Posix);
        for index in 0..self.tokens.len() {
            let token = self.tokens[index].clone();
            match token.meaning {
                Meaning::Name { code, wsa } => {
                    let Some((range, owner)) = text::name_at(text, &token.range, wsa) else { continue };
                    match owner {
                        text::Owner::Winsock => self.push(code, range, Form::Name, Confidence::High, Evidence::Form),
                        text::Owner::Unreal => {
                            self.push(code, range, Form::RuntimeName, Confidence::High, Evidence::Form)
                        }
                        text::Owner::Posix if windows && text::is_socket_name(code) => {
                            self.push(code, range, Form::RuntimeName, Confidence::Medium, Evidence::Platform);
                        }
                        text::Owner::Posix
                            if around.assume_windows && text::is_socket_name(code) && !self.has(Sign::Posix) =>
                        {
                            self.push(code, range, Form::RuntimeName, Confidence::Low, Evidence::Assumed);
                        }
                        text::Owner::Posix => {}
                    }
                }
                Meaning::DotNet(code) if text::is_socket_error_member(text, &token.range) && !self.has(Sign::Posix) => {
                    self.push(code, token.range, Form::RuntimeName, Confidence::High, Evidence::Label);
                }
                _ => {}
            }
        }
    }

    fn has(&self, wanted: Sign) -> bool {
        self.tokens.iter().any(|token| matches!(token.meaning, Meaning::Sign(sign) if sign == wanted))
    }

    fn judge_numbers(&mut self, text: &[u8], around: &Surroundings) {
        for index in 0..self.numbers.len() {
            let number = &self.numbers[index];
            let judged = judge::judge(text, number, around);
            // A number that agrees with a text or name beside it needs no other reason.
            let near = |verdict: &&Verdict| {
                verdict.code == number.code
                    && (verdict.range.end <= number.range.start || number.range.end <= verdict.range.start)
            };
            let agrees = self.verdicts.iter().any(|verdict| near(&verdict));
            let Some((confidence, evidence)) = judged else { continue };
            let (confidence, evidence) = if agrees && confidence < Confidence::High {
                (Confidence::High, Evidence::MatchingText)
            } else {
                (confidence, evidence)
            };
            let Number { code, form, range } = number.clone();
            self.push(code, range, form, confidence, evidence);
        }
    }

    /// Oracle Net on Windows prints the code minus 10000.
    fn judge_oracle(&mut self, text: &[u8]) {
        for index in 0..self.tokens.len() {
            let Token { meaning: Meaning::Sign(Sign::Oracle), range } = self.tokens[index].clone() else { continue };
            if let Some((code, number)) = text::minus_10000(text, range.end) {
                self.push(code, number, Form::Minus10000, Confidence::High, Evidence::Label);
            }
        }
    }

    /// Leaves one verdict for each code, the surest, in the order of first mention.
    fn settle(&mut self) {
        if self.verdicts.len() < 2 {
            return;
        }
        let sure = |verdict: &Verdict| verdict.confidence == Confidence::High && !is_wording(verdict.form);
        let sure_codes: Vec<Code> = self.verdicts.iter().filter(|v| sure(v)).map(|v| v.code).collect();
        // A runtime's words are vaguer than a number: where they contradict, the number is right.
        self.verdicts.retain(|v| {
            sure_codes.is_empty()
                || sure_codes.contains(&v.code)
                || !matches!(v.form, Form::RuntimeText | Form::RuntimeName)
        });
        self.verdicts.sort_by_key(|verdict| (verdict.code, verdict.range.start));
        self.verdicts.dedup_by(|verdict, kept| {
            let same = kept.code == verdict.code;
            if same && rank(verdict) > rank(kept) {
                *kept = Verdict { first: kept.first, ..verdict.clone() };
            }
            same
        });
        self.verdicts.sort_by_key(|verdict| verdict.first);
    }
}

/// The short phrases that begin in a block, and the drive letters.
fn collect_short(text: &[u8], place: &Place, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let mut look = |at: usize| {
        lexicon.short.at(text, at, |phrase, range| {
            if tokens.len() < MAX_TOKENS {
                tokens.push(Token { meaning: lexicon.meanings[LONG + phrase], range });
            }
        });
    };
    for bit in bits(place.begins(|block| block.word) | place.here.inner) {
        look(place.base + bit as usize);
    }
    for bit in bits(place.here.backslash) {
        let at = place.base + bit as usize;
        // Behind `\n` that is written out, a word begins too.
        if matches!(text.get(at + 1), Some(b'n' | b'r' | b't')) {
            look(at + 2);
        }
    }
    for bit in bits(place.here.colon & place.behind(|block| block.word)) {
        let at = place.base + bit as usize;
        if text[at - 1].is_ascii_alphabetic() && is_drive(text, at) && tokens.len() < MAX_TOKENS {
            tokens.push(Token { meaning: Meaning::Sign(Sign::Windows), range: at - 1..at + 2 });
        }
    }
}

/// A number or a name is a better place to point at than a text.
fn rank(verdict: &Verdict) -> (Confidence, bool) {
    (verdict.confidence, !is_wording(verdict.form))
}

fn is_wording(form: Form) -> bool {
    matches!(form, Form::Text | Form::LocalizedText | Form::RuntimeText | Form::RuntimeName)
}

/// `C:\` or `C:/`.
fn is_drive(text: &[u8], colon: usize) -> bool {
    let alone = colon < 2 || !text[colon - 2].is_ascii_alphanumeric();
    let slash = match (text.get(colon + 1), text.get(colon + 2)) {
        // `x:\n` is a written-out line break.
        (Some(b'\\'), Some(next)) => !matches!(next, b'n' | b'r'),
        (Some(b'/'), Some(next)) => *next != b'/',
        _ => false,
    };
    alone && slash
}
