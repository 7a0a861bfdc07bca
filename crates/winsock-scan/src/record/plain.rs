//! What was written, under what a terminal, a shipper or a container made of its signs: colours, `#012` of rsyslog, `\u0448` of
//! JSON in ASCII, `&quot;` of HTML, `%3A` of URLs.
//!
//! `\n` and `\"` stay as they are: whoever reads a record knows them.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

/// A text with nothing written out, and where its bytes came from.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    text: Vec<u8>,
    signs: Vec<Sign>,
}

/// What was written out, and what stands for it.
#[derive(Debug)]
struct Sign {
    plain: Range<usize>,
    written: Range<usize>,
}

impl Plain {
    /// Forgets the text that was read: nothing was written out.
    pub(crate) fn clear(&mut self) {
        self.signs.clear();
    }

    /// Whether anything was written out in the text that was read last.
    pub(crate) fn has_any(&self) -> bool {
        !self.signs.is_empty()
    }

    /// Reads a text; whether anything is written out in it.
    pub(crate) fn read(&mut self, written: &[u8]) -> bool {
        self.signs.clear();
        self.text.clear();
        let mut marks = Marks::of(written);
        let (mut at, mut copied) = (0, 0);
        while let Some(mark) = marks.next(at) {
            at = mark;
            let Some((length, meant)) = sign_at(written, at) else {
                // Of `\\ubeef`, the second backslash begins nothing.
                at += written[at..].iter().take_while(|byte| **byte == b'\\').count().max(1);
                continue;
            };
            self.text.extend_from_slice(&written[copied..at]);
            let start = self.text.len();
            self.text.extend_from_slice(&meant);
            self.signs.push(Sign { plain: start..self.text.len(), written: at..at + length });
            at += length;
            copied = at;
        }
        if self.signs.is_empty() {
            return false;
        }
        self.text.extend_from_slice(&written[copied..]);
        true
    }

    /// The text that was read last, if anything was written out in it; otherwise it is `written`.
    pub(crate) fn of<'t>(&'t self, written: &'t [u8]) -> &'t [u8] {
        if self.signs.is_empty() { written } else { &self.text }
    }

    /// Where a range of [`of`](Plain::of) is written.
    #[inline]
    pub(crate) fn written(&self, range: &Range<usize>) -> Range<usize> {
        if self.signs.is_empty() { range.clone() } else { self.written_among_signs(range) }
    }

    fn written_among_signs(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.byte(range.start);
        let end = if range.is_empty() { first.start } else { self.byte(range.end - 1).end };
        first.start..end
    }

    /// How a byte is written.
    fn byte(&self, at: usize) -> Range<usize> {
        let next = self.signs.partition_point(|sign| sign.plain.end <= at);
        match (self.signs.get(next), self.signs[..next].last()) {
            (Some(sign), _) if sign.plain.start <= at => sign.written.clone(),
            (_, Some(sign)) => sign.written.end + at - sign.plain.end..sign.written.end + at - sign.plain.end + 1,
            (_, None) => at..at + 1,
        }
    }

    /// Whether something written out ends before a place of a text.
    #[inline]
    pub(crate) fn ends_before(text: &[u8], at: usize) -> bool {
        // A colour with a letter, an entity with its sign, what has a number with a digit.
        at > 0 && (text[at - 1].is_ascii_alphanumeric() || text[at - 1] == b';') && ends_with_sign(&text[..at])
    }

    /// Whether something written out begins at a place of a text.
    pub(crate) fn begins(text: &[u8], at: usize) -> bool {
        text.get(at).is_some_and(|byte| MARKS[usize::from(*byte)]) && sign_at(text, at).is_some()
    }
}

fn ends_with_sign(text: &[u8]) -> bool {
    const LENGTHS: RangeInclusive<usize> = 3..=8;
    LENGTHS.take_while(|length| *length <= text.len()).any(|length| {
        let start = text.len() - length;
        MARKS[usize::from(text[start])] && sign_at(text, start).is_some_and(|(found, _)| found == length)
    })
}

/// Whether a byte may begin what is written out.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let (signs, mut at) = (b"\x1b^\\&#%[", 0);
    while at < signs.len() {
        marks[signs[at] as usize] = true;
        at += 1;
    }
    marks
};

/// Finds marks in a text, of three kinds, since three bytes are sought at once.
#[derive(Debug)]
struct Marks<'t> {
    text: &'t [u8],
    /// The next of each kind.
    next: [usize; 3],
}

impl<'t> Marks<'t> {
    fn of(text: &'t [u8]) -> Marks<'t> {
        let mut marks = Marks { text, next: [0; 3] };
        marks.next = [0, 1, 2].map(|kind| marks.find(kind, 0));
        marks
    }

    fn find(&self, kind: usize, from: usize) -> usize {
        let text = &self.text[from..];
        let found = match kind {
            0 => memchr::memchr3(0x1B, b'\\', b'&', text),
            1 => memchr::memchr3(b'#', b'%', b'^', text),
            _ => memchr::memchr(b'[', text),
        };
        found.map_or(usize::MAX, |found| from + found)
    }

    /// The first that does not stand before `from`.
    fn next(&mut self, from: usize) -> Option<usize> {
        for kind in 0..3 {
            if self.next[kind] < from {
                self.next[kind] = self.find(kind, from);
            }
        }
        self.next.into_iter().min().filter(|at| *at < self.text.len())
    }
}

/// How long what is written out at a place is, and what it means.
type Meant = Option<(usize, Cow<'static, [u8]>)>;

fn sign_at(text: &[u8], at: usize) -> Meant {
    match text[at] {
        0x1B => sequence(text, at, at + 1).or(Some((1, Cow::default()))),
        b'^' => text[at..].starts_with(b"^[[").then(|| sequence(text, at, at + 2)).flatten(),
        b'[' => bare_colour(&text[at..]),
        b'\\' => behind_backslash(text, at),
        b'&' => entity(&text[at..]),
        b'#' => octal(text, at),
        _ => percent(text, at),
    }
}

fn meant(length: usize, text: &'static [u8]) -> Meant {
    Some((length, Cow::Borrowed(text)))
}

fn letter(length: usize, letter: char) -> Meant {
    Some((length, Cow::Owned(letter.encode_utf8(&mut [0; 4]).as_bytes().to_vec())))
}

/// What a terminal does at the sequence whose ESC, in whatever form, begins at `at` and ends at `behind`: colours and moves.
/// Source: ECMA-48, 5.4 and 8.3.
fn sequence(text: &[u8], at: usize, behind: usize) -> Meant {
    const MOST_BYTES: usize = 32;
    const MOST_LINK_BYTES: usize = 1 << 10;
    let rest = &text[behind..];
    match rest.first()? {
        b'[' => {
            let parameters = rest[1..].iter().take(MOST_BYTES).take_while(|byte| matches!(byte, b' '..=b'?')).count();
            let end = *rest.get(1 + parameters).filter(|byte| matches!(byte, b'@'..=b'~'))?;
            // Windows' console skips blanks instead of printing them.
            meant(behind + 2 + parameters - at, if end == b'C' { b" " } else { b"" })
        }
        // A link, or the title of a window: up to BEL or `ESC \`.
        b']' if text[at] == 0x1B => {
            let end = rest.iter().take(MOST_LINK_BYTES).position(|byte| matches!(byte, 0x07 | 0x1B))?;
            let end = end + 1 + usize::from(rest[end..].starts_with(b"\x1b\\"));
            meant(behind + end - at, b"")
        }
        b'(' if text[at] == 0x1B => meant(behind + 2 - at, b"").filter(|_| rest.len() > 1),
        _ => None,
    }
}

/// `[31m`, `[1;32m`, `[0m`: a colour whose ESC was lost on the way.
fn bare_colour(text: &[u8]) -> Meant {
    const MOST_BYTES: usize = 16;
    let length = 1 + text[1..].iter().take(MOST_BYTES).take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    let first = text[1..length].iter().take_while(|byte| **byte != b';').count();
    let is_colour = matches!(first, 1 | 2) && text.get(length) == Some(&b'm');
    // `rate(errors[5m])` is a time.
    (is_colour && text.get(length + 1) != Some(&b']')).then_some(())?;
    meant(length + 1, b"")
}

fn behind_backslash(text: &[u8], at: usize) -> Meant {
    const MOST: usize = 8;
    const MOST_NAME_BYTES: usize = 16;
    let run = text[at..].iter().take(MOST).take_while(|byte| **byte == b'\\').count();
    let rest = &text[at + run..];
    match rest.first()? {
        b'u' => unicode(text, at, run),
        b'x' => hexadecimal(text, at, run),
        // ArcSight writes `=` so in its fields, strings of Python and SQL their quotes; `'C:\data\'` ends with a path.
        b'=' if run == 1 => meant(2, b"="),
        b'\'' if run == 1 && text[..at].iter().rev().take(MOST_NAME_BYTES).all(|byte| !b":\\".contains(byte)) => {
            meant(2, b"'")
        }
        b'e' if rest[1..].starts_with(b"[") => sequence(text, at, at + run + 1),
        b'0' if rest.starts_with(b"033[") => sequence(text, at, at + run + 3),
        b'0' if run == 1 && !is_digit(rest.get(3)) => meant(4, line_end(&rest[..rest.len().min(3)])?),
        _ => None,
    }
}

/// What `012`, `015` and `011` mean, as rsyslog and others write line ends and tabs.
fn line_end(octal: &[u8]) -> Option<&'static [u8]> {
    match octal {
        b"012" => Some(b"\n"),
        b"015" => Some(b"\r"),
        b"011" => Some(b"\t"),
        _ => None,
    }
}

/// `\u0448`, `\ud83d\ude00`, with as many backslashes as there are strings around it.
fn unicode(text: &[u8], at: usize, run: usize) -> Meant {
    let unit = |at: usize| hex(text.get(at..at + 4)?);
    let first = unit(at + run + 1)?;
    let length = run + 5;
    let slashes = &text[at..at + run];
    let kept = |sign: u8| Some((length, Cow::Owned([slashes, &[sign]].concat())));
    match first {
        0x1B => sequence(text, at, at + length),
        // As JSON has them otherwise.
        0x0A => kept(b'n'),
        0x0D => kept(b'r'),
        0x09 => kept(b't'),
        0x22 => kept(b'"'),
        0x5C => kept(b'\\'),
        0..0x20 => meant(length, b" "),
        0xD800..0xDC00 => {
            let low = at + length;
            let follows = text[low..].starts_with(slashes) && text.get(low + run) == Some(&b'u');
            let second = follows.then(|| unit(low + run + 1)).flatten()?;
            let both = char::decode_utf16([first as u16, second as u16]).next()?.ok()?;
            letter(2 * length, both)
        }
        // `\\udead01\share` is a path.
        0x0250.. if run > 1 && text.get(at + length).is_some_and(u8::is_ascii_alphanumeric) => None,
        _ => letter(length, char::from_u32(first)?),
    }
}

/// `\x1b[31m`, `\xd0\x9f`, `\x0a`, `\x22`; but `build\x64\relay` is a path.
fn hexadecimal(text: &[u8], at: usize, run: usize) -> Meant {
    let length = run + 3;
    let value = hex(text.get(at + run + 1..at + length)?)?;
    let is_beside_other = || text[at + length..].starts_with(b"\\x") || is_hexadecimal_before(text, at);
    match value {
        0x1B => sequence(text, at, at + length),
        0x0A => meant(length, b"\n"),
        0x0D => meant(length, b"\r"),
        0x09 => meant(length, b"\t"),
        0x22 => Some((length, Cow::Borrowed(b"\""))),
        0x27 => Some((length, Cow::Borrowed(b"'"))),
        0x80.. if is_beside_other() => Some((length, Cow::Owned(vec![value as u8]))),
        _ => None,
    }
}

fn is_hexadecimal_before(text: &[u8], at: usize) -> bool {
    matches!(text[..at], [.., b'\\', b'x', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// `&quot;`, `&#39;`, `&#x27;`, and `&amp;quot;` of what was written out twice. Letters with accents are left, as whoever
/// compares texts knows them.
fn entity(text: &[u8]) -> Meant {
    const MOST_BYTES: usize = 10;
    const NAMES: [(&[u8], &[u8]); 6] =
        [(b"quot", b"\""), (b"apos", b"'"), (b"lt", b"<"), (b"gt", b">"), (b"nbsp", b" "), (b"amp", b"&")];
    let mut begin = 1;
    while text[begin..].starts_with(b"amp;") && is_entity(&text[begin + 4..]) {
        begin += 4;
    }
    let end = begin + memchr::memchr(b';', &text[begin..text.len().min(begin + MOST_BYTES)])?;
    let name = &text[begin..end];
    if let Some(number) = name.strip_prefix(b"#") {
        let value = match number.strip_prefix(b"x").or_else(|| number.strip_prefix(b"X")) {
            Some(digits) => hex(digits)?,
            None => std::str::from_utf8(number).ok()?.parse().ok()?,
        };
        return letter(end + 1, char::from_u32(value)?);
    }
    let (_, sign) = NAMES.iter().find(|(known, _)| *known == name)?;
    meant(end + 1, sign)
}

/// `quot;`, `#39;`: the rest of something that HTML writes out.
fn is_entity(rest: &[u8]) -> bool {
    let name = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    name > 1 && rest.get(name) == Some(&b';')
}

/// `#012`, `#015`, `#011` and `#033[` of rsyslog and others; `worker #012 ` is a number.
fn octal(text: &[u8], at: usize) -> Meant {
    let digits = text.get(at + 1..at + 4)?;
    if digits == b"033" {
        return sequence(text, at, at + 4);
    }
    let is_number =
        matches!(text[..at], [.., before, b' '] if before.is_ascii_alphanumeric()) || is_digit(text.get(at + 4));
    meant(4, line_end(digits).filter(|_| !is_number)?)
}

/// `%3A`, `%20`, `%D0%9F`, and `%2520` of what was written out twice. `fe80::1%20` names an interface, `%20s` and `%3d` are formats.
fn percent(text: &[u8], at: usize) -> Meant {
    let mut digits = at + 1;
    while text[digits..].starts_with(b"25") && hex_of_percent(text, digits + 2).is_some_and(|value| value != 0x25) {
        digits += 2;
    }
    let value = hex_of_percent(text, digits)?;
    let length = digits + 2 - at;
    let is_format = || {
        let behind = &text[at + length..];
        let ends = |at: usize| !behind.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'%');
        matches!(behind.first(), Some(b's' | b'd' | b'u' | b'x')) && ends(1)
            || text[digits + 1].is_ascii_lowercase() && ends(0)
    };
    let is_beside_other = || text.get(at + length) == Some(&b'%') || at > 2 && text[at - 3] == b'%';
    match value as u8 {
        byte @ 0x80.. if is_beside_other() => Some((length, Cow::Owned(vec![byte]))),
        byte if is_sign(byte) && !is_format() && !is_scope(&text[..at]) => Some((length, Cow::Owned(vec![byte]))),
        _ => None,
    }
}

/// What URLs do not have as it is.
fn is_sign(byte: u8) -> bool {
    byte.is_ascii_punctuation() || matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn hex_of_percent(text: &[u8], at: usize) -> Option<u32> {
    hex(text.get(at..at + 2)?)
}

/// Whether an IPv6 address ends a text, behind which the number of an interface stands.
fn is_scope(before: &[u8]) -> bool {
    let address = before.iter().rev().take(40).take_while(|byte| byte.is_ascii_hexdigit() || **byte == b':').count();
    let address = &before[before.len() - address..];
    address.windows(2).any(|two| two == b"::") || memchr::memchr_iter(b':', address).count() > 3
}

fn is_digit(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_digit)
}

/// The value of hexadecimal digits, at most six.
fn hex(digits: &[u8]) -> Option<u32> {
    let is_number = (1..=6).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit);
    is_number.then(|| std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok()))?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_place_is_one_of_what_is_written(
            parts in proptest::collection::vec("[\u{1b}^&#%\\\\\\[\\]();a-fu-z0-9 é]{0,6}|\\\\u04[0-9]{2}|&amp;lt;|%2541|#012|\u{1b}\\[1m", 0..12)
        ) {
            let written = parts.concat();
            let mut plain = Plain::default();
            let any = plain.read(written.as_bytes());
            let text = plain.of(written.as_bytes()).to_vec();
            prop_assert!(any || text == written.as_bytes());
            let mut end = 0;
            for (at, byte) in text.iter().enumerate() {
                let one = plain.written(&(at..at + 1));
                prop_assert!(one.start < one.end && one.end <= written.len() && one.end >= end);
                // What is not written out is itself.
                prop_assert!(one.len() > 1 || *byte == written.as_bytes()[one.start]);
                end = one.end;
            }
            let all = plain.written(&(0..text.len()));
            prop_assert!(all.start <= all.end && all.end <= written.len());
            for at in 0..=written.len() {
                Plain::ends_before(written.as_bytes(), at);
                Plain::begins(written.as_bytes(), at);
            }
        }
    }

    fn plain(text: &str) -> String {
        let mut plain = Plain::default();
        plain.read(text.as_bytes());
        String::from_utf8(plain.of(text.as_bytes()).to_vec()).unwrap()
    }

    #[test]
    fn what_is_written_out_is_read() {
        for (written, wanted) in [
            ("\x1b[31mERR\x1b[0m recv", "ERR recv"),
            (r"\u001b[31mERR\x1b[0m \033[1;31mrecv\e[m", "ERR recv"),
            ("[31mERR[0m ^[[32mrecv^[[0m", "ERR recv"),
            ("a\x1b[Cb\x1b]8;;https://x\x1b\\link\x1b]8;;\x07", "a blink"),
            ("failed#012  at a#015#012Caused#011by", "failed\n  at a\r\nCaused\tby"),
            (r"failed\012  at a", "failed\n  at a"),
            (r"\u043e\u0448 \\u043e \u0022a\u003e\u000ab", "ош о \\\"a>\\nb"),
            (r"\ud83d\ude00!", "\u{1F600}!"),
            ("&quot;a&quot; &#39;b&#x27; &amp;lt;c&gt; d &amp; e", "\"a\" 'b' <c> d & e"),
            ("connect%20to%2010.0.0.5%3A443%3a%20a%2520b", "connect to 10.0.0.5:443: a b"),
            ("%D0%BE", "о"),
            (r"code\=7", "code=7"),
            (r"can\'t in 'C:\data\'", r"can't in 'C:\data\'"),
            (r"b'\xd0\xbe\x0a'", "b'о\n'"),
        ] {
            assert_eq!(plain(written), wanted, "{written}");
        }
    }

    #[test]
    fn what_only_looks_so_stays() {
        for text in [
            r"C:\build\x64\Release\x86\a.exe",
            r"\\udead01\share \\ubeef01\share",
            r"D:\0123\x",
            "worker #012 is up, order #0121",
            "fe80::1%20 is up",
            "%20s %3d, 100% sure",
            "rate(errors[5m])",
            "a&b; ?x=1&lt=2 &eacute;",
            r"a\nb \\n \u12 \u12g4",
            "a [10054] [5m]",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn places_are_those_of_what_is_written() {
        let written = "\x1b[31merr \x1b[1m10054\x1b[0m \\u0448 &lt;x";
        let mut plain = Plain::default();
        assert!(plain.read(written.as_bytes()));
        let text = std::str::from_utf8(plain.of(written.as_bytes())).unwrap().to_owned();
        let at = |part: &str| {
            let start = text.find(part).unwrap();
            &written[plain.written(&(start..start + part.len()))]
        };
        assert_eq!(text, "err 10054 ш <x");
        assert_eq!(["err", "10054", "ш", "<", "x"].map(at), ["err", "10054", "\\u0448", "&lt;", "x"]);
    }
}
