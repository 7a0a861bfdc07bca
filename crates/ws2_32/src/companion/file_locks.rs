//! Locked ranges of files.

use winbase::{Code, error, file};
use winsock::wait;

use super::truth;
use crate::boundary::usable;
use crate::types::{HANDLE, OVERLAPPED};

const LOCKFILE_FAIL_IMMEDIATELY: u32 = 1;
const LOCKFILE_EXCLUSIVE_LOCK: u32 = 2;

fn whole(low: u32, high: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// Locks a range, or fails at once.
#[unsafe(export_name = "ws2_LockFile")]
pub extern "system" fn LockFile(
    hfile: HANDLE,
    dwfileoffsetlow: u32,
    dwfileoffsethigh: u32,
    nnumberofbytestolocklow: u32,
    nnumberofbytestolockhigh: u32,
) -> i32 {
    let start = whole(dwfileoffsetlow, dwfileoffsethigh);
    let length = whole(nnumberofbytestolocklow, nnumberofbytestolockhigh);
    truth(file::get(hfile.addr()).and_then(|file| file.lock_range(start, length, true, false)))
}

/// Unlocks a range.
#[unsafe(export_name = "ws2_UnlockFile")]
pub extern "system" fn UnlockFile(
    hfile: HANDLE,
    dwfileoffsetlow: u32,
    dwfileoffsethigh: u32,
    nnumberofbytestounlocklow: u32,
    nnumberofbytestounlockhigh: u32,
) -> i32 {
    let start = whole(dwfileoffsetlow, dwfileoffsethigh);
    let length = whole(nnumberofbytestounlocklow, nnumberofbytestounlockhigh);
    truth(file::get(hfile.addr()).and_then(|file| file.unlock_range(start, length)))
}

/// Where a range begins, and the event that tells of its lock.
///
/// # Safety
/// If usable, the pointer is to an OVERLAPPED.
unsafe fn place(overlapped: *const OVERLAPPED) -> Result<(u64, usize), Code> {
    if !usable(overlapped) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    let record = unsafe { overlapped.read_unaligned() };
    Ok((whole(record.Offset, record.OffsetHigh), record.hEvent.addr()))
}

/// Locks a range, exclusively or not; waits for it within the call, if it is to wait.
#[unsafe(export_name = "ws2_LockFileEx")]
pub unsafe extern "system" fn LockFileEx(
    hfile: HANDLE,
    dwflags: u32,
    _dwreserved: u32,
    nnumberofbytestolocklow: u32,
    nnumberofbytestolockhigh: u32,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    let length = whole(nnumberofbytestolocklow, nnumberofbytestolockhigh);
    let (is_exclusive, waits) = (dwflags & LOCKFILE_EXCLUSIVE_LOCK != 0, dwflags & LOCKFILE_FAIL_IMMEDIATELY == 0);
    // SAFETY: the caller gives an OVERLAPPED.
    truth(unsafe { place(lpoverlapped) }.and_then(|(start, event)| {
        file::get(hfile.addr())?.lock_range(start, length, is_exclusive, waits)?;
        // SAFETY: as above.
        unsafe { (&raw mut (*lpoverlapped).Internal).write_unaligned(0) };
        // An event that is none is nobody's to wait for.
        let _ = wait::set_event(event);
        Ok(())
    }))
}

/// Unlocks a range.
#[unsafe(export_name = "ws2_UnlockFileEx")]
pub unsafe extern "system" fn UnlockFileEx(
    hfile: HANDLE,
    _dwreserved: u32,
    nnumberofbytestounlocklow: u32,
    nnumberofbytestounlockhigh: u32,
    lpoverlapped: *const OVERLAPPED,
) -> i32 {
    let length = whole(nnumberofbytestounlocklow, nnumberofbytestounlockhigh);
    // SAFETY: the caller gives an OVERLAPPED.
    let place = unsafe { place(lpoverlapped) };
    truth(place.and_then(|(start, _)| file::get(hfile.addr())?.unlock_range(start, length)))
}
