//! Makes `generated.rs` from the catalogue and the tables of `data/`, and proves that the committed file is what they give.
//!
//! `WSA_WRITE=1 cargo test -p winsock-scan lexicon` writes it.

use winsock_codes::related::lookalikes;
use winsock_codes::{Code, entries};

use super::{Meaning, Sign, TextKind};
use crate::finding::{Operation, Runtime};
use crate::matcher::choose::offsets_for;
use crate::matcher::{Matcher, Phrase, is_soft};
use crate::number::network_status;

const TEXTS: &str = include_str!("../../data/texts.tsv");
const WORDS: &str = include_str!("../../data/words.tsv");

/// Records such as the scanner reads: fingerprints are chosen that are rare in them.
const SAMPLE: &str = include_str!("../../tests/corpus/samples.tsv");

/// A phrase as it is written in its table, and its meaning.
type Row = (&'static str, Meaning);

/// Every phrase.
fn all() -> Vec<Row> {
    let mut all = text_phrases();
    all.extend(name_phrases());
    all.extend(neighbour_phrases());
    all.extend(word_phrases());
    // Short phrases have tables of their own.
    all.sort_by_key(|(phrase, _)| Phrase::new(phrase).is_short());
    all
}

/// The generated file.
fn generated(all: &[Row]) -> String {
    let phrases: Vec<Phrase> = all.iter().map(|(phrase, _)| Phrase::new(phrase)).collect();
    let (long, short) = phrases.split_at(phrases.partition_point(|phrase| !phrase.is_short()));
    let sought = |phrase: &Phrase| phrase.has_edge() || phrase.inner_letter().is_some();
    assert!(short.iter().all(sought), "short phrases are searched at the edges of words and at known letters only");
    let short = Matcher::<3>::new(short.to_vec(), &[]);
    assert_eq!(short.lost(), 0, "every phrase can be found");
    assert_eq!(short.offsets(), vec![0; short.offsets().len()], "short phrases are searched where they begin");
    let offsets = offsets_for(long, SAMPLE.as_bytes()).into_iter().chain(short.offsets());
    let mut out = String::from(
        "//! Made from the catalogue and `data/*.tsv` by `WSA_WRITE=1 cargo test -p winsock-scan lexicon`; not edited by hand.\n\
         //! The phrase, where its fingerprint begins, what it means.\n\n\
         use winsock_codes::Code;\n\n\
         use super::{Meaning::*, Row, Sign::*, TextKind::*};\n\
         use crate::finding::{Operation as Op, Runtime as Rt};\n\n",
    );
    out += &format!("pub(crate) static ROWS: [Row; {}] = [\n", all.len());
    for ((phrase, meaning), offset) in all.iter().zip(offsets) {
        out += &format!("    ({phrase:?}, {offset}, {}),\n", rust(meaning));
    }
    out + "];\n"
}

/// A meaning as the generated file spells it.
fn rust(meaning: &Meaning) -> String {
    let code = |code: &Code| format!("Code::new({})", code.value());
    match meaning {
        Meaning::Text(of, kind) => format!("Text({}, {kind:?})", code(of)),
        Meaning::Name { code: of, wsa } => format!("Name {{ code: {}, wsa: {wsa} }}", code(of)),
        Meaning::Status(of) => format!("Status({})", code(of)),
        Meaning::DotNet(of) => format!("DotNet({})", code(of)),
        Meaning::Operation(operation, strength) => format!("Operation(Op::{operation:?}, {strength})"),
        Meaning::Run(runtime, rank) => format!("Run(Rt::{runtime:?}, {rank})"),
        Meaning::Neighbour(_) | Meaning::Host(_) | Meaning::Sign(_) => format!("{meaning:?}"),
    }
}

/// Phrases that stand for a code by themselves.
fn text_phrases() -> Vec<Row> {
    let mut all = Vec::with_capacity(512);
    for entry in entries() {
        let detail = entry.detail();
        if !detail.phrase.is_empty() {
            let kind = if detail.phrase_weak { TextKind::Weak } else { TextKind::System };
            all.push((detail.phrase, Meaning::Text(preferred(entry.code), kind)));
        }
        for (_, text) in detail.localized {
            all.push((text, Meaning::Text(entry.code, TextKind::Local)));
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
        all.push((phrase, Meaning::Text(code, kind)));
    }
    let local = all.iter().filter(|(_, meaning)| matches!(meaning, Meaning::Text(_, TextKind::Local)));
    let written_out: Vec<Row> =
        local.filter_map(|(phrase, meaning)| written_out(phrase).map(|phrase| (phrase, *meaning))).collect();
    all.extend(written_out);
    all
}

/// A phrase as JSON in ASCII has it, `\u043f\u043e`, if it has letters that the comparison itself does not know so.
fn written_out(phrase: &str) -> Option<&'static str> {
    // A fingerprint begins at a place below 256.
    const MOST_LETTERS: usize = 40;
    let is_known = |letter: char| letter.is_ascii() || is_soft(letter.encode_utf8(&mut [0; 4]).as_bytes()[0]);
    if phrase.chars().all(is_known) {
        return None;
    }
    let mut out = String::new();
    for letter in phrase.chars().take(MOST_LETTERS) {
        if is_known(letter) {
            out.push(letter);
        } else {
            out.extend(letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    Some(out.leak())
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
fn name_phrases() -> Vec<Row> {
    let mut all = Vec::with_capacity(256);
    // libuv's for what a look-up gives; the others are named as POSIX names them.
    let of_look_ups = [("ENOTFOUND", Code::WSAHOST_NOT_FOUND), ("EAI_AGAIN", Code::WSATRY_AGAIN)];
    all.extend(of_look_ups.map(|(name, code)| (name, Meaning::Name { code, wsa: false })));
    for entry in entries() {
        match entry.name.strip_prefix("WSA") {
            Some(bare) if bare.starts_with('E') => all.push((bare, Meaning::Name { code: entry.code, wsa: false })),
            _ => all.push((entry.name, Meaning::Name { code: entry.code, wsa: true })),
        }
        let statuses = entry.twins.ntstatus.iter();
        let of_network = statuses.filter(|status| network_status(status.value) == Some(entry.code));
        all.extend(of_network.map(|status| (status.name, Meaning::Status(entry.code))));
        if let Some(name) = entry.twins.dotnet.filter(|name| name.len() > 6) {
            all.push((name, Meaning::DotNet(entry.code)));
        }
    }
    // The resolver's codes as Unreal and BSD spell them.
    for (name, code) in [
        ("se_host_not_found", Code::WSAHOST_NOT_FOUND),
        ("se_try_again", Code::WSATRY_AGAIN),
        ("se_no_recovery", Code::WSANO_RECOVERY),
        ("se_no_data", Code::WSANO_DATA),
    ] {
        all.push((name, Meaning::Name { code, wsa: true }));
    }
    all
}

fn neighbour_phrases() -> Vec<Row> {
    let known = lookalikes().iter().enumerate().filter(|(_, known)| !known.phrase.is_empty());
    known.map(|(index, known)| (known.phrase, Meaning::Neighbour(index as u16))).collect()
}

fn word_phrases() -> Vec<Row> {
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
        all.push((phrase, meaning));
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

#[test]
fn the_lexicon_is_what_its_sources_give() {
    crate::drift::assert_is_current("lexicon/generated.rs", &generated(&all()));
}
