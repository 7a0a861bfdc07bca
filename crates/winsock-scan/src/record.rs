//! Records: which lines belong together, decided from a few lines' heads alone, so that it does not matter where a
//! reader began.

use std::ops::Range;

use crate::scanner::{RECORD_AHEAD_BYTES, RECORD_BACK_BYTES};

/// How much of a line decides whether it continues the one before.
pub(crate) const LINE_HEAD_BYTES: usize = 4 << 10;

/// The record around a hit: whole lines where possible, not before `cursor`, not longer than the window.
pub(crate) fn around(data: &[u8], hit: usize, cursor: usize) -> Range<usize> {
    let lowest = cursor.max(hit.saturating_sub(RECORD_BACK_BYTES));
    let mut start = line_start(data, hit, lowest);
    while start > lowest && continues(data, start) {
        start = line_start(data, start - 1, lowest);
    }
    let highest = data.len().min(hit + RECORD_AHEAD_BYTES);
    let mut end = line_end(data, hit, highest);
    while end + 1 < highest && data[end] == b'\n' && continues(data, end + 1) {
        end = line_end(data, end + 1, highest);
    }
    start..end
}

/// Start of the line that `at` lies in, or `lowest` if that is nearer.
fn line_start(data: &[u8], at: usize, lowest: usize) -> usize {
    memchr::memrchr(b'\n', &data[lowest..at]).map_or(lowest, |newline| lowest + newline + 1)
}

/// Where the line that `at` lies in ends (its LF), or `highest` if that is nearer.
fn line_end(data: &[u8], at: usize, highest: usize) -> usize {
    memchr::memchr(b'\n', &data[at..highest]).map_or(highest, |newline| at + newline)
}

/// Whether the line that begins at `start` continues the record of the line before. `start` is behind an LF.
pub(crate) fn continues(data: &[u8], start: usize) -> bool {
    matches!(data.get(start), Some(b' ' | b'\t'))
}
