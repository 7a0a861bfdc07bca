//! What a stream is, judged by its first bytes and never by its name.

use crate::archive::tar::is_tar;

/// How many bytes [`Format::of`] likes to see.
pub(crate) const SNIFF_BYTES: usize = 8192;

/// The kinds of content that are told apart by magic bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Text, or anything that is none of the others.
    Plain,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878), skippable frames included.
    Zstd,
    /// xz.
    Xz,
    /// bzip2.
    Bzip2,
    /// Windows event log, `.evtx`.
    Evtx,
    /// tar.
    Tar,
    /// zip.
    Zip,
    /// An archive of another kind, which is not opened here.
    Archive(&'static str),
}

impl Format {
    /// The format of a stream that begins with these bytes.
    ///
    /// ```
    /// use wsa_input::Format;
    ///
    /// assert_eq!(Format::of(b"\x1f\x8b\x08\x00"), Format::Gzip);
    /// assert_eq!(Format::of(b"2025-02-03 error 10054"), Format::Plain);
    /// ```
    #[must_use]
    pub fn of(head: &[u8]) -> Format {
        match head {
            [0x1F, 0x8B, 0x08, ..] => Format::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Format::Zstd,
            // A skippable frame: 0x184D2A50 to 0x184D2A5F, little-endian. pzstd begins its files with one.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Format::Zstd,
            [0xFD, b'7', b'z', b'X', b'Z', 0x00, ..] => Format::Xz,
            // The level and the first block's magic are checked too: three letters alone could begin a sentence.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Format::Bzip2,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Format::Bzip2,
            [b'E', b'l', b'f', b'F', b'i', b'l', b'e', 0x00, ..] => Format::Evtx,
            // A member; the directory's end where there is none; the mark of one that was to be split, and was not.
            [b'P', b'K', 0x03, 0x04, ..] | [b'P', b'K', 0x05, 0x06, ..] | [b'P', b'K', 0x30, 0x30, b'P', b'K', ..] => {
                Format::Zip
            }
            [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => Format::Archive("7-Zip"),
            [b'R', b'a', b'r', b'!', 0x1A, 0x07, ..] => Format::Archive("RAR"),
            [b'M', b'S', b'C', b'F', 0, 0, 0, 0, ..] => Format::Archive("cabinet"),
            _ if is_tar(head) => Format::Tar,
            _ => Format::Plain,
        }
    }

    /// The format's usual name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Plain => "text",
            Format::Gzip => "gzip",
            Format::Zstd => "zstd",
            Format::Xz => "xz",
            Format::Bzip2 => "bzip2",
            Format::Evtx => "Windows event log",
            Format::Tar => "tar",
            Format::Zip => "zip",
            Format::Archive(name) => name,
        }
    }
}

impl Format {
    /// How much memory decoding a stream that begins with these bytes may take, roughly, in bytes: the window that its
    /// header declares. For sharing a budget between threads; later members may want more.
    ///
    /// ```
    /// use wsa_input::Format;
    ///
    /// assert_eq!(Format::decoder_bytes(b"plain text"), 0);
    /// // zstd, window descriptor 0x68: 2^(10 + 13)
    /// assert_eq!(Format::decoder_bytes(b"\x28\xB5\x2F\xFD\x00\x68"), 8 << 20);
    /// ```
    #[must_use]
    pub fn decoder_bytes(head: &[u8]) -> u64 {
        match Format::of(head) {
            Format::Plain | Format::Archive(_) => 0,
            Format::Gzip | Format::Tar | Format::Zip => 64 << 10,
            Format::Evtx => 1 << 20,
            Format::Bzip2 => 4 << 20,
            Format::Zstd => zstd_window(head).unwrap_or(8 << 20),
            Format::Xz => xz_dictionary(head).unwrap_or(8 << 20),
        }
    }
}

/// RFC 8878, 3.1.1.1: descriptor, then the window descriptor unless the frame is a single segment.
fn zstd_window(head: &[u8]) -> Option<u64> {
    let (descriptor, window) = (*head.get(4)?, u32::from(*head.get(5)?));
    if descriptor & 0x20 != 0 {
        // A single segment: the window is as long as the content, which is written next in 1 to 8 bytes.
        let bytes = [1, 2, 4, 8][usize::from(descriptor >> 6)];
        let start = 5 + [0, 1, 2, 4][usize::from(descriptor & 3)];
        let field = head.get(start..start + bytes)?;
        return Some(field.iter().rev().fold(0, |size, byte| size << 8 | u64::from(*byte)));
    }
    let base = 1_u64 << (10 + (window >> 3));
    Some(base + base / 8 * u64::from(window & 7))
}

/// The xz file format, 3.1: the block header behind the 12 bytes of the stream header. Only the usual one is looked at:
/// no sizes, LZMA2 alone.
fn xz_dictionary(head: &[u8]) -> Option<u64> {
    match head.get(12..17)? {
        [_, 0x00, 0x21, 0x01, bits] if *bits < 40 => Some((2 | u64::from(bits & 1)) << (bits / 2 + 11)),
        // Multi-threaded xz writes both sizes, each up to nine bytes, before the filter.
        _ => {
            let rest = head.get(14..)?;
            let at = rest.windows(2).position(|pair| pair == [0x21, 0x01])?;
            let bits = *rest.get(at + 2).filter(|bits| **bits < 40)?;
            Some((2 | u64::from(bits & 1)) << (bits / 2 + 11))
        }
    }
}

/// Whether the head of a plain stream looks like a program, picture or database rather than text in any encoding.
///
/// UTF-16 must have been ruled out before. The test is ripgrep's and git's: a NUL byte.
pub(crate) fn looks_binary(head: &[u8]) -> bool {
    memchr::memchr(0, head).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_from_headers() {
        let xz = |bits: u8| [b"\xFD7zXZ\0\x00\x04\xE6\xD6\xB4\x46\x02\x00\x21\x01".as_slice(), &[bits, 0, 0]].concat();
        assert_eq!(Format::decoder_bytes(&xz(22)), 8 << 20); // xz -6
        assert_eq!(Format::decoder_bytes(&xz(28)), 64 << 20); // xz -9
        // A single segment of 300 bytes, written as 300 - 256 in two bytes or in full in four.
        assert_eq!(Format::decoder_bytes(b"\x28\xB5\x2F\xFD\xA0\x2C\x01\x00\x00"), 300);
        assert_eq!(Format::decoder_bytes(b"\x28\xB5\x2F\xFD"), 8 << 20);
    }
}
