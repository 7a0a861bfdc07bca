//! Ends of overlapped operations that the program is called for: `BindIoCompletionCallback`, `CreateThreadpoolIo`.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError};
use std::thread;

use winsock::overlapped::Status;
use winsock::port::{Packet, by_handle as port};

use crate::Code;
use crate::error;
use crate::sync::lock;
use crate::thread_pool::{Pool, Work};

/// Packets taken at once.
const AT_ONCE: usize = 64;
const EMPTY: Packet = Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS };

/// What is called at the end of an operation.
pub type Run = fn(Packet);

/// A port with a thread that hands its packets out; both are made with the first that is bound to it.
struct Desk(Mutex<Option<usize>>);

/// Those of [`bind`], and those of [`Io`].
static BOUND: Desk = Desk(Mutex::new(None));
static POOLED: Desk = Desk(Mutex::new(None));

impl Desk {
    fn bind(&self, handle: usize, key: usize, hand_out: impl Fn(Packet) + Send + 'static) -> Result<(), Code> {
        port::associate(self.port(hand_out)?, handle, key)
    }

    fn port(&self, hand_out: impl Fn(Packet) + Send + 'static) -> Result<usize, Code> {
        let mut known = lock(&self.0);
        if let Some(port) = *known {
            return Ok(port);
        }
        let port = port::create(0)?;
        let begun = thread::Builder::new().name("ws2-ends".to_owned()).spawn(move || {
            let mut packets = [EMPTY; AT_ONCE];
            // The port ends with the process.
            while let Ok(count) = port::take(port, &mut packets, None) {
                packets[..count].iter().copied().for_each(&hand_out);
            }
        });
        if begun.is_err() {
            port::close(port)?;
            return Err(error::NOT_ENOUGH_MEMORY);
        }
        Ok(*known.insert(port))
    }
}

/// Lets `run` be called with a packet, which has this key, at the end of each operation on a socket or file, on threads of
/// the process's pool. All calls of a process are to give the same `run`.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if it is bound or tied to a port already; [`error::INVALID_HANDLE`];
/// [`error::NOT_ENOUGH_MEMORY`] if no thread can begin.
#[doc(alias = "BindIoCompletionCallback")]
pub fn bind(handle: usize, key: usize, run: Run) -> Result<(), Code> {
    BOUND.bind(handle, key, move |packet| {
        if Pool::usual().submit(Box::new(move || run(packet))).is_err() {
            run(packet);
        }
    })
}

/// The ends of the operations on one socket or file, each a call on a thread of a pool.
///
/// Every operation is announced by [`Io::start`]; one that fails at once is taken back by [`Io::cancel`].
pub struct Io {
    number: usize,
    shared: Arc<Shared>,
}

struct Shared {
    work: Work,
    state: Arc<State>,
}

/// What is under way and what has ended.
#[derive(Default)]
struct State {
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Default)]
struct Counts {
    /// Announced, and not ended.
    started: usize,
    ended: VecDeque<Packet>,
}

/// Those that are open, by the keys of their packets.
#[derive(Default)]
struct Open {
    by_key: HashMap<usize, Arc<Shared>>,
    last: usize,
}

static OPEN: LazyLock<Mutex<Open>> = LazyLock::new(Mutex::default);

impl Io {
    /// Ties a socket or file to a pool: `call` is called with each packet.
    ///
    /// # Errors
    /// As [`bind`].
    #[doc(alias = "CreateThreadpoolIo")]
    pub fn new(handle: usize, pool: Pool, call: impl Fn(Packet) + Send + Sync + 'static) -> Result<Io, Code> {
        let state = Arc::new(State::default());
        let of_work = Arc::clone(&state);
        let work = Work::new(pool, move || {
            let packet = lock(&of_work.counts).ended.pop_front();
            if let Some(packet) = packet {
                call(packet);
            }
        });
        let shared = Arc::new(Shared { work, state });
        let number = {
            let mut open = lock(&OPEN);
            open.last += 1;
            let number = open.last;
            open.by_key.insert(number, Arc::clone(&shared));
            number
        };
        let io = Io { number, shared };
        POOLED.bind(handle, number, hand_out)?;
        Ok(io)
    }

    /// An operation begins.
    #[doc(alias = "StartThreadpoolIo")]
    pub fn start(&self) {
        lock(&self.shared.state.counts).started += 1;
    }

    /// The operation that was announced last has failed at once: no end of it will come.
    #[doc(alias = "CancelThreadpoolIo")]
    pub fn cancel(&self) {
        self.shared.state.end();
    }

    /// What waits until all operations have ended and their calls have returned; those that have not begun are first taken
    /// back if `cancels`.
    #[doc(alias = "WaitForThreadpoolIoCallbacks")]
    pub fn waiter(&self) -> impl FnOnce(bool) + use<> {
        let shared = Arc::clone(&self.shared);
        move |cancels| {
            let state = &shared.state;
            let mut counts = lock(&state.counts);
            if cancels {
                counts.ended.clear();
            }
            while !cancels && counts.started > 0 {
                winsock::port::before_blocking();
                counts = state.changed.wait(counts).unwrap_or_else(PoisonError::into_inner);
            }
            drop(counts);
            shared.work.wait(cancels);
        }
    }
}

impl Drop for Io {
    fn drop(&mut self) {
        lock(&OPEN).by_key.remove(&self.number);
    }
}

impl State {
    fn end(&self) {
        let mut counts = lock(&self.counts);
        counts.started = counts.started.saturating_sub(1);
        self.changed.notify_all();
    }
}

fn hand_out(packet: Packet) {
    let Some(shared) = lock(&OPEN).by_key.get(&packet.key).cloned() else { return };
    lock(&shared.state.counts).ended.push_back(packet);
    // Before the count falls: who waits for that finds the work queued.
    if shared.work.submit().is_err() {
        lock(&shared.state.counts).ended.pop_back();
    }
    shared.state.end();
}
