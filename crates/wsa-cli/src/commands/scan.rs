//! `wsa scan`: every Winsock error in any log, counted, placed and explained.
//!
//! * `job`, `work`, `engine`: what is scanned, by which thread, and results back in order.
//! * `hit`, `filter` (with `limit`), `when`: one finding, whether it is shown, its time.
//! * `tally` (with `top`, `series` and `related`), `diagnose`, `report`: from findings to the answer.
//! * `text`, `lines`, `json`, `summary`, `html`: the faces of it. `output`: where they go.
//! * `progress`, `follow`, `interrupt`: while it runs.

mod diagnose;
mod engine;
mod filter;
mod follow;
mod heads;
mod hit;
mod html;
mod interrupt;
mod job;
mod json;
mod limit;
mod lines;
mod output;
mod progress;
mod related;
mod report;
mod series;
mod summary;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod top;
mod when;
mod work;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use anstream::AutoStream;
use anyhow::{Context as _, Result};
use winsock_scan::ScannerBuilder;
use wsa_input::{Globs, InputError, OpenOptions, WalkOptions, walk};

use self::engine::{Consumer, Engine};
use self::filter::Filter;
use self::hit::{Batch, Keep};
use self::interrupt::Interrupt;
use self::job::{InputFile, Jobs};
use self::json::JsonLines;
use self::lines::{LinePrinter, LineStyle};
use self::output::PageFile;
use self::progress::{Progress, size};
use self::report::{Report, Scanned, Trouble};
use self::tally::Tally;
use self::work::{Bench, Done, LONGEST_SHOWN_BYTES};
use crate::args::scan::{ScanArgs, ScanOutput};
use crate::exit::Outcome;
use crate::render::screen::Screen;
use crate::render::table::harmless;

/// Scans and shows.
///
/// # Errors
/// If an option cannot be understood or the output cannot be written. Inputs that cannot be read are named on standard
/// error and make the outcome trouble; the others are still scanned.
pub fn run(args: &ScanArgs, screen: &Screen) -> Result<Outcome> {
    let filter = Filter::new(&args.filter)?;
    let paths = paths(&args.paths);
    if args.output.follow {
        return follow::run(args, &paths, filter, screen);
    }
    let bytes_read = Arc::new(AtomicU64::new(0));
    let page = PageFile::of(&args.output)?;
    let walk = walk(&paths, &walk_options(args, page.as_ref()))?;
    let options = OpenOptions {
        encoding: args.input.encoding,
        globs: Globs::new(&args.input.glob)?,
        bytes_read: Arc::clone(&bytes_read),
        ..OpenOptions::default()
    };
    let bench = Bench { interrupt: Interrupt::listen(), ..bench(args, Arc::clone(&bytes_read)) };
    // Findings that scroll by on the terminal show progress enough.
    let scrolls = streams(&args.output) && io::stdout().is_terminal();
    let total_bytes = total_bytes(&paths);
    let threads = threads(args, total_bytes);
    let progress = Progress::new(!args.output.no_progress && !scrolls, bytes_read, total_bytes);
    let mut show = Show::new(args, filter, progress, screen, shows_paths(&paths));
    let begun = Instant::now();
    let jobs = Jobs::new(walk, options).of_several(paths.len() > 1).for_threads(threads).until(bench.interrupt.clone());
    Engine::new(&bench, threads).run(jobs, &mut show);
    show.scanned.seconds = begun.elapsed().as_secs_f64();
    show.scanned.leaves_out = !args.input.no_ignore && paths.iter().any(|path| path.is_dir());
    if bench.interrupt.came() {
        show.interrupted(&paths, total_bytes);
    }
    show.finish(args, page, screen)
}

/// Standard input if something comes from there, else the current directory.
fn paths(given: &[PathBuf]) -> Vec<PathBuf> {
    match given {
        [] if io::stdin().is_terminal() => vec![".".into()],
        [] => vec!["-".into()],
        given => given.to_vec(),
    }
}

fn walk_options(args: &ScanArgs, page: Option<&PageFile>) -> WalkOptions {
    WalkOptions {
        globs: args.input.glob.clone(),
        hidden: args.input.hidden,
        no_ignore: args.input.no_ignore,
        outputs: output::files(page),
        ..WalkOptions::default()
    }
}

fn bench(args: &ScanArgs, bytes_read: Arc<AtomicU64>) -> Bench {
    let scanner = ScannerBuilder::new().assume_windows(args.filter.assume.is_some()).related(args.output.related);
    let output = &args.output;
    let around = |own: Option<usize>| if output.lines { own.or(output.context).unwrap_or(0) } else { 0 };
    Bench {
        scanner: scanner.build(),
        keep: if streams(output) { Keep::Whole } else { Keep::Sample },
        lines_before: around(output.before),
        lines_after: around(output.after),
        bytes_read,
        longest_shown: LONGEST_SHOWN_BYTES,
        interrupt: Interrupt::default(),
    }
}

/// Whether findings are shown one by one.
fn streams(output: &ScanOutput) -> bool {
    output.lines || output.json
}

/// Inputs below this are scanned on one thread unless told otherwise: asking how many processors there are takes longer.
const SMALL_BYTES: u64 = 256 << 10;

fn threads(args: &ScanArgs, total_bytes: Option<u64>) -> usize {
    match args.input.threads {
        None | Some(0) if total_bytes.is_some_and(|bytes| bytes < SMALL_BYTES) => 1,
        None | Some(0) => std::thread::available_parallelism().map_or(1, |count| count.get().min(16)),
        Some(count) => count.min(64),
    }
}

/// Whether lines are printed with the path of their file.
fn shows_paths(paths: &[PathBuf]) -> bool {
    paths.len() > 1 || paths.iter().any(|path| path.is_dir())
}

/// The inputs' size on disk, if all are files.
fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    paths
        .iter()
        .map(|path| path.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()))
        .sum()
}

/// Shows findings as they come, and keeps what the report needs.
struct Show {
    filter: Filter,
    progress: Progress,
    tally: Option<Tally>,
    stream: Option<StreamOutput>,
    findings: u64,
    scanned: Scanned,
    /// How far the first stamp that names its zone is ahead of UTC: the zone in which the report tells such times.
    zone_ms: Option<i64>,
    errors: Vec<Trouble>,
    failed: Option<io::Error>,
}

enum StreamOutput {
    Json(JsonLines<io::Stdout>),
    Lines(Box<dyn Write + Send>, LinePrinter),
}

impl Show {
    fn new(args: &ScanArgs, filter: Filter, progress: Progress, screen: &Screen, path: bool) -> Show {
        let output = &args.output;
        let reports = !streams(output) || output.html.is_some();
        Show {
            filter,
            progress,
            tally: reports.then(Tally::default),
            stream: StreamOutput::new(output, screen, path),
            findings: 0,
            scanned: Scanned::default(),
            zone_ms: None,
            errors: Vec::new(),
            failed: None,
        }
    }

    fn show(&mut self, file: &InputFile, batch: &Batch) -> io::Result<()> {
        if let Some(tally) = &mut self.tally {
            batch.related.iter().for_each(|related| tally.related.add(file, *related));
        }
        for hit in &batch.hits {
            let moment = hit.time.as_ref().and_then(|stamp| when::moment(stamp, file.modified_ms));
            if !self.filter.is_open() && !self.filter.passes(batch, hit, moment) {
                self.scanned.left_out += 1;
                continue;
            }
            self.findings += 1;
            if let Some(tally) = &mut self.tally {
                let ahead_ms = hit.time.and_then(|stamp| stamp.offset_minutes).map(limit::ahead_ms);
                let zone_ms = ahead_ms.map_or(0, |ahead_ms| *self.zone_ms.get_or_insert(ahead_ms));
                tally.add(file, batch, hit, moment.map(|moment| moment + zone_ms));
            }
            match &mut self.stream {
                None => {}
                Some(StreamOutput::Json(out)) => out.finding(file, batch, hit)?,
                Some(StreamOutput::Lines(out, printer)) => printer.hit(out, file, batch, hit)?,
            }
        }
        if let Some(StreamOutput::Lines(_, printer)) = &mut self.stream {
            printer.end_batch(batch);
        }
        Ok(())
    }

    fn trouble(&mut self, error: &InputError) {
        self.progress.clear();
        anstream::eprintln!("wsa: {}", harmless(&error.to_string()));
        self.errors.push(Trouble {
            path: error.path().to_owned(),
            kind: error.kind().as_str(),
            message: error.message().to_owned(),
        });
    }

    /// Says that the answer is one of a part.
    fn interrupted(&mut self, paths: &[PathBuf], total_bytes: Option<u64>) {
        self.progress.clear();
        let of = total_bytes.map(|bytes| format!(" of {}", size(bytes))).unwrap_or_default();
        let message = format!("interrupted: this is about the first {}{of}", size(self.scanned.bytes));
        anstream::eprintln!("wsa: {message}");
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
        self.errors.push(Trouble { path, kind: "interrupted", message });
    }

    /// Ends the output and judges.
    fn finish(mut self, args: &ScanArgs, page: Option<PageFile>, screen: &Screen) -> Result<Outcome> {
        const CANNOT_WRITE: &str = "cannot write to standard output";
        self.progress.clear();
        if let Some(error) = self.failed.take() {
            return Err(error).context(CANNOT_WRITE);
        }
        if let Some(stream) = &mut self.stream {
            stream.finish().context(CANNOT_WRITE)?;
        }
        if args.paths.is_empty() && self.scanned.files == 1 && self.scanned.bytes == 0 && !io::stdin().is_terminal() {
            anstream::eprintln!("wsa: standard input was empty; `wsa scan .` scans the current directory");
        }
        let outcome = match (self.errors.is_empty(), self.findings) {
            (false, _) => Outcome::Trouble,
            (true, 0) => Outcome::Nothing,
            (true, _) => Outcome::Found,
        };
        if let Some(tally) = self.tally.take() {
            let report = Report::new(tally, self.scanned, self.errors);
            let has_stdout = page.as_ref().is_some_and(PageFile::is_stdout);
            if let Some(format) = args.output.summary {
                screen.print(&summary::render(&report, format)?).context(CANNOT_WRITE)?;
            } else if self.stream.is_none() && !has_stdout {
                let layout = text::Layout::of(screen, args.output.full);
                screen.print(&text::render(&report, layout, args.output.full)).context(CANNOT_WRITE)?;
            }
            if let Some(page) = page {
                page.write(&html::render(&report, &args.paths))?;
            }
        }
        Ok(outcome)
    }
}

impl Consumer for Show {
    fn batch(&mut self, file: &InputFile, batch: &Batch) -> ControlFlow<()> {
        self.progress.tick();
        match self.show(file, batch) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn done(&mut self, _: &InputFile, done: &Done, begins_file: bool) -> ControlFlow<()> {
        self.progress.tick();
        for error in &done.errors {
            self.trouble(error);
        }
        self.scanned.files += u64::from(begins_file && !done.skipped && !done.repeated && !done.failed);
        self.scanned.skipped_binary += u64::from(done.skipped);
        self.scanned.skipped_archives += u64::from(done.archive);
        self.scanned.skipped_repeated += u64::from(done.repeated);
        self.scanned.bytes += done.bytes;
        self.scanned.lines += done.lines;
        ControlFlow::Continue(())
    }
}

impl StreamOutput {
    fn new(output: &ScanOutput, screen: &Screen, path: bool) -> Option<StreamOutput> {
        if output.json {
            widen_pipe();
            return Some(StreamOutput::Json(JsonLines::new(io::stdout())));
        }
        output.lines.then(|| StreamOutput::lines(output, screen, path))
    }

    fn lines(output: &ScanOutput, screen: &Screen, path: bool) -> StreamOutput {
        widen_pipe();
        let around = |own: Option<usize>| own.or(output.context).unwrap_or(0);
        // Colours may also be asked for without a terminal (--color always); then the text is made safe as well.
        let terminal = AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never || screen.is_terminal();
        let style = LineStyle {
            path,
            before: around(output.before),
            after: around(output.after),
            terminal,
            width: if screen.is_terminal() { screen.width } else { usize::MAX / 2 },
        };
        let out: Box<dyn Write + Send> = if terminal { Box::new(anstream::stdout()) } else { Box::new(io::stdout()) };
        let out = Box::new(BufWriter::with_capacity(json::BUFFER_BYTES, out));
        StreamOutput::Lines(out, LinePrinter::new(style))
    }

    fn finish(&mut self) -> io::Result<()> {
        match self {
            StreamOutput::Json(out) => out.flush(),
            StreamOutput::Lines(out, printer) => {
                printer.finish(out)?;
                out.flush()
            }
        }
    }
}

/// Gives a pipe on standard output room for several buffers. The 64 KiB that it begins with are one: scan and reader would
/// take turns instead of working side by side. Where it cannot be had, all goes on more slowly.
fn widen_pipe() {
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(io::stdout(), 4 * json::BUFFER_BYTES);
}
