//! Directives: their name, what follows, and `#include` in all its spellings.

use std::borrow::Cow;
use std::ops::Range;

/// A directive's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directive<'a> {
    /// `include`, `ifdef`, `pragma`; empty for a lone `#`.
    pub name: &'a str,
    /// What follows the name, trimmed, comments included.
    pub rest: &'a str,
}

impl<'a> Directive<'a> {
    /// Reads a directive from its text, which begins with `#`.
    ///
    /// ```
    /// use winsock_source::Directive;
    ///
    /// assert_eq!(Directive::parse("#  ifdef _WIN32 "), Directive { name: "ifdef", rest: "_WIN32" });
    /// ```
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        let body = text.strip_prefix('#').unwrap_or(text).trim_start();
        let end = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(body.len());
        Self { name: &body[..end], rest: body[end..].trim() }
    }
}

/// An `#include` of a file that it names itself, not by a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// Whether the name stands in quotes, and so is looked for beside the including file first.
    pub quoted: bool,
    /// Where in the directive's text the name stands, without its quotes or brackets.
    pub name: Range<usize>,
}

impl Include {
    /// Reads `#include "name"` or `#include <name>`; `None` if the directive is another one.
    #[must_use]
    pub fn parse(directive: &str) -> Option<Self> {
        let parts = Directive::parse(directive);
        if !matches!(parts.name, "include" | "include_next") {
            return None;
        }
        let close = match parts.rest.as_bytes().first()? {
            b'"' => '"',
            b'<' => '>',
            _ => return None,
        };
        let length = parts.rest[1..].find([close, '\n']).filter(|at| parts.rest[1 + at..].starts_with(close))?;
        let start = parts.rest.as_ptr().addr() - directive.as_ptr().addr() + 1;
        Some(Self { quoted: close == '"', name: start..start + length })
    }

    /// The name as it is written.
    #[must_use]
    pub fn written<'a>(&self, directive: &'a str) -> &'a str {
        &directive[self.name.clone()]
    }

    /// The name as other systems write it: slashes, and without the dots and spaces that Windows drops from the end of
    /// a name. Its case is as written.
    #[must_use]
    pub fn portable_name<'a>(&self, directive: &'a str) -> Cow<'a, str> {
        let name = self.written(directive).trim_matches(' ').trim_end_matches(['.', ' ']);
        if name.contains('\\') { Cow::Owned(name.replace("\\\\", "/").replace('\\', "/")) } else { Cow::Borrowed(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portable(text: &str) -> Option<(bool, String)> {
        Include::parse(text).map(|include| (include.quoted, include.portable_name(text).into_owned()))
    }

    #[test]
    fn names_are_read_in_every_spelling() {
        assert_eq!(portable("#include <Windows.h.>"), Some((false, "Windows.h".to_owned())));
        assert_eq!(portable("# include\t\"..\\Common\\net.h\" // x"), Some((true, "../Common/net.h".to_owned())));
        assert_eq!(portable("#include\"a.h\""), Some((true, "a.h".to_owned())));
        assert_eq!(portable("#include < winsock2.h >"), Some((false, "winsock2.h".to_owned())));
    }

    #[test]
    fn other_directives_include_nothing() {
        for text in ["#define X \"a.h\"", "#include CONFIG_H", "#include <a", "#", "#include", "#import \"x.tlb\""] {
            assert_eq!(portable(text), None, "{text}");
        }
    }
}
