//! `eventfd`: a descriptor whose only purpose is to be noticed.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::{Result, call};

/// A counter; each [`EventFd::signal`] is a change that an edge-triggered wait tells once, to one waiter.
#[derive(Debug)]
pub(crate) struct EventFd(OwnedFd);

impl EventFd {
    pub(crate) fn new() -> Result<EventFd> {
        // SAFETY: no pointers.
        let fd = unsafe { call!(eventfd2, 0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) }?;
        // SAFETY: the kernel just made this descriptor for us.
        Ok(EventFd(unsafe { OwnedFd::from_raw_fd(fd as RawFd) }))
    }

    /// Empties the counter.
    pub(crate) fn drain(&self) {
        let mut count = 0u64;
        // SAFETY: the pointer is to a live value of the size given. Failing means that it was empty.
        let _ = unsafe { call!(read, self.0.as_raw_fd(), &raw mut count, size_of::<u64>()) };
    }

    /// Adds one. A counter that nobody empties would take centuries to fill.
    pub(crate) fn signal(&self) -> Result<()> {
        let one = 1u64;
        // SAFETY: the pointer is to a live value of the size given, which the kernel only reads.
        unsafe { call!(write, self.0.as_raw_fd(), &raw const one, size_of::<u64>()) }.map(drop)
    }
}

impl AsFd for EventFd {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
