//! The first filter: the next position whose four bytes fit a class. AVX-512 VBMI or AVX2 where the processor has it.
//!
//! The only unsafe code of the crate: loads of vectors and the calls into functions compiled for those processors.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use super::buckets::Buckets;

/// How far ahead the memory is asked for: farther than the hardware looks by itself on mapped files.
#[cfg(target_arch = "x86_64")]
const AHEAD: usize = 3 << 10;

/// The first place in `from..to` whose four bytes may be a stretch and for which `holds` says yes; the four bytes may
/// reach beyond `to`, not beyond `data`.
#[inline]
pub(super) fn next_candidate(
    buckets: &Buckets,
    data: &[u8],
    from: usize,
    to: usize,
    holds: impl Fn(usize) -> bool,
) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    {
        let vectors_of_64 = std::arch::is_x86_feature_detected!("avx512vbmi")
            && std::arch::is_x86_feature_detected!("avx512bw")
            && std::arch::is_x86_feature_detected!("avx512f");
        if vectors_of_64 {
            // SAFETY: the processor has AVX-512 F, BW and VBMI, as just asked.
            return unsafe { avx512::next_candidate(buckets, data, from, to, holds) };
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, as just asked.
            return unsafe { avx2::next_candidate(buckets, data, from, to, holds) };
        }
    }
    plain(buckets, data, from, to, holds)
}

/// Byte by byte, for the ends of inputs and other processors.
fn plain(buckets: &Buckets, data: &[u8], from: usize, to: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
    (from..to).find(|at| buckets.may_hold(data, *at) && holds(*at))
}

/// How far a search has come: the places before `at` were looked at, and those of the last 64 whose bits are in `some`
/// are still to be asked about.
#[cfg(target_arch = "x86_64")]
struct Progress {
    at: usize,
    some: u64,
}

#[cfg(target_arch = "x86_64")]
impl Progress {
    /// The next place that passes the second filter.
    #[inline(always)]
    fn next(&mut self, buckets: &Buckets, data: &[u8]) -> Option<usize> {
        while self.some != 0 {
            let place = self.at - 64 + self.some.trailing_zeros() as usize;
            self.some &= self.some - 1;
            if buckets.may_hold(data, place) {
                return Some(place);
            }
        }
        None
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    use super::super::buckets::{SETS, Whole};
    use super::{AHEAD, Buckets, Progress, plain};

    const WIDTH: usize = 64;

    /// The table of one place: 128 entries in two registers.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn table(whole: &Whole, place: usize) -> [__m512i; 2] {
        let entries: &[u8; 128] = &whole.0[place];
        // SAFETY: twice 64 bytes are read from an array of 128.
        unsafe { [_mm512_loadu_si512(entries.as_ptr().cast()), _mm512_loadu_si512(entries[64..].as_ptr().cast())] }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub(super) fn next_candidate(
        buckets: &Buckets,
        data: &[u8],
        from: usize,
        to: usize,
        holds: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut progress = Progress { at: from, some: 0 };
        while let Some(place) = next_place(buckets, data, &mut progress, to) {
            if place >= to {
                return None;
            }
            if holds(place) {
                return Some(place);
            }
        }
        plain(buckets, data, progress.at.min(to), to, holds)
    }

    /// The next place that passes both filters. It calls nothing, so that the tables stay in the sixteen registers.
    #[inline(never)]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn next_place(buckets: &Buckets, data: &[u8], progress: &mut Progress, to: usize) -> Option<usize> {
        if let Some(place) = progress.next(buckets, data) {
            return Some(place);
        }
        let [first, second] = &buckets.whole;
        let tables: [[[__m512i; 2]; 4]; SETS] = [
            [table(first, 0), table(first, 1), table(first, 2), table(first, 3)],
            [table(second, 0), table(second, 1), table(second, 2), table(second, 3)],
        ];
        // The load for the last of the four places ends at `at + WIDTH + 3`.
        while progress.at < to && progress.at + WIDTH + 3 <= data.len() {
            let at = progress.at;
            let start = data.as_ptr().wrapping_add(at);
            _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
            let mut fits = [_mm512_set1_epi8(-1); SETS];
            for place in 0..4 {
                // SAFETY: at + place + WIDTH <= at + WIDTH + 3 <= data.len() by the loop's condition.
                let bytes = unsafe { _mm512_loadu_si512(start.wrapping_add(place).cast()) };
                for (fits, tables) in fits.iter_mut().zip(&tables) {
                    // The instruction ignores the eighth bit.
                    let [low, high] = tables[place];
                    *fits = _mm512_and_si512(*fits, _mm512_permutex2var_epi8(low, bytes, high));
                }
            }
            let any = _mm512_or_si512(fits[0], fits[1]);
            progress.some = _mm512_test_epi8_mask(any, any);
            progress.at = at + WIDTH;
            if let Some(place) = progress.next(buckets, data) {
                return Some(place);
            }
        }
        None
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::super::buckets::SETS;
    use super::{AHEAD, Buckets, Progress, plain};

    const WIDTH: usize = 32;
    const STEP: usize = 2 * WIDTH;

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
        let mut progress = Progress { at: from, some: 0 };
        while let Some(place) = next_place(buckets, data, &mut progress, to) {
            if place >= to {
                return None;
            }
            if holds(place) {
                return Some(place);
            }
        }
        plain(buckets, data, progress.at.min(to), to, holds)
    }

    /// The next place that passes both filters.
    #[inline(never)]
    #[target_feature(enable = "avx2")]
    fn next_place(buckets: &Buckets, data: &[u8], progress: &mut Progress, to: usize) -> Option<usize> {
        if let Some(place) = progress.next(buckets, data) {
            return Some(place);
        }
        let half = _mm256_set1_epi8(0x0F);
        // Two vectors at a time share the loads of the tables, which are too many for the registers. The load for the
        // last of the four places ends at `at + STEP + 3`.
        while progress.at < to && progress.at + STEP + 3 <= data.len() {
            let at = progress.at;
            let start = data.as_ptr().wrapping_add(at);
            _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(AHEAD).cast());
            let mut fits = [[_mm256_set1_epi8(-1); 2]; SETS];
            for place in 0..4 {
                let load = |part: usize| {
                    // SAFETY: at + part * WIDTH + place + WIDTH <= at + STEP + 3 <= data.len() by the loop's condition.
                    unsafe { _mm256_loadu_si256(start.wrapping_add(part * WIDTH + place).cast()) }
                };
                let bytes = [load(0), load(1)];
                let lows = bytes.map(|bytes| _mm256_and_si256(bytes, half));
                let highs = bytes.map(|bytes| _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half));
                for (fits, tables) in fits.iter_mut().zip(&buckets.halves) {
                    let (low, high) = (table(&tables.low[place]), table(&tables.high[place]));
                    for part in 0..2 {
                        let both = _mm256_and_si256(
                            _mm256_shuffle_epi8(low, lows[part]),
                            _mm256_shuffle_epi8(high, highs[part]),
                        );
                        fits[part] = _mm256_and_si256(fits[part], both);
                    }
                }
            }
            let mut some = 0_u64;
            let parts = fits[0].iter().zip(&fits[1]).enumerate();
            for (part, (first, second)) in parts {
                let any = _mm256_or_si256(*first, *second);
                let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())).cast_unsigned();
                some |= u64::from(!none) << (part * WIDTH);
            }
            progress.some = some;
            progress.at = at + STEP;
            if let Some(place) = progress.next(buckets, data) {
                return Some(place);
            }
        }
        None
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::prefilter::buckets;

    type Search = fn(&Buckets, &[u8], usize, usize) -> Option<usize>;

    static STRETCHES: LazyLock<Vec<[u8; 4]>> = LazyLock::new(buckets::stretches);

    /// The second filter lets a little else pass.
    fn is_stretch(data: &[u8], at: usize) -> bool {
        STRETCHES
            .iter()
            .any(|stretch| data[at..at + 4].iter().zip(stretch).all(|(byte, wanted)| byte | 0x20 == *wanted))
    }

    /// The searches of this processor.
    fn searches() -> Vec<(&'static str, Search)> {
        let mut all: Vec<(&'static str, Search)> =
            vec![("plain", |b, data, from, to| plain(b, data, from, to, |at| is_stretch(data, at)))];
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, as just asked.
            all.push(("avx2", |b, data, from, to| unsafe {
                avx2::next_candidate(b, data, from, to, |at| is_stretch(data, at))
            }));
        }
        if std::arch::is_x86_feature_detected!("avx512vbmi") && std::arch::is_x86_feature_detected!("avx512bw") {
            // SAFETY: the processor has AVX-512 BW and VBMI, as just asked, and F, which they include.
            all.push(("avx512", |b, data, from, to| unsafe {
                avx512::next_candidate(b, data, from, to, |at| is_stretch(data, at))
            }));
        }
        all
    }

    #[test]
    fn every_stretch_is_found_everywhere_by_every_search() {
        let tables = Buckets::new(STRETCHES.iter().copied());
        for (number, stretch) in STRETCHES.iter().enumerate() {
            for at in [0, 1, 59, 60, 61, 62, 63, 64, 65, 127, 128, number] {
                let mut data = vec![b'~'; 200];
                data[at..at + 4].copy_from_slice(&stretch.map(|byte| byte.to_ascii_uppercase()));
                for (name, search) in searches() {
                    assert_eq!(search(&tables, &data, 0, 200), Some(at), "{name} {stretch:?}");
                    assert_eq!(search(&tables, &data, at, at + 1), Some(at), "{name} {stretch:?}");
                    assert_eq!(search(&tables, &data, at + 1, 200), None, "{name} {stretch:?}");
                    assert_eq!(search(&tables, &data, 0, at), None, "{name} {stretch:?}");
                    assert_eq!(search(&tables, &data[..at + 4], 0, at + 4), Some(at), "{name} {stretch:?}");
                    assert_eq!(search(&tables, &data[..at + 3], 0, at + 3), None, "{name} {stretch:?}");
                }
            }
        }
    }

    #[test]
    fn a_place_that_does_not_hold_does_not_hide_the_next() {
        let tables = Buckets::new(buckets::stretches().into_iter());
        let data = b"wsae wsae wsae and then for a long while nothing at all, until at last ... wsae, wsae".repeat(3);
        let all: Vec<usize> = (0..data.len()).filter(|at| data[*at..].starts_with(b"wsae")).collect();
        for wanted in &all {
            let found = next_candidate(&tables, &data, 0, data.len(), |at| at >= *wanted);
            assert_eq!(found, Some(*wanted));
        }
    }
}
