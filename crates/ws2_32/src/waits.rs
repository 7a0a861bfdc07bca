//! Waiting for objects.

use std::time::Duration;

use winsock::wait::{self as core, Waited};
use winsock::{Code, set_last_error};

use crate::boundary::usable;
use crate::objects::INVALID_PARAMETER;
use crate::types::HANDLE;

const INFINITE: u32 = u32::MAX;
pub(crate) const WAIT_FAILED: u32 = u32::MAX;
const WAIT_ABANDONED: u32 = 0x80;
const WAIT_IO_COMPLETION: u32 = 0xc0;
const WAIT_TIMEOUT: u32 = 258;

/// Waits for an object.
#[unsafe(export_name = "ws2_WaitForSingleObject")]
pub extern "system" fn WaitForSingleObject(hhandle: HANDLE, dwmilliseconds: u32) -> u32 {
    WaitForSingleObjectEx(hhandle, dwmilliseconds, 0)
}

/// Waits for an object, alertably if asked.
#[unsafe(export_name = "ws2_WaitForSingleObjectEx")]
pub extern "system" fn WaitForSingleObjectEx(hhandle: HANDLE, dwmilliseconds: u32, balertable: i32) -> u32 {
    told(core::wait_for_object(hhandle.addr(), timeout(dwmilliseconds), balertable != 0))
}

/// Waits for one object of several, or for all.
#[unsafe(export_name = "ws2_WaitForMultipleObjects")]
pub unsafe extern "system" fn WaitForMultipleObjects(
    ncount: u32,
    lphandles: *const HANDLE,
    bwaitall: i32,
    dwmilliseconds: u32,
) -> u32 {
    // SAFETY: the caller gives so many handles.
    told(unsafe { wait_for(ncount, lphandles, bwaitall, dwmilliseconds, 0) })
}

/// Waits for one object of several, or for all, alertably if asked.
#[unsafe(export_name = "ws2_WaitForMultipleObjectsEx")]
pub unsafe extern "system" fn WaitForMultipleObjectsEx(
    ncount: u32,
    lphandles: *const HANDLE,
    bwaitall: i32,
    dwmilliseconds: u32,
    balertable: i32,
) -> u32 {
    // SAFETY: the caller gives so many handles.
    told(unsafe { wait_for(ncount, lphandles, bwaitall, dwmilliseconds, balertable) })
}

/// Signals an object and waits for another.
#[unsafe(export_name = "ws2_SignalObjectAndWait")]
pub extern "system" fn SignalObjectAndWait(
    hobjecttosignal: HANDLE,
    hobjecttowaiton: HANDLE,
    dwmilliseconds: u32,
    balertable: i32,
) -> u32 {
    let (signal, object) = (hobjecttosignal.addr(), hobjecttowaiton.addr());
    told(core::signal_and_wait(signal, object, timeout(dwmilliseconds), balertable != 0))
}

/// Sleeps, alertably if asked.
#[unsafe(export_name = "ws2_SleepEx")]
pub extern "system" fn SleepEx(dwmilliseconds: u32, balertable: i32) -> u32 {
    match core::sleep(timeout(dwmilliseconds), balertable != 0) {
        Waited::Alerted => WAIT_IO_COMPLETION,
        _ => 0,
    }
}

/// # Safety
/// If usable, `handles` is good for reading so many.
pub(crate) unsafe fn wait_for(
    count: u32,
    handles: *const HANDLE,
    all: i32,
    milliseconds: u32,
    alertable: i32,
) -> Result<Waited, Code> {
    let count = count as usize;
    if count == 0 || count > core::MOST_OBJECTS || !usable(handles) {
        return Err(INVALID_PARAMETER);
    }
    let mut values = [0; core::MOST_OBJECTS];
    for (place, value) in values[..count].iter_mut().enumerate() {
        // SAFETY: the caller gives so many handles.
        *value = unsafe { handles.add(place).read_unaligned() }.addr();
    }
    core::wait_for_objects(&values[..count], all != 0, timeout(milliseconds), alertable != 0)
}

/// What a wait returns; a failure sets the last error.
pub(crate) fn told(result: Result<Waited, Code>) -> u32 {
    match result {
        Ok(Waited::Object(index)) => index as u32,
        Ok(Waited::Abandoned(index)) => WAIT_ABANDONED + index as u32,
        Ok(Waited::Alerted) => WAIT_IO_COMPLETION,
        Ok(Waited::TimedOut) => WAIT_TIMEOUT,
        Err(code) => {
            set_last_error(code);
            WAIT_FAILED
        }
    }
}

pub(crate) fn timeout(milliseconds: u32) -> Option<Duration> {
    (milliseconds != INFINITE).then(|| Duration::from_millis(milliseconds.into()))
}
