//! Hints to the processor about memory that is about to be used.
//!
//! A server of a thousand connections finds what it knows of each in no near cache: the kernel's own side of the others has
//! pushed it out. A wait tells of many connections at once, so the memory of the next can come while the present one is dealt
//! with.

/// What one hint fetches.
const LINE_BYTES: usize = 64;

/// Has the processor fetch what lies at `start`, so many bytes. Reads and writes nothing, so the address may be any.
#[inline]
pub(crate) fn prefetch<T: ?Sized>(start: *const T, bytes: usize) {
    let start = start.cast::<i8>();
    for offset in (0..bytes).step_by(LINE_BYTES) {
        prefetch_line(start.wrapping_add(offset));
    }
    // Lines need not begin where it does.
    prefetch_line(start.wrapping_add(bytes.saturating_sub(1)));
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn prefetch_line(place: *const i8) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    // SAFETY: a hint, which reads and writes nothing.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(place) };
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn prefetch_line(_: *const i8) {}
