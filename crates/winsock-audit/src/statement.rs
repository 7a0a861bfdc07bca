//! [`Statement`]: what the text says about one code, put together from tokens.

use std::ops::Range;

use winsock_codes::Code;

use crate::gap::Join;
use crate::token::{Name, Token};

/// What a text says in one place: this name, these notations of a number, this message belong together.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) name: Option<Token>,
    /// Whether the name stands there more than once, or with its alias: then correcting it means more than one place.
    pub(crate) has_alias: bool,
    /// One number in one or several notations; empty if only a name and a text stand together.
    pub(crate) numbers: Vec<Token>,
    pub(crate) text: Option<Words>,
    pub(crate) join: Join,
}

/// A message text that was recognised.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) span: Range<usize>,
    pub(crate) codes: Vec<Code>,
}

impl Statement {
    pub(crate) fn name_kind(&self) -> Option<&Name> {
        self.name.as_ref().and_then(Token::name)
    }

    /// From the first to the last token, the text left out.
    pub(crate) fn span(&self) -> Range<usize> {
        let spans = || self.name.iter().chain(&self.numbers).map(|token| &token.span);
        let start = spans().map(|span| span.start).min().unwrap_or_default();
        start..spans().map(|span| span.end).max().unwrap_or(start)
    }

    /// The number by which people know the statement: the decimal if there is one.
    pub(crate) fn main_number(&self) -> Option<&Token> {
        let decimal = self.numbers.iter().find(|token| token.number().is_some_and(crate::token::Number::is_decimal));
        decimal.or_else(|| self.numbers.first())
    }

    /// Whether the text speaks for this number.
    pub(crate) fn text_supports(&self, value: i64) -> bool {
        self.text.as_ref().is_some_and(|words| words.codes.iter().any(|code| i64::from(code.value()) == value))
    }
}
