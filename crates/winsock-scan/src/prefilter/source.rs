//! Makes `generated.rs` from the lexicon and `data/stretches.tsv`, and proves that the committed file is what they give.
//!
//! `WSA_WRITE=1 cargo test -p winsock-scan prefilter` writes it.

use super::Kind;
use super::buckets::{SETS, Stretch};
use crate::lexicon::{self, Meaning, TextKind};
use crate::matcher::{Matcher, Phrase};
use crate::recognise::text::is_socket_name;

/// The stretches that cover every phrase, with their classes. Made by `data/make_stretches.py`.
const COVER: &str = include_str!("../../data/stretches.tsv");

/// Stretches of digits: decimal codes, hexadecimal codes, HRESULTs in decimal, APR, libuv, kernel statuses,
/// `error 274Dh`, and the bytes of an event's data.
const NUMBERS: &[&str] = &[
    "1000", "1001", "1002", "1003", "1004", "1005", "1006", "1007", "1009", "1010", "1011", "1100", "1101", "1102",
    "1103", "x271", "x272", "x273", "x274", "x275", "x276", "x277", "x278", "0271", "0272", "0273", "0274", "0275",
    "0276", "0277", "0278", "0 00", "7271", "7272", "7273", "7274", "7275", "7276", "7277", "7278", "x2af", "x2b0",
    "x2b1", "02af", "02b0", "02b1", "72af", "72b0", "72b1", "1470", "1479", "7300", "7301", "7310", "-403", "-405",
    "-406", "-407", "-408", "-409", "c000", "r 27",
];

/// Words that begin a form without being the whole of it.
const WORDS: &[&str] = &[
    "wsae",
    "wsan",
    "wsah",
    "wsat",
    "wsa_",
    "wsas",
    "wsav",
    "se_e",
    "se_host_not_found",
    "socketerror",
    "socketconnectionexception",
    "socket error",
    ":system library:",
    "windows error:",
    "secondary err code:",
    // 995 and its like have no rare digits; the words beside them do.
    "socketexception (9",
    "lasterror",
    // Snap7's own, before the code with its layer.
    "error text for 0x",
    // PowerShell breaks texts at any blank; of some the rare stretch has one.
    "forcibly",
    "respond after a period",
    // PJSIP's, before the number.
    "[status=13",
    "(status=13",
    "[code=13",
    "(code=13",
    // mod_jk's, before the code minus 10000.
    "::jk_connect.c (",
    "::jk_ajp_common.c (",
    // What names the columns of W3C's logs.
    "#fields:",
];

/// Eight classes fit the bits of a byte.
const CLASSES: usize = 8 * SETS;

/// Words beside which look-alikes stand.
const NEIGHBOUR_WORDS: &[&str] = &["winerror", "0x8007", "winhttp", "(os error", "socketexception (", "errno"];

/// Everything that begins a counted form, and what must be checked where it is found.
fn counted() -> Vec<(&'static str, Kind)> {
    let mut all: Vec<_> = NUMBERS.iter().map(|digits| (*digits, Kind::Number)).collect();
    all.extend(WORDS.iter().map(|word| (*word, Kind::Phrase)));
    all.extend(lexicon::ROWS.iter().filter_map(|(phrase, _, meaning)| match meaning {
        Meaning::Text(_, TextKind::Jdk) => Some((*phrase, Kind::Jdk)),
        Meaning::Text(_, TextKind::Curl) => Some((*phrase, Kind::Curl)),
        Meaning::Text(..) | Meaning::Status(_) => Some((*phrase, Kind::Phrase)),
        _ => None,
    }));
    // POSIX names count only with proof beside them, but the proof is everywhere.
    all.extend(lexicon::ROWS.iter().filter_map(|(phrase, _, meaning)| match meaning {
        Meaning::Name { code, wsa: false } if is_socket_name(*code) => Some((*phrase, Kind::Phrase)),
        _ => None,
    }));
    all
}

/// What begins look-alikes.
fn neighbours() -> impl Iterator<Item = (&'static str, Kind)> {
    let texts = lexicon::ROWS.iter().filter(|(.., meaning)| matches!(meaning, Meaning::Neighbour(_)));
    texts.map(|(phrase, ..)| *phrase).chain(NEIGHBOUR_WORDS.iter().copied()).map(|phrase| (phrase, Kind::Phrase))
}

/// The generated file.
fn generated() -> String {
    let counted = counted();
    let all: Vec<_> = counted.iter().copied().chain(neighbours()).collect();
    let cover = cover();
    let preferred: Vec<[u8; 4]> = cover.iter().map(|row| row.bytes).collect();
    let matcher = Matcher::<4>::new(all.iter().map(|(phrase, _)| Phrase::new(phrase)).collect(), &preferred);
    assert_eq!(matcher.lost(), 0, "every phrase can be found");
    let offsets = matcher.offsets();
    let used: Vec<[u8; 4]> = matcher.fingerprints().collect();
    let mut sorting = Sorting::default();
    let first = sorting.sort(&cover, &used[..counted.len()]);
    let rest = sorting.sort(&cover, &used);
    let mut out = String::from(
        "//! Made from the lexicon and `data/stretches.tsv` by `WSA_WRITE=1 cargo test -p winsock-scan prefilter`; not edited by\n\
         //! hand. Phrases, where the fingerprint begins, what must be checked; stretches with their classes.\n\n\
         use super::{Kind::*, Row, Stretch};\n\n",
    );
    out += &format!("pub(super) const COUNTED: usize = {};\n\n", counted.len());
    out += &format!("pub(super) static ROWS: [Row; {}] = [\n", all.len());
    for ((phrase, kind), offset) in all.iter().zip(offsets) {
        out += &format!("    ({phrase:?}, {offset}, {kind:?}),\n");
    }
    out += "];\n\n";
    out += &format!("pub(super) const COUNTED_STRETCHES: usize = {};\n\n", first.len());
    out += &format!("pub(super) static STRETCHES: [Stretch; {}] = [\n", first.len() + rest.len());
    for Stretch { by_halves, by_bytes, bytes } in first.into_iter().chain(rest) {
        out += &format!("    Stretch {{ by_halves: {by_halves}, by_bytes: {by_bytes}, bytes: {bytes:?} }},\n");
    }
    out + "];\n"
}

fn cover() -> Vec<Stretch> {
    let lines = COVER.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut columns = line.split('\t');
            let mut column = || columns.next().expect("stretches.tsv: three columns");
            let mut class = || column().parse().expect("stretches.tsv: a class");
            let (by_halves, by_bytes) = (class(), class());
            let value = u32::from_str_radix(column(), 16).expect("stretches.tsv: eight hexadecimal digits");
            Stretch { by_halves, by_bytes, bytes: value.to_be_bytes() }
        })
        .collect()
}

/// Stretches in their classes.
#[derive(Default)]
struct Sorting {
    by_halves: [[Class; 4]; CLASSES],
    by_bytes: [[Class; 4]; CLASSES],
    sorted: Vec<[u8; 4]>,
}

impl Sorting {
    /// Puts those of the used stretches that have no class yet where `cover` says or, failing that (look-alikes), where
    /// they do the least harm.
    fn sort(&mut self, cover: &[Stretch], used: &[[u8; 4]]) -> Vec<Stretch> {
        let mut new: Vec<[u8; 4]> = used.iter().filter(|bytes| !self.sorted.contains(bytes)).copied().collect();
        new.sort_unstable();
        new.dedup();
        let (known, unknown): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|bytes| cover.iter().any(|row| row.bytes == *bytes));
        let mut rows = Vec::new();
        for bytes in known.into_iter().chain(unknown) {
            let row = match cover.iter().find(|row| row.bytes == bytes) {
                Some(row) => Stretch { bytes, ..*row },
                None => Stretch {
                    by_halves: cheapest(&self.by_halves, bytes, Class::allows_halves),
                    by_bytes: cheapest(&self.by_bytes, bytes, Class::allows),
                    bytes,
                },
            };
            add(&mut self.by_halves[usize::from(row.by_halves)], bytes);
            add(&mut self.by_bytes[usize::from(row.by_bytes)], bytes);
            self.sorted.push(bytes);
            rows.push(row);
        }
        rows
    }
}

/// A set of bytes: the halves that its members have, and the lower seven bits.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    low: u16,
    high: u16,
    seven: u128,
}

impl Class {
    fn allows(&self, byte: u8) -> bool {
        self.seven >> (byte & 127) & 1 == 1
    }

    fn allows_halves(&self, byte: u8) -> bool {
        self.low >> (byte & 15) & 1 == 1 && self.high >> (byte >> 4) & 1 == 1
    }
}

fn add(set: &mut [Class; 4], stretch: [u8; 4]) {
    for (class, folded) in set.iter_mut().zip(stretch) {
        // The capital letter, and whatever else folding makes equal.
        for byte in [folded, folded & !0x20] {
            class.low |= 1 << (byte & 15);
            class.high |= 1 << (byte >> 4);
            class.seven |= 1 << (byte & 127);
        }
    }
}

/// The class to which a stretch adds the least.
fn cheapest(sets: &[[Class; 4]; CLASSES], stretch: [u8; 4], allows: fn(&Class, u8) -> bool) -> u8 {
    // The share of places of an ordinary log that a class lets through, roughly.
    let share = |class: &Class| (0..=255).filter(|byte| allows(class, *byte)).map(frequency).sum::<f32>();
    let cost = |set: &[Class; 4]| set.iter().map(share).product::<f32>();
    let dearer = |index: &u8| {
        let set = &sets[usize::from(*index)];
        let mut with = *set;
        add(&mut with, stretch);
        cost(&with) - cost(set)
    };
    (0..CLASSES as u8).min_by(|a, b| dearer(a).total_cmp(&dearer(b))).expect("there are sixteen")
}

/// How often a byte stands in ordinary logs.
fn frequency(byte: u8) -> f32 {
    match byte {
        b' ' => 0.13,
        b'e' => 0.065,
        b't' | b'o' | b'r' | b'n' | b's' | b'i' | b'a' => 0.045,
        b'0' | b'1' | b'2' => 0.035,
        b'3'..=b'9' => 0.018,
        b'c' | b'd' | b'l' => 0.025,
        b'.' | b':' | b'-' | b'/' => 0.016,
        b'b' | b'f'..=b'h' | b'm' | b'p' | b'u' | b'v' | b'w' | b'y' => 0.012,
        b'"' | b'=' | b'_' | b',' | b'\n' => 0.01,
        b'A'..=b'Z' => 0.004,
        b'!'..=b'~' => 0.003,
        _ => 0.0005,
    }
}

#[test]
fn the_stretches_are_what_their_sources_give() {
    crate::drift::assert_is_current("prefilter/generated.rs", &generated());
}
