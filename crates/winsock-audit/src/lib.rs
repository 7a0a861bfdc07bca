//! Finds statements about Winsock error codes that are wrong, in documents and in source, and says what is right.
//!
//! Text in, findings out: the crate knows codes and text. It opens no files and prints nothing; `wsa audit` does that.
//!
//! ```
//! use winsock_audit::{Auditor, Kind, Language};
//!
//! let report = Auditor::new().audit("| WSAECONNRESET | 10053 |\n", Language::Markdown);
//! assert_eq!(report.findings[0].kind, Kind::WrongValue);
//! assert_eq!(report.findings[0].expected, "10054");
//! ```
//!
//! # How a text is read
//!
//! 1. `prefilter`: most files hold neither `WSA` nor a number of Winsock's range and are done here.
//! 2. `token`: names, numbers in every notation, message texts.
//! 3. `gap`: what stands between two tokens, and whether it says that they belong together. Silence when in doubt.
//! 4. `chain` and `table`: who belongs to whom when there are several; rows pair cells that do not touch.
//! 5. `judge` and `conflict`: whether what is said is true, and whether the text contradicts itself.
//! 6. `suppress`: what the text itself asks to leave alone.
//!
//! `source` has the opt-in checks of C and C++ code, which look at calls instead of statements.
//!
//! # What never happens
//!
//! A number is never judged because of a name somewhere near it: every word and sign between them must be known to say
//! "is". A correction is offered only where nothing in the statement speaks against it.

#![forbid(unsafe_code)]

mod beside;
mod chain;
mod conflict;
mod document;
mod finding;
mod fix;
mod gap;
mod judge;
mod kind;
mod language;
mod position;
mod prefilter;
mod source;
mod statement;
mod suppress;
mod table;
mod token;

pub use document::{Document, Encoding, NotText};
pub use finding::{Edit, Finding, Fix, Related};
pub use fix::{FixMode, apply, edits};
pub use kind::Kind;
pub use language::Language;
pub use position::{Lines, Position};

use gap::Gaps;
use statement::Statement;
use suppress::Suppressions;
use table::Tables;
use token::{Name, Token, What, find_names, find_numbers};

/// Audits texts. Cheap to make; shared by threads.
#[derive(Clone, Debug)]
pub struct Auditor {
    kinds: Vec<Kind>,
}

impl Default for Auditor {
    fn default() -> Auditor {
        Auditor::new()
    }
}

/// What an audit of one text gives.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What is wrong, in order of the text.
    pub findings: Vec<Finding>,
    /// How many statements about a code were checked.
    pub statements: usize,
    /// How many findings a comment in the text suppressed.
    pub suppressed: usize,
}

impl Auditor {
    /// An auditor for every kind that is not opt-in.
    #[must_use]
    pub fn new() -> Auditor {
        Auditor { kinds: Kind::ALL.iter().copied().filter(|kind| !kind.is_opt_in()).collect() }
    }

    /// An auditor for these kinds.
    #[must_use]
    pub fn with_kinds(kinds: &[Kind]) -> Auditor {
        Auditor { kinds: kinds.to_vec() }
    }

    /// Whether these bytes of a file can hold anything to audit: quick, and never wrong when it says no.
    #[must_use]
    pub fn is_candidate(&self, bytes: &[u8], language: Language) -> bool {
        prefilter::is_candidate(bytes, language.ignores_case())
            || self.looks_at_calls(language) && prefilter::includes_winsock(bytes)
    }

    /// Whether calls are looked at, which stand in files that name no code.
    fn looks_at_calls(&self, language: Language) -> bool {
        language == Language::C && self.kinds.iter().any(|kind| source::KINDS.contains(kind))
    }

    /// Audits a text.
    #[must_use]
    pub fn audit(&self, text: &str, language: Language) -> Report {
        if !self.is_candidate(text.as_bytes(), language) {
            return Report::default();
        }
        let mut statements = read(text, language);
        let suppressions = Suppressions::find(text);
        let mut findings = Vec::new();
        for statement in &mut statements {
            beside::attach(text, language, statement);
            judge::judge(text, statement, &mut findings);
        }
        let heard: Vec<&Statement> =
            statements.iter().filter(|statement| !suppressions.hide_all(statement.span().start)).collect();
        conflict::conflicts(text, &heard, &mut findings);
        if self.looks_at_calls(language) {
            source::check(text, &mut findings);
        }
        let statements =
            statements.iter().filter(|statement| statement.name.is_some() && !statement.numbers.is_empty()).count();
        findings.retain(|finding| self.kinds.contains(&finding.kind));
        let all = findings.len();
        findings.retain(|finding| !suppressions.hide(finding.span.start, finding.kind));
        findings.sort_by_key(|finding| (finding.span.start, finding.kind));
        let suppressed = all - findings.len();
        Report { findings, statements, suppressed }
    }
}

/// Every statement of a text.
fn read(text: &str, language: Language) -> Vec<Statement> {
    let tokens = tokens(text, language);
    if tokens.is_empty() {
        return Vec::new();
    }
    let tables = Tables::find(text, language);
    let gaps = Gaps { text, language };
    let in_rows = tables.statements(text, &tokens);
    let mut statements = chain::statements(&gaps, &tables, tokens);
    // What a row puts together is no statement of one part any more.
    let rows: Vec<std::ops::Range<usize>> = in_rows.iter().flat_map(parts).collect();
    statements.retain(|statement| {
        statement.name.is_some() && !statement.numbers.is_empty() || !parts(statement).any(|part| rows.contains(&part))
    });
    // A cell that says all by itself is not said again by its row.
    let paired: Vec<std::ops::Range<usize>> =
        statements.iter().filter(|s| s.name.is_some() && !s.numbers.is_empty()).flat_map(parts).collect();
    statements.extend(in_rows.into_iter().filter(|row| !parts(row).any(|part| paired.contains(&part))));
    statements.sort_by_key(|statement| statement.span().start);
    statements
}

fn parts(statement: &Statement) -> impl Iterator<Item = std::ops::Range<usize>> + use<'_> {
    statement.name.iter().chain(&statement.numbers).map(|token| token.span.clone())
}

/// Names and numbers in order of the text.
fn tokens(text: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    // Numbers that cannot be codes count only where a name with WSA is defined.
    let defines = text.contains("WSA") || language.ignores_case();
    find_numbers(text, language.ignores_case(), defines, &mut tokens);
    let in_range = |token: &Token| token.number().is_some_and(token::Number::in_range);
    let plain = tokens.iter().any(in_range);
    find_names(text, language.ignores_case(), plain, &mut tokens);
    if !plain && !tokens.iter().any(Token::is_name) {
        return Vec::new();
    }
    if language.has_tags() {
        tokens.retain(|token| !is_anchor(text, token));
    }
    tokens.sort_by_key(|token| (token.span.start, std::cmp::Reverse(token.span.end)));
    // `WSABASEERR + 54` is one number, not a name and a number.
    let mut end = 0;
    tokens.retain(|token| {
        let free = token.span.start >= end;
        end = end.max(token.span.end);
        free
    });
    tokens
}

/// Whether a token is the target or the name of a link, and so no part of what is said: `<a id="WSAEINTR">`.
fn is_anchor(text: &str, token: &Token) -> bool {
    let before = gap::line_before(text, token.span.start);
    let Some(tag) = before.rfind('<') else { return false };
    if before[tag..].contains('>') {
        return false;
    }
    let attribute = before[tag..].rsplit_once('=').map_or("", |(head, _)| head.trim_end());
    let name = attribute.rsplit([' ', '\t']).next().unwrap_or_default().to_ascii_lowercase();
    let element: String = before[tag + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let layout =
        ["a", "span", "td", "th", "tr", "dt", "dd", "div", "p", "li", "code", "h1", "h2", "h3", "h4", "h5", "img"];
    matches!(token.what, What::Name(Name::Known(_) | Name::Plain(_) | Name::MadeUp(_)) | What::Number(_))
        && layout.contains(&element.to_ascii_lowercase().as_str())
        && ["id", "name", "href", "class", "title", "style", "width", "height"].contains(&name.as_str())
}
