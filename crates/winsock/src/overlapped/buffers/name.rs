//! A lent place for an address: `lpFrom` and `lpFromlen` of `WSARecvFrom`.
#![allow(unsafe_code, reason = "memory that is known by address only, because callers of the C functions lent it")]

use std::ptr::NonNull;

use crate::address::Address;

/// A lent place for an address and its length, both the caller's again when the operation has ended.
#[derive(Debug)]
pub struct NameSlot {
    name: NonNull<u8>,
    room: usize,
    length: NonNull<i32>,
}

// SAFETY: the lending contract makes the memory good from every thread.
unsafe impl Send for NameSlot {}

impl NameSlot {
    /// Borrows the caller's place for `room` bytes of address, and for their number; `None` if either is null.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`: both are good for writes until the operation has ended.
    #[must_use]
    pub unsafe fn lend(name: *mut u8, room: usize, length: *mut i32) -> Option<NameSlot> {
        Some(NameSlot { name: NonNull::new(name)?, room, length: NonNull::new(length)? })
    }

    /// Writes the address and its length. No address, as on a stream, changes nothing.
    pub(crate) fn fill(&self, address: &Address) {
        if address.family() == 0 {
            return;
        }
        let windows = address.to_windows();
        let count = windows.len().min(self.room);
        // SAFETY: `lend`'s caller vouched for both until the operation ends, which is after this.
        unsafe {
            self.name.as_ptr().copy_from_nonoverlapping(windows.as_ptr(), count);
            self.length.as_ptr().write_unaligned(count as i32);
        }
    }
}
