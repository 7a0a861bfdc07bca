//! [`Incoming`]: the text of a pipe as it comes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use crate::encoding::TextEncoding;
use crate::error::{ErrorKind, InputError};
use crate::live::LiveText;
use crate::sniff::Format;
use crate::source::Source;

/// Reads a pipe without waiting for it: a thread of its own does that.
pub struct Incoming {
    name: String,
    pieces: Receiver<io::Result<Vec<u8>>>,
    live: LiveText,
    begun: bool,
    text: Vec<u8>,
}

/// How much is read at once, and how many such pieces may wait: less than a MiB together.
const PIECE_BYTES: usize = 64 << 10;
const WAITING_PIECES: usize = 8;

impl Incoming {
    /// Reads standard input, or a named pipe or device. `encoding` as in [`OpenOptions`](crate::OpenOptions).
    ///
    /// ```
    /// use wsa_input::{Incoming, Source};
    ///
    /// # let directory = tempfile::tempdir()?;
    /// # let path = directory.path().join("pipe");
    /// # std::fs::write(&path, "one\n")?;
    /// let mut incoming = Incoming::new(&Source::file(&path), None);
    /// let mut text = Vec::new();
    /// while let Some(more) = incoming.poll()? {
    ///     text.extend_from_slice(more); // or wait a little, if it is empty
    /// }
    /// assert_eq!(text, b"one\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(source: &Source, encoding: Option<TextEncoding>) -> Incoming {
        let path = source.path().map(Path::to_owned);
        let reader = move || -> io::Result<Box<dyn Read>> {
            Ok(match path {
                None => Box::new(io::stdin()),
                // Opening a named pipe waits for its writer.
                Some(path) => Box::new(File::open(path)?),
            })
        };
        Incoming::of(source.name(), reader, encoding)
    }

    fn of<R: Read>(
        name: String,
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
        encoding: Option<TextEncoding>,
    ) -> Incoming {
        let (sender, pieces) = sync_channel(WAITING_PIECES);
        thread::spawn(move || {
            if let Err(error) = open().and_then(|reader| send_pieces(reader, &sender)) {
                let _ = sender.send(Err(error));
            }
        });
        Incoming { name, pieces, live: LiveText::new(encoding), begun: false, text: Vec::new() }
    }

    /// Takes the text that has come since the last call, empty if none has; `None` once the pipe has ended.
    ///
    /// # Errors
    /// If reading fails, or what comes is packed. There is nothing more to take then.
    pub fn poll(&mut self) -> Result<Option<&[u8]>, InputError> {
        self.text.clear();
        match self.pieces.try_recv() {
            Ok(Ok(bytes)) => {
                if !std::mem::replace(&mut self.begun, true) {
                    self.refuse_packed(&bytes)?;
                }
                self.live.push(&bytes, &mut self.text);
                Ok(Some(&self.text))
            }
            Ok(Err(error)) => Err(InputError::from_io(&self.name, &error)),
            Err(TryRecvError::Empty) => Ok(Some(&[])),
            Err(TryRecvError::Disconnected) => Ok(None),
        }
    }

    fn refuse_packed(&self, head: &[u8]) -> Result<(), InputError> {
        match Format::of(head) {
            Format::Plain => Ok(()),
            format => {
                let message = format!("is {} data, which cannot be followed; scan it without --follow", format.name());
                Err(InputError::new(&self.name, ErrorKind::Unsupported, message))
            }
        }
    }
}

/// Until the reader ends or nobody takes its pieces any more.
fn send_pieces(mut reader: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) -> io::Result<()> {
    let mut buffer = vec![0; PIECE_BYTES];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) if sender.send(Ok(buffer[..read].to_vec())).is_err() => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that comes, or the error.
    fn all(bytes: Vec<u8>) -> Result<Vec<u8>, InputError> {
        let mut incoming = Incoming::of("pipe".to_owned(), || Ok(io::Cursor::new(bytes)), None);
        let mut text = Vec::new();
        while let Some(more) = incoming.poll()? {
            text.extend_from_slice(more);
            thread::yield_now();
        }
        Ok(text)
    }

    #[test]
    fn what_comes_is_decoded_and_ends() {
        let long = "recv failed with error 10054\n".repeat(10_000);
        assert_eq!(all(long.clone().into_bytes()).unwrap(), long.as_bytes());
        let utf16: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(all(utf16).unwrap(), long.as_bytes());
        assert_eq!(all(Vec::new()).unwrap(), b"");
    }

    #[test]
    fn packed_data_are_refused() {
        assert_eq!(all(b"\x1F\x8B\x08\0\0".to_vec()).unwrap_err().kind(), ErrorKind::Unsupported);
    }
}
