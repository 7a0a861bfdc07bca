//! Where to look: the first place that may be part of an error.
//!
//! Every counted form holds at least one of some two hundred stretches of four bytes ([`Starters`]): `100` and a digit,
//! `x27`, `wsae`, the rarest four bytes of each text. A vectorised filter passes over the input and leaves one to
//! three positions in a thousand (some twelve with AVX2); a table of bits leaves those that hold one of the stretches; a
//! cheap check of the whole phrase or number leaves places that are worth the recognisers' time.

use std::sync::LazyLock;

use crate::lexicon::{Meaning, TextKind, name_phrases, neighbour_phrases, text_phrases};
use crate::matcher::{Matcher, Phrase};
use crate::number::number_at;
use crate::recognise::text::{follows_curl, has_jdk_suffix};
use crate::scanner::ScannerBuilder;

mod buckets;
mod simd;

use buckets::Buckets;

/// What every form begins with, ready to be searched.
#[derive(Debug)]
struct Starters {
    matcher: Matcher<4>,
    kinds: Vec<Kind>,
    buckets: Buckets,
}

/// What must be checked when a starter's bytes are found.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The phrase alone.
    Phrase,
    /// A JDK text: its suffix.
    Jdk,
    /// A libcurl text: what stands before.
    Curl,
    /// Digits of a number that is a code in some form.
    Number,
}

/// Stretches of digits: decimal codes, hexadecimal codes, HRESULTs in decimal, APR, libuv.
const NUMBERS: &[&str] = &[
    "1000", "1001", "1002", "1003", "1004", "1005", "1006", "1007", "1009", "1010", "1011", "1100", "1101", "1102",
    "1103", "x271", "x272", "x273", "x274", "x275", "x276", "x277", "x278", "0271", "0272", "0273", "0274", "0275",
    "0276", "0277", "0278", "7271", "7272", "7273", "7274", "7275", "7276", "7277", "7278", "x2af", "x2b0", "x2b1",
    "02af", "02b0", "02b1", "72af", "72b0", "72b1", "1470", "1479", "7300", "7301", "7310", "-403", "-405", "-406",
    "-407", "-408", "-409",
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
    "socket error",
    ":system library:",
    "windows error:",
    "secondary err code:",
    // 995 and its like have no rare digits; the words beside them do.
    "socketexception (9",
    "lasterror",
];

/// Everything that begins a form, and what must be checked where it is found.
fn starters_list(neighbours: bool) -> Vec<(Phrase, Kind)> {
    let mut all: Vec<(Phrase, Kind)> = NUMBERS.iter().map(|digits| (Phrase::new(digits), Kind::Number)).collect();
    all.extend(WORDS.iter().map(|word| (Phrase::new(word), Kind::Phrase)));
    all.extend(text_phrases().into_iter().map(|(phrase, meaning)| match meaning {
        Meaning::Text(_, TextKind::Jdk) => (phrase, Kind::Jdk),
        Meaning::Text(_, TextKind::Curl) => (phrase, Kind::Curl),
        _ => (phrase, Kind::Phrase),
    }));
    // POSIX names count only with proof beside them, but the proof is everywhere.
    let posix = |code: winsock_codes::Code| crate::recognise::text::is_socket_name(code);
    all.extend(name_phrases().into_iter().filter_map(|(phrase, meaning)| match meaning {
        Meaning::Name { code, wsa: false } if posix(code) => Some((phrase, Kind::Phrase)),
        _ => None,
    }));
    if neighbours {
        all.extend(neighbour_phrases().into_iter().map(|(phrase, _)| (phrase, Kind::Phrase)));
        let words = ["winerror", "0x8007", "winhttp", "(os error", "socketexception (", "errno"];
        all.extend(words.map(|word| (Phrase::new(word), Kind::Phrase)));
    }
    all
}

impl Starters {
    fn new(neighbours: bool) -> Starters {
        let all = starters_list(neighbours);
        let (phrases, kinds): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let matcher = Matcher::new(phrases, &buckets::stretches());
        let buckets = Buckets::new(matcher.fingerprints());
        Starters { matcher, kinds, buckets }
    }

    /// Whether something worth reading has its rare bytes at `at`, and where it begins.
    fn confirm(&self, data: &[u8], at: usize) -> Option<usize> {
        let mut first: Option<usize> = None;
        self.matcher.at(data, at, |index, range| {
            let holds = match self.kinds[index] {
                Kind::Phrase => true,
                Kind::Jdk => has_jdk_suffix(data, range.end),
                Kind::Curl => follows_curl(data, range.start),
                Kind::Number => is_number(data, at),
            };
            if holds {
                first = Some(first.map_or(range.start, |known| known.min(range.start)));
            }
        });
        first
    }

    fn next_hit(&self, data: &[u8], from: usize, to: usize, floor: usize) -> Option<usize> {
        // What begins before the floor was looked at with the record before.
        simd::next_candidate(&self.buckets, data, from, to, |at| {
            self.confirm(data, at).is_some_and(|start| start >= floor)
        })
    }
}

/// Whether the digits around `at` are a code in one of the forms.
fn is_number(data: &[u8], at: usize) -> bool {
    let lowest = at.saturating_sub(20);
    let mut start = at;
    while start > lowest && (data[start - 1].is_ascii_hexdigit() || matches!(data[start - 1], b'x' | b'X')) {
        start -= 1;
    }
    // A hexadecimal run may hold a shorter decimal one: `E730054`, `c10054` is none.
    (start..=at + 1).any(|place| {
        data.get(place).is_some_and(u8::is_ascii_digit)
            && (place == 0 || !data[place - 1].is_ascii_digit())
            && number_at(data, place).is_some()
    })
}

static STARTERS: LazyLock<Starters> = LazyLock::new(|| Starters::new(false));
static STARTERS_AND_NEIGHBOURS: LazyLock<Starters> = LazyLock::new(|| Starters::new(true));

/// The first hit in `from..to` that does not begin before `floor`, if any.
pub(crate) fn next_hit(data: &[u8], from: usize, to: usize, floor: usize, options: &ScannerBuilder) -> Option<usize> {
    let starters: &Starters = if options.related { &STARTERS_AND_NEIGHBOURS } else { &STARTERS };
    starters.next_hit(data, from, to, floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints what `data/make_stretches.py` reads: every phrase of the prefilter, in hexadecimal.
    #[test]
    #[ignore = "prints a list"]
    fn phrases() {
        for (phrase, _) in starters_list(false) {
            let hex: String = phrase.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            println!("phrase {hex}");
        }
    }

    /// `WSA_LOG=file cargo test --release -p winsock-scan density -- --ignored --nocapture`
    #[test]
    #[ignore = "a measurement"]
    fn density() {
        let data = std::fs::read(std::env::var_os("WSA_LOG").expect("WSA_LOG names a log")).unwrap();
        let starters = &*STARTERS;
        let halves = |at: usize| {
            starters.buckets.halves.iter().any(|table| {
                (0..4).fold(0xFF, |bits, place| {
                    let byte = usize::from(data[at + place]);
                    bits & table.low[place][byte & 15] & table.high[place][byte >> 4]
                }) != 0
            })
        };
        let whole = |at: usize| {
            starters.buckets.whole.iter().any(|table| {
                (0..4).fold(0xFF, |bits, place| bits & table.0[place][usize::from(data[at + place] & 127)]) != 0
            })
        };
        let (mut by_halves, mut by_bytes, mut bits, mut hits) = (0_u64, 0_u64, 0_u64, 0_u64);
        let mut seen = std::collections::BTreeMap::<Vec<u8>, u64>::new();
        for at in 0..data.len() - 4 {
            by_halves += u64::from(halves(at));
            by_bytes += u64::from(whole(at));
            if whole(at) && starters.buckets.may_hold(&data, at) {
                bits += 1;
                *seen.entry(data[at..at + 4].to_ascii_lowercase()).or_default() += 1;
                hits += u64::from(starters.confirm(&data, at).is_some());
            }
        }
        let share = |count: u64| 1e6 * count as f64 / data.len() as f64;
        println!(
            "per million bytes: classes by halves {:.0}, by bytes {:.0}, bits {:.0}, hits {:.0}",
            share(by_halves),
            share(by_bytes),
            share(bits),
            share(hits)
        );
        let passes = (0..9).map(|_| {
            let start = std::time::Instant::now();
            assert_eq!(simd::next_candidate(&starters.buckets, &data, 0, data.len(), |_| false), None);
            start.elapsed().as_secs_f64()
        });
        let best = passes.min_by(f64::total_cmp).expect("nine passes");
        println!("both filters and nothing else: {:.2} GB/s", data.len() as f64 / best / 1e9);
        let mut seen: Vec<_> = seen.into_iter().collect();
        seen.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (bytes, count) in seen.into_iter().take(25) {
            println!("{:?} {:.1}", String::from_utf8_lossy(&bytes), share(count));
        }
    }
}
