//! [`LiveText`]: bytes of a text that is still being written, as UTF-8.

use crate::encoding::{self, Decoder, TextEncoding};
use crate::sniff::SNIFF_BYTES;

/// Decodes a text piece by piece. Its first piece tells the encoding.
pub(crate) struct LiveText {
    chosen: Option<TextEncoding>,
    decoder: Option<Decoder>,
    begun: bool,
}

impl LiveText {
    /// `chosen` as in [`OpenOptions`](crate::OpenOptions).
    pub(crate) fn new(chosen: Option<TextEncoding>) -> LiveText {
        LiveText { chosen, decoder: None, begun: false }
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
