//! The text of an ini file, line by line.

/// How the bytes of a file are text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// UTF-8, or a legacy page whose bytes nobody looks at.
    Narrow,
    /// UTF-16 with a mark, little end first: what Windows reads as Unicode.
    Wide,
    /// The same, big end first.
    WideBig,
}

/// The lines, each with its own end.
pub(super) struct Document {
    encoding: Encoding,
    lines: Vec<Vec<u8>>,
}

/// What a line is.
enum Kind<'a> {
    Section(&'a [u8]),
    /// A key and its value, without the blanks around them.
    Key(&'a [u8], &'a [u8]),
    /// Something else in a section.
    Bare(&'a [u8]),
    /// A comment or nothing.
    Nothing,
}

impl Document {
    pub(super) fn new(bytes: &[u8]) -> Document {
        let (encoding, text) = match bytes {
            [0xff, 0xfe, rest @ ..] => (Encoding::Wide, decode(rest, u16::from_le_bytes)),
            [0xfe, 0xff, rest @ ..] => (Encoding::WideBig, decode(rest, u16::from_be_bytes)),
            rest => (Encoding::Narrow, rest.to_vec()),
        };
        Document { encoding, lines: text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect() }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let text = self.lines.concat();
        let (mark, encode): (_, fn(u16) -> [u8; 2]) = match self.encoding {
            Encoding::Narrow => return text,
            Encoding::Wide => ([0xff, 0xfe], u16::to_le_bytes),
            Encoding::WideBig => ([0xfe, 0xff], u16::to_be_bytes),
        };
        let units = String::from_utf8_lossy(&text).encode_utf16().flat_map(encode).collect::<Vec<u8>>();
        [&mark[..], &units].concat()
    }

    pub(super) fn sections(&self) -> Vec<Vec<u8>> {
        let names = self.lines.iter().filter_map(|line| match kind(line) {
            Kind::Section(name) => Some(name.to_vec()),
            _ => None,
        });
        names.collect()
    }

    pub(super) fn keys(&self, section: &[u8]) -> Option<Vec<Vec<u8>>> {
        Some(self.body(section)?.iter().filter_map(|line| key(line).map(|(key, _)| key.to_vec())).collect())
    }

    pub(super) fn lines(&self, section: &[u8]) -> Option<Vec<Vec<u8>>> {
        let lines = self.body(section)?.iter().filter_map(|line| match kind(line) {
            Kind::Key(key, value) => Some([key, b"=", value].concat()),
            Kind::Bare(text) => Some(text.to_vec()),
            Kind::Section(_) | Kind::Nothing => None,
        });
        Some(lines.collect())
    }

    pub(super) fn value(&self, section: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
        let mut keys = self.body(section)?.iter().filter_map(|line| key(line));
        keys.find(|(key, _)| same(key, wanted)).map(|(_, value)| without_quotes(value).to_vec())
    }

    pub(super) fn set(&mut self, section: &[u8], wanted: &[u8], value: Option<&[u8]>) {
        let place = self.place(section).and_then(|(begin, end)| {
            (begin..end).find(|at| key(&self.lines[*at]).is_some_and(|(key, _)| same(key, wanted)))
        });
        match (place, value) {
            (None, None) => {}
            (Some(at), None) => drop(self.lines.remove(at)),
            (Some(at), Some(value)) => {
                // The key stays spelled as it is.
                let name = key(&self.lines[at]).map_or(wanted, |(key, _)| key).to_vec();
                self.lines[at] = line(&[&name, b"=", value]);
            }
            (None, Some(value)) => {
                let at = self.end_of(section);
                self.lines.insert(at, line(&[wanted, b"=", value]));
            }
        }
    }

    pub(super) fn replace(&mut self, section: &[u8], lines: Option<&[Vec<u8>]>) {
        let place = self.place(section);
        match (place, lines) {
            (None, None) => {}
            (Some((begin, end)), None) => drop(self.lines.drain(begin - 1..end)),
            (_, Some(lines)) => {
                if let Some((begin, end)) = place {
                    self.lines.drain(begin..end);
                }
                let at = self.end_of(section);
                self.lines.splice(at..at, lines.iter().map(|text| line(&[text])));
            }
        }
    }

    /// Where a section has its next line: behind its last one that is not empty. It is made if it is not there.
    fn end_of(&mut self, section: &[u8]) -> usize {
        let (begin, end) = self.place(section).unwrap_or_else(|| {
            self.end_last_line();
            self.lines.push(line(&[b"[", section, b"]"]));
            (self.lines.len(), self.lines.len())
        });
        let last = (begin..end).rev().find(|at| !trim(&self.lines[*at]).is_empty());
        let at = last.map_or(begin, |last| last + 1);
        if at == self.lines.len() {
            self.end_last_line();
        }
        at
    }

    fn end_last_line(&mut self) {
        if let Some(last) = self.lines.last_mut().filter(|last| !last.ends_with(b"\n")) {
            last.extend(b"\r\n");
        }
    }

    fn body(&self, section: &[u8]) -> Option<&[Vec<u8>]> {
        self.place(section).map(|(begin, end)| &self.lines[begin..end])
    }

    /// Where the lines of a section are, without its head. Of several with the same name the first counts.
    fn place(&self, section: &[u8]) -> Option<(usize, usize)> {
        let head =
            self.lines.iter().position(|line| matches!(kind(line), Kind::Section(name) if same(name, section)))?;
        let begin = head + 1;
        let next = self.lines[begin..].iter().position(|line| matches!(kind(line), Kind::Section(_)));
        Some((begin, next.map_or(self.lines.len(), |count| begin + count)))
    }
}

fn decode(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units).into_bytes()
}

fn line(parts: &[&[u8]]) -> Vec<u8> {
    [&parts.concat()[..], b"\r\n"].concat()
}

/// A control Z ended text files once.
fn trim(text: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0x0b | 0x1a);
    let begin = text.iter().position(|byte| !is_blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !is_blank(byte)).map_or(begin, |last| last + 1);
    &text[begin..end]
}

fn kind(line: &[u8]) -> Kind<'_> {
    match trim(line) {
        [] | [b';', ..] => Kind::Nothing,
        [b'[', rest @ ..] if rest.contains(&b']') => {
            Kind::Section(trim(&rest[..rest.iter().rposition(|byte| *byte == b']').unwrap_or(rest.len())]))
        }
        text => match text.iter().position(|byte| *byte == b'=') {
            Some(at) => Kind::Key(trim(&text[..at]), trim(&text[at + 1..])),
            None => Kind::Bare(text),
        },
    }
}

fn key(line: &[u8]) -> Option<(&[u8], &[u8])> {
    match kind(line) {
        Kind::Key(key, value) => Some((key, value)),
        _ => None,
    }
}

fn same(one: &[u8], other: &[u8]) -> bool {
    let other = trim(other);
    one.eq_ignore_ascii_case(other)
        || !one.is_ascii()
            && String::from_utf8_lossy(one).to_lowercase() == String::from_utf8_lossy(other).to_lowercase()
}

fn without_quotes(value: &[u8]) -> &[u8] {
    match value {
        [first @ (b'"' | b'\''), inner @ .., last] if first == last => inner,
        whole => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &[u8], edit: impl FnOnce(&mut Document)) -> Vec<u8> {
        let mut document = Document::new(text);
        edit(&mut document);
        document.bytes()
    }

    #[test]
    fn comments_blank_lines_and_foreign_bytes_stay() {
        let text = b"; caf\xe9\n[ a ]\n  One = 'x' \n; note\n\n\n[b]\r\nlast=1";
        assert_eq!(Document::new(text).bytes(), text);
        assert_eq!(Document::new(text).value(b"A", b"ONE").unwrap(), b"x");
        let changed = after(text, |document| {
            document.set(b"a", b"one", Some(b"2"));
            document.set(b"a", b"new", Some(b"3"));
            document.set(b"B", b"more", Some(b"4"));
        });
        assert_eq!(changed, b"; caf\xe9\n[ a ]\nOne=2\r\n; note\nnew=3\r\n\n\n[b]\r\nlast=1\r\nmore=4\r\n".as_slice());
    }

    /// Source: test_WritePrivateProfileString of Wine's dlls/kernel32/tests/profile.c, which was run on Windows.
    #[test]
    fn a_new_section_begins_on_a_line_of_its_own() {
        let text = b"Data \0 before \0 first \0 section";
        let changed = after(text, |document| document.set(b"section1", b"key1", Some(b"string1")));
        assert_eq!(changed, b"Data \0 before \0 first \0 section\r\n[section1]\r\nkey1=string1\r\n".as_slice());
    }

    #[test]
    fn sections_are_replaced_and_taken_away() {
        let text = b"[a]\r\nx=1\r\n[b]\r\ny=2\r\n";
        let lines = [b"z=3".to_vec(), b"bare".to_vec()];
        assert_eq!(
            after(text, |document| document.replace(b"a", Some(&lines))),
            b"[a]\r\nz=3\r\nbare\r\n[b]\r\ny=2\r\n"
        );
        assert_eq!(after(text, |document| document.replace(b"A", None)), b"[b]\r\ny=2\r\n");
        assert_eq!(after(text, |document| document.replace(b"c", Some(&[]))), b"[a]\r\nx=1\r\n[b]\r\ny=2\r\n[c]\r\n");
        assert_eq!(after(text, |document| document.replace(b"c", None)), text);
    }

    #[test]
    fn utf16_stays_utf16() {
        let wide = |text: &str| {
            [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
        };
        let text = wide("[Ä]\r\nkey=ö\r\n");
        assert_eq!(Document::new(&text).value("ä".as_bytes(), b"key").unwrap(), "ö".as_bytes());
        assert_eq!(after(&text, |document| document.set("ä".as_bytes(), b"key", Some(b"1"))), wide("[Ä]\r\nkey=1\r\n"));
    }
}
