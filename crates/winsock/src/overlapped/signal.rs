//! [`Signal`]: the state of a socket's own handle, for which programs wait too.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::sync::Arc;
use crate::wait::{self, Waitable};

/// Whether the last operation that no event tells has ended: what `WaitForSingleObject` on a socket waits for.
///
/// Docs: "OVERLAPPED structure", hEvent: without an event the handle itself is signalled.
#[derive(Default)]
pub struct Signal {
    is_set: AtomicBool,
    is_silent: AtomicBool,
    /// Made by the first wait; most sockets see none.
    object: OnceLock<Arc<Waitable>>,
}

impl Signal {
    /// An operation begins.
    #[inline]
    pub(crate) fn reset(&self) {
        self.is_set.store(false, Ordering::SeqCst);
        if let Some(object) = self.object.get() {
            wait::reset(object);
        }
    }

    /// An operation has ended.
    #[inline]
    pub(crate) fn set(&self) {
        if self.is_silent.load(Ordering::Relaxed) {
            return;
        }
        // First the state, then the object: one that is made meanwhile looks at the state when it can be found.
        self.is_set.store(true, Ordering::SeqCst);
        if let Some(object) = self.object.get() {
            wait::set(object);
        }
    }

    /// Ends say nothing from now on: `FILE_SKIP_SET_EVENT_ON_HANDLE`.
    pub(crate) fn silence(&self) {
        self.is_silent.store(true, Ordering::Relaxed);
    }

    /// What to wait for.
    pub(crate) fn object(&self) -> Arc<Waitable> {
        let object = self.object.get_or_init(Waitable::manual_event);
        if self.is_set.load(Ordering::SeqCst) {
            wait::set(object);
        }
        Arc::clone(object)
    }
}

// The models make these of atomics that live in a model only.
#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    fn is_signalled(signal: &Signal) -> bool {
        signal.object().value() == 1
    }

    #[test]
    fn it_tells_the_last_end_also_to_who_asks_later() {
        let signal = Signal::default();
        signal.reset();
        signal.set();
        assert!(is_signalled(&signal) && is_signalled(&signal));
        signal.reset();
        assert!(!is_signalled(&signal));
        signal.silence();
        signal.set();
        assert!(!is_signalled(&signal));
    }
}
