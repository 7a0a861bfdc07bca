//! Reads the catalogue's sources once: `entries/*.md`, `data/*.toml`, `data/reference_table.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::call::Call;

/// Everything that products are made from.
pub(crate) struct Catalogue {
    /// In order of value.
    pub(crate) entries: Vec<Entry>,
    pub(crate) errnos: Vec<Errno>,
    pub(crate) lookalikes: Vec<Lookalike>,
    pub(crate) made_up: Vec<MadeUp>,
    pub(crate) libuv: Vec<Libuv>,
    pub(crate) reference_table: Vec<(i32, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) value: i32,
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) category: String,
    pub(crate) status: String,
    pub(crate) severity: String,
    pub(crate) fault: Vec<String>,
    pub(crate) retry: String,
    pub(crate) retry_how: String,
    pub(crate) summary: String,
    pub(crate) message: String,
    pub(crate) phrase: String,
    #[serde(default)]
    pub(crate) phrase_weak: bool,
    pub(crate) twins: Twins,
    pub(crate) elsewhere: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) ntstatus: Vec<NtStatus>,
    #[serde(default)]
    pub(crate) localized: BTreeMap<String, String>,
    pub(crate) calls: BTreeMap<String, String>,
    pub(crate) causes: Vec<Cause>,
    #[serde(default)]
    pub(crate) confused_with: Vec<Confusion>,
    #[serde(default)]
    pub(crate) disputes: Vec<Dispute>,
    /// Length of the file's head, fences included.
    #[serde(skip)]
    pub(crate) head_bytes: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Twins {
    pub(crate) errno: Vec<String>,
    pub(crate) errno_by_name: Option<String>,
    pub(crate) eai: Option<String>,
    pub(crate) rust: String,
    pub(crate) dotnet: Option<String>,
    pub(crate) libuv: String,
    /// Where Node's word is not libuv's without the prefix.
    pub(crate) node: Option<String>,
    pub(crate) python_errno: Option<String>,
    pub(crate) python_exception: String,
    pub(crate) go_std: Option<String>,
    pub(crate) java: String,
    #[serde(default)]
    pub(crate) apr_is: Vec<String>,
    pub(crate) curl: Option<String>,
}

impl Twins {
    pub(crate) fn node(&self) -> String {
        self.node.clone().unwrap_or_else(|| self.libuv.trim_start_matches("UV_").to_owned())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NtStatus {
    pub(crate) name: String,
    pub(crate) value: u32,
    pub(crate) win32: String,
    pub(crate) win32_value: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cause {
    pub(crate) what: String,
    pub(crate) evidence: String,
    pub(crate) remedy: String,
    pub(crate) seen: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confusion {
    pub(crate) code: String,
    pub(crate) tell: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dispute {
    pub(crate) system: String,
    pub(crate) says: String,
    pub(crate) right: String,
    pub(crate) why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Errno {
    pub(crate) name: String,
    pub(crate) value: i32,
    #[serde(default)]
    pub(crate) same_number: Vec<String>,
    /// Enumerators of C++'s `std::errc`.
    #[serde(default)]
    pub(crate) errc: Vec<String>,
    pub(crate) texts: Vec<String>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) on: Vec<String>,
    #[serde(default = "any")]
    pub(crate) when: String,
    pub(crate) why: String,
}

fn any() -> String {
    "any".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lookalike {
    pub(crate) value: u32,
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) meaning: String,
    pub(crate) related: Vec<String>,
    pub(crate) phrase: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MadeUp {
    pub(crate) name: String,
    pub(crate) nearest: Option<String>,
    pub(crate) why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Libuv {
    pub(crate) name: String,
    pub(crate) value: i32,
    pub(crate) code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LibuvFile {
    libuv: Vec<Libuv>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrnoFile {
    errno: Vec<Errno>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelatedFile {
    lookalike: Vec<Lookalike>,
    made_up: Vec<MadeUp>,
}

impl Catalogue {
    pub(crate) fn read(package: &Path) -> Result<Catalogue> {
        let related: RelatedFile = read_toml(&package.join("data/related.toml"))?;
        let errnos: ErrnoFile = read_toml(&package.join("data/errno.toml"))?;
        let libuv: LibuvFile = read_toml(&package.join("data/libuv.toml"))?;
        let catalogue = Catalogue {
            entries: read_entries(&package.join("entries"))?,
            errnos: sorted(errnos.errno, |errno| errno.value),
            lookalikes: sorted(related.lookalike, |known| known.value),
            made_up: sorted(related.made_up, |known| known.name.clone()),
            libuv: sorted(libuv.libuv, |known| known.value),
            reference_table: read_reference_table(&package.join("data/reference_table.csv"))?,
        };
        catalogue.check()?;
        Ok(catalogue)
    }

    /// What the types of the generated tables cannot refuse.
    fn check(&self) -> Result<()> {
        let errnos: BTreeSet<&str> = self
            .errnos
            .iter()
            .flat_map(|errno| std::iter::once(&errno.name).chain(&errno.same_number))
            .map(String::as_str)
            .collect();
        for entry in &self.entries {
            for name in &entry.twins.errno {
                ensure!(errnos.contains(name.as_str()), "{}: errno {name} is not in data/errno.toml", entry.name);
            }
            for call in entry.calls.keys() {
                ensure!(Call::ALL.iter().any(|known| known.as_str() == call), "{}: unknown call {call}", entry.name);
            }
            ensure!(!entry.causes.is_empty(), "{}: no cause", entry.name);
        }
        for errno in &self.errnos {
            check_rules(errno)?;
        }
        Ok(())
    }
}

/// Two rules could both be meant if one is tried after another that holds in at least the same calls and states.
fn check_rules(errno: &Errno) -> Result<()> {
    for (index, rule) in errno.rules.iter().enumerate() {
        for call in &rule.on {
            ensure!(Call::ALL.iter().any(|known| known.as_str() == call), "{}: unknown call {call}", errno.name);
        }
        for before in &errno.rules[..index] {
            let same_state = before.when == "any" || before.when == rule.when;
            let same_calls =
                before.on.is_empty() || !rule.on.is_empty() && rule.on.iter().all(|call| before.on.contains(call));
            if same_state && same_calls {
                bail!("{}: the rule for {} can never apply after the one for {}", errno.name, rule.code, before.code);
            }
        }
    }
    Ok(())
}

fn read_entries(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for file in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = file?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if stem == "README" {
            continue;
        }
        let entry = read_entry(&path)?;
        ensure!(entry.name == stem, "{}: the file is not named after {}", path.display(), entry.name);
        entries.push(entry);
    }
    Ok(sorted(entries, |entry| entry.value))
}

fn read_entry(path: &Path) -> Result<Entry> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (head, story) = text
        .strip_prefix("```toml\n")
        .and_then(|rest| rest.split_once("\n```\n"))
        .with_context(|| format!("{}: does not begin with a fenced toml block", path.display()))?;
    let mut entry: Entry = toml::from_str(head).with_context(|| format!("{}: bad facts", path.display()))?;
    let title = format!("# {} ({})", entry.name, entry.value);
    entry.head_bytes = text.len() - story.len();
    ensure!(story.trim_start().starts_with(&title), "{}: the story does not begin with `{title}`", path.display());
    Ok(entry)
}

fn read_reference_table(path: &Path) -> Result<Vec<(i32, String)>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = text.lines().skip(1).map(|line| {
        let (value, name) = line.split_once(',').with_context(|| format!("{}: bad row {line}", path.display()))?;
        Ok((value.parse()?, name.to_owned()))
    });
    Ok(sorted(rows.collect::<Result<Vec<_>>>()?, |row| row.0))
}

fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{}: bad data", path.display()))
}

fn sorted<T, K: Ord>(mut items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    items.sort_by_key(key);
    items
}
