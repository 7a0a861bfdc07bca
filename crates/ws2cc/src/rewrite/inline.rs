//! `inline` in C: Microsoft's compiler emits such a function wherever it is, and the linker keeps one. C99's is emitted
//! nowhere unless a declaration says `extern`, so that a program does not link without optimisation.

use winsock_source::Token;

use super::functions::Function;
use super::{Changes, Edit};

/// Makes each inline function that is neither static nor extern a weak one, which is the same.
pub(super) fn rewrite(text: &str, tokens: &[Token], functions: &[Function], changes: &mut Changes) {
    let word = |at: usize| tokens[at].text(text);
    for function in functions.iter().filter(|function| function.body.is_some()) {
        let is_elsewhere = function.head.clone().any(|at| matches!(word(at), "static" | "extern"));
        let keyword = function.head.clone().find(|at| matches!(word(*at), "inline" | "__inline"));
        if let Some(at) = keyword.filter(|_| !is_elsewhere) {
            changes.note(tokens[at].start, format!("{} is emitted, as it is inline", word(function.name)));
            changes.edits.push(Edit::replace(&tokens[at], "__attribute__((__weak__))"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewritten;

    #[test]
    fn inline_functions_are_weak_but_static_ones() {
        let weak = "__attribute__((__weak__)) int f(void) { return 1; }";
        assert_eq!(rewritten("inline int f(void) { return 1; }", false), weak);
        assert_eq!(rewritten("__inline int f(void) { return 1; }", false), weak);
        assert_eq!(
            rewritten("int i;\nvoid inline f(void) {}", false),
            "int i;\nvoid __attribute__((__weak__)) f(void) {}"
        );
        for same in
            ["static inline int f(void) { return 1; }", "extern __inline void f(void) {}", "inline int f(void);"]
        {
            assert_eq!(rewritten(same, false), same);
        }
        let cxx = "inline int f() { return 1; }";
        assert_eq!(rewritten(cxx, true), cxx);
    }
}
