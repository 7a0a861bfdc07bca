//! The waits for objects by HANDLE value, and sleeping.

use std::time::Duration;

use winsock_codes::Code;

use super::super::dispatcher::{self, Ended, Mode};
use super::super::object::{Kind, Waitable};
use super::super::thread;
use super::{CURRENT_PROCESS, CURRENT_THREAD, get, give, is_event, is_mutex, is_semaphore};
use crate::handle::codes::{INVALID_HANDLE, INVALID_PARAMETER};
use crate::handle::objects::Handle;
use crate::handle::table::TABLE;
use crate::port;
use crate::sync::Arc;

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

/// Waits for one object, at most `timeout` (`None`: for ever). A socket is signalled while the last of its operations
/// that no event tells has ended.
///
/// # Errors
/// [`INVALID_HANDLE`](crate::port::by_handle::INVALID_HANDLE).
#[doc(alias = "WaitForSingleObject")]
#[doc(alias = "WaitForSingleObjectEx")]
pub fn wait_for_object(object: Handle, timeout: Option<Duration>, is_alertable: bool) -> Result<Waited, Code> {
    let object = match object {
        // Which is not over while somebody asks. Source: test_WaitForSingleObject of dlls/kernel32/tests/sync.c, checked on
        // Windows; only a wait for one object takes the number.
        CURRENT_PROCESS => Waitable::new(Kind::Event { is_manual: true }, 0),
        object => get_to_wait(object)?,
    };
    let ended = dispatcher::wait(std::slice::from_ref(&object), Mode::Any, is_alertable, timeout);
    drop(object);
    Ok(told(ended))
}

/// Waits for one of several objects, or for all.
///
/// # Errors
/// [`INVALID_PARAMETER`] for none, for more than [`MOST_OBJECTS`] and, waiting for all, for one object twice;
/// [`INVALID_HANDLE`](crate::port::by_handle::INVALID_HANDLE).
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
    // Unlike a wait for one object. Source: test_WaitForMultipleObjects of dlls/kernel32/tests/sync.c, checked on Windows.
    if objects.iter().any(|handle| matches!(*handle, CURRENT_THREAD | CURRENT_PROCESS)) {
        return Err(INVALID_HANDLE);
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
/// [`INVALID_HANDLE`](crate::port::by_handle::INVALID_HANDLE), also if `signal` is none of the three;
/// [`NOT_OWNER`](super::NOT_OWNER), [`TOO_MANY_POSTS`](super::TOO_MANY_POSTS).
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
    let ended = if is_alertable {
        dispatcher::wait(&[], Mode::Any, true, timeout)
    } else {
        // This needs no memory.
        port::before_blocking();
        std::thread::sleep(timeout.unwrap_or(Duration::MAX));
        Ended::TimedOut
    };
    port::look_after_sleep();
    told(ended)
}

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

/// What to wait for: an object, or what tells the ends of a socket's or file's operations.
fn get_to_wait(handle: Handle) -> Result<Arc<Waitable>, Code> {
    get(handle, |_| true).or_else(|code| {
        let of_file = || crate::handle::file::get(handle)?.waitable();
        let of_device = || crate::afd::waitable(handle);
        TABLE.own_signal(handle).or_else(of_file).or_else(of_device).ok_or(code)
    })
}
