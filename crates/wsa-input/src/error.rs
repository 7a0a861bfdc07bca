//! [`InputError`]: what went wrong with one input, said so that the reader can act on it.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// What kind of trouble an input gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No such file or directory.
    NotFound,
    /// The system refused access.
    PermissionDenied,
    /// Reading failed; the system's own message is in the text.
    Read,
    /// Compressed data or an event log end before their own end mark.
    Truncated,
    /// Compressed data contradict their format or checksum.
    Corrupt,
    /// A frame needs a larger window (dictionary) than the memory limit allows.
    WindowTooLarge,
    /// A small input grows beyond every reasonable log: a decompression bomb.
    Bomb,
    /// Compressed inside compressed, deeper than anyone stores logs.
    NestedTooDeep,
    /// An archive or encoding that is recognised and not decoded here.
    Unsupported,
    /// The text has sequences that its encoding does not allow.
    IllFormedText,
    /// The file became shorter while it was read.
    Shrunk,
    /// Part of a Windows event log cannot be read.
    EventLog,
    /// It is a file that the program writes to.
    Output,
}

impl ErrorKind {
    /// The word that JSON output uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorKind::NotFound => "not-found",
            ErrorKind::PermissionDenied => "permission-denied",
            ErrorKind::Read => "read",
            ErrorKind::Truncated => "truncated",
            ErrorKind::Corrupt => "corrupt",
            ErrorKind::WindowTooLarge => "window-too-large",
            ErrorKind::Bomb => "bomb",
            ErrorKind::NestedTooDeep => "nested-too-deep",
            ErrorKind::Unsupported => "unsupported",
            ErrorKind::IllFormedText => "ill-formed-text",
            ErrorKind::Shrunk => "shrunk",
            ErrorKind::EventLog => "event-log",
            ErrorKind::Output => "output",
        }
    }
}

/// One trouble with one input: where, what, and what was still read.
///
/// ```
/// use wsa_input::{ErrorKind, open, OpenOptions, Source};
///
/// let error = open(&Source::file("/no/such/app.log"), &OpenOptions::default()).err().unwrap();
/// assert_eq!(error.kind(), ErrorKind::NotFound);
/// assert!(error.to_string().starts_with("/no/such/app.log: "));
/// ```
#[derive(Clone, Debug)]
pub struct InputError {
    path: String,
    kind: ErrorKind,
    message: String,
}

impl InputError {
    /// An error about the input with this display name.
    pub(crate) fn new(path: &str, kind: ErrorKind, message: impl Into<String>) -> InputError {
        InputError { path: path.to_owned(), kind, message: message.into() }
    }

    /// An error of the system, sorted by its kind.
    pub(crate) fn from_io(path: &str, error: &io::Error) -> InputError {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => ErrorKind::NotFound,
            io::ErrorKind::PermissionDenied => ErrorKind::PermissionDenied,
            _ => ErrorKind::Read,
        };
        InputError::new(path, kind, error.to_string())
    }

    /// The input's name, as [`Source::name`](crate::Source::name) gives it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What kind of trouble it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The sentence without the path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for InputError {}

/// Where the layers of one opened input leave their errors; reading itself just ends, or goes on behind the damage.
#[derive(Clone, Debug)]
pub(crate) struct Problems {
    path: Arc<str>,
    list: Arc<Mutex<List>>,
}

#[derive(Debug, Default)]
struct List {
    /// Those that nobody has taken.
    waiting: Vec<InputError>,
    noted: usize,
}

/// How many errors of one input are named. A failing disk has one for each part of a file.
const MOST_NAMED: usize = 20;

impl Problems {
    pub(crate) fn new(path: &str) -> Problems {
        Problems { path: path.into(), list: Arc::default() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Notes one error, unless there were many.
    pub(crate) fn note(&self, kind: ErrorKind, message: impl Into<String>) {
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.noted += 1;
        let error = match list.noted {
            ..=MOST_NAMED => InputError::new(&self.path, kind, message),
            noted if noted == MOST_NAMED + 1 => {
                InputError::new(&self.path, kind, "has more errors, which are not named")
            }
            _ => return,
        };
        list.waiting.push(error);
    }

    pub(crate) fn take(&self) -> Vec<InputError> {
        std::mem::take(&mut self.list.lock().unwrap_or_else(PoisonError::into_inner).waiting)
    }
}
