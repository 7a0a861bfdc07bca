//! `known-differences.toml`: where a platform does not print what Windows prints, and why that is accepted.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::case::Case;

/// The two ways a case is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Platform {
    /// Compiled with the system's compiler, our headers and our library.
    Library,
    /// Compiled with mingw-w64, run under wine.
    Wine,
}

impl std::fmt::Display for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Library => "library",
            Self::Wine => "wine",
        })
    }
}

/// One accepted difference.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Difference {
    pub(crate) case: String,
    pub(crate) platform: Platform,
    /// What the platform prints instead. Empty together with `builds = false`.
    #[serde(default)]
    pub(crate) prints: Vec<String>,
    /// False where the program cannot be built at all because a function is missing.
    #[serde(default = "yes")]
    pub(crate) builds: bool,
    /// False where the program does not end by itself, or what it prints varies.
    #[serde(default = "yes")]
    pub(crate) stable: bool,
    /// Why it differs.
    pub(crate) reason: String,
    /// Whom the library follows: what the expected lines rest on.
    pub(crate) follow: String,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    difference: Vec<Difference>,
}

/// The accepted differences of all cases.
pub(crate) struct Differences(Vec<Difference>);

impl Differences {
    /// Reads the file; every entry must name an existing case, once per platform.
    pub(crate) fn read(path: &Path, cases: &[Case]) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
        let file: File = toml::from_str(&text).with_context(|| format!("parse {}", path.display()))?;
        for (index, entry) in file.difference.iter().enumerate() {
            let label = format!("{} on {}", entry.case, entry.platform);
            let case = cases.iter().find(|case| case.name == entry.case);
            let case = case.with_context(|| format!("known-differences.toml: no such case: {label}"))?;
            ensure!(entry.prints != case.expect, "known-differences.toml: {label}: prints what is expected");
            ensure!(!entry.reason.is_empty() && !entry.follow.is_empty(), "{label}: reason and follow must be said");
            let again = file.difference[..index].iter().any(|e| e.case == entry.case && e.platform == entry.platform);
            ensure!(!again, "known-differences.toml: {label} is listed twice");
        }
        Ok(Self(file.difference))
    }

    /// The accepted difference of a case on a platform.
    pub(crate) fn of(&self, case: &Case, platform: Platform) -> Option<&Difference> {
        self.0.iter().find(|entry| entry.case == case.name && entry.platform == platform)
    }

    /// The lines that a case prints on a platform, by its head and this list.
    pub(crate) fn lines<'a>(&'a self, case: &'a Case, platform: Platform) -> &'a [String] {
        match self.of(case, platform) {
            Some(entry) if entry.builds && entry.stable => &entry.prints,
            Some(_) => &[],
            None => &case.expect,
        }
    }

    /// Every entry.
    pub(crate) fn all(&self) -> &[Difference] {
        &self.0
    }
}
