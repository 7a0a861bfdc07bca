//! Makes `generated.rs` from the lexicon and `data/stretches.tsv`, and proves that the committed file is what they give.
//!
//! `WSA_WRITE=1 cargo test -p winsock-scan prefilter` writes it.

use std::collections::BTreeSet;

use super::Kind;
use super::buckets::{FOLDED, SETS, Stretch, mixed};
use crate::lexicon::{self, Meaning, TextKind};
use crate::matcher::{Matcher, Phrase};
use crate::recognise::text::is_socket_name;

/// The stretches that cover every phrase, with their classes. Made by `data/make_stretches.py`.
const COVER: &str = include_str!("../../data/stretches.tsv");

/// Stretches of digits: decimal codes, hexadecimal codes, HRESULTs in decimal, APR, libuv, kernel statuses,
/// `error 274Dh`, `=$2746`, `&H2746`, `16#2746`, and the bytes of an event's data.
const NUMBERS: &[&str] = &[
    "1000", "1001", "1002", "1003", "1004", "1005", "1006", "1007", "1009", "1010", "1011", "1100", "1101", "1102",
    "1103", "x271", "x272", "x273", "x274", "x275", "x276", "x277", "x278", "0271", "0272", "0273", "0274", "0275",
    "0276", "0277", "0278", "0 00", "7271", "7272", "7273", "7274", "7275", "7276", "7277", "7278", "x2af", "x2b0",
    "x2b1", "02af", "02b0", "02b1", "72af", "72b0", "72b1", "1470", "1479", "7300", "7301", "7310", "-403", "-405",
    "-406", "-407", "-408", "-409", "c000", "r 27", " $27", "=$27", "&h27", "6#27",
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
    // Node's, of a name that files have too.
    "listen eacces",
    "connect eacces",
    "bind eacces",
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

/// A stretch that no sample has judged is put where it seems to do the least harm. Of many such an ordinary log took half as
/// long again.
const MOST_GUESSED: usize = 6;

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
    let guessed: BTreeSet<_> = used[..counted.len()].iter().filter(|bytes| !preferred.contains(bytes)).collect();
    assert!(
        guessed.len() <= MOST_GUESSED,
        "{} stretches have no class in data/stretches.tsv: run data/make_stretches.py",
        guessed.len()
    );
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
    for Stretch { by_pairs, by_bytes, bytes } in first.into_iter().chain(rest) {
        out += &format!("    Stretch {{ by_pairs: {by_pairs}, by_bytes: {by_bytes}, bytes: {bytes:?} }},\n");
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
            let (by_pairs, by_bytes) = (class(), class());
            let value = u32::from_str_radix(column(), 16).expect("stretches.tsv: eight hexadecimal digits");
            Stretch { by_pairs, by_bytes, bytes: value.to_be_bytes() }
        })
        .collect()
}

/// Stretches in their classes.
#[derive(Default)]
struct Sorting {
    by_pairs: [Pairs; CLASSES],
    by_bytes: [Bytes; CLASSES],
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
                    by_pairs: cheapest(&self.by_pairs, bytes),
                    by_bytes: cheapest(&self.by_bytes, bytes),
                    bytes,
                },
            };
            self.by_pairs[usize::from(row.by_pairs)].add(bytes);
            self.by_bytes[usize::from(row.by_bytes)].add(bytes);
            self.sorted.push(bytes);
            rows.push(row);
        }
        rows
    }
}

/// What a class lets through.
trait Class: Copy {
    fn add(&mut self, stretch: [u8; 4]);

    /// The share of places of an ordinary log that it lets through, roughly: as if every byte stood by itself.
    fn share(&self) -> f32;
}

/// A set of bytes for each place, by their lower seven bits.
#[derive(Clone, Copy, Debug, Default)]
struct Bytes([u128; 4]);

impl Class for Bytes {
    fn add(&mut self, stretch: [u8; 4]) {
        for (set, folded) in self.0.iter_mut().zip(stretch) {
            // The capital letter, and whatever else folding makes equal.
            for byte in [folded, folded & !0x20] {
                *set |= 1 << (byte & 127);
            }
        }
    }

    fn share(&self) -> f32 {
        let share = |set: &u128| (0..=255).filter(|byte| set >> (byte & 127) & 1 == 1).map(frequency).sum::<f32>();
        self.0.iter().map(share).product()
    }
}

/// A set of lower halves for each place, and one of mixed bits for each pair of neighbours.
#[derive(Clone, Copy, Debug, Default)]
struct Pairs {
    low: [u16; 4],
    mixed: [u16; 3],
}

impl Class for Pairs {
    fn add(&mut self, stretch: [u8; 4]) {
        for (set, byte) in self.low.iter_mut().zip(stretch) {
            *set |= 1 << (byte & 15);
        }
        for (set, pair) in self.mixed.iter_mut().zip(stretch.windows(2)) {
            *set |= 1 << mixed(pair[0], pair[1]);
        }
    }

    fn share(&self) -> f32 {
        let mut frequencies = [0.0; FOLDED as usize + 1];
        (0..=255).for_each(|byte| frequencies[usize::from(byte & FOLDED)] += frequency(byte));
        let allowed = |set: u16| (0..=FOLDED).filter(move |byte| set >> (byte & 15) & 1 == 1);
        // How often what was allowed so far ends with a byte.
        let mut ending = frequencies;
        allowed(!self.low[0]).for_each(|byte| ending[usize::from(byte)] = 0.0);
        for (place, set) in self.mixed.iter().enumerate() {
            let mut longer = [0.0; FOLDED as usize + 1];
            for second in allowed(self.low[place + 1]) {
                let first = (0..=FOLDED).filter(|first| set >> mixed(*first, second) & 1 == 1);
                let before: f32 = first.map(|first| ending[usize::from(first)]).sum();
                longer[usize::from(second)] = before * frequencies[usize::from(second)];
            }
            ending = longer;
        }
        ending.iter().sum()
    }
}

/// The class to which a stretch adds the least.
fn cheapest<C: Class>(classes: &[C; CLASSES], stretch: [u8; 4]) -> u8 {
    let dearer = |index: &u8| {
        let class = classes[usize::from(*index)];
        let mut with = class;
        with.add(stretch);
        with.share() - class.share()
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
