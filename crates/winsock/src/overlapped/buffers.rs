//! Memory lent by the caller: the OVERLAPPED and the buffers of an operation.
//!
//! # The lending contract
//!
//! Winsock's, stated once. From the call that begins an operation until its end is told, the caller keeps the
//! OVERLAPPED and every buffer in place and does not touch the buffers of a receive; after that the memory is the
//! caller's again and this library never looks at it. The array of WSABUF itself is copied and may go at once.
//!
//! The end is told by the value in `Internal` changing from `STATUS_PENDING`, which is the last access of all. Cancelling
//! and closing do not end an operation; they make it end, and until then the memory is lent. So work that Linux holds is
//! kept until Linux has answered.
#![allow(unsafe_code, reason = "memory that is known by address only, because callers of the C functions lent it")]

mod accept;
mod borrow;
mod message;
mod name;
mod place;
mod plain;
mod poll;
mod region;

use std::fmt;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::time::Duration;

pub use accept::{AcceptRoom, address_in};
pub(crate) use borrow::{Borrowed, borrow};
pub use message::{Message, WSAMSG};
pub use name::NameSlot;
use place::Place;
pub use plain::Plain;
pub use poll::{Found, PollInfo, PollRecord};
pub(crate) use region::Part;
pub use region::Region;
use winsock_codes::Code;

use super::Status;
use crate::address::Address;
use crate::sys;
use crate::sys::message::MOST_BUFFERS;
use crate::sys::transfer::{self, Span};
use crate::sys::uring::Request;
use crate::wait::{self, Call, Waitable, Words};

/// Windows' `OVERLAPPED`.
#[repr(C)]
#[derive(Debug, Default)]
#[allow(non_snake_case, reason = "Windows' names")]
pub struct OVERLAPPED {
    /// The status, an NTSTATUS; [`Status::PENDING`] while under way.
    pub Internal: usize,
    /// Bytes moved.
    pub InternalHigh: usize,
    /// For files; sockets ignore it.
    pub Offset: u32,
    /// For files; sockets ignore it.
    pub OffsetHigh: u32,
    /// The event to set, 0 for none. With the lowest bit set no packet is queued.
    pub hEvent: usize,
}

const _: () = assert!(size_of::<OVERLAPPED>() == 32);

impl OVERLAPPED {
    /// The mark beside the event in `hEvent` that says: no packet for this one. Docs: "GetQueuedCompletionStatus function",
    /// Remarks.
    const NO_PACKET: usize = 1;
}

/// Windows' `WSABUF`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(non_snake_case, reason = "Windows' names")]
pub struct WSABUF {
    /// Bytes.
    pub len: u32,
    /// Where.
    pub buf: *mut u8,
}

const _: () = assert!(size_of::<WSABUF>() == 16);

/// A lent OVERLAPPED, and who is told besides when the operation has ended.
pub struct Record {
    place: Place,
    told: Told,
}

/// Who is told that an operation has ended.
enum Told {
    Nobody,
    Event(Arc<Waitable>),
    Routine(Box<Routine>),
}

/// What a thread runs in an alertable wait once its operation has ended.
struct Routine {
    thread: Arc<Waitable>,
    run: fn(Words),
    routine: usize,
    /// What it runs with, if that is not for the end to say.
    words: Option<Words>,
}

impl Record {
    /// Borrows the caller's OVERLAPPED; `None` for null.
    ///
    /// # Safety
    /// The lending contract at the head of this module. `overlapped` is null or points to an aligned OVERLAPPED.
    #[must_use]
    pub unsafe fn lend(overlapped: *mut OVERLAPPED) -> Option<Record> {
        // SAFETY: the caller's promise.
        unsafe { Place::lend(overlapped) }.map(|place| Record { place, told: Told::Nobody })
    }

    /// Has the event set whose handle the caller put into the OVERLAPPED, if there is one.
    ///
    /// # Errors
    /// `WSA_INVALID_HANDLE` if it is no event's.
    #[inline]
    pub fn tell_event(self) -> Result<Record, Code> {
        if self.event() == 0 { Ok(self) } else { self.tell_event_of_caller() }
    }

    fn tell_event_of_caller(mut self) -> Result<Record, Code> {
        self.told = Told::Event(wait::event(self.event()).map_err(|_| Code::WSA_INVALID_HANDLE)?);
        Ok(self)
    }

    /// Has the calling thread run this in an alertable wait after the end, with these words: `routine`, the address of the
    /// OVERLAPPED, the [`Status`] and the bytes moved. The event in the OVERLAPPED is the program's own then.
    #[must_use]
    pub fn tell_routine(mut self, run: fn(Words), routine: usize) -> Record {
        wait::expect_calls();
        self.told = Told::Routine(Box::new(Routine { thread: wait::current(), run, routine, words: None }));
        self
    }

    /// Whether a completion routine will run.
    #[must_use]
    pub fn has_routine(&self) -> bool {
        matches!(self.told, Told::Routine(_))
    }

    /// Whether an event will be set, and not the handle.
    pub(crate) fn has_event(&self) -> bool {
        matches!(self.told, Told::Event(_))
    }

    /// Its address: what packets carry and cancellations name.
    #[must_use]
    pub fn address(&self) -> usize {
        self.place.address()
    }

    /// The status at this moment.
    #[must_use]
    pub fn status(&self) -> Status {
        self.place.status()
    }

    /// Bytes moved; meaningful once the status is not pending.
    #[must_use]
    pub fn bytes(&self) -> u32 {
        self.place.bytes()
    }

    /// The caller put [`OVERLAPPED::NO_PACKET`] beside the event.
    pub(crate) fn wants_no_packet(&self) -> bool {
        self.place.event() & OVERLAPPED::NO_PACKET != 0
    }

    /// The event to set, 0 for none; the mark beside it does not count.
    #[must_use]
    pub fn event(&self) -> usize {
        self.place.event() & !OVERLAPPED::NO_PACKET
    }

    /// Waits while the operation is under way, at most `timeout`; may return early.
    pub(super) fn wait_for_change(&self, timeout: Duration) {
        self.place.wait_for_change(timeout);
    }

    /// Marks it as under way, as the extension functions do before they look at anything else; whoever begins an operation
    /// does so too. The count stays as it is until the end.
    /// Source: dlls/ws2_32/tests/sock.c, test_nonblocking_async_recv and test_connect.
    pub fn begin(&self) {
        if let Told::Event(event) = &self.told {
            wait::reset(event);
        }
        self.place.begin();
    }

    /// Writes the result and tells it. Nothing of what was lent is touched after this.
    #[inline]
    pub(crate) fn conclude(self, status: Status, bytes: u32) {
        match self.told {
            Told::Nobody => self.conclude_untold(status, bytes),
            _ => self.conclude_and_tell(status, bytes),
        }
    }

    fn conclude_and_tell(mut self, status: Status, bytes: u32) {
        let told = std::mem::replace(&mut self.told, Told::Nobody);
        let address = self.address();
        self.conclude_untold(status, bytes);
        match told {
            Told::Nobody => {}
            Told::Event(event) => wait::set(&event),
            Told::Routine(routine) => {
                let Routine { thread, run, routine, .. } = *routine;
                // A thread that has ended runs nothing.
                wait::queue(&thread, Call::new(run, [routine, address, status.0 as usize, bytes as usize]));
            }
        }
    }

    /// Writes the result of a call that failed at once, which the call itself tells.
    #[inline]
    pub(super) fn conclude_untold(self, status: Status, bytes: u32) {
        self.place.conclude(status, bytes);
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({:#x})", self.address())
    }
}

/// Lent buffers; the caller's array of WSABUF is copied.
pub struct Buffers {
    spans: Spans,
    /// Made when the kernel is handed a message; it points into `spans`, which stays where it is because the operation
    /// is boxed by then.
    header: Option<Box<Header>>,
}

enum Spans {
    One([Span; 1]),
    Many(Box<[Span]>),
    /// More than Linux takes in one call: it is shown as many as it takes, without the first, which are done with.
    TooMany {
        all: Box<[Span]>,
        done: usize,
    },
    /// What too many held, copied: a datagram leaves in one call.
    Joined {
        span: [Span; 1],
        _memory: Box<[u8]>,
    },
}

struct Header(libc::msghdr);

// SAFETY: the header's pointers lead to lent memory and to the spans beside it.
unsafe impl Send for Header {}

impl Buffers {
    /// Borrows the caller's buffers.
    ///
    /// # Safety
    /// The lending contract at the head of this module: every buffer is good for its length, for writing if it is
    /// received into. The slice itself is needed during the call only.
    #[must_use]
    pub unsafe fn lend(buffers: &[WSABUF]) -> Buffers {
        let span = |buffer: &WSABUF| Span::new(buffer.buf, buffer.len as usize);
        let spans = match buffers {
            [one] => Spans::One([span(one)]),
            many if many.len() <= MOST_BUFFERS => Spans::Many(many.iter().map(span).collect()),
            too_many => Spans::TooMany { all: too_many.iter().map(span).collect(), done: 0 },
        };
        Buffers { spans, header: None }
    }

    /// Borrows the caller's only buffer.
    ///
    /// # Safety
    /// As for [`Buffers::lend`].
    #[inline]
    #[must_use]
    pub unsafe fn lend_one(buffer: WSABUF) -> Buffers {
        Buffers { spans: Spans::One([Span::new(buffer.buf, buffer.len as usize)]), header: None }
    }

    /// Bytes in all.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.all().iter().map(Span::bytes).sum()
    }

    /// The bytes of `asked`, all that are left, for which one call of Linux has room.
    pub(super) fn room(&self, asked: usize) -> usize {
        match self.spans {
            Spans::TooMany { .. } => self.spans().iter().map(Span::bytes).sum(),
            _ => asked,
        }
    }

    /// The same bytes so that one call sends them all, as a datagram's have to be. Of more than any datagram has, so many that
    /// Linux says so.
    pub(crate) fn for_one_call(self) -> Buffers {
        const TOO_LONG: usize = 1 << 16;
        let Spans::TooMany { .. } = self.spans else { return self };
        let mut memory = Vec::with_capacity(self.bytes().min(TOO_LONG));
        self.copy_some(&mut memory, TOO_LONG);
        let mut memory = memory.into_boxed_slice();
        let span = [Span::new(memory.as_mut_ptr(), memory.len())];
        Buffers { spans: Spans::Joined { span, _memory: memory }, header: None }
    }

    pub(crate) fn receive(&mut self, fd: BorrowedFd<'_>, flags: i32) -> sys::Result<usize> {
        // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after this.
        unsafe { transfer::receive(fd, self.spans(), flags, None) }.map(|(count, _)| count)
    }

    /// Receives a datagram with its sender, control data and flags; see [`transfer::receive_message`].
    pub(crate) fn receive_message(
        &mut self,
        fd: BorrowedFd<'_>,
        flags: i32,
        from: &mut Address,
        control: &mut [u8],
    ) -> sys::Result<transfer::Received> {
        // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after this.
        unsafe { transfer::receive_message(fd, self.spans(), flags, from, control) }
    }

    /// Sends a datagram with control data, to an address if one is given.
    pub(crate) fn send_message(
        &mut self,
        fd: BorrowedFd<'_>,
        flags: i32,
        to: Option<&Address>,
        control: &[u8],
    ) -> sys::Result<usize> {
        // SAFETY: as above.
        unsafe { transfer::send_message(fd, self.spans(), flags, to, control) }
    }

    /// Whether a stream has something to receive, be it its end; nothing is taken.
    pub(super) fn look(&mut self, fd: BorrowedFd<'_>) -> sys::Result<usize> {
        let mut byte = 0;
        // SAFETY: the span is a live local.
        unsafe { transfer::receive(fd, &[Span::new(&raw mut byte, 1)], libc::MSG_PEEK, None) }.map(|(count, _)| count)
    }

    pub(crate) fn send(&mut self, fd: BorrowedFd<'_>, flags: i32) -> sys::Result<usize> {
        // SAFETY: as above.
        unsafe { transfer::send(fd, self.spans(), flags, None) }
    }

    pub(super) fn receive_request(&mut self, flags: i32) -> Request {
        match self.spans {
            // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after the answer.
            Spans::One([span]) | Spans::Joined { span: [span], .. } => unsafe { Request::receive(span, flags) },
            // SAFETY: as above; spans and header are boxed and live until the operation is dropped, after the answer.
            Spans::Many(_) | Spans::TooMany { .. } => unsafe { Request::receive_message(self.header(), flags) },
        }
    }

    pub(super) fn send_request(&mut self, flags: i32) -> Request {
        match self.spans {
            // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after the answer.
            Spans::One([span]) | Spans::Joined { span: [span], .. } => unsafe { Request::send(span, flags) },
            // SAFETY: as above; spans and header are boxed and live until the operation is dropped, after the answer.
            Spans::Many(_) | Spans::TooMany { .. } => unsafe { Request::send_message(self.header(), flags) },
        }
    }

    /// Appends the bytes to a datagram that is put together.
    pub(crate) fn copy_to(&self, datagram: &mut Vec<u8>) {
        self.copy_some(datagram, usize::MAX);
    }

    /// Appends bytes until there are `most`.
    fn copy_some(&self, datagram: &mut Vec<u8>, most: usize) {
        for span in self.all() {
            let bytes = span.bytes().min(most - datagram.len());
            if bytes > 0 {
                // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after this.
                datagram.extend_from_slice(unsafe { std::slice::from_raw_parts(span.start(), bytes) });
            }
        }
    }

    /// Forgets the first `bytes`, which were sent.
    pub(crate) fn advance(&mut self, mut bytes: usize) {
        let spans = match &mut self.spans {
            Spans::One(one) | Spans::Joined { span: one, .. } => &mut one[..],
            Spans::Many(many) => many,
            Spans::TooMany { all, done } => {
                let left = &mut all[*done..];
                let mut whole = |span: &Span| {
                    let fits = span.bytes() <= bytes;
                    bytes -= if fits { span.bytes() } else { 0 };
                    fits
                };
                let gone = left.iter().take_while(|span| whole(span)).count();
                *done += gone;
                &mut left[gone..]
            }
        };
        for span in spans {
            let step = bytes.min(span.bytes());
            *span = span.skip(step);
            bytes -= step;
        }
    }

    /// What is left.
    fn all(&self) -> &[Span] {
        match &self.spans {
            Spans::TooMany { all, done } => &all[*done..],
            _ => self.spans(),
        }
    }

    /// What the next call of Linux is given.
    fn spans(&self) -> &[Span] {
        match &self.spans {
            Spans::One(one) | Spans::Joined { span: one, .. } => one,
            Spans::Many(many) => many,
            Spans::TooMany { all, done } => &all[*done..all.len().min(done + MOST_BUFFERS)],
        }
    }

    fn header(&mut self) -> *mut libc::msghdr {
        let header = transfer::header(self.spans(), None);
        &raw mut self.header.insert(Box::new(Header(header))).0
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    #[test]
    fn a_datagram_of_many_buffers_is_copied_as_far_as_it_can_be_sent() {
        let mut memory = [7; 50];
        let mut joined = |count: usize| {
            let buffers = vec![WSABUF { len: 50, buf: memory.as_mut_ptr() }; count];
            // SAFETY: nothing is written, and the memory outlives the buffers.
            let one = unsafe { Buffers::lend(&buffers) }.for_one_call();
            (one.spans().len(), one.bytes())
        };
        assert_eq!(joined(1_200), (1, 60_000));
        assert_eq!(joined(100_000), (1, 1 << 16));
    }
}
