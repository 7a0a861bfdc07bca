//! The first filter: the next position whose four bytes fit a class. AVX-512 VBMI with GFNI or AVX2 where the processor has
//! it, and nothing but the second filter, 64 places at a time, where it has neither.
//!
//! Line ends are counted on the way: the bytes are in registers anyhow.
//!
//! The only unsafe code of the crate beside `recognise/blocks.rs`: loads of vectors and the calls into functions compiled
//! for those processors.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

use std::mem::MaybeUninit;

use super::buckets::Buckets;
use crate::lines::line_ends;
use crate::matcher::Bits;

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
        self.lines += line_ends(&data[self.to..to]);
        self.to = to;
    }
}

impl Filter {
    /// The first place in `from..to` whose four bytes may be a stretch and for which `holds` says yes; the four bytes may
    /// reach beyond `to`, not beyond `data`. Line ends are counted to somewhere behind that place, or to `to`. Of one
    /// `progress` `data` and `to` are always the same.
    #[inline]
    pub(super) fn next_candidate(
        &self,
        data: &[u8],
        from: usize,
        to: usize,
        progress: &mut Progress,
        holds: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        progress.go_on(from);
        let found = self.search(data, progress, to, |place| place >= from && holds(place));
        let passed = &mut progress.passed;
        if passed.to > to {
            *passed = Passed { to, lines: passed.lines - line_ends(&data[to..passed.to]) };
        }
        found
    }

    #[inline]
    fn search(&self, data: &[u8], progress: &mut Progress, to: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
        #[cfg(target_arch = "x86_64")]
        {
            if has_avx512() {
                // SAFETY: the processor has AVX-512 F, BW and VBMI, GFNI and POPCNT, as just asked.
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
        loop {
            while let Some(place) = progress.next_place() {
                if place >= to {
                    return None;
                }
                if holds(place) {
                    return Some(place);
                }
            }
            if !pass_batch(progress) {
                return self.plain(data, progress, to, holds);
            }
        }
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
    !cfg!(without_avx512)
        && std::arch::is_x86_feature_detected!("avx512vbmi")
        && std::arch::is_x86_feature_detected!("avx512bw")
        && std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("gfni")
        && std::arch::is_x86_feature_detected!("popcnt")
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("popcnt")
}

/// So many blocks of 64 bytes are passed at most before the second filter is asked. One to five places in a thousand
/// pass the first, which no processor foresees: a branch for each would cost as much as the search.
const BATCH_BLOCKS: usize = 32;

/// Blocks in the first batch of a search, which often ends there; each further batch is twice as long.
const FIRST_BLOCKS: usize = 2;

const BLOCK_BYTES: usize = 64;

/// How far a search has come: the places before `passed.to` were looked at, and those of the last batch that passed the
/// filters stand in a list. The next search goes on with that list.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "the list is for the vectorised searches"))]
pub(crate) struct Progress {
    passed: Passed,
    /// Where the last batch began.
    batch: usize,
    /// How many blocks the next one has.
    blocks: usize,
    /// How many places are in the list, and how many of them were given.
    count: usize,
    given: usize,
    /// Places, counted from `batch`. Never written as a whole: a search may end after a few bytes.
    list: [MaybeUninit<u16>; BATCH_BLOCKS * BLOCK_BYTES + 2],
}

impl Progress {
    /// A search that begins at a place.
    pub(crate) fn new(from: usize) -> Progress {
        let list = [const { MaybeUninit::uninit() }; BATCH_BLOCKS * BLOCK_BYTES + 2];
        Progress { passed: Passed::at(from), batch: from, blocks: FIRST_BLOCKS, count: 0, given: 0, list }
    }

    /// How far the last search came beyond the one before, or where it began if that was farther on.
    pub(crate) fn passed(&self) -> &Passed {
        &self.passed
    }

    /// Begins a search at a place that is not before the one found last.
    fn go_on(&mut self, from: usize) {
        if from >= self.passed.to {
            (self.batch, self.blocks, self.count, self.given) = (from, FIRST_BLOCKS, 0, 0);
        }
        self.passed = Passed::at(self.passed.to.max(from));
    }
}

#[cfg(target_arch = "x86_64")]
impl Progress {
    /// Begins a batch: how many blocks it has. 0 if nothing is left that can be loaded.
    fn begin(&mut self, data: &[u8], to: usize) -> usize {
        (self.batch, self.count, self.given) = (self.passed.to, 0, 0);
        // The load for the last of the four places of a block ends three bytes behind the block.
        let there = data.len().saturating_sub(self.batch + 3) / BLOCK_BYTES;
        let wanted = to.saturating_sub(self.batch).div_ceil(BLOCK_BYTES);
        self.blocks.min(there).min(wanted)
    }

    /// Notes the places of a block, a bit for each, where most blocks have none.
    #[inline(always)]
    fn note(&mut self, at: usize, places: u64) {
        if places != 0 {
            self.note_or_none(at, places);
        }
    }

    /// Notes the places of a block, a bit for each. Whether there are none, one or two is not asked: with AVX2 every third
    /// block of prose has some, and a branch that goes the other way costs more than two blocks.
    #[inline(always)]
    fn note_or_none(&mut self, at: usize, places: u64) {
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
    fn end(&mut self, bits: &Bits, data: &[u8], bytes: usize) {
        let mut kept = 0;
        for index in 0..self.count {
            // SAFETY: `note` has written all places below `count`.
            let place = unsafe { self.list[index].assume_init() };
            self.list[kept].write(place);
            kept += usize::from(bits.may_hold(data, self.batch + usize::from(place)));
        }
        self.count = kept;
        self.passed.to = self.batch + bytes;
        self.blocks = (2 * self.blocks).min(BATCH_BLOCKS);
    }

    /// The next of the places that the last batch left.
    #[inline(always)]
    fn next_place(&mut self) -> Option<usize> {
        let place = self.list[..self.count].get(self.given)?;
        self.given += 1;
        // SAFETY: `end` has written all places below `count`.
        Some(self.batch + usize::from(unsafe { place.assume_init() }))
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
