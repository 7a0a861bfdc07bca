//! `--follow`: findings of live logs as they are written.
//!
//! What the files hold already is scanned first. Each file is one stream of the scanner; after a pause its complete lines
//! are flushed, so a finding is on the screen within a second of its line. Rotation begins a new stream. Directories are
//! looked at again for files that have come.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use winsock_scan::{Finding, Scanner, Stream};
use wsa_input::{Change, Follower, Format, Found, Newcomers};

use super::filter::Filter;
use super::hit::{Around, Batch, Keep};
use super::job::InputFile;
use super::lines::{LinePrinter, LineStyle};
use super::progress::Progress;
use super::{Show, StreamOutput, bench, shows_paths, walk_options};
use crate::args::scan::ScanArgs;
use crate::exit::Outcome;
use crate::render::screen::Screen;

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(200);

/// How often directories are.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long a file must be quiet before its last record is taken to be complete.
const QUIET: Duration = Duration::from_millis(400);

struct Followed {
    file: InputFile,
    follower: Follower,
    stream: Stream,
    /// When text came that has not been flushed.
    grown: Option<Instant>,
    complained: bool,
}

/// Follows until the program is ended.
///
/// # Errors
/// If nothing can be followed or the output cannot be written.
pub(super) fn run(args: &ScanArgs, paths: &[PathBuf], filter: Filter, screen: &Screen) -> Result<Outcome> {
    let scanner = bench(args, Arc::new(AtomicU64::new(0))).scanner;
    let mut newcomers = Newcomers::new(paths, &walk_options(args));
    let mut followed = Vec::new();
    for found in newcomers.look()? {
        let number = followed.len() as u64 + 1;
        followed.push(Followed::new(&found, number, args, &scanner)?);
    }
    if followed.is_empty() && !newcomers.may_come() {
        bail!("there is no file to follow");
    }
    let progress = Progress::new(false, Arc::new(AtomicU64::new(0)), None);
    let path = shows_paths(paths);
    let mut show = Show::new(args, filter, progress, screen, path);
    show.tally = None;
    if show.stream.is_none() {
        // The report needs an end, which a live log has not: lines are shown.
        let terminal = screen.is_terminal();
        let style = LineStyle { path, before: 0, after: 0, terminal, width: screen.width };
        show.stream = Some(StreamOutput::Lines(Box::new(anstream::stdout()), LinePrinter::new(style)));
    }
    let mut looked = Instant::now();
    loop {
        let mut busy = false;
        for one in &mut followed {
            busy |= one.look(&scanner, &mut show)?;
        }
        if let Some(stream) = &mut show.stream {
            stream.finish()?;
        }
        if newcomers.may_come() && looked.elapsed() >= LOOK_EVERY {
            // A directory that cannot be read at the moment is looked at again.
            for found in newcomers.look().unwrap_or_default() {
                let number = followed.len() as u64 + 1;
                followed.push(Followed::new(&found, number, args, &scanner)?);
            }
            looked = Instant::now();
        }
        if !busy {
            thread::sleep(EVERY);
        }
    }
}

/// A compressed file does not grow in a way that could be followed.
fn refuse_compressed(path: &std::path::Path) -> Result<()> {
    let mut head = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| io::Read::read(&mut file, &mut head)).unwrap_or(0);
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

impl Followed {
    fn new(found: &Found, number: u64, args: &ScanArgs, scanner: &Scanner) -> Result<Followed> {
        let Some(path) = found.source.path() else {
            bail!("standard input cannot be followed: a pipe is read to its end anyway; leave --follow away")
        };
        refuse_compressed(path)?;
        Ok(Followed {
            file: InputFile::new(number, &found.source),
            follower: Follower::new(path, args.input.encoding),
            stream: scanner.stream(),
            grown: None,
            complained: false,
        })
    }

    /// Takes what is new. True if there may be more at once.
    fn look(&mut self, scanner: &Scanner, show: &mut Show) -> Result<bool> {
        let mut batch = Batch::default();
        let mut take = |finding: &Finding<'_>| {
            batch.push(finding, Keep::Whole, Around::default());
            std::ops::ControlFlow::Continue(())
        };
        let grew = match self.follower.poll() {
            Ok((change, text)) => {
                self.complained = false;
                if change != Change::None {
                    anstream::eprintln!("wsa: {}: {}, read from its start", self.file.name, words(change));
                    std::mem::replace(&mut self.stream, scanner.stream()).finish(&mut take);
                }
                let _ = self.stream.feed(text, &mut take);
                !text.is_empty()
            }
            Err(error) => {
                // Once, not five times a second.
                if !std::mem::replace(&mut self.complained, true) {
                    anstream::eprintln!("wsa: {error}; still trying");
                }
                false
            }
        };
        let now = Instant::now();
        if grew {
            self.grown = Some(now);
        } else if self.grown.is_some_and(|grown| now - grown >= QUIET) {
            self.grown = None;
            let _ = self.stream.flush(&mut take);
        }
        if !batch.hits.is_empty() {
            show.show(&self.file, &batch)?;
        }
        Ok(grew)
    }
}
