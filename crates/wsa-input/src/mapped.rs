//! [`MappedText`]: a large plain file, seen through short-lived mappings.
//!
//! Reading a file in the page cache through a mapping is about twice as fast as copying it out with `read`. The whole
//! file is never mapped at once: pages of a mapping count as the process's memory, and any part can be looked at from
//! any thread.

use std::fs::File;
use std::io;

use crate::error::{ErrorKind, Problems};
use crate::window::{Window, WindowSize};

#[cfg(target_os = "linux")]
use crate::sys::map::Mapping;

/// A plain file that is cut into tiles which can be read in any order and from several threads.
pub struct MappedText {
    file: File,
    /// Length of the text: of the file without its byte order mark.
    bytes: u64,
    bom_bytes: u64,
    size: WindowSize,
    problems: Problems,
}

impl MappedText {
    pub(crate) fn new(file: File, file_bytes: u64, bom_bytes: usize, size: WindowSize, problems: Problems) -> MappedText {
        let bom_bytes = bom_bytes as u64;
        MappedText { file, bytes: file_bytes.saturating_sub(bom_bytes), bom_bytes, size, problems }
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Number of tiles.
    #[must_use]
    pub fn tiles(&self) -> u64 {
        self.bytes.div_ceil(self.size.tile as u64)
    }

    /// Shows one tile with its margins. False if it could not be read; [`take_errors`](Self::take_errors) says why.
    pub fn with_tile(&self, tile: u64, work: &mut dyn FnMut(Window<'_>)) -> bool {
        let tile_bytes = self.size.tile as u64;
        let start = tile * tile_bytes;
        let end = (start + tile_bytes).min(self.bytes);
        if start >= end {
            return false;
        }
        let from = start.saturating_sub(self.size.before as u64);
        let to = (end + self.size.after as u64).min(self.bytes);
        let range = (start - from) as usize..(end - from) as usize;
        let (at_start, at_end) = (from == 0, to == self.bytes);
        self.with_bytes(from + self.bom_bytes, (to - from) as usize, &mut |text| {
            work(Window { text, range: range.clone(), offset: from, at_start, at_end });
        })
    }

    /// Errors met so far, once each.
    #[must_use]
    pub fn take_errors(&self) -> Vec<crate::InputError> {
        self.problems.take()
    }

    #[cfg(target_os = "linux")]
    fn with_bytes(&self, from: u64, count: usize, work: &mut dyn FnMut(&[u8])) -> bool {
        match Mapping::new(&self.file, from, count) {
            Ok(mapping) => {
                work(mapping.bytes());
                if mapping.lost_pages() {
                    self.note_shrunk();
                }
                true
            }
            // Some file systems cannot map; all can read.
            Err(_) => self.with_copy(from, count, work),
        }
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

    fn note_shrunk(&self) {
        self.problems.note(
            ErrorKind::Shrunk,
            "the file became shorter while it was scanned (truncated by its writer?); scan it again",
        );
    }
}

#[cfg(unix)]
fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    use std::os::unix::fs::FileExt as _;
    fill(buf, |rest, done| file.read_at(rest, offset + done))
}

#[cfg(windows)]
fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
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
