//! The three standard handles.

use std::os::fd::OwnedFd;
use std::sync::{Mutex, PoisonError};

use winsock::Code;
use winsock::file::{File, insert};

use crate::error::{self, from_errno};

/// One of the standard handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// `STD_INPUT_HANDLE`.
    Input = 0,
    /// `STD_OUTPUT_HANDLE`.
    Output = 1,
    /// `STD_ERROR_HANDLE`.
    Error = 2,
}

impl Standard {
    /// By Windows' number: -10, -11, -12.
    ///
    /// # Errors
    /// [`error::INVALID_HANDLE`] for others.
    pub fn new(number: u32) -> Result<Standard, Code> {
        match number.cast_signed() {
            -10 => Ok(Standard::Input),
            -11 => Ok(Standard::Output),
            -12 => Ok(Standard::Error),
            _ => Err(error::INVALID_HANDLE),
        }
    }
}

static HANDLES: Mutex<[Option<usize>; 3]> = Mutex::new([None; 3]);

/// The HANDLE of a standard stream, always the same one.
///
/// It has a descriptor of its own: closing it leaves C's streams open.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if the process was started without the stream.
#[doc(alias = "GetStdHandle")]
pub fn standard(which: Standard) -> Result<usize, Code> {
    let mut handles = HANDLES.lock().unwrap_or_else(PoisonError::into_inner);
    let place = &mut handles[which as usize];
    if let Some(handle) = *place {
        return Ok(handle);
    }
    let handle = insert(File::new(copy(which)?))?;
    *place = Some(handle);
    Ok(handle)
}

/// Puts another handle in the place of a standard one. C's streams stay what they are.
#[doc(alias = "SetStdHandle")]
pub fn set_standard(which: Standard, handle: usize) {
    HANDLES.lock().unwrap_or_else(PoisonError::into_inner)[which as usize] = Some(handle);
}

fn copy(which: Standard) -> Result<OwnedFd, Code> {
    let copied = match which {
        Standard::Input => rustix::io::fcntl_dupfd_cloexec(std::io::stdin(), 3),
        Standard::Output => rustix::io::fcntl_dupfd_cloexec(std::io::stdout(), 3),
        Standard::Error => rustix::io::fcntl_dupfd_cloexec(std::io::stderr(), 3),
    };
    copied.map_err(from_errno)
}
