//! Ini files: sections of `key=value` lines.
//!
//! A file keeps its comments, its empty lines, its order and its encoding when a line of it is changed. Bytes that are
//! no UTF-8 stay as they are. A name without a folder means one in the current folder; Windows looks in its own.

mod document;

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use crate::Code;
use crate::error::{self, from_errno, from_io};
use crate::path::to_linux;
use document::Document;

/// The value of a key, without the quotes around it.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if there is no such file, section or key.
///
/// ```
/// use winbase::profile;
///
/// let folder = tempfile::tempdir().unwrap();
/// let name = folder.path().join("server.ini");
/// let name = name.to_str().unwrap();
/// profile::set(name, b"net", b"port", Some(b"27015"))?;
/// assert_eq!(profile::value(name, b"NET", b"Port")?, b"27015");
/// assert_eq!(std::fs::read(name).unwrap(), b"[net]\r\nport=27015\r\n");
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "GetPrivateProfileString")]
pub fn value(file: &str, section: &[u8], key: &[u8]) -> Result<Vec<u8>, Code> {
    read(file)?.value(section, key).ok_or(error::FILE_NOT_FOUND)
}

/// The names of the sections, in order.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`].
#[doc(alias = "GetPrivateProfileSectionNames")]
pub fn sections(file: &str) -> Result<Vec<Vec<u8>>, Code> {
    Ok(read(file)?.sections())
}

/// The keys of a section, in order; a line without `=` is none.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if there is no such file or section.
#[doc(alias = "GetPrivateProfileString")]
pub fn keys(file: &str, section: &[u8]) -> Result<Vec<Vec<u8>>, Code> {
    read(file)?.keys(section).ok_or(error::FILE_NOT_FOUND)
}

/// The lines of a section, without its comments and without the blanks around `=`.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if there is no such file or section.
#[doc(alias = "GetPrivateProfileSection")]
pub fn lines(file: &str, section: &[u8]) -> Result<Vec<Vec<u8>>, Code> {
    read(file)?.lines(section).ok_or(error::FILE_NOT_FOUND)
}

/// Sets the value of a key, or takes the key away. The file, the section and the key are made if they are not there.
///
/// # Errors
/// [`error::ACCESS_DENIED`], also for an empty name; [`error::PATH_NOT_FOUND`]; others of [`from_errno`].
#[doc(alias = "WritePrivateProfileString")]
pub fn set(file: &str, section: &[u8], key: &[u8], value: Option<&[u8]>) -> Result<(), Code> {
    change(file, |document| document.set(section, key, value))
}

/// Replaces all lines of a section, or takes the section away.
///
/// # Errors
/// As [`set`].
#[doc(alias = "WritePrivateProfileSection")]
pub fn replace(file: &str, section: &[u8], lines: Option<&[Vec<u8>]>) -> Result<(), Code> {
    change(file, |document| document.replace(section, lines))
}

/// The number that a value begins with: decimal, or `0x`, `0o`, `0b`, with a sign; 0 if there is none. More than 32 bits
/// are cut off. Source: `test_profile_int` of Wine's dlls/kernel32/tests/profile.c, run on Windows.
///
/// ```
/// use winbase::profile::number;
///
/// assert_eq!(number(b"27015 ; the port"), 27015);
/// assert_eq!(number(b"-1"), u32::MAX);
/// assert_eq!(number(b"0x1F"), 31);
/// assert_eq!(number(b"none"), 0);
/// ```
#[doc(alias = "GetPrivateProfileInt")]
#[must_use]
pub fn number(value: &[u8]) -> u32 {
    let value = value.trim_ascii_start();
    let (is_negative, digits) = match value {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let (radix, digits) = match digits {
        [b'0', b'x', rest @ ..] => (16, rest),
        [b'0', b'o', rest @ ..] => (8, rest),
        [b'0', b'b', rest @ ..] => (2, rest),
        rest => (10, rest),
    };
    let digits = digits.iter().map_while(|digit| char::from(*digit).to_digit(radix));
    let number = digits.fold(0_u32, |number, digit| number.wrapping_mul(radix).wrapping_add(digit));
    if is_negative { number.wrapping_neg() } else { number }
}

fn read(file: &str) -> Result<Document, Code> {
    fs::read(path(file).ok_or(error::FILE_NOT_FOUND)?)
        .map(|bytes| Document::new(&bytes))
        .map_err(|failure| from_io(&failure))
}

fn path(file: &str) -> Option<PathBuf> {
    (!file.is_empty()).then(|| to_linux(file))
}

/// Reads, changes and writes the file while no other process does.
fn change(file: &str, edit: impl FnOnce(&mut Document)) -> Result<(), Code> {
    let path = path(file).ok_or(error::ACCESS_DENIED)?;
    if crate::file::is_read_only(&path) {
        return Err(error::ACCESS_DENIED);
    }
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut open = open.map_err(|failure| refusal(&failure, &path))?;
    flock(&open, FlockOperation::LockExclusive).map_err(from_errno)?;
    let update = || {
        let mut bytes = Vec::new();
        open.read_to_end(&mut bytes)?;
        let mut document = Document::new(&bytes);
        edit(&mut document);
        let changed = document.bytes();
        if changed != bytes {
            open.rewind()?;
            open.write_all(&changed)?;
            open.set_len(changed.len() as u64)?;
        }
        Ok(())
    };
    update().map_err(|failure: std::io::Error| from_io(&failure))
}

fn refusal(failure: &std::io::Error, path: &Path) -> Code {
    match from_io(failure) {
        error::FILE_NOT_FOUND if !crate::file::folder_is_there(path) => error::PATH_NOT_FOUND,
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: test_profile_int of Wine's dlls/kernel32/tests/profile.c, which was run on Windows.
    #[test]
    fn numbers_are_read_as_far_as_they_go() {
        for (value, expected) in [
            ("-1", u32::MAX),
            ("+1", 1),
            ("4294967296", 0),
            ("4294967297", 1),
            ("-4294967297", u32::MAX),
            ("42A94967297", 42),
            ("B4294967297", 0),
            ("", 0),
        ] {
            assert_eq!(number(value.as_bytes()), expected, "{value}");
        }
    }

    #[test]
    fn what_is_not_there_and_what_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let name = |file: &str| folder.path().join(file).to_str().unwrap().to_owned();
        assert_eq!(value(&name("none.ini"), b"a", b"b"), Err(error::FILE_NOT_FOUND));
        assert_eq!(value("", b"a", b"b"), Err(error::FILE_NOT_FOUND));
        assert_eq!(set("", b"a", b"b", Some(b"c")), Err(error::ACCESS_DENIED));
        assert_eq!(set(&name("no folder/x.ini"), b"a", b"b", Some(b"c")), Err(error::PATH_NOT_FOUND));
        // To take away what is not there makes an empty file, as on Windows.
        assert_eq!(set(&name("new.ini"), b"a", b"b", None), Ok(()));
        assert_eq!(fs::read(name("new.ini")).unwrap(), b"");
    }
}
