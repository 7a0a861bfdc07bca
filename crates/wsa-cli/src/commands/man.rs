//! `wsa man`: the manual pages, made from the same definitions as the help.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::args::{Cli, ManArgs};
use crate::exit::Outcome;

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
        println!("wrote {}", path.display());
    }
    Ok(Outcome::Found)
}

/// A subcommand under the name of its page, `wsa-explain`.
fn named(command: &Command) -> Command {
    let name = format!("wsa-{}", command.get_name());
    command.clone().name(name)
}

fn page(command: Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
