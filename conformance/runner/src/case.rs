//! A case: one C file, and what its head says about it.
//!
//! The head is the run of `//` lines at the top. The first is the title; then `key: value` lines:
//!
//! | key | value | times |
//! |---|---|---|
//! | `rule` | the behaviour in a sentence; further lines without a key continue it | 1 |
//! | `source` | the page, or the check in a test suite validated on Windows, that states it | 1+ |
//! | `proves` | functions, then one code: `send WSASend WSAENOTCONN` | 0+ |
//! | `expect` | a line that Windows prints, in order | 1+ |
//! | `network` | a script in `networks/` that makes the conditions the case needs | 0-1 |
//! | `open-files` | the descriptor limit for the program on the library | 0-1 |
//! | `timeout` | seconds after which the program is stopped (10) | 0-1 |

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// The seconds a program may take when its head says nothing.
const DEFAULT_TIMEOUT_SECONDS: u64 = 10;

/// One behaviour, as its file describes it.
#[derive(Debug)]
pub(crate) struct Case {
    /// Folder and file without extension: `send/never_connected`.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) title: String,
    pub(crate) proves: Vec<Pair>,
    pub(crate) expect: Vec<String>,
    pub(crate) network: Option<String>,
    pub(crate) open_files: Option<u32>,
    pub(crate) timeout: Duration,
}

/// A function and a code that its documentation lists for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) function: String,
    pub(crate) code: String,
}

/// Reads every `.c` file below `folder`, sorted by name.
pub(crate) fn read_all(folder: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for area in sorted_entries(folder)? {
        for file in sorted_entries(&area)? {
            if file.extension().is_some_and(|extension| extension == "c") {
                let text = std::fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
                let case = parse(name_of(folder, &file), file.clone(), &text);
                cases.push(case.with_context(|| format!("head of {}", file.display()))?);
            }
        }
    }
    ensure!(!cases.is_empty(), "no case below {}", folder.display());
    Ok(cases)
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("list {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(folder: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    relative.to_string_lossy().into_owned()
}

fn parse(name: String, path: PathBuf, text: &str) -> Result<Case> {
    let mut lines = text.lines().map_while(|line| line.strip_prefix("//")).map(str::trim);
    let title = lines.next().filter(|line| !line.is_empty()).context("the first line must be a `//` title")?;
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines {
        if let Some((key, value)) = line.split_once(": ")
            && !key.contains(' ')
        {
            ensure!(KEYS.contains(&key), "unknown key `{key}`; the keys are {KEYS:?}");
            keys.entry(key).or_default().push(value.trim());
        }
    }
    let take = |key: &str| keys.get(key).cloned().unwrap_or_default();
    for required in ["rule", "source", "expect"] {
        ensure!(!take(required).is_empty(), "`{required}:` is missing");
    }
    let mut proves = Vec::new();
    for line in take("proves") {
        proves.extend(pairs_of_line(line)?);
    }
    let seconds = take("timeout").first().map_or(Ok(DEFAULT_TIMEOUT_SECONDS), |text| text.parse())?;
    Ok(Case {
        name,
        path,
        title: title.to_owned(),
        proves,
        expect: take("expect").into_iter().map(str::to_owned).collect(),
        network: take("network").first().map(|text| (*text).to_owned()),
        open_files: take("open-files").first().map(|text| text.parse()).transpose()?,
        timeout: Duration::from_secs(seconds),
    })
}

const KEYS: [&str; 7] = ["rule", "source", "proves", "expect", "network", "open-files", "timeout"];

fn pairs_of_line(line: &str) -> Result<Vec<Pair>> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let Some(code) = words.pop() else { bail!("`proves:` is empty") };
    ensure!(code.starts_with("WSA"), "`proves: {line}` must end with a code's name");
    ensure!(!words.is_empty(), "`proves: {line}` names no function");
    Ok(words.into_iter().map(|function| Pair { function: function.to_owned(), code: code.to_owned() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "// Title.\n//\n// rule: a: b\n// source: page\n// proves: send recv WSAENOTCONN\n\
                        // expect: send 10057\n// expect: recv 10057\n\nint main(void) {}\n// expect: not a head line\n";

    #[test]
    fn head_ends_at_the_first_line_that_is_no_comment() {
        let case = parse("a/b".into(), PathBuf::new(), HEAD).unwrap();
        assert_eq!(case.expect, ["send 10057", "recv 10057"]);
        assert_eq!(case.proves.len(), 2);
        assert_eq!(case.timeout, Duration::from_secs(10));
    }

    #[test]
    fn misspelt_and_missing_keys_are_refused() {
        assert!(parse("a/b".into(), PathBuf::new(), &HEAD.replace("expect:", "expects:")).is_err());
        assert!(parse("a/b".into(), PathBuf::new(), &HEAD.replace("source: page", "")).is_err());
        assert!(parse("a/b".into(), PathBuf::new(), &HEAD.replace("WSAENOTCONN", "10057")).is_err());
    }
}
