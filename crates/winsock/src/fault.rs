//! errno to code, with the call and the state as context. The rules live in the catalogue.

use winsock_codes::errno::{When, from_errno};
use winsock_codes::{Call, Code};

use crate::sys::Errno;
use crate::wait;

/// The code that Windows gives for a failure that Linux reports as `errno`.
///
/// An errno without a rule means that Linux refused something that Winsock cannot express: `WSAEINVAL`.
#[cold]
pub(crate) fn code(errno: Errno, call: Call, when: When) -> Code {
    from_errno(errno.0, call, when).unwrap_or(Code::WSAEINVAL)
}

/// [`code`] for calls whose codes do not depend on the state.
#[cold]
pub(crate) fn plain(errno: Errno, call: Call) -> Code {
    code(errno, call, When::Any)
}

/// The code for a wait within a call that failed: Linux had no memory for it, or what ran meanwhile has left the thread.
#[cold]
pub(crate) fn of_wait(errno: Errno) -> Code {
    if errno == wait::LEFT { Code::WSAEINTR } else { Code::WSAENOBUFS }
}
