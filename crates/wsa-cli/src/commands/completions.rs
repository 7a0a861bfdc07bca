//! `wsa completions`: scripts for shells, which complete codes and names too.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use winsock_codes::entries;

use crate::args::{Cli, CompletionsArgs};
use crate::exit::Outcome;

/// Commands whose arguments are codes.
const TAKE_CODES: [&str; 2] = ["explain", "map"];

/// Prints the script.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn run(args: &CompletionsArgs) -> Result<Outcome> {
    io::stdout().write_all(script(args.shell).as_bytes())?;
    Ok(Outcome::Found)
}

/// The generator's script, and the codes where it leaves an argument's values out: it knows them for bash and zsh only.
fn script(shell: Shell) -> String {
    // Made in memory first: the generator panics where writing fails, and a broken pipe is ordinary.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wsa", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Fish => script + &fish(),
        Shell::PowerShell => with_candidates(&script, |command| format!("        'wsa;{command}' {{\n"), powershell),
        Shell::Elvish => with_candidates(&script, |command| format!("        &'wsa;{command}'= {{\n"), elvish),
        _ => script,
    }
}

fn fish() -> String {
    let commands = TAKE_CODES.join(" ");
    let mut out = String::new();
    for (word, help) in words() {
        let help = help.replace('\'', "\\'");
        let _ = writeln!(out, "complete -c wsa -n '__fish_seen_subcommand_from {commands}' -f -a {word} -d '{help}'");
    }
    out
}

/// Adds candidates at the start of each command's block.
fn with_candidates(script: &str, block: impl Fn(&str) -> String, candidate: impl Fn(&str, &str) -> String) -> String {
    let candidates: String = words().map(|(word, help)| candidate(&word, &help.replace('\'', "''"))).collect();
    TAKE_CODES.iter().fold(script.to_owned(), |script, command| {
        let start = block(command);
        script.replacen(&start, &format!("{start}{candidates}"), 1)
    })
}

fn powershell(word: &str, help: &str) -> String {
    format!(
        "            [CompletionResult]::new('{word}', '{word}', [CompletionResultType]::ParameterValue, '{help}')\n"
    )
}

fn elvish(word: &str, help: &str) -> String {
    format!("            cand {word} '{help}'\n")
}

/// Every code and name, with what to say beside it.
fn words() -> impl Iterator<Item = (String, &'static str)> {
    entries().iter().flat_map(|entry| {
        let names = entry.names().map(|name| (name.to_owned(), entry.summary));
        names.chain([(entry.value().to_string(), entry.name)])
    })
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_completes_every_code_and_name() {
        for shell in Shell::value_variants() {
            let script = script(*shell);
            for (word, _) in words() {
                assert!(script.contains(&word), "{shell}: {word}");
            }
        }
    }

    #[test]
    fn shells_that_are_installed_accept_their_script() {
        use std::process::{Command, Stdio};
        // Elvish checks names as well as syntax, and knows `edit:` only at a prompt.
        for (shell, program) in [(Shell::Bash, "bash"), (Shell::Zsh, "zsh"), (Shell::Fish, "fish")] {
            let file = std::env::temp_dir().join(format!("wsa-completions-{}.{program}", std::process::id()));
            std::fs::write(&file, script(shell)).unwrap();
            match Command::new(program).arg("-n").arg(&file).stdout(Stdio::null()).status() {
                Ok(status) => assert!(status.success(), "{program}"),
                Err(_) => {
                    assert!(std::env::var_os("CI").is_none(), "{program} is missing in CI");
                    eprintln!("SKIPPED: {program} is not installed");
                }
            }
            std::fs::remove_file(&file).unwrap();
        }
    }
}
