//! Files by name and by HANDLE. Errors are Win32's.

pub mod directory;
pub mod find;
pub mod information;
pub mod mailslot;
pub mod mapping;
pub mod named_pipe;
mod open;
mod position;
mod standard;
mod transfer;

use std::sync::Arc;

pub use open::{Creation, Opened, Request, open};
pub(crate) use open::{folder_is_there, is_read_only};
pub use position::{end_here, flush, position, seek, size};
pub use standard::{Standard, set_standard, standard};
pub use transfer::{available, peek, pipe, read, read_at, read_part, write, write_at};
use winsock::Code;
use winsock::file::File;

use crate::error;

/// The file of a HANDLE.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
pub fn get(handle: usize) -> Result<Arc<File>, Code> {
    winsock::file::get(handle).ok_or(error::INVALID_HANDLE)
}
