//! Lines and columns, in the units that editors and formats count in.

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
    /// Column in bytes of UTF-8, from 1: what Vim and `rg` count.
    pub column_utf8: usize,
    /// Column in UTF-16 code units, from 1: what Visual Studio Code, the language server protocol and SARIF count.
    pub column_utf16: usize,
}

/// Where the lines of a text begin.
///
/// ```
/// use winsock_audit::Lines;
///
/// let text = "ab\n𝄞 10054";
/// let place = Lines::new(text).position(text, text.find('1').unwrap());
/// assert_eq!((place.line, place.column, place.column_utf8, place.column_utf16), (2, 3, 6, 4));
/// ```
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Lines {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { starts }
    }

    /// The place of a byte offset.
    #[must_use]
    pub fn position(&self, text: &str, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        let before = &text[start..at.min(text.len())];
        Position {
            line,
            column: before.chars().count() + 1,
            column_utf8: before.len() + 1,
            column_utf16: before.encode_utf16().count() + 1,
        }
    }

    /// The text of a line, from 1, without its end.
    #[must_use]
    pub fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else { return "" };
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        text[*start..end].trim_end_matches(['\n', '\r'])
    }
}
