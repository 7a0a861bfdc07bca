//! Win32 errors of files and the system, and how Linux's errno becomes one.

use rustix::io::Errno;
use winsock::Code;

/// A Win32 error as the library's [`Code`]: both share the thread's last error.
const fn win32(value: i32) -> Code {
    Code::new(value)
}

/// What is not there.
pub const FILE_NOT_FOUND: Code = win32(2);
/// A folder on the way is not there.
pub const PATH_NOT_FOUND: Code = win32(3);
/// The process has as many open files as it may.
pub const TOO_MANY_OPEN_FILES: Code = win32(4);
/// Not allowed.
pub const ACCESS_DENIED: Code = win32(5);
/// The number is no handle of the kind that the call takes.
pub const INVALID_HANDLE: Code = win32(6);
/// No memory.
pub const NOT_ENOUGH_MEMORY: Code = win32(8);
/// No more entries in a folder.
pub const NO_MORE_FILES: Code = win32(18);
/// An overlapped read began at or beyond the end.
pub const HANDLE_EOF: Code = win32(38);
/// What this system cannot do.
pub const NOT_SUPPORTED: Code = win32(50);
/// `CREATE_NEW` met a file.
pub const FILE_EXISTS: Code = win32(80);
/// An argument that cannot be.
pub const INVALID_PARAMETER: Code = win32(87);
/// The other end of a pipe is closed, on reading.
pub const BROKEN_PIPE: Code = win32(109);
/// The buffer is too small.
pub const INSUFFICIENT_BUFFER: Code = win32(122);
/// A name that cannot be one.
pub const INVALID_NAME: Code = win32(123);
/// `SetFilePointer` before the beginning.
pub const NEGATIVE_SEEK: Code = win32(131);
/// A module that is not there.
pub const MOD_NOT_FOUND: Code = win32(126);
/// `ERROR_SEM_TIMEOUT`: what was waited for did not come in time.
pub const SEM_TIMEOUT: Code = win32(121);
/// A function that a module does not have.
pub const PROC_NOT_FOUND: Code = win32(127);
/// What was to be made is there; beside a handle it says that an existing file was opened.
pub const ALREADY_EXISTS: Code = win32(183);
/// A variable of the environment that is not set.
pub const ENVVAR_NOT_FOUND: Code = win32(203);
/// The other end of a pipe is closed, on writing.
pub const NO_DATA: Code = win32(232);
/// There is more than fits; as much as fits was written.
pub const MORE_DATA: Code = win32(234);
/// It goes on: the end comes later.
pub const IO_PENDING: Code = win32(997);
/// Text that does not exist in the code page, where the caller wants that to fail.
pub const NO_UNICODE_TRANSLATION: Code = win32(1113);
/// A handle that is no window's.
pub const INVALID_WINDOW_HANDLE: Code = win32(1400);

/// The Win32 error that stands for a failure of a system call on files.
///
/// ```
/// use rustix::io::Errno;
///
/// assert_eq!(winbase::error::from_errno(Errno::NOENT), winbase::error::FILE_NOT_FOUND);
/// ```
#[must_use]
pub fn from_errno(errno: Errno) -> Code {
    match errno {
        Errno::NOENT => FILE_NOT_FOUND,
        Errno::NOTDIR => PATH_NOT_FOUND,
        Errno::MFILE | Errno::NFILE => TOO_MANY_OPEN_FILES,
        Errno::ACCESS | Errno::PERM | Errno::ISDIR => ACCESS_DENIED,
        Errno::BADF => INVALID_HANDLE,
        Errno::NOMEM => NOT_ENOUGH_MEMORY,
        Errno::XDEV => win32(17),                 // ERROR_NOT_SAME_DEVICE
        Errno::ROFS => win32(19),                 // ERROR_WRITE_PROTECT
        Errno::TXTBSY | Errno::BUSY => win32(32), // ERROR_SHARING_VIOLATION
        Errno::EXIST => ALREADY_EXISTS,
        Errno::INVAL => INVALID_PARAMETER,
        Errno::PIPE => NO_DATA,
        Errno::NOSPC | Errno::DQUOT => win32(112), // ERROR_DISK_FULL
        Errno::NOTEMPTY => win32(145),             // ERROR_DIR_NOT_EMPTY
        Errno::NAMETOOLONG => win32(206),          // ERROR_FILENAME_EXCED_RANGE
        Errno::FBIG => win32(223),                 // ERROR_FILE_TOO_LARGE
        Errno::IO => win32(1117),                  // ERROR_IO_DEVICE
        Errno::NOSYS | Errno::OPNOTSUPP => NOT_SUPPORTED,
        Errno::LOOP => win32(1921), // ERROR_CANT_RESOLVE_FILENAME
        _ => win32(31),             // ERROR_GEN_FAILURE
    }
}

/// [`from_errno`] for an error of the standard library.
#[must_use]
pub fn from_io(error: &std::io::Error) -> Code {
    Errno::from_io_error(error).map_or(win32(31), from_errno)
}
