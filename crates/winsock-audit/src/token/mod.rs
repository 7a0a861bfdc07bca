//! Tokens: the names, numbers and message texts that statements are made of, without a view on what belongs together.

mod name;
mod number;
mod text;

use std::ops::Range;

pub(crate) use name::{Name, find_names};
pub(crate) use number::{Form, Number, find_numbers, parse_bare_hex};
pub(crate) use text::{recognise, recognise_end};

/// A name or a number in the text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) span: Range<usize>,
    pub(crate) what: What,
}

/// What a token is.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Name(Name),
    Number(Number),
}

impl Token {
    pub(crate) fn name(&self) -> Option<&Name> {
        match &self.what {
            What::Name(name) => Some(name),
            What::Number(_) => None,
        }
    }

    pub(crate) fn number(&self) -> Option<&Number> {
        match &self.what {
            What::Number(number) => Some(number),
            What::Name(_) => None,
        }
    }

    pub(crate) fn is_name(&self) -> bool {
        matches!(self.what, What::Name(_))
    }
}

/// Whether a byte may stand inside an identifier. Letters of other alphabets do not count: Chinese and Japanese write
/// numbers and names without a space before them.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
