//! What the same thread said beside a dated record that leaves out where it was going: `[conn7] connected to 10.0.0.5:443`,
//! and some lines on `[conn7] read error 10054`.
//!
//! Lines of different threads stand between each other. Of a line that shares no thread, session or request with the record
//! nothing is taken, unless neither says whose it is; then only a connection that was just begun counts.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::LINES_BEHIND_BYTES;
use crate::record::begins_with_stamp;
use crate::time::Stamp;

/// How far before a record, and over how many lines before and behind.
const MOST_BYTES: usize = 1 << 10;
const LINES_BEFORE: usize = 6;
const LINES_OF_ANYONE: usize = 4;
const LINES_BEHIND: usize = 2;

/// How long ago a connection may have begun, by a line that does not say whose it is.
const MOST_SECONDS: i32 = 60;

/// The head of a line, where it says whose it is.
const HEAD_BYTES: usize = 120;

/// Where `session 12` may stand, a smaller part of it.
const NUMBERED_BYTES: usize = 72;

/// How many names of threads a line may have.
const MOST_IDS: usize = 4;

/// The lines before a dated record of `data` and those right behind it that may tell where it was going, the likeliest
/// first. `data` lies at offset `base`. Without `asks_before` the line before is known to tell of an error itself.
pub(super) fn lines(
    data: &[u8],
    base: u64,
    record: Range<usize>,
    asks_before: bool,
) -> impl Iterator<Item = Range<usize>> {
    let Range { start, end } = record;
    let record = first_line(&data[start..end]);
    let asks_behind = data.get(end + 1..).is_some_and(|rest| is_of_same_moment(record, rest));
    let ids = if asks_before || asks_behind { Ids::of(record) } else { Ids::NONE };
    let most = if !asks_before {
        0
    } else if ids.is_empty() {
        LINES_OF_ANYONE
    } else {
        LINES_BEFORE
    };
    let before = before(data, base, start)
        .enumerate()
        .take(most)
        // In a log whose lines say whose they are, one that does not belongs to nobody.
        .take_while(move |(_, line)| !ids.is_empty() || !Ids::are_in(&data[line.clone()]))
        .filter(move |(index, line)| {
            let line = &data[line.clone()];
            if ids.is_empty() { is_certain(record, line, *index) } else { ids.are_those_of(line) }
        })
        .map(|(_, line)| line);
    let behind = behind(data, end)
        .take(if asks_behind { LINES_BEHIND } else { 0 })
        .take_while(move |line| !ids.is_empty() || !Ids::are_in(&data[line.clone()]))
        .filter(move |line| {
            let line = &data[line.clone()];
            (ids.is_empty() || ids.are_those_of(line)) && ends_connection(line) && is_of_same_moment(record, line)
        });
    before.chain(behind)
}

/// The lines before, the last first, back to an empty one.
fn before(data: &[u8], base: u64, start: usize) -> impl Iterator<Item = Range<usize>> {
    let lowest = start.saturating_sub(MOST_BYTES);
    let mut begin = start;
    std::iter::from_fn(move || {
        let end = begin.checked_sub(1).filter(|end| *end > lowest)?;
        let line_start = match memchr::memrchr(b'\n', &data[lowest..end]) {
            Some(newline) => lowest + newline + 1,
            None if lowest == 0 && base == 0 => 0,
            None => return None,
        };
        begin = line_start;
        Some(line_start..end)
    })
    .take_while(|line| !data[line.clone()].trim_ascii().is_empty())
}

/// The complete lines behind.
fn behind(data: &[u8], end: usize) -> impl Iterator<Item = Range<usize>> {
    let start = (end + 1).min(data.len());
    let highest = data.len().min(start + LINES_BEHIND_BYTES);
    let is_whole = highest < start + LINES_BEHIND_BYTES;
    let mut all = start;
    std::iter::from_fn(move || {
        let rest = &data[all..highest];
        let last = || (is_whole && !rest.is_empty()).then_some(rest.len());
        let length = memchr::memchr(b'\n', rest).or_else(last)?;
        let line = all..all + length;
        all = (all + length + 1).min(highest);
        Some(line)
    })
}

fn first_line(text: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', text).map_or(text, |newline| &text[..newline])
}

/// Whether a line that does not say whose it is belongs to the record: it tells of a failure in the same second, or of a
/// connection that was just begun.
fn is_certain(record: &[u8], line: &[u8], index: usize) -> bool {
    if tells_of_end(line) {
        return index < 2 && is_of_one_second(line, record);
    }
    begins_connection(line)
        && seconds_between(line, record).is_some_and(|seconds| (0..=MOST_SECONDS).contains(&seconds))
}

// Searchers are made once: the lines beside every finding that names no peer are asked.

fn begins_connection(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 10]> = LazyLock::new(|| {
        ["onnect", "pening", "open", "stablish", "esolv", "orwarding", "ttempting", "trying", "link remote", "erbind"]
            .map(Finder::new)
    });
    WORDS.iter().any(|word| word.find(line).is_some())
}

/// Whether a line tells of the end of a connection, or of the other end.
fn ends_connection(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["emote", "CLIENT:", "peer "].map(Finder::new));
    tells_of_end(line) || WORDS.iter().any(|word| word.find(line).is_some())
}

/// Whether a line tells of a failure, or of the end of a connection.
pub(super) fn tells_of_end(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 9]> = LazyLock::new(|| {
        ["isconnect", "los", "ail", "rror", "ERROR", "session time", "annot", "could not", "xception"].map(Finder::new)
    });
    WORDS.iter().any(|word| word.find(line).is_some())
}

/// Whether two lines have a stamp of the same hundredth of a second, by its bytes alone: it is asked of most lines behind an
/// error, and must be false of most.
pub(super) fn is_of_same_moment(record: &[u8], line: &[u8]) -> bool {
    let length = match record {
        // `10:11:12.34`
        [_, _, b':', ..] => 11,
        // `E0405 10:11:12.34`
        [b'A'..=b'Z', b'0'..=b'9', ..] => 17,
        // `[2025.01.22-18.04.51:23`
        [b'[', ..] => 23,
        // `2025-01-22 18:04:51.23`
        _ => 22,
    };
    record.get(..length).is_some_and(|stamp| line.starts_with(stamp))
}

fn is_of_one_second(record: &[u8], line: &[u8]) -> bool {
    seconds_between(record, line).is_some_and(|seconds| (0..=1).contains(&seconds))
}

/// The seconds from the stamp of one line to that of another, by the clock alone.
fn seconds_between(first: &[u8], second: &[u8]) -> Option<i32> {
    let seconds = |line: &[u8]| {
        let stamp = begins_with_stamp(line).then(|| Stamp::parse(&line[..line.len().min(48)]))??;
        Some(i32::from(stamp.hour) * 3600 + i32::from(stamp.minute) * 60 + i32::from(stamp.second))
    };
    Some(seconds(second)? - seconds(first)?)
}

/// What says whose a line is: threads, sessions and requests, all with a number.
#[derive(Clone, Copy)]
struct Ids<'t> {
    ids: [&'t [u8]; MOST_IDS],
    count: usize,
}

impl<'t> Ids<'t> {
    const NONE: Ids<'t> = Ids { ids: [b""; MOST_IDS], count: 0 };

    fn of(line: &'t [u8]) -> Ids<'t> {
        Ids::up_to(MOST_IDS, line)
    }

    /// Whether a line has any.
    fn are_in(line: &[u8]) -> bool {
        Ids::up_to(1, line).count > 0
    }

    /// The first ones, `most` of them.
    fn up_to(most: usize, line: &'t [u8]) -> Ids<'t> {
        let head = &line[..line.len().min(HEAD_BYTES)];
        let mut found = Ids::NONE;
        // The process in front of the date.
        let digits = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if (3..7).contains(&digits) && matches!(head[digits..], [b' ' | b':', b'0'..=b'9', ..]) {
            found.push(&head[..digits]);
        }
        for at in memchr::memchr3_iter(b'[', b'<', b'#', head) {
            if found.count >= most {
                return found;
            }
            found.extend_at(head, at);
        }
        for (at, three) in head[..head.len().min(NUMBERED_BYTES)].windows(3).enumerate() {
            let is_numbered = matches!(three, [_, b' ' | b'=', b'0'..=b'9']) && three[0].is_ascii_alphabetic();
            if is_numbered && found.count < most {
                found.extend_numbered(head, at + 1);
            }
        }
        found
    }

    fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a line has one of them in its head.
    fn are_those_of(&self, line: &[u8]) -> bool {
        let head = &line[..line.len().min(HEAD_BYTES)];
        let holds = |id: &&[u8]| memchr::memchr_iter(id[0], head).any(|at| head[at..].starts_with(id));
        if !self.ids[..self.count].iter().any(holds) {
            return false;
        }
        let others = Ids::of(line);
        let others = &others.ids[..others.count];
        self.ids[..self.count].iter().any(|id| others.contains(id))
    }

    fn push(&mut self, id: &'t [u8]) {
        if self.count < MOST_IDS {
            self.ids[self.count] = id;
            self.count += 1;
        }
    }

    /// `[conn7]`, `<55>`, `[10061:2]`; `CUID#7`. Dates, addresses and places in a source are none.
    fn extend_at(&mut self, head: &'t [u8], at: usize) {
        let close = match head[at] {
            b'[' => b']',
            b'<' => b'>',
            _ => {
                let start = at - head[..at].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
                let digits = head[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                return if digits > 0 {
                    self.push(&head[start..at + 1 + digits])
                };
            }
        };
        let Some(length) = memchr::memchr(close, &head[at + 1..]).filter(|length| *length <= 40) else { return };
        let inner = &head[at + 1..at + 1 + length];
        // Syslog's priority is none either, nor what a program or a message is called.
        let other = head[at] == b'<' && at == 0
            || [&b"WinError"[..], b"Errno", b"system:", b"0x", b"MY-"].iter().any(|word| inner.starts_with(word));
        let numbered = inner.iter().any(u8::is_ascii_digit);
        if numbered && !other && !inner.contains(&b'.') && Stamp::parse(inner).is_none() {
            self.push(inner);
        }
    }

    /// `session 12`, `peer=10061`, and syslog's process, `relayd 4436 - -`.
    fn extend_numbered(&mut self, head: &'t [u8], at: usize) {
        const WORDS: [&[u8]; 10] =
            [b"session", b"conn", b"connection", b"thread", b"request", b"peer", b"tid", b"pid", b"cid", b"sid"];
        let digits = head[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = at + 1 + digits;
        if head.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.') {
            return;
        }
        let length = head[..at].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = &head[at - length..at];
        let is_process = length > 0 && head[end..].starts_with(b" - -");
        if is_process || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            self.push(&head[at - length..end]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are taken of a log, for the record that holds `ERR`.
    fn taken(log: &str) -> Vec<&str> {
        let at = log.find("ERR").unwrap();
        let start = log[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = log[at..].find('\n').map_or(log.len(), |newline| at + newline);
        lines(log.as_bytes(), 0, start..end, true).map(|line| &log[line]).collect()
    }

    #[test]
    fn lines_of_the_same_thread_are_taken_and_no_others() {
        let log = "10:00:01 [t7] connected to a:1\n10:00:02 [t8] connected to b:2\n10:09:03 [t7] ERR\n\
                   10:09:03 [t8] peer c:3 lost\n10:09:03 [t7] peer d:4 lost\n";
        assert_eq!(taken(log), ["10:00:01 [t7] connected to a:1", "10:09:03 [t7] peer d:4 lost"]);
        let log = "10:09:03 session 12: ERR\n10:09:03 session 12: peer d:4 lost\n10:09:04 session 12: peer e:5 lost\n";
        assert_eq!(taken(log), ["10:09:03 session 12: peer d:4 lost"]);
    }

    #[test]
    fn lines_of_nobody_are_taken_if_a_connection_was_just_begun() {
        for (log, wanted) in [
            ("10:00:01 connecting to a:1\n10:00:02 cache is warm\n10:00:03 ERR", Some("10:00:01 connecting to a:1")),
            ("10:00:01 connecting to a:1\n10:02:03 ERR", None),
            ("10:00:01 [t7] connecting to a:1\n10:00:02 ERR", None),
            ("10:00:01 could not reach a:1\n10:00:01 ERR", Some("10:00:01 could not reach a:1")),
            ("10:00:01 could not reach a:1\n10:00:03 ERR", None),
            ("10:00:01 connecting to a:1\n\n10:00:02 ERR", None),
        ] {
            assert_eq!(taken(log), wanted.into_iter().collect::<Vec<_>>(), "{log}");
        }
    }

    #[test]
    fn dates_addresses_levels_and_codes_are_no_threads() {
        for (line, wanted) in [
            ("[2025.01.22-18.04.51:233][612]LogNet: x", vec!["612"]),
            ("<131>1 2024-07-07T07:07:07Z HOST relayd 4436 - - x", vec!["relayd 4436"]),
            ("4436 2020-06-05 13:54:58.120 x", vec!["4436"]),
            ("2020-06-05 13:54:58 [INFO] [a.cc:12] CUID#7 - [10.0.0.5:443] x", vec!["CUID#7"]),
            ("2020-06-05 13:54:58 [WinError 10054] [MY-010054] x", vec![]),
            ("10:11:12 socket recv error for peer=77: x", vec!["peer=77"]),
        ] {
            let ids = Ids::of(line.as_bytes());
            let ids: Vec<&str> = ids.ids[..ids.count].iter().map(|id| std::str::from_utf8(id).unwrap()).collect();
            assert_eq!(ids, wanted, "{line}");
        }
    }
}
