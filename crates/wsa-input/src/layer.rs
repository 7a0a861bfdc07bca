//! [`Layer`]: one step of the way from a file to its text, buffered and counted.

use std::io::{self, BufRead, Read};

use crate::sniff::SNIFF_BYTES;

/// How much a layer reads at once. Decoders take their input in small bites, so this stays in the cache.
const BUFFER_BYTES: usize = 64 << 10;

/// A buffered reader that knows how much has been taken from it, and can be asked for what comes next before it is.
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

    /// The next bytes, at least `want` of them unless the input ends before; at most [`SNIFF_BYTES`] may be wanted.
    pub(crate) fn peek(&mut self, want: usize) -> io::Result<&[u8]> {
        debug_assert!(want <= SNIFF_BYTES);
        if self.end - self.start < want && self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while self.end - self.start < want && !self.at_end {
            self.read_more()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Passes over so many bytes. Returns how many there were.
    pub(crate) fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let here = self.fill_buf()?.len();
            if here == 0 {
                break;
            }
            let step = here.min(usize::try_from(left).unwrap_or(usize::MAX));
            self.consume(step);
            left -= step as u64;
        }
        Ok(count - left)
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
