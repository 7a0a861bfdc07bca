//! Numbers: decimal and hexadecimal, and the ranges in which each system's numbers lie.

use winsock_codes::related::{by_libuv, by_ntstatus, lookalike, win32_candidates};
use winsock_codes::{Code, is_winsock_range};

use super::{Answer, Form, Reading, push};

/// The number in Winsock's headers that the 10000 codes are counted from.
const WSABASEERR: i64 = 10_000;

/// Every reading of a term that is a number in some notation; empty if it is not a number.
pub(super) fn read(term: &str) -> Vec<Reading> {
    let mut readings = Vec::new();
    if let Some(value) = base_plus(term) {
        read_winsock(&mut readings, term, value, Form::BasePlus);
        return readings;
    }
    match parse(term) {
        Some(Number::Decimal(value)) => read_decimal(&mut readings, term, value),
        Some(Number::Hex(value)) => read_hex(&mut readings, term, value),
        None => {}
    }
    readings
}

/// A number whose system the user named: `win32:64`. `None` if the word before the colon is no system.
pub(super) fn read_tagged(system: &str, rest: &str) -> Option<Vec<Reading>> {
    let mut readings = Vec::new();
    let value = match parse(rest) {
        Some(Number::Decimal(value)) => Some(value),
        Some(Number::Hex(value)) => Some(i64::from(value)),
        None => None,
    };
    match system.to_ascii_lowercase().as_str() {
        "wsa" | "winsock" | "wsagetlasterror" => match value {
            Some(value) => read_winsock(&mut readings, rest, value, Form::Decimal),
            None => return Some(super::word::read(rest)),
        },
        "win32" => match value {
            Some(value) => read_win32(&mut readings, rest, value),
            None => return Some(super::word::read(rest)),
        },
        "errno" | "linux" => match value {
            Some(value) => read_errno(&mut readings, rest, value),
            None => return Some(super::word::read(rest)),
        },
        "ntstatus" | "status" => read_ntstatus(&mut readings, rest, u32::try_from(value?).ok()?),
        "hresult" | "hr" => read_hresult(&mut readings, rest, value?),
        "apr" => read_apr(&mut readings, rest, value?),
        "libuv" | "uv" | "node" => match value {
            Some(value) => read_libuv(&mut readings, rest, value),
            None => return Some(super::word::read(rest)),
        },
        _ => return None,
    }
    Some(readings)
}

#[derive(Clone, Copy)]
enum Number {
    Decimal(i64),
    Hex(u32),
}

/// Parses decimal with an optional sign, and hexadecimal as C (`0x2746`), assemblers (`2746h`), Pascal (`$2746`), Visual
/// Basic (`&H2746&`) and event logs (`80072746`, eight bare digits) write it. Digits may be grouped by `_`, and decimals as
/// people and spreadsheets do it (`10,054`).
fn parse(term: &str) -> Option<Number> {
    // C and C# suffixes: 10054L, 10054u.
    let term = term.trim_end_matches(['L', 'l', 'U', 'u']);
    let ungrouped = if is_grouped(term) { term.replace(|c: char| !c.is_ascii_digit(), "") } else { String::new() };
    let term = if ungrouped.is_empty() { term } else { &ungrouped };
    let plain: String = term.chars().filter(|c| *c != '_').take(32).collect();
    let digits = plain.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(&plain);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let looks_hex = digits.len() == 8 && digits.starts_with("8007");
        if looks_hex && plain == digits {
            return u32::from_str_radix(digits, 16).ok().map(Number::Hex);
        }
        let magnitude: i64 = digits.parse().ok()?;
        return Some(Number::Decimal(if plain == digits || plain.starts_with('+') { magnitude } else { -magnitude }));
    }
    hex_digits(&plain).and_then(|hex| u32::from_str_radix(hex, 16).ok()).map(Number::Hex)
}

/// Whether decimal digits are grouped in thousands, by one of the signs that languages have for it.
fn is_grouped(term: &str) -> bool {
    const SIGNS: [char; 7] = [',', '.', '\'', '’', ' ', '\u{A0}', '\u{202F}'];
    let Some(sign) = term.chars().find(|c| SIGNS.contains(c)) else { return false };
    let mut groups = term.split(sign);
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.next().is_some_and(|first| matches!(first.len(), 1..=3) && is_digits(first))
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn hex_digits(text: &str) -> Option<&str> {
    let lower = |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_hex = |digits: &&str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if lower("0x") {
        // 64-bit values sign-extend an HRESULT: 0xFFFFFFFF80072746.
        let digits = &text[2..];
        let digits = if digits.len() == 16 {
            digits.strip_prefix("FFFFFFFF").or(digits.strip_prefix("ffffffff"))?
        } else {
            digits
        };
        return Some(digits).filter(is_hex);
    }
    if lower("&h") {
        return Some(text[2..].trim_end_matches('&')).filter(is_hex);
    }
    if let Some(digits) = text.strip_prefix('$') {
        return Some(digits).filter(is_hex);
    }
    if let Some(digits) = text.strip_suffix(['h', 'H']) {
        return Some(digits).filter(is_hex).filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()));
    }
    // Bare hexadecimal is told from a word by its length and a digit: 274C, 8007274C, C000020D.
    Some(text)
        .filter(is_hex)
        .filter(|digits| matches!(digits.len(), 4 | 8) && digits.bytes().any(|b| b.is_ascii_digit()))
}

/// `WSABASEERR+54`, `(WSABASEERR + 1001)`.
fn base_plus(term: &str) -> Option<i64> {
    let rest = term.strip_prefix("WSABASEERR").or_else(|| term.strip_prefix("wsabaseerr"))?;
    let offset: u16 = rest.trim().strip_prefix('+')?.trim().parse().ok()?;
    Some(WSABASEERR + i64::from(offset))
}

fn read_decimal(readings: &mut Vec<Reading>, term: &str, value: i64) {
    if is_winsock_range(i32::try_from(value).unwrap_or(0)) {
        read_winsock(readings, term, value, Form::Decimal);
        return;
    }
    if value < 0 {
        read_libuv(readings, term, value);
        read_hresult(readings, term, value);
        read_errno(readings, term, -value);
        return;
    }
    if let Some(entry) = i32::try_from(value).ok().and_then(winsock_codes::by_value) {
        push(readings, term, Form::Decimal, Answer::Code(entry), None);
    }
    read_errno(readings, term, value);
    read_win32(readings, term, value);
    read_minus_base(readings, term, value);
    read_apr(readings, term, value);
    read_hresult(readings, term, value);
    if readings.is_empty()
        && let Ok(hex) = u32::from_str_radix(term, 16)
    {
        // `returned 10054 (2746)`: hexadecimal whose digits happen to be decimal ones.
        read_hex(readings, term, hex);
    }
}

fn read_hex(readings: &mut Vec<Reading>, term: &str, value: u32) {
    match value >> 16 {
        0 => {
            let value = i64::from(value);
            if is_winsock_range(value as i32) {
                read_winsock(readings, term, value, Form::Hex);
            } else {
                if let Some(entry) = winsock_codes::by_value(value as i32) {
                    push(readings, term, Form::Hex, Answer::Code(entry), None);
                }
                read_win32(readings, term, value);
                if readings.is_empty() {
                    read_ntstatus(readings, term, value as u32);
                }
            }
        }
        0x8007 => read_hresult(readings, term, i64::from(value)),
        _ => read_ntstatus(readings, term, value),
    }
}

fn read_winsock(readings: &mut Vec<Reading>, term: &str, value: i64, form: Form) {
    let Ok(value) = i32::try_from(value) else { return };
    match winsock_codes::by_value(value) {
        Some(entry) => push(readings, term, form, Answer::Code(entry), None),
        None if is_winsock_range(value) => push(readings, term, form, Answer::Unassigned(value), None),
        None => {}
    }
}

fn read_errno(readings: &mut Vec<Reading>, term: &str, value: i64) {
    if let Ok(number) = i32::try_from(value) {
        super::word::push_errno(readings, term, number);
    }
}

fn read_win32(readings: &mut Vec<Reading>, term: &str, value: i64) {
    let Ok(value) = u32::try_from(value) else { return };
    for entry in win32_candidates(value) {
        let status = entry.twins.ntstatus.iter().find(|status| status.win32_value == value);
        let note = status.map(|status| format!("as Win32 {} {}", status.win32_value, status.win32));
        push(readings, term, Form::Win32, Answer::Code(entry), note);
    }
    if let Some(known) = lookalike(value) {
        push(readings, term, Form::Win32, Answer::Lookalike(known), None);
    }
}

fn read_ntstatus(readings: &mut Vec<Reading>, term: &str, value: u32) {
    if let Some(entry) = by_ntstatus(value) {
        let name = entry.twins.ntstatus.iter().find(|status| status.value == value).map(|status| status.name);
        push(readings, term, Form::NtStatus, Answer::Code(entry), name.map(|name| format!("as {name}")));
    }
}

/// An HRESULT as signed decimal, unsigned decimal or hexadecimal.
fn read_hresult(readings: &mut Vec<Reading>, term: &str, value: i64) {
    let unsigned = match (u32::try_from(value), i32::try_from(value)) {
        (Ok(value), _) => value,
        (_, Ok(value)) => value.cast_unsigned(),
        _ => return,
    };
    let Some(code) = Code::from_hresult(unsigned) else { return };
    let before = readings.len();
    if code.entry().is_some() || is_winsock_range(code.value()) {
        read_winsock(readings, term, i64::from(code.value()), Form::Hresult);
    } else {
        read_win32(readings, term, i64::from(code.value()));
    }
    for reading in &mut readings[before..] {
        reading.form = Form::Hresult;
    }
}

fn read_apr(readings: &mut Vec<Reading>, term: &str, value: i64) {
    let Some(code) = i32::try_from(value).ok().and_then(Code::from_apr) else { return };
    read_winsock(readings, term, i64::from(code.value()), Form::Apr);
}

fn read_libuv(readings: &mut Vec<Reading>, term: &str, value: i64) {
    let Some(known) = i32::try_from(value).ok().and_then(by_libuv) else { return };
    if let Some(entry) = known.code.entry() {
        push(readings, term, Form::Libuv, Answer::Code(entry), Some(format!("as libuv's {} on Windows", known.name)));
    }
}

/// Oracle Net and some others print the code minus 10000.
fn read_minus_base(readings: &mut Vec<Reading>, term: &str, value: i64) {
    if !(1..1100).contains(&value) {
        return;
    }
    let Some(entry) = i32::try_from(WSABASEERR + value).ok().and_then(winsock_codes::by_value) else { return };
    let note =
        format!("if the program prints codes minus 10000, as Oracle Net does ({} = 10000 + {value})", entry.value());
    push(readings, term, Form::MinusBase, Answer::Code(entry), Some(note));
}
