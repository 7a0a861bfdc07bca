//! Texts of the system that a console, a mail program or a ticket broke into lines of its own width.

use std::sync::LazyLock;

use crate::matcher::Bits;

/// How much of a text must stand on either side of a break: less would be in too many texts.
const SIDE_BYTES: usize = 5;

/// Every text of the system, in all languages of the catalogue, with the stretches that they hold.
struct Messages {
    all: Vec<u8>,
    /// The stretches of four bytes, so that most lines need not be looked for.
    stretches: Bits,
}

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| {
    let details = || winsock_codes::entries().iter().map(winsock_codes::Entry::detail);
    let texts = details().flat_map(|detail| detail.localized.iter().map(|(_, text)| *text).chain([detail.message]));
    let all: Vec<u8> = texts.flat_map(|text| text.bytes().chain([b'\n'])).collect();
    let mut stretches = Bits::NONE;
    for four in all.windows(4) {
        stretches.add(fingerprint(four));
    }
    Messages { all, stretches }
});

/// Whether the end of a line and the beginning of the next are one text of the system, broken inside a word or at a blank:
/// `... because the target machine activ` and `ely refused it`.
pub(super) fn is_broken(before: &[u8], line: &[u8]) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    if !before.last().is_some_and(is_word) || !line.first().is_some_and(is_word) {
        return false;
    }
    let Some(tail) = before.last_chunk::<SIDE_BYTES>() else { return false };
    let Some(head) = line.first_chunk::<SIDE_BYTES>() else { return false };
    let messages = &*MESSAGES;
    messages.stretches.holds(fingerprint(&tail[1..]))
        && messages.stretches.holds(fingerprint(&head[..4]))
        && [&b""[..], b" "].iter().any(|blank| {
            let whole = [tail, *blank, head].concat();
            memchr::memmem::find(&messages.all, &whole).is_some()
        })
}

fn fingerprint(four: &[u8]) -> u32 {
    u32::from_le_bytes(four.try_into().expect("four bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_may_be_broken_anywhere() {
        let message = winsock_codes::Code::WSAECONNREFUSED.entry().unwrap().detail().message;
        for at in SIDE_BYTES..message.len() - SIDE_BYTES {
            let (before, line) = message.split_at(at);
            let said = format!("10:00:00 connect: {}", before.trim_end());
            assert!(is_broken(said.as_bytes(), line.trim_start().as_bytes()), "{said}|{line}");
        }
    }

    #[test]
    fn other_lines_begin_something_of_their_own() {
        for (before, line) in [
            ("connect failed", "retrying in five seconds"),
            ("No connection could be made", "No connection could be made"),
            ("the target machine activ", "ated its alarm"),
            ("", "ely refused it"),
        ] {
            assert!(!is_broken(before.as_bytes(), line.as_bytes()), "{before}|{line}");
        }
    }
}
