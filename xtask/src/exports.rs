//! What is made for the C library: error constants for its headers, the status page of its functions.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::Product;
use crate::entry::Catalogue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exports {
    function: Vec<Function>,
}

/// One function; `spec/exports.toml` says what the fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Function {
    name: String,
    header: String,
    status: Status,
    shim: Option<String>,
    /// None where no page documents the function.
    page: Option<String>,
    /// Only the library's own tests ask for it.
    #[serde(default, rename = "wide")]
    _wide: bool,
    #[serde(default)]
    note: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Status {
    Complete,
    Partial,
    Refused,
    Absent,
}

pub(crate) fn products(root: &Path, catalogue: &Catalogue) -> Result<Vec<Product>> {
    let folder = root.join("crates/ws2_32");
    let exports = read(&folder)?;
    Ok(vec![
        Product { path: folder.join("include/ws2/errors.h"), content: errors(catalogue) },
        Product { path: folder.join("STATUS.md"), content: status_page(&exports) },
        Product { path: root.join("crates/winsock-port/data/provided.tsv"), content: provided(&folder, &exports)? },
    ])
}

/// What is exported, for Rust programs that are written on windows-sys.
pub(crate) fn rust_declarations(root: &Path, windows_sys: &Path) -> Result<String> {
    let exports = read(&root.join("crates/ws2_32"))?;
    let exported = exports.function.iter().filter(|function| function.status != Status::Absent);
    crate::win_sock::declarations(windows_sys, &exported.map(|function| function.name.as_str()).collect())
}

fn read(folder: &Path) -> Result<Exports> {
    let file = folder.join("spec/exports.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let exports: Exports = toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
    check(&exports)?;
    Ok(exports)
}

/// For `wsa port-check`, which must not link the library.
fn provided(folder: &Path, exports: &Exports) -> Result<String> {
    let functions = exports.function.iter().map(|function| {
        let state = match function.status {
            Status::Complete => "complete",
            Status::Partial => "partial",
            Status::Refused => "refused",
            Status::Absent => "absent",
        };
        (function.name.as_str(), state, function.header.as_str(), function.note.as_str())
    });
    crate::provided::table(&folder.join("include"), functions)
}

fn check(exports: &Exports) -> Result<()> {
    let mut seen = BTreeSet::new();
    for function in &exports.function {
        let name = &function.name;
        ensure!(seen.insert(name), "exports.toml lists {name} twice");
        ensure!(
            (function.status == Status::Absent) == function.shim.is_none(),
            "{name}: every function but an absent one names its shim"
        );
        let silent = matches!(function.status, Status::Partial | Status::Refused) && function.note.is_empty();
        ensure!(!silent, "{name}: say in `note` what is missing, or why it is refused");
    }
    Ok(())
}

fn errors(catalogue: &Catalogue) -> String {
    let mut out = "/* Made by `cargo xtask generate` from the catalogue. Do not edit. */\n\
        #ifndef WS2_ERRORS_H\n#define WS2_ERRORS_H\n\n#define WSABASEERR 10000\n"
        .to_owned();
    for entry in &catalogue.entries {
        let _ = writeln!(out, "#define {} {}", entry.name, entry.value);
    }
    out += "\n/* Other names of the same values. */\n";
    let mut seen = BTreeSet::new();
    for entry in &catalogue.entries {
        for alias in entry.aliases.iter().filter(|alias| seen.insert(alias.as_str())) {
            let _ = writeln!(out, "#ifndef {alias}\n#define {alias} {}\n#endif", entry.value);
        }
    }
    out + "\n#endif\n"
}

fn status_page(exports: &Exports) -> String {
    let count = |status| exports.function.iter().filter(|function| function.status == status).count();
    let mut out = format!(
        "<!-- Made by `cargo xtask generate` from spec/exports.toml. Do not edit. -->\n\
        # What works\n\n\
        {} functions complete, {} partial, {} refused, {} absent.\n\n\
        - complete: as Windows documents it, and tested; the note names what is known to differ\n\
        - partial: works, and the note says what is missing\n\
        - refused: a program links, and the call fails with the documented code\n\
        - absent: not there yet, a program that needs it does not link\n",
        count(Status::Complete),
        count(Status::Partial),
        count(Status::Refused),
        count(Status::Absent),
    );
    for (status, title) in [
        (Status::Complete, "Complete"),
        (Status::Partial, "Partial"),
        (Status::Refused, "Refused"),
        (Status::Absent, "Absent"),
    ] {
        let mut functions: Vec<&Function> =
            exports.function.iter().filter(|function| function.status == status).collect();
        if functions.is_empty() {
            continue;
        }
        functions.sort_by_key(|function| function.name.to_lowercase());
        let _ = write!(out, "\n## {title}\n\n| function | header | note |\n|---|---|---|\n");
        for Function { name, header, page, note, .. } in functions {
            let shown = match page {
                Some(page) => format!("[{name}](https://learn.microsoft.com/windows/win32/api/{page})"),
                None => name.clone(),
            };
            let _ = writeln!(out, "| {shown} | {header} | {note} |");
        }
    }
    out
}
