//! A share of a descriptor.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::sync::Arc;

/// A share of a descriptor, with its number at hand: using it does not look at the memory that all shares have in common.
#[derive(Clone)]
pub(crate) struct SharedFd {
    number: RawFd,
    /// Keeps it open.
    _owner: Arc<OwnedFd>,
}

impl SharedFd {
    pub(crate) fn new(owner: Arc<OwnedFd>) -> SharedFd {
        SharedFd { number: owner.as_raw_fd(), _owner: owner }
    }
}

impl AsFd for SharedFd {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: it is the owner's number, and the owner lives at least as long as this share.
        unsafe { BorrowedFd::borrow_raw(self.number) }
    }
}
