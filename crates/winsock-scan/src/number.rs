//! Numbers as logs write them, and the code that each stands for if it is one: arithmetic only, no judgement.

use std::ops::Range;

use winsock_codes::Code;
use winsock_codes::related::by_ntstatus;

use crate::finding::Form;
use crate::record::Plain;

/// A number that has the value of a code in one of the written forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) code: Code,
    pub(crate) form: Form,
    pub(crate) range: Range<usize>,
}

/// Where PJSIP's statuses begin that are an error of the system. Source: pjlib `include/pj/errno.h`.
const PJ_ERRNO_START_SYS: i32 = 120_000;

fn is_identifier(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a word with a capital letter and three small ones begins a text.
fn is_capitalised(text: &[u8]) -> bool {
    matches!(text, [b'A'..=b'Z', b'a'..=b'z', b'a'..=b'z', b'a'..=b'z', ..])
}

/// Whether a word goes on at a place; one that something written out ends, `\x1b[33m` or `%20`, is none.
fn goes_on_from_word(text: &[u8], at: usize) -> bool {
    at > 0 && is_identifier(text[at - 1]) && !Plain::ends_before(text, at)
}

/// Whether [`number_at`] can find anything, judged by the first digits and by how many there are at most. Few numbers
/// of a log come further.
#[inline(always)]
pub(crate) fn may_begin_number(text: &[u8], at: usize, digits: u32) -> bool {
    let next = text.get(at + 1).copied().unwrap_or(b' ');
    match text[at] {
        b'1' => digits >= 5 && matches!(next, b'0' | b'1') || digits >= 6 && next == b'3',
        b'9' => digits >= 3 && next == b'9',
        b'4' => digits >= 4,
        b'3' => digits >= 4 && next == b'0',
        // Codes with `h` behind begin with 27, 2A and 2B.
        b'2' => {
            digits >= 10
                || matches!(next, b'7' | b'A' | b'a' | b'B' | b'b')
                    && (ends_with_h(text, at + 4) || hex_sign(text, at).is_some())
        }
        b'7' => digits >= 6,
        b'0' => begins_behind_zero(text, at, next),
        // 8007...., and OpenSSL's eight digits with a colon.
        b'8' => next == b'0' || text.get(at + 8) == Some(&b':'),
        _ => false,
    }
}

/// 0x, OpenSSL's eight digits with a colon, an event's data, and Exchange's eight digits: apart from the others, so that
/// these stay small enough to be inlined.
#[inline(never)]
fn begins_behind_zero(text: &[u8], at: usize, next: u8) -> bool {
    matches!(next, b'x' | b'X')
        || text.get(at + 8) == Some(&b':')
        || next == b'0' && (is_event_word(text, at) || is_behind_member(text, at))
}

#[inline]
fn ends_with_h(text: &[u8], at: usize) -> bool {
    matches!(text.get(at), Some(b'h' | b'H'))
}

/// The number that begins at `at`, if it has the value of a code. `at` is a digit and no digit stands before it.
pub(crate) fn number_at(text: &[u8], at: usize) -> Option<Number> {
    // No form begins with another digit than these.
    if !matches!(text[at], b'0'..=b'4' | b'7'..=b'9') {
        return None;
    }
    let digits = text[at..].iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    let behind = text.get(at + digits).copied().unwrap_or(b' ');
    if digits == 1 && text[at] == b'0' && matches!(behind, b'x' | b'X') {
        return prefixed_hex(text, at);
    }
    if text[at..].starts_with(b"8007")
        && let Some(number) = bare_hresult(text, at)
    {
        return Some(number);
    }
    if matches!(text[at], b'0' | b'8')
        && let Some(number) = openssl(text, at)
    {
        return Some(number);
    }
    if text[at] == b'0' && (is_event_word(text, at) || is_behind_member(text, at)) {
        let code = assigned_high(hex_value(text.get(at..at + 8)?) as i32)?;
        return Some(Number { code, form: Form::Hex, range: at..at + 8 });
    }
    // Of what C and Python 2 call long: `The error code is 10061L`.
    let is_long = digits == 5 && behind == b'L' && text.get(at + 6).is_none_or(|byte| !is_identifier(*byte));
    // A text without a blank before it: `10054Connection reset by peer`.
    let is_glued = digits == 5 && is_capitalised(&text[at + digits..]);
    if text[at] == b'2'
        && let Some(sign) = hex_sign(text, at)
    {
        return signed_hex(text, at, sign);
    }
    if is_identifier(behind) && !is_long && !is_glued {
        return suffixed_hex(text, at);
    }
    let value = || text[at..at + digits].iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
    let before = if at == 0 { b' ' } else { text[at - 1] };
    let number = |code: Code, form| Some(Number { code, form, range: at..at + digits + usize::from(is_long) });
    match digits {
        3 | 5 if text[at] == b'1' || text[at] == b'9' => number(assigned(value() as i32)?, Form::Decimal),
        6 if text[at] == b'7' => number(assigned_high(Code::from_apr(value() as i32)?.value())?, Form::Apr),
        6 if text[at..].starts_with(b"13") => number(assigned_high(value() as i32 - PJ_ERRNO_START_SYS)?, Form::Pjsip),
        4 if before == b'-' && matches!(text[at], b'3' | b'4') => {
            let mut number = Number { code: libuv(value() as u16)?, form: Form::Libuv, range: at - 1..at + digits };
            if goes_on_from_word(text, at - 1) {
                return None; // part of a word with hyphens
            }
            number.range.end = at + digits;
            Some(number)
        }
        10 if text[at..].starts_with(b"2147") => {
            let value = value();
            if before == b'-' {
                let code = Code::from_hresult((value as i64).wrapping_neg() as u32)?;
                return Some(Number {
                    code: assigned_high(code.value())?,
                    form: Form::HresultDecimal,
                    range: at - 1..at + digits,
                });
            }
            number(assigned_high(Code::from_hresult(u32::try_from(value).ok()?)?.value())?, Form::HresultDecimal)
        }
        _ => None,
    }
}

/// The code that the five digits at `at` are, which nothing touches that would make them something longer.
pub(crate) fn decimal_at(text: &[u8], at: usize) -> Option<Number> {
    let range = at..at + 5;
    let value = text[range.clone()].iter().fold(0, |value, digit| value * 10 + i32::from(digit - b'0'));
    assigned(value).map(|code| Number { code, form: Form::Decimal, range })
}

fn assigned(value: i32) -> Option<Code> {
    let code = Code::new(value);
    // Whether there is an entry is told by a small table; the entry itself lies somewhere far.
    code.entry().is_some().then_some(code)
}

/// Assigned, and of Winsock's own range: 995 as an HRESULT or APR status is Win32's.
fn assigned_high(value: i32) -> Option<Code> {
    if value >= 10_000 { assigned(value) } else { None }
}

fn hex_value(text: &[u8]) -> u64 {
    text.iter().fold(0, |value, digit| value << 4 | u64::from((*digit as char).to_digit(16).unwrap_or(0)))
}

/// `0x2746`, `0x0000274D`, `0x80072746`, `0xFFFFFFFF80072746`.
fn prefixed_hex(text: &[u8], at: usize) -> Option<Number> {
    let digits = text[at + 2..].iter().take(18).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let range = at..at + 2 + digits;
    let behind = text.get(range.end).copied().unwrap_or(b' ');
    let suffix_l = matches!(behind, b'L' | b'l') && text.get(range.end + 1).is_none_or(|byte| !is_identifier(*byte));
    if (is_identifier(behind) && !suffix_l) || goes_on_from_word(text, at) {
        return None;
    }
    let value = hex_value(&text[at + 2..range.end]);
    let low = match digits {
        4..=8 => value as u32,
        16 if value >> 32 == 0xFFFF_FFFF => value as u32,
        _ => return None,
    };
    if let Some(code) = Code::from_hresult(low) {
        return Some(Number { code: assigned_high(code.value())?, form: Form::Hresult, range });
    }
    if let Some(code) = network_status(low) {
        return Some(Number { code, form: Form::Ntstatus, range });
    }
    // Snap7 adds the layer that failed: 0x000A274C.
    (low <= 0xF_FFFF).then_some(())?;
    Some(Number { code: assigned_high((low & 0xFFFF) as i32)?, form: Form::Hex, range })
}

/// The code that `ws2_32` makes of a kernel status, of those that only the network gives: an access violation
/// (`0xC0000005`) becomes a code as well, and is none.
pub(crate) fn network_status(status: u32) -> Option<Code> {
    // `STATUS_LOCAL_DISCONNECT`, `STATUS_REMOTE_DISCONNECT`, `STATUS_INVALID_CONNECTION`; from
    // `STATUS_INVALID_ADDRESS_COMPONENT` on.
    let of_network = matches!(status, 0xC000_013B | 0xC000_013C | 0xC000_0140 | 0xC000_0207..=0xC000_0241);
    of_network
        .then(|| by_ntstatus(status))
        .flatten()
        .filter(|entry| entry.code.value() >= 10_000)
        .map(|entry| entry.code)
}

/// `2746h`, `274Dh`: as assemblers write them, and who learned it from them.
fn suffixed_hex(text: &[u8], at: usize) -> Option<Number> {
    let range = at..at + 5;
    let (h, hex) = text.get(range.clone())?.split_last()?;
    let touches = |byte: &u8| is_identifier(*byte) || matches!(byte, b'-' | b'.' | b'+');
    if !matches!(h, b'h' | b'H')
        || !hex.iter().all(u8::is_ascii_hexdigit)
        || text.get(range.end).is_some_and(|byte| touches(byte) && !ends_sentence(&text[range.end..]))
        || at > 0 && touches(&text[at - 1]) && !Plain::ends_before(text, at)
    {
        return None;
    }
    Some(Number { code: assigned_high(hex_value(hex) as i32)?, form: Form::Hex, range })
}

/// The length of what Pascal (`$2746`), Visual Basic (`&H2746`) or controllers (`16#2746`) write before a hexadecimal number.
pub(crate) fn hex_sign(text: &[u8], at: usize) -> Option<usize> {
    const SIGNS: [&[u8]; 4] = [b"$", b"&H", b"&h", b"16#"];
    let before = &text[..at];
    let sign = SIGNS.iter().find(|sign| before.ends_with(sign))?;
    let edge = before.len() == sign.len() || !is_identifier(before[before.len() - sign.len() - 1]);
    edge.then_some(sign.len())
}

fn signed_hex(text: &[u8], at: usize, sign: usize) -> Option<Number> {
    let digits = text.get(at..at + 4)?;
    let behind = text.get(at + 4).copied().unwrap_or(b' ');
    if !digits.iter().all(u8::is_ascii_hexdigit) || is_identifier(behind) || matches!(behind, b'-' | b'$' | b'#') {
        return None;
    }
    Some(Number { code: assigned_high(hex_value(digits) as i32)?, form: Form::Hex, range: at - sign..at + 4 })
}

/// Whether a dot stands there and nothing that it could part from what is before.
fn ends_sentence(rest: &[u8]) -> bool {
    rest[0] == b'.' && rest.get(1).is_none_or(|byte| !is_identifier(*byte))
}

/// `80072746`, `80072AF9` without a prefix, `80072746h`; not as a part of a GUID or of a longer number.
fn bare_hresult(text: &[u8], at: usize) -> Option<Number> {
    let range = at..at + 8;
    let digits = text.get(range.clone())?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let before = if at == 0 || Plain::ends_before(text, at) { b' ' } else { text[at - 1] };
    let behind = text.get(range.end).copied().unwrap_or(b' ');
    let h = matches!(behind, b'h' | b'H');
    let behind = if h { text.get(range.end + 1).copied().unwrap_or(b' ') } else { behind };
    if is_identifier(before) || matches!(before, b'-' | b'{' | b'.') || is_identifier(behind) || behind == b'-' {
        return None;
    }
    let range = range.start..range.end + usize::from(h);
    let code = Code::from_hresult(hex_value(digits) as u32)?;
    Some(Number { code: assigned_high(code.value())?, form: Form::Hresult, range })
}

/// OpenSSL's error queue: `error:0200274D:system library:connect:` (1.x: library 2, function, the number's low 12 bits)
/// and `error:8000274D:system library::` (3.x: the number with the top bit set).
fn openssl(text: &[u8], at: usize) -> Option<Number> {
    let range = at..at + 8;
    let digits = text.get(range.clone())?;
    if text.get(range.end) != Some(&b':')
        || !digits.iter().all(u8::is_ascii_hexdigit)
        || !text[range.end..].starts_with(b":system lib") && !text[range.end..].starts_with(b":error:8")
    {
        return None;
    }
    let value = hex_value(digits) as u32;
    let code = match value >> 24 {
        // Both ranges of codes, 0x2714-0x2780 and 0x2AF9-0x2B19, lie in 0x2000-0x2FFF.
        0x02 => 0x2000 | (value & 0xFFF),
        0x80 => value & 0xFFFF,
        _ => return None,
    };
    Some(Number { code: assigned_high(code as i32)?, form: Form::Hex, range })
}

/// `(TimedOut:0000274C)`: whether eight hexadecimal digits stand behind a member of .NET's `SocketError`, as Exchange's
/// transport logs have it.
pub(crate) fn is_behind_member(text: &[u8], at: usize) -> bool {
    let Some((digits, [b')', ..])) = text[at..].split_at_checked(8) else { return false };
    let Some(before) = text[..at].strip_suffix(b":") else { return false };
    let name = before.iter().rev().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
    name > 3 && before[..before.len() - name].ends_with(b"(") && digits.iter().all(u8::is_ascii_hexdigit)
}

/// What the event viewer writes before the first line of an event's data.
pub(crate) const EVENT_DATA: &[u8] = b"0000: ";

/// Whether a number is all the data of an event, as the event viewer shows it.
pub(crate) fn is_event_data(text: &[u8], at: usize) -> bool {
    is_event_word(text, at) || event_bytes(text, at).is_some()
}

/// `0000: 00002741`: the data of an event in words.
fn is_event_word(text: &[u8], at: usize) -> bool {
    let Some((digits, rest)) = text[at..].split_at_checked(8) else { return false };
    begins_event_data(text, at)
        && digits.starts_with(b"0000")
        && digits.iter().all(u8::is_ascii_hexdigit)
        && rest.iter().take_while(|byte| **byte != b'\n').all(u8::is_ascii_whitespace)
}

/// `0000: 41 27 00 00   A'..`: the code that is all the data of an event, byte by byte, the lowest first, and once more in
/// letters.
pub(crate) fn event_bytes(text: &[u8], at: usize) -> Option<Number> {
    let (digits, rest) = text.get(at..)?.split_at_checked(11)?;
    let ended = matches!(rest, [] | [b'\r' | b'\n' | b'\t', ..] | [b' ', b' ', ..]) || rest.trim_ascii().is_empty();
    if !begins_event_data(text, at) || !digits.ends_with(b" 00 00") || digits[2] != b' ' || !ended {
        return None;
    }
    let byte = |at: usize| digits[at..at + 2].iter().all(u8::is_ascii_hexdigit).then(|| hex_value(&digits[at..at + 2]));
    let code = assigned_high((byte(3)? << 8 | byte(0)?) as i32)?;
    Some(Number { code, form: Form::Hex, range: at..at + digits.len() })
}

fn begins_event_data(text: &[u8], at: usize) -> bool {
    text[..at].strip_suffix(EVENT_DATA).is_some_and(|head| matches!(head.last(), None | Some(b'\n')))
}

/// The code behind one of libuv's numbers on Windows, of those that only a socket gives.
///
/// Source: libuv `include/uv/errno.h`, which takes these numbers where the C library has none; Windows has none of its own
/// for sockets. `EPIPE`, `EINVAL`, `EMFILE` and the like are left out: files and pipes give them too.
fn libuv(number: u16) -> Option<Code> {
    Some(match number {
        3001 => Code::WSATRY_AGAIN,
        3008 => Code::WSAHOST_NOT_FOUND,
        4039 => Code::WSAETIMEDOUT,
        4050 => Code::WSAENOTSOCK,
        4053 => Code::WSAENOTCONN,
        4060 => Code::WSAENOBUFS,
        4062 => Code::WSAENETUNREACH,
        4063 => Code::WSAENETDOWN,
        4065 => Code::WSAEMSGSIZE,
        4069 => Code::WSAEISCONN,
        4073 => Code::WSAEHOSTUNREACH,
        4076 => Code::WSAEDESTADDRREQ,
        4077 => Code::WSAECONNRESET,
        4078 => Code::WSAECONNREFUSED,
        4079 => Code::WSAECONNABORTED,
        4084 => Code::WSAEALREADY,
        4089 => Code::WSAEAFNOSUPPORT,
        4090 => Code::WSAEADDRNOTAVAIL,
        4091 => Code::WSAEADDRINUSE,
        4092 => Code::WSAEACCES,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i32, Form)> {
        let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
        number_at(text.as_bytes(), at).map(|number| (number.code.value(), number.form))
    }

    #[test]
    fn the_bytes_of_an_events_data_are_read() {
        let code =
            |text: &str| event_bytes(text.as_bytes(), text.find(": ").unwrap() + 2).map(|number| number.code.value());
        for text in
            ["Data:\r\n0000: 41 27 00 00               A'..    ", "0000: 41 27 00 00", "\n0000: 41 27 00 00\r\n"]
        {
            let text = &text[text.find("0000").unwrap()..];
            assert_eq!(code(text), Some(10049), "{text}");
        }
        assert_eq!(code("0000: f9 2A 00 00   .*.."), Some(11001));
        for text in [
            "0000: 41 27 00 00 41 27 00 00",
            "0000: 41 27 00 01",
            "0010: 41 27 00 00",
            "x 0000: 41 27 00 00",
            "0000: 41 47 00 00",
            "0000: 41 27 00",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!(read("10054"), Some((10054, Form::Decimal)));
        assert_eq!(read("10054L"), Some((10054, Form::Decimal)));
        assert_eq!(read("0x2746"), Some((10054, Form::Hex)));
        assert_eq!(read("0x0000274D"), Some((10061, Form::Hex)));
        assert_eq!(read("0x80072AF9"), Some((11001, Form::Hresult)));
        assert_eq!(read("0xFFFFFFFF80072746"), Some((10054, Form::Hresult)));
        assert_eq!(read("(80072743)"), Some((10051, Form::Hresult)));
        assert_eq!(read("-2147014842"), Some((10054, Form::HresultDecimal)));
        assert_eq!(read("2147952460"), Some((10060, Form::HresultDecimal)));
        assert_eq!(read("E730054"), Some((10054, Form::Apr)));
        assert_eq!(read("status=130061"), Some((10061, Form::Pjsip)));
        assert_eq!(read("status=131001"), Some((11001, Form::Pjsip)));
        assert_eq!(read("errno: -4078"), Some((10061, Form::Libuv)));
        assert_eq!(read("2746h"), Some((10054, Form::Hex)));
        assert_eq!(read("274Dh"), Some((10061, Form::Hex)));
        assert_eq!(read("274DH."), Some((10061, Form::Hex)));
        assert_eq!(read("80072746h"), Some((10054, Form::Hresult)));
        assert_eq!(read("error:0200274D:system library"), Some((10061, Form::Hex)));
        let data = b"Data:\r\n0000: 0000274d  \r\n";
        assert_eq!(number_at(data, 13).map(|number| number.code.value()), Some(10061));
        for data in
            ["Data:\n0000: 0000274d 1", "at 0000: 0000274d", "0010: 0000274d", "0000: 000a274d", "0000: 0000274"]
        {
            assert_eq!(number_at(data.as_bytes(), data.rfind("000").unwrap() & !1), None, "{data}");
        }
    }

    #[test]
    fn numbers_beside_them_are_not() {
        for text in [
            "10005",
            "100541",
            "10054a",
            "10054Lx",
            "0x0000000000002746",
            "0x80072EFE",
            "80072746-1111",
            "2147483647",
            "10.0.10061",
            "2746 h",
            "2746hz",
            "2746h.x",
            "12746h",
            "130005",
            "120111",
            "1300610",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
