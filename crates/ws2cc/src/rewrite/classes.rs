//! Microsoft's C++: `abstract` and `sealed`, `for each`, `std::exception` with a text, locales by Windows' names,
//! annotations that libstdc++ has variables of.

use winsock_source::{Kind, Token};

use super::{Changes, Depth, Edit, Source};

/// The class that stands for Microsoft's `std::exception`; `ws2/cxx/microsoft.h` has it.
const EXCEPTION: &str = "ws2_exception";

/// Wide and narrow output may be mixed on Windows.
const WIDE_OUTPUT: &str = "\n#include <ws2/cxx/wide_output.h>\n";

/// Rewrites what only Microsoft's C++ has.
pub(super) fn rewrite(text: &str, tokens: &[Token], depth: &Depth, changes: &mut Changes) {
    if !depth.cxx {
        return;
    }
    let source = Source { text, tokens };
    if tokens.iter().any(|token| matches!(token.text(text), "wcout" | "wcerr" | "wclog")) {
        changes.tail.push_str(WIDE_OUTPUT);
    }
    let has_own_exception = (1..tokens.len())
        .any(|at| source.word(at) == "exception" && place_in_class_head(source, at) == Some(Place::Name));
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
        match token.text(text) {
            "abstract" => abstracted(source, at, changes),
            "sealed" if matches!(source.word(at + 1), ";" | "{" | ":") => {
                changes.note(token.start, "sealed is final");
                changes.edits.push(Edit::replace(token, "final"));
            }
            "each" if source.before(at, 1) == "for" && source.word(at + 1) == "(" => for_each(source, at, changes),
            "exception" => exception(source, at, has_own_exception, changes),
            "locale" => locale(source, at, changes),
            "__in" | "__out" => changes.edits.push(Edit::replace(token, "")),
            "what" if source.is_at(at + 1, &["(", ")", "const"]) => what(source, at, changes),
            _ => {}
        }
    }
}

/// `void f() abstract;` and `class A abstract {`.
fn abstracted(source: Source<'_>, at: usize, changes: &mut Changes) {
    let token = &source.tokens[at];
    let is_function = matches!(source.before(at, 1), ")" | "const" | "override" | "noexcept");
    let new = match source.word(at + 1) {
        ";" if is_function => "= 0",
        "{" | ":" if matches!(source.before(at, 2), "class" | "struct") => "",
        _ => return,
    };
    changes.note(token.start, format!("abstract is \"{new}\""));
    changes.edits.push(Edit::replace(token, new));
}

/// `for each (auto x in list)`.
fn for_each(source: Source<'_>, at: usize, changes: &mut Changes) {
    let mut depth = 0;
    for inner in at + 1..source.tokens.len() {
        match source.word(inner) {
            "(" => depth += 1,
            ")" if depth == 1 => return,
            ")" => depth -= 1,
            "in" if depth == 1 => {
                changes.note(source.tokens[at].start, "for each (x in y) is for (x : y)");
                changes.edits.push(Edit::replace(&source.tokens[at], ""));
                changes.edits.push(Edit::replace(&source.tokens[inner], ":"));
                return;
            }
            _ => {}
        }
    }
}

/// `std::exception`, or `exception` where its namespace is used, made with a text or inherited from. A file that has a class
/// of this name means its own by the plain name.
fn exception(source: Source<'_>, at: usize, has_own: bool, changes: &mut Changes) {
    let is_qualified = source.before(at, 1) == ":" && source.before(at, 2) == ":" && source.before(at, 3) == "std";
    if has_own && !is_qualified {
        return;
    }
    let first = if is_qualified { at - 3 } else { at };
    let before = source.before(first, 1);
    // `::std::exception`, or another namespace's.
    if before == ":" && source.before(first, 2) == ":" {
        return;
    }
    let place = place_in_class_head(source, first);
    let is_made = matches!(source.word(at + 1), "(" | "{")
        && !matches!(source.word(at + 2), ")" | "}" | "")
        && (is_qualified || matches!(before, "throw" | "new" | ":" | ","))
        && place.is_none();
    let is_inherited = place == Some(Place::Base) && matches!(source.word(at + 1), "{" | ",");
    if is_made || is_inherited {
        let start = &source.tokens[first];
        changes.note(start.start, format!("std::exception that takes a text is {EXCEPTION}"));
        changes.edits.push(Edit { start: start.start, end: source.tokens[at].end, text: EXCEPTION.to_owned() });
        changes.has_extensions = true;
    }
}

/// `std::locale("korean")`.
fn locale(source: Source<'_>, at: usize, changes: &mut Changes) {
    let Some(name) = source.tokens.get(at + 2).filter(|name| name.kind == Kind::Literal) else { return };
    if source.is_at(at + 1, &["(", name.text(source.text), ")"]) {
        changes.edits.push(Edit::insert(name.start, "ws2_locale_name("));
        changes.edits.push(Edit::insert(name.end, ")"));
        changes.has_extensions = true;
    }
}

/// Which part of `class MACRO A : public B {` a name is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Name,
    Base,
}

/// The place of what begins at `at` in the head of a class; nothing if it is elsewhere.
fn place_in_class_head(source: Source<'_>, at: usize) -> Option<Place> {
    let mut place = Place::Name;
    for before in (0..at).rev() {
        match source.word(before) {
            "class" | "struct" => return Some(place),
            ":" => place = Place::Base,
            "," | "<" | ">" => {}
            _ if source.tokens[before].kind == Kind::Word => {}
            _ => return None,
        }
    }
    None
}

/// `const char *what() const`, which overrides a function that promises to throw nothing.
fn what(source: Source<'_>, at: usize, changes: &mut Changes) {
    if matches!(source.word(at + 4), "{" | ";" | "override" | "final") && source.before(at, 1) != "." {
        changes.edits.push(Edit::insert(source.tokens[at + 3].end, " noexcept"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewritten;

    #[test]
    fn abstract_and_sealed_are_standard() {
        assert_eq!(rewritten("struct A { virtual void f() abstract; };", true), "struct A { virtual void f() = 0; };");
        assert_eq!(
            rewritten("class A abstract { }; class B sealed : A { };", true),
            "class A  { }; class B final : A { };"
        );
        assert_eq!(rewritten("int abstract = 1; f(abstract);", true), "int abstract = 1; f(abstract);");
    }

    #[test]
    fn for_each_is_a_range() {
        assert_eq!(rewritten("for each (auto x in f(y)) { }", true), "for  (auto x : f(y)) { }");
        assert_eq!(rewritten("for_each(a, b, c);", true), "for_each(a, b, c);");
    }

    #[test]
    fn locales_have_windows_names() {
        assert_eq!(
            rewritten("out.imbue(std::locale(\"kor\"));", true),
            "out.imbue(std::locale(ws2_locale_name(\"kor\")));"
        );
        assert_eq!(rewritten("std::locale(name); locale(\"\")", false), "std::locale(name); locale(\"\")");
    }

    #[test]
    fn annotations_that_are_names_of_libstdcxx_go() {
        assert_eq!(
            rewritten("int f(__in int a, __out int *b, __in_opt c);", true),
            "int f( int a,  int *b, __in_opt c);"
        );
        assert_eq!(rewritten("int f(__in int a);", false), "int f(__in int a);");
    }

    #[test]
    fn an_exception_may_have_a_text() {
        assert_eq!(rewritten("throw std::exception(\"x\");", true), "throw ws2_exception(\"x\");");
        assert_eq!(rewritten("throw new exception(text);", true), "throw new ws2_exception(text);");
        assert_eq!(
            rewritten("class E : public std::exception { E(char *t) : std::exception(t) {} };", true),
            "class E : public ws2_exception { E(char *t) : ws2_exception(t) {} };"
        );
        assert_eq!(
            rewritten("struct E : A, exception { const char *what() const override; };", true),
            "struct E : A, ws2_exception { const char *what() const noexcept override; };"
        );
        for text in [
            "class exception { exception() : a(0) {} }; throw exception(1);",
            "class VISIBLE exception { exception() : a(0) {} }; throw exception(1);",
            "throw std::exception();",
            "catch (const std::exception &e) { puts(e.what()); }",
            "void exception(int code);",
            "boost::exception(\"x\");",
            "const char *what() const noexcept;",
        ] {
            assert_eq!(rewritten(text, true), text);
        }
        assert_eq!(rewritten("throw std::exception(1);", false), "throw std::exception(1);");
    }
}
