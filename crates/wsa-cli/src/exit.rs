//! How a command ends, for the shell and for people.

use std::process::ExitCode;

/// How a command ended. The numbers are the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0: found what was asked for; for checks, all is well.
    Found,
    /// 1: nothing found; for checks, something is wrong.
    Nothing,
    /// 2: could not do all that was asked; a message on stderr says what.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Found => 0,
            Outcome::Nothing => 1,
            Outcome::Trouble => 2,
        })
    }
}

/// Prints an error with its chain of causes on one line, as `wsa: what: why`.
pub fn print_error(error: &anyhow::Error) {
    anstream::eprintln!("wsa: {error:#}");
}
