//! Files and directories: what a walk takes, mapped texts, errors of the system, following.

mod support;

use std::fs::{self, OpenOptions as FileOptions};
use std::io::Write;
use std::path::Path;

use support::{gzip, log};
use wsa_input::{Change, ErrorKind, FileIdentity, Follower, OpenOptions, Source, Text, WalkOptions, open, walk};

fn names(root: &Path, options: &WalkOptions) -> Vec<String> {
    walk(&[root.into()], options)
        .unwrap()
        .map(|found| found.unwrap().source.path().unwrap().strip_prefix(root).unwrap().display().to_string())
        .collect()
}

#[test]
fn a_walk_honours_ignore_files_globs_and_hidden_names_and_is_sorted() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    for (name, text) in [
        ("z.log", ""),
        ("a/b.log", ""),
        ("a/c.tmp", ""),
        (".hidden.log", ""),
        ("old.log", ""),
        (".ignore", "old.log\n"),
    ] {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), text).unwrap();
    }
    assert_eq!(names(root, &WalkOptions::default()), ["a/b.log", "a/c.tmp", "z.log"]);
    let globs = WalkOptions { globs: vec!["*.log".into(), "!z*".into()], ..WalkOptions::default() };
    assert_eq!(names(root, &globs), ["a/b.log"]);
    let all = WalkOptions { hidden: true, no_ignore: true, ..WalkOptions::default() };
    assert_eq!(names(root, &all), [".hidden.log", ".ignore", "a/b.log", "a/c.tmp", "old.log", "z.log"]);
    assert!(walk(&[root.into()], &WalkOptions { globs: vec!["[".into()], ..WalkOptions::default() }).is_err());
}

#[test]
fn a_file_that_the_program_writes_to_is_not_walked_into_and_an_error_where_it_is_named() {
    let root = tempfile::tempdir().unwrap();
    let output = root.path().join("found.txt");
    fs::write(root.path().join("app.log"), "").unwrap();
    fs::write(&output, "").unwrap();
    let options =
        WalkOptions { outputs: vec![FileIdentity::of(&output.metadata().unwrap())], ..WalkOptions::default() };
    assert_eq!(names(root.path(), &options), ["app.log"]);
    let named: Vec<_> = walk(&[output], &options).unwrap().collect();
    assert_eq!(named[0].as_ref().unwrap_err().kind(), ErrorKind::Output);
}

#[test]
fn lines_that_end_with_a_carriage_return_alone_are_lines_in_small_and_in_large_files() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("old.log");
    for lines in [3, 60_000] {
        let text = log(lines);
        fs::write(&path, text.replace('\n', "\r")).unwrap();
        assert_eq!(support::read_file(&path), text.as_bytes(), "{lines} lines");
    }
}

#[test]
fn binaries_and_archives_are_passed_over_in_walks_and_not_when_named() {
    let root = tempfile::tempdir().unwrap();
    let program = root.path().join("program.log");
    fs::write(&program, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0WSAECONNRESET").unwrap();
    let walking = OpenOptions { skip_binary: true, ..OpenOptions::default() };
    assert!(matches!(open(&Source::file(&program), &walking), Ok(Text::Skipped { archive: false })));
    assert!(matches!(open(&Source::file(&program), &OpenOptions::default()), Ok(Text::Stream(_))));
}

#[test]
fn missing_files_and_directories_are_named() {
    let root = tempfile::tempdir().unwrap();
    let missing = open(&Source::file(root.path().join("none")), &OpenOptions::default()).err().unwrap();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    assert!(missing.path().ends_with("none"));
    let directory = open(&Source::file(root.path()), &OpenOptions::default()).err().unwrap();
    assert!(directory.to_string().contains("directory"));
}

#[test]
fn a_large_plain_file_is_shown_in_parts_without_its_mark_and_a_packed_one_is_streamed() {
    let root = tempfile::tempdir().unwrap();
    let text = log(30_000);
    assert!(text.len() > 2 << 20);
    let plain = root.path().join("plain.log");
    fs::write(&plain, [b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap();
    let Ok(Text::Mapped(mapped)) = open(&Source::file(&plain), &OpenOptions::default()) else { panic!("not mapped") };
    assert_eq!(mapped.bytes(), text.len() as u64);
    let mut whole = Vec::new();
    for start in (0..mapped.bytes()).step_by(100_003) {
        assert!(mapped.with_part(start..start + 100_003, &mut |part| whole.extend_from_slice(part)));
    }
    assert!(whole == text.as_bytes());
    assert!(mapped.with_part(10..20, &mut |part| assert_eq!(part, &text.as_bytes()[10..20])));

    let packed = root.path().join("packed.log");
    fs::write(&packed, [gzip(text.as_bytes()), vec![0; 2 << 20]].concat()).unwrap();
    assert!(matches!(open(&Source::file(&packed), &OpenOptions::default()), Ok(Text::Stream(_))));
}

#[test]
fn a_file_that_shrinks_while_it_is_read_is_named() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("app.log");
    fs::write(&path, log(30_000)).unwrap();
    let Ok(Text::Mapped(mapped)) = open(&Source::file(&path), &OpenOptions::default()) else { panic!("not mapped") };
    FileOptions::new().write(true).open(&path).unwrap().set_len(5000).unwrap();
    let mut text = 0;
    assert!(mapped.with_part(0..mapped.bytes(), &mut |part| text = part.iter().filter(|&&byte| byte != 0).count()));
    assert_eq!(text, 5000);
    assert_eq!(mapped.take_errors()[0].kind(), ErrorKind::Shrunk);
    assert_eq!(mapped.bytes(), 5000);
    assert!(mapped.with_part(1_000_000..2_000_000, &mut |part| assert_eq!(part, b"")));
    assert!(mapped.take_errors().is_empty(), "said once");
}

fn append(path: &Path, text: &[u8]) {
    FileOptions::new().append(true).create(true).open(path).unwrap().write_all(text).unwrap();
}

#[test]
fn following_sees_growth_truncation_and_renaming_and_loses_nothing_of_the_old_file() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("app.log");
    append(&path, b"one\n");
    let mut follower = Follower::new(&path, None);
    assert_eq!(follower.poll().unwrap(), (Change::None, &b"one\n"[..]));
    assert_eq!(follower.poll().unwrap(), (Change::None, &b""[..]));
    append(&path, b"two");
    assert_eq!(follower.poll().unwrap().1, b"two");
    append(&path, b" and a half\n");
    fs::rename(&path, root.path().join("app.log.1")).unwrap();
    append(&path, b"three\n");
    assert_eq!(follower.poll().unwrap(), (Change::None, &b" and a half\n"[..]), "the rest of the old file comes first");
    assert_eq!(follower.poll().unwrap(), (Change::Replaced, &b"three\n"[..]));
    fs::write(&path, b"4\n").unwrap();
    assert_eq!(follower.poll().unwrap(), (Change::Truncated, &b"4\n"[..]));
    fs::remove_file(&path).unwrap();
    assert_eq!(follower.poll().unwrap(), (Change::None, &b""[..]));
    append(&path, b"five\n");
    assert_eq!(follower.poll().unwrap(), (Change::Replaced, &b"five\n"[..]));
}

#[test]
fn what_cannot_be_read_is_let_go_once_a_file_is_there_again() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("app.log");
    append(&path, b"one\n");
    let mut follower = Follower::new(&path, None);
    assert_eq!(follower.poll().unwrap().1, b"one\n");
    // A directory can be opened like a file, and is not read.
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!([follower.poll().is_err(), follower.poll().is_err()], [true; 2]);
    fs::remove_dir(&path).unwrap();
    append(&path, b"two\n");
    assert_eq!(follower.poll().unwrap(), (Change::Replaced, &b"two\n"[..]));
}

#[test]
fn following_decodes_utf16_even_if_it_is_written_in_halves() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("ERRORLOG");
    let text = "Fehler 10054 é\n";
    let bytes = support::utf16(text, false, true);
    let mut follower = Follower::new(&path, None);
    let mut got = Vec::new();
    append(&path, &bytes[..4]);
    got.extend_from_slice(follower.poll().unwrap().1);
    for byte in &bytes[4..] {
        append(&path, &[*byte]);
        got.extend_from_slice(follower.poll().unwrap().1);
    }
    assert_eq!(String::from_utf8(got).unwrap(), text);
}
