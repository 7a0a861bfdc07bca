//! The lines before a record that has no date of its own: what a program said it was about to do.

use super::behind::{begins_with_key, tells_of_failure};
use crate::prefilter::{self, Landmarks, Progress, Wanted};
use crate::record::{DATA_IS_CODE, announces, begins_with_stamp, first_line};

/// How many lines, and how many bytes of them, may tell what a record leaves out.
const MOST_LINES: usize = 8;
const MOST_BYTES: usize = 1 << 10;

/// The lines before the record that begins at `start` of `data`, which lies at offset `base`: back to an empty line, to a
/// line that tells of an error itself, or to the dated line under which all of them stand. `tells` says whether a line does
/// that may.
///
/// That depends on the bytes alone, wherever a reader began.
pub(super) fn lines(data: &[u8], base: u64, start: usize, mut tells: impl FnMut(&[u8]) -> bool) -> &[u8] {
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
            let before = &data[lowest..end];
            let goes_on = begin == start && (goes_on_behind_gap(before) || is_above_fields(before, &data[start..]));
            if goes_on || is_rule(first_line(&data[begin..start])) {
                begin = line_start;
                continue;
            }
            break;
        }
        if may_tell_of_error(data, line_start, begin) && tells(line) {
            break;
        }
        begin = line_start;
        if begins_with_stamp(line) {
            break;
        }
    }
    &data[begin..start]
}

/// Whether what is said behind an empty line belongs to what stands before it: that ends with a colon, or says what could
/// not be done, and what follows why; or a rule parts the two, as in the dialogs that SQL Server's tools copy.
fn goes_on_behind_gap(before: &[u8]) -> bool {
    let last = end_of(before);
    last.ends_with(b":")
        || is_rule(last)
        || [&b"Can't "[..], b"Cannot ", b"Could not ", b"Failed to "].iter().any(|way| last.starts_with(way))
}

/// Whether a sentence about a failure stands before an empty line, and fields behind it: `The connection has failed.`, and then
/// `Server: 'mail1'`.
fn is_above_fields(before: &[u8], fields: &[u8]) -> bool {
    let last = end_of(before);
    begins_with_key(fields) && last.ends_with(b".") && tells_of_failure(last) && !begins_with_stamp(last)
}

/// The last line of a text that is not empty.
fn end_of(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii_end();
    memchr::memrchr(b'\n', text).map_or(text, |newline| &text[newline + 1..])
}

/// `------------------------------`
fn is_rule(line: &[u8]) -> bool {
    const LEAST_BYTES: usize = 20;
    let line = line.trim_ascii_end();
    line.len() >= LEAST_BYTES && matches!(line[0], b'-' | b'=') && line.iter().all(|byte| *byte == line[0])
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

/// Whether what begins at `start` answers what a code means: below `C:\\>net helpmsg 10061`, or what err.exe writes behind
/// `# for decimal 10061 / hex 0x274d`.
pub(super) fn asks_for_meaning(data: &[u8], base: u64, start: usize) -> bool {
    const LINES: usize = 3;
    let lowest = start.saturating_sub(MOST_BYTES);
    let before = &data[lowest..start];
    let is_whole = |line: &[u8]| lowest == 0 && base == 0 || line.len() < before.trim_ascii_end().len();
    let asked = end_of(before);
    is_whole(asked) && memchr::memmem::find(asked, b">net helpmsg 1").is_some()
        || before
            .trim_ascii_end()
            .rsplit(|byte| *byte == b'\n')
            .take(LINES)
            .any(|line| line.starts_with(b"# for decimal "))
}

/// Whether `line`, the last before `start`, begins the data of an event that says they are the code of an error of networking.
pub(super) fn begins_data_of_code(data: &[u8], start: usize, line: &[u8]) -> bool {
    let before = &data[start.saturating_sub(MOST_BYTES)..start];
    line.starts_with(b"Data")
        && line.trim_ascii_end().ends_with(b":")
        && memchr::memmem::find(before, DATA_IS_CODE).is_some()
}

/// The line before a dated record, if it says what was about to be done: `10:00:05 connecting to 10.0.0.1:80 ...`.
/// `tells` says whether a line tells of an error that may.
pub(super) fn announcement(data: &[u8], base: u64, start: usize, mut tells: impl FnMut(&[u8]) -> bool) -> &[u8] {
    let line = last_line(data, base, start);
    let is_said = announces(line) && !(may_tell_of_error(data, start - 1 - line.len(), start) && tells(line));
    if is_said { line } else { b"" }
}

/// Whether a line may tell of an error itself.
pub(super) fn may_tell_of_error(data: &[u8], from: usize, to: usize) -> bool {
    // Nothing depends on whether look-alikes are asked for.
    let wanted = Wanted { floor: from, any_number: false, related: false };
    prefilter::next_hit(data, from, to, wanted, &Landmarks::NONE, &mut Progress::new(from)).is_some()
}
