//! With AVX2: tables of sixteen entries, looked up by the halves of a byte.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use std::arch::x86_64::*;

use super::super::buckets::SETS;
use super::{AHEAD, BLOCK_BYTES, Filter, Progress};

const WIDTH: usize = 32;

/// One table of sixteen entries, twice, as the shuffle wants it.
#[target_feature(enable = "avx2,popcnt")]
fn table(half: &[u8; 16]) -> __m256i {
    // SAFETY: 16 bytes are read from an array of 16.
    let half = unsafe { _mm_loadu_si128(half.as_ptr().cast()) };
    _mm256_broadcastsi128_si256(half)
}

/// Passes the next batch; false if nothing is left of which blocks could be loaded.
#[inline(never)]
#[target_feature(enable = "avx2,popcnt")]
pub(super) fn pass_batch(filter: &Filter, data: &[u8], progress: &mut Progress, to: usize) -> bool {
    let blocks = progress.begin(data, to);
    if blocks == 0 {
        return false;
    }
    let half = _mm256_set1_epi8(0x0F);
    let line_end = _mm256_set1_epi8(b'\n'.cast_signed());
    for block in 0..blocks {
        // The two vectors of a block share the loads of the tables, which are too many for the registers.
        let start = data.as_ptr().wrapping_add(progress.batch + block * BLOCK_BYTES);
        _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
        let mut fits = [[_mm256_set1_epi8(-1); 2]; SETS];
        for place in 0..4 {
            let load = |part: usize| {
                // SAFETY: `begin` gives only blocks that end three bytes before the data or earlier.
                unsafe { _mm256_loadu_si256(start.wrapping_add(part * WIDTH + place).cast()) }
            };
            let bytes = [load(0), load(1)];
            if place == 0 {
                for bytes in bytes {
                    let ends = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, line_end));
                    progress.passed.lines += u64::from(ends.count_ones());
                }
            }
            let lows = bytes.map(|bytes| _mm256_and_si256(bytes, half));
            let highs = bytes.map(|bytes| _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half));
            for (fits, tables) in fits.iter_mut().zip(&filter.buckets.halves) {
                let (low, high) = (table(&tables.low[place]), table(&tables.high[place]));
                for part in 0..2 {
                    let both =
                        _mm256_and_si256(_mm256_shuffle_epi8(low, lows[part]), _mm256_shuffle_epi8(high, highs[part]));
                    fits[part] = _mm256_and_si256(fits[part], both);
                }
            }
        }
        let mut some = 0_u64;
        for (part, (first, second)) in fits[0].iter().zip(&fits[1]).enumerate() {
            let any = _mm256_or_si256(*first, *second);
            let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())).cast_unsigned();
            some |= u64::from(!none) << (part * WIDTH);
        }
        progress.note_or_none(block * BLOCK_BYTES, some);
    }
    progress.end(filter.bits, data, blocks);
    true
}
