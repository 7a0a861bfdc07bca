//! Calls the compiler.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::compiler::{Compiler, Family};
use crate::hidden;
use crate::options::{Argument, Language, Request, Stage, Win32};
use crate::overlay::{Shadows, Unit};
use crate::place::Place;
use crate::resolve::Resolver;
use crate::rewrite::Depth;
use crate::way::{self, Leniency, Way};

/// What came of it.
struct Outcome {
    success: bool,
    code: u8,
    printed: Vec<u8>,
    complaints: Vec<u8>,
    notes: Vec<String>,
    /// Whether a header of the program's own has a `long` that was narrowed.
    narrows_headers: bool,
}

/// Does what a command line asks for.
pub(crate) fn run(request: &Request, compilers: &[Compiler], place: &Place) -> Result<ExitCode> {
    let first = compilers.first().context("neither clang nor gcc is installed; --ws2-compiler names another")?;
    if request.stage == Stage::Ask {
        return Err(ask(request, first));
    }
    let plain = Way::first(first);
    let outcome = compile(request, &plain, place)?;
    // What was preprocessed has been printed; it cannot be printed again.
    if !request.settings.retry
        || is_probe(request)
        || request.stage == Stage::Preprocess
        || request.sources().next().is_none()
    {
        return finish(request, &outcome);
    }
    let complaints = plain_text(&outcome.complaints);
    if !request.is_cxx() && way::misses_cxx_header(&complaints) {
        return run(&request.as_cxx(), compilers, place);
    }
    let declaring = plain.declaring(&complaints).filter(|_| !request.is_cxx());
    if let Some(better) = best(request, declaring.into_iter().collect(), place)?.filter(|better| better.success) {
        return finish(request, &better);
    }
    let better = if outcome.success {
        accepted_wrongly(request, &plain, place, &complaints)?
    } else {
        let mut ways = Way::further(request, compilers, &complaints);
        if let Some(repaired) = plain.repairing(request, &complaints) {
            ways.insert(0, repaired);
        }
        best(request, ways, place)?
    };
    finish(request, &better.unwrap_or(outcome))
}

/// Whether a configure script, CMake or Meson asks what the system has: the plain answer is what it wants, even no.
fn is_probe(request: &Request) -> bool {
    const FOLDERS: [&str; 3] = ["CMakeTmp", "CMakeScratch", "meson-private"];
    request.sources().any(|(source, _)| {
        let whole = std::path::absolute(source).unwrap_or_else(|_| source.to_owned());
        source.file_stem().is_some_and(|name| name == "conftest")
            || whole.components().any(|part| FOLDERS.iter().any(|folder| part.as_os_str() == *folder))
    })
}

/// What the first of the ways makes that succeeds; else of the first that only does not link, whose complaints tell more
/// than those of a way in which the program does not compile.
fn best(request: &Request, ways: Vec<Way<'_>>, place: &Place) -> Result<Option<Outcome>> {
    let mut ways = VecDeque::from(ways);
    let mut unlinked = None;
    while let Some(way) = ways.pop_front() {
        let mut again = compile(request, &way, place)?;
        let complaints = plain_text(&again.complaints);
        if again.success {
            again.notes.push(way.note(request));
            return Ok(Some(again));
        }
        ways.extend(way.renaming_more(&complaints));
        if let Some(repaired) = way.repairing(request, &complaints) {
            ways.push_front(repaired);
        }
        if unlinked.is_none() && way::is_linkers(&complaints) {
            unlinked = Some(again);
        }
    }
    Ok(unlinked)
}

/// A program in C that compiled with a warning and would not run as on Windows, compiled as it is meant: with a `long` of
/// 32 bits, if it passes its address for that of a `DWORD`, of which half would stay as it was; with `UNICODE`, if it
/// passes wide text to plain names. No other file may know of the change, and nothing speak against it.
fn accepted_wrongly(request: &Request, plain: &Way<'_>, place: &Place, complaints: &str) -> Result<Option<Outcome>> {
    let leniency = match () {
        () if request.is_cxx() => return Ok(None),
        () if way::passes_long_for_dword(complaints) => Leniency::NarrowLong,
        () if way::passes_wide_for_narrow(complaints) => Leniency::Unicode,
        () => return Ok(None),
    };
    let is_against = if leniency == Leniency::NarrowLong { way::misses_long } else { way::passes_narrow_for_wide };
    let mut again = compile(request, &Way::with(plain.compiler, leniency.clone()), place)?;
    if again.success && !again.narrows_headers && !is_against(&plain_text(&again.complaints)) {
        again.notes.push(match leniency {
            Leniency::NarrowLong => "long has 32 bits: its address is passed for that of a DWORD".to_owned(),
            _ => "UNICODE is defined: wide text is passed to functions of plain names".to_owned(),
        });
        return Ok(Some(again));
    }
    // The object it wrote is not the one to keep.
    compile(request, plain, place).map(Some)
}

/// What a compiler said, without colours and with straight quotes whatever the locale.
fn plain_text(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let mut parts = text.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        plain.push_str(&part[end..]);
    }
    plain.replace(['\u{2018}', '\u{2019}'], "'")
}

/// Leaves a question, such as `--version`, to the compiler. Returns only if that fails.
fn ask(request: &Request, compiler: &Compiler) -> anyhow::Error {
    let program = compiler.program(request.is_cxx());
    let mut command = Command::new(program);
    command.args(request.arguments.iter().map(|argument| match argument {
        Argument::Flag(flag) => flag.as_os_str(),
        Argument::Source { path, .. } => path.as_os_str(),
    }));
    anyhow::Error::from(command.exec()).context(format!("cannot run {program}"))
}

fn compile(request: &Request, way: &Way<'_>, place: &Place) -> Result<Outcome> {
    let folder =
        tempfile::Builder::new().prefix("ws2cc-").tempdir().context("cannot make a folder for changed sources")?;
    let mut prepared = prepare(request, way, place, folder.path())?;
    let program = way.compiler.program(request.is_cxx());
    let mut command = Command::new(program);
    command.args(arguments(request, way, place, &prepared));
    let rewrites_output = !prepared.shadows.is_empty() && request.stage == Stage::Preprocess;
    command.stderr(Stdio::piped()).stdout(if rewrites_output { Stdio::piped() } else { Stdio::inherit() });
    let mut notes = std::mem::take(&mut prepared.notes);
    if request.settings.explain {
        notes.push(format!("{command:?}"));
    }
    let output = command.spawn().and_then(std::process::Child::wait_with_output);
    let output = output.with_context(|| format!("cannot run {program}"))?;
    if output.status.success() && (!prepared.shadows.is_empty() || prepared.hidden.is_some()) {
        correct_dependencies(request, &prepared)?;
    }
    Ok(Outcome {
        success: output.status.success(),
        code: output.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1),
        printed: prepared.shadows.original_names(&output.stdout),
        complaints: prepared.shadows.original_names(&output.stderr),
        notes,
        narrows_headers: prepared.narrows_headers,
    })
}

/// The sources, ready for the compiler.
struct Prepared {
    shadows: Shadows,
    /// For each source, what is compiled in its place.
    stand_ins: Vec<Option<PathBuf>>,
    is_windows: bool,
    has_extensions: bool,
    /// The folder of headers that are hidden from the program.
    hidden: Option<PathBuf>,
    notes: Vec<String>,
    narrows_headers: bool,
}

fn prepare(request: &Request, way: &Way<'_>, place: &Place, folder: &Path) -> Result<Prepared> {
    let mut resolver = Resolver::new(&request.include_folders, &place.include, way.compiler);
    let mut prepared = Prepared {
        shadows: Shadows::default(),
        stand_ins: Vec::new(),
        is_windows: false,
        has_extensions: false,
        hidden: None,
        notes: request.notes.clone(),
        narrows_headers: false,
    };
    let settings = &request.settings;
    for (number, (source, language)) in request.sources().enumerate() {
        let depth = Depth {
            cxx: language == Language::Cxx,
            narrow_long: way.leniency == Leniency::NarrowLong,
            renamed: if let Leniency::Renamed(names) = &way.leniency { names.clone() } else { Vec::new() },
            repairs: way.repairs.clone(),
        };
        let unit = Unit::read(source, settings, &depth, &mut resolver);
        let shadows = unit.write(&folder.join(number.to_string()))?;
        prepared.stand_ins.push(unit.stand_in(&shadows).map(Path::to_owned));
        prepared.is_windows |= unit.is_windows(settings.win32);
        prepared.has_extensions |= unit.has_extensions();
        prepared.narrows_headers |= unit.narrows_headers();
        if settings.explain {
            prepared.notes.extend(unit.notes());
        }
        prepared.shadows.extend(shadows);
    }
    if settings.win32 == Win32::Yes {
        prepared.hidden = Some(hidden::write(folder)?);
    } else if prepared.is_windows {
        prepared.hidden = Some(hidden::write_empty(folder)?);
    }
    if prepared.is_windows {
        prepared.notes.push("_WIN32 is defined: a source includes a Windows header, or --ws2-win32 says so".to_owned());
    }
    Ok(prepared)
}

fn arguments(request: &Request, way: &Way<'_>, place: &Place, prepared: &Prepared) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = Vec::new();
    let compiles = request.sources().next().is_some();
    if compiles {
        arguments.extend(language_flags(request, way, prepared.is_windows));
        arguments.extend(included_first(way, place, prepared));
        arguments.extend(prepared.shadows.debug_flags());
    }
    if io::stderr().is_terminal() {
        arguments.push("-fdiagnostics-color=always".into());
    }
    let mut stand_ins = prepared.stand_ins.iter();
    for argument in &request.arguments {
        match argument {
            Argument::Flag(flag) => arguments.push(flag.clone()),
            Argument::Source { path, language } => {
                let stand_in = stand_ins.next().and_then(Option::as_deref);
                let language = if *language == Language::Cxx { "c++" } else { "c" };
                arguments.extend(["-x".into(), language.into()]);
                arguments.push(stand_in.unwrap_or(path).into());
                arguments.extend(["-x".into(), "none".into()]);
            }
        }
    }
    if compiles {
        // Behind the program's own folders.
        if let Some(hidden) = &prepared.hidden {
            arguments.extend(["-isystem".into(), hidden.into()]);
        }
        if request.is_cxx() && prepared.is_windows {
            arguments.push("-isystem".into());
            arguments.push(place.include.join("ws2/cxx").into());
        }
        arguments.push("-isystem".into());
        arguments.push(place.include.clone().into());
        let absent = place.include.join("absent");
        if absent.is_dir() {
            arguments.push("-idirafter".into());
            arguments.push(absent.into());
        }
    }
    if request.stage == Stage::Link && !request.has_flag(&["-nostdlib", "-nodefaultlibs", "-r"]) {
        arguments.extend(link_flags(request, place));
    }
    arguments
}

/// What makes the compilers take the C and C++ of Windows programs.
fn language_flags(request: &Request, way: &Way<'_>, is_windows: bool) -> Vec<OsString> {
    let mut flags = vec!["-pthread", "-Wno-unknown-pragmas"];
    if way.compiler.family == Family::Gcc || way.leniency.is_clangs() {
        // Unnamed structures with a name. Clang's has much else, some of which is in the way of the headers.
        flags.push("-fms-extensions");
    }
    if is_windows {
        flags.extend(["-D_WIN32=1", "-DWIN32=1", "-D_WIN64=1"]);
        // Boost declares Windows' functions itself, with a long for a DWORD, unless it is told to take the header.
        flags.push("-DBOOST_USE_WINDOWS_H=");
        // A source for several systems may ask for Linux first.
        flags.extend(["-U__linux__", "-U__linux", "-Ulinux", "-U__gnu_linux__", "-U__unix__", "-U__unix", "-Uunix"]);
        // A program that brings a clock_gettime of its own, as Windows has none, would give it to this project's library
        // too, whose functions it calls in it. Nothing is exported on Windows either unless it is said to be.
        if !request.has_flag(&["-shared", "-fPIC", "-fpic", "-rdynamic"]) {
            flags.push("-fvisibility=hidden");
        }
    }
    if request.is_cxx() {
        flags.extend(["-Wno-register", "-Wno-narrowing", "-Wno-write-strings"]);
        flags.extend(match way.compiler.family {
            Family::Gcc => &["-fpermissive", "-Wno-pmf-conversions"][..],
            Family::Clang => &[
                "-fno-strict-return",
                "-Wno-dynamic-exception-spec",
                "-Wno-reserved-user-defined-literal",
                "-Wno-address-of-temporary",
                // For `__declspec(property(...))`; the headers' macro has the others.
                "-fdeclspec",
            ],
        });
    }
    if request.sources().any(|(_, language)| language == Language::C) && !request.is_cxx() {
        // Errors in newer compilers, warnings in older ones and in Microsoft's; and a variable that each of several sources
        // has without `extern` is one.
        flags.extend([
            "-fcommon",
            "-Wno-error=implicit-function-declaration",
            "-Wno-error=implicit-int",
            "-Wno-error=int-conversion",
            "-Wno-error=incompatible-pointer-types",
        ]);
    }
    let mut flags: Vec<OsString> = flags.into_iter().map(OsString::from).collect();
    match &way.leniency {
        Leniency::Microsoft if request.is_cxx() => flags.extend(microsoft_flags()),
        Leniency::MicrosoftStandard(standard) => {
            flags.extend(microsoft_flags());
            flags.push(format!("-std={standard}").into());
        }
        // Says where a `long` is read or written through a format.
        Leniency::NarrowLong => flags.push("-Wformat".into()),
        Leniency::Standard(standard) => flags.push(format!("-std={standard}").into()),
        Leniency::Unicode => flags.extend(["-DUNICODE".into(), "-D_UNICODE".into()]),
        _ => {}
    }
    flags
}

/// Headers that come before the source. Microsoft's keywords need no header there.
fn included_first(way: &Way<'_>, place: &Place, prepared: &Prepared) -> Vec<OsString> {
    let mut headers = Vec::new();
    if prepared.is_windows {
        headers.push("ws2/keywords.h");
    }
    if prepared.has_extensions {
        headers.push("ws2/cxx/microsoft.h");
    }
    if let Leniency::Including(header) = way.leniency {
        headers.push(header);
    }
    headers.into_iter().flat_map(|header| ["-include".into(), place.include.join(header).into()]).collect()
}

/// Clang's imitation of Microsoft's C++, still with the headers of Linux: those need the names of gcc's.
fn microsoft_flags() -> impl Iterator<Item = OsString> {
    const SIZES: [&str; 11] =
        ["BOOL", "CHAR", "CHAR8_T", "CHAR16_T", "CHAR32_T", "WCHAR_T", "SHORT", "INT", "LONG", "LLONG", "POINTER"];
    let fixed = [
        "-fms-compatibility",
        "-fms-compatibility-version=19.30",
        "-fdelayed-template-parsing",
        "-U_MSC_VER",
        "-Wno-microsoft-goto",
    ];
    let atomics = SIZES.into_iter().map(|size| format!("-D__GCC_ATOMIC_{size}_LOCK_FREE=2").into());
    fixed.map(OsString::from).into_iter().chain(["-D__GCC_ATOMIC_TEST_AND_SET_TRUEVAL=1".into()]).chain(atomics)
}

fn link_flags(request: &Request, place: &Place) -> Vec<OsString> {
    if request.settings.static_library || request.has_flag(&["-static"]) {
        return [place.library.join("libws2_32.a").into_os_string(), "-lm".into(), "-ldl".into(), "-pthread".into()]
            .into();
    }
    let mut folder = OsString::from("-L");
    folder.push(&place.library);
    let mut rpath = OsString::from("-Wl,-rpath,");
    rpath.push(&place.library);
    // As needed: a program without Winsock does not need the library to run.
    [
        folder,
        "-Wl,--push-state,--as-needed".into(),
        "-lws2_32".into(),
        "-Wl,--pop-state".into(),
        rpath,
        // Part of the C library on Windows.
        "-lm".into(),
        "-pthread".into(),
    ]
    .into()
}

/// Makes `-MD` and `-M -o` name the originals, and no header that stood in for a hidden one.
fn correct_dependencies(request: &Request, prepared: &Prepared) -> Result<()> {
    let output = request.value_of("-o").map(PathBuf::from);
    let mut written = Vec::new();
    if request.stage == Stage::Preprocess {
        written.extend(output.clone());
        written.extend(request.value_of("-MF").map(PathBuf::from));
    } else if request.has_flag(&["-MD", "-MMD"]) {
        match request.value_of("-MF") {
            Some(file) => written.push(PathBuf::from(file)),
            None if output.is_some() => written.extend(output.map(|path| path.with_extension("d"))),
            None => written.extend(
                request.sources().filter_map(|(path, _)| Some(Path::new(path.file_name()?).with_extension("d"))),
            ),
        }
    }
    for path in written.into_iter().filter(|path| path.is_file()) {
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let named = prepared.shadows.original_names(&text);
        let text = match &prepared.hidden {
            Some(hidden) => without(hidden, &named),
            None => named,
        };
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Dependencies without the files below `folder`, each a word, perhaps with the colon of a target of its own.
fn without(folder: &Path, dependencies: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(dependencies.len());
    for word in dependencies.split_inclusive(|byte| byte.is_ascii_whitespace()) {
        let is_hidden = word.starts_with(folder.as_os_str().as_encoded_bytes());
        let space = word.iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |at| at + 1);
        kept.extend_from_slice(if is_hidden { &word[space..] } else { word });
    }
    kept
}

fn finish(request: &Request, outcome: &Outcome) -> Result<ExitCode> {
    io::stdout().write_all(&outcome.printed)?;
    let mut stderr = io::stderr().lock();
    stderr.write_all(&outcome.complaints)?;
    if request.settings.explain {
        for note in &outcome.notes {
            writeln!(stderr, "ws2cc: {note}")?;
        }
    }
    Ok(ExitCode::from(outcome.code))
}
