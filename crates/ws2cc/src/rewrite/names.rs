//! `__FUNCTION__` beside a literal: Microsoft's is a literal itself.

use winsock_source::{Kind, Token};

use super::functions::Function;
use super::{Changes, Edit};

/// Writes the function's name where `__FUNCTION__` has a literal before or behind it, outside of macros.
pub(super) fn rewrite(text: &str, tokens: &[Token], functions: &[Function], changes: &mut Changes) {
    for (at, token) in tokens.iter().enumerate() {
        let is_function = token.kind == Kind::Word && matches!(token.text(text), "__FUNCTION__" | "__FUNCSIG__");
        if !is_function || !is_beside_literal(text, tokens, at) {
            continue;
        }
        let around = functions.iter().find(|function| function.body.as_ref().is_some_and(|body| body.contains(&at)));
        if let Some(function) = around {
            let name = full_name(text, tokens, function);
            changes.note(token.start, format!("{} is \"{name}\", as it is part of a literal", token.text(text)));
            changes.edits.push(Edit::replace(token, format!("\"{name}\"")));
        }
    }
}

fn is_beside_literal(text: &str, tokens: &[Token], at: usize) -> bool {
    let is_literal = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.kind == Kind::Literal && token.text(text).starts_with('"'))
    };
    is_literal(at.checked_sub(1)) || is_literal(Some(at + 1))
}

/// `Class::method`.
fn full_name(text: &str, tokens: &[Token], function: &Function) -> String {
    let mut first = function.name;
    let word = |at: usize| tokens[at].text(text);
    while first >= 3 && word(first - 1) == ":" && word(first - 2) == ":" && tokens[first - 3].kind == Kind::Word {
        first -= 3;
    }
    tokens[first..=function.name].iter().map(|token| token.text(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rewritten;

    #[test]
    fn a_functions_name_is_a_literal_beside_one() {
        assert_eq!(rewritten("void A::f() { p(__FUNCTION__ \": x\"); }", true), "void A::f() { p(\"A::f\" \": x\"); }");
        assert_eq!(rewritten("int g(void) { p(\"in \" __FUNCTION__); }", false), "int g(void) { p(\"in \" \"g\"); }");
        let alone = "void f() { p(__FUNCTION__, \"x\"); }";
        assert_eq!(rewritten(alone, true), alone);
    }
}
