//! `FindFirstFile` and what follows it.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use winsock::Code;

use super::information::Information;
use crate::error::{self, from_io};
use crate::path::{matches, to_linux};

/// One entry of a folder.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: String,
    /// What is known of it.
    pub information: Information,
}

/// A search under way: where, and the names that fit and were not told yet.
struct Search {
    folder: PathBuf,
    names: VecDeque<String>,
}

#[derive(Default)]
struct Searches {
    open: HashMap<usize, Search>,
    begun: usize,
}

static SEARCHES: LazyLock<Mutex<Searches>> = LazyLock::new(Mutex::default);

/// Searches are handles of their own kind: `FindClose` takes them and `CloseHandle` does not. They lie above all others.
const FIRST: usize = 0x5000_0000;

/// Begins a search for the entries that fit `pattern`, and gives the first, in the order of their names.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if none fits; [`error::PATH_NOT_FOUND`] if the folder is not there.
#[doc(alias = "FindFirstFile")]
pub fn first(pattern: &str) -> Result<(usize, Entry), Code> {
    let (folder, wanted) = split(pattern);
    if wanted.is_empty() {
        return Err(error::FILE_NOT_FOUND);
    }
    let folder = to_linux(folder);
    let names = list(&folder)?.into_iter().filter(|name| matches(wanted, name)).collect();
    let mut search = Search { folder, names };
    let entry = search.step().ok_or(error::FILE_NOT_FOUND)?;
    let mut searches = searches();
    let handle = FIRST + 4 * searches.begun;
    searches.begun += 1;
    searches.open.insert(handle, search);
    Ok((handle, entry))
}

/// The next entry of a search.
///
/// # Errors
/// [`error::NO_MORE_FILES`]; [`error::INVALID_HANDLE`].
#[doc(alias = "FindNextFile")]
pub fn next(handle: usize) -> Result<Entry, Code> {
    let mut searches = searches();
    let search = searches.open.get_mut(&handle).ok_or(error::INVALID_HANDLE)?;
    search.step().ok_or(error::NO_MORE_FILES)
}

/// Ends a search.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "FindClose")]
pub fn close(handle: usize) -> Result<(), Code> {
    searches().open.remove(&handle).map(drop).ok_or(error::INVALID_HANDLE)
}

fn searches() -> MutexGuard<'static, Searches> {
    SEARCHES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Search {
    /// The next entry that is still there.
    fn step(&mut self) -> Option<Entry> {
        std::iter::from_fn(|| self.names.pop_front()).find_map(|name| {
            let path = self.folder.join(&name);
            let data = fs::metadata(&path).or_else(|_| fs::symlink_metadata(&path)).ok()?;
            Some(Entry { name, information: Information::of(&data) })
        })
    }
}

/// The folder and the pattern for the names in it.
fn split(pattern: &str) -> (&str, &str) {
    match pattern.rfind(['\\', '/']) {
        Some(0) => ("/", &pattern[1..]),
        Some(at) => (&pattern[..at], &pattern[at + 1..]),
        // `C:*.txt` is in the current folder.
        None => (".", pattern.split_once(':').map_or(pattern, |(_, rest)| rest)),
    }
}

/// The names in a folder, sorted as Windows does: case aside. `.` and `..` come first, but not in the root.
fn list(folder: &Path) -> Result<Vec<String>, Code> {
    let entries = fs::read_dir(folder).map_err(|failure| match from_io(&failure) {
        error::FILE_NOT_FOUND => error::PATH_NOT_FOUND,
        other => other,
    })?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_by_cached_key(|name| name.to_uppercase());
    if folder != Path::new("/") {
        names.splice(0..0, [".".to_owned(), "..".to_owned()]);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_gives_what_fits_in_order_and_ends() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "A.TXT", "c.md"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let base = folder.path().to_str().unwrap().replace('/', "\\");
        let (handle, entry) = first(&format!("C:{base}\\*.txt")).unwrap();
        assert_eq!((entry.name.as_str(), entry.information.size), ("A.TXT", 5));
        assert_eq!(next(handle).unwrap().name, "b.txt");
        assert_eq!(next(handle).unwrap_err(), error::NO_MORE_FILES);
        close(handle).unwrap();
        assert_eq!(close(handle), Err(error::INVALID_HANDLE));
        assert_eq!(first(&format!("{base}\\*.zip")).unwrap_err(), error::FILE_NOT_FOUND);
        assert_eq!(first(&format!("{base}\\none\\*")).unwrap_err(), error::PATH_NOT_FOUND);
        let (all, entry) = first(&format!("{base}\\*")).unwrap();
        assert_eq!(entry.name, ".");
        close(all).unwrap();
    }
}
