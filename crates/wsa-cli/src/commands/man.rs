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
        anstream::println!("wrote {}", path.display());
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
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    let mut extra = String::new();
    if let Some((_, examples)) = examples.split_once('\n') {
        verbatim(&mut extra, "EXAMPLES", examples);
    }
    if let Some(schema) = schema {
        verbatim(&mut extra, "JSON", &schema);
    }
    verbatim(
        &mut extra,
        "EXIT STATUS",
        "0  found, or clean\n1  nothing found, or findings\n2  trouble, said on standard error",
    );
    page.extend_from_slice(extra.as_bytes());
    Ok(page)
}

/// The section of JSON.md about a command, as text.
fn schema(page: &str) -> Option<String> {
    let heading = format!("## `{} --json`", page.replace("wsa-", "wsa "));
    let start = JSON.find(&heading)?;
    let section = JSON[start..].split_once('\n')?.1;
    let section = section.split("\n## ").next()?;
    Some(anstream::adapter::strip_str(&markdown::to_terminal(section, 72)).to_string())
}

/// A section whose lines stand as they are.
fn verbatim(out: &mut String, title: &str, text: &str) {
    let _ = writeln!(out, ".SH {title}\n.nf");
    for line in text.trim_end().lines() {
        // A leading dot or quote would be a request, a backslash an escape.
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        let _ = writeln!(out, "\\&{line}");
    }
    out.push_str(".fi\n");
}
