//! [`Archive`]: the members of a tar or zip archive, each a text of its own, in the order in which they are stored.
//!
//! An archive is read once and from front to back, so it may come from a pipe, out of a decoder or out of another archive, and
//! memory does not grow with it. A member's reader and the archive share what they read from; who asks for the next member
//! passes over what nobody read of the last.

pub(crate) mod tar;
mod zip;

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use self::tar::Tar;
use self::zip::Zip;
use crate::decompress::Limits;
use crate::error::{ErrorKind, InputError, Problems};
use crate::layer::Layer;
use crate::open::{OpenOptions, Text, open_layer};
use crate::sniff::Format;

/// Archives inside one another that are opened. Bundles of bundles have two.
const MAX_ARCHIVES: usize = 4;

/// The members of an archive, and of those inside it.
pub struct Archive {
    options: OpenOptions,
    budget: Arc<Budget>,
    /// Those that are open, outermost first.
    open: Vec<Level>,
    /// Of those that were read to their end.
    errors: Vec<InputError>,
}

/// A file in an archive.
pub struct Member {
    /// Its name for reports: that of the archive, `/`, and the member's path there.
    pub name: String,
    /// When it was last changed, as far as the archive tells.
    pub modified: Option<SystemTime>,
    /// Its text; never an archive. Of one that cannot be opened, why.
    pub text: Result<Text, InputError>,
}

struct Level {
    problems: Problems,
    contents: Arc<Mutex<Box<dyn Container>>>,
}

/// An archive that is read from front to back.
trait Container: Send {
    /// Goes to the next regular member; `None` behind the last. An untimely end is a problem that was noted.
    fn next(&mut self) -> io::Result<Option<Entry>>;

    /// Reads on in the member. 0 at its end.
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize>;

    /// How much of the archive was read.
    fn consumed(&self) -> u64;
}

/// What an archive tells of a member.
struct Entry {
    name: String,
    bytes: Option<u64>,
    modified: Option<SystemTime>,
}

/// What all members of an archive may hold together, those of archives in it too. Each alone may be a harmless size.
struct Budget {
    limits: Limits,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
    spent: AtomicBool,
}

impl Archive {
    /// `None` if that is not a format of archives that are opened.
    pub(crate) fn new(format: Format, layer: Layer, problems: Problems, options: &OpenOptions) -> Option<Archive> {
        let container: Box<dyn Container> = match format {
            Format::Tar => Box::new(Tar::new(layer, problems.clone())),
            Format::Zip => Box::new(Zip::new(layer, problems.clone())),
            _ => return None,
        };
        let budget = Budget {
            limits: options.limits,
            bytes_in: AtomicU64::new(0),
            bytes_out: AtomicU64::new(0),
            spent: AtomicBool::new(false),
        };
        Some(Archive {
            // Pictures and programs are passed over, as where a directory is walked.
            options: OpenOptions { skip_binary: true, ..options.clone() },
            budget: Arc::new(budget),
            open: vec![Level { problems, contents: Arc::new(Mutex::new(container)) }],
            errors: Vec::new(),
        })
    }

    /// Goes to the next member that the options take. What was not read of the one before is passed over.
    ///
    /// ```
    /// use wsa_input::{OpenOptions, Text, open_reader};
    ///
    /// # let mut tar = tar::Builder::new(Vec::new());
    /// # let mut header = tar::Header::new_gnu();
    /// # header.set_size(12);
    /// # tar.append_data(&mut header, "logs/app.log", &b"error 10054\n"[..])?;
    /// # let bytes = std::io::Cursor::new(tar.into_inner()?);
    /// let Ok(Text::Archive(mut archive)) = open_reader("bundle.tar", Box::new(bytes), &OpenOptions::default()) else {
    ///     unreachable!()
    /// };
    /// let member = archive.next_member().unwrap();
    /// assert_eq!(member.name, "bundle.tar/logs/app.log");
    /// let Ok(Text::Stream(mut text)) = member.text else { unreachable!() };
    /// let mut buffer = [0; 100];
    /// assert_eq!(text.read(&mut buffer), 12);
    /// assert!(archive.next_member().is_none() && archive.take_errors().is_empty());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn next_member(&mut self) -> Option<Member> {
        loop {
            let level = self.open.last()?;
            let entry = match self.budget.spent() {
                true => None,
                false => level.lock().next().unwrap_or_else(|error| {
                    level
                        .problems
                        .note(ErrorKind::Read, format!("reading failed ({error}); what came before was scanned"));
                    None
                }),
            };
            let Some(entry) = entry else {
                self.close();
                continue;
            };
            if self.options.globs.as_ref().is_some_and(|globs| !globs.take(&entry.name)) {
                continue;
            }
            let name = format!("{}/{}", level.problems.path(), entry.name);
            let body = Body {
                contents: Arc::clone(&level.contents),
                budget: Arc::clone(&self.budget),
                is_outermost: self.open.len() == 1,
                problems: level.problems.clone(),
            };
            let layer = Layer::behind(Vec::new(), Box::new(body), entry.bytes.unwrap_or(u64::MAX));
            let text = match open_layer(&name, layer, &self.options) {
                Ok(Text::Archive(inner)) if self.open.len() < MAX_ARCHIVES => {
                    self.open.extend(inner.open);
                    continue;
                }
                Ok(Text::Archive(_)) => Err(InputError::new(
                    &name,
                    ErrorKind::NestedTooDeep,
                    format!("is an archive within {MAX_ARCHIVES} others (a decompression bomb?); not scanned"),
                )),
                text => text,
            };
            return Some(Member { name, modified: entry.modified, text });
        }
    }

    /// Errors of the archive itself and of those in it that are no member's, once each.
    #[must_use]
    pub fn take_errors(&mut self) -> Vec<InputError> {
        let open = self.open.iter().flat_map(|level| level.problems.take());
        std::mem::take(&mut self.errors).into_iter().chain(open).collect()
    }

    /// Leaves the innermost.
    fn close(&mut self) {
        if let Some(level) = self.open.pop() {
            self.errors.extend(level.problems.take());
        }
    }
}

impl Level {
    fn lock(&self) -> MutexGuard<'_, Box<dyn Container>> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Budget {
    fn spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed)
    }

    /// Whether the text is too much for what it came out of. True once.
    fn overdraws(&self, read: usize) -> bool {
        let out = self.bytes_out.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        out > self.limits.expansion_free_bytes
            && out / self.bytes_in.load(Ordering::Relaxed).max(1) > self.limits.expansion
            && !self.spent.swap(true, Ordering::Relaxed)
    }
}

/// The bytes of the member that its archive is at.
struct Body {
    contents: Arc<Mutex<Box<dyn Container>>>,
    budget: Arc<Budget>,
    is_outermost: bool,
    problems: Problems,
}

impl Read for Body {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.budget.spent() {
            return Ok(0);
        }
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let read = contents.read(buf)?;
        if self.is_outermost {
            self.budget.bytes_in.store(contents.consumed(), Ordering::Relaxed);
        }
        if self.budget.overdraws(read) {
            let most = self.budget.limits.expansion;
            let what = format!("expands more than {most} times (a decompression bomb?); the rest was not scanned");
            self.problems.note(ErrorKind::Bomb, what);
        }
        Ok(read)
    }
}

/// A member's name as reports show it: from the archive's root, with slashes.
fn shown_name(name: &str) -> String {
    let mut rest = name;
    while let Some(less) = rest.strip_prefix("./").or_else(|| rest.strip_prefix('/')) {
        rest = less;
    }
    rest.to_owned()
}
