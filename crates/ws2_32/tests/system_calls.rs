//! A successful send, recv, sendto or recvfrom is exactly one system call, blocking or not; a bind makes no more of them
//! for the sockets that have the port already.
//!
//! Counted by strace around the programs in `tests/traced/`; without it the tests are passed over aloud, except in CI.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const TURNS: u64 = 500;

#[test]
fn a_successful_transfer_is_one_system_call() {
    if !has_strace() {
        return;
    }
    let program = compile("transfers");
    for nonblocking in ["0", "1"] {
        let few = count(&program, 10, nonblocking);
        let many = count(&program, 10 + TURNS, nonblocking);
        // send and sendto are one call of Linux, and so are recv and recvfrom. Nothing else happened.
        let expected = BTreeMap::from([("sendto", 2 * TURNS), ("recvfrom", 2 * TURNS)]);
        assert_eq!(more(&few, &many), expected, "non-blocking: {nonblocking}");
    }
}

#[test]
fn the_thousandth_socket_of_a_port_is_bound_like_the_tenth() {
    if !has_strace() {
        return;
    }
    let program = compile("binds");
    let [ten, twenty, thirty] = [10, 20, 30].map(|turns| count(&program, turns, ""));
    assert_eq!(more(&ten, &twenty), more(&twenty, &thirty));
}

/// What the second count has more.
fn more<'a>(few: &BTreeMap<String, u64>, many: &'a BTreeMap<String, u64>) -> BTreeMap<&'a str, u64> {
    many.iter()
        .map(|(name, count)| (name.as_str(), count - few.get(name).unwrap_or(&0)))
        .filter(|(_, more)| *more != 0)
        .collect()
}

fn has_strace() -> bool {
    let has = Command::new("strace").arg("-V").output().is_ok();
    if !has {
        assert!(std::env::var_os("CI").is_none(), "strace is not installed");
        eprintln!("SKIPPED: strace is not installed");
    }
    has
}

/// How often the program makes each system call.
fn count(program: &Path, turns: u64, nonblocking: &str) -> BTreeMap<String, u64> {
    let summary = program.with_extension(format!("{turns}-{nonblocking}"));
    let mut command = Command::new("strace");
    command.args(["-f", "-c", "-U", "name,calls", "-o"]).arg(&summary);
    command.arg(program).args([&turns.to_string(), nonblocking]).env_remove("LD_LIBRARY_PATH");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(summary).unwrap();
    let lines = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let name = words.next()?.to_owned();
        words.next()?.parse().ok().map(|calls| (name, calls))
    });
    lines.filter(|(name, _)| name != "total").collect()
}

fn compile(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let deps = here.parent().unwrap();
    let libraries =
        [deps, deps.parent().unwrap()].into_iter().find(|folder| folder.join("libws2_32.so").exists()).unwrap();
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut command = Command::new("gcc");
    command.arg("-I").arg(crate_folder.join("include")).arg(crate_folder.join(format!("tests/traced/{name}.c")));
    command.arg("-o").arg(&program).arg("-L").arg(libraries).arg("-lws2_32");
    command.arg(format!("-Wl,-rpath,{}", libraries.display()));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    program
}
