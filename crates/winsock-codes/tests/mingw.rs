//! Second referees, where mingw-w64 and wine are installed: its headers for the numbers, and the entries' own programs
//! run for what they claim to print.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use winsock_codes::entries;

const COMPILER: &str = "x86_64-w64-mingw32-gcc";

/// Whether a tool is there. In CI it must be; on a user's machine the test is skipped aloud.
fn have(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_ok_and(|status| status.success()) {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "{tool} is missing in CI");
    eprintln!("SKIPPED: {tool} is not installed (Debian: mingw-w64, wine)");
    false
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the target folder is writable");
    folder
}

#[test]
fn every_number_is_the_one_in_mingws_headers() {
    if !have(COMPILER) {
        return;
    }
    let mut program = "#include <winsock2.h>\n#include <ws2tcpip.h>\nint known = 0".to_owned();
    let names = || entries().iter().flat_map(|entry| entry.names().map(move |name| (name, entry.value())));
    for (name, _) in names() {
        program += &format!("\n#ifdef {name}\n + 1\n#endif");
    }
    program += "\n;\n";
    for (name, value) in names() {
        program += &format!("#ifdef {name}\n_Static_assert((int)({name}) == {value}, \"{name}\");\n#endif\n");
    }
    let file = scratch("headers").join("values.c");
    fs::write(&file, program).unwrap();
    let output = Command::new(COMPILER).arg("-fsyntax-only").arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // A check of no names must not pass.
    let output = Command::new(COMPILER).args(["-E", "-P"]).arg(&file).output().unwrap();
    let known = String::from_utf8_lossy(&output.stdout).matches("+ 1").count();
    assert!(known > 100, "only {known} of our names are in the headers");
}

/// A `c` block of an entry: the program, and whether it says that it cannot be run here.
fn programs(story: &str) -> Vec<(String, bool)> {
    let mut programs = Vec::new();
    let mut rest = story;
    while let Some(start) = rest.find("\n```c") {
        let block = &rest[start + "\n```c".len()..];
        let (info, body) = block.split_once('\n').expect("a fence ends its line");
        let (program, after) = body.split_once("\n```").expect("a fence is closed");
        if info.is_empty() || info.trim() == "no_run" {
            programs.push((program.to_owned(), info.trim() == "no_run"));
        }
        rest = after;
    }
    programs
}

#[test]
fn every_smallest_program_compiles_and_prints_its_code() {
    if !have(COMPILER) {
        return;
    }
    let can_run = have("wine");
    let folder = scratch("programs");
    let mut ran = 0;
    for entry in entries() {
        for (index, (program, no_run)) in programs(entry.detail().story).iter().enumerate() {
            let source = folder.join(format!("{}_{index}.c", entry.name));
            let binary = source.with_extension("exe");
            fs::write(&source, program).unwrap();
            let compiled = Command::new(COMPILER)
                .args(["-Wall", "-Wextra", "-Werror", "-o"])
                .arg(&binary)
                .arg(&source)
                .args(["-lws2_32", "-lmswsock"])
                .output()
                .unwrap();
            assert!(compiled.status.success(), "{}: {}", entry.name, String::from_utf8_lossy(&compiled.stderr));
            if *no_run || !can_run {
                continue;
            }
            let output = Command::new("wine")
                .arg(&binary)
                .env("WINEDEBUG", "-all")
                .env("WINEPREFIX", Path::new(env!("CARGO_TARGET_TMPDIR")).join("wine"))
                .stderr(Stdio::null())
                .output()
                .unwrap();
            let printed = String::from_utf8_lossy(&output.stdout);
            assert_eq!(printed.trim(), entry.value().to_string(), "{}", entry.name);
            ran += 1;
        }
    }
    assert!(!can_run || ran >= 20, "only {ran} programs ran");
}
