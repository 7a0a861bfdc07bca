//! The locks of a process: critical sections, slim locks, condition variables, one-time work.
//!
//! Each has the size that Windows gives it, lives in the caller's memory and begins as zeros; a critical section too,
//! whose fields nobody may look into. A lock that is free costs one atomic instruction, no system call.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::thread::futex::{self, Flags, Timespec};

const FREE: u32 = 0;
const TAKEN: u32 = 1;
/// Taken, and someone may wait for it.
const WANTED: u32 = 2;

/// Waits while `word` has this value; false once the time is over. May return early.
fn wait(word: &AtomicU32, value: u32, until: Option<Instant>) -> bool {
    let left = match until {
        None => None,
        Some(until) => match until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
            Some(left) => Some(Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() }),
            None => return false,
        },
    };
    // Interrupted, changed and timed out: the caller looks again. So it does where a packed structure has put the word at
    // an odd address, which Linux does not watch.
    if futex::wait(word, Flags::PRIVATE, value, left.as_ref()) == Err(Errno::INVAL) {
        thread::sleep(Duration::from_millis(1));
    }
    true
}

fn wake(word: &AtomicU32, count: u32) {
    let _ = futex::wake(word, Flags::PRIVATE, count);
}

/// A number for the calling thread, never 0.
fn this_thread() -> usize {
    thread_local!(static PLACE: Cell<u8> = const { Cell::new(0) });
    PLACE.with(|place| std::ptr::from_ref(place).addr())
}

/// A lock that its owner may take again.
#[doc(alias = "CRITICAL_SECTION")]
#[derive(Debug, Default)]
#[repr(C)]
pub struct CriticalSection {
    reserved: AtomicUsize,
    state: AtomicU32,
    depth: AtomicU32,
    owner: AtomicUsize,
    unused: AtomicUsize,
    spins: AtomicUsize,
}

const _: () = assert!(size_of::<CriticalSection>() == 40);

impl CriticalSection {
    /// Takes it, waiting as long as it takes.
    ///
    /// ```
    /// use winbase::lock::CriticalSection;
    ///
    /// let section = CriticalSection::default();
    /// section.enter();
    /// assert!(section.try_enter());
    /// std::thread::scope(|scope| {
    ///     scope.spawn(|| assert!(!section.try_enter()));
    /// });
    /// section.leave();
    /// section.leave();
    /// ```
    #[doc(alias = "EnterCriticalSection")]
    pub fn enter(&self) {
        if self.try_enter() {
            return;
        }
        for _ in 0..100 {
            if self.state.load(Ordering::Relaxed) == FREE && self.try_enter() {
                return;
            }
            std::hint::spin_loop();
        }
        while self.state.swap(WANTED, Ordering::Acquire) != FREE {
            wait(&self.state, WANTED, None);
        }
        self.own();
    }

    /// Takes it if it is free or the caller's.
    #[doc(alias = "TryEnterCriticalSection")]
    #[must_use]
    pub fn try_enter(&self) -> bool {
        // Only the owner finds its own number here, whatever the order.
        if self.owner.load(Ordering::Relaxed) == this_thread() {
            self.depth.fetch_add(1, Ordering::Relaxed);
            return true;
        }
        let free = self.state.compare_exchange(FREE, TAKEN, Ordering::Acquire, Ordering::Relaxed).is_ok();
        if free {
            self.own();
        }
        free
    }

    fn own(&self) {
        self.owner.store(this_thread(), Ordering::Relaxed);
        self.depth.store(1, Ordering::Relaxed);
    }

    /// Gives it back; after as many calls as it was taken it is free. Of a section that the caller does not have, nothing
    /// changes.
    #[doc(alias = "LeaveCriticalSection")]
    pub fn leave(&self) {
        if self.owner.load(Ordering::Relaxed) != this_thread() || self.depth.fetch_sub(1, Ordering::Relaxed) > 1 {
            return;
        }
        self.owner.store(0, Ordering::Relaxed);
        if self.state.swap(FREE, Ordering::Release) == WANTED {
            wake(&self.state, 1);
        }
    }

    /// Keeps the wish and tells the one before. This implementation spins as it sees fit.
    #[doc(alias = "SetCriticalSectionSpinCount")]
    pub fn set_spins(&self, spins: usize) -> usize {
        self.spins.swap(spins, Ordering::Relaxed)
    }
}

/// A slim lock: many readers or one writer, none of whom may take it again.
#[doc(alias = "SRWLOCK")]
#[derive(Debug, Default)]
#[repr(C, align(8))]
pub struct SlimLock {
    /// 0 free, [`WRITTEN`] with a writer, else the number of readers.
    state: AtomicU32,
    waiting: AtomicU32,
}

const WRITTEN: u32 = u32::MAX;
const _: () = assert!(size_of::<SlimLock>() == 8);

impl SlimLock {
    /// Takes it for writing.
    #[doc(alias = "AcquireSRWLockExclusive")]
    pub fn write(&self) {
        while !self.try_write() {
            self.sleep_unless(|state| state == 0);
        }
    }

    /// Takes it for writing if nobody has it.
    #[doc(alias = "TryAcquireSRWLockExclusive")]
    #[must_use]
    pub fn try_write(&self) -> bool {
        self.state.compare_exchange(0, WRITTEN, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// Takes it for reading.
    #[doc(alias = "AcquireSRWLockShared")]
    pub fn read(&self) {
        while !self.try_read() {
            self.sleep_unless(|state| state != WRITTEN);
        }
    }

    /// Takes it for reading if nobody writes.
    #[doc(alias = "TryAcquireSRWLockShared")]
    #[must_use]
    pub fn try_read(&self) -> bool {
        let more = |readers: u32| (readers < WRITTEN - 1).then(|| readers + 1);
        self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, more).is_ok()
    }

    /// Ends writing.
    #[doc(alias = "ReleaseSRWLockExclusive")]
    pub fn end_write(&self) {
        self.state.store(0, Ordering::SeqCst);
        self.wake();
    }

    /// Ends reading.
    #[doc(alias = "ReleaseSRWLockShared")]
    pub fn end_read(&self) {
        let less = |readers: u32| (readers != 0 && readers != WRITTEN).then(|| readers - 1);
        if self.state.fetch_update(Ordering::SeqCst, Ordering::Relaxed, less) == Ok(1) {
            self.wake();
        }
    }

    /// Counted before the state is looked at, so that who frees the lock after that sees the waiter.
    fn sleep_unless(&self, good: impl Fn(u32) -> bool) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let state = self.state.load(Ordering::SeqCst);
        if !good(state) {
            wait(&self.state, state, None);
        }
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }

    fn wake(&self) {
        if self.waiting.load(Ordering::SeqCst) > 0 {
            // Everyone: a writer alone would leave readers asleep behind it, and the other way round.
            wake(&self.state, i32::MAX as u32);
        }
    }
}

/// A condition variable.
#[doc(alias = "CONDITION_VARIABLE")]
#[derive(Debug, Default)]
#[repr(C, align(8))]
pub struct Condition {
    /// How often it was told; what sleepers wait to see changed.
    told: AtomicU32,
    waiting: AtomicU32,
}

const _: () = assert!(size_of::<Condition>() == 8);

impl Condition {
    /// Lets go by `release`, waits to be woken, and takes back by `retake`; false if the time is over. May return early.
    #[doc(alias = "SleepConditionVariableCS")]
    #[doc(alias = "SleepConditionVariableSRW")]
    pub fn sleep(&self, release: impl FnOnce(), retake: impl FnOnce(), limit: Option<Duration>) -> bool {
        let until = limit.and_then(|limit| Instant::now().checked_add(limit));
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let told = self.told.load(Ordering::SeqCst);
        release();
        let mut in_time = true;
        while self.told.load(Ordering::SeqCst) == told && in_time {
            in_time = wait(&self.told, told, until);
        }
        let woken = self.told.load(Ordering::SeqCst) != told;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        retake();
        woken
    }

    /// Wakes one sleeper.
    #[doc(alias = "WakeConditionVariable")]
    pub fn wake_one(&self) {
        self.wake(1);
    }

    /// Wakes every sleeper.
    #[doc(alias = "WakeAllConditionVariable")]
    pub fn wake_all(&self) {
        self.wake(i32::MAX as u32);
    }

    fn wake(&self, count: u32) {
        if self.waiting.load(Ordering::SeqCst) > 0 {
            self.told.fetch_add(1, Ordering::SeqCst);
            wake(&self.told, count);
        }
    }
}

/// Work that is done once.
#[doc(alias = "INIT_ONCE")]
#[derive(Debug, Default)]
#[repr(C)]
pub struct Once {
    /// 0 not begun, 1 under way, else [`DONE`] beside what the work left.
    state: AtomicUsize,
}

const UNDER_WAY: usize = 1;
const DONE: usize = 2;
/// What the work leaves must have these bits clear. Docs: `INIT_ONCE_CTX_RESERVED_BITS`.
const RESERVED: usize = 3;

impl Once {
    /// What the work left, if it is done.
    #[must_use]
    pub fn done(&self) -> Option<usize> {
        let state = self.state.load(Ordering::Acquire);
        (state & RESERVED == DONE).then_some(state & !RESERVED)
    }

    /// Does the work, unless it is done; others wait meanwhile. If it fails, the next caller tries.
    ///
    /// Returns what it left, or `None` if this caller's try failed.
    #[doc(alias = "InitOnceExecuteOnce")]
    pub fn run(&self, work: impl FnOnce() -> Option<usize>) -> Option<usize> {
        while !self.begin() {
            if let Some(left) = self.done() {
                return Some(left);
            }
            std::thread::sleep(Duration::from_micros(50));
        }
        match work() {
            Some(left) => {
                self.complete(left);
                Some(left & !RESERVED)
            }
            None => {
                self.fail();
                None
            }
        }
    }

    /// Begins the work; false if it is done or under way.
    #[must_use]
    pub fn begin(&self) -> bool {
        self.state.compare_exchange(0, UNDER_WAY, Ordering::Acquire, Ordering::Acquire).is_ok()
    }

    /// The work is done and left this.
    pub fn complete(&self, left: usize) {
        self.state.store(left & !RESERVED | DONE, Ordering::Release);
    }

    /// The work failed.
    pub fn fail(&self) {
        self.state.store(0, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two numbers that are equal whenever nobody is between `lock` and `unlock`.
    fn count_under(lock: impl Fn() + Sync, unlock: impl Fn() + Sync) {
        let (left, right) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5000 {
                        lock();
                        let seen = left.load(Ordering::Relaxed);
                        assert_eq!(seen, right.load(Ordering::Relaxed));
                        left.store(seen + 1, Ordering::Relaxed);
                        right.store(seen + 1, Ordering::Relaxed);
                        unlock();
                    }
                });
            }
        });
        assert_eq!(left.into_inner(), 20_000);
    }

    #[test]
    fn one_at_a_time_is_in_a_critical_section() {
        let section = CriticalSection::default();
        count_under(
            || {
                section.enter();
                section.enter();
            },
            || {
                section.leave();
                section.leave();
            },
        );
    }

    #[test]
    fn one_at_a_time_writes_under_a_slim_lock() {
        let lock = SlimLock::default();
        count_under(|| lock.write(), || lock.end_write());
        lock.read();
        assert!(lock.try_read() && !lock.try_write());
        lock.end_read();
        lock.end_read();
        assert!(lock.try_write() && !lock.try_read());
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
    fn work_is_done_once_and_again_after_a_failure() {
        let once = Once::default();
        assert_eq!(once.run(|| None), None);
        assert_eq!(once.run(|| Some(64)), Some(64));
        assert_eq!(once.run(|| unreachable!()), Some(64));
    }
}
