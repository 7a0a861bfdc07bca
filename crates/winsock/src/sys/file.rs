//! Files that are sent: size, position, bytes, and `sendfile`.

use std::os::fd::{AsRawFd, BorrowedFd};

use super::{Errno, Result, call};

/// The size of a regular file, in bytes.
pub(crate) fn size(fd: BorrowedFd<'_>) -> Result<u64> {
    // SAFETY: zero is a value of this plain structure.
    let mut status: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: the kernel writes one `stat`.
    unsafe { call!(fstat, fd.as_raw_fd(), &raw mut status) }?;
    Ok(status.st_size.max(0).cast_unsigned())
}

/// The position from which the next read goes.
pub(crate) fn position(fd: BorrowedFd<'_>) -> Result<u64> {
    // SAFETY: no pointers.
    unsafe { call!(lseek, fd.as_raw_fd(), 0, libc::SEEK_CUR) }.map(|position| position as u64)
}

pub(crate) fn set_position(fd: BorrowedFd<'_>, position: u64) -> Result<()> {
    // SAFETY: no pointers.
    unsafe { call!(lseek, fd.as_raw_fd(), position, libc::SEEK_SET) }.map(drop)
}

/// Reads from a place of the file; 0 at its end.
pub(crate) fn read_at(fd: BorrowedFd<'_>, buffer: &mut [u8], offset: u64) -> Result<usize> {
    // SAFETY: the kernel writes at most the slice's length.
    unsafe { call!(pread64, fd.as_raw_fd(), buffer.as_mut_ptr(), buffer.len(), offset) }
}

/// Sends at most `bytes` from a place of the file; 0 at its end. Waits if the socket's descriptor does. The file's
/// position stays.
pub(crate) fn send(socket: BorrowedFd<'_>, file: BorrowedFd<'_>, offset: u64, bytes: usize) -> Result<usize> {
    let mut offset = offset.cast_signed();
    let held = HeldSignal::new();
    // SAFETY: the kernel reads and writes one offset.
    let sent = unsafe { call!(sendfile, socket.as_raw_fd(), file.as_raw_fd(), &raw mut offset, bytes) };
    held.release(sent == Err(Errno::EPIPE));
    sent
}

/// SIGPIPE, kept from the calling thread: `sendfile` has no flag for that, as `send` has.
struct HeldSignal {
    before: u64,
}

/// SIGPIPE in the kernel's set of 64 signals.
static PIPE: u64 = 1 << (libc::SIGPIPE - 1);
const SET_BYTES: usize = size_of::<u64>();

impl HeldSignal {
    fn new() -> HeldSignal {
        let mut before = 0u64;
        // SAFETY: the kernel reads one set and writes another, both live and of the size given. It does not fail.
        let _ = unsafe { call!(rt_sigprocmask, libc::SIG_BLOCK, &raw const PIPE, &raw mut before, SET_BYTES) };
        HeldSignal { before }
    }

    /// Puts things back. A signal that the call has `raised` is taken, unless the program itself held it back before.
    fn release(self, raised: bool) {
        if self.before & PIPE != 0 {
            return;
        }
        let at_once = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: as above; the place for the signal's details is null, and the time is live.
        unsafe {
            if raised {
                let _ = call!(rt_sigtimedwait, &raw const PIPE, 0, &raw const at_once, SET_BYTES);
            }
            let _ = call!(rt_sigprocmask, libc::SIG_SETMASK, &raw const self.before, 0, SET_BYTES);
        }
    }
}

/// Locks a range against other openings of the file, for reading or for writing, or unlocks it.
pub(crate) fn lock_range(fd: BorrowedFd<'_>, kind: i32, start: i64, length: i64, waits: bool) -> Result<()> {
    // SAFETY: zero is a value of this plain structure.
    let mut range: libc::flock = unsafe { std::mem::zeroed() };
    (range.l_type, range.l_whence) = (kind as i16, libc::SEEK_SET as i16);
    (range.l_start, range.l_len) = (start, length);
    let command = if waits { libc::F_OFD_SETLKW } else { libc::F_OFD_SETLK };
    // SAFETY: the kernel reads one `flock`.
    unsafe { call!(fcntl, fd.as_raw_fd(), command, &raw const range) }.map(drop)
}

/// Whether no other description of the file has a lock on it: this one's becomes exclusive then.
pub(crate) fn locks_alone(fd: BorrowedFd<'_>) -> bool {
    // SAFETY: no pointers.
    unsafe { call!(flock, fd.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) }.is_ok()
}
