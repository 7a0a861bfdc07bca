//! [`Heap`]: the process's heap, with a reserve for the moment when there is no more of it.
//!
//! Rust ends the process when an allocation fails. A library under a C program may not: its calls have documented codes for
//! that moment. So what the system refuses is taken from a reserve, and from then on the calls that need memory say no
//! ([`is_short`]) instead of beginning anything: those under way live from the reserve.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Much more than the calls that are under way can need: it is of addresses only, memory is used when it is touched.
const RESERVE_BYTES: usize = 4 << 20;
/// The system has memory again when it gives this much.
const PROBE_BYTES: usize = 256 << 10;

/// The system's heap, and a reserve of 4 MiB for when it gives nothing more.
///
/// The C library has it as its global allocator. A Rust program that uses this crate may have it too; without it the
/// process ends, as any Rust program does, when there is no more memory.
///
/// ```
/// #[global_allocator]
/// static HEAP: winsock::memory::Heap = winsock::memory::Heap::new();
///
/// let text = String::from("on the system's heap, as long as there is any");
/// assert!(!text.is_empty());
/// ```
pub struct Heap {
    reserve: Reserve,
}

struct Reserve {
    bytes: UnsafeCell<[u8; RESERVE_BYTES]>,
    used: Mutex<Used>,
}

/// Blocks are given out one behind the other; when none is left in use it begins anew.
struct Used {
    bytes: usize,
    blocks: usize,
}

// SAFETY: the bytes are only given out in blocks that do not overlap, under the lock.
unsafe impl Sync for Reserve {}

/// Whether a block came from a reserve since the system last gave memory.
static SHORT: AtomicBool = AtomicBool::new(false);

/// Whether there is no memory to begin anything new with.
#[inline]
pub(crate) fn is_short() -> bool {
    SHORT.load(Ordering::Relaxed) && is_still_short()
}

#[cold]
fn is_still_short() -> bool {
    // SAFETY: a block from malloc, or null, is freed once and not touched.
    let given = unsafe {
        // The compiler may take a block that nobody looks at for given, and leave both calls out.
        let probe = std::hint::black_box(libc::malloc(PROBE_BYTES));
        libc::free(probe);
        !probe.is_null()
    };
    SHORT.store(!given, Ordering::Relaxed);
    !given
}

impl Heap {
    /// The heap.
    #[must_use]
    pub const fn new() -> Heap {
        Heap { reserve: Reserve::new() }
    }
}

impl Default for Heap {
    fn default() -> Heap {
        Heap::new()
    }
}

impl std::fmt::Debug for Heap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heap").finish_non_exhaustive()
    }
}

// SAFETY: every block is the system's or the reserve's, told apart by its address when it comes back; the system's are good
// by its own promise, the reserve's by `Reserve::take`.
unsafe impl GlobalAlloc for Heap {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is handed on.
        let block = unsafe { System.alloc(layout) };
        if block.is_null() { self.reserve.take(layout) } else { block }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is handed on.
        let block = unsafe { System.alloc_zeroed(layout) };
        if !block.is_null() {
            return block;
        }
        let block = self.reserve.take(layout);
        if !block.is_null() {
            // SAFETY: the block is that long, and nobody else's.
            unsafe { ptr::write_bytes(block, 0, layout.size()) };
        }
        block
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if self.reserve.owns(block) {
            self.reserve.give_back(block, layout.size());
        } else {
            // SAFETY: the caller's promise is handed on; the block came from the system.
            unsafe { System.dealloc(block, layout) };
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        if !self.reserve.owns(block) {
            // SAFETY: the caller's promise is handed on; the block came from the system.
            let moved = unsafe { System.realloc(block, layout, bytes) };
            if !moved.is_null() {
                return moved;
            }
        }
        // SAFETY: the caller promises that this is a layout; the blocks are as long as is copied, and two.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(bytes, layout.align()));
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, layout.size().min(bytes));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

impl Reserve {
    const fn new() -> Reserve {
        Reserve { bytes: UnsafeCell::new([0; RESERVE_BYTES]), used: Mutex::new(Used { bytes: 0, blocks: 0 }) }
    }

    /// A block that nobody else has; null if the rest is too short.
    #[cold]
    fn take(&self, layout: Layout) -> *mut u8 {
        let mut used = self.used();
        let base = self.bytes.get().cast::<u8>();
        let start = (base.addr() + used.bytes).next_multiple_of(layout.align()) - base.addr();
        let Some(end) = start.checked_add(layout.size()).filter(|end| *end <= RESERVE_BYTES) else {
            return ptr::null_mut();
        };
        *used = Used { bytes: end, blocks: used.blocks + 1 };
        SHORT.store(true, Ordering::Relaxed);
        base.wrapping_add(start)
    }

    /// The last block that was taken can be taken again at once: calls that fail take and give back in turn.
    #[cold]
    fn give_back(&self, block: *mut u8, bytes: usize) {
        let mut used = self.used();
        used.blocks -= 1;
        let start = block.addr() - self.bytes.get().addr();
        if used.blocks == 0 {
            used.bytes = 0;
        } else if start + bytes == used.bytes {
            used.bytes = start;
        }
    }

    #[inline]
    fn owns(&self, block: *mut u8) -> bool {
        block.addr().wrapping_sub(self.bytes.get().addr()) < RESERVE_BYTES
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_the_reserve_do_not_overlap_and_come_back() {
        static RESERVE: Reserve = Reserve::new();
        let reserve = &RESERVE;
        let mut end = 0;
        let mut blocks = Vec::new();
        for (size, align) in [(1, 1), (24, 8), (100, 64), (1 << 20, 4096), (3, 2)] {
            let block = reserve.take(Layout::from_size_align(size, align).unwrap());
            assert!(reserve.owns(block) && block.addr() >= end && block.addr().is_multiple_of(align));
            end = block.addr() + size;
            blocks.push((block, size));
        }
        let rest = Layout::from_size_align(RESERVE_BYTES - (1 << 20), 1).unwrap();
        assert!(reserve.take(rest).is_null());
        for (block, size) in blocks {
            reserve.give_back(block, size);
        }
        assert!(!reserve.take(rest).is_null());
        assert!(!reserve.owns(ptr::null_mut()));
        assert!(!reserve.owns((&raw const end).cast_mut().cast()));
    }

    #[test]
    fn what_is_taken_and_given_back_in_turn_is_without_end() {
        static RESERVE: Reserve = Reserve::new();
        let reserve = &RESERVE;
        let layout = Layout::from_size_align(1000, 8).unwrap();
        assert!(!reserve.take(layout).is_null());
        for _ in 0..100_000 {
            let block = reserve.take(layout);
            assert!(!block.is_null());
            reserve.give_back(block, layout.size());
        }
    }
}
