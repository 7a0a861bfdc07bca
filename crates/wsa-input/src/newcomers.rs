//! [`Newcomers`]: the files that come to be under some paths while logs are followed.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::InputError;
use crate::identity::FileIdentity;
use crate::open::read_head;
use crate::sniff::{Format, SNIFF_BYTES, looks_binary};
use crate::walk::{Found, WalkOptions, walk};

/// Looks again and again for files under some paths, and tells each one once.
///
/// What a log is renamed to when it is rotated is no newcomer: its text was read under the old name. It is known by being
/// the same file, or, for a copy, by a name that goes on after that of a file told before: `app.log` and `app.log.1`.
///
/// Of each file that ever was, the path is held.
pub struct Newcomers {
    paths: Vec<PathBuf>,
    options: WalkOptions,
    /// Files told, and the new names of such.
    known: HashSet<PathBuf>,
    /// What was there at the last look, and how long it was.
    there: HashMap<FileIdentity, u64>,
}

impl Newcomers {
    /// For these paths, as [`walk`] takes them.
    #[must_use]
    pub fn new(paths: &[PathBuf], options: &WalkOptions) -> Newcomers {
        Newcomers { paths: paths.to_vec(), options: options.clone(), known: HashSet::new(), there: HashMap::new() }
    }

    /// Whether there may ever be newcomers: whether a path is a directory.
    #[must_use]
    pub fn may_come(&self) -> bool {
        self.paths.iter().any(|path| path.is_dir())
    }

    /// What has come since the last look, in the order of [`walk`]; at the first, all that is there. Files that were not
    /// named but found in a directory are told only once they hold plain text: archives, compressed and binary files
    /// cannot be followed.
    ///
    /// ```
    /// use wsa_input::{Newcomers, WalkOptions};
    ///
    /// let directory = tempfile::tempdir()?;
    /// let path = |name| directory.path().join(name);
    /// std::fs::write(path("app.log"), "one\n")?;
    /// let mut newcomers = Newcomers::new(&[directory.path().into()], &WalkOptions::default());
    /// assert_eq!(newcomers.look()?.len(), 1);
    /// std::fs::rename(path("app.log"), path("app-old.log"))?;
    /// std::fs::write(path("app.log"), "two\n")?;
    /// std::fs::write(path("other.log"), "three\n")?;
    /// let names: Vec<_> = newcomers.look()?.into_iter().map(|found| found.source.name()).collect();
    /// assert!(names.len() == 1 && names[0].ends_with("other.log"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a path cannot be looked at. Looking again is fine.
    pub fn look(&mut self) -> Result<Vec<Found>, InputError> {
        let mut there = HashMap::new();
        let mut new = Vec::new();
        for found in walk(&self.paths, &self.options)? {
            let found = found?;
            let Some(path) = found.source.path() else {
                if self.known.insert(PathBuf::from("-")) {
                    new.push(found);
                }
                continue;
            };
            let Ok(metadata) = path.metadata() else {
                // A file that is named may be yet to come.
                if found.named && self.known.insert(path.to_owned()) {
                    new.push(found);
                }
                continue;
            };
            let identity = FileIdentity::of(&metadata);
            there.insert(identity, metadata.len());
            if self.known.contains(path) {
                continue;
            }
            let renamed = self.there.get(&identity).is_some_and(|bytes| metadata.len() >= *bytes);
            if !found.named && (renamed || self.is_rotated_copy(path)) {
                self.known.insert(path.to_owned());
            } else if found.named || is_plain_text(path) {
                new.push(found);
            }
        }
        self.known.extend(new.iter().filter_map(|found| found.source.path().map(Path::to_owned)));
        self.there = there;
        Ok(new)
    }

    /// Whether the name is that of a known file and more, in the same directory. At the first look nothing is known, so
    /// logs rotated earlier are told.
    fn is_rotated_copy(&self, path: &Path) -> bool {
        let Some(name) = path.file_name().map(OsStr::as_encoded_bytes) else { return false };
        let cuts = name.iter().enumerate().skip(1).filter(|(_, byte)| matches!(byte, b'.' | b'-' | b'_' | b'~'));
        cuts.filter_map(|(at, _)| std::str::from_utf8(&name[..at]).ok())
            .any(|shorter| self.known.contains(&path.with_file_name(shorter)))
    }
}

/// Whether a file begins like text that is not packed.
fn is_plain_text(path: &Path) -> bool {
    let mut head = vec![0; SNIFF_BYTES];
    let read = File::open(path).and_then(|mut file| read_head(&mut file, &mut head));
    // One that cannot be opened is told, so that its follower says why.
    read.map_or(true, |read| {
        let head = &head[..read];
        Format::of(head) == Format::Plain && (crate::encoding::detect(head).encoding.is_some() || !looks_binary(head))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(found: Vec<Found>) -> Vec<String> {
        let name = |found: Found| found.source.path().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        found.into_iter().map(name).collect()
    }

    #[test]
    fn rotation_brings_no_newcomer_and_packed_files_are_none() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        fs::write(path("a.log"), "one\n").unwrap();
        fs::write(path("a.log.1"), "older\n").unwrap();
        let mut newcomers = Newcomers::new(&[directory.path().into()], &WalkOptions::default());
        assert!(newcomers.may_come());
        assert_eq!(names(newcomers.look().unwrap()), ["a.log", "a.log.1"], "at first all");
        // By copying and truncating, then by renaming to a name of another kind.
        fs::copy(path("a.log"), path("a.log.2")).unwrap();
        fs::write(path("a.log"), "").unwrap();
        fs::write(path("b.log.gz"), b"\x1F\x8B\x08\0").unwrap();
        fs::write(path("b.bin"), b"\0\x01\x02\0\0\0\0\x03").unwrap();
        assert_eq!(names(newcomers.look().unwrap()), [""; 0]);
        fs::rename(path("a.log"), path("2025-02-03.log")).unwrap();
        fs::write(path("a.log"), "again\n").unwrap();
        fs::create_dir(path("deeper")).unwrap();
        fs::write(path("deeper/c.log"), "new\n").unwrap();
        assert_eq!(names(newcomers.look().unwrap()), ["c.log"]);
        fs::remove_file(path("deeper/c.log")).unwrap();
        assert_eq!(names(newcomers.look().unwrap()), [""; 0]);
        fs::write(path("deeper/c.log"), "its follower knows the name\n").unwrap();
        assert_eq!(names(newcomers.look().unwrap()), [""; 0]);
    }

    #[test]
    fn a_named_file_is_told_at_once_though_it_is_yet_to_come() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("late.log");
        let mut newcomers = Newcomers::new(std::slice::from_ref(&path), &WalkOptions::default());
        assert!(!newcomers.may_come());
        assert_eq!(names(newcomers.look().unwrap()), ["late.log"]);
        fs::write(&path, "here\n").unwrap();
        assert_eq!(names(newcomers.look().unwrap()), [""; 0]);
    }
}
