//! [`Shown`]: parts of a mapped file that were read, and whose pages still count as the process's memory.
//!
//! To give pages back interrupts every processor on which the process runs. So the parts of all files are held until there
//! are some, and those that lie side by side go at once: of 256 parts of a GiB, two threads spent a tenth of their time on
//! giving back each by itself.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How much all files together hold, with what is being read, before a file's parts are given back.
const HELD_BYTES: usize = 28 << 20;

/// The parts of one file that were read and not given back.
#[derive(Debug)]
pub(crate) struct Shown {
    parts: Mutex<Vec<Range<usize>>>,
    /// How many bytes all files hold together, those of the parts that are being read too.
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

    /// A part is going to be read; [`end`](Self::end) it then.
    pub(crate) fn begin(&self, part: &Range<usize>) {
        self.held.fetch_add(part.len(), Ordering::Relaxed);
    }

    /// Notes a part that was read. Gives back what is to be given back now: nothing, or all parts of the file, those without
    /// a gap as one.
    pub(crate) fn end(&self, part: Range<usize>, give_back: impl FnMut(Range<usize>)) {
        let mut parts = self.parts();
        parts.push(part);
        if self.held.load(Ordering::Relaxed) < HELD_BYTES {
            return;
        }
        let mut all = std::mem::take(&mut *parts);
        drop(parts);
        let bytes = bytes_of(&all);
        all.sort_unstable_by_key(|part| part.start);
        all.dedup_by(|next, part| {
            let touches = next.start <= part.end;
            if touches {
                part.end = part.end.max(next.end);
            }
            touches
        });
        all.into_iter().for_each(give_back);
        // Not before: a thread that is held up in giving back would let the others hold as much again.
        self.held.fetch_sub(bytes, Ordering::Relaxed);
    }

    fn parts(&self) -> MutexGuard<'_, Vec<Range<usize>>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let bytes = bytes_of(&self.parts());
        self.held.fetch_sub(bytes, Ordering::Relaxed);
    }
}

fn bytes_of(parts: &[Range<usize>]) -> usize {
    parts.iter().map(Range::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_given_back_at_once_and_as_few_ranges() {
        const MIB: usize = 1 << 20;
        static HELD: AtomicUsize = AtomicUsize::new(0);
        let (first, second) = (Shown::counted_by(&HELD), Shown::counted_by(&HELD));
        let ended = |file: &Shown, part| {
            let mut given = Vec::new();
            file.end(part, |part| given.push(part));
            given
        };
        let read = |file: &Shown, part: Range<usize>| {
            file.begin(&part);
            ended(file, part)
        };
        // Out of order, as threads end.
        assert!(read(&first, 3 * MIB..4 * MIB + 100).is_empty());
        assert!(read(&first, 0..2 * MIB).is_empty());
        assert!(read(&first, 2 * MIB..3 * MIB).is_empty());
        assert!(read(&second, MIB..MIB + 10).is_empty());
        // What is being read counts, and is not given back.
        let late = 90 * MIB..100 * MIB;
        second.begin(&late);
        assert_eq!(read(&first, 50 * MIB..70 * MIB), [0..4 * MIB + 100, 50 * MIB..70 * MIB]);
        assert_eq!(HELD.load(Ordering::Relaxed), 10 * MIB + 10);
        assert!(ended(&second, late).is_empty());
        drop(second);
        assert_eq!(HELD.load(Ordering::Relaxed), 0);
    }
}
