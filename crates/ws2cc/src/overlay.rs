//! Sources and headers as the compiler is to see them: changed copies in a folder of their own, where a change is
//! needed, each with a `#line` that names the original.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use winsock_source::{Encoding, Include, Kind, Token, decode};

use crate::options::{Settings, Win32};
use crate::resolve::{Meaning, Resolver};
use crate::rewrite::{self, Changes, Depth, Edit};

/// The largest file that is read as a source. What is larger goes to the compiler as it is.
const LARGEST_SOURCE_BYTES: u64 = 64 << 20;

/// A source and the program's own headers that it reaches.
pub(crate) struct Unit {
    files: BTreeMap<PathBuf, File>,
    source: PathBuf,
}

struct File {
    text: String,
    encoding: Encoding,
    includes: Vec<Included>,
    changes: Changes,
}

struct Included {
    /// Where the name with its quotes or brackets stands.
    start: usize,
    end: usize,
    written: String,
    quoted: bool,
    meaning: Meaning,
}

impl Unit {
    /// Reads a source and what it includes. A file that cannot be read is left to the compiler.
    pub(crate) fn read(source: &Path, settings: &Settings, depth: &Depth, resolver: &mut Resolver<'_>) -> Self {
        let mut unit = Self { files: BTreeMap::new(), source: source.to_owned() };
        let mut waiting = vec![(source.to_owned(), Vec::new())];
        while let Some((path, above)) = waiting.pop() {
            if unit.files.contains_key(&path) {
                continue;
            }
            let mut beside = vec![path.parent().unwrap_or(Path::new("")).to_owned()];
            beside.extend(above);
            let Some(file) = File::read(&path, settings, depth, resolver, &beside) else { continue };
            for included in &file.includes {
                if let Meaning::Own { path, .. } = &included.meaning {
                    waiting.push((path.clone(), beside.clone()));
                }
            }
            unit.files.insert(path, file);
        }
        unit
    }

    /// Whether `_WIN32` is to be defined.
    pub(crate) fn is_windows(&self, win32: Win32) -> bool {
        match win32 {
            Win32::Yes => true,
            Win32::No => false,
            Win32::Auto => self
                .files
                .values()
                .flat_map(|file| &file.includes)
                .any(|included| matches!(included.meaning, Meaning::System { ours: true, .. })),
        }
    }

    /// Whether a header of the program's own has a `long` that was narrowed: other sources may include it too.
    pub(crate) fn narrows_headers(&self) -> bool {
        self.files.iter().any(|(path, file)| *path != self.source && file.changes.narrowed)
    }

    /// Whether a source needs `ws2/cxx/microsoft.h`.
    pub(crate) fn has_extensions(&self) -> bool {
        self.files.values().any(|file| file.changes.has_extensions)
    }

    /// Writes the changed copies that are needed below `folder`, and says for each which file it stands for. Empty if
    /// the compiler can read everything as it is.
    pub(crate) fn write(&self, folder: &Path) -> Result<Shadows> {
        let changed = self.changed();
        let mut shadows = Shadows::default();
        for (number, path) in changed.iter().enumerate() {
            // The name stays, as compilers make other names of it.
            let name = path.file_name().unwrap_or_default();
            shadows.copies.insert(path.clone(), folder.join(number.to_string()).join(name));
        }
        for (path, copy) in &shadows.copies {
            let parent = copy.parent().context("a copy has a folder of its own")?;
            fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
            let text = self.files[path].rendered(path, &shadows.copies);
            fs::write(copy, text).with_context(|| format!("cannot write {}", copy.display()))?;
        }
        for path in self.files.keys() {
            if let Some(full) = std::path::absolute(path).ok().filter(|full| full != path) {
                shadows.full_names.insert(full, path.clone());
            }
        }
        Ok(shadows)
    }

    /// The files that need a change, and those that include one of them.
    fn changed(&self) -> BTreeSet<PathBuf> {
        let mut changed: BTreeSet<PathBuf> =
            self.files.iter().filter(|(_, file)| file.needs_change()).map(|(path, _)| path.clone()).collect();
        loop {
            let before = changed.len();
            let above: Vec<PathBuf> = self
                .files
                .iter()
                .filter(|(_, file)| file.includes_any(&changed))
                .map(|(path, _)| path.clone())
                .collect();
            changed.extend(above);
            if changed.len() == before {
                return changed;
            }
        }
    }

    /// What was done and why, a line each.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for (path, file) in &self.files {
            if !file.encoding.is_compiled_as_is() {
                notes.push(format!("{}: read as {}, compiled as UTF-8", path.display(), file.encoding));
            }
            let includes = file.includes.iter().filter_map(|included| Some((included.start, included.note()?)));
            let mut all: Vec<(usize, String)> = file.changes.notes.iter().cloned().chain(includes).collect();
            all.sort();
            for (at, note) in all {
                let line = file.text[..at].matches('\n').count() + 1;
                notes.push(format!("{}:{line}: {note}", path.display()));
            }
        }
        notes
    }

    /// The copy that is compiled in the place of the source, if there is one.
    pub(crate) fn stand_in<'a>(&self, shadows: &'a Shadows) -> Option<&'a Path> {
        shadows.copies.get(&self.source).map(PathBuf::as_path)
    }
}

impl File {
    fn read(
        path: &Path,
        settings: &Settings,
        depth: &Depth,
        resolver: &mut Resolver<'_>,
        beside: &[PathBuf],
    ) -> Option<Self> {
        if fs::metadata(path).ok()?.len() > LARGEST_SOURCE_BYTES {
            return None;
        }
        let bytes = fs::read(path).ok()?;
        let decoded = decode(&bytes, settings.code_page.as_deref());
        let tokens = rewrite::significant(&decoded.text);
        let mut changes = rewrite::changes(&decoded.text, &tokens, depth);
        let repairs = depth.repairs.iter().filter(|repair| is_same_file(&repair.file, path));
        rewrite::repairs::rewrite(&decoded.text, &tokens, repairs, &mut changes);
        let includes = tokens
            .iter()
            .filter(|token| token.kind == Kind::Directive)
            .filter_map(|token| Included::read(&decoded.text, token, resolver, beside))
            .collect();
        Some(Self { includes, changes, encoding: decoded.encoding, text: decoded.text.into_owned() })
    }

    fn needs_change(&self) -> bool {
        !self.encoding.is_compiled_as_is()
            || !self.changes.edits.is_empty()
            || !self.changes.tail.is_empty()
            || self.includes.iter().any(|included| included.note().is_some())
    }

    fn includes_any(&self, paths: &BTreeSet<PathBuf>) -> bool {
        self.includes
            .iter()
            .any(|included| matches!(&included.meaning, Meaning::Own { path, .. } if paths.contains(path)))
    }

    fn rendered(&self, path: &Path, copies: &BTreeMap<PathBuf, PathBuf>) -> String {
        let mut edits = self.changes.edits.clone();
        edits.extend(self.includes.iter().filter_map(|included| included.edit(copies)));
        let name = path.display().to_string().replace('\\', "\\\\").replace('"', "\\\"");
        format!("#line 1 \"{name}\"\n{}{}", rewrite::apply(&self.text, edits), self.changes.tail)
    }
}

impl Included {
    fn read(text: &str, token: &Token, resolver: &mut Resolver<'_>, beside: &[PathBuf]) -> Option<Self> {
        let directive = token.text(text);
        let include = Include::parse(directive)?;
        let name = include.portable_name(directive);
        Some(Self {
            start: token.start + include.name.start - 1,
            end: token.start + include.name.end + 1,
            written: include.written(directive).to_owned(),
            quoted: include.quoted,
            meaning: resolver.resolve(&name, include.quoted, beside),
        })
    }

    /// What has to be said of it, if the compiler would not find it as it is written.
    fn note(&self) -> Option<String> {
        match &self.meaning {
            Meaning::Own { path, exact } => {
                (!exact || self.is_foreign()).then(|| format!("\"{}\" is the file {}", self.written, path.display()))
            }
            Meaning::System { name, .. } => (*name != self.written).then(|| format!("<{}> is <{name}>", self.written)),
            Meaning::Unknown => None,
        }
    }

    fn is_foreign(&self) -> bool {
        self.written.contains('\\') || self.written.ends_with(['.', ' ']) || self.written.starts_with(' ')
    }

    /// The name by which the copy of the including file, which lies elsewhere, includes it.
    fn edit(&self, copies: &BTreeMap<PathBuf, PathBuf>) -> Option<Edit> {
        let text = match &self.meaning {
            Meaning::Own { path, exact } => match copies.get(path) {
                Some(copy) => format!("\"{}\"", copy.display()),
                None if self.quoted || !exact || self.is_foreign() => {
                    format!("\"{}\"", std::path::absolute(path).unwrap_or_else(|_| path.clone()).display())
                }
                None => return None,
            },
            Meaning::System { name, .. } if *name != self.written || self.quoted => format!("<{name}>"),
            _ => return None,
        };
        Some(Edit { start: self.start, end: self.end, text })
    }
}

fn is_same_file(left: &Path, right: &Path) -> bool {
    left == right || fs::canonicalize(left).is_ok_and(|left| fs::canonicalize(right).is_ok_and(|right| left == right))
}

/// The copies that were written.
#[derive(Debug, Default)]
pub(crate) struct Shadows {
    /// Of an original, its copy.
    copies: BTreeMap<PathBuf, PathBuf>,
    /// Of a full name by which a copy includes a file, the name that the program uses.
    full_names: BTreeMap<PathBuf, PathBuf>,
}

impl Shadows {
    pub(crate) fn is_empty(&self) -> bool {
        self.copies.is_empty()
    }

    /// Options that keep the copies' names out of debug information, which would name folders that are gone.
    pub(crate) fn debug_flags(&self) -> impl Iterator<Item = OsString> {
        self.copies.iter().map(|(original, copy)| {
            let mut flag = OsString::from("-fdebug-prefix-map=");
            flag.push(copy);
            flag.push("=");
            flag.push(original);
            flag
        })
    }

    /// Takes over the copies of another source.
    pub(crate) fn extend(&mut self, other: Self) {
        self.copies.extend(other.copies);
        self.full_names.extend(other.full_names);
    }

    /// What the compiler printed or wrote, with the originals' names in the place of the copies'.
    pub(crate) fn original_names(&self, text: &[u8]) -> Vec<u8> {
        if self.is_empty() {
            return text.to_vec();
        }
        let pairs = self.copies.iter().map(|(original, copy)| (copy, original)).chain(&self.full_names);
        let mut text = text.to_vec();
        for (from, to) in pairs {
            text = replace(&text, from.as_os_str().as_encoded_bytes(), to.as_os_str().as_encoded_bytes());
        }
        text
    }
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(from) {
            replaced.extend_from_slice(to);
            at += from.len();
        } else {
            replaced.push(text[at]);
            at += 1;
        }
    }
    replaced
}
