//! [`Request`]: one question, which ends once.

use std::sync::{Mutex, PoisonError, Weak};

use crate::driver::{Endpoint, Target};
use crate::overlapped::{Found, PollRecord, Signal, Status};
use crate::port::Destination;
use crate::sync::Arc as SyncArc;
use crate::sync::quick::{self, lock};
use crate::wait::{Alarm, Place, delay, set_alarm, take_back_alarm};

/// A question about sockets.
pub(super) struct Request {
    asked: AskedOf,
    pub(super) is_exclusive: bool,
    /// What cancellations name.
    address: usize,
    issuer: u64,
    /// No port tells its end, so it ends with its thread.
    is_untied: bool,
    /// Taken by who ends it.
    lent: quick::Mutex<Option<Lent>>,
    alarm: Mutex<Option<Place>>,
}

/// What is asked of one socket.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) handle: usize,
    pub(super) events: u32,
    /// The address of the [`Polled`](super::polled::Polled), for comparing.
    pub(super) of: usize,
}

/// Nearly every question is about one socket, and needs no memory for a list.
pub(super) enum AskedOf {
    One([Asked; 1]),
    Many(Box<[Asked]>),
}

/// What the caller has lent, and where the end is told.
struct Lent {
    record: PollRecord,
    port: Option<Destination>,
    /// The overlapped value of the packet.
    context: usize,
    handle: Told,
}

/// Whose handle waits for it see.
pub(super) enum Told {
    Helper(SyncArc<Signal>),
    Socket(SyncArc<Endpoint>),
}

/// Where the end of a request is told.
pub(super) struct Telling {
    pub(super) port: Option<Destination>,
    pub(super) context: usize,
    pub(super) handle: Told,
    pub(super) issuer: u64,
}

impl AskedOf {
    pub(super) fn all(&self) -> &[Asked] {
        match self {
            AskedOf::One(one) => one,
            AskedOf::Many(many) => many,
        }
    }
}

impl Request {
    pub(super) fn new(asked: AskedOf, record: PollRecord, telling: Telling) -> Request {
        let Telling { port, context, handle, issuer } = telling;
        record.begin();
        if !record.has_event() {
            handle.signal().reset();
        }
        Request {
            asked,
            is_exclusive: record.info().exclusive as u8 != 0,
            address: record.address(),
            issuer,
            is_untied: port.is_none(),
            lent: quick::Mutex::new(Some(Lent { record, port, context, handle })),
            alarm: Mutex::default(),
        }
    }

    pub(super) fn asked(&self) -> &[Asked] {
        self.asked.all()
    }

    pub(super) fn is_over(&self) -> bool {
        lock(&self.lent).is_none()
    }

    pub(super) fn is_meant(&self, target: Target) -> bool {
        match target {
            Target::Everything => true,
            Target::Record(address) => self.address == address,
            Target::Issuer(issuer) => self.issuer == issuer,
            Target::EndedThread(issuer) => self.issuer == issuer && self.is_untied,
        }
    }

    /// Ends it, and tells that; false if it has ended already.
    pub(super) fn end(&self, status: Status, found: &[Found]) -> bool {
        self.end_as(status, found, false)
    }

    /// [`Request::end`] within the call that begins it; `is_silent` if a port tells no such ends.
    pub(super) fn end_at_once(&self, found: &[Found], is_silent: bool) -> bool {
        self.end_as(Status::SUCCESS, found, is_silent)
    }

    fn end_as(&self, status: Status, found: &[Found], is_silent: bool) -> bool {
        let Some(Lent { record, port, context, handle }) = lock(&self.lent).take() else { return false };
        take_back_alarm(self.alarm.lock().unwrap_or_else(PoisonError::into_inner).take());
        let is_for_handle = !record.has_event();
        let bytes = if status.is_failure() { 0 } else { PollRecord::bytes_of(found) };
        record.conclude(status, found);
        if let Some(port) = port.filter(|_| !is_silent && context != 0) {
            port.deliver(context, status, bytes);
        }
        if is_for_handle {
            handle.signal().set();
        }
        true
    }

    /// Ends it with what is found of one of its sockets, if that is asked for; true if it is over.
    pub(super) fn end_if_met(&self, of: usize, events: u32, status: u32) -> bool {
        let met = self.asked().iter().find(|asked| asked.of == of && asked.events & events != 0);
        match met {
            Some(asked) => {
                self.end(Status::SUCCESS, &[asked.found(events, status)]);
                true
            }
            None => self.is_over(),
        }
    }
}

impl Asked {
    pub(super) fn found(&self, events: u32, status: u32) -> Found {
        let events = self.events & events;
        let status = if events & super::AFD_POLL_CONNECT_FAIL != 0 { status } else { 0 };
        Found { handle: self.handle, events, status }
    }
}

impl Told {
    fn signal(&self) -> &Signal {
        match self {
            Told::Helper(signal) => signal,
            Told::Socket(endpoint) => endpoint.judge().signal(),
        }
    }
}

impl Alarm for Request {
    fn ring(&self) {
        self.end(Status::TIMEOUT, &[]);
    }
}

/// Has the request end when its time is over; 0 is not asked here.
pub(super) fn limit(request: &std::sync::Arc<Request>, timeout: i64) {
    if timeout == i64::MAX {
        return;
    }
    let weak: Weak<Request> = std::sync::Arc::downgrade(request);
    match set_alarm(weak, delay(timeout)) {
        Ok(place) => {
            *request.alarm.lock().unwrap_or_else(PoisonError::into_inner) = place;
            // It may have ended meanwhile, and found no alarm to take back.
            if request.is_over() {
                take_back_alarm(request.alarm.lock().unwrap_or_else(PoisonError::into_inner).take());
            }
        }
        Err(()) => {
            request.end(Status::INSUFFICIENT_RESOURCES, &[]);
        }
    }
}

/// Requests that no port tells, for the ends of their threads.
static UNTIED: Mutex<Vec<Weak<Request>>> = Mutex::new(Vec::new());

/// Ends the request with the calling thread, if no port tells it.
pub(super) fn remember_for_thread(request: &std::sync::Arc<Request>) {
    if request.is_untied {
        // The thread is one that is known when it ends.
        let _ = crate::wait::current();
        let mut untied = UNTIED.lock().unwrap_or_else(PoisonError::into_inner);
        push_among(&mut untied, std::sync::Arc::downgrade(request), |request| {
            request.upgrade().is_some_and(|request| !request.is_over())
        });
    }
}

/// A thread ends, and what it has asked that no port tells.
pub(crate) fn end_of_thread(number: u64) {
    let meant: Vec<_> = {
        let untied = UNTIED.lock().unwrap_or_else(PoisonError::into_inner);
        let requests = untied.iter().filter_map(Weak::upgrade);
        requests.filter(|request| request.is_meant(Target::EndedThread(number))).collect()
    };
    for request in meant {
        request.end(Status::CANCELLED, &[]);
    }
}

/// Adds one to a list whose elements are of no more use at some time: those go when the list would grow.
pub(super) fn push_among<T>(list: &mut Vec<T>, new: T, is_of_use: impl Fn(&T) -> bool) {
    if list.len() == list.capacity() {
        list.retain(is_of_use);
        // As many again come before the next look at all.
        list.reserve(list.len() + 1);
    }
    list.push(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_what_is_of_use_and_does_not_grow_with_the_rest() {
        let mut list = Vec::new();
        for number in 0..10_000 {
            push_among(&mut list, number, |number| number % 1000 == 0);
        }
        assert!((0..10).all(|kept| list.contains(&(kept * 1000))), "{list:?}");
        assert!(list.capacity() < 100, "{}", list.capacity());
    }
}
