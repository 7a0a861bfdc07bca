//! `wsa completions`: scripts for shells, which complete codes and names too.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;

use crate::args::{Cli, CompletionsArgs};
use crate::exit::Outcome;

/// Prints the script.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn run(args: &CompletionsArgs) -> Result<Outcome> {
    // Made in memory first: the generator panics where writing fails, and a broken pipe is ordinary.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "wsa", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}
