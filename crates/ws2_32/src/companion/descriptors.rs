//! From a descriptor of the C library to a HANDLE and back.

use std::collections::HashMap;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::sync::{Mutex, PoisonError};

use winbase::file::{self, Standard};
use winsock::file::{File, insert};

/// What a descriptor's handle was made for.
#[derive(Clone, Copy)]
struct Known {
    handle: usize,
    /// Device and number of the file: the descriptor may be another file's by now.
    file: (u64, u64),
}

static KNOWN: Mutex<Option<HashMap<RawFd, Known>>> = Mutex::new(None);

/// The HANDLE of an open descriptor, or -1 with `errno`. It has a descriptor of its own, and the same file position.
#[unsafe(export_name = "ws2__get_osfhandle")]
pub extern "C" fn _get_osfhandle(fd: i32) -> isize {
    let standard = match fd {
        0 => Some(Standard::Input),
        1 => Some(Standard::Output),
        2 => Some(Standard::Error),
        _ => None,
    };
    let handle = match standard {
        Some(which) => file::standard(which).ok(),
        None => handle_of(fd),
    };
    handle.map_or_else(bad_descriptor, |handle| handle as isize)
}

fn handle_of(fd: RawFd) -> Option<usize> {
    let file = identity(fd)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some(before) = known.remove(&fd) {
        if before.file == file && file::get(before.handle).is_ok() {
            known.insert(fd, before);
            return Some(before.handle);
        }
        // The program closed the descriptor, and with it, on Windows, the handle.
        let _ = winsock::port::by_handle::close(before.handle);
    }
    let handle = insert(File::new(copy(fd)?)).ok()?;
    known.insert(fd, Known { handle, file });
    Some(handle)
}

/// Which file a descriptor is of.
fn identity(fd: RawFd) -> Option<(u64, u64)> {
    // SAFETY: a structure of numbers, which the call fills.
    let (known, status) = unsafe {
        let mut status = std::mem::zeroed::<libc::stat>();
        (libc::fstat(fd, &raw mut status), status)
    };
    (known == 0).then_some((status.st_dev, status.st_ino))
}

fn copy(fd: RawFd) -> Option<OwnedFd> {
    // SAFETY: the call takes any number; what it gives is a new descriptor, which nobody else has.
    unsafe {
        let copy = libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 3);
        (copy >= 0).then(|| OwnedFd::from_raw_fd(copy))
    }
}

/// A descriptor for the file of a HANDLE, or -1 with `errno`. Closing it leaves the handle open.
#[unsafe(export_name = "ws2__open_osfhandle")]
pub extern "C" fn _open_osfhandle(osfhandle: isize, _flags: i32) -> i32 {
    let copied = file::get(osfhandle as usize).ok().and_then(|file| copy(file.as_fd().as_raw_fd()));
    copied.map_or_else(|| bad_descriptor() as i32, std::os::fd::IntoRawFd::into_raw_fd)
}

fn bad_descriptor() -> isize {
    // SAFETY: the thread's own errno.
    unsafe { *libc::__errno_location() = libc::EBADF };
    -1
}
