//! The driver of endpoints that no completion port drives: their ends are told by event or routine, and whoever waits
//! for those does not wait for Linux. One thread per process, begun with the first operation that must be parked.

use std::sync::OnceLock;
use std::thread;

use super::{Driver, DriverKind, Wait};
use crate::sync::{Arc, Mutex, lock};
use crate::sys::{self, Errno};

/// The process's own driver.
pub(super) fn driver() -> sys::Result<Arc<Driver>> {
    static DRIVER: OnceLock<Arc<Driver>> = OnceLock::new();
    static STARTING: Mutex<()> = Mutex::new(());
    if let Some(driver) = DRIVER.get() {
        return Ok(Arc::clone(driver));
    }
    let _one_at_a_time = lock(&STARTING);
    if DRIVER.get().is_none() {
        let driver = Arc::new(Driver::new(DriverKind::Epoll)?);
        let driven = Arc::clone(&driver);
        let spawned = thread::Builder::new().name("wsa-io".into()).spawn(move || {
            loop {
                if driven.reap(Wait { timeout_ms: -1, may_spin: false }, |_| true, |_| false).is_err() {
                    // No memory for the wait; there may be in a moment.
                    thread::sleep(std::time::Duration::from_millis(1));
                }
            }
        });
        spawned.map_err(|error| Errno(error.raw_os_error().unwrap_or(libc::EAGAIN)))?;
        let _ = DRIVER.set(driver);
    }
    DRIVER.get().map(Arc::clone).ok_or(Errno::EAGAIN)
}
