//! Is this 10054 an error code or a port? Decides it from what stands around the number.

use std::ops::Range;

use winsock_codes::Code;

use crate::finding::{Confidence, Evidence, Form};
use crate::number::Number;
use crate::recognise::left::{Label, Left, speaks_of_error};

/// What the rest of the record says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings {
    /// A function, name or text of the socket interface stands in the record.
    pub(crate) api: bool,
    /// A word of networking does.
    pub(crate) net: bool,
    /// Where the first word of failure begins.
    pub(crate) first_fail: Option<usize>,
    /// The record looks like an answer of some web service, whose codes are its own.
    pub(crate) service: bool,
    /// The caller says it is Windows.
    pub(crate) assume_windows: bool,
}

/// How sure, and why.
pub(crate) type Judgement = (Confidence, Evidence);

const SURE: Judgement = (Confidence::High, Evidence::Label);
pub(crate) const LIKELY: Judgement = (Confidence::Medium, Evidence::Context);

/// Judges a number; `None` if it is no error code.
pub(crate) fn judge(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    let range = &number.range;
    match number.form {
        Form::Hresult if text[range.start..].starts_with(b"0x") || text[range.start..].starts_with(b"0X") => {
            Some((Confidence::High, Evidence::Form))
        }
        Form::HresultDecimal if text[range.start] == b'-' => Some((Confidence::High, Evidence::Form)),
        Form::Hresult | Form::HresultDecimal => big(text, range, around),
        Form::Hex => hex(text, number, around),
        Form::Ntstatus => {
            let named = matches!(Left::of(text, range.start).label(), Label::Strong | Label::Error | Label::Code);
            (named || around.api || around.net).then_some((Confidence::High, Evidence::Form))
        }
        Form::Apr => apr(text, range, around),
        Form::Libuv => libuv(text, range, around),
        _ => decimal(text, number, around),
    }
}

/// Whether a number is no error code whatever else the record says; not always noticed.
pub(crate) fn is_hopeless(text: &[u8], number: &Number) -> bool {
    if number.form != Form::Decimal || number.code.value() < 10_000 {
        return false;
    }
    let start = number.range.start;
    if speaks_of_error(text, start) {
        return false;
    }
    let left = Left::of(text, start);
    if decoy_shape(text, &number.range, &left) {
        return true;
    }
    match left.label() {
        Label::Strong => false,
        Label::Negative => !product_phrase(text, &number.range, &left),
        _ => counts_something(text, &number.range),
    }
}

fn byte_before(text: &[u8], at: usize) -> u8 {
    if at == 0 { b' ' } else { text[at - 1] }
}

fn byte_at(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or(b' ')
}

/// An HRESULT without a mark: any error word will do.
fn big(text: &[u8], range: &Range<usize>, around: &Surroundings) -> Option<Judgement> {
    if touches_number(text, range) {
        return None;
    }
    match Left::of(text, range.start).label() {
        Label::Strong => Some(SURE),
        Label::Error | Label::Code => Some(LIKELY),
        _ if returns(&Left::of(text, range.start)) => Some(LIKELY),
        Label::Negative => None,
        _ if parenthesised(text, range) && (around.first_fail.is_some() || around.api) => Some(LIKELY),
        _ => None,
    }
}

fn hex(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    let range = &number.range;
    if !text[range.start..].starts_with(b"0x") && !text[range.start..].starts_with(b"0X") {
        return Some((Confidence::High, Evidence::Form)); // OpenSSL's queue, recognised by its words
    }
    if byte_before(text, range.start) == b'+' || byte_at(text, range.end) == b'-' {
        return None;
    }
    if byte_at(text, range.end) == b'/' && decimal_equals(&text[range.end + 1..], number.code) {
        return Some(SURE); // libpq: (0x0000274D/10061)
    }
    match Left::of(text, range.start).label() {
        Label::Strong => Some(SURE),
        Label::Error => Some(LIKELY),
        Label::Code | Label::Function if around.api || around.first_fail.is_some() => Some(LIKELY),
        Label::Negative => None,
        _ => {
            let failed = around.first_fail.is_some_and(|at| at < range.start);
            (parenthesised(text, range) && failed && (around.api || around.net)).then_some(LIKELY)
        }
    }
}

fn decimal_equals(text: &[u8], code: Code) -> bool {
    let digits = text.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[..digits]).ok().and_then(|digits| digits.parse().ok()) == Some(code.value())
}

fn apr(text: &[u8], range: &Range<usize>, around: &Surroundings) -> Option<Judgement> {
    if byte_before(text, range.start) == b'E' && !byte_before(text, range.start - 1).is_ascii_alphanumeric() {
        return Some((Confidence::High, Evidence::Form));
    }
    if touches_number(text, range) {
        return None;
    }
    let left = Left::of(text, range.start);
    match left.label() {
        Label::Strong | Label::Error => Some(LIKELY),
        _ if parenthesised(text, range) && (around.api || around.net) && around.first_fail.is_some() => Some(LIKELY),
        _ => None,
    }
}

fn libuv(text: &[u8], range: &Range<usize>, around: &Surroundings) -> Option<Judgement> {
    let left = Left::of(text, range.start);
    // Files give it too; libuv then names a file operation.
    if text[range.clone()] == *b"-4092" && !around.api && !around.net {
        return None;
    }
    match left.label() {
        Label::Strong => Some((Confidence::High, Evidence::Platform)),
        Label::Error | Label::Code => Some((Confidence::Medium, Evidence::Platform)),
        _ => None,
    }
}

fn decimal(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    let range = &number.range;
    let left = Left::of(text, range.start);
    if number.code.value() < 10_000 {
        return shared_with_win32(text, range, &left);
    }
    if decoy_shape(text, range, &left) {
        return None;
    }
    let label = left.label();
    if label == Label::Strong {
        return Some(SURE);
    }
    if counts_something(text, range) {
        return None;
    }
    if product_phrase(text, range, &left) {
        return Some(SURE);
    }
    let networking = around.api || around.net;
    let foreign = around.service && !around.api;
    match label {
        Label::Error if networking && !foreign => Some(LIKELY),
        Label::Error if around.assume_windows => Some((Confidence::Low, Evidence::Assumed)),
        Label::Function
            if around.first_fail.is_some()
                || returns(&left)
                || left.word(0).to_ascii_lowercase().starts_with(b"wsa") =>
        {
            Some(LIKELY)
        }
        Label::Code if around.api && around.first_fail.is_some() && !around.service => Some(LIKELY),
        Label::Negative => None,
        _ if call_equals(text, range) && around.api => Some(LIKELY),
        _ => (clause_of_its_own(text, range, &left, around)
            || ends_behind_address(text, range, around)
            || networking && !around.service && is_unknown_to_strerror(&text[range.end..]))
        .then_some(LIKELY),
    }
}

/// 995 and the other numbers that Winsock shares with Win32 count only where a socket interface names them.
fn shared_with_win32(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> Option<Judgement> {
    const NAMES: [&[u8]; 4] = [b"socketexception", b"wsagetlasterror", b"wsa_error", b"wsaerror"];
    let named = (0..3).any(|index| NAMES.iter().any(|name| left.word(index).eq_ignore_ascii_case(name)));
    let whole = !byte_at(text, range.end).is_ascii_alphanumeric() && byte_before(text, range.start) != b'.';
    (named && whole && left.label() == Label::Strong).then_some(SURE)
}

/// Part of something longer: an address, a version, a list, an identifier.
fn decoy_shape(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let (before, behind) = (byte_before(text, range.start), byte_at(text, range.end));
    let next_digit = byte_at(text, range.end + 1).is_ascii_digit();
    let second = if range.start >= 2 { text[range.start - 2] } else { b' ' };
    match before {
        b'.' | b'+' | b'*' | b'\\' | b'@' | b'~' | b'$' | b'%' | b'&' | b'?' => return true,
        b'_' => return !left.word(0).to_ascii_lowercase().starts_with(b"error_"),
        b'/' => return !(left.word(0).starts_with(b"SI_") || left.word(0).starts_with(b"NIE")),
        b'-' if second.is_ascii_alphanumeric() || second == b'-' => return true,
        b'#' if !matches!(second, b' ' | b'r' | b'e') => return true,
        b',' if second.is_ascii_digit() => return true,
        // host:port, unless the word before the colon says error.
        b':' if left.gap() == b":"
            && !matches!(left.label(), Label::Strong | Label::Error | Label::Code | Label::Function) =>
        {
            return true;
        }
        b':' if matches!(second, b']' | b')' | b':') => return true,
        _ if before.is_ascii_alphanumeric() => return true,
        // A line of a source file.
        b'(' if left.gap() == b"(" && is_source_extension(left.word(0)) => return true,
        _ => {}
    }
    match behind {
        b'.' | b',' | b':' if next_digit => true,
        b'-' => byte_at(text, range.end + 1).is_ascii_alphanumeric(),
        b'#' | b'%' | b'/' | b'@' | b'*' | b'\\'
            if !text[range.end..].starts_with(b"\\r") && !text[range.end..].starts_with(b"\\n") =>
        {
            // `\"` ends a string inside JSON.
            !text[range.end..].starts_with(b"\\\"")
        }
        _ => false,
    }
}

fn is_source_extension(word: &[u8]) -> bool {
    [&b"c"[..], b"cc", b"cpp", b"cxx", b"h", b"hpp", b"cs", b"java", b"pas", b"vb"].contains(&word)
}

/// `10054 bytes`, `10061 ms`: a measure stands behind.
fn counts_something(text: &[u8], range: &Range<usize>) -> bool {
    const UNITS: [&str; 38] = [
        "bytes",
        "byte",
        "b",
        "kb",
        "mb",
        "gb",
        "kib",
        "mib",
        "ms",
        "msec",
        "msecs",
        "s",
        "sec",
        "secs",
        "seconds",
        "second",
        "minutes",
        "us",
        "ns",
        "milliseconds",
        "items",
        "rows",
        "times",
        "connections",
        "requests",
        "packets",
        "records",
        "messages",
        "users",
        "clients",
        "files",
        "entries",
        "of",
        "lines",
        "hits",
        "retries",
        "attempts",
        "objects",
    ];
    let rest = &text[range.end..];
    let gap = usize::from(rest.first() == Some(&b' '));
    let word = rest[gap..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    gap == 1 && word > 0 && UNITS.iter().any(|unit| rest[gap..gap + word].eq_ignore_ascii_case(unit.as_bytes()))
}

/// Shapes that one product has: SqlClient's `Error Number:N,State:`, `Msg N, Level`.
fn product_phrase(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let rest = &text[range.end..];
    let starts = |prefix: &[u8]| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let word = left.word(0);
    (starts(b",state:") || starts(b", state:") || starts(b",\"state\"")) && word.eq_ignore_ascii_case(b"number")
        || starts(b", level ") && word.eq_ignore_ascii_case(b"msg")
        || byte_before(text, range.start) == b'/' // SAP, passed by `decoy_shape`
}

fn returns(left: &Left<'_>) -> bool {
    ["returned", "returns", "gave", "gives", "with", "status", "rc", "ret", "result"]
        .iter()
        .any(|word| left.word(0).eq_ignore_ascii_case(word.as_bytes()))
}

/// `getaddrinfo("x") = 11001`: a call and its result.
fn call_equals(text: &[u8], range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_ascii_end();
    if before.ends_with(b"=>") || before.ends_with(b"->") {
        return text[range.end..].trim_ascii_start().is_empty() || text[range.end] == b'\n';
    }
    let Some(before) = before.strip_suffix(b"=") else { return false };
    before.strip_suffix(b"=").unwrap_or(before).trim_ascii_end().ends_with(b")")
        || before.trim_ascii_end().ends_with(b" rc")
        || before.trim_ascii_end().ends_with(b" ret")
}

/// Whether brackets hold the number and nothing else, or the number and its explanation.
fn parenthesised(text: &[u8], range: &Range<usize>) -> bool {
    matches!(byte_before(text, range.start), b'(' | b'[')
        && matches!(byte_at(text, range.end), b')' | b']' | b':' | b',' | b' ' | b'/' | b'-')
}

/// `... on 'db1' (10060)`, `failed (10061: text)`, `unable to connect [10061]: text`: in brackets at the end of a clause
/// that tells of a failure.
fn clause_of_its_own(text: &[u8], range: &Range<usize>, left: &Left<'_>, around: &Surroundings) -> bool {
    let networking = around.api || around.net && !around.service;
    if !networking || around.first_fail.is_none_or(|at| at >= range.start) {
        return false;
    }
    let rest = &text[range.end..];
    // A program and its process number.
    if left.gap() == b" (" && left.word(0).eq_ignore_ascii_case(b"exe") {
        return false;
    }
    let before = byte_before(text, range.start);
    let ended = |rest: &[u8]| {
        let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
        matches!(
            rest.first(),
            None | Some(b'.' | b',' | b';' | b'\n' | b'\r' | b'"' | b'\'' | b'\\' | b')' | b'!' | b':' | b'<')
        ) || rest.trim_ascii_start().is_empty()
            || [
                &b" ("[..],
                b" [",
                b" in ",
                b" at ",
                b" -",
                b" while",
                b" on ",
                b" (file",
                b" when",
                b" after",
                b" after",
                b" from",
                b" to ",
            ]
            .iter()
            .any(|next| rest.starts_with(next))
    };
    match before {
        b'(' if rest.starts_with(b")") => ended(&rest[1..]),
        b'(' => {
            rest.starts_with(b": ")
                || rest.starts_with(b" \"")
                || rest.starts_with(b" - ")
                || rest.starts_with(b", \"")
                || rest.starts_with(b", '")
        }
        // Thread and process numbers stand in brackets behind a bracket or a name.
        b'[' if rest.starts_with(b"]") => {
            !left.gap().contains(&b']') && !left.gap().contains(&b'>') && left.gap() != b"[" && ended(&rest[1..])
        }
        _ => false,
    }
}

/// `10060 (Unknown error)`: what the C library of Windows says of numbers that are not its own.
fn is_unknown_to_strerror(rest: &[u8]) -> bool {
    let rest = [&b" ("[..], b" \"", b": ", b" - "].iter().find_map(|sign| rest.strip_prefix(*sign));
    rest.and_then(|rest| rest.get(..13)).is_some_and(|words| words.eq_ignore_ascii_case(b"unknown error"))
}

/// `Error connecting to 192.0.2.1:80: 10061`: the last thing said, behind an address and a colon.
fn ends_behind_address(text: &[u8], range: &Range<usize>, around: &Surroundings) -> bool {
    let failed = around.first_fail.is_some_and(|at| at < range.start);
    let Some(before) = text[..range.start].strip_suffix(b": ") else { return false };
    let rest = &text[range.end..];
    let last = rest.trim_ascii().is_empty() || rest.starts_with(b" (") || rest.starts_with(b"\n");
    if !failed || !last || around.service || !(around.api || around.net) {
        return false;
    }
    let word = before.iter().rev().take(255).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let word = before[before.len() - word..].trim_ascii_end();
    let dotted = word.iter().filter(|byte| matches!(byte, b'.' | b':')).count() > 0;
    dotted && word.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b']' | b'"' | b'\'' | b')'))
}

fn touches_number(text: &[u8], range: &Range<usize>) -> bool {
    let before = byte_before(text, range.start);
    let behind = byte_at(text, range.end);
    matches!(before, b'.' | b'-' | b'/' | b':' | b'#')
        && !(before == b':' && range.start >= 2 && text[range.start - 2].is_ascii_alphabetic())
        || before.is_ascii_alphanumeric()
        || matches!(behind, b'.' | b',' | b':' | b'-') && byte_at(text, range.end + 1).is_ascii_digit()
}
