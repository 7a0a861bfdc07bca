//! The hash behind `by_name`. On its own in a file because the generator includes it too: the seed it
//! looks for must be tried with the same function.

/// Hash of a name without its `WSA`, eight bytes at a time; letters' case does not count. The generator tries seeds until
/// every name has a slot of its own.
pub(crate) fn hash(bare: &[u8], seed: u64) -> u64 {
    let mut state = seed ^ bare.len() as u64;
    for chunk in bare.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let folded = u64::from_le_bytes(word) & !0x2020_2020_2020_2020;
        state = (state ^ folded).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }
    state
}
