//! Records: which lines belong together, decided from a few lines' heads alone, so that it does not matter where a
//! reader began.

use std::ops::Range;

use crate::recognise::SHAPE_BYTES;
use crate::scanner::{FIELDS, RECORD_AHEAD_BYTES, RECORD_BACK_BYTES};

mod cell;
mod container;
mod element;
pub(crate) mod giant;
mod line;
mod message;
mod plain;
mod prompt;

use cell::goes_on_in_cell;
use element::begins_object;
pub(crate) use element::stands_alone;
pub(crate) use line::{announces, begins_with_stamp};
use line::{ends_with_socket_error, is_exception_line, is_headed_frame, is_ruby_frame, is_wrapped};
pub(crate) use plain::Plain;
pub(crate) use prompt::prompt;

/// How much of a line decides whether it continues the one before.
pub(crate) const LINE_HEAD_BYTES: usize = 4 << 10;

/// A record, and where the next one begins if that is known already.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) span: Range<usize>,
    pub(crate) next: Option<usize>,
    /// Whether no line ends inside it.
    pub(crate) is_line: bool,
}

/// The record around a hit: whole lines where possible, not before `floor`, not longer than the window; of a line that is
/// longer, a part; of events that follow one another in a line, one. At `begin` a record is known to begin.
pub(crate) fn around(data: &[u8], hit: usize, floor: usize, begin: Option<usize>, giant: &mut giant::Stretch) -> Found {
    let found = lines_around(data, hit, floor, begin, giant);
    let span = found.span.clone();
    let is_cut = data.get(span.end).is_some_and(|byte| *byte != b'\n');
    // Asked of every record: only what ends with an element, or in the middle of a line, may hold several.
    if !is_cut && data[..span.end].trim_ascii_end().last() != Some(&b'>') {
        return found;
    }
    let far = element::FAR_BYTES;
    let within = match is_cut {
        true => floor.max(hit.saturating_sub(far))..data.len().min(hit + far),
        false => span.clone(),
    };
    let event = element::event(data, hit, within, span.clone());
    let is_line = found.is_line || memchr::memchr(b'\n', &data[event.clone()]).is_none();
    Found { next: found.next.filter(|_| event.end == span.end), span: event, is_line }
}

/// The whole lines around a hit that are a record, or the part of one.
fn lines_around(data: &[u8], hit: usize, floor: usize, begin: Option<usize>, giant: &mut giant::Stretch) -> Found {
    let lowest = floor.max(hit.saturating_sub(RECORD_BACK_BYTES));
    let mut start = line_start(data, hit, lowest);
    if start == lowest && start > 0 && giant.holds(data, hit) {
        return Found { span: giant::part(data, hit, floor), next: None, is_line: true };
    }
    let mut is_line = true;
    while start > lowest && Some(start) != begin && continues(data, start) {
        start = line_start(data, start - 1, lowest);
        is_line = false;
    }
    let highest = data.len().min(hit + RECORD_AHEAD_BYTES);
    let mut end = line_end(data, hit, highest);
    if end == highest && end < data.len() && giant.holds(data, hit) {
        return Found { span: giant::part(data, hit, floor), next: None, is_line: true };
    }
    while end + 1 < highest && data[end] == b'\n' {
        if !continues(data, end + 1) {
            return Found { span: start..end, next: Some(end + 1), is_line };
        }
        end = line_end(data, end + 1, highest);
        is_line = false;
    }
    Found { span: start..end, next: None, is_line }
}

/// The record that begins at `begin`, if it is one line of at most `most` bytes: what [`around`] says of every hit in it.
pub(crate) fn line_at(data: &[u8], begin: usize, most: usize) -> Option<Found> {
    const { assert!(SHAPE_BYTES < LINE_HEAD_BYTES) }
    let ahead = &data[begin..data.len().min(begin + most + 1)];
    let end = begin + memchr::memchr(b'\n', ahead)?;
    if end + 1 >= data.len() || continues_line(data, &data[begin..end], end + 1) {
        return None;
    }
    Some(Found { span: begin..end, next: Some(end + 1), is_line: true })
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
///
/// Decided from the line itself, the line before and, for empty lines, the line behind, of each at most
/// [`LINE_HEAD_BYTES`]. A reader that begins anywhere comes to the same answer.
pub(crate) fn continues(data: &[u8], start: usize) -> bool {
    let lowest = start.saturating_sub(1 + LINE_HEAD_BYTES);
    let before = &data[lowest..start - 1];
    let before = memchr::memrchr(b'\n', before).map_or(before, |newline| &before[newline + 1..]);
    continues_line(data, before, start)
}

/// [`continues`], behind a line that is known.
fn continues_line(data: &[u8], before: &[u8], start: usize) -> bool {
    if let Some((before, rest)) = container::without_prefixes(before, head(data, start)) {
        let line = first_line(rest);
        let begins_anew = line.trim_ascii().is_empty() || line[0].is_ascii_digit() || before.trim_ascii().is_empty();
        return !begins_anew && (is_continuation(line) || goes_on(line) || continues_after(before, line));
    }
    if data.get(start).is_some_and(u8::is_ascii_digit) {
        // As most records of dated logs begin; of all that continues only the name of an exception may, and frames.
        let line = head(data, start);
        return is_exception_line(line) && continues_after(before, first_line(line)) || is_headed_frame(before, line);
    }
    let line = first_line(head(data, start));
    if line.trim_ascii().is_empty() {
        // Blanks are indentation. A truly empty line parts records, unless what follows belongs to what was before.
        let indented = matches!(line.first(), Some(b' ' | b'\t'));
        let next = first_line(head(data, start + line.len() + 1));
        return indented || goes_on(next) || is_indented_frame(next) || goes_on_behind_gap(before, next);
    }
    if line.starts_with(FIELDS) || begins_object(data, before, line, start) {
        return false;
    }
    if is_continuation(line) || goes_on(line) {
        return true;
    }
    if before.trim_ascii().is_empty() && goes_on_behind_gap(before_empty(data, start, before.len()), line) {
        return true;
    }
    continues_after(before, line) || goes_on_in_cell(data, start)
}

/// Whether a line goes on about another, though one between them is empty: behind what chains Python's exceptions, and where
/// Spring Boot writes an exception.
fn goes_on_behind_gap(before: &[u8], line: &[u8]) -> bool {
    chains(before) || is_exception_line(line) && begins_with_stamp(before)
}

/// The line before an empty one of `length` bytes, behind which `start` is; its end if it is long.
fn before_empty(data: &[u8], start: usize, length: usize) -> &[u8] {
    let Some(end) = start.checked_sub(length + 2) else { return b"" };
    let before = &data[end.saturating_sub(MOST_CHAIN_BYTES)..end];
    memchr::memrchr(b'\n', before).map_or(before, |newline| &before[newline + 1..])
}

/// So much of a line before an empty one is looked at.
const MOST_CHAIN_BYTES: usize = 1 << 10;

/// Whether a line of Python says that what it led to comes behind the empty line.
fn chains(line: &[u8]) -> bool {
    starts_any(line, &["During handling of the above", "The above exception was"])
}

/// Mono's texts end with a line break of their own, before the frames.
fn is_indented_frame(line: &[u8]) -> bool {
    line.first() == Some(&b' ') && line.trim_ascii_start().starts_with(b"at ")
}

/// The first bytes from `start` on.
fn head(data: &[u8], start: usize) -> &[u8] {
    let start = start.min(data.len());
    &data[start..data.len().min(start + LINE_HEAD_BYTES)]
}

pub(crate) fn first_line(head: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', head).map_or(head, |newline| &head[..newline])
}

fn starts_any(line: &[u8], prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| line.starts_with(prefix.as_bytes()))
}

/// Lines that look like a continuation wherever they stand: indented ones that do not begin with a number (such lines
/// begin records of their own in logs with aligned numbers), and the parts of stack traces and dumps.
fn is_continuation(line: &[u8]) -> bool {
    let bare = line.trim_ascii_start();
    if bare.len() < line.len() {
        let digits = bare.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let numbered = digits > 1 && !bare[digits..].starts_with(b"-bit Windows");
        let netstat = starts_any(bare, &["TCP ", "UDP "]);
        return !numbered && !netstat;
    }
    starts_any(
        line,
        &[
            // Julia frames what belongs together.
            "│",
            "├",
            "└",
            "╰",
            "at ",
            "...",
            "}",
            "]",
            ")",
            ",",
            "--->",
            "--- End",
            "Suppressed: ",
            "ClientConnectionId:",
            // Julia, Lua and OCaml show where it was.
            "Stacktrace:",
            "Stack trace:",
            "Stack Trace:",
            "StackTrace:",
            "Stack Trace :",
            "StackTrace :",
            "stack traceback:",
            "Raised at ",
            "Called from ",
            "Re-raised at ",
            // Exchange's last error goes on with where it was sent to.
            "{FQDN=",
            "{IP=",
            // Events as XML.
            "<Data",
            "</Event",
            "(DESCRIPTION",
            "(ADDRESS",
            "Error Number:",
            "+ CategoryInfo",
            // What the directory's events end with.
            "Source domain controller:",
            "Failing DNS host name:",
            "Additional Data",
            "Error value:",
            // Elixir tells of a process that ended.
            "** (",
            "Last message: ",
            "State: ",
            // Yarn's second line.
            "info If you think this is a bug",
        ],
    )
}

/// Lines that go on even after an empty line.
fn goes_on(line: &[u8]) -> bool {
    starts_any(
        line,
        &[
            "Caused by",
            "During handling of the above",
            "The above exception was",
            "TNS-",
            "  VERSION INFORMATION",
            "  Tracing ",
            "    nt ",
            "  Client address:",
            // npm's last line.
            "npm ERR! A complete log of this run",
            "npm error A complete log of this run",
            // .NET Remoting's halves of a trace.
            "Server stack trace:",
            "Exception rethrown at [",
            // Visual Basic's second paragraph.
            "Method '",
            "Methode '",
            "M\u{e9}thode '",
            "La m\u{e9}thode '",
            "M\u{e9}todo '",
            "El m\u{e9}todo '",
        ],
    )
}

/// Whether a line is a frame of .NET or the JVM: a trace ends there, unless a cause follows, which says so.
fn ends_trace(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t')) && line.trim_ascii_start().starts_with(b"at ")
}

/// How the DNS server says that an event's data are the code.
pub(crate) const DATA_IS_CODE: &[u8] = b"event data is the error code";

/// Lines that continue because of the line before.
fn continues_after(before: &[u8], line: &[u8]) -> bool {
    let both = |prefix: &str| before.starts_with(prefix.as_bytes()) && line.starts_with(prefix.as_bytes());
    let indented = matches!(before.first(), Some(b' ' | b'\t'));
    let is_exception = is_exception_line(line);
    let announced = line[0].is_ascii_alphabetic() && announces(before) && !announces(line) && !begins_with_stamp(line);
    announced
        || is_headed_frame(before, line)
        || is_ruby_frame(line)
        || is_wrapped(before, line)
        || message::is_broken(before, line)
        || line[0] == b'{' && before.trim_ascii_end().ends_with(b":")
        || both("npm ")
        || before.starts_with(b"* ") && starts_any(line, &["* ", "curl: ("])
        || before.starts_with(b"*") && line.starts_with(b"*")
        || before.starts_with(b"debug")
            && line.starts_with(b"debug")
            && memchr::memmem::find(before, b"completed with error").is_some()
        || indented && line.starts_with(b"connection to server at ")
        || indented && line.starts_with(b"error: ")
        || line[0].is_ascii_alphabetic() && ends_with_socket_error(before)
        || is_exception && !before.trim_ascii().is_empty() && !is_exception_line(before) && !ends_trace(before)
        || line.starts_with(b"Traceback (most recent call last)") && begins_with_stamp(before)
        || line.starts_with(b"Traceback (most recent call last)")
            && (memchr::memmem::find(before, b"xception").is_some()
                || memchr::memmem::find(before, b"rror").is_some() && !is_exception_line(before))
        || line.starts_with(b"[1") && line.get(6..8) == Some(b"] ")
        || before.starts_with(b"Fatal NI connect error") && line.starts_with(b"(")
        || before.starts_with(b"Error value:")
        // Julia's frames, where somebody has taken their blank away.
        || line.starts_with(b"in ") && memchr::memmem::find(line, b".jl:").is_some()
        || line.starts_with(b"Source: ") && memchr::memmem::find(before, b"xception: ").is_some()
        || line.starts_with(b"Data: ") && memchr::memmem::find(before, DATA_IS_CODE).is_some()
        // SQL Server's text stands below its number.
        || before.starts_with(b"Msg ")
            && line[0].is_ascii_alphabetic()
            && !line.starts_with(b"Msg ")
            && memchr::memmem::find(before, b", Level ").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a text, by the lines that begin one.
    fn records(text: &str) -> Vec<usize> {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < text.len()));
        starts
            .enumerate()
            .filter(|(_, at)| *at == 0 || !continues(text.as_bytes(), *at))
            .map(|(line, _)| line)
            .collect()
    }

    #[test]
    fn stack_traces_stay_with_their_error() {
        assert_eq!(records("x failed\n   at Pump.Run()\n   at Main()\nnext"), [0, 3]);
        assert_eq!(
            records(
                "2024-01-01 10:00:00 ERROR x\njava.net.ConnectException: y\n\tat a\nCaused by: z\n2024-01-01 10:00:01 INFO"
            ),
            [0, 4]
        );
        assert_eq!(
            records(
                "Traceback (most recent call last):\n  File \"a\"\nOSError: x\n\nDuring handling of the above exception\nb"
            ),
            [0, 5]
        );
    }

    #[test]
    fn spring_boot_leaves_a_line_empty_before_an_exception() {
        let text = "2025-03-11T04:17:52.331+01:00  WARN 88 --- [p-1] o.a.k.Selector : Connection with db1 disconnected\n\n\
                    java.io.IOException: reset\n\tat a.b.C(D.java:5)\n2025-03-11T04:17:53.000+01:00  INFO 88 --- x";
        assert_eq!(records(text), [0, 4]);
        assert_eq!(records("no stamp\n\njava.io.IOException: reset"), [0, 1, 2]);
    }

    #[test]
    fn properties_of_an_error_stay_with_it_behind_the_same_head() {
        let head = "0|api  | 2025-05-05T08:01:33: ";
        let lines =
            ["Error: listen EACCES: permission denied", "    at Server.listen", "  errno: -4092,", "  port: 443"];
        assert_eq!(records(&lines.map(|line| format!("{head}{line}\n")).concat()), [0]);
        assert_eq!(records(&format!("{head}x\n{head}  port 443 is free\n{head}y")), [0, 1, 2]);
        assert_eq!(records("web_1  | Error: x\nweb_1  |   code: 'EACCES',\nweb_2  |   code: 'x'"), [0, 2]);
    }

    #[test]
    fn aligned_numbers_begin_records() {
        assert_eq!(records("  123 recv failed\n  124 recv failed"), [0, 1]);
        assert_eq!(records("recv failed\nrecv failed\n\nrecv failed"), [0, 1, 2, 3]);
    }
}
