//! [`Place`]: where an OVERLAPPED lies.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use super::OVERLAPPED;
use crate::overlapped::Status;
use crate::port;
use crate::sys::{self, futex};
use crate::wait;

/// How many threads wait for the end of some operation by its OVERLAPPED.
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// A lent OVERLAPPED.
#[derive(Clone, Copy)]
pub(super) struct Place(NonNull<OVERLAPPED>);

// SAFETY: the lending contract makes the memory good from every thread, and the fields that both sides use are accessed as
// atomics.
unsafe impl Send for Place {}

impl Place {
    /// `None` for null.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`. `overlapped` is null or points to an aligned OVERLAPPED.
    #[inline]
    pub(super) unsafe fn lend(overlapped: *mut OVERLAPPED) -> Option<Place> {
        NonNull::new(overlapped).map(Place)
    }

    #[inline]
    pub(super) fn address(self) -> usize {
        self.0.as_ptr() as usize
    }

    pub(super) fn status(&self) -> Status {
        Status(self.internal().load(Ordering::Acquire) as u32)
    }

    pub(super) fn bytes(&self) -> u32 {
        self.internal_high().load(Ordering::Relaxed) as u32
    }

    /// What the caller put into `hEvent`.
    #[inline]
    pub(super) fn event(self) -> usize {
        // SAFETY: the contract; nobody writes the field while the operation is under way.
        unsafe { (&raw const (*self.0.as_ptr()).hEvent).read() }
    }

    /// Marks it as under way.
    #[inline]
    pub(super) fn begin(&self) {
        self.internal().store(Status::PENDING.0 as usize, Ordering::Relaxed);
    }

    /// Waits while the operation is under way, at most `timeout`; may return early.
    pub(super) fn wait_for_change(&self, timeout: Duration) {
        port::before_blocking();
        WAITING.fetch_add(1, Ordering::SeqCst);
        let pending = Status::PENDING.0;
        // SAFETY: as for `internal`; the status is the lower half on the little-endian systems that Windows has.
        let word = unsafe { AtomicU32::from_ptr((&raw mut (*self.0.as_ptr()).Internal).cast()) };
        futex::wait(word, pending, timeout);
        WAITING.fetch_sub(1, Ordering::SeqCst);
    }

    /// Writes the result. Nothing of what was lent is touched after this.
    #[inline]
    pub(super) fn conclude(self, status: Status, bytes: u32) {
        if status == Status::CANCELLED && is_gone_with_its_thread(self.address()) {
            return;
        }
        self.internal_high().store(bytes as usize, Ordering::Relaxed);
        let address = self.address();
        // Sequentially consistent with `WAITING`: who counts itself after this sees the status and does not sleep.
        self.internal().store(status.0 as usize, Ordering::SeqCst);
        if WAITING.load(Ordering::SeqCst) > 0 {
            futex::wake_all(address);
        }
    }

    #[inline]
    fn internal(&self) -> &AtomicUsize {
        // SAFETY: by the contract the field is good and aligned for as long as the operation is under way, and used as an
        // atomic by this library; callers read it as `HasOverlappedIoCompleted` does.
        unsafe { AtomicUsize::from_ptr(&raw mut (*self.0.as_ptr()).Internal) }
    }

    #[inline]
    fn internal_high(&self) -> &AtomicUsize {
        // SAFETY: as above.
        unsafe { AtomicUsize::from_ptr(&raw mut (*self.0.as_ptr()).InternalHigh) }
    }
}

/// Cancelled because its thread ends, on whose stack it lies, which is in other use by now.
#[cold]
pub(super) fn is_gone_with_its_thread(address: usize) -> bool {
    wait::is_ending() && sys::thread::own_stack().is_some_and(|stack| stack.contains(&address))
}
