//! [`MappedText`]: a large plain file, seen part by part through a mapping.
//!
//! Reading a file in the page cache through a mapping is faster than copying it out with `read`, and any part can be
//! looked at from any thread. Pages of a mapping count as the process's memory while they are in use, so each part is
//! given back when it was looked at.

use std::fs::File;
use std::io;
use std::ops::Range;
#[cfg(target_os = "linux")]
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{ErrorKind, Problems};

#[cfg(target_os = "linux")]
use crate::sys::map::Mapping;

/// Parts shorter than this are cheaper to copy than to bring into the mapping and to give back.
const COPY_BELOW_BYTES: usize = 64 << 10;

/// A plain file, any part of which can be looked at, in any order and from several threads.
pub struct MappedText {
    file: File,
    /// Length of the text: of the file without its byte order mark.
    bytes: AtomicU64,
    bom_bytes: u64,
    shrunk: AtomicBool,
    problems: Problems,
    /// Of the file as long as it was when it was opened. None: it cannot be mapped, and is read.
    #[cfg(target_os = "linux")]
    mapping: OnceLock<Option<Mapping>>,
}

impl MappedText {
    pub(crate) fn new(file: File, file_bytes: u64, bom_bytes: usize, problems: Problems) -> MappedText {
        let bom_bytes = bom_bytes as u64;
        let bytes = AtomicU64::new(file_bytes.saturating_sub(bom_bytes));
        MappedText {
            file,
            bytes,
            bom_bytes,
            shrunk: AtomicBool::new(false),
            problems,
            #[cfg(target_os = "linux")]
            mapping: OnceLock::new(),
        }
    }

    /// Length of the text in bytes: when it was opened, or less once the file has turned out to be shorter.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Shows a part of the text, cut at the text's end. False if it could not be read;
    /// [`take_errors`](Self::take_errors) says why.
    ///
    /// A small part is copied, a larger one is shown where the file is mapped. Keep parts to a few MiB: a part counts as
    /// memory of the process while it is shown.
    pub fn with_part(&self, part: Range<u64>, work: &mut dyn FnMut(&[u8])) -> bool {
        let end = part.end.min(self.bytes());
        let start = part.start.min(end);
        let count = (end - start) as usize;
        if count < COPY_BELOW_BYTES {
            return self.with_copy(start + self.bom_bytes, count, work);
        }
        self.with_bytes(start + self.bom_bytes, count, work)
    }

    /// Errors met so far, once each.
    #[must_use]
    pub fn take_errors(&self) -> Vec<crate::InputError> {
        self.problems.take()
    }

    #[cfg(target_os = "linux")]
    fn with_bytes(&self, from: u64, count: usize, work: &mut dyn FnMut(&[u8])) -> bool {
        // Some file systems cannot map, and some files are larger than the address space; all can be read.
        let Some(mapping) = self.mapping.get_or_init(|| self.map()) else { return self.with_copy(from, count, work) };
        let part = from as usize..from as usize + count;
        work(mapping.part(part.clone()));
        mapping.give_back(part);
        if mapping.lost_pages() {
            self.note_shrunk();
        }
        true
    }

    #[cfg(target_os = "linux")]
    fn map(&self) -> Option<Mapping> {
        Mapping::new(&self.file, usize::try_from(self.bytes() + self.bom_bytes).ok()?).ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn with_bytes(&self, from: u64, count: usize, work: &mut dyn FnMut(&[u8])) -> bool {
        self.with_copy(from, count, work)
    }

    fn with_copy(&self, from: u64, count: usize, work: &mut dyn FnMut(&[u8])) -> bool {
        let mut copy = vec![0; count];
        match read_at(&self.file, &mut copy, from) {
            Ok(read) => {
                if read < count {
                    self.note_shrunk();
                }
                work(&copy);
                true
            }
            Err(error) => {
                self.problems.note(
                    ErrorKind::Read,
                    format!("reading {count} bytes at offset {from} failed ({error}); the rest was scanned"),
                );
                false
            }
        }
    }

    /// The rest is gone; that is said once, however many parts of it are asked for.
    fn note_shrunk(&self) {
        if let Ok(metadata) = self.file.metadata() {
            self.bytes.fetch_min(metadata.len().saturating_sub(self.bom_bytes), Ordering::Relaxed);
        }
        if !self.shrunk.swap(true, Ordering::Relaxed) {
            self.problems.note(
                ErrorKind::Shrunk,
                "the file became shorter while it was scanned (truncated by its writer?); scan it again",
            );
        }
    }
}

#[cfg(unix)]
pub(crate) fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    use std::os::unix::fs::FileExt as _;
    fill(buf, |rest, done| file.read_at(rest, offset + done))
}

#[cfg(windows)]
pub(crate) fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    use std::os::windows::fs::FileExt as _;
    fill(buf, |rest, done| file.seek_read(rest, offset + done))
}

fn fill(buf: &mut [u8], mut read: impl FnMut(&mut [u8], u64) -> io::Result<usize>) -> io::Result<usize> {
    let mut done = 0;
    while done < buf.len() {
        match read(&mut buf[done..], done as u64) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}
