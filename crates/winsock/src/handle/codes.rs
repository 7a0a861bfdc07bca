//! The Win32 errors that calls on every sort of HANDLE share.

use winsock_codes::Code;

/// `ERROR_INVALID_HANDLE`: the number is no handle, or one of another sort of object.
pub const INVALID_HANDLE: Code = Code::new(6);
/// `ERROR_INVALID_PARAMETER`.
pub const INVALID_PARAMETER: Code = Code::new(87);
/// `ERROR_NO_SYSTEM_RESOURCES`: Linux has no descriptor, thread or memory for it.
pub const NO_SYSTEM_RESOURCES: Code = Code::new(1450);
