//! Ctrl-C: the first ends the scan early, with the answer as far as it got; a second ends the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Whether the user has had enough.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// What the shell sees of a program that Ctrl-C has ended.
    const EXIT_CODE: i32 = 128 + SIGINT;

    /// Listens for Ctrl-C from now on. Where that is refused, Ctrl-C ends the program as ever.
    pub(crate) fn listen() -> Interrupt {
        let flag = Arc::new(AtomicBool::new(false));
        // In this order: the first Ctrl-C finds the flag down and only raises it.
        let _ = flag::register_conditional_shutdown(SIGINT, Interrupt::EXIT_CODE, Arc::clone(&flag))
            .and_then(|_| flag::register(SIGINT, Arc::clone(&flag)));
        Interrupt(flag)
    }

    pub(crate) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
