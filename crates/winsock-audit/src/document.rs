//! [`Document`]: a file's bytes as text, and corrected text as the file's bytes.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::WINDOWS_1252;

/// How a file's bytes are text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little-endian; `bom` if it begins with a byte order mark.
    Utf16Le {
        /// Whether the file begins with a byte order mark.
        bom: bool,
    },
    /// UTF-16, big-endian; `bom` if it begins with a byte order mark.
    Utf16Be {
        /// Whether the file begins with a byte order mark.
        bom: bool,
    },
    /// One byte per character: Windows-1252, and whatever else is not UTF-8. Names and numbers are ASCII in all of them.
    SingleByte,
}

/// Why bytes are not audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotText {
    /// Zero bytes near the beginning, and no sign of UTF-16.
    Binary,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("binary, not text")
    }
}

impl std::error::Error for NotText {}

/// A file as text.
///
/// ```
/// use winsock_audit::{Document, Encoding};
///
/// let bytes = [0xFF, 0xFE, b'1', 0, b'0', 0];
/// let document = Document::decode(&bytes).unwrap();
/// assert_eq!((document.text(), document.encoding()), ("10", Encoding::Utf16Le { bom: true }));
/// assert_eq!(document.encode("10").unwrap(), bytes);
/// ```
#[derive(Clone, Debug)]
pub struct Document<'b> {
    bytes: &'b [u8],
    text: Cow<'b, str>,
    encoding: Encoding,
}

/// Zero bytes are looked for this far into a file, as in ripgrep and git.
const SNIFF_BYTES: usize = 8192;

impl<'b> Document<'b> {
    /// Reads bytes as text.
    ///
    /// # Errors
    ///
    /// [`NotText::Binary`] if the bytes are no text.
    pub fn decode(bytes: &'b [u8]) -> Result<Document<'b>, NotText> {
        let encoding = sniff(bytes)?;
        let text = match encoding {
            Encoding::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
                Err(_) => {
                    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
                    return Ok(Document { bytes, text, encoding: Encoding::SingleByte });
                }
            },
            Encoding::Utf16Le { bom } => Cow::Owned(from_utf16(&bytes[usize::from(bom) * 2..], u16::from_le_bytes)),
            Encoding::Utf16Be { bom } => Cow::Owned(from_utf16(&bytes[usize::from(bom) * 2..], u16::from_be_bytes)),
            Encoding::SingleByte => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        };
        Ok(Document { bytes, text, encoding })
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes it was read from.
    #[must_use]
    pub const fn bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// How the bytes were read.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Another text in the document's encoding, with its byte order mark. `None` if the document itself does not come
    /// back from its text byte by byte (broken UTF-16), so that rewriting it would change more than was asked for.
    #[must_use]
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let same = self.encode_unchecked(&self.text)? == self.bytes;
        if same { self.encode_unchecked(text) } else { None }
    }

    fn encode_unchecked(&self, text: &str) -> Option<Vec<u8>> {
        let units = |to_bytes: fn(u16) -> [u8; 2], bom: bool| {
            let mark = bom.then_some(0xFEFF);
            mark.into_iter().chain(text.encode_utf16()).flat_map(to_bytes).collect()
        };
        match self.encoding {
            Encoding::Utf8 => {
                let mark: &[u8] = if self.bytes.starts_with(b"\xEF\xBB\xBF") { b"\xEF\xBB\xBF" } else { b"" };
                Some([mark, text.as_bytes()].concat())
            }
            Encoding::Utf16Le { bom } => Some(units(u16::to_le_bytes, bom)),
            Encoding::Utf16Be { bom } => Some(units(u16::to_be_bytes, bom)),
            Encoding::SingleByte => {
                let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
                (!unmappable).then(|| bytes.into_owned())
            }
        }
    }
}

fn sniff(bytes: &[u8]) -> Result<Encoding, NotText> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => return Err(NotText::Binary), // UTF-32, which nobody writes source in
        [0xFF, 0xFE, ..] => return Ok(Encoding::Utf16Le { bom: true }),
        [0xFE, 0xFF, ..] => return Ok(Encoding::Utf16Be { bom: true }),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    match (even, odd) {
        (0, 0) => Ok(Encoding::Utf8),
        // Western text in UTF-16: nearly every second byte is zero, and no other.
        (0, odd) if bytes.len().is_multiple_of(2) && odd * 10 >= half * 7 => Ok(Encoding::Utf16Le { bom: false }),
        (even, 0) if bytes.len().is_multiple_of(2) && even * 10 >= half * 7 => Ok(Encoding::Utf16Be { bom: false }),
        _ => Err(NotText::Binary),
    }
}

fn from_utf16(bytes: &[u8], from_bytes: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| from_bytes(*pair));
    let mut text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}
