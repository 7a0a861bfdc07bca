//! Slim locks and condition variables.
//!
//! Each is one aligned word within the eight bytes that Windows gives it, so that one in a packed structure works too, and
//! begins as zero. What is free, or has nobody waiting, costs no system call.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::thread::futex::{self, Flags};

use crate::lock;

/// Everyone, to a call that wakes so many.
const ALL: u32 = i32::MAX as u32;

/// A slim lock: many readers or one writer, none of whom may take it again. Where a writer waits, readers who come later
/// wait behind it.
///
/// Source: srwlock_base_thread3 of dlls/kernel32/tests/sync.c, checked on Windows.
///
/// ```
/// use winbase::slim_lock::SlimLock;
///
/// let lock = SlimLock::default();
/// lock.read();
/// assert!(lock.try_read() && !lock.try_write());
/// lock.end_read();
/// lock.end_read();
/// assert!(lock.try_write() && !lock.try_read());
/// ```
#[doc(alias = "SRWLOCK")]
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct SlimLock {
    /// The number of readers, or [`WRITTEN`]; and the two flags.
    state: AtomicU32,
}

const READERS_WAIT: u32 = 1 << 30;
const WRITERS_WAIT: u32 = 1 << 31;
const WAIT: u32 = READERS_WAIT | WRITERS_WAIT;
const WRITTEN: u32 = !WAIT;

/// Who of the sleepers is meant: both sorts sleep at one word.
#[derive(Clone, Copy)]
enum Sleeper {
    Reader = 1,
    Writer = 2,
}

impl Sleeper {
    fn bits(self) -> NonZeroU32 {
        NonZeroU32::MIN.saturating_add(self as u32 - 1)
    }
}

fn is_free(state: u32) -> bool {
    state & WRITTEN == 0
}

fn is_readable(state: u32) -> bool {
    state & WAIT == 0 && state < WRITTEN - 1
}

impl SlimLock {
    /// Takes it for writing.
    #[doc(alias = "AcquireSRWLockExclusive")]
    pub fn write(&self) {
        let mut others = 0;
        loop {
            let state = self.state.load(Ordering::Relaxed);
            if is_free(state) {
                if self.change(state, state | WRITTEN | others) {
                    return;
                }
            } else if state & WRITERS_WAIT != 0 || self.change(state, state | WRITERS_WAIT) {
                self.sleep(state | WRITERS_WAIT, Sleeper::Writer);
                // Who woke this one has forgotten the others.
                others = WRITERS_WAIT;
            }
        }
    }

    /// Takes it for writing if nobody has it.
    #[doc(alias = "TryAcquireSRWLockExclusive")]
    #[must_use]
    pub fn try_write(&self) -> bool {
        let taken = |state| is_free(state).then_some(state | WRITTEN);
        self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, taken).is_ok()
    }

    /// Takes it for reading.
    #[doc(alias = "AcquireSRWLockShared")]
    pub fn read(&self) {
        loop {
            let state = self.state.load(Ordering::Relaxed);
            if is_readable(state) {
                if self.change(state, state + 1) {
                    return;
                }
            } else if state & READERS_WAIT != 0 || self.change(state, state | READERS_WAIT) {
                self.sleep(state | READERS_WAIT, Sleeper::Reader);
            }
        }
    }

    /// Takes it for reading if nobody writes, or waits to write.
    #[doc(alias = "TryAcquireSRWLockShared")]
    #[must_use]
    pub fn try_read(&self) -> bool {
        let more = |state| is_readable(state).then(|| state + 1);
        self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, more).is_ok()
    }

    /// Ends writing.
    #[doc(alias = "ReleaseSRWLockExclusive")]
    pub fn end_write(&self) {
        let free = |state| (state & WRITTEN == WRITTEN).then_some(state & WAIT);
        if let Ok(state) = self.state.fetch_update(Ordering::Release, Ordering::Relaxed, free) {
            self.wake(state & WAIT);
        }
    }

    /// Ends reading.
    #[doc(alias = "ReleaseSRWLockShared")]
    pub fn end_read(&self) {
        let less = |state| (!is_free(state) && state & WRITTEN != WRITTEN).then(|| state - 1);
        if let Ok(state) = self.state.fetch_update(Ordering::Release, Ordering::Relaxed, less)
            && is_free(state - 1)
        {
            self.wake(state - 1);
        }
    }

    /// Wakes those who wait for a lock that became free: a writer before readers. Whoever takes the lock meanwhile does so
    /// when it ends.
    fn wake(&self, mut state: u32) {
        if state == WRITERS_WAIT {
            match self.state.compare_exchange(state, 0, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => {
                    self.wake_sleepers(1, Sleeper::Writer);
                    return;
                }
                // A reader has come to wait behind the writers: nobody else would wake either.
                Err(changed) => state = changed,
            }
        }
        if state == WAIT {
            if !self.change(state, READERS_WAIT) || self.wake_sleepers(1, Sleeper::Writer) {
                return;
            }
            state = READERS_WAIT;
        }
        if state == READERS_WAIT && self.change(state, 0) {
            self.wake_sleepers(ALL, Sleeper::Reader);
        }
    }

    fn change(&self, from: u32, to: u32) -> bool {
        self.state.compare_exchange(from, to, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// Sleeps while the state is this. May return early.
    fn sleep(&self, state: u32, who: Sleeper) {
        winsock::port::before_blocking();
        let _ = futex::wait_bitset(&self.state, Flags::PRIVATE, state, None, who.bits());
    }

    /// True if any was asleep.
    fn wake_sleepers(&self, count: u32, who: Sleeper) -> bool {
        futex::wake_bitset(&self.state, Flags::PRIVATE, count, who.bits()).is_ok_and(|woken| woken > 0)
    }
}

/// A condition variable.
#[doc(alias = "CONDITION_VARIABLE")]
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Condition {
    /// How often it was told, in steps of [`TOLD`]: what sleepers wait to see changed; and [`SLEEPERS`].
    told: AtomicU32,
}

/// There may be sleepers.
const SLEEPERS: u32 = 1;
const TOLD: u32 = 2;

impl Condition {
    /// Lets go by `release`, waits to be woken, and takes back by `retake`; false if the time is over. May return early.
    #[doc(alias = "SleepConditionVariableCS")]
    #[doc(alias = "SleepConditionVariableSRW")]
    pub fn sleep(&self, release: impl FnOnce(), retake: impl FnOnce(), limit: Option<Duration>) -> bool {
        let until = limit.and_then(|limit| Instant::now().checked_add(limit));
        let told = self.told.fetch_or(SLEEPERS, Ordering::SeqCst) | SLEEPERS;
        release();
        let mut in_time = true;
        while self.told.load(Ordering::SeqCst) == told && in_time {
            in_time = lock::wait(&self.told, told, until);
        }
        let woken = self.told.load(Ordering::SeqCst) != told;
        retake();
        woken
    }

    /// Wakes one sleeper.
    #[doc(alias = "WakeConditionVariable")]
    pub fn wake_one(&self) {
        if self.told.load(Ordering::SeqCst) & SLEEPERS == 0 {
            return;
        }
        let told = self.told.fetch_add(TOLD, Ordering::SeqCst).wrapping_add(TOLD);
        let is_alone = lock::wake(&self.told, 1) == 0
            && self.told.compare_exchange(told, told & !SLEEPERS, Ordering::SeqCst, Ordering::Relaxed).is_ok();
        if is_alone {
            // One who fell asleep in between would not be looked for any more.
            lock::wake(&self.told, ALL);
        }
    }

    /// Wakes every sleeper.
    #[doc(alias = "WakeAllConditionVariable")]
    pub fn wake_all(&self) {
        let woken = |told: u32| (told & SLEEPERS != 0).then(|| told.wrapping_add(TOLD) & !SLEEPERS);
        if self.told.fetch_update(Ordering::SeqCst, Ordering::SeqCst, woken).is_ok() {
            lock::wake(&self.told, ALL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::CriticalSection;
    use crate::lock::tests::count_under;

    #[test]
    fn one_at_a_time_writes() {
        let lock = SlimLock::default();
        count_under(|| lock.write(), || lock.end_write());
        assert_eq!(lock.state.into_inner() & WRITTEN, 0);
    }

    #[test]
    fn readers_and_writers_take_turns_and_nobody_is_left_asleep() {
        let lock = SlimLock::default();
        std::thread::scope(|scope| {
            for place in 0..4 {
                let lock = &lock;
                scope.spawn(move || {
                    for round in 0..20_000 {
                        if (round + place) % 3 == 0 {
                            lock.write();
                            lock.end_write();
                        } else {
                            lock.read();
                            lock.end_read();
                        }
                    }
                });
            }
        });
        assert!(lock.try_write());
    }

    #[test]
    fn a_reader_who_comes_after_a_waiting_writer_waits() {
        let lock = SlimLock::default();
        lock.read();
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                lock.write();
                lock.end_write();
            });
            let until = Instant::now() + Duration::from_secs(20);
            while lock.try_read() && Instant::now() < until {
                lock.end_read();
                std::thread::yield_now();
            }
            assert!(!writer.is_finished() && !lock.try_read());
            lock.end_read();
        });
        assert!(lock.try_read());
    }

    #[test]
    fn sleepers_are_woken_or_time_out() {
        let (section, condition) = (CriticalSection::default(), Condition::default());
        let ready = AtomicU32::new(0);
        let limit = Some(Duration::from_secs(20));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                section.enter();
                while ready.load(Ordering::Relaxed) == 0 {
                    assert!(condition.sleep(|| section.leave(), || section.enter(), limit));
                }
                section.leave();
            });
            section.enter();
            ready.store(1, Ordering::Relaxed);
            section.leave();
            condition.wake_all();
        });
        assert!(!condition.sleep(|| (), || (), Some(Duration::from_millis(5))));
    }

    #[test]
    fn each_of_two_sleepers_is_woken_by_a_call_of_its_own() {
        let (section, condition) = (CriticalSection::default(), Condition::default());
        let (ready, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    section.enter();
                    while ready.load(Ordering::Relaxed) == 0 {
                        assert!(condition.sleep(|| section.leave(), || section.enter(), Some(Duration::from_secs(20))));
                    }
                    ready.fetch_sub(1, Ordering::Relaxed);
                    taken.fetch_add(1, Ordering::Relaxed);
                    section.leave();
                });
            }
            for _ in 0..2 {
                section.enter();
                ready.fetch_add(1, Ordering::Relaxed);
                section.leave();
                condition.wake_one();
            }
        });
        assert_eq!(taken.into_inner(), 2);
    }

    #[test]
    fn of_many_calls_none_is_lost() {
        const ITEMS: u32 = 50_000;
        let (section, condition) = (CriticalSection::default(), Condition::default());
        let (ready, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    section.enter();
                    while taken.load(Ordering::Relaxed) < ITEMS {
                        if ready.load(Ordering::Relaxed) == 0 {
                            let told =
                                condition.sleep(|| section.leave(), || section.enter(), Some(Duration::from_secs(20)));
                            assert!(told, "asleep with {} to take", ready.load(Ordering::Relaxed));
                            continue;
                        }
                        ready.fetch_sub(1, Ordering::Relaxed);
                        taken.fetch_add(1, Ordering::Relaxed);
                    }
                    section.leave();
                    condition.wake_all();
                });
            }
            for _ in 0..ITEMS {
                section.enter();
                ready.fetch_add(1, Ordering::Relaxed);
                section.leave();
                condition.wake_one();
            }
        });
        assert_eq!(taken.into_inner(), ITEMS);
    }
}
