//! `wsa audit`: its part of the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Args, ValueEnum};
use winsock_audit::Kind;

/// `wsa audit`
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:
  wsa audit docs src                 which statements about codes are wrong, and what is right
  wsa audit --diff .                 what --fix would change
  wsa audit --fix docs/errors.md     correct numbers where the right one is certain
  git show HEAD:errors.h | wsa audit - --stdin-name errors.h
  wsa audit --format sarif . > audit.sarif
  wsa audit --explain wrong-value    what a kind of finding means",
    after_help = "Exit codes: 0 clean, 1 findings, 2 trouble (something could not be read or written).
A comment `wsa-audit: ignore` on a line suppresses; so do `ignore-next-line`, `off` ... `on` and
`ignore-file`, each with or without [KIND, ...]. `wsa audit --explain config` shows wsa-audit.toml,
the file for accepted deviations."
)]
pub struct AuditArgs {
    /// Files, folders and glob patterns; `-` reads standard input
    #[arg(value_name = "PATH", required_unless_present = "explain")]
    pub paths: Vec<PathBuf>,

    /// Correct in place: numbers, or with --fix=name names, only where the right one is certain
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "number")]
    pub fix: Option<FixWhat>,

    /// Show what --fix would change as a patch, and change nothing
    #[arg(long)]
    pub diff: bool,

    /// How to print the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: AuditFormat,

    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Look only for these kinds; `all` includes those that need judgement
    #[arg(long, value_delimiter = ',', value_parser = KindsParser, value_name = "KINDS")]
    pub select: Vec<Kinds>,

    /// Do not look for these kinds
    #[arg(long, value_delimiter = ',', value_parser = KindsParser, value_name = "KINDS")]
    pub ignore: Vec<Kinds>,

    /// Explain a kind of finding, `config` or, without a value, list all kinds
    #[arg(long, value_name = "KIND", num_args = 0..=1, default_missing_value = "")]
    pub explain: Option<String>,

    /// Name of what standard input holds: decides the language and is shown in findings
    #[arg(long, value_name = "NAME")]
    pub stdin_name: Option<String>,

    /// Only files that match, or with `!` in front that do not
    #[arg(long, short, value_name = "GLOB")]
    pub glob: Vec<String>,

    /// Also hidden files and folders
    #[arg(long)]
    pub hidden: bool,

    /// Also what .gitignore and the like exclude
    #[arg(long)]
    pub no_ignore: bool,

    /// Follow symbolic links
    #[arg(long, short = 'L')]
    pub follow: bool,

    /// Accepted deviations; without it the nearest wsa-audit.toml upwards from the current folder
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,

    /// Report files larger than this many MiB instead of reading them
    #[arg(long, value_name = "MIB", default_value_t = 256)]
    pub max_size: u64,

    /// Threads; 0 takes what the machine has
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

/// What `--fix` rewrites.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixWhat {
    /// The number: names are trusted.
    Number,
    /// The name: numbers are trusted.
    Name,
}

/// How findings are printed.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuditFormat {
    /// For people: place, line, underline.
    #[default]
    Text,
    /// For programs; the schema is in the manual.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// One kind, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// Every kind.
    All,
    /// This one.
    One(Kind),
}

/// Kinds by id.
#[derive(Clone)]
struct KindsParser;

impl TypedValueParser for KindsParser {
    type Value = Kinds;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Kinds, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, arg, value)?;
        if text == "all" {
            return Ok(Kinds::All);
        }
        Kind::from_id(&text).map(Kinds::One).ok_or_else(|| {
            let ids: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
            let message = format!("there is no kind `{text}`; the kinds are:\n  {}\n", ids.join(", "));
            clap::Error::raw(clap::error::ErrorKind::InvalidValue, message).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let kinds = Kind::ALL.iter().map(|kind| PossibleValue::new(kind.id()).help(kind.title()));
        Some(Box::new(kinds.chain([PossibleValue::new("all")])))
    }
}
