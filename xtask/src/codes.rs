//! The generated tables of `winsock-codes`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::Product;
use crate::call::Call;
use crate::entry::{Catalogue, Entry, Errno};
use crate::literal::{code, codes, doc, member, members, optional, string, strings};
use crate::name_hash::hash;

pub(crate) fn products(root: &Path, catalogue: &Catalogue) -> Result<Vec<Product>> {
    let folder = root.join("crates/winsock-codes/src/generated");
    let product = |file: &str, imports: &str, body: String| Product {
        path: folder.join(file),
        content: format!(
            "// Made by `cargo xtask generate` from entries/ and data/. Do not edit.\n{imports}\n{}\n",
            body.trim_end()
        ),
    };
    Ok(vec![
        product("constants.rs", "\nuse crate::Code;\n", constants(catalogue)),
        product(
            "table.rs",
            "\nuse crate::entry::{Category, Entry, Fault, NtStatus, Retry, Severity, Status, Twins};\nuse crate::Code;\n",
            table(catalogue)?,
        ),
        product("names.rs", "", names(catalogue)?),
        product("spellings.rs", "\nuse crate::{Code, Spelling, System};\n", spellings(catalogue)),
        product("errno.rs", "\nuse crate::errno::{Rule, When};\nuse crate::{Call, Code};\n", errno(catalogue)?),
        product(
            "related.rs",
            "\nuse crate::related::{Libuv, Lookalike, MadeUp, ReferenceRow};\nuse crate::Code;\n",
            related(catalogue),
        ),
        product("messages.rs", "", messages(catalogue)),
        product(
            "text.rs",
            "\nuse super::messages::MESSAGES;\nuse crate::entry::{CallNote, Cause, Confusion, Detail, Dispute, story};\nuse crate::{Call, Code};\n",
            text(catalogue, &proven(root)?)?,
        ),
    ])
}

fn constants(catalogue: &Catalogue) -> String {
    let mut out = "impl Code {\n".to_owned();
    for entry in &catalogue.entries {
        let _ = writeln!(out, "    /// {} ({}).\n    ///", doc(&entry.summary), entry.value);
        let _ = writeln!(out, "    /// Category {}, retry {}.", entry.category, entry.retry);
        if !entry.aliases.is_empty() {
            let aliases: Vec<String> = entry.aliases.iter().map(|alias| format!("`{alias}`")).collect();
            let _ = writeln!(out, "    ///\n    /// Also {}.", aliases.join(", "));
        }
        let _ = writeln!(out, "    pub const {}: Code = Code::new({});\n", entry.name, entry.value);
    }
    out.trim_end().to_owned() + "\n}"
}

fn table(catalogue: &Catalogue) -> Result<String> {
    let entries = &catalogue.entries;
    let first_low = 10_000;
    let last_low = entries.iter().map(|entry| entry.value).filter(|value| *value < 11_000).max().context("no codes")?;
    let mut low = vec![0xFF_u8; usize::try_from(last_low - first_low + 1)?];
    let mut small = String::new();
    let mut first_high = None;
    for (index, entry) in entries.iter().enumerate() {
        match entry.value {
            ..10_000 => {
                let _ = writeln!(small, "        {} => Some({index}),", entry.value);
            }
            10_000..11_000 => low[usize::try_from(entry.value - first_low)?] = u8::try_from(index)?,
            _ => {
                let (start, at) = *first_high.get_or_insert((entry.value, index));
                ensure!(usize::try_from(entry.value - start)? == index - at, "codes from {start} on have a gap");
            }
        }
    }
    let (high, high_index) = first_high.context("no resolver codes")?;
    let mut out = format!(
        "/// The value of `LOW[0]`.\npub(crate) const FIRST_LOW: i32 = {first_low};\n\n\
         /// Value and position of the first code of the upper range, which has no gaps.\n\
         pub(crate) const FIRST_HIGH: (i32, usize) = ({high}, {high_index});\n\n\
         /// Positions in `TABLE` of the values from `FIRST_LOW` on; 0xFF where there is none.\n\
         pub(crate) static LOW: [u8; {}] = {low:?};\n\n\
         /// Positions of the codes that are Win32 errors too.\n\
         pub(crate) const fn index_of_small(value: i32) -> Option<usize> {{\n    match value {{\n{small}        \
         _ => None,\n    }}\n}}\n\n\
         /// All entries, in order of value.\npub(crate) static TABLE: [Entry; {}] = [\n",
        low.len(),
        entries.len()
    );
    for entry in entries {
        write_entry(&mut out, entry);
    }
    Ok(out + "];")
}

fn write_entry(out: &mut String, entry: &Entry) {
    let twins = &entry.twins;
    let statuses: String = entry
        .ntstatus
        .iter()
        .map(|status| {
            format!(
                "\n                NtStatus {{ name: {}, value: {:#010X}, win32: {}, win32_value: {} }},",
                string(&status.name),
                status.value,
                string(&status.win32),
                status.win32_value
            )
        })
        .collect();
    let elsewhere: Vec<String> = entry
        .elsewhere
        .iter()
        .map(|(system, word)| format!("({}, {})", string(project_name(system)), string(word)))
        .collect();
    let _ = write!(
        out,
        "    Entry {{
        code: {code},
        name: {name},
        aliases: {aliases},
        summary: {summary},
        category: {category},
        status: {status},
        severity: {severity},
        fault: {fault},
        retry: {retry},
        retry_how: {retry_how},
        twins: Twins {{
            errno: {errno},
            errno_by_name: {errno_by_name},
            eai: {eai},
            rust: {rust},
            dotnet: {dotnet},
            libuv: {libuv},
            node: {node},
            python_errno: {python_errno},
            python_exception: {python_exception},
            go_std: {go_std},
            java: {java},
            apr_is: {apr_is},
            curl: {curl},
            ntstatus: &[{statuses}],
            elsewhere: &[{elsewhere}],
        }},
    }},
",
        code = code(&entry.name),
        name = string(&entry.name),
        aliases = strings(&entry.aliases),
        summary = string(&entry.summary),
        category = member("Category", &entry.category),
        status = member("Status", &entry.status),
        severity = member("Severity", &entry.severity),
        fault = members("Fault", &entry.fault),
        retry = member("Retry", &entry.retry),
        retry_how = string(&entry.retry_how),
        errno = strings(&twins.errno),
        errno_by_name = optional(twins.errno_by_name.as_ref()),
        eai = optional(twins.eai.as_ref()),
        rust = string(&twins.rust),
        dotnet = optional(twins.dotnet.as_ref()),
        libuv = string(&twins.libuv),
        node = string(&twins.node()),
        python_errno = optional(twins.python_errno.as_ref()),
        python_exception = string(&twins.python_exception),
        go_std = optional(twins.go_std.as_ref()),
        java = string(&twins.java),
        apr_is = strings(&twins.apr_is),
        curl = optional(twins.curl.as_ref()),
        elsewhere = elsewhere.join(", "),
    );
}

/// What people call a project whose key in entries is plain ASCII.
fn project_name(key: &str) -> &str {
    match key {
        "cygwin" => "Cygwin",
        "boost" => "Boost",
        "msvc_stl" => "MSVC STL",
        "perl" => "Perl",
        "postgresql" => "PostgreSQL",
        "winpr" => "WinPR",
        "dotnet_unix" => ".NET on Unix",
        other => other,
    }
}

/// A perfect hash: a seed under which no two names of different entries fall on one slot.
fn names(catalogue: &Catalogue) -> Result<String> {
    const SLOTS: usize = 1024;
    let keys: Vec<(&str, u8)> = catalogue
        .entries
        .iter()
        .zip(0_u8..)
        .flat_map(|(entry, index)| {
            std::iter::once(&entry.name).chain(&entry.aliases).map(move |name| (name.as_str(), index))
        })
        .collect();
    let place = |seed: u64| {
        let mut slots = [0xFF_u8; SLOTS];
        for (name, index) in &keys {
            let bare = name.strip_prefix("WSA").unwrap_or(name);
            let slot = &mut slots[usize::try_from(hash(bare.as_bytes(), seed) % SLOTS as u64).ok()?];
            if *slot != 0xFF && *slot != *index {
                return None;
            }
            *slot = *index;
        }
        Some(slots)
    };
    let (seed, slots) = (0..1_000_000).find_map(|seed| Some((seed, place(seed)?))).context("no perfect hash")?;
    let rows: Vec<String> = slots
        .chunks(32)
        .map(|row| row.iter().map(u8::to_string).collect::<Vec<_>>().join(", "))
        .map(|row| format!("    {row},"))
        .collect();
    Ok(format!(
        "\n/// The seed under which every name has a slot of its own.\npub(crate) const NAME_SEED: u64 = {seed};\n\n\
         /// Positions in `TABLE` by hash of the name; 0xFF where there is none.\n\
         pub(crate) static NAME_SLOTS: [u8; {SLOTS}] = [\n{}\n];",
        rows.join("\n")
    ))
}

fn spellings(catalogue: &Catalogue) -> String {
    let errnos: BTreeMap<&str, &Errno> = catalogue.errnos.iter().map(|errno| (errno.name.as_str(), errno)).collect();
    let telling = telling_exceptions(&catalogue.entries);
    // Sorted as `find::spellings` searches: by folded text, then by system in its order, then by value.
    let mut rows: Vec<(String, usize, i32, String, String)> = Vec::new();
    for entry in &catalogue.entries {
        let mut add = |system: &str, text: &str| {
            let order = SYSTEMS.iter().position(|known| *known == system).unwrap_or(SYSTEMS.len());
            let row = (text.to_ascii_lowercase(), order, entry.value, text.to_owned(), entry.name.clone());
            if !text.is_empty() && !rows.contains(&row) {
                rows.push(row);
            }
        };
        add("Winsock", &entry.name);
        for alias in &entry.aliases {
            let system = match alias {
                alias if alias.starts_with("EAI_") => "Eai",
                alias if alias.starts_with("ERROR_") => "Win32",
                _ => "Winsock",
            };
            add(system, alias);
        }
        for errno in entry.twins.errno.iter().chain(&entry.twins.errno_by_name) {
            add("Errno", errno);
            if let Some(known) = errnos.get(errno.as_str()) {
                known.same_number.iter().for_each(|same| add("Errno", same));
            }
        }
        for errc in
            entry.twins.errno.iter().filter_map(|errno| errnos.get(errno.as_str())).flat_map(|known| &known.errc)
        {
            add("Cpp", errc);
        }
        add("Eai", entry.twins.eai.as_deref().unwrap_or_default());
        if entry.twins.libuv != "UV_UNKNOWN" {
            add("Libuv", &entry.twins.libuv);
        }
        if entry.twins.node() != "UNKNOWN" {
            add("Node", &entry.twins.node());
        }
        add("DotNet", entry.twins.dotnet.as_deref().unwrap_or_default());
        if entry.twins.rust != "Uncategorized" {
            add("Rust", &entry.twins.rust);
        }
        for (system, word) in exceptions(entry).into_iter().filter(|(_, word)| telling.contains(word)) {
            add(system, word);
        }
        for status in &entry.ntstatus {
            add("NtStatus", &status.name);
            add("Win32", &status.win32);
        }
    }
    for known in &catalogue.libuv {
        let order = SYSTEMS.iter().position(|system| *system == "Libuv").unwrap_or(SYSTEMS.len());
        let value = catalogue.entries.iter().find(|entry| entry.name == known.code).map_or(0, |entry| entry.value);
        rows.push((known.name.to_ascii_lowercase(), order, value, known.name.clone(), known.code.clone()));
    }
    rows.sort();
    rows.dedup();
    let rows: String = rows
        .iter()
        .map(|(_, system, _, text, name)| {
            format!(
                "    Spelling {{ text: {}, system: System::{}, code: {} }},\n",
                string(text),
                SYSTEMS[*system],
                code(name)
            )
        })
        .collect();
    format!(
        "/// Every system's word for every code, sorted without regard to case.\npub(crate) static SPELLINGS: &[Spelling] = &[\n{rows}];"
    )
}

/// An exception's name says something if it stands for few codes; `OSError` and `SocketException` stand for most.
const MOST_CODES_OF_AN_EXCEPTION: usize = 5;

/// The exceptions that Python and Java throw for a code, without the module.
fn exceptions(entry: &Entry) -> [(&'static str, &str); 2] {
    let python = entry.twins.python_exception.rsplit('.').next().unwrap_or_default();
    [("Python", python), ("Java", &entry.twins.java)]
}

fn telling_exceptions(entries: &[Entry]) -> BTreeSet<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, word) in entries.iter().flat_map(exceptions) {
        *counts.entry(word).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count <= MOST_CODES_OF_AN_EXCEPTION).map(|(word, _)| word).collect()
}

/// Variants of `winsock_codes::System` in their order.
const SYSTEMS: [&str; 12] =
    ["Winsock", "Errno", "Eai", "Libuv", "Node", "DotNet", "Rust", "Python", "Java", "Cpp", "NtStatus", "Win32"];

fn errno(catalogue: &Catalogue) -> Result<String> {
    let mut numbers = String::new();
    let mut rules = String::new();
    let mut texts = Vec::new();
    for errno in &catalogue.errnos {
        texts.extend(errno.texts.iter().map(|text| (text, errno.value)));
        for name in std::iter::once(&errno.name).chain(&errno.same_number) {
            let _ = writeln!(numbers, "    ({}, {}),", string(name), errno.value);
        }
        for rule in &errno.rules {
            let _ = writeln!(
                rules,
                "    Rule {{ name: {}, errno: {}, on: {}, when: {}, code: {}, why: {} }},",
                string(&errno.name),
                errno.value,
                calls(&rule.on)?,
                member("When", &rule.when),
                code(&rule.code),
                string(&rule.why)
            );
        }
    }
    texts.sort_by_key(|(text, value)| (std::cmp::Reverse(text.len()), *value));
    let texts: String = texts.iter().map(|(text, value)| format!("    ({}, {value}),\n", string(text))).collect();
    Ok(format!(
        "/// Linux errno names and numbers; of names with one number the usual one stands first.\n\
         pub(crate) static ERRNOS: &[(&str, i32)] = &[\n{numbers}];\n\n\
         /// What strerror says, the longest first.\n\
         pub(crate) static TEXTS: &[(&str, i32)] = &[\n{texts}];\n\n\
         /// Rules in order of errno, and for one errno in the order in which they are tried.\n\
         pub(crate) static RULES: &[Rule] = &[\n{rules}];"
    ))
}

fn calls(names: &[String]) -> Result<String> {
    let names: Vec<String> = names.iter().map(|name| call(name)).collect::<Result<_>>()?;
    Ok(format!("&[{}]", names.join(", ")))
}

fn call(name: &str) -> Result<String> {
    let call = Call::ALL.iter().find(|call| call.as_str() == name).with_context(|| format!("unknown call {name}"))?;
    Ok(format!("Call::{}", call.identifier()))
}

fn related(catalogue: &Catalogue) -> String {
    let lookalikes: String = catalogue
        .lookalikes
        .iter()
        .map(|known| {
            format!(
                "    Lookalike {{\n        value: {},\n        name: {},\n        owner: {},\n        meaning: {},\n        \
                 related: {},\n        phrase: {},\n        phrase_words: &{:?},\n    }},\n",
                known.value,
                string(&known.name),
                string(&known.owner),
                string(&known.meaning),
                codes(&known.related),
                string(&known.phrase),
                word_hashes(&known.phrase)
            )
        })
        .collect();
    let made_up: String = catalogue
        .made_up
        .iter()
        .map(|known| {
            let nearest = known.nearest.as_ref().map_or("None".to_owned(), |name| format!("Some({})", code(name)));
            format!(
                "    MadeUp {{ name: {}, nearest: {nearest}, why: {} }},\n",
                string(&known.name),
                string(&known.why)
            )
        })
        .collect();
    let rows: String = catalogue
        .reference_table
        .iter()
        .map(|(value, name)| format!("    ReferenceRow {{ value: {value}, name: {} }},\n", string(name)))
        .collect();
    let libuv: String = catalogue
        .libuv
        .iter()
        .map(|known| {
            format!(
                "    Libuv {{ name: {}, value: {}, code: {} }},\n",
                string(&known.name),
                known.value,
                code(&known.code)
            )
        })
        .collect();
    format!(
        "/// In order of value.\npub(crate) static LIBUV: &[Libuv] = &[\n{libuv}];\n\n\
         /// In order of value.\npub(crate) static LOOKALIKES: &[Lookalike] = &[\n{lookalikes}];\n\n\
         /// In alphabetical order.\npub(crate) static MADE_UP: &[MadeUp] = &[\n{made_up}];\n\n\
         /// In order of value.\npub(crate) static REFERENCE_TABLE: &[ReferenceRow] = &[\n{rows}];"
    )
}

fn messages(catalogue: &Catalogue) -> String {
    let messages: String = catalogue.entries.iter().map(|entry| format!("    {},\n", string(&entry.message))).collect();
    format!(
        "/// The system's English messages, in the order of `TABLE`.\n\
         pub(crate) static MESSAGES: [&str; {}] = [\n{messages}];",
        catalogue.entries.len()
    )
}

/// The program that makes each pair of function and code happen. Source: the table of the conformance runner.
fn proven(root: &Path) -> Result<BTreeMap<(String, String), String>> {
    let path = root.join("conformance/PAIRS.md");
    let table = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", function, code, state, by, ..] = columns[..] else { return None };
        let case = by.strip_prefix('[').and_then(|by| by.split_once(']')).map(|(case, _)| case)?;
        state.starts_with("proven").then(|| ((function.to_owned(), code.to_owned()), case.to_owned()))
    };
    let proven: BTreeMap<_, _> = table.lines().filter_map(row).collect();
    ensure!(!proven.is_empty(), "{} has no proven pair", path.display());
    Ok(proven)
}

fn text(catalogue: &Catalogue, proven: &BTreeMap<(String, String), String>) -> Result<String> {
    let mut out = format!(
        "/// The long texts, in the order of `TABLE`.\npub(crate) static DETAILS: [Detail; {}] = [\n",
        catalogue.entries.len()
    );
    for (index, entry) in catalogue.entries.iter().enumerate() {
        write_detail(&mut out, index, entry, proven)?;
    }
    Ok(out + "];")
}

fn write_detail(
    out: &mut String,
    index: usize,
    entry: &Entry,
    proven: &BTreeMap<(String, String), String>,
) -> Result<()> {
    let list = |name: &str, rows: Vec<String>| {
        let rows: String = rows.iter().map(|row| format!("\n            {row},")).collect();
        let end = if rows.is_empty() { "" } else { "\n        " };
        format!("        {name}: &[{rows}{end}],\n")
    };
    let localized = entry.localized.iter().map(|(tag, text)| format!("({}, {})", string(tag), string(text))).collect();
    let causes = entry
        .causes
        .iter()
        .map(|cause| {
            format!(
                "Cause {{ what: {}, evidence: {}, remedy: {}, seen: {} }}",
                string(&cause.what),
                string(&cause.evidence),
                string(&cause.remedy),
                strings(&cause.seen)
            )
        })
        .collect();
    let notes = entry
        .calls
        .iter()
        .map(|(name, meaning)| {
            let seen = proven.get(&(name.clone(), entry.name.clone())).map_or("", String::as_str);
            Ok(format!("CallNote {{ call: {}, meaning: {}, seen: {} }}", call(name)?, string(meaning), string(seen)))
        })
        .collect::<Result<_>>()?;
    let confused = entry
        .confused_with
        .iter()
        .map(|other| format!("Confusion {{ code: {}, tell: {} }}", code(&other.code), string(&other.tell)))
        .collect();
    let disputes = entry
        .disputes
        .iter()
        .map(|dispute| {
            format!(
                "Dispute {{ system: {}, says: {}, right: {}, why: {} }}",
                string(&dispute.system),
                string(&dispute.says),
                string(&dispute.right),
                string(&dispute.why)
            )
        })
        .collect();
    let _ = write!(
        out,
        "    Detail {{\n        message: MESSAGES[{}],\n        message_words: &{:?},\n        phrase: {},\n        phrase_weak: {},\n{}{}{}{}{}        \
         story: story(include_str!(\"../../entries/{}.md\"), {}),\n    }},\n",
        index,
        word_hashes(&entry.message),
        string(&entry.phrase),
        entry.phrase_weak,
        list("localized", localized),
        list("causes", causes),
        list("calls", notes),
        list("confused_with", confused),
        list("disputes", disputes),
        entry.name,
        entry.head_bytes
    );
    Ok(())
}

/// As `winsock_codes::message` hashes the words of the text it is given.
fn word_hashes(message: &str) -> Vec<u32> {
    let words = message.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| hash(word.as_bytes(), 0) as u32).collect()
}
