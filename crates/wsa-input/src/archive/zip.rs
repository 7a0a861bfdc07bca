//! zip, read by the headers before its members, and not by the directory at its end.
//!
//! That is the only way for what cannot be searched (standard input, a zip in an archive), and what is left of an archive that was
//! cut short is read like a whole one. The crates that read zip this way give up on members whose length stands behind them,
//! as .NET, Go and Java write them. The directory is counted through: what it has more than was found is named.
//!
//! Source: APPNOTE.TXT of PKWARE, 4.3 and 4.4.

use std::io::{self, BufRead as _, Read as _};
use std::time::{Duration, SystemTime};

use deflate64::InflaterManaged;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use memchr::memmem;
use oem_cp::code_table::DECODING_TABLE_CP_MAP;

use super::{Container, Entry, shown_name};
use crate::error::{ErrorKind, Problems};
use crate::layer::Layer;

const MEMBER: &[u8; 4] = b"PK\x03\x04";
const IN_DIRECTORY: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const END_64: &[u8; 4] = b"PK\x06\x06";
const SIZES: &[u8; 4] = b"PK\x07\x08";

const HEADER_BYTES: usize = 30;
const IN_DIRECTORY_BYTES: usize = 46;

pub(super) struct Zip {
    layer: Layer,
    problems: Problems,
    member: Option<Current>,
    /// How many members there were, directories among them.
    found: u64,
    encrypted: u64,
    ended: bool,
}

/// The member that is being read.
struct Current {
    name: String,
    packing: Packing,
    /// How much of its packed bytes follows; `None` if that stands behind it.
    left: Option<u64>,
    /// Whether lengths and checksum stand behind it.
    is_told_behind: bool,
    packed: u64,
    unpacked: u64,
    crc: Crc,
    told_crc: u32,
    ended: bool,
}

enum Packing {
    Stored,
    Deflate(Box<Decompress>),
    Deflate64(Box<InflaterManaged>),
    /// As in a file of their own, which the next layer tells by itself: bzip2, zstd, xz. They check themselves.
    Framed,
    /// Of another kind, or encrypted.
    Unread,
}

/// A step of unpacking.
enum Step {
    /// So many bytes were taken and given.
    Read(usize, usize),
    End(usize, usize),
    Damaged,
}

impl Zip {
    pub(super) fn new(layer: Layer, problems: Problems) -> Zip {
        Zip { layer, problems, member: None, found: 0, encrypted: 0, ended: false }
    }

    /// Goes behind the member.
    fn pass_over(&mut self) -> io::Result<()> {
        let Some(member) = &mut self.member else { return Ok(()) };
        match member.left {
            Some(left) => {
                let skipped = self.layer.skip(left)?;
                member.left = Some(0);
                if skipped < left {
                    self.cut_short();
                } else if member.is_told_behind && !member.ended {
                    self.told_behind()?;
                }
            }
            // Only unpacking tells where it ends.
            None => {
                let mut scratch = [0; 8 << 10];
                while Container::read(self, &mut scratch)? > 0 {}
            }
        }
        self.member = None;
        Ok(())
    }

    fn cut_short(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let place =
            self.member.as_ref().map_or("before its directory".to_owned(), |member| format!("within {}", member.name));
        let what = format!(
            "the zip archive ends {place} (truncated file, or still being written); what came before was scanned"
        );
        self.problems.note(ErrorKind::Truncated, what);
    }

    /// Goes to the next header of a member, or to the end.
    fn seek_member(&mut self) -> io::Result<bool> {
        loop {
            let head = self.layer.peek(8)?;
            let Some(sign) = head.first_chunk::<4>() else {
                self.cut_short();
                return Ok(false);
            };
            match sign {
                MEMBER => return Ok(true),
                IN_DIRECTORY | END | END_64 => {
                    self.read_directory()?;
                    return Ok(false);
                }
                // Between members there may be a block of signatures, padding, or the rest of a damaged one.
                _ => {
                    let step = memmem::find(&head[1..], b"PK").map_or(head.len() - 1, |at| at + 1);
                    self.layer.skip(step as u64)?;
                }
            }
        }
    }

    /// Compares what was found with what the directory tells.
    fn read_directory(&mut self) -> io::Result<()> {
        let mut told = 0;
        loop {
            let head = self.layer.peek(IN_DIRECTORY_BYTES)?;
            if head.starts_with(END) || head.starts_with(END_64) {
                break;
            }
            let fields = head.get(..IN_DIRECTORY_BYTES).filter(|head| head.starts_with(IN_DIRECTORY));
            let Some(fields) = fields else {
                self.cut_short();
                return Ok(());
            };
            told += 1;
            let bytes: u64 = [28, 30, 32].map(|at| u64::from(u16_at(fields, at))).iter().sum();
            self.layer.skip(IN_DIRECTORY_BYTES as u64 + bytes)?;
        }
        let found = self.found;
        if told > found {
            let what = format!("the zip archive is damaged: of {told} members that it names {found} were found");
            self.problems.note(ErrorKind::Corrupt, what);
        }
        self.ended = true;
        Ok(())
    }

    /// Reads the header of a member; `None` of one that has no text to read.
    fn begin(&mut self) -> io::Result<Option<Entry>> {
        let head = self.layer.peek(HEADER_BYTES)?;
        let Some(head) = head.first_chunk::<HEADER_BYTES>().copied() else {
            self.cut_short();
            return Ok(None);
        };
        let name_bytes = usize::from(u16_at(&head, 26));
        let extra_bytes = usize::from(u16_at(&head, 28));
        self.layer.skip(HEADER_BYTES as u64)?;
        let mut rest = vec![0; name_bytes + extra_bytes];
        if let Err(error) = self.layer.read_exact(&mut rest) {
            if error.kind() != io::ErrorKind::UnexpectedEof {
                return Err(error);
            }
            self.cut_short();
            return Ok(None);
        }
        let (name, extra) = rest.split_at(name_bytes);
        let extra = Extra::of(extra);
        let flags = u16_at(&head, 6);
        let name = shown_name(&decoded(name, flags & 1 << 11 != 0));
        let (packed, bytes) = match (u32_at(&head, 18), u32_at(&head, 22)) {
            (packed, bytes) if packed == u32::MAX || bytes == u32::MAX => {
                // Of both lengths only those that are too long are there, the unpacked first.
                let mut long = extra.long.iter().copied();
                let mut either = |short: u32| if short == u32::MAX { long.next() } else { Some(u64::from(short)) };
                let bytes = either(bytes);
                (either(packed), bytes)
            }
            (packed, bytes) => (Some(u64::from(packed)), Some(u64::from(bytes))),
        };
        let is_told_behind = flags & 1 << 3 != 0;
        let left = packed.filter(|packed| !is_told_behind || *packed > 0);
        let is_encrypted = flags & 1 != 0;
        let method = u16_at(&head, 8);
        let packing = match method {
            _ if is_encrypted => Packing::Unread,
            0 => Packing::Stored,
            8 => Packing::Deflate(Box::new(Decompress::new(false))),
            9 => Packing::Deflate64(Box::new(InflaterManaged::new())),
            12 | 20 | 93 | 95 if left.is_some() => Packing::Framed,
            _ => Packing::Unread,
        };
        self.found += 1;
        self.encrypted += u64::from(is_encrypted);
        let is_directory = name.ends_with('/');
        let is_unread = matches!(packing, Packing::Unread);
        if is_unread && !is_encrypted {
            let what = format!("{name} is packed in a way that is not decoded ({})", method_name(method));
            self.problems.note(ErrorKind::Unsupported, what);
        }
        self.member = Some(Current {
            name: name.clone(),
            packing,
            // A directory whose length is not told has none.
            left: if is_directory { left.or(Some(0)) } else { left },
            is_told_behind,
            packed: 0,
            unpacked: 0,
            crc: Crc::new(),
            told_crc: u32_at(&head, 14),
            ended: false,
        });
        if is_unread && left.is_none() {
            // It is not known where it ends: the next header is looked for.
            self.member = None;
        }
        let modified = extra.modified.or_else(|| dos_time(u16_at(&head, 12), u16_at(&head, 10)));
        let bytes = bytes.filter(|_| left.is_some());
        Ok((!is_unread && !is_directory).then_some(Entry { name, bytes, modified }))
    }

    /// What stands behind a member: lengths and checksum, perhaps with a sign before, and 4 or 8 bytes for each length.
    fn told_behind(&mut self) -> io::Result<()> {
        let head = self.layer.peek(28)?;
        let sign = if head.starts_with(SIZES) { 4 } else { 0 };
        let told = head.get(sign..sign + 4).map(|told| u32_at(told, 0));
        // What follows begins with a sign in any case.
        let is_long = |head: &[u8]| head.get(sign + 20..).is_some_and(|next| next.starts_with(b"PK"));
        let is_short = head.get(sign + 12..).is_some_and(|next| next.starts_with(b"PK"));
        let bytes = sign + if !is_short && is_long(head) { 20 } else { 12 };
        if self.layer.skip(bytes as u64)? < bytes as u64 {
            self.cut_short();
        } else if let (Some(member), Some(told)) = (&mut self.member, told) {
            member.told_crc = told;
        }
        Ok(())
    }

    /// The member was read to its end.
    fn end_member(&mut self) -> io::Result<()> {
        let Some(member) = &mut self.member else { return Ok(()) };
        member.ended = true;
        if member.is_told_behind && member.left.is_none_or(|left| left == 0) {
            member.left = Some(0);
            self.told_behind()?;
        }
        let Some(member) = self.member.as_ref().filter(|_| !self.ended) else { return Ok(()) };
        if !matches!(member.packing, Packing::Framed) && member.crc.sum() != member.told_crc {
            let what =
                format!("{} does not fit its checksum (damaged archive); its text was scanned as it is", member.name);
            self.problems.note(ErrorKind::Corrupt, what);
        }
        Ok(())
    }

    /// The member cannot be read on.
    fn damaged(&mut self) {
        let Some(member) = &mut self.member else { return };
        let what = format!(
            "the packed data of {} are damaged; {} of its text were read and scanned",
            member.name,
            crate::decompress::bytes(member.unpacked)
        );
        self.problems.note(ErrorKind::Corrupt, what);
        member.ended = true;
        // Without a length the next header is looked for from here on.
        if member.left.is_none() {
            self.member = None;
        }
    }

    /// Reads on in a stored member whose length stands behind it: up to a sign with the checksum and the length of what was read.
    fn read_up_to_sizes(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some(member) = &mut self.member else { return Ok(0) };
        let head = self.layer.peek(24)?;
        if head.is_empty() {
            self.cut_short();
            return Ok(0);
        }
        let is_end = head.starts_with(SIZES)
            && head.len() >= 12
            && u32_at(head, 4) == member.crc.sum()
            && u32_at(head, 8) == member.unpacked as u32;
        if is_end {
            self.end_member()?;
            return Ok(0);
        }
        let before_sign = memmem::find(&head[1..], SIZES).map_or_else(
            // Its beginning may be at the end of what is here.
            || head.len().saturating_sub(3).max(1),
            |at| at + 1,
        );
        let count = before_sign.min(buf.len());
        buf[..count].copy_from_slice(&head[..count]);
        self.layer.consume(count);
        member.crc.update(&buf[..count]);
        member.unpacked += count as u64;
        Ok(count)
    }
}

impl Container for Zip {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        self.pass_over()?;
        while !self.ended && self.seek_member()? {
            if let Some(entry) = self.begin()? {
                return Ok(Some(entry));
            }
            if !self.ended {
                self.pass_over()?;
            }
        }
        if self.encrypted > 0 {
            let what = match std::mem::take(&mut self.encrypted) {
                1 => "1 member is encrypted and was not scanned".to_owned(),
                count => format!("{count} members are encrypted and were not scanned"),
            };
            self.problems.note(ErrorKind::Unsupported, what);
        }
        Ok(None)
    }

    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = self.member.as_mut().filter(|member| !member.ended && !self.ended && !buf.is_empty())
            else {
                return Ok(0);
            };
            if matches!(member.packing, Packing::Stored) && member.left.is_none() {
                return self.read_up_to_sizes(buf);
            }
            let input = self.layer.fill_buf()?;
            let is_last = input.is_empty();
            let most = usize::try_from(member.left.unwrap_or(u64::MAX)).unwrap_or(usize::MAX).min(input.len());
            let (taken, given, has_ended) = match member.packing.step(&input[..most], buf) {
                Step::Read(taken, given) => (taken, given, false),
                Step::End(taken, given) => (taken, given, true),
                Step::Damaged => {
                    self.damaged();
                    return Ok(0);
                }
            };
            self.layer.consume(taken);
            member.crc.update(&buf[..given]);
            member.packed += taken as u64;
            member.unpacked += given as u64;
            member.left = member.left.map(|left| left - taken as u64);
            let has_all = member.left == Some(0);
            let is_raw = matches!(member.packing, Packing::Stored | Packing::Framed);
            if has_ended || is_raw && has_all {
                self.end_member()?;
            }
            if given > 0 || has_ended {
                return Ok(given);
            }
            if taken == 0 {
                match (has_all, is_last) {
                    (true, _) if is_raw => {}
                    (true, _) => self.damaged(),
                    (false, true) => self.cut_short(),
                    (false, false) => self.damaged(),
                }
                return Ok(0);
            }
        }
    }

    fn consumed(&self) -> u64 {
        self.layer.consumed()
    }
}

impl Packing {
    fn step(&mut self, input: &[u8], out: &mut [u8]) -> Step {
        match self {
            Packing::Stored | Packing::Framed => {
                let count = input.len().min(out.len());
                out[..count].copy_from_slice(&input[..count]);
                Step::Read(count, count)
            }
            Packing::Deflate(inflate) => {
                let before = (inflate.total_in(), inflate.total_out());
                let status = inflate.decompress(input, out, FlushDecompress::None);
                let (taken, given) =
                    ((inflate.total_in() - before.0) as usize, (inflate.total_out() - before.1) as usize);
                match status {
                    Ok(Status::StreamEnd) => Step::End(taken, given),
                    Ok(_) => Step::Read(taken, given),
                    Err(_) => Step::Damaged,
                }
            }
            Packing::Deflate64(inflate) => {
                let result = inflate.inflate(input, out);
                match (result.data_error, inflate.finished()) {
                    (true, _) => Step::Damaged,
                    (_, true) => Step::End(result.bytes_consumed, result.bytes_written),
                    (_, false) => Step::Read(result.bytes_consumed, result.bytes_written),
                }
            }
            Packing::Unread => Step::Damaged,
        }
    }
}

/// The extra fields that matter.
#[derive(Default)]
struct Extra {
    /// Lengths of more than 4 GiB.
    long: Vec<u64>,
    modified: Option<SystemTime>,
}

impl Extra {
    fn of(mut fields: &[u8]) -> Extra {
        let mut extra = Extra::default();
        while let Some(head) = fields.get(..4) {
            let (kind, bytes) = (u16_at(head, 0), usize::from(u16_at(head, 2)));
            let Some(field) = fields.get(4..4 + bytes) else { break };
            match kind {
                0x0001 => extra.long = field.chunks_exact(8).map(|bytes| u64_at(bytes, 0)).collect(),
                // Info-ZIP's time, in seconds since 1970, if the first flag says that it is there.
                0x5455 if field.len() >= 5 && field[0] & 1 != 0 => {
                    extra.modified = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(u32_at(field, 1).into()));
                }
                _ => {}
            }
            fields = &fields[4 + bytes..];
        }
        extra
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

/// A name: UTF-8 where it says so or is, else in the page of DOS. Old .NET wrote Windows' separators.
fn decoded(name: &[u8], is_utf8: bool) -> String {
    let name = match str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) if is_utf8 => String::from_utf8_lossy(name).into_owned(),
        Err(_) => DECODING_TABLE_CP_MAP
            .get(&437)
            .map_or_else(|| String::from_utf8_lossy(name).into_owned(), |page| page.decode_string_lossy(name)),
    };
    name.replace('\\', "/")
}

/// DOS' date and time, of which nobody says in which zone they are.
fn dos_time(date: u16, time: u16) -> Option<SystemTime> {
    let (year, month, day) = (i64::from(date >> 9) + 1980, i64::from(date >> 5 & 15), i64::from(date & 31));
    if !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    // Days since March of the year 0, whose months are 31, 30, 31, 30, 31 long again and again, without those up to 1970.
    let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1 - 719_468;
    let seconds = i64::from(time >> 11) * 3600 + i64::from(time >> 5 & 63) * 60 + i64::from(time & 31) * 2;
    let since_1970 = u64::try_from(days * 86_400 + seconds).ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(since_1970))
}

fn method_name(method: u16) -> String {
    match method {
        1 => "shrunk".to_owned(),
        6 => "imploded".to_owned(),
        12 => "bzip2, without its length".to_owned(),
        14 => "LZMA".to_owned(),
        20 | 93 => "zstd, without its length".to_owned(),
        95 => "xz, without its length".to_owned(),
        98 => "PPMd".to_owned(),
        other => format!("method {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_dos_are_read() {
        let at = |date: u16, time| dos_time(date, time)?.duration_since(SystemTime::UNIX_EPOCH).ok();
        // 2025-02-03 10:11:12, the day before a March, and no date at all.
        assert_eq!(at(45 << 9 | 2 << 5 | 3, 10 << 11 | 11 << 5 | 6), Some(Duration::from_secs(1_738_577_472)));
        assert_eq!(at(44 << 9 | 2 << 5 | 29, 0), Some(Duration::from_secs(1_709_164_800)));
        assert_eq!(at(0, 0), None);
    }
}
