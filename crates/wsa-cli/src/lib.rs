//! The `wsa` command line, as a library so that tests and fuzzers reach its parts.
//!
//! * [`args`]: what the words on the command line mean. Parsing only.
//! * [`query`]: what a user's WHAT means: a number, a name or a pasted line in any spelling people have.
//! * `commands`: one file per command; each makes a value and renders it.
//! * `render`: text, tables, JSON, CSV and Markdown from the same values; colour, width and the pager.
//!
//! No promise of stability is made for this library; the program, its JSON (`JSON.md`) and the catalogue crate are the
//! products.

pub mod args;
pub mod commands;
pub mod exit;
pub mod query;
pub mod render;

use std::io;
use std::process::ExitCode;

use crate::args::{Cli, Command};
use crate::exit::Outcome;

/// Parses the command line, runs the command and turns its outcome into an exit code: 0 found or clean, 1 nothing found
/// or findings, 2 trouble.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::of_process();
    cli.color.apply();
    match run(cli) {
        Ok(outcome) => outcome.into(),
        // The reader of our output has seen enough: `wsa list | head`. Not an error of ours, and nobody reads a message.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            exit::print_error(&error);
            Outcome::Trouble.into()
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let screen = render::screen::Screen::new(cli.no_pager);
    match cli.command {
        Command::Explain(args) => commands::explain::run(&args, &screen),
        Command::List(args) => commands::list::run(&args, &screen),
        Command::Search(args) => commands::search::run(&args, &screen),
        Command::Map(args) => commands::map::run(&args, &screen),
        Command::Scan(args) => commands::scan::run(&args, &screen),
        Command::Audit(args) => commands::audit::run(&args, &screen),
        Command::PortCheck(args) => commands::port_check::run(&args, &screen),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
    }
}

/// The Rust examples of README.md, compiled and run with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ReadmeExamples;

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
