//! Shares of a descriptor, and descriptors that are exchanged.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call;

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

/// A descriptor of which there can be shares, and that another one can take the place of, under the hands of those who use
/// it. Memory for either is made when it is first wanted.
pub(crate) struct Descriptor {
    number: AtomicI32,
    owners: Mutex<Owners>,
}

#[derive(Default)]
struct Owners {
    /// Owns the number as soon as there is a share.
    now: Option<Arc<OwnedFd>>,
    /// What may still be used by calls that began before it was exchanged.
    #[allow(clippy::box_collection, reason = "nearly every socket does without")]
    former: Option<Box<Vec<Arc<OwnedFd>>>>,
}

impl Descriptor {
    /// A share that stays with the present descriptor.
    pub(crate) fn share(&self) -> Arc<OwnedFd> {
        Arc::clone(self.owners().now(&self.number))
    }

    /// Puts another descriptor into the place of the present one, which is given back if nobody uses it: `is_idle` says so,
    /// asked after whoever looks has begun to see the new one. Otherwise the former number names the new one's thing too
    /// from now on, and lives as long as this.
    pub(crate) fn exchange(&self, new: Arc<OwnedFd>, is_idle: impl FnOnce() -> bool) -> Option<OwnedFd> {
        self.put(new.as_raw_fd(), Some(new), is_idle)
    }

    /// [`Descriptor::exchange`] for another one of which there is no share.
    pub(crate) fn exchange_unshared(&self, new: OwnedFd, is_idle: impl FnOnce() -> bool) -> Option<OwnedFd> {
        self.put(new.into_raw_fd(), None, is_idle)
    }

    /// Without an owner the number is this value's from here on.
    fn put(&self, new: RawFd, owner: Option<Arc<OwnedFd>>, is_idle: impl FnOnce() -> bool) -> Option<OwnedFd> {
        let mut owners = self.owners();
        let former = match std::mem::replace(&mut owners.now, owner) {
            Some(former) => Arc::try_unwrap(former),
            // SAFETY: without an owner the number is this value's alone, which forgets it here.
            None => Ok(unsafe { OwnedFd::from_raw_fd(self.number.load(Ordering::Relaxed)) }),
        };
        self.number.store(new, Ordering::SeqCst);
        let former = match former {
            Ok(former) if is_idle() => return Some(former),
            Ok(former) => Arc::new(former),
            Err(former) => former,
        };
        // Fails only where the number is being given out at this moment, which it is not.
        let _ = super::socket::replace(former.as_fd(), self.as_fd());
        owners.former.get_or_insert_default().push(former);
        None
    }

    fn owners(&self) -> MutexGuard<'_, Owners> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Owners {
    fn now(&mut self, number: &AtomicI32) -> &Arc<OwnedFd> {
        self.now.get_or_insert_with(|| {
            // SAFETY: the number is its descriptor's alone until here, and from here on the owner's.
            Arc::new(unsafe { OwnedFd::from_raw_fd(number.load(Ordering::Relaxed)) })
        })
    }
}

impl From<OwnedFd> for Descriptor {
    fn from(fd: OwnedFd) -> Descriptor {
        Descriptor { number: AtomicI32::new(fd.into_raw_fd()), owners: Mutex::default() }
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        let owners = self.owners.get_mut().unwrap_or_else(PoisonError::into_inner);
        if owners.now.is_none() {
            // Not by libc's function, at which another thread could end this one.
            // SAFETY: without an owner the number is still this value's alone. Whatever Linux says, it is closed.
            let _ = unsafe { call!(close, *self.number.get_mut()) };
        }
    }
}

impl AsFd for Descriptor {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: the number is this value's own or one of its owners', or was given back because nobody used it any more.
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
            let place = Descriptor::from(open("/dev/null"));
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
    fn what_nobody_shares_is_exchanged_and_closed_with_its_place() {
        let place = Descriptor::from(open("/dev/null"));
        let new = open_high();
        let number = new.as_raw_fd();
        assert_eq!(place.exchange_unshared(new, || true).map(|former| read(former.as_fd())), Some(0));
        assert_eq!((place.as_fd().as_raw_fd(), is_open(number)), (number, true));
        assert!(place.exchange_unshared(open("/dev/zero"), || false).is_none());
        // The former number names the new thing, and both are open until the end.
        assert_eq!((read(place.as_fd()), is_open(number)), (8, true));
        drop(place);
        assert!(!is_open(number));
    }

    #[test]
    fn a_share_keeps_the_former_from_being_given_back() {
        let place = Descriptor::from(open("/dev/null"));
        let share = place.share();
        assert!(place.exchange(Arc::new(open("/dev/zero")), || true).is_none());
        assert_eq!(read(share.as_fd()), 8);
    }

    fn is_open(number: RawFd) -> bool {
        // SAFETY: only asked about; a number that is closed is an error.
        unsafe { call!(fcntl, number, libc::F_GETFD) }.is_ok()
    }

    fn open_high() -> OwnedFd {
        let (own, _) = std::io::pipe().unwrap();
        // A number that no other test of this process is given meanwhile.
        // SAFETY: no pointers.
        let number = unsafe { call!(fcntl, own.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 900) }.unwrap();
        // SAFETY: the kernel just made this descriptor for us.
        unsafe { OwnedFd::from_raw_fd(number as RawFd) }
    }

    #[test]
    fn a_descriptor_closes_with_its_owner_or_its_last_share() {
        let alone = Descriptor::from(open_high());
        let number = alone.as_fd().as_raw_fd();
        assert!(is_open(number));
        drop(alone);
        assert!(!is_open(number));

        let owner = Descriptor::from(open_high());
        let number = owner.as_fd().as_raw_fd();
        let shares = [owner.share(), owner.share()];
        assert_eq!(Arc::strong_count(&shares[0]), 3);
        drop(owner);
        assert!(is_open(number));
        drop(shares);
        assert!(!is_open(number));
    }
}
