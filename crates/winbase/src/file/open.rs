//! `CreateFile`.

use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::Errno;
use winsock::Code;
use winsock::file::{File, insert};

use crate::error::{self, from_errno};
use crate::path::{self, Name};

const GENERIC_ALL: u32 = 0x1000_0000;
const GENERIC_WRITE: u32 = 0x4000_0000;
const GENERIC_READ: u32 = 0x8000_0000;
const FILE_READ_DATA: u32 = 1;
const FILE_WRITE_DATA: u32 = 2;
const FILE_APPEND_DATA: u32 = 4;

const FILE_ATTRIBUTE_READONLY: u32 = 1;
const FILE_FLAG_WRITE_THROUGH: u32 = 0x8000_0000;
const FILE_FLAG_OVERLAPPED: u32 = 0x4000_0000;
const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;

/// What to do with a file that is there, and with one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// `CREATE_NEW`: fails if it is there.
    New,
    /// `CREATE_ALWAYS`: empties it or makes it.
    Always,
    /// `OPEN_EXISTING`: fails if it is not there.
    OpenExisting,
    /// `OPEN_ALWAYS`: opens or makes it.
    OpenAlways,
    /// `TRUNCATE_EXISTING`: empties it; fails if it is not there.
    TruncateExisting,
}

impl Creation {
    /// By Windows' number.
    ///
    /// # Errors
    /// [`error::INVALID_PARAMETER`] for other numbers.
    pub fn new(disposition: u32) -> Result<Creation, Code> {
        match disposition {
            1 => Ok(Creation::New),
            2 => Ok(Creation::Always),
            3 => Ok(Creation::OpenExisting),
            4 => Ok(Creation::OpenAlways),
            5 => Ok(Creation::TruncateExisting),
            _ => Err(error::INVALID_PARAMETER),
        }
    }

    fn makes(self) -> bool {
        !matches!(self, Creation::OpenExisting | Creation::TruncateExisting)
    }

    fn empties(self) -> bool {
        matches!(self, Creation::Always | Creation::TruncateExisting)
    }
}

/// How a file is to be opened.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// `GENERIC_READ` and its kin. 0 asks only for what is known of the file.
    pub access: u32,
    /// What to do with a file that is there.
    pub creation: Creation,
    /// `FILE_ATTRIBUTE_` and `FILE_FLAG_` bits.
    pub flags: u32,
}

/// A file that was opened.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// Its HANDLE.
    pub handle: usize,
    /// Whether [`Creation::Always`] or [`Creation::OpenAlways`] found it there: the last error says so then.
    pub existed: bool,
}

/// Opens or makes a file. Other openings of the file are not restricted, whatever sharing they ask for.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`], [`error::PATH_NOT_FOUND`], [`error::FILE_EXISTS`], [`error::ACCESS_DENIED`] (a folder
/// without `FILE_FLAG_BACKUP_SEMANTICS` too), [`error::INVALID_PARAMETER`] for emptying without writing, and others of
/// [`from_errno`]. Docs: "CreateFileW function".
#[doc(alias = "CreateFile")]
pub fn open(name: &str, request: Request) -> Result<Opened, Code> {
    if name.is_empty() {
        return Err(error::PATH_NOT_FOUND);
    }
    if request.creation == Creation::TruncateExisting && request.access & (GENERIC_WRITE | GENERIC_ALL) == 0 {
        return Err(error::INVALID_PARAMETER);
    }
    if let Some(opened) = super::mailslot::open(name) {
        return opened.map(|handle| Opened { handle, existed: true });
    }
    if let Some(opened) = super::named_pipe::open(name, request.flags) {
        return opened.map(|handle| Opened { handle, existed: true });
    }
    let path = match path::read(name) {
        Name::Path(path) => path,
        Name::Null => "/dev/null".into(),
        Name::ConsoleInput | Name::ConsoleOutput => "/dev/tty".into(),
    };
    let flags = linux_flags(request);
    let existed = request.creation.makes() && path.exists();
    // Root may write to it all the same; Windows asks the attribute.
    if flags.intersects(OFlags::WRONLY | OFlags::RDWR) && is_read_only(&path) {
        return Err(if request.creation == Creation::New { error::FILE_EXISTS } else { error::ACCESS_DENIED });
    }
    let mode = if request.flags & FILE_ATTRIBUTE_READONLY != 0 { 0o444 } else { 0o666 };
    let fd = rustix::fs::open(&path, flags, Mode::from_raw_mode(mode))
        .map_err(|errno| refusal(errno, &path, request.creation))?;
    let kind = rustix::fs::fstat(&fd).map_err(from_errno)?.st_mode;
    if FileType::from_raw_mode(kind) == FileType::Directory && request.flags & FILE_FLAG_BACKUP_SEMANTICS == 0 {
        return Err(error::ACCESS_DENIED);
    }
    let doomed = (request.flags & FILE_FLAG_DELETE_ON_CLOSE != 0).then_some(path);
    let file = File::new(fd).overlapped(request.flags & FILE_FLAG_OVERLAPPED != 0).delete_on_close(doomed);
    let existed = existed && request.creation != Creation::New;
    Ok(Opened { handle: insert(file)?, existed })
}

fn linux_flags(request: Request) -> OFlags {
    let all = request.access & GENERIC_ALL != 0;
    let reads = all || request.access & (GENERIC_READ | FILE_READ_DATA) != 0;
    let writes = all || request.access & (GENERIC_WRITE | FILE_WRITE_DATA) != 0;
    let appends = request.access & FILE_APPEND_DATA != 0 && !writes;
    let mut flags = OFlags::CLOEXEC | OFlags::NOCTTY;
    flags |= match (reads, writes || appends) {
        (true, true) => OFlags::RDWR,
        (false, true) => OFlags::WRONLY,
        (true, false) => OFlags::RDONLY,
        (false, false) if request.creation.makes() => OFlags::RDONLY,
        (false, false) => OFlags::PATH,
    };
    for (wanted, flag) in [
        (appends, OFlags::APPEND),
        (request.creation.makes(), OFlags::CREATE),
        (request.creation == Creation::New, OFlags::EXCL),
        (request.creation.empties(), OFlags::TRUNC),
        (request.flags & FILE_FLAG_WRITE_THROUGH != 0, OFlags::DSYNC),
    ] {
        if wanted {
            flags |= flag;
        }
    }
    flags
}

fn refusal(errno: Errno, path: &Path, creation: Creation) -> Code {
    match errno {
        Errno::NOENT if !folder_is_there(path) => error::PATH_NOT_FOUND,
        Errno::EXIST if creation == Creation::New => error::FILE_EXISTS,
        // Only /dev/tty of a process without a terminal.
        Errno::NXIO => error::INVALID_HANDLE,
        other => from_errno(other),
    }
}

/// Whether a file is there that nobody may write to.
pub(crate) fn is_read_only(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().readonly())
}

/// Whether what should hold the file is there: Windows tells the two absences apart.
pub(crate) fn folder_is_there(path: &Path) -> bool {
    path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir())
}
