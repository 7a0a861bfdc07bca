//! Which files are audited, in parallel.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{fs, io};

use anyhow::{Context, Result, bail};
use globset::GlobBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use ignore::{WalkBuilder, WalkState};

use super::outcome::{Audit, Problem};
use super::{Task, read};

/// Where a path argument leads.
struct Roots {
    /// Files and folders as they were named.
    plain: Vec<PathBuf>,
    /// Patterns that the shell did not expand: the folder to begin in, and the pattern.
    patterns: Vec<(PathBuf, globset::GlobMatcher)>,
    stdin: bool,
}

/// Audits everything that the arguments name.
pub(super) fn audit(task: &Task<'_>) -> Result<Audit> {
    let overrides = overrides(&task.args.glob)?;
    let gathered = Mutex::new(Audit::default());
    let roots = roots(&task.args.paths, &gathered)?;
    if roots.stdin {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        read::stdin(task, &bytes, &gathered);
    }
    if let Some(walker) = walker(task, &roots.plain, overrides.clone()) {
        walk(task, &walker, &gathered, |_| true);
    }
    for (base, pattern) in &roots.patterns {
        if let Some(walker) = walker(task, std::slice::from_ref(base), overrides.clone()) {
            let matches = |path: &Path| pattern.is_match(path.strip_prefix("./").unwrap_or(path));
            walk(task, &walker, &gathered, matches);
        }
    }
    let mut audit = gathered.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    audit.files.sort_by(|a, b| a.path.cmp(&b.path));
    audit.files.dedup_by(|a, b| a.path == b.path);
    audit.problems.sort_by(|a, b| a.path.cmp(&b.path));
    audit.binary.sort();
    Ok(audit)
}

fn overrides(globs: &[String]) -> Result<Override> {
    let mut builder = OverrideBuilder::new(".");
    for glob in globs {
        builder.add(glob).with_context(|| format!("--glob {glob}"))?;
    }
    Ok(builder.build()?)
}

fn roots(paths: &[PathBuf], gathered: &Mutex<Audit>) -> Result<Roots> {
    let mut roots = Roots { plain: Vec::new(), patterns: Vec::new(), stdin: false };
    for path in paths {
        let text = path.to_string_lossy();
        if text == "-" {
            roots.stdin = true;
        } else if fs::symlink_metadata(path).is_ok() {
            roots.plain.push(path.clone());
        } else if text.contains(['*', '?', '[', '{']) {
            let pattern = text.trim_start_matches("./");
            let glob = GlobBuilder::new(pattern).literal_separator(true).build().with_context(|| text.to_string())?;
            roots.patterns.push((pattern_base(pattern), glob.compile_matcher()));
        } else {
            problem(gathered, path, "no such file or folder");
        }
    }
    if paths.is_empty() {
        bail!("name files or folders, or `-` for standard input");
    }
    Ok(roots)
}

/// The folder in which a pattern's matches lie: what stands before the first part with a wildcard.
fn pattern_base(pattern: &str) -> PathBuf {
    let literal: PathBuf = Path::new(pattern)
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    if literal.as_os_str().is_empty() { PathBuf::from(".") } else { literal }
}

fn walker(task: &Task<'_>, paths: &[PathBuf], overrides: Override) -> Option<WalkBuilder> {
    let (first, rest) = paths.split_first()?;
    let mut builder = WalkBuilder::new(first);
    for path in rest {
        builder.add(path);
    }
    let args = task.args;
    builder.hidden(!args.hidden).follow_links(args.follow).overrides(overrides).threads(args.threads);
    // A tree need not be a repository for its .gitignore to mean something.
    builder.require_git(false);
    if args.no_ignore {
        builder.ignore(false).git_ignore(false).git_exclude(false).git_global(false).parents(false);
    }
    Some(builder)
}

fn walk(task: &Task<'_>, walker: &WalkBuilder, gathered: &Mutex<Audit>, wanted: impl Fn(&Path) -> bool + Sync) {
    walker.build_parallel().run(|| {
        let mut reader = read::Reader::new(task, gathered);
        let wanted = &wanted;
        Box::new(move |entry| {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) || is_named_link(&entry) => {
                    if wanted(entry.path()) && !task.config.excludes(entry.path()) {
                        reader.file(entry.path(), entry.depth() == 0);
                    }
                }
                Ok(_) => {}
                Err(error) => report(gathered, &error),
            }
            WalkState::Continue
        })
    });
}

/// A link to a file that the user named is followed; links found on the way are not.
fn is_named_link(entry: &ignore::DirEntry) -> bool {
    entry.depth() == 0 && entry.path_is_symlink() && entry.path().is_file()
}

fn report(gathered: &Mutex<Audit>, error: &ignore::Error) {
    let (path, message) = match error {
        ignore::Error::WithPath { path, err } => (path.clone(), err.to_string()),
        ignore::Error::Loop { ancestor, child } => {
            (child.clone(), format!("this link leads back to {}; not followed", ancestor.display()))
        }
        ignore::Error::WithDepth { err, .. } => return report(gathered, err),
        other => (PathBuf::from("."), other.to_string()),
    };
    problem(gathered, &path, &message);
}

/// Records something that could not be done.
pub(super) fn problem(gathered: &Mutex<Audit>, path: &Path, message: &str) {
    let problem = Problem { path: path.display().to_string(), message: message.to_owned() };
    locked(gathered).problems.push(problem);
}

pub(super) fn locked(gathered: &Mutex<Audit>) -> std::sync::MutexGuard<'_, Audit> {
    gathered.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
