//! Being told once, by an OVERLAPPED, that the addresses or the routes of IPv4 have changed.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};

use winsock::Code;
use winsock::file::{File, insert};
use winsock::overlapped::{Record, Status};

use super::netlink::listen;
use super::watch::{Subject, unwatch, watch};
use crate::error::{self, from_errno};

const ONLY_IPV4: [bool; 2] = [true, false];

/// Who waits, by the address of the OVERLAPPED: its record, and the number of its watch.
static WAITING: LazyLock<Mutex<HashMap<usize, (Record, usize)>>> = LazyLock::new(Mutex::default);

fn waiting() -> MutexGuard<'static, HashMap<usize, (Record, usize)>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What all of these operations are under way on: one object of the process, never closed.
fn device() -> Result<&'static (usize, Arc<File>), Code> {
    static DEVICE: OnceLock<(usize, Arc<File>)> = OnceLock::new();
    static MAKING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if DEVICE.get().is_none() {
        let handle = insert(File::new(listen(0).map_err(from_errno)?))?;
        let _ = DEVICE.set((handle, crate::file::get(handle)?));
    }
    DEVICE.get().ok_or(error::INVALID_HANDLE)
}

/// Begins to wait for the next change; returns the handle on which that is under way, which is not to be closed.
///
/// # Errors
/// As for [`watch`]; [`error::INVALID_HANDLE`] for an event that is none, [`error::INVALID_PARAMETER`] for an OVERLAPPED that is
/// under way.
#[doc(alias = "NotifyAddrChange")]
#[doc(alias = "NotifyRouteChange")]
pub fn begin_wait(subject: Subject, record: Record) -> Result<usize, Code> {
    let (handle, file) = device()?;
    let record = record.tell_event().map_err(|_| error::INVALID_HANDLE)?;
    let address = record.address();
    // Held until the operation is in: the change may be there at once.
    let mut all = waiting();
    if all.contains_key(&address) {
        return Err(error::INVALID_PARAMETER);
    }
    let number = watch(subject, ONLY_IPV4, false, move |_| {
        end(address, Status::SUCCESS);
    })?;
    file.begin(&record);
    all.insert(address, (record, number));
    Ok(*handle)
}

/// Waits for the next change.
///
/// # Errors
/// As for [`watch`].
pub fn wait(subject: Subject) -> Result<(), Code> {
    let (tells, hears) = mpsc::channel();
    let number = watch(subject, ONLY_IPV4, false, move |_| {
        let _ = tells.send(());
    })?;
    winsock::port::before_blocking();
    let _ = hears.recv();
    unwatch(number)
}

/// Ends what is under way with the OVERLAPPED at this address as cancelled; false if nothing is.
#[doc(alias = "CancelIPChangeNotify")]
pub fn cancel_wait(address: usize) -> bool {
    end(address, Status::CANCELLED)
}

fn end(address: usize, status: Status) -> bool {
    let found = waiting().remove(&address);
    let Some((record, number)) = found else { return false };
    // It is known: nobody else ends it.
    let _ = unwatch(number);
    if let Ok((_, file)) = device() {
        file.end(record, status, 0);
    }
    true
}
