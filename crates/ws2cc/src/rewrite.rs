//! What is changed in a source so that gcc and clang take it. Every change keeps the lines where they are.

mod classes;
mod entry;
mod functions;
mod inline;
mod names;
pub(crate) mod repairs;
mod seh;
mod small;

use winsock_source::{Kind, Token, tokens};

use crate::repair::Repair;

/// A piece of text to put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

impl Edit {
    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { start: at, end: at, text: text.into() }
    }

    pub(crate) fn replace(token: &Token, text: impl Into<String>) -> Self {
        Self { start: token.start, end: token.end, text: text.into() }
    }
}

/// What is to be changed, and what to tell of it.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) edits: Vec<Edit>,
    /// Byte offset of what it is about, and what was done.
    pub(crate) notes: Vec<(usize, String)>,
    /// Text to put behind the source.
    pub(crate) tail: String,
    /// Whether a `long` became narrow.
    pub(crate) narrowed: bool,
    /// Whether names of `ws2/cxx/microsoft.h` were written.
    pub(crate) has_extensions: bool,
}

impl Changes {
    fn note(&mut self, at: usize, what: impl Into<String>) {
        self.notes.push((at, what.into()));
    }
}

/// How far to go in changing a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Depth {
    pub(crate) cxx: bool,
    /// Whether `long` becomes the 32-bit type that it is on Windows.
    pub(crate) narrow_long: bool,
    /// Names of the program's own to be changed, as Linux' headers have them too.
    pub(crate) renamed: Vec<String>,
    /// What the compiler's complaints asked for.
    pub(crate) repairs: Vec<Repair>,
}

/// A source's tokens without its comments.
pub(crate) fn significant(text: &str) -> Vec<Token> {
    tokens(text).filter(|token| token.kind != Kind::Comment).collect()
}

/// All changes that a source needs beside those of its includes.
pub(crate) fn changes(text: &str, tokens: &[Token], depth: &Depth) -> Changes {
    let mut changes = Changes::default();
    let functions = functions::find(text, tokens);
    entry::rewrite(text, tokens, &functions, depth, &mut changes);
    seh::rewrite(text, tokens, &functions, &mut changes);
    small::rewrite(text, tokens, depth, &mut changes);
    classes::rewrite(text, tokens, depth, &mut changes);
    names::rewrite(text, tokens, &functions, &mut changes);
    if !depth.cxx {
        inline::rewrite(text, tokens, &functions, &mut changes);
    }
    changes
}

/// The text with its edits made. Where two overlap, the one that begins first stands.
pub(crate) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.start);
    let mut changed = String::with_capacity(text.len() + 256);
    let mut at = 0;
    for edit in edits {
        if edit.start < at {
            continue;
        }
        changed.push_str(&text[at..edit.start]);
        changed.push_str(&edit.text);
        at = edit.end;
    }
    changed.push_str(&text[at..]);
    changed
}

#[cfg(test)]
pub(crate) fn rewritten(text: &str, cxx: bool) -> String {
    let tokens = significant(text);
    let changes = changes(text, &tokens, &Depth { cxx, ..Depth::default() });
    apply(text, changes.edits) + &changes.tail
}

/// The words of a source, by their place; an empty one where there is none.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Source<'a> {
    fn word(self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn before(self, at: usize, distance: usize) -> &'a str {
        at.checked_sub(distance).map_or("", |at| self.word(at))
    }

    fn is_at(self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that ends anywhere, or lacks any piece, is still changed without harm, and no line moves.
    #[test]
    fn broken_sources_keep_their_lines() {
        let whole = concat!(
            include_str!("../tests/sources/handlers.c"),
            include_str!("../tests/sources/wide.c"),
            include_str!("../tests/sources/Spelling.Cpp")
        );
        for at in 0..whole.len() {
            let (head, tail) = (&whole[..at], &whole[(at + 40).min(whole.len())..]);
            for text in [head.to_owned(), format!("{head}{tail}")] {
                let tokens = significant(&text);
                let changes = changes(
                    &text,
                    &tokens,
                    &Depth { cxx: true, narrow_long: true, renamed: vec!["how".into()], ..Depth::default() },
                );
                assert_eq!(apply(&text, changes.edits).matches('\n').count(), text.matches('\n').count());
            }
        }
    }
}
