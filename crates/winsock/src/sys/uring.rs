//! `io_uring`: requests handed to the kernel, answers taken from it, both from any thread.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::sync::{Mutex, PoisonError};

use io_uring::types::{Fd, SubmitArgs, Timespec};
use io_uring::{IoUring, opcode, squeue};

use super::transfer::Span;
use super::{Errno, Result};

/// What the kernel shall do with a descriptor.
///
/// The constructors that name memory are unsafe: the memory must stay good until the request's [`Answer`] was taken.
pub(crate) struct Request(Kind);

enum Kind {
    Receive(Span, i32),
    Send(Span, i32),
    ReceiveMessage(*mut libc::msghdr, i32),
    SendMessage(*const libc::msghdr, i32),
    Poll(u32),
}

impl Request {
    /// Receive into one stretch.
    ///
    /// # Safety
    /// The memory is writable and nobody else's until the answer was taken.
    pub(crate) unsafe fn receive(span: Span, flags: i32) -> Request {
        Request(Kind::Receive(span, flags))
    }

    /// Send one stretch.
    ///
    /// # Safety
    /// The memory is readable and not written until the answer was taken.
    pub(crate) unsafe fn send(span: Span, flags: i32) -> Request {
        Request(Kind::Send(span, flags | libc::MSG_NOSIGNAL))
    }

    /// Receive into what a message header names.
    ///
    /// # Safety
    /// The header and all that it names are writable and nobody else's until the answer was taken.
    pub(crate) unsafe fn receive_message(header: *mut libc::msghdr, flags: i32) -> Request {
        Request(Kind::ReceiveMessage(header, flags))
    }

    /// Send what a message header names.
    ///
    /// # Safety
    /// The header and all that it names are readable and not written until the answer was taken.
    pub(crate) unsafe fn send_message(header: *const libc::msghdr, flags: i32) -> Request {
        Request(Kind::SendMessage(header, flags | libc::MSG_NOSIGNAL))
    }

    /// Say when the descriptor can be read.
    pub(crate) fn readable() -> Request {
        Request(Kind::Poll(libc::POLLIN as u32))
    }

    /// Say when the descriptor can be written.
    pub(crate) fn writable() -> Request {
        Request(Kind::Poll(libc::POLLOUT as u32))
    }

    /// Say when both directions of the descriptor's connection have ended.
    pub(crate) fn hang_up() -> Request {
        // Hang-up and error are always told.
        Request(Kind::Poll(0))
    }

    fn entry(self, fd: Fd) -> squeue::Entry {
        match self.0 {
            Kind::Receive(span, flags) => {
                opcode::Recv::new(fd, span.start(), length(span.bytes())).flags(flags).build()
            }
            Kind::Send(span, flags) => opcode::Send::new(fd, span.start(), length(span.bytes())).flags(flags).build(),
            Kind::ReceiveMessage(header, flags) => opcode::RecvMsg::new(fd, header).flags(flags as u32).build(),
            Kind::SendMessage(header, flags) => opcode::SendMsg::new(fd, header).flags(flags as u32).build(),
            Kind::Poll(events) => opcode::PollAdd::new(fd, events).build(),
        }
    }
}

/// WSABUF's length has 32 bits, and so has a request's.
fn length(bytes: usize) -> u32 {
    bytes.try_into().unwrap_or(u32::MAX)
}

/// What the kernel made of the request with this token.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) token: u32,
    result: i32,
}

impl Answer {
    pub(crate) const EMPTY: Answer = Answer { token: 0, result: 0 };

    pub(crate) fn result(self) -> Result<usize> {
        usize::try_from(self.result).map_err(|_| Errno(-self.result))
    }
}

/// A ring.
pub(crate) struct Ring {
    ring: IoUring,
    /// Held while the submission queue's user side is touched.
    submission: Mutex<()>,
    /// Held while the completion queue's user side is touched.
    completion: Mutex<()>,
}

impl Ring {
    /// A ring for this many requests between two submissions; fails where the kernel lacks or forbids what is needed.
    pub(crate) fn new(requests: u32, answers: u32) -> io::Result<Ring> {
        let mut plain = IoUring::builder();
        plain.setup_cqsize(answers).setup_clamp();
        // Without interrupting a running thread for each answer: it takes them with its next system call or timer tick.
        // At 64 connections a round trip cost a sixth less processor time. Linux 5.19 and later.
        let mut quiet = plain.clone();
        quiet.setup_coop_taskrun();
        let ring = quiet.build(requests).or_else(|_| plain.build(requests))?;
        let has = ring.params();
        if has.is_feature_ext_arg() && has.is_feature_fast_poll() && has.is_feature_nodrop() {
            Ok(Ring { ring, submission: Mutex::new(()), completion: Mutex::new(()) })
        } else {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// Queues a request on a descriptor; the kernel sees it with the next [`Ring::submit`] or [`Ring::wait`], until
    /// which the descriptor stays open.
    pub(crate) fn push(&self, request: Request, fd: BorrowedFd<'_>, token: u32) -> Result<()> {
        self.push_entry(&request.entry(Fd(fd.as_raw_fd())).user_data(token.into()))
    }

    /// Queues a request that is answered at once.
    pub(crate) fn push_nothing(&self, token: u32) -> Result<()> {
        self.push_entry(&opcode::Nop::new().build().user_data(token.into()))
    }

    /// Queues the wish to have a request back unfinished; both are answered.
    pub(crate) fn push_cancel(&self, target: u32, token: u32) -> Result<()> {
        self.push_entry(&opcode::AsyncCancel::new(target.into()).build().user_data(token.into()))
    }

    fn push_entry(&self, entry: &squeue::Entry) -> Result<()> {
        for _ in 0..2 {
            let held = self.submission.lock().unwrap_or_else(PoisonError::into_inner);
            // SAFETY: the lock makes this the only user of the queue; who made the request vouched for its memory.
            let pushed = unsafe { self.ring.submission_shared().push(entry) };
            drop(held);
            if pushed.is_ok() {
                return Ok(());
            }
            self.submit()?;
        }
        Err(Errno(libc::EBUSY))
    }

    /// Shows the kernel what was queued.
    pub(crate) fn submit(&self) -> Result<()> {
        if self.has_requests() { self.ring.submitter().submit().map(drop).map_err(errno) } else { Ok(()) }
    }

    fn has_requests(&self) -> bool {
        let _held = self.submission.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the lock makes this the only user of the queue; even looking at its length needs that, because the
        // view writes the queue's end back when it goes.
        !unsafe { self.ring.submission_shared() }.is_empty()
    }

    /// Shows the kernel what was queued and waits for an answer, at most `timeout_ms` (negative: for ever).
    pub(crate) fn wait(&self, timeout_ms: i32) -> Result<()> {
        if self.has_answers() {
            return self.submit();
        }
        let submitter = self.ring.submitter();
        let waited = match u64::try_from(timeout_ms) {
            Err(_) => submitter.submit_and_wait(1),
            Ok(0) => return self.submit(),
            Ok(ms) => {
                let time = Timespec::new().sec(ms / 1000).nsec((ms % 1000) as u32 * 1_000_000);
                submitter.submit_with_args(1, &SubmitArgs::new().timespec(&time))
            }
        };
        match waited.map_err(errno) {
            // Time over, a signal, or more answers than fit: the caller looks at the queue and at the clock.
            Err(Errno(libc::ETIME | libc::EINTR | libc::EBUSY | libc::EAGAIN)) => Ok(()),
            result => result.map(drop),
        }
    }

    fn has_answers(&self) -> bool {
        let _held = self.completion.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the lock makes this the only user of the queue.
        !unsafe { self.ring.completion_shared() }.is_empty()
    }

    /// Takes the answers that are there and fit.
    pub(crate) fn take<'a>(&self, answers: &'a mut [Answer]) -> &'a [Answer] {
        let _held = self.completion.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the lock makes this the only user of the queue.
        let queue = unsafe { self.ring.completion_shared() };
        let mut count = 0;
        for (place, answer) in answers.iter_mut().zip(queue) {
            *place = Answer { token: answer.user_data() as u32, result: answer.result() };
            count += 1;
        }
        &answers[..count]
    }
}

impl AsFd for Ring {
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: the ring owns the descriptor and outlives the borrow.
        unsafe { BorrowedFd::borrow_raw(self.ring.as_raw_fd()) }
    }
}

fn errno(error: io::Error) -> Errno {
    Errno(error.raw_os_error().unwrap_or(libc::EIO))
}
