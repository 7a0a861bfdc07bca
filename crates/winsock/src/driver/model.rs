//! Model-checked: lanes under submit, readiness, cancel and close; a port under posts, waits and closing.
//!
//! `cargo test -p winsock --lib --features model`. shuttle runs each test under thousands of thread schedules.

use std::os::fd::OwnedFd;
use std::sync::Arc as StdArc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::endpoint::Submitted;
use super::{Attempt, Direction, Driver, Endpoint, Failure, Item, Judge, NoJudge, Submission, Target, Work};
use crate::overlapped::Status;
use crate::port::{CompletionPort, Packet, WaitError};
use crate::sync::{Arc, Condvar, Job, Mutex, lock, together};
use crate::sys;

const SCHEDULES: usize = 5_000;

/// Linux as the port sees it: a waiter is told a wake once, and two wakes may become one.
#[derive(Debug, Default)]
pub(crate) struct Model {
    is_woken: Mutex<bool>,
    changed: Condvar,
    /// It has no memory to watch anything.
    refuses: bool,
}

impl Model {
    pub(super) fn park(&self) -> sys::Result<()> {
        if self.refuses { Err(sys::Errno(libc::ENOSPC)) } else { Ok(()) }
    }

    pub(crate) fn wake(&self) {
        *lock(&self.is_woken) = true;
        self.changed.notify_one();
    }

    pub(crate) fn reap(&self, timeout_ms: i32, stop_waiting: impl FnOnce(bool) -> bool) -> sys::Result<()> {
        let mut is_woken = lock(&self.is_woken);
        while !*is_woken && timeout_ms != 0 {
            is_woken = self.changed.wait(is_woken).unwrap();
        }
        let consumed = std::mem::take(&mut *is_woken);
        drop(is_woken);
        stop_waiting(consumed);
        Ok(())
    }
}

/// Work that ends when the source has something for it, and counts its ends.
struct Counted {
    number: usize,
    source: Arc<Mutex<usize>>,
    ends: StdArc<[AtomicUsize]>,
    /// Where its end is posted.
    port: Option<Arc<CompletionPort>>,
}

impl Work for Counted {
    fn attempt(&mut self, _: std::os::fd::BorrowedFd<'_>, _: &dyn Judge) -> Attempt {
        let mut source = lock(&self.source);
        if *source == 0 {
            return Attempt::Blocked;
        }
        *source -= 1;
        // A stream that gave less than was asked for: nothing is left unless a change is told.
        Attempt::Finished { drained: *source == 0 }
    }

    fn readiness(&self) -> sys::uring::Request {
        sys::uring::Request::readable()
    }

    fn is_handed_over(&self) -> bool {
        true
    }

    fn answer(&mut self, _: sys::Result<usize>, _: &dyn Judge) -> Attempt {
        Attempt::Finished { drained: false }
    }

    fn is_meant(&self, target: Target) -> bool {
        matches!(target, Target::Everything) || target == Target::Record(self.number)
    }

    fn finish(self: Box<Self>, _: Option<Failure>, _: &dyn Judge) {
        self.ends[self.number].fetch_add(1, Ordering::SeqCst);
        if let Some(port) = &self.port {
            port.post(self.number, 0, 0);
        }
    }
}

impl Submission for Counted {
    type Now = ();

    fn attempt(&mut self, fd: std::os::fd::BorrowedFd<'_>, judge: &dyn Judge) -> Attempt {
        Work::attempt(self, fd, judge)
    }

    fn now(self) {
        self.ends[self.number].fetch_add(1, Ordering::SeqCst);
    }

    fn later(self) -> Item {
        Item::Boxed(Box::new(self))
    }
}

pub(super) struct Bench {
    endpoint: Arc<Endpoint>,
    source: Arc<Mutex<usize>>,
    ends: StdArc<[AtomicUsize]>,
}

impl Bench {
    fn new(works: usize) -> StdArc<Bench> {
        Bench::over(&Arc::new(Driver::Model(Box::default())), works)
    }

    pub(super) fn over(driver: &Arc<Driver>, works: usize) -> StdArc<Bench> {
        let fd = StdArc::new(OwnedFd::from(std::fs::File::open("/dev/null").unwrap()));
        let endpoint = Endpoint::new(fd, StdArc::new(NoJudge));
        let ends = (0..works).map(|_| AtomicUsize::new(0)).collect();
        let bench = Bench { endpoint, source: Arc::new(Mutex::new(0)), ends };
        bench.move_to(driver);
        StdArc::new(bench)
    }

    fn move_to(&self, driver: &Arc<Driver>) {
        let (receive, send) = (self.endpoint.lane(Direction::Receive), self.endpoint.lane(Direction::Send));
        self.endpoint.move_to(driver, &mut lock(receive), &mut lock(send));
    }

    /// Submits work whose end is posted to a port.
    pub(super) fn submit_for(&self, port: &Arc<CompletionPort>, number: usize) {
        let work = Counted { port: Some(Arc::clone(port)), ..self.work(number) };
        assert_eq!(self.endpoint.submit(Direction::Receive, work), Submitted::Later);
    }

    fn work(&self, number: usize) -> Counted {
        Counted { number, source: Arc::clone(&self.source), ends: StdArc::clone(&self.ends), port: None }
    }

    /// Submits; an end at once counts, a refusal (closed) too, because nothing will be told later.
    pub(super) fn submit(&self, number: usize) {
        if let Submitted::Not(_) = self.endpoint.submit(Direction::Receive, self.work(number)) {
            self.ends[number].fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Something arrives, and the change is told after it.
    pub(super) fn arrive(&self) {
        *lock(&self.source) += 1;
        lock(self.endpoint.lane(Direction::Receive)).run(self.endpoint.judge());
    }

    pub(super) fn cancel(&self, target: Target) -> bool {
        self.endpoint.cancel(target)
    }

    pub(super) fn close(&self) {
        self.endpoint.close();
    }

    pub(super) fn ends(&self) -> Vec<usize> {
        self.ends.iter().map(|count| count.load(Ordering::SeqCst)).collect()
    }
}

#[test]
fn model_what_arrives_is_never_left_beside_work_that_waits_for_it() {
    let run = || {
        let bench = Bench::new(3);
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..3 {
            let bench = StdArc::clone(&bench);
            jobs.push(Box::new(move || bench.submit(number)));
        }
        for _ in 0..3 {
            let bench = StdArc::clone(&bench);
            jobs.push(Box::new(move || bench.arrive()));
        }
        together(jobs);
        assert_eq!(bench.ends(), [1, 1, 1]);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_cancel_and_close_end_every_work_exactly_once() {
    let run = || {
        let bench = Bench::new(4);
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..4 {
            let bench = StdArc::clone(&bench);
            jobs.push(Box::new(move || bench.submit(number)));
        }
        let [arrives, cancels, closes] = [(); 3].map(|()| StdArc::clone(&bench));
        jobs.push(Box::new(move || arrives.arrive()));
        jobs.push(Box::new(move || {
            cancels.endpoint.cancel(Target::Record(1));
        }));
        jobs.push(Box::new(move || closes.endpoint.close()));
        together(jobs);
        assert_eq!(bench.ends(), [1, 1, 1, 1]);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_work_that_the_next_driver_cannot_watch_ends() {
    let run = || {
        let bench = Bench::new(3);
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..3 {
            let bench = StdArc::clone(&bench);
            jobs.push(Box::new(move || bench.submit(number)));
        }
        let moves = StdArc::clone(&bench);
        jobs.push(Box::new(move || {
            moves.move_to(&Arc::new(Driver::Model(Box::new(Model { refuses: true, ..Model::default() }))));
        }));
        together(jobs);
        assert_eq!(bench.ends(), [1, 1, 1]);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_every_posted_packet_is_taken_once_and_no_waiter_sleeps_beside_one() {
    every_posted_packet_is_taken_once(|| Driver::Model(Box::default()));
}

/// Two threads wait on a port over such a driver while two others post.
pub(super) fn every_posted_packet_is_taken_once(driver: fn() -> Driver) {
    for concurrency in [1, 2, 3] {
        let run = move || {
            let port = CompletionPort::over(driver(), concurrency);
            let sum = StdArc::new(AtomicUsize::new(0));
            let mut jobs: Vec<Job> = Vec::new();
            for _ in 0..2 {
                let (port, sum) = (Arc::clone(&port), StdArc::clone(&sum));
                jobs.push(Box::new(move || {
                    for _ in 0..2 {
                        sum.fetch_add(port.take(None).unwrap().key, Ordering::SeqCst);
                    }
                }));
            }
            for key in [1, 10] {
                let port = Arc::clone(&port);
                jobs.push(Box::new(move || {
                    port.post(key, 0, 0);
                    port.post(key * 100, 0, 0);
                }));
            }
            together(jobs);
            assert_eq!(sum.load(Ordering::SeqCst), 1111);
            assert_eq!(port.take(Some(Duration::ZERO)), Err(WaitError::TimedOut));
        };
        shuttle::check_random(run, SCHEDULES / 2);
    }
}

#[test]
fn model_closing_a_port_ends_every_wait() {
    let run = || {
        let port = CompletionPort::over(Driver::Model(Box::default()), 1);
        let mut jobs: Vec<Job> = Vec::new();
        for _ in 0..3 {
            let port = Arc::clone(&port);
            jobs.push(Box::new(move || {
                let mut packets = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS }; 2];
                while port.take_many(&mut packets, None).is_ok() {}
            }));
        }
        let (posts, closes) = (Arc::clone(&port), Arc::clone(&port));
        jobs.push(Box::new(move || posts.post(1, 0, 0)));
        jobs.push(Box::new(move || closes.close()));
        together(jobs);
    };
    shuttle::check_random(run, SCHEDULES);
}
