//! With AVX-512 VBMI: two registers hold a table of 128 entries, looked up by seven bits of a byte.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use std::arch::x86_64::*;

use super::super::buckets::{SETS, Whole};
use super::{AHEAD, BLOCK_BYTES, Filter, Progress};

/// The table of one place: 128 entries in two registers.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,popcnt")]
fn table(whole: &Whole, place: usize) -> [__m512i; 2] {
    let entries: &[u8; 128] = &whole.0[place];
    // SAFETY: twice 64 bytes are read from an array of 128.
    unsafe { [_mm512_loadu_si512(entries.as_ptr().cast()), _mm512_loadu_si512(entries[64..].as_ptr().cast())] }
}

/// Passes the next batch; false if nothing is left of which blocks could be loaded. It calls nothing, so that the tables
/// stay in the sixteen registers.
#[inline(never)]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,popcnt")]
pub(super) fn pass_batch(filter: &Filter, data: &[u8], progress: &mut Progress, to: usize) -> bool {
    let blocks = progress.begin(data, to);
    if blocks == 0 {
        return false;
    }
    let [first, second] = &filter.buckets.whole;
    let tables: [[[__m512i; 2]; 4]; SETS] = [
        [table(first, 0), table(first, 1), table(first, 2), table(first, 3)],
        [table(second, 0), table(second, 1), table(second, 2), table(second, 3)],
    ];
    let line_end = _mm512_set1_epi8(b'\n'.cast_signed());
    for block in 0..blocks {
        let start = data.as_ptr().wrapping_add(progress.batch + block * BLOCK_BYTES);
        _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
        let mut fits = [_mm512_set1_epi8(-1); SETS];
        for place in 0..4 {
            // SAFETY: `begin` gives only blocks that end three bytes before the data or earlier.
            let bytes = unsafe { _mm512_loadu_si512(start.wrapping_add(place).cast()) };
            if place == 0 {
                progress.passed.lines += u64::from(_mm512_cmpeq_epi8_mask(bytes, line_end).count_ones());
            }
            for (fits, tables) in fits.iter_mut().zip(&tables) {
                // The instruction ignores the eighth bit.
                let [low, high] = tables[place];
                *fits = _mm512_and_si512(*fits, _mm512_permutex2var_epi8(low, bytes, high));
            }
        }
        let any = _mm512_or_si512(fits[0], fits[1]);
        progress.note(block * BLOCK_BYTES, _mm512_test_epi8_mask(any, any));
    }
    progress.end(filter.bits, data, blocks);
    true
}
