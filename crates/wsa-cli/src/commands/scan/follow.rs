//! `--follow`: findings of live logs as they are written.
//!
//! What the files hold already is scanned first. Each input is one stream of the scanner; after a pause its complete lines
//! are flushed, so a finding is on the screen within a second of its line. Rotation begins a new stream. Directories are
//! looked at again for files that have come. Files never end; where only pipes are followed, the end of the last is the end.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use winsock_scan::{Finding, Scanner, Stream};
use wsa_input::{Change, Follower, Format, Found, Incoming, InputError, Newcomers, Source};

use super::filter::Filter;
use super::hit::{Batch, Keep};
use super::job::{InputFile, modified_ms};
use super::progress::Progress;
use super::{Show, StreamOutput, bench, shows_paths, walk_options};
use crate::args::scan::ScanArgs;
use crate::exit::{self, Outcome};
use crate::render::screen::Screen;
use crate::render::table::harmless;

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(200);

/// How often directories are.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long a file must be quiet before its last record is taken to be complete.
const QUIET: Duration = Duration::from_millis(400);

/// An input that is followed.
struct Followed {
    file: InputFile,
    source: Source,
    reader: Reader,
    stream: Stream,
    /// When text came that has not been flushed.
    grown: Option<Instant>,
    complained: bool,
}

enum Reader {
    File(Follower),
    /// Standard input or a named pipe.
    Pipe(Incoming),
}

/// What a look at an input gave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Text, and there may be more at once.
    Grown,
    Quiet,
    /// A pipe has ended, or failed.
    Ended,
}

/// All that is followed.
struct Following<'a> {
    args: &'a ScanArgs,
    scanner: Scanner,
    newcomers: Newcomers,
    /// When directories were last looked at.
    looked: Instant,
    inputs: Vec<Followed>,
    /// How many inputs there have been.
    count: u64,
}

/// Follows until the program is ended, or until all pipes have ended and there is nothing else.
///
/// # Errors
/// If nothing can be followed or the output cannot be written.
pub(super) fn run(args: &ScanArgs, paths: &[PathBuf], filter: Filter, screen: &Screen) -> Result<Outcome> {
    let mut following = Following::begin(args, paths)?;
    let progress = Progress::new(false, Arc::new(AtomicU64::new(0)), None);
    let path = shows_paths(paths);
    let mut show = Show::new(args, filter, progress, screen, path);
    // The report needs an end, which a live log has not: lines are shown.
    show.tally = None;
    show.stream.get_or_insert_with(|| StreamOutput::lines(&args.output, screen, path));
    loop {
        let busy = following.look(&mut show)?;
        if let Some(stream) = &mut show.stream {
            stream.finish()?;
        }
        if following.has_ended() {
            return show.finish(args, None, screen);
        }
        if !busy {
            if reader_has_left() {
                return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
            }
            thread::sleep(EVERY);
        }
    }
}

/// Whether standard output is a pipe that nobody reads any more. A quiet log would be followed for ever otherwise: only the
/// next finding's line would show it, as in `wsa scan -f app.log | head -1`.
fn reader_has_left() -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let stdout = io::stdout();
        let mut output = [PollFd::new(&stdout, PollFlags::empty())];
        poll(&mut output, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok()
            && output[0].revents().contains(PollFlags::ERR)
    }
    #[cfg(not(target_os = "linux"))]
    false
}

impl<'a> Following<'a> {
    fn begin(args: &'a ScanArgs, paths: &[PathBuf]) -> Result<Following<'a>> {
        let scanner = bench(args, Arc::new(AtomicU64::new(0))).scanner;
        let newcomers = Newcomers::new(paths, &walk_options(args, None));
        let looked = Instant::now();
        let mut following = Following { args, scanner, newcomers, looked, inputs: Vec::new(), count: 0 };
        for found in following.newcomers.look()? {
            following.add(&found)?;
        }
        if following.has_ended() {
            bail!("there is no file to follow");
        }
        Ok(following)
    }

    fn add(&mut self, found: &Found) -> Result<()> {
        self.count += 1;
        self.inputs.push(Followed::new(found, self.count, self.args, &self.scanner)?);
        Ok(())
    }

    /// Whether nothing more can come.
    fn has_ended(&self) -> bool {
        self.inputs.is_empty() && !self.newcomers.may_come()
    }

    /// Takes what is new. True if there may be more at once.
    fn look(&mut self, show: &mut Show) -> Result<bool> {
        let mut busy = false;
        let mut at = 0;
        while let Some(input) = self.inputs.get_mut(at) {
            match input.look(&self.scanner, show)? {
                Look::Ended => drop(self.inputs.remove(at)),
                look => {
                    busy |= look == Look::Grown;
                    at += 1;
                }
            }
        }
        if self.looked.elapsed() >= LOOK_EVERY && self.newcomers.may_come() {
            // A directory that cannot be read at the moment is looked at again.
            for found in self.newcomers.look().unwrap_or_default() {
                if let Err(error) = self.add(&found) {
                    exit::print_error(&error);
                }
            }
            self.looked = Instant::now();
        }
        Ok(busy)
    }
}

/// A compressed file or an archive does not grow in a way that could be followed.
fn refuse_packed(path: &Path) -> Result<()> {
    // As much as a tar archive is told by.
    let mut head = [0; 512];
    let read = std::fs::File::open(path).and_then(|mut file| std::io::Read::read(&mut file, &mut head)).unwrap_or(0);
    match Format::of(&head[..read]) {
        Format::Plain => Ok(()),
        format => {
            bail!("{} is {} data, which cannot be followed; scan it without --follow", path.display(), format.name())
        }
    }
}

fn words(change: Change) -> &'static str {
    match change {
        Change::Truncated => "was cut short",
        _ => "is another file now",
    }
}

impl Reader {
    fn new(found: &Found, args: &ScanArgs) -> Result<Reader> {
        let encoding = args.input.encoding;
        let pipe = || Ok(Reader::Pipe(Incoming::new(&found.source, encoding)));
        let Some(path) = found.source.path() else { return pipe() };
        match path.metadata() {
            Ok(metadata) if !metadata.is_file() => return pipe(),
            Ok(_) => refuse_packed(path)?,
            Err(error) if found.named => {
                let name = found.source.name();
                anstream::eprintln!("wsa: {}: {error}; it is followed once it can be opened", harmless(&name));
            }
            // It came to a directory and has gone.
            Err(_) => {}
        }
        Ok(Reader::File(Follower::new(path, encoding)))
    }

    /// What is new; no text once it has ended.
    fn poll(&mut self) -> Result<(Change, Option<&[u8]>), InputError> {
        match self {
            Reader::File(follower) => follower.poll().map(|(change, text)| (change, Some(text))),
            Reader::Pipe(incoming) => incoming.poll().map(|text| (Change::None, text)),
        }
    }
}

impl Followed {
    fn new(found: &Found, number: u64, args: &ScanArgs, scanner: &Scanner) -> Result<Followed> {
        Ok(Followed {
            file: InputFile { modified_ms: modified_ms(&found.source), ..InputFile::new(number, found.source.name()) },
            source: found.source.clone(),
            reader: Reader::new(found, args)?,
            stream: scanner.stream_from_middle(),
            grown: None,
            complained: false,
        })
    }

    /// Takes what is new.
    fn look(&mut self, scanner: &Scanner, show: &mut Show) -> Result<Look> {
        let mut batch = Batch::default();
        let mut take = |finding: &Finding<'_>| {
            batch.push(finding, Keep::Whole, None);
            std::ops::ControlFlow::Continue(())
        };
        let may_end = matches!(self.reader, Reader::Pipe(_));
        let look = match self.reader.poll() {
            Ok((change, text)) => {
                self.complained = false;
                if change != Change::None {
                    anstream::eprintln!("wsa: {}: {}, read from its start", harmless(&self.file.name), words(change));
                    self.stream.rotate(&mut take);
                }
                match text {
                    None => Look::Ended,
                    Some([]) => Look::Quiet,
                    Some(text) => {
                        let _ = self.stream.feed(text, &mut take);
                        Look::Grown
                    }
                }
            }
            Err(error) if may_end => {
                show.trouble(&error);
                Look::Ended
            }
            Err(error) => {
                // Once, not five times a second.
                if !std::mem::replace(&mut self.complained, true) {
                    anstream::eprintln!("wsa: {}; still trying", harmless(&error.to_string()));
                }
                Look::Quiet
            }
        };
        let now = Instant::now();
        match look {
            Look::Grown => {
                self.grown = Some(now);
                // Stamps without a date are of today, whenever the following began.
                self.file.modified_ms = modified_ms(&self.source).or(self.file.modified_ms);
            }
            Look::Quiet if self.grown.is_some_and(|grown| now - grown >= QUIET) => {
                self.grown = None;
                let _ = self.stream.flush(&mut take);
            }
            Look::Quiet => {}
            Look::Ended => {
                std::mem::replace(&mut self.stream, scanner.stream_from_middle()).finish(&mut take);
            }
        }
        if !batch.hits.is_empty() {
            show.show(&self.file, &batch)?;
        }
        Ok(look)
    }
}
