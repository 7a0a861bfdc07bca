//! The calls by HANDLE. They answer with an NTSTATUS.

use std::sync::Arc;

use super::device::{Begun, Helper, Question};
use super::request::Told;
use crate::driver::Target;
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::handle::table::TABLE;
use crate::overlapped::{self, PollRecord, Status};
use crate::socket::Socket;
use crate::sync::Arc as SyncArc;
use crate::wait::Waitable;

/// Opens `\Device\Afd`: a handle by which sockets are asked about. It may be tied to a port.
///
/// # Errors
/// `STATUS_INSUFFICIENT_RESOURCES` if there are too many handles.
#[doc(alias = "NtCreateFile")]
pub fn open() -> Result<Handle, Status> {
    OBJECTS.insert(Object::Device(Arc::default())).ok_or(Status::INSUFFICIENT_RESOURCES)
}

/// Asks about sockets, by a handle of [`open`] or by a socket's own: ends when something of it holds, when the time is over
/// or when it is cancelled.
///
/// # Errors
/// `STATUS_INVALID_HANDLE` if the handle, or one that is asked about, is none of that; `STATUS_INVALID_PARAMETER` for a
/// routine where a port tells the end; `STATUS_INSUFFICIENT_RESOURCES`. Then nothing is told later.
#[doc(alias = "NtDeviceIoControlFile")]
#[doc(alias = "IOCTL_AFD_POLL")]
pub fn poll(handle: Handle, question: Question<'_>, record: PollRecord) -> Result<Begun, Status> {
    if let Some(helper) = helper(handle) {
        return helper.ask(question, record);
    }
    // Held, so that closing it does not wait for this call.
    let held = TABLE.hold(handle).ok_or(Status::INVALID_HANDLE)?;
    let endpoint = &Socket::overlap(held.shared()).endpoint;
    let device = &held.socket().onlookers().polls.asked_here;
    device.ask(endpoint.association(), Told::Socket(SyncArc::clone(endpoint)), question, record)
}

/// Ends what was asked by a handle with this status block, or all; false if there is nothing.
///
/// # Errors
/// `STATUS_INVALID_HANDLE` if the handle is neither one of [`open`] nor a socket's.
#[doc(alias = "NtCancelIoFileEx")]
pub fn cancel(handle: Handle, block: Option<usize>) -> Result<bool, Status> {
    match helper(handle) {
        Some(helper) => Ok(helper.cancel(block.map_or(Target::Everything, Target::Record))),
        None => overlapped::cancel_on(handle, block).map_err(|_| Status::INVALID_HANDLE),
    }
}

/// Ends what the calling thread has asked by a handle.
///
/// # Errors
/// As for [`cancel`].
#[doc(alias = "NtCancelIoFile")]
pub fn cancel_issued_here(handle: Handle) -> Result<(), Status> {
    match helper(handle) {
        Some(helper) => {
            helper.cancel(Target::Issuer(overlapped::current_issuer()));
            Ok(())
        }
        None => overlapped::cancel_issued_here_on(handle).map_err(|_| Status::INVALID_HANDLE),
    }
}

/// What is behind a handle of [`open`].
pub(crate) fn helper(handle: Handle) -> Option<Arc<Helper>> {
    OBJECTS.with(handle, |object| match object {
        Object::Device(helper) => Some(Arc::clone(helper)),
        _ => None,
    })?
}

/// What waits for such a handle wait for.
pub(crate) fn waitable(handle: Handle) -> Option<SyncArc<Waitable>> {
    helper(handle).map(|helper| helper.waitable())
}
