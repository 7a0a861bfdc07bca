//! [`Finding`]: one thing that is wrong, where, and what is right.

use std::ops::Range;

use winsock_codes::Code;

use crate::Kind;

/// One thing that is wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What is wrong.
    pub kind: Kind,
    /// Where: byte offsets into the text.
    pub span: Range<usize>,
    /// One sentence for people: what the text says and what is right.
    pub message: String,
    /// What belongs at [`span`](Finding::span), in a few words: `10054`, `WSAEMSGSIZE`; empty if unknown.
    pub expected: String,
    /// The name that the statement uses, if any.
    pub name: Option<String>,
    /// The number that the statement uses, if any.
    pub value: Option<i64>,
    /// The code that is meant, as far as it can be known.
    pub code: Option<Code>,
    /// Other places that belong to the finding: the contradicting statements of a conflict.
    pub related: Vec<Related>,
    /// Rewrites the number; present only where the right number is certain.
    pub number_fix: Option<Fix>,
    /// Rewrites the name; present only where the right name is certain.
    pub name_fix: Option<Fix>,
}

/// Another place that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// Where: byte offsets into the text.
    pub span: Range<usize>,
    /// What is said there.
    pub message: String,
}

/// Replacements that make a statement right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fix {
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Start of the replaced bytes.
    pub start: usize,
    /// End of the replaced bytes.
    pub end: usize,
    /// What takes their place.
    pub replacement: String,
}
