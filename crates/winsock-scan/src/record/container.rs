//! What containers' runtimes and Compose write before each line of a program's output, and mail before each line it quotes.

/// How far into a line the name of the stream may stand: behind a time with nine decimals and a zone.
const MOST_STAMP_BYTES: usize = 40;

/// The longest name that Compose pads to.
const MOST_NAME_BYTES: usize = 64;

/// Both lines, the second with whatever follows it, without what stands before them, if it is the same program's: `2026-11-23T10:11:12.123456789Z stdout F text`, as
/// Kubernetes keeps it, Compose's `app-1  | text` and mail's `> text`.
pub(super) fn without_prefixes<'t>(before: &'t [u8], line: &'t [u8]) -> Option<(&'t [u8], &'t [u8])> {
    let (name, text) = parted(line)?;
    let (other, before) = parted(before)?;
    (name == other).then_some((before, text))
}

fn parted(line: &[u8]) -> Option<(&[u8], &[u8])> {
    match line.first()? {
        b'>' => Some((b">", line.strip_prefix(b"> ")?)),
        b'0'..=b'9' => stream_and_text(line),
        b'a'..=b'z' | b'A'..=b'Z' => name_and_text(line),
        _ => None,
    }
}

/// The name of a stream with its tag, and what was written to it.
fn stream_and_text(line: &[u8]) -> Option<(&[u8], &[u8])> {
    // RFC 3339, as few logs write their own times.
    line.get(10).filter(|byte| **byte == b'T')?;
    let stamp = memchr::memchr(b' ', &line[..line.len().min(MOST_STAMP_BYTES)])?;
    let (tag, text) = line[stamp..].split_at_checked(10)?;
    let is_stream = matches!(tag, b" stdout F " | b" stderr F " | b" stdout P " | b" stderr P ");
    (is_stream && !line[..stamp].contains(&b'\n')).then_some((&tag[..7], text))
}

/// The name that Compose gives a container, and what it wrote.
fn name_and_text(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let name = line.iter().take(MOST_NAME_BYTES).take_while(is_of_name).count();
    let rest = &line[name..];
    let blanks = rest.iter().take(MOST_NAME_BYTES).take_while(|byte| **byte == b' ').count();
    let text = rest[blanks..].strip_prefix(b"| ")?;
    (name > 0 && blanks > 0).then_some((&line[..name], text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_one_program_wrote_is_compared() {
        let pair = |before: &'static str, line: &'static str| {
            let pair = without_prefixes(before.as_bytes(), line.as_bytes());
            pair.map(|(before, line)| (str::from_utf8(before).unwrap(), str::from_utf8(line).unwrap()))
        };
        let (cri, next) = ("2026-11-23T10:11:12.123456789Z stdout F a", "2026-11-23T10:11:13+01:00 stdout F    at b");
        assert_eq!(pair(cri, next), Some(("a", "   at b")));
        assert_eq!(pair("app-1  | a", "app-1  |   b"), Some(("a", "  b")));
        assert_eq!(pair("app-1  | a", "db-1   | b"), None);
        assert_eq!(pair(cri, "2026-11-23T10:11:12.123456789Z stderr F b"), None);
        assert_eq!(pair("> a", "> \tat b"), Some(("a", "\tat b")));
        assert_eq!(pair("> a", "b"), None);
        assert_eq!(pair("a | b", "a| b"), None);
        assert_eq!(pair(cri, "2026-11-23T10:11:12Z ERROR b"), None);
    }
}
