//! Shares of a descriptor, and descriptors of the same thing.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::sync::Arc;

use super::{Result, call};

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

/// Another descriptor of what this one stands for.
pub(crate) fn duplicate(fd: BorrowedFd<'_>) -> Result<OwnedFd> {
    // SAFETY: no pointers.
    let fd = unsafe { call!(fcntl, fd.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 0) }?;
    // SAFETY: the kernel just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as RawFd) })
}

impl AsFd for SharedFd {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: it is the owner's number, and the owner lives at least as long as this share.
        unsafe { BorrowedFd::borrow_raw(self.number) }
    }
}
