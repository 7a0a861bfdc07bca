//! [`open`]: from a [`Source`] to its text, through as many layers as its content asks for.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::archive::Archive;
use crate::code_page::{self, Told};
use crate::decompress::{Decoded, Limits};
use crate::encoding::{self, TextEncoding, Transcoded};
use crate::error::{ErrorKind, InputError, Problems};
use crate::event_log::EventLog;
use crate::layer::Layer;
use crate::line_ends::{LineFeeds, are_carriage_returns};
use crate::mapped::MappedText;
use crate::sniff::{Format, SNIFF_BYTES, looks_binary};
use crate::source::Source;
use crate::walk::{Found, Globs};

/// How inputs are opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// The encoding of plain text. `None` recognises UTF-16, and code pages of writings that are not Latin, and passes
    /// everything else through as it is.
    pub encoding: Option<TextEncoding>,
    /// Bounds on what compressed data may cost.
    pub limits: Limits,
    /// Whether programs, pictures and archives that cannot be opened are passed over in silence, as is right for files found by walking a
    /// directory. A file named by the user is read whatever it is.
    pub skip_binary: bool,
    /// Which members of archives are taken: all if `None`. An archive itself is opened whatever these say of it.
    pub globs: Option<Globs>,
    /// Length from which a plain UTF-8 file is mapped rather than read, in bytes.
    pub map_from_bytes: u64,
    /// Counts bytes read from files and standard input (before decompression), for a progress bar.
    pub bytes_read: Arc<AtomicU64>,
}

impl Default for OpenOptions {
    fn default() -> OpenOptions {
        OpenOptions {
            encoding: None,
            limits: Limits::default(),
            skip_binary: false,
            globs: None,
            map_from_bytes: 1 << 20,
            bytes_read: Arc::default(),
        }
    }
}

/// The text of an opened input.
pub enum Text {
    /// A large plain UTF-8 file, whose parts threads can share.
    Mapped(MappedText),
    /// Anything else, in order.
    Stream(Stream),
    /// Texts with names of their own.
    Archive(Archive),
    /// Nothing to read: a binary file that a directory walk came across.
    Skipped {
        /// Whether it is an archive of a kind that is not opened, in which there may be text.
        archive: bool,
    },
}

/// The text of a stream, in order.
pub struct Stream {
    source: Box<dyn Read + Send>,
    problems: Problems,
    formats: Vec<Format>,
    encoding: Option<TextEncoding>,
}

impl Stream {
    /// Reads the next bytes of the text into `buf`, as many as come at once; 0 at the end. Errors do not show here: they
    /// end the text or skip a part of it, and [`take_errors`](Self::take_errors) has them.
    pub fn read(&mut self, buf: &mut [u8]) -> usize {
        loop {
            match self.source.read(buf) {
                Ok(read) => return read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.problems
                        .note(ErrorKind::Read, format!("reading failed ({error}); the text before was scanned"));
                    self.source = Box::new(io::empty());
                }
            }
        }
    }

    /// The formats it was taken out of, outermost first; empty for plain text.
    #[must_use]
    pub fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// The encoding it was decoded from, if its first bytes tell; `None` for text that passed through as it was, and for text
    /// whose code page shows later.
    #[must_use]
    pub fn encoding(&self) -> Option<TextEncoding> {
        self.encoding
    }

    /// Errors met so far, once each.
    #[must_use]
    pub fn take_errors(&self) -> Vec<InputError> {
        self.problems.take()
    }
}

/// Compressed layers inside one another that are opened. Logs have one, rarely two.
const MAX_LAYERS: usize = 4;

/// Opens one input.
///
/// ```
/// use std::io::Write;
/// use wsa_input::{OpenOptions, Source, Text, open};
///
/// let mut file = tempfile::NamedTempFile::new()?;
/// file.write_all(&[0xFF, 0xFE, b'h', 0, b'i', 0])?; // UTF-16 with a byte order mark
/// let Ok(Text::Stream(mut stream)) = open(&Source::file(file.path()), &OpenOptions::default()) else { unreachable!() };
/// let mut buffer = [0; 16];
/// assert_eq!(stream.read(&mut buffer), 2);
/// assert_eq!(&buffer[..2], b"hi");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// If it cannot be opened or is an archive of a kind that is not. Later trouble ends the text or part of it, and `take_errors` tells.
pub fn open(source: &Source, options: &OpenOptions) -> Result<Text, InputError> {
    let name = source.name();
    let Source::File(path) = source else { return open_reader(&name, Box::new(io::stdin()), options) };
    let file = File::open(path).map_err(|error| InputError::from_io(&name, &error))?;
    let metadata = file.metadata().map_err(|error| InputError::from_io(&name, &error))?;
    if metadata.is_dir() {
        return Err(InputError::new(&name, ErrorKind::Read, "is a directory"));
    }
    if !metadata.is_file() {
        return open_reader(&name, Box::new(file), options);
    }
    Opened::new(file, metadata).map_err(|error| InputError::from_io(&name, &error))?.text(&name, options)
}

/// A text that comes from any reader, such as bytes in memory.
///
/// # Errors
/// As [`open`].
pub fn open_reader(name: &str, reader: Box<dyn Read + Send>, options: &OpenOptions) -> Result<Text, InputError> {
    open_layer(name, Layer::new(Counted::new(reader, options)), options)
}

/// A regular file that is open, and its first bytes: all that decides how to go on, for one `open` and one `read`. Where many
/// small files are read, those are what they cost.
pub struct Opened {
    file: File,
    metadata: Metadata,
    head: Vec<u8>,
}

impl Opened {
    /// Opens what was found, if it is a regular file that can be read. Of all else `None`: [`open`] tells what is wrong, and waits
    /// for what comes through a pipe.
    ///
    /// ```
    /// use wsa_input::{Found, OpenOptions, Opened, Source, Text};
    ///
    /// let file = tempfile::NamedTempFile::new()?;
    /// std::fs::write(file.path(), "error 10054")?;
    /// let found = Found { source: Source::file(file.path()), named: true };
    /// let opened = Opened::of(&found).unwrap();
    /// assert_eq!((opened.metadata().len(), opened.decoder_bytes()), (11, 0));
    /// assert!(matches!(opened.text("app.log", &OpenOptions::default()), Ok(Text::Stream(_))));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn of(found: &Found) -> Option<Opened> {
        // A walk gives regular files only. What the user names may be a pipe, and to open one waits for who writes to it.
        let path = found.source.path().filter(|path| !found.named || path.is_file())?;
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok().filter(Metadata::is_file)?;
        Opened::new(file, metadata).ok()
    }

    fn new(mut file: File, metadata: Metadata) -> io::Result<Opened> {
        let mut head = vec![0; SNIFF_BYTES];
        let read = read_head(&mut file, &mut head)?;
        head.truncate(read);
        Ok(Opened { file, metadata, head })
    }

    /// What the file system says of it.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What its decoder may hold in memory, in bytes: [`Format::decoder_bytes`].
    #[must_use]
    pub fn decoder_bytes(&self) -> u64 {
        Format::decoder_bytes(&self.head)
    }

    /// Its text. `name` is for errors.
    ///
    /// # Errors
    /// As [`open`].
    pub fn text(self, name: &str, options: &OpenOptions) -> Result<Text, InputError> {
        let Opened { file, metadata, head } = self;
        let bytes = metadata.len();
        if bytes < options.map_from_bytes {
            return open_layer(name, behind_head(head, file, bytes, options), options);
        }
        let encoding = plain_encoding(&head, options);
        let is_utf8 = encoding.encoding.is_none() && encoding.unsupported.is_none();
        if Format::of(&head) != Format::Plain || !is_utf8 || are_carriage_returns(&head) {
            return open_layer(name, behind_head(head, file, bytes, options), options);
        }
        if options.skip_binary && looks_binary(&head) {
            return Ok(Text::Skipped { archive: false });
        }
        let page = if encoding.is_untold(options.encoding) { code_page::of_file(&file, bytes) } else { None };
        if page.is_some() {
            let options = OpenOptions { encoding: page, ..options.clone() };
            return open_layer(name, behind_head(head, file, bytes, &options), &options);
        }
        Ok(Text::Mapped(MappedText::new(file, bytes, encoding.bom_bytes, Problems::new(name))))
    }
}

/// A file whose first bytes were read, and which has so many.
fn behind_head(head: Vec<u8>, file: File, bytes: u64, options: &OpenOptions) -> Layer {
    options.bytes_read.fetch_add(head.len() as u64, Ordering::Relaxed);
    Layer::behind(head, Counted::new(Box::new(file), options), bytes)
}

pub(crate) fn read_head(file: &mut File, head: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while done < head.len() {
        match file.read(&mut head[done..]) {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

fn plain_encoding(head: &[u8], options: &OpenOptions) -> encoding::Detected {
    let mut detected = encoding::detect(head);
    if let Some(chosen) = options.encoding {
        // A byte order mark outranks the user: a directory may hold both kinds.
        if detected.bom_bytes == 0 {
            detected.encoding = (!chosen.is_utf8()).then_some(chosen);
        }
    }
    detected
}

/// Takes off one layer after the other.
pub(crate) fn open_layer(name: &str, mut layer: Layer, options: &OpenOptions) -> Result<Text, InputError> {
    let problems = Problems::new(name);
    let mut formats = Vec::new();
    loop {
        let head = layer.peek(SNIFF_BYTES).map_err(|error| InputError::from_io(name, &error))?;
        let format = Format::of(head);
        match format {
            Format::Plain => return Ok(open_plain(layer, problems, formats, options)),
            Format::Archive(_) if options.skip_binary => return Ok(Text::Skipped { archive: true }),
            Format::Archive(kind) => {
                return Err(InputError::new(
                    name,
                    ErrorKind::Unsupported,
                    format!("is a {kind} archive; unpack it and scan the directory"),
                ));
            }
            Format::Evtx => {
                formats.push(format);
                let log = EventLog::new(layer, problems.clone());
                return Ok(stream(Box::new(log), problems, formats, None));
            }
            Format::Tar | Format::Zip => {
                return Ok(Archive::new(format, layer, problems, options)
                    .map_or(Text::Skipped { archive: true }, Text::Archive));
            }
            _ if formats.len() == MAX_LAYERS => {
                return Err(InputError::new(
                    name,
                    ErrorKind::NestedTooDeep,
                    format!("is compressed more than {MAX_LAYERS} times over (a decompression bomb?); not scanned"),
                ));
            }
            _ => {
                formats.push(format);
                let decoded = Decoded::new(format, layer, options.limits, problems.clone())
                    .map_err(|error| InputError::from_io(name, &error))?;
                let Some(decoded) = decoded else {
                    return Err(InputError::new(
                        name,
                        ErrorKind::Unsupported,
                        format!("{} is not decoded", format.name()),
                    ));
                };
                layer = Layer::new(Box::new(decoded));
            }
        }
    }
}

fn open_plain(mut layer: Layer, problems: Problems, formats: Vec<Format>, options: &OpenOptions) -> Text {
    // The head is buffered already, so this cannot fail; an empty one is an empty text.
    let head = layer.peek(0).unwrap_or_default();
    let detected = plain_encoding(head, options);
    if let Some(encoding) = detected.unsupported {
        problems
            .note(ErrorKind::Unsupported, format!("the text is {encoding}, which is not decoded; convert it to UTF-8"));
        return stream(Box::new(io::empty()), problems, formats, None);
    }
    match detected.encoding {
        Some(encoding) => {
            let text = Transcoded::new(layer, encoding, problems.clone());
            stream(Box::new(text), problems, formats, Some(encoding))
        }
        None if options.skip_binary && looks_binary(head) => Text::Skipped { archive: false },
        None if are_carriage_returns(head) => {
            io::BufRead::consume(&mut layer, detected.bom_bytes);
            stream(Box::new(LineFeeds::new(layer)), problems, formats, None)
        }
        None if detected.is_untold(options.encoding) => {
            let text = Told::new(layer, problems.clone());
            stream(Box::new(text), problems, formats, None)
        }
        None => {
            io::BufRead::consume(&mut layer, detected.bom_bytes);
            stream(Box::new(layer), problems, formats, None)
        }
    }
}

fn stream(
    source: Box<dyn Read + Send>,
    problems: Problems,
    formats: Vec<Format>,
    encoding: Option<TextEncoding>,
) -> Text {
    Text::Stream(Stream { source, problems, formats, encoding })
}

/// Counts what is read.
struct Counted {
    reader: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Counted {
    fn new(reader: Box<dyn Read + Send>, options: &OpenOptions) -> Box<Counted> {
        Box::new(Counted { reader, count: Arc::clone(&options.bytes_read) })
    }
}

impl Read for Counted {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buf)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
