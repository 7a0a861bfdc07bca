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
use crate::sync::{Arc, lock};
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
    let waiting = Waiting { lent, end: End::Pending, issuer: 0 };
    Some(match endpoint.submit(Direction::Receive, Beginning { waiting, judge, tie }) {
        Submitted::Now(begun) => begun,
        Submitted::Later => Begun::Pending,
        Submitted::Not(failure) => Begun::Failed(failure.code(Call::WSARecv)),
    })
}

/// Begins to send. `None`, and nothing has happened, if the endpoint is no stream that is tied to a port, or if it cannot
/// take anything at this moment.
#[doc(alias = "WSASend")]
#[inline]
pub fn send_plain(endpoint: &Arc<Endpoint>, lent: Plain) -> Option<Begun> {
    let judge = endpoint.judge();
    let tie = judge.tie().filter(|_| judge.is_stream())?;
    let mut lane = lock(endpoint.lane(Direction::Send));
    let fd = lane.ready_fd()?;
    lent.begin();
    match lent.send(fd) {
        Ok(count) if count == lent.length() => Some(tell_at_once(lent, judge, tie, count as u32)),
        result => go_on(endpoint, &mut lane, lent, result),
    }
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

/// A receive that waits.
pub(crate) struct Waiting {
    lent: Plain,
    end: End,
    /// The thread that began it.
    issuer: u64,
}

/// How a receive ended. With an enumeration in it, the item and the queue around a receive need no marks of their own: 16
/// bytes less for every connection than with a status and a count.
#[derive(Clone, Copy)]
enum End {
    Pending,
    /// With so many bytes.
    Received(u32),
    Failed(Status),
}

impl Waiting {
    #[inline]
    pub(crate) fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &OwnJudge) -> Attempt {
        let result = self.lent.receive(fd);
        self.settle(result, judge)
    }

    #[inline]
    pub(crate) fn settle(&mut self, result: sys::Result<usize>, judge: &OwnJudge) -> Attempt {
        match result {
            Ok(count) => {
                self.end = End::Received(count as u32);
                // The end of a stream is not "no more for now".
                Attempt::Finished { drained: 0 < count && count < self.lent.length() }
            }
            Err(errno) => self.settle_failure(errno, judge),
        }
    }

    #[cold]
    fn settle_failure(&mut self, errno: Errno, judge: &OwnJudge) -> Attempt {
        match Step::of_errno(errno, Call::WSARecv, judge, 0) {
            Step::Ended { status, drained, .. } => {
                self.end = End::Failed(status);
                Attempt::Finished { drained }
            }
            Step::Blocked => Attempt::Blocked,
            Step::Again => Attempt::Again,
        }
    }

    pub(crate) fn request(&self) -> Request {
        self.lent.receive_request()
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
        let (end, moved) = match (self.end, failure) {
            (_, Some(failure)) => (Status::of(failure.code(Call::WSARecv)), 0),
            (End::Received(count), None) => (Status::SUCCESS, count),
            (End::Failed(status), None) => (status, 0),
            (End::Pending, None) => (Status::PENDING, 0),
        };
        let address = self.lent.address();
        self.lent.conclude(end, moved);
        if let Some(tie) = judge.tie() {
            tie.destination().deliver(address, end, moved);
        }
        judge.own_signal().set();
        if event::is_used() {
            judge.has_received();
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
        let Waiting { lent, end, .. } = self.waiting;
        let status = match end {
            End::Received(count) => return tell_at_once(lent, self.judge, self.tie, count),
            End::Failed(status) => status,
            End::Pending => Status::PENDING,
        };
        lent.conclude(status, 0);
        Begun::Failed(status.code())
    }

    #[inline]
    fn later(self) -> Item {
        Item::Plain(Waiting { issuer: port::thread_number(), ..self.waiting })
    }
}
