//! The report on a terminal: the answer on one screen.

use anstyle::Style;
use winsock_scan::RECORD_BACK_BYTES;

use super::diagnose::CHECKS;
use super::progress::size;
use super::report::{CodeReport, Peers, Report, rounded};
use super::when::Moment;
use super::{related, when};
use crate::render::screen::Screen;
use crate::render::style::{BAD, BOLD, CAUTION, COMMAND, DIM, GOOD, paint, width};
use crate::render::table::{cut, cut_front, harmless};

/// How much of the report is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub(crate) width: usize,
    /// Lines that fit on the screen; `None` shows everything.
    pub(crate) height: Option<usize>,
}

impl Layout {
    pub(crate) fn of(screen: &Screen, full: bool) -> Layout {
        Layout { width: screen.width.min(160), height: screen.height().filter(|_| !full) }
    }
}

/// Codes that are shown in full when there is no screen to fit.
const MOST_IN_FULL: usize = 12;

/// The report as text with styles.
pub(crate) fn render(report: &Report, layout: Layout, full: bool) -> String {
    if report.codes.is_empty() {
        let gap = if report.related.is_empty() { "" } else { "\n" };
        return nothing(report)
            + "\n"
            + gap
            + &related::text(&report.related, layout.width)
            + &notes(report, layout.width);
    }
    let footer =
        related::text(&report.related, layout.width) + &notes(report, layout.width) + &hint(report, layout.width);
    let mut out = heading(report, layout);
    let detail = if full {
        Detail { full: report.codes.len(), brief: 0 }
    } else {
        Detail::that_fits(report, &out, &footer, layout)
    };
    let (blocks, rows) = report.codes.split_at(detail.full + detail.brief);
    for (index, code) in blocks.iter().enumerate() {
        out.push('\n');
        out += &block(report, code, layout, index < detail.full);
    }
    if !rows.is_empty() {
        out.push('\n');
        out += &rest(report, rows, layout);
    }
    out.push('\n');
    out + &footer
}

/// How many codes are told of in full, and how many behind them in brief. The others have a line each.
#[derive(Clone, Copy, Debug)]
struct Detail {
    full: usize,
    brief: usize,
}

impl Detail {
    /// The worst code in full; of the others as many as fit in brief, and then of those as many as fit in full.
    fn that_fits(report: &Report, heading: &str, footer: &str, layout: Layout) -> Detail {
        let codes = report.codes.len();
        let Some(height) = layout.height else { return Detail { full: codes.min(MOST_IN_FULL), brief: 0 } };
        let lines = |text: &str| text.lines().count();
        // No screen has room for more; a blank line before each.
        let heights = |full: bool| -> Vec<usize> {
            let shown = report.codes.iter().take(height);
            shown.map(|code| 1 + lines(&block(report, code, layout, full))).collect()
        };
        let (full, brief) = (heights(true), heights(false));
        // A blank line before the footer, and the shell's prompt behind it.
        let room = height.saturating_sub(lines(heading) + 1 + lines(footer) + 1);
        let fits = |detail: &Detail| {
            let blocks = detail.full + detail.brief;
            let used = full[..detail.full].iter().sum::<usize>() + brief[detail.full..blocks].iter().sum::<usize>();
            let rows = (codes - blocks).min(MOST_ROWS);
            used + rows + usize::from(rows > 0) <= room
        };
        let most = full.len();
        let in_brief = (0..most).rev().map(|brief| Detail { full: 1, brief }).find(fits);
        let Some(Detail { brief, .. }) = in_brief else { return Detail { full: 1, brief: 0 } };
        let upgraded = (0..=brief).rev().map(|more| Detail { full: 1 + more, brief: brief - more }).find(fits);
        upgraded.unwrap_or(Detail { full: 1, brief })
    }
}

/// What was found, where and when; on further lines what does not fit on the first.
fn heading(report: &Report, layout: Layout) -> String {
    let scanned = &report.scanned;
    let all = report.findings + scanned.left_out;
    let some = if scanned.left_out > 0 { format!("{} of ", thousands(report.findings)) } else { String::new() };
    let what = paint(BOLD, some + &counted(all, "Winsock error")) + " in " + &counted(scanned.files, "file");
    let times = report.span.map(|(first, last)| match (when::date_time(first), when::date_time(last)) {
        (first, last) if first == last => first,
        (first, last) if first[..10] == last[..10] => format!("{first} to {}", &last[11..]),
        (first, last) => format!("{first} to {last}"),
    });
    let mut out = String::new();
    let mut used = 0;
    for part in [Some(what), Some(size(scanned.bytes)), times].into_iter().flatten() {
        // A comma may follow.
        if used > 0 && used + 2 + width(&part) + 1 > layout.width {
            out += ",\n";
            used = 0;
        } else if used > 0 {
            out += ", ";
            used += 2;
        }
        used += width(&part);
        out += &part;
    }
    out + "\n"
}

/// Why there is no code to tell of.
pub(crate) fn nothing(report: &Report) -> String {
    let scanned = &report.scanned;
    if scanned.files == 0 && !report.errors.is_empty() {
        return "Nothing could be scanned.".to_owned();
    }
    if scanned.files == 0 {
        return "No file was scanned. Left out are hidden files (--hidden takes them), what .gitignore excludes\n\
                (--no-ignore takes it) and what no --glob matches."
            .to_owned();
    }
    let (files, size) = (counted(scanned.files, "file"), size(scanned.bytes));
    match scanned.left_out {
        0 if scanned.leaves_out => format!(
            "No Winsock errors in {files}, {size}. Left out are hidden files (--hidden takes them)\n\
             and what .gitignore excludes (--no-ignore takes it)."
        ),
        0 => format!("No Winsock errors in {files}, {size}."),
        1 => format!("The only Winsock error in {files}, {size}, does not pass the filters."),
        count => format!("None of the {} Winsock errors in {files}, {size}, passes the filters.", thousands(count)),
    }
}

/// `1 file`, `2,000 files`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// One code, in full or in brief: without what it means and with one thing to check.
fn block(report: &Report, code: &CodeReport, layout: Layout, full: bool) -> String {
    let mut out = row(report, code, layout) + "\n";
    let room = layout.width.saturating_sub(LABEL);
    if full {
        out += &labelled("meaning", Style::new(), &wrap(code.summary, room, 2));
    }
    let harmless = code.diagnosis.is_harmless();
    let who = format!("{}{}", code.diagnosis.fault_text, if harmless { String::new() } else { operations(code) });
    out += &labelled("fault", if harmless { GOOD } else { Style::new() }, &wrap(&who, room, 2));
    if code.peers.different > 0 {
        out += &labelled("peers", Style::new(), &[peers(&code.peers, room, cut)]);
    }
    if report.scanned.files_with_findings > 1 {
        out += &labelled("files", Style::new(), &[peers(&code.files, room, cut_front)]);
    }
    for pattern in &code.diagnosis.patterns {
        out += &labelled("pattern", CAUTION, &wrap(pattern, room, 2));
    }
    if !harmless {
        let checks = if full { CHECKS } else { 1 };
        for (index, check) in code.diagnosis.checks.iter().take(checks).enumerate() {
            out += &check_text(index + 1, check.cause.trim_end_matches('.'), &check.remedy, room);
        }
    }
    out
}

/// Columns that labels take.
const LABEL: usize = 10;

/// Lines with a label before the first.
fn labelled(label: &str, style: Style, lines: &[String]) -> String {
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        match index {
            0 => out += &format!("  {} ", paint(DIM, format!("{label:<7}"))),
            _ => out.extend(std::iter::repeat_n(' ', LABEL)),
        }
        if style.is_plain() {
            out.push_str(line)
        } else {
            out += &paint(style, line)
        }
        out.push('\n');
    }
    out
}

/// A cause, which stands out, and its remedy behind or below it.
fn check_text(number: usize, cause: &str, remedy: &str, room: usize) -> String {
    let label = format!("check {number}");
    if width(cause) + width(remedy) + 2 <= room {
        return labelled(&label, Style::new(), &[format!("{}: {remedy}", paint(BOLD, cause))]);
    }
    labelled(&label, BOLD, &wrap(cause, room, 2)) + &labelled("", Style::new(), &wrap(remedy, room, 3))
}

/// Text in lines of `room` columns; what does not fit in `most` lines is cut.
fn wrap(text: &str, room: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = textwrap::wrap(text, room.max(20)).into_iter().map(String::from).collect();
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(cut(&rest, room));
    }
    lines
}

/// Number, name, count, course over time, first and last.
fn row(report: &Report, code: &CodeReport, layout: Layout) -> String {
    let style = match code.severity {
        _ if code.diagnosis.is_harmless() => GOOD,
        "critical" | "error" => BAD,
        "warning" => CAUTION,
        _ => GOOD,
    };
    let names = report.codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let counts = report.codes.iter().map(|code| thousands(code.count).len()).max().unwrap_or(0) + 2;
    let name = format!("{} {:<names$}", code.code, code.name);
    let line = format!("{} {:>counts$}", paint(style, &name), format!("{}×", thousands(code.count)));
    // What is left of the line, in a divisor of the steps so that columns are of equal length.
    let used = width(&name) + 1 + counts;
    let room = |note: usize| layout.width.saturating_sub(used + 4 + note);
    let (days, times) = note_columns(report);
    let has_times = room(times) >= LEAST_COURSE_BESIDE_TIMES;
    let note = note(report, code, has_times);
    let room = room(if has_times { times } else { days });
    let columns = [48, 24, 16, 12].into_iter().find(|columns| *columns <= room).unwrap_or(8);
    let course = sparkline(&code.over_time, columns);
    if course.is_empty() && note.is_empty() {
        return line;
    }
    // On a very narrow screen the course is left out, and then the note.
    if used + 4 + columns + width(&note) <= layout.width {
        return format!("{line}  {course:<columns$}  {}", paint(DIM, note));
    }
    if used + 2 + width(&note) <= layout.width { format!("{line}  {}", paint(DIM, note)) } else { line }
}

/// Columns of the course from which on days have times of day behind it.
const LEAST_COURSE_BESIDE_TIMES: usize = 16;

/// Columns for the last field of a row: with the days alone where first and last are of different days, and with times.
fn note_columns(report: &Report) -> (usize, usize) {
    match report.span {
        Some((from, to)) if !are_of_one_year(from, to) => (24, 35),
        Some((from, to)) if when::date(from) != when::date(to) => (19, 25),
        _ => (19, 19),
    }
}

fn are_of_one_year(from: Moment, to: Moment) -> bool {
    when::date(from)[..4] == when::date(to)[..4]
}

/// First and last time, or why there is nothing to do.
fn note(report: &Report, code: &CodeReport, has_times: bool) -> String {
    match &code.diagnosis.follows {
        _ if code.diagnosis.is_harmless() => "harmless".to_owned(),
        Some(first) => format!("follows {}", first.code),
        None => first_last(report, code, has_times),
    }
}

/// Lines for codes that are shown on a line each, where there is a screen to fit.
const MOST_ROWS: usize = 6;

/// The codes that are told of on a line each; the last line may be for all further ones.
fn rest(report: &Report, codes: &[CodeReport], layout: Layout) -> String {
    let listed = if layout.height.is_some() && codes.len() > MOST_ROWS { MOST_ROWS - 1 } else { codes.len() };
    let mut out = String::new();
    for code in &codes[..listed] {
        out += &row(report, code, layout);
        out.push('\n');
    }
    if listed < codes.len() {
        let count: u64 = codes[listed..].iter().map(|code| code.count).sum();
        let more = counted((codes.len() - listed) as u64, "more code");
        out += &format!("{more} with {}: --full shows them\n", counted(count, "finding"));
    }
    out
}

/// As much of first and last as tells them from others of the report; of different days without `has_times` the days alone.
fn first_last(report: &Report, code: &CodeReport, has_times: bool) -> String {
    let (Some((first, last)), Some((from, to))) = (code.span, report.span) else { return String::new() };
    let is_one_day = when::date(from) == when::date(to);
    let shown = match is_one_day {
        true => 11..19,
        false if are_of_one_year(from, to) => 5..16,
        false => 0..16,
    };
    let text = |moment| when::date_time(moment)[shown.clone()].to_owned();
    let (first, last) = (text(first), text(last));
    let day = 10_usize.saturating_sub(shown.start);
    if first == last {
        first
    } else if is_one_day || has_times && first[..day] != last[..day] {
        format!("{first} – {last}")
    } else if first[..day] == last[..day] {
        format!("{first} – {}", &last[day + 1..])
    } else {
        format!("{} – {}", &first[..day], &last[..day])
    }
}

fn operations(code: &CodeReport) -> String {
    match code.operations.first() {
        Some(first) if first.count * 10 >= code.count * 9 => format!("; in {}", first.name),
        Some(first) if code.operations.len() == 1 => format!("; {} in {}", thousands(first.count), first.name),
        Some(first) => {
            let second = &code.operations[1];
            format!("; {} in {}, {} in {}", thousands(first.count), first.name, thousands(second.count), second.name)
        }
        None => String::new(),
    }
}

/// The commonest of them that there is room for, each shortened by `cut` if need be.
fn peers(peers: &Peers, room: usize, cut: fn(&str, usize) -> String) -> String {
    let at_least = if peers.exact { "" } else { "≥" };
    let more = |shown| match peers.besides(shown) {
        None => String::new(),
        Some((about, others)) => format!(" · {about}{} more", thousands(others)),
    };
    if peers.top.is_empty() && !peers.exact {
        return format!("about {} different, none stands out", thousands(rounded(peers.different)));
    }
    let mut text = String::new();
    let mut shown = 0;
    for peer in &peers.top {
        let name = harmless(&peer.name);
        let count = format!(" {at_least}{}", thousands(peer.count));
        // What comes behind is kept room for.
        let behind = width(&count) + width(&more(shown + 1));
        let separator = if shown == 0 { "" } else { " · " };
        if shown > 0 && width(&text) + width(separator) + width(&name) + behind > room {
            break;
        }
        text += &format!("{separator}{}{count}", cut(&name, room.saturating_sub(behind)));
        shown += 1;
    }
    text + &more(shown)
}

/// What must be known to read the report right.
fn notes(report: &Report, width: usize) -> String {
    let mut notes = Vec::new();
    if report.undated > 0 && report.undated < report.findings {
        let undated = counted(report.undated, "finding");
        notes.push(format!("{undated} without a time: counted, and not in the courses."));
    } else if report.undated > report.undated_far {
        notes.push("The records tell no times.".to_owned());
    }
    if report.undated_far > 0 {
        let (size, far) = (size(RECORD_BACK_BYTES as u64), counted(report.undated_far, "finding"));
        notes.push(format!("{far} more than {size} into a line: too far to see its time."));
    }
    if !report.peers.exact {
        notes.push(format!(
            "Very many different peers: rare ones are not counted, and a count marked ≥ may be up to {} too low.",
            thousands(report.codes.iter().map(|code| code.peers.missed).max().unwrap_or(0).max(report.peers.missed))
        ));
    }
    if report.scanned.skipped_binary > 0 {
        let archives = match report.scanned.skipped_archives {
            0 => String::new(),
            1 => "; 1 is an archive: unpack it to scan what is in it".to_owned(),
            count => format!("; {} are archives: unpack them to scan what is in them", thousands(count)),
        };
        notes.push(format!("Passed over: {}{archives}.", counted(report.scanned.skipped_binary, "binary file")));
    }
    if report.scanned.skipped_repeated > 0 {
        notes.push(format!("Given twice and scanned once: {}.", counted(report.scanned.skipped_repeated, "file")));
    }
    // Where nothing could be scanned, that is what was said.
    if !report.errors.is_empty() && report.scanned.files > 0 {
        notes.push(format!("{} could not be read completely; see above.", inputs(report)));
    }
    let lines = notes.iter().flat_map(|note| textwrap::wrap(note, width));
    lines.map(|line| format!("{}\n", paint(DIM, line))).collect()
}

fn inputs(report: &Report) -> String {
    let mut paths: Vec<&str> = report.errors.iter().map(|error| error.path.as_str()).collect();
    paths.dedup();
    counted(paths.len() as u64, "input")
}

fn hint(report: &Report, columns: usize) -> String {
    let Some(worst) = report.codes.first() else { return String::new() };
    let dim = |text: &str| paint(DIM, text);
    let explain = paint(COMMAND, format!("wsa explain {}", worst.code)) + &dim(" tells more;");
    let others = paint(COMMAND, "--lines") + &dim(" the lines; ") + &paint(COMMAND, "--html FILE") + &dim(" a page");
    let between = if width(&explain) + 1 + width(&others) <= columns { ' ' } else { '\n' };
    format!("{explain}{between}{others}\n")
}

/// Counts as bars of eight heights; a column with anything in it is never empty.
pub(crate) fn sparkline(counts: &[u64], columns: usize) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if counts.is_empty() || counts.iter().all(|count| *count == 0) {
        return String::new();
    }
    let group = counts.len().div_ceil(columns);
    let sums: Vec<u64> = counts.chunks(group).map(|chunk| chunk.iter().sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(1).max(1);
    let bar = |count: u64| match count {
        0 => ' ',
        count => BARS[((count * 8).div_ceil(most) as usize - 1).min(7)],
    };
    // Blanks at both ends are part of the axis, so they are kept visible.
    sums.into_iter().map(|count| if count == 0 { '·' } else { bar(count) }).collect()
}

/// The text with a full stop behind it.
pub(crate) fn sentence(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// `1,234,567`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparklines_show_every_count() {
        assert_eq!(sparkline(&[0, 1, 1000, 0], 4), "·▁█·");
        assert_eq!(sparkline(&[1, 1, 1, 1], 2), "██");
        assert_eq!(sparkline(&[0, 0], 2), "");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([counted(1, "file"), counted(2000, "file")], ["1 file", "2,000 files"]);
        assert_eq!(
            ["0", "999", "1,000", "1,234,567"],
            [0, 999, 1000, 1_234_567].map(thousands).each_ref().map(|s| &**s)
        );
    }
}
