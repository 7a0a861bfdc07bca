//! Whether a file can hold any statement at all: a quick search that lets most of a source tree pass unread.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// `WSA`, or a number of Winsock's range in a usual notation. Every statement has one of them.
const CANDIDATE: &str = concat!(
    r"(?-u)WSA|\b10[01][0-9][0-9]\b|\b110[0-3][0-9]\b|0[xX]2[7aAbB][0-9a-fA-F]{2}\b",
    r"|8007 ?2[7aAbB][0-9a-fA-F]{2}|21470148[0-9]{2}|21479[0-9]{5}"
);

static SEARCH: LazyLock<Regex> = LazyLock::new(|| Regex::new(CANDIDATE).expect("a valid pattern"));
static SEARCH_ANY_CASE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("(?i-u){}", CANDIDATE.trim_start_matches("(?-u)"))).expect("a valid pattern"));

static HEADERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?i-u)winsock2?[.]h|ws2tcpip[.]h|mswsock[.]h").expect("a valid pattern"));

/// Whether these bytes can be C that calls Winsock.
pub(crate) fn includes_winsock(bytes: &[u8]) -> bool {
    HEADERS.is_match(bytes)
}

/// Whether these bytes can hold a statement; true for bytes that may be UTF-16, which have to be decoded first.
pub(crate) fn is_candidate(bytes: &[u8], any_case: bool) -> bool {
    let search = if any_case { &*SEARCH_ANY_CASE } else { &*SEARCH };
    search.is_match(bytes) || may_be_utf16(bytes)
}

fn may_be_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) || bytes.len() > 1 && (bytes[0] == 0) != (bytes[1] == 0)
}
