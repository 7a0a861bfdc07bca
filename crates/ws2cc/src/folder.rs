//! Files found as Windows finds them: whatever the case of their names.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Folders that were listed, by their path.
#[derive(Debug, Default)]
pub(crate) struct Folders {
    listed: HashMap<PathBuf, HashMap<String, Vec<String>>>,
}

impl Folders {
    /// The file or folder `name` below `folder`, which exists with some case of its letters. Where several do, the spelling that
    /// is asked for wins, then the first in order.
    pub(crate) fn find(&mut self, folder: &Path, name: &str) -> Option<PathBuf> {
        let mut found = folder.to_owned();
        for component in Path::new(name).components() {
            match component {
                Component::Normal(part) => found = self.find_part(&found, part.to_str()?)?,
                other => found.push(other),
            }
        }
        found.exists().then_some(found)
    }

    fn find_part(&mut self, folder: &Path, part: &str) -> Option<PathBuf> {
        let exact = folder.join(part);
        if exact.exists() {
            return Some(exact);
        }
        let names = self.listed.entry(folder.to_owned()).or_insert_with(|| list(folder));
        names.get(&part.to_lowercase())?.first().map(|name| folder.join(name))
    }
}

fn list(folder: &Path) -> HashMap<String, Vec<String>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Ok(name) = entry.file_name().into_string() {
            names.entry(name.to_lowercase()).or_default().push(name);
        }
    }
    for spellings in names.values_mut() {
        spellings.sort();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_any_case_and_their_own_first() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Inc")).unwrap();
        for name in ["Net.h", "net.H"] {
            fs::write(folder.path().join("Inc").join(name), "").unwrap();
        }
        let mut folders = Folders::default();
        let mut find =
            |name| folders.find(folder.path(), name).map(|path| path.strip_prefix(folder.path()).unwrap().to_owned());
        assert_eq!(find("inc/net.H"), Some("Inc/net.H".into()));
        assert_eq!(find("INC/NET.h"), Some("Inc/Net.h".into()));
        assert_eq!(find("Inc/../inc/net.h"), Some("Inc/../Inc/Net.h".into()));
        assert_eq!(find("inc/other.h"), None);
        assert_eq!(find("INC"), Some("Inc".into()));
    }
}
