//! `wsa man`: the manual pages, made from the same definitions as the help.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::args::{Cli, ManArgs};
use crate::exit::Outcome;
use crate::render::markdown;

/// The schemas of all commands' JSON; each command's section goes into its page.
const JSON: &str = include_str!("../../JSON.md");

/// How the line of a command's help begins that tells its exit codes, and what it says where there is none.
const EXIT_CODES: &str = "Exit codes";
const EXIT_CODES_OF_ALL: &str = "0 found, 1 nothing found, 2 trouble (said on standard error).";

/// Prints a page or writes them all.
///
/// # Errors
///
/// There is no such command, or the output cannot be written.
pub fn run(args: &ManArgs) -> Result<Outcome> {
    let mut root = Cli::command();
    root.build();
    if let Some(folder) = &args.dir {
        return write_all(&root, folder);
    }
    let command = match &args.command {
        None => root,
        Some(name) => match root.find_subcommand(name) {
            Some(command) => named(command),
            None => bail!("there is no command `{name}`; `wsa --help` lists them"),
        },
    };
    io::stdout().write_all(&page(command)?)?;
    Ok(Outcome::Found)
}

fn write_all(root: &Command, folder: &Path) -> Result<Outcome> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let pages = std::iter::once(root.clone()).chain(root.get_subcommands().map(named));
    for command in pages {
        let path = folder.join(format!("{}.1", command.get_name()));
        fs::write(&path, page(command)?).with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(io::stdout(), "wrote {}", path.display())?;
    }
    Ok(Outcome::Found)
}

/// A subcommand under the name of its page, `wsa-explain`.
fn named(command: &Command) -> Command {
    let name = format!("wsa-{}", command.get_name());
    command.clone().name(name)
}

fn page(command: Command) -> Result<Vec<u8>> {
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let schema = schema(command.get_name());
    // Lines that stand as they are, which the page's maker would run together.
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut page = Vec::new();
    Man::new(command.after_help(None::<&str>)).render(&mut page)?;
    let mut extra = String::new();
    if let Some((_, examples)) = examples.split_once('\n') {
        verbatim(&mut extra, "EXAMPLES", examples);
    }
    if let Some(schema) = schema {
        verbatim(&mut extra, "JSON", &schema);
    }
    let (exit, notes): (Vec<&str>, Vec<&str>) = notes.lines().partition(|line| line.starts_with(EXIT_CODES));
    if !notes.is_empty() {
        filled(&mut extra, "NOTES", &notes.join("\n"));
    }
    let exit = exit.first().map_or(EXIT_CODES_OF_ALL, |line| line[EXIT_CODES.len()..].trim_start_matches(':').trim());
    filled(&mut extra, "EXIT STATUS", exit);
    page.extend_from_slice(extra.as_bytes());
    Ok(page)
}

/// The sections of JSON.md about a command, as text: of its options the first, `--json`, under the page's own heading.
fn schema(page: &str) -> Option<String> {
    let command = format!("`{} --", page.replace("wsa-", "wsa "));
    let sections = JSON.split("\n## ").filter(|section| section.starts_with(&command));
    let texts: Vec<String> = sections
        .enumerate()
        .filter_map(|(index, section)| {
            let (heading, text) = section.split_once('\n')?;
            let text = anstream::adapter::strip_str(&markdown::to_terminal(text, 72)).to_string();
            Some(if index == 0 { text } else { format!("\n{}\n\n{}", heading.replace('`', ""), text.trim_start()) })
        })
        .collect();
    (!texts.is_empty()).then(|| texts.concat())
}

/// A section whose lines stand as they are.
fn verbatim(out: &mut String, title: &str, text: &str) {
    let _ = writeln!(out, ".SH {title}\n.nf");
    lines(out, text);
    out.push_str(".fi\n");
}

/// A section of one paragraph.
fn filled(out: &mut String, title: &str, text: &str) {
    let _ = writeln!(out, ".SH {title}");
    lines(out, text);
}

fn lines(out: &mut String, text: &str) {
    for line in text.trim_end().lines() {
        // A leading dot or quote would be a request, a backslash an escape.
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        let _ = writeln!(out, "\\&{line}");
    }
}
