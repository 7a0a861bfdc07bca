//! The hash behind `by_name`. On its own in a file because the generator includes it too: the seed it
//! looks for must be tried with the same function.

/// Hash of a word by its length, its first eight and its last eight bytes; letters' case does not count. For names the
/// generator tries seeds until every name has a slot of its own, so the middle need not be read.
pub(crate) fn hash(word: &[u8], seed: u64) -> u64 {
    let (first, last) = match (word.first_chunk(), word.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (word.iter().fold(0, |packed, byte| packed << 8 | u64::from(*byte)), 0),
    };
    // Without the bit that tells lower case from upper. It tells some other characters apart too, which no name or message
    // has in the same place.
    const FOLD: u64 = !0x2020_2020_2020_2020;
    let mixed = (first & FOLD ^ seed ^ word.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed.rotate_left(29) ^ last & FOLD).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ mixed >> 32
}
