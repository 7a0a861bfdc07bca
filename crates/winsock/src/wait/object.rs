//! [`Waitable`]: one object's state, in a word.
//!
//! The lowest bit says that threads wait; then the word changes under the dispatcher's lock only. The rest is the
//! object's value: 0 or 1 for events, timers and threads, the count of a semaphore, the owner of a mutex.

use std::collections::VecDeque;

use super::dispatcher::Wait;
use super::process::Process;
use super::thread::Thread;
use super::timer::Timer;
use crate::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use crate::sync::{Arc, Mutex, lock};

const AWAITED: u64 = 1;
const ONE: u64 = 2;

/// An object that threads can wait for.
pub(crate) struct Waitable {
    pub(crate) kind: Kind,
    word: AtomicU64,
    /// Who waits, in the order of coming. Touched under the dispatcher's lock only.
    pub(super) queue: Mutex<VecDeque<Arc<Wait>>>,
}

/// What sort of object, and what only that sort has.
pub(crate) enum Kind {
    Event {
        /// Stays set until it is reset; otherwise it lets one thread through.
        is_manual: bool,
    },
    Mutex {
        /// How often the owner has taken it; the owner's alone.
        depth: AtomicU32,
        /// The last owner ended without releasing it.
        is_abandoned: AtomicBool,
    },
    Semaphore {
        most: u32,
    },
    Thread(Box<Thread>),
    Process(Box<Process>),
    Timer(Box<Timer>),
}

/// That an object was taken, and whether its last owner had abandoned it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) is_abandoned: bool,
}

/// What came of a try without the lock.
pub(super) enum Quick<T> {
    Done(T),
    No,
    /// Threads wait: only under the lock.
    Locked,
}

impl Waitable {
    pub(super) fn new(kind: Kind, value: u64) -> Arc<Waitable> {
        Arc::new(Waitable { kind, word: AtomicU64::new(value * ONE), queue: Mutex::default() })
    }

    /// An event that stays set, not set yet.
    pub(crate) fn manual_event() -> Arc<Waitable> {
        Waitable::new(Kind::Event { is_manual: true }, 0)
    }

    /// The thread, if it is one.
    pub(crate) fn thread(&self) -> Option<&Thread> {
        match &self.kind {
            Kind::Thread(thread) => Some(thread),
            _ => None,
        }
    }

    /// The value at this moment.
    pub(crate) fn value(&self) -> u64 {
        self.word.load(Ordering::Acquire) / ONE
    }

    /// Whether a wait of this thread would take it now.
    pub(super) fn is_free_for(&self, thread: u64) -> bool {
        self.takes(self.value(), thread).is_some()
    }

    /// The value after a thread takes the object; `None` if it cannot.
    fn takes(&self, value: u64, thread: u64) -> Option<u64> {
        match &self.kind {
            Kind::Event { is_manual: true } | Kind::Thread(_) | Kind::Process(_) => (value != 0).then_some(value),
            Kind::Timer(timer) if timer.is_manual => (value != 0).then_some(value),
            Kind::Event { .. } | Kind::Timer(_) => (value != 0).then_some(0),
            Kind::Semaphore { .. } => value.checked_sub(1),
            Kind::Mutex { .. } => (value == 0 || value == thread).then_some(thread),
        }
    }

    /// Takes it for a thread, if nobody waits.
    pub(super) fn take_quick(&self, thread: u64) -> Quick<Taken> {
        match self.change_quick(|value| self.takes(value, thread)) {
            Quick::Done(before) => Quick::Done(self.taken(before)),
            Quick::No => Quick::No,
            Quick::Locked => Quick::Locked,
        }
    }

    /// Takes it for a thread, under the dispatcher's lock and marked as awaited.
    pub(super) fn take_locked(&self, thread: u64) -> Option<Taken> {
        let before = self.value();
        self.put_locked(self.takes(before, thread)?);
        Some(self.taken(before))
    }

    fn taken(&self, before: u64) -> Taken {
        let Kind::Mutex { depth, is_abandoned } = &self.kind else { return Taken { is_abandoned: false } };
        if before == 0 {
            depth.store(1, Ordering::Relaxed);
            return Taken { is_abandoned: is_abandoned.swap(false, Ordering::Relaxed) };
        }
        depth.fetch_add(1, Ordering::Relaxed);
        Taken { is_abandoned: false }
    }

    /// Changes the value, if nobody waits; gives the one before. `None` of the closure leaves it.
    pub(super) fn change_quick(&self, change: impl Fn(u64) -> Option<u64>) -> Quick<u64> {
        let mut word = self.word.load(Ordering::Acquire);
        loop {
            if word & AWAITED != 0 {
                return Quick::Locked;
            }
            let Some(value) = change(word / ONE) else { return Quick::No };
            // Also if it stays the same: what this thread wrote before shall be seen by who takes the object.
            match self.word.compare_exchange_weak(word, value * ONE, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Quick::Done(word / ONE),
                Err(now) => word = now,
            }
        }
    }

    /// Sets the value under the dispatcher's lock, with the object marked as awaited.
    pub(super) fn put_locked(&self, value: u64) {
        self.word.store((value * ONE) | AWAITED, Ordering::Release);
    }

    /// From here on the object changes under the dispatcher's lock only, which the caller holds.
    pub(super) fn mark(&self) {
        self.word.fetch_or(AWAITED, Ordering::AcqRel);
    }

    /// Undoes [`Waitable::mark`] if nobody waits any more.
    pub(super) fn unmark(&self) {
        if lock(&self.queue).is_empty() {
            self.word.fetch_and(!AWAITED, Ordering::AcqRel);
        }
    }
}
