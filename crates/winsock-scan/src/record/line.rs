//! What single lines look like: announcements, frames, exceptions, dates.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::time::Stamp;

/// `Connecting to 10.0.0.1:80 ...`: what comes of it is told by the next line. A line that tells of a failure announces
/// nothing.
pub(crate) fn announces(line: &[u8]) -> bool {
    // Searchers that are made once: most lines of a log are asked.
    static DOING: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"ing "));
    static TO_DO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"onnect to "));
    const VERBS: [&[u8]; 15] = [
        b"onnect", b"ry", b"esolv", b"pen", b"ontact", b"ial", b"rob", b"oll", b"etch", b"ownload", b"pload", b"uery",
        b"ush", b"ull", b"rack",
    ];
    const FAILURES: [&[u8]; 8] = [b"rror", b"ail", b"efused", b"annot", b"nable", b"imed out", b"reset", b"closed"];
    let line = line.trim_ascii_end();
    let open =
        line.last().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b')' | b']' | b':' | b'/'));
    let tries = || DOING.find_iter(line).any(|at| VERBS.iter().any(|verb| line[..at].ends_with(verb)));
    let fails = || FAILURES.iter().any(|word| memchr::memmem::find(line, word).is_some());
    open && (tries() || TO_DO.find(line).is_some()) && !fails()
}

/// `[18.03.2024 02:11:32] <21> Error   at System.Net.Sockets...` behind a line with the same head, as loggers write that put
/// their head before each line of a message; so do pm2 and Docker Compose before the properties of Node's errors:
/// `0|api  | 2025-05-05T08:01:33:   errno: -4092,`.
pub(super) fn is_headed_frame(before: &[u8], line: &[u8]) -> bool {
    const LEAST_BYTES: usize = 8;
    const MOST_BYTES: usize = 96;
    const MOST_BLANKS: usize = 24;
    const BEGINNINGS: [&[u8]; 8] =
        [b"at ", b"code: '", b"errno: ", b"syscall: '", b"address: '", b"hostname: '", b"port: ", b"[cause]: "];
    // Asked of most lines of a log: in steps of eight, as far as the lines are the same.
    let steps = before.chunks_exact(LEAST_BYTES).zip(line.chunks_exact(LEAST_BYTES)).take(MOST_BYTES / LEAST_BYTES);
    let same = LEAST_BYTES * steps.take_while(|(one, other)| one == other).count();
    if same == 0 {
        return false;
    }
    // What such a line says is indented, right behind what is the same or within the next bytes.
    let near = &line[..line.len().min(same + 2 * LEAST_BYTES)];
    if !may_hold_two_blanks(near) {
        return false;
    }
    memchr::memmem::find_iter(near, b"  ").any(|at| {
        let head = near[..at].trim_ascii_end();
        let rest = &line[at..];
        let blanks = rest.iter().take(MOST_BLANKS).take_while(|byte| **byte == b' ').count();
        head.len() >= LEAST_BYTES
            && BEGINNINGS.iter().any(|begin| rest[blanks..].starts_with(begin))
            && before.starts_with(head)
    })
}

/// Whether two blanks may follow each other; where it says no, they do not. Of few bytes, without a searcher's beginning.
fn may_hold_two_blanks(text: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (words, rest) = text.as_chunks::<8>();
    let (mut before, mut both) = (0, 0);
    for word in words {
        let other = u64::from_le_bytes(*word) ^ (ONES * b' ' as u64);
        // The eighth bit of every byte that is a blank; now and then that of one behind it, which is none.
        let blanks = other.wrapping_sub(ONES) & !other & (ONES << 7);
        both |= blanks & (blanks << 8 | before >> 56);
        before = blanks;
    }
    both != 0 || rest.contains(&b' ')
}

/// PowerShell's `argument(s): "A socket operation was attempted to an unreachable` that goes on in the next line, where the
/// console is no wider, or the line that ends it; and a line behind one that ends with a blank.
pub(super) fn is_wrapped(before: &[u8], line: &[u8]) -> bool {
    let quotes = |text: &[u8]| memchr::memchr_iter(b'"', text).count();
    let opened = memchr::memrchr(b'"', before).is_some_and(|at| before[..at].ends_with(b"argument(s): "));
    let blank = before.strip_suffix(b"\r").unwrap_or(before).last() == Some(&b' ');
    blank && line[0].is_ascii_lowercase()
        || opened
        || line[0].is_ascii_lowercase()
            && quotes(before) == 0
            && quotes(line) == 1
            && line.trim_ascii_end().ends_with(b"\"")
}

/// `D:/ruby/lib/socket.rb:1243:in `write_nonblock'`, with nothing behind: where it was, not what.
pub(super) fn is_ruby_frame(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.ends_with(b"'") && [&b":in `"[..], b":in '"].iter().any(|way| memchr::memmem::find(line, way).is_some())
}

/// Indy's messages have a line break: `Socket Error # 10060`, then the text.
pub(super) fn ends_with_socket_error(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let digits = line.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    digits == 5 && line[..line.len() - digits].ends_with(b"Socket Error # ")
}

/// `java.net.ConnectException: ...`, `ConnectionResetError: ...`: a name with a class of errors at its end, and a colon.
pub(super) fn is_exception_line(line: &[u8]) -> bool {
    const LEAST_BYTES: usize = 6;
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$');
    // Most lines are found out by these; dates are.
    if !line.first_chunk::<LEAST_BYTES>().is_some_and(|first| first.iter().all(is_of_name)) {
        return false;
    }
    let name = line.iter().take(120).take_while(|byte| is_of_name(byte)).count();
    let rest = &line[name..];
    let ends = |suffix: &str| line[..name].ends_with(suffix.as_bytes());
    (rest.is_empty()
            || matches!(rest[0], b':' | b'\r' | b'\n')
            // .NET gives the number in brackets.
            || rest.starts_with(b" (0x") && rest.contains(&b':')
            || rest.starts_with(b" (1") && rest.get(7..9) == Some(b"):"))
        && (ends("Error") || ends("Exception") || ends("error") || ends("Timeout"))
}

/// Whether a line begins with a date, as the head of a record in a dated log does.
pub(crate) fn begins_with_stamp(line: &[u8]) -> bool {
    let digits = line.iter().take(48).filter(|byte| byte.is_ascii_digit()).count();
    digits >= 6 && Stamp::parse(&line[..line.len().min(48)]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_blanks_are_seen_wherever_they_stand() {
        for filling in [b'x', b'!', 0x1F, 0xA0, 0xFF, 0] {
            for length in 2..40 {
                let mut text = vec![filling; length];
                assert!(!may_hold_two_blanks(&text), "{filling} {length}");
                for at in 0..length - 1 {
                    text[at..at + 2].fill(b' ');
                    assert!(may_hold_two_blanks(&text), "{filling} {length} {at}");
                    text[at..at + 2].fill(filling);
                }
            }
        }
        assert!(!may_hold_two_blanks(b"2025-02-03 00:00:08.123 ERROR [a] to you"));
    }
}
