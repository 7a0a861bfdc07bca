//! The command line of the runner.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use lexopt::prelude::*;

const HELP: &str = "\
conformance: run the cases against the library and under wine

  cargo run -p conformance -- [OPTIONS] [FILTER]...
  cargo run -p conformance -- random [--seeds A..B] [--steps N] [OPTIONS]

FILTER       run only cases whose name contains this text (`send/`, `never_connected`)
--table      only check heads, pairs.toml and PAIRS.md; run nothing
--write      rewrite PAIRS.md instead of checking it
--only WHO   `library` or `wine`
--jobs N     programs at a time (2)
--list       print the names of the cases
--headers D  include folder of the library (crates/ws2_32/include)
--library F  static library to link (built with cargo when not given)
--learn      for what fails, print the entry that would accept it
--verbose    one line per program
--seeds A..B the random programs to run (0..200)
--steps N    calls in each of them (30)

CI=true in the environment turns every skip into a failure.";

/// What the user asked for, and where things are.
pub(crate) struct Options {
    pub(crate) filters: Vec<String>,
    pub(crate) random: bool,
    pub(crate) seeds: std::ops::Range<u32>,
    pub(crate) steps: u32,
    pub(crate) table_only: bool,
    pub(crate) write: bool,
    pub(crate) list: bool,
    pub(crate) verbose: bool,
    pub(crate) learn: bool,
    pub(crate) library: bool,
    pub(crate) wine: bool,
    pub(crate) jobs: usize,
    pub(crate) ci: bool,
    pub(crate) root: PathBuf,
    pub(crate) work: PathBuf,
    pub(crate) headers: PathBuf,
    pub(crate) library_file: Option<PathBuf>,
}

impl Options {
    /// Reads the process arguments and environment.
    pub(crate) fn from_arguments() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let mut options = Self {
            filters: Vec::new(),
            random: false,
            seeds: 0..200,
            steps: 30,
            table_only: false,
            write: false,
            list: false,
            verbose: false,
            learn: false,
            library: true,
            wine: true,
            jobs: 2,
            ci: std::env::var("CI").is_ok_and(|value| value == "true"),
            headers: root.join("crates/ws2_32/include"),
            root,
            work: target.join("conformance"),
            library_file: None,
        };
        options.parse()?;
        Ok(options)
    }

    fn parse(&mut self) -> Result<()> {
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("table") => self.table_only = true,
                Long("write") => self.write = true,
                Long("list") => self.list = true,
                Long("learn") => self.learn = true,
                Long("verbose") => self.verbose = true,
                Long("jobs") => self.jobs = parser.value()?.parse::<usize>()?.max(1),
                Long("headers") => self.headers = parser.value()?.into(),
                Long("library") => self.library_file = Some(parser.value()?.into()),
                Long("only") => self.only(&parser.value()?.string()?)?,
                Long("seeds") => self.seeds = seeds(&parser.value()?.string()?)?,
                Long("steps") => self.steps = parser.value()?.parse()?,
                Long("help") => {
                    println!("{HELP}");
                    std::process::exit(0);
                }
                Value(text) if text == "random" && self.filters.is_empty() => self.random = true,
                Value(text) => self.filters.push(text.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(())
    }

    fn only(&mut self, who: &str) -> Result<()> {
        match who {
            "library" => self.wine = false,
            "wine" => self.library = false,
            _ => bail!("--only {who}: say `library` or `wine`"),
        }
        Ok(())
    }

    /// The folder with cases, differences and tables.
    pub(crate) fn home(&self) -> PathBuf {
        self.root.join("conformance")
    }

    /// Whether the user wants this case.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter.as_str()))
    }
}

/// `3..9`, or `3` for that one alone.
fn seeds(text: &str) -> Result<std::ops::Range<u32>> {
    let (first, end) = match text.split_once("..") {
        Some((first, end)) => (first.parse()?, end.parse()?),
        None => (text.parse::<u32>()?, text.parse::<u32>()? + 1),
    };
    ensure!(first < end, "--seeds {text}: nothing to run");
    Ok(first..end)
}
