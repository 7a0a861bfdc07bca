//! [`StampMemory`]: the time that a record without one inherits from the lines before.

use super::{STAMP_BACK_BYTES, Stamp};

/// How much of an earlier line is searched for a stamp.
const LINE_SEARCH_BYTES: usize = 96;

/// The stamps of the lines before, each line looked at once.
///
/// The stamp that a record inherits is that of the last line that begins at most [`STAMP_BACK_BYTES`] before the record
/// and begins with a stamp. That depends on the bytes alone; what is remembered only saves looking again.
#[derive(Debug, Default)]
pub(crate) struct StampMemory {
    /// Every line that begins before this offset has been looked at, back to the bound of that time.
    looked_to: u64,
    /// The last stamp found, and where its line begins.
    last: Option<(u64, Stamp)>,
}

impl StampMemory {
    /// The time of the record that begins at `start` of `data`.
    pub(crate) fn of_record(&mut self, data: &[u8], base: u64, start: usize, text: &[u8]) -> Option<Stamp> {
        Stamp::parse(text).or_else(|| self.inherited(data, base, start))
    }

    fn inherited(&mut self, data: &[u8], base: u64, start: usize) -> Option<Stamp> {
        let absolute = base + start as u64;
        let oldest = absolute.saturating_sub(STAMP_BACK_BYTES as u64);
        let mut line_end = start;
        let mut found = None;
        while line_end > 0 {
            // `line_end` is just behind the LF of the line that is looked at.
            let lowest = (oldest.max(base) - base) as usize;
            let Some(newline) = memchr::memrchr(b'\n', data.get(lowest.saturating_sub(1)..line_end - 1)?) else {
                if base == 0 && lowest == 0 {
                    found = stamp_at_head(&data[..line_end]).map(|stamp| (0, stamp));
                }
                break;
            };
            let line = lowest.saturating_sub(1) + newline + 1;
            if base + (line as u64) < self.looked_to.min(absolute) {
                found = self.last.filter(|(place, _)| *place >= oldest);
                break;
            }
            if let Some(stamp) = stamp_at_head(&data[line..line_end]) {
                found = Some((base + line as u64, stamp));
                break;
            }
            line_end = line;
        }
        self.looked_to = absolute;
        self.last = found;
        found.map(|(_, stamp)| Stamp { inherited: true, ..stamp })
    }
}

fn stamp_at_head(line: &[u8]) -> Option<Stamp> {
    Stamp::parse(&line[..line.len().min(LINE_SEARCH_BYTES)]).filter(|stamp| stamp.day.is_some())
}
