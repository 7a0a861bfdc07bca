//! Waits whose calls run on the threads of a pool: `CreateThreadpoolWait`.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::Code;
use crate::registered_wait;
use crate::sync::lock;
use crate::thread_pool::{Pool, Work};

/// A wait for an object, once each time it is set. Dropping it ends it.
pub struct Wait {
    work: Work,
    /// Whether the time was over, of each call that is queued.
    outcomes: Arc<Mutex<VecDeque<bool>>>,
    /// The wait that is under way, or was last.
    registered: Mutex<Option<usize>>,
}

impl Wait {
    /// A wait that is not set. `call` learns whether the time was over before the object was signalled.
    pub fn new(pool: Pool, call: impl Fn(bool) + Send + Sync + 'static) -> Wait {
        let outcomes: Arc<Mutex<VecDeque<bool>>> = Arc::default();
        let of_work = Arc::clone(&outcomes);
        let work = Work::new(pool, move || {
            let outcome = lock(&of_work).pop_front();
            if let Some(timed_out) = outcome {
                call(timed_out);
            }
        });
        Wait { work, outcomes, registered: Mutex::default() }
    }

    /// Waits for an object from now on, instead of what it waited for; true if that had not come. Calls that are queued
    /// stay queued.
    ///
    /// # Errors
    /// [`crate::error::INVALID_HANDLE`] if there is no such object; [`crate::error::NOT_ENOUGH_MEMORY`] if no thread can
    /// begin.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use std::time::Duration;
    /// use winbase::pool_wait::Wait;
    /// use winbase::thread_pool::Pool;
    ///
    /// let (event, _) = winsock::wait::create_event(None, false, true)?;
    /// let (tell, told) = mpsc::channel();
    /// let wait = Wait::new(Pool::usual(), move |timed_out| tell.send(timed_out).unwrap_or_default());
    /// wait.set(event, None)?;
    /// assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(false));
    /// wait.set(event, Some(Duration::ZERO))?;
    /// assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(true));
    /// # Ok::<(), winbase::Code>(())
    /// ```
    #[doc(alias = "SetThreadpoolWait")]
    pub fn set(&self, object: usize, timeout: Option<Duration>) -> Result<bool, Code> {
        let was_set = self.stop();
        let (work, outcomes) = (self.work.clone(), Arc::clone(&self.outcomes));
        let number = registered_wait::register(object, timeout, true, move |timed_out| {
            lock(&outcomes).push_back(timed_out);
            if work.submit().is_err() {
                lock(&outcomes).pop_back();
            }
        })?;
        *lock(&self.registered) = Some(number);
        Ok(was_set)
    }

    /// Waits for nothing any more; true if something was waited for that had not come.
    pub fn stop(&self) -> bool {
        let number = lock(&self.registered).take();
        number.is_some_and(registered_wait::stop)
    }

    /// What waits until no call is queued or running; those that have not begun are first taken back if `cancels`.
    #[doc(alias = "WaitForThreadpoolWaitCallbacks")]
    pub fn waiter(&self) -> impl FnOnce(bool) + use<> {
        let (work, outcomes) = (self.work.clone(), Arc::clone(&self.outcomes));
        move |cancels| {
            if cancels {
                lock(&outcomes).clear();
            }
            work.wait(cancels);
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.stop();
    }
}
