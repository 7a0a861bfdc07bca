//! C and C++ with everything blanked that is not the Windows program: comments, strings, and branches of the
//! preprocessor that Windows does not compile. Every byte keeps its place.

/// Blanks comments, literals and branches for other systems.
pub(super) fn strip(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    blank_words(&mut bytes);
    blank_branches(&mut bytes);
    // Only ASCII was put in, and whole literals and lines were blanked, so characters stay whole.
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn blank_words(bytes: &mut [u8]) {
    let mut at = 0;
    while at < bytes.len() {
        let end = match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'/')) => line_end(bytes, at),
            (b'/', Some(b'*')) => find(bytes, at + 2, b"*/").map_or(bytes.len(), |end| end + 2),
            (quote @ (b'"' | b'\''), _) => literal_end(bytes, at, quote),
            _ => {
                at += 1;
                continue;
            }
        };
        // `#include <...>` and `#include "..."` were read before; nothing here needs literals.
        for byte in &mut bytes[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
}

fn literal_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' => return at, // an apostrophe in `#error don't`
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

/// Blanks the branches that `#ifdef _WIN32` and the like exclude, and all directives.
fn blank_branches(bytes: &mut [u8]) {
    // For each open `#if`: whether its present branch is for Windows, and whether the other one is.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let line = String::from_utf8_lossy(&bytes[at..end]).trim().to_owned();
        let directive = line.strip_prefix('#').map(|rest| rest.trim_start().to_owned());
        if let Some(directive) = &directive {
            step(directive, &mut open);
        }
        if directive.is_some() || open.iter().any(|(here, _)| !here) {
            bytes[at..end].fill(b' ');
        }
        at = end + 1;
    }
}

fn step(directive: &str, open: &mut Vec<(bool, bool)>) {
    let about_windows =
        ["WIN32", "_MSC_VER", "WIN64", "WINDOWS", "WINSOCK", "MINGW"].iter().any(|word| directive.contains(word));
    let negated = directive.starts_with("ifndef") || directive.contains("!defined") || directive.contains("! defined");
    if directive.starts_with("if") {
        open.push(match (about_windows, negated) {
            (true, false) => (true, false),
            (true, true) => (false, true),
            (false, _) => (true, true),
        });
    } else if directive.starts_with("elif") {
        if let Some((here, other)) = open.last_mut() {
            *here = if about_windows { !negated } else { *other };
        }
    } else if directive.starts_with("else") {
        if let Some((here, other)) = open.last_mut() {
            *here = *other;
        }
    } else if directive.starts_with("endif") {
        open.pop();
    }
}
