//! Where a program starts: `void main`, `wmain`, `_tmain`, `WinMain`.

use winsock_source::{Kind, Token};

use super::functions::Function;
use super::{Changes, Depth, Edit};

/// What may stand before the name beside the type.
const NOT_A_TYPE: [&str; 15] = [
    "static",
    "extern",
    "inline",
    "__cdecl",
    "_cdecl",
    "cdecl",
    "__stdcall",
    "_stdcall",
    "WINAPI",
    "APIENTRY",
    "CALLBACK",
    "PASCAL",
    "FAR",
    "_CRTAPI1",
    "_CRTAPI2",
];

/// Makes entry points return `int`, and adds a `main` that calls those of other names.
pub(super) fn rewrite(text: &str, tokens: &[Token], functions: &[Function], depth: &Depth, changes: &mut Changes) {
    for function in functions {
        let name = tokens[function.name].text(text);
        match name {
            "main" | "wmain" | "_tmain" => console(text, tokens, function, depth, changes),
            "WinMain" | "wWinMain" | "_tWinMain" if function.body.is_some() => {
                changes.tail.push_str(&window_tail(name));
                changes.note(tokens[function.name].start, format!("{name} is called by a main that was added"));
            }
            _ => {}
        }
    }
}

fn console(text: &str, tokens: &[Token], function: &Function, depth: &Depth, changes: &mut Changes) {
    let name = tokens[function.name].text(text);
    // A method or a function of a namespace of that name.
    if function.name > 0 && tokens[function.name - 1].text(text) == ":" {
        return;
    }
    let type_words: Vec<&Token> = behind_macros(text, &tokens[function.head.clone()])
        .iter()
        .filter(|token| token.kind == Kind::Word && !NOT_A_TYPE.contains(&token.text(text)))
        .collect();
    let changed = match type_words[..] {
        [only] if matches!(only.text(text), "int" | "INT" | "auto") => false,
        [] if depth.cxx && function.body.is_some() => {
            changes.edits.push(Edit::insert(tokens[function.name].start, "int "));
            false
        }
        [] => false,
        [first, ref others @ ..] => {
            changes.edits.push(Edit::replace(first, "int"));
            changes.edits.extend(others.iter().map(|other| Edit::replace(other, "")));
            changes.note(first.start, format!("{name} returns int instead of {}", first.text(text)));
            true
        }
    };
    let Some(body) = &function.body else { return };
    if changed {
        for at in body.clone() {
            if tokens[at].text(text) == "return" && tokens.get(at + 1).is_some_and(|next| next.text(text) == ";") {
                changes.edits.push(Edit::insert(tokens[at].end, " 0"));
            }
        }
    }
    if changed || name != "main" {
        // Only main itself may end without a return.
        changes.edits.push(Edit::insert(tokens[body.end - 1].start, " return 0; "));
    }
    if name != "main" {
        changes.tail.push_str(&console_tail(name, parameter_count(text, tokens, function)));
        changes.note(
            tokens[function.name].start,
            format!("{name} is called by a main that was added, with wide arguments"),
        );
    }
}

/// The head without what macros stand for before it: `TESTS(tcp, "tcp") int`.
fn behind_macros<'a>(text: &str, head: &'a [Token]) -> &'a [Token] {
    let behind = head.iter().rposition(|token| token.text(text) == ")").map_or(0, |at| at + 1);
    if head[behind..].iter().any(|token| token.kind == Kind::Word) { &head[behind..] } else { head }
}

fn parameter_count(text: &str, tokens: &[Token], function: &Function) -> usize {
    let parameters = &tokens[function.parameters.clone()];
    match parameters {
        [] => 0,
        [only] if matches!(only.text(text), "void" | "VOID") => 0,
        _ => parameters.iter().filter(|token| token.text(text) == ",").count() + 1,
    }
}

/// A `main` for a program whose own takes wide characters. Where `_tmain` means `main`, there is nothing to add.
fn console_tail(name: &str, parameters: usize) -> String {
    let arguments = ["", "argc", "argc, wide", "argc, wide, ws2_wide_strings(environment)"][parameters.min(3)];
    let condition = if name == "_tmain" { "defined(_UNICODE) || defined(UNICODE)" } else { "1" };
    format!(
        "\n#if {condition}\n#include <ws2/entry.h>\nint main(int argc, char **argv, char **environment)\n{{\n\
         wchar_t **wide = ws2_wide_strings(argv);\n(void)argc; (void)wide; (void)environment;\n\
         return {name}({arguments});\n}}\n#endif\n"
    )
}

fn window_tail(name: &str) -> String {
    let line = |wide| if wide { "ws2_wide_command_line(argv)" } else { "ws2_command_line(argv)" };
    let call = |wide| format!("return {name}((HINSTANCE)0, (HINSTANCE)0, {}, 1);", line(wide));
    let body = match name {
        "WinMain" => call(false),
        "wWinMain" => call(true),
        _ => format!("\n#if defined(_UNICODE) || defined(UNICODE)\n{}\n#else\n{}\n#endif\n", call(true), call(false)),
    };
    format!("\n#include <ws2/entry.h>\nint main(int argc, char **argv)\n{{\n(void)argc;\n{body}\n}}\n")
}

#[cfg(test)]
mod tests {
    use super::super::rewritten;

    #[test]
    fn main_returns_int() {
        assert_eq!(rewritten("void main()\n{ if (x) return; }", true), "int main()\n{ if (x) return 0;  return 0; }");
        assert_eq!(rewritten("VOID __cdecl main(void);", false), "int __cdecl main(void);");
        assert_eq!(rewritten("unsigned long main() { }", true), "int  main() {  return 0; }");
        assert_eq!(rewritten("main() { }", true), "int main() { }");
        assert_eq!(rewritten("T(a)\nvoid main() { }", true), "T(a)\nint main() {  return 0; }");
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "int main() { return 0; }",
            "int __cdecl main(int c, char **v) { }",
            "TESTS(tcp, \"tcp\")\nTESTS(udp, \"udp\")\nint main() { }",
            "struct A { void run() { return; } };",
        ] {
            assert_eq!(rewritten(text, true), text);
        }
        assert_eq!(rewritten("main() { }", false), "main() { }");
    }

    #[test]
    fn a_wide_entry_gets_a_main() {
        let text = rewritten("int wmain(int argc, wchar_t *argv[]) { }", false);
        assert!(text.contains("return wmain(argc, wide);"), "{text}");
        let text = rewritten("int _tmain(void) { return 1; }", true);
        assert!(text.contains("#if defined(_UNICODE)") && text.contains("return _tmain();"), "{text}");
    }
}
