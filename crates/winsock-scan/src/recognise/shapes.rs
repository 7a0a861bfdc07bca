//! Records that were read before, but for the digits of their dates, clocks and addresses.
//!
//! Logs repeat themselves: most of their records come from a few statements of a program. What such a record tells is
//! remembered under its *shape*, its bytes with `0` for every digit that stands beside a `.`, `:` or `-` with a digit on
//! the other side, and the numbers in it that have the value of a code. Nothing that [`Reading`] holds depends on other
//! digits (the tests of this module say why that is so). The time is read anew; of the addresses, where they stand is
//! known and their numbers are looked at.
//!
//! Which digits a shape leaves open depends on where digits stand, not on which they are. So that is known as well, by the
//! record's *outline*, its bytes with `0` for every digit: of a record with a known outline only the digits of the shape are
//! looked at, and those numbers that depend on others.

use super::blocks::{Block, Blocks, Place, bits};
use super::peer::Remembered;
use super::{Number, Reading, may_begin_number, number_at};

/// Longer records are read every time.
pub(crate) const LONGEST_BYTES: usize = 512;

/// How many shapes are remembered, each in one of two slots: a megabyte, as records mostly are.
const SLOTS: usize = 2048;

/// How many outlines are, in the same way: a kilobyte and a half each at most.
const OUTLINES: usize = 1024;

/// Bounds of what one slot holds, so that all of them together, with the outlines, stay below ten megabytes.
const MOST_VERDICTS: usize = 8;
const MOST_RANGES: usize = 32;

/// How far behind its first digit a number, or what says that it is none, may reach.
const NUMBER_BYTES: u32 = 24;

/// What was read, by shape.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    outlines: Vec<Outline>,
    slots: Vec<Slot>,
    /// The record at hand: its bytes with `0` for every digit, filled up with zeros.
    bare: Vec<u8>,
    /// Its outline.
    outline: usize,
    /// The digits of its shape, and the numbers that depend on others.
    digits: Vec<u8>,
    numbers: Vec<Number>,
    hash: u64,
    /// How many outlines were drawn.
    drawn: u64,
}

/// What texts have in common that differ in digits alone: which of those belong to the shape.
#[derive(Debug, Default)]
struct Outline {
    hash: u64,
    /// No other one was ever drawn with it.
    serial: u64,
    /// A text with `0` for every digit.
    bare: Vec<u8>,
    /// Where the digits of the shape stand.
    digits: Vec<u16>,
    /// Where numbers may begin that depend on other digits, and how many digits each has at most.
    numbers: Vec<(u16, u32)>,
}

/// A shape is remembered when it comes for the second time: what comes once is not worth the copy.
#[derive(Debug, Default)]
struct Slot {
    hash: u64,
    known: Option<Box<Known>>,
}

/// The outline's bytes, digits and numbers say what shape it is.
#[derive(Debug)]
struct Known {
    /// The serial of an outline with these bytes, so that they need not be compared while it is remembered.
    outline: u64,
    bare: Box<[u8]>,
    digits: Box<[u8]>,
    numbers: Box<[Number]>,
    reading: Reading,
    /// Its addresses, once somebody asked for them.
    peers: Option<Remembered>,
}

impl Shapes {
    /// Finds what was read from a record of this shape; the slot for [`reading`](Shapes::reading). Only for a record with a
    /// new outline are the blocks read.
    pub(crate) fn find(&mut self, text: &[u8], blocks: &mut Blocks) -> Option<usize> {
        if text.len() > LONGEST_BYTES {
            return None;
        }
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, Slot::default);
            self.outlines.resize_with(OUTLINES, Outline::default);
            self.bare.resize(LONGEST_BYTES, 0);
        }
        self.take_shape(text, blocks);
        let (bare, outline) = (&self.bare[..text.len()], self.outlines[self.outline].serial);
        two_of(SLOTS, self.hash).into_iter().find(|index| {
            let slot = &mut self.slots[*index];
            let Some(known) = slot.known.as_mut().filter(|_| slot.hash == self.hash) else { return false };
            if known.outline != outline {
                if *known.bare != *bare {
                    return false;
                }
                known.outline = outline;
            }
            *known.digits == *self.digits && *known.numbers == *self.numbers
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
    pub(crate) fn keep(&mut self, text: &[u8], reading: &Reading) {
        let ranges = self.numbers.len() + reading.masks.len() + reading.hosts.len();
        if text.len() > LONGEST_BYTES || reading.verdicts.len() > MOST_VERDICTS || ranges > MOST_RANGES {
            return;
        }
        let [first, second] = two_of(SLOTS, self.hash);
        let index = if self.slots[first].hash == self.hash { first } else { second };
        if self.slots[index].hash != self.hash {
            // The older of the two makes room.
            self.slots.swap(first, second);
            self.slots[first] = Slot { hash: self.hash, known: None };
            return;
        }
        let shape = self.shape();
        if reading.reads_digits || PHRASES.iter().any(|phrase| memchr::memmem::find(&shape, phrase).is_some()) {
            return;
        }
        self.slots[index].known = Some(Box::new(Known {
            outline: self.outlines[self.outline].serial,
            bare: self.bare[..text.len()].into(),
            digits: self.digits[..].into(),
            numbers: self.numbers[..].into(),
            reading: reading.clone(),
            peers: None,
        }));
    }

    /// The shape of the record at hand.
    fn shape(&self) -> Vec<u8> {
        let outline = &self.outlines[self.outline];
        let mut shape = outline.bare.clone();
        for (place, digit) in outline.digits.iter().zip(&self.digits) {
            shape[usize::from(*place)] = *digit;
        }
        shape
    }

    /// Takes what makes the shape of a record, and the hash.
    fn take_shape(&mut self, text: &[u8], blocks: &mut Blocks) {
        let hash = self.take_bare(text);
        self.outline = self.outline_of(text, hash, blocks);
        let outline = &self.outlines[self.outline];
        self.digits.clear();
        self.digits.extend(outline.digits.iter().map(|place| text[usize::from(*place)]));
        self.numbers.clear();
        for (at, digits) in &outline.numbers {
            let at = usize::from(*at);
            if may_begin_number(text, at, *digits) {
                self.numbers.extend(number_at(text, at));
            }
        }
        let hash = self.digits.iter().fold(hash, |hash, digit| hash.rotate_left(5).wrapping_add(u64::from(*digit)));
        self.hash = self.numbers.iter().fold(mix(hash, 0), |hash, number| mix(hash, number.code.value() as u64));
    }

    /// Takes the bytes of a record with `0` for every digit; their hash.
    fn take_bare(&mut self, text: &[u8]) -> u64 {
        let (bare, filling) = self.bare[..text.len().next_multiple_of(32)].split_at_mut(text.len());
        bare.copy_from_slice(text);
        filling.fill(0);
        let bare = &mut self.bare[..text.len().next_multiple_of(32)];
        // One loop over all of them, which the compiler makes one over vectors.
        for byte in &mut *bare {
            *byte = if byte.wrapping_sub(b'0') < 10 { b'0' } else { *byte };
        }
        bare.as_chunks::<32>().0.iter().fold(text.len() as u64, |hash, piece| {
            let [one, two, three, four] = words(piece);
            mix(mix(hash ^ one, two) ^ three, four)
        })
    }

    /// The outline of the record at hand, whose bytes have a hash.
    fn outline_of(&mut self, text: &[u8], hash: u64, blocks: &mut Blocks) -> usize {
        let bare = &self.bare[..text.len()];
        let [first, second] = two_of(OUTLINES, hash);
        let is_it = |index: &usize| self.outlines[*index].hash == hash && *self.outlines[*index].bare == *bare;
        [first, second].into_iter().find(is_it).unwrap_or_else(|| {
            blocks.read(text);
            // The older of the two makes room.
            self.outlines.swap(first, second);
            self.outlines[first].draw(bare, hash, blocks);
            self.drawn += 1;
            self.outlines[first].serial = self.drawn;
            first
        })
    }
}

impl Outline {
    /// Makes this the outline of the text with these blocks.
    fn draw(&mut self, bare: &[u8], hash: u64, blocks: &Blocks) {
        self.hash = hash;
        self.bare.clear();
        self.bare.extend_from_slice(bare);
        self.digits.clear();
        self.numbers.clear();
        let mut runs = Runs::default();
        let mut open = [0; LONGEST_BYTES / 64 + 1];
        for (open, place) in open.iter_mut().zip(blocks.places()) {
            *open = runs.open(&place, &blocks.at(place.base + 64));
        }
        for (open, place) in open.windows(2).zip(blocks.places()) {
            let closed = place.here.digit & !open[0];
            self.digits.extend(bits(closed).map(|bit| (place.base + bit as usize) as u16));
            let open = u128::from(open[0]) | u128::from(open[1]) << 64;
            for bit in bits(place.begins(|block| block.digit) & !place.few_digits()) {
                if open >> bit & ((1 << NUMBER_BYTES) - 1) != 0 {
                    self.numbers.push(((place.base + bit as usize) as u16, place.digits(bit)));
                }
            }
        }
    }
}

/// The two slots of so many where something with a hash may be.
fn two_of(slots: usize, hash: u64) -> [usize; 2] {
    let first = (hash >> 32) as usize % slots;
    [first, first ^ 1]
}

fn words(bytes: &[u8; 32]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks::<8>();
    std::array::from_fn(|index| u64::from_le_bytes(words[index]))
}

/// Two words in one: the halves of their product.
pub(crate) fn mix(one: u64, other: u64) -> u64 {
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
    fn open(&mut self, place: &Place, next: &Block) -> u64 {
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

/// The lexicon's phrases of which a shape leaves digits open, as it shows them: records with such are read every time.
const PHRASES: [&[u8]; 1] = [b"441 0.0.0"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use winsock_codes::entries;

    use super::*;
    use crate::lexicon::ROWS;

    fn shape(text: &str) -> String {
        let (mut blocks, mut shapes) = (Blocks::default(), Shapes::default());
        shapes.find(text.as_bytes(), &mut blocks);
        String::from_utf8(shapes.shape()).unwrap()
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

    proptest! {
        /// The second: of the digits left open depend only those numbers that the outline names.
        #[test]
        fn no_other_numbers_depend_on_digits_left_open(
            text in "([0-9]{1,9}|10054|-4078|0x2746|0200274D:system lib|80072746-?|2147952460-1|2746h|730054|[-.:])([ .:_a-fhx~-]|[0-9]{5}){0,20}",
            digits in proptest::collection::vec(b'0'..=b'9', 128),
        ) {
            let (mut blocks, mut shapes) = (Blocks::default(), Shapes::default());
            shapes.find(text.as_bytes(), &mut blocks);
            let (text, outline) = (text.as_bytes(), &shapes.outlines[shapes.outline]);
            let is_open = |at: usize| text[at].is_ascii_digit() && !outline.digits.contains(&(at as u16));
            let other: Vec<u8> =
                (0..text.len()).map(|at| if is_open(at) { digits[at % digits.len()] } else { text[at] }).collect();
            let begins = |at: &usize| text[*at].is_ascii_digit() && (*at == 0 || !text[at - 1].is_ascii_digit());
            for at in (0..text.len()).filter(begins) {
                if !outline.numbers.iter().any(|(place, _)| usize::from(*place) == at) {
                    prop_assert_eq!(number_at(text, at), number_at(&other, at));
                }
            }
        }
    }
}
