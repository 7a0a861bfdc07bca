//! One file: read, audited, corrected.

use std::fs::{self, File as FsFile};
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

use winsock_audit::{Document, Finding, Language, Lines, apply, edits};

use super::outcome::{Audit, File, Located};
use super::walk::{locked, problem};
use super::{Task, correct};

/// Reads files into one buffer, one after the other.
pub(super) struct Reader<'a> {
    task: &'a Task<'a>,
    gathered: &'a Mutex<Audit>,
    buffer: Vec<u8>,
    /// Counted here and added once, so that threads do not meet at every file.
    read: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(task: &'a Task<'a>, gathered: &'a Mutex<Audit>) -> Reader<'a> {
        Reader { task, gathered, buffer: Vec::new(), read: 0 }
    }

    /// Audits a file; `named` if the user gave its very name.
    pub(super) fn file(&mut self, path: &Path, named: bool) {
        match self.fill(path) {
            Ok(()) => {}
            Err(message) => return problem(self.gathered, path, &message),
        }
        self.read += 1;
        let shown = shown(path);
        let language = Language::of(&shown);
        if !self.task.auditor.is_candidate(&self.buffer, language) && !named {
            return;
        }
        let document = match Document::decode(&self.buffer) {
            Ok(document) => document,
            Err(reason) if named => return problem(self.gathered, path, &format!("{reason}; not audited")),
            Err(_) => return locked(self.gathered).binary.push(shown),
        };
        audit_document(self.task, self.gathered, path, &shown, &document, language);
    }

    fn fill(&mut self, path: &Path) -> Result<(), String> {
        let say = |error: std::io::Error| error.to_string();
        let mut file = FsFile::open(path).map_err(say)?;
        let size = file.metadata().map_err(say)?.len();
        let limit = self.task.args.max_size.saturating_mul(1 << 20);
        if size > limit {
            return Err(format!(
                "{} MiB are more than --max-size {}; not audited",
                size >> 20,
                self.task.args.max_size
            ));
        }
        self.buffer.clear();
        self.buffer.reserve(usize::try_from(size).unwrap_or(0));
        // The file may grow while it is read; the limit holds all the same.
        file.by_ref().take(limit + 1).read_to_end(&mut self.buffer).map_err(say)?;
        if self.buffer.len() as u64 > limit {
            return Err(format!("grew beyond --max-size {} while it was read; not audited", self.task.args.max_size));
        }
        Ok(())
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        locked(self.gathered).read += self.read;
    }
}

/// Audits standard input.
pub(super) fn stdin(task: &Task<'_>, bytes: &[u8], gathered: &Mutex<Audit>) {
    let name = task.args.stdin_name.as_deref();
    let shown = name.unwrap_or("<stdin>");
    locked(gathered).read += 1;
    let document = match Document::decode(bytes) {
        Ok(document) => document,
        Err(reason) => return problem(gathered, Path::new(shown), &format!("{reason}; not audited")),
    };
    audit_document(task, gathered, Path::new("-"), shown, &document, name.map_or(Language::Text, Language::of));
}

/// The path as findings show it.
fn shown(path: &Path) -> String {
    path.strip_prefix("./").unwrap_or(path).display().to_string()
}

fn audit_document(
    task: &Task<'_>,
    gathered: &Mutex<Audit>,
    path: &Path,
    shown: &str,
    document: &Document<'_>,
    language: Language,
) {
    let mut report = task.auditor.audit(document.text(), language);
    let mut accepted = accept(task, path, &mut report.findings);
    let mut file = File { path: shown.to_owned(), findings: Vec::new(), corrections: 0, patch: None };
    let mut text = std::borrow::Cow::Borrowed(document.text());
    if let Some(mode) = task.fix {
        let edits = edits(&report.findings, mode);
        let is_stdin = path == Path::new("-");
        if !edits.is_empty() || is_stdin && !task.args.diff {
            let corrected = apply(&text, &edits);
            match write(task, gathered, path, document, &corrected) {
                Ok(()) => {
                    file.corrections = edits.len();
                    file.patch = (!edits.is_empty()).then(|| correct::patch(shown, document.text(), &corrected));
                    report = task.auditor.audit(&corrected, language);
                    accepted = accept(task, path, &mut report.findings);
                    text = corrected.into();
                }
                Err(message) => problem(gathered, Path::new(shown), &message),
            }
        }
    }
    let lines = Lines::new(&text);
    file.findings = report.findings.into_iter().map(|finding| Located::new(&text, &lines, finding)).collect();
    let mut audit = locked(gathered);
    audit.statements += report.statements;
    audit.suppressed += report.suppressed;
    audit.accepted += accepted;
    if !file.findings.is_empty() || file.corrections > 0 {
        audit.files.push(file);
    }
}

/// Takes out what the configuration accepts.
fn accept(task: &Task<'_>, path: &Path, findings: &mut Vec<Finding>) -> usize {
    let before = findings.len();
    findings.retain(|finding| !task.config.accepts(path, finding));
    before - findings.len()
}

/// Puts a corrected text where it belongs: into the file, to standard output, or nowhere with `--diff`.
fn write(
    task: &Task<'_>,
    gathered: &Mutex<Audit>,
    path: &Path,
    document: &Document<'_>,
    corrected: &str,
) -> Result<(), String> {
    if task.args.diff {
        return Ok(());
    }
    let Some(bytes) = document.encode(corrected) else {
        return Err("its encoding cannot be written back byte by byte; not corrected".to_owned());
    };
    if path == Path::new("-") {
        locked(gathered).stdin_corrected = Some(bytes);
        return Ok(());
    }
    let original = document.bytes();
    let now = fs::read(path).map_err(|error| format!("{error}; not corrected"))?;
    if now != original {
        return Err("changed while it was audited; not corrected".to_owned());
    }
    correct::replace(path, &bytes).map_err(|error| format!("{error}; not corrected"))
}
