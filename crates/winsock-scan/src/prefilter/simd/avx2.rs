//! With AVX2: tables of sixteen entries, looked up by the lower half of each byte and by what each pair of neighbours mixes to.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use std::arch::x86_64::*;

use super::super::buckets::{FOLDED, SETS};
use super::{BLOCK_BYTES, Filter, Progress};

/// How far ahead the memory is asked for: farther than the hardware looks by itself on mapped files.
const AHEAD: usize = 8 << 10;

const WIDTH: usize = 32;

/// The two vectors of a block. They share the loads of the tables, which are too many for the registers.
type Block = [__m256i; 2];

/// One table of sixteen entries, twice, as the shuffle wants it.
#[target_feature(enable = "avx2,popcnt")]
fn table(entries: &[u8; 16]) -> __m256i {
    // SAFETY: 16 bytes are read from an array of 16.
    let entries = unsafe { _mm_loadu_si128(entries.as_ptr().cast()) };
    _mm256_broadcastsi128_si256(entries)
}

/// Takes away the classes that a table of each set does not allow. Of an index the shuffle uses the lower half, and the
/// eighth bit, which must be 0.
#[inline]
#[target_feature(enable = "avx2,popcnt")]
fn narrow(fits: &mut [Block; SETS], tables: [&[u8; 16]; SETS], indexes: Block) {
    for (fits, entries) in fits.iter_mut().zip(tables) {
        let table = table(entries);
        for (fits, indexes) in fits.iter_mut().zip(indexes) {
            *fits = _mm256_and_si256(*fits, _mm256_shuffle_epi8(table, indexes));
        }
    }
}

/// What [`mixed`](super::super::buckets::mixed) makes of bytes and those behind them, all folded.
#[inline]
#[target_feature(enable = "avx2,popcnt")]
fn mixed(first: Block, second: Block) -> Block {
    let zero = _mm256_setzero_si256();
    [0, 1].map(|part| _mm256_avg_epu8(_mm256_avg_epu8(first[part], zero), second[part]))
}

/// Passes the next batch; false if nothing is left of which blocks could be loaded.
#[inline(never)]
#[target_feature(enable = "avx2,popcnt")]
pub(super) fn pass_batch(filter: &Filter, data: &[u8], progress: &mut Progress, to: usize) -> bool {
    let blocks = progress.begin(data, to);
    if blocks == 0 {
        return false;
    }
    let [first, second] = &filter.buckets.pairs;
    let folded = _mm256_set1_epi8(FOLDED.cast_signed());
    let line_end = _mm256_set1_epi8(b'\n'.cast_signed());
    for block in 0..blocks {
        let start = data.as_ptr().wrapping_add(progress.batch + block * BLOCK_BYTES);
        _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
        let load = |place: usize| {
            [0, WIDTH].map(|part| {
                // SAFETY: `begin` gives only blocks that end three bytes before the data or earlier.
                unsafe { _mm256_loadu_si256(start.wrapping_add(part + place).cast()) }
            })
        };
        let fold = |bytes: Block| bytes.map(|bytes| _mm256_and_si256(bytes, folded));
        let bytes = load(0);
        for bytes in bytes {
            let ends = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, line_end));
            progress.passed.lines += u64::from(ends.count_ones());
        }
        let mut fits = [[_mm256_set1_epi8(-1); 2]; SETS];
        let mut bytes = fold(bytes);
        narrow(&mut fits, [&first.low[0], &second.low[0]], bytes);
        for place in 1..4 {
            let next = fold(load(place));
            narrow(&mut fits, [&first.low[place], &second.low[place]], next);
            narrow(&mut fits, [&first.mixed[place - 1], &second.mixed[place - 1]], mixed(bytes, next));
            bytes = next;
        }
        let mut some = 0_u64;
        for (part, (first, second)) in fits[0].iter().zip(&fits[1]).enumerate() {
            let any = _mm256_or_si256(*first, *second);
            let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())).cast_unsigned();
            some |= u64::from(!none) << (part * WIDTH);
        }
        progress.note_or_none(block * BLOCK_BYTES, some);
    }
    progress.end(filter.bits, data, blocks * BLOCK_BYTES);
    true
}
