//! `io_uring`: requests handed to the kernel, answers taken from it, both from any thread.

use std::io;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::sync::Arc;

use io_uring::types::{Fd, SubmitArgs, Timespec};
use io_uring::{IoUring, cqueue, opcode, squeue};
use parking_lot::Mutex;

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

/// What the kernel made of a request.
pub(crate) enum Answer<T> {
    /// Of [`Ring::push`]: its owner and tag.
    Request { owner: Arc<T>, tag: bool, result: Result<usize> },
    /// Of [`Ring::push_cancel`], [`Ring::push_nothing`] or [`Ring::push_question`].
    Other,
}

/// How many answers are taken at once.
const BATCH: usize = 64;

/// Marks of requests that have no owner. Owners are named by their address, which is neither, with the tag in the lowest bit.
const NOTHING: u64 = 2;
const CANCEL: u64 = 4;
const QUESTION: u64 = 6;
const TAG: u64 = 1;

/// Answers that were taken; each owner is given back once.
pub(crate) struct Answers<T> {
    /// The first `count` are there. The others are left as they are: to clear them for one answer would be to go through
    /// 16 cache lines, and giving all of it back from a function through 32 more.
    taken: [MaybeUninit<cqueue::Entry>; BATCH],
    next: usize,
    count: usize,
    owners: PhantomData<Arc<T>>,
}

impl<T> Answers<T> {
    /// Room for some.
    #[inline]
    pub(crate) fn none() -> Answers<T> {
        Answers { taken: [const { MaybeUninit::uninit() }; BATCH], next: 0, count: 0, owners: PhantomData }
    }

    /// Whether one of them answers [`Ring::push_nothing`].
    #[inline]
    pub(crate) fn have_nothing(&self) -> bool {
        self.taken().iter().any(|answer| answer.user_data() == NOTHING)
    }

    /// Whether one of them answers [`Ring::push_question`].
    #[inline]
    pub(crate) fn have_question(&self) -> bool {
        self.taken().iter().any(|answer| answer.user_data() == QUESTION)
    }

    /// The owner of the request whose answer comes after so many others.
    #[inline]
    pub(crate) fn peek(&self, ahead: usize) -> Option<&T> {
        let mark = self.taken().get(self.next + ahead)?.user_data();
        if matches!(mark, NOTHING | CANCEL | QUESTION) {
            return None;
        }
        // SAFETY: `push` took this share out of an `Arc`; it is given back with the answer, which was not yet.
        Some(unsafe { &*std::ptr::with_exposed_provenance::<T>((mark & !TAG) as usize) })
    }

    #[inline]
    fn taken(&self) -> &[cqueue::Entry] {
        let taken = &self.taken[..self.count];
        // SAFETY: `Ring::take` has filled as many.
        unsafe { std::slice::from_raw_parts(taken.as_ptr().cast(), taken.len()) }
    }
}

impl<T> Iterator for Answers<T> {
    type Item = Answer<T>;

    #[inline]
    fn next(&mut self) -> Option<Answer<T>> {
        let answer = self.taken().get(self.next)?;
        let (mark, result) = (answer.user_data(), answer.result());
        self.next += 1;
        if matches!(mark, NOTHING | CANCEL | QUESTION) {
            return Some(Answer::Other);
        }
        let address = (mark & !TAG) as usize;
        // SAFETY: `push` took this share out of an `Arc` and the kernel answers each request once.
        let owner = unsafe { Arc::from_raw(std::ptr::with_exposed_provenance::<T>(address)) };
        let result = usize::try_from(result).map_err(|_| Errno(-result));
        Some(Answer::Request { owner, tag: mark & TAG != 0, result })
    }
}

impl<T> Drop for Answers<T> {
    fn drop(&mut self) {
        self.for_each(drop);
    }
}

/// A ring whose requests each hold a share of a `T`, their owner, until they are answered.
pub(crate) struct Ring<T> {
    ring: IoUring,
    /// Held while the submission queue's user side is touched.
    submission: Mutex<()>,
    /// Held while the completion queue's user side is touched.
    completion: Mutex<()>,
    owners: PhantomData<Arc<T>>,
}

impl<T: Send + Sync> Ring<T> {
    /// A ring for this many requests between two submissions; fails where the kernel lacks or forbids what is needed.
    pub(crate) fn new(requests: u32, answers: u32) -> io::Result<Ring<T>> {
        const { assert!(align_of::<T>() > TAG as usize, "the tag has a place in the address") };
        let mut plain = IoUring::builder();
        plain.setup_cqsize(answers).setup_clamp();
        // Without interrupting a running thread for each answer: it takes them with its next system call or timer tick.
        // At 64 connections a round trip cost a sixth less processor time. Linux 5.19 and later.
        let mut quiet = plain.clone();
        quiet.setup_coop_taskrun().setup_taskrun_flag();
        let ring = quiet.build(requests).or_else(|_| plain.build(requests))?;
        let has = ring.params();
        if has.is_feature_ext_arg() && has.is_feature_fast_poll() && has.is_feature_nodrop() {
            Ok(Ring { ring, submission: Mutex::new(()), completion: Mutex::new(()), owners: PhantomData })
        } else {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// Queues a request on a descriptor; the kernel sees it with the next [`Ring::submit`] or [`Ring::wait`], until
    /// which the descriptor stays open. Tells how many are queued.
    pub(crate) fn push(&self, request: Request, fd: BorrowedFd<'_>, owner: Arc<T>, tag: bool) -> Result<usize> {
        let owner = Arc::into_raw(owner);
        let mark = owner.expose_provenance() as u64 | u64::from(tag);
        let pushed = self.push_entry(&request.entry(Fd(fd.as_raw_fd())).user_data(mark));
        if pushed.is_err() {
            // SAFETY: out of an `Arc` above, and never seen by the kernel.
            drop(unsafe { Arc::from_raw(owner) });
        }
        pushed
    }

    /// Queues a request that is answered at once.
    pub(crate) fn push_nothing(&self) -> Result<()> {
        self.push_entry(&opcode::Nop::new().build().user_data(NOTHING)).map(drop)
    }

    /// Queues the question when a descriptor can be read, which stays open until it is answered.
    pub(crate) fn push_question(&self, fd: BorrowedFd<'_>) -> Result<()> {
        let question = opcode::PollAdd::new(Fd(fd.as_raw_fd()), libc::POLLIN as u32).build();
        self.push_entry(&question.user_data(QUESTION)).map(drop)
    }

    /// Queues the wish to have the request of this owner and tag back unfinished; both are answered.
    pub(crate) fn push_cancel(&self, owner: &T, tag: bool) -> Result<()> {
        let mark = std::ptr::from_ref(owner).addr() as u64 | u64::from(tag);
        self.push_entry(&opcode::AsyncCancel::new(mark).build().user_data(CANCEL)).map(drop)
    }

    fn push_entry(&self, entry: &squeue::Entry) -> Result<usize> {
        for _ in 0..2 {
            let held = self.submission.lock();
            // SAFETY: the lock makes this the only user of the queue.
            let mut queue = unsafe { self.ring.submission_shared() };
            // SAFETY: who made the request vouched for its memory.
            let pushed = unsafe { queue.push(entry) };
            let count = queue.len();
            drop(queue);
            drop(held);
            if pushed.is_ok() {
                return Ok(count);
            }
            self.submit()?;
        }
        Err(Errno(libc::EBUSY))
    }

    /// Shows the kernel what was queued, and has it bring the answers that did not fit, which it does only when asked.
    pub(crate) fn submit(&self) -> Result<()> {
        if self.has_business() { self.ring.submitter().submit().map(drop).map_err(errno) } else { Ok(()) }
    }

    /// Whether requests are queued, or the kernel keeps answers.
    fn has_business(&self) -> bool {
        let _held = self.submission.lock();
        // SAFETY: the lock makes this the only user of the queue; even looking at its length needs that, because the
        // view writes the queue's end back when it goes.
        let queue = unsafe { self.ring.submission_shared() };
        !queue.is_empty() || queue.cq_overflow()
    }

    /// Shows the kernel what was queued and waits for an answer, at most `timeout_ms` (negative: for ever).
    pub(crate) fn wait(&self, timeout_ms: i32) -> Result<()> {
        if self.has_answers() {
            return self.submit();
        }
        let submitter = self.ring.submitter();
        let waited = match u64::try_from(timeout_ms) {
            Err(_) => submitter.submit_and_wait(1),
            // Also with nothing to submit: the kernel makes answers of what has happened only in a system call, or at a tick.
            Ok(0) => submitter.submit(),
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

    /// Whether there are answers, or the kernel can make some in a system call.
    pub(crate) fn has_news(&self) -> bool {
        let can_have = || {
            let _held = self.submission.lock();
            // SAFETY: the lock makes this the only user of the queue.
            unsafe { self.ring.submission_shared() }.taskrun()
        };
        self.has_answers() || can_have()
    }

    fn has_answers(&self) -> bool {
        let _held = self.completion.lock();
        // SAFETY: the lock makes this the only user of the queue.
        !unsafe { self.ring.completion_shared() }.is_empty()
    }

    /// Takes the answers that are there, 64 at most: as for epoll, so that the buffers they filled are still in the cache
    /// when used. What `answers` had was used.
    pub(crate) fn take(&self, answers: &mut Answers<T>) {
        debug_assert_eq!(answers.next, answers.count, "each owner is given back");
        answers.next = 0;
        let _held = self.completion.lock();
        // SAFETY: the lock makes this the only user of the queue.
        let mut queue = unsafe { self.ring.completion_shared() };
        answers.count = queue.fill(&mut answers.taken).len();
    }
}

impl<T> AsFd for Ring<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: the ring owns the descriptor and outlives the borrow.
        unsafe { BorrowedFd::borrow_raw(self.ring.as_raw_fd()) }
    }
}

fn errno(error: io::Error) -> Errno {
    Errno(error.raw_os_error().unwrap_or(libc::EIO))
}

// The models have a ring of their own.
#[cfg(all(test, not(feature = "model")))]
mod tests {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn answers_that_did_not_fit_come_to_who_does_not_wait() {
        let Ok(ring) = Ring::<u64>::new(4, 8) else {
            eprintln!("SKIPPED: no io_uring here");
            return;
        };
        for _ in 0..100 {
            ring.push_nothing().unwrap();
        }
        let mut count = 0;
        // Each time there is none, the kernel is asked for more.
        for _ in 0..200 {
            ring.wait(0).unwrap();
            let mut answers = Answers::none();
            ring.take(&mut answers);
            count += answers.count();
        }
        assert_eq!(count, 100);
    }

    #[test]
    fn what_has_happened_is_seen_by_who_asks_without_waiting() {
        let Ok(ring) = Ring::<u64>::new(4, 8) else {
            eprintln!("SKIPPED: no io_uring here");
            return;
        };
        for _ in 0..20 {
            let (mut writer, reader) = std::os::unix::net::UnixStream::pair().unwrap();
            ring.push(Request::readable(), reader.as_fd(), Arc::new(7), false).unwrap();
            ring.submit().unwrap();
            let has_written = AtomicBool::new(false);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    writer.write_all(b"x").unwrap();
                    has_written.store(true, Ordering::Release);
                });
                // Not by a system call, in which the kernel would make the answer.
                while !has_written.load(Ordering::Acquire) {
                    std::hint::spin_loop();
                }
                let mut answers = Answers::none();
                for _ in 0..3 {
                    ring.wait(0).unwrap();
                    ring.take(&mut answers);
                    if answers.next().is_some() {
                        return;
                    }
                }
                panic!("three questions without an answer");
            });
        }
    }
}
