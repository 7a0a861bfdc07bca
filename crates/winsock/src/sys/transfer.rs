//! Transfers into and out of memory that is known by address only, because a caller of the C functions lent it.
//!
//! Every call is non-blocking and raises no signal.

use std::os::fd::{AsRawFd, BorrowedFd};

use super::{Result, call};
use crate::address::{Address, CAPACITY};

pub(crate) use libc::{MSG_DONTWAIT, MSG_NOSIGNAL, MSG_TRUNC};

/// A stretch of memory in the kernel's layout.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Span(libc::iovec);

// SAFETY: an address and a length; who dereferences them answers for the memory.
unsafe impl Send for Span {}

impl Span {
    pub(crate) fn new(start: *mut u8, bytes: usize) -> Span {
        Span(libc::iovec { iov_base: start.cast(), iov_len: bytes })
    }

    pub(crate) fn start(&self) -> *mut u8 {
        self.0.iov_base.cast()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.iov_len
    }

    /// What is left after the first `bytes`.
    pub(crate) fn skip(&self, bytes: usize) -> Span {
        Span::new(self.start().wrapping_add(bytes), self.bytes() - bytes)
    }
}

/// Receives into one stretch; returns the count, with `MSG_TRUNC` that of the whole datagram.
///
/// # Safety
/// The span is writable memory that nobody else uses during the call.
#[inline]
pub(crate) unsafe fn receive_one(fd: BorrowedFd<'_>, span: Span, flags: i32) -> Result<usize> {
    // SAFETY: the caller vouches for the span.
    unsafe { call!(recvfrom, fd.as_raw_fd(), span.start(), span.bytes(), flags | MSG_DONTWAIT, 0, 0) }
}

/// Sends one stretch.
///
/// # Safety
/// The span is readable memory that nobody writes during the call.
#[inline]
pub(crate) unsafe fn send_one(fd: BorrowedFd<'_>, span: Span, flags: i32) -> Result<usize> {
    let flags = flags | MSG_DONTWAIT | MSG_NOSIGNAL;
    // SAFETY: the caller vouches for the span.
    unsafe { call!(sendto, fd.as_raw_fd(), span.start(), span.bytes(), flags, 0, 0) }
}

/// Receives into several stretches, and the sender's name if there is room for it.
///
/// Returns the count, with `MSG_TRUNC` that of the whole datagram, and the length of the name.
///
/// # Safety
/// Every span is writable memory that nobody else uses during the call.
pub(crate) unsafe fn receive(
    fd: BorrowedFd<'_>,
    spans: &[Span],
    flags: i32,
    name: Option<&mut [u8]>,
) -> Result<(usize, usize)> {
    if let ([span], None) = (spans, &name) {
        // SAFETY: the caller vouches for the span.
        return Ok((unsafe { receive_one(fd, *span, flags) }?, 0));
    }
    let flags = flags | MSG_DONTWAIT;
    let mut message = header(spans, name);
    // SAFETY: the header points to the caller's spans, for which it vouches, and to a live name of the given length.
    let count = unsafe { call!(recvmsg, fd.as_raw_fd(), &raw mut message, flags) }?;
    Ok((count, message.msg_namelen as usize))
}

/// Sends several stretches, to a name if one is given.
///
/// # Safety
/// Every span is readable memory that nobody writes during the call.
pub(crate) unsafe fn send(fd: BorrowedFd<'_>, spans: &[Span], flags: i32, name: Option<&[u8]>) -> Result<usize> {
    if let ([span], None) = (spans, name) {
        // SAFETY: the caller vouches for the span.
        return unsafe { send_one(fd, *span, flags) };
    }
    let flags = flags | MSG_DONTWAIT | MSG_NOSIGNAL;
    let mut message = header(spans, None);
    if let Some(name) = name {
        message.msg_name = name.as_ptr().cast_mut().cast();
        message.msg_namelen = name.len() as u32;
    }
    // SAFETY: the header points to the caller's spans, for which it vouches, and to a live name that is only read.
    unsafe { call!(sendmsg, fd.as_raw_fd(), &raw const message, flags) }
}

/// What came with a received datagram.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received {
    /// Bytes; with `MSG_TRUNC` of the whole datagram.
    pub(crate) count: usize,
    /// Bytes of control data.
    pub(crate) control: usize,
    /// Linux' flags.
    pub(crate) flags: i32,
}

/// Receives one message with its sender's name and its control data. Waits unless the flags say otherwise.
///
/// # Safety
/// Every span is writable memory that nobody else uses during the call.
pub(crate) unsafe fn receive_message(
    fd: BorrowedFd<'_>,
    spans: &[Span],
    flags: i32,
    from: &mut Address,
    control: &mut [u8],
) -> Result<Received> {
    let (bytes, length) = from.parts_mut();
    let mut message = header(spans, Some(bytes));
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = control.len();
    // SAFETY: the header points to the caller's spans, for which it vouches, and to a live name and control space of the
    // given lengths.
    let count = unsafe { call!(recvmsg, fd.as_raw_fd(), &raw mut message, flags) }?;
    *length = message.msg_namelen.min(CAPACITY as u32);
    Ok(Received { count, control: message.msg_controllen.min(control.len()), flags: message.msg_flags })
}

/// Sends one message with control data, to a name if one is given. Waits unless the flags say otherwise.
///
/// # Safety
/// Every span is readable memory that nobody writes during the call.
pub(crate) unsafe fn send_message(
    fd: BorrowedFd<'_>,
    spans: &[Span],
    flags: i32,
    to: Option<&Address>,
    control: &[u8],
) -> Result<usize> {
    let mut message = header(spans, None);
    if let Some(to) = to {
        message.msg_name = to.linux().as_ptr().cast_mut().cast();
        message.msg_namelen = to.linux().len() as u32;
    }
    if !control.is_empty() {
        message.msg_control = control.as_ptr().cast_mut().cast();
        message.msg_controllen = control.len();
    }
    // SAFETY: the header points to the caller's spans, for which it vouches, and to a live name and control data that
    // are only read.
    unsafe { call!(sendmsg, fd.as_raw_fd(), &raw const message, flags | MSG_NOSIGNAL) }
}

/// A message header for these stretches.
pub(crate) fn header(spans: &[Span], name: Option<&mut [u8]>) -> libc::msghdr {
    // SAFETY: all-zero is a valid message header: null pointers with zero lengths.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = spans.as_ptr().cast_mut().cast();
    message.msg_iovlen = spans.len();
    if let Some(name) = name {
        message.msg_namelen = name.len() as u32;
        message.msg_name = name.as_mut_ptr().cast();
    }
    message
}
