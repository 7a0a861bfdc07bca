//! [`Layer`]: one step of the way from a file to its text, buffered and counted.

use std::io::{self, BufRead, Read};

use crate::sniff::SNIFF_BYTES;

/// How much a layer reads at once. Decoders take their input in small bites, so this stays in the cache.
const BUFFER_BYTES: usize = 64 << 10;

/// A buffered reader that knows how much has been taken from it, and can be asked for its head before anything is.
pub(crate) struct Layer {
    source: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    consumed: u64,
    at_end: bool,
}

impl Layer {
    pub(crate) fn new(source: Box<dyn Read + Send>) -> Layer {
        Layer::behind(Vec::new(), source, BUFFER_BYTES as u64)
    }

    /// For a source of which the first bytes were read already, and of so many in all, or perhaps more: a small one does not cost
    /// the pages of a large buffer.
    pub(crate) fn behind(mut head: Vec<u8>, source: Box<dyn Read + Send>, bytes: u64) -> Layer {
        let end = head.len();
        head.resize(bytes.clamp(SNIFF_BYTES.max(end) as u64, BUFFER_BYTES as u64) as usize, 0);
        Layer { source, buffer: head, start: 0, end, consumed: 0, at_end: false }
    }

    /// The first bytes, at least `want` of them unless the input is shorter. Only before anything has been consumed.
    pub(crate) fn head(&mut self, want: usize) -> io::Result<&[u8]> {
        debug_assert!(self.consumed == 0 && want <= self.buffer.len());
        while self.end < want && !self.at_end {
            self.read_more()?;
        }
        Ok(&self.buffer[..self.end])
    }

    /// Bytes consumed so far.
    pub(crate) fn consumed(&self) -> u64 {
        self.consumed
    }

    fn read_more(&mut self) -> io::Result<()> {
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }
}

impl BufRead for Layer {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end && !self.at_end {
            (self.start, self.end) = (0, 0);
            self.read_more()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.consumed += count as u64;
    }
}

impl Read for Layer {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        // A large read past an empty buffer goes straight to the source.
        if self.start == self.end && buf.len() >= self.buffer.len() && !self.at_end {
            let read = self.source.read(buf)?;
            self.at_end = read == 0;
            self.consumed += read as u64;
            return Ok(read);
        }
        let available = self.fill_buf()?;
        let count = available.len().min(buf.len());
        buf[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}
