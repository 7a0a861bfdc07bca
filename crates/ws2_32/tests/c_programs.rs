//! Every `tests/c/NAME.c`, compiled as C and as C++ against the headers and both libraries, prints `NAME.expected`.
//!
//! Compilers that are not installed are passed over aloud; gcc must be there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiler, language standard, whether it must be present.
const COMPILERS: [(&str, &str, bool); 6] = [
    ("gcc", "-std=gnu99", true),
    ("gcc", "-std=c11", true),
    ("g++", "-std=c++11", false),
    ("g++", "-std=c++20", false),
    ("clang", "-std=gnu17", false),
    ("clang++", "-std=c++17", false),
];

#[test]
fn c_and_cpp_programs_print_what_windows_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c");
    let mut sources: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    sources.sort();
    assert!(!sources.is_empty());
    for (compiler, standard, needed) in COMPILERS {
        if Command::new(compiler).arg("--version").output().is_err() {
            assert!(!needed, "{compiler} is not installed");
            eprintln!("skipped: {compiler} is not installed");
            continue;
        }
        for source in &sources {
            let expected = std::fs::read_to_string(source.with_extension("expected")).unwrap();
            for library in ["shared", "static"] {
                let program = compile(compiler, standard, source, library);
                for driver in ["epoll", "io_uring"] {
                    // Cargo's search path would win over the program's own and may lead to an older library.
                    let mut command = Command::new(&program);
                    let output = command.env_remove("LD_LIBRARY_PATH").env("WSA_DRIVER", driver).output().unwrap();
                    let printed = String::from_utf8_lossy(&output.stdout);
                    let what = format!("{} by {compiler} {standard}, {library}, {driver}", source.display());
                    assert_eq!(printed, expected, "{what}");
                    assert!(output.status.success(), "{what}");
                }
            }
        }
    }
}

/// Cargo leaves the libraries beside the test program's folder.
fn library_folder() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let deps = here.parent().unwrap();
    let above = deps.parent().unwrap();
    [deps, above].into_iter().find(|folder| folder.join("libws2_32.so").exists()).unwrap().to_owned()
}

fn compile(compiler: &str, standard: &str, source: &Path, library: &str) -> PathBuf {
    let libraries = library_folder();
    let name = format!("{}-{compiler}{standard}-{library}", source.file_stem().unwrap().to_str().unwrap());
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut command = Command::new(compiler);
    command.args([standard, "-Wall", "-Wextra", "-Werror", "-pthread"]);
    command.arg("-I").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"));
    if compiler.ends_with("++") {
        command.args(["-x", "c++"]);
    }
    command.arg(source).args(["-x", "none"]).arg("-o").arg(&program);
    if library == "shared" {
        command.arg("-L").arg(&libraries).arg("-lws2_32").arg(format!("-Wl,-rpath,{}", libraries.display()));
    } else {
        command.arg(libraries.join("libws2_32.a")).args(["-lm", "-ldl", "-Wl,--strip-debug"]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    program
}
