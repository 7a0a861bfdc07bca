//! The documented (function, code) pairs, and the state of each.
//!
//! The pairs come from the `[calls]` tables of the catalogue's entries, their one home. Proven is what a case's head
//! claims and its expected lines back; the other states stand in `pairs.toml` with a reason.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::case::{Case, Pair};
use crate::differences::{Differences, Platform};

/// What is known of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// Programs that make it happen: on our library, under wine.
    Proven { library: Vec<String>, wine: Vec<String> },
    /// No program proves it, for the reason given.
    Unproven { state: Unproven, reason: String },
}

/// The states without a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unproven {
    /// Nothing on this system can bring it about.
    CannotHappen,
    /// Winsock 1.1 only; no stack since returns it.
    Legacy,
    /// A case is still to be written, or the function to be finished.
    Todo,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairsFile {
    state: Vec<Rule>,
}

/// Gives one code of some functions a state.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    code: String,
    /// Functions, or `*` for every function that is not proven and not named by another rule.
    functions: Vec<String>,
    state: Unproven,
    reason: String,
}

/// Every pair with its state. Fails when one has none, or when a claim is not backed.
pub(crate) fn states(home: &Path, cases: &[Case], differences: &Differences) -> Result<BTreeMap<Pair, State>> {
    let pairs = documented(&home.join("../crates/winsock-codes/entries"))?;
    let mut states = proven(&pairs, cases, differences)?;
    let text = std::fs::read_to_string(home.join("pairs.toml")).context("read pairs.toml")?;
    let rules: PairsFile = toml::from_str(&text).context("parse pairs.toml")?;
    apply(&rules.state, &pairs, &mut states)?;
    let open: Vec<String> =
        pairs.keys().filter(|p| !states.contains_key(p)).map(|p| format!("{} {}", p.function, p.code)).collect();
    ensure!(
        open.is_empty(),
        "{} pairs have no state (add a case or a rule in pairs.toml):\n{}",
        open.len(),
        open.join("\n")
    );
    Ok(states)
}

/// The catalogue's pairs with the value of the code.
fn documented(entries: &Path) -> Result<BTreeMap<Pair, i32>> {
    #[derive(Deserialize)]
    struct Entry {
        name: String,
        value: i32,
        #[serde(default)]
        calls: BTreeMap<String, String>,
    }
    let mut pairs = BTreeMap::new();
    for file in std::fs::read_dir(entries).with_context(|| format!("list {}", entries.display()))? {
        let path = file?.path();
        let text = std::fs::read_to_string(&path)?;
        let Some(head) = text.strip_prefix("```toml\n").and_then(|rest| rest.split("\n```").next()) else { continue };
        let entry: Entry = toml::from_str(head).with_context(|| format!("head of {}", path.display()))?;
        for function in entry.calls.into_keys() {
            pairs.insert(Pair { function, code: entry.name.clone() }, entry.value);
        }
    }
    ensure!(!pairs.is_empty(), "no entry below {} has calls", entries.display());
    Ok(pairs)
}

fn proven(pairs: &BTreeMap<Pair, i32>, cases: &[Case], differences: &Differences) -> Result<BTreeMap<Pair, State>> {
    let mut states = BTreeMap::new();
    for case in cases {
        for claim in &case.proves {
            let pair = resolve(claim, pairs).with_context(|| format!("{}: proves", case.name))?;
            let (pair, value) = pair;
            let on =
                |platform| differences.lines(case, platform).iter().any(|line| backs(line, &claim.function, *value));
            let backed = case.expect.iter().any(|line| backs(line, &claim.function, *value));
            ensure!(backed, "{}: no expected line `{} ... {value}` backs its claim", case.name, claim.function);
            let state = states.entry(pair.clone()).or_insert(State::Proven { library: Vec::new(), wine: Vec::new() });
            if let State::Proven { library, wine } = state {
                for (list, platform) in [(library, Platform::Library), (wine, Platform::Wine)] {
                    if on(platform) {
                        list.push(case.name.clone());
                    }
                }
            }
        }
    }
    states
        .retain(|_, state| !matches!(state, State::Proven { library, wine } if library.is_empty() && wine.is_empty()));
    Ok(states)
}

/// A line proves a pair when its first word is the function and one of the others is the code's number.
fn backs(line: &str, function: &str, value: i32) -> bool {
    let mut words = line.split_whitespace();
    let named = words.next().is_some_and(|word| documented_name(word) == documented_name(function));
    named && words.any(|word| word.trim_end_matches([',', ';', ':']) == value.to_string())
}

/// The name under which the documentation describes a function: both spellings of a pair of A and W functions have one
/// page, and `inet_ntop` is described with `InetNtop`.
fn documented_name(name: &str) -> &str {
    match name {
        "inet_ntop" | "InetNtopW" => "InetNtop",
        "InetPtonW" | "InetPton" => "inet_pton",
        "GetAddrInfoW" => "getaddrinfo",
        "GetNameInfoW" => "getnameinfo",
        "GetHostNameW" => "gethostname",
        "WSASocketA" | "WSASocketW" => "WSASocket",
        "WSADuplicateSocketA" | "WSADuplicateSocketW" => "WSADuplicateSocket",
        "WSAStringToAddressA" | "WSAStringToAddressW" => "WSAStringToAddress",
        "WSAAddressToStringA" | "WSAAddressToStringW" => "WSAAddressToString",
        other => other,
    }
}

/// Finds the documented pair a claim means. `WSAEnumNetworkEvents:FD_CLOSE` means the group of error codes that the
/// page lists for that event.
fn resolve<'a>(claim: &Pair, pairs: &'a BTreeMap<Pair, i32>) -> Result<(&'a Pair, &'a i32)> {
    let matches = |pair: &Pair| match claim.function.split_once(':') {
        Some((function, event)) => {
            pair.function.starts_with(function)
                && pair.function.split([' ', '/', ')']).any(|word| word == event)
                && pair.code == claim.code
        }
        None => pair.code == claim.code && pair.function == documented_name(&claim.function),
    };
    match pairs.iter().find(|(pair, _)| matches(pair)) {
        Some(found) => Ok(found),
        None => bail!("{} {} is not documented by any page in the catalogue", claim.function, claim.code),
    }
}

fn apply(rules: &[Rule], pairs: &BTreeMap<Pair, i32>, states: &mut BTreeMap<Pair, State>) -> Result<()> {
    let given = |rule: &Rule| State::Unproven { state: rule.state, reason: rule.reason.clone() };
    let (general, particular): (Vec<_>, Vec<_>) = rules.iter().partition(|rule| rule.functions == ["*"]);
    for rule in &particular {
        for function in &rule.functions {
            let pair = Pair { function: function.clone(), code: rule.code.clone() };
            ensure!(pairs.contains_key(&pair), "pairs.toml: {function} {} is not a documented pair", rule.code);
            let before = states.insert(pair, given(rule));
            match before {
                None => {}
                Some(State::Proven { .. }) => bail!("pairs.toml: {function} {} is proven; drop the rule", rule.code),
                Some(State::Unproven { .. }) => bail!("pairs.toml: {function} {} has two rules", rule.code),
            }
        }
    }
    for rule in general {
        ensure!(pairs.keys().any(|pair| pair.code == rule.code), "pairs.toml: no pair has {}", rule.code);
        for pair in pairs.keys().filter(|pair| pair.code == rule.code) {
            states.entry(pair.clone()).or_insert_with(|| given(rule));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_backs_a_pair_by_first_word_and_number() {
        assert!(backs("send 10057", "send", 10057));
        assert!(backs("WSASocketW bad type: 10044", "WSASocket", 10044));
        assert!(backs("inet_ntop 87", "InetNtop", 87));
        assert!(!backs("send 10057", "sendto", 10057));
        assert!(!backs("send 100571", "send", 10057));
    }
}
