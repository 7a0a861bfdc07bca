//! [`Bits`]: a bit for every fingerprint, by hash.

use super::fold;

/// Tells whether four bytes may be one of some fingerprints; of other bytes it takes two in a hundred for one if there are
/// a thousand.
#[derive(Debug)]
pub(crate) struct Bits([u64; 1 << (SIZE_BITS - 6)]);

/// 8 KiB: next to nothing passes by chance, and the first-level cache has room for more.
const SIZE_BITS: u32 = 16;

#[inline(always)]
const fn place(fingerprint: u32) -> (usize, u32) {
    let hash = fingerprint.wrapping_mul(0x85EB_CA6B) >> (32 - SIZE_BITS);
    ((hash >> 6) as usize, hash & 63)
}

impl Bits {
    pub(crate) const NONE: Bits = Bits([0; 1 << (SIZE_BITS - 6)]);

    pub(crate) const fn add(&mut self, fingerprint: u32) {
        let (word, bit) = place(fingerprint);
        self.0[word] |= 1 << bit;
    }

    /// Whether a fingerprint, folded, may be one of them.
    #[inline(always)]
    pub(crate) fn holds(&self, fingerprint: u32) -> bool {
        let (word, bit) = place(fingerprint);
        self.0[word] >> bit & 1 == 1
    }

    /// Whether the four bytes at `at` may be one of them.
    #[inline]
    pub(crate) fn may_hold(&self, data: &[u8], at: usize) -> bool {
        let Some(bytes) = data.get(at..at + 4) else { return false };
        self.holds(fold(u32::from_le_bytes(bytes.try_into().expect("four bytes"))))
    }

    /// A bit for each of the first 64 places of a text where one of them may stand.
    pub(crate) fn places(&self, text: &[u8]) -> u64 {
        let mut places = 0;
        match text.first_chunk::<67>() {
            // The length is a constant here, and the loop unrolled.
            Some(text) => self.mark(text, &mut places),
            None => self.mark(&text[..text.len().min(67)], &mut places),
        }
        places
    }

    #[inline(always)]
    fn mark(&self, text: &[u8], places: &mut u64) {
        for (index, four) in text.windows(4).enumerate() {
            let may = self.holds(fold(u32::from_le_bytes(four.try_into().expect("four bytes"))));
            *places |= u64::from(may) << index;
        }
    }
}
