//! Which encoding a text is in, and turning it into UTF-8.
//!
//! UTF-8 and Latin text in unknown code pages pass through untouched: every code page that Windows programs log in keeps
//! ASCII as it is, and so do numbers, names and English messages. UTF-16 is recognised by itself, and so are
//! [code pages](crate::code_page) of other writings; any may be named by the user.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use encoding_rs::{CoderResult, Encoding};
use oem_cp::code_table::DECODING_TABLE_CP_MAP;
use oem_cp::code_table_type::TableType;

use crate::error::{ErrorKind, Problems};
use crate::layer::Layer;

/// A text encoding to read an input in.
///
/// Parsed from the labels of the WHATWG Encoding Standard (`windows-1251`, `shift_jis`, `gbk`, `utf-16le`) and from
/// Windows code page numbers (`1251`, `cp932`), those of consoles among them (`850`, `cp437`).
///
/// ```
/// use wsa_input::TextEncoding;
///
/// assert_eq!("cp1251".parse::<TextEncoding>().unwrap().to_string(), "windows-1251");
/// assert_eq!("932".parse::<TextEncoding>().unwrap().to_string(), "Shift_JIS");
/// assert_eq!("cp850".parse::<TextEncoding>().unwrap().to_string(), "cp850");
/// assert!("cp12345".parse::<TextEncoding>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Standard(&'static Encoding),
    /// What a program prints on a Windows console, and what is redirected from one. The standard has few of these pages.
    Console(u16),
}

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
                    .map(TextEncoding::standard)
                    .ok_or_else(|| UnknownEncoding(label.to_owned()));
            }
            _ => &lower,
        };
        let standard = Encoding::for_label(name.as_bytes()).map(TextEncoding::standard);
        let console =
            || number.parse().ok().filter(|number| DECODING_TABLE_CP_MAP.contains_key(number)).map(Kind::Console);
        standard.or_else(|| console().map(TextEncoding)).ok_or_else(|| UnknownEncoding(label.to_owned()))
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Standard(encoding) => f.write_str(encoding.name()),
            Kind::Console(number) => write!(f, "cp{number}"),
        }
    }
}

impl TextEncoding {
    pub(crate) const fn standard(encoding: &'static Encoding) -> TextEncoding {
        TextEncoding(Kind::Standard(encoding))
    }

    /// Whether text in it needs no change.
    pub(crate) fn is_utf8(self) -> bool {
        self.0 == Kind::Standard(encoding_rs::UTF_8)
    }

    pub(crate) fn decoder(self) -> Decoder {
        match self.0 {
            Kind::Standard(encoding) => Decoder::Standard(encoding.new_decoder_with_bom_removal()),
            Kind::Console(number) => Decoder::Console(&DECODING_TABLE_CP_MAP[&number]),
        }
    }
}

/// Turns bytes of an encoding into UTF-8, piece by piece.
pub(crate) enum Decoder {
    Standard(encoding_rs::Decoder),
    Console(&'static TableType),
}

/// What a piece came to.
pub(crate) struct Decoded {
    /// How many bytes were read. What is left wants room.
    pub(crate) read: usize,
    /// How many were written.
    pub(crate) written: usize,
    /// Whether there were bytes that the encoding does not have.
    pub(crate) replaced: bool,
    /// Whether nothing is left.
    pub(crate) is_done: bool,
}

impl Decoder {
    /// How much room so many bytes want.
    pub(crate) fn most_bytes(&self, bytes: usize) -> usize {
        match self {
            Decoder::Standard(decoder) => decoder.max_utf8_buffer_length(bytes).unwrap_or(bytes * 3 + 16),
            Decoder::Console(_) => bytes * 3,
        }
    }

    /// Decodes as much of `source` as finds room. `last` says that nothing comes behind it.
    pub(crate) fn decode(&mut self, source: &[u8], room: &mut [u8], last: bool) -> Decoded {
        match self {
            Decoder::Standard(decoder) => {
                let (result, read, written, replaced) = decoder.decode_to_utf8(source, room, last);
                Decoded { read, written, replaced, is_done: result == CoderResult::InputEmpty }
            }
            Decoder::Console(table) => {
                // No character of these pages has more than three bytes.
                let read = source.len().min(room.len() / 3);
                let text = table.decode_string_lossy(&source[..read]);
                room[..text.len()].copy_from_slice(text.as_bytes());
                let replaced = text.contains(char::REPLACEMENT_CHARACTER);
                Decoded { read, written: text.len(), replaced, is_done: read == source.len() }
            }
        }
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
             WHATWG Encoding Standard, and the pages of consoles: 437, 850, 852 and their like",
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

impl Detected {
    /// Whether neither the head nor the user says what the encoding is: a code page may show later.
    pub(crate) fn is_untold(&self, chosen: Option<TextEncoding>) -> bool {
        chosen.is_none() && self.bom_bytes == 0 && self.encoding.is_none()
    }
}

/// Looks for a byte order mark, then for the pattern that UTF-16 without one makes.
pub(crate) fn detect(head: &[u8]) -> Detected {
    let found = |encoding, bom_bytes| Detected { encoding, bom_bytes, unsupported: None };
    match head {
        [0xEF, 0xBB, 0xBF, ..] => found(None, 3),
        [0xFF, 0xFE, 0, 0, ..] => Detected { encoding: None, bom_bytes: 0, unsupported: Some("UTF-32LE") },
        [0, 0, 0xFE, 0xFF, ..] => Detected { encoding: None, bom_bytes: 0, unsupported: Some("UTF-32BE") },
        [0xFF, 0xFE, ..] => found(Some(TextEncoding::standard(encoding_rs::UTF_16LE)), 2),
        [0xFE, 0xFF, ..] => found(Some(TextEncoding::standard(encoding_rs::UTF_16BE)), 2),
        _ => found(utf16_without_mark(head), 0),
    }
}

/// UTF-16 betrays itself: the high bytes of ASCII, which every log has at least in digits, blanks and line ends, are 0.
fn utf16_without_mark(head: &[u8]) -> Option<TextEncoding> {
    let pairs = head.len() / 2;
    // Most logs have no zero at all, which is told much faster than where zeros are.
    if pairs < 2 || memchr::memchr(0, head).is_none() {
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
        return Some(TextEncoding::standard(encoding_rs::UTF_16LE));
    }
    if big * 5 >= pairs && little * 20 <= big {
        return Some(TextEncoding::standard(encoding_rs::UTF_16BE));
    }
    None
}

/// A reader of UTF-8 over a reader of something else.
pub(crate) struct Transcoded {
    layer: Layer,
    decoder: Decoder,
    name: String,
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
            name: encoding.to_string(),
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
        let decoded = self.decoder.decode(source, &mut self.output, self.at_end);
        self.start += decoded.read;
        self.output.truncate(decoded.written);
        self.output_start = 0;
        self.finished = self.at_end && decoded.is_done;
        if decoded.replaced && !self.ill_formed {
            self.ill_formed = true;
            let name = &self.name;
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
    fn consoles_have_pages_of_their_own() {
        for (page, bytes, text) in [
            ("437", &b"verf\x81gbar"[..], "verfügbar"),
            ("cp850", b"n\xC6o \x82 v\xA0lido", "não é válido"),
            ("852", b"po\x88\xA5czenie zosta\x88o", "połączenie zostało"),
            ("CP857", b"ba\xA7lant\x8D", "bağlantı"),
            ("858", b"\xD5", "€"),
        ] {
            let mut decoder = page.parse::<TextEncoding>().unwrap().decoder();
            // Room for all, and for one character after the other.
            let mut room = vec![0; decoder.most_bytes(bytes.len())];
            let decoded = decoder.decode(bytes, &mut room, true);
            assert!(decoded.is_done && !decoded.replaced && decoded.read == bytes.len());
            assert_eq!(&room[..decoded.written], text.as_bytes(), "{page}");
            let mut whole = Vec::new();
            let mut read = 0;
            while read < bytes.len() {
                let decoded = decoder.decode(&bytes[read..], &mut room[..3], true);
                read += decoded.read;
                whole.extend_from_slice(&room[..decoded.written]);
            }
            assert_eq!(whole, text.as_bytes(), "{page}");
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
