//! [`Poller`]: notices what changes on polled sockets, for one port or for the process.

use std::os::fd::BorrowedFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::polled::Polled;
use crate::driver::{Direction, Endpoint, Failure, Looking, NoJudge, Submitted};
use crate::event;
use crate::port::CompletionPort;
use crate::sync::Arc as SyncArc;
use crate::sync::quick::{self, lock};
use crate::sys::epoll::{Epoll, Event, Readiness};
use crate::sys::{self, Errno};
use crate::tokens::Tokens;

/// Changes taken with one system call.
const BATCH: usize = 64;
/// So often it is looked whether a ring has given back what was asked back.
const PATIENCE: u32 = 100;

/// The list of one port's polled sockets, and the endpoint by which the port's waiters learn that something changed.
pub(crate) struct Poller {
    looked: Arc<Looked>,
    /// The address of the port, which lives as long as the handle by which this is kept; 0 for the process's.
    port: usize,
    endpoint: SyncArc<Endpoint>,
}

/// The list itself.
pub(super) struct Looked {
    epoll: Epoll,
    polled: quick::Mutex<Tokens<Polled>>,
}

/// Counts the waits of all pollers, when they begin and when they end: what was known of a socket before one of them, and what
/// after. One for all, as a receive reads it before it goes to Linux.
static MOMENTS: AtomicU64 = AtomicU64::new(0);

/// The moment.
#[inline]
pub(super) fn moment() -> u64 {
    MOMENTS.load(Ordering::SeqCst)
}

fn next_moment() -> u64 {
    MOMENTS.fetch_add(1, Ordering::SeqCst) + 1
}

/// When a wait has begun and ended.
#[derive(Clone, Copy)]
pub(super) struct Wait {
    pub(super) begun: u64,
    pub(super) ended: u64,
}

impl Poller {
    /// The port's; without a port, that of the process.
    pub(super) fn of(port: Option<&SyncArc<CompletionPort>>) -> sys::Result<Arc<Poller>> {
        static OWN: Mutex<Option<Arc<Poller>>> = Mutex::new(None);
        let Some(port) = port else {
            let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
            return match &*own {
                Some(poller) => Ok(Arc::clone(poller)),
                None => Ok(Arc::clone(own.insert(Poller::new(None)?))),
            };
        };
        let mut kept = port.poller.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(poller) = kept.upgrade() {
            return Ok(poller);
        }
        let poller = Poller::new(Some(port))?;
        *kept = Arc::downgrade(&poller);
        Ok(poller)
    }

    fn new(port: Option<&SyncArc<CompletionPort>>) -> sys::Result<Arc<Poller>> {
        let looked = Looked { epoll: Epoll::new()?, polled: quick::Mutex::default() };
        let looked = Arc::new(looked);
        let endpoint = Endpoint::new(Arc::new(looked.epoll.duplicate()?), Arc::new(NoJudge));
        if let Some(port) = port {
            endpoint.be_driven_by(port.driver());
        }
        event::begin_use();
        let list = Arc::clone(&looked);
        match endpoint.submit(Direction::Receive, Looking(move || list.look())) {
            Submitted::Not(Failure::Refused(errno)) => Err(errno),
            _ => Ok(Arc::new(Poller { looked, port: address(port), endpoint })),
        }
    }

    /// Whether it is this port's.
    pub(super) fn is_of(&self, port: Option<&SyncArc<CompletionPort>>) -> bool {
        self.port == address(port)
    }

    pub(super) fn looked(&self) -> &Arc<Looked> {
        &self.looked
    }
}

fn address(port: Option<&SyncArc<CompletionPort>>) -> usize {
    port.map_or(0, |port| SyncArc::as_ptr(port).addr())
}

impl Drop for Poller {
    /// Never on the way of a look, which holds the list and not the poller.
    fn drop(&mut self) {
        self.endpoint.close();
        // What a ring has not given back at once it gives back with the next system calls. The port may have gone, and then
        // nobody comes by who would take it: ring and list would hold each other for ever.
        for _ in 0..PATIENCE {
            if self.endpoint.has_settled(Direction::Receive) {
                return;
            }
            std::thread::yield_now();
        }
    }
}

impl Looked {
    /// Tells changes of the descriptor from now on. What holds already is told as one.
    pub(super) fn add(&self, polled: Weak<Polled>, fd: BorrowedFd<'_>) -> sys::Result<u64> {
        let token = lock(&self.polled).insert(polled);
        let added = match self.epoll.add(fd, token, Readiness::ALL) {
            // Another socket's by now, which has not told anybody of itself since.
            Err(Errno(libc::EEXIST)) => self.epoll.change(fd, token, Readiness::ALL),
            added => added,
        };
        match added {
            Ok(()) => Ok(token),
            Err(errno) => {
                lock(&self.polled).remove(token);
                Err(errno)
            }
        }
    }

    /// [`Looked::add`] for one that is known by a token, which means nothing any more.
    pub(super) fn add_anew(&self, token: u64, polled: Weak<Polled>, fd: BorrowedFd<'_>) -> sys::Result<u64> {
        lock(&self.polled).remove(token);
        self.add(polled, fd)
    }

    pub(super) fn forget(&self, token: u64, fd: BorrowedFd<'_>) {
        // Closing would do it too, but not while a call of another thread still holds the descriptor.
        let _ = self.epoll.remove(fd);
        lock(&self.polled).remove(token);
    }

    /// Tells once more what holds.
    pub(super) fn look_again(&self, token: u64, fd: BorrowedFd<'_>) {
        let _ = self.epoll.change(fd, token, Readiness::ALL);
    }

    fn look(&self) {
        let mut events = [Event::ROOM; BATCH];
        loop {
            let begun = next_moment();
            // Without a wait it does not fail.
            let Ok(events) = self.epoll.wait(&mut events, 0) else { return };
            let wait = Wait { begun, ended: next_moment() };
            for event in events {
                let polled = lock(&self.polled).get(event.token());
                if let Some(polled) = polled {
                    polled.changed(event.readiness().as_poll(), wait);
                }
            }
            if events.len() < BATCH {
                return;
            }
        }
    }
}
