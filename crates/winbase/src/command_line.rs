//! A command line as arguments, by the rules of `CommandLineToArgvW`.

/// The arguments of a command line; the first is the program and has no escapes.
///
/// ```
/// use winbase::command_line::split;
///
/// assert_eq!(split(r#""C:\my dir\a.exe" one "two three" \"four\" c:\x\\ "e\\" "#),
///     [r"C:\my dir\a.exe", "one", "two three", "\"four\"", r"c:\x\\", r"e\"]);
/// ```
#[doc(alias = "CommandLineToArgvW")]
#[must_use]
pub fn split(line: &str) -> Vec<String> {
    let (program, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => line.find([' ', '\t']).map_or((line, ""), |at| line.split_at(at)),
    };
    let mut all = vec![program.to_owned()];
    let mut letters = rest.trim_start_matches([' ', '\t']).chars().peekable();
    while letters.peek().is_some() {
        all.push(argument(&mut letters));
        while letters.next_if(|letter| matches!(letter, ' ' | '\t')).is_some() {}
    }
    all
}

/// One argument. 2n backslashes and a quote are n backslashes and the quote's usual meaning; 2n+1 are n and a quote.
fn argument(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut out = String::new();
    let mut quoted = false;
    while let Some(&letter) = letters.peek() {
        if !quoted && matches!(letter, ' ' | '\t') {
            break;
        }
        let mut backslashes = 0;
        while letters.next_if_eq(&'\\').is_some() {
            backslashes += 1;
        }
        if letters.peek() != Some(&'"') {
            out.extend(std::iter::repeat_n('\\', backslashes));
            if backslashes == 0 {
                out.extend(letters.next());
            }
            continue;
        }
        letters.next();
        out.extend(std::iter::repeat_n('\\', backslashes / 2));
        if backslashes % 2 == 1 {
            out.push('"');
        } else if quoted && letters.next_if_eq(&'"').is_some() {
            // Two quotes within quotes are one.
            out.push('"');
        } else {
            quoted = !quoted;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::quoted;

    #[test]
    fn what_was_quoted_is_split_again() {
        for argument in ["", "a b", r#"say "hi""#, r"back\slash\", r"a b\", r#"\\"x"#, "tab\there"] {
            assert_eq!(split(&format!("program {} end", quoted(argument))), ["program", argument, "end"]);
        }
    }
}
