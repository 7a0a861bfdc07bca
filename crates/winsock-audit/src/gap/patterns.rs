//! The shapes of gaps, as regular expressions.

use std::sync::LazyLock;

use regex::Regex;

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        pub(super) static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a valid pattern"));
    };
}

pattern!(TAG, r"<!--|-->|</?[A-Za-z][^<>]*>");
pattern!(LINK_TARGET, r"\]\([^()\s]*\)");
pattern!(COMMENT, r"//[/!]?<?|/\*[*!]?<?|\s#\s?|\s--\s|\s'\s?|\(\*|\{\s?\$?$|\s;\s");
pattern!(STRING, r#""[^"\n]*"|'[^'\n]*'"#);
pattern!(DEFINE, r"#\s*define\s+$");
pattern!(DEFINED, r"^(?:[\s(]|\([\w\s*]+\)|[A-Za-z_]\w*\(|-)*$");
pattern!(
    ASSIGNED,
    r#"(?ix)^["'`*]*(?:
        \s*:\s*[\w:<>.\ ]+?\s*=     # name: type =
      | [\ \t]+[\w.]+[\ \t]*=       # name type =
      | \s+As\s+\w+\s*=             # name As type =
      | \s+equ\s
      | \s*:?=
    )(?:[\s(+]|-|\(\s*\w+\s*\)|[A-Za-z_][\w:]*\()*$"#
);
pattern!(
    STRING_TABLE,
    r#"(?x)^\s*(?:
        [:)\]]*\s*(?::|=>|\)|\bthen\b)\s*\{?\s*(?:return\b|[\w.\->\[\]():]+\s*:?=|[\w.:>\-]+\s*\()?[\s(]*
      | \]\s*=\s*
    )(?:[\w]{0,4}\(?)\s*["'`]$"#
);
