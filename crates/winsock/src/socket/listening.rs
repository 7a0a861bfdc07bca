//! What `AcceptEx` keeps with a listener.

use std::os::fd::BorrowedFd;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use super::Socket;
use crate::address::WindowsAddress;
use crate::driver::Target;
use crate::sys;

/// The listener's local name, and its operations that are not in its own queue any more.
#[derive(Default)]
pub(crate) struct Listening {
    /// The local name, if it is that of every connection.
    name: OnceLock<Option<WindowsAddress>>,
    /// Operations that have their connection and wait for its first data, on the accepted socket's endpoint.
    waits: Mutex<Vec<Wait>>,
}

/// One of them.
pub(crate) struct Wait {
    /// The address of its OVERLAPPED.
    pub(crate) address: usize,
    /// The thread that began it.
    pub(crate) issuer: u64,
    pub(crate) acceptor: Weak<Socket>,
}

impl Listening {
    /// The local name of every connection; none if the listener has a wildcard, and each must be asked for its own.
    #[inline]
    pub(crate) fn name_of_all(&self, listener: BorrowedFd<'_>) -> Option<&WindowsAddress> {
        let of_all = || {
            let name = sys::socket::local_name(listener).ok()?;
            (!name.is_unspecified()).then(|| name.to_windows())
        };
        self.name.get_or_init(of_all).as_ref()
    }

    pub(crate) fn add(&self, wait: Wait) {
        self.waits().push(wait);
    }

    /// The operation with this OVERLAPPED has ended.
    pub(crate) fn remove(&self, address: usize) {
        self.waits().retain(|wait| wait.address != address);
    }

    /// Ends operations that wait for data; true if there was one that is meant.
    pub(crate) fn cancel(&self, target: Target) -> bool {
        let is_meant = |wait: &Wait| match target {
            Target::Everything => true,
            Target::Record(address) => wait.address == address,
            Target::Issuer(issuer) | Target::EndedThread(issuer) => wait.issuer == issuer,
        };
        let meant: Vec<(usize, Weak<Socket>)> = self
            .waits()
            .iter()
            .filter(|wait| is_meant(wait))
            .map(|wait| (wait.address, wait.acceptor.clone()))
            .collect();
        meant.into_iter().fold(false, |found, (address, acceptor)| {
            let cancelled = |acceptor| Socket::overlap(&acceptor).endpoint.cancel(Target::Record(address));
            acceptor.upgrade().is_some_and(cancelled) || found
        })
    }

    fn waits(&self) -> MutexGuard<'_, Vec<Wait>> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
