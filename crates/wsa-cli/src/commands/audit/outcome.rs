//! What an audit of many files gave: the value that every format renders.

use winsock_audit::{Finding, Fix, Lines, Position};

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Audit {
    /// Files with findings or corrections, by path.
    pub(super) files: Vec<File>,
    /// What could not be done, by path.
    pub(super) problems: Vec<Problem>,
    /// Files left out because they are no text.
    pub(super) binary: Vec<String>,
    /// Files read.
    pub(super) read: usize,
    /// Statements checked.
    pub(super) statements: usize,
    /// Findings that a comment in the text suppressed.
    pub(super) suppressed: usize,
    /// Findings that the configuration accepts.
    pub(super) accepted: usize,
    /// Standard input with corrections, in its own encoding, if it was to be corrected.
    pub(super) stdin_corrected: Option<Vec<u8>>,
}

/// One file.
#[derive(Debug)]
pub(super) struct File {
    /// As shown: relative where the user's path was.
    pub(super) path: String,
    pub(super) findings: Vec<Located>,
    /// Corrections made, or with `--diff` to be made.
    pub(super) corrections: usize,
    /// The corrections as a patch.
    pub(super) patch: Option<String>,
}

/// A finding with the places that people and programs ask for.
#[derive(Debug)]
pub(super) struct Located {
    pub(super) finding: Finding,
    pub(super) start: Position,
    pub(super) end: Position,
    /// The first line of the finding.
    pub(super) line: String,
    /// The places of `finding.related`.
    pub(super) related: Vec<Position>,
    /// What corrects the number, with places; empty if nothing certain does.
    pub(super) number_edits: Vec<PlacedEdit>,
    /// What corrects the name.
    pub(super) name_edits: Vec<PlacedEdit>,
}

/// Start, end and replacement.
pub(super) type PlacedEdit = (Position, Position, String);

/// Something that could not be read or written.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) path: String,
    pub(super) message: String,
}

/// Longest line kept for display, in bytes; around the finding.
const MAX_LINE: usize = 4096;

impl Located {
    pub(super) fn new(text: &str, lines: &Lines, finding: Finding) -> Located {
        let start = lines.position(text, finding.span.start);
        let end = lines.position(text, finding.span.end);
        let related = finding.related.iter().map(|place| lines.position(text, place.span.start)).collect();
        let line = lines.line(text, start.line);
        // Of a line of a megabyte the renderer needs only the part with the finding, which `start` still counts from 1.
        let line = if line.len() > MAX_LINE { String::new() } else { line.to_owned() };
        let placed = |fix: &Option<Fix>| {
            let edits = fix.iter().flat_map(|fix| &fix.edits);
            let place = |at| lines.position(text, at);
            edits.map(|edit| (place(edit.start), place(edit.end), edit.replacement.clone())).collect()
        };
        let (number_edits, name_edits) = (placed(&finding.number_fix), placed(&finding.name_fix));
        Located { finding, start, end, line, related, number_edits, name_edits }
    }
}

impl Audit {
    pub(super) fn findings(&self) -> impl Iterator<Item = (&File, &Located)> {
        self.files.iter().flat_map(|file| file.findings.iter().map(move |located| (file, located)))
    }
}
