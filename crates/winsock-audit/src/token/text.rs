//! Message texts: Windows' own, and the customary short titles that string tables use.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use winsock_codes::{Code, entries};

/// One way to recognise a text: its distinctive words, and the words that Windows writes before and after them.
struct Phrase {
    before: String,
    after: String,
    codes: Vec<Code>,
}

struct Phrases {
    search: AhoCorasick,
    phrases: Vec<Phrase>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut texts: Vec<(String, Phrase)> = Vec::new();
    let mut add = |text: String, before: String, after: String, code: Code| match texts
        .iter_mut()
        .find(|(known, _)| *known == text)
    {
        Some((_, phrase)) => phrase.codes.push(code),
        None => texts.push((text, Phrase { before, after, codes: vec![code] })),
    };
    for entry in entries() {
        let detail = entry.detail();
        let message = detail.message.to_lowercase();
        if !detail.phrase.is_empty() && !detail.phrase_weak {
            let (before, after) = message.split_once(detail.phrase).unwrap_or_default();
            let after = after.trim_matches(|c: char| !c.is_alphanumeric());
            add(detail.phrase.to_owned(), before.trim().to_owned(), after.to_owned(), entry.code);
        }
        for (_, text) in detail.localized {
            add((*text).to_owned(), String::new(), String::new(), entry.code);
        }
    }
    let (texts, phrases): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
    let search = AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(texts);
    Phrases { search: search.expect("a few hundred short patterns"), phrases }
});

/// The codes whose system text `segment` begins with, or that its customary title is when it is nothing else. Empty if
/// the text is nobody's in particular.
pub(crate) fn recognise(segment: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    for found in PHRASES.search.find_overlapping_iter(segment) {
        let phrase = &PHRASES.phrases[found.pattern().as_usize()];
        let before = segment[..found.start()].trim().to_lowercase();
        if phrase.before.ends_with(&before) {
            codes.extend(&phrase.codes);
        }
    }
    if codes.is_empty() {
        codes.extend(titles(segment));
    }
    codes
}

/// As [`recognise`], for a text that `segment` ends with; with the place where it begins.
pub(crate) fn recognise_end(segment: &str) -> Option<(usize, Vec<Code>)> {
    let mut best: Option<(usize, Vec<Code>)> = None;
    for found in PHRASES.search.find_overlapping_iter(segment) {
        let phrase = &PHRASES.phrases[found.pattern().as_usize()];
        let after = segment[found.end()..].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if phrase.after.starts_with(&after) {
            let (start, codes) = best.get_or_insert((found.start(), Vec::new()));
            *start = found.start().min(*start);
            codes.extend(&phrase.codes);
        }
    }
    best
}

/// The codes that have this title; the segment must be nothing but the title.
fn titles(segment: &str) -> &'static [Code] {
    let trimmed = segment.trim_matches(|c: char| !c.is_alphanumeric());
    if trimmed.len() > 90 {
        return &[];
    }
    TITLES.get(trimmed.to_lowercase().as_str()).map_or(&[], Vec::as_slice)
}

static TITLES: LazyLock<HashMap<String, Vec<Code>>> = LazyLock::new(|| {
    let mut titles: HashMap<String, Vec<Code>> = HashMap::new();
    for (values, texts) in SHORT_TITLES {
        for text in *texts {
            titles.entry((*text).to_owned()).or_default().extend(values.iter().map(|value| Code::new(*value)));
        }
    }
    for entry in entries() {
        let message = entry.detail().message;
        if !message.is_empty() {
            titles.entry(message.trim_end_matches('.').to_lowercase()).or_default().push(entry.code);
        }
    }
    titles
});

/// Titles that tables and `strerror` functions use, in lower case, with every code that they may stand for. Titles that
/// fit too many errors ("permission denied" of files, "invalid argument") are listed too: they are compared only when
/// they are the whole string beside a number of the Winsock range.
/// Sources: titles on Microsoft's page "Windows Sockets Error Codes", BSD and glibc `strerror`, CPython's socket.py.
const SHORT_TITLES: &[(&[i32], &[&str])] = &[
    (&[10004], &["interrupted function call", "interrupted system call"]),
    (&[10009], &["bad file descriptor", "file handle is not valid", "bad file number"]),
    (&[10013], &["permission denied"]),
    (&[10014], &["bad address"]),
    (&[10022], &["invalid argument"]),
    (&[10024], &["too many open files", "too many open sockets"]),
    (&[10035], &["operation would block", "the socket operation would block"]),
    (&[10035, 11002], &["resource temporarily unavailable"]),
    (&[10036, 10037], &["operation now in progress", "operation already in progress"]),
    (&[10038], &["socket operation on nonsocket", "socket operation on non-socket"]),
    (&[10039], &["destination address required"]),
    (&[10040], &["message too long"]),
    (&[10041], &["protocol wrong type for socket"]),
    (&[10042], &["bad protocol option", "protocol not available"]),
    (&[10043], &["protocol not supported"]),
    (&[10044], &["socket type not supported"]),
    (&[10045], &["operation not supported", "operation not supported on socket"]),
    (&[10046], &["protocol family not supported"]),
    (&[10047], &["address family not supported by protocol family", "address family not supported by protocol"]),
    (&[10048], &["address already in use"]),
    (&[10049], &["cannot assign requested address", "can't assign requested address"]),
    (&[10050], &["network is down"]),
    (&[10051], &["network is unreachable"]),
    (&[10052], &["network dropped connection on reset"]),
    (&[10053], &["software caused connection abort", "connection aborted"]),
    (&[10054], &["connection reset by peer", "connection reset", "the connection has been reset"]),
    (&[10055], &["no buffer space available"]),
    (&[10056], &["socket is already connected"]),
    (&[10057], &["socket is not connected"]),
    (&[10058], &["cannot send after socket shutdown", "can't send after socket shutdown"]),
    (&[10059], &["too many references", "too many references: can't splice"]),
    (&[10060], &["connection timed out", "the operation timed out", "operation timed out"]),
    (&[10061], &["connection refused"]),
    (&[10062], &["cannot translate name", "too many levels of symbolic links"]),
    (&[10063], &["name too long", "the name is too long", "file name too long"]),
    (&[10064], &["host is down", "the host is down"]),
    (&[10065], &["no route to host", "the host is unreachable", "host is unreachable"]),
    (&[10066], &["directory not empty"]),
    (&[10067], &["too many processes"]),
    (&[10068], &["user quota exceeded", "too many users"]),
    (&[10069], &["disk quota exceeded"]),
    (&[10070], &["stale file handle reference", "stale nfs file handle"]),
    (&[10071], &["item is remote", "too many levels of remote in path"]),
    (&[10091], &["network subsystem is unavailable"]),
    (&[10092], &["winsock.dll version out of range"]),
    (&[10093], &["successful wsastartup not yet performed"]),
    (&[10101], &["graceful shutdown in progress"]),
    (&[10104], &["procedure call table is invalid"]),
    (&[10105], &["service provider is invalid"]),
    (&[10106], &["service provider failed to initialize"]),
    (&[10107], &["system call failure"]),
    (&[10108], &["service not found"]),
    (&[10109], &["class type not found"]),
    (&[10112], &["database query was refused"]),
    (&[11001], &["host not found"]),
    (&[11002], &["nonauthoritative host not found", "non-authoritative host not found"]),
    (&[11003], &["this is a nonrecoverable error", "non-recoverable error"]),
    (&[11004], &["valid name, no data record of requested type", "valid name, no data record requested type"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_titles_are_recognised_and_mere_mentions_are_not() {
        let codes = |text| recognise(text).iter().map(|code| code.value()).collect::<Vec<_>>();
        assert_eq!(codes("An existing connection was forcibly closed by the remote host."), [10054]);
        assert_eq!(codes("existing connection was forcibly closed"), [10054]);
        assert_eq!(codes("Connection refused."), [10061]);
        assert!(codes("Connection refused by the firewall").is_empty());
        assert!(codes("Here nobody says that an existing connection was forcibly closed").is_empty());
        assert_eq!(codes("No more results can be returned by WSALookupServiceNext."), [10102, 10110]);
    }
}
