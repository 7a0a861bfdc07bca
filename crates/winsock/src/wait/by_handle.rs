//! The calls on objects by HANDLE value. Their errors are Win32's, as `GetLastError` gives them.

mod threads;
mod waits;

use std::sync::atomic::Ordering;
use std::time::Duration;

use winsock_codes::Code;

use super::alert::expect_calls;
use super::dispatcher::{self, Locked};
use super::object::{Kind, Waitable};
pub use super::timer::CallMaker;
use super::timer::Timer;
use super::{names, thread, timer};
use crate::handle::codes::{INVALID_HANDLE, INVALID_PARAMETER, NO_SYSTEM_RESOURCES};
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::handle::table::TABLE;
use crate::sync::Arc;
pub use threads::*;
pub use waits::*;

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
        handle => OBJECTS.with(handle, Object::share).flatten().ok_or(INVALID_HANDLE)?,
    };
    let port = if let Object::Port(port) = &object { Some(Arc::clone(port)) } else { None };
    OBJECTS.insert(object).ok_or_else(|| {
        // The handle that it was counted for does not come.
        if let Some(port) = port {
            port.close_handle();
        }
        NO_SYSTEM_RESOURCES
    })
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

/// A share of the object, so that closing the handle leaves it alive.
fn get(handle: Handle, is_wanted: impl Fn(&Waitable) -> bool) -> Result<Arc<Waitable>, Code> {
    let object = match handle {
        CURRENT_THREAD => thread::current(),
        handle => OBJECTS
            .with(handle, |object| match object {
                Object::Waitable(object) => Some(Arc::clone(object)),
                _ => None,
            })
            .flatten()
            .ok_or(INVALID_HANDLE)?,
    };
    if is_wanted(&object) { Ok(object) } else { Err(INVALID_HANDLE) }
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
