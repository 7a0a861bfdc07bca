//! What is known of a file.

use std::fs::{self, Metadata};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};

use rustix::fs::{FileType, Mode};
use winsock::Code;

use super::get;
use super::open::folder_is_there;
use crate::error::{self, from_errno, from_io};
use crate::path::{Name, read, to_linux};
use crate::time::FileTime;

const READONLY: u32 = 0x1;
const DIRECTORY: u32 = 0x10;
const ARCHIVE: u32 = 0x20;
const DEVICE: u32 = 0x40;
const NORMAL: u32 = 0x80;
/// What `SetFileAttributes` takes and Linux has no place for: hidden, system, archive, normal, temporary, not indexed.
const WITHOUT_EFFECT: u32 = 0x2 | 0x4 | ARCHIVE | NORMAL | 0x100 | 0x2000;

/// What is known of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Information {
    /// `FILE_ATTRIBUTE_` bits.
    pub attributes: u32,
    /// When it was made; where the file system does not keep that, when it was last changed.
    pub created: FileTime,
    /// When it was last read.
    pub accessed: FileTime,
    /// When it was last written.
    pub written: FileTime,
    /// Bytes; 0 for a folder.
    pub size: u64,
    /// The file system's number.
    pub volume: u32,
    /// The file's number.
    pub index: u64,
    /// How many names it has.
    pub links: u32,
}

impl Information {
    pub(super) fn of(data: &Metadata) -> Information {
        let written = FileTime::from_unix(data.mtime(), data.mtime_nsec());
        Information {
            attributes: attributes(data),
            created: data.created().map_or(written, FileTime::from_system),
            accessed: FileTime::from_unix(data.atime(), data.atime_nsec()),
            written,
            size: if data.is_dir() { 0 } else { data.len() },
            volume: data.dev() as u32,
            index: data.ino(),
            links: data.nlink() as u32,
        }
    }
}

/// By name.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`], [`error::PATH_NOT_FOUND`], [`error::INVALID_NAME`] for a name with wildcards.
#[doc(alias = "GetFileAttributesEx")]
pub fn by_name(name: &str) -> Result<Information, Code> {
    let Name::Path(path) = read(name) else {
        return Ok(Information::of(&fs::metadata("/dev/null").map_err(|failure| from_io(&failure))?));
    };
    match fs::metadata(&path).or_else(|_| fs::symlink_metadata(&path)) {
        Ok(data) => Ok(Information::of(&data)),
        Err(_) if name.contains(['*', '?']) => Err(error::INVALID_NAME),
        Err(failure) => match from_io(&failure) {
            error::FILE_NOT_FOUND if name.is_empty() || !folder_is_there(&path) => Err(error::PATH_NOT_FOUND),
            other => Err(other),
        },
    }
}

/// By HANDLE.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetFileInformationByHandle")]
pub fn by_handle(handle: usize) -> Result<Information, Code> {
    use std::os::fd::AsFd;
    let fd = get(handle)?.as_fd().try_clone_to_owned().map_err(|failure| from_io(&failure))?;
    let data = fs::File::from(fd).metadata().map_err(|failure| from_io(&failure))?;
    Ok(Information::of(&data))
}

/// `FILE_TYPE_DISK` (1), `FILE_TYPE_CHAR` (2), `FILE_TYPE_PIPE` (3).
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetFileType")]
pub fn kind(handle: usize) -> Result<u32, Code> {
    if winsock::check(handle).is_ok() {
        return Ok(3);
    }
    let stat = rustix::fs::fstat(&*get(handle)?).map_err(from_errno)?;
    Ok(match FileType::from_raw_mode(stat.st_mode) {
        FileType::CharacterDevice => 2,
        FileType::Fifo | FileType::Socket => 3,
        _ => 1,
    })
}

/// Sets or takes away `FILE_ATTRIBUTE_READONLY`; the other settable attributes have no place on Linux and are taken
/// without effect.
///
/// # Errors
/// As for [`by_name`]; [`error::INVALID_PARAMETER`] for what cannot be set.
#[doc(alias = "SetFileAttributes")]
pub fn set_attributes(name: &str, attributes: u32) -> Result<(), Code> {
    by_name(name)?;
    if attributes & !(READONLY | DIRECTORY | WITHOUT_EFFECT) != 0 {
        return Err(error::INVALID_PARAMETER);
    }
    let path = to_linux(name);
    let change = || -> std::io::Result<()> {
        let mut rights = fs::metadata(&path)?.permissions();
        let mode = rights.mode();
        rights.set_mode(if attributes & READONLY != 0 { mode & !0o222 } else { mode | 0o200 });
        fs::set_permissions(&path, rights)
    };
    change().map_err(|failure| from_io(&failure))
}

/// Sets the times of last reading and last writing; `None` leaves one as it is. Linux keeps when a file was made to
/// itself.
///
/// # Errors
/// [`error::INVALID_HANDLE`], [`error::ACCESS_DENIED`].
#[doc(alias = "SetFileTime")]
pub fn set_times(handle: usize, accessed: Option<FileTime>, written: Option<FileTime>) -> Result<(), Code> {
    use rustix::fs::{Timespec, Timestamps, UTIME_OMIT, futimens};
    let stamp = |time: Option<FileTime>| match time {
        Some(time) => {
            let (tv_sec, nanoseconds) = time.to_unix();
            Timespec { tv_sec, tv_nsec: nanoseconds.into() }
        }
        None => Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT },
    };
    let times = Timestamps { last_access: stamp(accessed), last_modification: stamp(written) };
    futimens(&*get(handle)?, &times).map_err(from_errno)
}

fn attributes(data: &Metadata) -> u32 {
    let kind = data.file_type();
    let writable = Mode::from_raw_mode(data.mode()).intersects(Mode::WUSR | Mode::WGRP | Mode::WOTH);
    let own = if kind.is_dir() {
        DIRECTORY
    } else if kind.is_char_device() || kind.is_block_device() {
        DEVICE
    } else {
        ARCHIVE
    };
    // A folder's mark for reading only means something else on Windows, and nothing to most programs.
    if writable || kind.is_dir() { own } else { own | READONLY }
}

/// Bytes of the file system that a folder is on: left for the caller, in all, left.
///
/// # Errors
/// [`error::PATH_NOT_FOUND`] if it is not there.
///
/// ```
/// let (own, all, left) = winbase::file::information::space("C:\\")?;
/// assert!(own <= left && left <= all);
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "GetDiskFreeSpaceExA")]
pub fn space(folder: &str) -> Result<(u64, u64, u64), Code> {
    let told = rustix::fs::statvfs(crate::path::to_linux(folder)).map_err(|errno| match errno {
        rustix::io::Errno::NOENT | rustix::io::Errno::NOTDIR => error::PATH_NOT_FOUND,
        errno => error::from_errno(errno),
    })?;
    let bytes = |blocks: u64| blocks.saturating_mul(told.f_frsize);
    Ok((bytes(told.f_bavail), bytes(told.f_blocks), bytes(told.f_bfree)))
}
