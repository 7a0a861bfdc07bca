//! Which port the calling thread works for, and what it has gathered for it.
//!
//! Docs: "I/O Completion Ports": a thread belongs to the port it last waited on until it ends or waits on another one.
//!
//! A thread that reaps would push every packet under the port's lock, to take them out again itself. As long as no other
//! thread could be woken for them it keeps them here, and gives them up together when it comes back to the queue.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::{CompletionPort, Packet};
use crate::handle::objects::Handle;
use crate::sync::Arc;

struct Desk {
    /// Out while the thread waits by handle.
    port: Option<Arc<CompletionPort>>,
    /// Which port it is, by address; 0 for none.
    seat: usize,
    /// The handle by which the thread last waited on it; 0 for none.
    handle: Handle,
    is_running: bool,
    /// Packets of this port stay here for now.
    gathers: bool,
    gathered: Vec<Packet>,
}

crate::sync::thread_local! {
    static DESK: RefCell<Desk> = const {
        RefCell::new(Desk { port: None, seat: 0, handle: 0, is_running: false, gathers: false, gathered: Vec::new() })
    };
}

/// The thread waits on this port from now on; true if it counts as running for it.
pub(super) fn sit_down(port: &Arc<CompletionPort>) -> bool {
    DESK.with(|desk| {
        let mut desk = desk.borrow_mut();
        if desk.seat == seat(port) {
            return desk.is_running;
        }
        desk.leave();
        desk.port = Some(Arc::clone(port));
        desk.seat = seat(port);
        false
    })
}

/// The port that the thread last waited on by this handle, if it was not closed; to be given back after the wait. Nothing
/// but closing it makes the handle mean something else, so it need not be looked up.
pub(super) fn borrow(handle: Handle) -> Option<Arc<CompletionPort>> {
    DESK.with(|desk| {
        let mut desk = desk.borrow_mut();
        let is_it = desk.handle == handle && desk.port.as_ref().is_some_and(|port| port.is_open());
        if is_it { desk.port.take() } else { None }
    })
}

/// Ends [`borrow`].
pub(super) fn give_back(port: Arc<CompletionPort>) {
    DESK.with(|desk| desk.borrow_mut().port = Some(port));
}

/// The thread has waited on this port by this handle.
pub(super) fn remember(handle: Handle, port: &Arc<CompletionPort>) {
    DESK.with(|desk| {
        let mut desk = desk.borrow_mut();
        if desk.seat == seat(port) {
            desk.handle = handle;
        }
    });
}

/// Notes whether the thread runs; true if that is a change.
pub(super) fn set_running(is_running: bool) -> bool {
    DESK.with(|desk| std::mem::replace(&mut desk.borrow_mut().is_running, is_running) != is_running)
}

/// From here on the thread keeps what it queues for its port, until [`give_up`].
pub(super) fn gather() {
    DESK.with(|desk| desk.borrow_mut().gathers = true);
}

/// Keeps the packet if the thread gathers for this port; false if it must be queued.
#[inline]
pub(super) fn keeps(port: &CompletionPort, packet: Packet) -> bool {
    let keep = |desk: &RefCell<Desk>| {
        let mut desk = desk.borrow_mut();
        let keeps = desk.gathers && desk.seat == std::ptr::from_ref(port).addr();
        if keeps {
            desk.gathered.push(packet);
        }
        keeps
    };
    // A thread that ends has no desk any more.
    DESK.try_with(keep).unwrap_or(false)
}

/// Ends gathering; what was gathered goes to the end of the port's queue.
pub(super) fn give_up(queue: &mut VecDeque<Packet>) {
    DESK.with(|desk| {
        let mut desk = desk.borrow_mut();
        desk.gathers = false;
        queue.extend(desk.gathered.drain(..));
    });
}

fn seat(port: &Arc<CompletionPort>) -> usize {
    Arc::as_ptr(port).addr()
}

impl Desk {
    fn leave(&mut self) {
        (self.seat, self.handle) = (0, 0);
        if let Some(port) = self.port.take()
            && std::mem::take(&mut self.is_running)
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
