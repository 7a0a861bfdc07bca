//! [`Window`]: a stretch of text to work on, with margins on both sides to look at.
//!
//! The scanner needs to see a little before and after what it judges. Windows tile the text: every byte is in the
//! `range` of exactly one window, and the margins hold real neighbours, so results do not depend on where the text is
//! cut.

use std::io::{self, Read};
use std::ops::Range;

use crate::error::{ErrorKind, Problems};

/// How text is cut into windows, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowSize {
    /// Length of the tiles.
    pub tile: usize,
    /// How much of the text before the tile is kept visible.
    pub before: usize,
    /// How much of the text after the tile is made visible.
    pub after: usize,
}

/// A tile of a text with its margins.
#[derive(Clone, Debug)]
pub struct Window<'a> {
    /// The tile and its margins.
    pub text: &'a [u8],
    /// The tile within `text`.
    pub range: Range<usize>,
    /// Where `text` begins in the whole text.
    pub offset: u64,
    /// Whether nothing precedes `text`.
    pub at_start: bool,
    /// Whether nothing follows `text`.
    pub at_end: bool,
}

/// Cuts a stream into windows, in memory of one window.
pub struct Windows {
    source: Box<dyn Read + Send>,
    problems: Problems,
    size: WindowSize,
    buffer: Vec<u8>,
    /// Bytes of `buffer` that hold text.
    filled: usize,
    /// Where `buffer` begins in the text.
    offset: u64,
    /// Where the next tile begins in `buffer`.
    next: usize,
    at_end: bool,
    started: bool,
}

impl Windows {
    pub(crate) fn new(source: Box<dyn Read + Send>, problems: Problems, size: WindowSize) -> Windows {
        let size = WindowSize { tile: size.tile.max(1), ..size };
        Windows { source, problems, size, buffer: Vec::new(), filled: 0, offset: 0, next: 0, at_end: false, started: false }
    }

    /// The next window; `None` at the end. A text without bytes has no window.
    ///
    /// Errors do not show here: they end the text or are skipped, and [`Text::take_errors`](crate::Text::take_errors)
    /// has them.
    pub fn next_window(&mut self) -> Option<Window<'_>> {
        if self.started {
            self.next += self.size.tile.min(self.filled - self.next);
        }
        self.started = true;
        self.drop_front();
        self.fill();
        if self.next == self.filled {
            return None;
        }
        let end = self.filled.min(self.next + self.size.tile);
        Some(Window {
            text: &self.buffer[..self.filled],
            range: self.next..end,
            offset: self.offset,
            at_start: self.offset == 0,
            at_end: self.at_end,
        })
    }

    /// Drops what lies before the margin of the next tile.
    fn drop_front(&mut self) {
        let drop = self.next.saturating_sub(self.size.before);
        if drop > 0 {
            self.buffer.copy_within(drop..self.filled, 0);
            self.filled -= drop;
            self.next -= drop;
            self.offset += drop as u64;
        }
    }

    /// Reads until the tile and the margin after it are there. A byte more tells whether the text ends with them.
    fn fill(&mut self) {
        let want = self.next + self.size.tile + self.size.after + 1;
        while self.filled < want && !self.at_end {
            self.make_room(want);
            let read = match self.source.read(&mut self.buffer[self.filled..]) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.problems.note(ErrorKind::Read, format!("reading failed ({error}); the text before was scanned"));
                    0
                }
            };
            self.at_end = read == 0;
            self.filled += read;
        }
    }

    /// Grows the buffer, by doubling so that a short text needs little.
    fn make_room(&mut self, want: usize) {
        if self.filled == self.buffer.len() {
            let grown = (self.buffer.len() * 2).clamp(64 << 10, want.max(64 << 10)).max(self.filled + 1);
            self.buffer.resize(grown, 0);
        }
    }
}

