//! Against whom: every address in the record, and the one that the failing operation was about.

use std::fmt::Write as _;
use std::ops::Range;

use crate::finding::Operation;
use crate::lexicon::Meaning;
use crate::recognise::{Token, Verdict};

/// An address that may be the peer.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Everything that belongs to the address, in the record.
    pub(crate) range: Range<usize>,
    pub(crate) host: Range<usize>,
    pub(crate) port: Option<u16>,
    kind: Kind,
    score: i32,
}

/// More addresses than any honest record has.
const MAX_CANDIDATES: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    V4,
    V6,
    Name,
}

/// Writes the peer of a verdict into `out`; false if there is none.
pub(crate) fn of(
    text: &[u8],
    verdict: &Verdict,
    operation: Option<Operation>,
    texts: &[Range<usize>],
    tokens: &[Token],
    found: &mut Vec<Candidate>,
    out: &mut String,
) -> bool {
    // A listener's own address is no peer.
    if matches!(operation, Some(Operation::Bind | Operation::Listen | Operation::Startup)) {
        return false;
    }
    found.clear();
    numeric(text, found);
    named(text, tokens, found);
    let receiving = matches!(
        operation,
        Some(Operation::Recv | Operation::Send | Operation::Accept | Operation::Poll | Operation::Shutdown)
    );
    for candidate in found.iter_mut() {
        candidate.score = score(text, candidate, verdict, receiving, operation);
        // Glued behind the system's text, as .NET does: that is the address the call was given.
        let glued = |mask: &Range<usize>| mask.end <= candidate.range.start && candidate.range.start - mask.end <= 3;
        if candidate.score > 0 && texts.iter().any(glued) {
            candidate.score += 45;
        }
    }
    let Some(best) = found.iter().filter(|c| c.score > 0).max_by_key(|c| (c.score, std::cmp::Reverse(c.range.start)))
    else {
        return false;
    };
    write(text, best, out)
}

fn write(text: &[u8], best: &Candidate, out: &mut String) -> bool {
    let Ok(host) = std::str::from_utf8(&text[best.host.clone()]) else { return false };
    out.clear();
    let port = best.port;
    let _ = match (best.kind, port) {
        (Kind::V6, Some(port)) => write!(out, "[{host}]:{port}"),
        (_, Some(port)) => write!(out, "{host}:{port}"),
        (_, None) => write!(out, "{host}"),
    };
    true
}

/// The first place at or after `from` where a numeric address may begin.
fn next_start(text: &[u8], from: usize) -> Option<usize> {
    let mut before = if from == 0 { 0 } else { STARTS[usize::from(text[from - 1])] };
    let place = text[from..].iter().position(|byte| {
        let class = STARTS[usize::from(*byte)];
        let begins = class & BRACKET != 0 || class & START != 0 && before & NAME == 0;
        before = class;
        begins
    });
    place.map(|place| from + place)
}

/// A hexadecimal digit or `:`, which begin an address unless they go on with a name.
const START: u8 = 1;
/// `[`, which may stand behind a name.
const BRACKET: u8 = 2;
/// A byte of a name.
const NAME: u8 = 4;

/// What a byte has to do with numeric addresses.
static STARTS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' => START | NAME,
            b'g'..=b'z' | b'G'..=b'Z' | b'.' | b'-' | b'_' => NAME,
            b':' => START,
            b'[' => BRACKET,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The bytes that names of hosts consist of.
#[inline]
fn is_name_byte(byte: u8) -> bool {
    STARTS[usize::from(byte)] & NAME != 0
}

/// A number of at most five digits, none if there is none or it is larger than `most`.
fn small(digits: &[u8], most: u32) -> Option<u16> {
    if digits.is_empty() || digits.len() > 6 {
        return None;
    }
    let value = digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
    (value <= most).then_some(value as u16)
}

/// Numeric addresses, with the ports that belong to them.
fn numeric(text: &[u8], found: &mut Vec<Candidate>) {
    let mut at = 0;
    while found.len() < MAX_CANDIDATES
        && let Some(start) = next_start(text, at)
    {
        at = start;
        let byte = text[at];
        let before = if at == 0 { b' ' } else { text[at - 1] };
        if byte.is_ascii_digit()
            && !is_name_byte(before)
            && let Some(end) = v4_end(text, at)
        {
            let (port, all) = port_behind(text, end);
            found.push(Candidate { range: at..all, host: at..end, port, kind: Kind::V4, score: 0 });
            at = all;
            continue;
        }
        if byte == b'['
            && let Some(end) = v6_end(text, at + 1).filter(|end| text.get(*end) == Some(&b']'))
        {
            let (port, all) = port_behind(text, end + 1);
            found.push(Candidate { range: at..all, host: at + 1..end, port, kind: Kind::V6, score: 0 });
            at = all;
            continue;
        }
        if (byte.is_ascii_hexdigit() || byte == b':')
            && !is_name_byte(before)
            && before != b':'
            && let Some(candidate) = bare_v6(text, at)
        {
            at = candidate.range.end;
            found.push(candidate);
            continue;
        }
        at += 1;
    }
}

fn v4_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for part in 0..4 {
        let digits = text[at..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 3 {
            return None;
        }
        small(&text[at..at + digits], 255)?;
        at += digits;
        if part < 3 {
            if text.get(at) != Some(&b'.') {
                return None;
            }
            at += 1;
        }
    }
    // 10.0.10061.5 is a version, 1.2.3.4.5 too.
    let longer = text.get(at) == Some(&b'.') && text.get(at + 1).is_some_and(u8::is_ascii_digit);
    (!longer && !text.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')).then_some(at)
}

/// End of an IPv6 address with scope, at least two colons.
fn v6_end(text: &[u8], start: usize) -> Option<usize> {
    if !begins_v6(text, start) {
        return None;
    }
    let run = text[start..]
        .iter()
        .take(64)
        .take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        .count();
    let address = std::str::from_utf8(&text[start..start + run]).ok()?;
    address.parse::<std::net::Ipv6Addr>().ok()?;
    let mut end = start + run;
    if text.get(end) == Some(&b'%') {
        end += 1 + text[end + 1..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .count();
    }
    Some(end)
}

/// Whether a group of at most four hexadecimal digits and a colon stand there, as at the front of every IPv6 address.
fn begins_v6(text: &[u8], start: usize) -> bool {
    let digits = text[start..].iter().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    digits < 5 && text.get(start + digits) == Some(&b':')
}

/// `::1:3000` (Node's way) or `fe80::1%4`: the last group is taken for a port if it cannot belong to the address, or
/// the address is a loopback.
fn bare_v6(text: &[u8], start: usize) -> Option<Candidate> {
    if !begins_v6(text, start) {
        return None;
    }
    let run = text[start..]
        .iter()
        .take(64)
        .take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        .count();
    // Without `::` an address has six colons or more; a time of day has two or three.
    let colons = text[start..start + run].iter().filter(|byte| **byte == b':').count();
    if colons < 2 || colons < 6 && !text[start..start + run].windows(2).any(|two| two == b"::") {
        return None;
    }
    let whole = std::str::from_utf8(&text[start..start + run]).ok()?.trim_end_matches([':', '.']);
    if whole.matches(':').count() < 2 {
        return None;
    }
    let end = start + whole.len();
    if text.get(end) == Some(&b'%') {
        let scope = v6_end(text, start)?;
        let (port, all) = port_behind(text, scope);
        return Some(Candidate { range: start..all, host: start..scope, port, kind: Kind::V6, score: 0 });
    }
    if text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    if let Some((head, tail)) = whole.rsplit_once(':') {
        let decimal = tail.len() >= 2 && tail.bytes().all(|byte| byte.is_ascii_digit());
        let closed = head.parse::<std::net::Ipv6Addr>().is_ok_and(|_| !head.ends_with(':') || head == "::");
        if decimal
            && closed
            && (head == "::1" || head == "::" || whole.parse::<std::net::Ipv6Addr>().is_err() || tail.len() == 5)
        {
            let port = tail.parse().ok()?;
            return Some(Candidate {
                range: start..end,
                host: start..start + head.len(),
                port: Some(port),
                kind: Kind::V6,
                score: 0,
            });
        }
    }
    // A time of day has colons too.
    let address = whole.parse::<std::net::Ipv6Addr>().ok()?;
    (whole.contains("::") || address.segments()[0] != 0).then_some(())?;
    if !whole.contains("::") && whole.len() < 15 {
        return None;
    }
    let (port, all) = port_behind(text, end);
    Some(Candidate { range: start..all, host: start..end, port, kind: Kind::V6, score: 0 })
}

/// The port behind an address, in the ways of writing it that exist, and the end of it.
fn port_behind(text: &[u8], end: usize) -> (Option<u16>, usize) {
    let rest = &text[end..];
    // Every way begins with one of these, and few things behind an address do.
    let Some(&first @ (b':' | b'/' | b'#' | b',' | b' ' | b')' | b'"' | b'\'')) = rest.first() else {
        return (None, end);
    };
    static WAYS: [&[u8]; 23] = [
        b"::",
        b":",
        b"/",
        b"#",
        b", port = ",
        b", port=",
        b", port ",
        b" port ",
        b" port=",
        b" port: ",
        b"), port ",
        b"\") port ",
        b"', port=",
        b"', port: ",
        b"\" port ",
        b"\", port ",
        b")(PORT=",
        b")(port=",
        b"\",\"port\":",
        b"', port ",
        b"\",\"port\":\"",
        b" on port ",
        b", Port: ",
    ];
    for way in &WAYS {
        if way[0] != first || !rest.get(..way.len()).is_some_and(|head| head.eq_ignore_ascii_case(way)) {
            continue;
        }
        let digits = rest[way.len()..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        let all = end + way.len() + digits;
        let closed = text.get(all).is_none_or(|byte| {
            let decimal = *byte == b'.' && text.get(all + 1).is_some_and(u8::is_ascii_digit);
            !byte.is_ascii_alphanumeric() && !decimal
        });
        // 10.0.0.0/24 is a network, not a port.
        if digits == 0 || !closed || *way == b"/" && digits < 3 {
            continue;
        }
        if let Some(port) = small(&rest[way.len()..way.len() + digits], u32::from(u16::MAX)) {
            return (Some(port), all);
        }
    }
    (port_further(text, end), end)
}

/// libpq: `"localhost" (127.0.0.1) and accepting\n\tTCP/IP connections on port 5432?`
fn port_further(text: &[u8], end: usize) -> Option<u16> {
    const WAY: &[u8] = b"connections on port ";
    let near = &text[end..text.len().min(end + 64)];
    if !near.starts_with(b") and accepting") {
        return None;
    }
    let at = memchr::memmem::find(near, WAY)? + WAY.len();
    let digits = text[end + at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[end + at..end + at + digits]).ok()?.parse().ok()
}

/// Names of hosts: behind a phrase that introduces one, and every `name:port`.
fn named(text: &[u8], tokens: &[Token], found: &mut Vec<Candidate>) {
    for token in tokens {
        let Meaning::Host(score) = token.meaning else { continue };
        if found.len() >= MAX_CANDIDATES {
            return;
        }
        found.extend(introduced(text, token.range.end, i32::from(score)));
    }
    for colon in memchr::memchr_iter(b':', text) {
        if found.len() >= MAX_CANDIDATES {
            return;
        }
        if text.get(colon + 1).is_some_and(u8::is_ascii_digit) && colon > 0 && is_name_byte(text[colon - 1]) {
            found.extend(glued(text, colon));
        }
    }
}

/// The name behind an introduction, which a blank, a quote or both may part from it.
fn introduced(text: &[u8], end: usize, score: i32) -> Option<Candidate> {
    let mut start = end;
    while start < text.len() && start < end + 3 && matches!(text[start], b' ' | b'"' | b'\'' | b'(') {
        start += 1;
    }
    let quoted = start > 0 && matches!(text[start - 1], b'"' | b'\'');
    let scheme = text[..start].ends_with(b"//");
    if !text.get(start)?.is_ascii_alphanumeric() {
        return None;
    }
    let end = name_end(text, start);
    let name = &text[start..end];
    let (port, all) = port_behind(text, end);
    let plain = name.contains(&b'.') || name.eq_ignore_ascii_case(b"localhost") || port.is_some();
    let fits =
        (plain || quoted || scheme || score >= 45) && !is_common_word(name) && name.iter().any(u8::is_ascii_alphabetic);
    if !fits || is_file_name(name) && port.is_none() && !scheme && !quoted || goes_on(text, end) {
        return None;
    }
    Some(Candidate { range: start..all, host: start..end, port, kind: Kind::Name, score })
}

/// `name:port` around its colon.
fn glued(text: &[u8], colon: usize) -> Option<Candidate> {
    let lowest = colon.saturating_sub(255);
    let mut start = colon;
    while start > lowest && is_name_byte(text[start - 1]) {
        start -= 1;
    }
    let before = if start == 0 { b'\n' } else { text[start - 1] };
    let name = &text[start..colon];
    let (port, all) = port_behind(text, colon);
    port?;
    if !name.first()?.is_ascii_alphabetic()
        || is_file_name(name)
        || is_key(name)
        || text.get(all) == Some(&b':') && text.get(all + 1).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    let score = match before {
        b'>' if start >= 2 && text[start - 2] == b'-' => 60,
        b'(' | b'\n' => 30,
        b'[' | b'"' | b'\'' | b' ' | b'<' => 14,
        _ => return None,
    };
    Some(Candidate { range: start..all, host: start..colon, port, kind: Kind::Name, score })
}

fn name_end(text: &[u8], start: usize) -> usize {
    let mut end = start + text[start..].iter().take(255).take_while(|byte| is_name_byte(**byte)).count();
    while end > start + 1 && matches!(text[end - 1], b'.' | b'-' | b'_') {
        end -= 1;
    }
    end
}

/// Followed by a path, a call or a scheme's mark it is no host: `socket.connect(`, `net.tcp://`.
fn goes_on(text: &[u8], end: usize) -> bool {
    matches!(text.get(end), Some(b'(' | b'\\' | b'=')) && !text[end..].starts_with(b"\\")
        || text[end..].starts_with(b"://")
}

fn is_common_word(name: &[u8]) -> bool {
    const WORDS: [&str; 62] = [
        "the", "a", "an", "server", "host", "remote", "database", "mysql", "any", "all", "peer", "upstream", "client",
        "service", "proxy", "tcp", "udp", "tcp4", "tcp6", "failed", "with", "on", "in", "to", "from", "for", "port",
        "address", "socket", "error", "connect", "is", "was", "it", "this", "that", "your", "our", "broker", "backend",
        "target", "daemon", "network", "internet", "resolve", "and", "at", "returned", "timed", "timeout", "refused",
        "http", "https", "local", "endpoint", "master", "node", "name", "hostname", "no", "not", "of",
    ];
    WORDS.iter().any(|word| name.eq_ignore_ascii_case(word.as_bytes()))
}

/// Keys before a number that are no hosts: `error:10054`, `pid:12`.
fn is_key(name: &[u8]) -> bool {
    const KEYS: [&str; 36] = [
        "error",
        "errno",
        "code",
        "system",
        "asio.system",
        "port",
        "pid",
        "tid",
        "line",
        "id",
        "status",
        "err",
        "winerror",
        "size",
        "length",
        "count",
        "time",
        "at",
        "errorcode",
        "wsa",
        "winsock",
        "step",
        "level",
        "state",
        "class",
        "session",
        "retry",
        "attempt",
        "socket",
        "fd",
        "thread",
        "win32",
        "oserror",
        "reason",
        "number",
        "version",
    ];
    KEYS.iter().any(|key| name.eq_ignore_ascii_case(key.as_bytes())) || name.to_ascii_lowercase().starts_with(b"e7")
}

fn is_file_name(name: &[u8]) -> bool {
    const EXTENSIONS: [&str; 34] = [
        "c", "cc", "cpp", "cxx", "h", "hpp", "cs", "js", "mjs", "ts", "tsx", "py", "go", "rs", "java", "kt", "php",
        "rb", "pl", "pm", "lua", "swift", "vb", "pas", "f90", "m", "mm", "sql", "log", "exe", "dll", "json", "hs",
        "scala",
    ];
    let Some(dot) = name.iter().rposition(|byte| *byte == b'.') else { return false };
    let extension = &name[dot + 1..];
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known.as_bytes()))
}

/// How likely a candidate is the peer; 0 or less means not at all.
fn score(text: &[u8], candidate: &Candidate, verdict: &Verdict, receiving: bool, operation: Option<Operation>) -> i32 {
    let range = &candidate.range;
    let lead = range.start.min(48);
    let mut head = [0_u8; 48];
    head[..lead].copy_from_slice(&text[range.start - lead..range.start]);
    head[..lead].make_ascii_lowercase();
    let head = &head[..lead];
    let behind = &text[range.end..];
    let has = |word: &str| holds(head, word.as_bytes());
    let ends = |word: &str| head.trim_ascii_end().ends_with(word.as_bytes());

    let mut score = match candidate.kind {
        Kind::V4 | Kind::V6 => 30,
        Kind::Name => candidate.score,
    };
    // A numeric address without anything that says what it is for.
    if ends("->") || ends("to") || ends("connect") || ends("connecting to") {
        score += 40;
    }
    if ends("upstream: \"http://")
        || ends("upstream: \"https://")
        || ends("upstream: \"fastcgi://")
        || has("upstream: \"")
    {
        score += if operation == Some(Operation::Connect) || !receiving { 60 } else { 50 };
    }
    if speaks_of_peer(head) {
        score += 15;
    }
    if ends("from") || ends("from /") {
        score += if receiving || operation.is_none() { 25 } else { 5 };
    }
    if behind.starts_with(b"->")
        || ends("local")
        || ends("local=")
        || ends("l=")
        || ends("laddr")
        || ends("from local")
        || ends("source")
        || ends("bound to")
        || ends("bind to")
        || ends("local address")
        || ends("localendpoint:")
        || has("listening on")
    {
        score -= 70;
    }
    if behind.starts_with(b" -> ") {
        // RabbitMQ writes the peer first, others last.
        score += if has("amqp") || ends("(") { 45 } else { -60 };
    } else if head.ends_with(b" -> ") && has("amqp")
        || head.ends_with(b"-> ") && memchr::memmem::find(text, b"AMQP").is_some()
    {
        score -= 70;
    }
    // Exchange's protocol logs: local address, remote address.
    if behind.starts_with(b",") && behind.get(1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[') {
        score -= 20;
    }
    if ends("client:") && memchr::memmem::find(text, b"upstream").is_some() {
        score -= 40;
    }
    if ends("server:") || ends("host: \"") || ends("referrer: \"") || ends("request: \"get") {
        score -= 25;
    }
    if is_unspecified(text, candidate) {
        score -= 60;
    }
    if candidate.port.is_some() {
        score += 8;
    }
    // `"db1" (10.0.0.4)`: the number is preferred to the name.
    if candidate.kind != Kind::Name
        && (head.ends_with(b"\" (") || head.ends_with(b"' (") || head.ends_with(b"/") && !has("//"))
    {
        score += 40;
    }
    // Glued behind the text, as .NET does.
    if verdict.range.end <= range.start && range.start - verdict.range.end < 12 {
        score += 12;
    }
    // Numbers at the front of an access log's line are its client.
    if range.start == 0 && candidate.kind != Kind::Name && candidate.port.is_none() && behind.starts_with(b" - ") {
        score -= 60;
    }
    score
}

/// Whether a word that belongs to the other side stands in a short text in small letters.
fn speaks_of_peer(text: &[u8]) -> bool {
    let begins = |at: usize, words: &[&str]| words.iter().any(|word| text[at..].starts_with(word.as_bytes()));
    text.iter().enumerate().any(|(at, byte)| match byte {
        b'p' => begins(at, &["peer", "p="]),
        b'r' => begins(at, &["remote", "ra="]),
        b't' => begins(at, &["target"]),
        b'e' => begins(at, &["endpoint was"]),
        b'a' => begins(at, &["attempted was"]),
        b's' => begins(at, &["server"]),
        b'd' => begins(at, &["dst"]),
        b'(' => begins(at, &["(r"]),
        _ => false,
    })
}

/// Whether a short text holds a word; building a searcher would cost more than the search.
fn holds(text: &[u8], word: &[u8]) -> bool {
    memchr::memchr_iter(word[0], text).any(|at| text[at..].starts_with(word))
}

fn is_unspecified(text: &[u8], candidate: &Candidate) -> bool {
    matches!(&text[candidate.host.clone()], b"0.0.0.0" | b"::") || candidate.port == Some(0)
}
