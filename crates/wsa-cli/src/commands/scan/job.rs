//! Jobs: what one thread scans at a time. A file, a part of a large plain one, or an archive: its members are stored one behind
//! the other, and can be read in that order only.
//!
//! Large plain files are cut where a record begins, at places that depend on the file alone, so findings do not depend
//! on the number of threads.

use std::collections::HashSet;
use std::fs::Metadata;
use std::ops::Range;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use winsock_scan::next_split;
use wsa_input::{
    Archive, FileIdentity, Found, InputError, MappedText, OpenOptions, Opened, Source, Stream, Text, Walk, open,
};

use super::heads::Heads;
use super::interrupt::Interrupt;

/// An input that is being scanned.
#[derive(Debug)]
pub(crate) struct InputFile {
    /// Its place in the order of the inputs.
    pub(crate) number: u64,
    /// Its name in reports.
    pub(crate) name: String,
    /// Year and date for stamps that lack them: the input's last change, in milliseconds since 1970.
    pub(crate) modified_ms: Option<i64>,
    /// Whether it is a file in an archive, whose name nobody has given.
    pub(crate) is_member: bool,
}

/// Something to do, in the order of the output.
pub(crate) struct Job {
    pub(crate) file: Arc<InputFile>,
    /// Whether the file's lines and offsets begin with this job.
    pub(crate) begins_file: bool,
    /// What its decoder may hold, in bytes.
    pub(crate) decoder_bytes: u64,
    pub(crate) work: Work,
}

/// One of the texts of a job, in their order.
pub(crate) struct Step {
    pub(crate) file: Arc<InputFile>,
    pub(crate) begins_file: bool,
    /// Whether it is the job's last.
    pub(crate) ends_job: bool,
    pub(crate) work: Work,
}

/// The texts of a job.
pub(crate) enum Steps {
    One(Option<Step>),
    Archive { file: Arc<InputFile>, archive: Box<Archive>, members: u64, interrupt: Interrupt },
}

pub(crate) enum Work {
    /// A compressed, recoded, small or unseekable input.
    Stream(Box<Stream>),
    /// A part of a plain file, from the start of a record to the start of another.
    Part(Arc<CutText>, Range<u64>),
    /// The members of an archive, each of which is a step.
    Archive(Box<Archive>, Interrupt),
    /// All members of an archive are done.
    ArchiveEnd(Vec<InputError>),
    /// It could not be opened, or a directory could not be read.
    Failed(InputError),
    /// A binary file in a directory or an archive, or an archive of a kind that is not opened.
    Skipped { archive: bool },
    /// A file that was scanned under another path, or under the same.
    Repeated,
}

/// The text of a file that is cut into parts.
pub(crate) struct CutText {
    pub(crate) text: MappedText,
    pub(crate) heads: Heads,
}

/// How long parts are, roughly: large enough that cutting costs nothing.
const PART_BYTES: u64 = 4 << 20;

/// What the parts of all threads may hold together: a mapped page counts as memory.
const PARTS_BYTES: u64 = 24 << 20;

/// How much is looked at to find the next place to cut: little enough to be read and not mapped.
const PROBE_BYTES: u64 = 32 << 10;

/// How much of it is looked at first.
const FIRST_PROBE_BYTES: u64 = 4 << 10;

/// `next_split` judges a line by its beginning and by the line before; closer than this to either end of what it sees it
/// may be wrong.
const PROBE_MARGIN_BYTES: u64 = 9 << 10;

/// Makes jobs, one after the other.
pub(crate) struct Jobs {
    walk: Walk,
    options: OpenOptions,
    part_bytes: u64,
    cutting: Option<Cutting>,
    opened: u64,
    /// The next file, if it has been looked at already.
    next: Option<Result<Next, InputError>>,
    seen: Seen,
    interrupt: Interrupt,
}

/// The files that were opened, as far as they may come again.
#[derive(Default)]
struct Seen {
    /// Whether several paths were given; of one only hard links are the same file.
    several: bool,
    /// Length and time too: there are file systems that give files the same number.
    files: HashSet<(FileIdentity, u64, Option<SystemTime>)>,
}

impl Seen {
    /// Whether the file was opened before.
    fn has(&mut self, metadata: &Metadata) -> bool {
        if !self.several && links(metadata) < 2 {
            return false;
        }
        !self.files.insert((FileIdentity::of(metadata), metadata.len(), metadata.modified().ok()))
    }
}

#[cfg(unix)]
fn links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

/// A file that was looked at.
struct Next {
    found: Found,
    /// `None` if it is no regular file, or cannot be read.
    opened: Option<Opened>,
}

struct Cutting {
    file: Arc<InputFile>,
    text: Arc<CutText>,
    next: u64,
}

impl Jobs {
    pub(crate) fn new(walk: Walk, options: OpenOptions) -> Jobs {
        Jobs {
            walk,
            options,
            part_bytes: PART_BYTES,
            cutting: None,
            opened: 0,
            next: None,
            seen: Seen::default(),
            interrupt: Interrupt::default(),
        }
    }

    /// Expects that several paths may lead to the same file, which is scanned once.
    pub(crate) fn of_several(mut self, several: bool) -> Jobs {
        self.seen.several = several;
        self
    }

    /// Cuts into parts that so many threads can hold at once. Findings do not depend on it.
    pub(crate) fn for_threads(self, threads: usize) -> Jobs {
        self.part_bytes((PARTS_BYTES / threads.max(1) as u64).clamp(256 << 10, PART_BYTES))
    }

    /// Makes no more jobs once interrupted.
    pub(crate) fn until(self, interrupt: Interrupt) -> Jobs {
        Jobs { interrupt, ..self }
    }

    /// Cuts into parts of this length.
    pub(crate) fn part_bytes(mut self, bytes: u64) -> Jobs {
        self.part_bytes = bytes;
        self
    }

    fn open(&mut self, Next { found, opened }: Next) -> Job {
        let options = OpenOptions { skip_binary: !found.named, ..self.options.clone() };
        let decoder_bytes = opened.as_ref().map_or(0, Opened::decoder_bytes);
        let modified_ms = match &opened {
            Some(opened) => changed_ms(opened.metadata()),
            None => modified_ms(&found.source),
        };
        let file = Arc::new(InputFile { modified_ms, ..InputFile::new(self.opened, found.source.name()) });
        if opened.as_ref().is_some_and(|opened| self.seen.has(opened.metadata())) {
            return Job { file, begins_file: true, decoder_bytes: 0, work: Work::Repeated };
        }
        let text = match opened {
            Some(opened) => opened.text(&file.name, &options),
            None => open(&found.source, &options),
        };
        let work = match text {
            Ok(Text::Stream(stream)) => Work::Stream(Box::new(stream)),
            Ok(Text::Mapped(text)) => {
                let text = Arc::new(CutText { text, heads: Heads::default() });
                self.cutting = Some(Cutting { file: Arc::clone(&file), text, next: 0 });
                return self.cut();
            }
            Ok(Text::Archive(archive)) => Work::Archive(Box::new(archive), self.interrupt.clone()),
            Ok(Text::Skipped { archive }) => Work::Skipped { archive },
            Err(error) => Work::Failed(error),
        };
        Job { file, begins_file: true, decoder_bytes, work }
    }

    /// The next file, opened if that waits for nobody; none while a file is being cut.
    fn look_ahead(&mut self) -> Option<&Next> {
        if self.cutting.is_some() {
            return None;
        }
        if self.next.is_none() {
            self.next = self.walk.next().map(|found| {
                let found = found?;
                let opened = Opened::of(&found);
                Ok(Next { found, opened })
            });
        }
        self.next.as_ref()?.as_ref().ok()
    }

    /// Whether there is no further job. Begins none.
    pub(crate) fn is_exhausted(&mut self) -> bool {
        self.look_ahead();
        self.cutting.is_none() && self.next.is_none()
    }

    /// What the next job's decoder may hold, known before it is begun. 0 if it has none or there is no next job.
    pub(crate) fn next_decoder_bytes(&mut self) -> u64 {
        self.look_ahead().and_then(|next| next.opened.as_ref()).map_or(0, Opened::decoder_bytes)
    }

    /// How long the file of the next job is, in bytes, if the job is all of a plain regular file.
    pub(crate) fn next_plain_bytes(&mut self) -> Option<u64> {
        let map_from_bytes = self.options.map_from_bytes;
        let opened = self.look_ahead()?.opened.as_ref()?;
        let bytes = opened.metadata().len();
        (opened.decoder_bytes() == 0 && bytes < map_from_bytes).then_some(bytes)
    }

    /// The next part of the file that is being cut.
    fn cut(&mut self) -> Job {
        let cutting = self.cutting.as_mut().expect("called only while a file is being cut");
        let start = cutting.next;
        // A file that has become shorter may end before.
        let end = split_after(&cutting.text.text, start + self.part_bytes).max(start);
        cutting.next = end;
        let job = Job {
            file: Arc::clone(&cutting.file),
            begins_file: start == 0,
            decoder_bytes: 0,
            work: Work::Part(Arc::clone(&cutting.text), start..end),
        };
        if end >= cutting.text.text.bytes() {
            self.cutting = None;
        }
        job
    }
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        if self.interrupt.came() {
            return None;
        }
        if self.cutting.is_some() {
            return Some(self.cut());
        }
        self.look_ahead();
        let next = self.next.take()?;
        self.opened += 1;
        Some(match next {
            Ok(next) => self.open(next),
            Err(error) => {
                let file = Arc::new(InputFile::new(self.opened, error.path().to_owned()));
                Job { file, begins_file: true, decoder_bytes: 0, work: Work::Failed(error) }
            }
        })
    }
}

impl Job {
    /// What is to be done for it, one after the other.
    pub(crate) fn steps(self) -> Steps {
        let Job { file, begins_file, work, .. } = self;
        match work {
            Work::Archive(archive, interrupt) => Steps::Archive { file, archive, members: 0, interrupt },
            work => Steps::One(Some(Step { file, begins_file, ends_job: true, work })),
        }
    }
}

impl Iterator for Steps {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let Steps::Archive { file, archive, members, interrupt } = self else {
            let Steps::One(step) = self else { return None };
            return step.take();
        };
        let Some(member) = (if interrupt.came() { None } else { archive.next_member() }) else {
            let work = Work::ArchiveEnd(archive.take_errors());
            let step = Step { file: Arc::clone(file), begins_file: false, ends_job: true, work };
            *self = Steps::One(None);
            return Some(step);
        };
        *members += 1;
        let file = Arc::new(InputFile {
            number: file.number + *members,
            name: member.name,
            modified_ms: member.modified.and_then(milliseconds),
            is_member: true,
        });
        let work = match member.text {
            Ok(Text::Stream(stream)) => Work::Stream(Box::new(stream)),
            Err(error) => Work::Failed(error),
            Ok(Text::Skipped { archive }) => Work::Skipped { archive },
            // Members are neither mapped nor archives.
            Ok(Text::Mapped(_) | Text::Archive(_)) => Work::Skipped { archive: false },
        };
        Some(Step { file, begins_file: true, ends_job: false, work })
    }
}

impl InputFile {
    /// An input that was given or found, the so manieth; nobody knows when it was changed.
    pub(crate) fn new(number: u64, name: String) -> InputFile {
        // Behind it there is room for the numbers of its members.
        InputFile { number: number << 32, name, modified_ms: None, is_member: false }
    }
}

/// When the input was last changed: what comes through a pipe, just now. `None` if nobody knows.
pub(crate) fn modified_ms(source: &Source) -> Option<i64> {
    match source.path() {
        None => milliseconds(SystemTime::now()),
        Some(path) => changed_ms(&path.metadata().ok()?),
    }
}

fn changed_ms(metadata: &Metadata) -> Option<i64> {
    milliseconds(metadata.modified().ok()?)
}

fn milliseconds(time: SystemTime) -> Option<i64> {
    i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

/// The first place at or after `target` where a record begins; the text's end if there is none.
///
/// A line without end is read through once, by this; the part that it makes is as long as the line.
fn split_after(text: &MappedText, target: u64) -> u64 {
    let mut from = target;
    // Most records are short: a first look needs little more than what a split is trusted by.
    let mut probe_bytes = PROBE_MARGIN_BYTES + FIRST_PROBE_BYTES;
    while from < text.bytes() {
        let start = from.saturating_sub(PROBE_MARGIN_BYTES);
        let end = from + probe_bytes;
        probe_bytes = PROBE_BYTES;
        let last = end >= text.bytes();
        let mut found = None;
        text.with_part(start..end, &mut |probe| {
            let split = next_split(probe, (from - start) as usize) as u64;
            let trusted = last || split + PROBE_MARGIN_BYTES < probe.len() as u64;
            // At the very end of the text, "no split" and "split at the end" are the same place.
            found = trusted.then_some(start + split);
        });
        match found {
            Some(split) => return split,
            None => from = end - PROBE_MARGIN_BYTES,
        }
    }
    text.bytes()
}
