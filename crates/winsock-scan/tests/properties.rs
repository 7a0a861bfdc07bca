//! Findings do not depend on how the input comes: in one piece, in chunks, in ranges for several threads. And whatever
//! the bytes, nothing panics.

use proptest::prelude::*;
use winsock_scan::{Collect, OwnedFinding, Scanner, ScannerBuilder, WINDOW_BYTES, next_split};

/// Lines that matter: errors in several forms, decoys, stack frames, garbage.
const LINES: &[&str] = &[
    "2025-01-02 03:04:05 recv() from 192.0.2.9:10048 failed, WSAGetLastError=10054",
    "ConnectionRefusedError: [WinError 10061] No connection could be made because the target machine actively refused it",
    "   at System.Net.Sockets.Socket.DoConnect(EndPoint endPointSnapshot)",
    "Traceback (most recent call last):",
    "  File \"C:\\app\\net.py\", line 10061, in run",
    "",
    "During handling of the above exception, another exception occurred:",
    "Caused by: java.net.ConnectException: Connection refused: connect",
    "job ended with 0x80072746",
    "* Recv failure: Connection was reset",
    "* OpenSSL SSL_connect: Connection was reset in connection to packages.example.org:443",
    "sent 10054 bytes to 10.0.0.1:10061",
    "12:00:00 heartbeat ok",
    "connection to server at \"localhost\" (::1), port 5432 failed: Connection refused (0x0000274D/10061)",
    "\tIs the server running on that host and accepting TCP/IP connections?",
    "远程主机强迫关闭了一个现有的连接。 (os error 10054)",
    "\u{0}\u{1}\u{FFFD} binary WSAE 100 1005 10054a WSAECONNRESE",
    "OSError: [WinError 121] The semaphore timeout period has expired",
    "time,host,port,error",
    "10:00:00,db1,5432,WSAECONNRESET",
    "Connecting to 10.0.0.9:80 ...",
    "socket error 10061, giving up",
    "C:\\app>npm start",
    "ssh: connect to host 10.0.0.3 port 22: Connection refused",
    "12:00:01 tcp connect (db2:5432): connection refused - :econnrefused",
    "kim@srv:~$ ls",
    "- Fixed error WSAECONNRESET (10054) of recv()",
    "    and error 10061 of connect()",
    "Stacktrace:",
    "12:00:01 <7> Failed to connect to agent '10.0.0.2:84'.",
    "12:00:01 <7> No connection could be made because the target machine actively refused it 10.0.0.2:84",
    "Error: connect ECONNREFUSED 10.0.0.8:81",
    "12:00:01 <7> WSAECONNABORTED",
    "recv failed with error 10054",
    "Destination: 10.0.0.7:443",
    "Cannot reach backend 10.0.0.6:81",
    "00 WS2_32!WSARecv",
    "12:00:01 <7>   at System.Net.Sockets.Socket.Receive(Byte[] buffer)",
    "12:00:01 <7> connected to 10.0.0.5:82",
    "12:00:01 <8> peer 10.0.0.4:83 lost",
    "12:00:01 <8> winsock error 10053",
    "12:00:02 opening connection to 10.0.0.3:84",
    "12:00:02 socket error 10060",
    "The above exception was the direct cause of the following exception:",
    "12:00:01 client 10.0.0.2:85 logged in",
    "12:00:03 device is at",
    "Address: 10.0.0.1:87",
    "12:00:03 send() failed (10053)",
    "Can't connect to mirror.example.org:443 (Connection refused)",
    "No connection could be made because the target machine actively refused it.",
    "The UDP socket: the event data is the error code.",
    "Data: 0x00002740",
    "svc: WSAStartup failed",
    "0068c410 +0e4 Till.exe IdSocketHandle TIdSocketHandle.RaiseSocketError",
    "Host = db1, Port = 4711",
    "10:00:01,\"connect failed,",
    "no \"\"answer\"\" came",
    "at all\",10061,10.0.0.5:443",
    "10:00:02,db1,5432,10061",
    "[",
    "  {",
    "    \"error\": \"WSAECONNRESET\",",
    "    \"remote\": \"10.0.0.5:443\"",
    "  },",
    "  {\"error\": \"WSAECONNREFUSED\"},",
    "}, {",
    "__REALTIME_TIMESTAMP=1738576800123456",
    "<Event xmlns='http://a.example/'><Data>WSAETIMEDOUT</Data></Event>",
    "#Fields: time c-ip sc-win32-status",
    "10:00:03 10.0.0.7 10061",
    "peer: 10.0.0.9",
    "\x1b[31mrecv\x1b[0m failed: \x1b[33m10054\x1b[0m",
    "svc: connect%20failed%3A%2010061#012  to 10.0.0.6:80",
    "</Event><Event a><Data>recv from 10.0.0.1:80: WSAECONNABORTED</Data></Event>",
];

/// Lines that name columns of codes.
const HEADS: &[&str] = &[
    "#Fields: time c-ip sc-win32-status<",
    "time,host,port,error\n",
    "#Fields: date time c-ip sc-win32-status time-taken\n",
    "\n#Fields: date time c-ip sc-win32-status time-taken\n",
    "#Software: x\n#Fields: date-time,remote-endpoint,wsa_error\n",
];

fn log() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        8 => (0..LINES.len()).prop_map(|index| LINES[index].as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..80),
        1 => "[ -~]{0,80}".prop_map(String::into_bytes),
    ];
    let end = prop_oneof![4 => Just(&b"\n"[..]), 1 => Just(&b"\r\n"[..]), 1 => Just(&b""[..])];
    let head = prop_oneof![3 => Just(""), 1 => (0..HEADS.len()).prop_map(|index| HEADS[index])];
    let lines = proptest::collection::vec((line, end), 0..40);
    (head, lines).prop_map(|(head, parts)| {
        let lines = parts.into_iter().flat_map(|(line, end)| [line, end.to_vec()]).flatten();
        head.bytes().chain(lines).collect()
    })
}

fn scanner() -> Scanner {
    ScannerBuilder::new().related(true).build()
}

fn whole(log: &[u8]) -> Vec<OwnedFinding> {
    let mut all = Collect::default();
    scanner().scan_slice(log, &mut all);
    all.findings
}

fn chunked<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> (Vec<OwnedFinding>, u64, u64) {
    let mut all = Collect::default();
    let mut stream = scanner().stream();
    for chunk in chunks {
        assert!(stream.feed(chunk, &mut all).is_continue());
    }
    let summary = stream.finish(&mut all);
    (all.findings, summary.bytes, summary.lines)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn findings_are_the_same_in_any_chunks(log in log(), size in 1_usize..200) {
        let (findings, bytes, lines) = chunked(log.chunks(size));
        prop_assert_eq!(&findings, &whole(&log));
        prop_assert_eq!(bytes, log.len() as u64);
        prop_assert_eq!(lines, log.iter().filter(|byte| **byte == b'\n').count() as u64);
        prop_assert_eq!(chunked(log.chunks(1)).0, findings);
    }

    #[test]
    fn findings_are_the_same_in_ranges(log in log(), at in 0_usize..4000) {
        let middle = next_split(&log, at.min(log.len()));
        let mut all = Collect::default();
        let first = scanner().scan_range(&log, 0..middle, 1, &mut all);
        scanner().scan_range(&log, middle..log.len(), 1 + first.lines, &mut all);
        prop_assert_eq!(all.findings, whole(&log));
    }

    /// Ranges that do not meet where they should cost findings, and nothing else.
    #[test]
    fn a_range_may_end_anywhere(log in log(), start in 0_usize..4000, bytes in 0_usize..4000) {
        let start = start.min(log.len());
        let end = (start + bytes).min(log.len());
        let mut all = Collect::default();
        scanner().scan_range(&log, start..end, 1, &mut all);
        prop_assert!(all.findings.iter().all(|finding| finding.span.end <= end as u64));
    }

    #[test]
    fn places_are_true(log in log()) {
        for finding in whole(&log) {
            let before = &log[..finding.span.start as usize];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            prop_assert_eq!(finding.line, line);
            prop_assert_eq!(finding.column, (before.len() - start) as u64 + 1);
            prop_assert!(finding.record_span.start <= finding.span.start && finding.span.end <= finding.record_span.end);
        }
    }
}

/// Records of one shape, with other digits in dates, clocks and addresses: 0, too large, with leading zeros, codes.
fn digits() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[0-9]{1,3}",
        2 => "[0-9]{5}",
        1 => Just("0".to_owned()),
        1 => prop_oneof![Just("10054"), Just("10061"), Just("65535"), Just("65536"), Just("256")].prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What is known of a record's shape never changes what is found in it.
    #[test]
    fn a_record_tells_the_same_after_others_of_its_shape(
        line in 0..LINES.len() + FORMS.len(),
        values in proptest::collection::vec(proptest::collection::vec(digits(), 6), 4..12),
    ) {
        let form = if line < FORMS.len() { FORMS[line] } else { LINES[line - FORMS.len()] };
        let scanner = ScannerBuilder::new().build();
        for values in &values {
            let mut record = form.to_owned();
            for value in values {
                record = record.replacen('#', value, 1);
            }
            // As often as it takes to know the shape, its addresses, and to use both.
            for _ in 0..3 {
                let (mut known, mut fresh) = (Collect::default(), Collect::default());
                scanner.scan_slice(record.as_bytes(), &mut known);
                Scanner::new().scan_slice(record.as_bytes(), &mut fresh);
                prop_assert_eq!(known.findings, fresh.findings);
            }
        }
    }
}

/// Logs of a few statements, whose shapes are soon known.
fn monotonous_log() -> impl Strategy<Value = Vec<u8>> {
    let form =
        prop_oneof![6 => (0..FORMS.len()).prop_map(|at| FORMS[at]), 4 => (0..LINES.len()).prop_map(|at| LINES[at])];
    let few = proptest::collection::vec(form, 1..4);
    let lines =
        proptest::collection::vec((any::<prop::sample::Index>(), proptest::collection::vec(digits(), 6)), 1..80);
    (few, lines, any::<bool>()).prop_map(|(few, lines, ended)| {
        let lines = lines.into_iter().map(|(form, values)| {
            values.iter().fold((*form.get(&few)).to_owned(), |record, value| record.replacen('#', value, 1))
        });
        let log: Vec<String> = lines.collect();
        (log.join("\n") + if ended { "\n" } else { "" }).into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Lines whose shape is known are read without asking the filter. With look-alikes every record is found by the filter
    /// and read anew.
    #[test]
    fn known_lines_tell_what_the_filter_would_have_found(log in monotonous_log(), size in 1_usize..2000) {
        let mut quick = Collect::default();
        let summary = Scanner::new().scan_slice(&log, &mut quick);
        prop_assert_eq!(&quick.findings, &whole(&log));
        prop_assert_eq!(summary.lines, log.iter().filter(|byte| **byte == b'\n').count() as u64);
        let mut chunked = Collect::default();
        let mut stream = Scanner::new().stream();
        for chunk in log.chunks(size) {
            prop_assert!(stream.feed(chunk, &mut chunked).is_continue());
            if size % 7 == 0 {
                let _ = stream.flush(&mut chunked);
            }
        }
        prop_assert_eq!(stream.finish(&mut chunked).lines, summary.lines);
        if size % 7 != 0 {
            prop_assert_eq!(&chunked.findings, &quick.findings);
        }
    }
}

/// Records in which `#` stands for digits.
const FORMS: &[&str] = &[
    "2025-01-02 03:04:#.# recv() from #.#.#.#:# failed, WSAGetLastError=10054",
    "read tcp 10.0.0.#:#->#.#.#.#:443: wsarecv: An existing connection was forcibly closed by the remote host.",
    "connect() failed (#: x) to 10.0.0.#:# [::#]:# error 10061 upstream: \"http://#.1.1.1/\"",
    "System.Net.Sockets.SocketException (10061): refused #.#.#.# port # after #.5 s",
    "could not connect to server: Connection refused (0x0000274D/#) \"db#.example.org\" (10.#.0.#), port # error 10061",
    "64-bit Windows Error: #:# TNS-12535 nt secondary err code: # host=#.2.3.4 (PORT=#) failed 10060",
    "error 441 #.#.# winsock#.# send failed with error 10054 to host#:# from local 1.2.#.4:#",
    "libpq: \"x\" (127.0.0.#) and accepting TCP/IP connections on port #? error 10061 (0x0000274D/10061) #.#",
];

/// Larger than everything that is held: windows, steps of the stream, giant lines.
#[test]
fn long_inputs_and_giant_lines_are_scanned_alike() {
    let error = "x=1 y=2 recv failed with error 10054 from 192.0.2.1:80 ";
    let filler = "all quiet on the wire, nothing to see here 1234567890 ";
    let mut log = Vec::new();
    for block in 0..24 {
        log.extend(filler.repeat(1200 + block * 13).bytes());
        log.extend(error.bytes());
        if block % 5 == 4 {
            log.push(b'\n');
        }
    }
    assert!(log.len() > 12 * WINDOW_BYTES);
    let findings = whole(&log);
    assert_eq!(findings.len(), 24);
    for size in [1000, 65_536, 300_000] {
        // Not assert_eq: its report would print records of 64 KiB as numbers.
        assert!(chunked(log.chunks(size)).0 == findings, "chunks of {size}");
    }
    let position = log.windows(5).position(|bytes| bytes == b"10054").unwrap();
    assert_eq!((findings[0].line, findings[0].column), (1, position as u64 + 1));
}

/// An array of events in one line, as exports are: each event is a record of its own, however many there are.
#[test]
fn events_in_one_giant_line_are_each_found() {
    let event = |number: usize| {
        let (level, text) = match number % 3 {
            0 => ("error", "recv failed with error 10054"),
            _ => ("info", "listening on port 10048"),
        };
        format!(
            r#"{{"time":"2025-01-02T03:04:{:02}Z","level":"{level}","message":"{text}","peer":{{"host":"10.0.0.{}","port":443}}}}"#,
            number % 60,
            number % 250
        )
    };
    for between in [",", ", ", " "] {
        let events: Vec<String> = (0..3000).map(event).collect();
        let log = format!("[{}]", events.join(between)).into_bytes();
        let findings = whole(&log);
        assert_eq!(findings.len(), 1000, "{between:?}");
        for (number, finding) in findings.iter().enumerate() {
            assert_eq!(finding.time.map(|time| usize::from(time.second)), Some(number * 3 % 60));
            assert_eq!(finding.peer, Some(format!("10.0.0.{}:443", number * 3 % 250)));
        }
        for size in [777, 65_536, 262_144] {
            assert!(chunked(log.chunks(size)).0 == findings, "chunks of {size}");
        }
    }
}

/// Multi-line records everywhere, over many of the blocks in which the input is searched.
#[test]
fn records_across_the_scanners_blocks_stay_whole() {
    let mut log = Vec::new();
    for number in 0..2800 {
        let record = match number % 7 {
            0 => {
                "java.net.ConnectException: Connection refused: connect\n\tat a.b.C.d(E.java:1)\n\tat a.b.C.d(E.java:2)\nCaused by: java.net.SocketException: x\n"
            }
            3 => {
                "2025-01-01 00:00:00 worker\n   at Frame.One()\n   at Frame.Two() recv failed with error 10054\n   at Frame.Three()\n"
            }
            _ => "2025-01-01 00:00:01 nothing happened in a line that is about as long as lines are, give or take\n",
        };
        log.extend(record.bytes());
    }
    let findings = whole(&log);
    assert_eq!(findings.len(), 2 * 2800 / 7);
    for finding in &findings {
        assert!(finding.record_span.start == 0 || log[finding.record_span.start as usize - 1] == b'\n');
        assert_eq!(
            finding.line,
            1 + log[..finding.span.start as usize].iter().filter(|byte| **byte == b'\n').count() as u64
        );
    }
    let starts: Vec<u64> =
        std::iter::once(0).chain((0..log.len()).filter(|at| log[*at] == b'\n').map(|at| at as u64 + 1)).collect();
    for finding in &findings {
        assert_eq!(finding.line, starts.partition_point(|start| *start <= finding.span.start) as u64);
    }
    for size in [4096, 65_537, 262_144, 300_001] {
        assert!(chunked(log.chunks(size)).0 == findings, "chunks of {size}");
    }
}

#[test]
fn a_stopped_scan_says_so() {
    use std::ops::ControlFlow;
    let log = "send failed: WSAECONNRESET\n".repeat(5);
    let mut count = 0;
    let mut sink = |_: &winsock_scan::Finding<'_>| {
        count += 1;
        if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let summary = Scanner::new().scan_slice(log.as_bytes(), &mut sink);
    assert!(summary.stopped);
    assert_eq!((count, summary.findings), (2, 2));
}

#[test]
fn a_flush_reports_complete_lines_at_once() {
    let mut all = Collect::default();
    let mut stream = Scanner::new().stream();
    let _ = stream.feed(b"bind: WSAEADDRINUSE\nsend: WSAECONN", &mut all);
    assert!(stream.flush(&mut all).is_continue());
    assert_eq!(all.findings.len(), 1);
    let _ = stream.feed(b"RESET\n", &mut all);
    let summary = stream.finish(&mut all);
    assert_eq!(all.findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(summary.bytes, 40);
}

#[test]
fn look_alikes_are_reported_apart() {
    let mut all = Collect::default();
    scanner().scan_slice(b"OSError: [WinError 1225] The remote computer refused the network connection", &mut all);
    assert!(all.findings.is_empty());
    assert_eq!(all.related.iter().map(|(value, ..)| *value).collect::<Vec<_>>(), [1225]);
}

#[test]
fn localized_texts_are_found_as_json_in_ascii_writes_them() {
    let mut told = 0;
    for entry in winsock_codes::entries() {
        for (language, text) in entry.detail().localized {
            let units = text.encode_utf16().map(|unit| match u8::try_from(unit) {
                Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
                _ => format!("\\u{unit:04x}"),
            });
            let line = format!("{{\"level\": \"error\", \"message\": \"{}.\"}}", units.collect::<String>());
            let findings = whole(line.as_bytes());
            let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, [entry.code], "{language}: {text}");
            told += 1;
        }
    }
    assert!(told > 40, "{told}");
}
