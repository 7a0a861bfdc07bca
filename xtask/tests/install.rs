//! An installed tree is moved, and then C and C++ programs are built with it by pkg-config and by CMake, and run.
//!
//! Skipped aloud where a tool is missing, never with CI=true.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Prints what send says on a stream that was never connected: 10057, where libc's own would raise SIGPIPE.
const PROGRAM: &str = "
#include <WinSock2.h>
#include <stdio.h>
#pragma comment(lib, \"ws2_32.lib\")
int main(void)
{
    WSADATA data;
    SOCKET s;
    WSAStartup(MAKEWORD(2, 2), &data);
    s = socket(AF_INET, SOCK_STREAM, 0);
    printf(\"%d \", send(s, \"x\", 1, 0));
    printf(\"%d\\n\", WSAGetLastError());
    WSACleanup();
    return 0;
}
";

const PRINTED: &str = "-1 10057\n";

/// A project as ports have it: one program by the package's own name, others by import libraries' names.
const CMAKE: &str = "
cmake_minimum_required(VERSION 3.13)
project(port C CXX)
find_package(ws2_32 0.1 REQUIRED)
add_executable(by_package program.c)
target_link_libraries(by_package PRIVATE ws2_32::ws2_32)
add_executable(by_name program.cpp)
target_link_libraries(by_name ws2_32 iphlpapi kernel32)
add_executable(by_old_name program.c)
target_link_libraries(by_old_name wsock32 mswsock)
add_executable(by_archive program.c)
target_link_libraries(by_archive ws2_32::static)
";

/// Whether the tool is there; a missing one is said aloud, and fails the test in CI.
fn have(tool: &str) -> bool {
    let there = Command::new(tool).arg("--version").output().is_ok();
    if !there {
        assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{tool} is missing; nothing is skipped in CI");
        eprintln!("SKIPPED: {tool} is not installed");
    }
    there
}

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("install-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for program in ["program.c", "program.cpp"] {
        fs::write(folder.join(program), PROGRAM).unwrap();
    }
    folder
}

/// Installs, then moves the tree: nothing in it may know where it was.
fn install(folder: &Path, more: &[&str]) -> PathBuf {
    let (first, prefix) = (folder.join("first"), folder.join("prefix"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    run(command.args(["install", "--profile", "dev", "--prefix"]).arg(&first).args(more));
    fs::rename(first, &prefix).unwrap();
    prefix
}

/// What the command prints; it must succeed.
fn run(command: &mut Command) -> String {
    // Cargo's search path would win over the program's own.
    let output = command.env_remove("LD_LIBRARY_PATH").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{}{said}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

fn pkg_config(prefix: &Path, arguments: &[&str]) -> Vec<String> {
    let mut command = Command::new("pkg-config");
    command.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).args(arguments).arg("ws2_32");
    run(&mut command).split_whitespace().map(str::to_owned).collect()
}

fn compile_and_run(compiler: &str, folder: &Path, source: &str, flags: &[String]) {
    let program = folder.join(format!("{source}-{compiler}"));
    run(Command::new(compiler).arg(folder.join(source)).args(flags).arg("-o").arg(&program));
    assert_eq!(run(&mut Command::new(&program)), PRINTED, "{compiler} {flags:?}");
}

#[test]
fn programs_build_with_pkg_config() {
    if !have("pkg-config") {
        return;
    }
    let folder = folder("pkg-config");
    let prefix = install(&folder, &[]);
    let flags = pkg_config(&prefix, &["--cflags", "--libs"]);
    compile_and_run("gcc", &folder, "program.c", &flags);
    compile_and_run("g++", &folder, "program.cpp", &flags);
    // The line of an unchanged makefile, in any order.
    let names = ["-lwsock32", "-lmswsock", "-lkernel32", "-luser32", "-lws2_32", "-ladvapi32", "-lole32", "-liphlpapi"];
    let with_names: Vec<String> = flags.iter().cloned().chain(names.map(str::to_owned)).collect();
    compile_and_run("gcc", &folder, "program.c", &with_names);
    // Without the shared library the same names lead to the archive.
    fs::remove_file(prefix.join("lib/libws2_32.so")).unwrap();
    let mut flags = pkg_config(&prefix, &["--cflags", "--libs", "--static"]);
    flags.insert(0, "-lwsock32".to_owned());
    compile_and_run("gcc", &folder, "program.c", &flags);
}

#[test]
fn a_static_tree_needs_no_shared_library() {
    if !have("pkg-config") {
        return;
    }
    let folder = folder("static");
    let prefix = install(&folder, &["--static-only"]);
    assert!(!prefix.join("lib/libws2_32.so").exists());
    let flags = pkg_config(&prefix, &["--cflags", "--libs"]);
    compile_and_run("gcc", &folder, "program.c", &flags);
    compile_and_run("g++", &folder, "program.cpp", &flags);
}

#[test]
fn programs_build_with_cmake() {
    if !have("cmake") || !have("make") {
        return;
    }
    for (name, more) in [("cmake", &[][..]), ("cmake-static", &["--static-only"])] {
        let folder = folder(name);
        let prefix = install(&folder, more);
        fs::write(folder.join("CMakeLists.txt"), CMAKE).unwrap();
        let build = folder.join("build");
        let found = format!("-DCMAKE_PREFIX_PATH={}", prefix.display());
        run(Command::new("cmake").arg("-S").arg(&folder).arg("-B").arg(&build).arg(found));
        run(Command::new("cmake").arg("--build").arg(&build));
        for program in ["by_package", "by_name", "by_old_name", "by_archive"] {
            assert_eq!(run(&mut Command::new(build.join(program))), PRINTED, "{program}");
        }
    }
}

#[test]
fn wrong_arguments_are_named() {
    for (arguments, said) in [
        (&["install"][..], "usage: cargo xtask install"),
        (&["install", "--prefix"], "--prefix wants a value"),
        (&["install", "--prefixes", "x"], "unknown argument --prefixes"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap();
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{arguments:?}");
    }
}
