//! Locks and shared ownership: std's, or a model checker's under the feature `model`.

#[cfg(not(feature = "model"))]
pub(crate) use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, atomic},
    thread_local,
};

#[cfg(feature = "model")]
pub(crate) use shuttle::{
    sync::{Arc, Condvar, Mutex, MutexGuard, atomic},
    thread_local,
};

use std::sync::PoisonError;

/// Locks. No code of this crate leaves data half changed when it panics, so a poisoned lock is as good as any.
#[inline]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks of the path that every message takes: half the instructions of std's, which also ask at each turn whether the
/// thread panics.
pub(crate) mod quick {
    use std::time::Duration;

    #[cfg(not(feature = "model"))]
    pub(crate) use parking_lot::{Mutex, MutexGuard};

    #[cfg(feature = "model")]
    pub(crate) use super::{Mutex, MutexGuard, lock};

    /// Locks.
    #[cfg(not(feature = "model"))]
    #[inline]
    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock()
    }

    /// Locks, if nobody else has.
    #[cfg(not(feature = "model"))]
    #[inline]
    pub(crate) fn try_lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
        mutex.try_lock()
    }

    /// Locks, if nobody else has.
    #[cfg(feature = "model")]
    pub(crate) fn try_lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
        mutex.try_lock().ok()
    }

    /// Waits under such a lock.
    #[cfg(not(feature = "model"))]
    pub(crate) struct Condvar(parking_lot::Condvar);

    #[cfg(feature = "model")]
    pub(crate) struct Condvar(super::Condvar);

    impl Condvar {
        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }
    }

    #[cfg(not(feature = "model"))]
    impl Condvar {
        pub(crate) const fn new() -> Condvar {
            Condvar(parking_lot::Condvar::new())
        }

        pub(crate) fn wait<'m, T>(&self, mut held: MutexGuard<'m, T>) -> MutexGuard<'m, T> {
            self.0.wait(&mut held);
            held
        }

        /// True if the time is over.
        pub(crate) fn wait_timeout<'m, T>(
            &self,
            mut held: MutexGuard<'m, T>,
            time: Duration,
        ) -> (MutexGuard<'m, T>, bool) {
            let is_over = self.0.wait_for(&mut held, time).timed_out();
            (held, is_over)
        }
    }

    #[cfg(feature = "model")]
    impl Condvar {
        pub(crate) fn new() -> Condvar {
            Condvar(super::Condvar::new())
        }

        pub(crate) fn wait<'m, T>(&self, held: MutexGuard<'m, T>) -> MutexGuard<'m, T> {
            self.0.wait(held).unwrap_or_else(super::PoisonError::into_inner)
        }

        pub(crate) fn wait_timeout<'m, T>(&self, held: MutexGuard<'m, T>, time: Duration) -> (MutexGuard<'m, T>, bool) {
            let (held, waited) = self.0.wait_timeout(held, time).unwrap_or_else(super::PoisonError::into_inner);
            (held, waited.timed_out())
        }
    }
}

/// What a thread of a model does.
#[cfg(all(test, feature = "model"))]
pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// Runs these on a thread each, under the model's schedule, and waits for them.
#[cfg(all(test, feature = "model"))]
pub(crate) fn together(jobs: Vec<Job>) {
    let threads: Vec<_> = jobs.into_iter().map(shuttle::thread::spawn).collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}
