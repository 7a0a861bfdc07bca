//! The io_uring driver: hand to the kernel, reap.
//!
//! With few sockets. What of many sockets waits with the kernel ends at once when a thread comes for it, and fills more
//! buffers than the second-level cache holds before the first of them is used; and each receive costs a poll of its own, in
//! memory that is in no near cache. So of a port with many sockets (`MOST_HELD`) the receives are told by an epoll instance,
//! of which the ring says when it has something to tell, and sends leave at once: such a port goes as one of the epoll driver
//! does. (With 1,000 connections all held by the ring had 0.85 and 0.77 of hand-written epoll's rate, with 64 B and 4 KiB;
//! now 1.03 and 0.94. With 64 it is 1.03 of it, where epoll's port has 0.97.)
//!
//! One operation of a lane is with the kernel at a time, because the kernel may finish several out of order. It stays the
//! head of its lane meanwhile, and its request holds a share of the endpoint.
//!
//! Several threads may wait on one driver. One of them, the leader, waits in the kernel; the others wait for the leader
//! to come back, because the kernel wakes every waiter of a ring for one answer.

use std::fmt;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use super::epoll::Epoll;
#[cfg(all(test, feature = "model"))]
use super::model_ring::{Answer, Answers, Ring};
use super::spin::Spin;
use super::{Attempt, Direction, Endpoint, Failure, Few, Lane, Wait};
use crate::port;
use crate::sync::Arc;
use crate::sync::quick::{Condvar, Mutex, MutexGuard, lock};
#[cfg(not(all(test, feature = "model")))]
use crate::sys::uring::{Answer, Answers, Ring};
use crate::sys::{self, Errno};

/// Requests between two submissions; more are submitted early.
const REQUESTS: u32 = 256;
/// Answers the kernel can leave before it must keep a list.
const ANSWERS: u32 = 2048;
/// So many requests that wait for the next wait are submitted without it.
const CROWD: usize = 32;

/// So many answers ahead the memory of an answer's endpoint is fetched; and so many ahead, what that says where it lies.
const AHEAD: usize = 6;
const LESS_AHEAD: usize = 2;

/// A ring and the work that is in it.
pub(crate) struct Uring {
    ring: Ring<Endpoint>,
    crew: Mutex<Crew>,
    crew_changed: Condvar,
    /// Which driver it is, for [`port::comes_back_to`].
    id: u64,
    /// How many receives the ring holds.
    held: AtomicU32,
    /// What tells of the sockets of a port that has many.
    epoll: Epoll,
    /// The ring has been asked when `epoll` has something to tell, and no answer was taken.
    is_asked: AtomicBool,
    /// The leader's.
    spin: Spin,
}

/// With so many sockets that receive, those that receive anew are not given to the ring any more.
///
/// (Hand-written epoll's rate is 1: at 128 connections with 4 KiB messages the ring gives 1.01 and an epoll instance 0.96, at
/// 250 they give 0.88 and 0.95; with 64 B at 250 1.02 and 0.98.)
pub const MOST_HELD: u32 = 192;

/// Who waits.
#[derive(Default)]
struct Crew {
    has_leader: bool,
    followers: u32,
    wakes: u32,
}

/// Whether the kernel offers what this driver needs.
pub(super) fn is_allowed() -> bool {
    Ring::<Endpoint>::new(4, 8).is_ok()
}

impl Uring {
    pub(crate) fn new() -> sys::Result<Uring> {
        let ring = Ring::new(REQUESTS, ANSWERS).map_err(|error| Errno(error.raw_os_error().unwrap_or(libc::ENOSYS)))?;
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Ok(Uring {
            ring,
            crew: Mutex::default(),
            crew_changed: Condvar::new(),
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            held: AtomicU32::new(0),
            epoll: Epoll::new()?,
            is_asked: AtomicBool::new(false),
            spin: Spin::new(),
        })
    }

    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.ring.as_fd()
    }

    #[cfg(all(test, feature = "model"))]
    pub(super) fn ring(&self) -> &Ring<Endpoint> {
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
        self.wake_leader();
    }

    /// A leader is woken by an answer; without one the answer waits for the next.
    fn wake_leader(&self) {
        if self.ring.push_nothing().is_ok() {
            let _ = self.ring.submit();
        }
    }

    /// Shows the kernel what threads have queued that did not come back yet.
    pub(crate) fn flush(&self) {
        self.ask();
        // A failure leaves it queued for the next wait.
        let _ = self.ring.submit();
    }

    /// Gets going what is left for the next wait, and ends what ends at once.
    pub(super) fn collect(&self) {
        self.flush();
        self.take_answers();
    }

    pub(super) fn epoll(&self) -> &Epoll {
        &self.epoll
    }

    /// Whether there are too many sockets for the ring.
    pub(super) fn is_crowded(&self) -> bool {
        self.held.load(Ordering::Relaxed) + self.epoll.watches() >= MOST_HELD
    }

    /// Has the ring tell when the epoll instance has something to tell. Everyone does who waits, or has a socket watched: a
    /// leader that waits already hears of it too.
    fn ask(&self) {
        let is_needed = self.epoll.watches() > 0 && !self.is_asked.swap(true, Ordering::AcqRel);
        if is_needed && self.ring.push_question(self.epoll.fd()).is_err() {
            self.is_asked.store(false, Ordering::Release);
        }
    }

    /// The ring's answer to [`Uring::ask`] was taken.
    fn note_answer(&self) {
        self.is_asked.store(false, Ordering::Release);
    }

    /// Ends what the kernel has answered already. An answer that was to wake the leader is given once more.
    pub(super) fn take_answers(&self) {
        let mut answers = Answers::none();
        self.ring.take(&mut answers);
        if answers.have_nothing() {
            self.wake_leader();
        }
        if answers.have_question() {
            // Whoever waits hears of it once more.
            self.note_answer();
            self.flush();
        }
        self.settle_all(&mut answers);
    }

    /// Out of line: a thread that waits by epoll has no use for this one's answers on its stack.
    #[inline(never)]
    pub(crate) fn reap(
        &self,
        timeout_ms: i32,
        stop_waiting: impl FnOnce(bool) -> bool,
        is_enough: impl Fn(Few) -> bool,
    ) -> sys::Result<()> {
        port::set_reaped(self.id);
        if self.epoll.has_left() {
            // Nothing tells a leader of that.
            self.flush();
            return self.epoll.reap(Wait::NONE, stop_waiting, is_enough);
        }
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
        self.lead(timeout_ms, stop_waiting, is_enough)
    }

    fn lead(
        &self,
        timeout_ms: i32,
        stop_waiting: impl FnOnce(bool) -> bool,
        is_enough: impl Fn(Few) -> bool,
    ) -> sys::Result<()> {
        self.ask();
        // What does not go now goes with the wait.
        if timeout_ms != 0 && self.spin.is_tried() && self.ring.submit().is_ok() {
            self.spin.until(|| self.ring.has_news());
        }
        let waited = self.ring.wait(timeout_ms);
        let mut answers = Answers::none();
        self.ring.take(&mut answers);
        let is_told = answers.have_question();
        if is_told {
            // Before another one leads, who asks anew.
            self.note_answer();
        }
        self.hand_leadership_on();
        let is_alone = stop_waiting(answers.have_nothing());
        self.settle_all(&mut answers);
        if is_told {
            self.epoll.reap(Wait::NONE, |_| is_alone, is_enough)?;
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
            Ok(ms) => self.crew_changed.wait_timeout(crew, Duration::from_millis(ms)),
            Err(_) => (self.crew_changed.wait(crew), false),
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
        let Some(head) = lane.queue.front().filter(|_| !lane.in_kernel) else { return Ok(()) };
        if lane.is_armed || direction == Direction::Receive && self.is_crowded() {
            self.epoll.arm(endpoint, direction, lane)?;
            self.ask();
            self.flush_unless_lazy(direction);
            return Ok(());
        }
        lane.is_polled = !head.is_handed_over();
        self.request(endpoint, direction, lane)?;
        self.flush_unless_lazy(direction);
        Ok(())
    }

    /// A thread that reaps and runs comes back, and what it queued goes with its next wait, in one system call. A send does
    /// not wait for that, and another thread may never come.
    fn flush_unless_lazy(&self, direction: Direction) {
        if direction == Direction::Send || !port::comes_back_to(self.id) {
            self.flush();
        }
    }

    /// [`Uring::hand_over`] of a send that may wait for the next wait.
    pub(super) fn hand_over_in_time(&self, endpoint: &Arc<Endpoint>, lane: &mut Lane) -> sys::Result<()> {
        lane.is_polled = false;
        if self.request(endpoint, Direction::Send, lane)? >= CROWD {
            self.flush();
        }
        Ok(())
    }

    /// Queues what the head of the lane wants of the kernel; tells how many requests are queued.
    fn request(&self, endpoint: &Arc<Endpoint>, direction: Direction, lane: &mut Lane) -> sys::Result<usize> {
        let (Some(fd), Some(head)) = (&lane.fd, lane.queue.front_mut()) else { return Err(Errno::ECANCELED) };
        // Tried at once, though it would often wait: what has come until the next wait is received without a wake.
        let request = if lane.is_polled { head.readiness() } else { head.request(endpoint.judge()) };
        let queued = self.ring.push(request, fd.as_fd(), Arc::clone(endpoint), direction == Direction::Send)?;
        lane.in_kernel = true;
        if direction == Direction::Receive {
            self.held.fetch_add(1, Ordering::Relaxed);
        }
        Ok(queued)
    }

    /// Asks the head of this lane back; its answer says whether it ended before.
    pub(super) fn call_back(&self, endpoint: &Endpoint, direction: Direction) {
        // All that was queued is submitted too, so the descriptor may be closed after this.
        let _ = self.ring.push_cancel(endpoint, direction == Direction::Send).and_then(|()| self.ring.submit());
    }

    /// Answers stay where they are: there is a kilobyte of them.
    fn settle_all(&self, answers: &mut Answers<Endpoint>) {
        for near in 1..AHEAD {
            prefetch(answers, near);
        }
        loop {
            prefetch(answers, AHEAD);
            if let Some(endpoint) = answers.peek(LESS_AHEAD) {
                endpoint.prefetch_overlapped();
            }
            let Some(answer) = answers.next() else { return };
            if let Answer::Request { owner, tag, result } = answer {
                self.settle(&owner, if tag { Direction::Send } else { Direction::Receive }, result);
            }
        }
    }

    /// Takes an answer: ends the head of the lane or goes on with it, then starts the next.
    fn settle(&self, endpoint: &Arc<Endpoint>, direction: Direction, result: sys::Result<usize>) {
        let judge = endpoint.judge();
        let mut guard = lock(endpoint.lane(direction));
        let lane = &mut *guard;
        let Some(mut work) = lane.queue.pop_front() else { return };
        lane.in_kernel = false;
        if direction == Direction::Receive {
            self.held.fetch_sub(1, Ordering::Relaxed);
        }
        let is_called_back = std::mem::take(&mut lane.is_called_back);
        let attempt = match result {
            Err(Errno::ECANCELED) if is_called_back => {
                work.finish(Some(Failure::Cancelled), judge);
                return self.start_next(endpoint, direction, lane);
            }
            // Not asked for: the thread that had submitted it has ended, which is no reason for a port's work to end.
            Err(Errno::ECANCELED) => Attempt::Again,
            Ok(_) if lane.is_polled => {
                lane.is_polled = false;
                match lane.try_out(|fd| work.attempt(fd, judge)) {
                    true => Attempt::Finished { drained: false },
                    false => Attempt::Blocked,
                }
            }
            result => work.answer(result, judge),
        };
        match attempt {
            Attempt::Finished { .. } => {
                lane.is_ready = true;
                work.finish(None, judge);
                return self.start_next(endpoint, direction, lane);
            }
            // The kernel does not wait for descriptors that are non-blocking themselves: ask for readiness instead.
            Attempt::Blocked => lane.is_polled = true,
            Attempt::Again => {}
        }
        if is_called_back {
            work.finish(Some(Failure::Cancelled), judge);
            return self.start_next(endpoint, direction, lane);
        }
        lane.queue.push_front(work);
        match self.request(endpoint, direction, lane) {
            Ok(_) => self.flush_unless_lazy(direction),
            Err(errno) => {
                let failure = if lane.fd.is_none() { Failure::Cancelled } else { Failure::Refused(errno) };
                self.refuse_head(endpoint, lane, failure);
                self.start_next(endpoint, direction, lane);
            }
        }
    }

    fn start_next(&self, endpoint: &Arc<Endpoint>, direction: Direction, lane: &mut Lane) {
        while lane.is_idle_but_waiting() {
            match self.hand_over(endpoint, direction, lane) {
                Ok(()) => return,
                Err(errno) => self.refuse_head(endpoint, lane, Failure::Refused(errno)),
            }
        }
    }

    fn refuse_head(&self, endpoint: &Endpoint, lane: &mut Lane, failure: Failure) {
        if let Some(work) = lane.queue.pop_front() {
            work.finish(Some(failure), endpoint.judge());
        }
    }
}

/// Has the processor fetch the endpoint of an answer that is taken after so many others.
#[inline]
fn prefetch(answers: &Answers<Endpoint>, ahead: usize) {
    if let Some(endpoint) = answers.peek(ahead) {
        endpoint.prefetch();
    }
}

impl fmt::Debug for Uring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uring").finish_non_exhaustive()
    }
}
