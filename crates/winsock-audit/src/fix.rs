//! Applying corrections to a text.

use crate::finding::{Edit, Finding};

/// What `--fix` may rewrite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FixMode {
    /// Numbers: the names are trusted.
    #[default]
    Number,
    /// Names: the numbers are trusted.
    Name,
}

/// The corrections among these findings, in order of the text, without overlaps and doubles.
#[must_use]
pub fn edits(findings: &[Finding], mode: FixMode) -> Vec<Edit> {
    let fixes = findings.iter().filter_map(|finding| match mode {
        FixMode::Number => finding.number_fix.as_ref(),
        FixMode::Name => finding.name_fix.as_ref(),
    });
    let mut edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
    edits.sort();
    edits.dedup();
    let mut end = 0;
    edits.retain(|edit| {
        let free = edit.start >= end;
        if free {
            end = edit.end;
        }
        free
    });
    edits
}

/// The text with corrections applied; they must be in order and must not overlap, as [`edits`] gives them.
///
/// ```
/// use winsock_audit::{Auditor, FixMode, Language, apply, edits};
///
/// let text = "#define WSAECONNRESET 10053\n";
/// let report = Auditor::new().audit(text, Language::C);
/// assert_eq!(apply(text, &edits(&report.findings, FixMode::Number)), "#define WSAECONNRESET 10054\n");
/// ```
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut fixed = String::with_capacity(text.len() + edits.len());
    let mut at = 0;
    for edit in edits {
        fixed.push_str(&text[at..edit.start]);
        fixed.push_str(&edit.replacement);
        at = edit.end;
    }
    fixed.push_str(&text[at..]);
    fixed
}
