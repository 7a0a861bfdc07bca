//! `__try`, `__finally`, `__leave` and `__except` in plain C.
//!
//! A `__try` with `__finally` becomes a block with a variable that says how it is being left; `return`, `break`,
//! `continue`, `goto` and `__leave` within set it and jump to the end, where the `__finally` block runs, and what was
//! begun is then done. That is all that happens on Windows too, unless there is an exception.
//!
//! Exceptions there are none: an invalid access ends the program here. So an `__except` block is compiled and never
//! entered.

use std::ops::Range;

use winsock_source::{Kind, Token};

use super::functions::Function;
use super::{Changes, Edit};

/// Rewrites the structured exception handling in every function.
pub(super) fn rewrite(text: &str, tokens: &[Token], functions: &[Function], changes: &mut Changes) {
    let mut number = 0;
    for function in functions {
        let Some(body) = function.body.clone() else { continue };
        if !body.clone().any(|at| is_try(tokens[at].text(text))) {
            continue;
        }
        let mut writer =
            Writer { text, tokens, returned: returned(text, tokens, function), number: &mut number, changes };
        writer.block(body.start + 1..body.end.saturating_sub(1), &mut Vec::new(), Surrounding::default());
    }
}

fn is_try(word: &str) -> bool {
    matches!(word, "__try" | "_try")
}

/// The type that a function returns, as written; empty for void.
fn returned(text: &str, tokens: &[Token], function: &Function) -> String {
    const LEFT_OUT: [&str; 7] = ["static", "inline", "extern", "__inline", "virtual", "explicit", "__forceinline"];
    let words: Vec<&str> = tokens[function.head.clone()]
        .iter()
        .filter(|token| token.kind != Kind::Literal)
        .map(|token| token.text(text))
        .filter(|word| !LEFT_OUT.contains(word))
        .collect();
    match words[..] {
        // `void main` is made to return int.
        [] => "int".to_owned(),
        ["void" | "VOID", ..] if tokens[function.name].text(text).ends_with("main") => "int".to_owned(),
        ["void" | "VOID", ..] if !words.contains(&"*") => String::new(),
        _ => words.join(" "),
    }
}

/// A `__try` block that the present place is in.
struct Try {
    number: usize,
    has_finally: bool,
    /// Its tokens.
    range: Range<usize>,
    /// Ways to leave it that occur, by what is done in the end: `return`, `break`, `continue`, `goto name`.
    left_by: Vec<String>,
}

/// The loops and switches around a place, counted from the innermost `__try` or, outside of one, from the function.
#[derive(Clone, Copy, Default)]
struct Surrounding {
    in_loop: bool,
    in_switch: bool,
}

struct Writer<'a> {
    text: &'a str,
    tokens: &'a [Token],
    returned: String,
    number: &'a mut usize,
    changes: &'a mut Changes,
}

impl Writer<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.changes.edits.push(Edit::insert(at, text));
    }

    fn replace(&mut self, at: usize, text: impl Into<String>) {
        self.changes.edits.push(Edit::replace(&self.tokens[at], text));
    }

    /// Rewrites the tokens of `range`, which lie in the blocks `within`, outermost first.
    fn block(&mut self, range: Range<usize>, within: &mut Vec<Try>, around: Surrounding) {
        let mut at = range.start;
        while at < range.end {
            at = match self.word(at) {
                word if is_try(word) => self.try_block(at, within, around),
                "__leave" | "_leave" if !within.is_empty() => self.leave(at, within),
                word @ ("for" | "while" | "do" | "switch") => {
                    let around = Surrounding {
                        in_loop: around.in_loop || word != "switch",
                        in_switch: around.in_switch || word == "switch",
                    };
                    self.looped(at, range.end, within, around)
                }
                "return" if innermost_finally(within).is_some() => self.returning(at, within),
                "break" if !around.in_loop && !around.in_switch => self.jump(at, "break", within),
                "continue" if !around.in_loop => self.jump(at, "continue", within),
                "goto" => self.goto(at, within),
                _ => at + 1,
            };
        }
    }

    /// The statement that a loop or switch at token `at` governs.
    fn looped(&mut self, at: usize, end: usize, within: &mut Vec<Try>, around: Surrounding) -> usize {
        let mut body = at + 1;
        if self.word(body) == "(" {
            body = self.matching(body) + 1;
        }
        let after = match self.word(body) {
            "{" => self.matching(body) + 1,
            // `while (...);` of a do, or a statement of its own without braces.
            _ => (body..end).find(|&at| self.word(at) == ";").map_or(end, |at| at + 1),
        };
        self.block(body..after.min(end), within, around);
        after
    }

    /// The bracket that closes the one at `open`, or the last token.
    fn matching(&self, open: usize) -> usize {
        let (opening, closing) = if self.word(open) == "(" { ("(", ")") } else { ("{", "}") };
        let mut depth = 0_usize;
        for at in open..self.tokens.len() {
            if self.word(at) == opening {
                depth += 1;
            } else if self.word(at) == closing {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
        }
        self.tokens.len() - 1
    }

    fn try_block(&mut self, at: usize, within: &mut Vec<Try>, around: Surrounding) -> usize {
        let open = at + 1;
        let close = self.matching(open);
        let handler = close + 1;
        let has_finally = matches!(self.word(handler), "__finally" | "_finally");
        if self.word(open) != "{" || !has_finally && !matches!(self.word(handler), "__except" | "_except") {
            return at + 1;
        }
        *self.number += 1;
        let number = *self.number;
        within.push(Try { number, has_finally, range: open..close, left_by: Vec::new() });
        self.block(open + 1..close, within, if has_finally { Surrounding::default() } else { around });
        let done = within.pop().expect("pushed above");
        if has_finally {
            self.finally(at, handler, &done, within, around)
        } else {
            self.except(at, handler, number, within, around)
        }
    }

    fn finally(&mut self, at: usize, handler: usize, done: &Try, within: &mut Vec<Try>, around: Surrounding) -> usize {
        let number = done.number;
        let result =
            if self.returned.is_empty() { String::new() } else { format!("{} ws2_result_{number};", self.returned) };
        self.replace(at, format!("{{ int ws2_left_{number} = 0; {result} (void)ws2_left_{number};"));
        self.replace(handler, format!("ws2_leave_{number}: __attribute__((unused));"));
        let open = handler + 1;
        let close = self.matching(open);
        self.block(open + 1..close, within, around);
        let mut after = String::new();
        for (way, target) in done.left_by.iter().enumerate() {
            let code = self.pass_on(target, number, within, around);
            after.push_str(&format!(" if (ws2_left_{number} == {}) {code}", way + 1));
        }
        self.insert(self.tokens[close].end, format!("{after} }}"));
        self.changes
            .note(self.tokens[at].start, "__try with __finally is done by jumps: the block runs however it is left");
        close + 1
    }

    /// What is done when a `__finally` block has run: the jump that was begun, by way of the next one if there is one.
    fn pass_on(&self, target: &str, number: usize, within: &mut [Try], around: Surrounding) -> String {
        let value = format!("ws2_result_{number}");
        let ends_here = match target {
            "break" => around.in_loop || around.in_switch,
            "continue" => around.in_loop,
            _ => false,
        };
        let Some(outer) =
            innermost_finally(within).filter(|outer| !ends_here && !self.is_label_in(target, &within[*outer]))
        else {
            return match target {
                "return" if self.returned.is_empty() => "return;".to_owned(),
                "return" => format!("return {value};"),
                _ => format!("{target};"),
            };
        };
        let way = within[outer].way(target);
        let outer = within[outer].number;
        let copy = if target == "return" && !self.returned.is_empty() {
            format!("ws2_result_{outer} = {value};")
        } else {
            String::new()
        };
        format!("{{ {copy} ws2_left_{outer} = {way}; goto ws2_leave_{outer}; }}")
    }

    fn except(
        &mut self,
        at: usize,
        handler: usize,
        number: usize,
        within: &mut Vec<Try>,
        around: Surrounding,
    ) -> usize {
        self.replace(at, "{");
        let filter = self.matching(handler + 1);
        self.replace(handler, format!("ws2_leave_{number}: __attribute__((unused)); if (0 &&"));
        self.insert(self.tokens[filter].end, ")");
        let open = filter + 1;
        let close = self.matching(open);
        self.block(open + 1..close, within, around);
        self.insert(self.tokens[close].end, " }");
        self.changes.note(
            self.tokens[at].start,
            "__except is compiled and never entered: an invalid access ends the program on Linux",
        );
        close + 1
    }

    fn leave(&mut self, at: usize, within: &[Try]) -> usize {
        let number = within.last().expect("checked by the caller").number;
        self.replace(at, format!("goto ws2_leave_{number}"));
        at + 1
    }

    fn returning(&mut self, at: usize, within: &mut [Try]) -> usize {
        let block = &mut within[innermost_finally(within).expect("checked by the caller")];
        let (way, number) = (block.way("return"), block.number);
        let end = (at..self.tokens.len()).find(|&at| self.word(at) == ";").unwrap_or(self.tokens.len() - 1);
        let jump = format!("ws2_left_{number} = {way}; goto ws2_leave_{number}; }}");
        if end == at + 1 || self.returned.is_empty() {
            self.replace(at, "{");
        } else {
            self.replace(at, format!("{{ ws2_result_{number} = ("));
            self.insert(self.tokens[end].start, ")");
        }
        self.insert(self.tokens[end].end, format!(" {jump}"));
        end + 1
    }

    /// A `break` or `continue` of a loop that is outside the innermost `__try` with `__finally`.
    fn jump(&mut self, at: usize, target: &str, within: &mut [Try]) -> usize {
        let Some(block) = innermost_finally(within) else { return at + 1 };
        let (way, number) = (within[block].way(target), within[block].number);
        self.replace(at, format!("{{ ws2_left_{number} = {way}; goto ws2_leave_{number}; }}"));
        at + 1
    }

    fn goto(&mut self, at: usize, within: &mut [Try]) -> usize {
        let target = format!("goto {}", self.word(at + 1));
        if let Some(block) = innermost_finally(within)
            && !self.is_label_in(&target, &within[block])
        {
            self.jump(at, &target, within);
            self.replace(at + 1, "");
        }
        at + 2
    }

    /// Whether `target` is a `goto` to a label in the block.
    fn is_label_in(&self, target: &str, block: &Try) -> bool {
        target.strip_prefix("goto ").is_some_and(|label| {
            block.range.clone().any(|at| self.word(at) == label && self.word(at + 1) == ":" && self.word(at - 1) != "?")
        })
    }
}

impl Try {
    /// The number of a way to leave the block.
    fn way(&mut self, target: &str) -> usize {
        match self.left_by.iter().position(|known| known == target) {
            Some(known) => known + 1,
            None => {
                self.left_by.push(target.to_owned());
                self.left_by.len()
            }
        }
    }
}

fn innermost_finally(within: &[Try]) -> Option<usize> {
    within.iter().rposition(|block| block.has_finally)
}

#[cfg(test)]
mod tests {
    use super::super::rewritten;

    #[test]
    fn lines_stay_where_they_are() {
        let text = "int f(void)\n{\n  __try\n  {\n    __leave;\n  }\n  __finally\n  {\n    g();\n  }\n  return 1;\n}\n";
        let new = rewritten(text, false);
        assert_eq!(new.lines().count(), text.lines().count());
        assert!(new.lines().nth(4).unwrap().contains("goto ws2_leave_1;"), "{new}");
        assert!(new.lines().nth(8).unwrap().contains("g();"), "{new}");
    }

    #[test]
    fn what_is_no_handler_stays() {
        for text in ["int f(void) { try { g(); } catch (...) { } }", "int f(void) { __try { g(); } }"] {
            assert_eq!(rewritten(text, true), text);
        }
    }
}
