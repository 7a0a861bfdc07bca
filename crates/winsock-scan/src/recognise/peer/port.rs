//! The port behind an address, in the ways of writing it that exist.

/// The port behind an address, in the ways of writing it that exist, and the end of it. `refused` is set if it
/// depends on more than which bytes are digits: a number is too large, or the port stands further away.
pub(super) fn port_behind(text: &[u8], end: usize, refused: &mut bool) -> (Option<u16>, usize) {
    let rest = &text[end..];
    // Few things behind an address begin like a port.
    let ways: &[&[u8]] = match rest.first() {
        Some(b':') => &[b"::", b":"],
        Some(b'/') => &[b"/"],
        Some(b'#') => &[b"#"],
        Some(b',') => &[b", port = ", b", port=", b", port ", b", port: "],
        Some(b' ') => &[b" port ", b" port=", b" port: ", b" on port ", b" at port ", b" tcp port ", b" on tcp port "],
        Some(b')') => &[b"), port ", b")(port="],
        Some(b']') => &[b"]:", b"] port ", b"], port "],
        Some(b'"') => &[b"\") port ", b"\" port ", b"\", port ", b"\",\"port\":", b"\",\"port\":\""],
        Some(b'\'') => &[b"', port=", b"', port: ", b"', port "],
        _ => return (None, end),
    };
    for way in ways {
        if !rest.get(..way.len()).is_some_and(|head| head.eq_ignore_ascii_case(way)) {
            continue;
        }
        let digits = rest[way.len()..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        let all = end + way.len() + digits;
        let closed = text.get(all).is_none_or(|byte| {
            let decimal = *byte == b'.' && text.get(all + 1).is_some_and(u8::is_ascii_digit);
            !byte.is_ascii_alphanumeric() && !decimal
        });
        // 10.0.0.0/24 is a network, not a port.
        if digits == 0 || !closed || *way == b"/" && digits < 3 {
            continue;
        }
        if let Some(port) = small(&rest[way.len()..way.len() + digits], u32::from(u16::MAX), refused) {
            return (Some(port), all);
        }
    }
    if let Some((digits, all)) = keyed(rest)
        && let Some(port) = small(&rest[digits..all], u32::from(u16::MAX), refused)
    {
        return (Some(port), end + all);
    }
    let further = port_further(text, end);
    *refused |= further.is_some();
    (further, end)
}

/// `","remote_port":443`, `', port: 443`, ` dpt=443`: the next field, if its key says port. Where its digits begin and end.
fn keyed(rest: &[u8]) -> Option<(usize, usize)> {
    let skip = |at: usize, set: &[u8]| at + usize::from(rest.get(at).is_some_and(|byte| set.contains(byte)));
    let comma = skip(0, b"\"'");
    let blank = skip(comma, b",;");
    let quote = skip(blank, b" ");
    let key = skip(quote, b"\"'");
    let key_end = key + rest[key.min(rest.len())..].iter().take(20).take_while(|byte| is_key_byte(**byte)).count();
    if blank == quote && blank == comma || !names_port(rest.get(key..key_end)?) {
        return None;
    }
    let sign = skip(key_end, b"\"'");
    let value = skip(sign, b":=");
    if value == sign {
        return None;
    }
    let digits = skip(skip(value, b" "), b"\"'");
    let count = rest[digits.min(rest.len())..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let closed = rest.get(digits + count).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.');
    (count > 0 && closed).then_some((digits, digits + count))
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.')
}

/// A key such as `port`, `remotePort` or `dpt`, of the other end.
fn names_port(key: &[u8]) -> bool {
    const OWN: [&[u8]; 4] = [b"local", b"src", b"source", b"listen"];
    let begins = |word: &&[u8]| key.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let ends = |word: &[u8]| key.len() >= word.len() && key[key.len() - word.len()..].eq_ignore_ascii_case(word);
    (ends(b"port") || ends(b"dpt")) && !OWN.iter().any(begins)
}

/// libpq: `"localhost" (127.0.0.1) and accepting\n\tTCP/IP connections on port 5432?`
fn port_further(text: &[u8], end: usize) -> Option<u16> {
    const WAY: &[u8] = b"connections on port ";
    let near = &text[end..text.len().min(end + 64)];
    if !near.starts_with(b") and accepting") {
        return None;
    }
    let at = memchr::memmem::find(near, WAY)? + WAY.len();
    let digits = text[end + at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[end + at..end + at + digits]).ok()?.parse().ok()
}

/// A number of at most six digits, none if there is none or it is larger than `most`; `refused` is set then.
pub(super) fn small(digits: &[u8], most: u32, refused: &mut bool) -> Option<u16> {
    if digits.is_empty() || digits.len() > 6 {
        return None;
    }
    let value = digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
    *refused |= value > most;
    (value <= most).then_some(value as u16)
}
