//! Which port the calling thread works for, and what it has gathered for it.
//!
//! Docs: "I/O Completion Ports": a thread belongs to the port it last waited on until it ends or waits on another one.
//!
//! A thread that reaps would push every packet under the port's lock, to take them out again itself. As long as no other
//! thread could be woken for them it keeps them here, and gives them up together when it comes back to the queue. What other
//! threads have queued since a packet was kept stands behind it: it may be the end of a later operation of the same socket.
//!
//! What it sends while it deals with many packets may leave together as well, when it waits again: see [`Desk::begin_round`].

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::{CompletionPort, Packet, WaitError};
use crate::handle::objects::Handle;
use crate::sync::Arc;
#[cfg(not(feature = "model"))]
use crate::sys::near::{self, Near};
use crate::wait;

pub(super) struct Desk {
    /// Borrowed while the thread waits by handle.
    port: RefCell<Option<Arc<CompletionPort>>>,
    /// Which port it is, by address; 0 for none.
    seat: Cell<usize>,
    /// The handle by which the thread last waited on it; 0 for none.
    handle: Cell<Handle>,
    is_running: Cell<bool>,
    /// Packets of this port stay here for now.
    gathers: Cell<bool>,
    /// Each with how many packets the port had been given when it was kept.
    gathered: RefCell<Vec<(Packet, u64)>>,
    /// When the thread began to deal with many packets, and how many.
    round: Cell<Option<(Instant, u32)>>,
    /// It dealt quickly with the packets of its last round.
    is_quick: Cell<bool>,
    gathers_sends: Cell<bool>,
    /// The driver to whose next wait the thread leaves what it begins, by number; 0 for none. It has reaped that driver, and
    /// comes back to it, or the port's watch comes by: it runs for the port.
    reaped: Cell<u64>,
    /// The thread's number; 0 before it was asked for.
    number: Cell<u64>,
}

/// So many packets make a round. (With 4, servers of three or four connections, whose waits find two or three packets, had
/// 0.81 and 0.85 of hand-written epoll's rate where they have 0.92 and 0.95.)
const MANY: usize = 2;

/// Time for a packet within which sends do not leave late when they leave together.
const QUICK: Duration = Duration::from_micros(10);

crate::sync::thread_local! {
    static DESK: Near<Desk> = const { Near::new(Desk::new()) };
}

/// `DESK` is a constant, of which each place of use may have a copy; this has one address.
#[cfg(not(feature = "model"))]
static KEY: std::thread::LocalKey<Near<Desk>> = DESK;

/// Runs `f` on the thread's desk; `None` when the thread ends and has none any more.
#[cfg(not(feature = "model"))]
#[inline]
fn at_desk<R>(f: impl FnOnce(&Desk) -> R) -> Option<R> {
    near::with(&KEY, f)
}

/// [`at_desk`] of a thread that has been there; another one has begun nothing that its desk would tell of.
#[cfg(not(feature = "model"))]
#[inline]
fn at_known_desk<R>(f: impl FnOnce(&Desk) -> R) -> Option<R> {
    near::with_known(&KEY, f)
}

/// Runs `f` on the thread's desk, or on one for the moment when the thread ends and has none any more.
pub(super) fn at_own<R>(f: impl FnOnce(&Desk) -> R) -> R {
    let mut f = Some(f);
    let once = |desk: &Desk| f.take().map(|f| f(desk));
    match at_desk(once).flatten() {
        Some(result) => result,
        None => (f.expect("not run: there was no desk"))(&Desk::new()),
    }
}

/// The next packets of the port of this handle, if the thread last waited on it by this handle: nothing but closing it makes
/// the handle mean something else, so it need not be looked up as long as no handle of the port was closed. Else `None`.
pub(super) fn take(handle: Handle, into: &mut [Packet], timeout: Option<Duration>) -> Option<Result<u32, WaitError>> {
    let take = |desk: &Desk| {
        if desk.handle.get() != handle {
            return None;
        }
        let port = desk.port.borrow();
        let port = port.as_ref().filter(|port| port.has_all_handles())?;
        Some(port.take_at(desk, into, timeout))
    };
    at_known_desk(take).flatten()
}

/// The thread has waited on this port by this handle.
pub(super) fn remember(handle: Handle, port: &Arc<CompletionPort>) {
    at_desk(|desk| {
        if desk.seat.get() == seat(port) {
            desk.handle.set(handle);
        }
    });
}

/// Whether the thread is in a round for this port in which sends may be left to its next wait.
#[inline]
pub(super) fn gathers_sends(port: &CompletionPort) -> bool {
    let gathers = |desk: &Desk| desk.gathers_sends.get() && desk.seat.get() == std::ptr::from_ref(port).addr();
    at_known_desk(gathers).unwrap_or(false)
}

/// The calling thread is about to block in something that is not its port: what it has begun and left for its next wait
/// leaves now, and what it sends until then leaves at once.
///
/// Every call of this library that may block does it. What else a program blocks in, C's own functions say, keeps it
/// until the port's watch comes by, some 40 ms at most; a program that minds may call this before.
///
/// ```
/// winsock::port::before_blocking();
/// std::thread::sleep(std::time::Duration::from_millis(1));
/// ```
#[inline]
pub fn before_blocking() {
    let leaves_some = |desk: &Desk| desk.gathers_sends.get() || desk.reaped.get() != 0;
    if at_known_desk(leaves_some).unwrap_or(false) {
        let_all_leave();
    }
}

/// The calling thread has slept. What came for its port's sockets meanwhile is dealt with now, if nobody waits on the port: on
/// Windows the kernel has done so.
pub(crate) fn look_after_sleep() {
    at_known_desk(|desk| {
        if let Some(port) = &*desk.port.borrow() {
            port.look_unless_attended();
        }
    });
}

#[cold]
fn let_all_leave() {
    at_desk(|desk| {
        desk.gathers_sends.set(false);
        if let Some(port) = &*desk.port.borrow() {
            port.flush();
        }
    });
}

/// Runs `f`, which reaps as the watch does: what the thread leaves for its own next wait stays left for that.
pub(super) fn reap_aside(f: impl FnOnce()) {
    let reaped = at_known_desk(|desk| desk.reaped.get()).unwrap_or(0);
    f();
    set_reaped(reaped);
}

/// The thread runs for this port and finds so many ends in a completion queue: see [`Desk::begin_round`].
pub(super) fn begin_round(port: &CompletionPort, ends: usize) {
    at_known_desk(|desk| {
        if desk.is_running() && desk.seat.get() == std::ptr::from_ref(port).addr() {
            desk.begin_round(ends);
        }
    });
}

/// Keeps the packet if the thread gathers for this port; false if it must be queued.
#[inline]
pub(super) fn keeps(port: &CompletionPort, packet: Packet) -> bool {
    let keep = |desk: &Desk| {
        let keeps = desk.gathers.get() && desk.seat.get() == std::ptr::from_ref(port).addr();
        if keeps {
            desk.gathered.borrow_mut().push((packet, port.given()));
        }
        keeps
    };
    at_known_desk(keep).unwrap_or(false)
}

/// Notes that the thread reaps this driver.
#[inline]
pub(crate) fn set_reaped(driver: u64) {
    at_desk(|desk| desk.reaped.set(driver));
}

/// Whether the thread will show this driver what it queues, by its next wait: it has reaped it, and runs for its port.
#[inline]
pub(crate) fn comes_back_to(driver: u64) -> bool {
    at_known_desk(|desk| desk.reaped.get() == driver).unwrap_or(false)
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
            reaped: Cell::new(0),
            number: Cell::new(0),
        }
    }

    /// The thread waits on this port from now on.
    pub(super) fn sit_down(&self, port: &Arc<CompletionPort>) {
        if self.seat.get() == seat(port) {
            return;
        }
        self.leave();
        *self.port.borrow_mut() = Some(Arc::clone(port));
        self.seat.set(seat(port));
    }

    /// Whether the thread counts as running for its port.
    #[inline]
    pub(super) fn is_running(&self) -> bool {
        self.is_running.get()
    }

    /// Notes whether the thread runs; true if that is a change.
    #[inline]
    pub(super) fn set_running(&self, is_running: bool) -> bool {
        if !is_running && self.round.get().is_some() {
            self.end_round();
        }
        self.is_running.replace(is_running) != is_running
    }

    /// The thread runs and finds so many packets. If they are many, and such were dealt with quickly the last time, what it
    /// sends for them leaves together when it waits again: that costs a system call where each send by itself costs one.
    #[inline]
    pub(super) fn begin_round(&self, packets: usize) {
        if packets >= MANY {
            self.round.set(Some((Instant::now(), packets as u32)));
            self.gathers_sends.set(self.is_quick.get());
        }
    }

    /// The thread has waited in vain and may never come back: nothing is left to its next wait any more.
    #[inline]
    pub(super) fn go_away(&self) {
        self.reaped.set(0);
    }

    /// From here on the thread keeps what it queues for its port, until [`Desk::give_up`].
    #[inline]
    pub(super) fn gather(&self) {
        self.gathers.set(true);
    }

    /// Whether the program has got so much already that it had better use it before there is more: what was received is in
    /// the near caches still. That is less where many connections wait, and what is known of each is in no near cache.
    /// (Measured: DESIGN.md.)
    pub(super) fn has_gathered_much(&self, has_more_waiting: bool) -> bool {
        const MUCH: usize = 128 * 1024;
        let much = if has_more_waiting { MUCH / 2 } else { MUCH };
        self.gathered.borrow().iter().map(|(packet, _)| packet.bytes as usize).sum::<usize>() >= much
    }

    /// Ends gathering; what was gathered goes into the port's queue, to whose end `given` were given. Returns how many go there
    /// now.
    #[inline]
    pub(super) fn give_up(&self, queue: &mut VecDeque<Packet>, given: u64) -> u64 {
        self.gathers.set(false);
        let mut gathered = self.gathered.borrow_mut();
        let count = gathered.len() as u64;
        match gathered[..] {
            [] => {}
            [(_, then), ..] if then != given => return merge(queue, gathered.drain(..), given),
            // The rule where few messages are under way, and less work by itself.
            [(packet, _)] => {
                gathered.clear();
                queue.push_back(packet);
            }
            _ => queue.extend(gathered.drain(..).map(|(packet, _)| packet)),
        }
        count
    }

    fn end_round(&self) {
        if let Some((begun, packets)) = self.round.take() {
            self.is_quick.set(begun.elapsed() <= QUICK * packets);
            self.gathers_sends.set(false);
        }
    }

    #[cold]
    fn leave(&self) {
        self.end_round();
        self.go_away();
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

/// Puts each packet before what was given since it was kept, unless that is taken. Returns how many went to the end.
#[cold]
fn merge(queue: &mut VecDeque<Packet>, gathered: impl Iterator<Item = (Packet, u64)>, given: u64) -> u64 {
    let mut at_end = 0;
    for (packet, then) in gathered {
        let since = (given - then) as usize;
        queue.insert(queue.len().saturating_sub(since), packet);
        at_end += u64::from(since == 0);
    }
    at_end
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

#[cfg(feature = "model")]
fn at_known_desk<R>(f: impl FnOnce(&Desk) -> R) -> Option<R> {
    at_desk(f)
}
