//! The lines behind a record: what they say of it that neither it nor the lines before say.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::LINES_BEHIND_BYTES;
use super::before::may_tell_of_error;
use crate::record::{announces, begins_with_stamp};

/// How many lines, and how many bytes of them, may tell what a record leaves out.
const MOST_LINES: usize = 6;
const MOST_BYTES: usize = LINES_BEHIND_BYTES;

/// The lines behind the record that ends at `end` of `data`, as far as they go on about it: fields, URLs, frames of the
/// stack, and sentences about a failure; none that has a date, begins something new or tells of an error itself. `tells`
/// says whether a line does that may.
///
/// Of a line that is not complete within [`MOST_BYTES`] nothing is taken, so that it does not matter how much more there is.
pub(super) fn lines(data: &[u8], end: usize, mut tells: impl FnMut(&[u8]) -> bool) -> &[u8] {
    let start = (end + 1).min(data.len());
    let highest = data.len().min(start + MOST_BYTES);
    // Where the data end before, so does the last line.
    let is_whole = highest < start + MOST_BYTES;
    let in_block = is_of_block(data, end);
    let (mut all, mut before) = (start, Line::Other);
    for _ in 0..MOST_LINES {
        let rest = &data[all..highest];
        if !may_begin(rest) {
            break;
        }
        let last = || (is_whole && !rest.is_empty()).then_some(rest.len());
        let Some(length) = memchr::memchr(b'\n', rest).or_else(last) else { break };
        let line = &data[all..all + length];
        before = match line.trim_ascii() {
            b"" if all == start => Line::Empty,
            // A frame, and the source that it shows.
            bare if is_frame(bare) => Line::Frame,
            bare if before == Line::Empty && is_heading(bare) && is_above_call(data, all + length) => Line::Frame,
            bare if bare.len() < line.len() && !line.starts_with(bare) && before == Line::Frame => Line::Frame,
            bare if before != Line::Empty && (goes_on(bare) || in_block && begins_with_key(bare)) => Line::Other,
            _ => break,
        };
        if begins_with_stamp(line) || announces(line) || may_tell_of_error(data, all, all + length) && tells(line) {
            break;
        }
        all = (all + length + 1).min(highest);
    }
    &data[start..all]
}

/// Whether the line that ends at `end` is a field, `Status: 10054 An existing connection ...`, and so is the one behind it: the
/// fields of one block tell of one thing.
fn is_of_block(data: &[u8], end: usize) -> bool {
    let before = &data[end.saturating_sub(MOST_BYTES)..end];
    let line = memchr::memrchr(b'\n', before).map_or(before, |newline| &before[newline + 1..]);
    begins_with_key(line) && data.get(end + 1..).is_some_and(begins_with_key)
}

/// `Destination: External (10.0.0.5:443)`, `Source :System`: a word or two in letters, and a colon with a blank at its side.
pub(super) fn begins_with_key(line: &[u8]) -> bool {
    let key = line.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b' ').count();
    let blanks = line[..key].iter().filter(|byte| **byte == b' ').count();
    let is_parted = line[key..].starts_with(b": ") || line[..key].ends_with(b" ") && line[key..].starts_with(b":");
    key > 1 && line[0].is_ascii_uppercase() && blanks < 3 && is_parted
}

/// What a line behind a record is, as far as it decides about the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Only frames of the stack go on behind it.
    Empty,
    Frame,
    Other,
}

/// Whether the line behind the record that ends at `end` may go on about it, by its first bytes: those of most lines of a
/// log, a date or a clock, may not.
#[inline]
pub(super) fn may_go_on(data: &[u8], end: usize) -> bool {
    data.get(end + 1..).is_some_and(may_begin)
}

/// Whether numbered frames begin behind the record that ends at `end`.
#[inline]
pub(super) fn begins_frames(data: &[u8], end: usize) -> bool {
    data.get(end + 1..).is_some_and(|rest| rest.starts_with(b"0. ") && is_numbered_call(rest))
}

#[inline]
fn may_begin(line: &[u8]) -> bool {
    match line {
        // A debugger numbers its frames.
        [b'0'..=b'9', _, rest @ ..] => {
            rest.first() == Some(&b' ') && (is_call(&line[..line.len().min(32)]) || is_numbered_call(line))
                || is_address_of_call(line)
        }
        [b'[' | b'<' | b'(', b'0'..=b'9', ..] | [] => false,
        _ => true,
    }
}

fn goes_on(line: &[u8]) -> bool {
    line.starts_with(b"[Microsoft][")
        || is_field(line)
        || is_heading(line)
        || is_fields_of_peer(line)
        || begins_with_url(line)
        || is_place_in_script(line)
        || tells_of_failure(line)
}

/// `Data: Host = 10.0.0.5, Port = 443`, `Server: { Id: 1, EndPoint: "db1:27017" }`: a key, and fields of which one says where.
fn is_fields_of_peer(line: &[u8]) -> bool {
    const KEYS: [&[u8]; 5] = [b"ost", b"ndPoint", b"ndpoint", b"ddress", b"erver"];
    let sign = line.iter().take(32).position(|byte| matches!(byte, b':' | b'='));
    let Some((key, fields)) = sign.map(|at| line.split_at(at)) else { return false };
    // `Host = db1, Port = 4711`
    let own = key.trim_ascii_end();
    if KEYS.iter().any(|word| own.ends_with(word)) && memchr::memmem::find(fields, b"ort").is_some() {
        return true;
    }
    let field = |word: &[u8]| {
        memchr::memmem::find_iter(fields, word).any(|at| {
            let behind = &fields[at + word.len()..];
            let quote = behind.iter().take(2).take_while(|byte| matches!(byte, b'"' | b' ')).count();
            matches!(behind.get(quote), Some(b'=' | b':'))
        })
    };
    key.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b' ') && KEYS.into_iter().any(field)
}

/// `Destination: 203.0.113.60:443`, `License path:  27000@lic01;`: a short key, and one word. A sentence behind a colon is
/// more likely another program's, or another thread's.
fn is_field(line: &[u8]) -> bool {
    let key = line.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic() || b" _-".contains(byte)).count();
    let Some((b':' | b'=', value)) = line[key..].split_first() else { return false };
    let blank = value.first().is_none_or(|byte| matches!(byte, b' ' | b'\t')) || line[key] == b'=';
    key > 0 && blank && !value.trim_ascii().iter().any(|byte| matches!(byte, b' ' | b'\t'))
}

/// Whether a call with its address stands in the line behind the one that ends at `end`.
fn is_above_call(data: &[u8], end: usize) -> bool {
    data.get(end + 1..).is_some_and(is_address_of_call)
}

/// `main thread ($1f4c):`: a line of its own above what belongs to it.
fn is_heading(line: &[u8]) -> bool {
    line.len() <= 48 && line.ends_with(b":") && line[0].is_ascii_alphabetic()
}

/// `At C:\probe.ps1:7 char:1`, `+ $client.Connect("db1", 5432)`: where in a script, and the statement there, as PowerShell
/// shows it.
fn is_place_in_script(line: &[u8]) -> bool {
    line.starts_with(b"+ ") || line.starts_with(b"At ") && memchr::memmem::find(line, b" char:").is_some()
}

fn begins_with_url(line: &[u8]) -> bool {
    let scheme = line.iter().take(12).take_while(|byte| byte.is_ascii_lowercase()).count();
    scheme > 1 && line[scheme..].starts_with(b"://")
}

/// IBM MQ's `----- amqccita.c : 1405 : connect ----`, `C:/v/net/tcp.v:101: at net.dial_tcp: ...`,
/// `D:\zig\os.zig:3980:60: 0x7ff6 in connect (a.obj)`, `D:\tcp.nim(1962) connect`: a place in a program.
fn is_frame(line: &[u8]) -> bool {
    let is = |words: &[u8]| memchr::memmem::find(line, words).is_some();
    let numbered = |sign: u8, behind: u8| {
        memchr::memchr_iter(sign, line).any(|at| {
            let digits = line[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            digits > 0 && line.get(at + 1 + digits) == Some(&behind)
        })
    };
    is_call(line)
        || is_method(line)
        || is_numbered_call(line)
        || is_address_of_call(line)
        || line.starts_with(b"----- ")
        || (is(b": at ") || is(b" in ")) && numbered(b':', b':')
        || numbered(b'(', b')') && is(b"\\")
}

/// `00 WS2_32!WSARecv`, a debugger's.
fn is_call(line: &[u8]) -> bool {
    let program = line.iter().take(24).take_while(|byte| byte.is_ascii_alphanumeric() || b" _".contains(byte)).count();
    line.get(program) == Some(&b'!') && line.get(program + 1).is_some_and(u8::is_ascii_alphabetic)
}

/// `System.Net.Sockets.Socket.Bind (System.Net.EndPoint local_end)`, `LiteNetLib.NetSocket:SendTo(Byte[])`, Unity's, and with
/// `at ` before, where it is a field's value.
fn is_method(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"at ").unwrap_or(line);
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._`<>+:".contains(*byte);
    let (name, rest) = line.split_at(line.iter().take(160).take_while(is_of_name).count());
    let is_joint = |pair: &&[u8]| pair[0] == b'.' || pair[0] == b':' && pair[1].is_ascii_alphabetic();
    name.windows(2).filter(is_joint).count() >= 2
        && rest.strip_prefix(b" ").unwrap_or(rest).starts_with(b"(")
        && rest.contains(&b')')
}

/// `0068c410 +0e4 Till.exe IdSocketHandle TIdSocketHandle.Connect`, as Delphi's reports number frames.
fn is_address_of_call(line: &[u8]) -> bool {
    [8, 16]
        .into_iter()
        .any(|digits| line.get(digits..digits + 2) == Some(b" +") && line[..digits].iter().all(u8::is_ascii_hexdigit))
}

/// `1. Poco::Net::SocketImpl::connect(...)`.
fn is_numbered_call(line: &[u8]) -> bool {
    let digits = line.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let name = line[digits..].strip_prefix(b". ");
    digits > 0 && name.is_some_and(|name| memchr::memmem::find(&name[..name.len().min(64)], b"::").is_some())
}

pub(super) fn tells_of_failure(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 13] = [
        b"rror",
        b"ailure",
        b"ailed",
        b"ailing",
        b"annot",
        b"nable to",
        b"ould not",
        b"ost connection",
        b"not reach",
        b"an't",
        b"nreachable",
        b"onnection reset",
        b"nexpected",
    ];
    // A searcher is made once: the line behind every finding that names no peer is asked.
    static FINDERS: LazyLock<[Finder<'static>; 13]> = LazyLock::new(|| WORDS.map(Finder::new));
    FINDERS.iter().any(|word| word.find(line).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(log: &str) -> &str {
        let end = log.find('\n').unwrap_or(log.len());
        std::str::from_utf8(lines(log.as_bytes(), end, |_| true)).unwrap()
    }

    #[test]
    fn only_what_goes_on_about_the_error_is_taken() {
        for (log, wanted) in [
            ("x\nrtmp://localhost:1935/a: Unknown error\n", "rtmp://localhost:1935/a: Unknown error\n"),
            ("x\nDestination: 10.0.0.1:80\nnext", "Destination: 10.0.0.1:80\n"),
            (
                "x\nAt C:\\a.ps1:7 char:1\n+ $c.Connect(\"db1\", 80)\n+ ~~~\nPS C:\\>",
                "At C:\\a.ps1:7 char:1\n+ $c.Connect(\"db1\", 80)\n+ ~~~\n",
            ),
            ("x\nLost connection to db1:80", "Lost connection to db1:80"),
            ("x\n** Connection failure for host 10.0.0.1 port 80.", "** Connection failure for host 10.0.0.1 port 80."),
            ("x\nproxy: new client 10.0.0.1:80\n", ""),
            ("x\n2025-01-01 10:00:00 Host: a\n", ""),
            ("x\n\nHost: a\n", "\n"),
            (
                "x\n\nC:\\a.zig:9:1: 0x7f in connect (a.obj)\n    code\ny",
                "\nC:\\a.zig:9:1: 0x7f in connect (a.obj)\n    code\n",
            ),
            ("x\nConnecting to 10.0.0.1:80 ...\nHost: a\n", ""),
            ("x\nHost: a\nrecv failed with error 10054\n", "Host: a\n"),
            ("x\nC:/v/tcp.v:101: at net.dial_tcp: RUNTIME ERROR\n", "C:/v/tcp.v:101: at net.dial_tcp: RUNTIME ERROR\n"),
            ("x\n00 WS2_32!WSARecv\n", "00 WS2_32!WSARecv\n"),
            ("x", ""),
        ] {
            assert_eq!(taken(log), wanted, "{log}");
        }
    }

    #[test]
    fn a_line_that_may_go_on_is_not_taken() {
        let log = format!("x\nHost: a\nHost: {}\n", "b".repeat(MOST_BYTES));
        assert_eq!(taken(&log), "Host: a\n");
        assert_eq!(taken(&log[..MOST_BYTES + 2]), "Host: a\n");
    }
}
