//! SARIF 2.1.0, the OASIS format that code-scanning services read. Columns count UTF-16 code units, as its section
//! 3.14.27 (`columnKind`) lets us say.

use serde_json::{Value, json};
use winsock_audit::{Kind, Position};

use super::outcome::{Audit, File, Located};

pub(super) fn render(audit: &Audit) -> serde_json::Result<String> {
    let notifications: Vec<Value> = audit
        .problems
        .iter()
        .map(|one| json!({ "level": "error", "message": { "text": format!("{}: {}", one.path, one.message) } }))
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "wsa audit",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Kind::ALL.iter().map(|kind| rule(*kind)).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "invocations": [{
                "executionSuccessful": audit.problems.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": audit.findings().map(|(file, located)| result(file, located)).collect::<Vec<_>>(),
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn rule(kind: Kind) -> Value {
    json!({
        "id": kind.id(),
        "shortDescription": { "text": kind.title() },
        "fullDescription": { "text": kind.title() },
        "help": { "text": kind.explanation(), "markdown": kind.explanation() },
        "defaultConfiguration": { "level": level(kind), "enabled": !kind.is_opt_in() },
    })
}

/// What is certainly false is an error; what needs judgement is a warning.
pub(super) fn level(kind: Kind) -> &'static str {
    if kind.is_opt_in() || kind == Kind::WrongText { "warning" } else { "error" }
}

fn result(file: &File, located: &Located) -> Value {
    let finding = &located.finding;
    let index = Kind::ALL.iter().position(|kind| *kind == finding.kind);
    let related: Vec<Value> = finding
        .related
        .iter()
        .zip(&located.related)
        .map(|(related, start)| {
            let mut place = location(&file.path, region(*start, None));
            place["message"] = json!({ "text": related.message });
            place
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.kind.id(),
        "ruleIndex": index,
        "level": level(finding.kind),
        "message": { "text": finding.message },
        "locations": [location(&file.path, region(located.start, Some(located.end)))],
        "partialFingerprints": { "wsaAudit/v1": fingerprint(file, located) },
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    let fixes = fixes(file, located);
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
}

/// The corrections that are certain: the number first.
fn fixes(file: &File, located: &Located) -> Vec<Value> {
    let described = [(&located.number_edits, "correct the number"), (&located.name_edits, "correct the name")];
    let fix = |edits: &[(Position, Position, String)], what: &str| {
        let replacement = |(start, end, text): &(Position, Position, String)| json!({ "deletedRegion": region(*start, Some(*end)), "insertedContent": { "text": text } });
        json!({
            "description": { "text": what },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&file.path) },
                "replacements": edits.iter().map(replacement).collect::<Vec<_>>(),
            }],
        })
    };
    described.iter().filter(|(edits, _)| !edits.is_empty()).map(|(edits, what)| fix(edits, what)).collect()
}

fn location(path: &str, region: Value) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path) }, "region": region } })
}

fn region(start: Position, end: Option<Position>) -> Value {
    let mut region = json!({ "startLine": start.line, "startColumn": start.column_utf16 });
    if let Some(end) = end {
        region["endLine"] = end.line.into();
        region["endColumn"] = end.column_utf16.into();
    }
    region
}

/// The path as a relative URI reference (RFC 3986), or a `file` URI if it is absolute.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

/// Recognises a finding when lines above it come and go: what is said, not where.
fn fingerprint(file: &File, located: &Located) -> String {
    let finding = &located.finding;
    let name = finding.name.as_deref().unwrap_or_default();
    let value = finding.value.map(|value| value.to_string()).unwrap_or_default();
    let same = |other: &&Located| {
        let other = &other.finding;
        (other.kind, &other.name, other.value) == (finding.kind, &finding.name, finding.value)
            && other.span.start < finding.span.start
    };
    let earlier = file.findings.iter().filter(same).count();
    format!("{}:{name}:{value}:{earlier}", finding.kind.id())
}
