//! `CreateTimerQueue` and its family: timers by number, in queues that end together.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Code;
use crate::error;
use crate::pool_timer::Timer;
use crate::thread_pool::{Pool, Work};

/// The queue that the process has from the beginning.
pub const DEFAULT: usize = 0;

/// Whether and how someone learns that the last call has returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// The function fails with [`error::IO_PENDING`] if a call is under way.
    Unheard,
    /// The function waits for it.
    Waits,
    /// This event is set; the function fails as for nobody.
    Sets(usize),
}

#[derive(Default)]
struct Queues {
    queues: HashSet<usize>,
    timers: HashMap<usize, (usize, Timer)>,
    /// The last number given; numbers of handles are multiples of four.
    last: usize,
}

static QUEUES: LazyLock<Mutex<Queues>> = LazyLock::new(Mutex::default);

impl Queues {
    fn number(&mut self) -> usize {
        self.last += 4;
        self.last
    }

    fn check(&self, queue: usize) -> Result<(), Code> {
        if queue == DEFAULT || self.queues.contains(&queue) { Ok(()) } else { Err(error::INVALID_HANDLE) }
    }

    /// The timer, whichever queue it is of: test_timer_queue of dlls/kernel32/tests/sync.c, checked on Windows.
    fn timer(&self, queue: usize, timer: usize) -> Result<&Timer, Code> {
        self.check(queue)?;
        self.timers.get(&timer).map(|(_, timer)| timer).ok_or(error::INVALID_HANDLE)
    }
}

fn queues() -> MutexGuard<'static, Queues> {
    QUEUES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A new queue.
#[doc(alias = "CreateTimerQueue")]
#[must_use]
pub fn create_queue() -> usize {
    let mut queues = queues();
    let number = queues.number();
    queues.queues.insert(number);
    number
}

/// A new timer: due after so long (`None`: never), then after every `period` if there is one.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if there is no such queue; [`error::NOT_ENOUGH_MEMORY`].
#[doc(alias = "CreateTimerQueueTimer")]
pub fn create_timer(
    queue: usize,
    due: Option<Duration>,
    period: Option<Duration>,
    call: impl Fn() + Send + Sync + 'static,
) -> Result<usize, Code> {
    let timer = Timer::new(Work::new(Pool::usual(), call));
    let mut queues = queues();
    queues.check(queue)?;
    if let Some(due) = due {
        timer.set(due, period)?;
    }
    let number = queues.number();
    queues.timers.insert(number, (queue, timer));
    Ok(number)
}

/// Sets a timer anew. One that was due once and is over stays over.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if there is no such queue or timer.
#[doc(alias = "ChangeTimerQueueTimer")]
pub fn change_timer(queue: usize, timer: usize, due: Option<Duration>, period: Option<Duration>) -> Result<(), Code> {
    let queues = queues();
    let timer = queues.timer(queue, timer)?;
    match due.filter(|_| timer.is_pending()) {
        Some(due) => timer.set(due, period),
        None => {
            timer.stop();
            Ok(())
        }
    }
}

/// Ends a timer; of its calls only those that run go on.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if there is no such queue or timer; [`error::IO_PENDING`] if a call is under way and the function
/// does not wait for it.
#[doc(alias = "DeleteTimerQueueTimer")]
pub fn delete_timer(queue: usize, timer: usize, completion: Completion) -> Result<(), Code> {
    let timer = {
        let mut queues = queues();
        queues.timer(queue, timer)?;
        queues.timers.remove(&timer)
    };
    end(timer.into_iter().map(|(_, timer)| timer).collect(), completion)
}

/// Ends a queue with its timers.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if there is none; else as [`delete_timer`].
#[doc(alias = "DeleteTimerQueueEx")]
pub fn delete_queue(queue: usize, completion: Completion) -> Result<(), Code> {
    let timers = {
        let mut queues = queues();
        if !queues.queues.remove(&queue) {
            return Err(error::INVALID_HANDLE);
        }
        queues.timers.extract_if(|_, (of, _)| *of == queue).map(|(_, (_, timer))| timer).collect()
    };
    end(timers, completion)
}

fn end(timers: Vec<Timer>, completion: Completion) -> Result<(), Code> {
    timers.iter().for_each(Timer::stop);
    // Not before all are stopped: a call may be what sets another. Each is to cancel, so this looks at all.
    let is_busy = timers.iter().filter(|timer| timer.work().cancel()).count() > 0;
    let wait = move || timers.iter().for_each(|timer| timer.work().wait(true));
    match completion {
        Completion::Waits => wait(),
        Completion::Unheard if is_busy => return Err(error::IO_PENDING),
        Completion::Unheard => {}
        Completion::Sets(event) if is_busy => {
            let waiter = move || {
                wait();
                let _ = winsock::wait::set_event(event);
            };
            thread::Builder::new().spawn(waiter).map_err(|_| error::NOT_ENOUGH_MEMORY)?;
            return Err(error::IO_PENDING);
        }
        Completion::Sets(event) => winsock::wait::set_event(event)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn what_is_gone_is_no_handle() {
        let queue = create_queue();
        let timer = create_timer(queue, None, None, || ()).unwrap();
        assert_eq!(change_timer(DEFAULT, timer, None, None), Ok(()), "any queue will do");
        assert_eq!(change_timer(queue + 2, timer, None, None), Err(error::INVALID_HANDLE));
        assert_eq!(delete_timer(queue, timer, Completion::Waits), Ok(()));
        assert_eq!(delete_timer(queue, timer, Completion::Waits), Err(error::INVALID_HANDLE));
        assert_eq!(delete_queue(queue, Completion::Waits), Ok(()));
        assert_eq!(delete_queue(queue, Completion::Waits), Err(error::INVALID_HANDLE));
        assert_eq!(create_timer(queue, None, None, || ()), Err(error::INVALID_HANDLE));
        assert_eq!(delete_queue(DEFAULT, Completion::Waits), Err(error::INVALID_HANDLE));
    }

    #[test]
    fn a_call_under_way_is_told_or_waited_for() {
        for completion in [Completion::Unheard, Completion::Waits] {
            let (begun, begins) = mpsc::channel();
            let call = move || {
                begun.send(()).unwrap();
                thread::sleep(Duration::from_millis(50));
                let _ = begun.send(());
            };
            let timer = create_timer(DEFAULT, Some(Duration::ZERO), None, call).unwrap();
            begins.recv().unwrap();
            let expected = if completion == Completion::Waits { Ok(()) } else { Err(error::IO_PENDING) };
            assert_eq!(delete_timer(DEFAULT, timer, completion), expected);
            assert_eq!(begins.try_recv().is_ok(), completion == Completion::Waits);
            let _ = begins.recv();
        }
    }
}
