//! One overlapped transfer: begun, tried, parked, ended.

use std::os::fd::BorrowedFd;
use std::sync::Arc as StdArc;

use winsock_codes::{Call, Code};

use super::cancel::current_issuer;
use super::{Buffers, Record, Status};
use crate::driver::Submitted;
use crate::driver::{Attempt, Direction, Endpoint, Failure, Target, Work};
use crate::event;
use crate::port::Association;
use crate::sync::Arc;
use crate::sys::uring::Request;
use crate::sys::{self, Errno, transfer};
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

/// Begins to receive.
#[doc(alias = "WSARecv")]
pub fn receive(
    endpoint: &Arc<Endpoint>,
    judge: &StdArc<dyn Judge>,
    port: Port,
    record: Record,
    buffers: Buffers,
    linux_flags: i32,
) -> Begun {
    begin(endpoint, Verb::Receive, judge, port, record, buffers, linux_flags)
}

/// Begins to send. A stream takes all of it before the operation ends.
#[doc(alias = "WSASend")]
pub fn send(
    endpoint: &Arc<Endpoint>,
    judge: &StdArc<dyn Judge>,
    port: Port,
    record: Record,
    buffers: Buffers,
    linux_flags: i32,
) -> Begun {
    begin(endpoint, Verb::Send, judge, port, record, buffers, linux_flags)
}

fn begin(
    endpoint: &Arc<Endpoint>,
    verb: Verb,
    judge: &StdArc<dyn Judge>,
    port: Port,
    record: Record,
    buffers: Buffers,
    flags: i32,
) -> Begun {
    record.begin();
    let ends_with_thread = port.is_none();
    let asked = buffers.bytes();
    let operation = Operation {
        record,
        port,
        judge: StdArc::clone(judge),
        buffers,
        flags,
        verb,
        asked,
        moved: 0,
        end: Status::PENDING,
        issuer: current_issuer(),
    };
    match endpoint.submit(verb.direction(), operation, Operation::end_at_once) {
        Submitted::Now(begun) => begun,
        Submitted::Later => {
            if ends_with_thread {
                wait::remember_lent(endpoint);
            }
            Begun::Pending
        }
        Submitted::Not(failure) => Begun::Failed(failure.code(verb.call())),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Receive,
    Send,
}

impl Verb {
    fn direction(self) -> Direction {
        match self {
            Verb::Receive => Direction::Receive,
            Verb::Send => Direction::Send,
        }
    }

    fn call(self) -> Call {
        match self {
            Verb::Receive => Call::WSARecv,
            Verb::Send => Call::WSASend,
        }
    }
}

impl Failure {
    fn code(self, call: Call) -> Code {
        match self {
            Failure::Cancelled => Code::WSA_OPERATION_ABORTED,
            Failure::Refused(Errno(errno)) => {
                let any = winsock_codes::errno::When::Any;
                winsock_codes::errno::from_errno(errno, call, any).unwrap_or(Code::WSAENOBUFS)
            }
        }
    }
}

/// An operation under way.
struct Operation {
    record: Record,
    port: Port,
    judge: StdArc<dyn Judge>,
    buffers: Buffers,
    flags: i32,
    verb: Verb,
    /// Bytes asked for.
    asked: usize,
    /// Bytes moved.
    moved: usize,
    /// How it ended; pending until then.
    end: Status,
    issuer: u64,
}

impl Operation {
    /// The operation ended within the call that began it.
    ///
    /// A failure is the call's own result and nothing else is told. Docs: "WSARecv function", Remarks on overlapped
    /// sockets; "SetFileCompletionNotificationModes function" for the skipped packet.
    fn end_at_once(self) -> Begun {
        let (end, bytes) = (self.end, self.moved as u32);
        if !end.is_success() {
            self.record.conclude_untold(end, bytes);
            return Begun::Failed(end.code());
        }
        let skips = self.port.as_ref().is_some_and(|port| port.skips_immediate_success());
        self.tell(if skips { Tell::Memory } else { Tell::All });
        Begun::Done(bytes)
    }

    fn tell(self, what: Tell) {
        let (end, bytes) = (self.end, self.moved as u32);
        let address = self.record.address();
        let packet_wanted = what == Tell::All && !self.record.wants_no_packet();
        self.record.conclude(end, bytes);
        if packet_wanted && let Some(port) = &self.port {
            port.deliver(address, end, bytes);
        }
    }

    fn ended(&mut self, end: Status, drained: bool) -> Attempt {
        self.end = end;
        Attempt::Finished { drained }
    }

    fn settle(&mut self, result: sys::Result<usize>) -> Attempt {
        match (result, self.verb) {
            (Ok(count), Verb::Receive) => self.received(count),
            (Ok(count), Verb::Send) => self.sent(count),
            (Err(Errno::EAGAIN), _) => Attempt::Blocked,
            (Err(Errno::EINTR), _) => Attempt::Again,
            (Err(Errno(errno)), verb) => match self.judge.judge(errno, verb.call()) {
                Some(code) => self.ended(Status::of(code), false),
                None => Attempt::Again,
            },
        }
    }

    fn received(&mut self, count: usize) -> Attempt {
        if count > self.asked {
            // Only `MSG_TRUNC` counts more than it stored: the datagram was cut.
            self.moved = self.asked;
            return self.ended(Status::BUFFER_OVERFLOW, false);
        }
        self.moved = count;
        // The end of a stream is not "no more for now", a datagram's length says nothing of the next, and what was only
        // looked at is still there.
        let takes = self.flags & !transfer::MSG_DONTWAIT == 0;
        let drained = self.judge.is_stream() && takes && 0 < count && count < self.asked;
        self.ended(Status::SUCCESS, drained)
    }

    fn sent(&mut self, count: usize) -> Attempt {
        self.moved += count;
        if self.moved >= self.asked || !self.judge.is_stream() {
            return self.ended(Status::SUCCESS, false);
        }
        self.buffers.advance(count);
        Attempt::Again
    }

    /// A receive without room on a stream ends when there is something to receive, and takes nothing.
    ///
    /// Source: Wine's sock.c:12821, checked on Windows.
    fn only_waits(&self) -> bool {
        self.verb == Verb::Receive && self.asked == 0 && self.judge.is_stream()
    }

    fn linux_flags(&self) -> i32 {
        let counts_whole = self.verb == Verb::Receive && !self.judge.is_stream();
        self.flags | if counts_whole { transfer::MSG_TRUNC } else { 0 }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tell {
    Memory,
    All,
}

impl Work for Operation {
    fn attempt(&mut self, fd: BorrowedFd<'_>) -> Attempt {
        let flags = self.linux_flags();
        let result = match self.verb {
            Verb::Receive if self.only_waits() => self.buffers.look(fd).map(|_| 0),
            Verb::Receive => self.buffers.receive(fd, flags),
            Verb::Send => self.buffers.send(fd, flags),
        };
        self.settle(result)
    }

    fn request(&mut self) -> Request {
        let flags = self.linux_flags();
        match self.verb {
            Verb::Receive if self.only_waits() => Request::readable(),
            Verb::Receive => self.buffers.receive_request(flags),
            Verb::Send => self.buffers.send_request(flags),
        }
    }

    fn answer(&mut self, result: sys::Result<usize>) -> Attempt {
        // What the kernel answers to a question for readiness is no count.
        let only_waits = self.only_waits();
        self.settle(result.map(|count| if only_waits { 0 } else { count }))
    }

    fn is_meant(&self, target: Target) -> bool {
        match target {
            Target::Everything => true,
            Target::Record(address) => self.record.address() == address,
            Target::Issuer(issuer) => self.issuer == issuer,
            Target::EndedThread(issuer) => self.issuer == issuer && self.port.is_none(),
        }
    }

    fn finish(mut self: Box<Self>, failure: Option<Failure>) {
        if let Some(failure) = failure {
            self.end = Status::of(failure.code(self.verb.call()));
        }
        let receiver = (self.verb == Verb::Receive && event::is_used()).then(|| StdArc::clone(&self.judge));
        self.tell(Tell::All);
        if let Some(judge) = receiver {
            judge.has_received();
        }
    }
}
