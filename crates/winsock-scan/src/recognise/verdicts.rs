//! Which codes a record tells: every text, name and number of it judged, and one verdict left for each code.

use std::ops::Range;

use winsock_codes::Code;

use super::judge::{self, Surroundings};
use super::{Recogniser, Verdict};
use super::{mention, text};
use crate::finding::{Confidence, Evidence, Form, Operation, Runtime};
use crate::lexicon::{Meaning, Sign, TextKind};
use crate::number::Number;
use crate::recognise::Token;

impl Recogniser {
    /// Judges everything found in a record.
    pub(super) fn judge(&mut self, text: &[u8], around: &Surroundings) {
        self.judge_texts(text, around);
        self.judge_names(text, around);
        self.judge_numbers(text, around);
        self.judge_oracle(text);
        self.own.verdicts.retain(|verdict| !mention::is_mention(text, verdict));
        self.settle();
    }

    fn push(&mut self, code: Code, range: Range<usize>, form: Form, confidence: Confidence, evidence: Evidence) {
        let first = range.start;
        self.own.verdicts.push(Verdict { code, range, form, confidence, evidence, first, operation: None });
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
                TextKind::Jdk => {
                    text::has_jdk_suffix(text, range.end)
                        || text::follows_windows(text, range.start)
                        || self.is_of_windows(text, code, &range, around)
                }
                TextKind::Curl => text::follows_curl(text, range.start),
            };
            if counts {
                self.push(code, range, form, Confidence::High, Evidence::Form);
            } else if kind == TextKind::Jdk {
                self.own.asks_for_prompt |=
                    self.is_wording_of_sockets(text, code, &range, around) && !self.has(Sign::Posix);
            }
        }
    }

    /// `C:\\tools\\probe.lua:14: connect to 10.0.0.1:80 failed: connection refused`: the wording of POSIX in a record that was
    /// written on Windows, of those that only sockets give and no other system's number stands beside. What the JDK and
    /// Go say of Windows reads differently: there it was told by another machine.
    fn is_of_windows(&self, text: &[u8], code: Code, range: &Range<usize>, around: &Surroundings) -> bool {
        around.windows && (around.console || around.drive) && self.is_wording_of_sockets(text, code, range, around)
    }

    /// Whether a wording is one that only sockets give, told of this machine and with no other system's number beside it.
    fn is_wording_of_sockets(&self, text: &[u8], code: Code, range: &Range<usize>, around: &Surroundings) -> bool {
        let foreign = matches!(self.own.runtime, Some(Runtime::Java | Runtime::Go));
        // What a program at a console says to have timed out while connecting was no timer of its own.
        let timed_out = code == Code::WSAETIMEDOUT && around.operates && (around.console || !around.drive);
        // Files are denied too, but no file is bound to an address.
        let denied = code == Code::WSAEACCES && around.drive && around.reached && self.binds();
        !foreign
            && (text::is_socket_wording(code) || timed_out || denied)
            && text::is_word_of_its_own(text, range)
            && !text::has_small_number(text, range)
    }

    fn judge_names(&mut self, text: &[u8], around: &Surroundings) {
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
                        text::Owner::Posix
                            if around.windows
                                && (text::is_socket_name(code)
                                    || text::is_denied_to_socket(text, code, range.start)) =>
                        {
                            self.push(code, range, Form::RuntimeName, Confidence::Medium, Evidence::Platform);
                        }
                        text::Owner::Posix
                            if around.assume_windows && text::is_socket_name(code) && !self.has(Sign::Posix) =>
                        {
                            self.push(code, range, Form::RuntimeName, Confidence::Low, Evidence::Assumed);
                        }
                        text::Owner::Posix => {
                            self.own.asks_for_system |= text::is_socket_name(code) && !self.has(Sign::Posix);
                        }
                    }
                }
                Meaning::Status(code)
                    if text::is_word_of_its_own(text, &token.range)
                        && !text::is_inside_driver(text, around.reached) =>
                {
                    self.push(code, token.range, Form::Ntstatus, Confidence::High, Evidence::Form);
                }
                Meaning::DotNet(code) if text::is_socket_error_member(text, &token.range) && !self.has(Sign::Posix) => {
                    self.push(code, token.range, Form::RuntimeName, Confidence::High, Evidence::Label);
                }
                _ => {}
            }
        }
    }

    fn binds(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token.meaning, Meaning::Operation(Operation::Bind, 2..)))
    }

    pub(super) fn has(&self, wanted: Sign) -> bool {
        self.tokens.iter().any(|token| matches!(token.meaning, Meaning::Sign(sign) if sign == wanted))
    }

    /// Whether what makes a record the answer of a service says so of a number: what stands inside the `"message"` of a line
    /// that a logger wrote as JSON, and not beside it, is what a program said.
    fn is_of_service(&self, text: &[u8], number: usize) -> bool {
        let mut said = false;
        for token in self.tokens.iter().filter(|token| matches!(token.meaning, Meaning::Sign(Sign::Service))) {
            if !text[token.range.clone()].starts_with(b"\"m") {
                return true;
            }
            said |= text.get(token.range.end..number).is_some_and(text::is_open_string);
        }
        !said
    }

    fn judge_numbers(&mut self, text: &[u8], around: &Surroundings) {
        for index in 0..self.numbers.len() {
            let number = &self.numbers[index];
            let service = around.service && self.is_of_service(text, number.range.start);
            let around = &Surroundings { service, ..*around };
            let judged = judge::judge(text, number, around);
            // A number that agrees with a text or name beside it needs no other reason.
            let near = |verdict: &&Verdict| {
                verdict.code == number.code
                    && (verdict.range.end <= number.range.start || number.range.end <= verdict.range.start)
            };
            let agrees = self.own.verdicts.iter().any(|verdict| near(&verdict));
            let judged = judged.or_else(|| self.is_beside_wording(text, number).then_some(judge::LIKELY));
            let Some((confidence, evidence)) = judged else {
                self.own.asks_for_sockets |=
                    !around.api && !around.net && !around.service && judge::is_called_an_error(text, number);
                continue;
            };
            let (confidence, evidence) = if agrees && confidence < Confidence::High {
                (Confidence::High, Evidence::MatchingText)
            } else {
                (confidence, evidence)
            };
            let Number { code, form, range } = number.clone();
            self.push(code, range, form, confidence, evidence);
        }
    }

    /// `[10061] Connection refused`, `10060: timed out`, `code = 10053, software caused connection abort`, `ConnectionReset
    /// (10054)`: beside the wording of POSIX or .NET's name for the same failure, or called a code and not far from it.
    fn is_beside_wording(&self, text: &[u8], number: &Number) -> bool {
        const NEAR_BYTES: usize = 100;
        let Range { start, end } = number.range;
        let bracket = start > 0 && matches!(text[start - 1], b'[' | b'(');
        if !matches!(number.form, Form::Decimal | Form::Hex) {
            return false;
        }
        let called = judge::is_called_a_code(text, number);
        let alone = called || judge::is_nothing_else(text, number);
        // `Invalid argument. [10022]`, `Connection refused. (10061)`: behind the sentence.
        let before = if bracket && text[..start - 1].ends_with(b". ") { start - 3 } else { start };
        let parted =
            |from: usize, to: usize| from <= to && text[from..to].iter().all(|byte| b" :,-()[]'\"#".contains(byte));
        // In the order of their beginnings; no wording is longer than what is looked back over.
        let from = self.tokens.partition_point(|token| token.range.start + 3 * NEAR_BYTES < start);
        let mut near_tokens = self.tokens[from..].iter().take_while(|token| token.range.start < end + NEAR_BYTES);
        near_tokens.any(|token| {
            let same = matches!(token.meaning, Meaning::Text(code, TextKind::Jdk) | Meaning::DotNet(code) if code == number.code);
            let Range { start: first, end: last } = token.range;
            // Anything may have timed out.
            if matches!(token.meaning, Meaning::Text(code, TextKind::Curl) if code == number.code && code != Code::WSAETIMEDOUT) {
                return alone && (end..end + 4).contains(&first);
            }
            let right_behind = bracket && (end..end + 4).contains(&first);
            // Hexadecimal digits that say the same as the words beside them do not by chance.
            let near = (called || number.form == Form::Hex) && first < end + NEAR_BYTES && start < last + NEAR_BYTES;
            let beside = alone && (first < end + 5 && parted(end, first) || start < last + 5 && parted(last, before));
            same && (right_behind || near || beside)
        })
    }

    /// Oracle Net on Windows prints the code minus 10000, and so does mod_jk.
    fn judge_oracle(&mut self, text: &[u8]) {
        for index in 0..self.tokens.len() {
            let Token { meaning: Meaning::Sign(Sign::Oracle), range } = self.tokens[index].clone() else { continue };
            if !text::is_before_small_code(text, &range) || !text::is_code_of_windows(text, &range) {
                continue;
            }
            if let Some((code, number)) = text::minus_10000(text, range.end) {
                self.push(code, number, Form::Minus10000, Confidence::High, Evidence::Label);
            }
        }
    }

    /// Leaves one verdict for each code, the surest, in the order of first mention.
    fn settle(&mut self) {
        if self.own.verdicts.len() < 2 {
            return;
        }
        let sure = |verdict: &Verdict| verdict.confidence == Confidence::High && !is_wording(verdict.form);
        let sure_codes: Vec<Code> = self.own.verdicts.iter().filter(|v| sure(v)).map(|v| v.code).collect();
        // A runtime's words are vaguer than a number: where they contradict, the number is right.
        self.own.verdicts.retain(|v| {
            sure_codes.is_empty()
                || sure_codes.contains(&v.code)
                || !matches!(v.form, Form::RuntimeText | Form::RuntimeName)
        });
        self.own.verdicts.sort_by_key(|verdict| (verdict.code, verdict.range.start));
        self.own.verdicts.dedup_by(|verdict, kept| {
            let same = kept.code == verdict.code;
            if same && rank(verdict) > rank(kept) {
                *kept = Verdict { first: kept.first, ..verdict.clone() };
            }
            same
        });
        self.own.verdicts.sort_by_key(|verdict| verdict.first);
    }
}

/// A number or a name is a better place to point at than a text.
fn rank(verdict: &Verdict) -> (Confidence, bool) {
    (verdict.confidence, !is_wording(verdict.form))
}

fn is_wording(form: Form) -> bool {
    matches!(form, Form::Text | Form::LocalizedText | Form::RuntimeText | Form::RuntimeName)
}
