//! A lent `WSAMSG`: what `WSARecvMsg` fills and `WSASendMsg` reads.
#![allow(unsafe_code, reason = "memory that is known by address only, because callers of the C functions lent it")]

use std::fmt;
use std::ptr::NonNull;

use winsock_codes::Code;

use super::{Buffers, WSABUF};
use crate::address::Address;

/// Windows' `WSAMSG`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(non_snake_case, reason = "Windows' names")]
pub struct WSAMSG {
    /// The other side's address, or null.
    pub name: *mut u8,
    /// Its length in bytes.
    pub namelen: i32,
    /// The data.
    pub lpBuffers: *mut WSABUF,
    /// How many buffers.
    pub dwBufferCount: u32,
    /// Control data.
    pub Control: WSABUF,
    /// `MSG_PEEK` in, what befell the datagram out.
    pub dwFlags: u32,
}

const _: () = assert!(size_of::<WSAMSG>() == 56);

/// A lent `WSAMSG`. What it says is read once, when it is lent; answers are written to it until the operation has ended.
pub struct Message {
    header: NonNull<WSAMSG>,
    given: WSAMSG,
}

// SAFETY: the lending contract makes the memory good from every thread.
unsafe impl Send for Message {}

impl Message {
    /// Borrows the caller's message.
    ///
    /// # Errors
    /// `WSAEFAULT` for null, and for a name, control data or buffers that are null although their length is not.
    /// Docs: "LPFN_WSARECVMSG callback function" and "WSASendMsg function", WSAEFAULT.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`, for the message, its name and its control data; the array of
    /// buffers itself is needed during the call only. `header` is null or points to a WSAMSG.
    pub unsafe fn lend(header: *mut WSAMSG) -> Result<Message, Code> {
        let header = NonNull::new(header).ok_or(Code::WSAEFAULT)?;
        // SAFETY: the caller's promise.
        let given = unsafe { header.as_ptr().read_unaligned() };
        let missing = given.name.is_null() && given.namelen != 0
            || given.Control.buf.is_null() && given.Control.len != 0
            || given.lpBuffers.is_null() && given.dwBufferCount != 0
            || given.namelen < 0;
        if missing { Err(Code::WSAEFAULT) } else { Ok(Message { header, given }) }
    }

    /// The buffers, lent with it; `WSAEINVAL` if there is none.
    ///
    /// # Errors
    /// `WSAEINVAL`.
    pub fn buffers(&self) -> Result<Buffers, Code> {
        if self.given.dwBufferCount == 0 {
            return Err(Code::WSAEINVAL);
        }
        let (first, count) = (self.given.lpBuffers, self.given.dwBufferCount as usize);
        // SAFETY: `lend`'s caller gave so many buffers, and lent what they name. The array may be misaligned, which Windows
        // does not mind.
        Ok(unsafe {
            if first.is_aligned() {
                Buffers::lend(std::slice::from_raw_parts(first, count))
            } else {
                let array: Vec<WSABUF> = (0..count).map(|at| first.add(at).read_unaligned()).collect();
                Buffers::lend(&array)
            }
        })
    }

    pub(crate) fn flags(&self) -> i32 {
        self.given.dwFlags.cast_signed()
    }

    /// Bytes of room for an address.
    pub(crate) fn name_room(&self) -> usize {
        self.given.namelen.cast_unsigned() as usize
    }

    /// The address to send to, if one is given.
    pub(crate) fn destination(&self) -> Result<Option<Address>, Code> {
        if self.given.name.is_null() {
            return Ok(None);
        }
        // SAFETY: `lend`'s caller lent the name with its length.
        let bytes = unsafe { std::slice::from_raw_parts(self.given.name, self.name_room()) };
        Address::from_windows(bytes).map(Some)
    }

    /// The control data to send.
    pub(crate) fn control(&self) -> &[u8] {
        if self.given.Control.buf.is_null() {
            return &[];
        }
        // SAFETY: `lend`'s caller lent the control data with its length.
        unsafe { std::slice::from_raw_parts(self.given.Control.buf, self.given.Control.len as usize) }
    }

    /// Bytes of room for control data.
    pub(crate) fn control_room(&self) -> usize {
        self.given.Control.len as usize
    }

    /// Writes what came with a datagram; the control data fits, see [`Message::control_room`].
    pub(crate) fn fill(&self, from: &Address, control: &[u8], flags: u32) {
        let windows = from.to_windows();
        let name = windows.len().min(self.name_room());
        let control = &control[..control.len().min(self.control_room())];
        let header = self.header.as_ptr();
        // SAFETY: `lend`'s caller vouched for message, name and control data until the operation ends, which is after
        // this; both lengths were just cut to the room that there is.
        unsafe {
            if from.family() != 0 && !self.given.name.is_null() {
                self.given.name.copy_from_nonoverlapping(windows.as_ptr(), name);
                (&raw mut (*header).namelen).write_unaligned(name as i32);
            }
            if !self.given.Control.buf.is_null() {
                self.given.Control.buf.copy_from_nonoverlapping(control.as_ptr(), control.len());
            }
            (&raw mut (*header).Control.len).write_unaligned(control.len() as u32);
            (&raw mut (*header).dwFlags).write_unaligned(flags);
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Message").field(&self.given).finish()
    }
}
