//! `ws2cc` and `ws2c++`: compile Winsock programs as they are, with the user's gcc or clang.
//!
//! * `options`, `cl`, `libraries`: the command line, in the compiler's words and in Microsoft's.
//! * `place`, `compiler`: where the headers, the library and the compiler are.
//! * `resolve`, `folder`: which file an `#include` means, whatever its case and slashes.
//! * `rewrite`: what is changed in a source, and no more than that; every line keeps its number.
//! * `overlay`: changed copies of those files that need it, under their own names.
//! * `run`, `way`: calls the compiler, and again in another way where it refuses.
//! * `repair`: what the compiler's complaints ask for that one word in a line can give.
//! * `windres`: what stands in for the compiler of resources.
//!
//! The library exists for its program and its tests; `README.md` is for users.

mod cl;
mod compiler;
mod folder;
mod hidden;
mod libraries;
mod linker;
mod options;
mod overlay;
mod place;
mod repair;
mod resolve;
mod response;
mod rewrite;
mod run;
mod way;
mod windres;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

/// Runs a command line, of which the first argument is the program's name. A name that ends in `++` or `cxx` compiles C++,
/// one that ends in `windres` resources.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.into_iter();
    let name = arguments.next().unwrap_or_default();
    match compile(&name, arguments.collect()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("ws2cc: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn compile(name: &OsString, arguments: Vec<OsString>) -> Result<ExitCode> {
    if arguments.iter().any(|argument| argument == "--ws2-help") {
        print!("{}", include_str!("help.txt"));
        return Ok(ExitCode::SUCCESS);
    }
    let name = Path::new(name).file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    if name.ends_with("windres") {
        return windres::run(arguments);
    }
    let request = options::Request::parse(arguments, name.ends_with("++") || name.ends_with("cxx"))?;
    let compilers = compiler::Compiler::choose(request.settings.compiler.as_deref());
    run::run(&request, &compilers, &place::Place::find()?)
}
