//! The epoll driver: try, park on readiness, try again.

use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::spin::Spin;
use super::{Direction, Driver, Endpoint, Few, Lane, Wait};
use crate::sync::Arc;
use crate::sync::quick::{Mutex, lock};
use crate::sys::epoll::{Epoll as Instance, Event, Readiness};
use crate::sys::event_fd::EventFd;
use crate::sys::{self, Errno};

/// How many changes one wait takes. More would receive into more buffers than the second-level cache holds before the
/// first of them is used: 1,024 cost a fifth of the throughput at 1,000 connections with 4 KiB messages.
const BATCH: usize = 64;

/// Changes whose endpoints are looked up under one lock. Room for all would cost more to clear than a lock, where a wait
/// tells of one change.
const LOOKED_UP: usize = 8;

/// The token of the descriptor that only wakes.
const WAKE: u64 = u64::MAX;

/// An epoll instance and the endpoints it watches.
#[derive(Debug)]
pub(crate) struct Epoll {
    instance: Instance,
    waker: EventFd,
    watched: Mutex<Watched>,
    /// Changes that were told and are dealt with by whoever reaps next: the wait that told them moved much already.
    left: Mutex<Vec<Event>>,
    /// Whether there are some. Who looks just before some are left waits for others, as they are the leaver's next.
    has_left: AtomicBool,
    /// How many endpoints are watched.
    watches: AtomicU32,
    /// The last wait told of as many changes as it takes, of more endpoints than that, and no other thread waits.
    has_more_waiting: AtomicBool,
    spin: Spin,
    /// [`Epoll::wake`] was called, which a thread sees here that stays awake.
    is_called: AtomicBool,
}

/// Endpoints by token. A token is a place and how often the place was used before, so that a change that was told for
/// an endpoint that has gone does not reach its successor.
#[derive(Debug, Default)]
struct Watched {
    places: Vec<(u32, Option<Arc<Endpoint>>)>,
    free: Vec<u32>,
}

/// How an endpoint is known to an epoll instance.
#[derive(Default)]
pub(crate) struct Registration {
    with: Option<Arc<Driver>>,
    token: u64,
    interest: Readiness,
    /// How often being told level-triggered turned out wrong.
    strikes: u8,
}

/// After so many, an endpoint stays edge-triggered.
const STRIKES: u8 = 3;

impl Epoll {
    pub(crate) fn new() -> sys::Result<Epoll> {
        let instance = Instance::new()?;
        let waker = EventFd::new()?;
        instance.add(waker.as_fd(), WAKE, Readiness::RECEIVE)?;
        Ok(Epoll {
            instance,
            waker,
            watched: Mutex::default(),
            left: Mutex::new(Vec::with_capacity(BATCH)),
            has_left: AtomicBool::new(false),
            watches: AtomicU32::new(0),
            has_more_waiting: AtomicBool::new(false),
            spin: Spin::new(),
            is_called: AtomicBool::new(false),
        })
    }

    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.instance.as_fd()
    }

    pub(crate) fn wake(&self) {
        self.is_called.store(true, Ordering::Relaxed);
        // Fails only when the counter is full, and then the waiter has been told already.
        let _ = self.waker.signal();
    }

    /// Whether more waits than the last wait told, as it seems, and for the one thread that waits.
    pub(super) fn has_more_waiting(&self) -> bool {
        self.has_more_waiting.load(Ordering::Relaxed)
    }

    /// How many endpoints are watched.
    pub(super) fn watches(&self) -> u32 {
        self.watches.load(Ordering::Relaxed)
    }

    /// Whether the next [`Epoll::reap`] has something to do without a wait.
    pub(crate) fn has_left(&self) -> bool {
        self.has_left.load(Ordering::Relaxed)
    }

    pub(crate) fn reap(
        &self,
        wait: Wait,
        stop_waiting: impl FnOnce(bool) -> bool,
        is_enough: impl Fn(Few) -> bool,
    ) -> sys::Result<()> {
        if self.has_left() {
            let is_alone = stop_waiting(false);
            self.run_left(is_alone, is_enough);
            return Ok(());
        }
        let mut events = [Event::ROOM; BATCH];
        let events = match self.wait(wait, &mut events) {
            Ok(events) => events,
            Err(errno) => {
                stop_waiting(false);
                // After a signal the caller's loop knows the time that is left.
                return if errno == Errno::EINTR { Ok(()) } else { Err(errno) };
            }
        };
        let is_alone = stop_waiting(events.iter().any(|event| event.token() == WAKE));
        let may_be_more = events.len() == BATCH && self.watches() as usize > BATCH;
        self.has_more_waiting.store(is_alone && may_be_more, Ordering::Relaxed);
        match events {
            [event] => self.run_one(event, is_alone),
            events => {
                let done = self.run_all(events, is_alone, is_enough);
                self.leave(&events[done..]);
            }
        }
        Ok(())
    }

    fn wait<'e>(&self, wait: Wait, room: &'e mut [MaybeUninit<Event>]) -> sys::Result<&'e [Event]> {
        if !(wait.may_spin && wait.timeout_ms != 0 && self.spin.is_tried()) {
            return self.instance.wait(room, wait.timeout_ms);
        }
        let began = self.spin.through_gap(|| self.is_called.load(Ordering::Relaxed));
        // A call that comes now is told by the wait; at worst the next one does not stay awake for nothing.
        self.is_called.store(false, Ordering::Relaxed);
        let events = self.instance.wait(room, wait.timeout_ms);
        self.spin.learn(began);
        events
    }

    #[cold]
    fn run_left(&self, is_alone: bool, is_enough: impl Fn(Few) -> bool) {
        let mut events = [Event::NONE; BATCH];
        let count = {
            let mut left = lock(&self.left);
            let count = left.len();
            events[..count].copy_from_slice(&left);
            left.clear();
            self.has_left.store(false, Ordering::Relaxed);
            count
        };
        let done = self.run_all(&events[..count], is_alone, is_enough);
        self.leave(&events[done..count]);
    }

    /// Leaves changes to whoever reaps next.
    fn leave(&self, events: &[Event]) {
        if events.is_empty() {
            return;
        }
        let mut left = lock(&self.left);
        // No more than there is room for, if several threads leave some.
        if left.len() + events.len() > BATCH {
            drop(left);
            self.run_all(events, true, |_| false);
            return;
        }
        left.extend_from_slice(events);
        self.has_left.store(true, Ordering::Relaxed);
    }

    #[inline]
    fn run_one(&self, event: &Event, is_alone: bool) {
        let endpoint = lock(&self.watched).get(event.token());
        if let Some(endpoint) = endpoint {
            run(&endpoint, event.readiness(), is_alone);
        }
    }

    /// Deals with these changes, if there is no other thread that could until `is_enough`; returns with how many.
    ///
    /// Two are dealt with of few, so that their peers have answers to deal with meanwhile. (With eight connections and all
    /// changes at once, both ends waited for each other in turn: 0.63 to 0.66 of hand-written epoll's rate, now 0.8.)
    #[inline(never)]
    fn run_all(&self, events: &[Event], is_alone: bool, is_enough: impl Fn(Few) -> bool) -> usize {
        let mut done = 0;
        let are_few = is_alone && events.len() <= LOOKED_UP && is_enough(Few(true));
        let mut chunks = events.chunks(if are_few { 2 } else { LOOKED_UP }).peekable();
        if let Some(first) = chunks.peek() {
            lock(&self.watched).prefetch(first);
        }
        while let Some(events) = chunks.next() {
            let mut changed = [const { None }; LOOKED_UP];
            let watched = lock(&self.watched);
            for (event, changed) in events.iter().zip(&mut changed) {
                *changed = watched.get(event.token());
            }
            if let Some(next) = chunks.peek() {
                watched.prefetch(next);
            }
            drop(watched);
            changed.iter().flatten().for_each(|endpoint| endpoint.prefetch_overlapped());
            for (event, endpoint) in events.iter().zip(&mut changed) {
                if let Some(endpoint) = endpoint.take() {
                    run(&endpoint, event.readiness(), is_alone);
                }
            }
            done += events.len();
            if are_few || is_alone && is_enough(Few(false)) {
                break;
            }
        }
        done
    }

    /// Makes sure that changes of this direction are told from now on, and that what holds already is told once.
    pub(super) fn arm(&self, endpoint: &Arc<Endpoint>, direction: Direction, lane: &mut Lane) -> sys::Result<()> {
        if lane.is_armed {
            return Ok(());
        }
        let Some(fd) = &lane.fd else { return Ok(()) };
        let wanted = match direction {
            Direction::Receive => Readiness::RECEIVE,
            Direction::Send => Readiness::SEND,
        };
        let mut registration = lock(&endpoint.registration);
        if registration.with.is_some() {
            let interest = registration.interest.or(wanted);
            endpoint.is_level.store(false, Ordering::Release);
            self.instance.change(fd.as_fd(), registration.token, interest)?;
            registration.interest = interest;
        } else {
            let driver = endpoint.driver()?;
            let token = lock(&self.watched).insert(Arc::clone(endpoint));
            if let Err(errno) = self.instance.add(fd.as_fd(), token, wanted) {
                lock(&self.watched).remove(token);
                return Err(errno);
            }
            self.watches.fetch_add(1, Ordering::Relaxed);
            *registration = Registration { with: Some(driver), token, interest: wanted, strikes: 0 };
        }
        lane.is_armed = true;
        Ok(())
    }
}

/// Lets the lanes that a change concerns go on. `is_alone`: no other thread waits for changes.
fn run(endpoint: &Endpoint, readiness: Readiness, is_alone: bool) {
    if readiness.may_receive() {
        let mut lane = lock(endpoint.lane(Direction::Receive));
        lane.is_special |= readiness.is_special();
        if endpoint.is_level.load(Ordering::Acquire) {
            run_level(endpoint, &mut lane, is_alone);
        } else {
            lane.run(endpoint.judge());
            if is_alone && lane.tries_too_much() {
                lock(&endpoint.registration).turn_to_level(endpoint, &lane);
            }
        }
    }
    if readiness.may_send() {
        lock(endpoint.lane(Direction::Send)).run(endpoint.judge());
    }
}

/// Lets receives, or accepts, go on that are told level-triggered.
fn run_level(endpoint: &Endpoint, lane: &mut Lane, is_alone: bool) {
    if lane.queue.is_empty() {
        // Every wait would tell it again.
        return lock(&endpoint.registration).turn_to_edge(endpoint, lane, true);
    }
    let finds_more = lane.run_singly(endpoint.judge());
    // What is told level-triggered is told to another thread that waits too, and for nothing.
    let disturbs = !is_alone && !lane.queue.is_empty();
    if finds_more || disturbs {
        lock(&endpoint.registration).turn_to_edge(endpoint, lane, disturbs);
    }
}

impl Registration {
    /// Lets receives be told level-triggered, unless sends are watched too or it turned out wrong before; whether they are now.
    pub(super) fn turn_to_level(&mut self, endpoint: &Endpoint, lane: &Lane) -> bool {
        if let (Some(epoll), Some(fd)) = (self.with.as_deref().and_then(Driver::epoll), &lane.fd)
            && self.interest == Readiness::RECEIVE
            && self.strikes < STRIKES
            && epoll.instance.change_to_level(fd.as_fd(), self.token, self.interest).is_ok()
        {
            endpoint.is_level.store(true, Ordering::Release);
            return true;
        }
        false
    }

    /// Back. What holds now is told once more, after this.
    fn turn_to_edge(&mut self, endpoint: &Endpoint, lane: &Lane, was_wrong: bool) {
        if let (Some(epoll), Some(fd)) = (self.with.as_deref().and_then(Driver::epoll), &lane.fd)
            && epoll.instance.change(fd.as_fd(), self.token, self.interest).is_ok()
        {
            self.strikes += u8::from(was_wrong);
            endpoint.is_level.store(false, Ordering::Release);
        }
    }

    /// Ends it, if there is one.
    pub(super) fn end(&mut self, fd: &impl AsFd) {
        let Some(driver) = self.with.take() else { return };
        if let Some(epoll) = driver.epoll() {
            // Closing would do it too, but not while a call of another thread still holds the descriptor.
            let _ = epoll.instance.remove(fd.as_fd());
            epoll.watches.fetch_sub(1, Ordering::Relaxed);
            let gone = lock(&epoll.watched).remove(self.token);
            drop(gone);
        }
    }
}

impl Watched {
    fn insert(&mut self, endpoint: Arc<Endpoint>) -> u64 {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push((0, None));
            (self.places.len() - 1) as u32
        });
        let (uses, slot) = &mut self.places[place as usize];
        *slot = Some(endpoint);
        u64::from(*uses) << 32 | u64::from(place)
    }

    fn get(&self, token: u64) -> Option<Arc<Endpoint>> {
        let (uses, slot) = self.places.get(token as u32 as usize)?;
        if u64::from(*uses) == token >> 32 { slot.clone() } else { None }
    }

    /// Has the processor fetch the endpoints of these changes, which are looked up soon.
    fn prefetch(&self, events: &[Event]) {
        for event in events {
            if let Some((_, Some(endpoint))) = self.places.get(event.token() as u32 as usize) {
                endpoint.prefetch();
            }
        }
    }

    fn remove(&mut self, token: u64) -> Option<Arc<Endpoint>> {
        let place = token as u32;
        let (uses, slot) = self.places.get_mut(place as usize)?;
        if u64::from(*uses) != token >> 32 {
            return None;
        }
        // Stays clear of `WAKE`, whose upper half is all ones.
        *uses = (*uses + 1) % (u32::MAX - 1);
        self.free.push(place);
        slot.take()
    }
}
