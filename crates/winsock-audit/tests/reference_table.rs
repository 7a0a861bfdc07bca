//! The reference table in circulation: 255 rows, 8 right.

use std::collections::BTreeMap;
use std::fmt::Write;

use winsock_audit::{Auditor, Kind, Language, Report};

const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../winsock-codes/data/reference_table.csv"));

fn rows() -> Vec<(i64, &'static str)> {
    let rows = TABLE.lines().skip(1).filter_map(|line| line.split_once(','));
    rows.map(|(number, name)| (number.parse().unwrap(), name)).collect()
}

/// Findings about single rows, per kind; conflicts are about several.
fn tally(report: &Report) -> BTreeMap<Kind, usize> {
    let mut tally = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.kind != Kind::Conflict) {
        *tally.entry(finding.kind).or_default() += 1;
    }
    tally
}

fn check(text: &str, language: Language) {
    let report = Auditor::new().audit(text, language);
    assert_eq!(report.statements, 255, "every row states something");
    let tally = tally(&report);
    assert_eq!(tally.values().sum::<usize>(), 247, "{tally:?}");
    assert_eq!(tally[&Kind::MadeUpName], 13);
    assert_eq!(tally[&Kind::WrongValue] + tally[&Kind::Unassigned], 234);
    // Each row has one finding at most, and it stands on the row.
    let mut lines: Vec<usize> = report
        .findings
        .iter()
        .filter(|f| f.kind != Kind::Conflict)
        .map(|f| text[..f.span.start].matches('\n').count())
        .collect();
    lines.dedup();
    assert_eq!(lines.len(), 247);
    // The 8 right rows are the ones without.
    let right: Vec<i64> = rows()
        .iter()
        .filter(|(number, name)| {
            winsock_codes::Code::from_name(name).is_some_and(|code| i64::from(code.value()) == *number)
        })
        .map(|(number, _)| *number)
        .collect();
    assert_eq!(right.len(), 8);
    for finding in report.findings.iter().filter(|finding| finding.kind != Kind::Conflict) {
        assert!(!right.contains(&finding.value.unwrap()), "{finding:?}");
    }
}

#[test]
fn eight_rows_of_the_file_are_right_and_247_are_not() {
    check(TABLE, Language::Csv);
    check(TABLE, Language::Text);
}

#[test]
fn the_same_rows_as_text_lines_give_the_same() {
    let text: String = rows().iter().fold(String::new(), |mut text, (number, name)| {
        writeln!(text, "{number} {name}").unwrap();
        text
    });
    check(&text, Language::Text);
    check(&text, Language::Markdown);
    let tabs = text.replace(' ', "\t");
    check(&tabs, Language::Csv);
}

#[test]
fn the_same_rows_in_every_other_layout_give_the_same() {
    let layout = |line: &dyn Fn(i64, &str) -> String| {
        rows().iter().map(|(number, name)| line(*number, name)).collect::<String>()
    };
    check(&layout(&|number, name| format!("| {number} | {name} |\n")), Language::Markdown);
    check(&layout(&|number, name| format!("| {name} | Some words | {number} |\n")), Language::Markdown);
    check(&layout(&|number, name| format!("* `{name}` ({number})\n")), Language::Markdown);
    check(&layout(&|number, name| format!("<tr><td>{number}</td><td><code>{name}</code></td></tr>\n")), Language::Html);
    check(&layout(&|number, name| format!("#define {name} {number}L\n")), Language::C);
    check(&layout(&|number, name| format!("    case {number}: return \"{name}\";\n")), Language::C);
    check(&layout(&|number, name| format!("  {{ {number}, \"{name}\" }},\n")), Language::C);
    check(&layout(&|number, name| format!("    {number}: '{name}',\n")), Language::Source);
    check(&layout(&|number, name| format!("pub const {name}: i32 = 0x{number:X};\n")), Language::Source);
    check(&layout(&|number, name| format!("    case {number}: // {name}\n")), Language::Source);
    check(&layout(&|number, name| format!("  {name} = WSABASEERR + {};\n", number - 10_000)), Language::Caseless);
    check(&layout(&|number, name| format!("Public Const {name} As Long = {number}\n")), Language::Caseless);
}

#[test]
fn a_document_with_the_table_and_real_values_contradicts_itself() {
    let mut text = "A reset is WSAECONNRESET (10054), a time-out 10060 (WSAETIMEDOUT).\n\n".to_owned();
    for (number, name) in rows() {
        writeln!(text, "{number} {name}").unwrap();
    }
    let report = Auditor::new().audit(&text, Language::Markdown);
    let conflict = |name: &str| {
        report.findings.iter().find(|f| f.kind == Kind::Conflict && f.name.as_deref() == Some(name)).unwrap()
    };
    let reset = conflict("WSAECONNRESET");
    assert!(reset.message.ends_with("10054 is right"), "{}", reset.message);
    // The true place is among those that the finding lists.
    assert!(
        reset.related.iter().any(|place| text[place.span.clone()].starts_with("WSAECONNRESET (10054")),
        "{reset:?}"
    );
    let number = report
        .findings
        .iter()
        .find(|f| f.kind == Kind::Conflict && f.name.is_none() && f.value == Some(10054))
        .unwrap();
    assert!(number.message.contains("WSAEALREADY and WSAECONNRESET; WSAECONNRESET is right"), "{}", number.message);
}
