//! Thousands of texts through the text functions here and under wine: the same answers, but for the differences named
//! below. Skipped aloud where mingw-w64 or wine is missing. Wine is a witness and not the law: where it differs from
//! the checks that were run on Windows, those decide.
#![allow(unsafe_code, reason = "the C ABI")]

use std::ffi::CString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::ptr::null;

use ws2_32::*;

/// Texts to compare.
const COUNT: usize = 6000;

#[test]
fn text_functions_agree_with_wine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wine");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("text.exe");
    let mut build = Command::new("x86_64-w64-mingw32-gcc");
    build.arg(folder.join("text.c")).arg("-o").arg(&program).arg("-lws2_32");
    if !build.status().is_ok_and(|status| status.success()) || Command::new("wine").arg("--version").output().is_err() {
        eprintln!("skipped: mingw-w64 or wine is not installed");
        return;
    }
    let texts = texts();
    let input: String = texts.iter().map(|text| hexadecimal(text) + "\n").collect();
    let mut wine = Command::new("wine")
        .env("WINEDEBUG", "-all")
        .arg(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = wine.stdin.take().unwrap();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = wine.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let theirs: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| line.trim_end().to_owned()).collect();
    if theirs.is_empty() {
        eprintln!("skipped: wine does not run here");
        return;
    }
    // SAFETY: a live WSADATA.
    assert_eq!(unsafe { WSAStartup(0x0202, &mut std::mem::zeroed()) }, 0);
    assert_eq!(theirs.len(), texts.len());
    let mut differences = String::new();
    for (text, theirs) in texts.iter().zip(&theirs) {
        let ours = answers(text);
        if ours != *theirs && known_difference(&ours, theirs).is_none() {
            let _ = writeln!(differences, "{:?}\n  ours {ours}\n  wine {theirs}", String::from_utf8_lossy(text));
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

/// Why this difference is right, if it is one of the known ones.
fn known_difference(ours: &str, theirs: &str) -> Option<&'static str> {
    let (ours_inet_addr, ours_rest) = ours.split_once(' ')?;
    let (theirs_inet_addr, theirs_rest) = theirs.split_once(' ')?;
    if ours_rest == theirs_rest && ours_inet_addr != theirs_inet_addr && theirs_inet_addr == "ia=ffffffff" {
        return Some(
            "wine 8's inet_addr is libc's and refuses every number beyond 32 bits; Windows has one loose grammar",
        );
    }
    None
}

/// What `wine/text.c` prints.
fn answers(text: &[u8]) -> String {
    // Sixteen bytes are an address too, and the text is what is before the first zero.
    let length = text.iter().position(|&byte| byte == 0).unwrap_or(text.len());
    let string = CString::new(&text[..length]).unwrap();
    let pointer = string.as_ptr().cast::<u8>();
    let mut line = String::new();
    let mut place = [0_u8; 64];
    // SAFETY: a live string, and room for any address.
    unsafe {
        let _ = write!(line, "ia={:08x}", inet_addr(pointer));
        for (label, family, size) in [("p4", 2, 4), ("p6", 23, 16)] {
            let result = inet_pton(family, pointer, place.as_mut_ptr().cast());
            let _ = write!(
                line,
                " {label}={result}:{}",
                if result > 0 { hexadecimal(&place[..size]) } else { String::new() }
            );
        }
        for (label, family, size) in [("s4", 2, 16), ("s6", 23, 28)] {
            let mut length = 64;
            place.fill(0);
            let ok = WSAStringToAddressA(pointer, family, null(), place.as_mut_ptr().cast(), &mut length) == 0;
            let bytes = if ok { hexadecimal(&place[..size]) } else { String::new() };
            let _ = write!(line, " {label}={}:{bytes}", i32::from(ok));
        }
        if text.len() == 16 {
            let printed = inet_ntop(23, text.as_ptr().cast(), place.as_mut_ptr(), 64);
            let printed = std::ffi::CStr::from_ptr(printed.cast()).to_str().unwrap();
            let _ = write!(line, " n6={printed}");
        }
    }
    line
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Texts near addresses: pieces that addresses are made of, put together by chance, always the same chance.
fn texts() -> Vec<Vec<u8>> {
    const PIECES: [&str; 40] = [
        "0",
        "1",
        "12",
        "255",
        "256",
        "010",
        "08",
        "0x1f",
        "0xff",
        "65535",
        "65536",
        "99999999999",
        "0xffffffff",
        "4294967296",
        ".",
        ".",
        ".",
        ".",
        ":",
        ":",
        ":",
        "::",
        "::",
        "abcd",
        "ffff",
        "12345",
        "[",
        "]",
        "%",
        "%3",
        "]:80",
        ":80",
        " ",
        "\t",
        "-1",
        "+",
        "1.2.3.4",
        "fe80::1",
        "0X",
        "x",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        // xorshift64.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    let mut texts: Vec<Vec<u8>> = (0..COUNT)
        .map(|_| (0..1 + random(9)).flat_map(|_| PIECES[random(PIECES.len())].bytes().collect::<Vec<_>>()).collect())
        .collect();
    // Four and fewer parts, eight and fewer groups: likelier to be addresses.
    for _ in 0..COUNT / 2 {
        let parts: Vec<String> = (0..1 + random(5)).map(|_| PIECES[random(14)].to_owned()).collect();
        texts.push(parts.join(".").into_bytes());
        let groups: Vec<String> =
            (0..2 + random(8)).map(|_| ["0", "1", "ab", "ffff", "", "1.2.3.4"][random(6)].to_owned()).collect();
        texts.push(groups.join(":").into_bytes());
    }
    // Binary addresses to print, with many zero groups and the groups of the forms that embed an IPv4 address.
    for _ in 0..COUNT / 2 {
        let groups = [0, 0, 0, 0, 1, 0xffff, 0x5efe, 0x0200, 0xfe80, 0x2001, 0x00ff, 0xff00];
        texts.push((0..8).flat_map(|_| u16::to_be_bytes(groups[random(groups.len())])).collect());
    }
    texts
}
