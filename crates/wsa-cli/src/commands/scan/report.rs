//! [`Report`]: the answer as a value. Text, JSON, CSV, Markdown and HTML are made from it.

use serde::Serialize;
use winsock_codes::{Code, Fault, Severity};
use winsock_scan::Operation;

use super::diagnose::{self, Diagnosis};
use super::related::RelatedReport;
use super::tally::{CodeTally, Files, Tally};
use super::top::Top;
use super::when::{self, Moment};

/// What a scan found. Times are as the logs write them, in the zone of the first stamp that names one; `Z` or offsets are not
/// added.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) schema: &'static str,
    pub(crate) scanned: Scanned,
    pub(crate) findings: u64,
    /// Findings whose record tells no time.
    pub(crate) undated: u64,
    #[serde(skip)]
    pub(crate) undated_far: u64,
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
    /// Worst first.
    pub(crate) codes: Vec<CodeReport>,
    pub(crate) peers: Peers,
    /// Look-alikes, if they were asked for; no findings.
    pub(crate) related: Vec<RelatedReport>,
    pub(crate) errors: Vec<Trouble>,
    #[serde(skip)]
    pub(crate) span: Option<(Moment, Moment)>,
}

/// What was read.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Scanned {
    pub(crate) files: u64,
    pub(crate) files_with_findings: u64,
    /// Bytes of text, after decompression.
    pub(crate) bytes: u64,
    pub(crate) lines: u64,
    /// Findings that the filters left out.
    pub(crate) left_out: u64,
    /// Binary files and archives that directory walks passed over.
    pub(crate) skipped_binary: u64,
    /// Those of them that are archives.
    pub(crate) skipped_archives: u64,
    /// Files that were scanned once already, under another path or the same.
    pub(crate) skipped_repeated: u64,
    /// Whether a directory was walked in which something may have been left out unasked.
    #[serde(skip)]
    pub(crate) leaves_out: bool,
    #[serde(skip)]
    pub(crate) seconds: f64,
}

/// One code.
#[derive(Debug, Serialize)]
pub(crate) struct CodeReport {
    pub(crate) code: i32,
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) count: u64,
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
    /// Counts from the report's first to its last time, in equal steps.
    pub(crate) over_time: Vec<u64>,
    pub(crate) peers: Peers,
    pub(crate) files: Peers,
    pub(crate) operations: Vec<Counted>,
    pub(crate) runtimes: Vec<Counted>,
    pub(crate) forms: Vec<Counted>,
    pub(crate) confidence: Vec<Counted>,
    #[serde(flatten)]
    pub(crate) diagnosis: Diagnosis,
    pub(crate) example: Option<ExampleReport>,
    #[serde(skip)]
    pub(crate) span: Option<(Moment, Moment)>,
}

/// The commonest peers, or files.
#[derive(Debug, Serialize)]
pub(crate) struct Peers {
    pub(crate) top: Vec<Counted>,
    /// How many different ones there are; an estimate to within some percent unless `exact`.
    pub(crate) different: u64,
    /// Whether all counts are exact. If not, each may be too low by at most `missed`.
    pub(crate) exact: bool,
    pub(crate) missed: u64,
}

impl Peers {
    /// How many peers there are besides so many that are listed, with a word before an estimate; `None` if there are none.
    pub(crate) fn besides(&self, listed: usize) -> Option<(&'static str, u64)> {
        let others = self.different.saturating_sub(listed as u64);
        let told = if self.exact { ("", others) } else { ("about ", rounded(others)) };
        (others > 0).then_some(told)
    }
}

/// An estimate in two digits: more would look exact.
pub(crate) fn rounded(estimate: u64) -> u64 {
    let unit = 10_u64.pow(estimate.max(1).ilog10().saturating_sub(1));
    (estimate + unit / 2) / unit * unit
}

/// A word and how often.
#[derive(Debug, Serialize)]
pub(crate) struct Counted {
    pub(crate) name: String,
    pub(crate) count: u64,
}

/// Where to look.
#[derive(Debug, Serialize)]
pub(crate) struct ExampleReport {
    pub(crate) path: String,
    pub(crate) line: u64,
    pub(crate) text: String,
    #[serde(skip)]
    pub(crate) lines_before: usize,
}

/// An input that could not be read, or not completely.
#[derive(Debug, Serialize)]
pub(crate) struct Trouble {
    pub(crate) path: String,
    pub(crate) kind: &'static str,
    pub(crate) message: String,
}

/// Steps of `over_time`.
pub(crate) const TIME_STEPS: usize = 48;
/// Peers that are listed.
const LISTED_PEERS: usize = 10;

impl Report {
    pub(crate) fn new(mut tally: Tally, mut scanned: Scanned, errors: Vec<Trouble>) -> Report {
        let span = tally.first.zip(tally.last);
        let after: Vec<(Code, Option<(Code, u64)>)> =
            tally.codes.keys().map(|code| (*code, consequence_of(&tally, *code))).collect();
        let mut codes: Vec<CodeReport> = after
            .into_iter()
            .filter_map(|(code, after)| {
                let mut of_code = tally.codes.remove(&code)?;
                let over_time = span.map_or_else(Vec::new, |(first, last)| {
                    of_code.series.columns(&tally.scale, first, last, TIME_STEPS)
                });
                Some({
                    let diagnosis = diagnose::diagnose(code, &of_code, after);
                    CodeReport::new(code, &mut of_code, over_time, diagnosis)
                })
            })
            .collect();
        codes.sort_by_key(|code| (badness(code, tally.findings), std::cmp::Reverse(code.count), code.code));
        scanned.files_with_findings = tally.files_with_findings;
        Report {
            schema: "wsa.scan.v1",
            scanned,
            findings: tally.findings,
            undated: tally.undated,
            undated_far: tally.undated_far,
            first: tally.first.map(when::date_time),
            last: tally.last.map(when::date_time),
            codes,
            peers: Peers::new(&tally.peers),
            related: tally.related.into_reports(),
            errors,
            span,
        }
    }
}

/// What sorts first: real trouble before consequences, harmless things last. What is critical stands before what is
/// common, unless it is less than a hundredth of all.
fn badness(code: &CodeReport, findings: u64) -> u8 {
    if code.diagnosis.is_harmless() {
        3
    } else if code.diagnosis.follows.is_some() {
        2
    } else if code.severity == Severity::Critical.as_str() && code.count * 100 >= findings {
        0
    } else {
        1
    }
}

/// The code that this one follows, unless the two follow each other, as unrelated errors of a busy log do. That it stood
/// behind the other once may be chance, as any two lines of a short log do: then one record must tell of both, or it must be
/// an error that an earlier one explains.
fn consequence_of(tally: &Tally, code: Code) -> Option<(Code, u64)> {
    let this = tally.codes.get(&code)?;
    let (first, count) = this.mostly_after()?;
    let other = tally.codes.get(&first)?;
    let back = other.after.of(code);
    let is_chance = count == 1 && !this.in_record_of_another && !explains_itself_by_another(code, this);
    (back * 2 < other.count && !is_chance).then_some((first, count))
}

/// Whether a code is a program's error in the use of a socket, as where an earlier call failed and that was overlooked. A
/// call that begins something anew fails for a reason of its own.
fn explains_itself_by_another(code: Code, tally: &CodeTally) -> bool {
    let begins = |operation| {
        matches!(
            operation,
            Operation::Resolve | Operation::Socket | Operation::Bind | Operation::Listen | Operation::Connect
        )
    };
    code.entry().is_some_and(|entry| entry.fault.first() == Some(&Fault::Program))
        && !tally.operations.sorted().into_iter().any(|(operation, _)| begins(operation))
}

impl CodeReport {
    fn new(code: Code, tally: &mut CodeTally, over_time: Vec<u64>, diagnosis: Diagnosis) -> CodeReport {
        let entry = code.entry();
        CodeReport {
            code: code.value(),
            name: code.name().unwrap_or("unassigned"),
            summary: entry.map_or("A number that Winsock does not assign.", |entry| entry.summary),
            severity: entry.map_or("warning", |entry| entry.severity.as_str()),
            count: tally.count,
            first: tally.first.map(when::date_time),
            last: tally.last.map(when::date_time),
            over_time,
            peers: Peers::new(&tally.peers),
            files: Peers::of_files(&mut tally.files),
            operations: counted(tally.operations.sorted().into_iter().map(|(word, count)| (word.as_str(), count))),
            runtimes: counted(tally.runtimes.sorted().into_iter().map(|(word, count)| (word.as_str(), count))),
            forms: counted(tally.forms.sorted().into_iter().map(|(word, count)| (word.as_str(), count))),
            confidence: counted(tally.confidence.sorted().into_iter().map(|(word, count)| (word.as_str(), count))),
            diagnosis,
            example: tally.example.as_ref().map(|example| ExampleReport {
                path: example.path.clone(),
                line: example.line,
                text: wsa_input::legible(&example.text).into_owned(),
                lines_before: example.lines_before as usize,
            }),
            span: tally.first.zip(tally.last),
        }
    }
}

fn counted<'a>(all: impl Iterator<Item = (&'a str, u64)>) -> Vec<Counted> {
    let mut all: Vec<Counted> = all.map(|(name, count)| Counted { name: name.to_owned(), count }).collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    all
}

impl Peers {
    fn of_files(files: &mut Files) -> Peers {
        let top = files.top().iter().map(|(name, count)| Counted { name: name.clone(), count: *count }).collect();
        Peers { top, different: files.different, exact: true, missed: 0 }
    }

    fn new<V: Default>(top: &Top<V>) -> Peers {
        Peers {
            top: top
                .commonest(LISTED_PEERS)
                .into_iter()
                // A count below what may be missing from the others says nothing.
                .filter(|(_, count, _)| *count > top.missed())
                .map(|(peer, count, _)| Counted { name: peer.to_owned(), count })
                .collect(),
            different: top.different(),
            exact: top.missed() == 0,
            missed: top.missed(),
        }
    }
}
