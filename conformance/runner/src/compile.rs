//! Turns a source into a program: natively against our headers and library, or with mingw-w64.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::differences::Platform;
use crate::options::Options;
use crate::process;

/// The cross compiler.
pub(crate) const MINGW: &str = "x86_64-w64-mingw32-gcc";

/// Longer than any compiler needs for one file on a loaded machine.
const COMPILER_LIMIT: Duration = Duration::from_secs(120);

/// Builds the program `name` for `platform` from one file and returns it, or the compiler's words.
pub(crate) fn compile(
    (name, source): (&str, &Path),
    platform: Platform,
    options: &Options,
    library: &Path,
) -> Result<PathBuf, String> {
    let program = options.work.join(platform.to_string()).join(format!("{name}.exe"));
    let build = || -> Result<Command> {
        std::fs::create_dir_all(program.parent().context("no parent")?)?;
        Ok(match platform {
            Platform::Library => native(source, options, library, &program),
            Platform::Wine => mingw(source, options, &program),
        })
    };
    let mut command = build().map_err(|error| format!("{error:#}"))?;
    let outcome = process::run(&mut command, COMPILER_LIMIT).map_err(|error| format!("{error:#}"))?;
    match outcome.trouble {
        None => Ok(program),
        Some(_) => Err(outcome.stderr),
    }
}

fn native(source: &Path, options: &Options, library: &Path, program: &Path) -> Command {
    let mut command = Command::new("cc");
    common(&mut command, options);
    command.arg("-I").arg(&options.headers).arg("-o").arg(program).arg(source).arg(library);
    // In each of some hundred programs the library's debug information is 30 MB, and 16 MB are functions that it does not call.
    command.args(["-lpthread", "-ldl", "-lm", "-Wl,--strip-debug,--gc-sections"]);
    command
}

fn mingw(source: &Path, options: &Options, program: &Path) -> Command {
    let mut command = Command::new(MINGW);
    common(&mut command, options);
    // Windows 10's declarations: mingw's default target leaves some functions out.
    command.arg("-D_WIN32_WINNT=0x0A00").arg("-o").arg(program).arg(source);
    command.args(["-lws2_32", "-lmswsock", "-liphlpapi", "-lntdll", "-lsynchronization"]);
    command
}

fn common(command: &mut Command, options: &Options) {
    command.args(["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-I"]).arg(options.home().join("include"));
}

/// The static library: the given one, or built by cargo.
pub(crate) fn library(options: &Options) -> Result<PathBuf> {
    if let Some(file) = &options.library_file {
        ensure!(file.is_file(), "--library {}: no such file", file.display());
        return Ok(file.clone());
    }
    let status = Command::new("cargo")
        .args(["build", "--quiet", "-p", "ws2_32"])
        .current_dir(&options.root)
        .status()
        .context("start cargo")?;
    ensure!(status.success(), "cargo build -p ws2_32 failed");
    let file = options.work.parent().context("no target folder")?.join("debug/libws2_32.a");
    ensure!(file.is_file(), "{} was not built", file.display());
    Ok(file)
}
