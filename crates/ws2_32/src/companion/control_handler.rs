//! `SetConsoleCtrlHandler`: Linux' signals as a console's events.
//!
//! A signal may come in any thread at any moment; Windows calls handlers in a thread of their own. So the signal only
//! writes its number into a pipe, and a thread reads it and calls the handlers, the newest first, until one says that it
//! has dealt with the event.

use std::fs::File;
use std::io::Read;
use std::os::fd::{FromRawFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use winbase::error;

use super::truth;

/// What the system calls.
type Handler = unsafe extern "system" fn(u32) -> i32;

const CTRL_C_EVENT: u32 = 0;
const CTRL_BREAK_EVENT: u32 = 1;
const CTRL_CLOSE_EVENT: u32 = 2;

/// Which signal is which event.
const EVENTS: [(i32, u32); 4] = [
    (libc::SIGINT, CTRL_C_EVENT),
    (libc::SIGQUIT, CTRL_BREAK_EVENT),
    (libc::SIGTERM, CTRL_CLOSE_EVENT),
    (libc::SIGHUP, CTRL_CLOSE_EVENT),
];

static HANDLERS: Mutex<Vec<Handler>> = Mutex::new(Vec::new());
/// Where the signal writes; -1 before the first handler.
static PIPE: AtomicI32 = AtomicI32::new(-1);

/// Adds a handler for the console's events, or takes one away; without a function, ignores Ctrl+C or heeds it again.
#[unsafe(export_name = "ws2_SetConsoleCtrlHandler")]
pub unsafe extern "system" fn SetConsoleCtrlHandler(handlerroutine: Option<Handler>, add: i32) -> i32 {
    let mut handlers = HANDLERS.lock().unwrap_or_else(PoisonError::into_inner);
    truth(match handlerroutine {
        None => {
            let heeded = if handlers.is_empty() { libc::SIG_DFL } else { on_signal as *const () as usize };
            set_action(libc::SIGINT, if add != 0 { libc::SIG_IGN } else { heeded });
            Ok(())
        }
        Some(handler) if add != 0 => {
            handlers.push(handler);
            drop(handlers);
            listen();
            Ok(())
        }
        Some(handler) => match handlers.iter().rposition(|other| std::ptr::fn_addr_eq(*other, handler)) {
            Some(at) => {
                handlers.remove(at);
                Ok(())
            }
            None => Err(error::INVALID_PARAMETER),
        },
    })
}

/// Sends an event to this process. On Windows every process of the console gets it; here only the caller does.
#[unsafe(export_name = "ws2_GenerateConsoleCtrlEvent")]
pub extern "system" fn GenerateConsoleCtrlEvent(dwctrlevent: u32, dwprocessgroupid: u32) -> i32 {
    let signal = match dwctrlevent {
        CTRL_C_EVENT => libc::SIGINT,
        CTRL_BREAK_EVENT => libc::SIGQUIT,
        _ => return truth(Err(error::INVALID_PARAMETER)),
    };
    if dwprocessgroupid != 0 && dwprocessgroupid != std::process::id() {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: kill takes any numbers.
    unsafe { libc::kill(std::process::id().cast_signed(), signal) };
    1
}

/// Starts the thread that calls handlers, and takes over the signals, once.
fn listen() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let mut ends: [RawFd; 2] = [-1; 2];
        // SAFETY: room for both ends.
        if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) } != 0 {
            return;
        }
        // SAFETY: the reading end was just made and belongs to nobody else.
        let reader = unsafe { File::from_raw_fd(ends[0]) };
        PIPE.store(ends[1], Ordering::Release);
        let named = std::thread::Builder::new().name("console events".into());
        if named.spawn(move || dispatch(reader)).is_ok() {
            for (signal, _) in EVENTS {
                set_action(signal, on_signal as *const () as usize);
            }
        }
    });
}

fn set_action(signal: i32, action: usize) {
    // SAFETY: sigaction is plain data; the action is a default, or a function that only writes to a pipe.
    unsafe {
        let mut wanted: libc::sigaction = std::mem::zeroed();
        wanted.sa_sigaction = action;
        wanted.sa_flags = libc::SA_RESTART;
        libc::sigaction(signal, &raw const wanted, std::ptr::null_mut());
    }
}

extern "C" fn on_signal(signal: i32) {
    let number = [signal as u8];
    // SAFETY: write may be called from a signal; errno is put back as it was, for the code that was interrupted.
    unsafe {
        let errno = *libc::__errno_location();
        libc::write(PIPE.load(Ordering::Acquire), number.as_ptr().cast(), 1);
        *libc::__errno_location() = errno;
    }
}

fn dispatch(mut reader: File) {
    let mut number = [0];
    while reader.read_exact(&mut number).is_ok() {
        let signal = i32::from(number[0]);
        let event = EVENTS.iter().find(|(known, _)| *known == signal).map_or(CTRL_C_EVENT, |(_, event)| *event);
        let handlers = HANDLERS.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // SAFETY: the program gave these functions to be called with the event's number.
        let dealt_with = handlers.iter().rev().any(|handler| unsafe { handler(event) } != 0);
        // Docs: "HandlerRoutine callback function": after a close event the process ends in any case.
        if !dealt_with || event == CTRL_CLOSE_EVENT {
            end_by(signal);
        }
    }
}

/// Ends the process as the signal would have, so that its parent sees that.
fn end_by(signal: i32) {
    set_action(signal, libc::SIG_DFL);
    // SAFETY: null is every stream; kill takes any numbers.
    unsafe {
        libc::fflush(std::ptr::null_mut());
        libc::kill(std::process::id().cast_signed(), signal);
    }
}
