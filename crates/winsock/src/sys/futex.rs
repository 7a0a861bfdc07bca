//! `futex`: waiting for a word in memory to change.

use std::sync::atomic::AtomicU32;
use std::time::Duration;

use super::call;

/// Waits while the word holds `value`, at most `timeout`. May return early; the caller looks again.
pub(crate) fn wait(word: &AtomicU32, value: u32, timeout: Duration) {
    let time = libc::timespec { tv_sec: timeout.as_secs() as i64, tv_nsec: timeout.subsec_nanos().into() };
    let operation = libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the word and the time are live; the kernel only reads them.
    let _ = unsafe { call!(futex, word.as_ptr(), operation, value, &raw const time) };
}

/// Wakes all who wait for the word at this address. The memory is not accessed: it may be gone.
pub(crate) fn wake_all(address: usize) {
    let operation = libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: a private futex is known by its address alone.
    let _ = unsafe { call!(futex, address, operation, i32::MAX) };
}
