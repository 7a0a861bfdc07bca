//! [`MappedText`]: a large plain file, of which any part can be looked at from any thread.
//!
//! A part is copied into a buffer, or shown where the file is mapped, whichever turns out to be faster ([`Race`]). Pages
//! of a mapping count as the process's memory while they are in use, so parts are given back when they were looked at ([`Shown`]).

use std::fs::File;
use std::io;
use std::ops::Range;
#[cfg(target_os = "linux")]
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use crate::error::{ErrorKind, Problems};

#[cfg(target_os = "linux")]
use crate::race::{Race, Way};
#[cfg(target_os = "linux")]
use crate::shown::Shown;
#[cfg(target_os = "linux")]
use crate::sys::map::Mapping;

/// Parts shorter than this are cheaper to copy than to bring into the mapping and to give back.
const COPY_BELOW_BYTES: usize = 64 << 10;

/// Parts from here on are timed: shorter ones say little about long ones.
#[cfg(target_os = "linux")]
const TIMED_FROM_BYTES: usize = 1 << 20;

/// A plain file, any part of which can be looked at, in any order and from several threads.
pub struct MappedText {
    file: File,
    /// Length of the text: of the file without its byte order mark.
    bytes: AtomicU64,
    bom_bytes: u64,
    shrunk: AtomicBool,
    problems: Problems,
    /// Of parts that were copied, to be used again: a new one costs a page fault for each of its pages. As many as there
    /// are threads.
    buffers: Mutex<Vec<Vec<u8>>>,
    #[cfg(target_os = "linux")]
    race: Race,
    /// Of the file as long as it was when it was opened. None: it cannot be mapped, and is read.
    #[cfg(target_os = "linux")]
    mapping: OnceLock<Option<Mapping>>,
    #[cfg(target_os = "linux")]
    shown: Shown,
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
            buffers: Mutex::default(),
            #[cfg(target_os = "linux")]
            race: Race::new(),
            #[cfg(target_os = "linux")]
            mapping: OnceLock::new(),
            #[cfg(target_os = "linux")]
            shown: Shown::new(),
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
    /// A small part is copied, a larger one may be shown where the file is mapped. Keep parts to a few MiB: a part counts
    /// as memory of the process while it is shown and a little longer.
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
        let mut by = |way| match way {
            Way::Map => self.with_mapped(from, count, work),
            Way::Read => (self.with_copy(from, count, work), None),
        };
        if count < TIMED_FROM_BYTES {
            return by(self.race.faster()).0;
        }
        let shown = self.race.run(count, by);
        if self.race.is_mapping() {
            self.buffers().retain(|buffer| buffer.capacity() < TIMED_FROM_BYTES); // of copies that were tried
        }
        shown
    }

    /// Whether the part was shown, and how long it took to bring it into the mapping.
    #[cfg(target_os = "linux")]
    fn with_mapped(&self, from: u64, count: usize, work: &mut dyn FnMut(&[u8])) -> (bool, Option<Duration>) {
        // Some file systems cannot map, and some files are larger than the address space; all can be read.
        let Some(mapping) = self.mapping.get_or_init(|| self.map()) else {
            return (self.with_copy(from, count, work), None);
        };
        let part = from as usize..from as usize + count;
        self.shown.begin(&part);
        let started = Instant::now();
        mapping.bring(part.clone());
        let brought = started.elapsed();
        work(mapping.part(part.clone()));
        self.shown.end(part, |parts| mapping.give_back(parts));
        if mapping.lost_pages() {
            self.note_shrunk();
        }
        (true, Some(brought))
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
        let mut buffer = self.buffers().pop().unwrap_or_default();
        if buffer.len() < count {
            buffer.resize(count, 0);
        }
        let copied = match read_at(&self.file, &mut buffer[..count], from) {
            Ok(read) => {
                if read < count {
                    self.note_shrunk();
                    buffer[read..count].fill(0); // as a mapping shows what is gone
                }
                work(&buffer[..count]);
                true
            }
            Err(error) => {
                self.problems.note(
                    ErrorKind::Read,
                    format!("reading {count} bytes at offset {from} failed ({error}); the rest was scanned"),
                );
                false
            }
        };
        self.buffers().push(buffer);
        copied
    }

    fn buffers(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    const PART_BYTES: u64 = (1 << 20) + 17;

    fn text_of(content: &[u8]) -> MappedText {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        MappedText::new(file, content.len() as u64, 3, Problems::new("it"))
    }

    /// Every part in turn, again and again: each comes by every way there is.
    fn parts(text: &MappedText, bytes: u64) -> Vec<(u64, Vec<u8>)> {
        let starts = (0..bytes).step_by(PART_BYTES as usize).collect::<Vec<_>>().repeat(12);
        let mut shown = Vec::new();
        for start in starts {
            assert!(text.with_part(start..start + PART_BYTES, &mut |part| shown.push((start, part.to_vec()))));
        }
        shown
    }

    #[test]
    fn a_part_is_the_same_whichever_way_it_comes() {
        let content: Vec<u8> = (0..5_000_000_u32).map(|i| (i % 251) as u8).collect();
        let text = text_of(&content);
        assert_eq!(text.bytes(), content.len() as u64 - 3);
        for (start, part) in parts(&text, text.bytes()) {
            let start = start as usize + 3;
            assert_eq!(part, content[start..content.len().min(start + PART_BYTES as usize)]);
        }
        assert!(text.take_errors().is_empty());
        // Those of copies that were only tried are gone.
        assert!(text.with_copy(0, 1, &mut |_| {}));
        assert_eq!(text.buffers().len(), 1, "one thread needs one buffer");
    }

    #[test]
    fn what_the_file_lost_is_zeros_and_is_told_once_whichever_way_it_comes() {
        let text = text_of(&vec![b'x'; 4 << 20]);
        // Each part is shown once before, by both ways: what is left in a buffer or in a mapping must not come again.
        parts(&text, text.bytes());
        text.file.set_len(3 + 500_000).unwrap();
        for round in 0..12 {
            // The length is known from the first part on; the part that is half gone is asked for whole.
            text.bytes.store(2 << 20, Ordering::Relaxed);
            let shown = text.with_part(0..PART_BYTES, &mut |part| {
                assert_eq!(part.len(), PART_BYTES as usize);
                assert_eq!(part.iter().position(|&byte| byte == 0), Some(500_000), "in round {round}");
                assert!(part[500_000..].iter().all(|&byte| byte == 0));
            });
            assert!(shown);
            assert_eq!(text.bytes(), 500_000);
        }
        assert_eq!(text.take_errors().len(), 1);
    }
}
