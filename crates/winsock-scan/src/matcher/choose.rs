//! Which bytes of a phrase are its fingerprint: chosen by the tests that write the tables, and committed.

use std::collections::HashMap;

use super::phrase::{is_soft, is_soft_at};
use super::{Bits, Entry, Matcher, Phrase, SLOTS, Tables, fold, slot};

impl<const WIDTH: usize> Matcher<WIDTH> {
    /// Every phrase gets one of the `preferred` fingerprints, or the one whose bytes are the rarest in ordinary logs.
    pub(crate) fn new(phrases: Vec<Phrase>, preferred: &[[u8; 4]]) -> Self {
        let mut tables = Tables { entries: Vec::with_capacity(phrases.len()), heads: [0; SLOTS], bits: Bits::NONE };
        let preferred = Preferred::new(preferred);
        for (index, phrase) in phrases.iter().enumerate() {
            // A phrase without a stretch of plain bytes cannot be found; `lost` counts such phrases.
            let Some(offset) = Self::best_offset(phrase, &tables, &preferred) else { continue };
            let entry = Entry::new::<WIDTH>(phrase, index, offset);
            let head = &mut tables.heads[slot(entry.fingerprint)];
            tables.bits.add(entry.fingerprint);
            tables.entries.push(Entry { next: *head, ..entry });
            *head = tables.entries.len() as u16;
        }
        let tables = Box::leak(Box::new(tables));
        Matcher { phrases: phrases.leak(), entries: &tables.entries, heads: &tables.heads, bits: &tables.bits }
    }

    /// Where the fingerprint of a phrase should begin, given those that are taken already.
    fn best_offset(phrase: &Phrase, taken: &Tables<Vec<Entry>>, preferred: &Preferred) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for (offset, bytes) in phrase.text.windows(WIDTH).enumerate() {
            if bytes.iter().any(|byte| is_soft(*byte)) {
                continue; // matched softly, and so of no use as a fingerprint
            }
            let fingerprint = Self::fingerprint_of(bytes);
            let shared = if preferred.holds(fingerprint) {
                10_000
            } else {
                // In a record every phrase behind a stretch is compared: sharing one costs.
                same_fingerprint(taken, fingerprint) * -8
            };
            // Better one that code pages have, too.
            let only_utf8 = (offset..offset + WIDTH).any(|at| is_soft_at(phrase.text, at));
            let score = bytes.iter().map(|byte| i32::from(RARITY[usize::from(*byte)])).sum::<i32>() + shared
                - i32::from(only_utf8) * 100_000;
            if best.is_none_or(|(least, _)| score > least) {
                best = Some((score, offset));
            }
        }
        best.map(|(_, offset)| offset)
    }

    /// Where the fingerprints of all phrases begin, for [`link`](Matcher::link).
    pub(crate) fn offsets(&self) -> Vec<u8> {
        self.entries.iter().map(|entry| entry.offset).collect()
    }

    /// How many phrases have no fingerprint: there should be none.
    pub(crate) fn lost(&self) -> usize {
        self.phrases.len() - self.entries.len()
    }

    /// The fingerprints in use, for the prefilter.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = [u8; 4]> + '_ {
        self.entries.iter().map(|entry| entry.fingerprint.to_le_bytes())
    }
}

/// Offsets of four-byte fingerprints that make a search of text like `sample` cheap: as few places as can be where one
/// stands, and few phrases at each.
///
/// Half a dozen phrases begin with `connect`. All of them with a fingerprint of their own would stop the search at six places
/// of that word; better they share one, or take theirs from their second word.
pub(crate) fn offsets_for(phrases: &[Phrase], sample: &[u8]) -> Vec<u8> {
    let mut frequency: HashMap<u32, f64> = HashMap::new();
    for four in sample.windows(4) {
        *frequency.entry(fold(u32::from_le_bytes(four.try_into().expect("four bytes")))).or_default() += 1.0;
    }
    let options: Vec<Vec<(u8, u32)>> = phrases.iter().map(options).collect();
    let mut users: HashMap<u32, u32> = HashMap::new();
    let mut chosen: Vec<Option<(u8, u32)>> = vec![None; phrases.len()];
    // One after the other, then again in the light of what the others took.
    for _ in 0..4 {
        for (options, chosen) in options.iter().zip(&mut chosen) {
            if let Some((_, fingerprint)) = chosen {
                *users.get_mut(fingerprint).expect("it is in use") -= 1;
            }
            let cost = |fingerprint: u32| {
                let often = frequency.get(&fingerprint).copied().unwrap_or(0.0) + 0.3;
                let bytes = fingerprint.to_le_bytes();
                let rarity = bytes.iter().map(|byte| f64::from(RARITY[usize::from(*byte)])).sum::<f64>();
                let known = users.get(&fingerprint).copied().unwrap_or(0);
                let place = if known == 0 { PLACE_COST } else { 0.0 };
                often * (place + ENTRY_COST) + 0.01 * f64::from(known) - 0.0001 * rarity
            };
            let best = options.iter().min_by(|a, b| cost(a.1).total_cmp(&cost(b.1))).copied();
            *chosen = best;
            *users.entry(best.expect("every phrase has plain bytes").1).or_default() += 1;
        }
    }
    chosen.into_iter().map(|choice| choice.expect("chosen above").0).collect()
}

/// What it costs to stop at a place, and to look at each phrase there.
const PLACE_COST: f64 = 2.0;
const ENTRY_COST: f64 = 1.0;

/// Where a fingerprint may begin, and what it is: at plain bytes, those that code pages have and without white space if the
/// phrase has such.
fn options(phrase: &Phrase) -> Vec<(u8, u32)> {
    let windows = || phrase.text.windows(4).enumerate().filter(|(_, bytes)| !bytes.iter().any(|byte| is_soft(*byte)));
    let is_anywhere = |(offset, _): &(usize, &[u8])| !(*offset..*offset + 4).any(|at| is_soft_at(phrase.text, at));
    let option = |(offset, bytes): (usize, &[u8])| {
        (offset as u8, fold(u32::from_le_bytes(bytes.try_into().expect("four bytes"))))
    };
    let solid = |(_, bytes): &(usize, &[u8])| !bytes.contains(&b' ');
    let choices: [Vec<_>; 4] = [
        windows().filter(is_anywhere).filter(solid).map(option).collect(),
        windows().filter(is_anywhere).map(option).collect(),
        windows().filter(solid).map(option).collect(),
        windows().map(option).collect(),
    ];
    choices.into_iter().find(|choice| !choice.is_empty()).unwrap_or_default()
}

/// The fingerprints to take where there is a choice.
struct Preferred {
    sorted: Vec<u32>,
    /// A bit for every slot that one of them has.
    slots: [u64; SLOTS / 64],
}

impl Preferred {
    fn new(list: &[[u8; 4]]) -> Preferred {
        let mut sorted: Vec<u32> = list.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        sorted.sort_unstable();
        let mut slots = [0; SLOTS / 64];
        for fingerprint in &sorted {
            slots[slot(*fingerprint) / 64] |= 1 << (slot(*fingerprint) % 64);
        }
        Preferred { sorted, slots }
    }

    fn holds(&self, fingerprint: u32) -> bool {
        let slot = slot(fingerprint);
        self.slots[slot / 64] >> (slot % 64) & 1 == 1 && self.sorted.binary_search(&fingerprint).is_ok()
    }
}

/// How many phrases have a fingerprint already.
fn same_fingerprint(taken: &Tables<Vec<Entry>>, fingerprint: u32) -> i32 {
    let mut next = taken.heads[slot(fingerprint)];
    let mut count = 0;
    while next != 0 {
        let entry = &taken.entries[usize::from(next) - 1];
        count += i32::from(entry.fingerprint == fingerprint);
        next = entry.next;
    }
    count
}

static RARITY: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = rarity(byte as u8);
        byte += 1;
    }
    all
};

/// How rare a byte is in ordinary logs, in tenths of a bit or so: measured on mixed server logs, rounded.
const fn rarity(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b' ' | b'e' => 28,
        b't' | b'o' | b'r' | b'n' | b's' | b'i' | b'a' | b'0'..=b'9' => 36,
        b'c' | b'd' | b'l' | b'.' | b':' | b'-' | b'/' => 44,
        b'p' | b'u' | b'm' | b'h' | b'g' | b'f' | b',' | b'"' | b'=' => 50,
        b'b' | b'v' | b'w' | b'y' | b'(' | b'[' | b'_' => 56,
        b'k' | b'x' => 62,
        b'j' | b'q' | b'z' => 80,
        // Logs in other languages are full of a few lead bytes; the bytes behind them differ.
        0xC0..=0xFF => 20,
        _ => 60,
    }
}
