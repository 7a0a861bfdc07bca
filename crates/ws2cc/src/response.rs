//! Files of further arguments: `@objects.rsp`, as gcc, clang and Microsoft's compiler take them, and CMake writes them for
//! Windows.

use std::ffi::OsString;
use std::path::Path;

/// How deep files may name others: gcc's limit is higher, and no build comes near.
const DEPTH: usize = 16;

/// The arguments with each `@file` replaced by what the file holds. One that cannot be read stays as it is, as gcc has it.
pub(crate) fn expand(arguments: Vec<OsString>) -> Vec<OsString> {
    expand_to(arguments, DEPTH)
}

fn expand_to(arguments: Vec<OsString>, depth: usize) -> Vec<OsString> {
    let mut expanded = Vec::new();
    for argument in arguments {
        let file = argument.to_str().and_then(|text| text.strip_prefix('@')).filter(|_| depth > 0);
        match file.and_then(|file| std::fs::read(Path::new(file)).ok()) {
            Some(content) => expanded.extend(expand_to(words(&String::from_utf8_lossy(&content)), depth - 1)),
            None => expanded.push(argument),
        }
    }
    expanded
}

/// The words of a file: apart by white space, kept together by quotes of either kind, a backslash before what stands for
/// itself. Before other letters it is one of a Windows path.
fn words(text: &str) -> Vec<OsString> {
    let mut words = Vec::new();
    let (mut word, mut is_word, mut quote) = (String::new(), false, None);
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(|next| matches!(next, '"' | '\'' | '\\' | ' ')) => {
                word.extend(letters.next());
                is_word = true;
            }
            '"' | '\'' if quote.is_none() => (quote, is_word) = (Some(letter), true),
            _ if quote == Some(letter) => quote = None,
            _ if letter.is_whitespace() && quote.is_none() => {
                if is_word {
                    words.push(OsString::from(std::mem::take(&mut word)));
                }
                is_word = false;
            }
            _ => {
                word.push(letter);
                is_word = true;
            }
        }
    }
    if is_word {
        words.push(OsString::from(word));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_apart_by_space_and_kept_together_by_quotes() {
        assert_eq!(words("-lws2_32  a.o\r\n\"b c.o\" 'd\"e' ''"), ["-lws2_32", "a.o", "b c.o", "d\"e", ""]);
        assert_eq!(words(r#"-DX=\"y\" sub\file.c a\ b"#), ["-DX=\"y\"", r"sub\file.c", "a b"]);
        assert!(words(" \n").is_empty());
    }

    #[test]
    fn files_may_name_files_and_a_missing_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (outer, inner) = (folder.path().join("outer"), folder.path().join("inner"));
        std::fs::write(&inner, "b @missing").unwrap();
        std::fs::write(&outer, format!("a @{}", inner.display())).unwrap();
        let named = OsString::from(format!("@{}", outer.display()));
        assert_eq!(expand(vec!["-c".into(), named.clone()]), ["-c", "a", "b", "@missing"]);
        std::fs::write(&inner, format!("@{}", outer.display())).unwrap();
        assert!(expand(vec![named]).len() > 1, "a file that names itself comes to an end");
    }
}
