//! The `wsa` program: hands the command line to the library and its result to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    wsa_cli::main()
}
