//! Objects to wait for: events, mutexes, semaphores, threads, timers; and the waits.
//!
//! # One word, one lock
//!
//! An object's state is one word (`object`). While nobody waits for it, setting, taking and releasing it change that
//! word and nothing else: no lock, no system call. A thread that must wait marks the words of all its objects under one
//! lock of the process (`dispatcher`); from then on these objects change under that lock only. So a wait for all of
//! several objects takes all or none, and no signal is lost between two of them.
//!
//! # Alerts
//!
//! A thread that waits alertably also ends its wait when something is queued for it to run (`thread`): completion
//! routines, and what `QueueUserAPC` was given. A blocking call that must wait runs it too, and goes on (`alert`).

mod alert;
mod by_handle;
mod dispatcher;
mod due;
mod exit;
mod keyed_event;
#[cfg(all(test, feature = "model"))]
mod model;
mod names;
mod object;
mod process;
mod thread;
mod timer;

pub(crate) use alert::wait_for as wait_for_descriptor;
pub(crate) use alert::{LEFT, are_calls_expected, ask_in_call, expect_calls, poll_in_call};
pub(crate) use by_handle::event;
pub use by_handle::*;
pub(crate) use dispatcher::{reset, set};
pub use due::{delay, now};
pub(crate) use keyed_event::KeyedEvent;
pub use keyed_event::{create_keyed_event, release_keyed_event, wait_for_keyed_event};
pub(crate) use object::Waitable;
pub use process::*;
pub(crate) use thread::{current, is_alerted, is_ending, number, queue_call as queue, remember_lent, run_calls};
pub(crate) use timer::{Alarm, Place, set_alarm, take_back_alarm};
