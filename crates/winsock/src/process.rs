//! Start-up counting.

use std::sync::atomic::{AtomicU32, Ordering};

use winsock_codes::Code;

static STARTS: AtomicU32 = AtomicU32::new(0);

/// Begins the use of Winsock.
///
/// # Errors
/// None yet.
pub fn startup(_requested: u16) -> Result<(), Code> {
    STARTS.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

/// Undoes one [`startup`].
///
/// # Errors
/// `WSANOTINITIALISED` if there is none left to undo.
pub fn cleanup() -> Result<(), Code> {
    let less = STARTS.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| count.checked_sub(1));
    less.map(drop).map_err(|_| Code::WSANOTINITIALISED)
}

/// Whether the process is between `WSAStartup` and the last `WSACleanup`.
#[must_use]
pub fn is_started() -> bool {
    STARTS.load(Ordering::Relaxed) != 0
}

pub(crate) fn require_started() -> Result<(), Code> {
    if is_started() { Ok(()) } else { Err(Code::WSANOTINITIALISED) }
}
