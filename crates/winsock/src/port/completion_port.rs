//! [`CompletionPort`]: a queue of packets whose waiters drive the I/O.
//!
//! A thread that waits is a thread that reaps: there is no other one that would have to hand results over. A thread is
//! woken for a packet only if it waits, none that was woken before is still on its way, and the port's concurrency
//! allows one more to run; a thread that runs comes back for its packets by itself.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, AtomicU64};
use std::time::{Duration, Instant};

use super::desk::{self, Desk};
use super::watch;
use crate::afd::Poller;
use crate::driver::{Driver, DriverKind, Few, Wait, driver_kind};
use crate::overlapped::Status;
use crate::sync::Arc;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::quick::{Mutex, MutexGuard, lock};
use crate::sys::Errno;
use crate::wait;

/// How many packets are taken before Linux is looked at again although packets are left: a connection whose calls
/// always succeed at once must not starve the others. Two packets for each change of one wait.
const PATIENCE: u32 = 256;

/// One finished operation, or what `PostQueuedCompletionStatus` was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The key of the association, or the posted one.
    pub key: usize,
    /// Address of the OVERLAPPED, or the posted value.
    pub overlapped: usize,
    /// Bytes transferred, or the posted number.
    pub bytes: u32,
    /// How it ended; success for posted packets.
    pub status: Status,
}

/// Why a wait gave no packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitError {
    /// The time is over: `WAIT_TIMEOUT` (258).
    TimedOut,
    /// The port was closed: `ERROR_ABANDONED_WAIT_0` (735).
    Abandoned,
    /// An alertable wait ended because something is queued for the thread to run: `WAIT_IO_COMPLETION` (192).
    Alerted,
}

/// A completion port.
///
/// ```
/// use std::time::Duration;
/// use winsock::overlapped::Status;
/// use winsock::port::{CompletionPort, Packet, WaitError};
///
/// let port = CompletionPort::new(1).unwrap();
/// assert_eq!(port.take(Some(Duration::ZERO)), Err(WaitError::TimedOut));
/// port.post(7, 0x1000, 42);
/// let packet = port.take(None).unwrap();
/// assert_eq!((packet.key, packet.overlapped, packet.bytes), (7, 0x1000, 42));
/// assert_eq!(packet.status, Status::SUCCESS);
/// ```
#[derive(Debug)]
pub struct CompletionPort {
    packets: Mutex<Packets>,
    /// How many packets were put at the queue's end so far. Changes under the lock.
    given: AtomicU64,
    /// None of its handles was closed so far: whoever waited by one of them need not look it up again.
    has_all_handles: AtomicBool,
    driver: Arc<Driver>,
    /// How many threads may run before no further one is woken.
    concurrency: u32,
    /// How many handles there are beside the first.
    more_handles: AtomicU32,
    /// What looks at the sockets that polls tell this port of, as long as somebody needs it.
    pub(crate) poller: std::sync::Mutex<std::sync::Weak<Poller>>,
}

#[derive(Debug, Default)]
struct Packets {
    queue: VecDeque<Packet>,
    /// Threads that wait for Linux on behalf of this port.
    waiting: u32,
    /// Wakes sent to them and not yet consumed.
    woken: u32,
    /// Threads that have stopped waiting and not come back, those that are reaping included.
    running: u32,
    /// Threads that are finishing work now and will then look at the queue.
    reaping: u32,
    taken_since_reap: u32,
    /// Counts takes, for the watch.
    takes: u64,
    is_closed: bool,
}

impl CompletionPort {
    /// A port with the process's driver; a `concurrency` of 0 means one thread per processor.
    ///
    /// # Errors
    /// The errno of Linux when descriptors or memory are short.
    #[doc(alias = "CreateIoCompletionPort")]
    pub fn new(concurrency: u32) -> std::io::Result<Arc<CompletionPort>> {
        CompletionPort::with_driver(concurrency, driver_kind())
    }

    /// A port with this driver.
    ///
    /// # Errors
    /// As for [`CompletionPort::new`]; also if the kernel forbids io_uring and it is asked for.
    pub fn with_driver(concurrency: u32, kind: DriverKind) -> std::io::Result<Arc<CompletionPort>> {
        let driver = Driver::new(kind).map_err(|Errno(errno)| std::io::Error::from_raw_os_error(errno))?;
        let processors = || std::thread::available_parallelism().map_or(1, |count| count.get() as u32);
        let port = CompletionPort::over(driver, if concurrency == 0 { processors() } else { concurrency });
        watch::begin(&port);
        Ok(port)
    }

    /// A port that nobody watches.
    pub(crate) fn over(driver: Driver, concurrency: u32) -> Arc<CompletionPort> {
        Arc::new(CompletionPort {
            packets: Mutex::default(),
            given: AtomicU64::new(0),
            has_all_handles: AtomicBool::new(true),
            driver: Arc::new(driver),
            concurrency,
            more_handles: AtomicU32::new(0),
            poller: std::sync::Mutex::default(),
        })
    }

    pub(crate) fn driver(&self) -> &Arc<Driver> {
        &self.driver
    }

    /// Queues a packet of the program's own.
    #[doc(alias = "PostQueuedCompletionStatus")]
    pub fn post(&self, key: usize, overlapped: usize, bytes: u32) {
        self.push(Packet { key, overlapped, bytes, status: Status::SUCCESS });
    }

    /// Makes room for one more packet; false if there is no memory for it.
    pub(crate) fn make_room(&self) -> bool {
        lock(&self.packets).queue.try_reserve(1).is_ok()
    }

    /// The next packet; waits for it at most `timeout`, for ever without one.
    ///
    /// # Errors
    /// [`WaitError`].
    #[doc(alias = "GetQueuedCompletionStatus")]
    pub fn take(self: &Arc<Self>, timeout: Option<Duration>) -> Result<Packet, WaitError> {
        let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS }];
        self.take_many(&mut packet, timeout).map(|_| packet[0])
    }

    /// Takes as many packets as there are and fit; waits for the first at most `timeout`.
    ///
    /// # Errors
    /// [`WaitError`].
    #[doc(alias = "GetQueuedCompletionStatusEx")]
    pub fn take_many(self: &Arc<Self>, into: &mut [Packet], timeout: Option<Duration>) -> Result<usize, WaitError> {
        self.take_packets(into, timeout, false)
    }

    /// [`CompletionPort::take_many`] that also ends when something is queued for the thread to run.
    ///
    /// # Errors
    /// [`WaitError`].
    pub fn take_many_alertably(
        self: &Arc<Self>,
        into: &mut [Packet],
        timeout: Option<Duration>,
    ) -> Result<usize, WaitError> {
        self.take_packets(into, timeout, true)
    }

    fn take_packets(
        self: &Arc<Self>,
        into: &mut [Packet],
        timeout: Option<Duration>,
        is_alertable: bool,
    ) -> Result<usize, WaitError> {
        desk::at_own(|desk| {
            desk.sit_down(self);
            self.wait(desk, lock(&self.packets), into, timeout, is_alertable).map(|count| count as usize)
        })
    }

    /// [`CompletionPort::take_many`] of a thread at its desk. (A result of 8 bytes is returned in a register.)
    #[inline]
    pub(super) fn take_at(
        &self,
        desk: &Desk,
        into: &mut [Packet],
        timeout: Option<Duration>,
    ) -> Result<u32, WaitError> {
        let mut packets = lock(&self.packets);
        // A thread that is known to run need not tell that it does.
        if packets.are_to_be_taken() && desk.is_running() {
            let count = packets.take_into(into);
            self.pass_on(&mut packets);
            return Ok(count);
        }
        self.wait(desk, packets, into, timeout, false)
    }

    #[inline(never)]
    fn wait<'p>(
        &'p self,
        desk: &Desk,
        mut packets: MutexGuard<'p, Packets>,
        into: &mut [Packet],
        timeout: Option<Duration>,
        is_alertable: bool,
    ) -> Result<u32, WaitError> {
        let mut deadline = None;
        let mut has_looked = false;
        loop {
            if packets.are_to_be_taken() {
                let count = packets.take_into(into);
                self.start_running(desk, &mut packets);
                self.pass_on(&mut packets);
                drop(packets);
                watch::waiter_left();
                return Ok(count);
            }
            let wait_ms = match packets.queue.is_empty() {
                true => remaining_ms(timeout, &mut deadline),
                false => 0,
            };
            let is_over = wait_ms == 0 && has_looked && packets.queue.is_empty();
            if let Some(end) = packets.end_of_wait(is_alertable, is_over) {
                return self.give_up_waiting(desk, packets, end);
            }
            self.stop_running(desk, &mut packets);
            let wait = Wait { timeout_ms: wait_ms, may_spin: packets.waiting == 0 };
            packets.waiting += 1;
            drop(packets);
            // What the last wait left may give no packet, and says nothing of what there is besides.
            has_looked = !self.driver.has_left();
            self.reap(desk, wait, is_alertable);
            packets = lock(&self.packets);
            let given = self.given();
            let more = desk.give_up(&mut packets.queue, given);
            self.given.store(given + more, Ordering::Relaxed);
            if self.driver.gathers_sends() {
                desk.begin_round(packets.queue.len());
            }
            packets.reaping -= 1;
            packets.taken_since_reap = 0;
        }
    }

    #[cold]
    fn give_up_waiting(
        &self,
        desk: &Desk,
        mut packets: MutexGuard<'_, Packets>,
        why: WaitError,
    ) -> Result<u32, WaitError> {
        self.stop_running(desk, &mut packets);
        desk.go_away();
        self.pass_on(&mut packets);
        drop(packets);
        self.driver.flush();
        watch::waiter_left();
        Err(why)
    }

    /// Waits for Linux and finishes what can be finished; on return this thread counts as running and reaping.
    fn reap(&self, desk: &Desk, wait: Wait, is_alertable: bool) {
        let stop_waiting = |is_woken: bool| {
            let mut packets = lock(&self.packets);
            packets.waiting -= 1;
            packets.forget_wakes(is_woken);
            packets.reaping += 1;
            self.start_running(desk, &mut packets);
            if !self.could_wake(&packets) {
                desk.gather();
            }
            packets.waiting == 0
        };
        let timeout_ms = if is_alertable { self.wait_alertably(wait.timeout_ms) } else { wait.timeout_ms };
        let is_enough = |Few(few): Few| few || desk.has_gathered_much(self.driver.has_more_waiting());
        if self.driver.reap(Wait { timeout_ms, ..wait }, stop_waiting, is_enough).is_err() {
            // Linux had no memory for the wait; there is nobody to tell, and the next wait may have.
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits until there is something to reap or to run; gives the time for which the driver shall wait then.
    #[cold]
    fn wait_alertably(&self, wait_ms: i32) -> i32 {
        let Some(fd) = self.driver.fd() else { return wait_ms };
        self.driver.flush();
        let waits = wait_ms != 0 && !self.driver.has_left();
        // An error leaves the wait to the driver, without alerts.
        if waits && wait::wait_for_descriptor(fd, wait_ms).is_ok() { 0 } else { wait_ms }
    }

    /// Ends every wait, now and later, as abandoned; what is queued is lost.
    #[doc(alias = "CloseHandle")]
    pub fn close(&self) {
        let mut packets = lock(&self.packets);
        packets.is_closed = true;
        packets.queue = VecDeque::new();
        self.pass_on(&mut packets);
        drop(packets);
        watch::waiter_left();
    }

    /// Whether none of its handles was closed.
    #[inline]
    pub(super) fn has_all_handles(&self) -> bool {
        self.has_all_handles.load(Ordering::Acquire)
    }

    /// One more handle names this port.
    pub(crate) fn add_handle(&self) {
        self.more_handles.fetch_add(1, Ordering::AcqRel);
    }

    /// A handle is closed; the last one closes the port.
    pub(crate) fn close_handle(&self) {
        self.has_all_handles.store(false, Ordering::Release);
        let fewer = |handles: u32| handles.checked_sub(1);
        if self.more_handles.fetch_update(Ordering::AcqRel, Ordering::Acquire, fewer).is_err() {
            self.close();
        }
    }

    #[inline]
    pub(crate) fn push(&self, packet: Packet) {
        if desk::keeps(self, packet) {
            return;
        }
        let mut packets = lock(&self.packets);
        if packets.is_closed {
            return;
        }
        packets.queue.push_back(packet);
        self.given.store(self.given() + 1, Ordering::Relaxed);
        self.pass_on(&mut packets);
    }

    /// How many packets were put at the queue's end. Who finishes an operation of a socket sees what was given for an earlier
    /// one: it holds the lock of the socket's lane.
    #[inline]
    pub(super) fn given(&self) -> u64 {
        self.given.load(Ordering::Relaxed)
    }

    /// Wakes one more waiter if there is something for it.
    #[inline]
    fn pass_on(&self, packets: &mut Packets) {
        let taken_care_of = (packets.woken + packets.reaping) as usize;
        let has_work = packets.is_closed || packets.queue.len() > taken_care_of;
        if has_work && self.could_wake(packets) {
            self.wake_one(packets);
        }
    }

    #[cold]
    fn wake_one(&self, packets: &mut Packets) {
        packets.woken += 1;
        self.driver.wake();
    }

    /// Whether a thread waits that may run.
    #[inline]
    fn could_wake(&self, packets: &Packets) -> bool {
        let may_run = packets.is_closed || packets.running + packets.woken < self.concurrency;
        may_run && packets.waiting > packets.woken
    }

    #[inline]
    fn start_running(&self, desk: &Desk, packets: &mut Packets) {
        packets.running += u32::from(desk.set_running(true));
    }

    #[inline]
    fn stop_running(&self, desk: &Desk, packets: &mut Packets) {
        packets.running -= u32::from(desk.set_running(false));
    }

    /// A thread that ran for this port has ended or waits on another one.
    pub(super) fn lose_runner(&self) {
        self.driver.flush();
        let mut packets = lock(&self.packets);
        packets.running -= 1;
        self.pass_on(&mut packets);
    }

    /// Shows Linux what running threads have left for their next wait.
    pub(super) fn flush(&self) {
        self.driver.flush();
    }

    /// Looks after the port when nobody else does; see [`watch`]. True if it needs to be looked after again.
    pub(super) fn look_after(&self, takes_before: &mut u64) -> bool {
        self.flush();
        let mut packets = lock(&self.packets);
        if packets.is_closed {
            let is_left = packets.waiting == 0;
            drop(packets);
            if is_left {
                self.reap_for_nobody();
            }
            // Its sockets keep it, and what they begin goes on without packets: on Windows they keep the kernel's object.
            return true;
        }
        let is_attended = packets.waiting > packets.woken;
        if is_attended && packets.queue.is_empty() {
            return packets.running > 0;
        }
        let is_stuck = packets.takes == *takes_before;
        *takes_before = packets.takes;
        if is_stuck && packets.waiting > 0 {
            // Those that run have taken nothing for a while: they may be blocked, and on Windows another thread would
            // have been let in when they did. One that was woken may not have heard it: Linux had no memory for that.
            packets.woken = packets.woken.max(1);
            self.driver.wake();
        }
        drop(packets);
        if is_stuck && !is_attended {
            // Work moves on even if no thread waits: a peer may wait for the rest of a send.
            self.reap_for_nobody();
            let mut packets = lock(&self.packets);
            self.pass_on(&mut packets);
        }
        true
    }

    /// Moves on what there is, for a thread that does not wait and may not come back.
    pub(crate) fn look(&self) {
        desk::reap_aside(|| self.reap_for_nobody());
        let mut packets = lock(&self.packets);
        self.pass_on(&mut packets);
    }

    /// [`CompletionPort::look`], unless a thread waits that does it.
    pub(super) fn look_unless_attended(&self) {
        let is_attended = {
            let packets = lock(&self.packets);
            packets.waiting > packets.woken
        };
        if !is_attended {
            self.look();
        }
    }

    /// The thread, if it runs for this port, deals with so many ends next that came without packets.
    pub(crate) fn begin_round_here(&self, ends: usize) {
        if self.driver.gathers_sends() {
            desk::begin_round(self, ends);
        }
    }

    /// Whether the thread is in a round for this port in which sends may be left to its next wait.
    #[inline]
    pub(crate) fn gathers_sends_here(&self) -> bool {
        desk::gathers_sends(self)
    }

    fn reap_for_nobody(&self) {
        let stop_waiting = |is_woken: bool| {
            let mut packets = lock(&self.packets);
            packets.forget_wakes(is_woken);
            packets.waiting == 0
        };
        let _ = self.driver.reap(Wait::NONE, stop_waiting, |_| false);
        // The thread that does this does not wait next.
        self.flush();
    }
}

impl Packets {
    #[inline]
    fn are_to_be_taken(&self) -> bool {
        !self.queue.is_empty() && self.taken_since_reap < PATIENCE && !self.is_closed
    }

    /// Why a thread that finds nothing to take waits no longer.
    #[inline]
    fn end_of_wait(&self, is_alertable: bool, is_over: bool) -> Option<WaitError> {
        if self.is_closed {
            Some(WaitError::Abandoned)
        } else if is_alertable && wait::is_alerted() {
            Some(WaitError::Alerted)
        } else {
            is_over.then_some(WaitError::TimedOut)
        }
    }

    /// Two wakes may be consumed as one, so all count as consumed; who consumed them passes on what is left.
    fn forget_wakes(&mut self, is_woken: bool) {
        if is_woken {
            self.woken = 0;
        }
    }

    #[inline]
    fn take_into(&mut self, into: &mut [Packet]) -> u32 {
        let mut count = 0;
        for place in into {
            let Some(packet) = self.queue.pop_front() else { break };
            *place = packet;
            count += 1;
        }
        self.taken_since_reap += count;
        self.takes += 1;
        count
    }
}

/// Milliseconds left, rounded up so that a short wait does not become none; negative for ever.
fn remaining_ms(timeout: Option<Duration>, deadline: &mut Option<Instant>) -> i32 {
    let Some(timeout) = timeout else { return -1 };
    if timeout.is_zero() { 0 } else { finite_ms(timeout, deadline) }
}

#[inline(never)]
fn finite_ms(timeout: Duration, deadline: &mut Option<Instant>) -> i32 {
    let end = *deadline.get_or_insert_with(|| Instant::now() + timeout.min(LONGEST));
    let left = end.saturating_duration_since(Instant::now());
    left.as_nanos().div_ceil(1_000_000).try_into().unwrap_or(i32::MAX)
}

/// Windows' longest finite wait: 2^32 - 2 ms, some 49 days.
const LONGEST: Duration = Duration::from_millis(u32::MAX as u64 - 1);

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    #[test]
    fn what_another_thread_queues_stands_behind_what_was_kept_before() {
        let port = CompletionPort::with_driver(1, DriverKind::Epoll).unwrap();
        let by_another = |key| std::thread::scope(|scope| scope.spawn(|| port.post(key, 0, 0)).join().unwrap());
        let mut into = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS }; 8];
        let keys = |into: &[Packet]| into.iter().map(|packet| packet.key).collect::<Vec<_>>();
        desk::at_own(|desk| {
            desk.sit_down(&port);
            by_another(1);
            desk.gather();
            port.post(2, 0, 0);
            port.post(3, 0, 0);
            by_another(4);
            port.post(5, 0, 0);
            by_another(6);
            port.post(7, 0, 0);
            port.post(8, 0, 0);
            let mut packets = lock(&port.packets);
            let at_end = desk.give_up(&mut packets.queue, port.given());
            assert_eq!(at_end, 2);
            drop(packets);
        });
        assert_eq!(port.take_many(&mut into, None), Ok(8));
        assert_eq!(keys(&into), [1, 2, 3, 4, 5, 6, 7, 8]);
        // What was taken meanwhile is not waited for.
        desk::at_own(|desk| {
            desk.gather();
            port.post(9, 0, 0);
            by_another(10);
            by_another(11);
            lock(&port.packets).queue.pop_front();
            desk.give_up(&mut lock(&port.packets).queue, port.given());
        });
        assert_eq!(port.take_many(&mut into, None), Ok(2));
        assert_eq!(keys(&into[..2]), [9, 11]);
    }

    #[test]
    fn a_wake_that_nobody_heard_is_given_again() {
        for kind in [DriverKind::Epoll, DriverKind::IoUring] {
            let Ok(port) = CompletionPort::with_driver(1, kind) else { continue };
            lock(&port.packets).woken = 1;
            let waiter = std::thread::spawn({
                let port = Arc::clone(&port);
                move || port.take(Some(Duration::from_secs(10)))
            });
            while lock(&port.packets).waiting == 0 {
                std::thread::yield_now();
            }
            let begun = Instant::now();
            port.post(1, 2, 3);
            assert_eq!(waiter.join().unwrap().map(|packet| packet.key), Ok(1));
            assert!(begun.elapsed() < Duration::from_secs(5), "only the end of the wait has found it");
        }
    }
}
