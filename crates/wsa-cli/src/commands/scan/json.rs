//! `--json`: one object for each finding, each on a line.
//!
//! Written by hand: a log of nothing but errors gives as many bytes as it has, and the general way costs more than finding
//! the errors does. The tests compare with `serde_json`.

use std::io::{self, Write};

use super::hit::{Batch, Hit};
use super::job::InputFile;
use super::when;

/// Objects on their way to an output, which is given whole ones.
pub(crate) struct JsonLines<W> {
    out: W,
    buffer: Vec<u8>,
    /// The beginning of an object of the file that the last finding was in, by the file's number.
    head: (u64, Vec<u8>),
}

/// How much is written at once.
pub(crate) const BUFFER_BYTES: usize = 64 << 10;

impl<W: Write> JsonLines<W> {
    pub(crate) const fn new(out: W) -> JsonLines<W> {
        JsonLines { out, buffer: Vec::new(), head: (u64::MAX, Vec::new()) }
    }

    /// Writes one finding: the documented fields, and no others.
    ///
    /// `offset` counts bytes of the decoded text: of the file itself for plain UTF-8 without a byte order mark.
    pub(crate) fn finding(&mut self, file: &InputFile, batch: &Batch, hit: &Hit) -> io::Result<()> {
        if self.head.0 != file.number {
            let mut head = b"{\"path\":".to_vec();
            string(&mut head, file.name.as_bytes());
            self.head = (file.number, head);
        }
        let out = &mut self.buffer;
        out.extend_from_slice(&self.head.1);
        for (key, value) in [
            (&b",\"line\":"[..], hit.line),
            (b",\"column\":", hit.column),
            (b",\"offset\":", hit.span.start),
            (b",\"code\":", u64::from(hit.code.value().unsigned_abs())),
        ] {
            out.extend_from_slice(key);
            when::push_decimal(out, value, 1);
        }
        for (key, word) in [
            (&b",\"name\":"[..], hit.code.name()),
            (b",\"form\":", Some(hit.form.as_str())),
            (b",\"confidence\":", Some(hit.confidence.as_str())),
        ] {
            out.extend_from_slice(key);
            word_or_null(out, word);
        }
        out.extend_from_slice(b",\"time\":");
        match &hit.time {
            Some(time) => {
                out.push(b'"');
                when::push_iso(out, time);
                out.push(b'"');
            }
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"operation\":");
        word_or_null(out, hit.operation.map(|operation| operation.as_str()));
        out.extend_from_slice(b",\"peer\":");
        match batch.peer(hit) {
            Some(peer) => string(out, peer.as_bytes()),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"runtime\":");
        word_or_null(out, hit.runtime.map(|runtime| runtime.as_str()));
        out.extend_from_slice(b",\"text\":");
        // The line end of Windows is none of the record's.
        let record = batch.record(hit);
        string(out, record.strip_suffix(b"\r").unwrap_or(record));
        out.extend_from_slice(b"}\n");
        if out.len() >= BUFFER_BYTES { self.write() } else { Ok(()) }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.write()?;
        self.out.flush()
    }

    fn write(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        // A record of tens of kilobytes should not be held for ever.
        self.buffer.shrink_to(2 * BUFFER_BYTES);
        Ok(())
    }
}

/// A word of the program's own, which needs no escapes.
fn word_or_null(out: &mut Vec<u8>, word: Option<&str>) {
    match word {
        Some(word) => {
            out.push(b'"');
            out.extend_from_slice(word.as_bytes());
            out.push(b'"');
        }
        None => out.extend_from_slice(b"null"),
    }
}

/// A string, [legible](wsa_input::legible) whatever its encoding.
fn string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    escaped(out, wsa_input::legible(text).as_bytes());
    out.push(b'"');
}

fn escaped(out: &mut Vec<u8>, mut text: &[u8]) {
    while let Some(at) = first_special(text) {
        out.extend_from_slice(&text[..at]);
        let short = match text[at] {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0C => b'f',
            other => {
                let digit = |value: u8| b"0123456789abcdef"[usize::from(value)];
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(other >> 4), digit(other & 15)]);
                text = &text[at + 1..];
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
        text = &text[at + 1..];
    }
    out.extend_from_slice(text);
}

/// The first byte that JSON does not take as it is.
fn first_special(text: &[u8]) -> Option<usize> {
    let even = even_bytes::<32>(text);
    let at = even + even_bytes::<8>(&text[even..]);
    text[at..].iter().position(|byte| is_special(*byte)).map(|further| at + further)
}

fn is_special(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\')
}

/// How many bytes at the beginning, in pieces of `N`, hold nothing special.
fn even_bytes<const N: usize>(text: &[u8]) -> usize {
    let (pieces, _) = text.as_chunks::<N>();
    // Without a way out in the middle a piece is looked at in a few vector instructions.
    N * pieces.iter().take_while(|piece| !piece.iter().fold(false, |any, byte| any | is_special(*byte))).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_are_written_as_serde_json_writes_them(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut out = Vec::new();
            string(&mut out, &text);
            prop_assert_eq!(out, serde_json::to_vec(&wsa_input::legible(&text)).unwrap());
        }

        #[test]
        fn printable_strings_too(text in "[ -~\\t\\n\u{80}\u{20AC}]{0,120}") {
            let mut out = Vec::new();
            string(&mut out, text.as_bytes());
            prop_assert_eq!(out, serde_json::to_vec(&text).unwrap());
        }
    }
}
