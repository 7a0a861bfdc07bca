//! The overlapped calls by SOCKET value.

use std::time::Duration;

use winsock_codes::Code;

use super::{Begun, Buffers, Plain, Record, Status};
use crate::driver::Target;
use crate::handle::table::TABLE;
use crate::memory;
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::wait;
use crate::win32::SOCKET;

/// Begins to receive on a socket.
///
/// # Errors
/// What `recv` says of the socket's state; then nothing is told later, as with [`Begun::Failed`]. `WSAEOPNOTSUPP` for
/// flags that do not fit.
#[doc(alias = "WSARecv")]
pub fn begin_receive(s: SOCKET, record: Record, buffers: Buffers, flags: i32) -> Result<Begun, Code> {
    require_started()?;
    TABLE.with_shared(s, |socket| Socket::begin_receive(socket, record, buffers, flags))
}

/// Begins to send on a socket.
///
/// # Errors
/// What `send` says of the socket's state; then nothing is told later, as with [`Begun::Failed`].
#[doc(alias = "WSASend")]
pub fn begin_send(s: SOCKET, record: Record, buffers: Buffers, flags: i32) -> Result<Begun, Code> {
    require_started()?;
    TABLE.with_shared(s, |socket| Socket::begin_send(socket, record, buffers, flags))
}

/// [`begin_receive`] without flags, of what is plain in every respect: a connected stream tied to a port. `None`, and
/// nothing has happened, if there is more to think about; then [`begin_receive`] does.
#[doc(alias = "WSARecv")]
#[inline]
#[must_use]
pub fn begin_plain_receive(s: SOCKET, lent: Plain) -> Option<Begun> {
    if memory::is_short() {
        return None;
    }
    TABLE.with(s, |socket| Ok(socket.begin_plain_receive(lent))).unwrap_or(None)
}

/// [`begin_send`] likewise.
#[doc(alias = "WSASend")]
#[inline]
#[must_use]
pub fn begin_plain_send(s: SOCKET, lent: Plain) -> Option<Begun> {
    if memory::is_short() {
        return None;
    }
    TABLE.with(s, |socket| Ok(socket.begin_plain_send(lent))).unwrap_or(None)
}

/// `CancelIoEx` on a socket; false if there was nothing to cancel.
///
/// # Errors
/// `WSAENOTSOCK` if the number is not a socket.
#[doc(alias = "CancelIoEx")]
pub fn cancel_on(s: SOCKET, overlapped: Option<usize>) -> Result<bool, Code> {
    cancel_target(s, overlapped.map_or(Target::Everything, Target::Record))
}

/// `CancelIo` on a socket: what the calling thread has begun.
///
/// # Errors
/// `WSAENOTSOCK` if the number is not a socket.
#[doc(alias = "CancelIo")]
pub fn cancel_issued_here_on(s: SOCKET) -> Result<(), Code> {
    cancel_target(s, Target::Issuer(super::current_issuer())).map(drop)
}

/// Ends an operation of a socket that has come about already, if nobody has come for it yet: on Windows the kernel has ended it,
/// whether or not somebody waits on the socket's port.
pub fn settle(s: SOCKET, record: &Record) {
    if record.status() != Status::PENDING {
        return;
    }
    let _ = TABLE.with(s, |socket| {
        if let Some(overlap) = Socket::overlap_of(socket) {
            overlap.endpoint.settle(Target::Record(record.address()));
        }
        Ok(())
    });
}

/// Waits until an operation has ended, and its event is set. The number need not be a socket: then the event may come last.
///
/// # Errors
/// `WSA_INVALID_HANDLE` if it has not, and the OVERLAPPED names an event that is none, or none any more.
#[doc(alias = "WSAGetOverlappedResult")]
pub fn wait_for(s: SOCKET, record: &Record) -> Result<(), Code> {
    if record.status() == Status::PENDING && record.event() != 0 {
        wait::event(record.event()).map_err(|_| Code::WSA_INVALID_HANDLE)?;
    }
    wait_through(s, record);
    Ok(())
}

/// [`wait_for`] for a time at most, alertably if asked; `None` is for ever. The end of another operation that the same event
/// or handle tells may end the wait too.
///
/// # Errors
/// `WSA_INVALID_HANDLE` if there is nothing to wait for.
#[doc(alias = "GetOverlappedResultEx")]
pub fn wait_at_most(
    handle: SOCKET,
    record: &Record,
    timeout: Option<Duration>,
    is_alertable: bool,
) -> Result<wait::Waited, Code> {
    match (record.status(), record.event()) {
        (Status::PENDING, 0) => wait::wait_for_object(handle, timeout, is_alertable),
        (Status::PENDING, event) => wait::wait_for_object(event, timeout, is_alertable),
        _ => Ok(wait::Waited::Object(0)),
    }
}

fn wait_through(s: SOCKET, record: &Record) {
    if record.status() != Status::PENDING {
        return;
    }
    while record.status() == Status::PENDING {
        record.wait_for_change(Duration::from_secs(1));
    }
    let share = TABLE.share(s);
    if let Ok(Some(overlap)) = share.as_deref().map(Socket::overlap_of) {
        overlap.endpoint.let_ends_be_told();
    }
}

/// What the call that began an operation returns: of one under way, its end, if the socket was made without
/// `WSA_FLAG_OVERLAPPED`. The record is another view of the same OVERLAPPED.
///
/// Source: dlls/ws2_32/tests/sock.c, test_nonblocking_async_recv, checked on Windows: also on a non-blocking socket.
#[must_use]
pub fn in_time(s: SOCKET, record: &Record, begun: Begun) -> Begun {
    let waits = begun == Begun::Pending && TABLE.with(s, |socket| Ok(socket.state.has(Facts::SYNCHRONOUS))) == Ok(true);
    if !waits {
        return begun;
    }
    wait_through(s, record);
    match record.status() {
        Status::SUCCESS => Begun::Done(record.bytes()),
        status => Begun::Failed(status.code()),
    }
}

fn cancel_target(s: SOCKET, target: Target) -> Result<bool, Code> {
    // The share, because ends are told within, and must find the socket's slot free to be used.
    TABLE.share(s).map(|socket| {
        let polls = socket.onlookers_there().is_some_and(|onlookers| onlookers.polls.asked_here.cancel(target));
        Socket::overlap(&socket).cancel(target) || polls
    })
}
