//! Decompressing readers: gzip, zstd, xz, bzip2, with several members in a row, in constant memory.
//!
//! All of them read from a [`Layer`] and are read through [`Decoded`], which turns a decoder's error into a named
//! problem and the end of the text: what came before the damage has been handed out by then.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::{Action, Status, XzStream};

use crate::error::{ErrorKind, Problems};
use crate::layer::Layer;
use crate::sniff::Format;

/// Bounds on what compressed data may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest window (dictionary) a decoder may hold, in bytes: 32 MiB. `xz -9` and `zstd --long` can need more
    /// once their text is longer than this.
    pub window_bytes: u64,
    /// Decoded bytes for one compressed byte that are taken for a bomb: 1000. gzip cannot exceed 1032.
    pub expansion: u64,
    /// Decoded bytes below which no expansion is suspicious: 16 GiB.
    pub expansion_free_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { window_bytes: 32 << 20, expansion: 1000, expansion_free_bytes: 16 << 30 }
    }
}

/// The text of compressed data.
pub(crate) struct Decoded {
    decoder: Decoder,
    format: Format,
    limits: Limits,
    problems: Problems,
    bytes_out: u64,
    ended: bool,
}

enum Decoder {
    Gzip(Box<Members<GzDecoder<Layer>>>),
    Bzip2(Box<Members<BzDecoder<Layer>>>),
    Zstd(Box<zstd::stream::read::Decoder<'static, Layer>>),
    Xz(Box<Xz>),
}

impl Decoded {
    /// The decoder for this format; `None` if it is not a compression format.
    pub(crate) fn new(format: Format, layer: Layer, limits: Limits, problems: Problems) -> io::Result<Option<Decoded>> {
        let decoder = match format {
            Format::Gzip => Decoder::Gzip(Box::new(Members::new(GzDecoder::new(layer)))),
            Format::Bzip2 => Decoder::Bzip2(Box::new(Members::new(BzDecoder::new(layer)))),
            Format::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(layer)?;
                // The library's own limit is 128 MiB; ours is given as a power of two.
                decoder.window_log_max(limits.window_bytes.ilog2())?;
                Decoder::Zstd(Box::new(decoder))
            }
            Format::Xz => Decoder::Xz(Box::new(Xz { layer, stream: XzStream::new(true), ended: false, failed: None })),
            Format::Plain | Format::Evtx | Format::Tar | Format::Zip | Format::Archive(_) => return Ok(None),
        };
        Ok(Some(Decoded { decoder, format, limits, problems, bytes_out: 0, ended: false }))
    }

    fn bytes_in(&self) -> u64 {
        match &self.decoder {
            Decoder::Gzip(members) => members.layer().map_or(0, Layer::consumed),
            Decoder::Bzip2(members) => members.layer().map_or(0, Layer::consumed),
            Decoder::Zstd(decoder) => decoder.get_ref().consumed(),
            Decoder::Xz(xz) => xz.layer.consumed(),
        }
    }

    fn window_too_large(&self) -> bool {
        // xz grows its dictionary with the text, so a large declared one costs nothing before the text is as long.
        match &self.decoder {
            Decoder::Xz(xz) => {
                let declared = xz.stream.memory_usage().map_or(0, |kib| u64::from(kib) << 10);
                // It doubles where it is full, so the end comes a little before that: a read later it would be too late.
                let most = self.limits.window_bytes;
                declared > most + (1 << 20) && self.bytes_out > most - most / 32
            }
            _ => false,
        }
    }

    fn is_bomb(&self) -> bool {
        self.bytes_out > self.limits.expansion_free_bytes
            && self.bytes_out / self.bytes_in().max(1) > self.limits.expansion
    }

    fn stop(&mut self, kind: ErrorKind, what: &str) {
        self.ended = true;
        self.problems.note(kind, format!("{what}; {} of text were read and scanned", bytes(self.bytes_out)));
    }

    fn stop_at(&mut self, error: &io::Error) {
        let name = self.format.name();
        match classify(error) {
            ErrorKind::Truncated => self.stop(
                ErrorKind::Truncated,
                &format!("the {name} data end before their end mark (truncated file, or still being written)"),
            ),
            ErrorKind::WindowTooLarge => self.stop_at_window(),
            ErrorKind::Corrupt => self.stop(ErrorKind::Corrupt, &format!("the {name} data are damaged ({error})")),
            kind => self.stop(kind, &format!("reading failed ({error})")),
        }
    }

    fn stop_at_window(&mut self) {
        let (name, limit) = (self.format.name(), bytes(self.limits.window_bytes));
        let tool = if self.format == Format::Xz { "xz -dc" } else { "zstd -dc --long=31" };
        let what = format!(
            "the {name} data need a window of more than {limit}; scan `{tool} {}` through a pipe",
            self.problems.path()
        );
        self.stop(ErrorKind::WindowTooLarge, &what);
    }
}

impl Read for Decoded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.ended || buf.is_empty() {
            return Ok(0);
        }
        let result = match &mut self.decoder {
            Decoder::Gzip(members) => members.read(buf),
            Decoder::Bzip2(members) => members.read(buf),
            Decoder::Zstd(decoder) => decoder.read(buf),
            Decoder::Xz(xz) => xz.read(buf),
        };
        match result {
            Ok(0) => self.ended = true,
            Ok(read) => {
                self.bytes_out += read as u64;
                if self.window_too_large() {
                    self.stop_at_window();
                } else if self.is_bomb() {
                    let what = format!(
                        "expands more than {} times (a decompression bomb?); decompress it into a pipe to scan it all",
                        self.limits.expansion
                    );
                    self.stop(ErrorKind::Bomb, &what);
                }
                return Ok(read);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => self.stop_at(&error),
        }
        Ok(0)
    }
}

/// What a decoder's error means. The decoders say `InvalidData`, `InvalidInput` or `Other` for contradictions in the
/// data; an error of the system keeps its errno.
fn classify(error: &io::Error) -> ErrorKind {
    if error.raw_os_error().is_some() {
        return ErrorKind::Read;
    }
    let text = error.to_string();
    if error.kind() == io::ErrorKind::UnexpectedEof || text.contains("decompression not finished but EOF reached") {
        ErrorKind::Truncated
    } else if text.contains("requires too much memory") {
        ErrorKind::WindowTooLarge
    } else {
        ErrorKind::Corrupt
    }
}

/// A size for people: `1.5 MiB`.
pub(crate) fn bytes(count: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if count < 1024 {
        return format!("{count} bytes");
    }
    let mut value = count as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1023.95 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

/// A decoder of one member that gives its source back.
trait Member: Read {
    fn begin(layer: Layer) -> Self;
    fn layer(&self) -> &Layer;
    fn into_layer(self) -> Layer;
    fn magic() -> &'static [u8];
}

impl Member for GzDecoder<Layer> {
    fn begin(layer: Layer) -> Self {
        GzDecoder::new(layer)
    }
    fn layer(&self) -> &Layer {
        self.get_ref()
    }
    fn into_layer(self) -> Layer {
        self.into_inner()
    }
    fn magic() -> &'static [u8] {
        &[0x1F, 0x8B]
    }
}

impl Member for BzDecoder<Layer> {
    fn begin(layer: Layer) -> Self {
        BzDecoder::new(layer)
    }
    fn layer(&self) -> &Layer {
        self.get_ref()
    }
    fn into_layer(self) -> Layer {
        self.into_inner()
    }
    fn magic() -> &'static [u8] {
        b"BZh"
    }
}

/// Members one after the other, as `cat a.gz b.gz` or a rotating writer makes them.
///
/// flate2's own `MultiGzDecoder` takes the zero padding of tapes and block devices for damage; this does not.
struct Members<M> {
    member: Option<M>,
}

impl<M: Member> Members<M> {
    fn new(member: M) -> Members<M> {
        Members { member: Some(member) }
    }

    fn layer(&self) -> Option<&Layer> {
        self.member.as_ref().map(M::layer)
    }

    /// Moves to the next member; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        let Some(member) = self.member.take() else { return Ok(false) };
        let mut layer = member.into_layer();
        let padded = skip_zeros(&mut layer)?;
        let head = layer.fill_buf()?;
        if head.is_empty() {
            return Ok(false);
        }
        // One byte may be all that the buffer holds at this moment; the decoder itself checks the others.
        let same = head.len().min(M::magic().len());
        if padded || head[..same] != M::magic()[..same] {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "something else follows the last complete member"));
        }
        self.member = Some(M::begin(layer));
        Ok(true)
    }
}

impl<M: Member> Read for Members<M> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.member else { return Ok(0) };
            let read = member.read(buf)?;
            if read > 0 || !self.advance()? {
                return Ok(read);
            }
        }
    }
}

fn skip_zeros(layer: &mut Layer) -> io::Result<bool> {
    let mut skipped = false;
    loop {
        let head = layer.fill_buf()?;
        let zeros = head.iter().take_while(|&&byte| byte == 0).count();
        if zeros == 0 {
            return Ok(skipped);
        }
        skipped = true;
        layer.consume(zeros);
    }
}

struct Xz {
    layer: Layer,
    stream: XzStream,
    ended: bool,
    /// The error that came with the last text.
    failed: Option<io::Error>,
}

impl Read for Xz {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        while !self.ended {
            let input = self.layer.fill_buf()?;
            let action = if input.is_empty() { Action::Finish } else { Action::Run };
            let before = self.stream.total_out();
            let step = match self.stream.process(input, buf, action) {
                Ok(step) => step,
                // The text before the damage is in the buffer nevertheless.
                Err(error) => match (self.stream.total_out() - before) as usize {
                    0 => return Err(error),
                    written => {
                        self.failed = Some(error);
                        return Ok(written);
                    }
                },
            };
            let stuck = step.bytes_consumed == 0 && step.bytes_produced == 0 && action == Action::Finish;
            self.layer.consume(step.bytes_consumed);
            self.ended = step.status == Status::StreamEnd;
            if step.bytes_produced > 0 {
                return Ok(step.bytes_produced);
            }
            if stuck && !self.ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}
