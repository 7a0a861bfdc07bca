//! The only place that talks to Linux, and the only unsafe code of this crate.
//!
//! Calls go to the kernel directly and not through libc's functions of the same names: a program that defines its own
//! `connect` or `bind`, which a Winsock program may, would otherwise be called from inside this library. Name resolution
//! alone needs libc.
//!
//! Nothing here knows Winsock: errno in, errno out.
#![allow(unsafe_code, reason = "system calls")]

pub(crate) mod capture;
pub(crate) mod clock;
pub(crate) mod control;
pub(crate) mod descriptor;
pub(crate) mod epoll;
pub(crate) mod error_queue;
pub(crate) mod event_fd;
pub(crate) mod file;
pub(crate) mod fork;
pub(crate) mod futex;
pub(crate) mod heap;
pub(crate) mod host;
pub(crate) mod last_error;
pub(crate) mod message;
#[cfg_attr(feature = "model", allow(dead_code, reason = "the model has thread-local variables of its own"))]
pub(crate) mod near;
pub(crate) mod netlink;
pub(crate) mod option;
pub(crate) mod poll;
pub(crate) mod prefetch;
pub(crate) mod process;
pub(crate) mod socket;
pub(crate) mod thread;
pub(crate) mod transfer;
#[cfg_attr(all(test, feature = "model"), allow(dead_code, reason = "the model has a ring of its own"))]
pub(crate) mod uring;

/// A Linux error number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Errno(pub(crate) i32);

#[allow(missing_docs, reason = "Linux' names")]
impl Errno {
    pub(crate) const EAGAIN: Errno = Errno(libc::EAGAIN);
    pub(crate) const ECANCELED: Errno = Errno(libc::ECANCELED);
    pub(crate) const EADDRINUSE: Errno = Errno(libc::EADDRINUSE);
    pub(crate) const EADDRNOTAVAIL: Errno = Errno(libc::EADDRNOTAVAIL);
    pub(crate) const ECONNABORTED: Errno = Errno(libc::ECONNABORTED);
    pub(crate) const ECONNRESET: Errno = Errno(libc::ECONNRESET);
    pub(crate) const EHOSTUNREACH: Errno = Errno(libc::EHOSTUNREACH);
    pub(crate) const EINPROGRESS: Errno = Errno(libc::EINPROGRESS);
    pub(crate) const EINTR: Errno = Errno(libc::EINTR);
    pub(crate) const EINVAL: Errno = Errno(libc::EINVAL);
    pub(crate) const EALREADY: Errno = Errno(libc::EALREADY);
    pub(crate) const ENETUNREACH: Errno = Errno(libc::ENETUNREACH);
    pub(crate) const ENOTCONN: Errno = Errno(libc::ENOTCONN);
    pub(crate) const EPIPE: Errno = Errno(libc::EPIPE);
    pub(crate) const ETIMEDOUT: Errno = Errno(libc::ETIMEDOUT);
}

pub(crate) type Result<T> = std::result::Result<T, Errno>;

/// One system call; the kernel's negative result as [`Errno`].
///
/// The caller states in its SAFETY comment why every pointer among the arguments is good for what the call does.
macro_rules! call {
    ($name:ident $(, $argument:expr)*) => {
        ::syscalls::syscall!(::syscalls::Sysno::$name $(, $argument)*)
            .map_err(|errno| $crate::sys::Errno(errno.into_raw()))
    };
}
pub(crate) use call;
