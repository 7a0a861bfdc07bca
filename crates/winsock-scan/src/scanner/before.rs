//! The lines before a record that has no date of its own: what a program said it was about to do.

use crate::prefilter::{self, Passed};
use crate::record::{announces, begins_with_stamp};
use crate::scanner::ScannerBuilder;

/// How many lines, and how many bytes of them, may tell what a record leaves out.
const MOST_LINES: usize = 8;
const MOST_BYTES: usize = 1 << 10;

/// What may tell of an error itself: nothing depends on whether look-alikes are asked for.
const COUNTED: ScannerBuilder = ScannerBuilder::new();

/// The lines before the record that begins at `start` of `data`, which lies at offset `base`: back to an empty line, to a
/// line that may tell of an error itself, or to the dated line under which all of them stand.
///
/// That depends on the bytes alone, wherever a reader began.
pub(super) fn lines(data: &[u8], base: u64, start: usize) -> &[u8] {
    let lowest = start.saturating_sub(MOST_BYTES);
    let mut begin = start;
    for _ in 0..MOST_LINES {
        let Some(end) = begin.checked_sub(1).filter(|end| *end > lowest) else { break };
        let line_start = match memchr::memrchr(b'\n', &data[lowest..end]) {
            Some(newline) => lowest + newline + 1,
            None if lowest == 0 && base == 0 => 0,
            None => break,
        };
        let line = &data[line_start..end];
        if line.trim_ascii().is_empty() {
            // What is said behind a colon and an empty line belongs to what stands before.
            if begin == start && data[lowest..end].trim_ascii_end().ends_with(b":") {
                begin = line_start;
                continue;
            }
            break;
        }
        if may_tell_of_error(data, line_start, begin) {
            break;
        }
        begin = line_start;
        if begins_with_stamp(line) {
            break;
        }
    }
    &data[begin..start]
}

/// The line before the record that begins at `start` of `data`, if it begins within [`MOST_BYTES`].
pub(super) fn last_line(data: &[u8], base: u64, start: usize) -> &[u8] {
    let Some(end) = start.checked_sub(1) else { return b"" };
    let lowest = end.saturating_sub(MOST_BYTES);
    match memchr::memrchr(b'\n', &data[lowest..end]) {
        Some(newline) => &data[lowest + newline + 1..end],
        None if lowest == 0 && base == 0 => &data[..end],
        None => b"",
    }
}

/// The line before a dated record, if it says what was about to be done: `10:00:05 connecting to 10.0.0.1:80 ...`.
pub(super) fn announcement(data: &[u8], base: u64, start: usize) -> &[u8] {
    let line = last_line(data, base, start);
    if announces(line) && !may_tell_of_error(data, start - 1 - line.len(), start) { line } else { b"" }
}

/// Whether a line may tell of an error itself.
pub(super) fn may_tell_of_error(data: &[u8], from: usize, to: usize) -> bool {
    prefilter::next_hit(data, from, to, from, &COUNTED, &mut Passed::at(from)).is_some()
}
