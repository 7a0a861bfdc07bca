//! The words and texts that the scanner knows, loaded once: the catalogue's, and those of `data/`.

use std::sync::LazyLock;

use winsock_codes::related::{Lookalike, lookalikes};
use winsock_codes::{Code, entries};

use crate::finding::{Operation, Runtime};
use crate::matcher::{Matcher, Phrase};

/// What a phrase means where it is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    /// A text that stands for a code.
    Text(Code, TextKind),
    /// A code's name; `wsa` if the phrase holds the prefix.
    Name { code: Code, wsa: bool },
    /// A member of .NET's `SocketError`.
    DotNet(Code),
    /// A neighbour's text.
    Neighbour(&'static Lookalike),
    /// Names an operation: 3 a function, 2 a method or a product's phrase, 1 a verb.
    Operation(Operation, u8),
    /// Shows who wrote the record; the smaller number is the surer sign.
    Run(Runtime, u16),
    /// Introduces the name of a host; how surely.
    Host(u8),
    /// Other evidence.
    Sign(Sign),
}

/// How a text stands for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// The system's English text.
    System,
    /// The system's English text, too common to count without a word of sockets.
    Weak,
    /// The system's text in another language.
    Local,
    /// A runtime's own wording.
    Own,
    /// The JDK's wording, which needs its suffix.
    Jdk,
    /// libcurl's wording, which needs libcurl's words before it.
    Curl,
}

/// What a word proves or hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Sockets are in use.
    Api,
    /// Networking.
    Net,
    /// Something went wrong.
    Fail,
    /// Written on Windows.
    Windows,
    /// Written on another system.
    Posix,
    /// Words inside mean nothing.
    Skip,
    /// The answer of a web service or another product, whose codes are its own.
    Service,
    /// Oracle Net: a code minus 10000 follows.
    Oracle,
}

const TEXTS: &str = include_str!("../data/texts.tsv");
const WORDS: &str = include_str!("../data/words.tsv");

/// Every phrase with its meaning.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) matcher: Matcher<3>,
    pub(crate) meanings: Vec<Meaning>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut all = text_phrases();
    all.extend(name_phrases());
    all.extend(neighbour_phrases());
    all.extend(word_phrases());
    let (phrases, meanings) = all.into_iter().unzip();
    Lexicon { matcher: Matcher::new(phrases, &[]), meanings }
});

/// The lexicon of this process.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// Phrases that stand for a code by themselves.
pub(crate) fn text_phrases() -> Vec<(Phrase, Meaning)> {
    let mut all = Vec::with_capacity(512);
    for entry in entries() {
        let detail = entry.detail();
        if !detail.phrase.is_empty() {
            let kind = if detail.phrase_weak { TextKind::Weak } else { TextKind::System };
            all.push((Phrase::new(detail.phrase), Meaning::Text(preferred(entry.code), kind)));
        }
        for (_, text) in detail.localized {
            all.push((Phrase::new(text), Meaning::Text(entry.code, TextKind::Local)));
        }
    }
    for (kind, code, phrase) in rows(TEXTS) {
        let kind = match kind {
            "local" => TextKind::Local,
            "own" => TextKind::Own,
            "jdk" => TextKind::Jdk,
            "curl" => TextKind::Curl,
            "weak" => TextKind::Weak,
            other => unreachable!("texts.tsv: {other} is no kind"),
        };
        let code = Code::new(code.parse().expect("texts.tsv: the second column is a number"));
        all.push((Phrase::new(phrase), Meaning::Text(code, kind)));
    }
    all
}

/// Windows has one text for two pairs of codes; applications see the second ones.
fn preferred(code: Code) -> Code {
    match code {
        Code::WSAENOMORE => Code::WSA_E_NO_MORE,
        Code::WSAECANCELLED => Code::WSA_E_CANCELLED,
        other => other,
    }
}

/// Winsock's names without `WSA` where they begin with `E`, whole otherwise; and .NET's names.
pub(crate) fn name_phrases() -> Vec<(Phrase, Meaning)> {
    let mut all = Vec::with_capacity(256);
    for entry in entries() {
        match entry.name.strip_prefix("WSA") {
            Some(bare) if bare.starts_with('E') => {
                all.push((Phrase::new(bare), Meaning::Name { code: entry.code, wsa: false }))
            }
            _ => all.push((Phrase::new(entry.name), Meaning::Name { code: entry.code, wsa: true })),
        }
        if let Some(name) = entry.twins.dotnet.filter(|name| name.len() > 6) {
            all.push((Phrase::new(name), Meaning::DotNet(entry.code)));
        }
    }
    // The resolver's codes as Unreal and BSD spell them.
    for (name, code) in [
        ("se_host_not_found", Code::WSAHOST_NOT_FOUND),
        ("se_try_again", Code::WSATRY_AGAIN),
        ("se_no_recovery", Code::WSANO_RECOVERY),
        ("se_no_data", Code::WSANO_DATA),
    ] {
        all.push((Phrase::new(name), Meaning::Name { code, wsa: true }));
    }
    all
}

pub(crate) fn neighbour_phrases() -> Vec<(Phrase, Meaning)> {
    let known = lookalikes().iter().filter(|known| !known.phrase.is_empty());
    known.map(|known| (Phrase::new(known.phrase), Meaning::Neighbour(known))).collect()
}

fn word_phrases() -> Vec<(Phrase, Meaning)> {
    let mut all = Vec::with_capacity(512);
    for (rank, line) in lines(WORDS).enumerate() {
        let (meaning, phrase) = line.split_once('\t').expect("words.tsv: two columns");
        let mut parts = meaning.split(' ');
        let meaning = match parts.next().unwrap_or("") {
            "op" => {
                let operation = parts.next().and_then(Operation::from_word).expect("words.tsv: an operation");
                let strength = parts.next().and_then(|word| word.parse().ok()).expect("words.tsv: a strength");
                Meaning::Operation(operation, strength)
            }
            "run" => {
                let runtime = parts.next().and_then(Runtime::from_word).expect("words.tsv: a runtime");
                Meaning::Run(runtime, rank as u16)
            }
            "host" => Meaning::Host(parts.next().and_then(|word| word.parse().ok()).expect("words.tsv: a score")),
            "api" => Meaning::Sign(Sign::Api),
            "net" => Meaning::Sign(Sign::Net),
            "fail" => Meaning::Sign(Sign::Fail),
            "windows" => Meaning::Sign(Sign::Windows),
            "posix" => Meaning::Sign(Sign::Posix),
            "skip" => Meaning::Sign(Sign::Skip),
            "service" => Meaning::Sign(Sign::Service),
            "oracle" => Meaning::Sign(Sign::Oracle),
            other => unreachable!("words.tsv: {other} is no meaning"),
        };
        all.push((Phrase::new(phrase), meaning));
    }
    all
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    lines(table).map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().expect("three columns");
        (next(), next(), next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_can_be_found() {
        assert_eq!(lexicon().matcher.lost(), 0);
    }

    #[test]
    fn every_row_loads() {
        assert!(lexicon().meanings.len() > 700, "{}", lexicon().meanings.len());
    }
}
