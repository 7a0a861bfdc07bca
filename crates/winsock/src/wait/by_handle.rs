//! The calls on objects by HANDLE value. Their errors are Win32's, as `GetLastError` gives them.

use std::sync::atomic::Ordering;
use std::time::Duration;

use winsock_codes::Code;

use super::alert::expect_calls;
use super::dispatcher::{self, Ended, Locked, Mode};
use super::object::{Kind, Waitable};
pub use super::thread::{Call, Words};
pub use super::timer::CallMaker;
use super::timer::Timer;
use super::{exit, names, thread, timer};
use crate::handle::codes::{INVALID_HANDLE, INVALID_PARAMETER, NO_SYSTEM_RESOURCES};
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::handle::table::TABLE;
use crate::sync::Arc;
use crate::sys;
pub use crate::sys::thread::{Routine, leave_thread};

/// `ERROR_NOT_OWNER`: the mutex is another thread's, or nobody's.
pub const NOT_OWNER: Code = Code::new(288);
/// `ERROR_TOO_MANY_POSTS`: the semaphore would count beyond its limit.
pub const TOO_MANY_POSTS: Code = Code::new(298);
/// `ERROR_GEN_FAILURE`: the thread has ended.
pub const GEN_FAILURE: Code = Code::new(31);
/// `ERROR_NOT_ENOUGH_MEMORY`: no room for a thread's stack.
pub const NOT_ENOUGH_MEMORY: Code = Code::WSA_NOT_ENOUGH_MEMORY;
/// `ERROR_NOT_SUPPORTED`.
pub const NOT_SUPPORTED: Code = Code::new(50);

/// What `GetCurrentThread` returns: the calling thread, whichever calls.
pub const CURRENT_THREAD: Handle = usize::MAX - 1;
/// What `GetCurrentProcess` returns.
pub const CURRENT_PROCESS: Handle = usize::MAX;
/// `MAXIMUM_WAIT_OBJECTS`.
pub const MOST_OBJECTS: usize = 64;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// This object was taken, or all were (then 0): `WAIT_OBJECT_0` and the index.
    Object(usize),
    /// As above, and a mutex among those taken was left by a thread that ended: `WAIT_ABANDONED_0` and the index.
    Abandoned(usize),
    /// What was queued for the thread has run: `WAIT_IO_COMPLETION`.
    Alerted,
    /// `WAIT_TIMEOUT`.
    TimedOut,
}

/// A handle, and whether its name belonged to an object already.
pub type Created = (Handle, bool);

/// A new event, or the one of this name.
///
/// # Errors
/// [`INVALID_HANDLE`] if the name is another sort of object's; `NO_SYSTEM_RESOURCES`.
///
/// ```
/// use std::time::Duration;
/// use winsock::wait::{self, Waited};
///
/// let (event, _) = wait::create_event(None, false, true)?;
/// assert_eq!(wait::wait_for_object(event, Some(Duration::ZERO), false)?, Waited::Object(0));
/// // It let one wait through, and no other.
/// assert_eq!(wait::wait_for_object(event, Some(Duration::ZERO), false)?, Waited::TimedOut);
/// wait::close(event)?;
/// # Ok::<(), winsock::Code>(())
/// ```
#[doc(alias = "CreateEventA")]
#[doc(alias = "CreateEventW")]
#[doc(alias = "WSACreateEvent")]
pub fn create_event(name: Option<&str>, is_manual: bool, is_set: bool) -> Result<Created, Code> {
    create(name, is_event, || Waitable::new(Kind::Event { is_manual }, is_set.into()))
}

/// The event of this name.
///
/// # Errors
/// `ERROR_FILE_NOT_FOUND` (2) if there is none; [`INVALID_HANDLE`] if it is no event.
#[doc(alias = "OpenEventA")]
pub fn open_event(name: &str) -> Result<Handle, Code> {
    open(name, is_event)
}

/// Sets an event: lets go all who wait for one that stays set, else one.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "SetEvent")]
#[doc(alias = "WSASetEvent")]
pub fn set_event(event: Handle) -> Result<(), Code> {
    with(event, is_event, |event| {
        dispatcher::set(event);
        Ok(())
    })
}

/// Resets an event.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "ResetEvent")]
#[doc(alias = "WSAResetEvent")]
pub fn reset_event(event: Handle) -> Result<(), Code> {
    with(event, is_event, |event| {
        dispatcher::reset(event);
        Ok(())
    })
}

/// Lets go who waits at this moment, all or one, and resets the event.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "PulseEvent")]
pub fn pulse_event(event: Handle) -> Result<(), Code> {
    with(event, is_event, |event| {
        dispatcher::pulse(event);
        Ok(())
    })
}

/// A new mutex, the calling thread's if `is_owned`; or the one of this name, which then stays whose it is.
///
/// # Errors
/// As for [`create_event`].
#[doc(alias = "CreateMutexA")]
pub fn create_mutex(name: Option<&str>, is_owned: bool) -> Result<Created, Code> {
    let me = thread::number();
    create(name, is_mutex, || {
        let kind = Kind::Mutex { depth: u32::from(is_owned).into(), is_abandoned: false.into() };
        let mutex = Waitable::new(kind, if is_owned { me } else { 0 });
        if is_owned {
            thread::remember_mutex(&mutex);
        }
        mutex
    })
}

/// The mutex of this name.
///
/// # Errors
/// As for [`open_event`].
#[doc(alias = "OpenMutexA")]
pub fn open_mutex(name: &str) -> Result<Handle, Code> {
    open(name, is_mutex)
}

/// Gives a mutex back; it is free when that has happened as often as it was taken.
///
/// # Errors
/// [`NOT_OWNER`], [`INVALID_HANDLE`].
#[doc(alias = "ReleaseMutex")]
pub fn release_mutex(mutex: Handle) -> Result<(), Code> {
    give(&get(mutex, is_mutex)?, None)
}

/// A new semaphore, or the one of this name.
///
/// # Errors
/// [`INVALID_PARAMETER`] unless 0 <= `count` <= `most` and `most` > 0; else as for [`create_event`].
#[doc(alias = "CreateSemaphoreA")]
pub fn create_semaphore(name: Option<&str>, count: i32, most: i32) -> Result<Created, Code> {
    if count < 0 || most <= 0 || count > most {
        return Err(INVALID_PARAMETER);
    }
    let kind = Kind::Semaphore { most: most.cast_unsigned() };
    create(name, is_semaphore, || Waitable::new(kind, count.unsigned_abs().into()))
}

/// The semaphore of this name.
///
/// # Errors
/// As for [`open_event`].
#[doc(alias = "OpenSemaphoreA")]
pub fn open_semaphore(name: &str) -> Result<Handle, Code> {
    open(name, is_semaphore)
}

/// Adds to a semaphore's count and gives the one before.
///
/// # Errors
/// [`INVALID_PARAMETER`] unless `count` is positive; [`TOO_MANY_POSTS`], and nothing is added; [`INVALID_HANDLE`].
#[doc(alias = "ReleaseSemaphore")]
pub fn release_semaphore(semaphore: Handle, count: i32) -> Result<i32, Code> {
    with(semaphore, is_semaphore, |semaphore| {
        let count = u64::try_from(count).ok().filter(|count| *count > 0).ok_or(INVALID_PARAMETER)?;
        let before = dispatcher::change(semaphore, |value| more(semaphore, value, count)).ok_or(TOO_MANY_POSTS)?;
        Ok(before as i32)
    })
}

/// What `SignalObjectAndWait` does to its first object, under the dispatcher's lock or without.
fn give(object: &Arc<Waitable>, held: Option<&Locked<'_>>) -> Result<(), Code> {
    let change = |change: &dyn Fn(u64) -> Option<u64>| match held {
        Some(held) => held.change(object, change),
        None => dispatcher::change(object, change),
    };
    match &object.kind {
        Kind::Event { .. } => change(&|_| Some(1)).map(drop).ok_or(INVALID_HANDLE),
        Kind::Semaphore { .. } => change(&|value| more(object, value, 1)).map(drop).ok_or(TOO_MANY_POSTS),
        Kind::Mutex { .. } if object.value() != thread::number() => Err(NOT_OWNER),
        Kind::Mutex { depth, .. } => {
            if depth.fetch_sub(1, Ordering::Relaxed) == 1 {
                thread::forget_mutex(object);
                change(&|_| Some(0));
            }
            Ok(())
        }
        Kind::Thread(_) | Kind::Process(_) | Kind::Timer(_) => Err(INVALID_HANDLE),
    }
}

/// A semaphore's count with so many more, if that is within its limit.
fn more(semaphore: &Waitable, value: u64, count: u64) -> Option<u64> {
    let Kind::Semaphore { most } = semaphore.kind else { return None };
    value.checked_add(count).filter(|sum| *sum <= most.into())
}

/// A new timer that is not set, or the one of this name.
///
/// # Errors
/// As for [`create_event`].
#[doc(alias = "CreateWaitableTimerW")]
pub fn create_timer(name: Option<&str>, is_manual: bool) -> Result<Created, Code> {
    create(name, is_timer, || Waitable::new(Kind::Timer(Box::new(Timer::new(is_manual))), 0))
}

/// The timer of this name.
///
/// # Errors
/// As for [`open_event`].
#[doc(alias = "OpenWaitableTimerW")]
pub fn open_timer(name: &str) -> Result<Handle, Code> {
    open(name, is_timer)
}

/// Sets a timer: signalled after `delay`, and every `period` from then on. What `call` makes runs in alertable waits of
/// the calling thread.
///
/// # Errors
/// [`INVALID_HANDLE`], [`NO_SYSTEM_RESOURCES`].
#[doc(alias = "SetWaitableTimer")]
pub fn set_timer(
    timer: Handle,
    delay: Duration,
    period: Option<Duration>,
    call: Option<CallMaker>,
) -> Result<(), Code> {
    let timer = get(timer, is_timer)?;
    if call.is_some() {
        expect_calls();
    }
    let is_set = timer::start(&timer, delay, period, call.map(|call| (thread::current(), call)));
    if is_set { Ok(()) } else { Err(NO_SYSTEM_RESOURCES) }
}

/// Takes the setting of a timer back; one that is signalled stays so.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "CancelWaitableTimer")]
pub fn cancel_timer(timer: Handle) -> Result<(), Code> {
    with(timer, is_timer, |timer| {
        timer::stop(timer);
        Ok(())
    })
}

/// Begins a thread. Suspended, it begins with [`resume_thread`]. A stack of 0 bytes means the system's default. The
/// handle of one that `closes_itself` closes when the thread ends.
///
/// # Errors
/// [`NOT_ENOUGH_MEMORY`] if Linux has no memory for the stack or allows no further thread; [`NO_SYSTEM_RESOURCES`] if there
/// are too many handles.
#[doc(alias = "CreateThread")]
#[doc(alias = "_beginthreadex")]
pub fn create_thread(
    routine: Routine,
    argument: usize,
    stack_bytes: usize,
    is_suspended: bool,
    closes_itself: bool,
) -> Result<Handle, Code> {
    let object = thread::prepare(is_suspended);
    let handle = OBJECTS.insert(Object::Waitable(Arc::clone(&object))).ok_or(NO_SYSTEM_RESOURCES)?;
    if let Some(thread) = object.thread().filter(|_| closes_itself) {
        thread.close_at_end(handle);
    }
    let own = Arc::clone(&object);
    let start = sys::thread::Start {
        begin: Box::new(move || thread::begin(own)),
        routine,
        argument,
        returned: thread::set_exit_code,
    };
    if sys::thread::begin(start, stack_bytes).is_err() {
        OBJECTS.remove(handle);
        return Err(NOT_ENOUGH_MEMORY);
    }
    Ok(handle)
}

/// What the calling thread will end with.
#[doc(alias = "ExitThread")]
pub fn set_exit_code(code: u32) {
    thread::set_exit_code(code);
}

/// Tells the end of the calling thread although it still runs: for one that [`leave_thread`] cannot end.
#[doc(alias = "ExitThread")]
pub fn end_thread() {
    exit::end(&thread::current());
}

/// What a thread ended with; 259 (`STILL_ACTIVE`) while it runs.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "GetExitCodeThread")]
pub fn thread_exit_code(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |object, thread| if object.value() == 0 { STILL_ACTIVE } else { thread.exit_code() })
}

/// Linux' number of a thread; waits for one that has just been made to say it.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "GetThreadId")]
pub fn thread_id(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.id())
}

/// Linux' number of the calling thread, by which [`open_thread`] then finds it.
#[doc(alias = "GetCurrentThreadId")]
#[must_use]
pub fn current_thread_id() -> u32 {
    thread::known_id()
}

/// A handle of a thread by Linux' number: of one that [`create_thread`] has begun, or that has asked for its number. One
/// that has ended is found as long as it has a handle.
///
/// # Errors
/// [`INVALID_PARAMETER`] if there is none; [`NO_SYSTEM_RESOURCES`] if there are too many handles.
///
/// ```
/// use winsock::wait;
///
/// let thread = wait::open_thread(wait::current_thread_id())?;
/// assert_eq!(wait::thread_id(thread), Ok(wait::current_thread_id()));
/// wait::close(thread)?;
/// # Ok::<(), winsock::Code>(())
/// ```
#[doc(alias = "OpenThread")]
pub fn open_thread(id: u32) -> Result<Handle, Code> {
    let object = thread::by_id(id).ok_or(INVALID_PARAMETER)?;
    OBJECTS.insert(Object::Waitable(object)).ok_or(NO_SYSTEM_RESOURCES)
}

/// The processor that a thread would best run on, as last set; 0 before that. Linux is not told: it is a wish.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "SetThreadIdealProcessor")]
pub fn ideal_processor(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.ideal_processor())
}

/// Sets the wish that [`ideal_processor`] tells, and tells the one before.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "SetThreadIdealProcessor")]
pub fn set_ideal_processor(thread: Handle, processor: u32) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.set_ideal_processor(processor))
}

/// Lets a thread begin that was made suspended; says how often it was suspended until now, 1 or 0.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "ResumeThread")]
pub fn resume_thread(thread: Handle) -> Result<u32, Code> {
    with_thread(thread, |_, thread| thread.resume().into())
}

/// Queues something for a thread to run in its next alertable wait, or in a blocking call that must wait. One that waits
/// in such a call since before the first call of this function in the process runs it after that.
///
/// # Errors
/// [`GEN_FAILURE`] if the thread has ended; [`INVALID_HANDLE`].
#[doc(alias = "QueueUserAPC")]
pub fn queue_call(thread: Handle, call: Call) -> Result<(), Code> {
    let object = get(thread, |object| object.thread().is_some())?;
    expect_calls();
    if thread::queue_call(&object, call) { Ok(()) } else { Err(GEN_FAILURE) }
}

/// Waits for one object, at most `timeout` (`None`: for ever). A socket is signalled while the last of its operations
/// that no event tells has ended.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "WaitForSingleObject")]
#[doc(alias = "WaitForSingleObjectEx")]
pub fn wait_for_object(object: Handle, timeout: Option<Duration>, is_alertable: bool) -> Result<Waited, Code> {
    let object = get_to_wait(object)?;
    let ended = dispatcher::wait(std::slice::from_ref(&object), Mode::Any, is_alertable, timeout);
    drop(object);
    Ok(told(ended))
}

/// Waits for one of several objects, or for all.
///
/// # Errors
/// [`INVALID_PARAMETER`] for none, for more than [`MOST_OBJECTS`] and, waiting for all, for one object twice;
/// [`INVALID_HANDLE`].
#[doc(alias = "WaitForMultipleObjects")]
#[doc(alias = "WSAWaitForMultipleEvents")]
pub fn wait_for_objects(
    objects: &[Handle],
    wants_all: bool,
    timeout: Option<Duration>,
    is_alertable: bool,
) -> Result<Waited, Code> {
    if objects.is_empty() || objects.len() > MOST_OBJECTS {
        return Err(INVALID_PARAMETER);
    }
    let objects = objects.iter().map(|handle| get_to_wait(*handle)).collect::<Result<Vec<_>, _>>()?;
    let is_double = |(place, object): (usize, &Arc<Waitable>)| objects[..place].iter().any(|o| Arc::ptr_eq(o, object));
    if wants_all && objects.iter().enumerate().any(is_double) {
        return Err(INVALID_PARAMETER);
    }
    let mode = if wants_all { Mode::All } else { Mode::Any };
    let ended = dispatcher::wait(&objects, mode, is_alertable, timeout);
    drop(objects);
    Ok(told(ended))
}

/// Sets an event, gives back a mutex or adds one to a semaphore, and waits for an object, with nothing in between.
///
/// # Errors
/// [`INVALID_HANDLE`], also if `signal` is none of the three; [`NOT_OWNER`], [`TOO_MANY_POSTS`].
#[doc(alias = "SignalObjectAndWait")]
pub fn signal_and_wait(
    signal: Handle,
    object: Handle,
    timeout: Option<Duration>,
    is_alertable: bool,
) -> Result<Waited, Code> {
    let signal = get(signal, |object| is_event(object) || is_mutex(object) || is_semaphore(object))?;
    let object = get_to_wait(object)?;
    let ended = dispatcher::signal_and_wait(|held| give(&signal, Some(held)), &object, is_alertable, timeout)?;
    drop((signal, object));
    Ok(told(ended))
}

/// Sleeps; alertably, until something was queued for the thread and has run. `None` sleeps for ever.
#[doc(alias = "SleepEx")]
pub fn sleep(timeout: Option<Duration>, is_alertable: bool) -> Waited {
    if !is_alertable && timeout == Some(Duration::ZERO) {
        std::thread::yield_now();
        return Waited::TimedOut;
    }
    told(dispatcher::wait(&[], Mode::Any, is_alertable, timeout))
}

/// One more handle of an object, or one more number of a socket.
///
/// # Errors
/// [`INVALID_HANDLE`]; [`NO_SYSTEM_RESOURCES`].
#[doc(alias = "DuplicateHandle")]
pub fn duplicate(handle: Handle) -> Result<Handle, Code> {
    if let Some(duplicated) = TABLE.duplicate(handle) {
        return duplicated.map_err(|_| NO_SYSTEM_RESOURCES);
    }
    let object = match handle {
        CURRENT_THREAD => Object::Waitable(thread::current()),
        handle => OBJECTS.with(handle, Object::share).ok_or(INVALID_HANDLE)?,
    };
    OBJECTS.insert(object).ok_or(NO_SYSTEM_RESOURCES)
}

/// Closes a handle. The object lives while a thread waits for it or an operation will set it.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "CloseHandle")]
#[doc(alias = "WSACloseEvent")]
pub fn close(handle: Handle) -> Result<(), Code> {
    OBJECTS.close(handle).ok_or(INVALID_HANDLE)
}

/// The event behind a handle, for what will set it later.
pub(crate) fn event(handle: Handle) -> Result<Arc<Waitable>, Code> {
    get(handle, is_event)
}

const STILL_ACTIVE: u32 = 259;

/// Runs what is queued, if that has ended the wait. It may leave the thread from within: so nobody who comes here keeps a
/// share of an object or memory.
fn told(ended: Ended) -> Waited {
    match ended {
        Ended::Taken { index, is_abandoned: false } => Waited::Object(index),
        Ended::Taken { index, is_abandoned: true } => Waited::Abandoned(index),
        Ended::TimedOut => Waited::TimedOut,
        Ended::Alerted => {
            thread::run_calls();
            Waited::Alerted
        }
    }
}

fn create(
    name: Option<&str>,
    is_wanted: impl Fn(&Waitable) -> bool,
    make: impl FnOnce() -> Arc<Waitable>,
) -> Result<Created, Code> {
    let (object, existed) = match name {
        Some(name) if !name.is_empty() => names::find_or_make(name, is_wanted, make)?,
        _ => (make(), false),
    };
    OBJECTS.insert(Object::Waitable(object)).map(|handle| (handle, existed)).ok_or(NO_SYSTEM_RESOURCES)
}

fn open(name: &str, is_wanted: impl Fn(&Waitable) -> bool) -> Result<Handle, Code> {
    let object = names::find(name, is_wanted)?;
    OBJECTS.insert(Object::Waitable(object)).ok_or(NO_SYSTEM_RESOURCES)
}

/// Runs `f` on the object without taking a share of it.
fn with<T>(
    handle: Handle,
    is_wanted: impl Fn(&Waitable) -> bool,
    f: impl FnOnce(&Waitable) -> Result<T, Code>,
) -> Result<T, Code> {
    let found = OBJECTS.with(handle, |object| match object {
        Object::Waitable(object) if is_wanted(object) => f(object),
        _ => Err(INVALID_HANDLE),
    });
    found.unwrap_or(Err(INVALID_HANDLE))
}

fn with_thread<T>(handle: Handle, f: impl FnOnce(&Waitable, &thread::Thread) -> T) -> Result<T, Code> {
    let object = get(handle, |_| true)?;
    object.thread().map(|thread| f(&object, thread)).ok_or(INVALID_HANDLE)
}

/// A share of the object, so that closing the handle leaves it alive.
fn get(handle: Handle, is_wanted: impl Fn(&Waitable) -> bool) -> Result<Arc<Waitable>, Code> {
    let object = match handle {
        CURRENT_THREAD => thread::current(),
        handle => OBJECTS
            .with(handle, |object| match object {
                Object::Waitable(object) => Some(Arc::clone(object)),
                Object::Port(_) | Object::File(_) => None,
            })
            .flatten()
            .ok_or(INVALID_HANDLE)?,
    };
    if is_wanted(&object) { Ok(object) } else { Err(INVALID_HANDLE) }
}

/// What to wait for: an object, or what tells the ends of a socket's or file's operations.
fn get_to_wait(handle: Handle) -> Result<Arc<Waitable>, Code> {
    get(handle, |_| true).or_else(|code| {
        let of_file = || crate::handle::file::get(handle)?.waitable();
        TABLE.own_signal(handle).or_else(of_file).ok_or(code)
    })
}

fn is_event(object: &Waitable) -> bool {
    matches!(object.kind, Kind::Event { .. })
}

fn is_mutex(object: &Waitable) -> bool {
    matches!(object.kind, Kind::Mutex { .. })
}

fn is_semaphore(object: &Waitable) -> bool {
    matches!(object.kind, Kind::Semaphore { .. })
}

fn is_timer(object: &Waitable) -> bool {
    matches!(object.kind, Kind::Timer(_))
}
