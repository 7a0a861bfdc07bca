//! [`walk`]: from paths to files, in an order that never changes.

use std::io;
use std::path::{Path, PathBuf};
use std::vec;

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, Walk as IgnoreWalk, WalkBuilder};

use crate::error::{ErrorKind, InputError};
use crate::identity::FileIdentity;
use crate::source::Source;

/// What a directory walk takes and leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkOptions {
    /// Globs in the manner of `.gitignore`, the other way round: `*.log` takes only these, `!*.tmp` leaves those out. The
    /// later wins.
    pub globs: Vec<String>,
    /// Whether hidden files and directories are taken.
    pub hidden: bool,
    /// Whether `.gitignore`, `.ignore` and git's other exclusions are disregarded.
    pub no_ignore: bool,
    /// Whether symbolic links are followed inside directories. Those named by the user always are.
    pub follow_links: bool,
    /// Files that the program itself writes to. They are left out: what was read would be written and read again, without
    /// end. One that the user named is an error.
    pub outputs: Vec<FileIdentity>,
}

/// A file to scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub source: Source,
    /// Whether the user named it; false if a directory walk came across it.
    pub named: bool,
}

/// The files under some paths. See [`walk`].
pub struct Walk {
    paths: vec::IntoIter<PathBuf>,
    directory: Option<IgnoreWalk>,
    options: WalkOptions,
}

/// The files under these paths: a file as it is, `-` as standard input, a directory with everything below it that the
/// options take, sorted by path. Nothing is opened yet. Of each directory on the way down, the names of its entries are
/// held, some 150 bytes each.
///
/// ```
/// use wsa_input::{WalkOptions, walk};
///
/// let directory = tempfile::tempdir()?;
/// for name in ["b.log", "a.log", "c.txt"] {
///     std::fs::write(directory.path().join(name), "error 10054")?;
/// }
/// let options = WalkOptions { globs: vec!["*.log".into()], ..WalkOptions::default() };
/// let found: Vec<_> = walk(&[directory.path().into()], &options)?.map(|found| found.unwrap().source.name()).collect();
/// assert_eq!(found.len(), 2);
/// assert!(found[0].ends_with("a.log") && found[1].ends_with("b.log"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a glob is malformed.
pub fn walk(paths: &[PathBuf], options: &WalkOptions) -> Result<Walk, InputError> {
    overrides(Path::new("."), options)?;
    Ok(Walk { paths: Vec::from(paths).into_iter(), directory: None, options: options.clone() })
}

impl Iterator for Walk {
    type Item = Result<Found, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(directory) = &mut self.directory {
                match directory.next() {
                    Some(Ok(entry)) if !is_file(&entry) || self.is_output(entry.path()) => continue,
                    Some(Ok(entry)) => return Some(Ok(found_by_walk(entry))),
                    Some(Err(error)) => return Some(Err(walk_error(&error))),
                    None => self.directory = None,
                }
            }
            let path = self.paths.next()?;
            if path.as_os_str() == "-" {
                return Some(Ok(Found { source: Source::Stdin, named: true }));
            }
            if !path.is_dir() {
                if self.is_output(&path) {
                    let message = "is where the output goes, so it is not scanned";
                    return Some(Err(InputError::new(&path.display().to_string(), ErrorKind::Output, message)));
                }
                return Some(Ok(Found { source: Source::File(path), named: true }));
            }
            match self.walk_directory(&path) {
                Ok(directory) => self.directory = Some(directory),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Walk {
    fn is_output(&self, path: &Path) -> bool {
        let outputs = &self.options.outputs;
        !outputs.is_empty() && path.metadata().is_ok_and(|metadata| outputs.contains(&FileIdentity::of(&metadata)))
    }

    fn walk_directory(&self, path: &Path) -> Result<IgnoreWalk, InputError> {
        let options = &self.options;
        let globs = overrides(path, options)?;
        let mut builder = WalkBuilder::new(path);
        builder
            .standard_filters(!options.no_ignore)
            .hidden(!options.hidden)
            // Without it, git's own settings would be looked for by asking the system's user database.
            .git_global(!options.no_ignore && std::env::var_os("HOME").is_some())
            .follow_links(options.follow_links)
            // Not as the walker's own overrides: those would take hidden and ignored files that match.
            .filter_entry(move |entry| {
                let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
                entry.depth() == 0 || !globs.matched(entry.path(), is_dir).is_ignore()
            })
            // Sorted by the walker within each directory, so the order is that of the paths' components.
            .sort_by_file_name(std::ffi::OsStr::cmp);
        Ok(builder.build())
    }
}

/// Globs as [`WalkOptions`] has them, for names that are in no directory.
#[derive(Clone, Debug)]
pub struct Globs(Override);

impl Globs {
    /// `None` if there are none.
    ///
    /// ```
    /// use wsa_input::Globs;
    ///
    /// let globs = Globs::new(&["*.log".into(), "!old/".into()])?.unwrap();
    /// assert!(globs.take("logs/app.log") && !globs.take("logs/app.tmp") && !globs.take("old/app.log"));
    /// # Ok::<(), wsa_input::InputError>(())
    /// ```
    ///
    /// # Errors
    /// If a glob is malformed.
    pub fn new(globs: &[String]) -> Result<Option<Globs>, InputError> {
        let options = WalkOptions { globs: globs.to_vec(), ..WalkOptions::default() };
        let globs = overrides(Path::new("."), &options)?;
        Ok((!globs.is_empty()).then_some(Globs(globs)))
    }

    /// Whether they take a file of this name: it, and each directory on the way to it.
    #[must_use]
    pub fn take(&self, name: &str) -> bool {
        let mut directories = Path::new(name).ancestors().skip(1).filter(|path| !path.as_os_str().is_empty());
        !self.0.matched(name, false).is_ignore() && !directories.any(|path| self.0.matched(path, true).is_ignore())
    }
}

fn overrides(root: &Path, options: &WalkOptions) -> Result<Override, InputError> {
    let mut builder = OverrideBuilder::new(root);
    for glob in &options.globs {
        builder
            .add(glob)
            .map_err(|error| InputError::new(glob, ErrorKind::Unsupported, format!("bad glob: {error}")))?;
    }
    builder.build().map_err(|error| InputError::new("globs", ErrorKind::Unsupported, error.to_string()))
}

fn is_file(entry: &DirEntry) -> bool {
    // Pipes, sockets and devices below a directory are never opened: reading them may block for ever.
    entry.file_type().is_some_and(|kind| kind.is_file())
        || (entry.path_is_symlink()
            && entry.path().metadata().is_ok_and(|metadata| metadata.is_file())
            && entry.depth() == 0)
}

fn found_by_walk(entry: DirEntry) -> Found {
    Found { source: Source::File(entry.into_path()), named: false }
}

fn walk_error(error: &ignore::Error) -> InputError {
    let path = path_of(error).unwrap_or_else(|| "directory".to_owned());
    match error.io_error() {
        Some(io) => InputError::from_io(&path, systems_own(io)),
        None => InputError::new(&path, ErrorKind::Read, error.to_string()),
    }
}

/// What the system said: the walker's own error holds it, and says the path once more.
fn systems_own(error: &io::Error) -> &io::Error {
    let inner = error.get_ref().and_then(|walkers| walkers.source()).and_then(|source| source.downcast_ref());
    inner.unwrap_or(error)
}

fn path_of(error: &ignore::Error) -> Option<String> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.display().to_string()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child.display().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_the_walk_cannot_read_is_named_once() {
        let error = WalkBuilder::new("no-such-directory").build().next().unwrap().unwrap_err();
        assert_eq!(walk_error(&error).to_string(), "no-such-directory: No such file or directory (os error 2)");
    }
}
