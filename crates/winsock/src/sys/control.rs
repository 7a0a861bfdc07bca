//! `ioctl` on sockets.

use std::os::fd::{AsRawFd, BorrowedFd};

use super::{Result, call};

/// Makes the descriptor's own calls return instead of waiting, or wait again.
pub(crate) fn set_nonblocking(fd: BorrowedFd<'_>, nonblocking: bool) -> Result<()> {
    let value = i32::from(nonblocking);
    // SAFETY: FIONBIO reads one int.
    unsafe { call!(ioctl, fd.as_raw_fd(), libc::FIONBIO, &raw const value) }.map(drop)
}

/// How many bytes the next receive could give: of the whole stream, or of the first datagram.
pub(crate) fn readable_bytes(fd: BorrowedFd<'_>) -> Result<u32> {
    let mut value = 0i32;
    // SAFETY: FIONREAD writes one int.
    unsafe { call!(ioctl, fd.as_raw_fd(), libc::FIONREAD, &raw mut value) }?;
    Ok(value.max(0).cast_unsigned())
}

/// Whether the stream's read position is at the urgent mark.
pub(crate) fn at_mark(fd: BorrowedFd<'_>) -> Result<bool> {
    const SIOCATMARK: u64 = 0x8905;
    let mut value = 0i32;
    // SAFETY: SIOCATMARK writes one int.
    unsafe { call!(ioctl, fd.as_raw_fd(), SIOCATMARK, &raw mut value) }?;
    Ok(value != 0)
}

/// How many bytes of a stream the peer has not acknowledged.
pub(crate) fn unsent_bytes(fd: BorrowedFd<'_>) -> Result<u32> {
    let mut value = 0i32;
    // SAFETY: SIOCOUTQ (TIOCOUTQ) writes one int.
    unsafe { call!(ioctl, fd.as_raw_fd(), libc::TIOCOUTQ, &raw mut value) }?;
    Ok(value.max(0).cast_unsigned())
}
