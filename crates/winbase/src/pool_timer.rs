//! Timers whose calls run on the threads of a pool.
//!
//! One thread of the process keeps the time for all of them; it begins with the first timer that is set.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Code;
use crate::error;
use crate::thread_pool::Work;

/// A timer: work that is queued when it is due, once or again and again. Dropping it stops it.
pub struct Timer {
    number: u64,
    work: Work,
    /// Whether it was set and not stopped since, which its last call does not change.
    is_set: AtomicBool,
}

/// What is due, by its time and the number of its timer.
#[derive(Default)]
struct Schedule {
    due: BTreeMap<(Instant, u64), Entry>,
    has_thread: bool,
}

struct Entry {
    work: Work,
    period: Option<Duration>,
}

#[derive(Default)]
struct Clock {
    schedule: Mutex<Schedule>,
    changed: Condvar,
}

static CLOCK: LazyLock<Clock> = LazyLock::new(Clock::default);

impl Timer {
    /// A timer that is not set.
    #[must_use]
    pub fn new(work: Work) -> Timer {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Timer { number: LAST.fetch_add(1, Ordering::Relaxed), work, is_set: AtomicBool::new(false) }
    }

    /// Sets it, or sets it anew: due after so long, then after every `period` if there is one. What is queued stays queued.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY` if the thread that keeps the time cannot begin.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use std::time::Duration;
    /// use winbase::pool_timer::Timer;
    /// use winbase::thread_pool::{Pool, Work};
    ///
    /// let (tell, told) = mpsc::channel();
    /// let timer = Timer::new(Work::new(Pool::usual(), move || tell.send(()).unwrap_or_default()));
    /// timer.set(Duration::from_millis(1), None)?;
    /// assert!(told.recv_timeout(Duration::from_secs(5)).is_ok());
    /// # Ok::<(), winbase::Code>(())
    /// ```
    #[doc(alias = "SetThreadpoolTimer")]
    pub fn set(&self, due: Duration, period: Option<Duration>) -> Result<(), Code> {
        let mut schedule = CLOCK.lock();
        schedule.forget(self.number);
        self.is_set.store(true, Ordering::Relaxed);
        // A time that no clock reaches never comes.
        if let Some(at) = Instant::now().checked_add(due) {
            CLOCK.begin(&mut schedule)?;
            schedule.due.insert((at, self.number), Entry { work: self.work.clone(), period });
            CLOCK.changed.notify_one();
        }
        Ok(())
    }

    /// Stops it; what is queued still runs.
    pub fn stop(&self) {
        let mut schedule = CLOCK.lock();
        schedule.forget(self.number);
        self.is_set.store(false, Ordering::Relaxed);
    }

    /// Whether it was set and not stopped since; one that was due once stays set.
    /// Source: test_tp_timer of dlls/ntdll/tests/threadpool.c, checked on Windows.
    #[doc(alias = "IsThreadpoolTimerSet")]
    #[must_use]
    pub fn is_set(&self) -> bool {
        let _schedule = CLOCK.lock();
        self.is_set.load(Ordering::Relaxed)
    }

    /// Whether it will be due.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        CLOCK.lock().due.keys().any(|(_, number)| *number == self.number)
    }

    /// The work that it queues.
    #[must_use]
    pub fn work(&self) -> &Work {
        &self.work
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Schedule {
    fn forget(&mut self, timer: u64) {
        self.due.retain(|(_, number), _| *number != timer);
    }

    /// Queues what is due, and tells how long until something else is.
    fn perform(&mut self) -> Option<Duration> {
        loop {
            let now = Instant::now();
            let next = self.due.first_entry()?;
            let (at, number) = *next.key();
            if at > now {
                return Some(at - now);
            }
            let entry = next.remove();
            // Under the lock: what has been stopped queues nothing more. A pool without a thread has nobody to run it.
            let _ = entry.work.submit();
            if let Some(again) = entry.period.and_then(|period| at.checked_add(period)) {
                // After a long sleep of the system it is due once, and not as often as it would have been.
                self.due.insert((again.max(now), number), entry);
            }
        }
    }
}

impl Clock {
    fn lock(&self) -> MutexGuard<'_, Schedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&'static self, schedule: &mut Schedule) -> Result<(), Code> {
        if !schedule.has_thread {
            let begun = thread::Builder::new().name("ws2-timers".to_owned()).spawn(|| self.run());
            begun.map_err(|_| error::NOT_ENOUGH_MEMORY)?;
            schedule.has_thread = true;
        }
        Ok(())
    }

    fn run(&self) {
        let mut schedule = self.lock();
        loop {
            schedule = match schedule.perform() {
                Some(rest) => self.changed.wait_timeout(schedule, rest).unwrap_or_else(PoisonError::into_inner).0,
                None => self.changed.wait(schedule).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread_pool::Pool;
    use std::sync::mpsc::{self, Receiver};

    fn timer() -> (Timer, Receiver<Instant>) {
        let (tell, told) = mpsc::channel();
        (Timer::new(Work::new(Pool::usual(), move || tell.send(Instant::now()).unwrap_or_default())), told)
    }

    const LONG: Duration = Duration::from_secs(5);

    #[test]
    fn it_comes_not_before_its_time_and_again_until_it_is_stopped() {
        let (timer, told) = timer();
        let begin = Instant::now();
        timer.set(Duration::from_millis(30), Some(Duration::from_millis(20))).unwrap();
        for times in 0..3 {
            assert!(told.recv_timeout(LONG).unwrap() - begin >= Duration::from_millis(30 + 20 * times));
        }
        assert!(timer.is_set());
        timer.stop();
        timer.work().wait(true);
        assert!(!timer.is_set());
        while told.try_recv().is_ok() {}
        assert!(told.recv_timeout(Duration::from_millis(60)).is_err());
    }

    #[test]
    fn the_one_due_first_comes_first_though_set_last() {
        let ((late, _), (soon, told)) = (timer(), timer());
        late.set(LONG * 100, None).unwrap();
        soon.set(Duration::from_millis(1), None).unwrap();
        assert!(told.recv_timeout(LONG).is_ok());
        assert!(late.is_pending() && !soon.is_pending());
        assert!(soon.is_set());
    }

    #[test]
    fn a_time_that_never_comes_is_no_time() {
        let (timer, told) = timer();
        timer.set(Duration::MAX, None).unwrap();
        assert!(timer.is_set() && !timer.is_pending() && told.try_recv().is_err());
    }
}
