//! Model-checked: the io_uring driver over a kernel of the model's own. Work under submit, answer, cancel and close; threads
//! that wait, lead, follow and are woken.

use std::sync::Arc as StdArc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use shuttle::thread;

use super::model::{Bench, every_posted_packet_is_taken_once};
use super::uring::Uring;
use super::{Driver, Endpoint, Target, Wait};
use crate::port::CompletionPort;
use crate::sync::{Arc, Job, together};

const SCHEDULES: usize = 5_000;

fn uring() -> Driver {
    Driver::Uring(Box::new(Uring::new().unwrap()))
}

/// A driver, and a thread that reaps it until it is told to stop.
struct Reaped {
    driver: Arc<Driver>,
    is_over: StdArc<AtomicBool>,
    reaper: thread::JoinHandle<()>,
}

impl Reaped {
    fn new() -> Reaped {
        let (driver, is_over) = (Arc::new(uring()), StdArc::new(AtomicBool::new(false)));
        let (reaps, ends) = (Arc::clone(&driver), StdArc::clone(&is_over));
        let reaper = thread::spawn(move || {
            while !ends.load(Ordering::SeqCst) {
                reaps.reap(Wait { timeout_ms: -1, may_spin: true }, |_| true, |_| false).unwrap();
            }
        });
        Reaped { driver, is_over, reaper }
    }

    fn ring(&self) -> &super::model_ring::Ring<Endpoint> {
        match &*self.driver {
            Driver::Uring(uring) => uring.ring(),
            _ => unreachable!("it was made so"),
        }
    }

    /// Waits until so much has ended, then ends the reaper.
    fn end(self, bench: &Bench, works: usize) {
        while bench.ends().iter().sum::<usize>() < works {
            thread::yield_now();
        }
        assert_eq!(self.ring().held(), 0, "work has ended that the kernel still has");
        self.is_over.store(true, Ordering::SeqCst);
        self.driver.wake();
        self.reaper.join().unwrap();
    }
}

#[test]
fn model_uring_what_arrives_reaches_every_work() {
    let run = || {
        let reaped = Reaped::new();
        let bench = Bench::over(&reaped.driver, 3);
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..3 {
            let (bench, driver) = (StdArc::clone(&bench), Arc::clone(&reaped.driver));
            jobs.push(Box::new(move || bench.submit(number)));
            jobs.push(Box::new(move || match &*driver {
                Driver::Uring(uring) => uring.ring().arrive(),
                _ => unreachable!("it was made so"),
            }));
        }
        together(jobs);
        reaped.end(&bench, 3);
        assert_eq!(bench.ends(), [1, 1, 1]);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_uring_cancel_and_close_end_every_work_exactly_once_and_not_before_the_kernel() {
    let run = || {
        let reaped = Reaped::new();
        let bench = Bench::over(&reaped.driver, 4);
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..4 {
            let bench = StdArc::clone(&bench);
            jobs.push(Box::new(move || bench.submit(number)));
        }
        let [first, second, closes] = [(); 3].map(|()| StdArc::clone(&bench));
        jobs.push(Box::new(move || {
            first.cancel(Target::Record(1));
        }));
        jobs.push(Box::new(move || {
            second.cancel(Target::Record(2));
        }));
        jobs.push(Box::new(move || closes.close()));
        let driver = Arc::clone(&reaped.driver);
        jobs.push(Box::new(move || match &*driver {
            Driver::Uring(uring) => uring.ring().arrive(),
            _ => unreachable!("it was made so"),
        }));
        together(jobs);
        reaped.end(&bench, 4);
        assert_eq!(bench.ends(), [1, 1, 1, 1]);
    };
    shuttle::check_random(run, SCHEDULES);
}

/// The driver that had the endpoint before has seen a change, and runs the lane when the ring has its head already.
#[test]
fn model_uring_a_change_told_late_takes_nothing_from_the_kernel() {
    let run = || {
        let reaped = Reaped::new();
        let bench = Bench::over(&reaped.driver, 2);
        let mut jobs: Vec<Job> = Vec::new();
        for number in 0..2 {
            let (bench, driver) = (StdArc::clone(&bench), Arc::clone(&reaped.driver));
            jobs.push(Box::new(move || bench.submit(number)));
            jobs.push(Box::new(move || match &*driver {
                Driver::Uring(uring) => uring.ring().arrive(),
                _ => unreachable!("it was made so"),
            }));
        }
        let late = StdArc::clone(&bench);
        jobs.push(Box::new(move || late.arrive()));
        together(jobs);
        reaped.end(&bench, 2);
        assert_eq!(bench.ends(), [1, 1]);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_uring_every_posted_packet_is_taken_once_whoever_leads() {
    every_posted_packet_is_taken_once(uring);
}

/// Who waits in the kernel takes what was posted and leaves; who waits for it must take its place.
#[test]
fn model_uring_a_leader_that_leaves_is_followed() {
    let run = || {
        let port = CompletionPort::over(uring(), 2);
        let bench = Bench::over(port.driver(), 2);
        bench.submit_for(&port, 1);
        let sum = StdArc::new(AtomicUsize::new(0));
        let mut jobs: Vec<Job> = Vec::new();
        for _ in 0..2 {
            let (port, sum) = (Arc::clone(&port), StdArc::clone(&sum));
            jobs.push(Box::new(move || {
                sum.fetch_add(port.take(None).unwrap().key, Ordering::SeqCst);
            }));
        }
        let (posts, arrives) = (Arc::clone(&port), Arc::clone(&port));
        jobs.push(Box::new(move || posts.post(10, 0, 0)));
        jobs.push(Box::new(move || match &**arrives.driver() {
            Driver::Uring(uring) => uring.ring().arrive(),
            _ => unreachable!("it was made so"),
        }));
        together(jobs);
        assert_eq!(sum.load(Ordering::SeqCst), 11);
    };
    shuttle::check_random(run, SCHEDULES);
}

/// Who cancels takes the ring's answers, and among them may be one that was to wake somebody else.
#[test]
fn model_uring_cancelling_takes_no_wake_away() {
    let run = || {
        let port = CompletionPort::over(uring(), 1);
        let bench = Bench::over(port.driver(), 2);
        bench.submit_for(&port, 1);
        let (takes, posts) = (Arc::clone(&port), Arc::clone(&port));
        let jobs: Vec<Job> = vec![
            Box::new(move || {
                let keys: usize = (0..2).map(|_| takes.take(None).unwrap().key).sum();
                assert_eq!(keys, 11);
            }),
            Box::new(move || posts.post(10, 0, 0)),
            Box::new(move || assert!(bench.cancel(Target::Record(1)))),
        ];
        together(jobs);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_uring_closing_a_port_ends_every_wait() {
    let run = || {
        let port = CompletionPort::over(uring(), 1);
        let mut jobs: Vec<Job> = Vec::new();
        for _ in 0..3 {
            let port = Arc::clone(&port);
            jobs.push(Box::new(move || while port.take(None).is_ok() {}));
        }
        let (posts, closes) = (Arc::clone(&port), Arc::clone(&port));
        jobs.push(Box::new(move || posts.post(1, 0, 0)));
        jobs.push(Box::new(move || closes.close()));
        together(jobs);
    };
    shuttle::check_random(run, SCHEDULES);
}
