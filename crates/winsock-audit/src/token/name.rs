//! Winsock names, real and made up.

use std::sync::LazyLock;

use regex::Regex;
use winsock_codes::{Code, by_name, entries, nearest, related};

use super::{Token, What, is_word};

/// What a name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// A name of the catalogue, with `WSA`.
    Known(Code),
    /// A name of the catalogue as other systems write it too: `ECONNRESET`, `EAI_NONAME`, `HOST_NOT_FOUND`. It counts
    /// only beside a number of the Winsock range.
    Plain(Code),
    /// Made to look like Winsock's; the real one that is meant, if that can be guessed.
    MadeUp(Option<Code>),
    /// `WSABASEERR`, 10000.
    Base,
}

impl Name {
    pub(crate) fn code(&self) -> Option<Code> {
        match self {
            Name::Known(code) | Name::Plain(code) => Some(*code),
            Name::MadeUp(_) | Name::Base => None,
        }
    }
}

static WSA: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?-u)WSA(?:[A-Z0-9]|\\?_)+").expect("a valid pattern"));
static WSA_ANY_CASE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i-u)WSA[A-Z0-9_]+").expect("a valid pattern"));
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"E(?:AI\\?_)?[A-Z]{3,}|HOST\\?_NOT\\?_FOUND|TRY\\?_AGAIN|NO\\?_RECOVERY|NO\\?_DATA|NO\\?_ADDRESS")
        .expect("a valid pattern")
});

/// Appends the names in `text`. `plain` asks for names without `WSA` too.
pub(crate) fn find_names(text: &str, any_case: bool, plain: bool, tokens: &mut Vec<Token>) {
    let pattern = if any_case { &*WSA_ANY_CASE } else { &*WSA };
    for found in pattern.find_iter(text) {
        if stands_alone(text, found.start(), found.end())
            && let Some(name) = classify(found.as_str())
        {
            tokens.push(Token { span: found.range(), what: What::Name(name) });
        }
    }
    if !plain {
        return;
    }
    for found in PLAIN.find_iter(text) {
        if stands_alone(text, found.start(), found.end())
            && let Some(entry) = by_name(&found.as_str().replace('\\', ""))
        {
            tokens.push(Token { span: found.range(), what: What::Name(Name::Plain(entry.code)) });
        }
    }
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let free = |byte: Option<&u8>| byte.is_none_or(|byte| !is_word(*byte));
    free(start.checked_sub(1).map(|before| &bytes[before])) && free(bytes.get(end))
}

fn classify(written: &str) -> Option<Name> {
    let name = written.replace('\\', "").to_ascii_uppercase();
    if name == "WSABASEERR" || name == "WSABASE" {
        return Some(Name::Base);
    }
    // The catalogue's look-up is generous with prefixes; here only the very names count.
    if let Some(entry) = by_name(&name).filter(|entry| entry.names().any(|known| known.eq_ignore_ascii_case(&name))) {
        return Some(Name::Known(entry.code));
    }
    made_up(&name).map(Name::MadeUp)
}

/// Whether a name is made to look like a Winsock error, and which one is meant.
fn made_up(name: &str) -> Option<Option<Code>> {
    if let Some(known) = related::made_up(name) {
        return Some(known.nearest);
    }
    if REAL_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || name.ends_with('_') {
        return None;
    }
    let near = closest(name);
    let like_an_error = name.strip_prefix("WSAE").is_some_and(|rest| rest.len() >= 2 && rest.as_bytes()[0] != b'_');
    match near {
        Some((code, 0..=2)) => Some(Some(code)),
        _ if like_an_error => Some(nearest(name).map(|spelling| spelling.code)),
        _ => None,
    }
}

/// Identifiers of the Windows headers that are no errors of Winsock itself and could be taken for some.
const REAL_PREFIXES: [&str; 12] = [
    "WSAEVENT",
    "WSAENUM",
    "WSAESETSERVICEOP",
    "WSAECOMPARATOR",
    "WSA_FLAG_",
    "WSA_WAIT_",
    "WSA_PNRP_",
    "WSA_CMSG",
    "WSA_INVALID_EVENT",
    "WSA_QOS_NO_ERROR",
    "WSAID_",
    "WSAEMSGPARTIAL", // AppleTalk's, in atalkwsh.h: 10100
];

/// The catalogue's name that is nearest to this one, and the number of edits between them.
fn closest(name: &str) -> Option<(Code, usize)> {
    entries().iter().map(|entry| (entry.code, distance(entry.name, name, 3))).min_by_key(|(_, edits)| *edits)
}

/// Levenshtein distance, at most `limit`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> usize {
    if a.len().abs_diff(b.len()) >= limit {
        return limit;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()].min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&str, Name)> {
        let mut tokens = Vec::new();
        find_names(text, false, false, &mut tokens);
        tokens.into_iter().map(|token| (&text[token.span.clone()], token.name().unwrap().clone())).collect()
    }

    #[test]
    fn real_made_up_and_foreign_names_are_told_apart() {
        assert_eq!(names("a WSAECONNRESET b"), [("WSAECONNRESET", Name::Known(Code::WSAECONNRESET))]);
        assert_eq!(names(r"WSA\_IO\_PENDING"), [(r"WSA\_IO\_PENDING", Name::Known(Code::WSA_IO_PENDING))]);
        assert_eq!(names("WSAEMSGSZ"), [("WSAEMSGSZ", Name::MadeUp(Some(Code::WSAEMSGSIZE)))]);
        assert_eq!(names("WSAHOST_NOTFOUND")[0].1, Name::MadeUp(Some(Code::WSAHOST_NOT_FOUND)));
        assert!(names("WSAEventSelect WSAEVENT WSADATA WSA_FLAG_OVERLAPPED FS_PWSALT x_WSAEINTR WSAEINTRx").is_empty());
        assert_eq!(names("WSA_QOS_EUNKNOWNPSOBJ")[0].1, Name::Known(Code::WSA_QOS_EUNKOWNPSOBJ));
    }
}
