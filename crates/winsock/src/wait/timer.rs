//! Waitable timers. One thread per process sets those that are due; it sleeps until the next.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::dispatcher;
use super::object::{Kind, Waitable};
use super::thread::{Call, Words, queue_call};
use crate::sync::{Arc, lock};

/// What is particular to a timer among the objects.
pub(crate) struct Timer {
    pub(super) is_manual: bool,
    setting: crate::sync::Mutex<Setting>,
}

/// How a timer is set.
#[derive(Default)]
struct Setting {
    /// Counts settings: one that is due too late is passed over.
    count: u64,
    period: Option<Duration>,
    /// Who runs what when it is due.
    told: Option<Told>,
}

/// A thread, and what makes the call that it runs.
type Told = (Arc<Waitable>, CallMaker);

/// Makes what runs each time that a timer is due: a function, and words for it.
pub type CallMaker = (fn(Words) -> Call, Words);

struct Clock {
    due: Mutex<Queue>,
    changed: Condvar,
}

struct Queue {
    /// By time, then in the order of setting.
    by_time: BTreeMap<(Instant, u64), Due>,
    added: u64,
}

struct Due {
    timer: Weak<Waitable>,
    count: u64,
}

impl Timer {
    pub(super) fn new(is_manual: bool) -> Timer {
        Timer { is_manual, setting: crate::sync::Mutex::default() }
    }
}

/// Sets a timer anew: not signalled, then signalled after `delay` and every `period` from then on. False if Linux has no
/// thread to spare that would do it.
pub(super) fn start(object: &Arc<Waitable>, delay: Duration, period: Option<Duration>, told: Option<Told>) -> bool {
    let (Kind::Timer(timer), Some(clock)) = (&object.kind, clock()) else { return false };
    let mut setting = lock(&timer.setting);
    dispatcher::reset(object);
    *setting = Setting { count: setting.count + 1, period, told };
    let count = setting.count;
    drop(setting);
    clock.add(object, count, Instant::now() + delay);
    true
}

/// Takes the setting back; a timer that is signalled stays so.
pub(super) fn stop(object: &Waitable) {
    if let Kind::Timer(timer) = &object.kind {
        let mut setting = lock(&timer.setting);
        *setting = Setting { count: setting.count + 1, ..Setting::default() };
    }
}

/// The clock, which runs; `None` if it cannot.
fn clock() -> Option<&'static Clock> {
    static CLOCK: Clock = Clock { due: Mutex::new(Queue::new()), changed: Condvar::new() };
    static RUNS: Mutex<bool> = Mutex::new(false);
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    if !*runs {
        *runs = thread::Builder::new().name("wsa-timers".into()).spawn(|| CLOCK.run()).is_ok();
    }
    runs.then_some(&CLOCK)
}

impl Queue {
    const fn new() -> Queue {
        Queue { by_time: BTreeMap::new(), added: 0 }
    }
}

impl Clock {
    fn add(&self, object: &Arc<Waitable>, count: u64, at: Instant) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.added += 1;
        let place = (at, due.added);
        due.by_time.insert(place, Due { timer: Arc::downgrade(object), count });
        self.changed.notify_one();
    }

    fn run(&self) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let Some((&(at, _), _)) = due.by_time.first_key_value() else {
                due = self.changed.wait(due).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = at.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                due = self.changed.wait_timeout(due, left).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            let first = due.by_time.pop_first();
            drop(due);
            if let Some((_, first)) = first {
                self.ring(&first, at);
            }
            due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn ring(&self, due: &Due, at: Instant) {
        let Some(object) = due.timer.upgrade() else { return };
        let Kind::Timer(timer) = &object.kind else { return };
        let setting = lock(&timer.setting);
        if setting.count != due.count {
            return; // Set anew or taken back since.
        }
        dispatcher::set(&object);
        if let Some((thread, (make, words))) = &setting.told {
            queue_call(thread, make(*words));
        }
        if let Some(period) = setting.period {
            self.add(&object, due.count, at + period);
        }
    }
}
