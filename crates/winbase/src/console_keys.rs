//! What a terminal sends for a key, as Windows' keys.

/// A key that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Windows' number of the key (`VK_`); 0 of a letter that stands on no key of its own.
    pub code: u16,
    /// The letter that it gives, '\0' for none.
    pub letter: char,
    /// `SHIFT_PRESSED`, `LEFT_CTRL_PRESSED`, `LEFT_ALT_PRESSED`, `ENHANCED_KEY`.
    pub state: u32,
}

const ENHANCED_KEY: u32 = 0x100;
const SHIFT_PRESSED: u32 = 0x10;
const LEFT_CTRL_PRESSED: u32 = 0x8;
const LEFT_ALT_PRESSED: u32 = 0x2;

/// The first key of what came, and how many bytes it took; `None` if its bytes are not all there.
///
/// ```
/// use winbase::console_keys::first;
///
/// let (key, bytes) = first(b"a!").unwrap();
/// assert_eq!((key.code, key.letter, bytes), (0x41, 'a', 1));
/// let (key, bytes) = first(b"\x1b[A").unwrap();
/// assert_eq!((key.code, key.letter, bytes), (0x26, '\0', 3)); // VK_UP
/// ```
#[must_use]
pub fn first(bytes: &[u8]) -> Option<(Key, usize)> {
    match bytes {
        [] => None,
        [0x1b, b'[' | b'O', ..] => sequence(bytes),
        // The key with another one held.
        [0x1b, letter, ..] if (b' '..0x7f).contains(letter) => {
            let (key, length) = first(&bytes[1..])?;
            Some((Key { state: key.state | LEFT_ALT_PRESSED, ..key }, length + 1))
        }
        [byte, ..] if byte.is_ascii() => Some((ascii(*byte), 1)),
        _ => letter(bytes),
    }
}

fn ascii(byte: u8) -> Key {
    let plain = |code, letter| Key { code, letter, state: 0 };
    match byte {
        b'\n' | b'\r' => plain(0x0d, '\r'),
        b'\t' => plain(0x09, '\t'),
        0x08 | 0x7f => plain(0x08, '\x08'),
        0x1b => plain(0x1b, '\x1b'),
        b' ' => plain(0x20, ' '),
        0 => Key { code: 0x20, letter: '\0', state: LEFT_CTRL_PRESSED },
        1..=26 => Key { code: u16::from(b'A' + byte - 1), letter: byte.into(), state: LEFT_CTRL_PRESSED },
        b'A'..=b'Z' => Key { code: byte.into(), letter: byte.into(), state: SHIFT_PRESSED },
        b'a'..=b'z' => plain(byte.to_ascii_uppercase().into(), byte.into()),
        b'0'..=b'9' => plain(byte.into(), byte.into()),
        // Which key has a sign depends on the keyboard, which a terminal does not tell.
        _ => plain(0, byte.into()),
    }
}

/// A letter of several bytes of UTF-8; a byte that begins none stands alone.
fn letter(bytes: &[u8]) -> Option<(Key, usize)> {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let whole = bytes.get(..length)?;
    let letter = std::str::from_utf8(whole).ok().and_then(|text| text.chars().next());
    let key = Key { code: 0, letter: letter.unwrap_or(char::REPLACEMENT_CHARACTER), state: 0 };
    Some((key, if letter.is_some() { length } else { 1 }))
}

/// `ESC [ A`, `ESC O P`, `ESC [ 3 ~`: keys without a letter.
fn sequence(bytes: &[u8]) -> Option<(Key, usize)> {
    let digits = bytes[2..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    let last = *bytes.get(2 + digits)?;
    let number = bytes[2..2 + digits].split(|byte| *byte == b';').next().unwrap_or_default();
    let code = match (last, number) {
        (b'A', _) => 0x26,
        (b'B', _) => 0x28,
        (b'C', _) => 0x27,
        (b'D', _) => 0x25,
        (b'H', _) | (b'~', b"1" | b"7") => 0x24,
        (b'F', _) | (b'~', b"4" | b"8") => 0x23,
        (b'~', b"2") => 0x2d,
        (b'~', b"3") => 0x2e,
        (b'~', b"5") => 0x21,
        (b'~', b"6") => 0x22,
        (b'P'..=b'S', _) => u16::from(0x70 + last - b'P'),
        (b'~', b"15") => 0x74,
        (b'~', b"17") => 0x75,
        (b'~', b"18") => 0x76,
        (b'~', b"19") => 0x77,
        (b'~', b"20") => 0x78,
        (b'~', b"21") => 0x79,
        (b'~', b"23") => 0x7a,
        (b'~', b"24") => 0x7b,
        // None that is known: the escape key, and what follows by itself.
        _ => return Some((ascii(0x1b), 1)),
    };
    let state = if code < 0x70 { ENHANCED_KEY } else { 0 };
    Some((Key { code, letter: '\0', state }, 3 + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_follow_each_other() {
        let mut rest: &[u8] = "Aé\u{1f600}\r\x03\x1b[3~\x1bx\x1bOP\x1b[9z".as_bytes();
        let mut seen = Vec::new();
        while let Some((key, length)) = first(rest) {
            seen.push((key.code, key.letter, key.state));
            rest = &rest[length..];
        }
        assert_eq!(
            seen,
            [
                (0x41, 'A', 0x10),
                (0, 'é', 0),
                (0, '\u{1f600}', 0),
                (0x0d, '\r', 0),
                (0x43, '\x03', 8),
                (0x2e, '\0', 0x100),
                (0x58, 'x', 2),
                (0x70, '\0', 0),
                (0x1b, '\x1b', 0),
                (0, '[', 0),
                (0x39, '9', 0),
                (0x5a, 'z', 0),
            ]
        );
    }

    #[test]
    fn what_is_not_all_there_waits_and_what_is_no_text_passes() {
        assert_eq!(first(b"\x1b["), None);
        assert_eq!(first(&"é".as_bytes()[..1]), None);
        assert_eq!(first(b"\xffa").unwrap().1, 1);
        assert_eq!(first(b"\xc3("), Some((Key { code: 0, letter: '\u{fffd}', state: 0 }, 1)));
        assert_eq!(first(b"\x1b").unwrap().0.code, 0x1b);
    }
}
