//! A Rust program written on `windows-sys` moves over by its `use` line.
#![cfg(feature = "windows-sys")]
#![allow(unsafe_code, reason = "calls of the C ABI")]

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

mod here {
    use ws2_32::Win32::Networking::WinSock::*;
    include!("windows_sys/program.rs");
}

/// The same text compiles with the line that it has on Windows. It is not called: nothing here has its functions.
mod on_windows {
    #![allow(dead_code, reason = "compiled, and never run")]
    use windows_sys::Win32::Networking::WinSock::*;
    include!("windows_sys/program.rs");
}

#[test]
fn a_program_runs_with_another_use_line() {
    use ws2_32::Win32::Networking::WinSock::WSAECONNRESET;
    assert_eq!(here::run(), (WSAECONNRESET, b"hello".to_vec()));
}

#[derive(Deserialize)]
struct Exports {
    function: Vec<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    status: String,
}

/// Functions of Windows by library, as `wsa port-check` knows them.
fn functions_of_windows() -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../winsock-port/data/windows.txt");
    let text = std::fs::read_to_string(file).unwrap();
    let sections =
        text.split("\n[").filter(|section| ["ws2_32]", "mswsock]"].iter().any(|name| section.starts_with(name)));
    sections.flat_map(|section| section.lines().skip(1).map(str::to_owned)).collect()
}

#[test]
fn every_exported_function_is_declared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let exports: Exports = toml::from_str(&std::fs::read_to_string(folder.join("spec/exports.toml")).unwrap()).unwrap();
    let windows = functions_of_windows();
    assert!(windows.len() > 150, "{}", windows.len());
    let exported = exports.function.into_iter().filter(|function| function.status != "absent");
    let expected: BTreeSet<String> =
        exported.map(|function| function.name).filter(|name| windows.contains(name)).collect();

    let declarations = std::fs::read_to_string(folder.join("src/win32/declarations.rs")).unwrap();
    let declared = declarations.lines().filter_map(|line| line.trim().strip_prefix("pub fn ")?.split('(').next());
    // Written by hand beside them.
    let declared: BTreeSet<String> = declared.chain(["select"]).map(str::to_owned).collect();
    assert_eq!(Vec::from_iter(expected.symmetric_difference(&declared)), Vec::<&String>::new());
}
