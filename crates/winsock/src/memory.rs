//! What calls answer when Linux gives no more memory.
//!
//! With [`Heap`] as the program's allocator a call that would need memory fails with the code that Windows documents for
//! want of it, `WSAENOBUFS` of sockets and what happens on them, and works again when there is some. Operations that were
//! begun before go on and end.
//!
//! Linux itself refuses memory only under a limit (`setrlimit`, strict overcommit); without one it ends a process instead.

use winsock_codes::Code;

use crate::port;

pub(crate) use crate::sys::heap::is_short;

pub use crate::sys::heap::Heap;

/// Makes what the library keeps of the calling thread, while there is memory for it: `WSAStartup` does. A thread that comes
/// to the library for the first time when there is nothing left may end the process, because glibc cannot note what to clean
/// up after it.
pub fn prepare_thread() {
    port::thread_number();
}

/// `WSAENOBUFS` if there is no memory to begin anything with.
#[inline]
pub(crate) fn require() -> Result<(), Code> {
    if is_short() { Err(Code::WSAENOBUFS) } else { Ok(()) }
}
