//! The name that was looked up in vain, where nothing but the look-up makes a name of it: `gethostbyname failed for mailhost`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::named::is_of_code;
use super::{Candidate, Kind, is_name_byte};

/// How many words may stand between the look-up and the name.
const MOST_WORDS: usize = 4;

/// What names a look-up; the name stands behind it.
const LEADS: [&str; 9] = [
    "esolve ",
    "esolving ",
    "esolution of ",
    "esolution for ",
    "ookup ",
    "ook up ",
    "gethostbyname ",
    "getaddrinfo ",
    "ailed for ",
];

/// Words between the two that say nothing of the name.
const FILLERS: [&str; 16] = [
    "host",
    "hostname",
    "name",
    "server",
    "address",
    "information",
    "domain",
    "dns",
    "of",
    "for",
    "the",
    "machine",
    "failed",
    "failure",
    "error",
    "query",
];

/// Words that go on about the look-up itself.
const OTHERS: [&str; 16] = [
    "timeout", "timed", "result", "results", "request", "requests", "thread", "status", "retry", "attempt", "response",
    "cache", "it", "this", "that", "no",
];

/// The name that a record says was looked up, of a record that holds no address.
pub(super) fn name(text: &[u8], masks: &[Range<usize>]) -> Option<Candidate> {
    static FINDERS: LazyLock<[Finder<'static>; 9]> = LazyLock::new(|| LEADS.map(Finder::new));
    let ends = FINDERS.iter().flat_map(|lead| lead.find_iter(text).map(|at| at + lead.needle().len()));
    // `lookup` has more behind it than names.
    let is_noun = |end: usize| text[..end].ends_with(b"ookup ");
    let host = ends.into_iter().filter_map(|end| name_behind(text, end, is_noun(end))).find(|host| {
        let is_told = |mask: &Range<usize>| mask.contains(&host.start);
        !masks.iter().any(is_told)
    })?;
    Some(Candidate { range: host.clone(), host, port: None, kind: Kind::Name, introduced: 1 })
}

/// The name that begins at a place, behind words that say nothing. Where it is `doubtful` that one does, it must look like one.
fn name_behind(text: &[u8], mut at: usize, mut doubtful: bool) -> Option<Range<usize>> {
    for _ in 0..MOST_WORDS {
        let signs = text[at..].iter().take(3).take_while(|byte| b" \"'`(:<[".contains(byte)).count();
        let start = at + signs;
        let quote = signs > 0 && matches!(text[start - 1], b'"' | b'\'' | b'`');
        let length = text[start..].iter().take(64).take_while(|byte| is_name_byte(**byte)).count();
        let word = &text[start..start + length];
        at = start + length;
        let quoted = quote && matches!(text.get(at), Some(b'"' | b'\''));
        let is = |known: &&str| word.eq_ignore_ascii_case(known.as_bytes());
        if !quoted && FILLERS.iter().any(is) {
            // `lookup failed: timeout` names nothing, `lookup failed for db1` does.
            doubtful = !(is(&"for") || is(&"of")) && (doubtful || is(&"failed") || is(&"failure") || is(&"error"));
            continue;
        }
        let numbered = word.iter().any(|byte| byte.is_ascii_digit() || *byte == b'-');
        let plain = word.first().is_some_and(u8::is_ascii_alphabetic)
            && (2..64).contains(&length)
            && !OTHERS.iter().any(is)
            && !is_of_code(word)
            && !word.starts_with(b"WSA")
            && !word.starts_with(b"EAI_")
            && !matches!(word.last(), Some(b'.' | b'_' | b'-'));
        return (plain && (quoted || ends_name(&text[at..])) && (quoted || numbered || !doubtful)).then_some(start..at);
    }
    None
}

/// Whether what stands behind a word goes on about the look-up, or nothing does.
fn ends_name(behind: &[u8]) -> bool {
    const NEXT: [&[u8]; 12] =
        [b" failed", b" (", b": ", b", ", b") ", b")", b" ->", b" =>", b" - ", b" with ", b" returned", b" gave"];
    behind.trim_ascii().is_empty() || behind[0] == b'\n' || NEXT.iter().any(|next| behind.starts_with(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_behind_their_look_up() {
        for (text, wanted) in [
            ("gethostbyname failed for mailhost: 11001", Some("mailhost")),
            ("DNS lookup for mailhost failed: 11001", Some("mailhost")),
            ("could not resolve mailhost (11001)", Some("mailhost")),
            ("unable to resolve host name 'my host' (11001)", None),
            ("Host lookup of 'mailhost' failed with error 11001", Some("mailhost")),
            ("hostname lookup failed: backend7 (WSANO_DATA)", Some("backend7")),
            ("hostname lookup failed: timeout (11002)", None),
            ("lookup failed, retrying", None),
            ("could not resolve host (11001)", None),
            ("could not resolve the name: error 11001", None),
            ("DNS lookup failed: WSAHOST_NOT_FOUND", None),
            ("resolve failed with error 11001", None),
            ("failed to lookup address information: no such host", None),
            ("DNS lookup timeout: 11002", None),
            ("resolve timed out (11002)", None),
            ("lookup plc-3: 11001", Some("plc-3")),
        ] {
            let found = name(text.as_bytes(), &[]).map(|found| &text[found.host]);
            assert_eq!(found, wanted, "{text}");
        }
    }
}
