//! File mappings: memory that is a file's, or shared by processes under a name.
//!
//! A mapping without a file is memory of the kernel; with a name it is a file in `/dev/shm`, of this user's, that goes
//! away with the last handle: each holds a shared lock, and who can have it alone at the end removes the file. What a
//! killed process left behind is found by the same sign, and replaced.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::PathBuf;

use rustix::fs::{FlockOperation, MemfdFlags, Mode, OFlags, flock, fstat, ftruncate, memfd_create};
use rustix::io::Errno;
use winsock::Code;
use winsock::file::{File, insert};

use super::get;
use crate::error::{self, from_errno};

/// `ERROR_FILE_INVALID`: an empty file cannot be mapped.
const FILE_INVALID: Code = Code::new(1006);
/// The longest name that is kept as it is.
const LONGEST_NAME: usize = 160;

/// What may be done with the memory of a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// `PAGE_READONLY`, `PAGE_EXECUTE_READ`.
    Read,
    /// `PAGE_READWRITE`, `PAGE_EXECUTE_READWRITE`.
    Write,
    /// `PAGE_WRITECOPY`, `PAGE_EXECUTE_WRITECOPY`: what is written stays in the view.
    Copy,
}

impl Protection {
    /// By Windows' number, of which the `SEC_` bits do not count.
    ///
    /// # Errors
    /// [`error::INVALID_PARAMETER`] for others.
    pub fn new(number: u32) -> Result<Protection, Code> {
        match number & 0xff {
            0x02 | 0x20 => Ok(Protection::Read),
            0x04 | 0x40 => Ok(Protection::Write),
            0x08 | 0x80 => Ok(Protection::Copy),
            _ => Err(error::INVALID_PARAMETER),
        }
    }
}

/// A mapping: its HANDLE, and whether its name belonged to one already.
pub type Created = (usize, bool);

/// A new mapping of a file's first `size` bytes (0: all; the file grows if it is shorter), or of memory without a file.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::INVALID_PARAMETER`] for no file and no size; `ERROR_FILE_INVALID` for an empty
/// file and no size; [`error::ACCESS_DENIED`]; `ERROR_DISK_FULL`. Docs: "CreateFileMappingW function".
#[doc(alias = "CreateFileMapping")]
pub fn create(file: Option<usize>, protection: Protection, size: u64, name: Option<&str>) -> Result<Created, Code> {
    let (fd, path, existed) = match (file, name) {
        (Some(file), _) => (of_file(file, protection, size)?, None, false),
        (None, _) if size == 0 => return Err(error::INVALID_PARAMETER),
        (None, Some(name)) if !name.is_empty() => named(name, size)?,
        (None, _) => {
            let memory = memfd_create(c"mapping", MemfdFlags::CLOEXEC).map_err(from_errno)?;
            ftruncate(&memory, size).map_err(from_errno)?;
            (memory, None, false)
        }
    };
    Ok((insert(File::new(fd).delete_by_last(path))?, existed))
}

fn of_file(file: usize, protection: Protection, size: u64) -> Result<OwnedFd, Code> {
    let file = get(file)?;
    let length = fstat(&*file).map_err(from_errno)?.st_size.cast_unsigned();
    if size == 0 && length == 0 {
        return Err(FILE_INVALID);
    }
    if size > length {
        if protection != Protection::Write {
            return Err(error::NOT_ENOUGH_MEMORY);
        }
        ftruncate(&*file, size)
            .map_err(|errno| if errno == Errno::INVAL { error::ACCESS_DENIED } else { from_errno(errno) })?;
    }
    // Opened anew, so that the mapping allows what it is to allow and no more.
    let path = format!("/proc/self/fd/{}", file.as_fd().as_raw_fd());
    let flags = if protection == Protection::Write { OFlags::RDWR } else { OFlags::RDONLY };
    rustix::fs::open(path, flags | OFlags::CLOEXEC, Mode::empty()).map_err(from_errno)
}

/// The mapping of a name, and whether it was there.
fn named(name: &str, size: u64) -> Result<(OwnedFd, Option<PathBuf>, bool), Code> {
    let path = path_of(name);
    loop {
        match open_shared(&path)? {
            Some(fd) => return Ok((fd, Some(path), true)),
            None => {
                let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
                let made = match rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR) {
                    // Another process was faster.
                    Err(Errno::EXIST) => continue,
                    made => made.map_err(from_errno)?,
                };
                flock(&made, FlockOperation::LockShared).map_err(from_errno)?;
                ftruncate(&made, size).map_err(from_errno)?;
                return Ok((made, Some(path), false));
            }
        }
    }
}

/// The file that other handles share; `None` if there is none, or only one that was left behind.
fn open_shared(path: &PathBuf) -> Result<Option<OwnedFd>, Code> {
    let fd = match rustix::fs::open(path, OFlags::RDWR | OFlags::CLOEXEC, Mode::empty()) {
        Err(Errno::NOENT) => return Ok(None),
        opened => opened.map_err(from_errno)?,
    };
    if flock(&fd, FlockOperation::NonBlockingLockExclusive).is_ok() {
        let _ = std::fs::remove_file(path);
        return Ok(None);
    }
    flock(&fd, FlockOperation::LockShared).map_err(from_errno)?;
    Ok(Some(fd))
}

/// Where a name lies. The prefixes `Global\` and `Local\` are one name space here.
fn path_of(name: &str) -> PathBuf {
    let name = name.strip_prefix(r"Global\").or_else(|| name.strip_prefix(r"Local\")).unwrap_or(name);
    let mut file = format!("ws2-{}-", rustix::process::getuid().as_raw());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => file.push(byte.into()),
            other => file.push_str(&format!("%{other:02X}")),
        }
    }
    if file.len() > LONGEST_NAME {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        file.truncate(LONGEST_NAME);
        file.push_str(&format!("-{:016x}", hasher.finish()));
    }
    PathBuf::from("/dev/shm").join(file)
}

/// One more handle of the mapping of this name.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`].
#[doc(alias = "OpenFileMapping")]
pub fn open(name: &str) -> Result<usize, Code> {
    let path = path_of(name);
    let fd = open_shared(&path)?.ok_or(error::FILE_NOT_FOUND)?;
    insert(File::new(fd).delete_by_last(Some(path)))
}

/// How many bytes a mapping has.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
pub fn size(mapping: usize) -> Result<u64, Code> {
    Ok(fstat(&*get(mapping)?).map_err(from_errno)?.st_size.cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use winsock::port::by_handle::close;

    #[test]
    fn a_name_lasts_as_long_as_one_handle() {
        let name = format!(r"Local\mapping test/{}", std::process::id());
        let (first, existed) = create(None, Protection::Write, 100, Some(&name)).unwrap();
        assert!(!existed && path_of(&name).exists());
        let (second, existed) = create(None, Protection::Write, 100, Some(&name)).unwrap();
        assert!(existed);
        close(first).unwrap();
        let third = open(&name).unwrap();
        assert_eq!(size(third), Ok(100));
        close(second).unwrap();
        close(third).unwrap();
        assert_eq!(open(&name), Err(error::FILE_NOT_FOUND));
        assert!(!path_of(&name).exists());
    }

    #[test]
    fn what_nobody_holds_is_replaced() {
        let name = format!("left behind {}", std::process::id());
        std::fs::write(path_of(&name), "old").unwrap();
        assert_eq!(open(&name), Err(error::FILE_NOT_FOUND));
        let (mapping, existed) = create(None, Protection::Write, 5000, Some(&name)).unwrap();
        assert!(!existed);
        assert_eq!(size(mapping), Ok(5000));
        close(mapping).unwrap();
    }

    #[test]
    fn nothing_cannot_be_mapped() {
        assert_eq!(create(None, Protection::Write, 0, None), Err(error::INVALID_PARAMETER));
        assert_eq!(create(Some(12), Protection::Write, 1, None), Err(error::INVALID_HANDLE));
    }
}
