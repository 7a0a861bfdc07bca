//! `wsa audit`: wrong code and name pairs in documents and source.
//!
//! The library decides what is wrong; here files are found, read, corrected and reported.

mod accept;
mod correct;
mod explain;
mod github;
mod json;
mod outcome;
mod read;
mod sarif;
mod text;
mod walk;

use std::io::Write;

use anyhow::Result;
use winsock_audit::{Auditor, FixMode, Kind};

use self::accept::Config;
use self::outcome::Audit;
use crate::args::{AuditArgs, AuditFormat, FixWhat, Kinds};
use crate::exit::Outcome;
use crate::render::screen::Screen;

/// What the command was asked to do, put together from arguments and configuration.
struct Task<'a> {
    args: &'a AuditArgs,
    auditor: Auditor,
    config: Config,
    /// What is corrected; `None` only reports.
    fix: Option<FixMode>,
}

/// Audits what is asked for and prints what is wrong.
///
/// # Errors
///
/// The configuration or a pattern cannot be understood, or standard output cannot be written. Files that cannot be read
/// are reported by name and make the outcome [`Outcome::Trouble`].
pub fn run(args: &AuditArgs, screen: &Screen) -> Result<Outcome> {
    if let Some(topic) = &args.explain {
        return explain::run(topic, screen);
    }
    let config = Config::load(args)?;
    let fix = args.fix.map(|what| match what {
        FixWhat::Number => FixMode::Number,
        FixWhat::Name => FixMode::Name,
    });
    let task = Task {
        args,
        auditor: Auditor::with_kinds(&kinds(args, &config)),
        config,
        fix: fix.or(args.diff.then_some(FixMode::Number)),
    };
    let audit = walk::audit(&task)?;
    print(&task, &audit, screen)?;
    for problem in &audit.problems {
        anstream::eprintln!("wsa: {}: {}", problem.path, problem.message);
    }
    if audit.read == 0 && audit.binary.is_empty() && audit.problems.is_empty() {
        anstream::eprintln!(
            "wsa: no file was audited; left out are hidden files (--hidden), what .gitignore excludes (--no-ignore), what \
             wsa-audit.toml excludes and what no --glob matches"
        );
    }
    Ok(if !audit.problems.is_empty() {
        Outcome::Trouble
    } else if audit.files.iter().any(|file| !file.findings.is_empty() || args.diff && file.patch.is_some()) {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn kinds(args: &AuditArgs, config: &Config) -> Vec<Kind> {
    let asked = |list: &[Kinds], kind: Kind| list.iter().any(|one| *one == Kinds::All || *one == Kinds::One(kind));
    let selected = |kind: Kind| match (args.select.is_empty(), config.select()) {
        (false, _) => asked(&args.select, kind),
        (true, Some(select)) => select.contains(&kind),
        (true, None) => !kind.is_opt_in(),
    };
    let all = Kind::ALL.iter().copied();
    all.filter(|kind| selected(*kind) && !asked(&args.ignore, *kind) && !config.ignores(*kind)).collect()
}

fn print(task: &Task<'_>, audit: &Audit, screen: &Screen) -> Result<()> {
    let format = if task.args.json { AuditFormat::Json } else { task.args.format };
    if let Some(corrected) = &audit.stdin_corrected {
        // Standard output is the corrected text; what remains is said on standard error.
        std::io::stdout().write_all(corrected)?;
        anstream::eprint!("{}", text::render(task, audit));
        return Ok(());
    }
    if task.args.diff && format == AuditFormat::Text {
        screen.print(&text::patches(audit))?;
        anstream::eprint!("{}", text::summary(task, audit));
        return Ok(());
    }
    match format {
        AuditFormat::Text => screen.print(&text::render(task, audit))?,
        AuditFormat::Json => screen.print(&json::render(audit)?)?,
        AuditFormat::Sarif => screen.print(&sarif::render(audit)?)?,
        AuditFormat::Github => screen.print(&github::render(audit))?,
    }
    Ok(())
}
