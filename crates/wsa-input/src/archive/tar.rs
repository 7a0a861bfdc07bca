//! tar in its dialects: that of the seventh Unix, ustar, GNU's and pax'.
//!
//! Headers are read by the crate `tar`. Its reader of whole archives lends its members, so that none could be given to what
//! decodes it, or be an archive again.

use std::io::{self, Read as _};
use std::time::{Duration, SystemTime};

use tar::{Header, PaxExtensions};

use super::{Container, Entry, shown_name};
use crate::error::{ErrorKind, Problems};
use crate::layer::Layer;

const BLOCK_BYTES: usize = 512;

/// The longest name, or set of pax records, that is read. Those of real archives have some hundred bytes.
const MOST_EXTRA_BYTES: u64 = 64 << 10;

pub(super) struct Tar {
    layer: Layer,
    problems: Problems,
    /// The member's name, and how many bytes of it and of its padding follow.
    name: String,
    bytes_left: u64,
    padding: u64,
    members: u64,
    ended: bool,
}

/// What headers of their own tell of the member behind them.
#[derive(Default)]
struct Told {
    name: Option<Vec<u8>>,
    bytes: Option<u64>,
    modified: Option<f64>,
}

impl Tar {
    pub(super) fn new(layer: Layer, problems: Problems) -> Tar {
        Tar { layer, problems, name: String::new(), bytes_left: 0, padding: 0, members: 0, ended: false }
    }

    /// The next header. `None` at the end, with or without an end mark: behind the two empty blocks of one there may be another
    /// archive, as `cat` makes it, or a tape's padding.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut header = Header::new_old();
        let mut is_lost = false;
        let mut saw_end = false;
        loop {
            let block = self.layer.peek(BLOCK_BYTES)?;
            let Some(block) = block.first_chunk::<BLOCK_BYTES>() else {
                if !block.is_empty() && !saw_end {
                    self.cut_short();
                }
                self.ended = true;
                return Ok(None);
            };
            *header.as_mut_bytes() = *block;
            self.layer.skip(BLOCK_BYTES as u64)?;
            if header.as_bytes().iter().all(|byte| *byte == 0) {
                saw_end = true;
            } else if is_header(header.as_bytes()) {
                return Ok(Some(header));
            } else if !saw_end && !is_lost {
                is_lost = true;
                let what =
                    format!("the tar archive is damaged behind {} members; it was searched for others", self.members);
                self.problems.note(ErrorKind::Corrupt, what);
            }
        }
    }

    /// The bytes of a header's own, unless they are too many; `None` then, and at the end.
    fn extra(&mut self, bytes: u64) -> io::Result<Option<Vec<u8>>> {
        (self.bytes_left, self.padding) = (bytes, padding(bytes));
        let mut extra = Vec::new();
        if bytes <= MOST_EXTRA_BYTES {
            extra.resize(bytes as usize, 0);
            let mut filled = 0;
            while filled < extra.len() {
                match Container::read(self, &mut extra[filled..])? {
                    0 => return Ok(None),
                    read => filled += read,
                }
            }
        }
        self.pass_over()?;
        Ok((bytes <= MOST_EXTRA_BYTES).then_some(extra))
    }

    /// Goes behind the member.
    fn pass_over(&mut self) -> io::Result<()> {
        let rest = self.bytes_left.saturating_add(self.padding);
        let skipped = self.layer.skip(rest)?;
        if skipped < rest {
            self.cut_short();
        }
        (self.bytes_left, self.padding) = (0, 0);
        Ok(())
    }

    fn cut_short(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        (self.bytes_left, self.padding) = (0, 0);
        let place = match self.name.as_str() {
            "" => "within a header".to_owned(),
            name => format!("within or behind {name}"),
        };
        let what = format!(
            "the tar archive ends {place} (truncated file, or still being written); what came before was scanned"
        );
        self.problems.note(ErrorKind::Truncated, what);
    }

    /// GNU's lists of holes go on behind the header; of the file only what is no hole is stored.
    fn pass_holes(&mut self, header: &Header) -> io::Result<()> {
        let mut more = header.as_gnu().is_some_and(|gnu| gnu.is_extended());
        while more {
            let block = self.layer.peek(BLOCK_BYTES)?;
            // The flag's place: behind 21 pairs of 24 bytes.
            more = block.get(504).is_some_and(|flag| *flag == 1);
            self.layer.skip(BLOCK_BYTES as u64)?;
        }
        Ok(())
    }
}

impl Container for Tar {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        self.pass_over()?;
        let mut told = Told::default();
        while !self.ended {
            let Some(header) = self.header()? else { break };
            let own_bytes = header.entry_size().unwrap_or(0);
            match header.entry_type().as_byte() {
                b'L' => {
                    told.name = self
                        .extra(own_bytes)?
                        .map(|name| name.split(|byte| *byte == 0).next().unwrap_or_default().to_vec())
                }
                b'x' | b'X' => {
                    if let Some(records) = self.extra(own_bytes)? {
                        told.read(&records);
                    }
                }
                // Links, devices and directories have nothing behind them, whatever their size says.
                b'1'..=b'6' => told = Told::default(),
                kind @ (b'0' | b'\0' | b'7' | b'S') => {
                    if kind == b'S' {
                        self.pass_holes(&header)?;
                    }
                    let Told { name, bytes, modified } = std::mem::take(&mut told);
                    let name = name.unwrap_or_else(|| header.path_bytes().into_owned());
                    let bytes = bytes.unwrap_or(own_bytes);
                    (self.bytes_left, self.padding) = (bytes, padding(bytes));
                    self.name = shown_name(&String::from_utf8_lossy(&name));
                    if self.name.ends_with('/') {
                        // The old way to write a directory.
                        self.pass_over()?;
                        continue;
                    }
                    self.members += 1;
                    let seconds = modified.or_else(|| header.mtime().ok().map(|seconds| seconds as f64));
                    let modified = seconds.and_then(since_1970);
                    return Ok(Some(Entry { name: self.name.clone(), bytes: Some(bytes), modified }));
                }
                _ => drop(self.extra(own_bytes)?),
            }
        }
        Ok(None)
    }

    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let most = buf.len().min(usize::try_from(self.bytes_left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = self.layer.read(&mut buf[..most])?;
        self.bytes_left -= read as u64;
        if read == 0 {
            self.cut_short();
        }
        Ok(read)
    }

    fn consumed(&self) -> u64 {
        self.layer.consumed()
    }
}

impl Told {
    /// Pax records, and GNU's among them, which name a file with holes.
    fn read(&mut self, records: &[u8]) {
        for record in PaxExtensions::new(records).flatten() {
            let value = record.value_bytes();
            let text = str::from_utf8(value).unwrap_or_default();
            match record.key_bytes() {
                b"path" | b"GNU.sparse.name" => self.name = Some(value.to_vec()),
                b"size" => self.bytes = text.parse().ok().or(self.bytes),
                b"mtime" => self.modified = text.parse().ok().or(self.modified),
                _ => {}
            }
        }
    }
}

fn since_1970(seconds: f64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
}

/// How much follows so many bytes up to the next block.
fn padding(bytes: u64) -> u64 {
    bytes.wrapping_neg() % BLOCK_BYTES as u64
}

/// Whether a tar archive begins like this: its first block's checksum is right, which no text's is by chance.
pub(crate) fn is_tar(head: &[u8]) -> bool {
    head.first_chunk().is_some_and(is_header)
}

fn is_header(block: &[u8; BLOCK_BYTES]) -> bool {
    const SUM: std::ops::Range<usize> = 148..156;
    // Spaces or zeros, octal digits, and a space or NUL behind them. Almost all that is no header ends here.
    if !block[SUM][..6].iter().all(|byte| matches!(byte, b'0'..=b'7' | b' ' | 0)) {
        return false;
    }
    let mut header = Header::new_old();
    *header.as_mut_bytes() = *block;
    let Ok(told) = header.cksum() else { return false };
    let sum = |value: fn(u8) -> i64| -> i64 {
        let others = block.iter().enumerate().filter(|(at, _)| !SUM.contains(at));
        others.map(|(_, byte)| value(*byte)).sum::<i64>() + 8 * i64::from(b' ')
    };
    // Some old programs added bytes up as signed ones.
    [sum(i64::from), sum(|byte| i64::from(byte as i8))].contains(&i64::from(told)) && header.entry_size().is_ok()
}
