//! [`Region`]: memory that is lent for many operations at once, by registering it.
#![allow(unsafe_code, reason = "memory that is known by address only, because callers of the C functions lent it")]

use std::os::fd::BorrowedFd;
use std::ptr::NonNull;

use super::{Buffers, WSABUF};
use crate::sys;
use crate::sys::transfer::{self, Span};
use crate::sys::uring::Request;

/// Registered memory. It stays the caller's, who lends parts of it to requests under the lending contract: each from the
/// call that begins the request until its end is told.
pub struct Region {
    start: NonNull<u8>,
    bytes: u32,
}

// SAFETY: an address and a length. The lending contract makes what is behind them good from every thread while it is used.
unsafe impl Send for Region {}
// SAFETY: as above.
unsafe impl Sync for Region {}

impl Region {
    /// Registers so many bytes; `None` for null.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`, for each part of it that a request is begun with: it is
    /// good for the part's length until the request's end is told, for writing if something is received into it.
    #[must_use]
    pub unsafe fn register(start: *mut u8, bytes: u32) -> Option<Region> {
        NonNull::new(start).map(|start| Region { start, bytes })
    }

    pub(crate) fn into_raw(self) -> (*mut u8, u32) {
        (self.start.as_ptr(), self.bytes)
    }

    /// From what [`Region::into_raw`] gave, both of one region: whose promise holds for it.
    #[inline]
    pub(crate) fn from_raw(start: *mut u8, bytes: u32) -> Option<Region> {
        NonNull::new(start).map(|start| Region { start, bytes })
    }

    /// A part of it; `None` if it reaches beyond.
    pub(crate) fn part(&self, offset: u32, bytes: u32) -> Option<Part> {
        let fits = offset.checked_add(bytes).is_some_and(|end| end <= self.bytes);
        fits.then(|| Part { start: self.start.as_ptr().wrapping_add(offset as usize), bytes })
    }
}

/// A part of registered memory, lent to one request.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    start: *mut u8,
    bytes: u32,
}

// SAFETY: the lending contract makes the memory good from every thread.
unsafe impl Send for Part {}

impl Part {
    /// Nothing, for a datagram without data.
    pub(crate) const EMPTY: Part = Part { start: std::ptr::null_mut(), bytes: 0 };

    pub(crate) fn bytes(self) -> usize {
        self.bytes as usize
    }

    #[inline]
    pub(crate) fn receive(self, fd: BorrowedFd<'_>, flags: i32) -> sys::Result<usize> {
        // SAFETY: the contract of `Region::register`; the request's end is told after this.
        unsafe { transfer::receive_one(fd, self.span(0), flags) }
    }

    /// Sends what is left after so many bytes.
    #[inline]
    pub(crate) fn send(self, fd: BorrowedFd<'_>, sent: u32) -> sys::Result<usize> {
        // SAFETY: as above.
        unsafe { transfer::send_one(fd, self.span(sent), 0) }
    }

    pub(crate) fn receive_request(self, flags: i32) -> Request {
        // SAFETY: the contract of `Region::register`; the request's end is told after the answer.
        unsafe { Request::receive(self.span(0), flags) }
    }

    /// The kernel shall send what is left after so many bytes.
    pub(crate) fn send_request(self, sent: u32, flags: i32) -> Request {
        // SAFETY: as above.
        unsafe { Request::send(self.span(sent), flags) }
    }

    #[inline]
    fn span(self, from: u32) -> Span {
        Span::new(self.start.wrapping_add(from as usize), (self.bytes - from) as usize)
    }

    /// The same as every other operation has it lent.
    pub(crate) fn into_buffers(self) -> Buffers {
        // SAFETY: the contract of `Region::register`.
        unsafe { Buffers::lend_one(WSABUF { len: self.bytes, buf: self.start }) }
    }

    /// What it holds, copied.
    pub(crate) fn read(self) -> Vec<u8> {
        let mut copy = vec![0; self.bytes()];
        if !copy.is_empty() {
            // SAFETY: the contract of `Region::register`; the copy is as long.
            unsafe { copy.as_mut_ptr().copy_from_nonoverlapping(self.start, copy.len()) };
        }
        copy
    }

    /// Writes as much as there is room for.
    pub(crate) fn write(self, bytes: &[u8]) {
        let count = bytes.len().min(self.bytes());
        if count > 0 {
            // SAFETY: the contract of `Region::register`; no more than the part has room for.
            unsafe { self.start.copy_from_nonoverlapping(bytes.as_ptr(), count) };
        }
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    #[test]
    fn a_part_stays_within_its_region() {
        let mut memory = *b"0123456789";
        // SAFETY: the memory outlives the region.
        let region = unsafe { Region::register(memory.as_mut_ptr(), 10) }.unwrap();
        assert_eq!(region.part(3, 4).unwrap().read(), b"3456");
        assert_eq!(region.part(10, 0).unwrap().read(), b"");
        assert!(region.part(3, 8).is_none() && region.part(11, 0).is_none() && region.part(5, u32::MAX).is_none());
        region.part(8, 2).unwrap().write(b"abc");
        assert_eq!(&memory, b"01234567ab");
    }
}
