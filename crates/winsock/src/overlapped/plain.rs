//! Plain transfers: one buffer of a stream, told by the socket's own port and by nothing else. Straight through: what is
//! unusual about one is left to [`super::transfer`].

use std::os::fd::BorrowedFd;

use winsock_codes::Call;

use super::action::Step;
use super::operation::{self, Begun};
use super::transfer::Transfer;
use super::{Plain, Status};
use crate::driver::{
    Attempt, Direction, Endpoint, Failure, Item, Judge, Lane, OwnJudge, Submission, Submitted, Target,
};
use crate::event;
use crate::port::{self, Association};
use crate::sync::Arc;
use crate::sync::quick::lock;
use crate::sys::uring::Request;
use crate::sys::{self, Errno};

/// Begins to receive; `None`, and nothing has happened, if the endpoint is no stream that is tied to a port.
#[doc(alias = "WSARecv")]
#[inline]
pub fn receive_plain(endpoint: &Arc<Endpoint>, lent: Plain) -> Option<Begun> {
    let judge = endpoint.judge();
    let tie = judge.tie().filter(|_| judge.is_stream())?;
    lent.begin();
    judge.own_signal().reset();
    let mut lane = lock(endpoint.lane(Direction::Receive));
    if !lane.only_waits(endpoint.is_level()) {
        return Some(try_to_receive(endpoint, &mut lane, lent, tie));
    }
    endpoint.note_begun(lent.address());
    let issuer = port::thread_number();
    lane.queue.push_back(Item::Plain(Waiting { lent, end: Status::PENDING, moved: 0, issuer }));
    Some(Begun::Pending)
}

#[inline(never)]
fn try_to_receive(endpoint: &Arc<Endpoint>, lane: &mut Lane, lent: Plain, tie: &Association) -> Begun {
    endpoint.note_begun(lent.address());
    let waiting = Waiting { lent, end: Status::PENDING, moved: 0, issuer: 0 };
    let beginning = Beginning { waiting, judge: endpoint.judge(), tie };
    match endpoint.submit_in(lane, Direction::Receive, beginning) {
        Submitted::Now(begun) => begun,
        Submitted::Later => Begun::Pending,
        Submitted::Not(failure) => Begun::Failed(failure.code(Call::WSARecv)),
    }
}

/// Begins to send. `None`, and nothing has happened, if the endpoint is no stream that is tied to a port, or if it cannot
/// take anything at this moment.
#[doc(alias = "WSASend")]
#[inline]
pub fn send_plain(endpoint: &Arc<Endpoint>, lent: Plain) -> Option<Begun> {
    let judge = endpoint.judge();
    let tie = judge.tie().filter(|_| judge.is_stream())?;
    if tie.gathers_sends()
        && let Some(begun) = send_in_round(endpoint, lent, tie)
    {
        return Some(begun);
    }
    let mut lane = lock(endpoint.lane(Direction::Send));
    let fd = lane.ready_fd()?;
    lent.begin();
    match lent.send(fd, 0) {
        Ok(count) if count == lent.length() => Some(tell_at_once(lent, judge, tie, count as u32)),
        result => go_on(endpoint, &mut lane, lent, result),
    }
}

/// Begins a send that leaves with the thread's next wait; `None`, and nothing has happened, if that cannot be.
pub(crate) fn send_in_round(endpoint: &Arc<Endpoint>, lent: Plain, tie: &Association) -> Option<Begun> {
    let mut lane = lock(endpoint.lane(Direction::Send));
    lane.ready_fd()?;
    lent.begin();
    endpoint.judge().own_signal().reset();
    endpoint.note_begun(lent.address());
    let waiting = Waiting { lent: lent.to_send(), end: Status::PENDING, moved: 0, issuer: port::thread_number() };
    endpoint.send_in_time(&mut lane, tie.driver(), Item::Plain(waiting)).then_some(Begun::Pending)
}

/// Goes on with a send that did not simply succeed, as the operation that it is to every other program.
#[cold]
fn go_on(endpoint: &Arc<Endpoint>, lane: &mut Lane, lent: Plain, result: sys::Result<usize>) -> Option<Begun> {
    let judge = endpoint.judge();
    match result {
        Ok(count) => {
            let (record, buffers) = lent.into_parts();
            let rest = Transfer::rest_of_send(buffers, count);
            Some(operation::begin_in(endpoint, lane, judge.tie(), record, rest))
        }
        Err(errno) => match Step::of_errno(errno, Call::WSASend, judge, 0) {
            Step::Ended { status, .. } => {
                lent.conclude(status, 0);
                Some(Begun::Failed(status.code()))
            }
            Step::Blocked => {
                lane.is_ready = false;
                None
            }
            Step::Again => None,
        },
    }
}

/// Tells the success of an operation that ended within the call that began it.
#[inline]
fn tell_at_once(lent: Plain, judge: &OwnJudge, tie: &Association, bytes: u32) -> Begun {
    lent.conclude(Status::SUCCESS, bytes);
    if !tie.skips_immediate_success() {
        tie.destination().deliver(lent.address(), Status::SUCCESS, bytes);
    }
    judge.own_signal().set();
    Begun::Done(bytes)
}

/// A transfer that waits.
#[derive(Clone, Copy)]
pub(crate) struct Waiting {
    lent: Plain,
    /// How it ended; pending until then.
    end: Status,
    /// Bytes moved.
    moved: u32,
    /// The thread that began it.
    issuer: u64,
}

impl Waiting {
    #[inline]
    pub(crate) fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &OwnJudge) -> Attempt {
        let result = match self.lent.is_sent() {
            false => self.lent.receive(fd),
            true => self.lent.send(fd, self.moved as usize),
        };
        self.settle(result, judge)
    }

    #[inline]
    pub(crate) fn settle(&mut self, result: sys::Result<usize>, judge: &OwnJudge) -> Attempt {
        match result {
            Ok(0) if !self.lent.is_sent() => self.settle_end(judge),
            Ok(count) => self.settle_success(count),
            Err(errno) => self.settle_failure(errno, judge),
        }
    }

    #[inline]
    fn settle_success(&mut self, count: usize) -> Attempt {
        self.moved += count as u32;
        let is_short = (self.moved as usize) < self.lent.length();
        if self.lent.is_sent() && is_short {
            return Attempt::Again;
        }
        self.end = Status::SUCCESS;
        Attempt::Finished { drained: is_short }
    }

    /// A receive has found the end of the stream, or what Linux calls its end once it has told a reset.
    #[cold]
    fn settle_end(&mut self, judge: &OwnJudge) -> Attempt {
        self.end = judge.broken().map_or(Status::SUCCESS, Status::of);
        // That is not "no more for now".
        Attempt::Finished { drained: false }
    }

    #[cold]
    fn settle_failure(&mut self, errno: Errno, judge: &OwnJudge) -> Attempt {
        match Step::of_errno(errno, self.call(), judge, self.moved as usize) {
            Step::Ended { status, drained, .. } => {
                self.end = status;
                Attempt::Finished { drained }
            }
            Step::Blocked => Attempt::Blocked,
            Step::Again => Attempt::Again,
        }
    }

    pub(crate) fn readiness(&self) -> Request {
        if self.lent.is_sent() { Request::writable() } else { Request::readable() }
    }

    pub(crate) fn request(&self) -> Request {
        if self.lent.is_sent() { self.lent.send_request(self.moved as usize) } else { self.lent.receive_request() }
    }

    fn call(&self) -> Call {
        if self.lent.is_sent() { Call::WSASend } else { Call::WSARecv }
    }

    pub(crate) fn is_meant(&self, target: Target) -> bool {
        match target {
            Target::Everything => true,
            Target::Record(address) => self.lent.address() == address,
            Target::Issuer(issuer) => self.issuer == issuer,
            // A port tells it, so it does not end with its thread.
            Target::EndedThread(_) => false,
        }
    }

    /// Tells the end; with a `failure` it did not end by itself.
    #[inline]
    pub(crate) fn finish(self, failure: Option<Failure>, judge: &OwnJudge) {
        let end = failure.map_or(self.end, |failure| Status::of(failure.code(self.call())));
        let (address, is_received) = (self.lent.address(), !self.lent.is_sent());
        self.lent.conclude(end, self.moved);
        if let Some(tie) = judge.tie() {
            tie.destination().deliver(address, end, self.moved);
        }
        judge.own_signal().set();
        if is_received {
            judge.prefetch_socket();
            if event::is_used() {
                judge.has_received();
            }
        }
    }
}

/// A receive within the call that begins it.
struct Beginning<'e> {
    waiting: Waiting,
    judge: &'e OwnJudge,
    tie: &'e Association,
}

impl Submission for Beginning<'_> {
    type Now = Begun;

    #[inline]
    fn attempt(&mut self, fd: BorrowedFd<'_>, _: &dyn Judge) -> Attempt {
        self.waiting.attempt(fd, self.judge)
    }

    #[inline]
    fn now(self) -> Begun {
        let Waiting { lent, end, moved, .. } = self.waiting;
        if end.is_success() {
            return tell_at_once(lent, self.judge, self.tie, moved);
        }
        lent.conclude(end, 0);
        Begun::Failed(end.code())
    }

    #[inline]
    fn later(self) -> Item {
        Item::Plain(Waiting { issuer: port::thread_number(), ..self.waiting })
    }
}
