//! The last resort: what is plausible where nothing that is known says more.
//!
//! A record that names one host without a port, and one port somewhere, means both; a record without an address known by its
//! surroundings may still hold one word that can only be a machine.

use std::ops::Range;

use super::named::{is_of_code, leads_to_machine};
use super::port::{self, digits_at, is_key_byte, is_port_not_code, names_port, small};
use super::{Candidate, Kind, is_name_byte};
use crate::recognise::blocks::{Block, Blocks, bits};

/// The only port that a record names by a word, wherever it stands: `Port: 25`, `dstPort=25`, `"port":443`. `refused` is set
/// if there is such a word.
pub(super) fn port(text: &[u8], refused: &mut bool) -> Option<u16> {
    let mut only = None;
    for at in memchr::memchr2_iter(b'p', b'P', text) {
        if !text.get(at + 1..at + 4).is_some_and(|rest| rest.eq_ignore_ascii_case(b"ort")) {
            continue;
        }
        let Some(value) = port_of_word(text, at + 4) else { continue };
        *refused = true;
        match only {
            Some(known) if known != value => return None,
            _ => only = Some(value),
        }
    }
    only
}

/// The number behind a key that ends at `end`, if the key is for a port of the other end.
fn port_of_word(text: &[u8], end: usize) -> Option<u16> {
    const NOT_OF_PEERS: [&[u8]; 8] =
        [b"listen", b"local", b"serial", b"source", b"switch", b"client", b"proxy", b"bind"];
    const OTHER: [&[u8]; 6] = [b"report", b"support", b"transport", b"export", b"import", b"viewport"];
    let key = text[..end].iter().rev().take(32).take_while(|byte| is_key_byte(**byte)).count();
    let start = end - key;
    // `listening port` is as good as `listenPort`.
    let before = text[..start].strip_suffix(b" ").unwrap_or(b"");
    let word = before.iter().rev().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let named = if word > 0 { &text[start - 1 - word..end] } else { &text[start..end] };
    let speaks = |word: &&[u8]| named.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    let is_other = |word: &&[u8]| key >= word.len() && text[end - word.len()..end].eq_ignore_ascii_case(word);
    if !names_port(&text[start..end]) || OTHER.iter().any(is_other) || NOT_OF_PEERS.iter().any(speaks) {
        return None;
    }
    let rest = &text[end..];
    let number = if rest.starts_with(b" number") { b" number".len() } else { 0 };
    // `Port.......: 443`: fields may be aligned.
    let sign = rest[number..].iter().take(24).take_while(|byte| b" \t.:=#'\"(\\>".contains(byte)).count();
    let some = port::wrapper(&rest[number + sign..]);
    let (digits, all) = (sign > 0).then(|| digits_at(text, end + number + sign + some))??;
    small(&text[digits..all], 0xFFFF, &mut false).filter(|value| *value > 0)
}

/// The only word of a record that can be a machine: `gateway7:8443` behind any sign, `connection to PLC-7`, `node srv28`.
pub(super) fn host(text: &[u8], blocks: &Blocks, masks: &[Range<usize>], refused: &mut bool) -> Option<Candidate> {
    let mut only: Option<Candidate> = None;
    for place in blocks.places() {
        // Names begin with a letter; one that reaches the end of the block may have its digit in the next.
        let Block { name, word, digit, .. } = place.here;
        let starts = place.begins(|block| block.name) & word & !digit;
        let may_be_machine = |bit: &u32| {
            let length = (!(name >> bit)).trailing_zeros();
            bit + length >= 64 || (digit | name & !word) >> bit & ((1 << length) - 1) != 0
        };
        for bit in bits(starts).filter(may_be_machine) {
            let start = place.base + bit as usize;
            if masks.iter().any(|mask| mask.contains(&start)) {
                continue;
            }
            let Some(found) = machine(text, start, refused) else { continue };
            match &only {
                Some(known) if text[known.host.clone()] != text[found.host.clone()] => return None,
                Some(known) if known.port.is_some() => {}
                _ => only = Some(found),
            }
        }
    }
    only
}

fn machine(text: &[u8], start: usize, refused: &mut bool) -> Option<Candidate> {
    let name = text[start..].iter().take(64).take_while(|byte| is_name_byte(**byte)).count();
    let end = start + name - text[start..start + name].iter().rev().take_while(|byte| b".-_".contains(byte)).count();
    let name = &text[start..end];
    if !is_machine_name(name) || is_of_code(name) || matches!(text.get(end), Some(b'(' | b'\\' | b'=' | b'/' | b'@')) {
        return None;
    }
    let before = &text[..start];
    if before.last().is_some_and(|byte| matches!(byte, b'/' | b'\\' | b'$' | b'%' | b'@' | b'#' | b'+' | b'~')) {
        return None;
    }
    let glued = text.get(end) == Some(&b':') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    if glued {
        *refused = true;
        let (digits, all) = digits_at(text, end + 1)?;
        if !is_port_not_code(&text[digits..all]) || text.get(all) == Some(&b':') {
            return None;
        }
        let port = small(&text[digits..all], 0xFFFF, &mut false)?;
        return Some(Candidate {
            range: start..all,
            host: start..end,
            port: Some(port),
            kind: Kind::Name,
            introduced: 1,
        });
    }
    if !leads_to_machine(before) {
        return None;
    }
    let (port, all) = port::port_behind(text, start..end, refused);
    *refused |= port.is_some();
    Some(Candidate { range: start..all, host: start..end, port, kind: Kind::Name, introduced: 1 })
}

/// Whether a name without dots ends with a number as those of machines do.
pub(super) fn is_numbered_machine(name: &[u8]) -> bool {
    name.last().is_some_and(u8::is_ascii_digit) && is_machine_name(name)
}

/// `srv28`, `db-01`, `PLC-MAIN`: letters in front, then a digit somewhere; or capitals with a sign between. Not what programs
/// number: `thread-1`, `sha256`, `tls1`.
fn is_machine_name(name: &[u8]) -> bool {
    const NUMBERED: [&str; 58] = [
        "thread",
        "worker",
        "task",
        "attempt",
        "retry",
        "conn",
        "connection",
        "session",
        "channel",
        "client",
        "job",
        "queue",
        "shard",
        "fd",
        "eth",
        "com",
        "stream",
        "sha",
        "md",
        "utf",
        "iso",
        "cp",
        "tls",
        "tlsv",
        "ssl",
        "sslv",
        "http",
        "h",
        "ipv",
        "ip",
        "tcp",
        "udp",
        "win",
        "x",
        "v",
        "version",
        "step",
        "line",
        "port",
        "id",
        "socket",
        "sock",
        "pool",
        "exec",
        "proc",
        "pid",
        "handle",
        "slot",
        "loop",
        "rc",
        "python",
        "base",
        "int",
        "uint",
        "layer",
        "level",
        "winsock",
        "ws",
    ];
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let signed = name.iter().any(|byte| matches!(byte, b'-' | b'_'));
    let capitals = name.iter().all(|byte| byte.is_ascii_uppercase() || b"-_".contains(byte) || byte.is_ascii_digit());
    let digit = name.iter().any(u8::is_ascii_digit);
    let tail = name[letters..].iter().all(|byte| byte.is_ascii_digit() || b"-_#.".contains(byte));
    let numbered = tail && NUMBERED.iter().any(|word| name[..letters].eq_ignore_ascii_case(word.as_bytes()));
    let hex = name.len() >= 6 && name.iter().all(u8::is_ascii_hexdigit);
    letters >= 2
        && name.len() >= 3
        && !name.contains(&b'.')
        && (digit || capitals && signed && name.contains(&b'-'))
        && !numbered
        && !hex
        && !name.starts_with(b"WSA")
        && !name.starts_with(b"ERR")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host_of(text: &str) -> Option<String> {
        let mut blocks = Blocks::default();
        blocks.read(text.as_bytes());
        let found = host(text.as_bytes(), &blocks, &[], &mut false)?;
        Some(text[found.range].to_owned())
    }

    #[test]
    fn a_word_that_can_only_be_a_machine_is_one() {
        for (text, wanted) in [
            ("connection to PLC-7 lost", Some("PLC-7")),
            ("|gateway7:8443| reset", Some("gateway7:8443")),
            ("no connection to Broker-Demo or db_2", None),
            ("node srv28 and node srv29", None),
            ("thread worker3:12, connected to thread-1", None),
            ("failed with status5 in main2.c:77", None),
            ("node a.b2, server sha256, host deadbeef01", None),
        ] {
            assert_eq!(host_of(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_port_of_this_end_is_none() {
        for (text, wanted) in [
            ("Server: 'a', Port: 25, SSL: No", Some(25)),
            ("port: Some(9200), path", Some(9200)),
            ("listening port 80, listenPort=81, port number: 82", Some(82)),
            ("port=80 port=81", None),
            ("report 80, portable 81, port was closed, local port 5", None),
        ] {
            assert_eq!(port(text.as_bytes(), &mut false), wanted, "{text}");
        }
    }
}
