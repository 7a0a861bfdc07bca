//! The engine under overlapped calls: work goes in, comes back finished exactly once.
//!
//! # The contract
//!
//! * **submit** (`Endpoint::submit`): gives a piece of `Work` to one direction of an endpoint. Each direction is an
//!   ordered queue (a `Lane`); only its head talks to Linux, so what is submitted first finishes first. The call is
//!   tried at once where that can succeed; what would block is parked.
//! * **cancel** (`Endpoint::cancel`, `Endpoint::close`): ends parked work as cancelled. Work that Linux holds
//!   (io_uring) is asked back and ends when Linux lets go of its memory, not before.
//! * **reap** (`Driver::reap`): waits for Linux to move something and finishes what can be finished, on the thread that
//!   waits. There is no other thread on this path: whoever waits for completions makes them.
//!
//! Every submitted work sees exactly one `Work::finish`, or ends within `submit` by `Submission::now`.
//!
//! # Two drivers
//!
//! `epoll`: try, park on would-block, try again when the descriptor changed. Registration is edge-triggered and made
//! once per endpoint, so parking again costs no system call; a stream that gave less than was asked for is known to be
//! empty, so the next receive is parked without being tried. One whose messages fill the buffers exactly, so that the
//! try is in vain again and again, is watched level-triggered instead, and not tried either; likewise a listener with
//! several accepts under way to which connections come one by one, as long as no second thread waits. With that, a message
//! costs what it costs a plain epoll server: one receive, one send, a share of one wait.
//!
//! `uring`: receives are handed to the kernel with the next wait, which is the same system call. Sends are tried at once,
//! because one that waited for its thread would leave late. Those of a thread that is in the midst of many packets, and quick
//! with them, do wait for its next wait, 32 requests at most (`Endpoint::send_in_time`): a system call for each by itself is
//! the dearer way. They leave earlier when a call asks what is under way in their direction, when they are called back or
//! closed, when the thread leaves the port or blocks in another call, and when it stays away for long (the port's watch).
//! What the kernel has stays the head of its lane, and its request holds a share of the endpoint: an answer needs no table.
//! Of a port with many sockets only the first are given to the kernel so; the rest goes as with `epoll`, which the ring tells
//! of.
//!
//! Both deal with what a wait told one endpoint after the other, and have the processor fetch those that come next meanwhile
//! (`Endpoint::prefetch`): of a thousand connections, each one's memory is in no near cache when its turn comes.
//!
//! # Plain transfers
//!
//! What nearly every connection waits with, a receive into one buffer that only a port tells, stands in its lane itself, as
//! does a send that waits for its thread (`Item::Plain`): no memory of its own, no call through a table. The engine knows for
//! that what it drives, a port's tie and a socket's signal (`OwnJudge`), which it otherwise does not. All other work is boxed
//! `Work`.
//!
//! # Locks
//!
//! Lane, then registration, then whatever `Work::finish` takes (a port's packets). Never the other way round: a port
//! calls `Driver::reap` with nothing locked.

mod choice;
mod endpoint;
mod epoll;
mod item;
mod judge;
mod lane;
mod looking;
#[cfg(all(test, feature = "model"))]
mod model;
#[cfg(all(test, feature = "model"))]
mod model_plain;
#[cfg(all(test, feature = "model"))]
mod model_ring;
#[cfg(all(test, feature = "model"))]
mod model_uring;
mod queue;
mod service;
mod spin;
mod uring;

use std::os::fd::BorrowedFd;

use crate::port::Association;
use crate::sync::Arc;
use crate::sys::{self, Errno};

pub use choice::{DriverKind, driver_kind};
pub use endpoint::Endpoint;
pub(crate) use endpoint::Submitted;
pub(crate) use item::Item;
use judge::Asked;
pub use judge::Judge;
pub(crate) use judge::{NoJudge, OwnJudge, SOCKET_BYTES};
pub(crate) use lane::Lane;
pub(crate) use looking::Looking;
use queue::Queue;
pub use uring::MOST_HELD;

/// What is given to the engine: tried at once where that can succeed, and made [`Work`] if it must wait.
pub(crate) trait Submission: Sized {
    /// What the submitter gets of one that ended at once.
    type Now;

    /// Tries once without waiting.
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt;

    /// It ended within the submitting call. Called before any later work of its lane can end.
    fn now(self) -> Self::Now;

    /// It must wait.
    fn later(self) -> Item;
}

/// One overlapped operation as the engine sees it. The judge is that of its endpoint.
pub(crate) trait Work: Send {
    /// Tries once without waiting; keeps what came of it for [`Work::finish`].
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt;

    /// What makes a try of this work worth it.
    fn readiness(&self) -> sys::uring::Request;

    /// Whether a driver that hands work over hands this one over; else it asks for readiness and tries.
    fn is_handed_over(&self) -> bool {
        false
    }

    /// What the kernel shall do, if the work is handed over. The memory it names stays as it is until [`Work::answer`].
    fn request(&mut self, _judge: &dyn Judge) -> sys::uring::Request {
        self.readiness()
    }

    /// What the kernel made of the last [`Work::request`].
    fn answer(&mut self, _result: sys::Result<usize>, _judge: &dyn Judge) -> Attempt {
        Attempt::Blocked
    }

    /// Whether a cancellation means this work.
    fn is_meant(&self, target: Target) -> bool;

    /// Delivers the result. With a `failure` the work did not end by itself.
    fn finish(self: Box<Self>, failure: Option<Failure>, judge: &dyn Judge);
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// Ended, well or badly. `drained`: certainly nothing more is there for the next one.
    Finished {
        /// The next attempt would block unless the descriptor changes.
        drained: bool,
    },
    /// Would block.
    Blocked,
    /// Moved something but is not done; worth another try right away.
    Again,
}

/// Why work ended without having been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Cancelled, or its endpoint was closed.
    Cancelled,
    /// Linux refused to watch the descriptor or to take the work.
    Refused(Errno),
}

/// Which work a cancellation means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// All of it.
    Everything,
    /// The operation with this OVERLAPPED address.
    Record(usize),
    /// What this thread has issued.
    Issuer(u64),
    /// What this thread has issued and no port will tell: it ends with the thread.
    EndedThread(u64),
}

/// The two directions of an endpoint; each is a queue of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Receive,
    Send,
}

impl Direction {
    /// What plain transfers of this direction wait for.
    pub(crate) fn readiness(self) -> sys::uring::Request {
        match self {
            Direction::Receive => sys::uring::Request::readable(),
            Direction::Send => sys::uring::Request::writable(),
        }
    }
}

/// How long a thread waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    /// Milliseconds at most; negative: for ever.
    pub(crate) timeout_ms: i32,
    /// No other thread waits for the driver, and this one may stay awake for a moment. (With io_uring whoever leads may.)
    pub(crate) may_spin: bool,
}

impl Wait {
    /// Not at all.
    pub(crate) const NONE: Wait = Wait { timeout_ms: 0, may_spin: false };
}

/// Whether a wait told of few changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Few(pub(crate) bool);

/// Who waits for Linux on behalf of a group of endpoints.
#[derive(Debug)]
pub(crate) enum Driver {
    Epoll(Box<epoll::Epoll>),
    Uring(Box<uring::Uring>),
    #[cfg(all(test, feature = "model"))]
    Model(Box<model::Model>),
}

impl Driver {
    /// A driver of this kind; `io_uring` falls back to epoll where the kernel forbids it.
    pub(crate) fn new(kind: DriverKind) -> sys::Result<Driver> {
        match kind {
            DriverKind::Epoll => epoll::Epoll::new().map(Box::new).map(Driver::Epoll),
            DriverKind::IoUring => uring::Uring::new().map(Box::new).map(Driver::Uring),
        }
    }

    /// Waits until something moved and finishes what can be finished.
    ///
    /// `stop_waiting` is called exactly once, after the wait and before anything is finished, with true if a [`Driver::wake`]
    /// was consumed. It tells whether no other thread is waiting. What could be finished after `is_enough` says so may be
    /// left to the next call; it is told whether there was little in all.
    pub(crate) fn reap(
        &self,
        wait: Wait,
        stop_waiting: impl FnOnce(bool) -> bool,
        is_enough: impl Fn(Few) -> bool,
    ) -> sys::Result<()> {
        match self {
            Driver::Epoll(epoll) => epoll.reap(wait, stop_waiting, is_enough),
            Driver::Uring(uring) => uring.reap(wait.timeout_ms, stop_waiting, is_enough),
            #[cfg(all(test, feature = "model"))]
            Driver::Model(model) => model.reap(wait.timeout_ms, stop_waiting),
        }
    }

    /// What can be read when there is something to reap.
    pub(crate) fn fd(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Driver::Epoll(epoll) => Some(epoll.fd()),
            Driver::Uring(uring) => Some(uring.fd()),
            #[cfg(all(test, feature = "model"))]
            Driver::Model(_) => None,
        }
    }

    /// The epoll instance that it has.
    fn epoll(&self) -> Option<&epoll::Epoll> {
        match self {
            Driver::Epoll(epoll) => Some(epoll),
            Driver::Uring(uring) => Some(uring.epoll()),
            #[cfg(all(test, feature = "model"))]
            Driver::Model(_) => None,
        }
    }

    /// Whether its epoll instance, as it seems, has more to tell than the last wait took, and one thread alone waits for it.
    pub(crate) fn has_more_waiting(&self) -> bool {
        self.epoll().is_some_and(epoll::Epoll::has_more_waiting)
    }

    /// Whether the next [`Driver::reap`] does not wait, though nothing may be there that [`Driver::fd`] tells.
    pub(crate) fn has_left(&self) -> bool {
        self.epoll().is_some_and(epoll::Epoll::has_left)
    }

    /// Lets one thread return from [`Driver::reap`], now or when it next comes.
    pub(crate) fn wake(&self) {
        match self {
            Driver::Epoll(epoll) => epoll.wake(),
            Driver::Uring(uring) => uring.wake(),
            #[cfg(all(test, feature = "model"))]
            Driver::Model(model) => model.wake(),
        }
    }

    /// Gets going what running threads have left for their next wait.
    pub(crate) fn flush(&self) {
        if let Driver::Uring(uring) = self {
            uring.flush();
        }
    }

    /// Whether sends may be left to the next wait of the thread that begins them.
    pub(crate) fn gathers_sends(&self) -> bool {
        matches!(self, Driver::Uring(uring) if !uring.is_crowded())
    }

    /// Whether a receive that heads its lane is tried before it is parked; a send always is. Where the kernel tries it
    /// itself, many in one system call, only where the program learns of an end within the call by the call alone, and not if
    /// that was always in vain.
    fn tries_receives_first(&self, tie: Option<&Association>, lane: &Lane) -> bool {
        match self {
            Driver::Epoll(_) => true,
            Driver::Uring(_) => tie.is_none_or(Association::skips_immediate_success) && !lane.has_tried_too_much(),
            #[cfg(all(test, feature = "model"))]
            Driver::Model(_) => true,
        }
    }

    /// Whether it can tell level-triggered, without tries, what often waits.
    fn has_levels(&self) -> bool {
        !matches!(self, Driver::Uring(_))
    }

    /// Sees to it that the head of the lane moves on when Linux allows.
    fn park(&self, endpoint: &Arc<Endpoint>, direction: Direction, lane: &mut Lane) -> sys::Result<()> {
        match self {
            Driver::Epoll(epoll) => epoll.arm(endpoint, direction, lane),
            Driver::Uring(uring) => uring.hand_over(endpoint, direction, lane),
            #[cfg(all(test, feature = "model"))]
            Driver::Model(model) => model.park(),
        }
    }
}
