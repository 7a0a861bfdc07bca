//! Bytes of a source file to text.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// A source file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// What the bytes were.
    pub encoding: Encoding,
}

/// What the bytes of a source file were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark, which plain ASCII is too.
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8Marked,
    /// UTF-16 behind a byte order mark.
    Utf16,
    /// A legacy code page, by the name that the WHATWG encoding standard gives it: `windows-1252`, `GBK`, `EUC-KR`.
    CodePage(&'static str),
}

impl Encoding {
    /// Whether a compiler on Linux reads such a file as it is.
    #[must_use]
    pub fn is_compiled_as_is(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8Marked)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8 => f.write_str("UTF-8"),
            Self::Utf8Marked => f.write_str("UTF-8 with a byte order mark"),
            Self::Utf16 => f.write_str("UTF-16"),
            Self::CodePage(name) => write!(f, "code page {name}"),
        }
    }
}

/// Reads the bytes of a source file.
///
/// Text that is neither UTF-8 nor marked is in the code page `wanted`, a label such as `1252`, `cp936`, `windows-1251`
/// or `gbk`; without one, the page that fits the bytes best. Nothing is lost: every code page reads every byte, and what
/// a page does not define becomes U+FFFD.
///
/// ```
/// use winsock_source::{Encoding, decode};
///
/// let german = decode(b"// f\xfcr Windows, gr\xf6\xdfer", Some("1252"));
/// assert_eq!(german.text, "// für Windows, größer");
/// assert_eq!(german.encoding, Encoding::CodePage("windows-1252"));
/// assert_eq!(decode("für".as_bytes(), Some("1252")).encoding, Encoding::Utf8);
/// ```
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], wanted: Option<&str>) -> Decoded<'a> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 && std::str::from_utf8(&bytes[mark..]).is_ok() => {
            Decoded { text: String::from_utf8_lossy(&bytes[mark..]), encoding: Encoding::Utf8Marked }
        }
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
            Decoded { text, encoding: Encoding::Utf16 }
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8 },
            Err(_) => legacy(bytes, wanted),
        },
    }
}

fn legacy<'a>(bytes: &'a [u8], wanted: Option<&str>) -> Decoded<'a> {
    let encoding = wanted.and_then(code_page).unwrap_or_else(|| guess(bytes));
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: Encoding::CodePage(encoding.name()) }
}

fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, false)
}

/// The code page that a label names, as Windows (`1252`, `cp936`) or the web (`gbk`) writes it.
pub(crate) fn code_page(label: &str) -> Option<&'static encoding_rs::Encoding> {
    let label = label.trim().to_ascii_lowercase();
    let number = label.strip_prefix("cp").unwrap_or(&label);
    let name = match number {
        "932" => "shift_jis",
        "936" => "gbk",
        "949" => "euc-kr",
        "950" => "big5",
        "866" => "ibm866",
        "65001" => "utf-8",
        page if page.parse::<u16>().is_ok_and(|page| page == 874 || (1250..=1258).contains(&page)) => {
            return encoding_rs::Encoding::for_label(format!("windows-{page}").as_bytes());
        }
        _ => &label,
    };
    encoding_rs::Encoding::for_label(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_by_its_mark() {
        let bytes: Vec<u8> =
            std::iter::once(0xfeff_u16).chain("int é;".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.text.as_ref(), decoded.encoding), ("int é;", Encoding::Utf16));
    }

    #[test]
    fn a_mark_is_not_text() {
        let decoded = decode(b"\xef\xbb\xbfint x;", None);
        assert_eq!((decoded.text.as_ref(), decoded.encoding), ("int x;", Encoding::Utf8Marked));
    }

    #[test]
    fn pages_are_told_apart_without_being_named() {
        let (chinese, ..) = encoding_rs::GBK.encode("// 初始化套接字库，创建监听套接字\nprintf(\"连接失败\\n\");");
        assert_eq!(decode(&chinese, None).encoding, Encoding::CodePage("GBK"));
        let (russian, ..) = encoding_rs::WINDOWS_1251.encode("// ошибка при создании сокета, попробуйте ещё раз");
        assert_eq!(decode(&russian, None).encoding, Encoding::CodePage("windows-1251"));
    }

    #[test]
    fn windows_numbers_name_their_pages() {
        for (label, name) in [("936", "GBK"), ("cp1251", "windows-1251"), ("1252", "windows-1252"), ("949", "EUC-KR")] {
            assert_eq!(code_page(label).map(encoding_rs::Encoding::name), Some(name), "{label}");
        }
        assert_eq!(code_page("no such page"), None);
    }
}
