//! With AVX-512 VBMI: a register holds a table of 64 entries, looked up by six bits of a byte, which GFNI picks out.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use std::arch::x86_64::*;

use super::super::buckets::{SETS, Whole};
use super::{BLOCK_BYTES, Filter, Progress};

/// How far ahead the memory is asked for: into the second cache, and from there into the first. Straight into the first, from
/// wherever, the scan took 3 to 8 % longer, and without asking half as long again.
const FAR_AHEAD: usize = 6 << 10;
const AHEAD: usize = 1 << 10;

/// The product with it has the [six bits](super::super::buckets::six_bits) of a byte. The first of its eight bytes picks
/// the eighth bit, and so on down: an index has no seventh and eighth bit, the sixth is the seventh of the byte.
const SIX_BITS: u64 = u64::from_be_bytes([0x01, 0x02, 0x04, 0x08, 0x10, 0x40, 0, 0]);

/// The table of one place.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,gfni,popcnt")]
fn table(whole: &Whole, place: usize) -> __m512i {
    let entries: &[u8; 64] = &whole.0[place];
    // SAFETY: 64 bytes are read from an array of 64.
    unsafe { _mm512_loadu_si512(entries.as_ptr().cast()) }
}

/// Passes the next batch; false if nothing is left of which blocks could be loaded. It calls nothing, so that the tables
/// stay in eight registers.
#[inline(never)]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,gfni,popcnt")]
pub(super) fn pass_batch(filter: &Filter, data: &[u8], progress: &mut Progress, to: usize) -> bool {
    let blocks = progress.begin(data, to);
    if blocks == 0 {
        return false;
    }
    // Up to where a line of the cache begins, one block of which only so much counts.
    let astride = data.as_ptr().addr().wrapping_add(progress.batch) % BLOCK_BYTES;
    let (blocks, bytes) = if astride == 0 { (blocks, blocks * BLOCK_BYTES) } else { (1, BLOCK_BYTES - astride) };
    let counts = u64::MAX >> (blocks * BLOCK_BYTES - bytes);
    let tables: [[__m512i; 4]; SETS] =
        filter.buckets.whole.each_ref().map(|whole| [0, 1, 2, 3].map(|place| table(whole, place)));
    let six_bits = _mm512_set1_epi64(SIX_BITS.cast_signed());
    let line_end = _mm512_set1_epi8(b'\n'.cast_signed());
    for block in 0..blocks {
        let start = data.as_ptr().wrapping_add(progress.batch + block * BLOCK_BYTES);
        _mm_prefetch::<_MM_HINT_T1>(start.wrapping_add(FAR_AHEAD).cast());
        _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
        let mut fits = [_mm512_set1_epi8(-1); SETS];
        for place in 0..4 {
            // SAFETY: `begin` gives only blocks that end three bytes before the data or earlier.
            let bytes = unsafe { _mm512_loadu_si512(start.wrapping_add(place).cast()) };
            if place == 0 {
                progress.passed.lines += u64::from((_mm512_cmpeq_epi8_mask(bytes, line_end) & counts).count_ones());
            }
            let indexes = _mm512_gf2p8affine_epi64_epi8::<0>(bytes, six_bits);
            for (fits, tables) in fits.iter_mut().zip(&tables) {
                *fits = _mm512_and_si512(*fits, _mm512_permutexvar_epi8(indexes, tables[place]));
            }
        }
        let any = _mm512_or_si512(fits[0], fits[1]);
        progress.note(block * BLOCK_BYTES, _mm512_test_epi8_mask(any, any) & counts);
    }
    progress.end(filter.bits, data, bytes);
    true
}
