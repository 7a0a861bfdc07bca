//! Waitable timers. One thread per process sets those that are due; it sleeps until the next.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::dispatcher;
use super::object::{Kind, Waitable};
use super::thread::{self, Call, Words};
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
    /// Where it stands in the clock's queue.
    place: Option<Place>,
}

/// A thread, and what makes the call that it runs.
type Told = (Arc<Waitable>, CallMaker);

/// Makes what runs each time that a timer is due: a function, and words for it.
pub type CallMaker = (fn(Words) -> Call, Words);

static CLOCK: Clock = Clock { due: Mutex::new(Queue::new()), changed: Condvar::new() };

/// Its lock is the last: a timer's setting is locked before it.
struct Clock {
    due: Mutex<Queue>,
    changed: Condvar,
}

/// A point in time, and the order of setting.
pub(crate) type Place = (Instant, u64);

struct Queue {
    by_time: BTreeMap<Place, Due>,
    added: u64,
}

enum Due {
    Timer { timer: Weak<Waitable>, count: u64 },
    Alarm(std::sync::Weak<dyn Alarm>),
}

/// What else has a time.
pub(crate) trait Alarm: Send + Sync {
    /// It is due.
    fn ring(&self);
}

impl Timer {
    pub(super) fn new(is_manual: bool) -> Timer {
        Timer { is_manual, setting: crate::sync::Mutex::default() }
    }

    /// Ends a setting: it is not due any more, and what it was due for does not run if it has not yet.
    ///
    /// Docs: "CancelWaitableTimer function", Remarks; conformance/cases/waits/timer_routine_taken_back.c for one set anew.
    fn end(&self, setting: &Setting) {
        CLOCK.take_back(setting.place);
        if let Some((thread, _)) = &setting.told {
            thread::take_back(thread, self.address());
        }
    }

    /// What its calls are known by. It stays where it is, and leaves no call behind.
    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.end(&lock(&self.setting));
    }
}

/// Sets a timer anew: not signalled, then signalled after `delay` and every `period` from then on. False if Linux has no
/// thread to spare that would do it.
pub(super) fn start(object: &Arc<Waitable>, delay: Duration, period: Option<Duration>, told: Option<Told>) -> bool {
    let (Kind::Timer(timer), Some(clock)) = (&object.kind, clock()) else { return false };
    let mut setting = lock(&timer.setting);
    dispatcher::reset(object);
    timer.end(&setting);
    let count = setting.count + 1;
    // A time too far to be a point in time never comes.
    let due = Due::Timer { timer: Arc::downgrade(object), count };
    let place = Instant::now().checked_add(delay).map(|at| clock.add(due, at));
    *setting = Setting { count, period, told, place };
    true
}

/// Takes the setting back; a timer that is signalled stays so.
pub(super) fn stop(object: &Waitable) {
    if let Kind::Timer(timer) = &object.kind {
        let mut setting = lock(&timer.setting);
        timer.end(&setting);
        *setting = Setting { count: setting.count + 1, ..Setting::default() };
    }
}

/// Has this rung after a time, by the clock's thread. `Err` if Linux has no thread to spare for that; `None` is a time too far
/// to come.
pub(crate) fn set_alarm(alarm: std::sync::Weak<dyn Alarm>, delay: Duration) -> Result<Option<Place>, ()> {
    let clock = clock().ok_or(())?;
    Ok(Instant::now().checked_add(delay).map(|at| clock.add(Due::Alarm(alarm), at)))
}

/// An alarm is not needed any more.
pub(crate) fn take_back_alarm(place: Option<Place>) {
    CLOCK.take_back(place);
}

/// The clock, which runs; `None` if it cannot.
fn clock() -> Option<&'static Clock> {
    static RUNS: Mutex<bool> = Mutex::new(false);
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    if !*runs {
        *runs = std::thread::Builder::new().name("wsa-timers".into()).spawn(|| CLOCK.run()).is_ok();
    }
    runs.then_some(&CLOCK)
}

impl Queue {
    const fn new() -> Queue {
        Queue { by_time: BTreeMap::new(), added: 0 }
    }
}

impl Clock {
    fn add(&self, new: Due, at: Instant) -> Place {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.added += 1;
        let place = (at, due.added);
        due.by_time.insert(place, new);
        self.changed.notify_one();
        place
    }

    /// What is set again and again for a time far ahead leaves nothing behind.
    fn take_back(&self, place: Option<Place>) {
        if let Some(place) = place {
            self.due.lock().unwrap_or_else(PoisonError::into_inner).by_time.remove(&place);
        }
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
        let (timer, count) = match due {
            Due::Timer { timer, count } => (timer, *count),
            Due::Alarm(alarm) => {
                if let Some(alarm) = alarm.upgrade() {
                    alarm.ring();
                }
                return;
            }
        };
        let Some(object) = timer.upgrade() else { return };
        let Kind::Timer(timer) = &object.kind else { return };
        let mut setting = lock(&timer.setting);
        if setting.count != count {
            return; // Set anew or taken back since.
        }
        dispatcher::set(&object);
        if let Some((thread, (make, words))) = &setting.told {
            thread::queue_due(thread, make(*words), timer.address());
        }
        let next = setting.period.and_then(|period| at.checked_add(period));
        setting.place = next.map(|at| self.add(Due::Timer { timer: Arc::downgrade(&object), count }, at));
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    fn waiting() -> usize {
        CLOCK.due.lock().unwrap_or_else(PoisonError::into_inner).by_time.len()
    }

    // The only test of this program that sets timers.
    #[test]
    fn a_timer_stands_in_the_queue_once() {
        const FAR: Duration = Duration::from_secs(1000);
        let timer = Waitable::new(Kind::Timer(Box::new(Timer::new(true))), 0);
        for period in [None, Some(FAR)].repeat(50) {
            assert!(start(&timer, FAR, period, None));
        }
        assert_eq!(waiting(), 1);
        stop(&timer);
        assert_eq!(waiting(), 0);
        assert!(start(&timer, Duration::ZERO, Some(FAR), None));
        while timer.value() == 0 {
            std::thread::yield_now();
        }
        // Which it sets before it comes back to the queue.
        drop(lock(match &timer.kind {
            Kind::Timer(timer) => &timer.setting,
            _ => unreachable!("it is a timer"),
        }));
        assert_eq!(waiting(), 1);
        drop(timer);
        while waiting() > 0 {
            std::thread::yield_now();
        }
    }
}
