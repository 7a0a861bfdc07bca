//! What the lines beside a dated record say that leaves out where it was going: `[conn7] connected to 10.0.0.5:443`, and some
//! lines on `[conn7] read error 10054`.
//!
//! Lines of different threads stand between each other. Of a line that another thread, session or request wrote nothing is
//! taken. Where lines do not say whose they are, a connection that was just begun counts; other words for the other end count
//! if all such lines name the same one.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::LINES_BEHIND_BYTES;
use crate::record::begins_with_stamp;
use crate::time::Stamp;

mod ids;

use ids::{Ids, Owner};

/// How far before a record, and over how many lines before and behind.
const MOST_BYTES: usize = 1 << 10;
const LINES_BEFORE: usize = 6;
const LINES_OF_ANYONE: usize = 4;
const LINES_BEHIND: usize = 2;

/// How long ago a connection may have begun, by a line that does not say whose it is; and how long one may last.
const MOST_SECONDS: i32 = 60;
const LASTING_SECONDS: i32 = 3600;

/// How closely a line belongs to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// It is of the same thread, or tells of what just began or ended.
    Close,
    /// It speaks of the other end of something, perhaps of the same.
    Loose,
}

/// The lines before a dated record of `data` and those right behind it that may tell where it was going, the nearest first.
/// `data` lies at offset `base`. Without `asks_before` the line before is known to tell of an error itself.
/// Where the record tells of `connecting`, a line about a client says nothing of it.
pub(super) fn lines(
    data: &[u8],
    base: u64,
    record: Range<usize>,
    asks_before: bool,
    connecting: bool,
) -> impl Iterator<Item = (Range<usize>, Tie)> {
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
    // In a log whose lines say whose they are, one that does not belongs to nobody.
    let is_foreign = move |owner: Owner| ids.is_empty() && owner == Owner::Other;
    let owned = move |line: Range<usize>| (ids.owner_of(&data[line.clone()]), line);
    let before = before(data, base, start, asks_before && begins_with_stamp(record))
        .enumerate()
        .take(most)
        .map(move |(index, line)| (index, owned(line)))
        .take_while(move |(_, (owner, _))| !is_foreign(*owner))
        .filter_map(move |(index, (owner, line))| {
            Some((line.clone(), tie(record, &data[line], index, owner, connecting)?))
        });
    let behind = behind(data, end)
        .take(if asks_behind { LINES_BEHIND } else { 0 })
        .map(owned)
        .take_while(move |(owner, _)| !is_foreign(*owner))
        .filter(move |(owner, line)| {
            let line = &data[line.clone()];
            let ours = if ids.is_empty() { Owner::Nobody } else { Owner::Same };
            *owner == ours && ends_connection(line) && is_of_same_moment(record, line)
        })
        .map(|(_, line)| (line, Tie::Close));
    before.chain(behind)
}

/// Whether another thread, session or request than a record's wrote a line.
pub(super) fn is_of_other(record: &[u8], line: &[u8]) -> bool {
    if line.is_empty() {
        return false;
    }
    let ids = Ids::of(first_line(record));
    !ids.is_empty() && ids.owner_of(line) == Owner::Other
}

/// How closely a line before belongs to a record, if at all. It is the `index`th before, counted from 0.
fn tie(record: &[u8], line: &[u8], index: usize, owner: Owner, connecting: bool) -> Option<Tie> {
    match owner {
        Owner::Same => Some(Tie::Close),
        Owner::Other => None,
        Owner::Nobody if is_certain(record, line, index) => Some(Tie::Close),
        Owner::Nobody if connecting && speaks_of_client(line) => None,
        Owner::Nobody => is_possible(record, line).then_some(Tie::Loose),
    }
}

/// The lines before, the last first, back to an empty one. In a `dated` log each with the undated ones behind it.
fn before(data: &[u8], base: u64, start: usize, dated: bool) -> impl Iterator<Item = Range<usize>> {
    let lowest = start.saturating_sub(MOST_BYTES);
    let mut begin = start;
    let mut line = move || {
        let end = begin.checked_sub(1).filter(|end| *end > lowest)?;
        let line_start = match memchr::memrchr(b'\n', &data[lowest..end]) {
            Some(newline) => lowest + newline + 1,
            None if lowest == 0 && base == 0 => 0,
            None => return None,
        };
        begin = line_start;
        Some(line_start..end).filter(|line| !data[line.clone()].trim_ascii().is_empty())
    };
    std::iter::from_fn(move || {
        let last = line()?;
        let mut first = last.start;
        while dated && !begins_with_stamp(&data[first..last.end]) {
            first = line()?.start;
        }
        Some(first..last.end)
    })
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

/// Whether a line that does not say whose it is may belong to the record: it speaks of the other end, or of a connection
/// that may last still.
fn is_possible(record: &[u8], line: &[u8]) -> bool {
    !tells_of_end(line)
        && (begins_connection(line) || speaks_of_other_end(line))
        && seconds_between(line, record).is_some_and(|seconds| (0..=LASTING_SECONDS).contains(&seconds))
}

// Searchers are made once: the lines beside every finding that names no peer are asked.

fn begins_connection(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 20]> = LazyLock::new(|| {
        [
            "onnect",
            "pening",
            "open",
            "Open",
            "stablish",
            "esolv",
            "orwarding",
            "ttempting",
            "rying",
            "link remote",
            "erbind",
            "onectando",
            "onnexion",
            "onexión a",
            "onnessione",
            "одключ",
            "оедин",
            "正在连接",
            "接続",
            "연결",
        ]
        .map(Finder::new)
    });
    WORDS.iter().any(|word| word.find(line).is_some())
}

fn speaks_of_client(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 4]> =
        LazyLock::new(|| ["lient", "ccept", "ogged in", "onnection from"].map(Finder::new));
    WORDS.iter().any(|word| word.find(line).is_some())
}

fn speaks_of_other_end(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 22]> = LazyLock::new(|| {
        [
            "emote",
            "eer",
            "lient",
            "ession",
            "arget",
            "ccept",
            "equest",
            "ndpoint",
            "erver",
            "ontroller",
            "://",
            "ownload",
            "pload",
            "end to",
            "ending",
            "eceiv",
            "oll",
            "tart",
            "ransfer",
            "evice",
            "ddr",
            "dial",
        ]
        .map(Finder::new)
    });
    WORDS.iter().any(|word| word.find(line).is_some())
}

/// Whether a line tells of the end of a connection, or of the other end.
fn ends_connection(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 7]> =
        LazyLock::new(|| ["emote", "CLIENT:", "peer ", "reset by ", "etry", "econnect", "arget "].map(Finder::new));
    tells_of_end(line) || WORDS.iter().any(|word| word.find(line).is_some())
}

/// Whether a line tells of a failure, or of the end of a connection.
pub(super) fn tells_of_end(line: &[u8]) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 14]> = LazyLock::new(|| {
        [
            "isconnect",
            "los",
            "ail",
            "rror",
            "ERROR",
            "session time",
            "annot",
            "could not",
            "xception",
            "issed",
            "imed out",
            "imeout",
            "nreachable",
            "efused",
        ]
        .map(Finder::new)
    });
    WORDS.iter().any(|word| word.find(line).is_some())
}

/// Whether two lines have a stamp of the same hundredth of a second, or of the same second where clocks tell no more, by its
/// bytes alone: it is asked of most lines behind an error, and must be false of most.
pub(super) fn is_of_same_moment(record: &[u8], line: &[u8]) -> bool {
    let seconds = match record {
        // `10:11:12`
        [_, _, b':', ..] => 8,
        // `E0405 10:11:12`
        [b'A'..=b'Z', b'0'..=b'9', ..] => 14,
        // `[2025.01.22-18.04.51`
        [b'[', ..] => 20,
        // `2025-01-22 18:04:51`
        _ => 19,
    };
    let fraction = matches!(record.get(seconds..seconds + 2), Some([b'.' | b',' | b':', b'0'..=b'9']));
    let length = seconds + if fraction { 3 } else { 0 };
    record.get(..length).is_some_and(|stamp| line.starts_with(stamp))
}

fn is_of_one_second(record: &[u8], line: &[u8]) -> bool {
    seconds_between(record, line).is_some_and(|seconds| (0..=1).contains(&seconds))
}

/// The seconds from the stamp of one line to that of another, by the clock alone.
fn seconds_between(first: &[u8], second: &[u8]) -> Option<i32> {
    let seconds = |line: &[u8]| {
        let line = first_line(line);
        // An object or an element has its time anywhere.
        let stamp = match line.first()? {
            b'{' | b'<' => Stamp::parse(line),
            _ => begins_with_stamp(line).then(|| Stamp::parse(&line[..line.len().min(48)]))?,
        }?;
        Some(i32::from(stamp.hour) * 3600 + i32::from(stamp.minute) * 60 + i32::from(stamp.second))
    };
    Some(seconds(second)? - seconds(first)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are taken of a log, for the record that holds `ERR`.
    fn taken(log: &str) -> Vec<&str> {
        let at = log.find("ERR").unwrap();
        let start = log[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = log[at..].find('\n').map_or(log.len(), |newline| at + newline);
        lines(log.as_bytes(), 0, start..end, true, false)
            .filter(|(_, tie)| *tie == Tie::Close)
            .map(|(line, _)| &log[line])
            .collect()
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
    fn lines_about_the_other_end_may_belong_to_the_record() {
        let ties = |log: &str, connecting: bool| -> Vec<Tie> {
            let at = log.find("ERR").unwrap();
            let start = log[..at].rfind('\n').map_or(0, |newline| newline + 1);
            lines(log.as_bytes(), 0, start..log.len(), true, connecting).map(|(_, tie)| tie).collect()
        };
        for (log, connecting, wanted) in [
            ("10:00:01 device is a:1\n10:09:03 ERR", true, vec![Tie::Loose]),
            ("10:00:01 client a:1 is here\n10:09:03 ERR", false, vec![Tie::Loose]),
            ("10:00:01 client a:1 is here\n10:09:03 ERR", true, vec![]),
            ("10:00:01 device is a:1\n12:09:03 ERR", true, vec![]),
            ("10:00:01 device is a:1\n10:09:03 [t7] ERR", true, vec![Tie::Loose]),
            ("10:00:01 [t8] device is a:1\n10:09:03 [t7] ERR", true, vec![]),
            ("10:00:01 device\nAddress: a:1\n10:00:03 ERR", true, vec![Tie::Loose]),
        ] {
            assert_eq!(ties(log, connecting), wanted, "{log}");
        }
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
}
