//! Text to tokens, each with its place.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or keyword.
    Word,
    /// A number, with all that belongs to it: `0x1F`, `1.5e-3f`, `10ui64`.
    Number,
    /// A string or character literal, with its quotes; a prefix such as `L` is a word of its own, except of raw strings.
    Literal,
    /// One character that is none of the others.
    Mark,
    /// A comment.
    Comment,
    /// A preprocessor directive: the whole line with its continuations and comments, without the line's end.
    Directive,
}

/// A piece of source text: bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where its first byte is.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Token {
    /// The token as it is written in `text`, the text it was found in.
    #[must_use]
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }
}

/// The tokens of a text; see [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    line_start: bool,
}

/// Splits C or C++ into tokens. Space between them is left out; whatever the text is, every token is whole characters
/// and they come in order.
#[must_use]
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, line_start: true }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let start = self.at;
            let (kind, end) = match byte {
                b'\n' => {
                    self.line_start = true;
                    self.at += 1;
                    continue;
                }
                _ if byte.is_ascii_whitespace() || byte == b'\\' && continues(bytes, start) => {
                    self.at += 1;
                    continue;
                }
                b'/' if bytes.get(start + 1) == Some(&b'/') => (Kind::Comment, line_end(bytes, start)),
                b'/' if bytes.get(start + 1) == Some(&b'*') => (Kind::Comment, comment_end(bytes, start)),
                b'#' if self.line_start => (Kind::Directive, directive_end(bytes, start)),
                b'"' | b'\'' => (Kind::Literal, literal_end(bytes, start)),
                b'0'..=b'9' => (Kind::Number, number_end(bytes, start)),
                b'.' if bytes.get(start + 1).is_some_and(u8::is_ascii_digit) => {
                    (Kind::Number, number_end(bytes, start))
                }
                _ if is_word(byte) => word(bytes, start),
                _ => (Kind::Mark, start + 1),
            };
            self.at = end;
            self.line_start &= kind == Kind::Comment;
            return Some(Token { kind, start, end });
        }
        None
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn word(bytes: &[u8], start: usize) -> (Kind, usize) {
    let end = run(bytes, start, is_word);
    if bytes.get(end) == Some(&b'"') && matches!(&bytes[start..end], b"R" | b"LR" | b"u8R" | b"uR" | b"UR") {
        return (Kind::Literal, raw_end(bytes, end));
    }
    (Kind::Word, end)
}

fn run(bytes: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    bytes[start..].iter().position(|byte| !belongs(*byte)).map_or(bytes.len(), |length| start + length)
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

/// Whether the backslash at `at` ends its line.
fn continues(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at + 1..], [b'\n', ..] | [b'\r', b'\n', ..])
}

/// The end of the line, past continuations.
fn line_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < bytes.len() && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' && continues(bytes, at) {
            run(bytes, at + 1, |byte| byte == b'\r') + 1 - at
        } else {
            1
        };
    }
    let at = at.min(bytes.len());
    if at > start && bytes[at - 1] == b'\r' { at - 1 } else { at }
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    find(bytes, start + 2, b"*/").map_or(bytes.len(), |at| at + 2)
}

/// A directive ends with its line, unless a comment begun in it runs on.
fn directive_end(bytes: &[u8], start: usize) -> usize {
    let mut from = start;
    loop {
        let end = line_end(bytes, from);
        match find_outside_quotes(&bytes[from..end]) {
            Some(comment) => {
                let after = comment_end(bytes, from + comment);
                if after >= end {
                    from = after;
                    if from >= bytes.len() {
                        return bytes.len();
                    }
                } else {
                    from = after;
                }
            }
            None => return end,
        }
    }
}

/// Where a `/*` begins in a directive's line, outside quotes and line comments.
fn find_outside_quotes(line: &[u8]) -> Option<usize> {
    let mut quoted = false;
    for (at, &byte) in line.iter().enumerate() {
        match (byte, line.get(at + 1)) {
            (b'"', _) => quoted = !quoted,
            (b'/', Some(b'/')) if !quoted => return None,
            (b'/', Some(b'*')) if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// A literal ends at its quote; one that is not closed, with its line.
fn literal_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            // What is escaped may be half of a line's end, `\r\n`; the other half ends the literal only if unescaped.
            b'\\' if continues(bytes, at) => at = run(bytes, at + 1, |byte| byte == b'\r') + 1,
            b'\\' => at += 2,
            b'\n' => return at,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    // A backslash at the very end may have led past it; in UTF-8 the text's end is a character's end.
    bytes.len()
}

fn raw_end(bytes: &[u8], quote: usize) -> usize {
    let Some(open) = find(bytes, quote, b"(") else { return bytes.len() };
    let close = [b")", &bytes[quote + 1..open], b"\""].concat();
    find(bytes, open, &close).map_or(bytes.len(), |at| at + close.len())
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let hexadecimal = matches!(bytes[start..], [b'0', b'x' | b'X', ..]);
    let mut at = start;
    while at < bytes.len() {
        let exponent = match bytes[at] {
            b'e' | b'E' => !hexadecimal,
            b'p' | b'P' => hexadecimal,
            _ => false,
        };
        at += match bytes[at] {
            _ if exponent && matches!(bytes.get(at + 1), Some(b'+' | b'-')) => 2,
            b'\'' if bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit) => 2,
            byte if is_word(byte) || byte == b'.' => 1,
            _ => break,
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).map(|token| (token.kind, token.text(text))).collect()
    }

    #[test]
    fn a_program_is_split_into_what_it_is_made_of() {
        use Kind::{Comment, Directive, Literal, Mark, Number, Word};
        assert_eq!(
            split("# define A(x) \\\r\n  (x) /* a\nb */ + 1\r\nint x = 0x1fULL; // done\n"),
            [
                (Directive, "# define A(x) \\\r\n  (x) /* a\nb */ + 1"),
                (Word, "int"),
                (Word, "x"),
                (Mark, "="),
                (Number, "0x1fULL"),
                (Mark, ";"),
                (Comment, "// done")
            ]
        );
        assert_eq!(
            split("L\"a\\\"b\" '\\'' R\"x(\")\")x\" 1'000 1e+5-2"),
            [
                (Word, "L"),
                (Literal, "\"a\\\"b\""),
                (Literal, "'\\''"),
                (Literal, "R\"x(\")\")x\""),
                (Number, "1'000"),
                (Number, "1e+5"),
                (Mark, "-"),
                (Number, "2")
            ]
        );
    }

    #[test]
    fn an_apostrophe_in_a_directive_swallows_nothing() {
        assert_eq!(split("#error don't\nint"), [(Kind::Directive, "#error don't"), (Kind::Word, "int")]);
    }

    #[test]
    fn only_a_line_may_begin_with_a_directive() {
        assert_eq!(split("/* x */ # if 1\nint a # b")[1], (Kind::Directive, "# if 1"));
        assert_eq!(split("int a # b")[2], (Kind::Mark, "#"));
    }

    #[test]
    fn broken_text_ends_where_it_ends() {
        for text in ["\"abc\\", "/* abc", "R\"x(", "#define A \\", "'", "#if /* x", "é\"\\é", "#a\\\r", "//\\\n", "0x'"]
        {
            let tokens: Vec<Token> = tokens(text).collect();
            let mut at = 0;
            for token in &tokens {
                assert!(at <= token.start && token.start < token.end && token.end <= text.len(), "{text:?} {tokens:?}");
                let _ = token.text(text);
                at = token.end;
            }
        }
    }
}
