//! What the library and its headers provide, for the tools that tell users.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use winsock_source::{Directive, Kind, Token, tokens};

/// A table, a line each: name, state, kind, header, note. From the spec's functions and what the headers define.
pub(crate) fn table<'a>(
    include: &Path,
    functions: impl Iterator<Item = (&'a str, &'static str, &'a str, &'a str)>,
) -> Result<String> {
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for folder in [include.to_owned(), include.join("absent"), include.join("ws2")] {
        if folder.is_dir() {
            read_headers(&folder, &mut rows)?;
        }
    }
    for (name, state, header, note) in functions {
        // What ISO C has, Linux has; ours differ in what Microsoft's do.
        if matches!(header, "stdio.h" | "stdlib.h" | "string.h" | "wchar.h") && !name.contains('_') {
            rows.remove(name);
            continue;
        }
        let kind = if state == "absent" { "absent" } else { "function" };
        rows.insert(name.to_owned(), format!("{state}\t{kind}\t{header}\t{note}"));
    }
    let mut out = "# Made by `cargo xtask generate` from spec/exports.toml and the headers. Do not edit.\n".to_owned();
    for (name, row) in rows {
        out += &format!("{name}\t{row}\n");
    }
    Ok(out)
}

fn read_headers(folder: &Path, rows: &mut BTreeMap<String, String>) -> Result<()> {
    let mut headers: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("h")))
        .collect();
    headers.sort();
    for path in headers {
        let name = path.file_name().and_then(|name| name.to_str()).context("headers have plain names")?;
        // Other spellings lead to the plain one.
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            continue;
        }
        rows.insert(name.to_owned(), format!("complete\theader\t{name}\t"));
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for (name_in_it, kind) in definitions(&text) {
            rows.entry(name_in_it).or_insert_with(|| format!("complete\t{kind}\t{name}\t"));
        }
    }
    Ok(())
}

/// The macros, types and functions that a header defines itself.
fn definitions(text: &str) -> Vec<(String, &'static str)> {
    let tokens: Vec<Token> = tokens(text).filter(|token| token.kind != Kind::Comment).collect();
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text(text));
    let is_name = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Word);
    let mut found = Vec::new();
    let (mut depth, mut brackets, mut in_typedef) = (0_usize, 0_usize, false);
    for (at, token) in tokens.iter().enumerate() {
        match word(at) {
            "(" => brackets += 1,
            ")" => brackets = brackets.saturating_sub(1),
            directive if token.kind == Kind::Directive => {
                found.extend(macro_name(directive).map(|name| (name, "macro")))
            }
            "{" if is_linkage(&word, at) => {}
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "typedef" if depth == 0 => in_typedef = true,
            ";" if depth == 0 => in_typedef = false,
            name if depth == 0 && is_name(at) => match word(at + 1) {
                ";" | "," | "[" if in_typedef && brackets == 0 => found.push((name.to_owned(), "type")),
                ")" if in_typedef && word(at.wrapping_sub(1)) == "*" && word(at + 2) == "(" => {
                    found.push((name.to_owned(), "type"))
                }
                // `static inline int f(...) {`: what is only declared is exported, and so in the spec.
                // A macro that makes functions of the names that it is given.
                "(" if matches!(name, "WS2_PATH_FUNCTIONS" | "WS2_PATH_TEXT" | "WS2_MULTICAST_OF_SCOPE") => {
                    let given = (at + 2..).take_while(|at| !matches!(word(*at), ")" | ""));
                    let is_function =
                        |name: &str| ["path", "Path", "StrStr", "IN6_"].iter().any(|part| name.contains(part));
                    found.extend(
                        given
                            .filter(|at| is_name(*at) && is_function(word(*at)))
                            .map(|at| (word(at).to_owned(), "function")),
                    );
                }
                // Declared under its own name, which libc has too.
                "(" if name == "WS2_LIBC"
                    && (0..at).any(|at_name| word(at_name) == word(at + 2) && word(at_name + 1) == "(") =>
                {
                    found.push((word(at + 2).to_owned(), "function"));
                }
                "(" if !in_typedef && defines(&word, at + 1) => found.push((name.to_owned(), "function")),
                "{" if matches!(word(at.wrapping_sub(1)), "struct" | "union") => found.push((name.to_owned(), "type")),
                _ => {}
            },
            _ => {}
        }
    }
    found
}

/// Whether the brace at `at` opens `extern "C" {`.
fn is_linkage<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> bool {
    at >= 2 && word(at - 2) == "extern" && word(at - 1).starts_with('"')
}

fn defines<'a>(word: &impl Fn(usize) -> &'a str, open: usize) -> bool {
    let mut depth = 0_usize;
    let mut at = open;
    loop {
        match word(at) {
            "" => return false,
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            // The macro has the body of a function with a variable number of arguments.
            return matches!(word(at), "{" | "WS2_VARIADIC");
        }
    }
}

fn macro_name(directive: &str) -> Option<String> {
    let parts = Directive::parse(directive);
    let end = parts.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(parts.rest.len());
    let name = &parts.rest[..end];
    (parts.name == "define" && !name.is_empty() && !name.starts_with("WS2_")).then(|| name.to_owned())
}
