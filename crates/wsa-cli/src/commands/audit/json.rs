//! For programs: everything that is known, schema `wsa.audit.v1`. Byte offsets count in the file's text as UTF-8 without
//! a byte order mark.

use serde::Serialize;
use winsock_audit::{Edit, Fix, Position};

use super::outcome::{Audit, File, Located};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    summary: Summary,
    findings: Vec<Entry<'a>>,
    problems: Vec<Problem<'a>>,
    binary: &'a [String],
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    statements: usize,
    findings: usize,
    corrections: usize,
    suppressed: usize,
    accepted: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    kind: &'static str,
    message: &'a str,
    expected: &'a str,
    name: Option<&'a str>,
    value: Option<i64>,
    code: Option<i32>,
    start: Place,
    end: Place,
    fix: Fixes<'a>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Place {
    byte: usize,
    line: usize,
    column: usize,
    column_utf8: usize,
    column_utf16: usize,
}

#[derive(Serialize)]
struct Fixes<'a> {
    number: Option<Vec<Change<'a>>>,
    name: Option<Vec<Change<'a>>>,
}

#[derive(Serialize)]
struct Change<'a> {
    start: usize,
    end: usize,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    start: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct Problem<'a> {
    path: &'a str,
    message: &'a str,
}

pub(super) fn render(audit: &Audit) -> serde_json::Result<String> {
    let findings: Vec<Entry<'_>> = audit.findings().map(|(file, located)| entry(file, located)).collect();
    let document = Document {
        schema: "wsa.audit.v1",
        summary: Summary {
            files: audit.read,
            statements: audit.statements,
            findings: findings.len(),
            corrections: audit.files.iter().map(|file| file.corrections).sum(),
            suppressed: audit.suppressed,
            accepted: audit.accepted,
        },
        findings,
        problems: audit.problems.iter().map(|one| Problem { path: &one.path, message: &one.message }).collect(),
        binary: &audit.binary,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn entry<'a>(file: &'a File, located: &'a Located) -> Entry<'a> {
    let finding = &located.finding;
    let related = finding.related.iter().zip(&located.related);
    Entry {
        path: &file.path,
        kind: finding.kind.id(),
        message: &finding.message,
        expected: &finding.expected,
        name: finding.name.as_deref(),
        value: finding.value,
        code: finding.code.map(|code| code.value()),
        start: place(finding.span.start, located.start),
        end: place(finding.span.end, located.end),
        fix: Fixes { number: finding.number_fix.as_ref().map(changes), name: finding.name_fix.as_ref().map(changes) },
        related: related
            .map(|(related, position)| Related {
                start: place(related.span.start, *position),
                message: &related.message,
            })
            .collect(),
    }
}

fn place(byte: usize, at: Position) -> Place {
    Place { byte, line: at.line, column: at.column, column_utf8: at.column_utf8, column_utf16: at.column_utf16 }
}

fn changes(fix: &Fix) -> Vec<Change<'_>> {
    fix.edits.iter().map(|Edit { start, end, replacement }| Change { start: *start, end: *end, replacement }).collect()
}
