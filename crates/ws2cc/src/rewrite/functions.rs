//! Where the functions of a source are.

use std::ops::Range;

use winsock_source::{Directive, Kind, Token};

/// A function or, without a body, its declaration, by the numbers of its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Function {
    /// Its return type and what else stands before its name.
    pub(super) head: Range<usize>,
    pub(super) name: usize,
    /// Between its brackets.
    pub(super) parameters: Range<usize>,
    /// From its `{` to its `}`.
    pub(super) body: Option<Range<usize>>,
}

/// Finds the functions at file level, in namespaces, classes and `extern "C"`.
pub(super) fn find(text: &str, tokens: &[Token]) -> Vec<Function> {
    let mut finder = Finder { text, tokens, functions: Vec::new(), boundary: 0, conditions: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        at = finder.step(at);
    }
    finder.functions
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    functions: Vec<Function>,
    /// The first token that may belong to what is declared next.
    boundary: usize,
    /// For each open `#if` within a body: how deep its braces were.
    conditions: Vec<usize>,
}

impl Finder<'_> {
    fn text_of(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn step(&mut self, at: usize) -> usize {
        match (self.tokens[at].kind, self.text_of(at)) {
            (Kind::Directive, _) | (Kind::Mark, ";" | "}") => self.boundary = at + 1,
            (Kind::Mark, "{") => match self.function_before(at) {
                Some(mut function) => {
                    let end = self.body_end(at);
                    function.body = Some(at..end);
                    self.functions.push(function);
                    self.boundary = end;
                    return end;
                }
                None => self.boundary = at + 1,
            },
            _ => {}
        }
        if self.text_of(at) == ";"
            && let Some(function) = self.declaration_before(at)
        {
            self.functions.push(function);
        }
        at + 1
    }

    /// The function whose body opens at token `at`.
    fn function_before(&self, at: usize) -> Option<Function> {
        let mut close = at.checked_sub(1)?;
        while matches!(self.text_of(close), "const" | "noexcept" | "override" | "final") {
            close = close.checked_sub(1)?;
        }
        self.signature(close)
    }

    fn declaration_before(&self, at: usize) -> Option<Function> {
        let start = (0..at).rev().find(|&before| self.ends_declaration(before)).map_or(0, |before| before + 1);
        let finder = Finder { boundary: start, functions: Vec::new(), conditions: Vec::new(), ..*self };
        finder.signature(at.checked_sub(1)?)
    }

    fn ends_declaration(&self, at: usize) -> bool {
        self.tokens[at].kind == Kind::Directive || matches!(self.text_of(at), ";" | "}" | "{")
    }

    /// The signature whose closing bracket is token `close`.
    fn signature(&self, close: usize) -> Option<Function> {
        if self.text_of(close) != ")" || close < self.boundary {
            return None;
        }
        let mut depth = 0_usize;
        let open = (self.boundary..=close).rev().find(|&at| {
            match self.text_of(at) {
                ")" => depth += 1,
                "(" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })?;
        let name =
            open.checked_sub(1).filter(|name| *name >= self.boundary && self.tokens[*name].kind == Kind::Word)?;
        let mut start = name;
        while start > self.boundary && !matches!(self.text_of(start - 1), "{" | ":") {
            start -= 1;
        }
        Some(Function { head: start..name, name, parameters: open + 1..close, body: None })
    }

    /// One past the brace that closes the one at `open`. Branches of conditions each count from where they began.
    fn body_end(&mut self, open: usize) -> usize {
        let mut depth = 0_usize;
        self.conditions.clear();
        for at in open..self.tokens.len() {
            if self.tokens[at].kind == Kind::Directive {
                match Directive::parse(self.text_of(at)).name {
                    "if" | "ifdef" | "ifndef" => self.conditions.push(depth),
                    "else" | "elif" => depth = self.conditions.last().copied().unwrap_or(depth),
                    "endif" => drop(self.conditions.pop()),
                    _ => {}
                }
                continue;
            }
            match (self.tokens[at].kind, self.text_of(at)) {
                (Kind::Mark, "{") => depth += 1,
                (Kind::Mark, "}") => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.tokens.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::significant;
    use super::*;

    fn names(text: &str) -> Vec<(String, String, bool)> {
        let tokens = significant(text);
        find(text, &tokens)
            .into_iter()
            .map(|function| {
                let head: Vec<&str> = tokens[function.head.clone()].iter().map(|token| token.text(text)).collect();
                (head.join(" "), tokens[function.name].text(text).to_owned(), function.body.is_some())
            })
            .collect()
    }

    #[test]
    fn functions_are_found_with_what_they_return() {
        let found = names(
            "#include <a.h>\nint g = 3;\nDWORD WINAPI work(LPVOID p);\nstatic unsigned char *f(int (*g)(void)) { if (x) { y(); } }\n\
             namespace n { class A { void m() const { } }; }\nextern \"C\" { int main() { return 0; } }",
        );
        let expected = [
            ("DWORD WINAPI", "work", false),
            ("static unsigned char *", "f", true),
            ("void", "m", true),
            ("int", "main", true),
        ];
        assert_eq!(found, expected.map(|(head, name, body)| (head.to_owned(), name.to_owned(), body)));
    }

    #[test]
    fn branches_that_each_open_a_brace_count_once() {
        let found = names("void a() {\n#ifdef X\nif (x) {\n#else\nif (y) {\n#endif\n}\n}\nint b() { }");
        assert_eq!(found.iter().map(|(_, name, _)| name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}
