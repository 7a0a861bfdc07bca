//! The dispatcher: one lock under which threads begin to wait and are let go.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::object::{Kind, Quick, Waitable};
use super::thread;
use crate::port;
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock};

/// The lock.
pub(crate) struct Dispatcher(Mutex<()>);

/// The process's own.
#[cfg(not(feature = "model"))]
pub(super) fn dispatcher() -> &'static Dispatcher {
    static DISPATCHER: Dispatcher = Dispatcher::new();
    &DISPATCHER
}

/// Each run of the model checker has its own.
#[cfg(feature = "model")]
pub(super) fn dispatcher() -> &'static Dispatcher {
    shuttle::lazy_static! {
        static ref DISPATCHER: Dispatcher = Dispatcher::new();
    }
    &DISPATCHER
}

/// Which objects a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The first that can be taken.
    Any,
    /// All at once.
    All,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// By this object, or by all (then 0). `is_abandoned`: a mutex among them was left by a thread that ended.
    Taken {
        index: usize,
        is_abandoned: bool,
    },
    /// Something was queued for the thread to run.
    Alerted,
    TimedOut,
}

/// One thread that waits.
pub(crate) struct Wait {
    thread: u64,
    objects: Box<[Arc<Waitable>]>,
    mode: Mode,
    /// Written under the dispatcher's lock.
    end: Mutex<Option<Ended>>,
    has_ended: Condvar,
}

impl Dispatcher {
    pub(super) const fn new() -> Dispatcher {
        Dispatcher(Mutex::new(()))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, ()> {
        lock(&self.0)
    }
}

/// Waits for objects, at most `timeout` (`None`: for ever); alertably if asked.
///
/// An object that can be taken matters more than an alert, and that more than the time.
pub(crate) fn wait(objects: &[Arc<Waitable>], mode: Mode, is_alertable: bool, timeout: Option<Duration>) -> Ended {
    let end = match take_at_once(objects, mode) {
        Some(end) => end,
        None => {
            before_blocking(timeout);
            wait_locked(dispatcher().lock(), objects, mode, is_alertable, timeout)
        }
    };
    remember_mutexes(objects, mode, end);
    end
}

/// Signals one object and waits for another, with nothing in between; if the first refuses, does not wait.
pub(super) fn signal_and_wait<E>(
    signal: impl FnOnce(&Locked<'_>) -> Result<(), E>,
    object: &Arc<Waitable>,
    is_alertable: bool,
    timeout: Option<Duration>,
) -> Result<Ended, E> {
    let objects = std::slice::from_ref(object);
    before_blocking(timeout);
    let held = dispatcher().lock();
    signal(&Locked(&held))?;
    let end = wait_locked(held, objects, Mode::Any, is_alertable, timeout);
    remember_mutexes(objects, Mode::Any, end);
    Ok(end)
}

/// [`port::before_blocking`], unless there is no time to wait.
fn before_blocking(timeout: Option<Duration>) {
    if timeout != Some(Duration::ZERO) {
        port::before_blocking();
    }
}

/// Takes an object without any lock, if that is all the wait needs.
fn take_at_once(objects: &[Arc<Waitable>], mode: Mode) -> Option<Ended> {
    if mode == Mode::All && objects.len() > 1 {
        return None;
    }
    let me = thread::number();
    for (index, object) in objects.iter().enumerate() {
        match object.take_quick(me) {
            Quick::Done(taken) => return Some(Ended::Taken { index, is_abandoned: taken.is_abandoned }),
            Quick::No => {}
            // It may be free, and comes before the others.
            Quick::Locked => return None,
        }
    }
    None
}

fn wait_locked(
    held: MutexGuard<'_, ()>,
    objects: &[Arc<Waitable>],
    mode: Mode,
    is_alertable: bool,
    timeout: Option<Duration>,
) -> Ended {
    objects.iter().for_each(|object| object.mark());
    let me = thread::number();
    let at_once = attempt(objects, mode, me)
        .or_else(|| (is_alertable && thread::is_alerted()).then_some(Ended::Alerted))
        .or_else(|| timeout.is_some_and(|timeout| timeout.is_zero()).then_some(Ended::TimedOut));
    if let Some(end) = at_once {
        objects.iter().for_each(|object| object.unmark());
        return end;
    }
    let objects = objects.to_vec().into_boxed_slice();
    let wait = Arc::new(Wait { thread: me, objects, mode, end: Mutex::new(None), has_ended: Condvar::new() });
    wait.objects.iter().for_each(|object| lock(&object.queue).push_back(Arc::clone(&wait)));
    thread::set_waiting(is_alertable.then(|| Arc::clone(&wait)));
    drop(held);
    let end = wait.block(timeout).unwrap_or_else(|| {
        let _held = dispatcher().lock();
        // It may have ended in the meantime.
        let end = *lock(&wait.end);
        end.unwrap_or_else(|| {
            wait.leave();
            Ended::TimedOut
        })
    });
    if is_alertable {
        thread::set_waiting(None);
    }
    end
}

/// Takes what the wait is for, if that is free; under the lock, with the objects marked.
fn attempt(objects: &[Arc<Waitable>], mode: Mode, thread: u64) -> Option<Ended> {
    match mode {
        Mode::Any => objects.iter().enumerate().find_map(|(index, object)| {
            let taken = object.take_locked(thread)?;
            Some(Ended::Taken { index, is_abandoned: taken.is_abandoned })
        }),
        Mode::All if objects.is_empty() || !objects.iter().all(|object| object.is_free_for(thread)) => None,
        Mode::All => {
            let take = |object: &Arc<Waitable>| object.take_locked(thread).is_some_and(|taken| taken.is_abandoned);
            // Every one is taken, whatever the first says.
            let abandoned = objects.iter().map(take).filter(|is_abandoned| *is_abandoned).count();
            Some(Ended::Taken { index: 0, is_abandoned: abandoned > 0 })
        }
    }
}

fn remember_mutexes(objects: &[Arc<Waitable>], mode: Mode, end: Ended) {
    let Ended::Taken { index, .. } = end else { return };
    let taken = match mode {
        Mode::Any => &objects[index..=index],
        Mode::All => objects,
    };
    for object in taken {
        if let Kind::Mutex { .. } = object.kind {
            thread::remember_mutex(object);
        }
    }
}

impl Wait {
    /// Sleeps until the wait has ended; `None` when the time is over.
    fn block(&self, timeout: Option<Duration>) -> Option<Ended> {
        let mut end = lock(&self.end);
        // A time too far to be a point in time is no limit.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        while end.is_none() {
            end = match deadline {
                None => self.has_ended.wait(end).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return None;
                    }
                    self.has_ended.wait_timeout(end, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        *end
    }

    /// Ends it; under the lock, and not ended yet.
    fn end(self: &Arc<Self>, end: Ended) {
        self.leave();
        *lock(&self.end) = Some(end);
        self.has_ended.notify_one();
    }

    /// Ends it because there is something for its thread to run; under the lock.
    pub(super) fn alert(self: &Arc<Self>) {
        if lock(&self.end).is_none() {
            self.end(Ended::Alerted);
        }
    }

    /// Takes it out of the queues of its objects; under the lock.
    fn leave(&self) {
        for object in &self.objects {
            lock(&object.queue).retain(|wait| !std::ptr::eq(&raw const **wait, self));
            object.unmark();
        }
    }
}

/// Proof that the dispatcher's lock is held.
pub(super) struct Locked<'a>(#[allow(dead_code, reason = "what it proves")] &'a MutexGuard<'a, ()>);

impl Locked<'_> {
    /// Changes an object's value and lets go who can take it now, first come first. Gives the value before; `None` if
    /// the closure refuses.
    pub(super) fn change(&self, object: &Waitable, change: impl Fn(u64) -> Option<u64>) -> Option<u64> {
        object.mark();
        let before = object.value();
        let after = change(before);
        if let Some(after) = after {
            object.put_locked(after);
            self.serve(object);
        }
        object.unmark();
        after.and(Some(before))
    }

    /// Sets the value, lets go who can take it at this moment, and sets the value that stays.
    fn put_for_a_moment(&self, object: &Waitable, value: u64, after: u64) {
        object.mark();
        object.put_locked(value);
        self.serve(object);
        object.mark();
        object.put_locked(after);
        object.unmark();
    }

    fn serve(&self, object: &Waitable) {
        let mut place = 0;
        loop {
            let Some(wait) = lock(&object.queue).get(place).map(Arc::clone) else { return };
            match attempt(&wait.objects, wait.mode, wait.thread) {
                // It leaves the queue, and the next moves up.
                Some(end) => wait.end(end),
                None if object.value() == 0 && !matches!(object.kind, Kind::Mutex { .. }) => return,
                None => place += 1,
            }
        }
    }
}

/// Runs `f` under the dispatcher's lock.
pub(super) fn locked<T>(f: impl FnOnce(&Locked<'_>) -> T) -> T {
    let held = dispatcher().lock();
    f(&Locked(&held))
}

/// Changes an object's value, without the lock if nobody waits; lets go who can take it then. Gives the value before;
/// `None` if the closure refuses.
pub(super) fn change(object: &Waitable, change: impl Fn(u64) -> Option<u64>) -> Option<u64> {
    match object.change_quick(&change) {
        Quick::Done(before) => Some(before),
        Quick::No => None,
        Quick::Locked => locked(|held| held.change(object, &change)),
    }
}

/// `SetEvent`; also for timers and threads.
pub(crate) fn set(object: &Waitable) {
    change(object, |_| Some(1));
}

/// `ResetEvent`.
pub(crate) fn reset(object: &Waitable) {
    change(object, |_| Some(0));
}

/// `PulseEvent`: lets go who waits at this moment, and leaves it reset.
pub(crate) fn pulse(object: &Waitable) {
    locked(|held| held.put_for_a_moment(object, 1, 0));
}
