//! [`Follower`]: the text that a live log gains, across rotation.
//!
//! By polling: it works on every file system (network shares send no notifications), and a log is read a few times a
//! second whatever its rate. Rotation by renaming (another file appears under the name: the old one is read to its end
//! first) and by truncation in place are both noticed.
//!
//! A file that was written anew between two looks is noticed by its length, its first bytes, and where it is as long as before by
//! its last ones. What begins like the old file and is longer counts as grown, and so does nothing at all what is as long, and
//! was written in the moment of the look, as far as the file system tells times.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::encoding::TextEncoding;
use crate::error::InputError;
use crate::identity::FileIdentity;
use crate::live::LiveText;
use crate::mapped::read_at;

/// What happened to a followed file since the last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Nothing but perhaps growth.
    None,
    /// Another file has the name now; the text comes from its start.
    Replaced,
    /// The file was cut short, or written anew; the text comes from its start.
    Truncated,
}

/// Reads a growing plain text file.
pub struct Follower {
    path: PathBuf,
    encoding: Option<TextEncoding>,
    open: Option<OpenFile>,
    text: Vec<u8>,
    seen_before: bool,
}

struct OpenFile {
    file: File,
    identity: FileIdentity,
    position: u64,
    /// Its first bytes and those before the position, as they were read.
    head: Vec<u8>,
    tail: Vec<u8>,
    /// When it was last changed, at the last look.
    modified: Option<SystemTime>,
    live: LiveText,
}

/// How many of a file's first bytes are compared to tell whether it was written anew, and of its last: they tell a time, in most
/// logs.
const COMPARED_BYTES: usize = 256;

/// How much is taken at one look. Held only while there is something: thousands of quiet files may be followed.
const READ_BYTES: usize = 256 << 10;

impl Follower {
    /// Follows this path from its start. The file need not exist yet. `encoding` as in
    /// [`OpenOptions`](crate::OpenOptions).
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, encoding: Option<TextEncoding>) -> Follower {
        Follower { path: path.into(), encoding, open: None, text: Vec::new(), seen_before: false }
    }

    /// Takes the next new text, at most a few hundred KiB, and what happened to the file before it. Call until the text
    /// is empty, then wait.
    ///
    /// ```
    /// use wsa_input::{Change, Follower};
    ///
    /// let directory = tempfile::tempdir()?;
    /// let log = directory.path().join("app.log");
    /// let mut follower = Follower::new(&log, None);
    /// assert_eq!(follower.poll()?, (Change::None, &b""[..])); // not there yet
    /// std::fs::write(&log, "one\n")?;
    /// assert_eq!(follower.poll()?.1, b"one\n");
    /// std::fs::rename(&log, directory.path().join("app.log.1"))?;
    /// std::fs::write(&log, "two\n")?;
    /// assert_eq!(follower.poll()?, (Change::Replaced, &b"two\n"[..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be opened or read, other than because it does not exist at the moment. Polling again is fine.
    pub fn poll(&mut self) -> Result<(Change, &[u8]), InputError> {
        self.text = Vec::new();
        let mut change = Change::None;
        self.try_poll(&mut change).map_err(|error| InputError::from_io(&self.path.display().to_string(), &error))?;
        Ok((change, &self.text))
    }

    fn try_poll(&mut self, change: &mut Change) -> io::Result<()> {
        // What cannot be looked at is told by reading it.
        if self.was_rewritten().unwrap_or(false) {
            *change = Change::Truncated;
            self.open = None;
        } else if self.open.is_some() {
            // What the old file still holds comes before whatever replaced it. One that cannot be read, such as a file that
            // was removed on a server, may have been replaced as well.
            let read = self.read_more();
            if !self.text.is_empty() || !self.was_replaced(change)? {
                return read;
            }
        }
        self.open = open_file(&self.path, self.encoding)?;
        if self.open.is_none() {
            return Ok(());
        }
        if self.seen_before && *change == Change::None {
            *change = Change::Replaced;
        }
        self.seen_before = true;
        self.read_more()
    }

    /// Whether the path no longer names the text that was being read. Closes the file if so.
    fn was_replaced(&mut self, change: &mut Change) -> io::Result<bool> {
        let Some(open) = &mut self.open else { return Ok(true) };
        match std::fs::metadata(&self.path) {
            Ok(metadata) if FileIdentity::of(&metadata) != open.identity => *change = Change::Replaced,
            Ok(metadata) if metadata.len() < open.position => *change = Change::Truncated,
            Ok(_) => return Ok(false),
            // Between the renaming and the creation of the next file: keep the old one for late writes.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        self.open = None;
        Ok(true)
    }

    /// Whether the file has grown and begins otherwise than it did, or is as long and begins or ends otherwise: it was cut
    /// short and written anew, all since the last look.
    fn was_rewritten(&mut self) -> io::Result<bool> {
        let Some(open) = &mut self.open else { return Ok(false) };
        let metadata = open.file.metadata()?;
        if !metadata.is_file() || metadata.len() < open.position {
            return Ok(false);
        }
        let is_as_long = metadata.len() == open.position;
        let modified = metadata.modified().ok();
        if is_as_long && modified == open.modified {
            return Ok(false);
        }
        open.modified = modified;
        // The end of one that has grown may have been written over: a closing tag, before which the next record goes.
        Ok(open.differs(&open.head, 0)?
            || is_as_long && open.differs(&open.tail, open.position - open.tail.len() as u64)?)
    }

    fn read_more(&mut self) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let metadata = open.file.metadata()?;
        if metadata.is_file() && metadata.len() == open.position {
            return Ok(());
        }
        open.modified = metadata.modified().ok();
        let mut buffer = vec![0; READ_BYTES];
        let read = open.file.read(&mut buffer)?;
        let bytes = &buffer[..read];
        open.position += read as u64;
        open.head.extend_from_slice(&bytes[..read.min(COMPARED_BYTES - open.head.len())]);
        open.tail.extend_from_slice(&bytes[read.saturating_sub(COMPARED_BYTES)..]);
        open.tail.drain(..open.tail.len().saturating_sub(COMPARED_BYTES));
        open.live.push(bytes, &mut self.text);
        Ok(())
    }
}

impl OpenFile {
    /// Whether something else than `known` is now at a place.
    fn differs(&self, known: &[u8], at: u64) -> io::Result<bool> {
        let mut now = vec![0; known.len()];
        Ok(read_at(&self.file, &mut now, at)? == now.len() && now != known)
    }
}

fn open_file(path: &Path, encoding: Option<TextEncoding>) -> io::Result<Option<OpenFile>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let identity = FileIdentity::of(&file.metadata()?);
    Ok(Some(OpenFile {
        file,
        identity,
        position: 0,
        head: Vec::new(),
        tail: Vec::new(),
        modified: None,
        live: LiveText::new(encoding),
    }))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_log_cut_short_and_grown_longer_between_two_looks_is_read_from_its_start() {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("app.log");
        fs::write(&log, "10:00 one\n").unwrap();
        let mut follower = Follower::new(&log, None);
        assert_eq!(follower.poll().unwrap(), (Change::None, &b"10:00 one\n"[..]));
        fs::write(&log, "10:00 one\n10:01 two\n").unwrap();
        assert_eq!(follower.poll().unwrap(), (Change::None, &b"10:01 two\n"[..]), "the same beginning: it has grown");
        fs::write(&log, "10:02 three\n10:03 four\n10:04 five\n").unwrap();
        assert_eq!(follower.poll().unwrap(), (Change::Truncated, &b"10:02 three\n10:03 four\n10:04 five\n"[..]));
        assert_eq!(follower.poll().unwrap(), (Change::None, &b""[..]));
    }

    #[test]
    fn a_log_written_anew_to_the_same_length_between_two_looks_is_read_from_its_start() {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("app.log");
        // Whatever the file system's times are worth, each is another.
        let mut changes = 0;
        let mut change = |text: &str| {
            fs::write(&log, text).unwrap();
            changes += 1;
            let file = File::options().append(true).open(&log).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_738_577_472 + changes))
                .unwrap();
        };
        change("10:00 one\n");
        let mut follower = Follower::new(&log, None);
        assert_eq!(follower.poll().unwrap(), (Change::None, &b"10:00 one\n"[..]));
        change("10:00 one\n");
        assert_eq!(follower.poll().unwrap(), (Change::None, &b""[..]), "touched");
        change("10:01 two\n");
        assert_eq!(follower.poll().unwrap(), (Change::Truncated, &b"10:01 two\n"[..]));
        // A long header that stays, and records behind it that do not.
        let header = "#Fields: time s-ip c-ip sc-win32-status\n".repeat(10);
        change(&format!("{header}10:02 three\n"));
        let mut follower = Follower::new(&log, None);
        assert!(follower.poll().unwrap().1.ends_with(b"10:02 three\n"));
        change(&format!("{header}10:03 fours\n"));
        let (change_now, text) = follower.poll().unwrap();
        assert!(change_now == Change::Truncated && text.ends_with(b"10:03 fours\n"));
        change(&format!("{header}10:03 fours\n10:04 five\n"));
        assert_eq!(follower.poll().unwrap(), (Change::None, &b"10:04 five\n"[..]));
        // The end of a document, before which the next record goes.
        change(&format!("<log>{header}one</log>"));
        let mut follower = Follower::new(&log, None);
        assert!(follower.poll().unwrap().1.ends_with(b"one</log>"));
        change(&format!("<log>{header}one two</log>"));
        assert_eq!(follower.poll().unwrap(), (Change::None, &b"log>"[..]));
    }
}
