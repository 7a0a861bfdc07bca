//! The command line: what is ours, what is the compiler's, and what of it names sources and libraries.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{cl, libraries, linker, response};

/// What a command line asks for.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) settings: Settings,
    /// What goes to the compiler, in order.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) stage: Stage,
    /// Folders of `-I`, `-iquote` and `-isystem`, in the order in which they are searched.
    pub(crate) include_folders: Vec<PathBuf>,
    /// What was changed on the command line itself, for `--ws2-explain`.
    pub(crate) notes: Vec<String>,
}

/// An argument for the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Argument {
    Flag(OsString),
    Source { path: PathBuf, language: Language },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    C,
    Cxx,
}

/// How far the compiler is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing to compile or link: a question such as `--version`.
    Ask,
    /// `-E`, `-M`, `-MM`.
    Preprocess,
    /// `-c`, `-S`, `-fsyntax-only`.
    Compile,
    Link,
}

/// Our own options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Whether the program is C++ even if its files do not say so: we are called `ws2c++`.
    pub(crate) cxx: bool,
    pub(crate) compiler: Option<String>,
    pub(crate) code_page: Option<String>,
    pub(crate) win32: Win32,
    pub(crate) explain: bool,
    pub(crate) static_library: bool,
    /// Whether to try again in other ways what did not compile.
    pub(crate) retry: bool,
}

/// Whether `_WIN32` and its family are defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Win32 {
    Yes,
    No,
    /// Yes for a source that includes a Windows header, on any branch.
    Auto,
}

/// Options whose value is the next argument.
const WITH_VALUE: [&str; 29] = [
    "-o",
    "-I",
    "-D",
    "-U",
    "-include",
    "-imacros",
    "-isystem",
    "-iquote",
    "-idirafter",
    "-isysroot",
    "-iprefix",
    "-L",
    "-l",
    "-x",
    "-MF",
    "-MT",
    "-MQ",
    "-MJ",
    "-Xlinker",
    "-Xpreprocessor",
    "-Xassembler",
    "-Xclang",
    "-u",
    "-z",
    "-T",
    "-e",
    "-target",
    "--param",
    "-arch",
];

/// Flags of mingw's gcc that mean nothing here: every program is a console program of its own threads.
const MINGW_FLAGS: [&str; 7] =
    ["-mconsole", "-mwindows", "-municode", "-mthreads", "-mwin32", "-mno-cygwin", "-static-libwinpthread"];

impl Request {
    /// Reads the arguments that follow the program's name.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>, cxx: bool) -> Result<Self> {
        let environment = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
        let settings = Settings {
            cxx,
            compiler: environment("WS2_CC"),
            code_page: environment("WS2_CODEPAGE"),
            win32: Win32::Auto,
            explain: environment("WS2_EXPLAIN").is_some_and(|value| value != "0"),
            static_library: false,
            retry: true,
        };
        let mut reader = Reader {
            request: Self {
                settings,
                arguments: Vec::new(),
                stage: Stage::Link,
                include_folders: Vec::new(),
                notes: Vec::new(),
            },
            language: None,
            has_input: false,
        };
        let mut arguments =
            cl::translate(response::expand(arguments.into_iter().collect()), &mut reader.request.notes).into_iter();
        while let Some(argument) = arguments.next() {
            reader.read(argument, &mut arguments)?;
        }
        if !reader.has_input {
            reader.request.stage = Stage::Ask;
        }
        Ok(reader.request)
    }

    /// The sources, in order.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&Path, Language)> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Source { path, language } => Some((path.as_path(), *language)),
            Argument::Flag(_) => None,
        })
    }

    /// The same with every source in C++.
    pub(crate) fn as_cxx(&self) -> Self {
        let mut request = self.clone();
        request.settings.cxx = true;
        for argument in &mut request.arguments {
            if let Argument::Source { language, .. } = argument {
                *language = Language::Cxx;
            }
        }
        request.notes.push("a source includes a header of the C++ library: all are compiled as C++".to_owned());
        request
    }

    /// Whether the C++ compiler has to be called.
    pub(crate) fn is_cxx(&self) -> bool {
        self.settings.cxx || self.sources().any(|(_, language)| language == Language::Cxx)
    }

    /// The value of an option that is written beside it or follows it, the last one given.
    pub(crate) fn value_of(&self, option: &str) -> Option<String> {
        let flags: Vec<&str> = self
            .arguments
            .iter()
            .filter_map(|argument| match argument {
                Argument::Flag(flag) => flag.to_str(),
                Argument::Source { .. } => None,
            })
            .collect();
        flags.iter().enumerate().rev().find_map(|(at, flag)| match flag.strip_prefix(option)? {
            "" => flags.get(at + 1).map(|value| (*value).to_owned()),
            value => Some(value.to_owned()),
        })
    }

    /// Whether a flag is given.
    pub(crate) fn has_flag(&self, wanted: &[&str]) -> bool {
        self.arguments.iter().any(
            |argument| matches!(argument, Argument::Flag(flag) if flag.to_str().is_some_and(|flag| wanted.contains(&flag))),
        )
    }
}

struct Reader {
    request: Request,
    /// What `-x` says of the sources that follow it.
    language: Option<Option<Language>>,
    has_input: bool,
}

impl Reader {
    fn read(&mut self, argument: OsString, rest: &mut impl Iterator<Item = OsString>) -> Result<()> {
        let Some(text) = argument.to_str().map(str::to_owned) else {
            self.input(argument);
            return Ok(());
        };
        if let Some(option) = text.strip_prefix("--ws2-") {
            return self.ours(option);
        }
        if !text.starts_with('-') || text == "-" {
            self.input(argument);
        } else if text == "-x" || text.starts_with("-x") && text.len() > 2 {
            let value = if text == "-x" { rest.next() } else { Some(OsString::from(&text[2..])) };
            self.language_option(&value.unwrap_or_default());
        } else if WITH_VALUE.contains(&text.as_str()) {
            let Some(value) = rest.next() else { bail!("argument to `{text}` is missing") };
            self.with_value(&text, value);
        } else if let Some(folder) = text.strip_prefix("-I") {
            self.include_folder("-I", Path::new(folder));
        } else if let Some(library) = text.strip_prefix("-l") {
            self.library(library);
        } else {
            self.flag(argument, &text);
        }
        Ok(())
    }

    fn ours(&mut self, option: &str) -> Result<()> {
        let (name, value) =
            option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value.to_owned())));
        let settings = &mut self.request.settings;
        match (name, value) {
            ("compiler", Some(value)) => settings.compiler = Some(value),
            ("codepage", Some(value)) => settings.code_page = Some(value),
            ("win32", Some(value)) => {
                settings.win32 = match value.as_str() {
                    "yes" => Win32::Yes,
                    "no" => Win32::No,
                    "auto" => Win32::Auto,
                    _ => bail!("--ws2-win32={value}: yes, no or auto"),
                }
            }
            ("explain", None) => settings.explain = true,
            ("static", None) => settings.static_library = true,
            ("no-retry", None) => settings.retry = false,
            ("c++", None) => settings.cxx = true,
            _ => bail!("unknown option `--ws2-{option}`; `--ws2-help` lists them"),
        }
        Ok(())
    }

    fn language_option(&mut self, value: &OsString) {
        self.language = match value.to_str() {
            Some("c") => Some(Some(Language::C)),
            Some("c++") => Some(Some(Language::Cxx)),
            Some("none") => None,
            _ => Some(None),
        };
        if self.language == Some(None) || self.language.is_none() {
            self.push("-x");
            self.request.arguments.push(Argument::Flag(value.clone()));
        }
    }

    fn with_value(&mut self, option: &str, value: OsString) {
        match option {
            "-I" | "-iquote" | "-isystem" => self.include_folder(option, Path::new(&value)),
            "-l" => self.library(&value.to_string_lossy()),
            _ => {
                self.push(option);
                self.request.arguments.push(Argument::Flag(value));
            }
        }
    }

    fn include_folder(&mut self, option: &str, folder: &Path) {
        let folder = native(folder);
        self.push(option);
        self.request.arguments.push(Argument::Flag(folder.clone().into_os_string()));
        self.request.include_folders.push(folder);
    }

    fn library(&mut self, name: &str) {
        self.has_input = true;
        if libraries::is_windows_system_library(name) {
            self.request.notes.push(format!("-l{name}: its functions are in -lws2_32, which is always linked"));
        } else {
            self.push(&format!("-l{name}"));
        }
    }

    fn flag(&mut self, argument: OsString, text: &str) {
        let left = if MINGW_FLAGS.contains(&text) { Some(String::new()) } else { linker::without_windows(text) };
        if let Some(left) = left {
            self.request.notes.push(format!("{text}: left out, it means something on Windows only"));
            if !left.is_empty() {
                self.push(&left);
            }
            return;
        }
        let stage = match text {
            "-E" | "-M" | "-MM" => Some(Stage::Preprocess),
            "-c" | "-S" | "-fsyntax-only" => Some(Stage::Compile),
            _ => None,
        };
        if let Some(stage) = stage
            && self.request.stage != Stage::Preprocess
        {
            self.request.stage = stage;
        }
        self.request.arguments.push(Argument::Flag(argument));
    }

    /// An argument that is no option: a source, an object, a library.
    fn input(&mut self, argument: OsString) {
        self.has_input = true;
        let path = native(Path::new(&argument));
        if let Some(library) = path.file_name().and_then(|name| name.to_str()).and_then(libraries::stem_of_lib)
            && !path.exists()
        {
            self.library(library);
            return;
        }
        match self.language.unwrap_or_else(|| language_of(&path, self.request.settings.cxx)) {
            Some(language) => self.request.arguments.push(Argument::Source { path, language }),
            None => self.request.arguments.push(Argument::Flag(path.into_os_string())),
        }
    }

    fn push(&mut self, flag: &str) {
        self.request.arguments.push(Argument::Flag(flag.into()));
    }
}

/// A path as it is named here: with slashes, and in the case in which the file exists, if it does not as written.
fn native(path: &Path) -> PathBuf {
    if path.exists() {
        return path.to_owned();
    }
    let Some(text) = path.to_str() else { return path.to_owned() };
    let slashed = PathBuf::from(text.replace('\\', "/"));
    crate::folder::Folders::default().find(Path::new(""), &slashed.to_string_lossy()).unwrap_or(slashed)
}

/// The language that a file's name says, whatever its case; `.c` and `.C` are what the program called says.
fn language_of(path: &Path, cxx: bool) -> Option<Language> {
    let extension = path.extension()?.to_str()?;
    match extension.to_ascii_lowercase().as_str() {
        "c" if cxx => Some(Language::Cxx),
        "c" => Some(Language::C),
        "cpp" | "cxx" | "cc" | "c++" | "cp" => Some(Language::Cxx),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Request {
        Request::parse(line.split_whitespace().map(OsString::from), false).unwrap()
    }

    fn flags(request: &Request) -> Vec<String> {
        request
            .arguments
            .iter()
            .map(|argument| match argument {
                Argument::Flag(flag) => flag.to_string_lossy().into_owned(),
                Argument::Source { path, language } => format!("{language:?}:{}", path.display()),
            })
            .collect()
    }

    #[test]
    fn sources_are_known_by_their_ending_in_any_case() {
        assert_eq!(flags(&parse("-c A.Cpp b.C c.cxx d.o")), ["-c", "Cxx:A.Cpp", "C:b.C", "Cxx:c.cxx", "d.o"]);
        assert_eq!(flags(&parse("-x c++ -c odd.txt")), ["-c", "Cxx:odd.txt"]);
    }

    #[test]
    fn libraries_of_windows_are_one_library() {
        let request = parse("a.o -lws2_32 -lz Ws2_32.lib -lkernel32 zlib.lib -mconsole");
        assert_eq!(flags(&request), ["a.o", "-lz", "-lzlib"]);
        assert_eq!(request.notes.len(), 4);
    }

    #[test]
    fn questions_are_the_compilers() {
        assert_eq!(parse("--version").stage, Stage::Ask);
        assert_eq!(parse("-v").stage, Stage::Ask);
        assert_eq!(parse("-E -c a.c").stage, Stage::Preprocess);
        assert_eq!(parse("a.c -o a").stage, Stage::Link);
        assert_eq!(parse("-c a.c").stage, Stage::Compile);
    }

    #[test]
    fn values_are_found_beside_and_behind_their_option() {
        assert_eq!(parse("-MFa.d -c a.c").value_of("-MF").as_deref(), Some("a.d"));
        assert_eq!(parse("-c a.c -o x/a.o").value_of("-o").as_deref(), Some("x/a.o"));
        assert_eq!(parse("-c a.c").value_of("-o"), None);
    }

    #[test]
    fn unknown_options_of_ours_are_refused() {
        let refused = Request::parse(["--ws2-wonder".into()], false).unwrap_err();
        assert!(refused.to_string().contains("--ws2-wonder"), "{refused}");
    }
}
