//! [`CompletionQueue`]: where the ends of requests stand until the program takes them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use winsock_codes::Code;

use super::Completion;
use super::request_queue::Charge;
use crate::memory;
use crate::port::CompletionPort;
use crate::sync::quick::{Mutex, lock};
use crate::sys::clock::Moment;
use crate::wait::{self, Waitable};

/// A completion queue. Every request that may be outstanding has its place in it, so an end needs no memory.
pub(crate) struct CompletionQueue {
    ring: Mutex<Ring>,
    /// Taken within the ring's lock, never around it.
    room: Mutex<Room>,
    notice: Notice,
    /// Changes within the ring's lock.
    is_closed: AtomicBool,
    /// Whose waiters drive the sockets of request queues that receive by this queue; with none, the process's own driver does.
    /// A queue that is only polled has one to itself.
    port: Option<Arc<CompletionPort>>,
}

/// How the program learns that there is something to take.
pub(super) enum Notice {
    /// It looks.
    Polled,
    Event {
        event: Arc<Waitable>,
        /// Asking for a notice resets the event.
        resets: bool,
    },
    Packet {
        key: usize,
        overlapped: usize,
    },
}

/// The end of a request.
pub(super) struct Ended {
    pub(super) charge: Charge,
    pub(super) context: u64,
    pub(super) code: Code,
    pub(super) bytes: u32,
    /// It gives notice, if the program has asked for one.
    pub(super) notifies: bool,
}

#[derive(Default)]
struct Ring {
    ends: VecDeque<Ended>,
    /// How many of them give notice.
    notifying: u32,
    /// The program has asked for a notice that was not given yet.
    is_armed: bool,
    /// The program found nothing the last time, and has not asked for a notice since.
    was_empty: bool,
    /// When it last found something, if it might also be told.
    found: Option<Moment>,
}

struct Room {
    places: u32,
    /// Those that request queues have for their requests.
    taken: u32,
}

impl CompletionQueue {
    /// A queue of so many places.
    pub(super) fn new(places: u32, notice: Notice, port: Option<Arc<CompletionPort>>) -> Result<CompletionQueue, Code> {
        let mut ring = Ring::default();
        reserve(&mut ring.ends, places)?;
        let room = Room { places, taken: 0 };
        Ok(CompletionQueue {
            ring: Mutex::new(ring),
            room: Mutex::new(room),
            notice,
            is_closed: AtomicBool::new(false),
            port,
        })
    }

    pub(super) fn port(&self) -> Option<&Arc<CompletionPort>> {
        self.port.as_ref()
    }

    /// Docs: "LPFN_RIORESIZECOMPLETIONQUEUE callback function": what is there stays, and every place that a request queue has.
    pub(super) fn resize(&self, places: u32) -> Result<(), Code> {
        let mut ring = lock(&self.ring);
        let mut room = lock(&self.room);
        if places < room.taken {
            return Err(Code::WSAETOOMANYREFS);
        }
        let more = places.saturating_sub(ring.ends.len() as u32);
        reserve(&mut ring.ends, more)?;
        room.places = places;
        Ok(())
    }

    /// Takes places for the requests of a request queue.
    pub(super) fn take_places(&self, count: u32) -> Result<(), Code> {
        let mut room = lock(&self.room);
        if count > room.places - room.taken {
            return Err(Code::WSAENOBUFS);
        }
        room.taken += count;
        Ok(())
    }

    pub(super) fn give_back_places(&self, count: u32) {
        lock(&self.room).taken -= count;
    }

    /// Nothing is told any more, and what is there goes.
    pub(crate) fn close(&self) {
        let mut ring = lock(&self.ring);
        self.is_closed.store(true, Ordering::Relaxed);
        let ends = std::mem::take(&mut ring.ends);
        drop(ring);
        // Each knows its request queue, and that this one.
        drop(ends);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    pub(super) fn push(&self, ended: Ended) {
        let mut ring = lock(&self.ring);
        if self.is_closed() {
            return;
        }
        let gives_notice = ended.notifies && std::mem::take(&mut ring.is_armed);
        ring.notifying += u32::from(ended.notifies);
        ring.ends.push_back(ended);
        drop(ring);
        if gives_notice {
            self.give_notice();
        }
    }

    /// Takes out at most so many ends, oldest first; returns how many.
    pub(super) fn dequeue(&self, most: u32, mut tell: impl FnMut(Completion)) -> u32 {
        let count = self.take(most, &mut tell);
        if count == 0 && self.looks_for_more() {
            return self.take(most, &mut tell);
        }
        if let Some(port) = self.port.as_ref().filter(|_| count > 0) {
            port.begin_round_here(count as usize);
        }
        count
    }

    fn take(&self, most: u32, tell: &mut impl FnMut(Completion)) -> u32 {
        let mut ring = lock(&self.ring);
        let count = most.min(ring.ends.len() as u32);
        ring.was_empty &= count == 0;
        if count > 0 && !matches!(self.notice, Notice::Polled) {
            ring.found = Some(Moment::now());
        }
        for _ in 0..count {
            let Some(ended) = ring.ends.pop_front() else { break };
            ring.notifying -= u32::from(ended.notifies);
            ended.charge.queue().prefetch_socket();
            tell(Completion {
                code: ended.code,
                bytes: ended.bytes,
                socket_context: ended.charge.queue().context(),
                request_context: ended.context,
            });
        }
        count
    }

    /// Moves on what the queue's port drives, for a program that looks instead of waiting; true if it did. One that also waits
    /// on the port looks once more often than there is something, right behind what it found, and its wait moves all on.
    fn looks_for_more(&self) -> bool {
        let (has_looked, found) = {
            let mut ring = lock(&self.ring);
            (std::mem::replace(&mut ring.was_empty, true), ring.found)
        };
        let is_behind_find = found.is_some_and(|found| found.elapsed().is_zero());
        let Some(port) = self.port.as_ref().filter(|_| has_looked || !is_behind_find) else {
            return false;
        };
        port.look();
        true
    }

    /// Asks for a notice: now, if there is something that gives one, or when there is.
    ///
    /// Docs: "LPFN_RIONOTIFY callback function".
    pub(super) fn notify(&self) -> Result<(), Code> {
        let mut ring = lock(&self.ring);
        ring.was_empty = false;
        match &self.notice {
            Notice::Polled => return Err(Code::WSAEINVAL),
            _ if ring.is_armed => return Err(Code::WSAEALREADY),
            Notice::Event { event, resets: true } => wait::reset(event),
            _ => {}
        }
        ring.is_armed = ring.notifying == 0;
        let gives_notice = !ring.is_armed;
        drop(ring);
        if gives_notice {
            self.give_notice();
        }
        Ok(())
    }

    fn give_notice(&self) {
        match (&self.notice, &self.port) {
            (Notice::Event { event, .. }, _) => wait::set(event),
            (Notice::Packet { key, overlapped }, Some(port)) => port.post(*key, *overlapped, 0),
            _ => {}
        }
    }
}

fn reserve(ends: &mut VecDeque<Ended>, more: u32) -> Result<(), Code> {
    if memory::is_short() {
        return Err(Code::WSAENOBUFS);
    }
    ends.try_reserve_exact(more as usize).map_err(|_| Code::WSAENOBUFS)
}
