//! Bytes as text for people.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// More bytes beyond ASCII in a row are no Latin text: `Größe` has two.
const MOST_IN_A_ROW: usize = 2;

/// Text as it may be shown, whatever its encoding: UTF-8 as it is. Of other bytes those that stand one by one or in twos between
/// ASCII, as accented letters do, are the letters of Windows' page for western Europe (1252), which most logs with such bytes
/// are written in; U+FFFD stands for all others.
///
/// ```
/// assert_eq!(wsa_input::legible(b"Verbindung zu M\xFCnchen"), "Verbindung zu München");
/// assert_eq!(wsa_input::legible("München".as_bytes()), "München");
/// assert_eq!(wsa_input::legible(b"\xCF\xEE\xEF\xFB"), "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}");
/// ```
#[must_use]
pub fn legible(text: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        out.push_str(chunk.valid());
        at += chunk.valid().len();
        let invalid = chunk.invalid();
        if invalid.is_empty() {
            break;
        }
        let is_letter = |byte: &&u8| !byte.is_ascii();
        let before = text[..at].iter().rev().take_while(is_letter).take(MOST_IN_A_ROW).count();
        let behind = text[at..].iter().take_while(is_letter).take(MOST_IN_A_ROW + 1).count();
        at += invalid.len();
        // What is cut off at the end may be a part of a letter in UTF-8.
        let is_latin = invalid.len() == 1 && before + behind <= MOST_IN_A_ROW && at < text.len();
        match is_latin {
            true => out.push_str(&WINDOWS_1252.decode_without_bom_handling(invalid).0),
            false => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_latin_pages_are_shown_and_damage_is_not_guessed_at() {
        for (bytes, shown) in [
            (&b"Gr\xF6\xDFe \x80 5"[..], "Größe € 5"),
            (b"d\xE9connect\xE9 de l'h\xF4te", "déconnecté de l'hôte"),
            (b"\xC9chec", "Échec"),
            ("日本".as_bytes(), "日本"),
            (&"日本".as_bytes()[..4], "日\u{FFFD}"),
            (&"é!".as_bytes()[1..], "\u{A9}!"),
            (b"caf\xC3", "caf\u{FFFD}"),
            (b"\xEF\xEE\xEF x", "\u{FFFD}\u{FFFD}\u{FFFD} x"),
        ] {
            assert_eq!(legible(bytes), shown, "{bytes:x?}");
        }
    }
}
