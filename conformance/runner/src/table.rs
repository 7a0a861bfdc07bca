//! `PAIRS.md`: the table of pairs, and its summary.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::case::Pair;
use crate::pairs::{State, Unproven};

/// How many pairs are in each state.
#[derive(Default)]
pub(crate) struct Counts {
    both: usize,
    library: usize,
    wine: usize,
    cannot_happen: usize,
    legacy: usize,
    todo: usize,
}

impl Counts {
    fn of(states: &BTreeMap<Pair, State>) -> Self {
        let mut counts = Self::default();
        for state in states.values() {
            let slot = match state {
                State::Proven { library, wine } => match (library.is_empty(), wine.is_empty()) {
                    (false, false) => &mut counts.both,
                    (false, true) => &mut counts.library,
                    (true, _) => &mut counts.wine,
                },
                State::Unproven { state: Unproven::CannotHappen, .. } => &mut counts.cannot_happen,
                State::Unproven { state: Unproven::Legacy, .. } => &mut counts.legacy,
                State::Unproven { state: Unproven::Todo, .. } => &mut counts.todo,
            };
            *slot += 1;
        }
        counts
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "| state | pairs |\n|---|---|")?;
        writeln!(f, "| proven on the library and under wine | {} |", self.both)?;
        writeln!(f, "| proven on the library, where wine differs | {} |", self.library)?;
        writeln!(f, "| proven under wine only | {} |", self.wine)?;
        writeln!(f, "| cannot happen on this system | {} |", self.cannot_happen)?;
        writeln!(f, "| legacy (Winsock 1.1) | {} |", self.legacy)?;
        writeln!(f, "| to do | {} |", self.todo)
    }
}

/// Checks or rewrites the file and returns the counts.
pub(crate) fn keep(path: &Path, states: &BTreeMap<Pair, State>, write: bool) -> Result<Counts> {
    let text = render(states);
    if write {
        std::fs::write(path, &text).with_context(|| format!("write {}", path.display()))?;
    } else {
        let current = std::fs::read_to_string(path).unwrap_or_default();
        ensure!(
            current == text,
            "{} is not current: run `cargo run -p conformance -- --table --write`",
            path.display()
        );
    }
    Ok(Counts::of(states))
}

fn render(states: &BTreeMap<Pair, State>) -> String {
    let mut text = String::from(
        "# Every documented pair of function and code\n\n\
         Made by `cargo run -p conformance -- --table --write` from the heads of the cases, `known-differences.toml`,\n\
         `pairs.toml` and the `[calls]` tables of the catalogue. Do not edit.\n\n",
    );
    let _ = writeln!(text, "{}", Counts::of(states));
    let _ = writeln!(text, "| function | code | state | by |\n|---|---|---|---|");
    for (pair, state) in states {
        let (word, by) = describe(state);
        let _ = writeln!(text, "| {} | {} | {word} | {by} |", pair.function, pair.code);
    }
    text
}

fn describe(state: &State) -> (&'static str, String) {
    match state {
        State::Proven { library, wine } => {
            let word = match (library.is_empty(), wine.is_empty()) {
                (false, false) => "proven",
                (false, true) => "proven (library only)",
                (true, _) => "proven (wine only)",
            };
            let best = if library.is_empty() { wine } else { library };
            let links = best.iter().take(3).map(|name| format!("[{name}](cases/{name}.c)"));
            (word, links.collect::<Vec<_>>().join(", "))
        }
        State::Unproven { state, reason } => {
            let word = match state {
                Unproven::CannotHappen => "cannot happen",
                Unproven::Legacy => "legacy",
                Unproven::Todo => "to do",
            };
            (word, reason.clone())
        }
    }
}
