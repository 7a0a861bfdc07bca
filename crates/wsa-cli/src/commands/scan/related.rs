//! `--related`: look-alikes, counted apart from the findings. Their number is bounded by the catalogue.

use std::collections::BTreeMap;

use serde::Serialize;
use winsock_codes::related::Lookalike;

use super::job::InputFile;
use super::text::thousands;
use crate::render::style::{BOLD, DIM, paint};
use crate::render::table::harmless;

/// One look-alike in one record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelatedHit {
    pub(crate) lookalike: &'static Lookalike,
    /// Counted like a finding's.
    pub(crate) line: u64,
}

/// All look-alikes.
#[derive(Debug, Default)]
pub(crate) struct RelatedTally(BTreeMap<u32, RelatedReport>);

/// What the report says of one look-alike.
#[derive(Debug, Serialize)]
pub(crate) struct RelatedReport {
    value: u32,
    name: &'static str,
    owner: &'static str,
    meaning: &'static str,
    /// The Winsock codes that mean the same or are often behind it.
    stands_for: Vec<&'static str>,
    count: u64,
    path: String,
    line: u64,
}

impl RelatedTally {
    pub(crate) fn add(&mut self, file: &InputFile, hit: RelatedHit) {
        let known = hit.lookalike;
        let report = self.0.entry(known.value).or_insert_with(|| RelatedReport {
            value: known.value,
            name: known.name,
            owner: known.owner,
            meaning: known.meaning,
            stands_for: known.related.iter().filter_map(|code| code.name()).collect(),
            count: 0,
            path: file.name.clone(),
            line: hit.line,
        });
        report.count += 1;
    }

    /// The commonest first.
    pub(crate) fn into_reports(self) -> Vec<RelatedReport> {
        let mut all: Vec<RelatedReport> = self.0.into_values().collect();
        all.sort_by_key(|report| (std::cmp::Reverse(report.count), report.value));
        all
    }
}

impl RelatedReport {
    /// What to think of it, without marks of any format.
    fn sentence(&self) -> String {
        let meaning = self.meaning.trim_end_matches('.');
        match self.stands_for[..] {
            [] => format!("{meaning}."),
            _ => format!("{meaning}. Related to {}.", self.stands_for.join(", ")),
        }
    }

    fn number(&self) -> String {
        format!("{} {}", self.owner, self.value)
    }

    fn place(&self) -> String {
        format!("{}:{}", harmless(&self.path), self.line)
    }
}

/// For a terminal of so many columns.
pub(crate) fn text(related: &[RelatedReport], width: usize) -> String {
    if related.is_empty() {
        return String::new();
    }
    let mut out = String::from("Not Winsock's, not counted:\n");
    for report in related {
        let name = paint(BOLD, format!("{} {}", report.number(), report.name));
        let rest = paint(DIM, format!("{}×, first in {}", thousands(report.count), report.place()));
        out += &format!("  {name}  {rest}\n");
        for line in textwrap::wrap(&report.sentence(), width.saturating_sub(4).max(20)) {
            out += &format!("    {line}\n");
        }
    }
    out
}

/// For tickets.
pub(crate) fn markdown(related: &[RelatedReport]) -> String {
    if related.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n## Not Winsock's, not counted\n\n");
    for report in related {
        out += &format!(
            "- {} {}: {}×, first in `{}`. {}\n",
            report.number(),
            report.name,
            thousands(report.count),
            report.place(),
            report.sentence()
        );
    }
    out
}

/// For the page.
pub(crate) fn html(related: &[RelatedReport]) -> String {
    use super::html::escape;
    if related.is_empty() {
        return String::new();
    }
    let mut out = String::from("<section>\n<h2>Not Winsock's, not counted</h2>\n<dl>\n");
    for report in related {
        out += &format!(
            "<div><dt>{}</dt><dd>{} {}×: {}<br><span class=\"aside\">First in {}</span></dd></div>\n",
            escape(&report.number()),
            report.name,
            thousands(report.count),
            escape(&report.sentence()),
            escape(&report.place())
        );
    }
    out + "</dl>\n</section>\n"
}
