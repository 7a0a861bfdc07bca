//! Logs that hold their records in something: tables, arrays, events in one line, journals. Each record's own time and peer.

use winsock_scan::{Collect, Scanner, Stamp};

/// Line, code, clock, operation and peer of each finding.
fn found(log: &str) -> Vec<String> {
    let mut all = Collect::default();
    Scanner::new().scan_slice(log.as_bytes(), &mut all);
    let clock = |time: Stamp| format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second);
    let dash = || "-".to_owned();
    let tell = |finding: &winsock_scan::OwnedFinding| {
        let time = finding.time.map_or_else(dash, clock);
        let operation = finding.operation.map_or("-", |operation| operation.as_str());
        let peer = finding.peer.clone().unwrap_or_else(dash);
        format!("{} {} {time} {operation} {peer}", finding.line, finding.code.value())
    };
    all.findings.iter().map(tell).collect()
}

#[test]
fn iis_tells_codes_in_its_column_alone() {
    let log = "#Software: Microsoft Internet Information Services 10.0\n\
        #Fields: date time s-ip cs-method cs-uri-stem s-port c-ip c-port cs(User-Agent) sc-status sc-win32-status sc-bytes \
        cs-bytes time-taken\n\
        2024-05-01 10:00:01 10.0.0.1 GET /a 443 203.0.113.7 51234 Mozilla/5.0+\"x 200 10054 312 10061 15\n\
        2024-05-01 10:00:02 10.0.0.1 GET /error 443 203.0.113.8 10060 - 500 0 10055 10061 10054\n\
        2024-05-01 10:00:03 10.0.0.1 GET /error 443 203.0.113.8 10060 - 500 995 10055 10061 10054\n\
        2024-05-01 10:00:04 10.0.0.1 GET /a 443 203.0.113.9 51236 - 200 10053 10055 10061 10054\n";
    assert_eq!(found(log), ["3 10054 10:00:01 - 203.0.113.7:51234", "6 10053 10:00:04 - 203.0.113.9:51236"]);
}

#[test]
fn threat_management_gateway_tells_codes_in_its_status() {
    let log = "#Software: Microsoft Forefront Threat Management Gateway\n\
        #Fields: computer\tdate\ttime\tIP protocol\tsource\tdestination\toriginal client IP\taction\tstatus\trule\tbytes sent\n\
        TMG1\t2024-05-01\t10:00:01\tTCP\t10.0.0.7:5123\t198.51.100.4:443\t10.0.0.7\tFailed\t10060\tWeb\t10061\n\
        TMG1\t2024-05-01\t10:00:02\tTCP\t10.0.0.7:5123\t198.51.100.4:443\t10.0.0.7\tFailed\t0x8007274D\tWeb\t10054\n\
        TMG1\t2024-05-01\t10:00:03\tTCP\t10.0.0.7:5123\t198.51.100.4:443\t10.0.0.7\tFailed\t0x0\tWeb\t10054\n";
    assert_eq!(found(log), ["3 10060 10:00:01 - 198.51.100.4:443", "4 10061 10:00:02 - 198.51.100.4:443"]);
}

#[test]
fn rows_whose_message_has_line_ends_are_records() {
    let log = "time,pid,message,code,peer\n\
        2026-11-22 02:18:33,320,\"started\nwell\",0,10.0.0.4:443\n\
        2026-11-22 02:18:34,320,\"request to upstream broke off\nNo answer came\",10061,10.0.0.5:443\n\
        2026-11-22 02:18:35,10054,\"no luck\",10060,10.0.0.6:443\n\
        2026-11-22 02:18:36,10054,\"all is well\",0,10.0.0.7:443\n\
        2026-11-22 02:18:37,320,\"upstream went away,\nno \"\"answer\"\" came\nat all\",10053,10.0.0.8:443\n";
    let wanted =
        ["5 10061 02:18:34 - 10.0.0.5:443", "6 10060 02:18:35 - 10.0.0.6:443", "10 10053 02:18:37 - 10.0.0.8:443"];
    for separator in [",", ";", "\t"] {
        assert_eq!(found(&log.replace(',', separator)), wanted, "{separator:?}");
    }
}

#[test]
fn codes_of_rows_that_reach_nobody_are_something_elses() {
    assert_eq!(found("time,user,code,text\n2026-11-22 02:18:34,kim,10061,ordered\n"), [""; 0]);
}

#[test]
fn events_in_one_line_are_records() {
    let event = |second: u32, text: &str| {
        format!(
            "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>7</EventID>\
            <TimeCreated SystemTime='2024-05-01T10:00:0{second}.5Z'/></System><EventData><Data>{text}</Data></EventData></Event>"
        )
    };
    let log = [
        event(1, "recv failed with WSAECONNRESET"),
        event(2, "connect to 10.0.0.5:443 failed: WSAECONNREFUSED"),
        event(3, "failed: WSAETIMEDOUT"),
    ]
    .concat();
    let wanted = ["1 10054 10:00:01 recv -", "1 10061 10:00:02 connect 10.0.0.5:443", "1 10060 10:00:03 - -"];
    assert_eq!(found(&log), wanted);
    // So they are in a line that is longer than anything that is looked at together.
    let long = log.repeat(200);
    assert!(found(&long).chunks(3).all(|three| three == wanted));
    assert_eq!(found(&long).len(), 600);
}

#[test]
fn objects_of_an_array_over_lines_are_records() {
    let wanted = ["4 10061 10:00:01 connect 10.0.0.5:443", "9 10055 10:00:02 - 10.0.0.6:10055", "15 10060 - - -"];
    let log = r#"[
  {
    "time": "2024-05-01T10:00:01Z",
    "message": "connect failed: WSAECONNREFUSED",
    "remote": "10.0.0.5:443"
  },
  {
    "time": "2024-05-01T10:00:02Z",
    "message": "socket error 10055",
    "address": "10.0.0.6",
    "port": 10055
  },
  {
    "level": "error",
    "message": "failed with WSAETIMEDOUT"
  }
]
"#;
    assert_eq!(found(log), wanted);
    assert_eq!(found(&log.replace("  ", "\t")), wanted);
    let close = "[{\n \"time\": \"2024-05-01T10:00:01Z\",\n \"text\": \"connect: WSAECONNREFUSED\",\n \"remote\": \"10.0.0.5:443\"\n\
        }, {\n \"text\": \"WSAENOBUFS\"\n}]\n";
    assert_eq!(found(close), ["3 10061 10:00:01 connect 10.0.0.5:443", "6 10055 - - -"]);
}

#[test]
fn journals_tell_the_time() {
    let export = "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1738576800123456\n_PID=10054\n\
        MESSAGE=connect to 10.0.0.5:443 failed: WSAECONNREFUSED\n\n\
        __CURSOR=s=2\n__REALTIME_TIMESTAMP=1738576801123456\nMESSAGE=recv from 10.0.0.6:443 failed: WSAECONNRESET\n";
    assert_eq!(found(export), ["4 10061 10:00:00 connect 10.0.0.5:443", "8 10054 10:00:01 recv 10.0.0.6:443"]);
    let json =
        "{\"MESSAGE\":\"connect to 10.0.0.5:443: WSAECONNREFUSED\",\"__REALTIME_TIMESTAMP\":\"1738576802123456\"}\n";
    assert_eq!(found(json), ["1 10061 10:00:02 connect 10.0.0.5:443"]);
}

#[test]
fn a_part_of_a_table_is_read_by_the_head_of_the_log() {
    let head = "#Fields: date time c-ip c-port sc-win32-status time-taken\n";
    let row = "2024-05-01 10:00:01 203.0.113.7 51234 10054 10061\n";
    let log = head.to_owned() + &row.repeat(100);
    let middle = head.len() + 40 * row.len();
    let part = &log.as_bytes()[middle - 10 * row.len()..];
    let mut all = Collect::default();
    Scanner::new().scan_part(log.as_bytes(), part, 10 * row.len()..part.len(), 42, &mut all);
    assert_eq!(all.findings.len(), 60);
    assert!(all.findings.iter().all(|finding| finding.peer.as_deref() == Some("203.0.113.7:51234")));
    // What begins a part names no columns.
    let part = b"time,wsa_error,peer\n2024-05-01 10:00:01,10054,203.0.113.7\n";
    let mut none = Collect::default();
    Scanner::new().scan_part(b"2024-05-01 10:00:00 up\n", part, 0..part.len(), 1, &mut none);
    assert!(none.findings.is_empty());
}

/// A table whose columns change in mid-log, and what is found in it.
const CHANGING: (&str, [&str; 4]) = (
    "time,pid,code,peer\n\
    2026-11-22 02:18:33,10054,10061,10.0.0.5:443\n\
    time,pid,code,peer\n\
    2026-11-22 02:18:34,10054,10060,10.0.0.6:443\n\
    time,peer,port,level,wsa_error,bytes\n\
    2026-11-22 02:18:35,10.0.0.7,443,error,10053,10054\n\
    2026-11-22 02:18:36,10.0.0.8,443,error,0,10054\n\
    time,user,text\n\
    2026-11-22 02:18:37,10054,10055\n\
    time,wsa_error,server\n\
    2026-11-22 02:18:38,10065,db1\n",
    [
        "2 10061 02:18:33 - 10.0.0.5:443",
        "4 10060 02:18:34 - 10.0.0.6:443",
        "6 10053 02:18:35 - 10.0.0.7:443",
        "11 10065 02:18:38 - db1",
    ],
);

#[test]
fn columns_may_change_in_mid_table() {
    let (log, wanted) = CHANGING;
    assert_eq!(found(log), wanted);
    // However much stands between.
    let idle = "2026-11-22 02:18:30,10.0.0.8,443,info,0,10054\n".repeat(10_000);
    let header = "time,wsa_error,server\n";
    let (before, after) = log.split_once(header).unwrap();
    let long = [before, &idle, header, after].concat();
    assert_eq!(found(&long)[..3], wanted[..3]);
    assert_eq!(found(&long)[3], "10011 10065 02:18:38 - db1");
}

#[test]
fn fields_of_w3c_may_change_in_mid_log() {
    let log = "#Software: Microsoft Internet Information Services 10.0\n\
        #Fields: date time c-ip sc-win32-status time-taken\n\
        2024-05-01 10:00:01 203.0.113.7 10054 10061\n\
        #Software: Microsoft Internet Information Services 10.0\n\
        #Date: 2024-05-01 10:00:02\n\
        #Fields: date time sc-bytes c-ip c-port time-taken sc-win32-status\n\
        2024-05-01 10:00:03 10060 203.0.113.8 51234 10061 10053\n\
        #Fields: date time cs-uri-stem time-taken\n\
        2024-05-01 10:00:04 /error 10061\n\
        #Fields: date time cs-uri-stem sc-win32-status time-taken\n\
        2024-05-01 10:00:05 /error 10060 10061\n";
    let wanted = ["3 10054 10:00:01 - 203.0.113.7", "7 10053 10:00:03 - 203.0.113.8:51234", "11 10060 10:00:05 - -"];
    assert_eq!(found(log), wanted);
    // Something may stand above it all.
    assert_eq!(found(&format!("This is the log:\n\n{log}"))[0], "5 10054 10:00:01 - 203.0.113.7");
    // Where only the rest of a log is seen, as it comes, from the next `#Fields:` on.
    let (_, rest) = log.split_once("10061\n").unwrap();
    let mut all = Collect::default();
    let mut stream = Scanner::new().stream_from_middle();
    let _ = stream.feed(rest.as_bytes(), &mut all);
    stream.finish(&mut all);
    let codes: Vec<_> = all.findings.iter().map(|finding| (finding.line, finding.code.value())).collect();
    assert_eq!(codes, [(4, 10053), (8, 10060)]);
}

/// Rows that have a clock only, and begin anew on the next day.
const DAYS: &str = "#Software: Microsoft Internet Information Services 4.0\n\
    #Date: 2024-05-01 21:59:00\n\
    #Fields: time c-ip sc-win32-status\n\
    21:59:01 203.0.113.7 10054\n\
    22:00:01 203.0.113.8 10061\n\
    #Software: Microsoft Internet Information Services 4.0\n\
    #Date: 2024-05-02 08:00:00\n\
    #Fields: time c-ip cs-method sc-win32-status\n\
    08:00:01 203.0.113.7 GET 10053\n\
    08:00:02 203.0.113.7 GET 10060\n";

#[test]
fn the_day_of_w3c_is_told_once_for_all_rows_and_its_clock_is_utc() {
    let mut all = Collect::default();
    Scanner::new().scan_slice(DAYS.as_bytes(), &mut all);
    let times: Vec<_> = all.findings.iter().map(|finding| finding.time.unwrap()).collect();
    // With any other zone for stamps that name none.
    let wanted = [1_714_600_741_000, 1_714_600_801_000, 1_714_636_801_000, 1_714_636_802_000].map(Some);
    assert_eq!(times.iter().map(|time| time.unix_ms(120)).collect::<Vec<_>>(), wanted);
}

#[test]
fn columns_that_change_are_the_same_in_parts_and_in_a_stream() {
    let (log, _) = CHANGING;
    let w3c = log.replace(',', " ").replace("time ", "#Fields: date time ");
    for log in [log, &w3c, DAYS] {
        let mut whole = Collect::default();
        Scanner::new().scan_slice(log.as_bytes(), &mut whole);
        assert_eq!(whole.findings.len(), 4, "{log}");
        for middle in 1..log.len() {
            let middle = winsock_scan::next_split(log.as_bytes(), middle);
            let mut parts = Collect::default();
            let first = Scanner::new().scan_range(log.as_bytes(), 0..middle, 1, &mut parts);
            Scanner::new().scan_range(log.as_bytes(), middle..log.len(), 1 + first.lines, &mut parts);
            assert_eq!(parts.findings, whole.findings, "{middle}");
        }
        let mut streamed = Collect::default();
        let mut stream = Scanner::new().stream();
        for chunk in log.as_bytes().chunks(7) {
            let _ = stream.feed(chunk, &mut streamed);
            let _ = stream.flush(&mut streamed);
        }
        stream.finish(&mut streamed);
        assert_eq!(streamed.findings, whole.findings);
    }
}
