//! [`Shown`]: parts of a mapped file that were read, and whose pages still count as the process's memory.
//!
//! To give pages back interrupts every processor on which the process runs. So the parts of all files are held until there
//! are some, and those that lie side by side go at once: of 256 parts of a GiB, two threads spent a tenth of their time on
//! giving back each by itself.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How much all files together hold before a file's parts are given back.
const HELD_BYTES: usize = 16 << 20;

/// The parts of one file that were read and not given back.
#[derive(Debug)]
pub(crate) struct Shown {
    parts: Mutex<Vec<Range<usize>>>,
    /// How many bytes all files hold together.
    held: &'static AtomicUsize,
}

impl Shown {
    pub(crate) const fn new() -> Shown {
        static HELD: AtomicUsize = AtomicUsize::new(0);
        Shown::counted_by(&HELD)
    }

    const fn counted_by(held: &'static AtomicUsize) -> Shown {
        Shown { parts: Mutex::new(Vec::new()), held }
    }

    /// Notes a part that was read. Returns what is to be given back now: nothing, or all parts of the file, those without
    /// a gap as one.
    pub(crate) fn note(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let held = self.held.fetch_add(part.len(), Ordering::Relaxed) + part.len();
        let mut parts = self.parts();
        parts.push(part);
        if held < HELD_BYTES {
            return Vec::new();
        }
        let mut all = std::mem::take(&mut *parts);
        drop(parts);
        self.let_go(&all);
        all.sort_unstable_by_key(|part| part.start);
        all.dedup_by(|next, part| {
            let touches = next.start <= part.end;
            if touches {
                part.end = part.end.max(next.end);
            }
            touches
        });
        all
    }

    fn parts(&self) -> MutexGuard<'_, Vec<Range<usize>>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn let_go(&self, parts: &[Range<usize>]) {
        self.held.fetch_sub(parts.iter().map(Range::len).sum::<usize>(), Ordering::Relaxed);
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.let_go(&self.parts());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_given_back_at_once_and_as_few_ranges() {
        const MIB: usize = 1 << 20;
        static HELD: AtomicUsize = AtomicUsize::new(0);
        let (first, second) = (Shown::counted_by(&HELD), Shown::counted_by(&HELD));
        // Out of order, as threads end.
        assert!(first.note(3 * MIB..4 * MIB + 100).is_empty());
        assert!(first.note(0..2 * MIB).is_empty());
        assert!(first.note(2 * MIB..3 * MIB).is_empty());
        assert!(second.note(MIB..MIB + 10).is_empty());
        assert_eq!(first.note(50 * MIB..70 * MIB), [0..4 * MIB + 100, 50 * MIB..70 * MIB]);
        assert_eq!(HELD.load(Ordering::Relaxed), 10);
        assert!(second.note(5 * MIB..6 * MIB).is_empty());
        drop(second);
        assert_eq!(HELD.load(Ordering::Relaxed), 0);
    }
}
