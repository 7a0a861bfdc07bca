//! Which parts of a source a Windows compiler reads.

use crate::{Directive, Kind, Token};

/// For each of a text's tokens, whether a compiler for Windows reads it, as far as the conditions tell: those on the
/// names that programs use to tell systems apart, and on plain numbers. What cannot be told is taken as read, both ways.
///
/// ```
/// use winsock_source::{compiled_on_windows, tokens};
///
/// let text = "#ifdef _WIN32\nclosesocket(s);\n#else\nclose(s);\n#endif\n";
/// let tokens: Vec<_> = tokens(text).collect();
/// let read = compiled_on_windows(text, &tokens);
/// let words: Vec<_> =
///     tokens.iter().zip(read).filter(|(_, read)| *read).map(|(token, _)| token.text(text)).collect();
/// assert!(words.contains(&"closesocket") && !words.contains(&"close"));
/// ```
#[must_use]
pub fn compiled_on_windows(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut open: Vec<Branch> = Vec::new();
    let mut read = Vec::with_capacity(tokens.len());
    for token in tokens {
        if token.kind != Kind::Directive {
            read.push(open.iter().all(|branch| branch.read));
            continue;
        }
        let directive = Directive::parse(token.text(text));
        match directive.name {
            "if" | "ifdef" | "ifndef" => open.push(Branch::first(holds(&directive))),
            "elif" | "else" => {
                if let Some(branch) = open.last_mut() {
                    branch.next(if directive.name == "else" { Some(true) } else { holds(&directive) });
                }
            }
            "endif" => {
                open.pop();
            }
            _ => {}
        }
        read.push(open.iter().all(|branch| branch.read));
    }
    read
}

/// An open `#if`: whether its present branch is read, and whether an earlier one certainly was.
struct Branch {
    read: bool,
    taken: bool,
}

impl Branch {
    fn first(holds: Option<bool>) -> Self {
        Self { read: holds != Some(false), taken: holds == Some(true) }
    }

    fn next(&mut self, holds: Option<bool>) {
        self.read = !self.taken && holds != Some(false);
        self.taken |= holds == Some(true);
    }
}

/// Whether a condition holds on Windows, if that can be told.
fn holds(directive: &Directive<'_>) -> Option<bool> {
    let condition = directive.rest.split("/*").next().and_then(|text| text.split("//").next()).unwrap_or("").trim();
    match directive.name {
        "ifdef" => defined(condition),
        "ifndef" => defined(condition).map(|defined| !defined),
        _ => any(condition),
    }
}

fn any(condition: &str) -> Option<bool> {
    combined(condition, "||", true, all)
}

fn all(condition: &str) -> Option<bool> {
    combined(condition, "&&", false, term)
}

/// Joins the parts of a condition, of which one that is `decisive` decides.
fn combined(condition: &str, joint: &str, decisive: bool, part: fn(&str) -> Option<bool>) -> Option<bool> {
    let parts: Vec<Option<bool>> = split_outside_brackets(condition, joint).into_iter().map(part).collect();
    if parts.contains(&Some(decisive)) {
        return Some(decisive);
    }
    parts.into_iter().collect::<Option<Vec<bool>>>().map(|_| !decisive)
}

fn split_outside_brackets<'a>(condition: &'a str, joint: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, byte) in condition.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= start && condition.as_bytes()[at..].starts_with(joint.as_bytes()) => {
                parts.push(&condition[start..at]);
                start = at + joint.len();
            }
            _ => {}
        }
    }
    parts.push(&condition[start..]);
    parts
}

fn term(condition: &str) -> Option<bool> {
    let condition = condition.trim();
    if let Some(rest) = condition.strip_prefix('!') {
        return term(rest).map(|holds| !holds);
    }
    if let Some(rest) = condition.strip_prefix("defined") {
        return defined(rest.trim().trim_start_matches('(').trim_end_matches(')').trim());
    }
    if let Some(inner) = condition.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return any(inner);
    }
    match condition.parse::<i64>() {
        Ok(number) => Some(number != 0),
        Err(_) => defined(condition),
    }
}

/// Whether a compiler for Windows defines the name, for the names that tell systems apart.
fn defined(name: &str) -> Option<bool> {
    const WINDOWS: [&str; 9] =
        ["_WIN32", "WIN32", "__WIN32__", "_WIN64", "WIN64", "_WINDOWS", "_MSC_VER", "OS_WIN", "_CONSOLE"];
    const OTHERS: [&str; 20] = [
        "__linux__",
        "__linux",
        "linux",
        "__unix__",
        "__unix",
        "unix",
        "__APPLE__",
        "__MACH__",
        "__FreeBSD__",
        "__NetBSD__",
        "__OpenBSD__",
        "__sun",
        "__CYGWIN__",
        "__ANDROID__",
        "__GNUC__",
        "__GLIBC__",
        "_POSIX_VERSION",
        "__clang__",
        "__EMSCRIPTEN__",
        "__MINGW32__",
    ];
    if WINDOWS.contains(&name) {
        Some(true)
    } else if OTHERS.contains(&name) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens;

    fn words(text: &str) -> String {
        let tokens: Vec<Token> = tokens(text).collect();
        let read = compiled_on_windows(text, &tokens);
        let words: Vec<&str> = tokens
            .iter()
            .zip(read)
            .filter(|(token, read)| *read && token.kind == Kind::Word)
            .map(|(token, _)| token.text(text))
            .collect();
        words.join(" ")
    }

    #[test]
    fn branches_for_other_systems_are_left_out() {
        assert_eq!(words("#ifdef __linux__\na\n#elif defined(_WIN32)\nb\n#else\nc\n#endif\nd"), "b d");
        assert_eq!(words("#if !defined(WIN32) && !defined(_WIN32)\na\n#else\nb\n#endif"), "b");
        assert_eq!(words("#if 0\na\n#ifdef X\nb\n#endif\n#endif\nc"), "c");
        assert_eq!(words("#if (defined(_WIN32) || defined(__CYGWIN__)) // x\na\n#else\nb\n#endif"), "a");
    }

    #[test]
    fn what_cannot_be_told_is_read_both_ways() {
        assert_eq!(words("#ifdef DEBUG\na\n#else\nb\n#endif"), "a b");
        assert_eq!(words("#if _WIN32_WINNT >= 0x0600\na\n#else\nb\n#endif"), "a b");
    }

    #[test]
    fn stray_directives_do_no_harm() {
        assert_eq!(words("#endif\na\n#else\nb\n#if\nc"), "a b c");
    }
}
