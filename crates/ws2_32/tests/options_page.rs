//! `spec/options.toml`, from which OPTIONS.md is made, says what the library does: each option and control code is asked
//! of a new stream and a new datagram socket, and each number is that of the headers.
#![allow(unsafe_code, reason = "calls of the C ABI")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::ptr::{null, null_mut};

use serde::Deserialize;
use winsock::win32::*;
use ws2_32::types::WSADATA;
use ws2_32::*;

#[derive(Deserialize)]
struct Page {
    option: Vec<Row>,
    control: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    level: Option<String>,
    value: i64,
    state: String,
    stream: String,
    datagram: String,
}

fn page() -> Page {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/options.toml");
    toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// `value` for success, else the name of the code.
fn answer(failed: i32) -> String {
    match failed {
        0 => "value".to_owned(),
        _ => winsock::last_error().name().unwrap_or("?").to_owned(),
    }
}

fn ask_option(row: &Row, kind: i32) -> String {
    let (level, family) = match row.level.as_deref() {
        Some("IPPROTO_IP") => (IPPROTO_IP, AF_INET),
        Some("IPPROTO_IPV6") => (IPPROTO_IPV6, AF_INET6),
        Some("IPPROTO_TCP") => (IPPROTO_TCP, AF_INET),
        Some("IPPROTO_UDP") => (IPPROTO_UDP, AF_INET),
        _ => (SOL_SOCKET, AF_INET),
    };
    let s = socket(family, kind, 0);
    assert_ne!(s, INVALID_SOCKET, "family {family}");
    let (mut value, mut length) = ([0u8; 2048], 2048);
    // SAFETY: a live buffer with its length.
    let failed = unsafe { getsockopt(s, level, row.value as i32, value.as_mut_ptr(), &raw mut length) };
    let answer = answer(failed);
    closesocket(s);
    answer
}

fn ask_control(row: &Row, kind: i32) -> String {
    let s = socket(AF_INET, kind, 0);
    let (mut output, mut told, mut on) = ([0u8; 4096], 0, 1);
    // SAFETY: live buffers with their lengths.
    let failed = unsafe {
        ioctlsocket(s, FIONBIO as i32, &raw mut on);
        WSAIoctl(s, row.value as u32, null(), 0, output.as_mut_ptr(), 4096, &raw mut told, null_mut(), None)
    };
    let answer = answer(failed);
    closesocket(s);
    answer
}

#[test]
fn every_row_is_what_the_library_answers() {
    let mut data = std::mem::MaybeUninit::<WSADATA>::uninit();
    // SAFETY: a place for the data.
    assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
    let page = page();
    let mut wrong = String::new();
    type Ask = fn(&Row, i32) -> String;
    for (rows, ask) in [(&page.option, ask_option as Ask), (&page.control, ask_control)] {
        for row in rows {
            let found = [SOCK_STREAM, SOCK_DGRAM].map(|kind| ask(row, kind));
            if found != [row.stream.as_str(), row.datagram.as_str()] {
                let level = row.level.as_deref().unwrap_or("control");
                let _ = writeln!(wrong, "{level} {} {}: {} {}", row.value, row.name, found[0], found[1]);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A row that says that something works must not only ever fail.
#[test]
fn states_fit_the_answers() {
    for row in page().option.iter().filter(|row| row.state == "refused") {
        assert!(row.stream != "value" && row.datagram != "value", "{} is refused and answers", row.name);
    }
    for row in page().option.iter().filter(|row| row.state == "kept") {
        assert!(row.stream == "value" || row.datagram == "value", "{} is kept and cannot be read", row.name);
    }
}

#[test]
fn numbers_are_those_of_the_headers() {
    let page = page();
    let mut text =
        "#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <mswsock.h>\n#include <mstcpip.h>\n".to_owned();
    for row in page.option.iter().chain(&page.control) {
        let _ = writeln!(text, "_Static_assert((unsigned)({0}) == {1}u, \"{0}\");", row.name, row.value as u32);
    }
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("options_page.c");
    std::fs::write(&source, text).unwrap();
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("include");
    let output =
        Command::new("gcc").args(["-std=c11", "-fsyntax-only", "-I"]).arg(include).arg(source).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
