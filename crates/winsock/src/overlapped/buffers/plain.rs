//! [`Plain`]: what nearly every transfer of a completion-port server lends.

use std::os::fd::BorrowedFd;

use super::{Buffers, OVERLAPPED, Place, Record, Told, WSABUF};
use crate::overlapped::Status;
use crate::sys;
use crate::sys::transfer::{self, Span};
use crate::sys::uring::Request;

/// One lent buffer that is not empty, and an OVERLAPPED without an event or a completion routine: its end is told by a
/// port only. Small, and nothing is to be given up with it.
#[derive(Clone, Copy)]
pub struct Plain {
    place: Place,
    start: *mut u8,
    length: u32,
    /// Sent, not received into; of use only while the operation waits.
    is_sent: bool,
}

// SAFETY: the lending contract makes the memory good from every thread.
unsafe impl Send for Plain {}

impl Plain {
    /// Borrows the caller's OVERLAPPED and its only buffer; `None` if they are not plain.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`. `overlapped` is null or points to an aligned
    /// OVERLAPPED, and the buffer is good for its length, for writing if it is received into.
    #[inline]
    #[must_use]
    pub unsafe fn lend(overlapped: *mut OVERLAPPED, buffer: WSABUF) -> Option<Plain> {
        // SAFETY: the caller's promise.
        let place = unsafe { Place::lend(overlapped) }?;
        let is_plain = place.event() == 0 && buffer.len > 0;
        is_plain.then_some(Plain { place, start: buffer.buf, length: buffer.len, is_sent: false })
    }

    /// The same, to be sent.
    pub(crate) fn to_send(self) -> Plain {
        Plain { is_sent: true, ..self }
    }

    #[inline]
    pub(crate) fn is_sent(&self) -> bool {
        self.is_sent
    }

    #[inline]
    pub(crate) fn address(&self) -> usize {
        self.place.address()
    }

    /// Bytes asked for.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        self.length as usize
    }

    /// Marks it as under way.
    #[inline]
    pub(crate) fn begin(&self) {
        self.place.begin();
    }

    /// Writes the result, which is the last access to what was lent.
    #[inline]
    pub(crate) fn conclude(self, status: Status, bytes: u32) {
        self.place.conclude(status, bytes);
    }

    #[inline]
    pub(crate) fn receive(&self, fd: BorrowedFd<'_>) -> sys::Result<usize> {
        // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after this.
        unsafe { transfer::receive_one(fd, self.span(0), 0) }
    }

    /// Sends what is left after so many bytes.
    #[inline]
    pub(crate) fn send(&self, fd: BorrowedFd<'_>, sent: usize) -> sys::Result<usize> {
        // SAFETY: as above.
        unsafe { transfer::send_one(fd, self.span(sent), 0) }
    }

    pub(crate) fn receive_request(&self) -> Request {
        // SAFETY: `lend`'s caller vouched for the memory until the operation ends, which is after the answer.
        unsafe { Request::receive(self.span(0), 0) }
    }

    /// The kernel shall send what is left after so many bytes, and all of it.
    pub(crate) fn send_request(&self, sent: usize) -> Request {
        // SAFETY: as above.
        unsafe { Request::send(self.span(sent), libc::MSG_WAITALL) }
    }

    /// The same as what every other operation lends.
    pub(crate) fn into_parts(self) -> (Record, Buffers) {
        let buffer = WSABUF { len: self.length, buf: self.start };
        // SAFETY: the same memory is lent on.
        (Record { place: self.place, told: Told::Nobody }, unsafe { Buffers::lend_one(buffer) })
    }

    #[inline]
    fn span(&self, from: usize) -> Span {
        Span::new(self.start.wrapping_add(from), self.length() - from)
    }
}
