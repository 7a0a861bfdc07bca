//! Workflow commands of GitHub Actions: annotations beside the lines of a pull request.

use super::outcome::Audit;
use super::sarif::level;

pub(super) fn render(audit: &Audit) -> String {
    let mut text = String::new();
    for (file, located) in audit.findings() {
        let finding = &located.finding;
        text += &format!(
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
            level(finding.kind),
            property(&file.path),
            located.start.line,
            located.start.column_utf16,
            located.end.line,
            located.end.column_utf16,
            property(&format!("wsa audit: {}", finding.kind)),
            message(&finding.message),
        );
    }
    for problem in &audit.problems {
        text += &format!("::error file={}::{}\n", property(&problem.path), message(&problem.message));
    }
    text
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
