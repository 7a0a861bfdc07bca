//! Numbers, in every notation in which people write a Winsock code.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Token, What, is_word};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `10054`
    Decimal,
    /// `0x2746`, `&H2746`, `$2746`
    Hex,
    /// `0x80072746`, `80072746`
    Hresult,
    /// `-2147014842`: an HRESULT as a signed decimal
    HresultNegative,
    /// `2147952454`: an HRESULT as an unsigned decimal
    HresultDecimal,
    /// `WSABASEERR + 54`, `10000 + 54`
    BasePlus,
}

/// A number.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    /// The code it stands for; for an HRESULT the code inside.
    pub(crate) value: i64,
    pub(crate) form: Form,
    /// The bytes that a correction replaces: digits without sign, prefix or suffix; for an HRESULT its last four.
    pub(crate) digits: Range<usize>,
}

impl Number {
    /// Whether it can be a Winsock code by its size alone. 10000 itself is the base and never a code.
    pub(crate) fn in_range(&self) -> bool {
        (10_001..=11_999).contains(&self.value)
    }

    /// Whether the number is written in decimal, so that another notation may stand beside it.
    pub(crate) fn is_decimal(&self) -> bool {
        matches!(self.form, Form::Decimal | Form::BasePlus)
    }

    /// The digits that would make this number mean another code, in the notation used here.
    pub(crate) fn rewrite(&self, text: &str, code: i64) -> String {
        let old = &text[self.digits.clone()];
        let lower = old.bytes().any(|byte| byte.is_ascii_lowercase());
        match self.form {
            Form::Decimal => code.to_string(),
            Form::BasePlus => (code - 10_000).to_string(),
            Form::Hex | Form::Hresult if lower => format!("{code:0width$x}", width = old.len().min(8)),
            Form::Hex | Form::Hresult => format!("{code:0width$X}", width = old.len().min(8)),
            Form::HresultNegative => (0x1_0000_0000 - (0x8007_0000 + code)).to_string(),
            Form::HresultDecimal => (0x8007_0000 + code).to_string(),
        }
    }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<base>(?:WSABASE(?:ERR)?|\b10000)\s*\+\s*)(?P<offset>[0-9]{1,4})
        | (?P<prefix>0[xX]|&[hH]|\$)(?P<hex>[0-9A-Fa-f]+)
        | (?P<bare>8007[0-9A-Fa-f]{4})\b
        | (?P<decimal>[0-9][0-9_]*)",
    )
    .expect("a valid pattern")
});

/// Literal suffixes of the languages: C, C#, Java, Rust, VB.
static SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[uUlL]{1,3}|_?[iu](?:16|32|64|128|size)|&(?:[^a-zA-Z#]|$))").expect("a valid pattern")
});

/// Appends the numbers in `text` that may be codes or stand where a code is defined.
pub(crate) fn find_numbers(text: &str, dollar_hex: bool, tokens: &mut Vec<Token>) {
    for found in NUMBER.captures_iter(text) {
        let whole = found.get(0).expect("group 0 always matches").range();
        let number = if let Some(offset) = found.name("offset") {
            let value = offset.as_str().parse::<i64>().ok().map(|offset| 10_000 + offset);
            value.map(|value| Number { value, form: Form::BasePlus, digits: offset.range() })
        } else if let Some(hex) = found.name("hex") {
            let dollar = found.name("prefix").is_some_and(|prefix| prefix.as_str() == "$");
            if dollar && !dollar_hex { None } else { hexadecimal(hex.as_str(), hex.range()) }
        } else if let Some(bare) = found.name("bare") {
            hexadecimal(bare.as_str(), bare.range()).filter(|number| number.form == Form::Hresult)
        } else {
            decimal(text, whole.clone())
        };
        let Some(number) = number else { continue };
        let rest = &text[whole.end..];
        // VB's `&` is a suffix, the beginning of `&nbsp;` is not.
        let suffix = SUFFIX.find(rest).map_or(0, |suffix| if rest.starts_with('&') { 1 } else { suffix.end() });
        let end = whole.end + suffix;
        if stands_alone(text, whole.start, end) {
            tokens.push(Token { span: whole.start..end, what: What::Number(number) });
        }
    }
}

/// Hexadecimal digits without a prefix, as in a table column that says so.
pub(crate) fn parse_bare_hex(text: &str, span: Range<usize>) -> Option<Token> {
    let digits = &text[span.clone()];
    if !(4..=8).contains(&digits.len()) {
        return None;
    }
    let number = hexadecimal(digits, span.clone())?;
    number.in_range().then_some(Token { span, what: What::Number(number) })
}

fn hexadecimal(digits: &str, span: Range<usize>) -> Option<Number> {
    let value = i64::from_str_radix(digits, 16).ok()?;
    // 0x8007.... is the Win32 facility, 0xC007.... the NTSTATUS made from a Win32 error.
    if digits.len() == 8 && matches!(value >> 16, 0x8007 | 0xC007) {
        let last_four = span.end - 4..span.end;
        return Some(Number { value: value & 0xFFFF, form: Form::Hresult, digits: last_four });
    }
    Some(Number { value, form: Form::Hex, digits: span })
}

fn decimal(text: &str, span: Range<usize>) -> Option<Number> {
    let written = text[span.clone()].replace('_', "");
    if written.len() > 1 && written.starts_with('0') {
        return None; // octal, or a padded count
    }
    let value = written.parse::<i64>().ok()?;
    let negative = span.start > 0 && text.as_bytes()[span.start - 1] == b'-';
    let unsigned = if negative { 0x1_0000_0000 - value } else { value };
    if written.len() == 10 && unsigned >> 16 == 0x8007 {
        let form = if negative { Form::HresultNegative } else { Form::HresultDecimal };
        return Some(Number { value: unsigned & 0xFFFF, form, digits: span });
    }
    Some(Number { value, form: Form::Decimal, digits: span })
}

/// Whether the digits are a number of their own and no part of a word, version, address, port or percentage.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let before = |back: usize| start.checked_sub(back).map(|at| bytes[at]);
    let after = |forward: usize| bytes.get(end + forward).copied();
    let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
    if before(1).is_some_and(is_word) || after(0).is_some_and(is_word) || after(0) == Some(b'%') {
        return false;
    }
    // 1.10054, 10054.5, 10,054
    let fraction = |mark: Option<u8>| matches!(mark, Some(b'.' | b','));
    if before(1) == Some(b'.') && (digit(before(2)) || before(2) != Some(b'.')) && before(2).is_some_and(is_word) {
        return false;
    }
    if before(1) == Some(b',') && digit(before(2)) && end - start == 3 {
        return false;
    }
    if fraction(after(0)) && digit(after(1)) && (after(0) == Some(b'.') || !digit(after(4)) && digit(after(3))) {
        return false;
    }
    // host:10054 and [::1]:10054, but not error:10054
    if before(1) == Some(b':') && is_endpoint(&text[..start - 1]) {
        return false;
    }
    // #10054 is an issue
    before(1) != Some(b'#') || before(2) == Some(b'#')
}

/// Whether the text ends like the host of `host:port`: an address, a dotted name, `localhost`, a bracket after digits.
fn is_endpoint(before: &str) -> bool {
    let host_start =
        before.rfind(|c: char| !(c.is_ascii_alphanumeric() || "._-:[]%".contains(c))).map_or(0, |at| at + 1);
    let host = before.get(host_start..).unwrap_or_default();
    let dotted = host.contains('.') && host.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric());
    dotted || host.eq_ignore_ascii_case("localhost") || host.ends_with(']') && host.contains(':') || host == "*"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(i64, Form)> {
        let mut tokens = Vec::new();
        find_numbers(text, false, &mut tokens);
        tokens.iter().map(|token| token.number().map(|number| (number.value, number.form)).unwrap()).collect()
    }

    #[test]
    fn every_notation_of_a_code_is_read() {
        for (text, form) in [
            ("10054", Form::Decimal),
            ("10054L,", Form::Decimal),
            ("10054i32;", Form::Decimal),
            ("10_054", Form::Decimal),
            ("0x2746", Form::Hex),
            ("&H2746&", Form::Hex),
            ("0x80072746", Form::Hresult),
            ("(80072746)", Form::Hresult),
            ("0xC0072746", Form::Hresult),
            ("-2147014842", Form::HresultNegative),
            ("2147952454", Form::HresultDecimal),
            ("WSABASEERR + 54", Form::BasePlus),
            ("(WSABASEERR+54)", Form::BasePlus),
            ("10000 + 54", Form::BasePlus),
        ] {
            assert_eq!(numbers(text), [(10054, form)], "{text}");
        }
    }

    #[test]
    fn ports_versions_issues_and_parts_of_words_are_no_numbers() {
        for text in
            ["10.0.0.1:10054", "localhost:10054", "v1.10054", "10054.5", "#10054", "x10054", "10054ms", "10054%"]
        {
            assert!(!numbers(text).iter().any(|(value, _)| *value == 10054), "{text}: {:?}", numbers(text));
        }
        assert_eq!(numbers("error:10054")[0].0, 10054);
    }

    #[test]
    fn a_correction_keeps_the_notation() {
        for (before, after) in [
            ("0x2745", "0x2746"),
            ("0x274d", "0x2746"),
            ("0x8007274D", "0x80072746"),
            ("-2147014843", "-2147014842"),
            ("WSABASEERR + 53", "WSABASEERR + 54"),
            ("10053L", "10054L"),
        ] {
            let mut tokens = Vec::new();
            find_numbers(before, false, &mut tokens);
            let number = tokens[0].number().unwrap();
            let mut text = before.to_owned();
            text.replace_range(number.digits.clone(), &number.rewrite(before, 10054));
            assert_eq!(text, after);
        }
    }
}
