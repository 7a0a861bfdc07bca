//! What a stream is, judged by its first bytes and never by its name.

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
    /// An archive that holds several files; not decoded here.
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
            [b'P', b'K', 0x03, 0x04, ..] => Format::Archive("zip"),
            [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => Format::Archive("7-Zip"),
            [b'R', b'a', b'r', b'!', 0x1A, 0x07, ..] => Format::Archive("RAR"),
            [b'M', b'S', b'C', b'F', 0, 0, 0, 0, ..] => Format::Archive("cabinet"),
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
            Format::Archive(name) => name,
        }
    }
}

/// Whether the head of a plain stream looks like a program, picture or database rather than text in any encoding.
///
/// UTF-16 must have been ruled out before. The test is ripgrep's and git's: a NUL byte.
pub(crate) fn looks_binary(head: &[u8]) -> bool {
    head.contains(&0)
}
