//! The multimedia timers: a thread each, that calls the program or sets an event.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use winsock::wait as core;

use crate::boundary::lock;

const PERIODIC: u32 = 0x1;
const EVENT_SET: u32 = 0x10;
const EVENT_PULSE: u32 = 0x20;
/// `MMSYSERR_INVALPARAM`.
const INVALID_PARAMETER: u32 = 11;
/// The longest delay: `TIMECAPS.wPeriodMax`.
const LONGEST_MS: u32 = 1_000_000;

/// What a timer calls: its number, 0, what the program gave, 0, 0.
pub type LPTIMECALLBACK = unsafe extern "system" fn(u32, u32, usize, usize, usize);

/// Whether a timer was killed, and who waits to know.
#[derive(Default)]
struct Timer {
    is_killed: Mutex<bool>,
    told: Condvar,
}

#[derive(Default)]
struct Timers {
    running: HashMap<u32, Arc<Timer>>,
    last: u32,
}

static TIMERS: LazyLock<Mutex<Timers>> = LazyLock::new(Mutex::default);

/// What a timer does when it is due.
#[derive(Clone, Copy)]
enum Action {
    Call(LPTIMECALLBACK, usize),
    Set(usize),
    Pulse(usize),
}

impl Action {
    fn perform(self, number: u32) {
        match self {
            // SAFETY: the program gave the function for these arguments.
            Action::Call(call, user) => unsafe { call(number, 0, user, 0, 0) },
            // A handle that was closed meanwhile has nobody to tell.
            Action::Set(event) => drop(core::set_event(event)),
            Action::Pulse(event) => drop(core::pulse_event(event)),
        }
    }
}

/// Begins a timer: its number, 0 if it cannot. With a flag of events the callback is an event's handle.
#[unsafe(export_name = "ws2_timeSetEvent")]
pub unsafe extern "system" fn timeSetEvent(delay: u32, _resolution: u32, call: usize, user: usize, flags: u32) -> u32 {
    if delay == 0 || delay > LONGEST_MS || call == 0 {
        return 0;
    }
    let action = if flags & EVENT_SET != 0 {
        Action::Set(call)
    } else if flags & EVENT_PULSE != 0 {
        Action::Pulse(call)
    } else {
        // SAFETY: without a flag of events it is a function of this type.
        Action::Call(unsafe { std::mem::transmute::<usize, LPTIMECALLBACK>(call) }, user)
    };
    let timer = Arc::new(Timer::default());
    let number = {
        let mut timers = lock(&TIMERS);
        timers.last = timers.last.wrapping_add(1).max(1);
        let number = timers.last;
        timers.running.insert(number, Arc::clone(&timer));
        number
    };
    let delay = Duration::from_millis(delay.into());
    let thread = std::thread::Builder::new().name("timer".to_owned());
    if thread.spawn(move || run(number, &timer, delay, flags & PERIODIC != 0, action)).is_err() {
        lock(&TIMERS).running.remove(&number);
        return 0;
    }
    number
}

fn run(number: u32, timer: &Timer, delay: Duration, is_periodic: bool, action: Action) {
    let mut due = Instant::now() + delay;
    loop {
        let mut is_killed = lock(&timer.is_killed);
        while !*is_killed && Instant::now() < due {
            let rest = due.saturating_duration_since(Instant::now());
            is_killed = timer.told.wait_timeout(is_killed, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        if *is_killed {
            return;
        }
        drop(is_killed);
        action.perform(number);
        if !is_periodic {
            lock(&TIMERS).running.remove(&number);
            return;
        }
        due += delay;
    }
}

/// Ends a timer: 0, or `MMSYSERR_INVALPARAM` for one that is not. A call that is under way goes on.
#[unsafe(export_name = "ws2_timeKillEvent")]
pub extern "system" fn timeKillEvent(number: u32) -> u32 {
    let Some(timer) = lock(&TIMERS).running.remove(&number) else { return INVALID_PARAMETER };
    *lock(&timer.is_killed) = true;
    timer.told.notify_all();
    0
}
