//! Model-checked: plain transfers, which stand in their lanes themselves and are told by a port. Both drivers: one that tells
//! of readiness (a socket of Linux' own, whose changes the test tells), and io_uring over a kernel of the model's own.
#![allow(unsafe_code, reason = "plays the C caller, who lends memory by address")]

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc as StdArc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use winsock_codes::{Call, Code};

use super::uring::Uring;
use super::{Direction, Driver, Endpoint, Judge, Target};
use crate::overlapped::{Begun, OVERLAPPED, Plain, Status, WSABUF, plain, receive_plain};
use crate::port::{CompletionPort, WaitError};
use crate::sync::{Arc, Job, lock, together};

const SCHEDULES: usize = 1_000;
const WORKS: usize = 3;

struct Stream;

impl Judge for Stream {
    fn judge(&self, _: i32, _: Call) -> Option<Code> {
        Some(Code::WSAECONNRESET)
    }

    fn is_stream(&self) -> bool {
        true
    }
}

fn uring() -> Driver {
    Driver::Uring(Box::new(Uring::new().unwrap()))
}

/// A connection tied to a port, and memory for transfers of a byte each.
struct Table {
    port: Arc<CompletionPort>,
    endpoint: Arc<Endpoint>,
    peer: UnixStream,
    overlapped: [usize; WORKS],
    bytes: [usize; WORKS],
    /// Calls that failed, of which no packet tells.
    failed: AtomicUsize,
}

impl Table {
    fn new(driver: Driver) -> StdArc<Table> {
        let (ours, peer) = UnixStream::pair().unwrap();
        let endpoint = Endpoint::new(StdArc::new(OwnedFd::from(ours)), StdArc::new(Stream));
        let port = CompletionPort::over(driver, 2);
        assert!(endpoint.associate(&port, 7));
        let overlapped = std::array::from_fn(|_| Box::into_raw(Box::<OVERLAPPED>::default()).expose_provenance());
        let bytes = std::array::from_fn(|_| Box::into_raw(Box::new(0_u8)).expose_provenance());
        StdArc::new(Table { port, endpoint, peer, overlapped, bytes, failed: AtomicUsize::new(0) })
    }

    fn lend(&self, number: usize) -> Plain {
        let buffer = WSABUF { len: 1, buf: std::ptr::with_exposed_provenance_mut(self.bytes[number]) };
        // SAFETY: made in `new`, and freed when the table goes, by which time every transfer has ended.
        unsafe { Plain::lend(std::ptr::with_exposed_provenance_mut(self.overlapped[number]), buffer) }.unwrap()
    }

    fn receive(&self, number: usize) {
        self.count(receive_plain(&self.endpoint, self.lend(number)).unwrap());
    }

    /// A send that may leave with the next wait.
    fn send(&self, number: usize) {
        let tie = self.endpoint.association().unwrap();
        let begun = plain::send_in_round(&self.endpoint, self.lend(number), tie);
        self.count(begun.unwrap_or(Begun::Failed(Code::WSA_OPERATION_ABORTED)));
    }

    fn count(&self, begun: Begun) {
        if let Begun::Failed(_) = begun {
            self.failed.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A byte comes, and the change is told after it.
    fn arrive(&self) {
        match &**self.port.driver() {
            Driver::Uring(uring) => uring.ring().arrive(),
            _ => {
                if let Err(error) = std::io::Write::write_all(&mut &self.peer, b"x") {
                    // Closed before.
                    assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
                }
                lock(self.endpoint.lane(Direction::Receive)).run(self.endpoint.judge());
            }
        }
    }

    /// Every transfer that did not fail within its call is told by one packet.
    fn assert_each_is_told_once(&self) {
        let mut told: Vec<usize> = Vec::new();
        while told.len() + self.failed.load(Ordering::SeqCst) < WORKS {
            let packet = self.port.take(None).unwrap();
            assert!(matches!(packet.status, Status::SUCCESS | Status::CANCELLED), "{packet:?}");
            assert!(!told.contains(&packet.overlapped) && self.overlapped.contains(&packet.overlapped));
            told.push(packet.overlapped);
        }
        assert_eq!(self.port.take(Some(Duration::ZERO)), Err(WaitError::TimedOut));
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        for number in 0..WORKS {
            // SAFETY: made by `Box` in `new`, and nothing is under way.
            unsafe {
                drop(Box::from_raw(std::ptr::with_exposed_provenance_mut::<OVERLAPPED>(self.overlapped[number])));
                drop(Box::from_raw(std::ptr::with_exposed_provenance_mut::<u8>(self.bytes[number])));
            }
        }
    }
}

fn job(table: &StdArc<Table>, act: impl FnOnce(&Table) + Send + 'static) -> Job {
    let table = StdArc::clone(table);
    Box::new(move || act(&table))
}

fn what_arrives_reaches_every_receive(driver: fn() -> Driver) {
    let run = move || {
        let table = Table::new(driver());
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..WORKS {
            jobs.push(job(&table, move |table| table.receive(number)));
            jobs.push(job(&table, Table::arrive));
        }
        together(jobs);
        table.assert_each_is_told_once();
    };
    shuttle::check_random(run, SCHEDULES);
}

fn cancel_and_close_end_every_transfer_once(driver: fn() -> Driver, begin: fn(&Table, usize)) {
    let run = move || {
        let table = Table::new(driver());
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..WORKS {
            jobs.push(job(&table, move |table| begin(table, number)));
        }
        jobs.push(job(&table, Table::arrive));
        jobs.push(job(&table, |table| {
            table.endpoint.cancel(Target::Record(table.overlapped[1]));
        }));
        jobs.push(job(&table, |table| table.endpoint.close()));
        together(jobs);
        table.assert_each_is_told_once();
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_plain_what_arrives_reaches_every_receive() {
    what_arrives_reaches_every_receive(|| Driver::Model(Box::default()));
}

#[test]
fn model_plain_uring_what_arrives_reaches_every_receive() {
    what_arrives_reaches_every_receive(uring);
}

#[test]
fn model_plain_cancel_and_close_end_every_receive_once() {
    cancel_and_close_end_every_transfer_once(|| Driver::Model(Box::default()), Table::receive);
}

#[test]
fn model_plain_uring_cancel_and_close_end_every_receive_once() {
    cancel_and_close_end_every_transfer_once(uring, Table::receive);
}

#[test]
fn model_plain_uring_cancel_and_close_end_every_gathered_send_once() {
    cancel_and_close_end_every_transfer_once(uring, Table::send);
}

/// A send in the same direction as others that are with the kernel goes behind them; who asks whether the direction is busy
/// gets what is only left to a next wait out of the way.
#[test]
fn model_plain_uring_a_gathered_send_leaves_when_its_direction_is_asked_for() {
    let run = || {
        let table = Table::new(uring());
        table.arrive();
        table.send(0);
        let busy = [job(&table, |table| assert!(!table.endpoint.is_busy(Direction::Send)))];
        together(busy.into_iter().collect());
        assert_eq!(table.port.take(Some(Duration::ZERO)).unwrap().overlapped, table.overlapped[0]);
    };
    shuttle::check_random(run, SCHEDULES);
}
