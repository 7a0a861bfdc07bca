//! Which encoding a text is in, and turning it into UTF-8.
//!
//! UTF-8 and text in unknown 8-bit code pages pass through untouched: every code page that Windows programs log in keeps
//! ASCII as it is, and so do numbers, names and English messages. Only UTF-16 is recognised by itself; a code page is
//! named by the user.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use encoding_rs::{CoderResult, Decoder, Encoding};

use crate::error::{ErrorKind, Problems};
use crate::layer::Layer;

/// A text encoding to read an input in.
///
/// Parsed from the labels of the WHATWG Encoding Standard (`windows-1251`, `shift_jis`, `gbk`, `utf-16le`) and from
/// Windows code page numbers (`1251`, `cp932`).
///
/// ```
/// use wsa_input::TextEncoding;
///
/// assert_eq!("cp1251".parse::<TextEncoding>().unwrap().to_string(), "windows-1251");
/// assert_eq!("932".parse::<TextEncoding>().unwrap().to_string(), "Shift_JIS");
/// assert!("cp437".parse::<TextEncoding>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl FromStr for TextEncoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<TextEncoding, UnknownEncoding> {
        let lower = label.trim().to_ascii_lowercase();
        let number = lower.strip_prefix("cp").unwrap_or(&lower);
        let name = match number {
            "65001" => "utf-8",
            "1200" => "utf-16le",
            "1201" => "utf-16be",
            "932" => "shift_jis",
            "936" => "gbk",
            "949" => "euc-kr",
            "950" => "big5",
            "54936" => "gb18030",
            "866" => "ibm866",
            "874" => "windows-874",
            "20866" => "koi8-r",
            "21866" => "koi8-u",
            "28591" => "windows-1252",
            "1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258" => {
                return Encoding::for_label(format!("windows-{number}").as_bytes())
                    .map(TextEncoding)
                    .ok_or_else(|| UnknownEncoding(label.to_owned()));
            }
            _ => &lower,
        };
        Encoding::for_label(name.as_bytes()).map(TextEncoding).ok_or_else(|| UnknownEncoding(label.to_owned()))
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl TextEncoding {
    /// Whether text in it needs no change.
    pub(crate) fn is_utf8(self) -> bool {
        self.0 == encoding_rs::UTF_8
    }

    pub(crate) fn decoder(self) -> Decoder {
        self.0.new_decoder_with_bom_removal()
    }
}

/// No encoding has this label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEncoding(String);

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown encoding {:?}; known are utf-8, utf-16le, utf-16be, windows-1250 to windows-1258, windows-874, \
             shift_jis (932), gbk (936), euc-kr (949), big5 (950), gb18030, ibm866, koi8-r and the other labels of the \
             WHATWG Encoding Standard",
            self.0
        )
    }
}

impl std::error::Error for UnknownEncoding {}

/// What the head of a plain stream says of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Detected {
    /// The encoding to decode from; `None` passes the bytes through.
    pub(crate) encoding: Option<TextEncoding>,
    /// Length of the byte order mark.
    pub(crate) bom_bytes: usize,
    /// A mark that is recognised and not supported.
    pub(crate) unsupported: Option<&'static str>,
}

/// Looks for a byte order mark, then for the pattern that UTF-16 without one makes.
pub(crate) fn detect(head: &[u8]) -> Detected {
    let found = |encoding, bom_bytes| Detected { encoding, bom_bytes, unsupported: None };
    match head {
        [0xEF, 0xBB, 0xBF, ..] => found(None, 3),
        [0xFF, 0xFE, 0, 0, ..] => Detected { encoding: None, bom_bytes: 0, unsupported: Some("UTF-32LE") },
        [0, 0, 0xFE, 0xFF, ..] => Detected { encoding: None, bom_bytes: 0, unsupported: Some("UTF-32BE") },
        [0xFF, 0xFE, ..] => found(Some(TextEncoding(encoding_rs::UTF_16LE)), 2),
        [0xFE, 0xFF, ..] => found(Some(TextEncoding(encoding_rs::UTF_16BE)), 2),
        _ => found(utf16_without_mark(head), 0),
    }
}

/// UTF-16 betrays itself: the high bytes of ASCII, which every log has at least in digits, blanks and line ends, are 0.
fn utf16_without_mark(head: &[u8]) -> Option<TextEncoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let ascii = |byte: u8| matches!(byte, b'\t' | b'\r' | b'\n' | b' '..=b'~');
    let (mut little, mut big) = (0, 0);
    for pair in head.chunks_exact(2) {
        little += usize::from(pair[1] == 0 && ascii(pair[0]));
        big += usize::from(pair[0] == 0 && ascii(pair[1]));
    }
    // A fifth is what Chinese log lines keep for digits and blanks. Binary data has zeros in both positions.
    if little * 5 >= pairs && big * 20 <= little {
        return Some(TextEncoding(encoding_rs::UTF_16LE));
    }
    if big * 5 >= pairs && little * 20 <= big {
        return Some(TextEncoding(encoding_rs::UTF_16BE));
    }
    None
}

/// A reader of UTF-8 over a reader of something else.
pub(crate) struct Transcoded {
    layer: Layer,
    decoder: Decoder,
    name: &'static str,
    input: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
    finished: bool,
    ill_formed: bool,
    output: Vec<u8>,
    output_start: usize,
    problems: Problems,
}

const INPUT_BYTES: usize = 32 << 10;

impl Transcoded {
    pub(crate) fn new(layer: Layer, encoding: TextEncoding, problems: Problems) -> Transcoded {
        Transcoded {
            layer,
            decoder: encoding.decoder(),
            name: encoding.0.name(),
            input: vec![0; INPUT_BYTES],
            start: 0,
            end: 0,
            at_end: false,
            finished: false,
            ill_formed: false,
            output: Vec::new(),
            output_start: 0,
            problems,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.start == self.end && !self.at_end {
            self.end = self.layer.read(&mut self.input)?;
            self.start = 0;
            self.at_end = self.end == 0;
        }
        // Three bytes of UTF-8 for one unit of any encoding, and room for what the decoder held back.
        self.output.resize(INPUT_BYTES * 3 + 64, 0);
        let source = &self.input[self.start..self.end];
        let (result, read, written, replaced) = self.decoder.decode_to_utf8(source, &mut self.output, self.at_end);
        self.start += read;
        self.output.truncate(written);
        self.output_start = 0;
        self.finished = self.at_end && result == CoderResult::InputEmpty;
        if replaced && !self.ill_formed {
            self.ill_formed = true;
            let name = self.name;
            self.problems.note(
                ErrorKind::IllFormedText,
                format!("the text is not well-formed {name}; bad sequences were replaced and the rest scanned"),
            );
        }
        Ok(())
    }
}

impl Read for Transcoded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.output_start == self.output.len() {
            if self.finished || buf.is_empty() {
                return Ok(0);
            }
            self.refill()?;
        }
        let ready = &self.output[self.output_start..];
        let count = ready.len().min(buf.len());
        buf[..count].copy_from_slice(&ready[..count]);
        self.output_start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf16_without_mark_is_seen_in_english_and_in_chinese() {
        for text in [
            "connect failed with error 10061\r\n",
            "2025-02-03 10:11:12 连接失败 10061 远程主机强迫关闭了一个现有的连接\r\n",
        ] {
            let bytes = utf16le(text);
            assert_eq!(detect(&bytes).encoding.unwrap().to_string(), "UTF-16LE", "{text}");
            let swapped: Vec<u8> = bytes.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
            assert_eq!(detect(&swapped).encoding.unwrap().to_string(), "UTF-16BE", "{text}");
        }
    }

    #[test]
    fn plain_and_binary_heads_are_not_utf16() {
        assert_eq!(detect(b"connect failed with error 10061\n").encoding, None);
        assert_eq!(detect(&[0; 64]).encoding, None);
        assert_eq!(detect(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00").encoding, None);
        assert_eq!(detect(b"").encoding, None);
    }
}
