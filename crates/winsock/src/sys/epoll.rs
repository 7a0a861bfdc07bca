//! `epoll`: told once when a descriptor becomes ready (edge-triggered), or for as long as it is (level-triggered).

use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::{Result, call};

/// Which changes of a descriptor are told. Hang-up and error always are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Readiness(u32);

impl Readiness {
    pub(crate) const NONE: Readiness = Readiness(0);
    /// Data, a connection to accept, urgent data, or the peer's end of sending.
    pub(crate) const RECEIVE: Readiness = Readiness((libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLRDHUP) as u32);
    /// Room to send, or a connect that has ended.
    pub(crate) const SEND: Readiness = Readiness(libc::EPOLLOUT as u32);
    const ENDED: Readiness = Readiness((libc::EPOLLERR | libc::EPOLLHUP) as u32);
    const SPECIAL: Readiness = Readiness((libc::EPOLLPRI | libc::EPOLLRDHUP | libc::EPOLLERR | libc::EPOLLHUP) as u32);

    /// All that `poll` can ask about.
    pub(crate) const ALL: Readiness = Readiness(Readiness::RECEIVE.0 | Readiness::SEND.0);

    /// The same as `poll` tells it: the bits are the same.
    pub(crate) fn as_poll(self) -> i16 {
        self.0 as i16
    }

    pub(crate) fn or(self, other: Readiness) -> Readiness {
        Readiness(self.0 | other.0)
    }

    pub(crate) fn may_receive(self) -> bool {
        self.0 & (Readiness::RECEIVE.0 | Readiness::ENDED.0) != 0
    }

    pub(crate) fn may_send(self) -> bool {
        self.0 & (Readiness::SEND.0 | Readiness::ENDED.0) != 0
    }

    /// More than plain data is waiting: the end of the stream, an error, an urgent mark.
    pub(crate) fn is_special(self) -> bool {
        self.0 & Readiness::SPECIAL.0 != 0
    }
}

/// One change: whose (the number given at [`Epoll::add`]) and which.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub(crate) struct Event(libc::epoll_event);

impl Event {
    /// Room for one. Nothing clears it: for all that one wait may tell that would be a dozen cache lines.
    pub(crate) const ROOM: MaybeUninit<Event> = MaybeUninit::uninit();

    /// No change.
    pub(crate) const NONE: Event = Event(libc::epoll_event { events: 0, u64: 0 });

    pub(crate) fn token(&self) -> u64 {
        self.0.u64
    }

    pub(crate) fn readiness(&self) -> Readiness {
        Readiness(self.0.events)
    }
}

/// An epoll instance.
#[derive(Debug)]
pub(crate) struct Epoll(OwnedFd);

impl AsFd for Epoll {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl Epoll {
    pub(crate) fn new() -> Result<Epoll> {
        // SAFETY: no pointers.
        let fd = unsafe { call!(epoll_create1, libc::EPOLL_CLOEXEC) }?;
        // SAFETY: the kernel just made this descriptor for us.
        Ok(Epoll(unsafe { OwnedFd::from_raw_fd(fd as RawFd) }))
    }

    /// Another descriptor for the same instance, which can be read when there are changes to tell.
    pub(crate) fn duplicate(&self) -> Result<OwnedFd> {
        self.0.try_clone().map_err(|error| super::Errno(error.raw_os_error().unwrap_or(libc::EMFILE)))
    }

    /// Begins to tell changes of `fd`. What holds already is told as a change.
    pub(crate) fn add(&self, fd: BorrowedFd<'_>, token: u64, interest: Readiness) -> Result<()> {
        self.control(libc::EPOLL_CTL_ADD, fd, token, interest.0 | libc::EPOLLET as u32)
    }

    /// Changes what is told; what holds already is told again.
    pub(crate) fn change(&self, fd: BorrowedFd<'_>, token: u64, interest: Readiness) -> Result<()> {
        self.control(libc::EPOLL_CTL_MOD, fd, token, interest.0 | libc::EPOLLET as u32)
    }

    /// Tells from now on whatever holds, with each wait, until the next [`Epoll::change`].
    pub(crate) fn change_to_level(&self, fd: BorrowedFd<'_>, token: u64, interest: Readiness) -> Result<()> {
        self.control(libc::EPOLL_CTL_MOD, fd, token, interest.0)
    }

    pub(crate) fn remove(&self, fd: BorrowedFd<'_>) -> Result<()> {
        self.control(libc::EPOLL_CTL_DEL, fd, 0, Readiness::NONE.0)
    }

    fn control(&self, operation: i32, fd: BorrowedFd<'_>, token: u64, events: u32) -> Result<()> {
        let mut event = libc::epoll_event { events, u64: token };
        // SAFETY: the pointer is to a live value, which the kernel only reads.
        unsafe { call!(epoll_ctl, self.0.as_raw_fd(), operation, fd.as_raw_fd(), &raw mut event) }.map(drop)
    }

    /// Waits for changes, at most `timeout_ms` (negative: for ever), and returns those that fit.
    pub(crate) fn wait<'e>(&self, room: &'e mut [MaybeUninit<Event>], timeout_ms: i32) -> Result<&'e [Event]> {
        // SAFETY: `Event` has the layout of `epoll_event`; pointer and count are those of a live slice. The signal set
        // is null, so its size is not read.
        let count = unsafe { call!(epoll_pwait, self.0.as_raw_fd(), room.as_mut_ptr(), room.len(), timeout_ms, 0, 0) }?;
        let told = &room[..count];
        // SAFETY: the kernel has written as many.
        Ok(unsafe { std::slice::from_raw_parts(told.as_ptr().cast(), told.len()) })
    }
}

const _: () = {
    assert!(libc::EPOLLIN == libc::POLLIN as i32 && libc::EPOLLOUT == libc::POLLOUT as i32);
    assert!(libc::EPOLLPRI == libc::POLLPRI as i32 && libc::EPOLLRDHUP == libc::POLLRDHUP as i32);
    assert!(libc::EPOLLERR == libc::POLLERR as i32 && libc::EPOLLHUP == libc::POLLHUP as i32);
};
