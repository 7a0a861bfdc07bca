//! `random/known-differences.toml`: where wine prints something else than the library, and why that is right.

use std::cell::Cell;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::trace::Line;

/// One kind of difference. Each pattern may hold `*` for any text; one that is missing fits everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    #[serde(default)]
    call: Vec<String>,
    #[serde(default)]
    state: Vec<String>,
    #[serde(default)]
    library: Vec<String>,
    #[serde(default)]
    wine: Vec<String>,
    /// Whether both sides' sockets are in the same state behind it, so that the comparison goes on.
    #[serde(default)]
    pub(crate) goes_on: bool,
    /// Why they differ.
    reason: String,
    /// What the library follows: the page, the check that was validated on Windows, or the case that has it.
    follow: String,
    #[serde(skip)]
    seen: Cell<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    difference: Vec<Entry>,
}

/// The whole list.
pub(crate) struct Known(Vec<Entry>);

impl Known {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
        let file: File = toml::from_str(&text).with_context(|| format!("parse {}", path.display()))?;
        for entry in &file.difference {
            ensure!(!entry.reason.is_empty() && !entry.follow.is_empty(), "{:?}: reason and follow", entry.call);
            ensure!(!entry.call.is_empty(), "an entry must name its calls: {}", entry.reason);
        }
        Ok(Self(file.difference))
    }

    /// The entry that explains a difference.
    pub(crate) fn find(&self, line: &Line, library: &str, wine: &str) -> Option<&Entry> {
        let entry = self.0.iter().find(|entry| {
            any(&entry.call, &line.call)
                && any(&entry.state, &line.state)
                && any(&entry.library, library)
                && any(&entry.wine, wine)
        })?;
        entry.seen.set(true);
        Some(entry)
    }

    /// What explained nothing.
    pub(crate) fn unseen(&self) -> impl Iterator<Item = String> + '_ {
        let unseen = self.0.iter().filter(|entry| !entry.seen.get());
        unseen.map(|entry| format!("{}: {}", entry.call.join(" "), entry.reason))
    }
}

fn any(patterns: &[String], text: &str) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, text))
}

/// Whether `text` fits `pattern`, whose `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text
            .strip_prefix(start)
            .is_some_and(|left| (0..=left.len()).any(|at| left.is_char_boundary(at) && fits(rest, &left[at..]))),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("send(*", "send(5, 0x0)") && fits("*", "") && fits("a*c*e", "abcde") && fits("a*", "a"));
        assert!(!fits("send(*", "WSASend(5)") && !fits("a*c", "abcd") && !fits("", "a"));
    }
}
