//! Records that were read before, but for the digits of their dates, clocks and addresses.
//!
//! Logs repeat themselves: most of their records come from a few statements of a program. What such a record tells is
//! remembered under its *shape*, its bytes with `0` for every digit that stands beside a `.`, `:` or `-` with a digit on
//! the other side, and the numbers in it that have the value of a code. Nothing that [`Reading`] holds depends on other
//! digits (the tests of this module say why that is so). The time is read anew; of the addresses, where they stand is
//! known and their numbers are looked at.

use super::blocks::{Blocks, Place};
use super::peer::Remembered;
use super::{Number, Reading};

/// Longer records are read every time.
const LONGEST_BYTES: usize = 512;

/// How many shapes are remembered; one that falls on another's slot takes it.
const SLOTS: usize = 1024;

/// Bounds of what one slot holds, with the shape: a quarter of a megabyte for all slots, or one and a half at worst.
const MOST_VERDICTS: usize = 8;
const MOST_RANGES: usize = 32;

/// What was read, by shape.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    slots: Vec<Slot>,
    /// The shape of the record at hand.
    shape: Vec<u8>,
    hash: u64,
}

/// A shape is remembered when it comes for the second time: what comes once is not worth the copy.
#[derive(Debug, Default)]
struct Slot {
    hash: u64,
    known: Option<Box<Known>>,
}

#[derive(Debug)]
struct Known {
    shape: Box<[u8]>,
    numbers: Box<[Number]>,
    reading: Reading,
    /// Its addresses, once somebody asked for them.
    peers: Option<Remembered>,
}

impl Shapes {
    /// Finds what was read from a record of this shape; the slot for [`reading`](Shapes::reading).
    pub(crate) fn find(&mut self, text: &[u8], blocks: &Blocks, numbers: &[Number]) -> Option<usize> {
        if text.len() > LONGEST_BYTES {
            return None;
        }
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, Slot::default);
        }
        self.take_shape(text, blocks, numbers);
        let index = self.index();
        let slot = &self.slots[index];
        let known = slot.known.as_ref().filter(|_| slot.hash == self.hash)?;
        (*known.shape == *self.shape && *known.numbers == *numbers).then_some(index)
    }

    pub(crate) fn reading(&self, index: usize) -> &Reading {
        &self.slots[index].known.as_ref().expect("`find` gave this slot, and nothing was kept since").reading
    }

    /// What is known of a shape, and room for its addresses.
    pub(crate) fn known(&mut self, index: usize) -> (&Reading, &mut Option<Remembered>) {
        let known = self.slots[index].known.as_mut().expect("`find` gave this slot, and nothing was kept since");
        (&known.reading, &mut known.peers)
    }

    /// Remembers what was read from the record that [`find`](Shapes::find) was asked about last.
    pub(crate) fn keep(&mut self, text: &[u8], numbers: &[Number], reading: &Reading) {
        let ranges = numbers.len() + reading.masks.len() + reading.hosts.len();
        if text.len() > LONGEST_BYTES || reading.verdicts.len() > MOST_VERDICTS || ranges > MOST_RANGES {
            return;
        }
        let index = self.index();
        let slot = &mut self.slots[index];
        if slot.hash != self.hash {
            slot.hash = self.hash;
            return;
        }
        if reading.reads_digits || PHRASES.iter().any(|phrase| memchr::memmem::find(&self.shape, phrase).is_some()) {
            return;
        }
        let known = Known { shape: self.shape.clone().into(), numbers: numbers.into(), reading: reading.clone(), peers: None };
        slot.known = Some(Box::new(known));
    }

    fn index(&self) -> usize {
        (self.hash >> 32) as usize % SLOTS
    }

    /// Makes the shape of a record, and the hash.
    fn take_shape(&mut self, text: &[u8], blocks: &Blocks, numbers: &[Number]) {
        self.shape.clear();
        let mut hash = text.len() as u64;
        let mut mix = |word: u64| {
            hash = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            hash ^= hash >> 29;
        };
        for place in blocks.places() {
            let part = &text[place.base..text.len().min(place.base + 64)];
            let mut zeros = zeros(&place);
            let (words, rest) = part.as_chunks::<8>();
            for word in words {
                let word = with_zeros(u64::from_le_bytes(*word), zeros);
                self.shape.extend_from_slice(&word.to_le_bytes());
                mix(word);
                zeros >>= 8;
            }
            if !rest.is_empty() {
                let mut last = [0; 8];
                last[..rest.len()].copy_from_slice(rest);
                let word = with_zeros(u64::from_le_bytes(last), zeros);
                self.shape.extend_from_slice(&word.to_le_bytes()[..rest.len()]);
                mix(word);
            }
        }
        for number in numbers {
            mix(number.code.value() as u64);
        }
        self.hash = hash;
    }
}

/// The digits of a block that a shape leaves open.
///
/// Of a run that reaches over the edge of the block as much as is seen from here: that makes more shapes, not false ones.
#[inline]
fn zeros(place: &Place) -> u64 {
    let here = &place.here;
    let digit = here.digit;
    let between = (here.dot | here.colon | here.name & !here.word & !here.dot) & place.behind(|b| b.digit) & (digit >> 1);
    // Runs behind a separator, to their ends; up to five digits before one.
    let mut open = run_from(digit, between << 1 & digit);
    let mut before = between >> 1;
    for _ in 0..5 {
        open |= before;
        before = before >> 1 & digit;
    }
    // `winsock2-1` is a word.
    let after_letter = digit & place.behind(|b| b.word & !b.digit);
    open & !run_from(digit, after_letter)
}

/// The digits from some digits on to the ends of their runs.
#[inline]
fn run_from(digit: u64, from: u64) -> u64 {
    (digit.wrapping_add(from) ^ digit | from) & digit
}

/// Eight bytes with `0` for those whose bit is set.
#[inline]
fn with_zeros(word: u64, bits: u64) -> u64 {
    let own_bit = (bits & 0xFF).wrapping_mul(0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
    let top = ((own_bit & 0x7F7F_7F7F_7F7F_7F7F) + 0x7F7F_7F7F_7F7F_7F7F | own_bit) & 0x8080_8080_8080_8080;
    let bytes = (top >> 7) * 0xFF;
    word & !bytes | 0x3030_3030_3030_3030 & bytes
}

/// The lexicon's phrases of which a shape leaves digits open, as it shows them: records with such are read every time.
const PHRASES: [&[u8]; 1] = [b"441 0.0.0"];

#[cfg(test)]
mod tests {
    use winsock_codes::entries;

    use super::*;
    use crate::lexicon::ROWS;

    fn shape(text: &str) -> String {
        let (mut blocks, mut shapes) = (Blocks::default(), Shapes::default());
        blocks.read(text.as_bytes());
        shapes.take_shape(text.as_bytes(), &blocks, &[]);
        String::from_utf8(shapes.shape).unwrap()
    }

    #[test]
    fn dates_clocks_and_addresses_are_left_open() {
        for (text, wanted) in [
            ("2025-03-01 10:02:03.663 [991] read 10.0.0.7:50124 ms=17", "0000-00-00 00:00:00.000 [991] read 00.0.0.0:00000 ms=17"),
            ("winsock2-1 tcp4:1 error 10054 (os error 32)", "winsock2-0 tcp4:0 error 10054 (os error 32)"),
            ("a.1 2.b :3 4: 5-6", "a.1 2.b :3 4: 0-0"),
            ("1234567.8", "1200000.0"),
        ] {
            assert_eq!(shape(text), wanted);
        }
    }

    /// The first reason why shapes suffice: no phrase and no message asks for digits that a shape leaves open, but for
    /// those that are known here.
    #[test]
    fn no_words_depend_on_digits_left_open() {
        let open = |text: &&str| shape(text) != **text;
        let phrases: Vec<String> = ROWS.iter().map(|(phrase, ..)| *phrase).filter(open).map(shape).collect();
        let known: Vec<&str> = PHRASES.iter().map(|phrase| std::str::from_utf8(phrase).unwrap()).collect();
        assert_eq!(phrases, known);
        assert!(!entries().iter().any(|entry| open(&entry.detail().message)));
    }
}
