//! `wsa port-check`: what a Windows source tree uses, and how much of that is provided on Linux.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use ignore::WalkBuilder;
use serde::Serialize;
use winsock_port::{Kind, Place, Report, State, Survey, Use};

use crate::args::PortCheckArgs;
use crate::exit::Outcome;
use crate::render::screen::Screen;
use crate::render::style::width;
use crate::render::table::harmless;

/// Files larger than this are no sources that somebody wrote.
const LARGEST_BYTES: u64 = 16 << 20;

/// What sources and headers of C and C++ end in.
const ENDINGS: [&str; 14] =
    ["c", "h", "cpp", "cc", "cxx", "c++", "hpp", "hh", "hxx", "h++", "inl", "inc", "ipp", "tpp"];

/// Names are aligned up to this many columns.
const LONGEST_NAME: usize = 30;

/// How many places a line names.
const PLACES_SHOWN: usize = 3;

/// Reads the sources and prints what they use.
///
/// # Errors
///
/// Standard output cannot be written. Files that cannot be read are reported by name and make the outcome
/// [`Outcome::Trouble`].
pub fn run(args: &PortCheckArgs, screen: &Screen) -> Result<Outcome> {
    let mut survey = Survey::new();
    let mut problems = Vec::new();
    for path in &args.paths {
        read(path, &mut survey, &mut problems);
    }
    let report = survey.finish();
    if args.json {
        screen.print(&json(args, &report, &problems)?)?;
    } else {
        screen.print(&text(args, &report))?;
    }
    for problem in &problems {
        anstream::eprintln!("wsa: {}", harmless(problem));
    }
    Ok(if !problems.is_empty() || report.files == 0 {
        Outcome::Trouble
    } else if report.is_provided() {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// Adds a file, or the sources of a folder, to the survey.
fn read(root: &Path, survey: &mut Survey, problems: &mut Vec<String>) {
    // The walk would name it twice.
    if let Err(error) = fs::metadata(root) {
        problems.push(format!("{}: {error}", root.display()));
        return;
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    // A tree need not be a repository for its .gitignore to mean something.
    for entry in WalkBuilder::new(root).require_git(false).build() {
        match entry {
            Ok(entry) if entry.depth() == 0 && entry.path().is_file() => paths.push(entry.into_path()),
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_source(entry.path()) => {
                paths.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => problems.push(error.to_string()),
        }
    }
    paths.sort();
    for path in paths {
        let name = path.strip_prefix(".").unwrap_or(&path).to_string_lossy().into_owned();
        match bytes(&path) {
            Ok(bytes) => survey.add(&name, &bytes),
            Err(problem) => problems.push(format!("{name}: {problem}")),
        }
    }
}

fn is_source(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| ENDINGS.iter().any(|ending| extension.eq_ignore_ascii_case(ending)))
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let length = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if length > LARGEST_BYTES {
        return Err(format!("{length} bytes are too many for a source"));
    }
    fs::read(path).map_err(|error| error.to_string())
}

fn text(args: &PortCheckArgs, report: &Report) -> String {
    let shown: Vec<&Use> = report.uses.iter().filter(|used| !args.missing || used.state != State::Provided).collect();
    let longest = shown.iter().map(|used| width(&harmless(&used.name))).max().unwrap_or(0).min(LONGEST_NAME);
    let mut out: String = shown.iter().map(|used| line(used, longest)).collect();
    for (name, places) in &report.other_headers {
        out += &format!("{:<10}{:<10}{}  {}\n", "other", "header", harmless(name), places_in_short(places));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    for kind in Kind::ALL {
        let count = |state| report.count(Some(kind), state);
        let (missing, partial, provided) = (count(State::Missing), count(State::Partial), count(State::Provided));
        out += &format!("{:<10} {provided} provided, {partial} partial, {missing} missing\n", format!("{kind}s"));
    }
    out + &verdict(args, report) + "\n"
}

/// A line for what is used, and one for what is to be said of it. Not cut: the places are what people look for.
fn line(used: &Use, longest: usize) -> String {
    let name = harmless(&used.name);
    let padding = " ".repeat(longest.saturating_sub(width(&name)));
    let library =
        used.library.filter(|_| used.state == State::Missing).map_or(String::new(), |library| format!("  ({library})"));
    let (state, kind) = (used.state.to_string(), used.kind.to_string());
    let mut line = format!("{state:<10}{kind:<10}{name}{padding}  {}{library}\n", places_in_short(&used.places));
    if !used.note.is_empty() {
        line += &format!("{:<20}{}\n", "", used.note);
    }
    line
}

fn places_in_short(places: &[Place]) -> String {
    let named: Vec<String> =
        places.iter().take(PLACES_SHOWN).map(|place| format!("{}:{}", harmless(&place.file), place.line)).collect();
    match places.len().saturating_sub(PLACES_SHOWN) {
        0 => named.join(" "),
        more => format!("{} and {more} more", named.join(" ")),
    }
}

fn verdict(args: &PortCheckArgs, report: &Report) -> String {
    if report.files == 0 {
        let paths: Vec<String> = args.paths.iter().map(|path| harmless(&path.to_string_lossy())).collect();
        return format!("No C or C++ sources in {}.", paths.join(" "));
    }
    let partial = match report.count(None, State::Partial) {
        0 => String::new(),
        1 => "; look at what is partial".to_owned(),
        many => format!("; look at the {many} that are partial"),
    };
    match report.count(None, State::Missing) {
        0 if report.uses.is_empty() => "Nothing of Windows is used.".to_owned(),
        0 => format!("Builds as it is: all that is used of Windows is provided{partial}."),
        missing => {
            let kinds: Vec<String> = Kind::ALL
                .into_iter()
                .map(|kind| (kind, report.count(Some(kind), State::Missing)))
                .filter(|(_, count)| *count > 0)
                .map(|(kind, count)| format!("{count} {kind}{}", if count == 1 { "" } else { "s" }))
                .collect();
            let is = if missing == 1 { "is" } else { "are" };
            format!("Does not build as it is: {} {is} missing{partial}.", kinds.join(", "))
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    verdict: String,
    provided: bool,
    files: usize,
    counts: Counts,
    uses: Vec<Entry<'a>>,
    other_headers: Vec<Other<'a>>,
    problems: &'a [String],
}

#[derive(Serialize)]
struct Counts {
    headers: Count,
    functions: Count,
    types: Count,
}

#[derive(Serialize)]
struct Count {
    provided: usize,
    partial: usize,
    missing: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    kind: String,
    state: String,
    library: Option<&'static str>,
    note: Option<&'a str>,
    places: Vec<At<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    name: &'a str,
    places: Vec<At<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: usize,
}

fn json(args: &PortCheckArgs, report: &Report, problems: &[String]) -> Result<String> {
    let count = |kind| {
        let of = |state| report.count(Some(kind), state);
        Count { provided: of(State::Provided), partial: of(State::Partial), missing: of(State::Missing) }
    };
    let uses = report.uses.iter().filter(|used| !args.missing || used.state != State::Provided).map(|used| Entry {
        name: &used.name,
        kind: used.kind.to_string(),
        state: used.state.to_string(),
        library: used.library,
        note: Some(used.note.as_str()).filter(|note| !note.is_empty()),
        places: at(&used.places),
    });
    let document = Document {
        schema: "wsa.port-check.v1",
        verdict: verdict(args, report),
        provided: report.is_provided(),
        files: report.files,
        counts: Counts { headers: count(Kind::Header), functions: count(Kind::Function), types: count(Kind::Type) },
        uses: uses.collect(),
        other_headers: report.other_headers.iter().map(|(name, places)| Other { name, places: at(places) }).collect(),
        problems,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn at(places: &[Place]) -> Vec<At<'_>> {
    places.iter().map(|place| At { file: &place.file, line: place.line }).collect()
}
