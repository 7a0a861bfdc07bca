//! The few styles in use. They mean something: colour is for severity, bold for what to read first, dim for asides.
//! `anstream` takes them out where they are not wanted.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use winsock_codes::Severity;

/// Headings and names.
pub const BOLD: Style = Style::new().bold();
/// Asides.
pub const DIM: Style = Style::new().dimmed();
/// Things to type.
pub const COMMAND: Style = AnsiColor::Cyan.on_default();
/// Bad news.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// News to keep an eye on.
pub const CAUTION: Style = AnsiColor::Yellow.on_default();
/// Good news.
pub const GOOD: Style = AnsiColor::Green.on_default();

/// `text` in a style.
#[must_use]
pub fn paint(style: Style, text: impl Display) -> String {
    if style.is_plain() { text.to_string() } else { format!("{style}{text}{style:#}") }
}

/// The style of a severity.
#[must_use]
pub const fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Normal => GOOD,
        Severity::Warning => CAUTION,
        Severity::Error | Severity::Critical => BAD,
    }
}

/// How text is wrapped everywhere: at blanks only, so that addresses and options stay whole. Lines after the first begin
/// below the text behind `marker`.
#[must_use]
pub fn hanging<'a>(columns: usize, marker: &'a str, indent: &'a str) -> textwrap::Options<'a> {
    textwrap::Options::new(columns)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(marker)
        .subsequent_indent(indent)
}

/// Columns that a text takes on a terminal, escape sequences left out.
#[must_use]
pub fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}
