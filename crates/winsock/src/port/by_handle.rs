//! The calls on completion ports by HANDLE value. Their errors are Win32's, as `GetLastError` gives them.

use std::sync::Arc;
use std::time::Duration;

use winsock_codes::Code;

use super::{CompletionPort, Packet, WaitError, desk};
use crate::afd;
pub use crate::handle::codes::*;
pub use crate::handle::objects::Handle;
use crate::handle::objects::{OBJECTS, Object};
use crate::handle::table::TABLE;
use crate::memory;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::wait;
use crate::win32::SOCKET;

/// `ERROR_ABANDONED_WAIT_0`: the port was closed.
pub const ABANDONED_WAIT: Code = Code::new(735);
/// `WAIT_TIMEOUT`.
pub const WAIT_TIMEOUT: Code = Code::new(258);
/// `WAIT_IO_COMPLETION`: what was queued for the thread has run.
pub const WAIT_IO_COMPLETION: Code = Code::new(192);

/// A new port; `concurrency` 0 means one thread per processor.
///
/// # Errors
/// [`NO_SYSTEM_RESOURCES`].
#[doc(alias = "CreateIoCompletionPort")]
pub fn create(concurrency: u32) -> Result<Handle, Code> {
    let port = CompletionPort::new(concurrency).map_err(|_| NO_SYSTEM_RESOURCES)?;
    OBJECTS.insert(Object::Port(port)).ok_or(NO_SYSTEM_RESOURCES)
}

/// Ties a socket or a file to a port; `key` comes with each of its packets.
///
/// # Errors
/// [`INVALID_HANDLE`] if one of them is none; [`INVALID_PARAMETER`] if the socket is tied already, or was
/// made without `WSA_FLAG_OVERLAPPED`.
/// Docs: "CreateIoCompletionPort function".
#[doc(alias = "CreateIoCompletionPort")]
pub fn associate(port: Handle, s: SOCKET, key: usize) -> Result<(), Code> {
    with(port, |port| {
        if let Some(file) = crate::file::get(s) {
            return if file.associate(port, key) { Ok(()) } else { Err(INVALID_PARAMETER) };
        }
        if let Some(device) = afd::helper(s) {
            return if device.associate(port, key) { Ok(()) } else { Err(INVALID_PARAMETER) };
        }
        let tied = TABLE.with_shared(s, |socket| {
            let is_tied = !socket.state.has(Facts::SYNCHRONOUS) && Socket::associate(socket, port, key);
            if is_tied {
                Socket::overlap(socket).endpoint.judge().note_place(TABLE.place(s));
            }
            Ok(is_tied)
        });
        match tied.map_err(|_| INVALID_HANDLE)? {
            true => Ok(()),
            false => Err(INVALID_PARAMETER),
        }
    })
}

/// Adds notification modes to a socket, for the port that it is or will be tied to.
/// Docs: "SetFileCompletionNotificationModes function".
///
/// # Errors
/// [`INVALID_HANDLE`] if it is neither a socket nor a handle of `\Device\Afd`.
#[doc(alias = "SetFileCompletionNotificationModes")]
pub fn add_modes(s: SOCKET, modes: u8) -> Result<(), Code> {
    if let Some(device) = afd::helper(s) {
        device.add_modes(modes);
        return Ok(());
    }
    let added = TABLE.with_shared(s, |socket| {
        Socket::add_modes(socket, modes);
        Ok(())
    });
    added.map_err(|_| INVALID_HANDLE)
}

/// The next packets of a port, as many as there are and fit.
///
/// # Errors
/// [`INVALID_HANDLE`], [`WAIT_TIMEOUT`], [`ABANDONED_WAIT`].
#[doc(alias = "GetQueuedCompletionStatus")]
#[doc(alias = "GetQueuedCompletionStatusEx")]
#[inline]
pub fn take(port: Handle, into: &mut [Packet], timeout: Option<Duration>) -> Result<usize, Code> {
    if let Some(taken) = desk::take(port, into, timeout) {
        return taken.map(|count| count as usize).map_err(code);
    }
    take_by_look_up(port, into, timeout)
}

#[cold]
fn take_by_look_up(port: Handle, into: &mut [Packet], timeout: Option<Duration>) -> Result<usize, Code> {
    wait_on(port, |port| port.take_many(into, timeout))?.map_err(code)
}

/// [`take`] that also ends when something was queued for the thread and has run.
///
/// # Errors
/// Those of [`take`], and [`WAIT_IO_COMPLETION`].
#[doc(alias = "GetQueuedCompletionStatusEx")]
pub fn take_alertably(port: Handle, into: &mut [Packet], timeout: Option<Duration>) -> Result<usize, Code> {
    let taken = wait_on(port, |port| port.take_many_alertably(into, timeout))?;
    if taken == Err(WaitError::Alerted) {
        wait::run_calls();
    }
    taken.map_err(code)
}

fn code(error: WaitError) -> Code {
    match error {
        WaitError::TimedOut => WAIT_TIMEOUT,
        WaitError::Abandoned => ABANDONED_WAIT,
        WaitError::Alerted => WAIT_IO_COMPLETION,
    }
}

/// Queues a packet of the program's own.
///
/// # Errors
/// [`INVALID_HANDLE`]; [`NO_SYSTEM_RESOURCES`] if there is no memory for one more.
#[doc(alias = "PostQueuedCompletionStatus")]
pub fn post(port: Handle, key: usize, overlapped: usize, bytes: u32) -> Result<(), Code> {
    with(port, |port| {
        if memory::is_short() || !port.make_room() {
            return Err(NO_SYSTEM_RESOURCES);
        }
        port.post(key, overlapped, bytes);
        Ok(())
    })
}

/// Closes a HANDLE. Waits on a port end as abandoned; another object lives while a thread waits for it.
///
/// # Errors
/// [`INVALID_HANDLE`].
#[doc(alias = "CloseHandle")]
pub fn close(handle: Handle) -> Result<(), Code> {
    OBJECTS.close(handle).ok_or(INVALID_HANDLE)
}

/// The port stays alive during the wait although its handle may be closed meanwhile.
fn wait_on<T>(handle: Handle, f: impl FnOnce(&Arc<CompletionPort>) -> T) -> Result<T, Code> {
    with(handle, |port| {
        let result = f(port);
        desk::remember(handle, port);
        Ok(result)
    })
}

/// The port of this handle.
pub(crate) fn get(port: Handle) -> Option<Arc<CompletionPort>> {
    with(port, |port| Ok(Arc::clone(port))).ok()
}

fn with<T>(port: Handle, f: impl FnOnce(&Arc<CompletionPort>) -> Result<T, Code>) -> Result<T, Code> {
    let found = OBJECTS.with(port, |object| match object {
        Object::Port(port) => f(port),
        _ => Err(INVALID_HANDLE),
    });
    found.ok_or(INVALID_HANDLE)?
}
