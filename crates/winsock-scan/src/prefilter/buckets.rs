//! Sixteen classes of four bytes: which bytes may stand at each of four places, as tables that one shuffle instruction
//! reads (the "Teddy" scheme of the Hyperscan project, with classes instead of literals).
//!
//! There are two sortings of the same stretches. Processors with AVX-512 VBMI look up seven bits of a byte at once; the
//! others look up its two halves, and let through what has the lower half of one member's byte and the upper half of
//! another's. What suits one suits the other badly.

/// The tables of both sortings.
#[derive(Debug)]
pub(super) struct Buckets {
    pub(super) halves: [Halves; SETS],
    pub(super) whole: [Whole; SETS],
}

/// For each of four places and each half of a byte: a bit for every one of eight classes that allows it there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Halves {
    pub(super) low: [[u8; 16]; 4],
    pub(super) high: [[u8; 16]; 4],
}

/// For each of four places and the lower seven bits of a byte: a bit for every one of eight classes that allows it there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole(pub(super) [[u8; 128]; 4]);

/// Eight classes fit the bits of a byte; so many bytes are looked up.
pub(super) const SETS: usize = 2;

/// Four bytes (folded: small letters, and bytes with bit 5 set), and the classes that they are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) by_halves: u8,
    pub(super) by_bytes: u8,
    pub(super) bytes: [u8; 4],
}

impl Buckets {
    /// The tables for some stretches.
    pub(super) const fn new(stretches: &[Stretch]) -> Buckets {
        let halves = Halves { low: [[0; 16]; 4], high: [[0; 16]; 4] };
        let mut tables = Buckets { halves: [halves; SETS], whole: [Whole([[0; 128]; 4]); SETS] };
        let mut index = 0;
        while index < stretches.len() {
            tables.add(&stretches[index]);
            index += 1;
        }
        tables
    }

    const fn add(&mut self, stretch: &Stretch) {
        let halves = &mut self.halves[stretch.by_halves as usize / 8];
        let whole = &mut self.whole[stretch.by_bytes as usize / 8];
        let (half_bit, whole_bit) = (1 << (stretch.by_halves % 8), 1 << (stretch.by_bytes % 8));
        let mut place = 0;
        while place < 4 {
            // The capital letter too, and whatever else folding makes equal.
            let small = stretch.bytes[place] as usize;
            let capital = small & !0x20;
            halves.low[place][small & 15] |= half_bit;
            halves.high[place][small >> 4] |= half_bit;
            halves.high[place][capital >> 4] |= half_bit;
            whole.0[place][small & 127] |= whole_bit;
            whole.0[place][capital & 127] |= whole_bit;
            place += 1;
        }
    }
}
