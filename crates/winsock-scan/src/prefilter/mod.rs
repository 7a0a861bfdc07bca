//! Where to look: the first place that may be part of an error.
//!
//! Every counted form holds at least one of some two hundred stretches of four bytes: `100` and a digit, `x27`, `wsae`, the
//! rarest four bytes of each text. A vectorised filter passes over the input and leaves one position in a thousand of a
//! log, five of prose (with AVX2 two and eight); a table of bits leaves those that hold one of the stretches; a cheap check
//! of the whole phrase or number leaves places that are worth the recognisers' time.
//!
//! Stretches and their classes are constants, `generated.rs`, made by `source.rs`.

use crate::matcher::{Entry, Matcher, Phrase, Tables};
use crate::number::{Number, decimal_at, event_bytes, may_begin_number, number_at};
use crate::recognise::SHAPE_BYTES;
use crate::recognise::judge::is_hopeless;
use crate::recognise::text::{follows_curl, follows_windows, has_jdk_suffix, is_in_line_with_drive};
use crate::record::{Plain, prompt};

mod buckets;
#[rustfmt::skip]
mod generated;
mod landmarks;
mod simd;
#[cfg(test)]
mod source;

use buckets::{Buckets, Stretch};
use generated::{COUNTED, COUNTED_STRETCHES, ROWS, STRETCHES};
pub(crate) use landmarks::Landmarks;
pub(crate) use simd::{Passed, Progress};

/// What every form begins with, ready to be searched.
#[derive(Debug)]
struct Starters {
    matcher: Matcher<4>,
    buckets: &'static Buckets,
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

/// A phrase, where its fingerprint begins, and what must be checked.
type Row = (&'static str, u8, Kind);

const fn phrases<const N: usize>() -> [Phrase; N] {
    let mut phrases = [Phrase::new(""); N];
    let mut index = 0;
    while index < N {
        phrases[index] = Phrase::new(ROWS[index].0);
        index += 1;
    }
    phrases
}

const fn offsets<const N: usize>() -> [u8; N] {
    let mut offsets = [0; N];
    let mut index = 0;
    while index < N {
        offsets[index] = ROWS[index].1;
        index += 1;
    }
    offsets
}

/// The rows that begin counted forms come first; those of look-alikes, searched only on request, behind them.
static PHRASES: [Phrase; COUNTED] = phrases();
static TABLES: Tables<[Entry; COUNTED]> = Matcher::<4>::link(&PHRASES, &offsets());
static BUCKETS: Buckets = Buckets::new(STRETCHES.first_chunk::<COUNTED_STRETCHES>().expect("they are the first"));
static STARTERS: Starters = Starters { matcher: Matcher::from_tables(&PHRASES, &TABLES), buckets: &BUCKETS };

static ALL_PHRASES: [Phrase; ROWS.len()] = phrases();
static ALL_TABLES: Tables<[Entry; ROWS.len()]> = Matcher::<4>::link(&ALL_PHRASES, &offsets());
static ALL_BUCKETS: Buckets = Buckets::new(&STRETCHES);
static STARTERS_AND_NEIGHBOURS: Starters =
    Starters { matcher: Matcher::from_tables(&ALL_PHRASES, &ALL_TABLES), buckets: &ALL_BUCKETS };

impl Starters {
    /// Whether something worth reading has its rare bytes at `at`, and where it begins.
    fn confirm(&self, data: &[u8], at: usize, any_number: bool) -> Option<usize> {
        // Most of what the filter leaves of a log is numbers of five digits.
        if let Some(number) = plain_number(data, at) {
            return number.filter(|number| any_number || !is_hopeless(data, number)).map(|number| number.range.start);
        }
        let mut first: Option<usize> = None;
        self.matcher.at(data, at, |index, range| {
            let holds = match ROWS[index].2 {
                Kind::Phrase => true,
                Kind::Jdk => {
                    has_jdk_suffix(data, range.end)
                        || Plain::begins(data, range.end)
                        || is_in_line_with_drive(data, &range)
                        || follows_windows(data, range.start)
                        || is_behind_prompt(data, range.start)
                }
                Kind::Curl => {
                    follows_curl(data, range.start)
                        || Plain::ends_before(data, range.start)
                        || is_behind_colour(data, range.start)
                }
                Kind::Number => is_number(data, at, any_number),
            };
            if holds {
                first = Some(first.map_or(range.start, |known| known.min(range.start)));
            }
        });
        first
    }
}

/// Whether something is coloured shortly before a place: the words there are read when that is undone.
fn is_behind_colour(data: &[u8], place: usize) -> bool {
    const FAR_BYTES: usize = 64;
    memchr::memchr(0x1B, &data[place.saturating_sub(FAR_BYTES)..place]).is_some()
}

/// Whether a console of Windows shows the line that a place lies in, by what is in memory of it.
fn is_behind_prompt(data: &[u8], at: usize) -> bool {
    let lowest = at.saturating_sub(SHAPE_BYTES);
    let newline = memchr::memrchr(b'\n', &data[lowest..at]);
    newline.is_some_and(|newline| !prompt(data, 0, lowest + newline + 1).is_empty())
}

/// Whether the digits around `at` are a code in one of the forms, and not clearly something else unless `any` will do.
fn is_number(data: &[u8], at: usize, any: bool) -> bool {
    let lowest = at.saturating_sub(20);
    let mut start = at;
    while start > lowest && (data[start - 1].is_ascii_hexdigit() || matches!(data[start - 1], b'x' | b'X')) {
        start -= 1;
    }
    // `41 27 00 00` is found by its zeros.
    if at.checked_sub(7).is_some_and(|low| event_bytes(data, low).is_some()) {
        return true;
    }
    // A hexadecimal run may hold a shorter decimal one: `E730054`, `c10054` is none.
    // `r 274Dh`: a sign or two may stand before the digits.
    (start..=at + 2).any(|place| {
        data.get(place).is_some_and(u8::is_ascii_digit)
            && (place == 0 || !data[place - 1].is_ascii_digit() || Plain::ends_before(data, place))
            && may_begin_number(data, place, u32::MAX)
            && number_at(data, place).is_some_and(|number| any || !is_hopeless(data, &number))
    })
}

/// What [`number_at`] makes of the five digits that begin at `at`, if that is all there is to ask about them: no other digit,
/// letter or form touches them, and no phrase but a number begins with digits.
fn plain_number(data: &[u8], at: usize) -> Option<Option<Number>> {
    let [before, digits @ .., behind] = data.get(at.checked_sub(1)?..at + 6)?.first_chunk::<7>()?;
    let is_plain = digits[0] == b'1'
        && digits.iter().all(u8::is_ascii_digit)
        && !(before.is_ascii_hexdigit() || matches!(before, b'x' | b'X'))
        && !(behind.is_ascii_alphanumeric() || *behind == b'_');
    is_plain.then(|| decimal_at(data, at))
}

/// What a search is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// What begins before was looked at with the record before.
    pub(crate) floor: usize,
    /// Whether any number will do, as in a table with a column for codes: none is passed over for what stands around it.
    pub(crate) any_number: bool,
    /// Whether look-alikes are searched too.
    pub(crate) related: bool,
}

impl Wanted {
    /// Whether a place is a hit.
    pub(crate) fn is_at(&self, data: &[u8], at: usize) -> bool {
        let begin = self.starters().confirm(data, at, self.any_number);
        begin.is_some_and(|begin| begin >= self.floor)
    }

    /// The first place in `from..to` that the filter leaves, hit or not.
    pub(crate) fn first_place(&self, data: &[u8], from: usize, to: usize) -> Option<usize> {
        self.filter().next_candidate(data, from, to, &mut Progress::new(from), |_| true)
    }

    fn starters(&self) -> &'static Starters {
        if self.related { &STARTERS_AND_NEIGHBOURS } else { &STARTERS }
    }

    fn filter(&self) -> simd::Filter {
        let starters = self.starters();
        simd::Filter { buckets: starters.buckets, bits: starters.matcher.bits() }
    }
}

/// The first hit in `from..to`, or place that is like one of the landmarks, if any. `progress` is of an earlier search of the
/// same bytes or new; it says then how far line ends were counted on the way; without a hit, to `to`.
pub(crate) fn next_hit(
    data: &[u8],
    from: usize,
    to: usize,
    wanted: Wanted,
    landmarks: &Landmarks,
    progress: &mut Progress,
) -> Option<usize> {
    let holds = |at| landmarks.has(data, at) || wanted.is_at(data, at);
    wanted.filter().next_candidate(data, from, to, progress, holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints what `data/make_stretches.py` reads: every phrase of the prefilter, in hexadecimal.
    #[test]
    #[ignore = "prints a list"]
    fn phrases() {
        for (phrase, ..) in &ROWS[..COUNTED] {
            let hex: String = Phrase::new(phrase).bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            println!("phrase {hex}");
        }
    }

    #[test]
    fn a_plain_number_is_what_the_whole_comparison_finds() {
        assert!(ROWS.iter().all(|(phrase, offset, kind)| {
            let found_by = &phrase.trim_start_matches('<').as_bytes()[usize::from(*offset)..][..4];
            matches!(kind, Kind::Number) || !found_by.iter().all(u8::is_ascii_digit)
        }));
        let mut plain = 0;
        for before in [" ", "=", "-", "0", "x", "a", "(", "\n", "r ", "_"] {
            for digits in (10_000..11_200).chain([14_790, 73_000]) {
                for behind in [" ", "5", "L ", "h", ".", "_", "a", ")"] {
                    let text = format!("error {before}{digits}{behind} ");
                    let at = 6 + before.len();
                    if let Some(number) = plain_number(text.as_bytes(), at) {
                        plain += 1;
                        assert_eq!(number, number_at(text.as_bytes(), at), "{text}");
                        assert_eq!(number.is_some(), is_number(text.as_bytes(), at, true), "{text}");
                    }
                }
            }
        }
        assert!(plain > 1200);
    }

    /// `WSA_LOG=file cargo test --release -p winsock-scan density -- --ignored --nocapture`
    #[test]
    #[ignore = "a measurement"]
    fn density() {
        let data = std::fs::read(std::env::var_os("WSA_LOG").expect("WSA_LOG names a log")).unwrap();
        let starters = &STARTERS;
        let (mut by_pairs, mut by_bytes, mut bits, mut hits) = (0_u64, 0_u64, 0_u64, 0_u64);
        let mut seen = std::collections::BTreeMap::<Vec<u8>, u64>::new();
        for at in 0..data.len() - 4 {
            let four = data[at..].first_chunk().expect("four bytes are left");
            let fits_bytes = starters.buckets.fits_bytes(four);
            by_pairs += u64::from(starters.buckets.fits_pairs(four));
            by_bytes += u64::from(fits_bytes);
            if fits_bytes && starters.matcher.bits().may_hold(&data, at) {
                bits += 1;
                *seen.entry(data[at..at + 4].to_ascii_lowercase()).or_default() += 1;
                hits += u64::from(starters.confirm(&data, at, false).is_some());
            }
        }
        let share = |count: u64| 1e6 * count as f64 / data.len() as f64;
        println!(
            "per million bytes: classes by pairs {:.0}, by bytes {:.0}, bits {:.0}, hits {:.0}",
            share(by_pairs),
            share(by_bytes),
            share(bits),
            share(hits)
        );
        let mut seen: Vec<_> = seen.into_iter().collect();
        seen.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (bytes, count) in seen.into_iter().take(25) {
            println!("{:?} {:.1}", String::from_utf8_lossy(&bytes), share(count));
        }
    }
}
