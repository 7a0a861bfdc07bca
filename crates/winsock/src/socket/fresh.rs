//! Descriptors made for sockets that never were used.
//!
//! `AcceptEx` gives its socket another descriptor, that of the connection. What stood there before is as new; making and
//! ending it costs Linux as much as accepting, so the next socket of its kind gets it.

use std::os::fd::OwnedFd;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::kind::Kind;
use crate::sys::{self, Errno};

/// No more are kept than one busy moment leaves behind.
const MOST: usize = 16;

/// Whether there may be any: those who want one look here before they lock.
static ANY: AtomicBool = AtomicBool::new(false);

static KEPT: Mutex<Kept> = Mutex::new(Kept { owner: 0, descriptors: Vec::new() });

struct Kept {
    /// The first process that kept one: a fork of it has others of the same sockets, which it must not use, and goes
    /// without. 0 for none.
    owner: u32,
    descriptors: Vec<(Kind, OwnedFd)>,
}

/// Keeps a descriptor on which nothing was ever done but what [`super::Socket::open`] does.
pub(crate) fn keep(kind: Kind, fd: OwnedFd) {
    let mut kept = kept();
    if kept.owner == 0 {
        kept.owner = process::id();
    }
    if kept.descriptors.len() < MOST {
        kept.descriptors.push((kind, fd));
        ANY.store(true, Ordering::Relaxed);
    }
}

/// One of this kind, if there is one.
pub(super) fn take(kind: Kind) -> Option<OwnedFd> {
    if !ANY.load(Ordering::Relaxed) {
        return None;
    }
    let mut kept = kept();
    let place = kept.descriptors.iter().position(|(other, _)| *other == kind)?;
    if kept.owner != process::id() {
        kept.descriptors.clear();
        return None;
    }
    Some(kept.descriptors.swap_remove(place).1)
}

/// Runs what makes a descriptor; if there is no room for one, again without those that are only kept.
pub(crate) fn with_room<T>(make: impl Fn() -> sys::Result<T>) -> sys::Result<T> {
    match make() {
        Err(Errno(libc::EMFILE | libc::ENFILE)) if close_all() => make(),
        made => made,
    }
}

/// Closes all; false if there was none.
pub(crate) fn close_all() -> bool {
    let closed = std::mem::take(&mut kept().descriptors);
    !closed.is_empty()
}

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}
