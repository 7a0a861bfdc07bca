//! One overlapped operation: begun, tried, parked, ended.

use std::os::fd::BorrowedFd;
use std::sync::Arc as StdArc;

use winsock_codes::{Call, Code};

use super::action::{Action, Step};
use super::cancel::current_issuer;
use super::{Record, Status};
use crate::driver::Submitted;
use crate::driver::{Attempt, Direction, Endpoint, Failure, Target, Work};
use crate::event;
use crate::port::Association;
use crate::sync::Arc;
use crate::sys::uring::Request;
use crate::sys::{self, Errno};
use crate::wait;

/// What an operation asks of its socket when Linux reports a failure.
pub trait Judge: Send + Sync {
    /// The code for this errno in this call; `None` to try again.
    fn judge(&self, errno: i32, call: Call) -> Option<Code>;

    /// A receive that was under way has ended. Asked only if some socket of the process is watched for events.
    fn has_received(&self) {}

    /// Whether the socket is a byte stream: a receive of 0 bytes is its end, a short one means that no more is there.
    fn is_stream(&self) -> bool;
}

/// Where ends are told.
pub type Port = Option<Arc<Association>>;

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
pub(crate) fn begin<A: Action + 'static>(
    endpoint: &Arc<Endpoint>,
    judge: &StdArc<dyn Judge>,
    port: Port,
    record: Record,
    action: A,
) -> Begun {
    record.begin();
    let ends_with_thread = port.is_none();
    let completion = Completion { record, port, end: Status::PENDING, bytes: 0, issuer: current_issuer() };
    let (direction, call) = (action.direction(), action.call());
    let operation = Operation::new(completion, judge, action);
    match endpoint.submit(direction, operation, Operation::end_at_once) {
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
pub(super) fn end_begun(port: Port, record: Record, end: Status, bytes: usize, pends: bool) {
    record.begin();
    let completion = Completion { record, port, end, bytes, issuer: current_issuer() };
    if pends {
        completion.tell();
    } else {
        completion.end_at_once(false);
    }
}

impl Failure {
    pub(super) fn code(self, call: Call) -> Code {
        match self {
            Failure::Cancelled => Code::WSA_OPERATION_ABORTED,
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
    port: Port,
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
        self.tell_to(Tell::All);
    }

    /// The operation ended within the call that began it.
    ///
    /// A failure is the call's own result and nothing else is told. Docs: "WSARecv function", Remarks on overlapped
    /// sockets; "SetFileCompletionNotificationModes function" for the skipped packet. A cut datagram is a warning and not
    /// a failure to Windows' kernel, so it is told as usual; source: dlls/ws2_32/tests/sock.c, test_ip_pktinfo.
    fn end_at_once(self, always_pends: bool) -> Begun {
        let (end, bytes) = (self.end, self.bytes as u32);
        if !end.is_success() && end != Status::BUFFER_OVERFLOW {
            self.record.conclude_untold(end, bytes);
            return Begun::Failed(end.code());
        }
        if always_pends || !end.is_success() {
            self.tell_to(Tell::All);
            return Begun::Pending;
        }
        let skips = self.port.as_ref().is_some_and(|port| port.skips_immediate_success());
        self.tell_to(if skips { Tell::Memory } else { Tell::All });
        Begun::Done(bytes)
    }

    fn tell_to(self, what: Tell) {
        let (end, bytes) = (self.end, self.bytes as u32);
        let address = self.record.address();
        let packet_wanted = what == Tell::All && !self.record.wants_no_packet();
        self.record.conclude(end, bytes);
        if packet_wanted && let Some(port) = &self.port {
            port.deliver(address, end, bytes);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tell {
    Memory,
    All,
}

/// An operation under way.
pub(crate) struct Operation<A> {
    completion: Completion,
    judge: StdArc<dyn Judge>,
    action: A,
}

impl<A: Action> Operation<A> {
    pub(crate) fn new(completion: Completion, judge: &StdArc<dyn Judge>, action: A) -> Operation<A> {
        Operation { completion, judge: StdArc::clone(judge), action }
    }

    fn end_at_once(self) -> Begun {
        let always_pends = self.action.always_pends();
        match self.action.end(self.completion, None) {
            Some(completion) => completion.end_at_once(always_pends),
            None => Begun::Pending,
        }
    }

    fn settle(&mut self, step: Step) -> Attempt {
        match step {
            Step::Ended { status, bytes, drained } => {
                self.completion.set_end(status, bytes);
                Attempt::Finished { drained }
            }
            Step::Blocked => Attempt::Blocked,
            Step::Again => Attempt::Again,
        }
    }
}

impl<A: Action> Work for Operation<A> {
    fn attempt(&mut self, fd: BorrowedFd<'_>) -> Attempt {
        let step = self.action.attempt(fd, &*self.judge);
        self.settle(step)
    }

    fn is_handed_over(&self) -> bool {
        self.action.is_handed_over()
    }

    fn request(&mut self) -> Request {
        self.action.request(&*self.judge)
    }

    fn readiness(&self) -> Request {
        self.action.readiness()
    }

    fn answer(&mut self, result: sys::Result<usize>) -> Attempt {
        let step = self.action.answer(result, &*self.judge);
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

    fn finish(self: Box<Self>, failure: Option<Failure>) {
        let Operation { mut completion, action, judge } = *self;
        let receiver = (action.direction() == Direction::Receive && event::is_used()).then_some(judge);
        if let Some(failure) = failure {
            completion.set_end(Status::of(failure.code(action.call())), action.moved());
        }
        if let Some(completion) = action.end(completion, failure) {
            completion.tell();
            if let Some(judge) = receiver {
                judge.has_received();
            }
        }
    }
}
