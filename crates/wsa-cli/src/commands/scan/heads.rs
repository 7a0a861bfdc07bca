//! What names the columns before each part of a large table: the log's first line does, unless another between has named
//! them anew.
//!
//! To look for such lines in all that is before a part would cost half as much as the scan. A part whose first line has as
//! many cells as the log's first line names is taken to be of its kind: columns that are named anew and are as many as before
//! are seen only in the part where that happens.

use std::sync::{Mutex, PoisonError};

use memchr::{memchr, memrchr};
use winsock_scan::{TABLE_HEAD_BYTES, TableHead};
use wsa_input::MappedText;

/// The heads of a table, as far as its parts have asked.
#[derive(Debug, Default)]
pub(crate) struct Heads(Mutex<Option<Known>>);

#[derive(Debug)]
struct Known {
    /// The first lines of the log.
    first: Vec<u8>,
    /// `None` if the log is no table.
    table: Option<TableHead>,
    /// Up to where the log was searched, and the line there that had named the columns anew; in the order of the places.
    searched: Vec<(u64, Vec<u8>)>,
}

/// How much is searched at a time: it is mapped, and a mapped page counts as memory.
const PIECE_BYTES: u64 = 1 << 20;

/// How many places are remembered: more than there are parts at a time.
const MOST_KNOWN: usize = 256;

impl Heads {
    /// The first lines of the log and, behind them, the line before `start` that names the columns anew, if one does.
    pub(crate) fn before(&self, text: &MappedText, start: u64) -> Vec<u8> {
        // Held while searching: another part would search the same, or wait for what comes before it.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_or_insert_with(|| Known::of(text));
        let mut head = known.first.clone();
        head.extend_from_slice(known.last_before(text, start));
        head
    }
}

impl Known {
    fn of(text: &MappedText) -> Known {
        let mut first = Vec::new();
        text.with_part(0..TABLE_HEAD_BYTES as u64, &mut |shown| first.extend_from_slice(shown));
        let table = TableHead::of_log(&first);
        first.truncate(memrchr(b'\n', &first).map_or(0, |newline| newline + 1));
        Known { first, table, searched: vec![(0, Vec::new())] }
    }

    fn last_before(&mut self, text: &MappedText, start: u64) -> &[u8] {
        let Some(table) = self.table.as_ref().filter(|table| !fits(table, text, start)) else { return b"" };
        let next = self.searched.partition_point(|(to, _)| *to <= start);
        let (mut from, mut line) = self.searched[next - 1].clone();
        if from == start {
            return &self.searched[next - 1].1;
        }
        while from < start {
            let end = start.min(from + PIECE_BYTES);
            let mut lines_end = end;
            text.with_part(from..end, &mut |piece| {
                // The last line may go on in the next piece.
                let whole = memrchr(b'\n', piece).map_or(piece.len(), |newline| newline + 1);
                lines_end = (from + whole as u64).max(from + 1);
                if let Some(found) = table.last_in(&piece[..whole]) {
                    line.clear();
                    line.extend_from_slice(&piece[found]);
                }
            });
            from = lines_end;
        }
        self.searched.insert(next, (start, line));
        // Parts are asked for in nearly the order of the places; what is forgotten is searched again.
        let old = usize::from(self.searched.len() > MOST_KNOWN && next > 1);
        self.searched.drain(1..1 + old);
        &self.searched[next - old].1
    }
}

/// Whether the line that begins at `start` has as many cells as the table has columns, or is one of W3C's remarks.
fn fits(table: &TableHead, text: &MappedText, start: u64) -> bool {
    let mut fits = false;
    text.with_part(start..start + TABLE_HEAD_BYTES as u64, &mut |shown| {
        let line = &shown[..memchr(b'\n', shown).unwrap_or(shown.len())];
        fits = line.starts_with(b"#") || table.fits(line);
    });
    fits
}
