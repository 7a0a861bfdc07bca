//! Findings do not depend on how the input comes or who scans it: compression, encoding, threads, parts, giant lines.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use proptest::prelude::*;
use winsock_scan::Scanner;
use wsa_input::{OpenOptions, WalkOptions, walk};

use super::engine::{Consumer, Engine};
use super::hit::{Batch, Keep};
use super::interrupt::Interrupt;
use super::job::{InputFile, Jobs};
use super::json::JsonLines;
use super::work::{Bench, Done, LONGEST_SHOWN_BYTES};

/// Records of many runtimes, decoys among them.
const RECORDS: [&str; 12] = [
    "2025-02-03 09:12:05.230 ERROR WSARecv() from 10.20.0.5:443 failed: WSAECONNRESET (10054)",
    "2025-02-03 09:12:06 System.Net.Sockets.SocketException (10061): refused 127.0.0.1:5432\n   at A.B()\n   at C.D()",
    "dial tcp 192.0.2.10:8443: connectex: No connection could be made because the target machine actively refused it.",
    "worker 10054 ready on port 10048, pid 10060",
    "ConnectionResetError: [WinError 10054] An existing connection was forcibly closed by the remote host",
    "connect: WSAETIMEDOUT\r",
    "Feb  3 09:13:00 host app: bind failed with error 10048",
    "HRESULT 0x80072746 while sending to [2001:db8::1]:443",
    "Eine vorhandene Verbindung wurde vom Remotehost geschlossen. (10054)",
    "",
    "GET /index.html 200 10053 bytes é",
    "recv failed, WSAGetLastError() returned 10035 (0x2733)",
];

#[derive(Default)]
struct Everything {
    json: Vec<u8>,
    lines: u64,
    bytes: u64,
    errors: Vec<String>,
    batches: usize,
}

impl Consumer for Everything {
    fn batch(&mut self, _: &InputFile, batch: &Batch) -> ControlFlow<()> {
        let file = InputFile::new(1, "log".to_owned());
        let mut json = JsonLines::new(&mut self.json);
        for hit in &batch.hits {
            json.finding(&file, batch, hit).unwrap();
        }
        json.flush().unwrap();
        self.batches += 1;
        ControlFlow::Continue(())
    }

    fn done(&mut self, _: &InputFile, done: &Done, _: bool) -> ControlFlow<()> {
        self.lines += done.lines;
        self.bytes += done.bytes;
        self.errors.extend(done.errors.iter().map(ToString::to_string));
        ControlFlow::Continue(())
    }
}

struct Way {
    threads: usize,
    /// `None` reads the file as a stream.
    part_bytes: Option<u64>,
    longest_shown: u64,
    /// What may wait for the findings before it; `None` is the usual.
    ahead_bytes: Option<u64>,
}

const STREAMED: Way = Way { threads: 1, part_bytes: None, longest_shown: LONGEST_SHOWN_BYTES, ahead_bytes: None };

fn bench(longest_shown: u64) -> Bench {
    Bench {
        scanner: Scanner::new(),
        keep: Keep::Whole,
        lines_before: 0,
        lines_after: 0,
        bytes_read: Arc::new(AtomicU64::new(0)),
        longest_shown,
        interrupt: Interrupt::default(),
    }
}

fn scan(path: &Path, way: &Way) -> Everything {
    let bench = bench(way.longest_shown);
    let map_from_bytes = if way.part_bytes.is_some() { 1 } else { u64::MAX };
    let options = OpenOptions { map_from_bytes, ..OpenOptions::default() };
    let walk = walk(&[path.to_owned()], &WalkOptions::default()).unwrap();
    let jobs = Jobs::new(walk, options).part_bytes(way.part_bytes.unwrap_or(1));
    let mut everything = Everything::default();
    let engine = Engine::new(&bench, way.threads);
    let engine = way.ahead_bytes.into_iter().fold(engine, Engine::ahead_bytes);
    engine.run(jobs, &mut everything);
    everything
}

fn text_of(choices: &[usize]) -> String {
    choices.iter().map(|choice| format!("{}\n", RECORDS[choice % RECORDS.len()])).collect()
}

fn assert_same(text: &str, way: &Way) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    fs::write(&path, text).unwrap();
    let (one, other) = (scan(&path, &STREAMED), scan(&path, way));
    assert_same_lines(&other.json, &one.json);
    assert_eq!((other.lines, other.bytes), (one.lines, one.bytes));
    assert_eq!(one.lines, text.matches('\n').count() as u64);
    assert_eq!(one.bytes, text.len() as u64);
}

#[test]
fn lines_around_findings_that_follow_one_another_are_held_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    fs::write(&path, format!("{}\n", RECORDS[0]).repeat(5000)).unwrap();
    let bench = Bench { lines_before: 1000, lines_after: 1000, ..bench(LONGEST_SHOWN_BYTES) };
    for map_from_bytes in [1, u64::MAX] {
        let walk = walk(std::slice::from_ref(&path), &WalkOptions::default()).unwrap();
        let jobs = Jobs::new(walk, OpenOptions { map_from_bytes, ..OpenOptions::default() });
        let mut everything = Everything::default();
        Engine::new(&bench, 1).run(jobs, &mut everything);
        // One for 256 findings. With 16 KiB around each by itself one holds eight.
        assert!((19..25).contains(&everything.batches), "{} batches", everything.batches);
    }
}

#[test]
fn a_file_that_shrinks_under_the_scan_ends_early_and_is_named_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    fs::write(&path, text_of(&(0..200_000).collect::<Vec<_>>())).unwrap();
    let walk = walk(std::slice::from_ref(&path), &WalkOptions::default()).unwrap();
    let mut jobs = Jobs::new(walk, OpenOptions::default()).part_bytes(1 << 20);
    let bench = bench(LONGEST_SHOWN_BYTES);
    let run = |work| bench.run(work, &mut Batch::default(), &mut |_| ControlFlow::Continue(()));
    let mut done: Vec<Done> = jobs.by_ref().take(1).map(|job| run(job.work)).collect();
    // Two more are cut before the file is.
    let cut: Vec<_> = jobs.by_ref().take(2).collect();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(1_500_000).unwrap();
    done.extend(cut.into_iter().chain(jobs).map(|job| run(job.work)));
    let errors: Vec<String> = done.iter().flat_map(|done| &done.errors).map(ToString::to_string).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("became shorter"), "{errors:?}");
    assert!(done.len() <= 4, "{} parts of a file that is gone", done.len());
}

/// Equal, or a panic that shows the first line that differs and not megabytes.
fn assert_same_lines(one: &[u8], other: &[u8]) {
    let (one, other) = (String::from_utf8_lossy(one), String::from_utf8_lossy(other));
    for (one, other) in one.lines().zip(other.lines()) {
        assert_eq!(one, other);
    }
    assert_eq!(one.lines().count(), other.lines().count());
}

#[test]
fn parts_and_threads_do_not_change_the_findings_of_a_long_file() {
    let choices: Vec<usize> = (0..9000_usize).map(|i| i.wrapping_mul(2_654_435_761) >> 7).collect();
    let text = text_of(&choices);
    assert!(text.len() > 500_000);
    for (threads, part_bytes) in [(1, 100_000), (2, 33_333), (4, 4_099)] {
        assert_same(&text, &Way { threads, part_bytes: Some(part_bytes), ..STREAMED });
    }
}

#[test]
fn threads_that_may_hardly_run_ahead_end_and_find_the_same() {
    let text = "connect to 10.0.0.7:1433 failed with WSAETIMEDOUT (10060)\n".repeat(40_000);
    for ahead_bytes in [0, 100_000] {
        let ahead_bytes = Some(ahead_bytes);
        assert_same(&text, &Way { threads: 4, part_bytes: Some(300_000), ahead_bytes, ..STREAMED });
    }
}

#[test]
fn a_line_longer_than_what_is_shown_at_once_is_scanned_completely() {
    let filler = "lorem ipsum dolor sit amet ".repeat(20_000);
    let text = format!("first\n{filler} WSAECONNRESET {filler} WSAETIMEDOUT {filler}\nlast: WSAENOBUFS\n");
    assert_same(&text, &Way { threads: 2, part_bytes: Some(50_000), longest_shown: 100_000, ..STREAMED });
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    fs::write(&path, &text).unwrap();
    let all = scan(&path, &Way { threads: 2, part_bytes: Some(50_000), longest_shown: 100_000, ..STREAMED });
    assert_eq!(all.json.iter().filter(|&&byte| byte == b'\n').count(), 3);
}

#[test]
fn many_files_come_in_the_order_of_their_names_whatever_the_threads() {
    let directory = tempfile::tempdir().unwrap();
    for i in 0..40 {
        // Files of very different length, so that threads overtake each other.
        let text = text_of(&(0..(i * 37 % 11) * 30).collect::<Vec<_>>());
        fs::write(directory.path().join(format!("{i:02}.log")), text).unwrap();
    }
    let one = scan(directory.path(), &STREAMED);
    for threads in [2, 3, 8] {
        let other = scan(directory.path(), &Way { threads, ..STREAMED });
        assert_same_lines(&other.json, &one.json);
        assert_eq!(other.lines, one.lines);
    }
}

fn twenty_logs() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for i in 0..20 {
        fs::write(directory.path().join(format!("{i}.log")), text_of(&(0..5000).collect::<Vec<_>>())).unwrap();
    }
    directory
}

#[test]
fn a_consumer_that_has_had_enough_ends_all_threads() {
    struct Once(u32);
    impl Consumer for Once {
        fn batch(&mut self, _: &InputFile, _: &Batch) -> ControlFlow<()> {
            self.0 += 1;
            ControlFlow::Break(())
        }
        fn done(&mut self, _: &InputFile, _: &Done, _: bool) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }
    let directory = twenty_logs();
    let bench = bench(LONGEST_SHOWN_BYTES);
    for threads in [1, 2, 4] {
        let walk = walk(&[directory.path().to_owned()], &WalkOptions::default()).unwrap();
        let mut once = Once(0);
        Engine::new(&bench, threads).run(Jobs::new(walk, OpenOptions::default()), &mut once);
        assert_eq!(once.0, 1);
    }
}

#[test]
fn a_consumer_that_panics_ends_all_threads() {
    struct Panics;
    impl Consumer for Panics {
        fn batch(&mut self, _: &InputFile, _: &Batch) -> ControlFlow<()> {
            panic!("on purpose")
        }
        fn done(&mut self, _: &InputFile, _: &Done, _: bool) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }
    let directory = twenty_logs();
    let bench = bench(LONGEST_SHOWN_BYTES);
    let walk = walk(&[directory.path().to_owned()], &WalkOptions::default()).unwrap();
    let jobs = Jobs::new(walk, OpenOptions::default());
    let run = std::panic::AssertUnwindSafe(|| Engine::new(&bench, 3).run(jobs, &mut Panics));
    assert!(std::panic::catch_unwind(run).is_err());
}

#[test]
fn a_long_stream_without_findings_shows_that_it_goes_on() {
    struct Batches(u32);
    impl Consumer for Batches {
        fn batch(&mut self, _: &InputFile, batch: &Batch) -> ControlFlow<()> {
            assert!(batch.is_empty());
            self.0 += 1;
            ControlFlow::Continue(())
        }
        fn done(&mut self, _: &InputFile, _: &Done, _: bool) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log.gz");
    fs::write(&path, gzip("all is well\n".repeat(1 << 20).as_bytes())).unwrap();
    for threads in [1, 2] {
        let walk = walk(&[path.clone(), path.clone()], &WalkOptions::default()).unwrap();
        let mut batches = Batches(0);
        Engine::new(&bench(LONGEST_SHOWN_BYTES), threads).run(Jobs::new(walk, OpenOptions::default()), &mut batches);
        assert!(batches.0 >= 4, "{} in twice 12 MiB", batches.0);
    }
}

#[test]
fn an_unreadable_input_among_good_ones_is_named_and_the_others_are_scanned() {
    let directory = tempfile::tempdir().unwrap();
    let text = text_of(&(0..200).collect::<Vec<_>>());
    fs::write(directory.path().join("a.log"), &text).unwrap();
    let packed = gzip(text.as_bytes());
    fs::write(directory.path().join("b.gz"), &packed[..packed.len() / 2]).unwrap();
    fs::write(directory.path().join("c.log"), &text).unwrap();
    let all = scan(directory.path(), &Way { threads: 2, ..STREAMED });
    assert_eq!(all.errors.len(), 1, "{:?}", all.errors);
    assert!(all.errors[0].contains("b.gz") && all.errors[0].contains("end mark"), "{:?}", all.errors);
    assert!(all.bytes > 2 * text.len() as u64);
}

#[test]
fn what_the_system_says_is_known_in_the_code_pages_of_its_languages() {
    let page_of = |language: &str| match language {
        "ru" => vec!["windows-1251", "ibm866"],
        "zh-CN" => vec!["gbk"],
        "zh-TW" => vec!["big5"],
        "ja" => vec!["shift_jis"],
        "ko" => vec!["euc-kr"],
        "pl" => vec!["windows-1250"],
        _ => vec!["windows-1252"],
    };
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    let mut languages = std::collections::BTreeSet::new();
    for entry in winsock_codes::entries() {
        for (language, text) in entry.detail().localized.iter().filter(|(_, text)| !text.is_ascii()) {
            let log = format!("2025-02-03 10:11:12 start\r\n2025-02-03 10:11:13 app: {text}\r\nend\r\n");
            let codes = |bytes: &[u8]| {
                fs::write(&path, bytes).unwrap();
                let json = String::from_utf8(scan(&path, &STREAMED).json).unwrap();
                let code = |line: &str| line.split(',').find(|field| field.contains("\"code\":")).map(str::to_owned);
                json.lines().map(code).collect::<Vec<_>>()
            };
            let expected = codes(log.as_bytes());
            assert_eq!(expected.len(), 1, "{log}");
            for page in page_of(language) {
                let (bytes, _, _) = encoding_rs::Encoding::for_label(page.as_bytes()).unwrap().encode(&log);
                assert_eq!(codes(&bytes), expected, "{page}: {log}");
                languages.insert(page);
            }
        }
    }
    assert!(languages.len() >= 7, "{languages:?}");
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn findings_are_the_same_whatever_the_packing_encoding_parts_and_threads(
        choices in prop::collection::vec(0_usize..12, 1..400),
        packing in 0_usize..4,
        threads in 1_usize..4,
        part_bytes in 200_u64..20_000,
    ) {
        let text = text_of(&choices);
        let bytes = match packing {
            0 => text.clone().into_bytes(),
            1 => gzip(text.as_bytes()),
            2 => zstd::encode_all(text.as_bytes(), 1).unwrap(),
            _ => gzip(&utf16(&text)),
        };
        let directory = tempfile::tempdir().unwrap();
        let (plain, packed) = (directory.path().join("plain"), directory.path().join("packed"));
        fs::write(&plain, &text).unwrap();
        fs::write(&packed, bytes).unwrap();
        let one = scan(&plain, &STREAMED);
        let other = scan(&packed, &Way { threads, part_bytes: Some(part_bytes), ..STREAMED });
        assert_same_lines(&other.json, &one.json);
        prop_assert_eq!((other.lines, other.bytes), (one.lines, one.bytes));
        prop_assert!(other.errors.is_empty());
    }
}
