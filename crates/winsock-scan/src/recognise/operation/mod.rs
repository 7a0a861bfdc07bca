//! Which operation failed: the function, method or verb of the record that is nearest to the code.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use winsock_codes::Code;

use crate::finding::{Form, Operation};
use crate::lexicon::Meaning;
use crate::recognise::blocks::{Blocks, Place, bits};
use crate::recognise::{Token, Verdict};

mod identifier;
mod keyed;
mod strain;

use strain::strain;

/// An operation that the record names, and how surely: 4 the call that an error says of itself, 3 a function, 2 a method, 1 a
/// verb, 0 a verb that mostly tells what went before.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    operation: Operation,
    strength: u8,
    range: Range<usize>,
}

/// Names of functions are looked for this far around the codes.
const NEAR_BYTES: usize = 2048;

/// Whether a word is the value of a field for functions, `fn=connect`.
pub(super) fn is_field(text: &[u8], word: &Range<usize>) -> bool {
    keyed::operation(text, word.start, word.end).is_some()
}

/// Finds every operation that a record names outside the masks.
pub(crate) fn find(
    text: &[u8],
    blocks: &Blocks,
    tokens: &[Token],
    masks: &[Range<usize>],
    verdicts: &[Verdict],
    found: &mut Vec<Named>,
) {
    found.clear();
    if verdicts.is_empty() {
        return;
    }
    let is_free = |range: &Range<usize>| {
        !masks.iter().any(|mask| mask.start <= range.start && range.end <= mask.end) && !is_noise(text, range)
    };
    for token in tokens {
        let Meaning::Operation(operation, strength) = token.meaning else { continue };
        // `listen=0.0.0.0:10514`: a setting.
        let is_setting = operation == Operation::Listen && text.get(token.range.end) == Some(&b'=');
        let strength = if is_setting { 0 } else { strength };
        if is_free(&token.range) {
            found.push(Named { operation, strength, range: token.range.clone() });
        }
    }
    let is_near = |place: &Place| {
        verdicts
            .iter()
            .any(|verdict| place.base + 64 + NEAR_BYTES > verdict.first && place.base < verdict.range.end + NEAR_BYTES)
    };
    for place in blocks.places().filter(is_near) {
        for bit in bits(place.begins(|block| block.word)) {
            let start = place.base + bit as usize;
            let end = start + text[start..].iter().take_while(|byte| is_word(**byte)).count();
            let is_value = start > 0 && matches!(text[start - 1], b'"' | b'\'' | b'=' | b':' | b' ');
            let value = if is_value { keyed::operation(text, start, end) } else { None };
            if let Some((operation, strength)) = value {
                found.push(Named { operation, strength, range: start..end });
                continue;
            }
            let Some(operation) = identifier::operation(&text[start..end]) else { continue };
            // A key with its value is no call, unless that is the code: `ReadError=10054`.
            let is_of_code = || verdicts.iter().any(|verdict| verdict.range.start == end + 1);
            if (text.get(end) != Some(&b'=') || is_of_code()) && is_free(&(start..end)) {
                found.push(Named { operation, strength: 2, range: start..end });
            }
        }
    }
}

/// The operation that a verdict is about, if the record names one.
pub(crate) fn of(text: &[u8], verdict: &Verdict, named: &[Named], masks: &[Range<usize>]) -> Option<Operation> {
    let cost = |named: &&Named| {
        let far = distance(verdict, &named.range);
        let far = if named.strength > 3 { far / 8 } else { far };
        weight(named.strength) + far + strain(verdict.code, named.operation)
    };
    let best = named.iter().filter(|named| named.strength > 0).min_by_key(cost).map(|named| named.operation);
    call_behind(text, verdict)
        .or_else(|| of_layer(text, verdict))
        .or(best)
        .or_else(|| implied(text, verdict.code, masks))
        .or_else(|| makes_socket(text, verdict))
        .or_else(|| last_resort(text, verdict, named))
}

/// `Unrecognized Windows Sockets error: 10106: socket`, `Permission denied: connect`: the call that the JDK says behind the
/// error, which ends the line.
fn call_behind(text: &[u8], verdict: &Verdict) -> Option<Operation> {
    const CALLS: [(&[u8], Operation); 5] = [
        (b"connect", Operation::Connect),
        (b"socket", Operation::Socket),
        (b"create", Operation::Socket),
        (b"select", Operation::Poll),
        (b"shutdown", Operation::Shutdown),
    ];
    let rest = text.get(verdict.range.end..)?.strip_prefix(b": ")?;
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or(rest).trim_ascii_end();
    CALLS.iter().find(|(call, _)| line == *call).map(|(_, operation)| *operation)
}

/// Snap7's `0x000A274C`: the layer above the code's sixteen bits says in what it failed. Source: Snap7 `s7_isotcp.h`.
fn of_layer(text: &[u8], verdict: &Verdict) -> Option<Operation> {
    let number = text.get(verdict.range.clone()).filter(|_| verdict.form == Form::Hex)?;
    let digits = number.strip_prefix(b"0x").or_else(|| number.strip_prefix(b"0X"))?;
    let layer = digits.get(..digits.len().checked_sub(4)?)?;
    match layer.iter().find(|digit| **digit != b'0')? {
        b'1' => Some(Operation::Connect),
        b'9' => Some(Operation::Send),
        b'A' | b'a' => Some(Operation::Recv),
        _ => None,
    }
}

/// `failed to create admin socket error 10055`: a socket of any kind, where no other operation is named.
fn makes_socket(text: &[u8], verdict: &Verdict) -> Option<Operation> {
    let before = &text[verdict.range.start.saturating_sub(80)..verdict.range.start];
    let line = &before[memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)..];
    let is_made = memchr::memmem::find_iter(line, b"reat").any(|at| {
        let clause = line[at..].split(|byte| b".,;:(".contains(byte)).next().unwrap_or(b"");
        at > 0
            && line[at - 1].eq_ignore_ascii_case(&b'c')
            && clause.split(|byte| *byte == b' ').any(|word| word.eq_ignore_ascii_case(b"socket"))
    });
    (is_made && strain(verdict.code, Operation::Socket) < 200).then_some(Operation::Socket)
}

/// `12 bytes could not be sent: 10054`: of a record without any other, the verb in the code's own clause.
fn last_resort(text: &[u8], verdict: &Verdict, named: &[Named]) -> Option<Operation> {
    const MOST_BYTES: usize = 120;
    let in_clause = |named: &&Named| {
        let (one, other) = (&named.range, &verdict.range);
        let between = one.end.min(other.end)..one.start.max(other.start);
        between.len() <= MOST_BYTES
            && !text.get(between).unwrap_or(b"").windows(2).any(|two| matches!(two, b". " | b"; " | [b'\n', _]))
            && strain(verdict.code, named.operation) < 200
    };
    named.iter().filter(in_clause).min_by_key(|named| distance(verdict, &named.range)).map(|named| named.operation)
}

/// The last operation that the lines before a record name; a bare verb is the weaker, the further away.
pub(crate) fn named_before(named: &[Named]) -> Option<Operation> {
    let told = named.iter().filter(|named| named.strength > 0);
    told.max_by_key(|named| (named.strength > 1, named.range.start)).map(|named| named.operation)
}

/// The first operation that the lines behind a record name with more than a verb, if it can give the code.
pub(crate) fn named_behind(code: Code, named: &[Named]) -> Option<Operation> {
    let sure = named.iter().filter(|named| named.strength > 1 && strain(code, named.operation) < 200);
    sure.min_by_key(|named| named.range.start).map(|named| named.operation)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A verb must stand this many bytes nearer than a function to be believed instead.
fn weight(strength: u8) -> usize {
    match strength {
        3.. => 0,
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
    // `ReadSocketError/ConnectionReset` are two names, of which no verb is as long.
    let verb = range.len() < 12;
    // `raw-read tcp4 10.0.0.5:50122->10.0.0.9:443`: a phrase is not part of a word.
    if text[range.clone()].contains(&b' ') {
        return false;
    }
    verb && before == b'/' && range.start >= 2 && word(text[range.start - 2])
        || verb && behind == b'/' && word(next)
        || before == b'-' && range.start >= 2 && word(text[range.start - 2])
        // But PowerShell's `Send-Syslog` says what it does.
        || behind == b'-' && word(next) && !(next.is_ascii_uppercase() && text[range.start].is_ascii_uppercase())
        // The part of a program that writes: `[listener] accept failed`.
        || before == b'[' && behind == b']' && (range.start == 1 || matches!(text[range.start - 2], b'\n' | b']'))
        // An option that is not set: `Retry(connect=None)`.
        || behind == b'=' && text[range.end + 1..].starts_with(b"None")
        || behind == b'.' && word(next) && !text[range.start..range.end].contains(&b'.')
}

/// Words for a connection to something, as a noun; where one was not made, it was to be.
const CONNECTIONS: [&str; 33] = [
    "HttpRequestException",
    "onnection to ",
    "onnection attempt",
    "onnection fail",
    "onnection with ",
    "erbindung zu",
    "erbindung mit",
    "onnexion à",
    "onnexion au",
    "onexión a",
    "onexión con",
    "onexão com",
    "onexão a",
    "onnessione a",
    "ołączenia z",
    "erbinding met",
    "одключени",
    "оединения с",
    "оединение с",
    "에 연결",
    "连接",
    "接続",
    "řipojení k",
    "ripojenie k",
    "apcsolódás",
    "nslutning till",
    "ilkobling til",
    "orbindelse til",
    "hteys ",
    "σύνδεσης",
    "ết nối",
    "oneksi ke ",
    "ідключення",
];

/// Words for the end of a connection that was made.
const ENDS: [&str; 8] =
    ["ost connection", "onnection lost", " was lost", " is broken", "разорван", "verloren", "perdue", "断开"];

/// Whether a code mostly tells of a connection that was not made.
pub(crate) fn is_of_connecting(code: Code) -> bool {
    matches!(
        code,
        Code::WSAECONNREFUSED
            | Code::WSAETIMEDOUT
            | Code::WSAEHOSTUNREACH
            | Code::WSAENETUNREACH
            | Code::WSAEADDRNOTAVAIL
            | Code::WSAEHOSTDOWN
    )
}

/// What the record tells without a verb: a connection that could not be made, where the code is one of making it.
/// `HttpRequestException: text (host:port)` is thrown only while connecting.
pub(crate) fn implied(text: &[u8], code: Code, masks: &[Range<usize>]) -> Option<Operation> {
    // Searchers are made once: they cost more than the search.
    static FINDERS: LazyLock<[Finder<'static>; CONNECTIONS.len()]> = LazyLock::new(|| CONNECTIONS.map(Finder::new));
    static LOST: LazyLock<[Finder<'static>; ENDS.len()]> = LazyLock::new(|| ENDS.map(Finder::new));
    let says = |words: &Finder| words.find_iter(text).any(|at| !masks.iter().any(|mask| mask.contains(&at)));
    let was_made = || code != Code::WSAECONNREFUSED && LOST.iter().any(says);
    (is_of_connecting(code) && FINDERS.iter().any(says) && !was_made()).then_some(Operation::Connect)
}
