//! [`Race`]: which of two ways to the same bytes is faster on this machine, found out by going both.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A way to bring part of a file before the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Touch it where the file is mapped: a page fault for every 64 KiB or so, and no copy.
    Map,
    /// Copy it into a buffer that is used again and again: no fault, and the scanner finds the bytes in the cache.
    Read,
}

/// How often each way is tried before the faster one is kept.
const TRIES: u32 = 4;

/// Tries two ways in turn on the first pieces of real work, and keeps to the faster.
///
/// Neither is faster everywhere: copying took 60 ms a GiB where a page fault made mapping take 134, and 250 where mapping
/// and the whole scan took 237. Nothing that the kernel or the processor tells of itself says which machine this is. Of each
/// way's tries the least counts: what disturbs a piece (a neighbour, many errors in it) only ever makes it slower.
#[derive(Debug)]
pub(crate) struct Race {
    begun: AtomicU32,
    /// The least time for a byte by each way, in femtoseconds (of a whole number, that resolves even the fastest).
    least: [AtomicU64; 2],
}

impl Race {
    pub(crate) const fn new() -> Race {
        Race { begun: AtomicU32::new(0), least: [const { AtomicU64::new(u64::MAX) }; 2] }
    }

    /// Does a piece of work by the way whose turn it is, or by the faster one, and takes its time.
    pub(crate) fn run<T>(&self, bytes: usize, work: impl FnOnce(Way) -> T) -> T {
        let way = self.next();
        let started = Instant::now();
        let done = work(way);
        self.note(way, bytes, started.elapsed());
        done
    }

    /// The faster way as far as it is known; [`Way::Map`] before anything is.
    pub(crate) fn faster(&self) -> Way {
        let [map, read] = [Way::Map, Way::Read].map(|way| self.least[way as usize].load(Ordering::Relaxed));
        if read < map { Way::Read } else { Way::Map }
    }

    fn next(&self) -> Way {
        // Two threads may read the same number: then a way has one try more.
        match self.begun.load(Ordering::Relaxed) {
            begun if begun >= 2 * TRIES => self.faster(),
            begun => {
                self.begun.store(begun + 1, Ordering::Relaxed);
                if begun % 2 == 0 { Way::Map } else { Way::Read }
            }
        }
    }

    fn note(&self, way: Way, bytes: usize, taken: Duration) {
        let femtoseconds = taken.as_nanos().saturating_mul(1_000_000) / bytes.max(1) as u128;
        self.least[way as usize].fetch_min(u64::try_from(femtoseconds).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten pieces of 1,000 bytes; what each takes by either way, and by which ways they went.
    fn ways(taken: impl Fn(usize, Way) -> Duration) -> Vec<Way> {
        let race = Race::new();
        let piece = |at| {
            let way = race.next();
            race.note(way, 1000, taken(at, way));
            way
        };
        (0..10).map(piece).collect()
    }

    #[test]
    fn both_are_tried_and_the_faster_is_kept() {
        let tried = [Way::Map, Way::Read].repeat(4);
        let read_is_faster = ways(|_, way| Duration::from_nanos(if way == Way::Read { 60 } else { 134 }));
        assert_eq!(read_is_faster, [&tried[..], &[Way::Read; 2]].concat());
        let map_is_faster = ways(|_, way| Duration::from_nanos(if way == Way::Map { 150 } else { 250 }));
        assert_eq!(map_is_faster, [&tried[..], &[Way::Map; 2]].concat());
    }

    #[test]
    fn one_undisturbed_try_is_enough() {
        let disturbed =
            |at, way| Duration::from_nanos(if way == Way::Map { 134 } else { 60 + 500 * u64::from(at != 3) });
        assert_eq!(ways(disturbed)[8..], [Way::Read; 2]);
    }

    #[test]
    fn before_anything_is_known_a_file_is_mapped() {
        let race = Race::new();
        assert_eq!(race.faster(), Way::Map);
        race.note(Way::Read, 0, Duration::ZERO);
        assert_eq!(race.faster(), Way::Read);
        race.note(Way::Map, 1, Duration::MAX);
        assert_eq!(race.faster(), Way::Read);
    }
}
