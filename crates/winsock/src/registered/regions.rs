//! The process-wide table from `RIO_BUFFERID` values to registered memory.
//!
//! Every request looks its buffer up, so a look writes nothing, and four entries share a cache line. A value holds the place
//! and how often that was used before: one that was deregistered is found to be so, whatever came after it.

use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering, fence};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::overlapped::Region;

static REGIONS: Regions = Regions {
    chunks: [const { OnceLock::new() }; CHUNKS],
    numbers: Mutex::new(Numbers { freed: Vec::new(), next: 0 }),
};

const CHUNK: usize = 1024;
const CHUNKS: usize = 1024;

struct Regions {
    chunks: [OnceLock<Box<[Entry]>>; CHUNKS],
    numbers: Mutex<Numbers>,
}

struct Numbers {
    freed: Vec<usize>,
    next: usize,
}

#[derive(Default)]
struct Entry {
    start: AtomicPtr<u8>,
    bytes: AtomicU32,
    /// Counts uses and ends of use: odd while in use.
    turn: AtomicU32,
}

/// Gives the region a value; `None` if there are too many. It is not 0xffffffff, as its upper half is odd.
pub(super) fn insert(region: Region) -> Option<usize> {
    let mut numbers = REGIONS.numbers.lock().unwrap_or_else(PoisonError::into_inner);
    let index = match numbers.freed.pop() {
        Some(index) => index,
        None if numbers.next == CHUNK * CHUNKS => return None,
        None => {
            numbers.next += 1;
            numbers.next - 1
        }
    };
    let chunk =
        REGIONS.chunks[index / CHUNK].get_or_init(|| std::iter::repeat_with(Entry::default).take(CHUNK).collect());
    let entry = &chunk[index % CHUNK];
    // Whoever reads what is stored from here on sees that the last use is over.
    fence(Ordering::Release);
    let (start, bytes) = region.into_raw();
    entry.start.store(start, Ordering::Relaxed);
    entry.bytes.store(bytes, Ordering::Relaxed);
    let turn = entry.turn.load(Ordering::Relaxed).wrapping_add(1);
    entry.turn.store(turn, Ordering::Release);
    Some((turn as usize) << 32 | index)
}

/// Ends the use of a value, if it is in use.
pub(super) fn remove(value: usize) {
    let mut numbers = REGIONS.numbers.lock().unwrap_or_else(PoisonError::into_inner);
    let Some((entry, turn)) = find(value) else { return };
    if entry.turn.load(Ordering::Relaxed) == turn {
        entry.turn.store(turn.wrapping_add(1), Ordering::Relaxed);
        numbers.freed.push(value as u32 as usize);
    }
}

/// The region of a value, if it is in use.
#[inline]
pub(super) fn get(value: usize) -> Option<Region> {
    let (entry, turn) = find(value)?;
    let is_its_turn = entry.turn.load(Ordering::Acquire) == turn;
    let (start, bytes) = (entry.start.load(Ordering::Relaxed), entry.bytes.load(Ordering::Relaxed));
    // Unchanged, so what was read is of one use.
    fence(Ordering::Acquire);
    let is_still = entry.turn.load(Ordering::Relaxed) == turn;
    if is_its_turn && is_still { Region::from_raw(start, bytes) } else { None }
}

#[inline]
fn find(value: usize) -> Option<(&'static Entry, u32)> {
    let (index, turn) = (value as u32 as usize, (value >> 32) as u32);
    if turn.is_multiple_of(2) {
        return None;
    }
    let entry = REGIONS.chunks.get(index / CHUNK)?.get()?.get(index % CHUNK)?;
    Some((entry, turn))
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    #[test]
    fn a_value_means_one_region_only() {
        let mut memory = [0; 10];
        // SAFETY: the memory is not touched.
        #[allow(unsafe_code, reason = "registers memory")]
        let mut region = |bytes| unsafe { Region::register(memory.as_mut_ptr(), bytes) }.unwrap();
        let first = insert(region(4)).unwrap();
        assert!(get(first).unwrap().part(0, 4).is_some() && get(first).unwrap().part(0, 5).is_none());
        remove(first);
        remove(first);
        let second = insert(region(5)).unwrap();
        let third = insert(region(6)).unwrap();
        assert!(get(first).is_none() && first != second && second != third);
        assert!(get(second).unwrap().part(0, 5).is_some() && get(second).unwrap().part(0, 6).is_none());
        assert!(get(third).unwrap().part(0, 6).is_some());
        for none in [0, 1 << 32, 0xffff_ffff, usize::MAX, second + 1, second + (2 << 32)] {
            assert!(none == third || get(none).is_none(), "{none:#x}");
        }
        remove(second);
        remove(third);
    }
}
