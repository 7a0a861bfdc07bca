//! Numeric addresses, with the ports that belong to them.

use super::port::{self, port_behind, small};
use super::score::ends_with_endpoint;
use super::{Candidate, Kind, MAX_CANDIDATES, is_name_byte};
use crate::recognise::blocks::{Blocks, bits};

/// Finds the numeric addresses of a text.
pub(super) fn find(text: &[u8], blocks: &Blocks, found: &mut Vec<Candidate>, refused: &mut bool) {
    for candidate in tuples(text, refused).take(MAX_CANDIDATES / 2) {
        found.push(candidate);
    }
    let v6 = blocks.may_hold_v6(text);
    // What lies before was looked at with the address there.
    let mut free = 0;
    for place in blocks.places() {
        let behind_name = place.behind(|block| block.name);
        let behind_dash = place.behind(|block| block.name & !block.word & !block.dot);
        let behind_dash = place.here.digit & behind_dash;
        let starts =
            if v6 { (place.here.word | place.here.colon) & !behind_name } else { place.here.digit & !behind_name };
        let starts = starts | behind_dash;
        for bit in bits(starts) {
            let at = place.base + bit as usize;
            if at < free {
                continue;
            }
            // The first part of an IPv4 address ends with a dot.
            let digits = place.digits(bit);
            let v4 = digits == u32::MAX || digits.wrapping_sub(1) < 3 && place.here.dot >> (bit + digits) & 1 == 1;
            // The second of `10.0.0.5:50122-10.0.0.9:22000`; other digits behind a dash belong to a name or a date.
            if behind_dash >> bit & 1 == 1 && !(v4 && ends_with_endpoint(&text[..at - 1])) {
                continue;
            }
            if let Some(candidate) = address_at(text, at, v4, v6, refused) {
                free = candidate.host.end;
                found.push(candidate);
                if found.len() >= MAX_CANDIDATES {
                    return;
                }
            }
        }
    }
}

/// Addresses as Erlang writes them, `{{10,0,0,5},5672}`.
fn tuples<'t>(text: &'t [u8], refused: &'t mut bool) -> impl Iterator<Item = Candidate> + 't {
    memchr::memchr_iter(b'{', text).filter_map(|open| {
        let end = tuple_end(text, open + 1)?;
        let (port, all) = match port::in_tuple(text, end) {
            Some((digits, all)) => (Some(small(&text[digits..all], 0xFFFF, refused)?), all),
            None => port_behind(text, open + 1..end, refused),
        };
        Some(Candidate { range: open..all, host: open + 1..end - 1, port, kind: Kind::Tuple, introduced: 0 })
    })
}

/// Where `10,0,0,5}` ends.
fn tuple_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for sign in *b",,,}" {
        at += usize::from(at > start && text.get(at) == Some(&b' '));
        let digits = text.get(at..)?.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        small(&text[at..at + digits], 255, &mut false).filter(|_| digits <= 3)?;
        at += digits;
        (text.get(at) == Some(&sign)).then_some(())?;
        at += 1;
    }
    Some(at)
}

/// The address that begins at `at`, where no name or `:` goes on. `v4` and `v6` say which kinds are possible; `refused` is
/// set if a number is too large.
fn address_at(text: &[u8], at: usize, v4: bool, v6: bool, refused: &mut bool) -> Option<Candidate> {
    let byte = text[at];
    let before = if at == 0 { b' ' } else { text[at - 1] };
    if v4
        && byte.is_ascii_digit()
        && !is_version(&text[..at])
        && let Some(end) = v4_end(text, at, refused)
    {
        return Some(Candidate::new(text, at..end, end, Kind::V4, refused));
    }
    if !v6 {
        return None;
    }
    if before == b'['
        && let Some(end) = v6_end(text, at).filter(|end| text.get(*end) == Some(&b']'))
    {
        let (port, all) = port_behind(text, at..end + 1, refused);
        return Some(Candidate { range: at - 1..all, host: at..end, port, kind: Kind::V6, introduced: 0 });
    }
    if (byte.is_ascii_hexdigit() || byte == b':') && !is_name_byte(before) && before != b':' {
        return bare_v6(text, at, refused);
    }
    None
}

/// `Version=4.0.0.0`, of .NET's assemblies; `version : 4.2.10.53`, of a report of a crash.
fn is_version(before: &[u8]) -> bool {
    let word = before.trim_ascii_end();
    let word = word.strip_suffix(b"=").or_else(|| word.strip_suffix(b":")).map(<[u8]>::trim_ascii_end);
    word.and_then(|word| word.last_chunk::<7>()).is_some_and(|word| word.eq_ignore_ascii_case(b"version"))
}

impl Candidate {
    /// A numeric address, and the port behind `end`.
    fn new(text: &[u8], host: std::ops::Range<usize>, end: usize, kind: Kind, refused: &mut bool) -> Candidate {
        let (port, all) = port_behind(text, host.start..end, refused);
        Candidate { range: host.start..all, host, port, kind, introduced: 0 }
    }
}

fn v4_end(text: &[u8], start: usize, refused: &mut bool) -> Option<usize> {
    let mut at = start;
    for part in 0..4 {
        let digits = text[at..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 3 {
            return None;
        }
        let end = at + digits;
        // Before its value is judged: another number that is too large says nothing of records like this one.
        if part < 3 && text.get(end) != Some(&b'.') {
            return None;
        }
        small(&text[at..end], 255, refused)?;
        at = end;
        if part < 3 {
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
    let run = v6_run(text, start);
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

/// How many bytes stand there of which IPv6 addresses consist.
fn v6_run(text: &[u8], start: usize) -> usize {
    text[start..].iter().take(64).take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')).count()
}

/// Whether a group of at most four hexadecimal digits and a colon stand there, as at the front of every IPv6 address.
fn begins_v6(text: &[u8], start: usize) -> bool {
    let digits = text[start..].iter().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    digits < 5 && text.get(start + digits) == Some(&b':')
}

/// Node writes `connect ENETUNREACH 2001:db8::1:443`, stunnel `s_connect: connect 2001:db8::1:636: `, always with a port.
fn always_has_port(before: &[u8]) -> bool {
    if [&b"s_connect: connect "[..], b"s_connect: connecting ", b"s_connect: s_poll_wait "]
        .iter()
        .any(|lead| before.ends_with(lead))
    {
        return true;
    }
    let Some(before) = before.strip_suffix(b" ") else { return false };
    let name = before.iter().rev().take(16).take_while(|byte| byte.is_ascii_uppercase()).count();
    name > 3 && before[before.len() - name] == b'E'
}

/// `::1:3000` (Node's way) or `fe80::1%4`: the last group is taken for a port if it cannot belong to the address, or
/// the address is a loopback.
fn bare_v6(text: &[u8], start: usize, refused: &mut bool) -> Option<Candidate> {
    if !begins_v6(text, start) {
        return None;
    }
    let run = v6_run(text, start);
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
        return Some(Candidate::new(text, start..scope, scope, Kind::V6, refused));
    }
    if text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    if let Some((head, tail)) = whole.rsplit_once(':') {
        let decimal = tail.len() >= 2 && tail.bytes().all(|byte| byte.is_ascii_digit());
        let closed = head.parse::<std::net::Ipv6Addr>().is_ok_and(|_| !head.ends_with(':') || head == "::");
        if decimal
            && closed
            && (always_has_port(&text[..start])
                || head == "::1"
                || head == "::"
                || whole.parse::<std::net::Ipv6Addr>().is_err()
                || tail.len() == 5)
        {
            let port = tail.parse().ok()?;
            let host = start..start + head.len();
            return Some(Candidate { range: start..end, host, port: Some(port), kind: Kind::V6, introduced: 0 });
        }
    }
    // A time of day has colons too.
    let address = whole.parse::<std::net::Ipv6Addr>().ok()?;
    (whole.contains("::") || address.segments()[0] != 0).then_some(())?;
    if !whole.contains("::") && whole.len() < 15 {
        return None;
    }
    Some(Candidate::new(text, start..end, end, Kind::V6, refused))
}
