//! Threads that run what is queued for them.
//!
//! A pool begins a thread when something is queued and none is idle, up to its maximum, and ends those that found nothing to
//! do for a while, down to its minimum. Docs: "Thread Pools".

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Code;
use crate::error;
use crate::sync::lock;

/// What runs once on a thread of a pool.
pub type Job = Box<dyn FnOnce() + Send>;

/// How many threads a pool may have if nothing else is said, as on Windows.
const USUAL_MAXIMUM: usize = 500;
/// How long a thread waits for something to do before it ends.
const IDLE: Duration = Duration::from_secs(10);

/// A pool of threads; its copies are the same pool.
#[derive(Clone)]
pub struct Pool(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    wake: Condvar,
}

struct State {
    jobs: VecDeque<Job>,
    threads: usize,
    idle: usize,
    minimum: usize,
    maximum: usize,
    is_closed: bool,
}

static USUAL: LazyLock<Pool> = LazyLock::new(Pool::new);

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

impl Pool {
    /// A pool without threads yet.
    #[must_use]
    pub fn new() -> Self {
        let state =
            State { jobs: VecDeque::new(), threads: 0, idle: 0, minimum: 0, maximum: USUAL_MAXIMUM, is_closed: false };
        Self(Arc::new(Shared { state: Mutex::new(state), wake: Condvar::new() }))
    }

    /// The process's own pool.
    #[must_use]
    pub fn usual() -> Self {
        USUAL.clone()
    }

    /// How many threads there may be, at least one. Those beyond it end when they are idle.
    pub fn set_maximum(&self, threads: usize) {
        let mut state = lock(&self.0.state);
        state.maximum = threads.max(1);
        state.minimum = state.minimum.min(state.maximum);
        self.0.wake.notify_all();
    }

    /// Keeps this many threads, and begins those that are missing.
    ///
    /// # Errors
    ///
    /// `ERROR_NOT_ENOUGH_MEMORY` if there can be no more threads.
    pub fn set_minimum(&self, threads: usize) -> Result<(), Code> {
        let mut state = lock(&self.0.state);
        state.minimum = threads;
        state.maximum = state.maximum.max(threads);
        while state.threads < threads {
            self.begin(&mut state)?;
        }
        Ok(())
    }

    /// Queues something to run.
    ///
    /// # Errors
    ///
    /// `ERROR_NOT_ENOUGH_MEMORY` if the pool has no thread and can have none; nothing is queued then.
    pub fn submit(&self, job: Job) -> Result<(), Code> {
        let mut state = lock(&self.0.state);
        if state.idle <= state.jobs.len() && state.threads < state.maximum {
            let begun = self.begin(&mut state);
            if state.threads == 0 {
                begun?;
            }
        }
        state.jobs.push_back(job);
        self.0.wake.notify_one();
        Ok(())
    }

    /// Lets the threads end once everything that is queued has run.
    pub fn close(&self) {
        lock(&self.0.state).is_closed = true;
        self.0.wake.notify_all();
    }

    fn begin(&self, state: &mut State) -> Result<(), Code> {
        let pool = self.clone();
        let begun = thread::Builder::new().name("ws2-pool".to_owned()).spawn(move || pool.run());
        begun.map_err(|_| error::NOT_ENOUGH_MEMORY)?;
        state.threads += 1;
        Ok(())
    }

    fn run(&self) {
        let mut state = lock(&self.0.state);
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                job();
                state = lock(&self.0.state);
                continue;
            }
            if state.is_closed || state.threads > state.maximum {
                break;
            }
            state.idle += 1;
            let (back, waited) = self.0.wake.wait_timeout(state, IDLE).unwrap_or_else(PoisonError::into_inner);
            state = back;
            state.idle -= 1;
            if waited.timed_out() && state.jobs.is_empty() && state.threads > state.minimum {
                break;
            }
        }
        state.threads -= 1;
    }
}

/// Something that may be queued again and again, and waited for.
#[derive(Clone)]
pub struct Work {
    pool: Pool,
    call: Arc<dyn Fn() + Send + Sync>,
    tally: Arc<Tally>,
}

#[derive(Default)]
struct Tally {
    counts: Mutex<Counts>,
    done: Condvar,
}

#[derive(Default)]
struct Counts {
    queued: usize,
    running: usize,
    /// Grows with every cancellation; what was queued before one does not run.
    generation: u64,
}

impl Work {
    /// Work for a pool.
    pub fn new(pool: Pool, call: impl Fn() + Send + Sync + 'static) -> Self {
        Self { pool, call: Arc::new(call), tally: Arc::default() }
    }

    /// Queues a call.
    ///
    /// # Errors
    ///
    /// As [`Pool::submit`].
    pub fn submit(&self) -> Result<(), Code> {
        let (call, tally) = (Arc::clone(&self.call), Arc::clone(&self.tally));
        let generation = {
            let mut counts = lock(&self.tally.counts);
            counts.queued += 1;
            counts.generation
        };
        let submitted = self.pool.submit(Box::new(move || tally.run(generation, &*call)));
        if submitted.is_err() {
            let mut counts = lock(&self.tally.counts);
            // A cancellation meanwhile has counted it out already.
            counts.queued -= usize::from(counts.generation == generation);
            self.tally.done.notify_all();
        }
        submitted
    }

    /// Takes back the calls that have not begun; true if one is running.
    pub fn cancel(&self) -> bool {
        let mut counts = lock(&self.tally.counts);
        counts.generation += 1;
        counts.queued = 0;
        self.tally.done.notify_all();
        counts.running > 0
    }

    /// Waits until no call is queued or running; those that have not begun are first taken back if `cancels`.
    pub fn wait(&self, cancels: bool) {
        if cancels {
            self.cancel();
        }
        let mut counts = lock(&self.tally.counts);
        while counts.queued + counts.running > 0 {
            winsock::port::before_blocking();
            counts = self.tally.done.wait(counts).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Tally {
    fn run(&self, generation: u64, call: &(dyn Fn() + Send + Sync)) {
        {
            let mut counts = lock(&self.counts);
            if counts.generation != generation {
                return;
            }
            counts.queued -= 1;
            counts.running += 1;
        }
        call();
        lock(&self.counts).running -= 1;
        self.done.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    #[test]
    fn work_runs_as_often_as_it_is_queued_and_is_waited_for() {
        let count = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&count);
        let work = Work::new(Pool::new(), move || {
            thread::sleep(Duration::from_millis(5));
            seen.fetch_add(1, Ordering::SeqCst);
        });
        for _ in 0..20 {
            work.submit().unwrap();
        }
        work.wait(false);
        assert_eq!(count.load(Ordering::SeqCst), 20);
    }

    #[test]
    fn what_has_not_begun_can_be_taken_back() {
        let pool = Pool::new();
        pool.set_maximum(1);
        let (go, gone) = mpsc::channel::<()>();
        let (begun, begins) = mpsc::channel::<()>();
        pool.submit(Box::new(move || {
            begun.send(()).unwrap();
            gone.recv().unwrap();
        }))
        .unwrap();
        begins.recv().unwrap();
        let count = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&count);
        let work = Work::new(pool.clone(), move || {
            seen.fetch_add(1, Ordering::SeqCst);
        });
        work.submit().unwrap();
        work.submit().unwrap();
        work.wait(true);
        go.send(()).unwrap();
        work.submit().unwrap();
        work.wait(false);
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_pool_of_one_thread_runs_in_order_and_ends_with_all_done() {
        let pool = Pool::new();
        pool.set_maximum(1);
        pool.set_minimum(1).unwrap();
        let (told, tells) = mpsc::channel();
        for number in 0..50 {
            let told = told.clone();
            pool.submit(Box::new(move || told.send(number).unwrap())).unwrap();
        }
        drop(told);
        pool.close();
        assert!(tells.iter().eq(0..50));
    }
}
