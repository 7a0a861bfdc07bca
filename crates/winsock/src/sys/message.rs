//! Scattered transfers: `sendmsg` and `recvmsg` without control data.

use std::io::{IoSlice, IoSliceMut};
use std::mem::zeroed;
use std::os::fd::{AsRawFd, BorrowedFd};

use super::{Result, call};
use crate::address::{Address, CAPACITY};

/// The most buffers that Linux takes in one call.
pub(crate) const MOST_BUFFERS: usize = 1024;

pub(crate) fn send(fd: BorrowedFd<'_>, buffers: &[IoSlice<'_>], flags: i32, to: Option<&Address>) -> Result<usize> {
    // SAFETY: msghdr is plain data for which zero is a value.
    let mut message: libc::msghdr = unsafe { zeroed() };
    // The kernel only reads through these, whatever the field's type says; IoSlice has the layout of iovec.
    message.msg_iov = buffers.as_ptr().cast_mut().cast();
    message.msg_iovlen = buffers.len();
    if let Some(to) = to {
        message.msg_name = to.linux().as_ptr().cast_mut().cast();
        message.msg_namelen = to.linux().len() as u32;
    }
    // SAFETY: the header describes live slices, which the kernel only reads.
    unsafe { call!(sendmsg, fd.as_raw_fd(), &raw const message, flags) }
}

pub(crate) fn recv(
    fd: BorrowedFd<'_>,
    buffers: &mut [IoSliceMut<'_>],
    flags: i32,
    from: Option<&mut Address>,
) -> Result<usize> {
    // SAFETY: msghdr is plain data for which zero is a value.
    let mut message: libc::msghdr = unsafe { zeroed() };
    message.msg_iov = buffers.as_mut_ptr().cast();
    message.msg_iovlen = buffers.len();
    let mut from = from;
    if let Some(from) = from.as_deref_mut() {
        message.msg_name = from.parts_mut().0.as_mut_ptr().cast();
        message.msg_namelen = CAPACITY as u32;
    }
    // SAFETY: the header describes live slices; the kernel writes at most their lengths, and at most CAPACITY bytes of
    // address.
    let count = unsafe { call!(recvmsg, fd.as_raw_fd(), &raw mut message, flags) }?;
    if let Some(from) = from {
        *from.parts_mut().1 = message.msg_namelen.min(CAPACITY as u32);
    }
    Ok(count)
}
