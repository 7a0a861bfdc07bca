//! Sixteen classes of four bytes: which bytes may stand at each of four places, as tables that one shuffle instruction
//! reads (the "Teddy" scheme of the Hyperscan project, with classes instead of literals).
//!
//! There are two sortings of the same stretches. Processors with AVX-512 VBMI look up six bits of a byte at once, all that
//! tells apart what is ASCII and folded; the others four bits, and what can be told from them: the lower half of each byte,
//! and four bits into which each byte and the next are mixed. They let through what has the lower halves of one member and
//! the mixed bits of another. What suits one suits the other badly.

/// The tables of both sortings.
#[derive(Debug)]
pub(super) struct Buckets {
    pub(super) pairs: [Pairs; SETS],
    pub(super) whole: [Whole; SETS],
}

/// For each of four places and the lower half of a byte, and for each of the three pairs of neighbours and their [`mixed`]
/// bits: a bit for every one of eight classes that allows them there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairs {
    pub(super) low: [[u8; 16]; 4],
    pub(super) mixed: [[u8; 16]; 3],
}

/// For each of four places and the [six bits](six_bits) of a byte: a bit for every one of eight classes that allows it there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole(pub(super) [[u8; 64]; 4]);

/// Eight classes fit the bits of a byte; so many bytes are looked up.
pub(super) const SETS: usize = 2;

/// Four bytes (folded: small letters, and bytes with bit 5 set), and the classes that they are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) by_pairs: u8,
    pub(super) by_bytes: u8,
    pub(super) bytes: [u8; 4],
}

impl Buckets {
    /// The tables for some stretches.
    pub(super) const fn new(stretches: &[Stretch]) -> Buckets {
        let pairs = Pairs { low: [[0; 16]; 4], mixed: [[0; 16]; 3] };
        let mut tables = Buckets { pairs: [pairs; SETS], whole: [Whole([[0; 64]; 4]); SETS] };
        let mut index = 0;
        while index < stretches.len() {
            tables.add(&stretches[index]);
            index += 1;
        }
        tables
    }

    const fn add(&mut self, stretch: &Stretch) {
        let pairs = &mut self.pairs[stretch.by_pairs as usize / 8];
        let whole = &mut self.whole[stretch.by_bytes as usize / 8];
        let (pair_bit, whole_bit) = (1 << (stretch.by_pairs % 8), 1 << (stretch.by_bytes % 8));
        let mut place = 0;
        while place < 4 {
            pairs.low[place][stretch.bytes[place] as usize & 15] |= pair_bit;
            if place < 3 {
                pairs.mixed[place][mixed(stretch.bytes[place], stretch.bytes[place + 1])] |= pair_bit;
            }
            whole.0[place][six_bits(stretch.bytes[place])] |= whole_bit;
            place += 1;
        }
    }
}

#[cfg(test)]
impl Buckets {
    /// Whether four bytes fit a class of the sorting by pairs.
    pub(super) fn fits_pairs(&self, bytes: &[u8; 4]) -> bool {
        self.pairs.iter().any(|table| {
            let low = (0..4).fold(0xFF, |bits, place| bits & table.low[place][usize::from(bytes[place] & 15)]);
            (0..3).fold(low, |bits, place| bits & table.mixed[place][mixed(bytes[place], bytes[place + 1])]) != 0
        })
    }

    /// Whether four bytes fit a class of the sorting by bytes.
    pub(super) fn fits_bytes(&self, bytes: &[u8; 4]) -> bool {
        self.whole
            .iter()
            .any(|table| (0..4).fold(0xFF, |bits, place| bits & table.0[place][six_bits(bytes[place])]) != 0)
    }
}

/// A byte without its eighth bit and the one that makes a capital letter small: the sixth bit is the seventh.
pub(super) const fn six_bits(byte: u8) -> usize {
    (byte & 0x1F | byte >> 1 & 0x20) as usize
}

/// The bits that are mixed: the same for a capital letter and a small one, and without the eighth.
pub(super) const FOLDED: u8 = 0x5F;

/// Four bits of two neighbours, as two instructions make them that take the average of bytes, rounded up. Less than half as
/// many places fit a class as with the upper bits of both in place of this, which take more instructions to cut out.
pub(super) const fn mixed(first: u8, second: u8) -> usize {
    let (first, second) = ((first & FOLDED) as usize, (second & FOLDED) as usize);
    (first.div_ceil(2) + second).div_ceil(2) & 15
}
