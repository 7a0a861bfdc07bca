//! Rust literals for generated tables.

/// A Rust string literal. `Debug` escapes exactly what Rust needs escaped; quotes of other scripts stay readable.
pub(crate) fn string(text: &str) -> String {
    format!("{text:?}")
}

pub(crate) fn strings<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text.as_ref())).collect();
    format!("&[{}]", texts.join(", "))
}

pub(crate) fn optional(text: Option<&String>) -> String {
    text.map_or("None".to_owned(), |text| format!("Some({})", string(text)))
}

/// A member of one of the catalogue's closed sets: the word `progress` is `Category::Progress`. A word that is not a
/// member does not compile.
pub(crate) fn member(set: &str, word: &str) -> String {
    format!("{set}::{}", camel(word))
}

pub(crate) fn members(set: &str, words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| member(set, word)).collect();
    format!("&[{}]", words.join(", "))
}

pub(crate) fn code(name: &str) -> String {
    format!("Code::{name}")
}

pub(crate) fn codes<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|name| code(name.as_ref())).collect();
    format!("&[{}]", names.join(", "))
}

/// Text for a documentation comment: brackets and angle brackets that rustdoc would take for links and tags are escaped.
pub(crate) fn doc(text: &str) -> String {
    text.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<").replace('>', "\\>")
}

fn camel(word: &str) -> String {
    let capital = |part: &str| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_uppercase() + rest
    };
    word.split('_').map(capital).collect()
}
