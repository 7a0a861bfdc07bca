//! [`Slot`]: a place for one shared object, looked up without a lock, emptied under those who use it.
//!
//! A lookup is one atomic addition and its end one subtraction, both to the slot itself. `arc-swap`, which was here
//! before, writes only to memory of the looking thread, and paid for that with four times the instructions per lookup,
//! a walk over all threads' records per change, and a slow path for whoever holds more than eight at once, as `select`
//! does.
//!
//! The object leaves by [`InUse::take`]: with its only user at once; else the slot is closed to lookups, and whoever of
//! taker and users is the last to let go empties it. Only then can it be filled again.
#![allow(unsafe_code, reason = "a cell that a count of users guards")]

use std::cell::UnsafeCell;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::sys::prefetch::prefetch;

/// Flags above a count of users.
const FULL: u32 = 1 << 31;
/// No longer found; emptied by the last user.
const CLOSING: u32 = 1 << 30;
/// One thread alone works on the cell: it fills or empties it.
const BUSY: u32 = 1 << 29;
const FLAGS: u32 = FULL | CLOSING | BUSY;

/// A place for one object. A cache line of its own: neighbours belong to other threads' sockets.
#[repr(align(64))]
pub(crate) struct Slot<T> {
    word: AtomicU32,
    cell: UnsafeCell<Option<Arc<T>>>,
}

// SAFETY: the cell is changed by the one thread that set BUSY, with no user counted and FULL clear; it is read by users
// counted while FULL was set. What moves between threads is the Arc.
unsafe impl<T: Send + Sync> Sync for Slot<T> {}

/// The object, in use: it stays what and where it is.
pub(crate) struct InUse<'s, T>(&'s Slot<T>);

impl<T> Slot<T> {
    pub(crate) const fn empty() -> Slot<T> {
        Slot { word: AtomicU32::new(0), cell: UnsafeCell::new(None) }
    }

    /// The object, if there is one.
    #[inline]
    pub(crate) fn get(&self) -> Option<InUse<'_, T>> {
        if self.word.fetch_add(1, Ordering::Acquire) & FULL != 0 {
            Some(InUse(self))
        } else {
            self.let_go();
            None
        }
    }

    /// Has the processor fetch the slot's memory, for a use that is near.
    #[inline]
    pub(crate) fn prefetch(&self) {
        prefetch(self, size_of::<Self>());
    }

    /// Whether it is full and no call uses the object now. Who looks an object up later sees what happened before this.
    pub(crate) fn is_idle(&self) -> bool {
        // An addition of nothing, because a plain load could be ahead of the caller's earlier writes.
        self.word.fetch_add(0, Ordering::AcqRel) == FULL
    }

    /// Fills an empty slot; gives the object back if it is not empty, which it is only when the last user has let go.
    pub(crate) fn put(&self, object: Arc<T>) -> Result<(), Arc<T>> {
        let mine = |word: u32| (word & FLAGS == 0).then_some(word | BUSY);
        if self.word.fetch_update(Ordering::Acquire, Ordering::Relaxed, mine).is_err() {
            return Err(object);
        }
        // SAFETY: BUSY was clear and is this thread's now; whoever is counted saw FULL clear and stays away.
        unsafe { *self.cell.get() = Some(object) };
        self.word.fetch_xor(BUSY | FULL, Ordering::Release);
        Ok(())
    }

    /// [`InUse::take`] of the object, if there is one.
    pub(crate) fn take(&self) -> Option<Arc<T>> {
        self.get()?.take()
    }

    /// Ends one use. The last one after [`InUse::take`] empties the slot.
    #[inline]
    fn let_go(&self) {
        if self.word.fetch_sub(1, Ordering::Release) == CLOSING + 1 {
            self.clear();
        }
    }

    #[cold]
    fn clear(&self) {
        // A late lookup may have been counted meanwhile; then it comes here when it lets go.
        if self.word.compare_exchange(CLOSING, BUSY, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            // SAFETY: BUSY is this thread's, no user is counted, and later ones see FULL clear.
            let object = unsafe { (*self.cell.get()).take() };
            self.word.fetch_and(!BUSY, Ordering::Release);
            drop(object);
        }
    }
}

impl<T> InUse<'_, T> {
    /// Takes the object out: no lookup finds it from here on. Of several takers one gets it.
    pub(crate) fn take(self) -> Option<Arc<T>> {
        let Slot { word, cell } = self.0;
        // With the object ends this use of it.
        if word.compare_exchange(FULL + 1, BUSY, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            std::mem::forget(self);
            // SAFETY: BUSY is this thread's, no user is counted but late ones, who saw FULL clear.
            let object = unsafe { (*cell.get()).take() };
            word.fetch_and(!BUSY, Ordering::Release);
            return object;
        }
        // Others use it too: the last of them empties the slot.
        let close = |word: u32| (word & FULL != 0).then_some(word & !FULL | CLOSING);
        word.fetch_update(Ordering::AcqRel, Ordering::Relaxed, close).ok()?;
        Some(Arc::clone(&self))
    }
}

impl<T> Deref for InUse<'_, T> {
    type Target = Arc<T>;

    #[inline]
    fn deref(&self) -> &Arc<T> {
        // SAFETY: this use was counted while FULL was set, so nobody works on the cell before it is let go.
        let object = unsafe { &*self.0.cell.get() };
        object.as_ref().expect("a full slot holds an object")
    }
}

impl<T> Drop for InUse<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.0.let_go();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::thread;

    use super::*;

    #[test]
    fn an_object_leaves_when_its_last_user_does() {
        let slot = Slot::empty();
        assert!(slot.get().is_none() && slot.take().is_none());
        slot.put(Arc::new(1)).unwrap();
        assert_eq!(slot.put(Arc::new(2)), Err(Arc::new(2)));
        let user = slot.get().unwrap();
        let taken = slot.take().unwrap();
        assert!(slot.get().is_none() && slot.take().is_none());
        assert_eq!((**user, Arc::strong_count(&taken)), (1, 2));
        assert_eq!(slot.put(Arc::new(2)), Err(Arc::new(2)));
        drop(user);
        assert_eq!(Arc::strong_count(&taken), 1);
        slot.put(Arc::new(3)).unwrap();
        assert_eq!(**slot.get().unwrap(), 3);
    }

    /// Also under Miri, which runs weak memory and data races to ground:
    /// `cargo +nightly miri test -p winsock --lib slot`.
    #[test]
    fn takers_users_and_fillers_never_meet_in_the_cell() {
        const TURNS: usize = if cfg!(miri) { 30 } else { 20_000 };
        let slot = Slot::empty();
        let (put, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for own in 0..2 {
                let (slot, put, taken) = (&slot, &put, &taken);
                scope.spawn(move || {
                    for turn in 0..TURNS {
                        let done = slot.put(Arc::new([turn * 2 + own; 4])).is_ok();
                        put.fetch_add(done.into(), Ordering::Relaxed);
                    }
                });
                scope.spawn(move || {
                    for _ in 0..TURNS {
                        taken.fetch_add(slot.take().is_some().into(), Ordering::Relaxed);
                    }
                });
                scope.spawn(move || {
                    for _ in 0..TURNS {
                        if let Some(object) = slot.get() {
                            assert!(object.iter().all(|number| *number == object[0]));
                        }
                    }
                });
            }
        });
        let left = usize::from(slot.take().is_some());
        assert_eq!(put.into_inner(), taken.into_inner() + left);
    }
}
