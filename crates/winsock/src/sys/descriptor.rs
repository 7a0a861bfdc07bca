//! Shares of a descriptor, and descriptors of the same thing.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
use std::sync::{Arc, OnceLock};

use super::{Result, call};

/// A descriptor with one owner, of which there can be shares: memory for them is made when the first is wanted.
pub(crate) struct Descriptor {
    number: RawFd,
    /// Owns the descriptor as soon as there is a share.
    shared: OnceLock<Arc<OwnedFd>>,
}

impl Descriptor {
    pub(crate) fn share(&self) -> Arc<OwnedFd> {
        // SAFETY: the number is this value's alone until here, and from here on the share's, which it keeps.
        Arc::clone(self.shared.get_or_init(|| Arc::new(unsafe { OwnedFd::from_raw_fd(self.number) })))
    }
}

impl From<OwnedFd> for Descriptor {
    fn from(fd: OwnedFd) -> Descriptor {
        Descriptor { number: fd.into_raw_fd(), shared: OnceLock::new() }
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        if self.shared.get().is_none() {
            // SAFETY: without a share the number is still this value's alone.
            drop(unsafe { OwnedFd::from_raw_fd(self.number) });
        }
    }
}

impl AsFd for Descriptor {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: open as long as this value lives, which owns it or keeps a share of it.
        unsafe { BorrowedFd::borrow_raw(self.number) }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn is_open(number: RawFd) -> bool {
        // SAFETY: only asked about; a number that is closed is an error.
        unsafe { call!(fcntl, number, libc::F_GETFD) }.is_ok()
    }

    fn open() -> Descriptor {
        let (own, _) = std::io::pipe().unwrap();
        // A number that no other test of this process is given meanwhile.
        // SAFETY: no pointers.
        let number = unsafe { call!(fcntl, own.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 900) }.unwrap();
        // SAFETY: the kernel just made this descriptor for us.
        Descriptor::from(unsafe { OwnedFd::from_raw_fd(number as RawFd) })
    }

    #[test]
    fn a_descriptor_closes_with_its_owner_or_its_last_share() {
        let alone = open();
        let number = alone.as_fd().as_raw_fd();
        assert!(is_open(number));
        drop(alone);
        assert!(!is_open(number));

        let owner = open();
        let number = owner.as_fd().as_raw_fd();
        let shares = [owner.share(), owner.share()];
        assert_eq!(Arc::strong_count(&shares[0]), 3);
        drop(owner);
        assert!(is_open(number));
        drop(shares);
        assert!(!is_open(number));
    }
}
