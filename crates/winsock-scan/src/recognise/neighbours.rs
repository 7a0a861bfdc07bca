//! Look-alikes: Win32 and WinHTTP errors that a record names. Reported apart from findings.

use std::ops::Range;

use winsock_codes::related::{Lookalike, lookalike, lookalikes};

use crate::lexicon::Meaning;
use crate::recognise::Token;
use crate::recognise::left::{Label, Left};

/// The neighbours that the record names, each once, in order.
pub(crate) fn of_record(text: &[u8], tokens: &[Token]) -> Vec<(&'static Lookalike, Range<usize>)> {
    let mut found: Vec<(&'static Lookalike, Range<usize>)> = Vec::new();
    for token in tokens {
        if let Meaning::Neighbour(index) = token.meaning {
            found.push((&lookalikes()[usize::from(index)], token.range.clone()));
        }
    }
    let mut before = b' ';
    for at in 0..text.len() {
        if text[at].is_ascii_digit() && !before.is_ascii_alphanumeric() {
            found.extend(number(text, at));
        }
        before = text[at];
    }
    found.sort_by_key(|(_, range)| range.start);
    let mut seen = Vec::new();
    found.retain(|(known, _)| {
        !seen.contains(&known.value) && {
            seen.push(known.value);
            true
        }
    });
    found
}

/// A neighbour's number as an HRESULT, or in decimal behind a word that says it is a system error.
fn number(text: &[u8], at: usize) -> Option<(&'static Lookalike, Range<usize>)> {
    if text[at..].starts_with(b"0x8007") || text[at..].starts_with(b"0X8007") {
        let digits = text.get(at + 6..at + 10)?;
        let value = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        return lookalike(value).map(|known| (known, at..at + 10));
    }
    let digits = text[at..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    if digits < 2 || text.get(at + digits).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.') {
        return None;
    }
    let known = lookalike(std::str::from_utf8(&text[at..at + digits]).ok()?.parse().ok()?)?;
    let left = Left::of(text, at);
    let named = known.owner.contains("WinHTTP") || known.owner.contains("WinINet");
    let http = named && (0..4).any(|index| left.word(index).to_ascii_lowercase().starts_with(b"winhttp"));
    (http || matches!(left.label(), Label::Strong)).then_some((known, at..at + digits))
}
