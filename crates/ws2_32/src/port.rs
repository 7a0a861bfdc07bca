//! Completion ports.

use std::ptr::null_mut;
use std::time::Duration;

use winbase::file::named_pipe;
use winsock::Code;
use winsock::overlapped::Status;
use winsock::port::{Packet, by_handle as core};

use crate::boundary;
use crate::overlapped::win32;
use crate::types::{HANDLE, OVERLAPPED, OVERLAPPED_ENTRY};

const INVALID_HANDLE_VALUE: usize = usize::MAX;
const INFINITE: u32 = u32::MAX;
/// `FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE`.
const MODES: u8 = 3;
/// Packets that `GetQueuedCompletionStatusEx` takes without memory from the heap.
const AT_ONCE: usize = 64;
/// The most that one call takes; a caller with more room gets the others with its next.
const MOST: usize = 4096;

/// Makes a port, ties a socket to one, or both.
#[unsafe(export_name = "ws2_CreateIoCompletionPort")]
pub extern "system" fn CreateIoCompletionPort(
    filehandle: HANDLE,
    existingcompletionport: HANDLE,
    completionkey: usize,
    numberofconcurrentthreads: u32,
) -> HANDLE {
    let file = filehandle.addr();
    let result = match (file, existingcompletionport.addr()) {
        (INVALID_HANDLE_VALUE, 0) => core::create(numberofconcurrentthreads),
        (INVALID_HANDLE_VALUE, _) => Err(core::INVALID_PARAMETER),
        (_, 0) => core::create(numberofconcurrentthreads).and_then(|port| {
            core::associate(port, file, completionkey).map(|()| port).inspect_err(|_| {
                // Nobody has seen the handle; it closes.
                let _ = core::close(port);
            })
        }),
        (_, port) => core::associate(port, file, completionkey).map(|()| port),
    };
    match result {
        Ok(port) => std::ptr::without_provenance_mut(port),
        Err(code) => {
            winsock::set_last_error(code);
            null_mut()
        }
    }
}

/// The next packet of a port.
///
/// FALSE with `*lpoverlapped` set is an operation that failed; FALSE without is no packet.
#[unsafe(export_name = "ws2_GetQueuedCompletionStatus")]
pub unsafe extern "system" fn GetQueuedCompletionStatus(
    completionport: HANDLE,
    lpnumberofbytestransferred: *mut u32,
    lpcompletionkey: *mut usize,
    lpoverlapped: *mut *mut OVERLAPPED,
    dwmilliseconds: u32,
) -> i32 {
    if !boundary::usable(lpoverlapped) {
        return win32(Err(core::INVALID_PARAMETER));
    }
    let mut packet = [EMPTY];
    let taken = core::take(completionport.addr(), &mut packet, timeout(dwmilliseconds));
    let [packet] = packet;
    // SAFETY: the caller gives places for what it wants told.
    unsafe {
        lpoverlapped.write_unaligned(std::ptr::with_exposed_provenance_mut(packet.overlapped));
        if taken.is_ok() {
            if boundary::usable(lpnumberofbytestransferred) {
                lpnumberofbytestransferred.write_unaligned(packet.bytes);
            }
            if boundary::usable(lpcompletionkey) {
                lpcompletionkey.write_unaligned(packet.key);
            }
        }
    }
    win32(taken.and_then(|_| match packet.status.is_failure() {
        false => Ok(()),
        true => Err(Code::new(packet.status.win32().cast_signed())),
    }))
}

/// The next packets of a port.
#[unsafe(export_name = "ws2_GetQueuedCompletionStatusEx")]
pub unsafe extern "system" fn GetQueuedCompletionStatusEx(
    completionport: HANDLE,
    lpcompletionportentries: *mut OVERLAPPED_ENTRY,
    ulcount: u32,
    ulnumentriesremoved: *mut u32,
    dwmilliseconds: u32,
    falertable: i32,
) -> i32 {
    if ulcount == 0 || !boundary::usable(lpcompletionportentries) || !boundary::usable(ulnumentriesremoved) {
        return win32(Err(core::INVALID_PARAMETER));
    }
    let (mut few, mut many);
    let packets = if ulcount as usize <= AT_ONCE {
        few = [EMPTY; AT_ONCE];
        &mut few[..ulcount as usize]
    } else {
        many = vec![EMPTY; MOST.min(ulcount as usize)];
        &mut many[..]
    };
    let take = if falertable != 0 { core::take_alertably } else { core::take };
    let taken = take(completionport.addr(), packets, timeout(dwmilliseconds));
    let count = *taken.as_ref().unwrap_or(&0);
    for (index, packet) in packets[..count].iter().enumerate() {
        let entry = OVERLAPPED_ENTRY {
            lpCompletionKey: packet.key,
            lpOverlapped: std::ptr::with_exposed_provenance_mut(packet.overlapped),
            Internal: packet.status.0 as usize,
            dwNumberOfBytesTransferred: packet.bytes,
        };
        // SAFETY: the caller gives room for `ulcount` entries, and `count` is no more.
        unsafe { lpcompletionportentries.add(index).write_unaligned(entry) };
    }
    // SAFETY: the caller gives a place for the number.
    unsafe { ulnumentriesremoved.write_unaligned(count as u32) };
    win32(taken.map(drop))
}

/// Queues a packet of the program's own.
#[unsafe(export_name = "ws2_PostQueuedCompletionStatus")]
pub extern "system" fn PostQueuedCompletionStatus(
    completionport: HANDLE,
    dwnumberofbytestransferred: u32,
    dwcompletionkey: usize,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    let overlapped = lpoverlapped.expose_provenance();
    win32(core::post(completionport.addr(), dwcompletionkey, overlapped, dwnumberofbytestransferred))
}

/// Which completions of a socket, or of a handle of `\Device\Afd`, are told.
#[unsafe(export_name = "ws2_SetFileCompletionNotificationModes")]
pub extern "system" fn SetFileCompletionNotificationModes(filehandle: HANDLE, flags: u8) -> i32 {
    if flags & !MODES != 0 {
        return win32(Err(core::INVALID_PARAMETER));
    }
    win32(core::add_modes(filehandle.addr(), flags))
}

/// Closes a handle; a socket's too, as Windows does.
#[unsafe(export_name = "ws2_CloseHandle")]
pub extern "system" fn CloseHandle(hobject: HANDLE) -> i32 {
    let closed = match winsock::check(hobject.addr()) {
        Ok(()) => winsock::closesocket(hobject.addr()).map_err(|_| core::INVALID_HANDLE),
        Err(_) => core::close(hobject.addr()),
    };
    named_pipe::after_close();
    win32(closed)
}

const EMPTY: Packet = Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS };

fn timeout(milliseconds: u32) -> Option<Duration> {
    (milliseconds != INFINITE).then(|| Duration::from_millis(milliseconds.into()))
}
