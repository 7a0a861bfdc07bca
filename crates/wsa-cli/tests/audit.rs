//! `wsa audit` as people and programs use it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn wsa(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wsa")).arg("audit").args(args).current_dir(folder).output().unwrap()
}

fn wsa_stdin(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wsa"))
        .arg("audit")
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", out(output)))
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

const WRONG: &[u8] = b"#define WSAECONNRESET 10053\n";

#[test]
fn a_finding_shows_place_line_underline_and_what_is_right() {
    let dir = folder(&[("include/x.h", b"\n\t#define WSAECONNRESET 10053L\n")]);
    let output = wsa(dir.path(), &["."]);
    assert_eq!(output.status.code(), Some(1));
    let expected = "include/x.h:2:24: wrong-value: WSAECONNRESET is 10054, not 10053 (10053 is WSAECONNABORTED)
 2 |     #define WSAECONNRESET 10053L
   |                           ^^^^^^ should be 10054L
1 finding in 1 file; --fix corrects 1 number, --fix=name 0 names
1 statement checked in 1 file
";
    assert_eq!(out(&output), expected);
}

#[test]
fn exit_codes_tell_clean_findings_and_trouble_apart() {
    let dir = folder(&[("good.h", b"#define WSAECONNRESET 10054\n"), ("bad.h", WRONG)]);
    assert_eq!(wsa(dir.path(), &["good.h"]).status.code(), Some(0));
    assert_eq!(wsa(dir.path(), &["bad.h"]).status.code(), Some(1));
    let missing = wsa(dir.path(), &["bad.h", "missing.h"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("missing.h: no such file or folder"));
    assert!(out(&missing).contains("bad.h:1:23"), "what can be audited is audited all the same");
}

#[test]
fn gitignore_globs_and_patterns_choose_files() {
    let dir = folder(&[
        (".gitignore", b"build/\n"),
        ("build/a.h", WRONG),
        ("src/b.h", WRONG),
        ("src/deep/c.md", b"WSAECONNRESET (10053)\n"),
        (".hidden.h", WRONG),
    ]);
    let paths = |args: &[&str]| {
        let found = json(&wsa(dir.path(), args));
        let list = found["findings"].as_array().unwrap().iter();
        list.map(|finding| finding["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&["--json", "."]), ["src/b.h", "src/deep/c.md"]);
    assert_eq!(paths(&["--json", "--no-ignore", "."]), ["build/a.h", "src/b.h", "src/deep/c.md"]);
    assert_eq!(paths(&["--json", "--hidden", "."]), [".hidden.h", "src/b.h", "src/deep/c.md"]);
    assert_eq!(paths(&["--json", "-g", "*.md", "."]), ["src/deep/c.md"]);
    assert_eq!(paths(&["--json", "src/**/*.md"]), ["src/deep/c.md"]);
    assert_eq!(paths(&["--json", "src/*.h"]), ["src/b.h"]);
    assert_eq!(paths(&["--json", "build/a.h"]), ["build/a.h"], "what is named is audited");
}

#[test]
fn a_correction_keeps_encoding_line_ends_permissions_and_everything_else() {
    let text = "// é 中\r\n#define WSAECONNRESET 10053L\t// x\r\nlast";
    let fixed = text.replace("10053", "10054");
    let latin = |text: &str| text.replace(" 中", "").chars().map(|c| c as u8).collect::<Vec<u8>>();
    let files: Vec<(&str, Vec<u8>, Vec<u8>)> = vec![
        ("utf8.h", text.into(), fixed.clone().into()),
        ("bom.h", format!("\u{feff}{text}").into(), format!("\u{feff}{fixed}").into()),
        ("le.h", utf16(text, false), utf16(&fixed, false)),
        ("be.h", utf16(text, true), utf16(&fixed, true)),
        ("latin.h", latin(text), latin(&fixed)),
    ];
    for (name, before, after) in files {
        let dir = folder(&[(name, &before)]);
        let path = dir.path().join(name);
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o751)).unwrap();
        let output = wsa(dir.path(), &["--fix", name]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}{}", out(&output), err(&output));
        assert_eq!(fs::read(&path).unwrap(), after, "{name}");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o751);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file is left");
        let again = wsa(dir.path(), &["--fix", name]);
        assert!(out(&again).starts_with("0 corrections made"), "{}", out(&again));
    }
}

#[test]
fn a_difference_is_a_patch_and_changes_nothing() {
    let dir = folder(&[("x.h", b"#define A 1\n#define WSAECONNRESET 10053\n#define B 2\n")]);
    let output = wsa(dir.path(), &["--diff", "."]);
    assert_eq!(output.status.code(), Some(1));
    let patch = "--- a/x.h\n+++ b/x.h\n@@ -1,3 +1,3 @@\n #define A 1\n-#define WSAECONNRESET 10053\n+#define WSAECONNRESET 10054\n #define B 2\n";
    assert_eq!(out(&output), patch);
    assert!(fs::read_to_string(dir.path().join("x.h")).unwrap().contains("10053"));
    let clean = folder(&[("x.h", b"#define WSAECONNRESET 10054\n")]);
    assert_eq!(wsa(clean.path(), &["--diff", "."]).status.code(), Some(0));
}

#[test]
fn names_are_corrected_on_request_and_never_in_definitions() {
    let dir = folder(&[("x.md", b"10060 (WSAECONNREFUSED)\n10040 WSAEMSGSZ\n"), ("y.h", WRONG)]);
    let output = wsa(dir.path(), &["--fix=name", "."]);
    assert_eq!(output.status.code(), Some(1), "the definition is left");
    assert_eq!(fs::read_to_string(dir.path().join("x.md")).unwrap(), "10060 (WSAETIMEDOUT)\n10040 WSAEMSGSIZE\n");
    assert_eq!(fs::read(dir.path().join("y.h")).unwrap(), WRONG);
}

#[test]
fn standard_input_is_audited_and_corrected() {
    let dir = folder(&[]);
    let output = wsa_stdin(dir.path(), &["-"], b"10053 WSAECONNRESET\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).starts_with("<stdin>:1:1: wrong-value"));
    let table = b"name,code\nWSAECONNRESET,104\nWSAEINTR,10004\nWSAEBADF,10009\n";
    let named = wsa_stdin(dir.path(), &["-", "--stdin-name", "t.csv"], table);
    assert!(out(&named).starts_with("t.csv:2:15: wrong-value"), "{}", out(&named));
    let fixed = wsa_stdin(dir.path(), &["-", "--fix"], b"10053 WSAECONNRESET\r\n");
    assert_eq!((fixed.status.code(), out(&fixed).as_str()), (Some(0), "10054 WSAECONNRESET\r\n"));
    let clean = wsa_stdin(dir.path(), &["-", "--fix"], b"nothing here");
    assert_eq!((clean.status.code(), out(&clean).as_str()), (Some(0), "nothing here"), "what comes in goes out");
}

#[test]
fn comments_and_configuration_suppress() {
    let dir = folder(&[
        ("a.h", b"#define WSAECONNRESET 10053 // wsa-audit: ignore\n"),
        ("b.h", b"// wsa-audit: ignore-next-line[wrong-value]\n#define WSAECONNRESET 10053\n"),
        ("c.h", b"// wsa-audit: off\n#define WSAECONNRESET 10053\n// wsa-audit: on\n#define WSAEINTR 10009\n"),
        ("d.h", b"// wsa-audit: ignore[wrong-hex]\n#define WSAECONNRESET 10053 // wsa-audit: ignore[wrong-hex]\n"),
        ("e.h", b"#define WSAEPIPE 10058\n"),
        ("third/f.h", WRONG),
        (
            "wsa-audit.toml",
            b"exclude = [\"third/**\"]\n[[accept]]\npath = \"e.h\"\nname = \"WSAEPIPE\"\nvalue = 10058\nreason = \"ours\"\n",
        ),
    ]);
    let found = json(&wsa(dir.path(), &["--json", "."]));
    let paths: Vec<&str> = found["findings"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["c.h", "d.h"]);
    assert_eq!((found["summary"]["suppressed"].as_u64(), found["summary"]["accepted"].as_u64()), (Some(3), Some(1)));
    let without = json(&wsa(dir.path(), &["--json", "--no-config", "."]));
    assert_eq!(without["findings"].as_array().unwrap().len(), 4);
}

#[test]
fn a_broken_configuration_is_an_error_that_says_what() {
    for (text, what) in [
        ("[[accept]]\nname = \"X\"\n", "reason"),
        ("[[accept]]\nreason = \"x\"\n", "accept everything"),
        ("select = [\"nonsense\"]\n", "there is no kind `nonsense`"),
        ("colour = 1\n", "colour"),
    ] {
        let dir = folder(&[("wsa-audit.toml", text.as_bytes()), ("x.h", WRONG)]);
        let output = wsa(dir.path(), &["."]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(err(&output).contains(what) && err(&output).contains("wsa-audit.toml"), "{text}: {}", err(&output));
    }
}

#[test]
fn sarif_is_complete_and_counts_columns_in_utf16() {
    let dir = folder(&[("a b.md", "\u{1d11e} WSAECONNRESET (10053)\n".as_bytes())]);
    let log = json(&wsa(dir.path(), &["--format", "sarif", "."]));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.md");
    assert_eq!((place["region"]["startColumn"].as_u64(), place["region"]["endColumn"].as_u64()), (Some(19), Some(24)));
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "10054");
    assert_eq!(replacement["deletedRegion"]["startColumn"], 19);
}

#[test]
fn annotations_are_workflow_commands() {
    let dir = folder(&[("a,b.h", WRONG)]);
    let text = out(&wsa(dir.path(), &["--format", "github", "."]));
    let start = "::error file=a%2Cb.h,line=1,col=23,endLine=1,endColumn=28,title=wsa audit%3A wrong-value::WSAECONNRESET is 10054";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn kinds_are_explained_selected_and_ignored() {
    let code = b"#include <winsock2.h>\nint f(){ if (recv(s,b,1,0)<0) perror(\"x\"); }\n";
    let dir = folder(&[("x.h", WRONG), ("y.c", code)]);
    let list = out(&wsa(dir.path(), &["--explain"]));
    assert!(list.contains("wrong-value") && list.contains("late-last-error"));
    assert!(out(&wsa(dir.path(), &["--explain", "unassigned"])).contains("10113-11000"));
    assert_eq!(wsa(dir.path(), &["--explain", "nonsense"]).status.code(), Some(2));
    assert_eq!(wsa(dir.path(), &["--ignore", "wrong-value", "."]).status.code(), Some(0));
    let opted = out(&wsa(dir.path(), &["--select", "errno-after-winsock", "."]));
    let expected = "y.c:2:31: errno-after-winsock: recv does not set errno on Windows";
    assert!(opted.contains(expected) && !opted.contains("x.h"), "{opted}");
    assert_eq!(wsa(dir.path(), &["--select", "nonsense", "."]).status.code(), Some(2));
}

#[test]
fn bad_input_is_reported_by_name_and_nothing_is_damaged() {
    let mut binary = b"\x7fELF\0\0\0\0 WSAECONNRESET 10053 \0".to_vec();
    binary.extend([0_u8; 64]);
    let long = format!("{} WSAECONNRESET (10053) {}", "x ".repeat(400_000), "y".repeat(2_000_000));
    let dir = folder(&[
        ("program", &binary),
        ("long.txt", long.as_bytes()),
        ("empty.h", b""),
        ("broken.txt", b"\xff\xfe1\x00X"),
    ]);
    let output = wsa(dir.path(), &["--json", "."]);
    assert_eq!(output.status.code(), Some(1));
    let found = json(&output);
    assert_eq!(found["binary"], serde_json::json!(["program"]));
    assert_eq!(found["findings"].as_array().unwrap().len(), 1);
    assert!(out(&wsa(dir.path(), &["long.txt"])).len() < 2000, "a long line is not printed whole");
    let named = wsa(dir.path(), &["program"]);
    assert_eq!(named.status.code(), Some(2));
    assert!(err(&named).contains("program: binary, not text; not audited"));
    let large = wsa(dir.path(), &["--max-size", "1", "long.txt"]);
    assert_eq!(large.status.code(), Some(2));
    assert!(err(&large).contains("long.txt: 2 MiB are more than --max-size 1"), "{}", err(&large));
}

#[cfg(unix)]
#[test]
fn links_and_read_only_files_are_treated_as_they_should() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = folder(&[("real.h", WRONG), ("locked.h", WRONG), ("sub/x.txt", b"hello")]);
    let at = |name: &str| dir.path().join(name);
    symlink("real.h", at("link.h")).unwrap();
    symlink("..", at("sub/loop")).unwrap();
    symlink("nowhere", at("dangling.h")).unwrap();
    fs::set_permissions(at("locked.h"), fs::Permissions::from_mode(0o444)).unwrap();

    let output = wsa(dir.path(), &["--fix", "locked.h"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("locked.h: the file is read-only; not corrected"), "{}", err(&output));
    assert_eq!(fs::read(at("locked.h")).unwrap(), WRONG);

    // A named link is followed, stays a link, and its target is corrected.
    assert_eq!(wsa(dir.path(), &["--fix", "link.h"]).status.code(), Some(0));
    assert!(fs::symlink_metadata(at("link.h")).unwrap().is_symlink());
    assert_eq!(fs::read(at("real.h")).unwrap(), b"#define WSAECONNRESET 10054\n");

    // Links on the way are not followed; with -L a loop is reported and does not hang.
    assert_eq!(wsa(dir.path(), &["sub"]).status.code(), Some(0));
    let looped = wsa(dir.path(), &["-L", "sub"]);
    assert_eq!(looped.status.code(), Some(2));
    assert!(err(&looped).contains("leads back"), "{}", err(&looped));
}

#[test]
fn the_reference_table_is_found_wrong() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../winsock-codes/data/reference_table.csv");
    let found = json(&wsa(Path::new("."), &["--json", "--no-config", table]));
    let rows = found["findings"].as_array().unwrap().iter().filter(|finding| finding["kind"] != "conflict").count();
    assert_eq!(rows, 247);
}
