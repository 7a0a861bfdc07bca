//! Threads as objects: who the calling thread is, what it holds, what is queued for it to run.

use std::cell::OnceCell;
use std::collections::{HashMap, VecDeque};
use std::sync::{OnceLock, Weak};

use super::alert::Alert;
use super::dispatcher::{self, Locked, Wait};
use super::exit;
use super::object::{Kind, Waitable};
use crate::driver::Endpoint;
use crate::handle::objects::Handle;
use crate::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use crate::sync::{Arc, Condvar, Mutex, lock};
use crate::sys;

/// The arguments of a [`Call`]: numbers and addresses.
pub type Words = [usize; 4];

/// What a thread shall run in an alertable wait: a function, and words for it.
///
/// Nothing that would have to be dropped: the function may leave the thread from within, as `ExitThread` does, and what is
/// queued for a thread that ends is never run.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    run: fn(Words),
    words: Words,
}

impl Call {
    /// Will call `run` with these words.
    #[must_use]
    pub const fn new(run: fn(Words), words: Words) -> Call {
        Call { run, words }
    }
}

/// `STILL_ACTIVE`: the exit code of a thread that has not ended.
const STILL_ACTIVE: u32 = 259;

/// What is particular to a thread among the objects.
pub(crate) struct Thread {
    /// Unlike Linux' own number it never comes back.
    number: u64,
    /// Linux' number; 0 before the thread runs.
    id: AtomicU32,
    /// The handle that closes when the thread ends; 0 for none.
    closes: AtomicUsize,
    exit_code: AtomicU32,
    /// True until `ResumeThread`, for one that was made suspended.
    is_suspended: Mutex<bool>,
    resumed: Condvar,
    calls: Mutex<Calls>,
    /// The alertable wait that the thread is in.
    waiting: Mutex<Option<Arc<Wait>>>,
    /// The mutexes that it owns.
    mutexes: Mutex<Vec<Arc<Waitable>>>,
    /// Where it has operations under way that end with it.
    lent: Mutex<Lent>,
    /// What wakes the thread where it does not wait for objects.
    pub(super) alert: Alert,
    /// The processor that the program would like it on.
    ideal_processor: AtomicU32,
    /// What the program calls it.
    description: Mutex<String>,
}

#[derive(Default)]
struct Calls {
    /// With the timer that each is due for, by address; 0 for none.
    queue: VecDeque<(Call, usize)>,
    is_over: bool,
}

/// Endpoints by address, which is nobody else's as long as it is known here.
#[derive(Default)]
struct Lent {
    known: HashMap<usize, Weak<Endpoint>>,
    /// The one that was asked for last, mostly the next one too; 0 for none.
    last: usize,
}

/// The calling thread's object; dropped when the thread ends.
struct Current(Arc<Waitable>);

crate::sync::thread_local! {
    static CURRENT: OnceCell<Current> = const { OnceCell::new() };
}

/// The main thread's object once its `CURRENT` is gone, which is while the process ends: what `atexit` names and destructors
/// of global objects run then, and may call everything.
static MAIN: OnceLock<Arc<Waitable>> = OnceLock::new();

impl Drop for Current {
    fn drop(&mut self) {
        if sys::thread::is_main() {
            let _ = MAIN.set(Arc::clone(&self.0));
        } else {
            exit::end(&self.0);
        }
    }
}

/// The main thread's object, while the process ends.
fn main_at_exit() -> Option<&'static Arc<Waitable>> {
    MAIN.get().filter(|_| sys::thread::is_main())
}

impl Thread {
    fn new(is_suspended: bool) -> Thread {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        Thread {
            number: NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
            id: AtomicU32::new(0),
            closes: AtomicUsize::new(0),
            exit_code: AtomicU32::new(STILL_ACTIVE),
            is_suspended: Mutex::new(is_suspended),
            resumed: Condvar::new(),
            calls: Mutex::default(),
            waiting: Mutex::default(),
            mutexes: Mutex::default(),
            lent: Mutex::default(),
            alert: Alert::default(),
            ideal_processor: AtomicU32::new(0),
            description: Mutex::default(),
        }
    }

    /// Linux' number. A thread that has just been made says it in a moment.
    pub(super) fn id(&self) -> u32 {
        loop {
            match self.id.load(Ordering::Acquire) {
                0 => std::thread::yield_now(),
                id => return id,
            }
        }
    }

    pub(super) fn close_at_end(&self, handle: Handle) {
        self.closes.store(handle, Ordering::Release);
    }

    /// The handle to close now that the thread ends.
    pub(super) fn own_handle(&self) -> Option<Handle> {
        Some(self.closes.load(Ordering::Acquire)).filter(|handle| *handle != 0)
    }

    pub(super) fn exit_code(&self) -> u32 {
        self.exit_code.load(Ordering::Acquire)
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn ideal_processor(&self) -> u32 {
        self.ideal_processor.load(Ordering::Relaxed)
    }

    /// Sets the processor that the program would like, and tells the one before.
    pub(super) fn set_ideal_processor(&self, processor: u32) -> u32 {
        self.ideal_processor.swap(processor, Ordering::Relaxed)
    }

    pub(super) fn description(&self) -> String {
        lock(&self.description).clone()
    }

    /// Keeps what the program calls the thread; its beginning is Linux' name of it, for debuggers and `ps`.
    pub(super) fn set_description(&self, description: String) {
        const ROOM: usize = 15;
        let end = (0..=ROOM.min(description.len())).rfind(|end| description.is_char_boundary(*end)).unwrap_or(0);
        // One that has ended has no name to set.
        let _ = std::fs::write(format!("/proc/self/task/{}/comm", self.id()), &description[..end]);
        *lock(&self.description) = description;
    }

    /// Lets a thread that was made suspended begin; true if it was suspended until now.
    pub(super) fn resume(&self) -> bool {
        let was_suspended = std::mem::take(&mut *lock(&self.is_suspended));
        self.resumed.notify_one();
        was_suspended
    }

    /// Ends the thread's part in calls; what is queued will not run.
    pub(super) fn close_calls(&self, _: &Locked<'_>) {
        *lock(&self.calls) = Calls { queue: VecDeque::new(), is_over: true };
    }

    pub(super) fn take_mutexes(&self) -> Vec<Arc<Waitable>> {
        std::mem::take(&mut *lock(&self.mutexes))
    }

    pub(super) fn take_lent(&self) -> Vec<Weak<Endpoint>> {
        std::mem::take(&mut *lock(&self.lent)).known.into_values().collect()
    }

    /// The code that the thread ends with, if it has not been said yet.
    pub(super) fn settle_exit_code(&self, code: u32) {
        let _ = self.exit_code.compare_exchange(STILL_ACTIVE, code, Ordering::AcqRel, Ordering::Acquire);
    }
}

/// The object of a new thread, which [`begin`] will make the current one.
pub(super) fn prepare(is_suspended: bool) -> Arc<Waitable> {
    Waitable::new(Kind::Thread(Box::new(Thread::new(is_suspended))), 0)
}

/// The first words of a thread that the program has made: takes its object, waits to be resumed, and runs what was
/// queued before it began.
///
/// Docs: "QueueUserAPC function", Remarks.
pub(super) fn begin(object: Arc<Waitable>) {
    CURRENT.with(|current| {
        let Ok(()) = current.set(Current(object)) else { unreachable!("a thread begins once") };
    });
    let me = current();
    let thread = me.thread().expect("it is a thread's");
    tell_id(&me, thread);
    let mut is_suspended = lock(&thread.is_suspended);
    while *is_suspended {
        is_suspended = thread.resumed.wait(is_suspended).unwrap_or_else(std::sync::PoisonError::into_inner);
    }
    drop(is_suspended);
    run_calls();
}

/// Lets the calling thread be known, and found, by Linux' number.
fn tell_id(object: &Arc<Waitable>, thread: &Thread) {
    let id = sys::thread::id();
    let mut known = known();
    if known.len() == known.capacity() {
        known.retain(|_, object| object.strong_count() > 0);
    }
    known.insert(id, Arc::downgrade(object));
    drop(known);
    // Who learns the number finds the thread by it.
    thread.id.store(id, Ordering::Release);
}

/// The thread that has Linux' number: one that runs, or has ended and is still held by a handle.
pub(super) fn by_id(id: u32) -> Option<Arc<Waitable>> {
    known().get(&id).and_then(Weak::upgrade)
}

fn known() -> std::sync::MutexGuard<'static, HashMap<u32, Weak<Waitable>>> {
    static KNOWN: std::sync::LazyLock<std::sync::Mutex<HashMap<u32, Weak<Waitable>>>> =
        std::sync::LazyLock::new(std::sync::Mutex::default);
    KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The calling thread's object.
pub(crate) fn current() -> Arc<Waitable> {
    let of_a_thread_that_has_ended = || main_at_exit().cloned().unwrap_or_else(|| prepare(false));
    CURRENT.try_with(|current| Arc::clone(&adopt(current).0)).unwrap_or_else(|_| of_a_thread_that_has_ended())
}

/// Linux' number of the calling thread, which is then known.
pub(super) fn known_id() -> u32 {
    with_current(|_| ());
    sys::thread::id()
}

/// The calling thread's number; never 0. Threads that have ended share one.
pub(crate) fn number() -> u64 {
    with_current(|thread| thread.number).unwrap_or(u64::MAX >> 2)
}

/// Whether the calling thread is ending: its object is gone.
pub(crate) fn is_ending() -> bool {
    CURRENT.try_with(|_| ()).is_err() && main_at_exit().is_none()
}

/// Runs `f` on the calling thread's part; `None` while the thread ends.
fn with_current<T>(f: impl FnOnce(&Thread) -> T) -> Option<T> {
    let mut f = Some(f);
    let mut ask = |object: &Waitable| Some(f.take()?(object.thread()?));
    match CURRENT.try_with(|current| ask(&adopt(current).0)) {
        Ok(told) => told,
        Err(_) => ask(main_at_exit()?),
    }
}

/// A thread that something else has made becomes an object when it first asks.
fn adopt(current: &OnceCell<Current>) -> &Current {
    current.get_or_init(|| {
        let object = prepare(false);
        let thread = object.thread().expect("it is a thread's");
        tell_id(&object, thread);
        Current(object)
    })
}

/// What the calling thread will end with.
pub(crate) fn set_exit_code(code: u32) {
    with_current(|thread| thread.exit_code.store(code, Ordering::Release));
}

/// Notes in which alertable wait the calling thread is.
pub(super) fn set_waiting(wait: Option<Arc<Wait>>) {
    with_current(|thread| *lock(&thread.waiting) = wait);
}

/// Whether something is queued for the calling thread. Out of line, so that nobody looks for the thread who does not ask.
#[inline(never)]
pub(crate) fn is_alerted() -> bool {
    with_current(|thread| !lock(&thread.calls).queue.is_empty()).unwrap_or(false)
}

/// Runs what is queued for the calling thread, and what that queues; true if there was anything.
pub(crate) fn run_calls() -> bool {
    let mut has_run = false;
    while let Some((call, _)) = with_current(|thread| lock(&thread.calls).queue.pop_front()).flatten() {
        has_run = true;
        (call.run)(call.words);
    }
    has_run
}

/// Queues something for a thread to run in its next alertable wait; false if the thread has ended.
pub(crate) fn queue_call(object: &Waitable, call: Call) -> bool {
    queue_due(object, call, 0)
}

/// [`queue_call`] for a timer that is due, known by its address: once, until it has run or [`take_back`] has taken it.
pub(super) fn queue_due(object: &Waitable, call: Call, timer: usize) -> bool {
    let Some(thread) = object.thread() else { return false };
    dispatcher::locked(|_| {
        let mut calls = lock(&thread.calls);
        if calls.is_over {
            return false;
        }
        if timer != 0 && calls.queue.iter().any(|(_, due)| *due == timer) {
            return true;
        }
        calls.queue.push_back((call, timer));
        drop(calls);
        let wait = lock(&thread.waiting).clone();
        if let Some(wait) = wait {
            wait.alert();
        }
        thread.alert.signal();
        true
    })
}

/// Takes back what is queued for a timer and has not run.
pub(super) fn take_back(object: &Waitable, timer: usize) {
    if let Some(thread) = object.thread() {
        lock(&thread.calls).queue.retain(|(_, due)| *due != timer);
    }
}

/// The calling thread owns this mutex once more than before.
pub(super) fn remember_mutex(object: &Arc<Waitable>) {
    with_current(|thread| {
        let mut mutexes = lock(&thread.mutexes);
        if !mutexes.iter().any(|known| Arc::ptr_eq(known, object)) {
            mutexes.push(Arc::clone(object));
        }
    });
}

/// The calling thread owns this mutex no more.
pub(super) fn forget_mutex(object: &Arc<Waitable>) {
    with_current(|thread| lock(&thread.mutexes).retain(|known| !Arc::ptr_eq(known, object)));
}

/// The calling thread has begun an operation on this endpoint that ends with the thread.
pub(crate) fn remember_lent(endpoint: &Arc<Endpoint>) {
    with_current(|thread| {
        let mut lent = lock(&thread.lent);
        if lent.last != Arc::as_ptr(endpoint).addr() {
            lent.add(endpoint);
        }
    });
}

impl Lent {
    fn add(&mut self, endpoint: &Arc<Endpoint>) {
        let here = Arc::as_ptr(endpoint).addr();
        if !self.known.contains_key(&here) {
            if self.known.len() == self.known.capacity() {
                self.known.retain(|_, known| known.strong_count() > 0);
                // As many again come before the next look at all.
                self.known.reserve(self.known.len() + 1);
            }
            self.known.insert(here, Arc::downgrade(endpoint));
        }
        self.last = here;
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use std::os::fd::OwnedFd;

    use super::*;
    use crate::driver::NoJudge;

    fn endpoint() -> Arc<Endpoint> {
        let fd = OwnedFd::from(std::fs::File::open("/dev/null").unwrap());
        Endpoint::new(Arc::new(fd), Arc::new(NoJudge))
    }

    #[test]
    fn an_endpoint_is_remembered_once_and_not_beyond_its_time() {
        let known = || with_current(|thread| lock(&thread.lent).known.len()).unwrap();
        let endpoints: Vec<_> = std::iter::repeat_with(endpoint).take(100).collect();
        for _ in 0..3 {
            endpoints.iter().chain(&endpoints[..1]).for_each(remember_lent);
        }
        assert_eq!(known(), 100);
        (0..10_000).for_each(|_| remember_lent(&endpoint()));
        assert!((100..500).contains(&known()), "{}", known());
        let lent = with_current(Thread::take_lent).unwrap();
        let left: Vec<_> = lent.iter().filter_map(Weak::upgrade).collect();
        assert_eq!(left.len(), 100);
        assert!(endpoints.iter().all(|endpoint| left.iter().any(|known| Arc::ptr_eq(known, endpoint))));
    }
}
