//! The lent output buffer of `AcceptEx`: first data, then the local address, then the peer's.
//!
//! An address lies in its part behind its length, both in a form of this library's own, as Windows' is its own: programs
//! find them by `GetAcceptExSockaddrs` only.
#![allow(unsafe_code, reason = "memory that is known by address only, because callers of the C functions lent it")]

use std::ptr::NonNull;

use super::{Buffers, WSABUF};
use crate::address::WindowsAddress;

/// What `AcceptEx` wants a part to have besides the address. Docs: "AcceptEx function", dwLocalAddressLength.
const EXTRA: usize = 16;
/// Where an address begins in its part; its length stands before it. Keeps the address as aligned as the part.
const HEAD: usize = 8;

/// A lent output buffer.
#[derive(Debug)]
pub struct AcceptRoom {
    start: NonNull<u8>,
    data: u32,
    local: u32,
    remote: u32,
}

// SAFETY: the lending contract makes the memory good from every thread.
unsafe impl Send for AcceptRoom {}

impl AcceptRoom {
    /// Borrows the caller's buffer, with the lengths of its three parts; `None` for null.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`: the buffer is good for writes of the three lengths together.
    #[must_use]
    pub unsafe fn lend(start: *mut u8, data: u32, local: u32, remote: u32) -> Option<AcceptRoom> {
        Some(AcceptRoom { start: NonNull::new(start)?, data, local, remote })
    }

    /// Whether there is room for addresses of this length. No room at all for the local one is allowed: it is left out.
    /// Source: dlls/ws2_32/tests/sock.c, test_AcceptEx.
    pub(crate) fn fits(&self, address_length: usize) -> bool {
        let needed = address_length + EXTRA;
        (self.local == 0 || self.local as usize >= needed) && self.remote as usize >= needed
    }

    pub(crate) fn wants_local(&self) -> bool {
        self.local != 0
    }

    pub(crate) fn wants_remote(&self) -> bool {
        self.remote != 0
    }

    pub(crate) fn wants_data(&self) -> bool {
        self.data != 0
    }

    /// The part for data.
    pub(crate) fn data(&self) -> Buffers {
        // SAFETY: `lend`'s caller lent so many bytes.
        unsafe { Buffers::lend(&[WSABUF { len: self.data, buf: self.start.as_ptr() }]) }
    }

    /// Writes the local address, for which [`AcceptRoom::fits`] found room.
    pub(crate) fn put_local(&self, local: &WindowsAddress) {
        self.put(self.data as usize, self.local, local);
    }

    /// Writes the peer's address likewise.
    pub(crate) fn put_remote(&self, remote: &WindowsAddress) {
        self.put(self.data as usize + self.local as usize, self.remote, remote);
    }

    fn put(&self, offset: usize, room: u32, windows: &[u8]) {
        let count = windows.len().min((room as usize).saturating_sub(HEAD));
        // SAFETY: `lend`'s caller lent the three parts, and `count` with what stands before it is within this one.
        unsafe {
            let part = self.start.as_ptr().add(offset);
            part.cast::<u32>().write_unaligned(count as u32);
            part.add(HEAD).copy_from_nonoverlapping(windows.as_ptr(), count);
        }
    }
}

/// Where an address lies in an output buffer: what `GetAcceptExSockaddrs` tells of one part, as its address in memory and
/// its length in bytes.
///
/// # Safety
/// `part` begins a part that a successful `AcceptEx` has filled.
#[must_use]
pub unsafe fn address_in(part: *mut u8) -> (*mut u8, i32) {
    // SAFETY: the caller's promise; `put` has written both.
    unsafe { (part.add(HEAD), part.cast::<u32>().read_unaligned().cast_signed()) }
}
