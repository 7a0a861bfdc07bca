//! Is this 10054 an error code or a port? Decides it from what stands around the number.

use std::ops::Range;

use winsock_codes::Code;

use crate::finding::{Confidence, Evidence, Form};
use crate::number::{Number, hex_sign, is_behind_member, is_event_data};
use crate::recognise::left::{Label, Left, is_function, is_named_otherwise, speaks_of_error};
use crate::recognise::text::is_inside_driver;
use crate::record::{DATA_IS_CODE, Plain};

mod clause;
mod decoy;
mod terse;

use clause::{
    call_equals, call_in_brackets, call_returned, clause_of_its_own, column_of_its_own, denies_error,
    ends_behind_arguments, ends_behind_call, ends_behind_colon, ends_behind_error_of_call, ends_behind_name,
    is_behind_name_of_call, is_expanded, is_followed_by_its_error, is_last, is_last_of_flexlm, is_of_visual_basic,
    is_result_of, is_told_by_flexlm, is_told_by_layer, is_unknown_to_strerror, is_way_of_ending, owner_in_brackets,
    parenthesised, return_code_was,
};
pub(crate) use decoy::counts_something;
use decoy::{decoy_shape, is_behind_e, touches_number};
use terse::{ends_behind_arrow, is_jotted, is_told_in_decimal, is_under_key_of_error, may_be_jotted};

/// What the rest of the record says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings {
    /// A function, name or text of the socket interface stands in the record.
    pub(crate) api: bool,
    /// A word of networking does.
    pub(crate) net: bool,
    /// An address or a machine's name with a port does, or an operation and an address without one.
    pub(crate) reached: bool,
    /// A function, method or phrase for an operation does.
    pub(crate) operates: bool,
    /// A word for name resolution does.
    pub(crate) resolves: bool,
    /// Where the first word of failure begins.
    pub(crate) first_fail: Option<usize>,
    /// The record looks like an answer of some web service, whose codes are its own.
    pub(crate) service: bool,
    /// The record was written on Windows: a drive, a program's extension, and nothing of another system.
    pub(crate) windows: bool,
    /// A drive stands in it, or a path with `..\` or `\src\`.
    pub(crate) drive: bool,
    /// A console of Windows shows it.
    pub(crate) console: bool,
    /// The caller says it is Windows.
    pub(crate) assume_windows: bool,
    /// Where the number begins that stands in a column for codes.
    pub(crate) code_at: Option<usize>,
}

/// How sure, and why.
pub(crate) type Judgement = (Confidence, Evidence);

const SURE: Judgement = (Confidence::High, Evidence::Label);
pub(crate) const LIKELY: Judgement = (Confidence::Medium, Evidence::Context);

/// Judges a number; `None` if it is no error code.
pub(crate) fn judge(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    let range = &number.range;
    if around.code_at == Some(range.start) {
        return Some(SURE);
    }
    match number.form {
        Form::Hresult if text[range.start..].starts_with(b"0x") || text[range.start..].starts_with(b"0X") => {
            Some((Confidence::High, Evidence::Form))
        }
        Form::HresultDecimal if text[range.start] == b'-' => Some((Confidence::High, Evidence::Form)),
        Form::Hresult | Form::HresultDecimal => big(text, range, around),
        Form::Hex => hex(text, number, around),
        Form::Ntstatus => {
            let left = Left::of(text, range.start);
            let named = matches!(left.label(), Label::Strong | Label::Error | Label::Code);
            // Files on other machines have a status too.
            let status = left.word(0).eq_ignore_ascii_case(b"status");
            let told = around.api || !status && (named || around.net);
            (told && !is_inside_driver(text, around.reached)).then_some((Confidence::High, Evidence::Form))
        }
        Form::Apr => apr(text, range, around),
        Form::Pjsip => pjsip(text, range),
        Form::Libuv => libuv(text, number, around),
        _ => decimal(text, number, around),
    }
}

/// Whether the words before a number call it a code or an error, and nothing says that it is none.
pub(crate) fn is_called_a_code(text: &[u8], number: &Number) -> bool {
    let left = Left::of(text, number.range.start);
    matches!(left.label(), Label::Code | Label::Error)
        && !decoy_shape(text, &number.range, &left)
        && !counts_something(text, &number.range)
}

/// Whether the words before a decimal number call it an error, and nothing says that it is none; or an event has no other
/// data.
pub(crate) fn is_called_an_error(text: &[u8], number: &Number) -> bool {
    if is_event_data(text, number.range.start) {
        return true;
    }
    let left = Left::of(text, number.range.start);
    number.form == Form::Decimal
        && number.code.value() >= 10_000
        && left.label() == Label::Error
        && !decoy_shape(text, &number.range, &left)
        && !counts_something(text, &number.range)
}

/// Whether nothing speaks against a number: neither what it touches nor the words around it.
pub(crate) fn is_nothing_else(text: &[u8], number: &Number) -> bool {
    let left = Left::of(text, number.range.start);
    !matches!(left.label(), Label::Negative)
        && !decoy_shape(text, &number.range, &left)
        && !counts_something(text, &number.range)
}

/// Whether a number is no error code whatever else the record says; not always noticed.
pub(crate) fn is_hopeless(text: &[u8], number: &Number) -> bool {
    number.form == Form::Decimal
        && number.code.value() >= 10_000
        // `id=10054`, `port 10054`: most are found out by one word.
        && (is_named_otherwise(text, number.range.start)
            || is_something_else(text, &number.range) && !may_be_jotted(text, number))
        // What it was written out beside is not read yet.
        && !Plain::begins(text, number.range.end)
        && !Plain::ends_before(text, number.range.start)
}

/// Whether a decimal number is no error code, by all that is asked of it and needs nothing but what stands around it.
fn is_something_else(text: &[u8], range: &Range<usize>) -> bool {
    if speaks_of_error(text, range.start) {
        return false;
    }
    let left = Left::of(text, range.start);
    if decoy_shape(text, range, &left) {
        return true;
    }
    match left.label() {
        Label::Strong => false,
        Label::Negative => {
            !product_phrase(text, range, &left)
                && !call_in_brackets(text, range, &left)
                && !ends_behind_error_of_call(text, range, &left)
                && !return_code_was(text, range)
                && !is_tried_again(&text[range.end..])
        }
        _ => counts_something(text, range),
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
        // The Task Scheduler's `<Data Name="ResultCode">2147952460</Data>`.
        _ if text[..range.start].ends_with(b"\"ResultCode\">") => Some(LIKELY),
        Label::Negative => None,
        _ if parenthesised(text, range) && (around.first_fail.is_some() || around.api) => Some(LIKELY),
        // `failed; 8007274c`: with a letter it is no number of anything else.
        _ if text[range.clone()].iter().any(u8::is_ascii_alphabetic)
            && around.first_fail.is_some_and(|at| at < range.start)
            && (around.api || around.net) =>
        {
            Some(LIKELY)
        }
        _ => None,
    }
}

fn hex(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    let range = &number.range;
    if is_event_data(text, range.start) {
        return around.api.then_some(LIKELY);
    }
    if is_behind_member(text, range.start) {
        return (around.api || around.net).then_some(SURE);
    }
    let zero_x = text[range.start..].starts_with(b"0x") || text[range.start..].starts_with(b"0X");
    let prefixed = zero_x || hex_sign(text, range.end - 4).is_some();
    if !prefixed && !matches!(text[range.end - 1], b'h' | b'H') {
        return Some((Confidence::High, Evidence::Form)); // OpenSSL's queue, recognised by its words
    }
    if byte_before(text, range.start) == b'+' || byte_at(text, range.end) == b'-' {
        return None;
    }
    if byte_at(text, range.end) == b'/' && decimal_equals(&text[range.end + 1..], number.code) {
        return Some(SURE); // libpq: (0x0000274D/10061)
    }
    if is_of_something_else(text, number) || counts_something(text, range) {
        return None;
    }
    // Snap7's texts of errors: `-> 0x00002751  TCP : Unreachable peer`.
    if prefixed && text[range.end..].trim_ascii_start().starts_with(b"TCP : ") {
        return Some(LIKELY);
    }
    let left = Left::of(text, range.start);
    if is_told_in_decimal(&text[range.end..], number.code)
        && left.label() != Label::Negative
        && (around.api || around.net && around.first_fail.is_some())
    {
        return Some(SURE);
    }
    if zero_x && is_layered(&text[range.clone()]) {
        let snap7 = [&b"snap7"[..], b"Snap7", b"Cli_"].iter().any(|word| memchr::memmem::find(text, word).is_some());
        return snap7.then_some(LIKELY);
    }
    match left.label() {
        Label::Strong => Some(SURE),
        Label::Error if prefixed || around.api || around.net => Some(LIKELY),
        // What a function was given: `closesocket(0x2740) failed`.
        Label::Function if left.gap() == b"(" => None,
        Label::Code | Label::Function if around.api || around.net || around.first_fail.is_some() => Some(LIKELY),
        // `WSAIoctl(SIO_RCVALL, RCVALL_ON) -> 0x0000271D`
        _ if around.api
            && prefixed
            && [&b") -> "[..], b") => "].iter().any(|sign| text[..range.start].ends_with(sign))
            && call_equals(text, range) =>
        {
            Some(LIKELY)
        }
        // `WSARecv completion status 0x2745`
        _ if prefixed
            && left.word(0).eq_ignore_ascii_case(b"status")
            && (1..3).any(|at| is_winsock_call(left.word(at))) =>
        {
            Some(LIKELY)
        }
        // The DNS server's `event data 0x00002741`.
        _ if left.word(0).eq_ignore_ascii_case(b"data")
            && (left.word(1).eq_ignore_ascii_case(b"event") || memchr::memmem::find(text, DATA_IS_CODE).is_some()) =>
        {
            (around.api || around.net).then_some(LIKELY)
        }
        _ if prefixed && is_told_by_layer(&left) => Some(LIKELY),
        // `sockrsn=0x2746`, `le=2745h`
        _ if is_under_key_of_error(text, range) && (around.api || around.reached) => Some(LIKELY),
        Label::Negative => None,
        _ => {
            let failed = around.first_fail.is_some_and(|at| at < range.start);
            (parenthesised(text, range) && failed && (around.api || around.net)).then_some(LIKELY)
        }
    }
}

/// `WSARecv`: a function of Winsock's own.
fn is_winsock_call(word: &[u8]) -> bool {
    word.starts_with(b"WSA") && is_function(word)
}

/// `thread=10048 (0x2740)`: whether a hexadecimal number repeats a decimal one that the words before it call something else.
fn is_of_something_else(text: &[u8], number: &Number) -> bool {
    let before = &text[..number.range.start];
    let Some(before) = before.strip_suffix(b" (").or_else(|| before.strip_suffix(b"(")) else { return false };
    let digits = before.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let at = before.len() - digits;
    digits == 5 && decimal_equals(&before[at..], number.code) && Left::of(text, at).label() == Label::Negative
}

/// Whether a hexadecimal number has a layer above the code's sixteen bits: `0xa274c`, of Snap7 alone.
fn is_layered(number: &[u8]) -> bool {
    let digits = &number[number.len().min(2)..];
    digits.iter().skip_while(|byte| **byte == b'0').count() > 4
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

/// `[status=130061]`, `(code=130054)`, in a record of a library for telephony.
fn pjsip(text: &[u8], range: &Range<usize>) -> Option<Judgement> {
    const MARKS: [&[u8]; 8] = [b"pj", b"PJ", b"SIP", b"sip", b"tcpc", b"tcps", b"tlsc", b"tlss"];
    let left = Left::of(text, range.start);
    let is_status = [&b"status"[..], b"code"].contains(&left.word(0));
    let closed = matches!(text.get(range.end), None | Some(b']' | b')' | b' ' | b',' | b';' | b'\n' | b'\r'));
    let marked = || MARKS.iter().any(|mark| memchr::memmem::find(text, mark).is_some());
    (is_status && left.gap() == b"=" && closed && marked()).then_some(SURE)
}

fn libuv(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    let range = &number.range;
    let left = Left::of(text, range.start);
    // Files give it too; libuv then names a file operation.
    if text[range.clone()] == *b"-4092" && !around.api && !around.net {
        return None;
    }
    // The numbers of look-ups are the same on every system.
    if text[range.start..].starts_with(b"-300") && !around.windows && !around.assume_windows {
        return None;
    }
    match left.label() {
        Label::Strong => Some((Confidence::High, Evidence::Platform)),
        Label::Error | Label::Code => Some((Confidence::Medium, Evidence::Platform)),
        // `uv_read: -4077`, `UV_ECONNRESET (-4077)`, `uv_read_cb status=-4077`, `uv_tcp_connect: ECONNREFUSED (-4078)`.
        _ if (0..3).any(|at| left.word(at).get(..3).is_some_and(|head| head.eq_ignore_ascii_case(b"uv_")))
            || number
                .code
                .name()
                .and_then(|name| name.strip_prefix("WSA"))
                .is_some_and(|name| left.word(0) == name.as_bytes()) =>
        {
            Some((Confidence::Medium, Evidence::Platform))
        }
        // `uv_udp_bind 0.0.0.0:8125 -> -4091 (EADDRINUSE: address already in use)`
        _ if is_before_own_name(&text[range.end..], number.code) => Some((Confidence::High, Evidence::Form)),
        // Julia's `IOError("connect: connection refused (ECONNREFUSED)", -4078)`.
        _ if text[..range.start].ends_with(b")\", ") && text[range.end..].starts_with(b")") => {
            Some((Confidence::High, Evidence::Platform))
        }
        _ => None,
    }
}

/// Whether brackets open behind a number with POSIX' name for the code.
fn is_before_own_name(rest: &[u8], code: Code) -> bool {
    let Some(name) = code.name().and_then(|name| name.strip_prefix("WSA")) else { return false };
    let named = rest.strip_prefix(b" (").and_then(|rest| rest.strip_prefix(name.as_bytes()));
    named.is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
}

/// `usb.core.USBTimeoutError: [Errno 10060] Operation timed out`: whether a transfer to a device timed out, which PyUSB tells
/// with Windows' number for that. Source: `usb/backend/libusb1.py`, the table from libusb's errors to errno.
fn is_of_usb(text: &[u8], at: usize) -> bool {
    const FAR_BYTES: usize = 160;
    let around = &text[at.saturating_sub(FAR_BYTES)..text.len().min(at + FAR_BYTES)];
    [&b"usb.core."[..], b"libusb"].iter().any(|sign| memchr::memmem::find(around, sign).is_some())
}

fn decimal(text: &[u8], number: &Number, around: &Surroundings) -> Option<Judgement> {
    if number.code == Code::WSAETIMEDOUT && !around.api && is_of_usb(text, number.range.start) {
        return None;
    }
    let range = &number.range;
    let left = Left::of(text, range.start);
    if number.code.value() < 10_000 {
        return shared_with_win32(text, range, &left);
    }
    if is_of_ping(text, number.code, around) || is_of_mainframe(text, number.code) {
        return None;
    }
    if is_wsa_number(&text[..range.start])
        || is_error_of_mono(text, range)
        || text[range.end..].starts_with(b" WSA E ")
        || is_told_by_flexlm(&text[range.end..])
        || is_last_of_flexlm(text, range)
        || is_behind_name_of_call(text, range)
        || is_last_error_of_perl(&text[..range.start])
        || return_code_was(text, range)
        || is_expanded(text, range)
        || is_of_visual_basic(text, range)
        || is_of_event_text(text, range)
    {
        return Some(SURE);
    }
    if is_jotted(text, number, around) {
        return Some(LIKELY);
    }
    if decoy_shape(text, range, &left) {
        return None;
    }
    let label = left.label();
    // SCCM writes its threads so too: `<thread=10048 (0x2740)>`.
    if label == Label::Strong || label != Label::Negative && is_told_in_hex(&text[range.end..], number.code) {
        return Some(SURE);
    }
    if counts_something(text, range) || is_of_change(text, range) || is_counted(&left) {
        return None;
    }
    let networking = around.api || around.net;
    if product_phrase(text, range, &left) && (around.api || !is_of_provider(&text[range.end..])) {
        return Some(SURE);
    }
    let foreign = around.service && !around.api;
    match label {
        // What a function was given: `send("10004 quit")`.
        Label::Function if matches!(left.gap(), b"(\"" | b"('") || is_handle(text, range, &left) => None,
        Label::Error if is_replied(&left) && !around.api => None,
        Label::Error if networking && !foreign => Some(LIKELY),
        Label::Error if around.assume_windows => Some((Confidence::Low, Evidence::Assumed)),
        Label::Function if denies_error(text) => None,
        Label::Function
            if around.first_fail.is_some()
                || returns(&left)
                || left.word(0).to_ascii_lowercase().starts_with(b"wsa")
                // What Python's method gives is the error.
                || left.word(0) == b"connect_ex" && left.gap() == b"="
                || ends_behind_call(text, number, &left) =>
        {
            Some(LIKELY)
        }
        Label::Code
            if (around.api || around.reached || is_code_in_brackets(text, range, &left) && around.net)
                && (around.first_fail.is_some() || fails_otherwise(&text[..range.start]))
                && !around.service =>
        {
            Some(LIKELY)
        }
        Label::Negative if call_in_brackets(text, range, &left) && around.first_fail.is_some() => Some(LIKELY),
        Label::Negative if networking && !foreign && ends_behind_error_of_call(text, range, &left) => Some(LIKELY),
        // `connect 10061 - retry 2 of 3`
        Label::Negative if left.word(0).eq_ignore_ascii_case(b"connect") && is_tried_again(&text[range.end..]) => {
            Some(LIKELY)
        }
        Label::Negative => None,
        _ if (call_equals(text, range) || call_returned(text, range) || is_result_of(text, range, &left))
            && around.api =>
        {
            Some(LIKELY)
        }
        // `send failed; rc=10054`, `send failed (e=10054)`, `send() would block, le=10035`
        _ if left.gap() == b"="
            && [&b"rc"[..], b"ret", b"e", b"le"].contains(&left.word(0))
            && around.operates
            && around.first_fail.is_some_and(|at| at < range.start) =>
        {
            Some(LIKELY)
        }
        // `{"call":"WSAStartup","rc":10091}`
        _ if left.gap() == b"\":"
            && [&b"rc"[..], b"ret", b"retval"].contains(&left.word(0))
            && around.api
            && !foreign =>
        {
            Some(LIKELY)
        }
        _ if left.gap() == b"=" && cef_label(text, range, &left) == Label::Strong => Some(SURE),
        _ if owner_in_brackets(text, range, &left) && around.first_fail.is_some_and(|at| at < range.start) => {
            Some(LIKELY)
        }
        _ if is_behind_e(text, range) => (networking && !foreign && around.first_fail.is_some()).then_some(LIKELY),
        _ if is_beside_result(text, range)
            && networking
            && (around.operates || around.first_fail.is_some_and(|at| at < range.start)) =>
        {
            Some(LIKELY)
        }
        _ => (clause_of_its_own(text, range, &left, around)
            || (around.first_fail.is_some_and(|at| at < range.start) || number.code.is_resolver() && around.resolves)
                && ends_behind_arguments(text, range)
            || column_of_its_own(text, range, around)
            || ends_behind_colon(text, range, around)
            || ends_behind_arrow(text, range, around)
            || around.api && !around.service && is_way_of_ending(text, range, &left)
            || number.code.is_resolver() && around.resolves && !around.service && ends_behind_name(text, range)
            || (networking || parenthesised(text, range) && around.first_fail.is_some_and(|at| at < range.start))
                && !around.service
                && is_unknown_to_strerror(&text[range.end..])
            || is_told_by_layer(&left)
            || networking && !around.service && is_followed_by_its_error(&text[range.end..]))
        .then_some(LIKELY),
    }
}

/// `cs1Label=WinsockError cs1=10060`: what the label of one of CEF's fields of one's own makes of it.
fn cef_label(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> Label {
    let field = left.word(0);
    let [b'c', b's' | b'n', b'1'..=b'6'] = field else { return Label::Other };
    let key = [b" ", field, b"Label="].concat();
    let Some(at) = memchr::memmem::find(text, &key) else { return Label::Other };
    let value = &text[at + key.len()..];
    // To the next key.
    let words = memchr::memchr(b'=', value).map_or(value, |sign| &value[..sign]);
    let end = if at < range.start { memchr::memrchr(b' ', words).unwrap_or(words.len()) } else { words.len() };
    Left::of(&value[..end], end).label()
}

/// `terminated with the following error: %%10106`: what stands for the system's text in the data of an event.
fn is_of_event_text(text: &[u8], range: &Range<usize>) -> bool {
    text[..range.start].ends_with(b"%%") && !matches!(byte_at(text, range.end), b'%' | b'.' | b'-')
}

/// `(code 10054)`: brackets with nothing but a word and the number.
fn is_code_in_brackets(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let open = range.start.checked_sub(left.word(0).len() + 2).map(|at| text[at]);
    left.gap() == b" " && open == Some(b'(') && byte_at(text, range.end) == b')'
}

/// `ERROR on binding fd 296 to port 9001 (-1 10048)`, `connect(...) = -1 [10065]`, `send ret: -1, 10051`, `WSACleanup failed
/// with error: -1 / 10093`: behind the -1 that the call returned.
fn is_beside_result(text: &[u8], range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let told = |ways: &[&[u8]]| ways.iter().any(|way| before.ends_with(way));
    told(&[b"(-1 ", b"(-1, ", b"-> -1 ("]) && text[range.end..].starts_with(b")")
        || told(&[b"= -1 ["]) && text[range.end..].starts_with(b"]")
        || told(&[b": -1, ", b": -1 / ", b": -1 ", b"=-1, ", b"= -1, ", b" -1,"]) && is_last(text, range.end)
}

/// `[Socket: 10052]`, `WSARecv(s=10048)`, `recv(10052) failed: 10054`, `socket(10052)设置失败`: a socket's own number, alone in
/// its brackets.
fn is_handle(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    const FAILS: [&[u8]; 4] = [b") failed", b") error", b") returned", b") returns"];
    let rest = &text[range.end..];
    if left.gap() == b"("
        && (FAILS.iter().any(|next| rest.starts_with(next)) || matches!(rest, [b')', 0x80..=0xFF, ..]))
    {
        return true;
    }
    if left.word(0) == b"s" && text[..range.start].ends_with(b"(s=") {
        return true;
    }
    let field = left.word(0).len() + left.gap().len() + 1;
    left.word(0).eq_ignore_ascii_case(b"socket")
        && matches!(left.gap(), b":" | b": ")
        && range.start.checked_sub(field).is_some_and(|at| text[at] == b'[')
        && rest.starts_with(b"]")
}

/// `IcmpSendEcho failed: 11010`, `Ping: ICMP error # 11003`: what an echo request gives has the same numbers as what a look-up
/// gives and more. Source: `IP_STATUS` in the documentation of `ICMP_ECHO_REPLY`.
fn is_of_ping(text: &[u8], code: Code, around: &Surroundings) -> bool {
    const STATUSES: Range<i32> = Code::WSATRY_AGAIN.value()..11_051;
    let is_word = |at: usize| at == 0 || !text[at - 1].is_ascii_alphabetic();
    let speaks_of_it = |(at, word): (usize, &[u8])| {
        word.eq_ignore_ascii_case(b"icmp") || word.eq_ignore_ascii_case(b"ping") && is_word(at)
    };
    STATUSES.contains(&code.value()) && !around.resolves && text.windows(4).enumerate().any(speaks_of_it)
}

/// `CALL EZASOKET FUNCTION=SELECT RETCODE=-1 ERRNO=10110`: the sockets of z/OS have numbers of their own from 10100 on. Source:
/// "Socket call error return codes" of its Communications Server.
fn is_of_mainframe(text: &[u8], code: Code) -> bool {
    code.value() >= 10_100
        && [&b"EZASOKET"[..], b"EZASMI"].iter().any(|call| memchr::memmem::find(text, call).is_some())
}

/// `sysread: $!=10052`, `$!+0=10060`
fn is_last_error_of_perl(before: &[u8]) -> bool {
    [&b"$!="[..], b"$! = ", b"$!: ", b"$!+0=", b"$!+0 = "].iter().any(|sign| before.ends_with(sign))
}

/// `WSA10061`, `WSA-10054`, `WSAE#10061`: Winsock's own letters right before the number.
fn is_wsa_number(before: &[u8]) -> bool {
    let before = [&b"-"[..], b"_", b"#"].iter().find_map(|sign| before.strip_suffix(*sign)).unwrap_or(before);
    // Teradata's `[WSA E] [10060]`.
    if before.ends_with(b"[WSA E] [") {
        return true;
    }
    let word = before.iter().rev().take(8).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let word = &before[before.len() - word..];
    word.eq_ignore_ascii_case(b"wsa") || word.eq_ignore_ascii_case(b"wsae")
}

/// `at System.Net.Dns.Error_11001 (System.String hostName)`: the method in which Mono says that a name is not known.
fn is_error_of_mono(text: &[u8], range: &Range<usize>) -> bool {
    let rest = &text[range.end..];
    text[..range.start].ends_with(b".Error_") && (rest.starts_with(b"(") || rest.starts_with(b" ("))
}

/// `Retry failed connections (#10061)`: what a change is about, as lists of changes say it. Beside the wording of the same
/// failure it is a code.
fn is_of_change(text: &[u8], range: &Range<usize>) -> bool {
    text[..range.start].ends_with(b"(#") && text[range.end..].starts_with(b")")
}

/// `10054 (0x2746)`, `10061 (X'274D')`, `10053 X('2745')`, `10060 (274c)`: the same number once more in hexadecimal.
fn is_told_in_hex(rest: &[u8], code: Code) -> bool {
    let signs = rest.iter().take(3).take_while(|byte| b" ([/=".contains(byte)).count();
    let hex = &rest[signs..];
    let marked = [&b"0x"[..], b"0X", b"X'", b"x'", b"X('"].iter().find_map(|mark| hex.strip_prefix(*mark));
    let bare = || {
        let closed = matches!(hex.get(4), Some(b')' | b']'));
        (closed && matches!(rest[signs - 1], b'(' | b'[')).then_some(hex)
    };
    let Some(hex) = (signs > 0).then(|| marked.or_else(bare)).flatten() else { return false };
    let digits = hex.iter().take(9).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let value = std::str::from_utf8(&hex[..digits]).ok().and_then(|digits| i64::from_str_radix(digits, 16).ok());
    value == Some(i64::from(code.value()))
}

/// 995 and the other numbers that Winsock shares with Win32 count only where a socket interface names them.
fn shared_with_win32(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> Option<Judgement> {
    const NAMES: [&[u8]; 4] = [b"socketexception", b"wsagetlasterror", b"wsa_error", b"wsaerror"];
    let named = (0..3).any(|index| NAMES.iter().any(|name| left.word(index).eq_ignore_ascii_case(name)));
    let whole = !byte_at(text, range.end).is_ascii_alphanumeric() && byte_before(text, range.start) != b'.';
    (named && whole && left.label() == Label::Strong).then_some(SURE)
}

/// Shapes that one product has: SqlClient's `Error Number:N,State:`, `Msg N, Level`.
fn product_phrase(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let rest = &text[range.end..];
    let starts = |prefix: &[u8]| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let word = left.word(0);
    (starts(b",state:") || starts(b", state:") || starts(b",\"state\"")) && word.eq_ignore_ascii_case(b"number")
        || starts(b", level ") && word.eq_ignore_ascii_case(b"msg")
        || byte_before(text, range.start) == b'/' // SAP, passed by `decoy_shape`
        || is_of_netlogon(text, range.start)
}

/// NETLOGON's event 5774: the DNS update's `Returned Status Code: 10048`.
fn is_of_netlogon(text: &[u8], at: usize) -> bool {
    text[..at].ends_with(b"Returned Status Code: ")
}

/// `Msg 10054, Level 16, State 1: The data value ...`: SQL Server's own messages of such numbers tell of providers of data,
/// none of them as bad as a lost connection. Their text stands behind a colon or in the next line. Source: `sys.messages`.
fn is_of_provider(rest: &[u8]) -> bool {
    const LOST: [&[u8]; 3] = [b"etwork", b"ransport", b"onnection"];
    let line = memchr::memchr(b'\n', rest).map_or(rest, |newline| &rest[..newline]);
    let inline = memchr::memmem::find(line, b": ").map(|at| &line[at..]);
    let told = inline.unwrap_or(rest[line.len()..].trim_ascii());
    rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case(b", level 1"))
        && !told.is_empty()
        && !LOST.iter().any(|word| memchr::memmem::find(told, word).is_some())
}

/// ` - retry 2 of 3`, `, retrying`: whether what stands behind a number says that it will be tried again.
fn is_tried_again(rest: &[u8]) -> bool {
    [&b" - "[..], b", ", b"; ", b" -> "]
        .iter()
        .any(|sign| rest.strip_prefix(*sign).is_some_and(|rest| rest.starts_with(b"retry")))
}

/// `listen() вернул -1, код 10022`, `<sockfail><api>WSARecv</api><code>10054</code>`: whether a text says in no word that
/// something failed.
fn fails_otherwise(before: &[u8]) -> bool {
    [&b" -1, "[..], b"sockfail", b"SOCKFAIL"].iter().any(|sign| memchr::memmem::find(before, sign).is_some())
}

/// `sent=20000 failed=10061`: how many failed.
fn is_counted(left: &Left<'_>) -> bool {
    left.gap() == b"="
        && [&b"failed"[..], b"fails", b"failures"].iter().any(|word| left.word(0).eq_ignore_ascii_case(word))
}

/// `server replied: error 10022 - key is not valid`: what another program calls an error has a number of its own.
fn is_replied(left: &Left<'_>) -> bool {
    [&b"replied"[..], b"responded", b"answered"].iter().any(|word| left.word(1).eq_ignore_ascii_case(word))
}

fn returns(left: &Left<'_>) -> bool {
    ["returned", "returns", "got", "gave", "gives", "with", "status", "rc", "ret", "result"]
        .iter()
        .any(|word| left.word(0).eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::left::tests::negatives;

    #[test]
    fn a_number_named_otherwise_is_something_else() {
        let mut named = 0;
        for word in negatives().chain(["error", "code", "socket", "msg", "number", "recv", "was"]) {
            for before in [
                "",
                "x ",
                "error ",
                "WSAGetLastError() ",
                "return code from the recv call ",
                "(",
                "recv(",
                r"\n",
                "os ",
                "|",
            ] {
                for sign in ["=", " ", ":", "|", "(", ". "] {
                    for behind in ["", ",State:", ", level 16", ": x", ")", " ms", ".5", "\n"] {
                        let text = format!("{before}{word}{sign}10054{behind}");
                        let start = before.len() + word.len() + sign.len();
                        if is_named_otherwise(text.as_bytes(), start) {
                            named += 1;
                            assert!(is_something_else(text.as_bytes(), &(start..start + 5)), "{text}");
                        }
                    }
                }
            }
        }
        assert!(named > 1000);
    }
}
