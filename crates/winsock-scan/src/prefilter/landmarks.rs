//! [`Landmarks`]: what stood around the places where records of known shapes were found.
//!
//! Most errors of a log come from a few statements, and where the filter meets one of them again, the same bytes stand around
//! the place. There the record's shape is asked for at once, which takes less time than to look whether the place is worth
//! it. Whatever is remembered here, the same is found: a landmark at the wrong place costs time and nothing else.

use crate::recognise::mix;

/// So many bytes on both sides of a place are compared.
const SIDE_BYTES: usize = 8;

const SLOTS: usize = 256;

/// Some of the last ones, by hash.
#[derive(Debug)]
pub(crate) struct Landmarks([u32; SLOTS]);

impl Default for Landmarks {
    fn default() -> Landmarks {
        Landmarks::NONE
    }
}

impl Landmarks {
    pub(crate) const NONE: Landmarks = Landmarks([0; SLOTS]);

    /// Whether the same stood around a place in a record of known shape.
    #[inline]
    pub(crate) fn has(&self, data: &[u8], at: usize) -> bool {
        slot_and_tag(data, at).is_some_and(|(slot, tag)| self.0[slot] == tag)
    }

    /// Remembers a place in a record of known shape.
    pub(crate) fn add(&mut self, data: &[u8], at: usize) {
        if let Some((slot, tag)) = slot_and_tag(data, at) {
            self.0[slot] = tag;
        }
    }

    /// Forgets what stands around a place that was none.
    pub(crate) fn remove(&mut self, data: &[u8], at: usize) {
        if let Some((slot, _)) = slot_and_tag(data, at) {
            self.0[slot] = 0;
        }
    }
}

/// Where what stands around a place is remembered, and its hash, which is never 0.
#[inline]
fn slot_and_tag(data: &[u8], at: usize) -> Option<(usize, u32)> {
    let around: &[u8; 2 * SIDE_BYTES] = data.get(at.checked_sub(SIDE_BYTES)?..at + SIDE_BYTES)?.try_into().ok()?;
    let (words, _) = around.as_chunks::<8>();
    let hash = mix(u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]));
    Some(((hash >> 32) as usize % SLOTS, hash as u32 | 1))
}
