//! Shares of a descriptor, and descriptors that are exchanged.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// A descriptor that another one can take the place of, under the hands of those who use it.
pub(crate) struct Exchangeable {
    number: AtomicI32,
    /// Elsewhere, because what is looked at by every call lies around the number.
    owners: Box<Mutex<Owners>>,
}

struct Owners {
    now: Arc<OwnedFd>,
    /// What may still be used by calls that began before it was exchanged.
    former: Vec<Arc<OwnedFd>>,
}

impl Exchangeable {
    pub(crate) fn new(fd: OwnedFd) -> Exchangeable {
        let number = AtomicI32::new(fd.as_raw_fd());
        Exchangeable { number, owners: Box::new(Mutex::new(Owners { now: Arc::new(fd), former: Vec::new() })) }
    }

    /// A share that stays with the present descriptor.
    pub(crate) fn share(&self) -> Arc<OwnedFd> {
        Arc::clone(&self.owners().now)
    }

    /// Puts another descriptor into the place of the present one, which is given back if nobody uses it: `is_idle` says so,
    /// asked after whoever looks has begun to see the new one. Otherwise the former number names the new one's thing too
    /// from now on, and lives as long as this.
    pub(crate) fn exchange(&self, new: Arc<OwnedFd>, is_idle: impl FnOnce() -> bool) -> Option<OwnedFd> {
        let mut owners = self.owners();
        self.number.store(new.as_raw_fd(), Ordering::SeqCst);
        let former = std::mem::replace(&mut owners.now, new);
        let former = match Arc::try_unwrap(former) {
            Ok(former) if is_idle() => return Some(former),
            Ok(former) => Arc::new(former),
            Err(former) => former,
        };
        // Fails only where the number is being given out at this moment, which it is not.
        let _ = super::socket::replace(former.as_fd(), owners.now.as_fd());
        owners.former.push(former);
        None
    }

    fn owners(&self) -> MutexGuard<'_, Owners> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsFd for Exchangeable {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: the number of an owner that is kept here, or was given back because nobody used it any more.
        unsafe { BorrowedFd::borrow_raw(self.number.load(Ordering::Acquire)) }
    }
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
    use std::fs::File;
    use std::io::Read;

    use super::*;

    fn open(path: &str) -> OwnedFd {
        File::open(path).unwrap().into()
    }

    /// Bytes that one read gives: `/dev/zero` fills the buffer, `/dev/null` has none.
    fn read(fd: BorrowedFd<'_>) -> usize {
        File::from(fd.try_clone_to_owned().unwrap()).read(&mut [1; 8]).unwrap()
    }

    #[test]
    fn what_is_idle_is_given_back_and_what_is_not_names_the_new_thing() {
        for is_idle in [true, false] {
            let place = Exchangeable::new(open("/dev/null"));
            let (former, new) = (place.as_fd(), Arc::new(open("/dev/zero")));
            assert_eq!(read(place.as_fd()), 0);
            let back = place.exchange(Arc::clone(&new), || is_idle);
            assert_eq!((read(place.as_fd()), place.as_fd().as_raw_fd()), (8, new.as_raw_fd()));
            assert_eq!(back.is_some(), is_idle);
            // Still open in both cases, and used here as by a call that began before.
            assert_eq!(read(former), if is_idle { 0 } else { 8 });
        }
    }

    #[test]
    fn a_share_keeps_the_former_from_being_given_back() {
        let place = Exchangeable::new(open("/dev/null"));
        let share = place.share();
        assert!(place.exchange(Arc::new(open("/dev/zero")), || true).is_none());
        assert_eq!(read(share.as_fd()), 8);
    }
}
