//! Critical sections and one-time work; slim locks and condition variables are in [`crate::slim_lock`].
//!
//! Each has the size that Windows gives it, lives in the caller's memory and begins as zeros; a critical section too,
//! whose fields nobody may look into. A lock that is free costs one atomic instruction, no system call.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::thread::futex::{self, Flags, Timespec};

use crate::{Code, error};

const FREE: u32 = 0;
const TAKEN: u32 = 1;
/// Taken, and someone may wait for it.
const WANTED: u32 = 2;

/// Waits while `word` has this value; false once the time is over. May return early.
pub(crate) fn wait(word: &AtomicU32, value: u32, until: Option<Instant>) -> bool {
    let left = match until {
        None => None,
        Some(until) => match until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
            Some(left) => Some(Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() }),
            None => return false,
        },
    };
    winsock::port::before_blocking();
    // Interrupted, changed and timed out: the caller looks again. So it does where a packed structure has put the word at
    // an odd address, which Linux does not watch.
    if futex::wait(word, Flags::PRIVATE, value, left.as_ref()) == Err(Errno::INVAL) {
        thread::sleep(Duration::from_millis(1));
    }
    true
}

pub(crate) fn wake(word: &AtomicU32, count: u32) -> usize {
    futex::wake(word, Flags::PRIVATE, count).unwrap_or(0)
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
    debug_info: AtomicUsize,
    state: AtomicU32,
    depth: AtomicU32,
    owner: AtomicUsize,
    unused: AtomicUsize,
    spins: AtomicUsize,
}

const _: () = assert!(size_of::<CriticalSection>() == 40);

impl CriticalSection {
    /// One as `InitializeCriticalSection` leaves it: `DebugInfo` says that it was, and that there is none.
    ///
    /// Source: test_crit_section of dlls/kernel32/tests/sync.c, checked on Windows.
    #[doc(alias = "InitializeCriticalSection")]
    #[must_use]
    pub fn initialized() -> CriticalSection {
        CriticalSection { debug_info: AtomicUsize::new(usize::MAX), ..CriticalSection::default() }
    }

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

/// Work that is done once.
#[doc(alias = "INIT_ONCE")]
#[derive(Debug, Default)]
#[repr(C)]
pub struct Once {
    /// 0 not begun, [`UNDER_WAY`], [`RACING`], else [`DONE`] beside what the work left.
    state: AtomicUsize,
}

const UNDER_WAY: usize = 1;
const DONE: usize = 2;
/// Under way, by several.
const RACING: usize = 3;
/// `ERROR_GEN_FAILURE`.
const GEN_FAILURE: Code = Code::new(31);

/// How one-time work is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// One does it, others wait.
    Alone,
    /// `INIT_ONCE_ASYNC`: several do it, and the first to end wins.
    Racing,
}

/// What came of beginning one-time work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// It is the caller's to do.
    Begun,
    /// It is done, and left this.
    Done(usize),
}

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

    /// Begins the work as `InitOnceBeginInitialize` does: as the only one who does it, or as one of several of whom the first
    /// to end wins.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` if it is under way in the other manner.
    #[doc(alias = "InitOnceBeginInitialize")]
    pub fn enter(&self, manner: Manner) -> Result<Entered, Code> {
        loop {
            let state = self.state.load(Ordering::Acquire);
            match (state & RESERVED, manner) {
                (DONE, _) => return Ok(Entered::Done(state & !RESERVED)),
                (0, _) => {
                    let begun = if manner == Manner::Alone { UNDER_WAY } else { RACING };
                    if self.state.compare_exchange(state, begun, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                        return Ok(Entered::Begun);
                    }
                }
                (RACING, Manner::Racing) => return Ok(Entered::Begun),
                (UNDER_WAY, Manner::Alone) => std::thread::sleep(Duration::from_micros(50)),
                _ => return Err(error::INVALID_PARAMETER),
            }
        }
    }

    /// Ends work that [`Once::enter`] began: with what it left, or, if it failed, with nothing.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for what is left with a reserved bit, and for failed work of several, which need not be
    /// ended, or begun in the other manner; `ERROR_GEN_FAILURE` if the work was not begun, or another has won.
    #[doc(alias = "InitOnceComplete")]
    pub fn leave(&self, manner: Manner, left: Option<usize>) -> Result<(), Code> {
        let done = match left {
            Some(left) if left & RESERVED != 0 => return Err(error::INVALID_PARAMETER),
            None if manner == Manner::Racing => return Err(error::INVALID_PARAMETER),
            left => left.map_or(0, |left| left | DONE),
        };
        let begun = if manner == Manner::Alone { UNDER_WAY } else { RACING };
        let ended = self.state.compare_exchange(begun, done, Ordering::Release, Ordering::Relaxed);
        ended.map(drop).map_err(|state| match state {
            UNDER_WAY | RACING => error::INVALID_PARAMETER,
            _ => GEN_FAILURE,
        })
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
pub(crate) mod tests {
    use super::*;

    /// Two numbers that are equal whenever nobody is between `lock` and `unlock`.
    pub(crate) fn count_under(lock: impl Fn() + Sync, unlock: impl Fn() + Sync) {
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
    fn work_is_done_once_and_again_after_a_failure() {
        let once = Once::default();
        assert_eq!(once.run(|| None), None);
        assert_eq!(once.run(|| Some(64)), Some(64));
        assert_eq!(once.run(|| unreachable!()), Some(64));
    }

    #[test]
    fn work_of_several_ends_once_and_in_its_manner() {
        let once = Once::default();
        assert_eq!(once.enter(Manner::Racing), Ok(Entered::Begun));
        assert_eq!(once.enter(Manner::Racing), Ok(Entered::Begun));
        assert_eq!(once.enter(Manner::Alone), Err(error::INVALID_PARAMETER));
        assert_eq!(once.leave(Manner::Racing, Some(1)), Err(error::INVALID_PARAMETER));
        assert_eq!(once.leave(Manner::Racing, Some(64)), Ok(()));
        assert_eq!(once.leave(Manner::Racing, Some(128)), Err(GEN_FAILURE));
        assert_eq!(once.enter(Manner::Alone), Ok(Entered::Done(64)));
    }
}
