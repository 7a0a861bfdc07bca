//! Model-checked: no signal is lost, none lets two through, and a wait for all takes all or none.
//!
//! `cargo test -p winsock --lib --features model`. shuttle runs each test under thousands of thread schedules.

use std::sync::Arc as StdArc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use shuttle::thread;

use super::dispatcher::{self, Ended, Mode, wait};
use super::object::{Kind, Waitable};
use super::thread::{Call, current, queue_call, run_calls};
use crate::sync::{Arc, Job, together};

const SCHEDULES: usize = 5_000;

fn event(is_manual: bool) -> Arc<Waitable> {
    Waitable::new(Kind::Event { is_manual }, 0)
}

fn taken(index: usize) -> Ended {
    Ended::Taken { index, is_abandoned: false }
}

#[test]
fn model_each_set_of_an_auto_reset_event_lets_one_wait_through_and_is_not_lost() {
    let run = || {
        let event = event(false);
        let answer = self::event(false);
        let mut jobs: Vec<Job> = Vec::new();
        {
            let (event, answer) = (Arc::clone(&event), Arc::clone(&answer));
            jobs.push(Box::new(move || {
                for _ in 0..3 {
                    assert_eq!(wait(&[Arc::clone(&event)], Mode::Any, false, None), taken(0));
                    dispatcher::set(&answer);
                }
            }));
        }
        {
            let event = Arc::clone(&event);
            jobs.push(Box::new(move || {
                for _ in 0..3 {
                    dispatcher::set(&event);
                    assert_eq!(wait(&[Arc::clone(&answer)], Mode::Any, false, None), taken(0));
                }
            }));
        }
        together(jobs);
        assert_eq!(wait(&[event], Mode::Any, false, Some(Duration::ZERO)), Ended::TimedOut);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_any_takes_each_signal_once_whichever_object_it_is_of() {
    let run = || {
        let events = [event(false), event(false)];
        let through = StdArc::new(AtomicUsize::new(0));
        let mut jobs: Vec<Job> = Vec::new();
        for backwards in [false, true] {
            let mut objects = events.to_vec();
            if backwards {
                objects.reverse();
            }
            let through = StdArc::clone(&through);
            jobs.push(Box::new(move || {
                assert!(matches!(wait(&objects, Mode::Any, false, None), Ended::Taken { .. }));
                through.fetch_add(1, Ordering::SeqCst);
            }));
        }
        for event in &events {
            let event = Arc::clone(event);
            jobs.push(Box::new(move || dispatcher::set(&event)));
        }
        together(jobs);
        assert_eq!(through.load(Ordering::SeqCst), 2);
        assert_eq!(wait(&events, Mode::Any, false, Some(Duration::ZERO)), Ended::TimedOut);
    };
    shuttle::check_random(run, SCHEDULES);
}

/// Two threads want the same two events, in either order, and give both back: each gets both, and they never hold one
/// each, which would be for ever.
#[test]
fn model_all_takes_both_or_none() {
    let run = || {
        let events = [event(false), event(false)];
        let holders = StdArc::new(AtomicUsize::new(0));
        events.iter().for_each(|event| dispatcher::set(event));
        let mut jobs: Vec<Job> = Vec::new();
        for backwards in [false, true] {
            let mut objects = events.to_vec();
            if backwards {
                objects.reverse();
            }
            let holders = StdArc::clone(&holders);
            jobs.push(Box::new(move || {
                assert_eq!(wait(&objects, Mode::All, false, None), taken(0));
                assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0, "two hold both");
                thread::yield_now();
                holders.fetch_sub(1, Ordering::SeqCst);
                objects.iter().for_each(|event| dispatcher::set(event));
            }));
        }
        // One who only wants the first must not be starved of it by the others' waits.
        let first = Arc::clone(&events[0]);
        jobs.push(Box::new(move || {
            assert_eq!(wait(&[Arc::clone(&first)], Mode::Any, false, None), taken(0));
            dispatcher::set(&first);
        }));
        together(jobs);
        assert_eq!(wait(&events, Mode::All, false, Some(Duration::ZERO)), taken(0));
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_a_semaphore_lets_as_many_through_as_it_counts() {
    let run = || {
        let semaphore = Waitable::new(Kind::Semaphore { most: 9 }, 1);
        let mut jobs: Vec<Job> = Vec::new();
        for _ in 0..4 {
            let semaphore = Arc::clone(&semaphore);
            jobs.push(Box::new(move || assert_eq!(wait(&[semaphore], Mode::Any, false, None), taken(0))));
        }
        for count in [1, 2] {
            let semaphore = Arc::clone(&semaphore);
            jobs.push(Box::new(move || {
                dispatcher::change(&semaphore, |value| Some(value + count)).unwrap();
            }));
        }
        together(jobs);
        assert_eq!(semaphore.value(), 0);
    };
    shuttle::check_random(run, SCHEDULES);
}

#[test]
fn model_a_mutex_has_one_owner() {
    let run = || {
        let mutex = Waitable::new(Kind::Mutex { depth: 0.into(), is_abandoned: false.into() }, 0);
        let inside = StdArc::new(AtomicUsize::new(0));
        let mut jobs: Vec<Job> = Vec::new();
        for _ in 0..3 {
            let (mutex, inside) = (Arc::clone(&mutex), StdArc::clone(&inside));
            jobs.push(Box::new(move || {
                assert!(matches!(wait(&[Arc::clone(&mutex)], Mode::Any, false, None), Ended::Taken { .. }));
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                thread::yield_now();
                inside.fetch_sub(1, Ordering::SeqCst);
                super::thread::forget_mutex(&mutex);
                dispatcher::change(&mutex, |_| Some(0));
            }));
        }
        together(jobs);
        assert_eq!(mutex.value(), 0);
    };
    shuttle::check_random(run, SCHEDULES);
}

/// A signal and an alert at once: the wait ends by one of them, and the other is still there.
#[test]
fn model_neither_a_signal_nor_an_alert_is_lost_beside_the_other() {
    let run = || {
        // A call takes words only; of this test one schedule runs at a time.
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        CALLS.store(0, Ordering::SeqCst);
        let event = event(false);
        let (ready, me) = (self::event(true), Arc::new(crate::sync::Mutex::new(None)));
        let mut jobs: Vec<Job> = Vec::new();
        {
            let (event, ready, me) = (Arc::clone(&event), Arc::clone(&ready), Arc::clone(&me));
            jobs.push(Box::new(move || {
                *me.lock().unwrap() = Some(current());
                dispatcher::set(&ready);
                let (mut signals, mut alerts) = (0, 0);
                while signals == 0 || alerts == 0 {
                    match wait(&[Arc::clone(&event)], Mode::Any, true, None) {
                        Ended::Taken { .. } => signals += 1,
                        Ended::Alerted => alerts += usize::from(run_calls()),
                        Ended::TimedOut => unreachable!("it waits for ever"),
                    }
                }
                assert_eq!((signals, alerts, CALLS.load(Ordering::SeqCst)), (1, 1, 1));
            }));
        }
        {
            let event = Arc::clone(&event);
            jobs.push(Box::new(move || dispatcher::set(&event)));
        }
        jobs.push(Box::new(move || {
            assert_eq!(wait(&[ready], Mode::Any, false, None), taken(0));
            let waiter = me.lock().unwrap().clone().unwrap();
            let count = |_| {
                CALLS.fetch_add(1, Ordering::SeqCst);
            };
            assert!(queue_call(&waiter, Call::new(count, [0; 4])));
        }));
        together(jobs);
    };
    shuttle::check_random(run, SCHEDULES);
}

/// A thread that ends leaves its mutex to the next, as abandoned, and is itself signalled.
#[test]
fn model_an_ending_thread_leaves_its_mutex_and_wakes_who_waits_for_it() {
    let run = || {
        let mutex = Waitable::new(Kind::Mutex { depth: 0.into(), is_abandoned: false.into() }, 0);
        let (ready, owner) = (event(true), Arc::new(crate::sync::Mutex::new(None)));
        let mut jobs: Vec<Job> = Vec::new();
        {
            let (mutex, ready, owner) = (Arc::clone(&mutex), Arc::clone(&ready), Arc::clone(&owner));
            jobs.push(Box::new(move || {
                assert_eq!(wait(&[mutex], Mode::Any, false, None), taken(0));
                *owner.lock().unwrap() = Some(current());
                dispatcher::set(&ready);
                super::exit::end(&current());
            }));
        }
        jobs.push(Box::new(move || {
            assert_eq!(wait(&[ready], Mode::Any, false, None), taken(0));
            let owner = owner.lock().unwrap().clone().unwrap();
            let end = wait(&[Arc::clone(&mutex), owner], Mode::All, false, None);
            assert_eq!(end, Ended::Taken { index: 0, is_abandoned: true });
            super::thread::forget_mutex(&mutex);
        }));
        together(jobs);
    };
    shuttle::check_random(run, SCHEDULES);
}
