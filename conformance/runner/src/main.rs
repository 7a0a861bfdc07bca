//! The executable reference: one C program per behaviour, run against this project's library and under wine.
//!
//! Each case states in its head the lines that Windows prints. The runner compiles it twice (the system compiler with
//! our headers, mingw-w64), runs both programs and compares. What differs must stand in `known-differences.toml`. From
//! the same heads it makes `PAIRS.md`: which documented (function, code) pair is proven by which program.
//!
//! `random` makes programs of its own, of which it compares what they print on both sides.
//!
//! Nothing of the library is linked into the runner: it only starts compilers and programs.

mod case;
mod changer;
mod compile;
mod differences;
mod dns;
mod network;
mod options;
mod pairs;
mod process;
mod random;
mod suite;
mod table;
mod wine;

use std::process::ExitCode;

fn main() -> ExitCode {
    let served = match std::env::args().nth(1).as_deref() {
        Some("dns-responder") => Some(dns::serve()),
        Some("network-changer") => Some(changer::serve()),
        _ => None,
    };
    if let Some(served) = served {
        return served.map_or_else(fail, |()| ExitCode::SUCCESS);
    }
    let run = |options: options::Options| if options.random { random::run(&options) } else { suite::run(&options) };
    match options::Options::from_arguments().and_then(run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => fail(error),
    }
}

fn fail(error: anyhow::Error) -> ExitCode {
    eprintln!("conformance: {error:#}");
    ExitCode::from(2)
}
