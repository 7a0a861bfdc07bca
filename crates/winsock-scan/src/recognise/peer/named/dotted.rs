//! Names of hosts by their form, `mail.example.org`, where a preposition or a bracket leads to them.

use super::super::{Candidate, Kind};
use super::words::{introduces, is_file_name, is_of_program};
use super::{goes_on, name_end, port_behind};
use crate::recognise::blocks::{Block, Blocks, Place, bits};

/// The last parts of names that hosts have, of those that names in programs do not have as well.
pub(super) const TOP: &[&str] = &[
    "com",
    "net",
    "org",
    "edu",
    "gov",
    "mil",
    "info",
    "biz",
    "local",
    "localdomain",
    "lan",
    "corp",
    "intern",
    "internal",
    "home",
    "test",
    "example",
    "invalid",
    "domain",
    "arpa",
    "cloud",
    "app",
    "dev",
    "site",
    "online",
    "tech",
    "arpa",
    "ad",
    "intra",
    "uk",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "ru",
    "cn",
    "jp",
    "kr",
    "br",
    "pl",
    "cz",
    "se",
    "dk",
    "no",
    "fi",
    "ch",
    "at",
    "be",
    "au",
    "ca",
    "us",
    "eu",
    "in",
    "tr",
    "ua",
    "tv",
    "me",
    "gg",
    "ai",
    "xyz",
    "tw",
    "hk",
    "sg",
    "nz",
    "za",
    "mx",
    "ar",
    "pt",
    "ie",
    "gr",
    "hu",
    "ro",
    "il",
    "ir",
    "vn",
    "th",
    "id",
];

/// The names of hosts of a record that something leads to.
pub(super) fn find<'t>(
    text: &'t [u8],
    blocks: &'t Blocks,
    refused: &'t mut bool,
) -> impl Iterator<Item = Candidate> + 't {
    let starts = blocks.places().flat_map(move |place| {
        let starts = bits(place.begins(|block| block.name)).filter(move |bit| !is_plain(text, &place, *bit));
        starts.map(move |bit| place.base + bit as usize)
    });
    starts.filter_map(move |start| candidate(text, start, refused))
}

/// Whether a word of nothing but letters, or nothing but digits and signs, begins there, as most do; not told of words that
/// reach the end of the block.
fn is_plain(text: &[u8], place: &Place, bit: u32) -> bool {
    let Block { name, word, digit, .. } = place.here;
    let length = (!(name >> bit)).trailing_zeros();
    if bit + length >= 64 {
        return false;
    }
    let among = |kind: u64| kind >> bit & ((1 << length) - 1) != 0;
    let start = place.base + bit as usize;
    !among(word & !digit) || !among(name & !word | digit) && !text[start..start + length as usize].contains(&b'_')
}

fn candidate(text: &[u8], start: usize, refused: &mut bool) -> Option<Candidate> {
    let end = name_end(text, start);
    let name = &text[start..end];
    if is_machine(text, start, name) && !goes_on(text, end) {
        let (port, all) = port_behind(text, start..end, refused);
        return Some(Candidate { range: start..all, host: start..end, port, kind: Kind::Name, introduced: 20 });
    }
    let dot = name.iter().rposition(|byte| *byte == b'.')?;
    let top = &name[dot + 1..];
    // `_ldap._tcp.example.net` is the name of a service.
    let begins = name[0].is_ascii_alphanumeric()
        || [&b"._tcp."[..], b"._udp.", b"._tls."].iter().any(|way| memchr::memmem::find(name, way).is_some());
    let known = dot > 0 && begins && TOP.iter().any(|word| top.eq_ignore_ascii_case(word.as_bytes()));
    if !known || is_of_program(name) || is_file_name(name) || goes_on(text, end) || text.get(end) == Some(&b'@') {
        return None;
    }
    let score = if is_not_found(&text[end..]) {
        45
    } else if text[..start].ends_with(b"://") {
        // What is to be known of URLs was looked at with their schemes.
        return None;
    } else if introduces(&text[..start]) {
        24
    } else {
        alone(text, start, end)?
    };
    let (port, all) = port_behind(text, start..end, refused);
    Some(Candidate { range: start..all, host: start..end, port, kind: Kind::Name, introduced: score })
}

/// `node PLC_SRV`, `server sql-01`: a name with a digit or a sign in it, behind a word for a machine.
fn is_machine(text: &[u8], start: usize, name: &[u8]) -> bool {
    const NOUNS: &[&[u8]] = &[
        b"host",
        b"server",
        b"node",
        b"machine",
        b"computer",
        b"station",
        b"agent",
        b"replica",
        b"controller",
        b"system name",
        b"host name",
        b"server name",
        b"computer name",
        b"machine name",
    ];
    const OTHER: &[&[u8]] = &[b"ipv4", b"ipv6", b"http2", b"http3", b"tcp4", b"tcp6"];
    let signs = name.iter().any(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
    let whole = !name.contains(&b'.') && name.len() >= 3 && name[0].is_ascii_alphabetic();
    if !signs || !whole || OTHER.iter().any(|other| name.eq_ignore_ascii_case(other)) {
        return false;
    }
    // A quoted one needs no noun: `lookup failure for 'nas-03'`.
    let quote = if start == 0 { b' ' } else { text[start - 1] };
    if matches!(quote, b'"' | b'\'') && text.get(start + name.len()) == Some(&quote) && introduces(&text[..start]) {
        // What a program calls itself: `client 'edge7'`, an event's `<Provider Name='Service-Control'/>`.
        let before = text[..start - 1].trim_ascii_end();
        return !(before.ends_with(b"client") || before.ends_with(b"Client") || before.ends_with(b" Name="));
    }
    let before = text[..start].strip_suffix(b" ").or_else(|| text[..start].strip_suffix(b"=")).unwrap_or(b"");
    NOUNS.iter().any(|noun| {
        let at = before.len().wrapping_sub(noun.len());
        before.get(at..).is_some_and(|word| word.eq_ignore_ascii_case(noun))
            && (at == 0 || !before[at - 1].is_ascii_alphanumeric())
    })
}

/// `auth.example.org could not be resolved`: whether what stands behind a name says that nobody knows it.
fn is_not_found(behind: &[u8]) -> bool {
    const VERBS: [&[u8]; 8] = [
        b"could not be resolved",
        b"cannot be resolved",
        b"can't be resolved",
        b"not resolved",
        b"did not resolve",
        b"does not resolve",
        b"not found",
        b"lookup failed",
    ];
    let cut = behind.iter().take(3).take_while(|byte| b"\"' :,".contains(byte)).count();
    cut > 0 && VERBS.iter().any(|verb| behind[cut..].starts_with(verb))
}

/// How surely a name is the peer that stands in brackets, or at the front with a colon behind.
fn alone(text: &[u8], start: usize, end: usize) -> Option<i32> {
    let before = if start == 0 { b'\n' } else { text[start - 1] };
    let behind = text.get(end).copied().unwrap_or(b'\n');
    match (before, behind) {
        (b'(', b')') | (b'[', b']') | (b'<', b'>') | (b'"', b'"') | (b'\'', b'\'') => Some(12),
        (b'\n' | b' ', b':') => Some(8),
        // Nothing leads to it, but nothing else in a log looks like `irc.example.net`.
        _ if text[start..end].iter().filter(|byte| **byte == b'.').count() > 1 => Some(4),
        _ => None,
    }
}
