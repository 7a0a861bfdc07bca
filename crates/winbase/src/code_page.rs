//! Text in the code pages of Windows.
//!
//! The system's own pages (`CP_ACP`, `CP_OEMCP` and their like) are UTF-8 here, as narrow text is on Linux; the others
//! are what their numbers say.

use encoding_rs::Encoding;
use oem_cp::code_table::{DECODING_TABLE_CP_MAP, ENCODING_TABLE_CP_MAP};
use winsock::Code;

use crate::error;

/// UTF-8's number.
pub const UTF8: u32 = 65001;
/// What stands for a character that a page does not have.
const UNKNOWN: u8 = b'?';

/// One code page.
#[derive(Clone, Copy)]
pub struct CodePage(Kind);

#[derive(Clone, Copy)]
enum Kind {
    Utf8,
    Ascii,
    Latin1,
    Windows(&'static Encoding),
    Oem(u16),
}

impl CodePage {
    /// By Windows' number.
    ///
    /// # Errors
    /// [`error::INVALID_PARAMETER`] for a page that is not there.
    ///
    /// ```
    /// use winbase::code_page::CodePage;
    ///
    /// let dos = CodePage::new(437).unwrap();
    /// assert_eq!(dos.decode(b"\x81ber", false).unwrap(), "über");
    /// assert_eq!(dos.encode("über €", None), (b"\x81ber ?".to_vec(), true));
    /// ```
    pub fn new(number: u32) -> Result<CodePage, Code> {
        let label = match number {
            // CP_ACP, CP_OEMCP, CP_MACCP, CP_THREAD_ACP.
            0..=3 | UTF8 => return Ok(CodePage(Kind::Utf8)),
            20127 => return Ok(CodePage(Kind::Ascii)),
            28591 => return Ok(CodePage(Kind::Latin1)),
            874 | 1250..=1258 => format!("windows-{number}"),
            28592..=28606 => format!("iso-8859-{}", number - 28590),
            932 => "shift_jis".into(),
            936 => "gbk".into(),
            949 => "euc-kr".into(),
            950 => "big5".into(),
            20866 => "koi8-r".into(),
            21866 => "koi8-u".into(),
            20932 | 51932 => "euc-jp".into(),
            54936 => "gb18030".into(),
            _ => return CodePage::oem(number),
        };
        Encoding::for_label(label.as_bytes())
            .map(|found| CodePage(Kind::Windows(found)))
            .ok_or(error::INVALID_PARAMETER)
    }

    fn oem(number: u32) -> Result<CodePage, Code> {
        let number = u16::try_from(number).map_err(|_| error::INVALID_PARAMETER)?;
        let known = DECODING_TABLE_CP_MAP.contains_key(&number) && ENCODING_TABLE_CP_MAP.contains_key(&number);
        if known { Ok(CodePage(Kind::Oem(number))) } else { Err(error::INVALID_PARAMETER) }
    }

    /// Whether this is UTF-8.
    #[must_use]
    pub fn is_utf8(self) -> bool {
        matches!(self.0, Kind::Utf8)
    }

    /// How many bytes a character has at most.
    #[must_use]
    pub fn most_bytes(self) -> u32 {
        match self.0 {
            Kind::Utf8 => 4,
            Kind::Ascii | Kind::Latin1 | Kind::Oem(_) => 1,
            Kind::Windows(encoding) if encoding.is_single_byte() => 1,
            Kind::Windows(encoding) if encoding == encoding_rs::GB18030 => 4,
            Kind::Windows(_) => 2,
        }
    }

    /// The text of these bytes. What is none becomes U+FFFD, or an error if the caller is `strict`.
    ///
    /// # Errors
    /// [`error::NO_UNICODE_TRANSLATION`].
    pub fn decode(self, bytes: &[u8], strict: bool) -> Result<String, Code> {
        let (text, whole) = match self.0 {
            Kind::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => (text.to_owned(), true),
                Err(_) => (String::from_utf8_lossy(bytes).into_owned(), false),
            },
            Kind::Ascii => (bytes.iter().map(|&byte| char::from(byte & 0x7f)).collect(), bytes.is_ascii()),
            Kind::Latin1 => (bytes.iter().map(|&byte| char::from(byte)).collect(), true),
            Kind::Windows(encoding) => {
                let (text, wrong) = encoding.decode_without_bom_handling(bytes);
                (text.into_owned(), !wrong)
            }
            Kind::Oem(number) => match &DECODING_TABLE_CP_MAP[&number].decode_string_checked(bytes) {
                Some(text) => (text.clone(), true),
                None => (DECODING_TABLE_CP_MAP[&number].decode_string_lossy(bytes), false),
            },
        };
        if whole || !strict { Ok(text) } else { Err(error::NO_UNICODE_TRANSLATION) }
    }

    /// The bytes of this text, and whether something was not in the page. `unknown` stands for that, `?` without one.
    #[must_use]
    pub fn encode(self, text: &str, unknown: Option<&[u8]>) -> (Vec<u8>, bool) {
        if self.is_utf8() {
            return (text.as_bytes().to_vec(), false);
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut missed = false;
        for letter in text.chars() {
            if letter.is_ascii() {
                bytes.push(letter as u8);
            } else if !self.push(letter, &mut bytes) {
                missed = true;
                bytes.extend_from_slice(unknown.unwrap_or(&[UNKNOWN]));
            }
        }
        (bytes, missed)
    }

    /// Adds a character beyond ASCII; false if the page does not have it.
    fn push(self, letter: char, bytes: &mut Vec<u8>) -> bool {
        match self.0 {
            Kind::Utf8 | Kind::Ascii => false,
            Kind::Latin1 => u8::try_from(letter).map(|byte| bytes.push(byte)).is_ok(),
            Kind::Oem(number) => ENCODING_TABLE_CP_MAP[&number].get(&letter).map(|&byte| bytes.push(byte)).is_some(),
            Kind::Windows(encoding) => {
                let mut place = [0; 4];
                let (found, _, missed) = encoding.encode(letter.encode_utf8(&mut place));
                if !missed {
                    bytes.extend_from_slice(&found);
                }
                !missed
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_differ_in_the_upper_half() {
        let euro = |number, byte| CodePage::new(number).unwrap().decode(&[byte], true).unwrap() == "€";
        assert!(euro(1252, 0x80) && euro(28605, 0xa4) && euro(858, 0xd5));
        assert!(CodePage::new(12345).is_err() && CodePage::new(65000).is_err());
    }

    #[test]
    fn every_single_byte_page_gives_back_its_bytes() {
        for number in [437, 737, 775, 850, 852, 855, 857, 858, 862, 866, 1250, 1251, 1252, 1254, 1257, 28591, 20866] {
            let page = CodePage::new(number).unwrap();
            for byte in 0..=255 {
                if let Ok(text) = page.decode(&[byte], true) {
                    assert_eq!(page.encode(&text, None), (vec![byte], false), "page {number} byte {byte:#x}");
                }
            }
        }
    }

    #[test]
    fn wrong_bytes_are_replaced_or_refused() {
        let page = CodePage::new(UTF8).unwrap();
        assert_eq!(page.decode(b"a\xffb", false).unwrap(), "a\u{fffd}b");
        assert_eq!(page.decode(b"a\xffb", true), Err(error::NO_UNICODE_TRANSLATION));
    }
}
