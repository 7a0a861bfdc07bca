//! The io_uring driver: hand to the kernel, reap.
//!
//! One operation of a lane is with the kernel at a time, because the kernel may finish several out of order.
//!
//! Several threads may wait on one driver. One of them, the leader, waits in the kernel; the others wait for the leader
//! to come back, because the kernel wakes every waiter of a ring for one answer.

use std::cell::Cell;
use std::fmt;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[cfg(all(test, feature = "model"))]
use super::model_ring::{Answer, Ring};
use super::{Attempt, Direction, Endpoint, Failure, Item, Lane, Target};
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock};
#[cfg(not(all(test, feature = "model")))]
use crate::sys::uring::{Answer, Ring};
use crate::sys::{self, Errno};

/// Answers taken at once: as for epoll, so that the buffers they filled are still in the cache when used.
const BATCH: usize = 64;
/// Requests between two submissions; more are submitted early.
const REQUESTS: u32 = 256;
/// Answers the kernel can leave before it must keep a list.
const ANSWERS: u32 = 2048;
/// Tokens of answers that belong to no work.
const WAKE: u32 = u32::MAX;
const CANCEL: u32 = u32::MAX - 1;
/// Answers whose endpoints are looked up under one lock.
const LOOKED_UP: usize = 8;

/// A ring and the work that is in it.
pub(crate) struct Uring {
    ring: Ring,
    handed: Mutex<Handed>,
    crew: Mutex<Crew>,
    crew_changed: Condvar,
    /// Distinguishes drivers in [`REAPS`].
    id: u64,
}

crate::sync::thread_local! {
    /// The driver that this thread reaped last; 0 for none.
    static REAPS: Cell<u64> = const { Cell::new(0) };
}

/// Work that is with the kernel, by token.
#[derive(Default)]
struct Handed {
    places: Vec<Option<Loan>>,
    free: Vec<u32>,
}

/// One work with the kernel. It owns what the kernel writes to, so it is dropped only with the answer in hand.
struct Loan {
    work: Item,
    endpoint: Arc<Endpoint>,
    direction: Direction,
    is_called_back: bool,
    /// The kernel was asked for readiness only; see [`Uring::settle`].
    is_polled: bool,
}

/// Who waits.
#[derive(Default)]
struct Crew {
    has_leader: bool,
    followers: u32,
    wakes: u32,
}

/// Whether the kernel offers what this driver needs.
pub(super) fn is_allowed() -> bool {
    Ring::new(4, 8).is_ok()
}

impl Uring {
    pub(crate) fn new() -> sys::Result<Uring> {
        let ring = Ring::new(REQUESTS, ANSWERS).map_err(|error| Errno(error.raw_os_error().unwrap_or(libc::ENOSYS)))?;
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Ok(Uring {
            ring,
            handed: Mutex::default(),
            crew: Mutex::default(),
            crew_changed: Condvar::new(),
            id: NEXT.fetch_add(1, Ordering::Relaxed),
        })
    }

    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.ring.as_fd()
    }

    #[cfg(all(test, feature = "model"))]
    pub(super) fn ring(&self) -> &Ring {
        &self.ring
    }

    pub(crate) fn wake(&self) {
        let mut crew = lock(&self.crew);
        if crew.followers > crew.wakes {
            crew.wakes += 1;
            self.crew_changed.notify_one();
            return;
        }
        drop(crew);
        // A leader is woken by an answer; without one the answer waits for the next.
        if self.ring.push_nothing(WAKE).is_ok() {
            let _ = self.ring.submit();
        }
    }

    /// Shows the kernel what threads have queued that did not come back yet.
    pub(crate) fn flush(&self) {
        // A failure leaves it queued for the next wait.
        let _ = self.ring.submit();
    }

    pub(crate) fn reap(&self, timeout_ms: i32, stop_waiting: impl FnOnce(bool) -> bool) -> sys::Result<()> {
        REAPS.with(|reaps| reaps.set(self.id));
        // A leader that is in the kernel already does not see what this thread has queued since.
        let mut crew = lock(&self.crew);
        while crew.has_leader {
            drop(crew);
            if let Err(errno) = self.ring.submit() {
                stop_waiting(false);
                return Err(errno);
            }
            crew = lock(&self.crew);
            if crew.has_leader {
                let (back, end) = self.follow(crew, timeout_ms);
                crew = back;
                if let Some(is_woken) = end {
                    // Whoever else follows must not be left without a leader.
                    if !crew.has_leader && crew.followers > crew.wakes {
                        self.crew_changed.notify_one();
                    }
                    drop(crew);
                    stop_waiting(is_woken);
                    return Ok(());
                }
            }
        }
        crew.has_leader = true;
        drop(crew);
        self.lead(timeout_ms, stop_waiting)
    }

    fn lead(&self, timeout_ms: i32, stop_waiting: impl FnOnce(bool) -> bool) -> sys::Result<()> {
        let waited = self.ring.wait(timeout_ms);
        let mut answers = [Answer::EMPTY; BATCH];
        let answers = self.ring.take(&mut answers);
        self.hand_leadership_on();
        stop_waiting(answers.iter().any(|answer| answer.token == WAKE));
        for answers in answers.chunks(LOOKED_UP) {
            let mut known = [const { None }; LOOKED_UP];
            let handed = lock(&self.handed);
            for (answer, known) in answers.iter().zip(&mut known) {
                *known = handed.get(answer.token).map(|loan| (Arc::clone(&loan.endpoint), loan.direction));
            }
            drop(handed);
            for (answer, known) in answers.iter().zip(&mut known) {
                if let Some((endpoint, direction)) = known.take() {
                    self.settle(&endpoint, direction, *answer);
                }
            }
        }
        waited
    }

    /// Waits for the leader to leave. With a second value the wait is over: the time is, or this thread was woken.
    fn follow<'c>(&'c self, mut crew: MutexGuard<'c, Crew>, timeout_ms: i32) -> (MutexGuard<'c, Crew>, Option<bool>) {
        if timeout_ms == 0 {
            return (crew, Some(false));
        }
        crew.followers += 1;
        let (mut crew, is_over) = match u64::try_from(timeout_ms) {
            Ok(ms) => {
                let waited = self.crew_changed.wait_timeout(crew, Duration::from_millis(ms));
                let (crew, time) = waited.unwrap_or_else(PoisonError::into_inner);
                (crew, time.timed_out())
            }
            Err(_) => (self.crew_changed.wait(crew).unwrap_or_else(PoisonError::into_inner), false),
        };
        crew.followers -= 1;
        let is_woken = crew.wakes > 0;
        crew.wakes -= u32::from(is_woken);
        let end = (is_woken || is_over).then_some(is_woken);
        (crew, end)
    }

    fn hand_leadership_on(&self) {
        let mut crew = lock(&self.crew);
        crew.has_leader = false;
        if crew.followers > 0 {
            self.crew_changed.notify_one();
        }
    }

    /// Gives the head of the lane to the kernel. A receive goes with the next wait, a send now.
    pub(super) fn hand_over(&self, endpoint: &Arc<Endpoint>, direction: Direction, lane: &mut Lane) -> sys::Result<()> {
        if lane.in_kernel.is_some() {
            return Ok(());
        }
        let Some(work) = lane.queue.pop_front() else { return Ok(()) };
        let endpoint = Arc::clone(endpoint);
        let is_polled = !work.is_handed_over();
        let loan = Loan { work, endpoint, direction, is_called_back: false, is_polled };
        match self.request(loan, lane) {
            Ok(()) => Ok(()),
            Err((loan, errno)) => {
                lane.queue.push_front(loan.work);
                Err(errno)
            }
        }
    }

    fn request(&self, mut loan: Loan, lane: &mut Lane) -> Result<(), (Loan, Errno)> {
        let Some(fd) = lane.fd.clone() else { return Err((loan, Errno::ECANCELED)) };
        let direction = loan.direction;
        // Tried at once, though it would often wait: what has come until the next wait is received without a wake.
        let request = if loan.is_polled { loan.work.readiness() } else { loan.work.request(loan.endpoint.judge()) };
        // The token exists before the kernel can answer it.
        let token = lock(&self.handed).insert(loan);
        let pushed = self.ring.push(request, fd.as_fd(), token);
        if let Err(errno) = pushed {
            let loan = lock(&self.handed).remove(token).expect("inserted above, and never seen by the kernel");
            return Err((loan, errno));
        }
        lane.in_kernel = Some(token);
        // A thread that reaps comes back, and what it queued goes with its next wait, in one system call. A send does
        // not wait for that, and another thread may never come. A failure leaves it queued for the next wait.
        if direction == Direction::Send || REAPS.with(Cell::get) != self.id {
            let _ = self.ring.submit();
        }
        Ok(())
    }

    /// Asks work back if it is meant; its answer says whether it ended before.
    pub(super) fn call_back(&self, token: u32, target: Target) -> bool {
        let mut handed = lock(&self.handed);
        let Some(loan) = handed.get_mut(token).filter(|loan| loan.work.is_meant(target)) else { return false };
        loan.is_called_back = true;
        drop(handed);
        // All that was queued is submitted too, so the descriptor may be closed after this.
        let _ = self.ring.push_cancel(token, CANCEL).and_then(|()| self.ring.submit());
        true
    }

    /// Takes an answer: ends its work or goes on with it, then starts the next of its lane.
    fn settle(&self, endpoint: &Arc<Endpoint>, direction: Direction, answer: Answer) {
        let judge = endpoint.judge();
        // Taken out only under the lane's lock, so that a cancellation finds it here or not at all.
        let mut lane = lock(endpoint.lane(direction));
        let Some(mut loan) = lock(&self.handed).remove(answer.token) else { return };
        lane.in_kernel = None;
        let attempt = match answer.result() {
            Err(Errno::ECANCELED) if loan.is_called_back => {
                loan.work.finish(Some(Failure::Cancelled), judge);
                return self.start_next(endpoint, direction, &mut lane);
            }
            // Not asked for: the thread that had submitted it has ended, which is no reason for a port's work to end.
            Err(Errno::ECANCELED) => Attempt::Again,
            Ok(_) if loan.is_polled => {
                loan.is_polled = false;
                if lane.try_out(|fd| loan.work.attempt(fd, judge)) {
                    Attempt::Finished { drained: false }
                } else {
                    Attempt::Blocked
                }
            }
            result => loan.work.answer(result, judge),
        };
        match attempt {
            Attempt::Finished { .. } => {
                lane.is_ready = true;
                loan.work.finish(None, judge);
                return self.start_next(endpoint, direction, &mut lane);
            }
            // The kernel does not wait for descriptors that are non-blocking themselves: ask for readiness instead.
            Attempt::Blocked => loan.is_polled = true,
            Attempt::Again => {}
        }
        if loan.is_called_back {
            loan.work.finish(Some(Failure::Cancelled), judge);
            return self.start_next(endpoint, direction, &mut lane);
        }
        if let Err((loan, errno)) = self.request(loan, &mut lane) {
            let closed = lane.fd.is_none();
            loan.work.finish(Some(if closed { Failure::Cancelled } else { Failure::Refused(errno) }), judge);
            self.start_next(endpoint, direction, &mut lane);
        }
    }

    fn start_next(&self, endpoint: &Arc<Endpoint>, direction: Direction, lane: &mut Lane) {
        while lane.is_idle_but_waiting() {
            if let Err(errno) = self.hand_over(endpoint, direction, lane)
                && let Some(work) = lane.queue.pop_front()
            {
                work.finish(Some(Failure::Refused(errno)), endpoint.judge());
            }
        }
    }
}

impl fmt::Debug for Uring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uring").finish_non_exhaustive()
    }
}

impl Handed {
    fn insert(&mut self, loan: Loan) -> u32 {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            (self.places.len() - 1) as u32
        });
        self.places[place as usize] = Some(loan);
        place
    }

    fn get(&self, token: u32) -> Option<&Loan> {
        self.places.get(token as usize)?.as_ref()
    }

    fn get_mut(&mut self, token: u32) -> Option<&mut Loan> {
        self.places.get_mut(token as usize)?.as_mut()
    }

    fn remove(&mut self, token: u32) -> Option<Loan> {
        let loan = self.places.get_mut(token as usize)?.take()?;
        self.free.push(token);
        Some(loan)
    }
}
