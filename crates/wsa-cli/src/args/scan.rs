//! `wsa scan`: its grammar.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use winsock_codes::Code;
use winsock_scan::Confidence;
use wsa_input::TextEncoding;

use crate::query::{self, Answer};

/// `wsa scan`
#[derive(Args, Debug, Default)]
#[command(
    before_help = "Examples:
  wsa scan app.log                   what is in it, worst first, and what to check
  wsa scan /var/log/app *.log.gz     directories and compressed files
  wsa scan support-bundle.zip        the files in a zip or tar archive
  wsa scan --lines -C2 app.log       the lines themselves, with two around each
  wsa scan --json app.log | jq .     one JSON object for each finding
  wsa scan --since 2h --code 10054,WSAETIMEDOUT --follow app.log
  kubectl logs -f pod | wsa scan -f  findings of a live pipe as they come
  wsa scan --html report.html logs/  a page for the ticket",
    after_help = "Text may be gzip, zstd, xz or bzip2 (recognised by content), UTF-8, UTF-16, or a Windows event log.
A file in a zip or tar archive is scanned as a file of its own, and called bundle.zip/logs/app.log.
Exit codes: 0 found, 1 none, 2 an input could not be read or not completely (named on standard error)."
)]
pub struct ScanArgs {
    /// Files and directories; `-` or nothing reads standard input, nothing at a terminal the current directory
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How the findings are shown
    #[command(flatten)]
    pub output: ScanOutput,

    /// Which findings are shown
    #[command(flatten)]
    pub filter: ScanFilter,

    /// Which files are read, and how
    #[command(flatten)]
    pub input: ScanInput,
}

impl ScanArgs {
    /// What words mean that are paths, and perhaps `--json`; `None` if any other option is among them.
    pub(super) fn of_paths(words: impl Iterator<Item = OsString>) -> Option<ScanArgs> {
        let mut args = ScanArgs::default();
        for word in words {
            if word == "--json" && !args.output.json {
                args.output.json = true;
            } else if word.is_empty() || word.as_encoded_bytes().starts_with(b"-") {
                return None;
            } else {
                args.paths.push(word.into());
            }
        }
        Some(args)
    }
}

/// How findings are shown: one of these; a report if none.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct ScanOutput {
    /// Show the lines, in the manner of grep
    ///
    /// Of the lines around one (-A, -B, -C) at most 16 KiB are shown on either side.
    #[arg(long, short = 'l', group = "mode")]
    pub lines: bool,

    /// Print one JSON object for each finding, each on a line
    ///
    /// Fields: path, line and column (from 1; columns are bytes), offset (bytes of the decoded text before it), code,
    /// name, form (how it is written: decimal, hresult, name, text...), confidence (low, medium, high), time (ISO 8601, as
    /// much as the log tells), operation, peer (host:port), runtime, text (the record). What a record does not tell is
    /// null. Parquet: pipe into DuckDB, `COPY (FROM read_json('/dev/stdin')) TO 'errors.parquet'`.
    #[arg(long, group = "mode")]
    pub json: bool,

    /// Print the report as a document for programs, spreadsheets or tickets
    #[arg(long, group = "mode", value_enum, value_name = "FORMAT")]
    pub summary: Option<SummaryFormat>,

    /// Write the report as a page with charts, complete in one file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,

    /// With --lines: so many lines after each
    #[arg(long, short = 'A', requires = "lines", value_name = "N")]
    pub after: Option<usize>,

    /// With --lines: so many lines before each
    #[arg(long, short = 'B', requires = "lines", value_name = "N")]
    pub before: Option<usize>,

    /// With --lines: so many lines around each
    #[arg(long, short = 'C', requires = "lines", value_name = "N")]
    pub context: Option<usize>,

    /// Also name Win32, WinHTTP and WinINet errors that stand near Winsock's; they are not counted, filters do not apply
    #[arg(long, conflicts_with_all = ["lines", "json", "follow"])]
    pub related: bool,

    /// Report all codes in full, however many
    #[arg(long)]
    pub full: bool,

    /// Show lines as they are written: files across rotation, files that come to a directory, pipes; stop with Ctrl-C
    #[arg(long, short, conflicts_with_all = ["html", "summary", "context", "before", "after"])]
    pub follow: bool,

    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
}

/// Which findings are shown.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Filters")]
pub struct ScanFilter {
    /// Only these codes: numbers or names in any spelling, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "CODE", value_parser = parse_code)]
    pub code: Vec<Code>,

    /// Only these peers: a host, host:port, :port, a network such as 10.1.0.0/16, or with `*`: '*.example.com'
    #[arg(long, value_delimiter = ',', value_name = "PEER")]
    pub peer: Vec<String>,

    /// Only from this time on: a date, a date and time, a time of today (09:30), today, yesterday, or so long ago (30m, 2h, 3d)
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,

    /// Only before this time, written like --since
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,

    /// Only findings at least this sure
    #[arg(long, value_enum, value_name = "HOW")]
    pub min_confidence: Option<ConfidenceArg>,

    /// Take the logs to be from this system: POSIX names and bare numbers then count too
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub assume: Option<Assume>,
}

/// Which files are read, and how.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Input")]
pub struct ScanInput {
    /// In directories and archives, only files that match, or with `!` in front do not: '*.log', '!*.tmp'
    ///
    /// An archive in a directory or archive is opened if its own name matches: -g '*.zip' -g '*.log'. What is named as PATH is
    /// opened in any case.
    #[arg(long, short, value_name = "GLOB")]
    pub glob: Vec<String>,

    /// In directories, hidden files too
    #[arg(long)]
    pub hidden: bool,

    /// In directories, also what .gitignore and .ignore exclude
    #[arg(long)]
    pub no_ignore: bool,

    /// Text is in this encoding, such as windows-1250, 850 (a console's) or gbk; UTF-8, UTF-16 and code pages of Cyrillic,
    /// Chinese, Japanese, Korean and other writings are told by the text
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<TextEncoding>,

    /// Threads to use; 0 or nothing takes as many as there are processors
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<usize>,
}

/// A document form of the report.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummaryFormat {
    /// One object; schema wsa.scan.v1.
    Json,
    /// One row for each code.
    Csv,
    /// A table and the advice, for tickets and wikis.
    Markdown,
}

/// How sure a finding must be.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfidenceArg {
    /// Everything, guesses too.
    Low,
    /// A number in an error context with words of networking around it, or better.
    Medium,
    /// Forms that nothing else has.
    High,
}

impl From<ConfidenceArg> for Confidence {
    fn from(arg: ConfidenceArg) -> Confidence {
        match arg {
            ConfidenceArg::Low => Confidence::Low,
            ConfidenceArg::Medium => Confidence::Medium,
            ConfidenceArg::High => Confidence::High,
        }
    }
}

/// A system that logs are from.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assume {
    /// Windows.
    Windows,
}

/// The one code that a word means.
fn parse_code(word: &str) -> Result<Code, String> {
    let readings = query::read_term(word.trim());
    let codes = readings.iter().filter_map(|reading| match reading.answer {
        Answer::Code(entry) => Some(entry.code()),
        Answer::Unassigned(value) => Some(Code::new(value)),
        _ => None,
    });
    let codes: Vec<Code> = codes.collect();
    match codes[..] {
        [code] => Ok(code),
        [] => Err(match readings.first().map(|reading| reading.answer) {
            Some(Answer::Near(spelling)) => format!("not a Winsock code; did you mean {}?", spelling.text),
            _ => "not a Winsock code; `wsa search` finds names".to_owned(),
        }),
        _ => {
            let names: Vec<String> = codes.iter().map(Code::to_string).collect();
            Err(format!("may be {}; say which", names.join(" or ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::args::{Cli, Color, Command};

    #[test]
    fn paths_mean_the_same_with_and_without_the_grammar() {
        for words in [&[][..], &["a.log"], &["a.log", "--json", "logs/b"], &["--json"], &["help"]] {
            let quick = ScanArgs::of_paths(words.iter().map(OsString::from)).unwrap();
            let whole = Cli::try_parse_from(["wsa", "scan"].iter().chain(words)).unwrap();
            let Command::Scan(parsed) = whole.command else { panic!("a scan") };
            assert_eq!(format!("{quick:?}"), format!("{parsed:?}"));
            assert!(whole.color == Color::default() && !whole.no_pager);
        }
        for words in [&["-"][..], &["--", "-x"], &["--json", "--json"], &["a", "-l"], &["--help"], &["--json=1"], &[""]]
        {
            assert!(ScanArgs::of_paths(words.iter().map(OsString::from)).is_none(), "{words:?}");
        }
    }
}
