//! Files, pipes and terminals by HANDLE.

use std::any::Any;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use winsock_codes::Code;

use super::objects::{Handle, OBJECTS, Object};
use crate::overlapped::{Record, Signal, Status};
use crate::port::{CompletionPort, Packet};
use crate::sys::{self, Errno};
use crate::wait::Waitable;

/// `ERROR_ACCESS_DENIED`, `ERROR_LOCK_VIOLATION` and `ERROR_NOT_LOCKED`.
const ACCESS_DENIED: Code = Code::new(5);
const LOCK_VIOLATION: Code = Code::new(33);
const NOT_LOCKED: Code = Code::new(158);
/// `ERROR_GEN_FAILURE`.
const GEN_FAILURE: Code = Code::new(31);
/// `ERROR_TOO_MANY_OPEN_FILES`.
const TOO_MANY_OPEN_FILES: Code = Code::new(4);

/// What a HANDLE of `CreateFile`, `CreatePipe` or `GetStdHandle` stands for.
///
/// It owns the descriptor; the descriptor closes when the handle was closed and the last call that uses it has returned.
pub struct File {
    fd: OwnedFd,
    overlapped: bool,
    delete_on_close: Option<PathBuf>,
    delete_by_last: Option<PathBuf>,
    tie: OnceLock<(crate::sync::Arc<CompletionPort>, usize)>,
    extra: Option<Box<dyn Any + Send + Sync>>,
    ranges: Mutex<Vec<Range>>,
    /// What waits for the handle itself see.
    signal: Signal,
}

/// A part of a file that is locked by this handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    start: u64,
    length: u64,
    is_exclusive: bool,
}

impl Range {
    fn overlaps(self, other: Range) -> bool {
        self.start < other.start.saturating_add(other.length) && other.start < self.start.saturating_add(self.length)
    }

    /// Locks it, or unlocks it. Linux' files end before Windows' offsets do.
    fn set(self, file: &File, kind: i32, waits: bool) -> sys::Result<()> {
        let start = i64::try_from(self.start).unwrap_or(i64::MAX);
        let length = i64::try_from(self.length).unwrap_or(i64::MAX).min(i64::MAX - start);
        // Nothing is locked: to Linux a length of 0 is all there is.
        if length == 0 { Ok(()) } else { sys::file::lock_range(file.fd.as_fd(), kind, start, length, waits) }
    }

    fn kind(self) -> i32 {
        if self.is_exclusive { libc::F_WRLCK } else { libc::F_RDLCK }
    }
}

impl File {
    /// A file over this descriptor.
    #[must_use]
    pub fn new(fd: OwnedFd) -> File {
        File {
            fd,
            overlapped: false,
            delete_on_close: None,
            delete_by_last: None,
            tie: OnceLock::new(),
            extra: None,
            ranges: Mutex::default(),
            signal: Signal::default(),
        }
    }

    /// Opened with `FILE_FLAG_OVERLAPPED`: it has no position of its own, each transfer names one.
    #[must_use]
    pub fn overlapped(mut self, overlapped: bool) -> File {
        self.overlapped = overlapped;
        // Opening it is a transfer that has ended. Source: dlls/kernel32/tests/pipe.c, create_overlapped_pipe.
        self.signal.set();
        self
    }

    /// Opened with `FILE_FLAG_DELETE_ON_CLOSE`: the path to remove when the handle closes.
    #[must_use]
    pub fn delete_on_close(mut self, path: Option<PathBuf>) -> File {
        self.delete_on_close = path;
        self
    }

    /// A file that several processes share under a name, each with a shared lock on it: the path to remove when the last
    /// of their handles closes.
    #[must_use]
    pub fn delete_by_last(mut self, path: Option<PathBuf>) -> File {
        self.delete_by_last = path;
        self
    }

    /// What somebody else keeps with the file, for as long as it is there.
    #[must_use]
    pub fn with(mut self, extra: impl Any + Send + Sync) -> File {
        self.extra = Some(Box::new(extra));
        self
    }

    /// What is kept with the file, if it is of this type.
    #[must_use]
    pub fn extra<T: Any>(&self) -> Option<&T> {
        self.extra.as_ref()?.downcast_ref()
    }

    /// Lets the file stand for what another descriptor stands for. Calls that run on it go on.
    ///
    /// # Errors
    /// `ERROR_GEN_FAILURE` (31) if Linux refuses it, which it does not between open descriptors.
    pub fn replace(&self, with: &OwnedFd) -> Result<(), Code> {
        sys::socket::replace(self.fd.as_fd(), with.as_fd()).map_err(|_| GEN_FAILURE)
    }

    /// Locks a range against other openings of the file: exclusively, or against exclusive ones.
    ///
    /// # Errors
    /// `ERROR_LOCK_VIOLATION` (33) if it is locked and the call does not wait, and if this handle itself has locked it;
    /// `ERROR_ACCESS_DENIED` (5) for an exclusive lock by a handle that cannot write, which Linux does not have.
    #[doc(alias = "LockFileEx")]
    pub fn lock_range(&self, start: u64, length: u64, is_exclusive: bool, waits: bool) -> Result<(), Code> {
        let wanted = Range { start, length, is_exclusive };
        let is_own = |own: &Range| own.overlaps(wanted) && (own.is_exclusive || is_exclusive);
        if self.ranges().iter().any(is_own) {
            return Err(LOCK_VIOLATION);
        }
        loop {
            match wanted.set(self, wanted.kind(), waits) {
                Ok(()) => break,
                Err(Errno::EINTR) => {}
                Err(Errno(libc::EBADF)) => return Err(ACCESS_DENIED),
                Err(_) => return Err(LOCK_VIOLATION),
            }
        }
        self.ranges().push(wanted);
        Ok(())
    }

    /// Unlocks a range that was locked as it is.
    ///
    /// # Errors
    /// `ERROR_NOT_LOCKED` (158).
    #[doc(alias = "UnlockFileEx")]
    pub fn unlock_range(&self, start: u64, length: u64) -> Result<(), Code> {
        let mut ranges = self.ranges();
        let place = ranges.iter().position(|own| (own.start, own.length) == (start, length)).ok_or(NOT_LOCKED)?;
        let gone = ranges.swap_remove(place);
        let _ = gone.set(self, libc::F_UNLCK, false);
        // What other locks of this handle hold of it stays locked.
        for left in ranges.iter().filter(|left| left.overlaps(gone)) {
            let _ = left.set(self, left.kind(), false);
        }
        Ok(())
    }

    fn ranges(&self) -> std::sync::MutexGuard<'_, Vec<Range>> {
        self.ranges.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was opened for overlapped transfers.
    #[must_use]
    pub fn is_overlapped(&self) -> bool {
        self.overlapped
    }

    /// Ties the file to a port; false if it has one, or was not opened for overlapped transfers.
    /// Docs: "CreateIoCompletionPort function", FileHandle; test_iocp_callback of dlls/kernel32/tests/sync.c.
    pub(crate) fn associate(&self, port: &crate::sync::Arc<CompletionPort>, key: usize) -> bool {
        self.overlapped && self.tie.set((crate::sync::Arc::clone(port), key)).is_ok()
    }

    /// Marks a transfer as under way that ends later, by [`File::end`].
    pub fn begin(&self, record: &Record) {
        record.begin();
        self.signal.reset();
    }

    /// Writes how a transfer ended, and tells it to who is to be told: an event or a routine, the file's port, waits for
    /// the handle.
    pub fn end(&self, record: Record, status: Status, bytes: u32) {
        let is_for_handle = !record.has_event();
        self.ends().tell(record, status, bytes);
        if is_for_handle {
            self.signal.set();
        }
    }

    /// What tells ends of the file's transfers, also when the file is there no more.
    #[must_use]
    pub fn ends(&self) -> Ends {
        Ends { tie: self.tie.get().cloned() }
    }

    /// What waits for the handle wait for, if its transfers may end later.
    pub(crate) fn waitable(&self) -> Option<crate::sync::Arc<Waitable>> {
        self.overlapped.then(|| self.signal.object())
    }

    /// Tells the end of a transfer to the file's port, if it has one.
    pub fn deliver(&self, overlapped: usize, status: Status, bytes: u32) {
        if let Some((port, key)) = self.tie.get() {
            port.push(Packet { key: *key, overlapped, bytes, status });
        }
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({:?})", self.fd)
    }
}

impl AsFd for File {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        if let Some(path) = &self.delete_on_close {
            // Someone else may have removed it already; there is nobody to tell.
            let _ = std::fs::remove_file(path);
        }
        if let Some(path) = &self.delete_by_last
            && sys::file::locks_alone(self.fd.as_fd())
        {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// See [`File::ends`].
pub struct Ends {
    tie: Option<(crate::sync::Arc<CompletionPort>, usize)>,
}

impl Ends {
    /// Writes how a transfer ended, and tells it to its event or routine and to the port.
    pub fn tell(self, record: Record, status: Status, bytes: u32) {
        let overlapped = record.address();
        let tie = self.tie.filter(|_| !record.has_routine() && !record.wants_no_packet());
        record.conclude(status, bytes);
        if let Some((port, key)) = tie {
            port.push(Packet { key, overlapped, bytes, status });
        }
    }
}

/// Gives a file a HANDLE. [`crate::port::by_handle::close`] takes it back.
///
/// # Errors
/// `ERROR_TOO_MANY_OPEN_FILES` (4) if there are too many handles.
///
/// ```
/// use std::os::fd::OwnedFd;
/// use winsock::file;
///
/// let fd: OwnedFd = std::fs::File::open("/dev/null").unwrap().into();
/// let handle = file::insert(file::File::new(fd)).unwrap();
/// assert!(file::get(handle).is_some());
/// winsock::port::by_handle::close(handle).unwrap();
/// assert!(file::get(handle).is_none());
/// ```
pub fn insert(file: File) -> Result<Handle, Code> {
    OBJECTS.insert(Object::File(Arc::new(file))).ok_or(TOO_MANY_OPEN_FILES)
}

/// The file of a HANDLE, which stays open while the result is held; `None` if the number is no file now.
#[must_use]
pub fn get(handle: Handle) -> Option<Arc<File>> {
    OBJECTS.with(handle, |object| match object {
        Object::File(file) => Some(Arc::clone(file)),
        _ => None,
    })?
}
