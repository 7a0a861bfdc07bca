//! Many phrases at once: which of a fixed list stand at a place in a text.
//!
//! Every phrase has a fingerprint, three or four consecutive bytes of it, as rare as can be. Where a fingerprint may stand
//! (a table of bits that fits the first-level cache says so, for 64 places in a row without a branch) the eight bytes
//! around it are compared at once, and only where those agree the whole phrase is, in both directions. The comparison
//! forgives what happens to texts on their way into a log: see `Phrase::find_at`.

use std::ops::Range;

mod bits;
#[cfg(test)]
pub(crate) mod choose;
mod phrase;

pub(crate) use bits::Bits;
#[cfg(test)]
pub(crate) use phrase::is_soft;
use phrase::{FOLD, folds_alone, is_exact};
pub(crate) use phrase::{Phrase, Text};

/// Sets the bit that tells small letters from capital ones: what fingerprints compare.
pub(crate) const fn fold(bytes: u32) -> u32 {
    bytes | 0x2020_2020
}

const SLOT_BITS: u32 = 13;
const SLOTS: usize = 1 << SLOT_BITS;

const fn slot(fingerprint: u32) -> usize {
    (fingerprint.wrapping_mul(0x9E37_79B1) >> (32 - SLOT_BITS)) as usize
}

/// Where a phrase's fingerprint lies, and what is compared before the phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// The bytes of the window that must be there as they are, folded; the others are 0 in the mask.
    around: [u64; 2],
    mask: [u64; 2],
    fingerprint: u32,
    phrase: u16,
    /// Index + 1 of the next entry of the same slot.
    next: u16,
    offset: u8,
    /// Whether an even text that agrees with `around` holds the whole phrase.
    whole: bool,
}

/// How many bytes before a fingerprint its window begins.
const WINDOW_BACK: usize = 4;

impl Entry {
    const NONE: Entry =
        Entry { around: [0; 2], mask: [0; 2], fingerprint: 0, phrase: 0, next: 0, offset: 0, whole: false };

    const fn new<const WIDTH: usize>(phrase: &Phrase, index: usize, offset: usize) -> Entry {
        let text = phrase.text;
        let mut fingerprint = 0;
        let mut place = WIDTH;
        while place > 0 {
            place -= 1;
            fingerprint = fingerprint << 8 | (text[offset + place] | 0x20) as u32;
        }
        // Bytes that are compared as they are, from the fingerprint in both directions, up to a blank or a soft letter.
        let (mut from, mut to) = (offset, offset + WIDTH);
        while to < text.len() && to - offset < 16 - WINDOW_BACK && is_exact(text, to) {
            to += 1;
        }
        while from > 0 && offset - from < WINDOW_BACK && is_exact(text, from - 1) {
            from -= 1;
        }
        let (mut around, mut mask) = ([0; 2], [0; 2]);
        let mut place = from;
        while place < to {
            let byte = WINDOW_BACK + place - offset;
            around[byte / 8] |= ((text[place] | 0x20) as u64) << (byte % 8 * 8);
            mask[byte / 8] |= 0xFF << (byte % 8 * 8);
            place += 1;
        }
        let whole = to - from == text.len() && folds_alone(text);
        Entry { around, mask, fingerprint, phrase: index as u16, next: 0, offset: offset as u8, whole }
    }

    /// Whether the bytes around the fingerprint are the phrase's, or may be with a line break inside a word.
    #[inline]
    fn may_go_on(&self, window: &Window, fingerprint: u32) -> bool {
        let [first, second] = window.folded;
        (first ^ self.around[0]) & self.mask[0] | (second ^ self.around[1]) & self.mask[1] == 0
            || window.may_hold_break && self.fingerprint == fingerprint
    }
}

/// The bytes around a place, folded. Beyond the ends of the text they are 0, which no phrase has.
struct Window {
    folded: [u64; 2],
    may_hold_break: bool,
}

impl Window {
    #[inline]
    fn new(text: Text<'_>, at: usize) -> Window {
        let mut copy = [0; 16];
        let start = at.wrapping_sub(WINDOW_BACK);
        let bytes: &[u8; 16] = match text.bytes.get(start..start.wrapping_add(16)) {
            Some(bytes) => bytes.try_into().expect("sixteen bytes"),
            None => {
                let from = at.saturating_sub(WINDOW_BACK);
                let part = &text.bytes[from..text.bytes.len().min(at + 16 - WINDOW_BACK)];
                let begin = from + WINDOW_BACK - at;
                copy[begin..begin + part.len()].copy_from_slice(part);
                &copy
            }
        };
        let words = bytes.as_chunks::<8>().0;
        let words = [u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1])];
        Window {
            folded: words.map(|word| word | FOLD),
            may_hold_break: !text.even && words.into_iter().any(may_hold_break),
        }
    }
}

/// Whether one of eight bytes is CR or LF; now and then yes for nothing.
#[inline]
fn may_hold_break(bytes: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zero_in = |x: u64| x.wrapping_sub(ONES) & !x & (ONES << 7);
    zero_in(bytes ^ (ONES * b'\n' as u64)) | zero_in(bytes ^ (ONES * b'\r' as u64)) != 0
}

/// The tables of a [`Matcher`].
#[derive(Debug)]
pub(crate) struct Tables<E> {
    entries: E,
    heads: [u16; SLOTS],
    bits: Bits,
}

/// A list of phrases, ready to be found. `WIDTH` is the length of a fingerprint, three or four.
#[derive(Debug)]
pub(crate) struct Matcher<const WIDTH: usize> {
    phrases: &'static [Phrase],
    entries: &'static [Entry],
    heads: &'static [u16; SLOTS],
    bits: &'static Bits,
}

impl<const WIDTH: usize> Matcher<WIDTH> {
    const MASK: u32 = if WIDTH == 4 { u32::MAX } else { 0x00FF_FFFF };

    /// A matcher whose tables were made by [`link`](Matcher::link) from the same phrases.
    pub(crate) const fn from_tables<const N: usize>(
        phrases: &'static [Phrase; N],
        tables: &'static Tables<[Entry; N]>,
    ) -> Self {
        Matcher { phrases, entries: &tables.entries, heads: &tables.heads, bits: &tables.bits }
    }

    /// The tables for phrases whose fingerprints begin at `offsets`. For constants.
    pub(crate) const fn link<const N: usize>(phrases: &[Phrase; N], offsets: &[u8; N]) -> Tables<[Entry; N]> {
        let mut tables = Tables { entries: [Entry::NONE; N], heads: [0; SLOTS], bits: Bits::NONE };
        let mut index = 0;
        while index < N {
            let entry = Entry::new::<WIDTH>(&phrases[index], index, offsets[index] as usize);
            let head = &mut tables.heads[slot(entry.fingerprint)];
            tables.entries[index] = Entry { next: *head, ..entry };
            *head = index as u16 + 1;
            tables.bits.add(entry.fingerprint);
            index += 1;
        }
        tables
    }

    /// The table that says where a fingerprint may stand.
    pub(crate) fn bits(&self) -> &'static Bits {
        self.bits
    }

    /// Calls `found` with every phrase whose fingerprint lies at `at`, and where the phrase lies.
    #[inline]
    pub(crate) fn at(&self, text: &[u8], at: usize, found: impl FnMut(usize, Range<usize>)) {
        // Four bytes are loaded even for three: one load instead of three.
        let fingerprint = match text.get(at..at + 4) {
            Some(bytes) => fold(u32::from_le_bytes(bytes.try_into().expect("four bytes"))) & Self::MASK,
            None => match text.get(at..at + WIDTH) {
                Some(bytes) => Self::fingerprint_of(bytes),
                None => return,
            },
        };
        if self.bits.holds(fingerprint) {
            self.compare(Text::new(text, false), at, fingerprint, found);
        }
    }

    /// [`at`](Matcher::at) for every place of a text. For fingerprints of four bytes.
    pub(crate) fn everywhere(&self, text: Text<'_>, mut found: impl FnMut(usize, Range<usize>)) {
        const { assert!(WIDTH == 4) }
        let bytes = text.bytes;
        let mut from = 0;
        while from + 4 <= bytes.len() {
            let mut places = self.bits.places(&bytes[from..]);
            while places != 0 {
                let at = from + places.trailing_zeros() as usize;
                places &= places - 1;
                let four = bytes[at..at + 4].try_into().expect("four bytes");
                self.compare(text, at, fold(u32::from_le_bytes(four)), &mut found);
            }
            from += 64;
        }
    }

    fn fingerprint_of(bytes: &[u8]) -> u32 {
        let mut four = [0_u8; 4];
        four[..WIDTH].copy_from_slice(&bytes[..WIDTH]);
        fold(u32::from_le_bytes(four)) & Self::MASK
    }

    /// Compares the phrases that have a fingerprint.
    #[inline(never)]
    fn compare(&self, text: Text<'_>, at: usize, fingerprint: u32, mut found: impl FnMut(usize, Range<usize>)) {
        let mut next = self.heads[slot(fingerprint)];
        let window = Window::new(text, at);
        while next != 0 {
            let entry = &self.entries[usize::from(next) - 1];
            next = entry.next;
            if entry.may_go_on(&window, fingerprint) {
                let phrase = &self.phrases[usize::from(entry.phrase)];
                let offset = usize::from(entry.offset);
                let range = if entry.whole && text.even {
                    let range = at - offset..at - offset + phrase.text.len();
                    phrase.has_edges_at(text.bytes, &range).then_some(range)
                } else {
                    phrase.find_at::<WIDTH>(text, at, offset)
                };
                if let Some(range) = range {
                    found(usize::from(entry.phrase), range);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(phrase: &'static str, text: &str) -> bool {
        let matcher = Matcher::<4>::new(vec![Phrase::new(phrase)], &[]);
        let mut found = false;
        for at in 0..text.len() {
            matcher.at(text.as_bytes(), at, |_, _| found = true);
        }
        found
    }

    #[test]
    fn case_and_white_space_are_forgiven() {
        assert!(finds("existing connection was forcibly closed", "An EXISTING connection  was\tforcibly closed"));
        assert!(finds("actively refused it", r"actively\r\nrefused it"));
    }

    #[test]
    fn a_console_may_wrap_inside_a_word() {
        assert!(finds("existing connection was forcibly closed", "existing connec\r\ntion was forcibly closed"));
    }

    #[test]
    fn accents_may_be_lost() {
        for text in ["a été", "a ?t?", "a \u{FFFD}t\u{FFFD}", "a ete", "a Ã©tÃ©"] {
            assert!(finds("connexion a été fermée", &format!("connexion {text} fermée")), "{text}");
        }
    }

    #[test]
    fn accents_and_apostrophes_may_be_written_out() {
        // Before and behind the letters that are compared first, whichever those are.
        for text in [r"a \u00e9t\u00e9 l\u2019h", "a &eacute;t&#233; l&apos;h", "a &#xE9;t&#xe9; l&#39;h"] {
            assert!(finds("a été l'hôte distant", &format!("{text}ôte distant")), "{text}");
            assert!(finds("connexion a été l'h", &format!("connexion {text}")), "{text}");
        }
        for text in ["a &eacutet&eacute; l'h", r"a \u00gt\u00e9 l'h", "a &;t&; l'h"] {
            assert!(!finds("connexion a été l'h", &format!("connexion {text}")), "{text}");
        }
    }

    #[test]
    fn words_have_edges() {
        assert!(finds("<recv>", "recv() failed"));
        assert!(!finds("<recv>", "recvmsg failed"));
        assert!(finds("<recv>", r"failed\nrecv failed"));
    }
}
