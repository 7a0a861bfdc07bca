//! `BindIoCompletionCallback`: ends of overlapped operations, told by calls on the threads of the process's pool.

use std::sync::{Mutex, PoisonError};
use std::thread;

use winsock::overlapped::Status;
use winsock::port::{Packet, by_handle as port};

use crate::Code;
use crate::error;
use crate::thread_pool::Pool;

/// Packets taken at once.
const AT_ONCE: usize = 64;
const EMPTY: Packet = Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS };

/// What is called at the end of an operation.
pub type Run = fn(Packet);

/// The port that all of them come through, made with the first.
static PORT: Mutex<Option<usize>> = Mutex::new(None);

/// Lets `run` be called with a packet, which has this key, at the end of each operation on a socket or file. All calls of
/// a process are to give the same `run`.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if it is bound or tied to a port already; [`error::INVALID_HANDLE`];
/// [`error::NOT_ENOUGH_MEMORY`] if no thread can begin.
#[doc(alias = "BindIoCompletionCallback")]
pub fn bind(handle: usize, key: usize, run: Run) -> Result<(), Code> {
    port::associate(port_with_thread(run)?, handle, key)
}

fn port_with_thread(run: Run) -> Result<usize, Code> {
    let mut known = PORT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(port) = *known {
        return Ok(port);
    }
    let port = port::create(0)?;
    let begun = thread::Builder::new().name("ws2-ends".to_owned()).spawn(move || hand_out(port, run));
    if begun.is_err() {
        port::close(port)?;
        return Err(error::NOT_ENOUGH_MEMORY);
    }
    Ok(*known.insert(port))
}

fn hand_out(port: usize, run: Run) {
    let mut packets = [EMPTY; AT_ONCE];
    // The port ends with the process.
    while let Ok(count) = port::take(port, &mut packets, None) {
        for packet in packets[..count].iter().copied() {
            if Pool::usual().submit(Box::new(move || run(packet))).is_err() {
                run(packet);
            }
        }
    }
}
