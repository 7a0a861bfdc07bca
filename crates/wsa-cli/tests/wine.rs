//! `wsa scan` on the log of a real Windows program: `wine/failures.c`, built with mingw, run under wine.
//!
//! Says so and passes where mingw or wine is missing; CI has neither and never runs it.

use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn failures_logged_by_a_program_under_wine_are_found() {
    let directory = tempfile::tempdir().unwrap();
    let Some(log) = log_of_failures(directory.path()) else { return };
    let path = directory.path().join("failures.log");
    std::fs::write(&path, &log).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_wsa")).args(["scan", "--json"]).arg(&path).output().unwrap();
    let text = String::from_utf8_lossy(&log);
    let port: u16 =
        text.split("port ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap().parse().unwrap();
    let found: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();

    let codes: Vec<i64> = found.iter().map(|finding| finding["code"].as_i64().unwrap()).collect();
    assert_eq!(codes, [10093, 10057, 10048, 10061, 10038, 10035], "in the log:\n{text}");
    let operations: Vec<&str> = found.iter().map(|finding| finding["operation"].as_str().unwrap()).collect();
    assert_eq!(operations, ["socket", "recv", "bind", "connect", "send", "recv"]);
    assert_eq!(found[3]["peer"], format!("127.0.0.1:{port}"));
    assert!(found.iter().all(|finding| finding["time"].is_string()));
}

/// Builds and runs the program; `None` where that cannot be done here.
fn log_of_failures(directory: &Path) -> Option<Vec<u8>> {
    if std::env::var_os("CI").is_some() {
        eprintln!("SKIPPED: not in CI");
        return None;
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wine/failures.c");
    let program = directory.join("failures.exe");
    let compiler = "x86_64-w64-mingw32-gcc";
    match Command::new(compiler).arg("-o").arg(&program).arg(&source).arg("-lws2_32").status() {
        Ok(status) => assert!(status.success(), "{} does not compile", source.display()),
        Err(error) => {
            eprintln!("SKIPPED: {compiler}: {error}");
            return None;
        }
    }
    let run = Command::new("wine").arg(&program).env("WINEDEBUG", "-all").stderr(Stdio::null()).output();
    match run {
        Ok(output) if output.status.success() => Some(output.stdout),
        Ok(output) => {
            eprintln!("SKIPPED: wine does not run here: {}", output.status);
            None
        }
        Err(error) => {
            eprintln!("SKIPPED: wine: {error}");
            None
        }
    }
}
