//! Which port the calling thread works for, and what it has gathered for it.
//!
//! Docs: "I/O Completion Ports": a thread belongs to the port it last waited on until it ends or waits on another one.
//!
//! A thread that reaps would push every packet under the port's lock, to take them out again itself. As long as no other
//! thread could be woken for them it keeps them here, and gives them up together when it comes back to the queue.
//!
//! What it sends while it deals with many packets may leave together as well, when it waits again: see [`begin_round`].

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::{CompletionPort, Packet};
use crate::handle::objects::Handle;
use crate::sync::Arc;
#[cfg(not(feature = "model"))]
use crate::sys::near::{self, Near};
use crate::wait;

struct Desk {
    /// Out while the thread waits by handle.
    port: RefCell<Option<Arc<CompletionPort>>>,
    /// Which port it is, by address; 0 for none.
    seat: Cell<usize>,
    /// The handle by which the thread last waited on it; 0 for none.
    handle: Cell<Handle>,
    is_running: Cell<bool>,
    /// Packets of this port stay here for now.
    gathers: Cell<bool>,
    gathered: RefCell<Vec<Packet>>,
    /// When the thread began to deal with many packets, and how many.
    round: Cell<Option<(Instant, u32)>>,
    /// It dealt quickly with the packets of its last round.
    is_quick: Cell<bool>,
    gathers_sends: Cell<bool>,
    /// The thread's number; 0 before it was asked for.
    number: Cell<u64>,
}

/// So many packets make a round.
const MANY: usize = 4;

/// Time for a packet within which sends do not leave late when they leave together.
const QUICK: Duration = Duration::from_micros(10);

crate::sync::thread_local! {
    static DESK: Near<Desk> = const { Near::new(Desk::new()) };
}

/// Runs `f` on the thread's desk; `None` when the thread ends and has none any more.
#[cfg(not(feature = "model"))]
#[inline]
fn at_desk<R>(f: impl FnOnce(&Desk) -> R) -> Option<R> {
    /// `DESK` is a constant, of which each place of use may have a copy; this has one address.
    static KEY: std::thread::LocalKey<Near<Desk>> = DESK;
    near::with(&KEY, f)
}

/// The thread waits on this port from now on; true if it counts as running for it.
pub(super) fn sit_down(port: &Arc<CompletionPort>) -> bool {
    let sit = |desk: &Desk| {
        if desk.seat.get() == seat(port) {
            return desk.is_running.get();
        }
        desk.leave();
        *desk.port.borrow_mut() = Some(Arc::clone(port));
        desk.seat.set(seat(port));
        false
    };
    at_desk(sit).unwrap_or(false)
}

/// Takes what the port of this handle has at this moment, if the thread last waited on it by this handle and runs for it;
/// else `None`, as when there is nothing.
#[inline]
pub(super) fn take_at_once(handle: Handle, into: &mut [Packet]) -> Option<usize> {
    let take = |desk: &Desk| {
        if desk.handle.get() != handle || !desk.is_running.get() {
            return None;
        }
        desk.port.borrow().as_ref().and_then(|port| port.take_at_once(into))
    };
    at_desk(take).flatten()
}

/// The port that the thread last waited on by this handle, if it was not closed; to be given back after the wait. Nothing
/// but closing it makes the handle mean something else, so it need not be looked up.
pub(super) fn borrow(handle: Handle) -> Option<Arc<CompletionPort>> {
    let borrow = |desk: &Desk| {
        let mut own = desk.port.borrow_mut();
        let is_it = desk.handle.get() == handle && own.as_ref().is_some_and(|port| port.is_open());
        if is_it { own.take() } else { None }
    };
    at_desk(borrow).flatten()
}

/// Ends [`borrow`].
pub(super) fn give_back(port: Arc<CompletionPort>) {
    at_desk(|desk| *desk.port.borrow_mut() = Some(port));
}

/// The thread has waited on this port by this handle.
pub(super) fn remember(handle: Handle, port: &Arc<CompletionPort>) {
    at_desk(|desk| {
        if desk.seat.get() == seat(port) {
            desk.handle.set(handle);
        }
    });
}

/// Notes whether the thread runs; true if that is a change.
#[inline]
pub(super) fn set_running(is_running: bool) -> bool {
    let set = |desk: &Desk| {
        if !is_running {
            desk.end_round();
        }
        desk.is_running.replace(is_running) != is_running
    };
    at_desk(set).unwrap_or(false)
}

/// The thread runs and finds so many packets. If they are many, and such were dealt with quickly the last time, what it sends
/// for them leaves together when it waits again: that costs a system call where each send by itself costs one.
#[inline]
pub(super) fn begin_round(packets: usize) {
    if packets >= MANY {
        at_desk(|desk| {
            desk.round.set(Some((Instant::now(), packets as u32)));
            desk.gathers_sends.set(desk.is_quick.get());
        });
    }
}

/// Whether the thread is in a round for this port in which sends may be left to its next wait.
#[inline]
pub(super) fn gathers_sends(port: &CompletionPort) -> bool {
    let gathers = |desk: &Desk| desk.gathers_sends.get() && desk.seat.get() == std::ptr::from_ref(port).addr();
    at_desk(gathers).unwrap_or(false)
}

/// From here on the thread keeps what it queues for its port, until [`give_up`].
#[inline]
pub(super) fn gather() {
    at_desk(|desk| desk.gathers.set(true));
}

/// Keeps the packet if the thread gathers for this port; false if it must be queued.
#[inline]
pub(super) fn keeps(port: &CompletionPort, packet: Packet) -> bool {
    let keep = |desk: &Desk| {
        let keeps = desk.gathers.get() && desk.seat.get() == std::ptr::from_ref(port).addr();
        if keeps {
            desk.gathered.borrow_mut().push(packet);
        }
        keeps
    };
    // A thread that ends has no desk any more.
    at_desk(keep).unwrap_or(false)
}

/// Ends gathering; what was gathered goes to the end of the port's queue.
#[inline]
pub(super) fn give_up(queue: &mut VecDeque<Packet>) {
    at_desk(|desk| {
        desk.gathers.set(false);
        queue.extend(desk.gathered.borrow_mut().drain(..));
    });
}

/// [`wait::number`], at hand for who begins one operation after the other.
#[inline]
pub(crate) fn thread_number() -> u64 {
    let number = |desk: &Desk| {
        if desk.number.get() == 0 {
            desk.number.set(wait::number());
        }
        desk.number.get()
    };
    at_desk(number).unwrap_or_else(wait::number)
}

#[inline]
fn seat(port: &Arc<CompletionPort>) -> usize {
    Arc::as_ptr(port).addr()
}

impl Desk {
    const fn new() -> Desk {
        Desk {
            port: RefCell::new(None),
            seat: Cell::new(0),
            handle: Cell::new(0),
            is_running: Cell::new(false),
            gathers: Cell::new(false),
            gathered: RefCell::new(Vec::new()),
            round: Cell::new(None),
            is_quick: Cell::new(false),
            gathers_sends: Cell::new(false),
            number: Cell::new(0),
        }
    }

    #[inline]
    fn end_round(&self) {
        if let Some((begun, packets)) = self.round.take() {
            self.is_quick.set(begun.elapsed() <= QUICK * packets);
            self.gathers_sends.set(false);
        }
    }

    #[cold]
    fn leave(&self) {
        self.end_round();
        self.seat.set(0);
        self.handle.set(0);
        let port = self.port.borrow_mut().take();
        if let Some(port) = port
            && self.is_running.take()
        {
            port.lose_runner();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.leave();
    }
}

/// A model checker has thread-local variables of its own.
#[cfg(feature = "model")]
struct Near<T>(T);

#[cfg(feature = "model")]
impl<T> Near<T> {
    const fn new(value: T) -> Near<T> {
        Near(value)
    }
}

#[cfg(feature = "model")]
fn at_desk<R>(f: impl FnOnce(&Desk) -> R) -> Option<R> {
    DESK.try_with(|near| f(&near.0)).ok()
}
