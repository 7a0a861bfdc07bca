//! `--summary`: the report as a document.

use super::related;
use super::report::{CodeReport, Peers, Report};
use super::text::{counted, nothing, sentence, sparkline, thousands};
use crate::args::TableFormat;
use crate::args::scan::SummaryFormat;
use crate::render::table::{Table, harmless};

/// The report in a format.
///
/// # Errors
/// Never in practice: the report has only strings for keys.
pub(crate) fn render(report: &Report, format: SummaryFormat) -> serde_json::Result<String> {
    Ok(match format {
        SummaryFormat::Json => serde_json::to_string_pretty(report)? + "\n",
        SummaryFormat::Csv => table(report).render(TableFormat::Csv, 0),
        SummaryFormat::Markdown => markdown(report),
    })
}

fn table(report: &Report) -> Table {
    let mut table = Table::new([
        "code",
        "name",
        "severity",
        "count",
        "first",
        "last",
        "fault",
        "different_peers",
        "top_peer",
        "top_peer_count",
        "top_operation",
        "follows",
        "check_1",
        "check_2",
    ]);
    for code in &report.codes {
        let peer = code.peers.top.first();
        let check = |index: usize| {
            code.diagnosis.checks.get(index).map_or(String::new(), |check| format!("{}: {}", check.cause, check.remedy))
        };
        table.row([
            code.code.to_string(),
            code.name.to_owned(),
            code.severity.to_owned(),
            code.count.to_string(),
            code.first.clone().unwrap_or_default(),
            code.last.clone().unwrap_or_default(),
            code.diagnosis.fault.to_owned(),
            code.peers.different.to_string(),
            peer.map_or(String::new(), |peer| peer.name.clone()),
            peer.map_or(String::new(), |peer| peer.count.to_string()),
            code.operations.first().map_or(String::new(), |operation| operation.name.clone()),
            code.diagnosis.follows.as_ref().map_or(String::new(), |first| first.code.to_string()),
            check(0),
            check(1),
        ]);
    }
    table
}

fn markdown(report: &Report) -> String {
    let mut out = format!("# Winsock errors: {}\n\n", thousands(report.findings));
    if report.codes.is_empty() {
        return out + &nothing(report) + "\n" + &related::markdown(&report.related) + &errors(report);
    }
    let files = counted(report.scanned.files, "file");
    let left_out = match report.scanned.left_out {
        0 => String::new(),
        count => format!(" {} did not pass the filters.", counted(count, "more finding")),
    };
    if let (Some(first), Some(last)) = (&report.first, &report.last) {
        out += &format!("From {first} to {last}, in {files}.{left_out}\n\n");
    } else {
        out += &format!("In {files}.{left_out}\n\n");
    }
    let mut table = Table::new(["code", "name", "count", "course", "first", "last", "likely fault"]);
    for code in &report.codes {
        table.row([
            code.code.to_string(),
            code.name.to_owned(),
            thousands(code.count),
            sparkline(&code.over_time, 16),
            code.first.clone().unwrap_or_default(),
            code.last.clone().unwrap_or_default(),
            code.diagnosis.fault_text.clone(),
        ]);
    }
    out += &table.render(TableFormat::Markdown, 0);
    for code in &report.codes {
        out.push('\n');
        out += &section(report, code);
    }
    out + &related::markdown(&report.related) + &errors(report)
}

fn errors(report: &Report) -> String {
    if report.errors.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n## Not read completely\n\n");
    for error in &report.errors {
        out += &format!("- {}: {}\n", code_span(&error.path), harmless(&error.message));
    }
    out
}

fn section(report: &Report, code: &CodeReport) -> String {
    let mut out = format!("## {} {}\n\n{}\n\n", code.code, code.name, code.summary);
    for pattern in &code.diagnosis.patterns {
        out += &format!("- {pattern}\n");
    }
    out += &commonest("peer", &code.peers);
    if report.scanned.files_with_findings > 1 {
        out += &commonest("file", &code.files);
    }
    if let Some(example) = &code.example {
        // Of a long record only the beginning is there.
        let mut lines = example.text.lines();
        let first = lines.clone().next().unwrap_or_default();
        let text = lines.nth(example.lines_before).unwrap_or(first);
        out += &format!("- first seen in {}, line {}: {}\n", code_span(&example.path), example.line, code_span(text));
    }
    out += "\nCheck:\n\n";
    for (index, check) in code.diagnosis.checks.iter().enumerate() {
        out += &format!(
            "{}. **{}** {} *How to tell:* {}\n",
            index + 1,
            sentence(&check.cause),
            check.remedy,
            sentence(&check.evidence)
        );
    }
    out
}

/// The commonest peers or files, and how many there are besides.
fn commonest(noun: &str, peers: &Peers) -> String {
    let mut out = String::new();
    let at_least = if peers.exact { "" } else { "at least " };
    let listed = peers.top.len().min(5);
    for peer in &peers.top[..listed] {
        out += &format!("- {noun} {}: {at_least}{}\n", code_span(&peer.name), thousands(peer.count));
    }
    if listed > 0
        && let Some((about, others)) = peers.besides(listed)
    {
        out += &format!("- {about}{}\n", counted(others, &format!("more {noun}")));
    }
    out
}

/// Foreign text in a span of code, where it is no markup.
fn code_span(text: &str) -> String {
    format!("`{}`", harmless(text.trim()).replace('`', "'"))
}
