//! Sizes and positions.

use rustix::fs::SeekFrom;
use rustix::io::Errno;
use winsock::Code;

use super::get;
use crate::error::{self, from_errno};

/// The size of a file in bytes.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetFileSizeEx")]
pub fn size(handle: usize) -> Result<u64, Code> {
    let stat = rustix::fs::fstat(&*get(handle)?).map_err(from_errno)?;
    Ok(stat.st_size as u64)
}

/// Moves the position by `distance` bytes from the beginning (0), the position (1) or the end (2), and tells it.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::NEGATIVE_SEEK`] before the beginning; [`error::INVALID_PARAMETER`] for another
/// `from`. A pipe has no position: [`error::INVALID_PARAMETER`].
#[doc(alias = "SetFilePointerEx")]
pub fn seek(handle: usize, distance: i64, from: u32) -> Result<u64, Code> {
    let file = get(handle)?;
    let to = match from {
        0 => SeekFrom::Start(u64::try_from(distance).map_err(|_| error::NEGATIVE_SEEK)?),
        1 => SeekFrom::Current(distance),
        2 => SeekFrom::End(distance),
        _ => return Err(error::INVALID_PARAMETER),
    };
    rustix::fs::seek(&*file, to).map_err(|errno| match errno {
        Errno::INVAL => error::NEGATIVE_SEEK,
        Errno::SPIPE => error::INVALID_PARAMETER,
        other => from_errno(other),
    })
}

/// The position in bytes.
///
/// # Errors
/// As for [`seek`].
pub fn position(handle: usize) -> Result<u64, Code> {
    seek(handle, 0, 1)
}

/// Ends the file at its position, cutting or filling with zeros.
///
/// # Errors
/// [`error::INVALID_HANDLE`], [`error::ACCESS_DENIED`] if it was not opened for writing.
#[doc(alias = "SetEndOfFile")]
pub fn end_here(handle: usize) -> Result<(), Code> {
    let here = position(handle)?;
    rustix::fs::ftruncate(&*get(handle)?, here).map_err(|errno| match errno {
        Errno::INVAL | Errno::BADF => error::ACCESS_DENIED,
        other => from_errno(other),
    })
}

/// Writes to the device what the system still holds.
///
/// # Errors
/// [`error::INVALID_HANDLE`] for what has no such thing: a pipe, a terminal.
#[doc(alias = "FlushFileBuffers")]
pub fn flush(handle: usize) -> Result<(), Code> {
    let file = get(handle)?;
    // What was written to a pipe can be read, even if this end closes.
    if super::named_pipe::is_pipe(&file) {
        return Ok(());
    }
    rustix::fs::fsync(&*file).map_err(|errno| match errno {
        Errno::INVAL | Errno::ROFS => error::INVALID_HANDLE,
        other => from_errno(other),
    })
}
