//! Real source trees: where they are, and what happens on machines that do not have them.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use winsock_audit::Language;

/// A source tree.
pub(crate) struct Tree {
    pub(crate) name: &'static str,
    pub(crate) root: PathBuf,
    /// At least so many statements are in it; fewer mean that the tree or the reader is broken.
    pub(crate) min_statements: usize,
}

/// One file of a tree, read.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    pub(crate) language: Language,
}

/// The trees of this machine. With `CI=true` all must be there; elsewhere a missing one is left out aloud.
pub(crate) fn trees() -> Vec<Tree> {
    let wanted: [(&str, Option<PathBuf>, usize, &str); 6] = [
        (
            "mingw-w64",
            folder("WSA_AUDIT_MINGW", &["/usr/share/mingw-w64/include"]),
            150,
            "apt-get install mingw-w64-common",
        ),
        ("go", folder("WSA_AUDIT_GO", &newest("/usr/share", "go-", "src")), 90, "apt-get install golang-src"),
        (
            "python",
            folder("WSA_AUDIT_PYTHON", &newest("/usr/lib", "python3.", "")),
            3,
            "apt-get install libpython3-stdlib",
        ),
        ("windows-sys", package("windows-sys"), 90, "a dev-dependency: cargo fetch"),
        ("libc", package("libc"), 0, "a dev-dependency: cargo fetch"),
        ("libuv", libuv(), 0, "network, or WSA_AUDIT_LIBUV=folder"),
    ];
    let mut trees = Vec::new();
    for (name, root, min_statements, how) in wanted {
        match root {
            Some(root) => trees.push(Tree { name, root, min_statements }),
            None if env::var("CI").as_deref() == Ok("true") => panic!("{name} is missing: {how}"),
            None => eprintln!("SKIPPED: {name} is not on this machine ({how})"),
        }
    }
    trees
}

fn folder(variable: &str, defaults: &[impl AsRef<Path>]) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    let candidates = named.into_iter().chain(defaults.iter().map(|path| path.as_ref().to_owned()));
    candidates.into_iter().find(|path| path.is_dir())
}

/// Folders such as `/usr/share/go-1.19/src`, the last in order of names first.
fn newest(parent: &str, prefix: &str, below: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join(below))
        .collect();
    found.sort();
    found.reverse();
    found
}

/// The source of a package that cargo has for this workspace.
fn package(name: &str) -> Option<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output =
        Command::new(cargo).args(["metadata", "--format-version", "1", "--manifest-path", manifest]).output().ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let found = metadata["packages"].as_array()?.iter().find(|package| package["name"] == name)?;
    Path::new(found["manifest_path"].as_str()?).parent().map(Path::to_owned)
}

/// libuv's own source, as the crate `libuv-sys2` carries it; fetched once into the target folder.
fn libuv() -> Option<PathBuf> {
    if let Some(path) = env::var_os("WSA_AUDIT_LIBUV") {
        return Some(path.into());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libuv-corpus");
    let source = folder.join("vendor/libuv-sys2/libuv");
    if source.is_dir() {
        return Some(source);
    }
    fs::create_dir_all(folder.join("src")).ok()?;
    fs::write(folder.join("src/lib.rs"), "").ok()?;
    let manifest = "[package]\nname = \"libuv-corpus\"\nedition = \"2021\"\n[dependencies]\nlibuv-sys2 = \"=1.53.1\"\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).ok()?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["vendor", "--quiet"])
        .current_dir(&folder)
        .stdout(std::process::Stdio::null())
        .status();
    status.is_ok_and(|status| status.success() && source.is_dir()).then_some(source)
}

/// Every file of a tree that can be read, in order.
pub(crate) fn sources(root: &Path) -> Vec<Source> {
    let mut walker = ignore::WalkBuilder::new(root);
    walker.standard_filters(false).sort_by_file_path(Path::cmp);
    let files = walker.build().flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files
        .filter_map(|entry| {
            let path = entry.into_path();
            let bytes = fs::read(&path).ok()?;
            let language = Language::of(&path.to_string_lossy());
            Some(Source { path, bytes, language })
        })
        .collect()
}

/// A small generator of numbers (SplitMix64), so that a seed gives the same test everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}
