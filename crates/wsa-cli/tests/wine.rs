//! `wsa scan` on the logs of a real Windows program: `wine/failures.c`, built with mingw, run under wine.
//!
//! Says so and passes where mingw or wine is missing; in CI neither is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// How the program may write, and the form in which a scan sees it.
const WAYS: [(&str, &str); 11] = [
    ("printf", "decimal"),
    ("hex", "hex"),
    ("hresult", "hresult"),
    ("signed", "hresult-decimal"),
    ("json", "decimal"),
    ("wide", "decimal"),
    ("delphi", "decimal"),
    ("csv", "decimal"),
    ("syslog", "decimal"),
    ("block", "decimal"),
    ("xml", "decimal"),
];

#[test]
fn failures_logged_by_a_program_under_wine_are_found() {
    let directory = tempfile::tempdir().unwrap();
    let Some(program) = program(directory.path()) else { return };
    for (way, form) in WAYS {
        let Some(log) = run(&program, way) else { return };
        let path = directory.path().join(format!("{way}.log"));
        std::fs::write(&path, &log).unwrap();
        let found = scan(&path);
        let text = String::from_utf8_lossy(&log).replace('\0', "");

        let codes: Vec<i64> = found.iter().map(|finding| finding["code"].as_i64().unwrap()).collect();
        assert_eq!(codes, [10093, 10057, 10048, 10061, 10038, 10035], "{way}:\n{text}");
        let operations: Vec<&str> = found.iter().map(|finding| finding["operation"].as_str().unwrap()).collect();
        assert_eq!(operations, ["socket", "recv", "bind", "connect", "send", "recv"], "{way}:\n{text}");
        let digits = text.split("port ").nth(1).unwrap().split(|byte: char| !byte.is_ascii_digit()).next().unwrap();
        assert_eq!(found[3]["peer"], format!("127.0.0.1:{digits}"), "{way}:\n{text}");
        assert!(found.iter().all(|finding| finding["time"].is_string()), "{way}:\n{text}");
        assert!(found.iter().all(|finding| finding["form"] == form), "{way}: {found:?}");
    }
}

fn scan(path: &Path) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_wsa")).args(["scan", "--json"]).arg(path).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Builds the program; `None` where that cannot be done.
fn program(directory: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wine/failures.c");
    let program = directory.join("failures.exe");
    let compiler = "x86_64-w64-mingw32-gcc";
    match Command::new(compiler).arg("-o").arg(&program).arg(&source).arg("-lws2_32").status() {
        Ok(status) => assert!(status.success(), "{} does not compile", source.display()),
        Err(error) => return skipped(&format!("{compiler}: {error}")),
    }
    Some(program)
}

/// Runs the program; `None` where that cannot be done. Wine may meet a server of an earlier program that is just leaving, and
/// then starts nothing; so a failure counts the second time.
fn run(program: &Path, way: &str) -> Option<Vec<u8>> {
    let run = || Command::new("wine").arg(program).arg(way).env("WINEDEBUG", "-all").stderr(Stdio::null()).output();
    match run().and_then(|output| if output.status.success() { Ok(output) } else { run() }) {
        Ok(output) if output.status.success() => Some(output.stdout),
        Ok(output) => skipped(&format!("wine does not run here: {}", output.status)),
        Err(error) => skipped(&format!("wine: {error}")),
    }
}

fn skipped<T>(why: &str) -> Option<T> {
    assert!(std::env::var_os("CI").is_none(), "{why}; nothing is skipped in CI");
    eprintln!("SKIPPED: {why}");
    None
}
