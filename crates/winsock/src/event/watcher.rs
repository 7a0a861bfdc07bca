//! Notices that something changed on a watched socket.
//!
//! All watched sockets are in one epoll instance, told edge by edge. That instance is itself one endpoint of the
//! process's own driver, whose thread therefore looks at the sockets; no thread waits for any one of them.

use std::os::fd::BorrowedFd;
use std::sync::{Arc, OnceLock};

use super::record::Occasion;
use crate::driver::{Direction, Endpoint, Failure, Looking, NoJudge, Submitted};
use crate::socket::Socket;
use crate::sync::{Mutex, lock};
use crate::sys::epoll::{Epoll, Event, Readiness};
use crate::sys::{self, Errno};
use crate::tokens::Tokens;

/// Changes taken with one system call.
const BATCH: usize = 64;

struct Watcher {
    epoll: Epoll,
    sockets: Mutex<Tokens<Socket>>,
    /// Keeps the endpoint, and with it the watching, alive.
    _endpoint: Arc<Endpoint>,
}

static WATCHER: OnceLock<Watcher> = OnceLock::new();

fn watcher() -> sys::Result<&'static Watcher> {
    static STARTING: Mutex<()> = Mutex::new(());
    if let Some(watcher) = WATCHER.get() {
        return Ok(watcher);
    }
    let _one_at_a_time = lock(&STARTING);
    if WATCHER.get().is_none() {
        let epoll = Epoll::new()?;
        let endpoint = Endpoint::new(Arc::new(epoll.duplicate()?), Arc::new(NoJudge));
        let look = || {
            if let Some(watcher) = WATCHER.get() {
                watcher.look();
            }
        };
        if let Submitted::Not(Failure::Refused(errno)) = endpoint.submit(Direction::Receive, Looking(look)) {
            return Err(errno);
        }
        super::begin_use();
        let _ = WATCHER.set(Watcher { epoll, sockets: Mutex::default(), _endpoint: endpoint });
    }
    WATCHER.get().ok_or(Errno::EAGAIN)
}

/// Watches a socket from now on; the token names it.
pub(super) fn watch(socket: &Arc<Socket>, hears_of_room: bool) -> sys::Result<u64> {
    let watcher = watcher()?;
    let token = lock(&watcher.sockets).insert(Arc::downgrade(socket));
    let added = watcher.epoll.add(socket.fd(), token, interest(hears_of_room));
    if let Err(errno) = added {
        lock(&watcher.sockets).remove(token);
        return Err(errno);
    }
    Ok(token)
}

/// Ends the watching.
pub(super) fn forget(token: u64, fd: BorrowedFd<'_>) {
    if let Some(watcher) = WATCHER.get() {
        // Closing would do it too, but not while a call of another thread still holds the descriptor.
        let _ = watcher.epoll.remove(fd);
        lock(&watcher.sockets).remove(token);
    }
}

/// The descriptor stands for another socket of Linux', which is not watched yet.
pub(super) fn watch_anew(token: u64, fd: BorrowedFd<'_>, hears_of_room: bool) {
    if let Some(watcher) = WATCHER.get() {
        // Linux may lack the memory; then nothing is told, as there is nobody to say it to.
        let _ = watcher.epoll.add(fd, token, interest(hears_of_room));
    }
}

/// Has the socket looked at, whatever may have happened.
pub(super) fn poke(token: u64, fd: BorrowedFd<'_>, hears_of_room: bool) {
    if let Some(watcher) = WATCHER.get() {
        let _ = watcher.epoll.change(fd, token, interest(hears_of_room));
    }
}

fn interest(hears_of_room: bool) -> Readiness {
    if hears_of_room { Readiness::RECEIVE.or(Readiness::SEND) } else { Readiness::RECEIVE }
}

impl Watcher {
    fn look(&self) {
        let mut events = [Event::ROOM; BATCH];
        loop {
            // Without a wait it does not fail.
            let Ok(events) = self.epoll.wait(&mut events, 0) else { return };
            for event in events {
                let socket = lock(&self.sockets).get(event.token());
                if let Some(socket) = socket {
                    socket.look(Occasion::Change);
                }
            }
            if events.len() < BATCH {
                return;
            }
        }
    }
}

// The watcher's thread waits outside of the models.
#[cfg(all(test, not(feature = "model")))]
mod tests {
    use std::os::fd::{AsFd, AsRawFd};

    use super::*;
    use crate::event::FD_WRITE;
    use crate::socket::kind::Kind;
    use crate::wait::Waitable;
    use crate::win32::{AF_INET, IPPROTO_UDP, SOCK_DGRAM};

    /// Whether the kernel tells of room on this descriptor.
    fn hears_of_room(fd: BorrowedFd<'_>) -> bool {
        let epoll = watcher().unwrap().epoll.as_fd().as_raw_fd();
        let told = std::fs::read_to_string(format!("/proc/self/fdinfo/{epoll}")).unwrap();
        let own = format!("tfd: {:8}", fd.as_raw_fd());
        let line = told.lines().find(|line| line.starts_with(&own)).unwrap();
        let events = line.split_whitespace().nth(3).unwrap();
        u32::from_str_radix(events, 16).unwrap() & libc::EPOLLOUT as u32 != 0
    }

    #[test]
    fn a_datagram_socket_that_waits_for_room_goes_on_doing_so_when_it_is_poked() {
        let kind = Kind { family: AF_INET, kind: SOCK_DGRAM, protocol: IPPROTO_UDP };
        let socket = Socket::open(kind).unwrap();
        Socket::select_events(&socket, Some(Waitable::manual_event()), FD_WRITE).unwrap();
        socket.look_later();
        assert!(!hears_of_room(socket.fd()));
        socket.look(Occasion::SendBlocked);
        assert!(hears_of_room(socket.fd()));
        socket.look_later();
        assert!(hears_of_room(socket.fd()));
        Socket::close(socket);
    }
}
