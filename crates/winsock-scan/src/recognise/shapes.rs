//! Records that were read before, but for the digits of their dates, clocks and addresses.
//!
//! Logs repeat themselves: most of their records come from a few statements of a program. What such a record tells is
//! remembered under its *shape*, its bytes with `0` for every digit that stands beside a `.`, `:` or `-` with a digit on
//! the other side, and the numbers in it that have the value of a code. Nothing that [`Reading`] holds depends on other
//! digits (the tests of this module say why that is so). The time is read anew; of the addresses, where they stand is
//! known and their numbers are looked at.

use super::blocks::{Block, Blocks, Place};
use super::peer::Remembered;
use super::{Number, Reading};

/// Longer records are read every time.
pub(crate) const LONGEST_BYTES: usize = 512;

/// How many shapes are remembered, each in one of two slots: a megabyte, as records mostly are.
const SLOTS: usize = 2048;

/// Bounds of what one slot holds, so that all of them together stay below eight megabytes.
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
        self.places().into_iter().find(|index| {
            let slot = &self.slots[*index];
            slot.hash == self.hash
                && slot.known.as_ref().is_some_and(|known| *known.shape == *self.shape && *known.numbers == *numbers)
        })
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
        let [first, second] = self.places();
        let index = if self.slots[first].hash == self.hash { first } else { second };
        if self.slots[index].hash != self.hash {
            // The older of the two makes room.
            self.slots.swap(first, second);
            self.slots[first] = Slot { hash: self.hash, known: None };
            return;
        }
        if reading.reads_digits || PHRASES.iter().any(|phrase| memchr::memmem::find(&self.shape, phrase).is_some()) {
            return;
        }
        let known =
            Known { shape: self.shape.clone().into(), numbers: numbers.into(), reading: reading.clone(), peers: None };
        self.slots[index].known = Some(Box::new(known));
    }

    /// The two slots where the shape may be.
    fn places(&self) -> [usize; 2] {
        let first = (self.hash >> 32) as usize % SLOTS;
        [first, first ^ 1]
    }

    /// Makes the shape of a record, and the hash.
    fn take_shape(&mut self, text: &[u8], blocks: &Blocks, numbers: &[Number]) {
        self.shape.clear();
        self.shape.extend_from_slice(text);
        self.shape.resize(text.len().next_multiple_of(64), 0);
        let mut hash = text.len() as u64;
        let mut runs = Runs::default();
        for (place, shape) in blocks.places().zip(self.shape.as_chunks_mut::<64>().0) {
            let mut zeros = runs.zeros(&place, &blocks.at(place.base + 64));
            for pair in shape.as_chunks_mut::<16>().0 {
                let [mut first, mut second] = words(pair);
                if zeros & 0xFFFF != 0 {
                    [first, second] = [with_zeros(first, zeros), with_zeros(second, zeros >> 8)];
                    pair[..8].copy_from_slice(&first.to_le_bytes());
                    pair[8..].copy_from_slice(&second.to_le_bytes());
                }
                zeros >>= 16;
                hash = mix(hash ^ first, second);
            }
        }
        self.shape.truncate(text.len());
        self.hash = numbers.iter().fold(hash, |hash, number| mix(hash, number.code.value() as u64));
    }
}

fn words(pair: &[u8; 16]) -> [u64; 2] {
    let (words, _) = pair.as_chunks::<8>();
    [u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1])]
}

/// Two words in one: the halves of their product.
fn mix(one: u64, other: u64) -> u64 {
    let product = u128::from(one ^ 0x9E37_79B9_7F4A_7C15) * u128::from(other ^ 0xD1B5_4A32_D192_ED03);
    product as u64 ^ (product >> 64) as u64
}

/// The runs of digits that go on from one block to the next.
#[derive(Default)]
struct Runs {
    /// One that a shape leaves open, or a separator before one.
    open: bool,
    /// One that began behind a letter.
    behind_letter: bool,
}

impl Runs {
    /// The digits of a block that a shape leaves open.
    #[inline]
    fn zeros(&mut self, place: &Place, next: &Block) -> u64 {
        let wide = |kind: fn(&Block) -> u64| u128::from(kind(&place.here)) | u128::from(kind(next)) << 64;
        let digits = wide(|b| b.digit);
        let separators = wide(|b| b.dot | b.colon | b.name & !b.word & !b.dot);
        let between = separators & (digits << 1 | u128::from(place.before.digit >> 63)) & digits >> 1;
        let digit = place.here.digit;
        // Runs behind a separator, to their ends; up to five digits before one.
        let mut open = run_from(digit, ((between as u64) << 1 | u64::from(self.open)) & digit);
        let mut before = between >> 1;
        for _ in 0..5 {
            open |= before as u64;
            before = before >> 1 & digits;
        }
        // `winsock2-1` is a word.
        let behind_letter = place.behind(|b| b.word & !b.digit) | u64::from(self.behind_letter);
        let named = run_from(digit, behind_letter & digit);
        self.open = (open | between as u64) >> 63 == 1;
        self.behind_letter = named >> 63 == 1;
        open & !named
    }
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
    let top = (((own_bit & 0x7F7F_7F7F_7F7F_7F7F) + 0x7F7F_7F7F_7F7F_7F7F) | own_bit) & 0x8080_8080_8080_8080;
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
            (
                "2025-03-01 10:02:03.663 [991] read 10.0.0.7:50124 ms=17",
                "0000-00-00 00:00:00.000 [991] read 00.0.0.0:00000 ms=17",
            ),
            ("winsock2-1 tcp4:1 error 10054 (os error 32)", "winsock2-0 tcp4:0 error 10054 (os error 32)"),
            ("a.1 2.b :3 4: 5-6", "a.1 2.b :3 4: 0-0"),
            ("1234567.8", "1200000.0"),
            (
                "to the peer with the address, which is across two blocks, 10.11.12.13:45678 and behind it a2-3 and 4",
                "to the peer with the address, which is across two blocks, 00.00.00.00:00000 and behind it a2-0 and 4",
            ),
        ] {
            assert_eq!(shape(text), wanted);
        }
    }

    #[test]
    fn runs_across_blocks_are_as_those_within() {
        for text in
            ["10.11.12.13:45678->192.168.200.100:65535 ", "a12.34 x9 2025-03-01T10:02:03.123456 ", "tcp4:1 123456.7 "]
        {
            let alone = shape(text);
            for blanks in 0..64 {
                assert_eq!(shape(&format!("{:blanks$}{text}", "")).trim_start(), alone.trim_start(), "{blanks} {text}");
            }
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
