//! Which operation failed: the function, method or verb of the record that is nearest to the code.

use std::ops::Range;

use winsock_codes::Code;

use crate::finding::Operation;
use crate::lexicon::Meaning;
use crate::recognise::{Token, Verdict};

/// The operation that a verdict is about, if the record names one.
pub(crate) fn of(text: &[u8], verdict: &Verdict, tokens: &[Token], masks: &[Range<usize>]) -> Option<Operation> {
    let mut best: Option<(usize, Operation)> = None;
    let resolver = verdict.code.is_resolver();
    for token in tokens {
        let Meaning::Operation(operation, strength) = token.meaning else { continue };
        if masks.iter().any(|mask| mask.start <= token.range.start && token.range.end <= mask.end)
            || is_noise(text, &token.range)
        {
            continue;
        }
        // Only a look-up gives the resolver's codes, whatever else the record speaks of.
        let other = if resolver && operation != Operation::Resolve { 4096 } else { 0 };
        let cost = weight(strength) + distance(verdict, &token.range) + other;
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, operation));
        }
    }
    best.map(|(_, operation)| operation).or_else(|| implied(text, verdict.code))
}

/// A verb must stand this many bytes nearer than a function to be believed instead.
fn weight(strength: u8) -> usize {
    match strength {
        3 => 0,
        2 => 20,
        _ => 160,
    }
}

/// Logs say what failed before they say how: words behind the code count as further away.
fn distance(verdict: &Verdict, range: &Range<usize>) -> usize {
    let code = verdict.first.min(verdict.range.start)..verdict.range.end;
    if range.end <= code.start {
        code.start - range.end
    } else if range.start >= code.end {
        range.start - code.end + 60
    } else {
        0
    }
}

/// Words that are part of another: a path, a file name, `connect/bind`, `connection`'s neighbours in identifiers.
fn is_noise(text: &[u8], range: &Range<usize>) -> bool {
    let before = if range.start == 0 { b' ' } else { text[range.start - 1] };
    let behind = text.get(range.end).copied().unwrap_or(b' ');
    let next = text.get(range.end + 1).copied().unwrap_or(b' ');
    let word = |byte: u8| byte.is_ascii_alphabetic();
    before == b'/' && range.start >= 2 && word(text[range.start - 2])
        || behind == b'/' && word(next)
        || before == b'-' && range.start >= 2 && word(text[range.start - 2])
        || behind == b'-' && word(next)
        || behind == b'.' && word(next) && !text[range.start..range.end].contains(&b'.')
}

/// `HttpRequestException: text (host:port)` is thrown only while connecting.
fn implied(text: &[u8], code: Code) -> Option<Operation> {
    let connecting =
        matches!(code, Code::WSAECONNREFUSED | Code::WSAETIMEDOUT | Code::WSAEHOSTUNREACH | Code::WSAENETUNREACH);
    (connecting && memchr::memmem::find(text, b"HttpRequestException").is_some()).then_some(Operation::Connect)
}
