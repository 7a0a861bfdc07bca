//! [`LiveText`]: bytes of a text that is still being written, as UTF-8.

use crate::code_page::{self, Guess};
use crate::encoding::{self, Decoder, TextEncoding};
use crate::sniff::SNIFF_BYTES;

/// Decodes a text piece by piece. Its first piece tells the encoding, or the first that is not ASCII the code page.
pub(crate) struct LiveText {
    chosen: Option<TextEncoding>,
    decoder: Option<Decoder>,
    begun: bool,
    /// Whether a code page may still show.
    is_untold: bool,
}

impl LiveText {
    /// `chosen` as in [`OpenOptions`](crate::OpenOptions).
    pub(crate) fn new(chosen: Option<TextEncoding>) -> LiveText {
        LiveText { chosen, decoder: None, begun: false, is_untold: false }
    }

    /// Adds the next bytes to the text.
    pub(crate) fn push(&mut self, mut bytes: &[u8], text: &mut Vec<u8>) {
        if !self.begun && !bytes.is_empty() {
            self.begun = true;
            let detected = encoding::detect(&bytes[..bytes.len().min(SNIFF_BYTES)]);
            bytes = &bytes[detected.bom_bytes.min(bytes.len())..];
            let chosen = if detected.bom_bytes > 0 { None } else { self.chosen };
            self.decoder =
                chosen.filter(|encoding| !encoding.is_utf8()).or(detected.encoding).map(TextEncoding::decoder);
            self.is_untold = detected.is_untold(self.chosen);
        }
        if self.is_untold {
            let guess = code_page::guess(bytes);
            self.is_untold = guess == Guess::TooLittle;
            if let Guess::Page(page) = guess {
                self.decoder = Some(page.decoder());
            }
        }
        match &mut self.decoder {
            None => text.extend_from_slice(bytes),
            Some(decoder) => decode(decoder, bytes, text),
        }
    }
}

fn decode(decoder: &mut Decoder, bytes: &[u8], text: &mut Vec<u8>) {
    let have = text.len();
    text.resize(have + decoder.most_bytes(bytes.len()), 0);
    let decoded = decoder.decode(bytes, &mut text[have..], false);
    text.truncate(have + decoded.written);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&[u8]]) -> Vec<u8> {
        let mut live = LiveText::new(None);
        let mut text = Vec::new();
        pieces.iter().for_each(|piece| live.push(piece, &mut text));
        text
    }

    #[test]
    fn a_code_page_is_told_by_the_first_piece_that_has_enough_of_it() {
        let (line, _, _) = encoding_rs::GBK.encode("recv: 远程主机强迫关闭了一个现有的连接\n");
        let (first, second) = line.split_at(21);
        let text = read(&[b"start\n", b"\xC4\xE3\n", &line, first, second]);
        let shown = "recv: 远程主机强迫关闭了一个现有的连接\n";
        assert_eq!(text, [b"start\n\xC4\xE3\n", shown.as_bytes(), shown.as_bytes()].concat());
        let utf8 = "Verbindung beendet: größer\n".as_bytes();
        assert_eq!(read(&[utf8, &line]), [utf8, &line].concat());
    }
}
