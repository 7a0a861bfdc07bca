//! Other processes: whether they are there, and their descriptors; and the end of this one.

use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

use super::{Errno, Result, call};

/// Whether a process with this number exists.
pub(crate) fn exists(process: u32) -> bool {
    let Ok(process) = i32::try_from(process) else { return false };
    if process <= 0 {
        return false;
    }
    // SAFETY: no pointers; signal 0 is none.
    let asked = unsafe { call!(kill, process, 0) };
    // Another user's process refuses, and so exists.
    asked.is_ok() || asked == Err(Errno(libc::EPERM))
}

/// Lets that process fetch descriptors of this one, where only a parent may by default (Yama).
pub(crate) fn allow_to_fetch(process: u32) {
    // SAFETY: no pointers. A kernel without Yama refuses, and needs no permission.
    let _ = unsafe { call!(prctl, libc::PR_SET_PTRACER, process, 0, 0, 0) };
}

/// A copy of another process' descriptor.
pub(crate) fn fetch_descriptor(process: u32, number: u32) -> Result<OwnedFd> {
    // SAFETY: no pointers.
    let pidfd = unsafe { call!(pidfd_open, process, 0) }?;
    // SAFETY: the kernel just made this descriptor for us.
    let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd as RawFd) };
    // SAFETY: no pointers.
    let fd = unsafe { call!(pidfd_getfd, pidfd.as_raw_fd(), number, 0) }?;
    // SAFETY: the kernel just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as RawFd) })
}

/// Has `last` called when the process ends by `exit` or by returning from `main`.
pub(crate) fn at_exit(last: extern "C" fn()) {
    // SAFETY: it is there as long as this library, which registers it; C's library calls it before it is unloaded. Without
    // memory for it the process ends as it would without.
    let _ = unsafe { libc::atexit(last) };
}
