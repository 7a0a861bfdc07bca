//! `WSASendMsg`, `WSARecvMsg`: datagrams with control data.

use winsock::overlapped::Message;
use winsock::{Code, extension};

use crate::boundary;
use crate::overlapped::{lend_record, tell};
use crate::types::{LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET, WSAMSG};

/// Sends a datagram with control data.
#[unsafe(export_name = "ws2_WSASendMsg")]
pub unsafe extern "system" fn WSASendMsg(
    handle: SOCKET,
    lpmsg: *mut WSAMSG,
    dwflags: u32,
    lpnumberofbytessent: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    let flags = dwflags.cast_signed();
    // SAFETY: the caller gives a message, lent until an overlapped operation has ended, and a place for the number.
    boundary::status(winsock::check(handle).and_then(|()| unsafe {
        let message = lend(lpmsg)?;
        if !lpoverlapped.is_null() {
            let record = lend_record(lpoverlapped, lpcompletionroutine)?;
            let begun = extension::begin_send_msg(handle, &message, flags, record)?;
            return tell(handle, lpoverlapped, begun, lpnumberofbytessent);
        }
        boundary::require(lpnumberofbytessent)?;
        lpnumberofbytessent.write_unaligned(extension::send_msg(handle, &message, flags)? as u32);
        Ok(())
    }))
}

/// Receives a datagram with its sender and control data.
pub unsafe extern "system" fn WSARecvMsg(
    s: SOCKET,
    lpmsg: *mut WSAMSG,
    lpdwnumberofbytesrecvd: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    // SAFETY: the caller gives a message, lent until an overlapped operation has ended, and a place for the number.
    boundary::status(winsock::check(s).and_then(|()| unsafe {
        let message = lend(lpmsg)?;
        if !lpoverlapped.is_null() {
            let record = lend_record(lpoverlapped, lpcompletionroutine)?;
            let begun = extension::begin_recv_msg(s, message, record)?;
            return tell(s, lpoverlapped, begun, lpdwnumberofbytesrecvd);
        }
        boundary::require(lpdwnumberofbytesrecvd)?;
        let (count, result) = extension::recv_msg(s, &message);
        // What was stored counts also where something was cut.
        if matches!(result, Ok(()) | Err(Code::WSAEMSGSIZE)) {
            lpdwnumberofbytesrecvd.write_unaligned(count as u32);
        }
        result
    }))
}

unsafe fn lend(message: *mut WSAMSG) -> Result<Message, Code> {
    boundary::require(message)?;
    // SAFETY: the caller gives a WSAMSG; the structure has Windows' layout.
    unsafe { Message::lend(message.cast()) }
}

const _: () = assert!(size_of::<WSAMSG>() == size_of::<winsock::overlapped::WSAMSG>());
