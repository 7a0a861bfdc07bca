//! `RegisterWaitForSingleObject`: a call whenever an object is signalled or a time is over.
//!
//! Each has a thread of its own, which waits and calls in turn.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use winsock::wait::{self, Waited};

use crate::Code;
use crate::error;
use crate::sync::lock;
use crate::timer_queue::Completion;

struct Registered {
    /// What wakes the thread to end, and what it waits for: handles of its own.
    stop: usize,
    object: usize,
    phase: Mutex<Phase>,
    ended: Condvar,
}

#[derive(Default)]
struct Phase {
    is_stopped: bool,
    is_calling: bool,
    has_ended: bool,
    /// The event to set at the end.
    sets: Option<usize>,
}

#[derive(Default)]
struct Waits {
    known: HashMap<usize, Arc<Registered>>,
    last: usize,
}

static WAITS: LazyLock<Mutex<Waits>> = LazyLock::new(Mutex::default);

/// Calls whenever an object is signalled (`false`) or the time is over before that (`true`); at the first time only if
/// `is_once`.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if there is no such object; [`error::NOT_ENOUGH_MEMORY`] if no thread can begin.
#[doc(alias = "RegisterWaitForSingleObject")]
pub fn register(
    object: usize,
    timeout: Option<Duration>,
    is_once: bool,
    call: impl Fn(bool) + Send + 'static,
) -> Result<usize, Code> {
    let object = wait::duplicate(object)?;
    let (stop, _) = wait::create_event(None, true, false).inspect_err(|_| wait::close(object).unwrap_or_default())?;
    let registered = Arc::new(Registered { stop, object, phase: Mutex::default(), ended: Condvar::new() });
    let own = Arc::clone(&registered);
    let thread = thread::Builder::new().name("ws2-wait".to_owned());
    if thread.spawn(move || own.run(timeout, is_once, call)).is_err() {
        registered.close();
        return Err(error::NOT_ENOUGH_MEMORY);
    }
    let mut waits = lock(&WAITS);
    waits.last += 4;
    let number = waits.last;
    waits.known.insert(number, registered);
    Ok(number)
}

/// Ends a registered wait; a call that is under way goes on.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::IO_PENDING`] if a call is under way and nobody will learn of its end.
#[doc(alias = "UnregisterWaitEx")]
pub fn unregister(number: usize, completion: Completion) -> Result<(), Code> {
    let registered = lock(&WAITS).known.remove(&number).ok_or(error::INVALID_HANDLE)?;
    let mut phase = lock(&registered.phase);
    phase.is_stopped = true;
    if phase.has_ended {
        return if let Completion::Sets(event) = completion { wait::set_event(event) } else { Ok(()) };
    }
    wait::set_event(registered.stop)?;
    match completion {
        Completion::Unheard if phase.is_calling => return Err(error::IO_PENDING),
        Completion::Unheard => {}
        Completion::Sets(event) => phase.sets = Some(event),
        Completion::Waits => {
            while !phase.has_ended {
                winsock::port::before_blocking();
                phase = registered.ended.wait(phase).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
    Ok(())
}

/// Ends a registered wait for one time; true if that time had not come. A call that is under way has returned then: it is
/// short, and does not come from there.
pub(crate) fn stop(number: usize) -> bool {
    let Some(registered) = lock(&WAITS).known.remove(&number) else { return false };
    let mut phase = lock(&registered.phase);
    let had_not_come = !phase.has_ended && !phase.is_calling;
    phase.is_stopped = true;
    if had_not_come {
        // Fails only for a handle that is closed, which it is at the end.
        let _ = wait::set_event(registered.stop);
    }
    while phase.is_calling {
        winsock::port::before_blocking();
        phase = registered.ended.wait(phase).unwrap_or_else(PoisonError::into_inner);
    }
    had_not_come
}

impl Registered {
    fn run(&self, timeout: Option<Duration>, is_once: bool, call: impl Fn(bool)) {
        loop {
            let timed_out = match wait::wait_for_objects(&[self.stop, self.object], false, timeout, false) {
                Ok(Waited::Object(1) | Waited::Abandoned(1)) => false,
                Ok(Waited::TimedOut) => true,
                // To end, or there is no object to wait for any more.
                _ => break,
            };
            {
                let mut phase = lock(&self.phase);
                if phase.is_stopped {
                    break;
                }
                phase.is_calling = true;
            }
            call(timed_out);
            lock(&self.phase).is_calling = false;
            if is_once {
                break;
            }
        }
        let mut phase = lock(&self.phase);
        phase.has_ended = true;
        if let Some(event) = phase.sets {
            let _ = wait::set_event(event);
        }
        self.close();
        self.ended.notify_all();
    }

    fn close(&self) {
        let _ = (wait::close(self.stop), wait::close(self.object));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn it_calls_for_each_signal_and_for_the_time() {
        let (event, _) = wait::create_event(None, false, false).unwrap();
        let (tell, told) = mpsc::channel();
        let number = register(event, None, false, move |timed_out| tell.send(timed_out).unwrap()).unwrap();
        for _ in 0..3 {
            wait::set_event(event).unwrap();
            assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(false));
        }
        assert_eq!(unregister(number, Completion::Waits), Ok(()));
        assert_eq!(unregister(number, Completion::Waits), Err(error::INVALID_HANDLE));
        wait::set_event(event).unwrap();
        assert!(told.recv().is_err());
        let (tell, told) = mpsc::channel();
        let never = wait::create_event(None, true, false).unwrap().0;
        let once = register(never, Some(Duration::from_millis(5)), true, move |late| tell.send(late).unwrap()).unwrap();
        assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(true));
        assert!(told.recv().is_err());
        assert_eq!(unregister(once, Completion::Unheard), Ok(()));
        assert_eq!(register(13, None, true, |_| ()), Err(error::INVALID_HANDLE));
    }

    #[test]
    fn an_end_during_a_call_is_told() {
        let (event, _) = wait::create_event(None, true, true).unwrap();
        let done = wait::create_event(None, true, false).unwrap().0;
        for completion in [Completion::Unheard, Completion::Sets(done)] {
            let (begun, begins) = mpsc::channel();
            let call = move |_| {
                begun.send(()).unwrap();
                thread::sleep(Duration::from_millis(50));
            };
            let number = register(event, None, true, call).unwrap();
            begins.recv().unwrap();
            let expected = if completion == Completion::Unheard { Err(error::IO_PENDING) } else { Ok(()) };
            assert_eq!(unregister(number, completion), expected);
        }
        assert_eq!(wait::wait_for_object(done, Some(Duration::from_secs(5)), false), Ok(Waited::Object(0)));
    }
}
