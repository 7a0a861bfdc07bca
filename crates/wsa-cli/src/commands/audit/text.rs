//! For people: the place, what is wrong, the line with an underline, what it should be.

use winsock_audit::FixMode;

use super::Task;
use super::outcome::{Audit, File, Located};
use crate::render::style::{BAD, BOLD, DIM, GOOD, paint, width};

/// Every finding and the summary.
pub(super) fn render(task: &Task<'_>, audit: &Audit) -> String {
    let mut text = String::new();
    for (file, located) in audit.findings() {
        text += &finding(file, located);
    }
    text + &summary(task, audit)
}

/// The corrections as patches.
pub(super) fn patches(audit: &Audit) -> String {
    audit.files.iter().filter_map(|file| file.patch.as_deref()).collect()
}

/// Columns shown of a long line, before and after the place.
const CONTEXT: usize = 70;

fn finding(file: &File, located: &Located) -> String {
    let what = &located.finding;
    let place = format!("{}:{}:{}", file.path, located.start.line, located.start.column);
    let mut text = format!("{}: {}: {}\n", paint(BOLD, place), paint(BAD, what.kind), what.message);
    if !located.line.is_empty() {
        let (line, before, marked) = excerpt(located);
        let gutter = located.start.line.to_string();
        let pad = " ".repeat(gutter.len());
        let expected = shorten(&what.expected, 60);
        let label = match what.expected.is_empty() {
            true => String::new(),
            false => format!(" {}", paint(GOOD, format!("should be {expected}"))),
        };
        // The number that a conflict points at may be the right one of the two.
        let label = if what.kind == winsock_audit::Kind::Conflict { String::new() } else { label };
        text += &format!(" {} {line}\n", paint(DIM, format!("{gutter} |")));
        text += &format!(" {} {before}{}{label}\n", paint(DIM, format!("{pad} |")), paint(BAD, marked));
    }
    for (related, position) in what.related.iter().zip(&located.related) {
        text += &format!("   {}:{}:{}: {}\n", file.path, position.line, position.column, related.message);
    }
    text
}

/// The line, cut around the place; the spaces before the underline; the underline.
fn excerpt(located: &Located) -> (String, String, String) {
    let line = &located.line;
    let start = located.start.column_utf8 - 1;
    let end = if located.end.line == located.start.line { located.end.column_utf8 - 1 } else { line.len() };
    let (start, end) = (start.min(line.len()), end.min(line.len()));
    let (head, span, tail) = (&line[..start], &line[start..end.max(start)], &line[end.max(start)..]);
    let head = tabs(head);
    let cut = head.chars().count().saturating_sub(CONTEXT);
    let head: String = if cut > 0 { "…".chars().chain(head.chars().skip(cut)).collect() } else { head };
    let tail = shorten(&tabs(tail), CONTEXT);
    let span = tabs(span);
    let marked = "^".repeat(width(&span).max(1));
    (format!("{head}{span}{tail}"), " ".repeat(width(&head)), marked)
}

fn tabs(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\t' { "    ".to_owned() } else { c.to_string() })
        .collect::<String>()
        .replace(char::is_control, "\u{b7}")
}

fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit { text.to_owned() } else { text.chars().take(limit).chain(['…']).collect() }
}

/// What was done and found, in one or two lines.
pub(super) fn summary(task: &Task<'_>, audit: &Audit) -> String {
    let findings = audit.findings().count();
    let corrections: usize = audit.files.iter().map(|file| file.corrections).sum();
    let with_findings = audit.files.iter().filter(|file| !file.findings.is_empty()).count();
    let mut text = if findings == 0 {
        paint(GOOD, "no findings")
    } else {
        format!("{} in {}", paint(BAD, count(findings, "finding")), count(with_findings, "file"))
    };
    if task.fix.is_some() {
        let verb = if task.args.diff { "would be made" } else { "made" };
        text = format!("{} {verb}; {text} left", count(corrections, "correction"));
    } else {
        let by = |mode| audit.files.iter().map(|file| fixable(file, mode)).sum::<usize>();
        let (numbers, names) = (by(FixMode::Number), by(FixMode::Name));
        if numbers + names > 0 {
            text += &format!("; --fix corrects {}, --fix=name {}", count(numbers, "number"), count(names, "name"));
        }
    }
    text += &format!("\n{} checked in {}", count(audit.statements, "statement"), count(audit.read, "file"));
    for (number, what) in
        [(audit.suppressed, "suppressed"), (audit.accepted, "accepted"), (audit.binary.len(), "binary left out")]
    {
        if number > 0 {
            text += &format!(", {number} {what}");
        }
    }
    text.push('\n');
    if task.args.paths.iter().any(|path| path.is_dir()) {
        for note in task.config.unused() {
            text += &format!("{}\n", paint(DIM, note));
        }
    }
    text
}

fn fixable(file: &File, mode: FixMode) -> usize {
    let has = |located: &&Located| match mode {
        FixMode::Name => located.finding.name_fix.is_some(),
        _ => located.finding.number_fix.is_some(),
    };
    file.findings.iter().filter(has).count()
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
