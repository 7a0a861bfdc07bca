//! [`Endpoint`]: one descriptor's two lanes, and who drives them.

use std::fmt;
use std::os::fd::OwnedFd;
use std::sync::Arc as StdArc;

use super::epoll::Registration;
use super::{Direction, Driver, Failure, Lane, Target, Work, service};
use crate::sync::{Arc, Mutex, lock};
use crate::sys::Errno;

/// What a socket embeds to take part in overlapped I/O.
pub struct Endpoint {
    receive: Mutex<Lane>,
    send: Mutex<Lane>,
    /// A port's, or the process's own; none before it is needed.
    driver: Mutex<Option<Arc<Driver>>>,
    pub(super) registration: Mutex<Registration>,
}

/// What became of submitted work.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Submitted<R> {
    /// It ended at once; this is what the caller's closure made of it.
    Now(R),
    /// It will end later, through [`Work::finish`].
    Later,
    /// It cannot be done at all; [`Work::finish`] was not and will not be called.
    Not(Failure),
}

impl Endpoint {
    /// An endpoint over this descriptor, which is closed when the last of its holders lets go of it.
    #[must_use]
    pub fn new(fd: StdArc<OwnedFd>) -> Arc<Endpoint> {
        Arc::new(Endpoint {
            receive: Mutex::new(Lane::new(StdArc::clone(&fd))),
            send: Mutex::new(Lane::new(fd)),
            driver: Mutex::new(None),
            registration: Mutex::new(Registration::default()),
        })
    }

    /// Submits work. `now` is called instead of [`Work::finish`] if it ends at once, before any later work can.
    pub(crate) fn submit<W: Work + 'static, R>(
        self: &Arc<Self>,
        direction: Direction,
        mut work: W,
        now: impl FnOnce(W) -> R,
    ) -> Submitted<R> {
        let mut guard = lock(self.lane(direction));
        let lane = &mut *guard;
        if lane.fd.is_none() {
            return Submitted::Not(Failure::Cancelled);
        }
        let is_head = lane.is_idle();
        // With epoll an armed lane needs nothing of the driver, which spares its lock.
        let driver = match is_head && !lane.is_armed {
            true => match self.driver() {
                Ok(driver) => Some(driver),
                Err(errno) => return Submitted::Not(Failure::Refused(errno)),
            },
            false => None,
        };
        let tries = driver.as_ref().is_none_or(|driver| driver.tries_first(direction));
        if is_head && lane.is_ready && tries && lane.try_out(&mut work) {
            return Submitted::Now(now(work));
        }
        // Most lanes never hold more than one; room for four would cost 48 bytes in each.
        lane.queue.reserve_exact(usize::from(lane.queue.capacity() == 0));
        lane.queue.push_back(Box::new(work));
        if let Some(driver) = driver
            && let Err(errno) = driver.park(self, direction, lane)
        {
            lane.queue.pop_back();
            return Submitted::Not(Failure::Refused(errno));
        }
        Submitted::Later
    }

    /// Whether something waits to receive.
    pub(crate) fn is_receiving(&self) -> bool {
        !lock(&self.receive).is_idle()
    }

    /// Ends the work that is meant as cancelled; true if there was any.
    pub(crate) fn cancel(&self, target: Target) -> bool {
        let mut found = false;
        for lane in [&self.receive, &self.send] {
            let mut lane = lock(lane);
            if let Some(token) = lane.in_kernel {
                found |= self.call_back(token, target);
            }
            found |= lane.cancel(target) > 0;
        }
        found
    }

    /// Lets go of the descriptor and ends all work as cancelled.
    ///
    /// Work that the kernel holds ends when the kernel gives it back.
    pub fn close(&self) {
        let mut fd = None;
        for lane in [&self.receive, &self.send] {
            let mut lane = lock(lane);
            if let Some(token) = lane.in_kernel {
                self.call_back(token, Target::Everything);
            }
            fd = lane.fd.take();
            lane.cancel(Target::Everything);
        }
        if let Some(fd) = fd {
            lock(&self.registration).end(&fd);
        }
    }

    /// Moves the endpoint to another driver, a completion port's. Work under way stays where it is and ends there.
    pub(crate) fn move_to(self: &Arc<Self>, driver: &Arc<Driver>) -> Result<(), Errno> {
        let mut receive = lock(&self.receive);
        let mut send = lock(&self.send);
        let Some(fd) = receive.fd.clone() else { return Ok(()) };
        *lock(&self.driver) = Some(Arc::clone(driver));
        let had = lock(&self.registration).end(&fd);
        for (direction, lane) in [(Direction::Receive, &mut *receive), (Direction::Send, &mut *send)] {
            lane.is_armed = false;
            if had && !lane.queue.is_empty() && lane.in_kernel.is_none() {
                driver.park(self, direction, lane)?;
            }
        }
        Ok(())
    }

    pub(super) fn lane(&self, direction: Direction) -> &Mutex<Lane> {
        match direction {
            Direction::Receive => &self.receive,
            Direction::Send => &self.send,
        }
    }

    pub(super) fn driver(&self) -> Result<Arc<Driver>, Errno> {
        let mut driver = lock(&self.driver);
        match &*driver {
            Some(driver) => Ok(Arc::clone(driver)),
            None => Ok(Arc::clone(driver.insert(service::driver()?))),
        }
    }

    fn call_back(&self, token: u64, target: Target) -> bool {
        match lock(&self.driver).as_deref() {
            Some(Driver::Uring(uring)) => uring.call_back(token, target),
            _ => false,
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").finish_non_exhaustive()
    }
}
