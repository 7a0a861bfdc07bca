//! The first filter: the next position whose four bytes fit a bucket. AVX2 where the processor has it.
//!
//! The only unsafe code of the crate: loads of 32 bytes and the call into a function compiled for AVX2.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use super::buckets::Buckets;

/// The first place in `from..to` whose four bytes may be a stretch and for which `holds` says yes; the four bytes may reach beyond `to`, not beyond
/// `data`.
#[inline]
pub(super) fn next_candidate(
    buckets: &Buckets,
    data: &[u8],
    from: usize,
    to: usize,
    holds: impl Fn(usize) -> bool,
) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        return unsafe { avx2::next_candidate(buckets, data, from, to, holds) };
    }
    plain(buckets, data, from, to, holds)
}

/// Byte by byte, for the ends of inputs and other processors.
fn plain(buckets: &Buckets, data: &[u8], from: usize, to: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
    (from..to).find(|at| buckets.may_hold(data, *at) && holds(*at))
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::{Buckets, plain};

    const WIDTH: usize = 32;
    const STEP: usize = 2 * WIDTH;
    /// How far ahead the memory is asked for: farther than the hardware looks by itself on mapped files.
    const AHEAD: usize = 3 << 10;

    /// One table of sixteen entries, twice, as the shuffle wants it.
    #[target_feature(enable = "avx2")]
    fn table(half: &[u8; 16]) -> __m256i {
        // SAFETY: 16 bytes are read from an array of 16.
        let half = unsafe { _mm_loadu_si128(half.as_ptr().cast()) };
        _mm256_broadcastsi128_si256(half)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn next_candidate(
        buckets: &Buckets,
        data: &[u8],
        from: usize,
        to: usize,
        holds: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let low = [table(&buckets.low[0]), table(&buckets.low[1]), table(&buckets.low[2]), table(&buckets.low[3])];
        let high = [table(&buckets.high[0]), table(&buckets.high[1]), table(&buckets.high[2]), table(&buckets.high[3])];
        let half = _mm256_set1_epi8(0x0F);
        let mut at = from;
        // Two vectors at a time: about one position in thirty passes, and a branch guessed wrong costs as much as a vector.
        // The load for the last of the four places ends at `at + STEP + 3`.
        while at < to && at + STEP + 3 <= data.len() {
            let start = data.as_ptr().wrapping_add(at);
            _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
            let mut some = 0_u64;
            for part in 0..2 {
                let mut fits = _mm256_set1_epi8(-1);
                for place in 0..4 {
                    // SAFETY: at + part * WIDTH + place + WIDTH <= at + STEP + 3 <= data.len() by the loop's condition.
                    let bytes = unsafe { _mm256_loadu_si256(start.wrapping_add(part * WIDTH + place).cast()) };
                    let lows = _mm256_shuffle_epi8(low[place], _mm256_and_si256(bytes, half));
                    let highs = _mm256_shuffle_epi8(high[place], _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half));
                    fits = _mm256_and_si256(fits, _mm256_and_si256(lows, highs));
                }
                let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(fits, _mm256_setzero_si256())).cast_unsigned();
                some |= u64::from(!none) << (part * WIDTH);
            }
            while some != 0 {
                let place = at + some.trailing_zeros() as usize;
                if buckets.may_hold(data, place) && place < to && holds(place) {
                    return Some(place);
                }
                some &= some - 1;
            }
            at += STEP;
        }
        plain(buckets, data, at.min(to), to, holds)
    }
}
