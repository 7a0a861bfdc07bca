//! Packing texts in every way that inputs come in, and reading them back.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::{Cursor, Read, Write};

use wsa_input::{InputError, OpenOptions, Source, Text, open, open_reader};

/// A log with text beyond ASCII and lines of many lengths, not a multiple of anything.
pub(crate) fn log(lines: usize) -> String {
    let mut text = String::new();
    for i in 0..lines {
        let filler = "xy ".repeat(i * 7 % 40);
        text += &format!(
            "2025-02-03 10:{:02}:{:02} worker {i}: Verbindung abgelehnt (10061) {filler}é\n",
            i / 60 % 60,
            i % 60
        );
    }
    text
}

pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn bzip2(text: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(text: &[u8]) -> Vec<u8> {
    zstd::encode_all(text, 1).unwrap()
}

pub(crate) fn xz(text: &[u8]) -> Vec<u8> {
    xz_with_dictionary(text, 1 << 20)
}

pub(crate) fn xz_with_dictionary(text: &[u8], bytes: u32) -> Vec<u8> {
    let mut options = lzma_rust2::XzOptions::with_preset(0);
    options.lzma_options.dict_size = bytes;
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A way to compress.
pub(crate) type Packer = fn(&[u8]) -> Vec<u8>;

/// Every compression, by name.
pub(crate) const PACKERS: [(&str, Packer); 4] = [("gzip", gzip), ("bzip2", bzip2), ("zstd", zstd), ("xz", xz)];

pub(crate) fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    let units = mark.into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// Text and errors of bytes that are given in pieces of at most `piece` bytes.
pub(crate) fn read_in_pieces(bytes: Vec<u8>, piece: usize, options: &OpenOptions) -> (Vec<u8>, Vec<InputError>) {
    let reader = Pieces { bytes: Cursor::new(bytes), piece };
    match open_reader("test", Box::new(reader), options) {
        Ok(Text::Stream(mut stream)) => {
            let (mut text, mut buffer) = (Vec::new(), vec![0; 10_007]);
            loop {
                match stream.read(&mut buffer) {
                    0 => break,
                    read => text.extend_from_slice(&buffer[..read]),
                }
            }
            (text, stream.take_errors())
        }
        Ok(_) => (Vec::new(), Vec::new()),
        Err(error) => (Vec::new(), vec![error]),
    }
}

pub(crate) fn read(bytes: Vec<u8>) -> (Vec<u8>, Vec<InputError>) {
    read_in_pieces(bytes, usize::MAX, &OpenOptions::default())
}

/// The text of a file, mapped or not, which must have no errors.
pub(crate) fn read_file(path: &std::path::Path) -> Vec<u8> {
    match open(&Source::file(path), &OpenOptions::default()).unwrap() {
        Text::Stream(mut stream) => {
            let (mut text, mut buffer) = (Vec::new(), vec![0; 10_007]);
            while let read @ 1.. = stream.read(&mut buffer) {
                text.extend_from_slice(&buffer[..read]);
            }
            assert!(stream.take_errors().is_empty());
            text
        }
        Text::Mapped(mapped) => {
            let mut text = Vec::new();
            assert!(mapped.with_part(0..mapped.bytes(), &mut |part| text.extend_from_slice(part)));
            text
        }
        Text::Archive(_) | Text::Skipped { .. } => Vec::new(),
    }
}

/// Gives at most so many bytes at a time.
pub(crate) struct Pieces {
    pub(crate) bytes: Cursor<Vec<u8>>,
    pub(crate) piece: usize,
}

impl Read for Pieces {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let most = buf.len().min(self.piece);
        self.bytes.read(&mut buf[..most])
    }
}
