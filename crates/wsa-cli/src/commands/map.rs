//! `wsa map`: what other systems call each code, a row a code.

use anyhow::Result;
use serde_json::{Map, Value, json};
use winsock_codes::{Entry, entries};

use crate::args::{MapArgs, MapColumn, TableFormat};
use crate::commands::list::{NONE_PASSES, passes};
use crate::commands::view::win32_values;
use crate::exit::Outcome;
use crate::query::{self, Answer};
use crate::render::screen::Screen;
use crate::render::style::width;
use crate::render::table::{Table, harmless};

/// The columns in the order in which people ask for them; as many as fit are shown where none are named.
const BY_DEMAND: &[MapColumn] = &[
    MapColumn::Errno,
    MapColumn::Dotnet,
    MapColumn::Node,
    MapColumn::Python,
    MapColumn::Rust,
    MapColumn::Java,
    MapColumn::Hresult,
    MapColumn::Win32,
    MapColumn::Go,
    MapColumn::Apr,
    MapColumn::Curl,
    MapColumn::Libuv,
    MapColumn::Ntstatus,
    MapColumn::Cygwin,
    MapColumn::Boost,
    MapColumn::Msvc,
    MapColumn::Perl,
    MapColumn::Postgresql,
    MapColumn::Winpr,
];

/// Prints the map.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn run(args: &MapArgs, screen: &Screen) -> Result<Outcome> {
    let Some(chosen) = chosen(&args.what) else { return Ok(Outcome::Nothing) };
    let rows: Vec<&Entry> = chosen.into_iter().filter(|entry| passes(entry, &args.filter)).collect();
    let format = args.output.format();
    if rows.is_empty() && format != TableFormat::Json {
        anstream::eprintln!("wsa: {NONE_PASSES}");
        return Ok(Outcome::Nothing);
    }
    let columns = columns(&args.columns, &rows, format, screen.width);
    match format {
        TableFormat::Json => screen.print(&document(&rows, &columns)?)?,
        _ => screen.page(&table(&rows, &columns).render(format, screen.width))?,
    }
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// The codes asked for, or all; `None`, said on stderr, if one of them is not known.
fn chosen(what: &[String]) -> Option<Vec<&'static Entry>> {
    if what.is_empty() {
        return Some(entries().iter().collect());
    }
    let mut chosen = Vec::new();
    for word in what {
        let found: Vec<&Entry> = query::read(word)
            .iter()
            .filter_map(|reading| match reading.answer {
                Answer::Code(entry) => Some(entry),
                _ => None,
            })
            .collect();
        if found.is_empty() {
            anstream::eprintln!("wsa: `{0}` is not a code that Winsock has; try `wsa explain {0}`", harmless(word));
            return None;
        }
        chosen.extend(found);
    }
    chosen.dedup_by_key(|entry| entry.value());
    Some(chosen)
}

fn columns(asked: &[MapColumn], rows: &[&Entry], format: TableFormat, total: usize) -> Vec<MapColumn> {
    if asked.contains(&MapColumn::All) {
        return BY_DEMAND.to_vec();
    }
    if !asked.is_empty() {
        return asked.to_vec();
    }
    if format != TableFormat::Text {
        return BY_DEMAND[..8].to_vec();
    }
    let mut left = total.saturating_sub(7 + 2 + rows.iter().map(|entry| entry.name.len()).max().unwrap_or(0));
    BY_DEMAND
        .iter()
        .copied()
        .take_while(|column| {
            let widest = rows.iter().map(|entry| width(&cell(entry, *column))).max().unwrap_or(0);
            let needed = widest.max(heading(*column).len()) + 2;
            let fits = needed <= left;
            left = left.saturating_sub(needed);
            fits
        })
        .collect()
}

fn table(rows: &[&Entry], columns: &[MapColumn]) -> Table {
    let mut table = Table::new(["code", "name"].into_iter().chain(columns.iter().map(|column| heading(*column))));
    for entry in rows {
        let fixed = [entry.value().to_string(), entry.name.to_owned()];
        table.row(fixed.into_iter().chain(columns.iter().map(|column| cell(entry, *column))));
    }
    table
}

fn document(rows: &[&Entry], columns: &[MapColumn]) -> Result<String> {
    let rows: Vec<Value> = rows
        .iter()
        .map(|entry| {
            let mut row = Map::new();
            row.insert("code".to_owned(), json!(entry.value()));
            row.insert("name".to_owned(), json!(entry.name));
            for column in columns {
                let cell = cell(entry, *column);
                row.insert(heading(*column).to_owned(), if cell == NONE { Value::Null } else { json!(cell) });
            }
            Value::Object(row)
        })
        .collect();
    Ok(serde_json::to_string_pretty(&json!({ "schema": "wsa.map.v1", "codes": rows }))? + "\n")
}

/// What stands where a system has no word.
const NONE: &str = "-";

fn heading(column: MapColumn) -> &'static str {
    match column {
        MapColumn::All => "all",
        MapColumn::Errno => "errno",
        MapColumn::Rust => "rust",
        MapColumn::Dotnet => "dotnet",
        MapColumn::Node => "node",
        MapColumn::Libuv => "libuv",
        MapColumn::Python => "python",
        MapColumn::Go => "go",
        MapColumn::Java => "java",
        MapColumn::Hresult => "hresult",
        MapColumn::Win32 => "win32",
        MapColumn::Ntstatus => "ntstatus",
        MapColumn::Apr => "apr",
        MapColumn::Curl => "curl",
        MapColumn::Cygwin => "cygwin",
        MapColumn::Boost => "boost",
        MapColumn::Msvc => "msvc",
        MapColumn::Perl => "perl",
        MapColumn::Postgresql => "postgresql",
        MapColumn::Winpr => "winpr",
    }
}

fn cell(entry: &Entry, column: MapColumn) -> String {
    let twins = &entry.twins;
    let optional = |word: Option<&str>| word.unwrap_or(NONE).to_owned();
    let elsewhere =
        |project: &str| optional(twins.elsewhere.iter().find(|(known, _)| *known == project).map(|(_, word)| *word));
    match column {
        MapColumn::All => String::new(),
        MapColumn::Errno => optional(twins.errno.first().copied().or(twins.eai)),
        MapColumn::Rust => twins.rust.to_owned(),
        MapColumn::Dotnet => optional(twins.dotnet),
        MapColumn::Node => twins.node.to_owned(),
        MapColumn::Libuv => twins.libuv.to_owned(),
        MapColumn::Python => twins.python_exception.to_owned(),
        MapColumn::Go => format!("windows.{}", entry.name),
        MapColumn::Java => twins.java.to_owned(),
        MapColumn::Hresult => format!("0x{:08X}", entry.code.hresult()),
        MapColumn::Win32 => joined(win32_values(twins).iter().map(u32::to_string)),
        MapColumn::Ntstatus => joined(twins.ntstatus.iter().map(|status| format!("0x{:08X}", status.value))),
        MapColumn::Apr => entry.code.apr().to_string(),
        MapColumn::Curl => optional(twins.curl),
        MapColumn::Cygwin => elsewhere("Cygwin"),
        MapColumn::Boost => elsewhere("Boost"),
        MapColumn::Msvc => elsewhere("MSVC STL"),
        MapColumn::Perl => elsewhere("Perl"),
        MapColumn::Postgresql => elsewhere("PostgreSQL"),
        MapColumn::Winpr => elsewhere("WinPR"),
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    if words.is_empty() { NONE.to_owned() } else { words.join(" ") }
}
