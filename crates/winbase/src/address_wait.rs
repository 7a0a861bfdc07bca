//! Waiting for a value in memory to change, as long as another thread says that it may have.
//!
//! Who waits stands in a queue, found by the address, which is nothing more than a number here.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::lock;
use crate::sync;

struct Waiter {
    address: usize,
    /// 1 once it was woken; written under the queue's lock.
    woken: AtomicU32,
}

type Queue = Mutex<VecDeque<Arc<Waiter>>>;

/// Threads that wait for neighbouring values do not share a lock.
static QUEUES: [Queue; 64] = [const { Mutex::new(VecDeque::new()) }; 64];

fn queue(address: usize) -> &'static Queue {
    &QUEUES[(address >> 3) % QUEUES.len()]
}

/// Waits until somebody wakes the address, unless the value there `has_changed` already; false if the time is over.
///
/// The value is looked at under the lock that wakers take: a change of which they tell is never missed.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::thread;
/// use std::time::Duration;
/// use winbase::address_wait;
///
/// static VALUE: AtomicU32 = AtomicU32::new(0);
/// let address = (&raw const VALUE).addr();
/// assert!(!address_wait::wait(address, || VALUE.load(Ordering::SeqCst) != 0, Some(Duration::ZERO)));
/// let teller = thread::spawn(move || {
///     VALUE.store(1, Ordering::SeqCst);
///     address_wait::wake_one(address);
/// });
/// while VALUE.load(Ordering::SeqCst) == 0 {
///     assert!(address_wait::wait(address, || VALUE.load(Ordering::SeqCst) != 0, None));
/// }
/// teller.join().unwrap();
/// ```
#[doc(alias = "WaitOnAddress")]
pub fn wait(address: usize, has_changed: impl FnOnce() -> bool, limit: Option<Duration>) -> bool {
    let until = limit.and_then(|limit| Instant::now().checked_add(limit));
    let waiter = Arc::new(Waiter { address, woken: AtomicU32::new(0) });
    {
        let mut queue = sync::lock(queue(address));
        if has_changed() {
            return true;
        }
        queue.push_back(Arc::clone(&waiter));
    }
    let mut in_time = true;
    while waiter.woken.load(Ordering::Acquire) == 0 && in_time {
        in_time = lock::wait(&waiter.woken, 0, until);
    }
    if waiter.woken.load(Ordering::Acquire) == 0 {
        let mut queue = sync::lock(queue(address));
        queue.retain(|other| !Arc::ptr_eq(other, &waiter));
    }
    waiter.woken.load(Ordering::Acquire) != 0
}

/// Wakes the one who has waited longest for the address.
#[doc(alias = "WakeByAddressSingle")]
pub fn wake_one(address: usize) {
    wake(address, 1);
}

/// Wakes everyone who waits for the address.
#[doc(alias = "WakeByAddressAll")]
pub fn wake_all(address: usize) {
    wake(address, usize::MAX);
}

fn wake(address: usize, mut count: usize) {
    let mut woken = Vec::new();
    sync::lock(queue(address)).retain(|waiter| {
        if waiter.address != address || count == 0 {
            return true;
        }
        count -= 1;
        waiter.woken.store(1, Ordering::Release);
        woken.push(Arc::clone(waiter));
        false
    });
    for waiter in woken {
        lock::wake(&waiter.woken, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;

    const LONG: Duration = Duration::from_secs(10);

    /// As many threads waiting for the address as asked, each of which tells when it is woken.
    fn waiting(address: usize, count: usize) -> mpsc::Receiver<bool> {
        let (tell, told) = mpsc::channel();
        for _ in 0..count {
            let tell = tell.clone();
            thread::spawn(move || tell.send(wait(address, || false, Some(LONG))).unwrap_or_default());
        }
        while sync::lock(queue(address)).iter().filter(|waiter| waiter.address == address).count() < count {
            thread::yield_now();
        }
        told
    }

    #[test]
    fn a_value_that_has_changed_is_not_waited_for() {
        assert!(wait(8, || true, None));
    }

    #[test]
    fn one_is_woken_or_all_and_neighbours_are_not() {
        // Both in one queue.
        let (address, neighbour) = (0x1000, 0x1000 + 64 * 8);
        let (told, apart) = (waiting(address, 3), waiting(neighbour, 1));
        wake_one(address);
        assert_eq!(told.recv_timeout(LONG), Ok(true));
        assert!(told.try_recv().is_err());
        wake_all(address);
        assert_eq!((told.recv_timeout(LONG), told.recv_timeout(LONG)), (Ok(true), Ok(true)));
        assert!(apart.try_recv().is_err());
        wake_all(neighbour);
        assert_eq!(apart.recv_timeout(LONG), Ok(true));
    }

    #[test]
    fn who_has_gone_is_not_woken() {
        assert!(!wait(0x3000, || false, Some(Duration::from_millis(1))));
        let told = waiting(0x3000, 1);
        wake_one(0x3000);
        assert_eq!(told.recv_timeout(LONG), Ok(true));
    }
}
