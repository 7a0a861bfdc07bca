//! `ReadFileEx` and `WriteFileEx`: transfers whose end calls a routine in the thread's next alertable wait.

use std::ptr::{null_mut, with_exposed_provenance, with_exposed_provenance_mut};

use winbase::error;
use winbase::file::named_pipe::{self, Transfer};
use winsock::overlapped::{Record, Status};
use winsock::wait::{self, Call, Words};
use winsock::{Code, set_last_error};

use super::pool_timers::LPOVERLAPPED_COMPLETION_ROUTINE;
use super::transfer::{ReadFile, Room, WriteFile};
use super::truth;
use crate::boundary::usable;
use crate::scatter::{WSARecv, WSASend};
use crate::types::{HANDLE, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, WSABUF};

/// Reads from a file, pipe or socket.
#[unsafe(export_name = "ws2_ReadFileEx")]
pub unsafe extern "system" fn ReadFileEx(
    hfile: HANDLE,
    lpbuffer: *mut u8,
    nnumberofbytestoread: u32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    unsafe {
        if winsock::check(hfile.addr()).is_ok() {
            let (buffer, mut flags) = (WSABUF { len: nnumberofbytestoread, buf: lpbuffer }, 0);
            let routine = for_socket(lpcompletionroutine);
            let (flags, none) = (&raw mut flags, null_mut());
            return begun(WSARecv(hfile.addr(), &raw const buffer, 1, none, flags, lpoverlapped, routine));
        }
        if named_pipe::is_overlapped(hfile.addr()) {
            let room = || Transfer::Read(Box::new(Room { start: lpbuffer, length: nnumberofbytestoread as usize }));
            return on_pipe(hfile.addr(), lpoverlapped, lpcompletionroutine, room);
        }
        transfer(lpoverlapped, lpcompletionroutine, |count, record| {
            ReadFile(hfile, lpbuffer, nnumberofbytestoread, count, record)
        })
    }
}

/// Writes to a file, pipe or socket.
#[unsafe(export_name = "ws2_WriteFileEx")]
pub unsafe extern "system" fn WriteFileEx(
    hfile: HANDLE,
    lpbuffer: *const u8,
    nnumberofbytestowrite: u32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    unsafe {
        if winsock::check(hfile.addr()).is_ok() {
            let buffer = WSABUF { len: nnumberofbytestowrite, buf: lpbuffer.cast_mut() };
            let routine = for_socket(lpcompletionroutine);
            return begun(WSASend(hfile.addr(), &raw const buffer, 1, null_mut(), 0, lpoverlapped, routine));
        }
        if named_pipe::is_overlapped(hfile.addr()) {
            let room = Room { start: lpbuffer.cast_mut(), length: nnumberofbytestowrite as usize };
            return on_pipe(hfile.addr(), lpoverlapped, lpcompletionroutine, || Transfer::Write(Box::new(room)));
        }
        transfer(lpoverlapped, lpcompletionroutine, |count, record| {
            WriteFile(hfile, lpbuffer, nnumberofbytestowrite, count, record)
        })
    }
}

/// A socket's routine has one argument more, behind the others: to be called with it harms no function of this ABI.
fn for_socket(routine: LPOVERLAPPED_COMPLETION_ROUTINE) -> LPWSAOVERLAPPED_COMPLETION_ROUTINE {
    // SAFETY: System V ABI, AMD64: the fourth argument is in a register that the callee may use as it likes.
    unsafe { std::mem::transmute(routine) }
}

/// TRUE for what has begun, as well as for what has ended.
fn begun(status: i32) -> i32 {
    let is_begun = status == 0 || winsock::last_error() == Code::WSA_IO_PENDING;
    if is_begun {
        set_last_error(Code::new(0));
    }
    is_begun.into()
}

/// A transfer on an overlapped pipe, whose routine is queued for the calling thread when it has ended.
///
/// # Safety
/// If usable, the OVERLAPPED and what the transfer names are good until the routine is called, which is for its arguments.
unsafe fn on_pipe(
    pipe: usize,
    overlapped: *mut OVERLAPPED,
    routine: LPOVERLAPPED_COMPLETION_ROUTINE,
    transfer: impl FnOnce() -> Transfer,
) -> i32 {
    let (Some(routine), true) = (routine, usable(overlapped)) else { return truth(Err(error::INVALID_PARAMETER)) };
    // SAFETY: the caller's promise.
    let Some(record) = (unsafe { Record::lend(overlapped.cast()) }) else {
        return truth(Err(error::INVALID_PARAMETER));
    };
    let record = record.tell_routine(tell_ended, (routine as *const ()).expose_provenance());
    match named_pipe::begin(pipe, record, transfer()) {
        // What is left of a message is the routine's to hear.
        Ok(_) | Err(error::MORE_DATA) => truth(Ok(())),
        Err(code) => truth(Err(code)),
    }
}

fn tell_ended([routine, overlapped, status, bytes]: Words) {
    tell([routine, Status(status as u32).win32() as usize, bytes, overlapped]);
}

/// A transfer that ends within the call, and whose routine is queued for the calling thread.
///
/// # Safety
/// If usable, the OVERLAPPED is good until the routine is called, which is for its arguments.
unsafe fn transfer(
    overlapped: *mut OVERLAPPED,
    routine: LPOVERLAPPED_COMPLETION_ROUTINE,
    run: impl FnOnce(*mut u32, *mut OVERLAPPED) -> i32,
) -> i32 {
    let (Some(routine), true) = (routine, usable(overlapped)) else { return truth(Err(error::INVALID_PARAMETER)) };
    // SAFETY: the caller's promise.
    unsafe {
        let mut count = 0;
        // Docs: "ReadFileEx function": the event's place is the program's own.
        let mut record = OVERLAPPED { hEvent: null_mut(), ..overlapped.read_unaligned() };
        if run(&raw mut count, &raw mut record) == 0 {
            return 0;
        }
        (&raw mut (*overlapped).Internal).write_unaligned(record.Internal);
        (&raw mut (*overlapped).InternalHigh).write_unaligned(record.InternalHigh);
        let routine = (routine as *const ()).expose_provenance();
        let words = [routine, 0, count as usize, overlapped.expose_provenance()];
        truth(wait::queue_call(wait::CURRENT_THREAD, Call::new(tell, words)))
    }
}

fn tell([routine, status, count, overlapped]: Words) {
    let routine: *const () = with_exposed_provenance(routine);
    // SAFETY: `transfer` made the number of such a routine, which the program gave for these arguments.
    unsafe {
        let routine: unsafe extern "system" fn(u32, u32, *mut std::ffi::c_void) = std::mem::transmute(routine);
        routine(status as u32, count as u32, with_exposed_provenance_mut(overlapped));
    }
}
