//! Exported so that programs link, and refused: what needs parts of Windows that have no counterpart here.
//!
//! Each fails with the code that its page gives for an installation without that part.

use std::ffi::c_void;

use winsock::Code;

use crate::addresses::started;
use crate::boundary::{record, status};

/// A call that fails with this code whenever Winsock has been started.
fn refuse(code: Code) -> Result<(), Code> {
    started().and(Err(code))
}

/// Winsock 1.1 only. Docs: "WSACancelBlockingCall function": gone from version 2.
#[unsafe(export_name = "ws2_WSACancelBlockingCall")]
pub extern "system" fn WSACancelBlockingCall() -> i32 {
    status(refuse(Code::WSAEOPNOTSUPP))
}

/// Winsock 1.1 only: no blocking call runs in the calling thread.
#[unsafe(export_name = "ws2_WSAIsBlocking")]
pub extern "system" fn WSAIsBlocking() -> i32 {
    record(started()).map_or(0, |()| 0)
}

/// No template of quality of service has a name here.
#[unsafe(export_name = "ws2_WSAGetQOSByName")]
pub extern "system" fn WSAGetQOSByName(s: usize, _lpqosname: *const c_void, _lpqos: *mut c_void) -> i32 {
    record(winsock::check(s).and(Err::<(), _>(Code::WSAEINVAL))).map_or(0, |()| 1)
}
