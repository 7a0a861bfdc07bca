//! `wsa list`: the codes, filtered.

use anyhow::Result;
use serde::Serialize;
use winsock_codes::{Entry, entries};

use crate::args::{Filter, ListArgs, TableFormat};
use crate::exit::Outcome;
use crate::query::{self, Answer};
use crate::render::screen::Screen;
use crate::render::table::Table;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    codes: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: i32,
    name: &'static str,
    category: &'static str,
    status: &'static str,
    severity: &'static str,
    retry: &'static str,
    fault: Vec<&'static str>,
    summary: &'static str,
}

/// Lists the entries that pass the filter.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn run(args: &ListArgs, screen: &Screen) -> Result<Outcome> {
    let rows: Vec<Row> = entries().iter().filter(|entry| passes(entry, &args.filter)).map(Row::new).collect();
    let outcome = if rows.is_empty() { Outcome::Nothing } else { Outcome::Found };
    let format = args.output.format();
    if format == TableFormat::Json {
        screen.print(&(serde_json::to_string_pretty(&Document { schema: "wsa.list.v1", codes: rows })? + "\n"))?;
        return Ok(outcome);
    }
    if outcome == Outcome::Nothing {
        anstream::eprintln!("wsa: {NONE_PASSES}");
        return Ok(outcome);
    }
    let mut table = Table::new(["code", "name", "category", "retry", "fault", "meaning"]);
    for row in rows {
        table.row([
            row.code.to_string(),
            row.name.to_owned(),
            row.category.to_owned(),
            row.retry.to_owned(),
            // Who is likeliest; the others are in JSON and on the code's own page.
            row.fault.first().copied().unwrap_or("-").to_owned(),
            row.summary.to_owned(),
        ]);
    }
    screen.page(&table.render(format, screen.line_width()))?;
    Ok(outcome)
}

impl Row {
    fn new(entry: &'static Entry) -> Row {
        Row {
            code: entry.value(),
            name: entry.name,
            category: entry.category.as_str(),
            status: entry.status.as_str(),
            severity: entry.severity.as_str(),
            retry: entry.retry.as_str(),
            fault: entry.fault.iter().map(|fault| fault.as_str()).collect(),
            summary: entry.summary,
        }
    }
}

/// What is said where the filters leave nothing.
pub(crate) const NONE_PASSES: &str = "no code passes these filters";

/// Whether an entry meets every condition of a filter.
pub(crate) fn passes(entry: &Entry, filter: &Filter) -> bool {
    filter.category.is_none_or(|category| entry.category == category)
        && filter.retry.is_none_or(|retry| entry.retry == retry)
        && filter.call.is_none_or(|call| entry.detail().call(call).is_some())
        && filter.twin.as_ref().is_none_or(|word| {
            query::read_term(word.trim())
                .iter()
                .any(|reading| matches!(reading.answer, Answer::Code(known) if known.value() == entry.value()))
        })
}
