//! The command line's grammar. Parsing only: no command is carried out here.

mod audit;
pub mod scan;
mod values;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use winsock_codes::{Call, Category, Retry};

use self::values::{CallParser, WhatParser, words};
pub use audit::{AuditArgs, AuditFormat, FixWhat, Kinds};

/// Winsock (Windows Sockets) errors: explained, found, checked.
#[derive(Parser, Debug)]
#[command(
    name = "wsa",
    version,
    before_help = "Examples:
  wsa explain 10054                  what is it, whose fault, what to do
  wsa explain 'os error 10061'       any spelling: names, hex, HRESULT, a pasted line
  wsa search \"port exhausted\"        find the code from the symptom
  wsa map 10054 --columns errno,dotnet,node",
    after_help = "Exit codes: 0 found, 1 nothing found, 2 trouble.",
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Grammar<C: Subcommand> {
    /// What to do.
    #[command(subcommand)]
    pub command: C,

    /// When to use colour; `auto` honours NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", hide_possible_values = false)]
    pub color: Color,

    /// Print long text as it is, without a pager
    #[arg(long, global = true)]
    pub no_pager: bool,
}

/// The whole command line.
pub type Cli = Grammar<Command>;

impl Cli {
    /// The command line, or an end with help or a message.
    ///
    /// The grammar of all commands takes longer to make than a small log takes to scan. So a scan of paths needs none, and
    /// one with options is read with a grammar of its own; whatever that does not understand, asks for help or is wrong,
    /// the whole one reads again.
    #[must_use]
    pub fn of_process() -> Cli {
        let mut words = std::env::args_os().skip(1);
        match words.next() {
            Some(word) if word == "scan" => {}
            // What many programs take: `wsa help`, `wsa help scan`.
            Some(word) if word == "help" => return Cli::parse_from(help(words)),
            _ => return Cli::parse(),
        }
        if let Some(args) = scan::ScanArgs::of_paths(words) {
            return Cli { command: Command::Scan(Box::new(args)), color: Color::default(), no_pager: false };
        }
        match Grammar::<ScanAlone>::try_parse() {
            Ok(Grammar { command: ScanAlone::Scan(args), color, no_pager }) => {
                Cli { command: Command::Scan(args), color, no_pager }
            }
            Err(_) => Cli::parse(),
        }
    }
}

/// `wsa COMMAND --help` for `wsa help COMMAND`.
fn help(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    std::iter::once("wsa".into()).chain(words).chain(["--help".into()]).collect()
}

/// A scan and no other command.
#[derive(Subcommand, Debug)]
enum ScanAlone {
    Scan(Box<scan::ScanArgs>),
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Say what an error is, who caused it and what to do
    Explain(ExplainArgs),
    /// List the codes, filtered
    List(ListArgs),
    /// Search all that is known of every code
    Search(SearchArgs),
    /// Show what other systems call each code
    Map(MapArgs),
    /// Find every Winsock error in logs: how many, since when, whose fault
    Scan(Box<scan::ScanArgs>),
    /// Find wrong code and name pairs in documents and source
    Audit(AuditArgs),
    /// Say what a Windows source tree uses, and how much of that ws2_32 provides on Linux
    PortCheck(PortCheckArgs),
    /// Print the completion script for a shell
    Completions(CompletionsArgs),
    /// Print or write the manual pages
    Man(ManArgs),
}

/// `wsa explain`
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  wsa explain 10054
  wsa explain WSAECONNRESET 0x80072746 -2147014842 econnreset
  wsa explain win32:64               all candidates where one number means several codes
  wsa explain --call send 10054      what it means in that call
  wsa explain 'read tcp 10.0.0.1:443: wsarecv: An existing connection was forcibly closed'
  tail -1 app.log | wsa explain")]
pub struct ExplainArgs {
    /// A number, name or line in any spelling; `-` or nothing reads standard input
    ///
    /// Numbers: 10054, 0x2746, 2746h, 0x80072746, -2147014842, 0xC000020D (NTSTATUS), 730054 (APR), -4077 (libuv),
    /// WSABASEERR+54. Names: WSAECONNRESET, econnreset, ConnectionReset, UV_ECONNRESET, ERROR_NETNAME_DELETED. A system
    /// in front settles what a number is: win32:64, errno:104, ntstatus:0xC000020D, hresult:, apr:, libuv:, wsa:. All
    /// else is read as a log line or message: numbers, names and the system's own message texts in it are found.
    #[arg(value_parser = WhatParser, allow_negative_numbers = true, hide_possible_values = true, value_name = "WHAT")]
    pub what: Vec<String>,

    /// Say what the code means when this call returns it
    #[arg(long, value_parser = CallParser, hide_possible_values = true, value_name = "CALL")]
    pub call: Option<Call>,

    /// Everything: all causes, all calls, all twins, the whole story
    #[arg(long, short)]
    pub full: bool,

    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ProseFormat,

    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// `wsa list`
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  wsa list
  wsa list --call connect --retry backoff
  wsa list --category resolver --json
  wsa list --twin ECONNRESET         codes that some system calls ECONNRESET")]
pub struct ListArgs {
    /// Which codes
    #[command(flatten)]
    pub filter: Filter,

    /// How to print it
    #[command(flatten)]
    pub output: TableOutput,
}

/// Which codes a table shows; several conditions must all hold.
#[derive(Args, Debug, Default)]
pub struct Filter {
    /// Only codes about this part of the stack
    #[arg(long, value_parser = words::<Category>(), value_name = "CATEGORY")]
    pub category: Option<Category>,

    /// Only codes to be retried this way
    #[arg(long, value_parser = words::<Retry>(), value_name = "HOW")]
    pub retry: Option<Retry>,

    /// Only codes that this call is documented to return
    #[arg(long, value_parser = CallParser, hide_possible_values = true, value_name = "CALL")]
    pub call: Option<Call>,

    /// Only codes that some system calls by this name or number
    #[arg(long, value_name = "WORD")]
    pub twin: Option<String>,
}

/// `wsa search`
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  wsa search port exhausted
  wsa search \"broadcast permission\"
  wsa search keepalive vpn --limit 3")]
pub struct SearchArgs {
    /// Words to look for in every text; all of them count, rare ones more
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,

    /// Show at most this many codes
    #[arg(long, default_value = "8", value_name = "N")]
    pub limit: NonZeroUsize,

    /// How to print it
    #[command(flatten)]
    pub output: TableOutput,
}

/// `wsa map`
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  wsa map                            every code, the columns that fit
  wsa map 10054 10060
  wsa map --columns errno,dotnet,node,python --format markdown
  wsa map --columns all --format csv > winsock.csv")]
pub struct MapArgs {
    /// Only these codes, in any spelling
    #[arg(value_parser = WhatParser, allow_negative_numbers = true, hide_possible_values = true, value_name = "WHAT")]
    pub what: Vec<String>,

    /// Which columns, separated by commas, or `all`
    #[arg(long, value_delimiter = ',', value_enum, value_name = "COLUMNS")]
    pub columns: Vec<MapColumn>,

    /// Which codes
    #[command(flatten)]
    pub filter: Filter,

    /// How to print it
    #[command(flatten)]
    pub output: TableOutput,
}

/// A column of `wsa map`.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum MapColumn {
    All,
    Errno,
    Rust,
    Dotnet,
    Node,
    Libuv,
    Python,
    Go,
    Java,
    Hresult,
    Win32,
    Ntstatus,
    Apr,
    Curl,
    Cygwin,
    Boost,
    Msvc,
    Perl,
    Postgresql,
    Winpr,
}

/// How a table is printed.
#[derive(Args, Debug, Clone, Copy)]
pub struct TableOutput {
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: TableFormat,

    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

impl TableOutput {
    /// The format asked for.
    #[must_use]
    pub fn format(self) -> TableFormat {
        if self.json { TableFormat::Json } else { self.format }
    }
}

/// `wsa port-check`
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:
  wsa port-check .                   every Windows function, header and type that the sources use
  wsa port-check src --missing       only what is missing or partial
  wsa port-check src/server.c --json",
    after_help = "Exit codes: 0 all is provided, 1 something is missing, 2 trouble (something could not be read).
Branches for other systems (#ifdef __linux__) do not count, nor what the sources define themselves."
)]
pub struct PortCheckArgs {
    /// Folders, searched for C and C++ sources, and files
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Leave out what is provided
    #[arg(long)]
    pub missing: bool,

    /// Print JSON (schema wsa.port-check.v1)
    #[arg(long)]
    pub json: bool,
}

/// `wsa completions`
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  wsa completions bash > ~/.local/share/bash-completion/completions/wsa
  wsa completions zsh  > ~/.zfunc/_wsa
  wsa completions fish > ~/.config/fish/completions/wsa.fish
  wsa completions powershell >> $PROFILE")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `wsa man`
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  wsa man | man -l -
  wsa man explain | man -l -
  wsa man --dir /usr/local/share/man/man1")]
pub struct ManArgs {
    /// The command whose page to print; without it the page of wsa itself
    pub command: Option<String>,

    /// Write all pages into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub dir: Option<PathBuf>,
}

/// When to use colour.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes the choice hold for everything printed from here on.
    pub fn apply(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// How prose is printed.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProseFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// For programs; the schema is in the manual.
    Json,
    /// For tickets and wikis.
    Markdown,
}

/// How a table is printed.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// For programs; the schema is in the manual.
    Json,
    /// Comma-separated, RFC 4180.
    Csv,
    /// A pipe table.
    Markdown,
}
