//! Start-up counting and version negotiation.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use winsock_codes::Code;

use crate::handle::table::TABLE;

/// How often `WSAStartup` succeeded without its `WSACleanup`.
static STARTS: AtomicU32 = AtomicU32::new(0);

/// Orders start-up against the clean-up that destroys the sockets.
static GATE: Mutex<()> = Mutex::new(());

/// What `WSAStartup` agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Startup {
    /// The version the program will use, minor number in the high byte, as in `WSADATA.wVersion`.
    pub version: u16,
    /// The highest version on offer: 2.2.
    pub high_version: u16,
}

/// The version this library speaks: 2.2.
const HIGHEST: u16 = 0x0202;

/// Begins the use of Winsock; counts, so that each success wants its own [`cleanup`].
///
/// `requested` holds the major version in its low byte and the minor one in its high byte.
///
/// # Errors
/// `WSAVERNOTSUPPORTED` for a major version of 0. The code is returned only, not set as the last error.
/// Docs: "WSAStartup function", Remarks; `dlls/ws2_32/tests/protocol.c` for the clamping of odd versions.
#[doc(alias = "WSAStartup")]
pub fn startup(requested: u16) -> Result<Startup, Code> {
    let version = negotiate(requested).ok_or(Code::WSAVERNOTSUPPORTED)?;
    let _gate = lock_gate();
    STARTS.fetch_add(1, Ordering::SeqCst);
    Ok(Startup { version, high_version: HIGHEST })
}

/// Undoes one [`startup`]; the last one destroys every socket of the process.
///
/// # Errors
/// `WSANOTINITIALISED` if there is none left to undo.
#[doc(alias = "WSACleanup")]
pub fn cleanup() -> Result<(), Code> {
    let _gate = lock_gate();
    match STARTS.load(Ordering::SeqCst) {
        0 => Err(Code::WSANOTINITIALISED),
        1 => {
            STARTS.store(0, Ordering::SeqCst);
            TABLE.close_all();
            Ok(())
        }
        _ => {
            STARTS.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        }
    }
}

/// Whether the process is between `WSAStartup` and the last `WSACleanup`.
#[must_use]
pub fn is_started() -> bool {
    STARTS.load(Ordering::Relaxed) != 0
}

/// `WSANOTINITIALISED` outside of that time.
#[inline]
pub(crate) fn require_started() -> Result<(), Code> {
    if is_started() { Ok(()) } else { Err(Code::WSANOTINITIALISED) }
}

/// The version a program gets: what it asks for where that exists, else the nearest older one, at most 2.2.
fn negotiate(requested: u16) -> Option<u16> {
    let [major, minor] = requested.to_le_bytes();
    match (major, minor) {
        (0, _) => None,
        (1, 0) => Some(0x0001),
        (1, _) => Some(0x0101),
        (2, 0..=2) => Some(requested),
        _ => Some(HIGHEST),
    }
}

fn lock_gate() -> std::sync::MutexGuard<'static, ()> {
    // The gate guards no data: a panic while it was held leaves nothing half done.
    GATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Source: the version table of dlls/ws2_32/tests/protocol.c, checked on Windows.
    #[test]
    fn versions_are_clamped_to_what_exists() {
        let word = |major, minor| u16::from_le_bytes([major, minor]);
        assert_eq!(negotiate(word(0, 0)), None);
        assert_eq!(negotiate(word(0, 1)), None);
        for (asked, given) in [
            (word(1, 0), word(1, 0)),
            (word(1, 1), word(1, 1)),
            (word(1, 2), word(1, 1)),
            (word(1, 255), word(1, 1)),
            (word(2, 0), word(2, 0)),
            (word(2, 1), word(2, 1)),
            (word(2, 2), word(2, 2)),
            (word(2, 3), word(2, 2)),
            (word(3, 0), word(2, 2)),
            (word(255, 255), word(2, 2)),
        ] {
            assert_eq!(negotiate(asked), Some(given), "{asked:#06x}");
        }
    }
}
