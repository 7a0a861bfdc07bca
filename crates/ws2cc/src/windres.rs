//! `ws2windres`: what Makefiles and CMake call for a program's icon and version.
//!
//! Resources are the matter of windows and of Explorer; the functions that read them are not provided, so that a program
//! which needs them fails to link. What comes out is an object without anything.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::compiler::Compiler;

/// Options of windres whose value may be the next argument.
const WITH_VALUE: [&str; 22] = [
    "-i",
    "-o",
    "-J",
    "-O",
    "-F",
    "-I",
    "-D",
    "-U",
    "-c",
    "-l",
    "--input",
    "--output",
    "--input-format",
    "--output-format",
    "--target",
    "--preprocessor",
    "--preprocessor-arg",
    "--include-dir",
    "--define",
    "--undefine",
    "--codepage",
    "--language",
];

/// The script that is read and the object that is written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Files {
    script: Option<PathBuf>,
    object: Option<PathBuf>,
}

/// Writes the object.
///
/// # Errors
///
/// No object is named, the script is not there, or no compiler is.
pub(crate) fn run(arguments: Vec<OsString>) -> Result<ExitCode> {
    let files = files(arguments);
    if let Some(script) = &files.script {
        ensure!(script.is_file(), "cannot read {}", script.display());
    }
    let object = files.object.context("ws2windres writes to a file: -o names it")?;
    let compilers = Compiler::choose(None);
    let compiler = compilers.first().context("neither clang nor gcc is installed")?.program(false);
    let status = Command::new(compiler).args(["-c", "-x", "c", "/dev/null", "-o"]).arg(&object).status();
    let status = status.with_context(|| format!("cannot run {compiler}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn files(arguments: Vec<OsString>) -> Files {
    let mut files = Files::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy().into_owned();
        if WITH_VALUE.contains(&text.as_str()) {
            let value = arguments.next().map(PathBuf::from);
            match text.as_str() {
                "-i" | "--input" => files.script = value,
                "-o" | "--output" => files.object = value,
                _ => {}
            }
        } else if let Some(name) = text.strip_prefix("--input=") {
            files.script = Some(name.into());
        } else if let Some(name) = text.strip_prefix("--output=").or_else(|| text.strip_prefix("-o")) {
            files.object = Some(name.into());
        } else if let Some(name) = text.strip_prefix("-i") {
            files.script = Some(name.into());
        } else if !text.starts_with('-') {
            let place = if files.script.is_none() { &mut files.script } else { &mut files.object };
            *place = Some(argument.into());
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_in_each_of_the_ways_of_windres() {
        let expected = Files { script: Some("a.rc".into()), object: Some("a.o".into()) };
        for line in [
            "-i a.rc -o a.o",
            "a.rc a.o",
            "-O coff -DX=1 -I inc a.rc a.o",
            "--input=a.rc --output=a.o",
            "-D NAME --output-format=coff -ia.rc -oa.o",
            "--include-dir inc a.rc --output a.o",
        ] {
            assert_eq!(files(line.split(' ').map(OsString::from).collect()), expected, "{line}");
        }
    }
}
