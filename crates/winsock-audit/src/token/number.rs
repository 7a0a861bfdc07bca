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

/// Literal suffixes of the languages: C, C#, Java, Rust, VB.
static SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[uUlL]{1,3}|_?[iu](?:16|32|64|128|size)|&(?:[^a-zA-Z#]|$))").expect("a valid pattern")
});

/// Appends the numbers in `text` that may be codes; with `all` also the others, which count where a name is defined.
///
/// Written out by hand: tables of a million numbers go through here, and a general pattern took most of an audit's time.
pub(crate) fn find_numbers(text: &str, dollar_hex: bool, all: bool, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let read = match bytes[at] {
            b'0'..=b'9' => digits(text, at),
            b'W' if bytes[at..].starts_with(b"WSABASE") => base_plus(text, at, word_end(bytes, at)),
            b'&' if matches!(bytes.get(at + 1), Some(b'h' | b'H')) => prefixed(text, at, 2),
            b'$' if dollar_hex => prefixed(text, at, 1),
            _ => None,
        };
        let Some((number, end)) = read else {
            at = if bytes[at].is_ascii_digit() { word_end(bytes, at) } else { at + 1 };
            continue;
        };
        if all || number.in_range() {
            let rest = &text[end..];
            // VB's `&` is a suffix, the beginning of `&nbsp;` is not.
            let suffix = SUFFIX.find(rest).map_or(0, |suffix| if rest.starts_with('&') { 1 } else { suffix.end() });
            if stands_alone(text, at, end + suffix) {
                tokens.push(Token { span: at..end + suffix, what: What::Number(number) });
            }
        }
        at = end.max(at + 1);
    }
}

/// A number that begins with a digit, and where it ends.
fn digits(text: &str, start: usize) -> Option<(Number, usize)> {
    let bytes = text.as_bytes();
    if bytes[start] == b'0' && matches!(bytes.get(start + 1), Some(b'x' | b'X')) {
        return prefixed(text, start, 2);
    }
    let end = run_end(bytes, start, u8::is_ascii_hexdigit);
    if end - start == 8 && bytes[start..].starts_with(b"8007") {
        return hexadecimal(&text[start..end], start..end).map(|number| (number, end));
    }
    let end = run_end(bytes, start, |byte| byte.is_ascii_digit() || *byte == b'_');
    if let Some(sum) = base_plus(text, start, end) {
        return Some(sum);
    }
    decimal(text, start..end).map(|number| (number, end))
}

/// Hexadecimal digits after a prefix of this length.
fn prefixed(text: &str, start: usize, prefix: usize) -> Option<(Number, usize)> {
    let from = start + prefix;
    let end = run_end(text.as_bytes(), from, u8::is_ascii_hexdigit);
    hexadecimal(&text[from..end], from..end).map(|number| (number, end))
}

/// `WSABASEERR + 54` or `10000 + 54`; the base ends at `base_end`.
fn base_plus(text: &str, start: usize, base_end: usize) -> Option<(Number, usize)> {
    if !matches!(&text[start..base_end], "WSABASEERR" | "WSABASE" | "10000") {
        return None;
    }
    let rest = text[base_end..].trim_start().strip_prefix('+')?.trim_start();
    let from = text.len() - rest.len();
    let end = run_end(text.as_bytes(), from, u8::is_ascii_digit);
    let offset = text[from..end].parse::<i64>().ok().filter(|offset| *offset < 10_000)?;
    Some((Number { value: 10_000 + offset, form: Form::BasePlus, digits: from..end }, end))
}

fn run_end(bytes: &[u8], start: usize, belongs: impl Fn(&u8) -> bool) -> usize {
    bytes[start..].iter().position(|byte| !belongs(byte)).map_or(bytes.len(), |length| start + length)
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    run_end(bytes, start, |byte| is_word(*byte))
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
    dotted || host.eq_ignore_ascii_case("localhost") || host.ends_with(']') || host == "*"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(i64, Form)> {
        let mut tokens = Vec::new();
        find_numbers(text, false, true, &mut tokens);
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
            find_numbers(before, false, true, &mut tokens);
            let number = tokens[0].number().unwrap();
            let mut text = before.to_owned();
            text.replace_range(number.digits.clone(), &number.rewrite(before, 10054));
            assert_eq!(text, after);
        }
    }
}
