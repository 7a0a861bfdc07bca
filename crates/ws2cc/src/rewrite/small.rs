//! Small differences of one word: number suffixes, `#import`, the size of `long`.

use winsock_source::{Directive, Kind, Token};

use super::{Changes, Depth, Edit, significant};

/// Rewrites single words.
pub(super) fn rewrite(text: &str, tokens: &[Token], depth: &Depth, changes: &mut Changes) {
    for (at, token) in tokens.iter().enumerate() {
        let written = token.text(text);
        match token.kind {
            Kind::Number => {
                if let Some(new) = standard_suffix(written) {
                    changes.note(token.start, format!("{written} is {new}"));
                    changes.edits.push(Edit::replace(token, new));
                }
            }
            Kind::Directive => {
                import(written, token, changes);
                bracket_in_macro(written, token, changes);
            }
            Kind::Word
                if matches!(
                    written,
                    "CreateIoCompletionPort" | "GetQueuedCompletionStatus" | "PostQueuedCompletionStatus"
                ) =>
            {
                widen_key(tokens, text, at, changes);
            }
            Kind::Word if written == "sizeof" => bracket(tokens, text, at, may_be_type, changes),
            Kind::Word if written == "deprecated" && is_declspec_with_text(tokens, text, at) => {
                changes.edits.push(Edit::replace(token, "deprecated_text"));
            }
            Kind::Word if depth.narrow_long && written == "long" => narrow_long(text, tokens, at, changes),
            Kind::Word if depth.renamed.iter().any(|name| name == written) && !is_member(text, tokens, at) => {
                changes.edits.push(Edit::insert(token.start, "own_"));
            }
            _ => {}
        }
    }
}

/// The third argument of a call whose name is at `at`: the number of its first token.
fn third_argument(tokens: &[Token], text: &str, at: usize) -> Option<usize> {
    let (mut depth, mut commas) = (0, 0);
    for (at, token) in tokens.iter().enumerate().skip(at + 1) {
        match token.text(text) {
            "(" => depth += 1,
            ")" if depth == 1 => return None,
            ")" => depth -= 1,
            "," if depth == 1 => commas += 1,
            ";" | "{" => return None,
            _ => {}
        }
        if commas == 2 {
            return Some(at + 1);
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

/// Keys of completions are pointers, for which programs of 32-bit days have casts to `DWORD` and `LPDWORD`. Without the
/// second the headers see the size of the variable.
fn widen_key(tokens: &[Token], text: &str, at: usize, changes: &mut Changes) {
    let Some(first) = third_argument(tokens, text, at) else { return };
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text(text));
    let (close, new) = match (word(first), word(first + 1), word(first + 2), word(first + 3)) {
        ("(", "DWORD" | "ULONG" | "LONG" | "UINT" | "int", ")", _) => (first + 2, "(ULONG_PTR)"),
        ("(", "LPDWORD" | "PDWORD" | "LPLONG" | "PLONG" | "PULONG", ")", "&") => (first + 2, ""),
        ("(", "DWORD" | "ULONG" | "u_long", "*", ")") if word(first + 4) == "&" => (first + 3, ""),
        _ => return,
    };
    if (word(at) == "GetQueuedCompletionStatus") != new.is_empty() {
        return;
    }
    changes.note(tokens[first].start, "the key of a completion is not cut to 32 bits");
    changes.edits.push(Edit { start: tokens[first].start, end: tokens[close].end, text: new.to_owned() });
}

/// `__declspec(deprecated("use another"))`.
fn is_declspec_with_text(tokens: &[Token], text: &str, at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text(text));
    matches!(word(at.checked_sub(2)), "__declspec" | "_declspec") && word(Some(at + 1)) == "("
}

/// What else than a name with a capital may be a type behind `sizeof`.
const TYPES: [&str; 12] = [
    "bool",
    "char",
    "double",
    "float",
    "int",
    "long",
    "short",
    "size_t",
    "sockaddr",
    "sockaddr_in",
    "sockaddr_in6",
    "wchar_t",
];

fn may_be_type(name: &str) -> bool {
    TYPES.contains(&name) || name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// `sizeof TYPE` without brackets, for the names that `may_be_type`. Around a variable they are harmless.
fn bracket(tokens: &[Token], text: &str, at: usize, may_be_type: fn(&str) -> bool, changes: &mut Changes) {
    let Some(first) = tokens.get(at + 1).filter(|next| next.kind == Kind::Word) else { return };
    let name = first.text(text);
    let is_tagged = matches!(name, "struct" | "union" | "enum" | "unsigned" | "signed");
    let last = if is_tagged { tokens.get(at + 2).filter(|next| next.kind == Kind::Word) } else { None };
    // `sizeof A::b` and `sizeof F(x)` are left alone.
    let behind = tokens.get(at + if last.is_some() { 3 } else { 2 }).map_or("", |next| next.text(text));
    if !(is_tagged || may_be_type(name)) || matches!(behind, ":" | "(" | "<") {
        return;
    }
    changes.edits.push(Edit::insert(first.start, "("));
    changes.edits.push(Edit::insert(last.unwrap_or(first).end, ")"));
}

/// The same in what a macro stands for, where any name may be that of a parameter.
fn bracket_in_macro(written: &str, token: &Token, changes: &mut Changes) {
    let Some(offset) = written.find("define").filter(|_| written.contains("sizeof")) else { return };
    if written[1..offset].trim() != "" {
        return;
    }
    let body = &written[offset..];
    let tokens = significant(body);
    let mut inner = Changes::default();
    for at in 0..tokens.len() {
        // `sizeof Name##Suffix` is put together elsewhere.
        let is_joined = tokens.get(at + 2).is_some_and(|next| next.text(body) == "#");
        if tokens[at].text(body) == "sizeof" && !is_joined {
            bracket(&tokens, body, at, |_| true, &mut inner);
        }
    }
    let shift = token.start + offset;
    let moved = |edit: Edit| Edit { start: edit.start + shift, end: edit.end + shift, ..edit };
    changes.edits.extend(inner.edits.into_iter().map(moved));
}

/// Whether the name at `at` belongs to a structure or a namespace.
fn is_member(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].text(text));
    let two_before = at.checked_sub(2).map_or("", |before| tokens[before].text(text));
    before == "." || matches!((two_before, before), ("-", ">") | (":", ":"))
}

/// `10i64` and `0xffui64` in standard C.
fn standard_suffix(number: &str) -> Option<String> {
    const SUFFIXES: [(&str, &str); 8] = [
        ("ui64", "ULL"),
        ("i64", "LL"),
        ("ui32", "U"),
        ("i32", ""),
        ("ui16", "U"),
        ("i16", ""),
        ("ui8", "U"),
        ("i8", ""),
    ];
    let lower = number.to_ascii_lowercase();
    let (length, new) = SUFFIXES.iter().find(|(old, _)| lower.ends_with(old)).map(|(old, new)| (old.len(), new))?;
    Some(format!("{}{new}", &number[..number.len() - length]))
}

/// COM's type libraries cannot be read here, which should be said by the name of the thing.
fn import(written: &str, token: &Token, changes: &mut Changes) {
    let directive = Directive::parse(written);
    let file =
        directive.rest.trim_start_matches(['"', '<']).split(['"', '>']).next().unwrap_or("").to_ascii_lowercase();
    let is_library = [".tlb", ".olb", ".dll", ".exe", ".ocx"].iter().any(|ending| file.ends_with(ending));
    if directive.name == "import" && (is_library || file.contains(':')) {
        let lines = written.matches('\n').count();
        changes.edits.push(Edit::replace(
            token,
            format!("#error \"#import reads a COM type library ({file}); COM is not provided\"{}", "\n".repeat(lines)),
        ));
    }
}

/// `long` alone, or unsigned, is a 32-bit integer on Windows.
fn narrow_long(text: &str, tokens: &[Token], at: usize, changes: &mut Changes) {
    let neighbour = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| tokens.get(at)).map_or("", |token| token.text(text))
    };
    if ["long", "double"].contains(&neighbour(-1)) || ["long", "double"].contains(&neighbour(1)) {
        return;
    }
    let new = if neighbour(1) == "int" || neighbour(-1) == "int" { "" } else { "int" };
    changes.edits.push(Edit::replace(&tokens[at], new));
    changes.narrowed = true;
}

#[cfg(test)]
mod tests {
    use super::super::{Depth, apply, changes, rewritten, significant};

    #[test]
    fn suffixes_become_standard() {
        assert_eq!(
            rewritten("x = 116444736000000000ui64 + 10i64 + 0x8ui8;", false),
            "x = 116444736000000000ULL + 10LL + 0x8U;"
        );
        assert_eq!(rewritten("x = 10L + 1.5f + 0xffi;", false), "x = 10L + 1.5f + 0xffi;");
    }

    #[test]
    fn keys_of_completions_keep_their_size() {
        assert_eq!(
            rewritten("GetQueuedCompletionStatus(port, &n,\n (LPDWORD)&data, (LPOVERLAPPED *)&io, INFINITE);", true),
            "GetQueuedCompletionStatus(port, &n,\n &data, (LPOVERLAPPED *)&io, INFINITE);"
        );
        assert_eq!(
            rewritten("GetQueuedCompletionStatus(f(a, b), &n, (DWORD *)&d, &o, 1)", false),
            "GetQueuedCompletionStatus(f(a, b), &n, &d, &o, 1)"
        );
        assert_eq!(
            rewritten("CreateIoCompletionPort((HANDLE)s, port, (DWORD)data, 0);", true),
            "CreateIoCompletionPort((HANDLE)s, port, (ULONG_PTR)data, 0);"
        );
        for text in [
            "GetQueuedCompletionStatus(port, (LPDWORD)&n, &key, &o, 1);",
            "GetQueuedCompletionStatus(port, &n, (PULONG_PTR)&key, &o, 1);",
            "GetQueuedCompletionStatus(port",
        ] {
            assert_eq!(rewritten(text, true), text);
        }
    }

    #[test]
    fn a_deprecation_may_have_a_text() {
        assert_eq!(
            rewritten("__declspec(deprecated(\"x\")) int a; __declspec(deprecated) int b; f(deprecated(1));", true),
            "__declspec(deprecated_text(\"x\")) int a; __declspec(deprecated) int b; f(deprecated(1));"
        );
    }

    #[test]
    fn sizeof_has_brackets() {
        assert_eq!(
            rewritten("#define SIZE(t) sizeof SOCKADDR_IN + sizeof t\n#define ONE(T) sizeof T##_A\n", false),
            "#define SIZE(t) sizeof (SOCKADDR_IN) + sizeof (t)\n#define ONE(T) sizeof T##_A\n"
        );
        assert_eq!(rewritten("n * sizeof SOCKADDR_IN6);", true), "n * sizeof (SOCKADDR_IN6));");
        assert_eq!(
            rewritten("sizeof struct in_addr * 2; sizeof X.y; sizeof A[0]", false),
            "sizeof (struct in_addr) * 2; sizeof (X).y; sizeof (A)[0]"
        );
        for text in
            ["sizeof(x)", "sizeof *p", "sizeof F(x)", "sizeof...(Pack)", "sizeof A::b", "sizeof this->x", "sizeof x"]
        {
            assert_eq!(rewritten(text, true), text);
        }
    }

    #[test]
    fn type_libraries_are_refused_by_name() {
        let text = rewritten("#import \"msado15.dll\" no_namespace \\\n rename(\"EOF\", \"End\")\nint x;", true);
        assert!(text.starts_with("#error \"#import reads a COM type library (msado15.dll)"), "{text}");
        assert!(text.ends_with("\n\nint x;"), "{text}");
        assert_eq!(rewritten("#import \"once.h\"", true), "#import \"once.h\"");
    }

    #[test]
    fn long_is_narrowed_on_request() {
        let text = "unsigned long a; long b; long long c; unsigned long long d; long double e; long int f;";
        let tokens = significant(text);
        let changes = changes(text, &tokens, &Depth { cxx: true, narrow_long: true, ..Depth::default() });
        assert_eq!(
            apply(text, changes.edits),
            "unsigned int a; int b; long long c; unsigned long long d; long double e;  int f;"
        );
    }
}
