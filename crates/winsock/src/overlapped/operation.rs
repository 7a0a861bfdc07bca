//! One overlapped operation: begun, tried, parked, ended.

use std::os::fd::BorrowedFd;

use winsock_codes::{Call, Code};

use super::action::{Action, Step};
use super::{Record, Signal, Status};
use crate::driver::Submitted;
use crate::driver::{Attempt, Direction, Endpoint, Failure, Item, Judge, Lane, Submission, Target, Work};
use crate::event;
use crate::memory;
use crate::port::{self, Association, Destination};
use crate::sync::Arc;
use crate::sync::quick::lock;
use crate::sys::uring::Request;
use crate::sys::{self, Errno};
use crate::wait;

/// Where ends are told.
pub type Port<'p> = Option<&'p Association>;

/// What came of beginning an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Ended at once with this many bytes. A packet is queued all the same, unless the association skips that.
    Done(u32),
    /// Under way: `WSA_IO_PENDING`.
    Pending,
    /// Failed at once; nothing will be told later.
    Failed(Code),
}

/// Begins an operation on an endpoint.
pub(crate) fn begin<A: Action + 'static>(endpoint: &Arc<Endpoint>, port: Port<'_>, record: Record, action: A) -> Begun {
    if memory::is_short() {
        return Begun::Failed(Code::WSAENOBUFS);
    }
    let mut lane = lock(endpoint.lane(action.direction()));
    begin_in(endpoint, &mut lane, port, record, action)
}

/// [`begin`] for who holds the lock of the action's lane.
pub(super) fn begin_in<A: Action + 'static>(
    endpoint: &Arc<Endpoint>,
    lane: &mut Lane,
    port: Port<'_>,
    record: Record,
    action: A,
) -> Begun {
    let told_by = begin_telling(endpoint, &record);
    let ends_with_thread = port.is_none();
    let (direction, call) = (action.direction(), action.call());
    let beginning = Beginning { record, port, told_by, end: Status::PENDING, bytes: 0, action };
    match endpoint.submit_in(lane, direction, beginning) {
        Submitted::Now(begun) => begun,
        Submitted::Later => {
            if ends_with_thread {
                wait::remember_lent(endpoint);
            }
            Begun::Pending
        }
        Submitted::Not(failure) => Begun::Failed(failure.code(call)),
    }
}

/// Ends an operation within the call that begins it. One that `pends` is told like any later end; else the call tells it
/// too, and a port only if it wants such packets.
pub(super) fn end_begun(endpoint: &Endpoint, port: Port<'_>, record: Record, (end, bytes): (Status, u32), pends: bool) {
    let told_by = begin_telling(endpoint, &record);
    if !pends {
        tell_at_once(record, (port, told_by), end, bytes, false);
        return;
    }
    tell(record, port.map(Association::destination), end, bytes);
    if let Some(signal) = told_by {
        signal.set();
    }
}

/// Makes ready what will tell the end; gives the socket's own signal if that is among it.
fn begin_telling<'e>(endpoint: &'e Endpoint, record: &Record) -> Option<&'e Signal> {
    record.begin();
    let signal = endpoint.judge().signal();
    signal.reset();
    (!record.has_event()).then_some(signal)
}

impl Failure {
    pub(crate) fn code(self, call: Call) -> Code {
        match self {
            Failure::Cancelled => Code::WSA_OPERATION_ABORTED,
            // What lacks is the system's, not a socket's number. Docs: "WSASend function", WSAENOBUFS; and WSAEWOULDBLOCK:
            // too many outstanding overlapped requests.
            Failure::Refused(Errno(libc::EMFILE | libc::ENFILE)) => Code::WSAENOBUFS,
            Failure::Refused(Errno(libc::ENOSPC)) => Code::WSAEWOULDBLOCK,
            Failure::Refused(Errno(errno)) => {
                let any = winsock_codes::errno::When::Any;
                winsock_codes::errno::from_errno(errno, call, any).unwrap_or(Code::WSAENOBUFS)
            }
        }
    }
}

/// Where the end of an operation is told, and what.
pub(crate) struct Completion {
    record: Record,
    port: Option<Destination>,
    /// How it ended; pending until then.
    end: Status,
    /// Bytes moved.
    bytes: usize,
    issuer: u64,
}

impl Completion {
    /// The address of the OVERLAPPED.
    pub(crate) fn address(&self) -> usize {
        self.record.address()
    }

    /// The thread that began it.
    pub(crate) fn issuer(&self) -> u64 {
        self.issuer
    }

    pub(crate) fn set_end(&mut self, end: Status, bytes: usize) {
        (self.end, self.bytes) = (end, bytes);
    }

    /// Tells the end of an operation whose call has returned as pending.
    pub(crate) fn tell(self) {
        tell(self.record, self.port.as_ref(), self.end, self.bytes as u32);
    }
}

/// Writes the result and queues the packet, if the port wants one.
#[inline]
fn tell(record: Record, port: Option<&Destination>, end: Status, bytes: u32) {
    let address = record.address();
    let port = port.filter(|_| !record.wants_no_packet());
    record.conclude(end, bytes);
    if let Some(port) = port {
        port.deliver(address, end, bytes);
    }
}

/// Tells the end of an operation that ended within the call that began it.
///
/// A failure is the call's own result and nothing else is told. Docs: "WSARecv function", Remarks on overlapped
/// sockets; "SetFileCompletionNotificationModes function" for the skipped packet. A cut datagram is a warning and not
/// a failure to Windows' kernel, so its event is set and its packet queued, and the call fails (test_recv of
/// dlls/ws2_32/tests/afd.c, checked on Windows). Where a packet or a routine comes, the call says here that it pends:
/// programs take a failure for the last that they hear of an operation. A datagram that is too long to be sent is refused
/// by the protocol, when the call pends already (test/test-udp-dgram-too-big.c of libuv, which runs on Windows).
#[inline]
fn tell_at_once(
    record: Record,
    (port, told_by): (Port<'_>, Option<&Signal>),
    end: Status,
    bytes: u32,
    always_pends: bool,
) -> Begun {
    let is_cut = end == Status::BUFFER_OVERFLOW;
    let is_too_long = end == Status::INVALID_BUFFER_SIZE;
    if !end.is_success() && !is_cut && !is_too_long {
        record.conclude_untold(end, bytes);
        return Begun::Failed(end.code());
    }
    let always_pends = always_pends || is_too_long;
    let wanted = port.filter(|port| always_pends || !port.skips_immediate_success());
    let pends = always_pends || is_cut && (record.has_routine() || wanted.is_some() && !record.wants_no_packet());
    tell(record, wanted.map(Association::destination), end, bytes);
    if let Some(signal) = told_by {
        signal.set();
    }
    match pends {
        true => Begun::Pending,
        false if is_cut => Begun::Failed(end.code()),
        false => Begun::Done(bytes),
    }
}

/// An operation within the call that begins it: most sends end there, and need nothing of what one under way has.
struct Beginning<'p, A> {
    record: Record,
    port: Port<'p>,
    told_by: Option<&'p Signal>,
    end: Status,
    bytes: usize,
    action: A,
}

impl<A: Action + 'static> Beginning<'_, A> {
    fn into_operation(self) -> Operation<A> {
        let Beginning { record, port, end, bytes, action, .. } = self;
        let (port, issuer) = (port.map(|port| port.destination().clone()), port::thread_number());
        Operation::new(Completion { record, port, end, bytes, issuer }, action)
    }
}

impl<A: Action + 'static> Submission for Beginning<'_, A> {
    type Now = Begun;

    #[inline]
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt {
        attempt_of(self.action.attempt(fd, judge), |end, bytes| (self.end, self.bytes) = (end, bytes))
    }

    fn now(self) -> Begun {
        let told = (self.port, self.told_by);
        if A::ENDS_PLAINLY {
            return tell_at_once(self.record, told, self.end, self.bytes as u32, self.action.always_pends());
        }
        self.into_operation().end_at_once(told)
    }

    fn later(self) -> Item {
        Item::Boxed(Box::new(self.into_operation()))
    }
}

/// What a step is to the engine; `end` keeps how it ended.
#[inline]
fn attempt_of(step: Step, end: impl FnOnce(Status, usize)) -> Attempt {
    match step {
        Step::Ended { status, bytes, drained } => {
            end(status, bytes);
            Attempt::Finished { drained }
        }
        Step::Blocked => Attempt::Blocked,
        Step::Again => Attempt::Again,
    }
}

/// An operation under way.
pub(crate) struct Operation<A> {
    completion: Completion,
    action: A,
}

impl<A: Action> Operation<A> {
    pub(crate) fn new(completion: Completion, action: A) -> Operation<A> {
        Operation { completion, action }
    }

    fn end_at_once(self, told: (Port<'_>, Option<&Signal>)) -> Begun {
        let always_pends = self.action.always_pends();
        match self.action.end(self.completion, None) {
            Some(Completion { record, end, bytes, .. }) => tell_at_once(record, told, end, bytes as u32, always_pends),
            None => Begun::Pending,
        }
    }

    fn settle(&mut self, step: Step) -> Attempt {
        attempt_of(step, |end, bytes| self.completion.set_end(end, bytes))
    }
}

impl<A: Action> Work for Operation<A> {
    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Attempt {
        let step = self.action.attempt(fd, judge);
        self.settle(step)
    }

    fn is_handed_over(&self) -> bool {
        self.action.is_handed_over()
    }

    fn request(&mut self, judge: &dyn Judge) -> Request {
        self.action.request(judge)
    }

    fn readiness(&self) -> Request {
        self.action.readiness()
    }

    fn answer(&mut self, result: sys::Result<usize>, judge: &dyn Judge) -> Attempt {
        let step = self.action.answer(result, judge);
        self.settle(step)
    }

    fn is_meant(&self, target: Target) -> bool {
        match target {
            Target::Everything => true,
            Target::Record(address) => self.completion.address() == address,
            Target::Issuer(issuer) => self.completion.issuer == issuer,
            Target::EndedThread(issuer) => self.completion.issuer == issuer && self.completion.port.is_none(),
        }
    }

    fn finish(self: Box<Self>, failure: Option<Failure>, judge: &dyn Judge) {
        let Operation { mut completion, action } = *self;
        let receives = action.direction() == Direction::Receive && event::is_used();
        let told_by = judge.signal().filter(|_| !completion.record.has_event());
        // Windows looks for the port when the operation ends (test_completion_port of dlls/ws2_32/tests/sock.c, checked on
        // Windows).
        if completion.port.is_none() && !completion.record.has_routine() {
            completion.port = judge.tie().map(|tie| tie.destination().clone());
        }
        if let Some(failure) = failure {
            completion.set_end(Status::of(failure.code(action.call())), action.moved());
        }
        if let Some(completion) = action.end(completion, failure) {
            completion.tell();
            if let Some(signal) = told_by {
                signal.set();
            }
            if receives {
                judge.has_received();
            }
        }
    }
}
