//! The first filter: the next position whose four bytes fit a class. AVX-512 VBMI or AVX2 where the processor has it, and
//! nothing but the second filter, 64 places at a time, where it has neither.
//!
//! Line ends are counted on the way: the bytes are in registers anyhow.
//!
//! The only unsafe code of the crate beside `recognise/blocks.rs`: loads of vectors and the calls into functions compiled
//! for those processors.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use std::mem::MaybeUninit;

use super::buckets::Buckets;
use crate::matcher::Bits;

/// How far ahead the memory is asked for: farther than the hardware looks by itself on mapped files.
#[cfg(target_arch = "x86_64")]
const AHEAD: usize = 3 << 10;

/// Both filters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter {
    pub(super) buckets: &'static Buckets,
    pub(super) bits: &'static Bits,
}

/// How far a search counted line ends, and how many there are from where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    pub(crate) to: usize,
    pub(crate) lines: u64,
}

impl Passed {
    /// Nothing yet.
    pub(crate) const fn at(to: usize) -> Passed {
        Passed { to, lines: 0 }
    }

    fn count_to(&mut self, data: &[u8], to: usize) {
        self.lines += lines(&data[self.to..to]);
        self.to = to;
    }
}

fn lines(data: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', data).count() as u64
}

impl Filter {
    /// The first place in `from..to` whose four bytes may be a stretch and for which `holds` says yes; the four bytes may
    /// reach beyond `to`, not beyond `data`. Line ends are counted to somewhere behind that place, or to `to`.
    #[inline]
    pub(super) fn next_candidate(
        &self,
        data: &[u8],
        from: usize,
        to: usize,
        passed: &mut Passed,
        holds: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut progress = Progress::new(from);
        let found = self.search(data, &mut progress, to, holds);
        *passed = progress.passed;
        if passed.to > to {
            *passed = Passed { to, lines: passed.lines - lines(&data[to..passed.to]) };
        }
        found
    }

    #[inline]
    fn search(&self, data: &[u8], progress: &mut Progress, to: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
        #[cfg(target_arch = "x86_64")]
        {
            if has_avx512() {
                // SAFETY: the processor has AVX-512 F, BW and VBMI, and POPCNT, as just asked.
                return self.search_by(data, progress, to, holds, |progress| unsafe {
                    avx512::pass_batch(self, data, progress, to)
                });
            }
            if has_avx2() {
                // SAFETY: the processor has AVX2 and POPCNT, as just asked.
                return self.search_by(data, progress, to, holds, |progress| unsafe {
                    avx2::pass_batch(self, data, progress, to)
                });
            }
        }
        self.plain(data, progress, to, holds)
    }

    /// Asks `holds` about the places that `pass_batch` leaves, and searches byte by byte what that cannot reach at the end.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn search_by(
        &self,
        data: &[u8],
        progress: &mut Progress,
        to: usize,
        holds: impl Fn(usize) -> bool,
        pass_batch: impl Fn(&mut Progress) -> bool,
    ) -> Option<usize> {
        while pass_batch(progress) {
            for place in progress.places() {
                if place >= to {
                    return None;
                }
                if holds(place) {
                    return Some(place);
                }
            }
        }
        self.plain(data, progress, to, holds)
    }

    /// With the second filter alone: for the ends of inputs and other processors.
    fn plain(&self, data: &[u8], progress: &mut Progress, to: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = progress.passed.to;
        while at < to {
            let mut places = self.bits.places(&data[at..]);
            while places != 0 {
                let place = at + places.trailing_zeros() as usize;
                places &= places - 1;
                if place >= to {
                    break;
                }
                if holds(place) {
                    progress.passed.count_to(data, place);
                    return Some(place);
                }
            }
            at += 64;
        }
        progress.passed.count_to(data, to.max(progress.passed.to));
        None
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    std::arch::is_x86_feature_detected!("avx512vbmi")
        && std::arch::is_x86_feature_detected!("avx512bw")
        && std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("popcnt")
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("popcnt")
}

/// So many blocks of 64 bytes are passed at most before the second filter is asked. One place in two hundred passes the
/// first, which no processor foresees: a branch for each would cost more than the search.
const BATCH_BLOCKS: usize = 32;

/// Blocks in the first batch of a search, which often ends there; each further batch is twice as long.
const FIRST_BLOCKS: usize = 2;

const BLOCK_BYTES: usize = 64;

/// How far a search has come: the places before `passed.to` were looked at, and those of the last batch that passed the
/// filters stand in a list.
struct Progress {
    passed: Passed,
    /// Where the last batch began.
    batch: usize,
    /// How many blocks the next one has.
    blocks: usize,
    /// How many places are in the list.
    count: usize,
    /// Places, counted from `batch`. Never written as a whole: a search may end after a few bytes.
    list: [MaybeUninit<u16>; BATCH_BLOCKS * BLOCK_BYTES + 2],
}

impl Progress {
    fn new(from: usize) -> Progress {
        let list = [const { MaybeUninit::uninit() }; BATCH_BLOCKS * BLOCK_BYTES + 2];
        Progress { passed: Passed::at(from), batch: from, blocks: FIRST_BLOCKS, count: 0, list }
    }
}

#[cfg(target_arch = "x86_64")]
impl Progress {
    /// Begins a batch: how many blocks it has. 0 if nothing is left that can be loaded.
    fn begin(&mut self, data: &[u8], to: usize) -> usize {
        (self.batch, self.count) = (self.passed.to, 0);
        // The load for the last of the four places of a block ends three bytes behind the block.
        let there = data.len().saturating_sub(self.batch + 3) / BLOCK_BYTES;
        let wanted = to.saturating_sub(self.batch).div_ceil(BLOCK_BYTES);
        self.blocks.min(there).min(wanted)
    }

    /// Notes the places of a block, a bit for each. Most blocks have none or one: nothing is decided for those.
    #[inline(always)]
    fn note(&mut self, at: usize, places: u64) {
        let second = places & places.wrapping_sub(1);
        let mut rest = second & second.wrapping_sub(1);
        self.list[self.count].write((at + places.trailing_zeros() as usize) as u16);
        self.list[self.count + 1].write((at + second.trailing_zeros() as usize) as u16);
        self.count += usize::from(places != 0) + usize::from(second != 0);
        while rest != 0 {
            self.list[self.count].write((at + rest.trailing_zeros() as usize) as u16);
            self.count += 1;
            rest &= rest - 1;
        }
    }

    /// Ends a batch: leaves the places that pass the second filter too.
    #[inline(always)]
    fn end(&mut self, bits: &Bits, data: &[u8], blocks: usize) {
        let mut kept = 0;
        for index in 0..self.count {
            // SAFETY: `note` has written all places below `count`.
            let place = unsafe { self.list[index].assume_init() };
            self.list[kept].write(place);
            kept += usize::from(bits.may_hold(data, self.batch + usize::from(place)));
        }
        self.count = kept;
        self.passed.to = self.batch + blocks * BLOCK_BYTES;
        self.blocks = (2 * self.blocks).min(BATCH_BLOCKS);
    }

    /// The places that the last batch left.
    fn places(&self) -> impl Iterator<Item = usize> {
        // SAFETY: `end` has written all places below `count`.
        self.list[..self.count].iter().map(|place| self.batch + usize::from(unsafe { place.assume_init() }))
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
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
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
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
                        let both = _mm256_and_si256(
                            _mm256_shuffle_epi8(low, lows[part]),
                            _mm256_shuffle_epi8(high, highs[part]),
                        );
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
            progress.note(block * BLOCK_BYTES, some);
        }
        progress.end(filter.bits, data, blocks);
        true
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::super::generated::STRETCHES;
    use super::super::{BUCKETS, STARTERS};
    use super::*;

    type Holds<'h> = &'h dyn Fn(usize) -> bool;
    type Search = fn(&Filter, &[u8], &mut Progress, usize, Holds<'_>) -> Option<usize>;

    fn filter() -> Filter {
        Filter { buckets: &BUCKETS, bits: STARTERS.matcher.bits() }
    }

    fn stretches() -> impl Iterator<Item = [u8; 4]> {
        STRETCHES.iter().take(super::super::COUNTED_STRETCHES).map(|stretch| stretch.bytes)
    }

    /// The second filter lets a little else pass.
    fn is_stretch(data: &[u8], at: usize) -> bool {
        stretches().any(|stretch| data[at..at + 4].iter().zip(stretch).all(|(byte, wanted)| byte | 0x20 == wanted))
    }

    /// The searches of this processor.
    pub(crate) fn searches() -> Vec<(&'static str, Search)> {
        let mut all: Vec<(&'static str, Search)> =
            vec![("plain", |filter, data, progress, to, holds| filter.plain(data, progress, to, holds))];
        if has_avx2() {
            all.push(("avx2", |filter, data, progress, to, holds| {
                // SAFETY: the processor has AVX2 and POPCNT, as just asked.
                filter.search_by(data, progress, to, holds, |p| unsafe { avx2::pass_batch(filter, data, p, to) })
            }));
        }
        if has_avx512() {
            all.push(("avx512", |filter, data, progress, to, holds| {
                // SAFETY: the processor has AVX-512 F, BW and VBMI, and POPCNT, as just asked.
                filter.search_by(data, progress, to, holds, |p| unsafe { avx512::pass_batch(filter, data, p, to) })
            }));
        }
        all
    }

    #[test]
    fn every_stretch_is_found_everywhere_by_every_search() {
        let filter = filter();
        for (number, stretch) in stretches().enumerate() {
            for at in [0, 1, 59, 60, 61, 62, 63, 64, 65, 127, 128, number] {
                let mut data = vec![b'~'; 200];
                data[at..at + 4].copy_from_slice(&stretch.map(|byte| byte.to_ascii_uppercase()));
                for (name, search) in searches() {
                    let find = |data: &[u8], from: usize, to: usize| {
                        let mut progress = Progress::new(from);
                        search(&filter, data, &mut progress, to, &|at| is_stretch(data, at))
                    };
                    assert_eq!(find(&data, 0, 200), Some(at), "{name} {stretch:?}");
                    assert_eq!(find(&data, at, at + 1), Some(at), "{name} {stretch:?}");
                    assert_eq!(find(&data, at + 1, 200), None, "{name} {stretch:?}");
                    assert_eq!(find(&data, 0, at), None, "{name} {stretch:?}");
                    assert_eq!(find(&data[..at + 4], 0, at + 4), Some(at), "{name} {stretch:?}");
                    assert_eq!(find(&data[..at + 3], 0, at + 3), None, "{name} {stretch:?}");
                }
            }
        }
    }

    #[test]
    fn a_place_that_does_not_hold_does_not_hide_the_next_and_lines_are_counted_once() {
        let filter = filter();
        let data =
            b"wsae wsae\nwsae and then for a long while nothing\n\nat all, until at last ... wsae, wsae".repeat(3);
        let all: Vec<usize> = (0..data.len()).filter(|at| data[*at..].starts_with(b"wsae")).collect();
        for (name, search) in searches() {
            for wanted in &all {
                let mut progress = Progress::new(0);
                let found = search(&filter, &data, &mut progress, data.len(), &|at| at >= *wanted);
                assert_eq!(found, Some(*wanted), "{name}");
                assert_eq!(progress.passed.lines, lines(&data[..progress.passed.to]), "{name}");
            }
            for to in 0..data.len() {
                let mut passed = Passed::at(0);
                assert_eq!(filter.next_candidate(&data, 3, to.max(3), &mut passed, |_| false), None);
                assert_eq!(passed, Passed { to: to.max(3), lines: lines(&data[3..to.max(3)]) });
            }
        }
    }

    /// `WSA_LOG=file cargo test --release -p winsock-scan filters -- --ignored --nocapture`
    #[test]
    #[ignore = "a measurement"]
    fn filters() {
        let data = std::fs::read(std::env::var_os("WSA_LOG").expect("WSA_LOG names a log")).unwrap();
        for (name, search) in searches() {
            let passes = (0..9).map(|_| {
                let start = std::time::Instant::now();
                let mut progress = Progress::new(0);
                assert_eq!(search(&filter(), &data, &mut progress, data.len(), &|_| false), None);
                start.elapsed().as_secs_f64()
            });
            let best = passes.min_by(f64::total_cmp).expect("nine passes");
            println!("{name}: both filters and nothing else: {:.2} GB/s", data.len() as f64 / best / 1e9);
        }
    }
}
