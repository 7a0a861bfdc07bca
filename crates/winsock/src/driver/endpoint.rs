//! [`Endpoint`]: one descriptor's two lanes, and who drives them.

use std::fmt;
use std::mem::offset_of;
use std::os::fd::OwnedFd;
use std::ptr::without_provenance;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc as StdArc, Weak};

use super::epoll::Registration;
use super::judge::OwnJudge;
use super::uring::Uring;
use super::{Asked, Direction, Driver, Failure, Item, Judge, Lane, Submission, Target, Work, service};
use crate::overlapped::OVERLAPPED;
use crate::port::{Association, CompletionPort};
use crate::sync::Arc;
use crate::sync::quick::{Mutex, lock};
use crate::sys::Errno;
use crate::sys::descriptor::SharedFd;
use crate::sys::prefetch::prefetch;

/// What a socket embeds to take part in overlapped I/O. What every operation looks at stands first.
#[repr(C)]
pub struct Endpoint {
    judge: OwnJudge,
    /// See [`Endpoint::is_level`]. Changes under a lock of the registration.
    pub(super) is_level: AtomicBool,
    /// Where the OVERLAPPED lies of what was begun last, which likely ends next. A hint: it may be gone.
    begun_last: AtomicUsize,
    receive: Mutex<Lane>,
    send: Mutex<Lane>,
    /// A port's, or the process's own; none before it is needed.
    driver: Mutex<Option<Arc<Driver>>>,
    pub(super) registration: Mutex<Registration>,
}

/// What became of submitted work.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Submitted<R> {
    /// It ended at once; this is what [`Submission::now`] made of it.
    Now(R),
    /// It will end later, through [`Work::finish`].
    Later,
    /// It cannot be done at all; [`Work::finish`] was not and will not be called.
    Not(Failure),
}

impl Endpoint {
    /// An endpoint over this descriptor, which is closed when the last of its holders lets go of it. Its judge
    /// says what failures mean.
    #[must_use]
    pub fn new(fd: StdArc<OwnedFd>, judge: StdArc<dyn Judge>) -> Arc<Endpoint> {
        Endpoint::judged_by(fd, OwnJudge::new(judge.is_stream(), Asked::Kept(judge)))
    }

    /// An endpoint whose judge owns it. When that is gone, failures mean that the socket was closed.
    pub(crate) fn owned_by(fd: StdArc<OwnedFd>, is_stream: bool, owner: Weak<dyn Judge>) -> Arc<Endpoint> {
        Endpoint::judged_by(fd, OwnJudge::new(is_stream, Asked::Owner(owner)))
    }

    /// One more endpoint of a socket, over another descriptor.
    pub(crate) fn beside(self: &Arc<Self>, fd: OwnedFd) -> Arc<Endpoint> {
        let judge = OwnJudge::new(self.judge.is_stream(), Asked::Other(Arc::clone(self)));
        Endpoint::judged_by(StdArc::new(fd), judge)
    }

    fn judged_by(fd: StdArc<OwnedFd>, judge: OwnJudge) -> Arc<Endpoint> {
        let fd = SharedFd::new(fd);
        Arc::new(Endpoint {
            receive: Mutex::new(Lane::new(fd.clone())),
            send: Mutex::new(Lane::new(fd)),
            judge,
            driver: Mutex::new(None),
            registration: Mutex::new(Registration::default()),
            is_level: AtomicBool::new(false),
            begun_last: AtomicUsize::new(0),
        })
    }

    /// Has the processor fetch what ending an operation looks at, and beginning the next one: the counts of the shares, which
    /// lie in front, and all up to the lanes' end.
    #[inline]
    pub(super) fn prefetch(&self) {
        const COUNTS: usize = 2 * size_of::<usize>();
        prefetch(std::ptr::from_ref(self).wrapping_byte_sub(COUNTS), COUNTS + offset_of!(Endpoint, driver));
    }

    /// An operation waits whose OVERLAPPED lies there.
    #[inline]
    pub(crate) fn note_begun(&self, address: usize) {
        self.begun_last.store(address, Ordering::Relaxed);
    }

    /// Has the processor fetch the OVERLAPPED that is written next. The endpoint itself is near already.
    #[inline]
    pub(super) fn prefetch_overlapped(&self) {
        prefetch(without_provenance::<OVERLAPPED>(self.begun_last.load(Ordering::Relaxed)), size_of::<OVERLAPPED>());
    }

    /// Submits work.
    #[inline]
    pub(crate) fn submit<S: Submission>(self: &Arc<Self>, direction: Direction, work: S) -> Submitted<S::Now> {
        let mut lane = lock(self.lane(direction));
        self.submit_in(&mut lane, direction, work)
    }

    /// [`Endpoint::submit`] for who holds the lane's lock.
    #[inline]
    pub(crate) fn submit_in<S: Submission>(
        self: &Arc<Self>,
        lane: &mut Lane,
        direction: Direction,
        mut work: S,
    ) -> Submitted<S::Now> {
        if lane.fd.is_none() {
            return Submitted::Not(Failure::Cancelled);
        }
        let is_level = direction == Direction::Receive && self.is_level();
        if lane.only_waits(is_level) {
            lane.queue.push_back(work.later());
            return Submitted::Later;
        }
        let may_succeed = lane.is_ready && !is_level;
        // Every driver tries a send first, and with epoll an armed lane needs nothing of it: that spares its lock.
        if may_succeed && direction == Direction::Send && lane.try_out(|fd| work.attempt(fd, &self.judge)) {
            return Submitted::Now(work.now());
        }
        let mut own = None;
        let driver = match (lane.is_armed, self.judge.tie()) {
            (true, _) => None,
            (false, Some(tie)) => Some(tie.driver()),
            (false, None) => match self.driver() {
                Ok(driver) => Some(&*own.insert(driver)),
                Err(errno) => return Submitted::Not(Failure::Refused(errno)),
            },
        };
        let tries = driver.is_none_or(|driver| driver.tries_receives_first(self.judge.tie(), lane));
        if may_succeed && direction == Direction::Receive && tries && !self.waits_its_turn(lane) {
            if lane.try_out(|fd| work.attempt(fd, &self.judge)) {
                lane.vain_tries = 0;
                return Submitted::Now(work.now());
            }
            lane.vain_tries = lane.vain_tries.saturating_add(1);
        }
        lane.queue.push_back(work.later());
        if let Some(driver) = driver
            && let Err(errno) = driver.park(self, direction, lane)
        {
            lane.queue.pop_back();
            return Submitted::Not(Failure::Refused(errno));
        }
        if driver.is_none_or(|driver| driver.has_levels()) && lane.tries_too_much() {
            lock(&self.registration).turn_to_level(self, lane);
        }
        Submitted::Later
    }

    /// Lets a receive that might succeed at once be told instead, level-triggered, because many others wait: the peers that
    /// answer fastest would be served again and again before those come. True if that is so now.
    fn waits_its_turn(&self, lane: &Lane) -> bool {
        lane.is_armed
            && self.judge.tie().is_some_and(|tie| tie.driver().has_more_waiting())
            && lock(&self.registration).turn_to_level(self, lane)
    }

    /// Takes work over whose call has returned already: however it ends, [`Work::finish`] is told.
    pub(crate) fn hand_on(self: &Arc<Self>, direction: Direction, work: Box<dyn Work>) {
        let mut work = Item::Boxed(work);
        let mut guard = lock(self.lane(direction));
        let lane = &mut *guard;
        if lane.fd.is_none() {
            return work.finish(Some(Failure::Cancelled), &self.judge);
        }
        let is_head = lane.is_idle();
        let driver = match self.driver() {
            Ok(driver) => driver,
            Err(errno) => return work.finish(Some(Failure::Refused(errno)), &self.judge),
        };
        let tries = direction == Direction::Send || driver.tries_receives_first(self.judge.tie(), lane);
        if is_head && lane.is_ready && tries && lane.try_out(|fd| work.attempt(fd, &self.judge)) {
            return work.finish(None, &self.judge);
        }
        lane.queue.push_back(work);
        if is_head
            && let Err(errno) = driver.park(self, direction, lane)
            && let Some(work) = lane.queue.pop_back()
        {
            work.finish(Some(Failure::Refused(errno)), &self.judge);
        }
    }

    /// The descriptor is about to stand for another socket, or to be exchanged for this one: what was known of the former is
    /// forgotten. Nothing waits.
    pub(crate) fn renew(&self, new: Option<StdArc<OwnedFd>>) {
        let new = new.map(SharedFd::new);
        let mut fd = None;
        for lane in [&self.receive, &self.send] {
            let mut lane = lock(lane);
            (lane.is_ready, lane.is_armed, lane.is_special, lane.vain_tries) = (true, false, false, 0);
            fd = lane.fd.clone();
            // A lane that is closed stays so.
            if let (Some(own), Some(new)) = (&mut lane.fd, &new) {
                *own = new.clone();
            }
        }
        if let Some(fd) = fd {
            lock(&self.registration).end(&fd);
            self.is_level.store(false, Ordering::Release);
        }
    }

    /// Lets the driver of another endpoint drive this one too, if it has none yet.
    pub(crate) fn follow(&self, other: &Endpoint) {
        let theirs = lock(&other.driver).clone();
        let mut own = lock(&self.driver);
        if own.is_none() {
            *own = theirs;
        }
    }

    /// Lets this driver drive an endpoint that has begun nothing yet.
    pub(crate) fn be_driven_by(&self, driver: &Arc<Driver>) {
        *lock(&self.driver) = Some(Arc::clone(driver));
    }

    /// Gives a send to a driver that hands work over, to leave with the thread's next wait; false if that cannot be. The
    /// lane is idle.
    pub(crate) fn send_in_time(self: &Arc<Self>, lane: &mut Lane, driver: &Driver, work: Item) -> bool {
        let Driver::Uring(uring) = driver else { return false };
        lane.queue.push_back(work);
        let handed = uring.hand_over_in_time(self, lane).is_ok();
        if !handed {
            lane.queue.pop_back();
        }
        handed
    }

    /// Whether something of this direction is under way. A send that waits only for the thread's next wait is not.
    pub(crate) fn is_busy(&self, direction: Direction) -> bool {
        let is_with_kernel = {
            let lane = lock(self.lane(direction));
            if lane.is_idle() {
                return false;
            }
            lane.in_kernel
        };
        if is_with_kernel && direction == Direction::Send {
            self.collect();
        }
        !lock(self.lane(direction)).is_idle()
    }

    /// Ends what the kernel has given back already: who cancels looks at the status next, and nobody may wait on the port.
    #[cold]
    fn take_answers(&self) {
        self.with_rings(Uring::take_answers);
    }

    /// Gives what waits in a direction what there is for it, as Windows' kernel has done by then: nobody may be waiting on the
    /// port. True if nothing waits any more.
    pub(crate) fn has_settled(&self, direction: Direction) -> bool {
        let mut lane = lock(self.lane(direction));
        if lane.in_kernel {
            drop(lane);
            self.collect();
            lane = lock(self.lane(direction));
        }
        if lane.is_idle_but_waiting() {
            lane.run(&self.judge);
        }
        lane.is_idle()
    }

    /// [`Endpoint::has_settled`] of the directions in which work is meant: what has come about already is too late to cancel.
    pub(crate) fn settle(&self, target: Target) {
        for direction in [Direction::Receive, Direction::Send] {
            let is_meant = lock(self.lane(direction)).queue.iter().any(|work| work.is_meant(target));
            if is_meant {
                self.has_settled(direction);
            }
        }
    }

    #[cold]
    fn collect(&self) {
        self.with_rings(Uring::collect);
    }

    /// Runs `f` on each ring that may have work of the endpoint, without a lock of its own: there are two where work was
    /// under way when a tie was made.
    fn with_rings(&self, f: impl Fn(&Uring)) {
        let own = lock(&self.driver).clone();
        let is_other = |driver: &&Arc<Driver>| own.as_ref().is_none_or(|own| !Arc::ptr_eq(own, driver));
        let tied = self.judge.tie().map(Association::driver).filter(is_other);
        for driver in own.iter().chain(tied) {
            if let Driver::Uring(uring) = &**driver {
                f(uring);
            }
        }
    }

    /// Returns when whoever is ending work at this moment has told of it all: a result can be seen before its event is set.
    pub(crate) fn let_ends_be_told(&self) {
        drop(lock(&self.receive));
        drop(lock(&self.send));
    }

    /// Ends the work that is meant as cancelled; true if there was any.
    pub(crate) fn cancel(&self, target: Target) -> bool {
        let (mut called_back, mut found) = (false, false);
        for direction in [Direction::Receive, Direction::Send] {
            let mut lane = lock(self.lane(direction));
            called_back |= self.call_back(direction, &mut lane, target);
            found |= lane.cancel(target, &self.judge) > 0;
        }
        if called_back {
            self.take_answers();
        }
        called_back || found
    }

    /// Lets go of the descriptor and ends all work as cancelled.
    ///
    /// Work that the kernel holds ends when the kernel gives it back, which it mostly does at once.
    pub fn close(&self) {
        let (mut called_back, mut fd) = (false, None);
        for direction in [Direction::Receive, Direction::Send] {
            let mut lane = lock(self.lane(direction));
            called_back |= self.call_back(direction, &mut lane, Target::Everything);
            fd = lane.fd.take();
            lane.cancel(Target::Everything, &self.judge);
        }
        if let Some(fd) = fd {
            lock(&self.registration).end(&fd);
        }
        if called_back {
            self.take_answers();
        }
    }

    /// Ties the endpoint to a port, whose waiters drive it from now on and for ever; false if it is tied already.
    #[doc(alias = "CreateIoCompletionPort")]
    pub fn associate(self: &Arc<Self>, port: &Arc<CompletionPort>, key: usize) -> bool {
        self.associate_with_modes(port, key, 0)
    }

    /// [`Endpoint::associate`] with notification modes that hold from the first operation.
    pub(crate) fn associate_with_modes(self: &Arc<Self>, port: &Arc<CompletionPort>, key: usize, modes: u8) -> bool {
        // Both at once: of two ports one comes too late, and what begins meanwhile waits.
        let (mut receive, mut send) = (lock(&self.receive), lock(&self.send));
        let is_first = self.judge.set_tie(Association::new(port, key, modes));
        if is_first {
            self.move_to(port.driver(), &mut receive, &mut send);
        }
        is_first
    }

    /// Lets another driver drive the endpoint from now on, unless a port's has it for ever.
    pub(crate) fn turn_to(self: &Arc<Self>, driver: &Arc<Driver>) {
        let (mut receive, mut send) = (lock(&self.receive), lock(&self.send));
        if self.judge.tie().is_none() {
            self.move_to(driver, &mut receive, &mut send);
        }
    }

    /// The tie to a port, once there is one.
    #[must_use]
    pub fn association(&self) -> Option<&Association> {
        self.judge.tie()
    }

    /// Moves the endpoint to another driver, a completion port's. Work that a ring has stays there and ends there; what the
    /// new driver has no memory to watch ends now, as refused.
    pub(super) fn move_to(self: &Arc<Self>, driver: &Arc<Driver>, receive: &mut Lane, send: &mut Lane) {
        let Some(fd) = receive.fd.clone() else { return };
        // It is called back from the ring that has it.
        if !receive.in_kernel && !send.in_kernel {
            *lock(&self.driver) = Some(Arc::clone(driver));
        }
        lock(&self.registration).end(&fd);
        self.is_level.store(false, Ordering::Release);
        for (direction, lane) in [(Direction::Receive, receive), (Direction::Send, send)] {
            lane.is_armed = false;
            if lane.is_idle_but_waiting()
                && let Err(errno) = driver.park(self, direction, lane)
            {
                for work in lane.queue.take_if(0, |_| true) {
                    work.finish(Some(Failure::Refused(errno)), &self.judge);
                }
            }
        }
    }

    /// Whether receives are told level-triggered and need no try.
    #[inline]
    pub(crate) fn is_level(&self) -> bool {
        self.is_level.load(Ordering::Acquire)
    }

    #[inline]
    pub(crate) fn lane(&self, direction: Direction) -> &Mutex<Lane> {
        match direction {
            Direction::Receive => &self.receive,
            Direction::Send => &self.send,
        }
    }

    pub(super) fn driver(&self) -> Result<Arc<Driver>, Errno> {
        let mut driver = lock(&self.driver);
        match &*driver {
            Some(driver) => Ok(Arc::clone(driver)),
            None => Ok(Arc::clone(driver.insert(service::driver()?))),
        }
    }

    pub(crate) fn judge(&self) -> &OwnJudge {
        &self.judge
    }

    /// Asks the head of the lane back if the kernel has it and it is meant.
    fn call_back(&self, direction: Direction, lane: &mut Lane, target: Target) -> bool {
        if !lane.in_kernel || !lane.queue.front().is_some_and(|head| head.is_meant(target)) {
            return false;
        }
        lane.is_called_back = true;
        self.with_rings(|uring| uring.call_back(self, direction));
        true
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").finish_non_exhaustive()
    }
}
