//! Numbers that are no error codes, by what they touch: parts of addresses and versions, measures, lines of files.

use std::ops::Range;

use super::clause::{is_last_of_flexlm, is_told_by_flexlm};
use super::{byte_at, byte_before};
use crate::recognise::left::{Label, Left};

/// Part of something longer: an address, a version, a list, an identifier; or Spring's process, `ERROR 10048 --- [main]`.
pub(super) fn decoy_shape(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let (before, behind) = (byte_before(text, range.start), byte_at(text, range.end));
    let next_digit = byte_at(text, range.end + 1).is_ascii_digit();
    let second = if range.start >= 2 { text[range.start - 2] } else { b' ' };
    if is_port_of_tuple(&text[..range.start])
        || is_port_of_mq(text, range)
        || is_of_query(&text[..range.start])
        || text[range.end..].starts_with(b" --- [")
        // SQL Server's `The duplicate key value is (10054).`
        || text[..range.start].ends_with(b"key value is (")
        // Numbers of its own.
        || text[..range.start].ends_with(b"DB-Library error ")
        // MySQL's log as JSON has numbers of its own: `"err_code":10055,"subsystem":"Server"`.
        || text[range.end..].starts_with(b",\"subsystem\":")
        || is_thread(&text[range.end..], left)
        || is_of_logcat(text, range)
    {
        return true;
    }
    match before {
        // What stands for the system's text in an event.
        b'%' if second == b'%' => {}
        b'.' | b'+' | b'*' | b'\\' | b'@' | b'~' | b'$' | b'%' | b'&' | b'?' => return true,
        b'_' => return !left.word(0).to_ascii_lowercase().starts_with(b"error_"),
        b'/' => return !(left.word(0).starts_with(b"SI_") || left.word(0).starts_with(b"NIE")),
        b'-' if second.is_ascii_alphanumeric() || second == b'-' => return true,
        // Delphi's libraries: `Connection refused (#10061 in Connect)`, `Host not found (#11001).`
        b'#' if second == b'(' && [&b" in "[..], b")"].iter().any(|next| text[range.end..].starts_with(next)) => {}
        b'#' if !matches!(second, b' ' | b'r' | b'e') => return true,
        b',' if second.is_ascii_digit() && !is_last_of_flexlm(text, range) => return true,
        // host:port, unless the word before the colon says error.
        b':' if left.gap() == b":"
            && !is_told_by_flexlm(&text[range.end..])
            && !matches!(left.label(), Label::Strong | Label::Error | Label::Code | Label::Function) =>
        {
            return true;
        }
        b':' if matches!(second, b']' | b')' | b':' | b'*') => return true,
        _ if before.is_ascii_alphanumeric() => return !is_behind_e(text, range),
        // A line of a source file: `x.c(10054)`, Siebel's `(smconn.cpp (10101))`.
        b'(' if matches!(left.gap(), b"(" | b" (") && is_source_extension(left.word(0)) => return true,
        _ => {}
    }
    match behind {
        b'.' | b',' | b':' if next_digit => true,
        b'-' => byte_at(text, range.end + 1).is_ascii_alphanumeric(),
        b'\\' => !is_written_out(&text[range.end..]),
        b'#' | b'%' | b'/' | b'@' | b'*' => !text[range.end..].starts_with(b"#13#10"),
        _ => false,
    }
}

/// `[E10061]`, `(E10054)`: an error's number, as compilers write theirs.
pub(super) fn is_behind_e(text: &[u8], range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    before.ends_with(b"[E") && text[range.end..].starts_with(b"]")
        || before.ends_with(b"(E") && text[range.end..].starts_with(b")")
}

/// `\r\n`, `\"`: whether the end of a line or of a string stands there as JSON writes it, also inside another string of JSON.
pub(super) fn is_written_out(rest: &[u8]) -> bool {
    let slashes = rest.iter().take(8).take_while(|byte| **byte == b'\\').count();
    matches!(rest.get(slashes), Some(b'n' | b'r' | b'"'))
}

/// `ERROR [10048] [net::Reader@267] ...`: in brackets between a level and further brackets.
fn is_thread(rest: &[u8], left: &Left<'_>) -> bool {
    const LEVELS: [&[u8]; 7] = [b"ERROR", b"ERR", b"FATAL", b"WARN", b"WARNING", b"SEVERE", b"CRITICAL"];
    let further = [&b"] ["[..], b"][", b"] ("].iter().any(|next| rest.starts_with(next));
    further && matches!(left.gap(), b" [" | b"[" | b"] [" | b"][") && LEVELS.contains(&left.word(0))
}

/// `('0.0.0.0', `: what stands behind is the port of Python's pair.
fn is_port_of_tuple(before: &[u8]) -> bool {
    let Some(pair) = before.strip_suffix(b"', ") else { return false };
    let host =
        pair.iter().rev().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b".:-_%".contains(byte)).count();
    host > 0 && (pair[..pair.len() - host].ends_with(b"('") || pair[..pair.len() - host].ends_with(b"['"))
}

/// `http://gw:8080/v1?error=10054`: what somebody asked for, in the query of a URL.
fn is_of_query(before: &[u8]) -> bool {
    const MOST_BYTES: usize = 256;
    let Some(rest) = before.strip_suffix(b"=") else { return false };
    let key = rest.iter().rev().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let Some((b'?' | b'&', _)) = rest[..rest.len() - key].split_last() else { return false };
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'{');
    let token = rest[rest.len().saturating_sub(MOST_BYTES)..].rsplit(ends).next().unwrap_or_default();
    memchr::memchr(b'?', token).is_some_and(|query| token[..query].contains(&b'/'))
}

/// MQ's `Remote host 'app4 (10.1.9.40) (10054)' not available`: the port behind a host's name and address.
fn is_port_of_mq(text: &[u8], range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    before.ends_with(b") (")
        && before[..before.len() - 3].last().is_some_and(u8::is_ascii_hexdigit)
        && text[range.end..].starts_with(b")'")
}

/// `W/System.err(10061): `, `W/System.err( 10060): `: the number of a process, behind Android's level and tag; where it is
/// padded, that is enough.
fn is_of_logcat(text: &[u8], range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    if !text[range.end..].starts_with(b"):") {
        return false;
    }
    let Some(tag) = before.strip_suffix(b"(") else { return before.ends_with(b"( ") };
    let of_tag = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let level = &tag[..tag.len() - tag.iter().rev().take(64).take_while(of_tag).count()];
    let Some(level) = level.strip_suffix(b"/") else { return false };
    matches!(level, [.., b'V' | b'D' | b'I' | b'W' | b'E' | b'F' | b'A'])
        && level.len().checked_sub(2).is_none_or(|at| level[at].is_ascii_whitespace())
}

fn is_source_extension(word: &[u8]) -> bool {
    [&b"c"[..], b"cc", b"cpp", b"cxx", b"h", b"hpp", b"cs", b"java", b"pas", b"vb"].contains(&word)
}

/// `10054 bytes`, `10061 ms`: a measure stands behind.
pub(crate) fn counts_something(text: &[u8], range: &Range<usize>) -> bool {
    const UNITS: &[&str] = &[
        "warnings",
        "errors",
        "failures",
        "tests",
        "jobs",
        "tasks",
        "pages",
        "blocks",
        "frames",
        "samples",
        "events",
        "threads",
        "sessions",
        "devices",
        "tickets",
        "characters",
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
    // What Chinese, Japanese and Korean count with.
    const COUNTERS: &[&str] = &["次", "条", "个", "件", "回", "건", "번", "개"];
    let rest = &text[range.end..];
    let gap = usize::from(rest.first() == Some(&b' '));
    if COUNTERS.iter().any(|counter| rest[gap..].starts_with(counter.as_bytes())) {
        return true;
    }
    let word = rest[gap..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    // `rc=10091 retries=5`: the next key.
    let is_key = matches!(rest.get(gap + word), Some(b'=' | b':'));
    gap == 1
        && word > 0
        && !is_key
        && UNITS.iter().any(|unit| rest[gap..gap + word].eq_ignore_ascii_case(unit.as_bytes()))
}

pub(super) fn touches_number(text: &[u8], range: &Range<usize>) -> bool {
    let before = byte_before(text, range.start);
    let behind = byte_at(text, range.end);
    matches!(before, b'.' | b'-' | b'/' | b':' | b'#')
        && !(before == b':' && range.start >= 2 && text[range.start - 2].is_ascii_alphabetic())
        || before.is_ascii_alphanumeric()
        || matches!(behind, b'.' | b',' | b':' | b'-') && byte_at(text, range.end + 1).is_ascii_digit()
}
