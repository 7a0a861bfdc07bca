//! The watch: looks after ports that nobody waits on.
//!
//! A port's I/O is driven by the threads that wait on it. Two things would then never happen: work of a port that no
//! thread waits on would not move (Windows' kernel moves it), and a packet that was not passed on because enough threads
//! run would stay if those threads are blocked in something else (Windows lets another in when one blocks). One thread
//! per process looks at the ports every few milliseconds while either can be, and sleeps when every port is waited on
//! and no thread runs. It is never on the path of a packet that somebody waits for.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError, Weak};
use std::thread::{self, Thread};
use std::time::Duration;

use super::CompletionPort;
use crate::sync::Arc;
use crate::sys::process;

/// Between two looks at first, and at most when nothing happens.
const SHORT: Duration = Duration::from_millis(10);
const LONG: Duration = Duration::from_millis(40);

static WATCH: Watch = Watch { ports: Mutex::new(Vec::new()), is_asleep: AtomicBool::new(false) };
static WATCHER: OnceLock<Thread> = OnceLock::new();

/// The process that has the ports: a fork of it has neither their threads nor anything to hand over.
static PROCESS: AtomicU32 = AtomicU32::new(0);

struct Watch {
    ports: Mutex<Vec<(Weak<CompletionPort>, u64)>>,
    is_asleep: AtomicBool,
}

/// Puts a new port under watch.
pub(super) fn begin(port: &Arc<CompletionPort>) {
    WATCH.ports.lock().unwrap_or_else(PoisonError::into_inner).push((Arc::downgrade(port), 0));
    WATCHER.get_or_init(|| {
        PROCESS.store(std::process::id(), Ordering::Relaxed);
        process::at_exit(flush_at_exit);
        let named = thread::Builder::new().name("wsa-port-watch".into()).spawn(run);
        // Without a thread to spare, ports work as long as threads wait on them.
        named.map_or_else(|_| thread::current(), |handle| handle.thread().clone())
    });
    waiter_left();
}

/// Hands Linux what threads have begun and left for their next wait, which may not come: the process is about to end.
///
/// C's `exit` does it; who ends the process otherwise calls it before.
pub fn flush() {
    for (port, _) in WATCH.ports.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        if let Some(port) = port.upgrade() {
            port.flush();
        }
    }
}

/// A fork leaves by `exit` too, where the watch's lock may be held by a thread that it does not have.
extern "C" fn flush_at_exit() {
    if PROCESS.load(Ordering::Relaxed) == std::process::id() {
        flush();
    }
}

/// A thread has stopped waiting on a port.
#[inline]
pub(super) fn waiter_left() {
    // The load first: a swap would write to a line that every waiter shares.
    if WATCH.is_asleep.load(Ordering::SeqCst) {
        wake();
    }
}

#[cold]
fn wake() {
    if WATCH.is_asleep.swap(false, Ordering::SeqCst)
        && let Some(watcher) = WATCHER.get()
    {
        watcher.unpark();
    }
}

fn run() {
    let mut pause = SHORT;
    loop {
        // First the flag, then the look: whoever leaves after the look sees the flag.
        WATCH.is_asleep.store(true, Ordering::SeqCst);
        if look() {
            WATCH.is_asleep.store(false, Ordering::SeqCst);
            thread::sleep(pause);
            pause = (pause * 2).min(LONG);
        } else {
            while WATCH.is_asleep.load(Ordering::SeqCst) {
                thread::park();
            }
            // Not at once: a server that waits between two messages would wake this thread with each of them, and had
            // paid a third of its processor time for that.
            thread::sleep(SHORT);
            pause = SHORT;
        }
    }
}

/// True if a port must be looked at again.
fn look() -> bool {
    let mut watched = WATCH.ports.lock().unwrap_or_else(PoisonError::into_inner);
    watched.retain(|(port, _)| port.strong_count() > 0);
    let mut again = false;
    for (port, takes) in watched.iter_mut() {
        if let Some(port) = port.upgrade() {
            again |= port.look_after(takes);
        }
    }
    again
}

#[cfg(all(test, not(feature = "model")))]
#[allow(unsafe_code, reason = "forks")]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_fork_made_while_the_watch_looks_can_exit() {
        let _port = CompletionPort::new(1).unwrap();
        let watched = WATCH.ports.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the child does only what `exit` would.
        let child = unsafe { libc::fork() };
        if child == 0 {
            flush_at_exit();
            // SAFETY: no pointers.
            unsafe { libc::_exit(0) };
        }
        drop(watched);
        let begun = Instant::now();
        // SAFETY: the status is not asked for; the child is this test's own.
        while unsafe { libc::waitpid(child, std::ptr::null_mut(), libc::WNOHANG) } == 0 {
            if begun.elapsed() > Duration::from_secs(5) {
                // SAFETY: as above.
                unsafe { libc::kill(child, libc::SIGKILL) };
                panic!("the child waits for a lock that nobody holds");
            }
            thread::sleep(SHORT);
        }
    }
}
