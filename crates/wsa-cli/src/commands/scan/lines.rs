//! `--lines`: the lines themselves, in the manner of grep.
//!
//! `path:line:column: 10054 WSAECONNRESET  text` for a line with a finding, `path-line- text` for one around it, `--`
//! between groups. The path is left out when one file was asked for.

use std::io::{self, Write};
use std::ops::Range;

use super::hit::{Batch, Hit};
use super::job::InputFile;
use crate::render::style::{BAD, DIM, paint, width};
use crate::render::table::{cut, harmless};

/// How lines are printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineStyle {
    /// Whether the path is printed; that of a file in an archive always is.
    pub(crate) path: bool,
    pub(crate) before: usize,
    pub(crate) after: usize,
    /// Colours, and control characters made visible: the text goes to a terminal. Otherwise bytes go out as they are.
    pub(crate) terminal: bool,
    /// Columns of the terminal; longer lines are cut around the finding.
    pub(crate) width: usize,
}

/// Columns of a line that are shown however narrow the terminal is.
const LEAST_TEXT: usize = 40;

/// Prints lines in order.
pub(crate) struct LinePrinter {
    style: LineStyle,
    file: Option<Named>,
    last_printed: u64,
    printed_any: bool,
    current: Option<Current>,
    pending: Pending,
}

/// The file that the last finding was in.
struct Named {
    number: u64,
    /// Empty if it is not printed.
    path: String,
}

/// Lines after the last finding, not yet printed: the next finding may be on one of them.
#[derive(Default)]
struct Pending {
    /// Where they are in the batch that is being printed; its own text once that has ended.
    place: Option<Range<u32>>,
    text: Vec<u8>,
    /// The numbers of those that are to be printed; there may be fewer.
    numbers: Range<u64>,
}

/// A line with findings, held until all of them are there.
struct Current {
    number: u64,
    column: u64,
    text: Vec<u8>,
    names: Vec<String>,
    marks: Vec<Range<usize>>,
}

impl LinePrinter {
    pub(crate) fn new(style: LineStyle) -> LinePrinter {
        LinePrinter {
            style,
            file: None,
            last_printed: 0,
            printed_any: false,
            current: None,
            pending: Pending::default(),
        }
    }

    pub(crate) fn hit(&mut self, out: &mut dyn Write, file: &InputFile, batch: &Batch, hit: &Hit) -> io::Result<()> {
        if self.file.as_ref().is_none_or(|named| named.number != file.number) {
            self.finish(out)?;
            // A file in an archive is not one that was asked for by name.
            let path = if self.style.path || file.is_member { file.name.clone() } else { String::new() };
            self.file = Some(Named { number: file.number, path });
            self.last_printed = 0;
        }
        let name = hit.code.to_string();
        let group = Group::new(batch, hit);
        let (text, mark) = group.line_of(batch, hit);
        if let Some(current) = self.current.as_mut().filter(|current| current.number == hit.line) {
            if !current.names.contains(&name) {
                current.names.push(name);
            }
            current.marks.push(mark);
            return Ok(());
        }
        self.print_current(out)?;
        let wanted = hit.line.saturating_sub(self.style.before as u64).max(self.last_printed + 1);
        let first = group.number_before(wanted);
        self.print_pending(out, Some(batch), first.min(hit.line))?;
        if (self.style.before > 0 || self.style.after > 0) && self.printed_any && first > self.last_printed + 1 {
            self.separator(out)?;
        }
        for (number, line) in group.lines(first..hit.line) {
            self.context(out, number, line)?;
        }
        let behind = hit.line + 1;
        self.pending.numbers = behind..behind.saturating_add(self.style.after as u64);
        self.pending.place = (self.style.after > 0).then(|| group.place_from(behind, batch.record_and_after(hit)));
        self.current = Some(Current {
            number: hit.line,
            column: hit.column,
            text: text.to_vec(),
            names: vec![name],
            marks: vec![mark],
        });
        Ok(())
    }

    /// Prints what is held back. Not within a batch.
    pub(crate) fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.print_current(out)?;
        self.print_pending(out, None, u64::MAX)
    }

    /// Keeps of a batch that has ended what is still to be printed.
    pub(crate) fn end_batch(&mut self, batch: &Batch) {
        if let Some(place) = self.pending.place.take() {
            self.pending.text.clear();
            self.pending.text.extend_from_slice(batch.slice(&place));
        }
    }

    fn print_current(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(current) = self.current.take() else { return Ok(()) };
        self.last_printed = self.last_printed.max(current.number);
        self.printed_any = true;
        let names = current.names.join(" + ");
        let mut head = String::new();
        if !self.path().is_empty() {
            head = format!("{}:", self.path());
        }
        head += &format!("{}:{}:", current.number, current.column);
        if self.style.terminal {
            let room = self.style.width.saturating_sub(width(&head) + names.len() + 3).max(LEAST_TEXT);
            let text = highlighted(&current.text, &current.marks, room);
            return writeln!(out, "{} {}  {text}", paint(DIM, harmless(&head)), paint(BAD, names));
        }
        write!(out, "{head} {names}  ")?;
        out.write_all(&current.text)?;
        out.write_all(b"\n")
    }

    fn print_pending(&mut self, out: &mut dyn Write, batch: Option<&Batch>, before: u64) -> io::Result<()> {
        let Pending { place, text, numbers } = std::mem::take(&mut self.pending);
        let shown = batch.zip(place).map_or(&text[..], |(batch, place)| batch.slice(&place));
        for (number, line) in (numbers.start..numbers.end.min(before)).zip(split(shown)) {
            if number > self.last_printed {
                self.context(out, number, line)?;
            }
        }
        // Its memory stays.
        self.pending = Pending { place: None, text, numbers: 0..0 };
        Ok(())
    }

    fn context(&mut self, out: &mut dyn Write, number: u64, line: &[u8]) -> io::Result<()> {
        self.last_printed = number;
        let head = match self.path() {
            "" => format!("{number}- "),
            path => format!("{path}-{number}- "),
        };
        if self.style.terminal {
            let text = cut(&clean(line), self.style.width.saturating_sub(width(&head)).max(LEAST_TEXT));
            return writeln!(out, "{}", paint(DIM, harmless(&head) + &text));
        }
        write!(out, "{head}")?;
        out.write_all(line)?;
        out.write_all(b"\n")
    }

    fn path(&self) -> &str {
        self.file.as_ref().map_or("", |named| &named.path)
    }

    fn separator(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.style.terminal { writeln!(out, "{}", paint(DIM, "--")) } else { writeln!(out, "--") }
    }
}

/// A record with the lines around it. Of these only what is printed is taken apart: where one finding follows another, most of
/// them were printed before.
struct Group<'a> {
    before: &'a [u8],
    record: &'a [u8],
    record_line: u64,
}

impl<'a> Group<'a> {
    fn new(batch: &'a Batch, hit: &Hit) -> Group<'a> {
        Group { before: batch.before(hit), record: batch.record(hit), record_line: hit.record_line }
    }

    /// The finding's line and where in it the code stands.
    fn line_of(&self, batch: &'a Batch, hit: &Hit) -> (&'a [u8], Range<usize>) {
        let record = self.record;
        let span = batch.span_in_record(hit);
        let start = memchr::memrchr(b'\n', &record[..span.start.min(record.len())]).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', &record[start..]).map_or(record.len(), |newline| start + newline);
        let line = without_cr(&record[start..end]);
        (line, (span.start - start).min(line.len())..(span.end - start).min(line.len()))
    }

    /// The line with this number, or the first that is there.
    fn number_before(&self, number: u64) -> u64 {
        if number >= self.record_line {
            return number;
        }
        let wanted = usize::try_from(self.record_line - number).unwrap_or(usize::MAX);
        let there = memchr::memrchr_iter(b'\n', self.before).take(wanted).count() as u64;
        number.max(self.record_line.saturating_sub(there)).max(1)
    }

    /// The lines with these numbers, which end at one of the record's lines and begin where there is one.
    fn lines(&self, numbers: Range<u64>) -> impl Iterator<Item = (u64, &'a [u8])> {
        let before = self.before;
        let mut start = before.len();
        for _ in numbers.start..self.record_line {
            start = memchr::memrchr(b'\n', &before[..start.saturating_sub(1)]).map_or(0, |newline| newline + 1);
        }
        let first = numbers.start.min(self.record_line);
        (first..numbers.end)
            .zip(split(&before[start..]).chain(split(self.record)))
            .skip((numbers.start - first) as usize)
    }

    /// Where the lines begin from the one with this number on, which is one of the record's or the next. `place` is that of the
    /// record and all behind it.
    fn place_from(&self, number: u64, place: Range<u32>) -> Range<u32> {
        let mut passed = 0;
        for _ in self.record_line..number {
            let newline = memchr::memchr(b'\n', &self.record[passed..]);
            // Behind the record's last line stands its end.
            passed = newline.map_or(self.record.len() + 1, |newline| passed + newline + 1);
        }
        (place.start + passed as u32).min(place.end)..place.end
    }
}

/// Whole lines, the last with or without its end.
fn split(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let newline = memchr::memchr(b'\n', rest);
        let line = &rest[..newline.unwrap_or(rest.len())];
        rest = newline.map_or(b"", |newline| &rest[newline + 1..]);
        Some(without_cr(line))
    })
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn clean(text: &[u8]) -> String {
    harmless(&wsa_input::legible(text))
}

/// The part of the line that is shown in `room` columns, of which each end that is cut off takes one for its ellipsis. A byte
/// is at most a column.
fn window(line: &[u8], focus: usize, room: usize) -> (usize, usize) {
    if line.len() <= room {
        return (0, line.len());
    }
    let from = focus.saturating_sub(room / 3).min(line.len() - (room - 1));
    let to = from + room - usize::from(from > 0);
    let to = if to < line.len() { to - 1 } else { to };
    // Both ends are between characters, where the line is UTF-8.
    let is_inside = |at: &usize| line.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let begins = (from..from + 4).find(|at| !is_inside(at)).unwrap_or(from);
    let ends = (to - 3..=to).rev().find(|at| !is_inside(at)).unwrap_or(to);
    (begins, ends)
}

/// The line in `room` columns, cut around the first finding, with the findings marked.
fn highlighted(line: &[u8], marks: &[Range<usize>], room: usize) -> String {
    let mut marks = marks.to_vec();
    marks.sort_by_key(|mark| mark.start);
    let focus = marks.first().map_or(0, |mark| mark.start);
    let (from, to) = window(line, focus, room);
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let mut at = from;
    for mark in marks.iter().filter(|mark| mark.start >= from && mark.start < to) {
        if mark.start < at {
            continue;
        }
        let end = mark.end.min(to);
        text += &clean(&line[at..mark.start]);
        text += &paint(BAD, clean(&line[mark.start..end]));
        at = end;
    }
    text += &clean(&line[at.min(to)..to]);
    if to < line.len() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;

    #[test]
    fn a_line_that_is_cut_fills_the_room_and_no_more_and_cuts_no_character() {
        let line = format!("{}recv failed: 10054 {}", "ä".repeat(60), "é".repeat(60));
        let mark = line.find("10054").map(|at| at..at + 5).unwrap();
        for room in 40..line.len() + 2 {
            for (line, mark) in
                [(line.as_str(), mark.clone()), (&line[mark.start..], 0..5), (&line[..mark.end], mark.clone())]
            {
                let text = highlighted(line.as_bytes(), &[mark], room);
                let text = strip_str(&text).to_string();
                assert!(width(&text) <= room && !text.contains('\u{FFFD}') && text.contains("10054"), "{room}: {text}");
            }
        }
        let plain = "x".repeat(50) + "10054" + &"y".repeat(50);
        let mark = 50..55;
        for room in [40, 41, 104] {
            assert_eq!(
                width(&strip_str(&highlighted(plain.as_bytes(), std::slice::from_ref(&mark), room)).to_string()),
                room
            );
        }
    }
}
