//! What is made of `spec/options.toml`: the page that says what became of each socket option and control code.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::Product;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    option: Vec<Row>,
    control: Vec<Row>,
}

/// One option or control code; `spec/options.toml` says what the fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    level: Option<String>,
    value: i64,
    takes: Option<String>,
    state: State,
    stream: String,
    datagram: String,
    #[serde(default)]
    linux: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum State {
    Mapped,
    Emulated,
    Kept,
    Accepted,
    Refused,
    Missing,
}

const STATES: [(State, &str, &str); 6] = [
    (State::Mapped, "mapped", "an option or control code of Linux does it"),
    (State::Emulated, "emulated", "the library does it"),
    (State::Kept, "kept", "the value is kept and handed back; nothing here depends on it"),
    (State::Accepted, "accepted", "succeeds, and there is nothing to do"),
    (State::Refused, "refused", "fails with the code given"),
    (State::Missing, "missing", "not there yet"),
];

pub(crate) fn products(root: &Path) -> Result<Vec<Product>> {
    let folder = root.join("crates/ws2_32");
    let file = folder.join("spec/options.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let options: Options = toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
    let mut seen = BTreeSet::new();
    for row in options.option.iter().chain(&options.control) {
        ensure!(seen.insert((&row.level, row.value)), "options.toml lists {} twice", row.name);
    }
    Ok(vec![Product { path: folder.join("OPTIONS.md"), content: page(&options) }])
}

fn page(options: &Options) -> String {
    let mut out = "<!-- Made by `cargo xtask generate` from spec/options.toml. Do not edit. -->\n\
        # Socket options and control codes\n\n| state | options | control codes | |\n|---|---|---|---|\n"
        .to_owned();
    let count = |rows: &[Row], state| rows.iter().filter(|row| row.state == state).count();
    for (state, name, meaning) in STATES {
        let (of_options, of_controls) = (count(&options.option, state), count(&options.control, state));
        let _ = writeln!(out, "| {name} | {of_options} | {of_controls} | {meaning} |");
    }
    out += "\nWhat a new socket answers to `getsockopt`: a value, or the code. An option that can only be set is not there\n\
        to be read: WSAENOPROTOOPT.\n";
    let mut level = None;
    for row in &options.option {
        if row.level != level {
            level.clone_from(&row.level);
            let title = level.as_deref().unwrap_or_default();
            let _ = write!(
                out,
                "\n## {title}\n\n| option | value | takes | state | stream | datagram | Linux |\n|---|---|---|---|---|---|---|\n"
            );
        }
        let takes = row.takes.as_deref().unwrap_or_default();
        let _ = writeln!(out, "| {} | {} | {takes} | {}", row.name, row.value, rest(row));
    }
    out += "\n## Control codes of WSAIoctl\n\nWhat a new non-blocking socket answers without input.\n\n\
        | code | value | state | stream | datagram | Linux |\n|---|---|---|---|---|---|\n";
    for row in &options.control {
        let _ = writeln!(out, "| {} | {:#010x} | {}", row.name, row.value, rest(row));
    }
    out
}

fn rest(row: &Row) -> String {
    let state = STATES.iter().find(|(state, ..)| *state == row.state).map_or("", |(_, name, _)| name);
    format!("{state} | {} | {} | {} |", row.stream, row.datagram, row.linux)
}
