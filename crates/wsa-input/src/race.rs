//! [`Race`]: which of two ways to the same bytes is faster on this machine, found out by going both.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A way to bring part of a file before the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Touch it where the file is mapped: a page fault for every 64 KiB or so, and no copy.
    Map,
    /// Copy it into a buffer that is used again and again: no fault, and the scanner finds the bytes in the cache.
    Read,
}

/// How often each way is tried in a round.
const TRIES: u32 = 4;

/// So often, if each of these tries of one way was slower than each of the other: the slower way costs time.
const CLEAR_TRIES: u32 = 2;

/// How many pieces at least go the faster way after the first round; twice as many after each further one.
const PAUSE: u32 = 16;

/// So many bytes in a nanosecond no copy out of memory reaches; most reach half of it.
const COPIED_A_NANOSECOND: u128 = 32;

/// So many pieces in turn must take longer before anything is tried: one of them may have met another program's turn.
const DOUBTS: u32 = 2;

/// Tries two ways in turn on some pieces of real work, keeps to the faster for a while, and tries both again.
///
/// Neither is faster everywhere: copying took 60 ms a GiB where a page fault made mapping take 134, and 250 where mapping
/// and the whole scan took 237. Nothing that the kernel or the processor tells of itself says which machine this is, nor
/// does the beginning: on a virtual machine mapping won the first round in nine runs of ten, and copying took a fifth less
/// time in all. What decides, where that was looked into, is how the file lies in the kernel's cache: in folios of 2 MiB, as
/// after a reading in order, a GiB is mapped in a few ms; in single pages, as after some of them were pushed out, a fault
/// for every sixteen takes longer than to copy them. Of each way's tries the slowest does not count: a new buffer is slow
/// once, and so is a piece with many errors in it.
///
/// While the faults of each mapped piece take less than any copy could, nothing is tried: a new buffer of some MiB, and a
/// piece copied into it, take longer than several pieces mapped.
#[derive(Debug)]
pub(crate) struct Race(Mutex<State>);

#[derive(Debug)]
struct State {
    faster: Way,
    /// Tries to come in this round; then pieces until there may be another.
    tries: u32,
    until: u32,
    pause: u32,
    /// How many pieces in turn took long to be brought.
    doubts: u32,
    ways: [Tried; 2],
}

/// The tries of a way. Times are for a byte, in femtoseconds (of a whole number, that resolves even the fastest).
#[derive(Clone, Copy, Debug)]
struct Tried {
    count: u32,
    all: u64,
    slowest: u64,
    fastest: u64,
}

impl Tried {
    const NONE: Tried = Tried { count: 0, all: 0, slowest: 0, fastest: u64::MAX };

    fn without_slowest(&self) -> u64 {
        self.all - self.slowest
    }
}

impl Race {
    pub(crate) const fn new() -> Race {
        let ways = [Tried::NONE; 2];
        Race(Mutex::new(State { faster: Way::Map, tries: 0, until: 0, pause: PAUSE, doubts: 0, ways }))
    }

    /// Does a piece of work by the way whose turn it is, or by the faster one, and takes its time. The work tells how long
    /// it took to bring a mapped piece into memory.
    pub(crate) fn run<T>(&self, bytes: usize, work: impl FnOnce(Way) -> (T, Option<Duration>)) -> T {
        let way = self.state().next();
        let started = Instant::now();
        let (done, brought) = work(way);
        let taken = started.elapsed();
        self.state().note(way, bytes, taken, brought);
        done
    }

    /// The way that was faster in the last round; [`Way::Map`] before there was one.
    pub(crate) fn faster(&self) -> Way {
        self.state().faster
    }

    /// Whether the next pieces will be mapped: no copy is being tried.
    pub(crate) fn is_mapping(&self) -> bool {
        let state = self.state();
        state.faster == Way::Map && state.tries == 0
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next(&mut self) -> Way {
        if self.tries == 0 && (self.until > 0 || self.faster == Way::Map) {
            self.until = self.until.saturating_sub(1);
            return self.faster;
        }
        if self.tries == 0 {
            self.begin_round();
        }
        self.tries -= 1;
        if self.tries.is_multiple_of(2) { Way::Read } else { Way::Map }
    }

    fn begin_round(&mut self) {
        self.until = self.pause;
        self.pause = self.pause.saturating_mul(2);
        self.tries = 2 * TRIES;
        self.ways = [Tried::NONE; 2];
    }

    fn note(&mut self, way: Way, bytes: usize, taken: Duration, brought: Option<Duration>) {
        if let Some(brought) = brought {
            if brought.as_nanos() * COPIED_A_NANOSECOND < bytes as u128 {
                (self.faster, self.tries, self.doubts) = (Way::Map, 0, 0);
                return;
            }
            self.doubts += 1;
            if self.tries == 0 {
                if self.until == 0 && self.doubts >= DOUBTS {
                    self.begin_round();
                }
                return;
            }
        }
        let tried = &mut self.ways[way as usize];
        if tried.count == TRIES {
            return;
        }
        let femtoseconds = taken.as_nanos().saturating_mul(1_000_000) / bytes.max(1) as u128;
        // No sum of a few overflows.
        let taken = u64::try_from(femtoseconds).unwrap_or(u64::MAX).min(u64::MAX / u64::from(TRIES));
        tried.count += 1;
        tried.all += taken;
        tried.slowest = tried.slowest.max(taken);
        tried.fastest = tried.fastest.min(taken);
        let [map, read] = &self.ways;
        let is_clear = map.slowest < read.fastest || read.slowest < map.fastest;
        let enough = if is_clear { CLEAR_TRIES } else { TRIES };
        if map.count == read.count && map.count >= enough {
            self.faster = if read.without_slowest() < map.without_slowest() { Way::Read } else { Way::Map };
            self.tries = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: usize = 1000;
    const SLOW: Duration = Duration::from_nanos(32);
    const FAST: Duration = Duration::from_nanos(31);

    /// By which ways pieces go, what each takes by either way, where those that are mapped are brought in `brought`.
    fn ways_where(pieces: usize, brought: impl Fn(usize) -> Duration, taken: impl Fn(usize, Way) -> u64) -> Vec<Way> {
        let race = Race::new();
        let piece = |at| {
            let way = race.state().next();
            let brought = (way == Way::Map).then(|| brought(at));
            race.state().note(way, BYTES, Duration::from_nanos(taken(at, way)), brought);
            way
        };
        (0..pieces).map(piece).collect()
    }

    fn ways(pieces: usize, taken: impl Fn(usize, Way) -> u64) -> Vec<Way> {
        ways_where(pieces, |_| SLOW, taken)
    }

    #[test]
    fn both_are_tried_and_the_faster_is_kept() {
        let tried = [&[Way::Map; 2][..], &[Way::Map, Way::Read].repeat(2)].concat();
        let read_is_faster = ways(22, |_, way| if way == Way::Read { 60 } else { 134 });
        assert_eq!(read_is_faster, [&tried[..], &[Way::Read; 16]].concat());
        let map_is_faster = ways(22, |_, way| if way == Way::Map { 150 } else { 250 });
        assert_eq!(map_is_faster, [&tried[..], &[Way::Map; 16]].concat());
    }

    #[test]
    fn neither_one_slow_try_nor_one_fast_one_decides() {
        let new_buffer = |at, way| if way == Way::Map { 134 } else { 60 + 900 * u64::from(at == 3) };
        assert_eq!(ways(12, new_buffer)[10..], [Way::Read; 2]);
        let lucky = |at, way| if way == Way::Read { 170 } else { 500 - 370 * u64::from(at == 4) };
        assert_eq!(ways(12, lucky)[10..], [Way::Read; 2]);
    }

    #[test]
    fn what_turns_slower_is_left_and_tries_become_rarer() {
        let turns = |at, way| if (way == Way::Map) == (at < 22) { 60 } else { 134 };
        let gone = ways(1000, turns);
        assert_eq!((&gone[6..22], &gone[26..58]), (&[Way::Map; 16][..], &[Way::Read; 32][..]));
        assert_eq!(gone[26..].iter().filter(|way| **way == Way::Map).count(), 4 * 2);
    }

    #[test]
    fn where_pieces_are_brought_fast_nothing_is_tried() {
        assert_eq!(ways_where(100, |_| FAST, |_, way| if way == Way::Map { 1000 } else { 1 }), [Way::Map; 100]);
        let now_and_then = |at| if at % 2 == 0 { SLOW } else { FAST };
        assert_eq!(ways_where(100, now_and_then, |_, _| 1), [Way::Map; 100]);
        // A copy that was faster is left where a try shows that mapping has become fast.
        let becomes_fast = |at| if at < 10 { SLOW } else { FAST };
        let gone = ways_where(100, becomes_fast, |_, way| if way == Way::Map { 134 } else { 60 });
        assert_eq!((gone[6..22].to_vec(), gone[22..].to_vec()), (vec![Way::Read; 16], vec![Way::Map; 78]));
    }

    #[test]
    fn before_anything_is_known_a_file_is_mapped() {
        let race = Race::new();
        assert_eq!((race.faster(), race.is_mapping()), (Way::Map, true));
        race.state().note(Way::Read, 0, Duration::MAX, None);
        race.state().note(Way::Map, 1, Duration::MAX, Some(Duration::MAX));
        assert_eq!((race.faster(), race.is_mapping()), (Way::Map, true));
    }
}
