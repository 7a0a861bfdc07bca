//! Names of hosts.

use super::port::port_behind;
use super::{Candidate, Kind, MAX_CANDIDATES, is_name_byte};
use crate::recognise::blocks::{Blocks, bits};

/// Names of hosts: behind a phrase that introduces one, and every `name:port`.
pub(super) fn find(
    text: &[u8],
    blocks: &Blocks,
    hosts: &[(usize, u8)],
    found: &mut Vec<Candidate>,
    refused: &mut bool,
) {
    for (end, score) in hosts {
        if found.len() >= MAX_CANDIDATES {
            return;
        }
        found.extend(introduced(text, *end, i32::from(*score), refused));
    }
    for place in blocks.places() {
        for bit in bits(place.here.colon & place.behind(|block| block.name)) {
            let colon = place.base + bit as usize;
            if found.len() >= MAX_CANDIDATES {
                return;
            }
            if text.get(colon + 1).is_some_and(u8::is_ascii_digit) {
                found.extend(glued(text, colon, refused));
            }
        }
    }
}

/// The name behind an introduction, which a blank, a quote or both may part from it.
fn introduced(text: &[u8], end: usize, score: i32, refused: &mut bool) -> Option<Candidate> {
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
    let (port, all) = port_behind(text, end, refused);
    let plain = name.contains(&b'.') || name.eq_ignore_ascii_case(b"localhost") || port.is_some();
    let fits =
        (plain || quoted || scheme || score >= 45) && !is_common_word(name) && name.iter().any(u8::is_ascii_alphabetic);
    if !fits || is_file_name(name) && port.is_none() && !scheme && !quoted || goes_on(text, end) {
        return None;
    }
    Some(Candidate { range: start..all, host: start..end, port, kind: Kind::Name, introduced: score })
}

/// `name:port` around its colon.
fn glued(text: &[u8], colon: usize, refused: &mut bool) -> Option<Candidate> {
    let lowest = colon.saturating_sub(255);
    let mut start = colon;
    while start > lowest && is_name_byte(text[start - 1]) {
        start -= 1;
    }
    let before = if start == 0 { b'\n' } else { text[start - 1] };
    let name = &text[start..colon];
    if !name.first()?.is_ascii_alphabetic() {
        return None;
    }
    let (port, all) = port_behind(text, colon, refused);
    port?;
    if is_file_name(name)
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
    Some(Candidate { range: start..all, host: start..colon, port, kind: Kind::Name, introduced: score })
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
        || text[end..].starts_with(b"[]")
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
