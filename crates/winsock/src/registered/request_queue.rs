//! [`RequestQueue`]: a socket's part in registered I/O.

use std::ptr::without_provenance;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use winsock_codes::Code;

use super::Limits;
use super::completion_queue::{CompletionQueue, Ended};
use crate::address::Address;
use crate::driver::{Direction, SOCKET_BYTES};
use crate::port::CompletionPort;
use crate::sync::quick::{Mutex, lock};
use crate::sys::prefetch::prefetch;

/// A request queue: how many requests may be outstanding, and where their ends are told. Those that are outstanding keep it,
/// and their places in the completion queues, when the socket is gone.
pub(crate) struct RequestQueue {
    context: u64,
    port: Option<Arc<CompletionPort>>,
    receive: Side,
    send: Side,
    resizing: Mutex<()>,
    /// Where the socket lies, and where it knows this queue from: to be fetched ahead, and for nothing else.
    near: OnceLock<[usize; 2]>,
    /// The name of a datagram socket, once a request has asked where its datagrams were sent to.
    pub(super) local: OnceLock<Address>,
}

/// One direction.
struct Side {
    ends: Arc<CompletionQueue>,
    /// Places in that queue: so many may be outstanding.
    most: AtomicU32,
    outstanding: AtomicU32,
}

impl RequestQueue {
    pub(super) fn new(
        limits: Limits,
        receive: Arc<CompletionQueue>,
        send: Arc<CompletionQueue>,
        context: u64,
    ) -> Result<RequestQueue, Code> {
        // A side that is refused gives back what the other has.
        let (receive, send) = (Side::new(limits.receives, receive)?, Side::new(limits.sends, send)?);
        // Of the queue by which it receives, if it does.
        let first = if limits.receives > 0 { &receive } else { &send };
        let port = first.ends.port().cloned();
        let (near, local) = (OnceLock::new(), OnceLock::new());
        Ok(RequestQueue { context, port, receive, send, resizing: Mutex::default(), near, local })
    }

    /// The program goes on with this socket next: has the processor fetch what it looks at first.
    #[inline]
    pub(super) fn prefetch_socket(&self) {
        let [socket, requests] = self.near.get().copied().unwrap_or_default();
        prefetch(without_provenance::<u8>(socket), SOCKET_BYTES);
        prefetch(without_provenance::<u8>(requests), size_of::<usize>());
    }

    /// Notes where the socket lies, and where it knows this queue from.
    pub(crate) fn note_near(&self, near: [usize; 2]) {
        let _ = self.near.set(near);
    }

    /// What is fetched ahead, as an OVERLAPPED is, when a request ends next.
    pub(super) fn address(&self) -> usize {
        std::ptr::from_ref(&self.receive).addr()
    }

    pub(super) fn context(&self) -> u64 {
        self.context
    }

    /// Whose waiters drive the socket, if a port's do.
    pub(crate) fn port(&self) -> Option<&Arc<CompletionPort>> {
        self.port.as_ref()
    }

    /// Docs: "LPFN_RIORESIZEREQUESTQUEUE callback function": not below what is outstanding.
    pub(super) fn resize(&self, receives: u32, sends: u32) -> Result<(), Code> {
        let _one_at_a_time = lock(&self.resizing);
        let before = self.receive.resize(receives)?;
        self.send.resize(sends).map(drop).inspect_err(|_| {
            // Back to what it had, for which there is room unless another has taken it meanwhile.
            let _ = self.receive.resize(before);
        })
    }

    /// Charges a request.
    ///
    /// # Errors
    /// `WSAENOBUFS` if no more may be outstanding; `WSAEINVAL` if nobody could be told of its end.
    pub(super) fn charge(self: &Arc<Self>, direction: Direction) -> Result<Charge, Code> {
        let side = self.side(direction);
        if side.ends.is_closed() {
            return Err(Code::WSAEINVAL);
        }
        let may_one_more = |outstanding| (outstanding < side.most.load(Ordering::Relaxed)).then_some(outstanding + 1);
        match side.outstanding.fetch_update(Ordering::Relaxed, Ordering::Relaxed, may_one_more) {
            Ok(_) => Ok(Charge { queue: Arc::clone(self), direction }),
            Err(_) => Err(Code::WSAENOBUFS),
        }
    }

    fn side(&self, direction: Direction) -> &Side {
        match direction {
            Direction::Receive => &self.receive,
            Direction::Send => &self.send,
        }
    }
}

impl Side {
    fn new(most: u32, ends: Arc<CompletionQueue>) -> Result<Side, Code> {
        ends.take_places(most)?;
        Ok(Side { ends, most: AtomicU32::new(most), outstanding: AtomicU32::new(0) })
    }

    /// Returns what it was before.
    fn resize(&self, most: u32) -> Result<u32, Code> {
        let before = self.most.load(Ordering::Relaxed);
        if most < self.outstanding.load(Ordering::Relaxed) {
            return Err(Code::WSAETOOMANYREFS);
        }
        if most > before {
            self.ends.take_places(most - before)?;
        } else {
            self.ends.give_back_places(before - most);
        }
        self.most.store(most, Ordering::Relaxed);
        Ok(before)
    }
}

impl Drop for Side {
    fn drop(&mut self) {
        self.ends.give_back_places(*self.most.get_mut());
    }
}

/// What a request counts for, until the program has taken its end.
///
/// Docs: "LPFN_RIODEQUEUECOMPLETION callback function", Remarks: only then does the system release its quota charge.
pub(super) struct Charge {
    queue: Arc<RequestQueue>,
    direction: Direction,
}

impl Charge {
    pub(super) fn queue(&self) -> &RequestQueue {
        &self.queue
    }

    pub(super) fn tell(self, end: impl FnOnce(Charge) -> Ended) {
        let ends = Arc::clone(&self.queue.side(self.direction).ends);
        ends.push(end(self));
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        self.queue.side(self.direction).outstanding.fetch_sub(1, Ordering::Relaxed);
    }
}
