//! Repairs that the compiler's complaints asked for, in lines of one file.

use winsock_source::{Kind, Token};

use super::{Changes, Edit, Source};
use crate::repair::{Repair, What};

/// A call of `ws2/cxx/microsoft.h`, and what is said of it.
const LVALUE: &str = "ws2_lvalue(";
const TEMPORARY: &str = "a temporary is passed as a variable";

/// Makes the repairs that are this file's.
pub(crate) fn rewrite<'a>(
    text: &str,
    tokens: &[Token],
    repairs: impl Iterator<Item = &'a Repair>,
    changes: &mut Changes,
) {
    let repairs: Vec<&Repair> = repairs.collect();
    if repairs.is_empty() {
        return;
    }
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    for repair in repairs {
        let Some(&start) = repair.line.checked_sub(1).and_then(|line| starts.get(line)) else { continue };
        let end = starts.get(repair.line).copied().unwrap_or(text.len());
        if let What::Temporary { text: temporary } = &repair.what {
            if let Some(at) = text[start..end].find(temporary.as_str()) {
                let at = start + at;
                changes.note(at, TEMPORARY);
                changes.edits.push(Edit::insert(at, LVALUE));
                changes.edits.push(Edit::insert(at + temporary.len(), ")"));
                changes.has_extensions = true;
            }
            continue;
        }
        let line =
            tokens.partition_point(|token| token.start < start)..tokens.partition_point(|token| token.start < end);
        let source = Source { text, tokens };
        for at in line {
            source.repair(at, &repair.what, changes);
        }
    }
}

impl Source<'_> {
    fn repair(self, at: usize, what: &What, changes: &mut Changes) {
        if self.tokens[at].kind != Kind::Word {
            return;
        }
        match what {
            What::Typename { template, last } if self.word(at) == template => self.typename(at, last, changes),
            What::Lvalue { function, argument } if self.word(at) == function => {
                self.wrap(at, *argument, LVALUE, TEMPORARY, changes);
            }
            What::WidePath { name } if self.word(at) == name => {
                self.wrap(at, 0, "ws2_path(", "a path in wide characters is made narrow", changes);
            }
            What::Reference { name }
                if self.word(at) == name && self.before(at, 1) == "&" && self.word(at + 1) == "=" =>
            {
                changes.note(self.tokens[at].start, format!("{name} refers to a temporary, which lives as long"));
                changes.edits.push(Edit::insert(self.tokens[at].start, "&"));
            }
            What::LoopVariable { name } if self.word(at) == name => self.outlive_loop(at, name, changes),
            What::OwnType { name } if self.word(at) == name => self.leave_to_library(at, name, changes),
            _ => {}
        }
    }

    /// Takes out the `typedef` whose only name is at `at`.
    fn leave_to_library(self, at: usize, name: &str, changes: &mut Changes) {
        let words = (0..at).rev().take_while(|place| self.tokens[*place].kind == Kind::Word);
        let Some(first) = words.take(4).find(|place| self.word(*place) == "typedef") else { return };
        if self.word(at + 1) == ";" {
            let (start, end) = (self.tokens[first].start, self.tokens[at + 1].end);
            changes.note(start, format!("{name} is defined already"));
            changes.edits.push(Edit { start, end, text: String::new() });
        }
    }

    /// Takes the declaration of a loop's variable out of the last loop before `at` whose block still goes on there:
    /// `for (int i = 0; ...)` becomes `int i = 0; for (; ...)`.
    fn outlive_loop(self, at: usize, name: &str, changes: &mut Changes) {
        let mut depth = 0_i32;
        for first in (0..at).rev() {
            match self.word(first) {
                "}" => depth += 1,
                "{" => depth -= 1,
                "for" if depth == 0 => {}
                _ => continue,
            }
            // An open brace is the beginning of a block around both.
            depth = depth.max(0);
            if self.word(first) != "for" || self.word(first + 1) != "(" || !self.declares(first + 2, name) {
                continue;
            }
            let Some(end) = (first..at).find(|place| self.word(place.to_owned()) == ";") else { return };
            let (start, from, to) = (self.tokens[first].start, self.tokens[first + 2].start, self.tokens[end].start);
            let is_statement = matches!(self.before(first, 1), ";" | "{" | "}");
            let is_done = changes.edits.iter().any(|edit| edit.start == start);
            if is_statement && !is_done && !self.text[start..to].contains('\n') {
                changes.note(start, format!("{name} lives on behind its loop, as in older C++"));
                changes.edits.push(Edit::insert(start, format!("{}; ", &self.text[from..to])));
                changes.edits.push(Edit { start: from, end: to, text: String::new() });
            }
            return;
        }
    }

    /// Whether a declaration begins at `at` that has the name: `int i = 0, j`.
    fn declares(self, at: usize, name: &str) -> bool {
        let words = (at..self.tokens.len()).take_while(|place| self.word(*place) != ";");
        let is_type = self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word) && self.word(at) != name;
        is_type
            && !matches!(self.word(at + 1), "=" | "," | ";")
            && words.skip(1).any(|place| self.word(place) == name && matches!(self.word(place + 1), "=" | "," | ";"))
    }

    /// `std::map<A, B>::iterator`, of which `map` is at `at`.
    fn typename(self, at: usize, last: &str, changes: &mut Changes) {
        let Some(close) = self.matching(at + 1, "<", ">") else { return };
        let names_last = self.word(close + 1) == ":" && self.word(close + 2) == ":" && self.word(close + 3) == last;
        let mut first = at;
        while first >= 3 && self.before(first, 1) == ":" && self.word(first - 2) == ":" {
            first -= 3;
        }
        let start = self.tokens[first].start;
        let is_done = changes.edits.iter().any(|edit| edit.start == start && edit.text == "typename ");
        if names_last && self.before(first, 1) != "typename" && !is_done {
            changes.note(start, "typename before a type that depends on a parameter");
            changes.edits.push(Edit::insert(start, "typename "));
        }
    }

    /// Puts a call around an argument of the call or initialization whose name is at `at`.
    fn wrap(self, at: usize, argument: usize, call: &str, note: &str, changes: &mut Changes) {
        let Some((first, behind)) = self.argument(at, argument) else { return };
        let start = self.tokens[first].start;
        if changes.edits.iter().any(|edit| edit.start == start && edit.text == call) {
            return;
        }
        changes.note(start, note);
        changes.edits.push(Edit::insert(start, call));
        changes.edits.push(Edit::insert(self.tokens[behind - 1].end, ")"));
        changes.has_extensions = true;
    }

    /// The first token of an argument and the one behind it.
    fn argument(self, at: usize, wanted: usize) -> Option<(usize, usize)> {
        if !matches!(self.word(at + 1), "(" | "{") {
            return None;
        }
        let (mut depth, mut number, mut first) = (0, 0, at + 2);
        for inner in at + 1..self.tokens.len() {
            let word = self.word(inner);
            let ends = depth == 1 && matches!(word, "," | ")" | "}");
            if ends && number == wanted {
                return (first < inner).then_some((first, inner));
            }
            match word {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" if depth == 1 => return None,
                ")" | "]" | "}" => depth -= 1,
                "," if depth == 1 => (number, first) = (number + 1, inner + 1),
                _ => {}
            }
        }
        None
    }

    /// Where what is opened at `at` is closed.
    fn matching(self, at: usize, open: &str, close: &str) -> Option<usize> {
        if self.word(at) != open {
            return None;
        }
        let mut depth = 0;
        for inner in at..self.tokens.len() {
            match self.word(inner) {
                word if word == open => depth += 1,
                word if word == close => depth -= 1,
                ";" | "{" => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(inner);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Changes, apply, significant};
    use super::*;

    fn repaired(text: &str, line: usize, what: What) -> String {
        let repairs = [Repair { file: "a.cpp".into(), line, what }];
        let mut changes = Changes::default();
        rewrite(text, &significant(text), repairs.iter(), &mut changes);
        apply(text, changes.edits)
    }

    #[test]
    fn typename_goes_before_the_whole_name() {
        let what = || What::Typename { template: "map".into(), last: "iterator".into() };
        assert_eq!(
            repaired("x;\nstd::map<A, B<T> >::iterator i; map<T>::size_type n;", 2, what()),
            "x;\ntypename std::map<A, B<T> >::iterator i; map<T>::size_type n;"
        );
        assert_eq!(repaired("typename map<T>::iterator i;", 1, what()), "typename map<T>::iterator i;");
        assert_eq!(repaired("map<T", 1, what()), "map<T");
    }

    #[test]
    fn arguments_are_wrapped() {
        let what = |argument| What::Lvalue { function: "f".into(), argument };
        assert_eq!(repaired("f(a, g(1, 2), {3});", 1, what(1)), "f(a, ws2_lvalue(g(1, 2)), {3});");
        assert_eq!(repaired("f(A());", 1, what(0)), "f(ws2_lvalue(A()));");
        let temporary = || What::Temporary { text: "A(1) + b".into() };
        assert_eq!(repaired("x;\no.f(A(1) + b);", 2, temporary()), "x;\no.f(ws2_lvalue(A(1) + b));");
        assert_eq!(repaired("o.f(A(1) + c);", 1, temporary()), "o.f(A(1) + c);");
        assert_eq!(repaired("f();", 1, what(0)), "f();");
        assert_eq!(repaired("f(a", 1, what(0)), "f(a");
        let path = What::WidePath { name: "out".into() };
        assert_eq!(repaired("std::ofstream out(p, m);", 1, path), "std::ofstream out(ws2_path(p), m);");
    }

    #[test]
    fn a_loops_variable_lives_on_in_its_block() {
        let what = || What::LoopVariable { name: "i".into() };
        assert_eq!(
            repaired("{ for (int i = 0, j = 1; i < 3; i++) { f(); }\nuse(i); }", 2, what()),
            "{ int i = 0, j = 1; for (; i < 3; i++) { f(); }\nuse(i); }"
        );
        // Of another block, of no statement of its own, and none at all.
        for text in
            ["{ { for (int i = 0; ; ) ; }\nuse(i); }", "{ if (x) for (int i = 0; ; ) ;\nuse(i); }", "{\nuse(i); }"]
        {
            assert_eq!(repaired(text, 2, what()), text);
        }
        let two = "{ for (int i = 0; ; ) { }\n{ use(i); } for (i = 0; ; ) ; }";
        assert_eq!(repaired(two, 2, what()), "{ int i = 0; for (; ; ) { }\n{ use(i); } for (i = 0; ; ) ; }");
    }

    #[test]
    fn a_type_of_the_library_is_left_to_it() {
        let what = || What::OwnType { name: "uint64_t".into() };
        assert_eq!(repaired("x;\ntypedef unsigned __int64 uint64_t; y;", 2, what()), "x;\n y;");
        // Another name of the same statement, a use, and no typedef.
        for text in ["typedef __int64 uint64_t, mine;", "uint64_t f(uint64_t n);", "uint64_t;"] {
            assert_eq!(repaired(text, 1, what()), text);
        }
    }

    #[test]
    fn a_reference_keeps_its_temporary() {
        let what = What::Reference { name: "r".into() };
        assert_eq!(repaired("A &r = A(); r = 1;", 1, what), "A &&r = A(); r = 1;");
    }
}
