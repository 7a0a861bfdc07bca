//! Descriptors made for sockets that never were used.
//!
//! `AcceptEx` gives its socket another descriptor, that of the connection. What stood there before is as new; making and
//! ending it costs Linux as much as accepting, so the next socket of its kind gets it.

use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::kind::Kind;
use crate::sys::{self, Errno, fork};

/// No more are kept than one busy moment leaves behind.
const MOST: usize = 16;

/// Whether there may be any: those who want one look here before they lock.
static ANY: AtomicBool = AtomicBool::new(false);

type Kept = Vec<(Kind, OwnedFd)>;

/// Keeps a descriptor on which nothing was ever done but what [`super::Socket::open`] does.
pub(crate) fn keep(kind: Kind, fd: OwnedFd) {
    if let Some(mut kept) = kept()
        && kept.len() < MOST
    {
        kept.push((kind, fd));
        ANY.store(true, Ordering::Relaxed);
    }
}

/// One of this kind, if there is one.
pub(super) fn take(kind: Kind) -> Option<OwnedFd> {
    if !ANY.load(Ordering::Relaxed) {
        return None;
    }
    let mut kept = kept()?;
    let place = kept.iter().position(|(other, _)| *other == kind)?;
    Some(kept.swap_remove(place).1)
}

/// Runs what makes a descriptor; if there is no room for one, again without those that are only kept.
pub(crate) fn with_room<T>(mut make: impl FnMut() -> sys::Result<T>) -> sys::Result<T> {
    loop {
        match make() {
            Err(Errno(libc::EMFILE | libc::ENFILE)) if close_all() => {}
            made => return made,
        }
    }
}

/// Closes all; false if there cannot have been one.
#[cold]
pub(crate) fn close_all() -> bool {
    let may_be_any = ANY.swap(false, Ordering::Relaxed);
    if may_be_any && let Some(mut kept) = kept() {
        kept.clear();
    }
    may_be_any
}

/// What this process has kept. A fork has others of the same sockets, which it must not use: it closes those, and keeps its
/// own. `None` where a process cannot tell that it was forked: there nothing is kept.
fn kept() -> Option<MutexGuard<'static, Kept>> {
    static KEPT: Mutex<Kept> = Mutex::new(Vec::new());
    let is_known = fork::flag()?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_known.load(Ordering::Relaxed) {
        kept.clear();
        is_known.store(true, Ordering::Relaxed);
    }
    Some(kept)
}
