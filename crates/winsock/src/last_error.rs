//! The per-thread code that `WSAGetLastError` and `GetLastError` share.

use winsock_codes::Code;

use crate::sys;

/// The calling thread's last error; `Code::new(0)` if the last call that touches it succeeded.
///
/// Windows keeps one slot for `WSAGetLastError` and `GetLastError`; programs mix the two.
///
/// ```
/// use winsock::Code;
///
/// winsock::set_last_error(Code::WSAECONNRESET);
/// assert_eq!(winsock::last_error(), Code::WSAECONNRESET);
/// std::thread::spawn(|| assert_eq!(winsock::last_error().value(), 0)).join().unwrap();
/// ```
#[doc(alias = "WSAGetLastError")]
#[doc(alias = "GetLastError")]
#[must_use]
#[inline]
pub fn last_error() -> Code {
    Code::new(sys::last_error::get())
}

/// Sets the calling thread's last error.
#[doc(alias = "WSASetLastError")]
#[doc(alias = "SetLastError")]
#[inline]
pub fn set_last_error(code: Code) {
    sys::last_error::set(code.value());
}
