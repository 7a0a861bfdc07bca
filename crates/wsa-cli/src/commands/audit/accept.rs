//! `wsa-audit.toml`: accepted deviations, excluded files, chosen kinds.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs};

use anyhow::{Context, Result, bail};
use globset::{Glob, GlobMatcher, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use winsock_audit::{Finding, Kind};

use crate::args::AuditArgs;

/// The file's name, looked for from the current folder upwards.
const FILE_NAME: &str = "wsa-audit.toml";

/// The configuration in force; empty if there is none.
#[derive(Debug, Default)]
pub(super) struct Config {
    path: Option<PathBuf>,
    root: PathBuf,
    exclude: GlobSet,
    select: Option<Vec<Kind>>,
    ignore: Vec<Kind>,
    accept: Vec<Accept>,
}

/// One accepted deviation.
#[derive(Debug)]
struct Accept {
    path: Option<GlobMatcher>,
    kind: Option<Kind>,
    name: Option<String>,
    value: Option<i64>,
    used: AtomicUsize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(default)]
    exclude: Vec<String>,
    select: Option<Vec<String>>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    accept: Vec<RawAccept>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAccept {
    path: Option<String>,
    kind: Option<String>,
    name: Option<String>,
    value: Option<i64>,
    reason: String,
}

impl Config {
    /// Reads the file that the arguments name, or the nearest one upwards.
    pub(super) fn load(args: &AuditArgs) -> Result<Config> {
        let path = match &args.config {
            Some(path) => path.clone(),
            None if args.no_config => return Ok(Config::default()),
            None => match nearest() {
                Some(path) => path,
                None => return Ok(Config::default()),
            },
        };
        let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        Config::parse(&text, &path).with_context(|| format!("{}", path.display()))
    }

    fn parse(text: &str, path: &Path) -> Result<Config> {
        let raw: RawConfig = toml::from_str(text)?;
        let mut exclude = GlobSetBuilder::new();
        for pattern in &raw.exclude {
            exclude.add(Glob::new(pattern)?);
        }
        let kinds = |ids: &[String]| ids.iter().map(|id| kind(id)).collect::<Result<Vec<Kind>>>();
        Ok(Config {
            path: Some(path.to_owned()),
            root: path.canonicalize()?.parent().map(Path::to_owned).unwrap_or_default(),
            exclude: exclude.build()?,
            select: raw.select.as_deref().map(kinds).transpose()?,
            ignore: kinds(&raw.ignore)?,
            accept: raw.accept.into_iter().enumerate().map(Accept::new).collect::<Result<_>>()?,
        })
    }

    pub(super) fn select(&self) -> Option<&[Kind]> {
        self.select.as_deref()
    }

    pub(super) fn ignores(&self, kind: Kind) -> bool {
        self.ignore.contains(&kind)
    }

    /// Whether a file is not to be audited.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        !self.exclude.is_empty() && self.exclude.is_match(self.relative(path))
    }

    /// Whether a finding is an accepted deviation.
    pub(super) fn accepts(&self, path: &Path, finding: &Finding) -> bool {
        if self.accept.is_empty() {
            return false;
        }
        let path = self.relative(path);
        let accepted = self.accept.iter().find(|accept| accept.holds(&path, finding));
        accepted.inspect(|accept| _ = accept.used.fetch_add(1, Ordering::Relaxed)).is_some()
    }

    /// The accepted deviations that were not met, as sentences.
    pub(super) fn unused(&self) -> Vec<String> {
        let Some(path) = &self.path else { return Vec::new() };
        let unused = self.accept.iter().enumerate().filter(|(_, accept)| accept.used.load(Ordering::Relaxed) == 0);
        unused.map(|(index, _)| format!("{}: [[accept]] number {} met nothing", path.display(), index + 1)).collect()
    }

    fn relative(&self, path: &Path) -> PathBuf {
        let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        full.strip_prefix(&self.root).map(Path::to_owned).unwrap_or(full)
    }
}

impl Accept {
    fn new((index, raw): (usize, RawAccept)) -> Result<Accept> {
        let number = index + 1;
        if raw.reason.trim().is_empty() {
            bail!("[[accept]] number {number}: `reason` is empty; say why the deviation is accepted");
        }
        if raw.path.is_none() && raw.kind.is_none() && raw.name.is_none() && raw.value.is_none() {
            bail!("[[accept]] number {number} would accept everything; give at least one of path, kind, name, value");
        }
        Ok(Accept {
            path: raw.path.as_deref().map(Glob::new).transpose()?.map(|glob| glob.compile_matcher()),
            kind: raw.kind.as_deref().map(kind).transpose()?,
            name: raw.name,
            value: raw.value,
            used: AtomicUsize::new(0),
        })
    }

    fn holds(&self, path: &Path, finding: &Finding) -> bool {
        if !self.path.as_ref().is_none_or(|glob| glob.is_match(path)) {
            return false;
        }
        let name = self.name.as_ref().map(|name| finding.name.as_ref() == Some(name));
        let value = self.value.map(|value| finding.value == Some(value));
        if finding.kind == Kind::Conflict && (name.is_some() || value.is_some()) {
            // A conflict knows one side only; whoever accepts the deviant statement accepts its contradiction.
            return name == Some(true) || value == Some(true);
        }
        self.kind.is_none_or(|kind| kind == finding.kind) && name.unwrap_or(true) && value.unwrap_or(true)
    }
}

fn kind(id: &str) -> Result<Kind> {
    let ids: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    Kind::from_id(id).with_context(|| format!("there is no kind `{id}`; the kinds are {}", ids.join(", ")))
}

fn nearest() -> Option<PathBuf> {
    let current = env::current_dir().ok()?;
    current.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}
