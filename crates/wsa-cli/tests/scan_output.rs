//! Where the answer of `wsa scan` goes, and what must not come along: its own output, commands for a terminal, peers that
//! say nothing.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const LINE: &str = "2025-02-03 10:00:00 recv from 10.20.0.5:443 failed with error 10054\n";

fn wsa(directory: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wsa"));
    command.arg("scan").args(args).current_dir(directory).stdin(Stdio::null());
    command
}

fn run(directory: &Path, args: &[&str]) -> (Output, String, String) {
    let output = wsa(directory, args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (output, stdout, stderr)
}

/// A directory with a log of so many errors.
fn logs(errors: usize) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("app.log"), LINE.repeat(errors)).unwrap();
    directory
}

#[test]
#[cfg(unix)]
fn what_is_written_into_the_scanned_directory_is_not_scanned() {
    let directory = logs(3000);
    // Behind the log in the order of the scan, and with so much in it by then that it would never end.
    let path = directory.path().join("found.json");
    let mut child =
        wsa(directory.path(), &["-j1", "--json", "."]).stdout(File::create(&path).unwrap()).spawn().unwrap();
    for _ in 0..600 {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3000);

    let output =
        wsa(directory.path(), &["--lines", "app.log", "found.json"]).stdout(File::create(&path).unwrap()).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(stderr, "wsa: found.json: is where the output goes, so it is not scanned\n");
}

#[test]
fn a_page_in_the_scanned_directory_is_not_scanned_and_made_anew() {
    let directory = logs(2);
    let page = directory.path().join("page.html");
    fs::write(&page, format!("<!doctype html>\n{LINE}{}", "x".repeat(100_000))).unwrap();
    for _ in 0..2 {
        let (_, stdout, _) = run(directory.path(), &["--html", "page.html", "."]);
        assert!(stdout.starts_with("2 Winsock errors in 1 file,"), "{stdout}");
        let html = fs::read_to_string(&page).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"), "nothing of the old one is left");
    }
}

#[test]
fn a_log_in_the_place_of_the_page_is_left_alone() {
    let directory = logs(2);
    let (output, stdout, stderr) = run(directory.path(), &["--html", "app.log"]);
    assert_eq!((output.status.code(), stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("wsa: app.log is no page, so it is left alone"), "{stderr}");
    assert_eq!(fs::read_to_string(directory.path().join("app.log")).unwrap(), LINE.repeat(2));
    // What is empty holds nothing to lose, as a file made by `mktemp`.
    fs::write(directory.path().join("new"), "").unwrap();
    assert_eq!(run(directory.path(), &["--html", "new", "app.log"]).0.status.code(), Some(0));
}

#[test]
fn a_page_that_cannot_be_written_is_known_before_the_scan_and_a_dash_is_standard_output() {
    let directory = logs(2);
    let (output, stdout, stderr) = run(directory.path(), &["--html", "none/page.html", "app.log"]);
    assert_eq!((output.status.code(), stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("wsa: cannot write none/page.html: "), "{stderr}");

    let (output, stdout, _) = run(directory.path(), &["--html", "-", "app.log"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout.starts_with("<!DOCTYPE html>") && stdout.ends_with("</html>\n"), "{stdout}");
    assert!(!directory.path().join("-").exists());

    let (output, stdout, stderr) = run(directory.path(), &["--html", "-", "--json", "app.log"]);
    assert_eq!((output.status.code(), stdout.as_str()), (Some(2), ""), "{stderr}");
}

#[test]
#[cfg(unix)]
fn names_and_records_cannot_command_the_terminal() {
    let directory = tempfile::tempdir().unwrap();
    let name = "cut\x1b[31m\nwsa: forged\x07.gz";
    fs::write(directory.path().join(name), b"\x1F\x8B\x08\0\0\0\0\0\0\0\0").unwrap();
    fs::write(directory.path().join("app.log"), format!("\x1b]0;title\x07{LINE}")).unwrap();
    let (output, stdout, stderr) = run(directory.path(), &["--color", "always", "--summary", "markdown", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.starts_with("wsa: ./cut·[31m·wsa: forged·.gz: the gzip data end"), "{stderr:?}");
    assert_eq!(stderr.lines().count(), 1);
    assert!(stdout.contains("`·]0;title·2025-02-03 10:00:00 recv"), "{stdout:?}");
    assert!(!stdout.contains(['\x1b', '\x07']), "{stdout:?}");
}

#[test]
fn an_input_that_cannot_be_opened_is_no_file_that_was_scanned() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("logs.7z"), b"7z\xBC\xAF\x27\x1C").unwrap();
    let (output, stdout, stderr) = run(directory.path(), &["logs.7z"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr, "wsa: logs.7z: is a 7-Zip archive; unpack it and scan the directory\n");
    assert!(stdout.starts_with("Nothing could be scanned.\n"), "{stdout}");
}

#[test]
fn of_very_many_peers_none_is_named_whose_count_is_chance() {
    let directory = tempfile::tempdir().unwrap();
    let line = |peer: u32| {
        format!("2025-02-03 10:00:00 recv from 10.{}.{}.1:443 failed with error 10054\n", peer / 200, peer % 200)
    };
    let text: String = (0..20_000).map(|number| line(number % 5000)).collect();
    fs::write(directory.path().join("app.log"), text).unwrap();
    let (_, stdout, _) = run(directory.path(), &["--summary", "json", "app.log"]);
    let summary: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let missed = summary["peers"]["missed"].as_u64().unwrap();
    let top = summary["peers"]["top"].as_array().unwrap();
    assert!(missed > 0 && top.iter().all(|peer| peer["count"].as_u64().unwrap() > missed), "{}", summary["peers"]);
    let (_, report, _) = run(directory.path(), &["app.log"]);
    assert!(report.contains(" different, none stands out\n"), "{report}");
    assert!(report.contains("Very many different peers: "), "{report}");
    assert!(report.lines().all(|line| line.chars().count() <= 80), "{report}");
    let (_, page, _) = run(directory.path(), &["--html", "-", "app.log"]);
    assert!(page.contains(" different peers; none stands out."), "{page}");
}

#[test]
fn context_is_of_lines_and_zero_threads_are_as_many_as_there_are_processors() {
    let directory = logs(2);
    let (output, _, stderr) = run(directory.path(), &["-C2", "app.log"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("--lines"), "{stderr}");
    let (_, with, _) = run(directory.path(), &["-lC2", "-j0", "app.log"]);
    let (_, without, _) = run(directory.path(), &["-lC2", "app.log"]);
    assert!(with == without && with.lines().count() == 2, "{with}");
}

#[test]
fn more_lines_than_there_are_around_a_finding_are_all_lines() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("app.log"), format!("one\n{LINE}three\nfour\n")).unwrap();
    let (_, four, _) = run(directory.path(), &["-lC9", "app.log"]);
    assert_eq!(four.lines().count(), 4, "{four}");
    // This many steps would take minutes, and one more than the largest number is none.
    for many in ["9999999999", "18446744073709551615"] {
        let (_, all, _) = run(directory.path(), &["-l", "-C", many, "app.log"]);
        assert_eq!(all, four, "-C {many}");
    }
}

/// The tool scans a large file in parts, of which only the first holds the header.
#[test]
fn the_header_of_a_table_holds_for_all_of_a_large_file() {
    let directory = tempfile::tempdir().unwrap();
    let row = "2024-05-01 10:00:01 10.0.0.1 GET /a 443 203.0.113.7 200 0 10061\n";
    let late = "2024-05-01 10:00:02 10.0.0.1 GET /a 443 203.0.113.8 200 10054 15\n";
    let head = "#Fields: date time s-ip cs-method cs-uri-stem s-port c-ip sc-status sc-win32-status time-taken\n";
    fs::write(directory.path().join("u_ex.log"), head.to_owned() + &row.repeat(200_000) + late).unwrap();
    let (_, shown, _) = run(directory.path(), &["--json", "u_ex.log"]);
    assert_eq!(shown.lines().count(), 1, "{shown}");
    assert!(shown.contains("\"code\":10054") && shown.contains("\"peer\":\"203.0.113.8\""), "{shown}");
}

/// Each part is read by the header that stands before it, wherever that is.
#[test]
fn a_header_in_the_middle_of_a_large_table_holds_from_there_on() {
    let directory = tempfile::tempdir().unwrap();
    let old = ("time,pid,peer,wsa_error,ms\n", "10:00:01,10054,10.0.0.7:443,10053,10061\n");
    let new = ("time,peer,ms,pid,level,wsa_error\n", "10:00:02,10.0.0.8:443,10061,10054,1,10060\n");
    let idle = |row: &str| row.repeat(9_000_000 / row.len());
    let (before, after) =
        (idle("10:00:01,10054,10.0.0.9:443,0,10061\n"), idle("10:00:02,10.0.0.9:443,10061,10054,1,0\n"));
    let rows = [old.0, old.1, &before, new.0, &after, new.1].concat();
    let w3c =
        rows.replace(',', " ").replace("time ", "#Date: 2024-05-02 09:00:00\n#Fields: time ").replacen("-02", "-01", 1);
    for (name, log) in [("t.csv", rows), ("t.log", w3c)] {
        fs::write(directory.path().join(name), &log).unwrap();
        let (_, shown, _) = run(directory.path(), &["--json", name]);
        let found: Vec<&str> = shown.lines().collect();
        assert!(found.len() == 2 && found[0].contains("\"code\":10053") && found[0].contains("10.0.0.7"), "{shown}");
        assert!(found[1].contains("\"code\":10060") && found[1].contains("10.0.0.8"), "{shown}");
        let days = ["2024-05-01T10:00:01Z", "2024-05-02T10:00:02Z"];
        assert!(name == "t.csv" || found.iter().zip(days).all(|(line, day)| line.contains(day)), "{shown}");
    }
}

#[test]
fn a_report_keeps_to_a_narrow_terminal() {
    let directory = logs(2000);
    let more = "2025-02-04 11:00:00 connect to 10.20.0.5:443 failed: WSAETIMEDOUT\n2025-02-04 12:00:00 bind: WSAEADDRINUSE\n\
                2025-02-04 13:00:00 recv from 10.20.0.6:443 failed with error 10054\n";
    fs::write(directory.path().join("more.log"), more).unwrap();
    for columns in [40, 50, 60, 80] {
        let report = report_in(directory.path(), columns, &["."]);
        assert!(report.contains("10054 WSAECONNRESET") && report.contains("10.20.0.5:443 2,000 · 1"), "{report}");
        // From when to when takes 42.
        let too_long = |line: &&str| line.chars().count() > columns && !line.starts_with("2025-");
        assert_eq!(report.lines().find(too_long), None, "{columns}: {report}");
    }
}

/// The report on so many columns.
fn report_in(directory: &Path, columns: usize, args: &[&str]) -> String {
    let output = wsa(directory, args).env("COLUMNS", columns.to_string()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn first_and_last_are_as_exact_as_the_room_allows() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.log");
    for (first, last, other, columns, shown) in [
        ("2025-02-03 10:00:00", "2025-02-03 12:30:00", "2025-02-03 18:00:00", 80, "10:00:00 – 12:30:00"),
        ("2025-02-03 10:00:00", "2025-02-05 12:30:00", "2025-02-05 18:00:00", 80, "02-03 10:00 – 02-05 12:30"),
        ("2025-02-03 10:00:00", "2025-02-05 12:30:00", "2025-02-05 18:00:00", 60, "02-03 – 02-05"),
        ("2025-02-03 10:00:00", "2025-02-03 12:30:00", "2025-02-05 18:00:00", 60, "02-03 10:00 – 12:30"),
        ("2024-12-30 10:00:00", "2025-01-02 12:30:00", "2025-02-05 18:00:00", 70, "2024-12-30 – 2025-01-02"),
        ("2024-12-30 10:00:00", "2024-12-30 12:30:00", "2025-02-05 18:00:00", 80, "2024-12-30 10:00 – 12:30"),
        (
            "2024-12-30 10:00:00",
            "2025-01-02 12:30:00",
            "2025-02-05 18:00:00",
            100,
            "2024-12-30 10:00 – 2025-01-02 12:30",
        ),
    ] {
        let line = |time: &str, code: u32| format!("{time} recv failed with error {code}\n");
        fs::write(&path, [line(first, 10054), line(last, 10054), line(other, 10060)].concat()).unwrap();
        let report = report_in(directory.path(), columns, &["app.log"]);
        let row = report.lines().find(|line| line.starts_with("10054")).unwrap();
        assert!(row.ends_with(&format!("  {shown}")) && row.contains('█'), "{columns}: {row}");
    }
    fs::write(&path, LINE).unwrap();
    let report = report_in(directory.path(), 80, &["app.log"]);
    assert!(report.starts_with("1 Winsock error in 1 file, 68 B, 2025-02-03 10:00:00\n"), "{report}");
}

#[test]
fn times_of_a_report_are_as_the_log_writes_them() {
    let directory = tempfile::tempdir().unwrap();
    let line = |time: &str| format!("{time} recv failed with error 10054\n");
    let log = ["2025-02-03T23:30:00+01:00", "2025-02-04T00:30:00+01:00", "2025-02-04T00:00:00Z"].map(line).concat();
    fs::write(directory.path().join("app.log"), log).unwrap();
    let span = |args: &[&str]| {
        let (_, report, _) = run(directory.path(), &[args, &["--summary", "json", "app.log"]].concat());
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        [&report["first"], &report["last"]].map(|time| time.as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(span(&[]), ["2025-02-03 23:30:00", "2025-02-04 01:00:00"], "another zone in the first one's");
    assert_eq!(
        span(&["--since", "2025-02-03 23:45"]),
        ["2025-02-04 00:30:00", "2025-02-04 01:00:00"],
        "what they show"
    );
    assert_eq!(span(&["--since", "2025-02-03T23:45Z"]), ["2025-02-04 00:00:00"; 2], "what they mean");
}

#[test]
fn what_is_quoted_is_the_earliest_finding_with_its_line() {
    let directory = tempfile::tempdir().unwrap();
    let older = "2025-02-02 10:00:00 ERROR request failed\n\
                 System.Net.Sockets.SocketException (10054): closed\n   at A.B()\n";
    // The newest first, as `app.log*` gives rotated logs.
    fs::write(directory.path().join("app.log"), format!("recv failed with error 10054\n{LINE}")).unwrap();
    fs::write(directory.path().join("app.log.1"), older).unwrap();
    let (_, ticket, _) = run(directory.path(), &["--summary", "markdown", "app.log", "app.log.1"]);
    let quoted = "- first seen in `app.log.1`, line 2: `System.Net.Sockets.SocketException (10054): closed`\n";
    assert!(ticket.contains(quoted), "{ticket}");
}

#[test]
fn a_directory_without_findings_is_said_to_have_been_scanned_in_part() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join(".ignore"), "*.log\n").unwrap();
    fs::write(directory.path().join("app.log"), LINE).unwrap();
    fs::write(directory.path().join("notes.txt"), "all is well\n").unwrap();
    let (output, report, _) = run(directory.path(), &["."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(report.starts_with("No Winsock errors in 1 file, 12 B.") && report.contains("--no-ignore"), "{report}");
    let (_, report, _) = run(directory.path(), &["notes.txt"]);
    assert_eq!(report, "No Winsock errors in 1 file, 12 B.\n");
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_is_named() {
    let directory = logs(1);
    for form in ["--json", "--lines", "--summary=csv", "--full"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = wsa(directory.path(), &[form, "app.log"]).stdout(full).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{form}");
        assert!(
            said.starts_with("wsa: cannot write to standard output: ") && said.lines().count() == 1,
            "{form}: {said}"
        );
    }
}

#[test]
fn peers_that_a_page_does_not_list_are_counted_and_one_on_this_machine_does_not_accuse_it() {
    let directory = tempfile::tempdir().unwrap();
    let line = |host: &str| format!("2025-02-03 10:00:00 upstream: connect to {host}:443 failed with error 10061\n");
    let remote: String = (1..=20).map(|host| line(&format!("10.20.0.{host}"))).collect();
    fs::write(directory.path().join("app.log"), remote + &line("127.0.0.1")).unwrap();
    let (_, report, _) = run(directory.path(), &["app.log"]);
    assert!(!report.contains("points to a local port"), "{report}");
    let (_, page, _) = run(directory.path(), &["--html", "-", "app.log"]);
    assert!(page.contains("443&nbsp;1 · 16 more</dd>"), "{page}");
    let (_, ticket, _) = run(directory.path(), &["--summary", "markdown", "app.log"]);
    assert!(ticket.contains("\n- 16 more peers\n"), "{ticket}");
}

#[test]
fn two_errors_in_a_row_are_cause_and_consequence_only_where_the_second_can_be_one() {
    let directory = tempfile::tempdir().unwrap();
    let follows = |lines: &[&str]| -> Vec<(i64, i64)> {
        let log: String = lines.iter().map(|line| format!("2025-02-03 10:00:00 {line}\n")).collect();
        fs::write(directory.path().join("app.log"), log).unwrap();
        let (_, report, stderr) = run(directory.path(), &["--summary", "json", "app.log"]);
        let report: serde_json::Value =
            serde_json::from_str(&report).unwrap_or_else(|error| panic!("{error} {stderr}"));
        let codes = report["codes"].as_array().unwrap();
        codes.iter().filter_map(|code| Some((code["code"].as_i64()?, code["follows"]["code"].as_i64()?))).collect()
    };
    let refused = "connect to 127.0.0.1:9 failed: 10061";
    let in_use = "bind to 127.0.0.1:80 failed: 10048";
    let unknown = "gethostbyname(none.invalid) failed: 11001";
    assert_eq!(follows(&[refused, in_use, unknown]), [], "each for a reason of its own");
    assert_eq!(follows(&[in_use, "closesocket failed: 10038"]), [(10038, 10048)], "the handle of what failed");
    let again = [&[refused, in_use][..], &["well"; 7], &[refused, in_use]].concat();
    assert_eq!(follows(&again), [(10048, 10061)], "more than once");
    let both = "bind failed: WSAEADDRINUSE; then connect failed: WSAECONNREFUSED";
    assert_eq!(follows(&[both]), [(10061, 10048)], "one record");
}

#[test]
fn a_document_of_no_errors_says_why_and_one_of_some_what_is_left_out() {
    let directory = logs(2);
    let said = "None of the 2 Winsock errors in 1 file, 136 B, passes the filters.";
    let (_, ticket, _) = run(directory.path(), &["--summary", "markdown", "--code", "10061", "app.log"]);
    assert_eq!(ticket, format!("# Winsock errors: 0\n\n{said}\n"));
    let (_, page, _) = run(directory.path(), &["--html", "-", "--code", "10061", "app.log"]);
    assert!(page.contains(&format!("<p>{said}</p>")) && !page.contains("tell no times"), "{page}");
    fs::write(directory.path().join("more.log"), "connect to 10.0.0.1:80 failed: 10061\n".repeat(3)).unwrap();
    let (_, ticket, _) = run(directory.path(), &["--summary", "markdown", "--code", "10061", "."]);
    assert!(ticket.contains("\nIn 2 files. 2 more findings did not pass the filters.\n"), "{ticket}");
}

#[test]
fn archives_that_are_not_opened_are_said_to_be_passed_over() {
    let directory = logs(1);
    fs::write(directory.path().join("old.7z"), b"7z\xBC\xAF\x27\x1C\0\x04").unwrap();
    fs::write(directory.path().join("program"), [0_u8, 1, 2, 0xFF].repeat(500)).unwrap();
    let (output, report, _) = run(directory.path(), &["."]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        report.contains("\nPassed over: 2 binary files; 1 is an archive: unpack it to scan what is in it.\n"),
        "{report}"
    );
    let (_, report, _) = run(directory.path(), &["--summary", "json", "."]);
    assert!(report.contains("\"skipped_binary\": 2,\n    \"skipped_archives\": 1,\n"), "{report}");
}

/// A tar archive of these members, the plainest there is.
fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, bytes) in members {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
        header[136..148].copy_from_slice(b"14750113100\0");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend(header);
        tar.extend_from_slice(bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

#[test]
fn the_files_in_an_archive_are_scanned_as_files_of_their_own() {
    let directory = tempfile::tempdir().unwrap();
    let reset = "10:00:00 recv from 10.20.0.5:443 failed with error 10054\n";
    let inner = tar(&[("deep.log", reset.as_bytes())]);
    let quiet = "all is well\n".repeat(3000);
    let bundle = tar(&[
        ("./logs/quiet.log", quiet.as_bytes()),
        ("logs/app.log", format!("start\n{reset}").as_bytes()),
        ("logs/app.txt", reset.as_bytes()),
        ("in.tar", &inner),
        ("program", b"\0\x01WSAECONNRESET"),
    ]);
    fs::write(directory.path().join("bundle.log"), &bundle).unwrap();
    // Behind it in the order of the inputs, whatever the threads do.
    fs::write(directory.path().join("later.log"), reset).unwrap();
    for threads in ["-j1", "-j4"] {
        let (output, stdout, stderr) = run(directory.path(), &["--lines", threads, "bundle.log"]);
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
        let line = |name: &str, number| format!("{name}:{number}:52: 10054 WSAECONNRESET  {reset}");
        let of_bundle = [("logs/app.log", 2), ("logs/app.txt", 1), ("in.tar/deep.log", 1)]
            .map(|(name, number)| line(&format!("bundle.log/{name}"), number))
            .concat();
        assert_eq!(stdout, of_bundle, "the path is shown though one file was named");
        let (_, stdout, _) = run(directory.path(), &["--lines", threads, "bundle.log", "later.log"]);
        assert_eq!(stdout, of_bundle + &line("later.log", 1));
        let (_, stdout, _) = run(directory.path(), &["--lines", threads, "-g", "*.log", "."]);
        assert_eq!(stdout, line("./bundle.log/logs/app.log", 2) + &line("./later.log", 1));
    }
    let (_, json, _) = run(directory.path(), &["--json", "bundle.log"]);
    assert!(
        json.starts_with("{\"path\":\"bundle.log/logs/app.log\",\"line\":2,\"column\":52,\"offset\":57,"),
        "{json}"
    );
    let (_, summary, _) = run(directory.path(), &["--summary", "json", "bundle.log"]);
    assert!(summary.contains("\"files\": 4,\n    \"files_with_findings\": 3,"), "{summary}");
    assert!(summary.contains("\"skipped_binary\": 1,"), "{summary}");
    // The member tells the date that its times lack.
    assert!(summary.contains("\"first\": \"2025-02-03 10:00:00\""), "{summary}");

    fs::write(directory.path().join("cut.tar"), &bundle[..bundle.len() - 5000]).unwrap();
    let (output, report, stderr) = run(directory.path(), &["cut.tar"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(report.starts_with("2 Winsock errors in 3 files,"), "{report}");
    assert_eq!(
        stderr,
        "wsa: cut.tar: the tar archive ends within or behind logs/app.txt (truncated file, or still being written); what \
         came before was scanned\n"
    );
}

#[test]
fn an_archive_with_more_files_than_wait_at_a_time_is_scanned_to_its_end() {
    let directory = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..2000).map(|number| format!("{number}.log")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), LINE.as_bytes())).collect();
    for name in ["a.tar", "b.tar", "c.tar"] {
        fs::write(directory.path().join(name), tar(&members)).unwrap();
    }
    let (_, one, _) = run(directory.path(), &["--json", "-j1", "."]);
    let (_, three, _) = run(directory.path(), &["--json", "-j3", "."]);
    assert_eq!(one.lines().count(), 6000);
    assert!(one == three);
}

#[test]
#[cfg(unix)]
fn a_file_that_several_paths_lead_to_is_counted_once() {
    let directory = logs(2);
    let path = |name: &str| directory.path().join(name);
    fs::create_dir(path("old")).unwrap();
    fs::write(path("old/other.log"), LINE).unwrap();
    for (args, errors, files, repeated) in [
        (&["app.log", "./app.log", "app.log"][..], 2, 1, "2 files"),
        (&["-j3", ".", "app.log", "old"], 3, 2, "2 files"),
        (&["old", "."], 3, 2, "1 file"),
    ] {
        let (_, report, _) = run(directory.path(), args);
        let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        assert!(report.starts_with(&format!("{errors} Winsock errors in {files},")), "{args:?}: {report}");
        assert!(report.contains(&format!("\nGiven twice and scanned once: {repeated}.\n")), "{args:?}: {report}");
    }
    fs::hard_link(path("app.log"), path("hard.log")).unwrap();
    std::os::unix::fs::symlink("app.log", path("soft.log")).unwrap();
    assert_eq!(run(directory.path(), &["--json", "."]).1.lines().count(), 3);
    assert_eq!(run(directory.path(), &["--json", "soft.log", "hard.log"]).1.lines().count(), 2);
    // Another file of the same content is another file.
    fs::copy(path("app.log"), path("copy.log")).unwrap();
    let (_, summary, _) = run(directory.path(), &["--summary", "json", "app.log", "copy.log", "soft.log"]);
    assert!(summary.contains("\"files\": 2,") && summary.contains("\"skipped_repeated\": 1\n"), "{summary}");
}

#[test]
fn where_several_files_have_errors_it_is_said_which() {
    let directory = logs(3);
    let long = format!("{}/deep.log", "a-directory-with-a-long-name/".repeat(4));
    fs::create_dir_all(directory.path().join(&long).parent().unwrap()).unwrap();
    fs::write(directory.path().join(&long), LINE.repeat(7)).unwrap();
    for _ in 0..2 {
        let (_, report, _) = run(directory.path(), &["."]);
        // The end of the path tells most.
        let row = report.lines().find(|line| line.starts_with("  files   …")).unwrap_or_else(|| panic!("{report}"));
        assert!(row.ends_with("/deep.log 7 · 1 more") && row.chars().count() <= 80, "{row}");
    }
    let (_, ticket, _) = run(directory.path(), &["--summary", "markdown", "."]);
    assert!(ticket.contains("/deep.log`: 7\n- file `./app.log`: 3\n"), "{ticket}");
    let (_, page, _) = run(directory.path(), &["--html", "-", "."]);
    assert!(page.contains("<dt>Files</dt><dd>./a-directory") && page.contains(" · ./app.log&nbsp;3</dd>"), "{page}");
    let (_, summary, _) = run(directory.path(), &["--summary", "json", "."]);
    assert!(summary.contains("\"name\": \"./app.log\",\n            \"count\": 3"), "{summary}");
    let (_, report, _) = run(directory.path(), &["app.log"]);
    assert!(!report.contains("  files "), "{report}");
}

#[test]
fn a_time_too_far_from_the_error_to_be_seen_is_said_not_to_have_been_looked_for() {
    let directory = tempfile::tempdir().unwrap();
    let note = "\n1 finding more than 16.0 KiB into a line: too far to see its time.\n";
    for (blanks, is_far) in [(3000, false), (9000, true)] {
        let line = LINE.replacen(" recv", &format!("{} recv", " x".repeat(blanks)), 1);
        fs::write(directory.path().join("app.log"), line).unwrap();
        let (_, report, _) = run(directory.path(), &["app.log"]);
        assert_eq!(report.contains(note), is_far, "{report}");
        assert_eq!(report.contains("2025-02-03 10:00:00"), !is_far, "{report}");
    }
}
