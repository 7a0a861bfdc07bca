//! [`Follower`]: the text that a live log gains, across rotation.
//!
//! By polling: it works on every file system (network shares send no notifications), and a log is read a few times a
//! second whatever its rate. Rotation by renaming (another file appears under the name: the old one is read to its end
//! first) and by truncation in place are both noticed.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use encoding_rs::Decoder;

use crate::encoding::{self, TextEncoding};
use crate::error::InputError;
use crate::sniff::SNIFF_BYTES;

/// What happened to a followed file since the last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Nothing but perhaps growth.
    None,
    /// Another file has the name now; the text comes from its start.
    Replaced,
    /// The file was cut short; the text comes from its start.
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
    identity: Identity,
    position: u64,
    decoder: Option<Decoder>,
}

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
        if self.open.is_some() {
            // What the old file still holds comes before whatever replaced it.
            self.read_more()?;
            if !self.text.is_empty() || !self.was_replaced(change)? {
                return Ok(());
            }
        }
        self.open = open_file(&self.path)?;
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
            Ok(metadata) if Identity::of(&metadata) != open.identity => *change = Change::Replaced,
            Ok(metadata) if metadata.len() < open.position => *change = Change::Truncated,
            Ok(_) => return Ok(false),
            // Between the renaming and the creation of the next file: keep the old one for late writes.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        self.open = None;
        Ok(true)
    }

    fn read_more(&mut self) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let metadata = open.file.metadata()?;
        if metadata.is_file() && metadata.len() == open.position {
            return Ok(());
        }
        let mut buffer = vec![0; READ_BYTES];
        let read = open.file.read(&mut buffer)?;
        let mut bytes = &buffer[..read];
        if open.position == 0 {
            let detected = encoding::detect(&bytes[..bytes.len().min(SNIFF_BYTES)]);
            bytes = &bytes[detected.bom_bytes.min(bytes.len())..];
            let chosen = if detected.bom_bytes > 0 { None } else { self.encoding };
            open.decoder =
                chosen.filter(|encoding| !encoding.is_utf8()).or(detected.encoding).map(TextEncoding::decoder);
        }
        open.position += read as u64;
        match &mut open.decoder {
            None => self.text.extend_from_slice(bytes),
            Some(decoder) => decode(decoder, bytes, &mut self.text),
        }
        Ok(())
    }
}

fn decode(decoder: &mut Decoder, bytes: &[u8], text: &mut Vec<u8>) {
    let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
    text.resize(most, 0);
    let (_, _, written, _) = decoder.decode_to_utf8(bytes, text, false);
    text.truncate(written);
}

fn open_file(path: &Path) -> io::Result<Option<OpenFile>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    file.seek(SeekFrom::Start(0))?;
    let identity = Identity::of(&file.metadata()?);
    Ok(Some(OpenFile { file, identity, position: 0, decoder: None }))
}

/// What tells one file from another under the same name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    pub(crate) fn of(metadata: &Metadata) -> Identity {
        use std::os::unix::fs::MetadataExt as _;
        Identity(metadata.dev(), metadata.ino())
    }

    #[cfg(windows)]
    pub(crate) fn of(metadata: &Metadata) -> Identity {
        use std::os::windows::fs::MetadataExt as _;
        Identity(0, metadata.creation_time())
    }
}
