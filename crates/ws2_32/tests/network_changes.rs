//! Addresses, routes and neighbours are added, changed and taken away, in a network of the test's own.
//!
//! Passed over aloud where the system gives no such network, or no pair of interfaces in it.

use std::path::{Path, PathBuf};
use std::process::Command;

const EXPECTED: &str = "\
address 0
again 5010
no mask 87
route 0
there: 1
set 0
delete 0
there: 0
delete again 1168
neighbour 0
delete 0
delete again 1168
remove 0
remove again 1168
";

/// The interface w0 in a network of its own, and a command in it.
fn alone(command: &str) -> Command {
    let script =
        format!("ip link add name w0 type veth peer name w1 && ip link set w0 up && ip link set w1 up && {command}");
    let mut alone = Command::new("unshare");
    alone.args(["-rn", "sh", "-c", &script]).env_remove("LD_LIBRARY_PATH");
    alone
}

#[test]
fn changes_of_the_network() {
    if !alone("true").output().is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: no network namespace with a pair of interfaces");
        return;
    }
    let output = alone(compile().to_str().unwrap()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
    assert!(output.status.success());
}

fn compile() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let deps = here.parent().unwrap();
    let libraries =
        [deps, deps.parent().unwrap()].into_iter().find(|folder| folder.join("libws2_32.so").exists()).unwrap();
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("network_changes");
    let mut command = Command::new("gcc");
    command.args(["-Wall", "-Wextra", "-Werror", "-I"]).arg(crate_folder.join("include"));
    command.arg(crate_folder.join("tests/traced/network_changes.c")).arg("-o").arg(&program);
    command.arg("-L").arg(libraries).arg("-lws2_32").arg(format!("-Wl,-rpath,{}", libraries.display()));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    program
}
