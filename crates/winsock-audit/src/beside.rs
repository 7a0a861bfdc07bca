//! Message texts beside a statement: after it (`10054: "Connection reset by peer"`) or before it
//! (`... by the remote host. (os error 10054)`).

use std::sync::LazyLock;

use regex::Regex;

use crate::Language;
use crate::gap::{line_after, line_before};
use crate::statement::{Statement, Words};
use crate::token::{recognise, recognise_end};

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a valid pattern"));
    };
}

pattern!(
    AFTER,
    r#"(?x)^["'`*)\]]*\s*
    (?: (?:=>|:=|[:=,\-–—|.;{]) \s* | //+[/!]?<? \s* | /\*+ \s* | \#\s | \bthen\b\s*)*
    (?: (?:return\b|[\w.\->\[\]():]+\s*:?=|[\w.:>\-]+\() \s* )?
    [(\[]? (?:L|_T\(|TEXT\(|N)? (?P<quote>["'“«`]?)"#
);
pattern!(
    BEFORE,
    r#"(?i)["'»”.]*\s*(?P<open>[(\[]?)\s*(?:os error|error|winerror|wsa error|error code|code|errno)?\s*:?\s*$"#
);

/// Looks for the text that belongs to a statement and records it there.
pub(crate) fn attach(text: &str, language: Language, statement: &mut Statement) {
    if statement.text.is_none() {
        // In prose a comma begins the next item: `"Timed out" 10060, "Connection refused" 10061`.
        let prose = matches!(language, Language::Text | Language::Markdown | Language::Html);
        statement.text = after(text, statement, prose).or_else(|| before(text, statement));
    }
}

fn after(text: &str, statement: &Statement, prose: bool) -> Option<Words> {
    let end = statement.span().end;
    let rest = line_after(text, end);
    // A string on the next line belongs to a `case` only.
    let longer = if rest.trim_end().ends_with([':', '>', ')']) {
        &text[end..end + rest.len() + next_line(text, end + rest.len())]
    } else {
        rest
    };
    let lead = AFTER.captures(longer)?;
    let start = lead.get(0).map_or(0, |lead| lead.end());
    let quote = lead.name("quote").map_or("", |quote| quote.as_str());
    if prose && longer[..start].contains([',', ';']) {
        return None;
    }
    let mut segment = &longer[start..];
    if longer[..start].contains('\n') && quote.is_empty() {
        return None;
    }
    let closing = match quote {
        "" => None,
        "“" => Some('”'),
        "«" => Some('»'),
        quote => quote.chars().next(),
    };
    let cut = match closing {
        Some(closing) => segment.find(closing),
        None => segment.find(['|', '\t', '\n', '"', '<']).or_else(|| segment.find("*/")),
    };
    segment = &segment[..cut.unwrap_or(segment.len())];
    // An unquoted text needs a separator, or it is a sentence about the code: "10054 connection refused by ...".
    let codes = recognise(segment);
    (!codes.is_empty()).then(|| Words { span: end + start..end + start + segment.trim_end().len(), codes })
}

/// The length of the line that begins after this line end.
fn next_line(text: &str, end: usize) -> usize {
    // Lines are looked at up to a limit; where that cuts one, no line ends.
    if text[end..].starts_with('\n') { 1 + line_after(text, end + 1).len() } else { 0 }
}

fn before(text: &str, statement: &Statement) -> Option<Words> {
    let start = statement.span().start;
    let line = line_before(text, start);
    let lead = BEFORE.captures(line)?;
    if lead.name("open").is_none_or(|open| open.is_empty()) {
        return None;
    }
    let segment = &line[..lead.get(0).map_or(line.len(), |lead| lead.start())];
    let (at, codes) = recognise_end(segment)?;
    let from = start - line.len() + at;
    Some(Words { span: from..start - line.len() + segment.len(), codes })
}
