//! What the shims of all objects share, and the calls that take any of them.

use winsock::wait as core;
use winsock::{Code, set_last_error};

use crate::text::{self, Unit};
use crate::types::HANDLE;

pub(crate) use crate::overlapped::win32;

pub(crate) const INVALID_PARAMETER: Code = Code::new(87);
/// `ERROR_NOACCESS`: what Win32 calls `WSAEFAULT`.
const NOACCESS: Code = Code::new(998);
const ALREADY_EXISTS: Code = Code::new(183);
/// `DUPLICATE_CLOSE_SOURCE`.
const CLOSE_SOURCE: u32 = 1;

/// The name of an object, or none.
///
/// # Safety
/// As for [`text::optional`].
pub(crate) unsafe fn name<T: Unit>(pointer: *const T) -> Result<Option<String>, Code> {
    // SAFETY: the caller's promise.
    unsafe { text::optional(pointer) }.map_err(|_| NOACCESS)
}

/// A new handle, or null. The last error tells whether the name belonged to an object already.
pub(crate) fn created(result: Result<core::Created, Code>) -> HANDLE {
    if let Ok((_, existed)) = result {
        set_last_error(if existed { ALREADY_EXISTS } else { Code::new(0) });
    }
    opened(result.map(|(handle, _)| handle))
}

/// A handle, or null.
pub(crate) fn opened(result: Result<usize, Code>) -> HANDLE {
    match result {
        Ok(handle) => std::ptr::without_provenance_mut(handle),
        Err(code) => {
            set_last_error(code);
            std::ptr::null_mut()
        }
    }
}

/// The handle that means the calling process.
#[unsafe(export_name = "ws2_GetCurrentProcess")]
pub extern "system" fn GetCurrentProcess() -> HANDLE {
    std::ptr::without_provenance_mut(core::CURRENT_PROCESS)
}

/// One more handle of an object, within this process.
#[unsafe(export_name = "ws2_DuplicateHandle")]
pub unsafe extern "system" fn DuplicateHandle(
    hsourceprocesshandle: HANDLE,
    hsourcehandle: HANDLE,
    htargetprocesshandle: HANDLE,
    lptargethandle: *mut HANDLE,
    _dwdesiredaccess: u32,
    _binherithandle: i32,
    dwoptions: u32,
) -> i32 {
    if [hsourceprocesshandle, htargetprocesshandle].iter().any(|process| process.addr() != core::CURRENT_PROCESS) {
        return win32(Err(core::NOT_SUPPORTED));
    }
    win32(core::duplicate(hsourcehandle.addr()).and_then(|handle| {
        if crate::boundary::usable(lptargethandle) {
            // SAFETY: the caller gives a place for the handle.
            unsafe { lptargethandle.write_unaligned(std::ptr::without_provenance_mut(handle)) };
        } else {
            core::close(handle)?;
        }
        if dwoptions & CLOSE_SOURCE != 0 { core::close(hsourcehandle.addr()) } else { Ok(()) }
    }))
}
