//! `wsa scan` on what does not stand still: standard input, and logs that grow and rotate.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

fn wsa(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wsa"));
    command.arg("scan").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn standard_input_is_scanned_plain_and_compressed() {
    let text = b"2025-02-03 09:12:05 recv from 10.20.0.5:443 failed with error 10054\n";
    for input in [text.to_vec(), zstd::encode_all(&text[..], 1).unwrap()] {
        let mut child = wsa(&["--json"]).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&input).unwrap();
        let output = child.wait_with_output().unwrap();
        let finding: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&finding["code"], &finding["path"]), (&10054.into(), &"<stdin>".into()));
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_reader_that_leaves_is_no_trouble() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.log");
    fs::write(&path, "recv failed with error 10054\n".repeat(50_000)).unwrap();
    let mut child = wsa(&["--json", path.to_str().unwrap()]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("10054"));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_a_scan_with_what_it_has_found_so_far() {
    let mut child = wsa(&["--summary", "json"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let line = "recv from 10.20.0.5:443 failed with error 10054\n";
    // More than a pipe holds: once it is written the program reads, and listens for Ctrl-C.
    stdin.write_all(line.repeat(4000).as_bytes()).unwrap();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    // It leaves when it likes.
    let _ = stdin.write_all("connect failed with error 10061\n".repeat(40_000).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("interrupted: this is about the first"), "{stderr}");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["errors"][0]["kind"], "interrupted", "{summary}");
    let first = &summary["codes"].as_array().unwrap().iter().find(|code| code["code"] == 10054).unwrap()["count"];
    assert_eq!(first, 4000);
}

/// A program that follows a file, and the lines it prints.
struct Following {
    child: Child,
    lines: Receiver<String>,
}

impl Following {
    fn start(path: &Path) -> Following {
        Following::of(wsa(&["--json", "--follow", path.to_str().unwrap()]).spawn().unwrap())
    }

    fn of(mut child: Child) -> Following {
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Following { child, lines }
    }

    /// Code, line number and peer of the next finding.
    fn next(&self) -> (i64, i64, String) {
        let line = self.lines.recv_timeout(Duration::from_secs(30)).expect("a finding within 30 seconds");
        let finding: serde_json::Value = serde_json::from_str(&line).unwrap();
        let peer = finding["peer"].as_str().unwrap_or_default().to_owned();
        (finding["code"].as_i64().unwrap(), finding["line"].as_i64().unwrap(), peer)
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).create(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_followed_log_is_shown_as_it_grows_and_across_rotation() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.log");
    append(&path, "started\nconnect to 10.20.0.5:443 failed with error 10061\n");
    let following = Following::start(&path);
    assert_eq!(following.next(), (10061, 2, "10.20.0.5:443".to_owned()));
    append(&path, "all well\nrecv from 10.20.0.6:443 failed with ");
    std::thread::sleep(Duration::from_millis(900));
    append(&path, "error 10054\n");
    assert_eq!(following.next(), (10054, 4, "10.20.0.6:443".to_owned()), "a line written in two parts is one finding");
    fs::rename(&path, directory.path().join("app.log.1")).unwrap();
    append(&path, "connect to 10.20.0.7:443 failed with error 10060\n");
    assert_eq!(following.next(), (10060, 1, "10.20.0.7:443".to_owned()), "lines are counted anew in the new file");
    fs::write(&path, "WSAENOBUFS\n").unwrap();
    assert_eq!(following.next().0, 10055, "truncated in place");
}

/// The log is quiet from then on, so nothing is written that would show it.
#[test]
#[cfg(target_os = "linux")]
fn following_ends_when_nobody_reads_any_more() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.log");
    append(&path, "connect to 10.20.0.5:443 failed with error 10061\n");
    let mut child = wsa(&["--follow", path.to_str().unwrap()]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("10061"), "{first}");
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        child.try_wait().unwrap()
    });
    let _ = child.kill();
    assert_eq!(ended.and_then(|status| status.code()), Some(0));
}

#[test]
fn columns_that_only_the_first_file_names_hold_across_rotation() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("calls.csv");
    append(&path, "time,host,ms,wsa_error\n10:00:01,db1,10061,10054\n");
    let following = Following::start(&path);
    assert_eq!(following.next(), (10054, 2, "db1".to_owned()));
    fs::rename(&path, directory.path().join("calls.1.csv")).unwrap();
    append(&path, "10:00:02,db2,10061,0\n10:00:03,db2,10061,10053\n");
    assert_eq!(following.next(), (10053, 2, "db2".to_owned()));
    fs::write(&path, "10:00:04,db3,10061,10060\n").unwrap();
    assert_eq!(following.next(), (10060, 1, "db3".to_owned()), "truncated in place");
    fs::rename(&path, directory.path().join("calls.2.csv")).unwrap();
    append(&path, "time,wsa_error,host,ms\n10:00:05,10061,db4,10054\n");
    assert_eq!(following.next(), (10061, 2, "db4".to_owned()), "named anew");
}

#[test]
fn a_followed_pipe_shows_findings_as_they_come_and_ends_with_the_pipe() {
    let mut child = wsa(&["--json", "--follow"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for code in [10061, 10054] {
        writeln!(stdin, "recv from 10.20.0.5:443 failed with error {code}").unwrap();
        let mut line = String::new();
        // Nothing else comes, and the pipe stays open.
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"code\":{code},")), "{line}");
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));

    let mut child = wsa(&["--follow"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\x1F\x8B\x08\0\0\0\0\0").unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(stderr, "wsa: <stdin>: is gzip data, which cannot be followed; scan it without --follow\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_log_that_is_yet_to_come_is_said_to_be_waited_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("late.log");
    let mut following = Following::start(&path);
    let mut message = String::new();
    BufReader::new(following.child.stderr.take().unwrap()).read_line(&mut message).unwrap();
    assert!(
        message.ends_with("late.log: No such file or directory (os error 2); it is followed once it can be opened\n")
    );
    append(&path, "connect to 10.20.0.5:443 failed with error 10061\n");
    assert_eq!(following.next().0, 10061);
}

#[test]
#[cfg(target_os = "linux")]
fn a_named_pipe_is_followed_without_keeping_others_waiting() {
    let directory = tempfile::tempdir().unwrap();
    let (pipe, log) = (directory.path().join("pipe"), directory.path().join("app.log"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    append(&log, "connect to 10.20.0.5:443 failed with error 10061\n");
    let child = wsa(&["--json", "--follow", pipe.to_str().unwrap(), log.to_str().unwrap()]).spawn().unwrap();
    let following = Following::of(child);
    assert_eq!(following.next().0, 10061, "nobody writes to the pipe yet");
    append(&pipe, "WSAENOBUFS\n");
    assert_eq!(following.next().0, 10055);
}

#[test]
fn stamps_without_a_date_that_come_through_a_pipe_are_of_today() {
    let mut child = wsa(&["--since", "2025-01-01", "--summary", "json"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"10:00:01 recv failed with error 10054\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&summary["findings"], &summary["undated"]), (&1.into(), &0.into()), "{summary}");
    assert!(summary["first"].as_str().unwrap().ends_with(" 10:00:01"), "{summary}");
}

#[test]
fn files_that_come_to_a_followed_directory_are_followed_too_and_rotated_ones_not_twice() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    // Nothing is there at first.
    let following = Following::start(directory.path());
    append(&path("a.log"), "connect to 10.20.0.5:443 failed with error 10061\n");
    assert_eq!(following.next(), (10061, 1, "10.20.0.5:443".to_owned()));
    fs::rename(path("a.log"), path("a-yesterday.log")).unwrap();
    append(&path("a.log"), "recv from 10.20.0.6:443 failed with error 10054\n");
    fs::write(path("b.gz"), b"\x1F\x8B\x08\0").unwrap();
    append(&path("b.log"), "WSAENOBUFS\n");
    let mut next = [following.next().0, following.next().0];
    next.sort_unstable();
    assert_eq!(next, [10054, 10055]);
    append(&path("a.log"), "recv from 10.20.0.6:443 failed with error 10060\n");
    assert_eq!(following.next().0, 10060, "nothing of the renamed one came again");
}
