//! Every spelling that people have, beside what it must mean.

use proptest::prelude::*;
use winsock_codes::{Code, entries};

use super::{Answer, Form, line::contradiction, read, read_line};

fn codes(what: &str) -> Vec<i32> {
    read(what)
        .iter()
        .filter_map(|reading| match reading.answer {
            Answer::Code(entry) => Some(entry.value()),
            _ => None,
        })
        .collect()
}

#[test]
fn one_code_in_every_spelling() {
    let reset = [
        "10054",
        " 10054 ",
        "(10054)",
        "\"10054\"",
        "10054.",
        "10054L",
        "0x2746",
        "0X2746",
        "0x00002746",
        "2746h",
        "$2746",
        "&H2746",
        "274\u{36}",
        "0x80072746",
        "80072746",
        "-2147014842",
        "2147952454",
        "0xFFFFFFFF80072746",
        "WSAECONNRESET",
        "wsaeconnreset",
        "WSAECONNRESET:",
        "econnreset",
        "ECONNRESET",
        "ConnectionReset",
        "UV_ECONNRESET",
        "ConnectionResetError",
        "io::ErrorKind::ConnectionReset",
        "std::io::ErrorKind::ConnectionReset",
        "SocketError.ConnectionReset",
        "std::errc::connection_reset",
        "boost::asio::error::connection_reset",
        "syscall.WSAECONNRESET",
        "connectionreset",
        "-4077",
        "0xC000020D",
        "STATUS_CONNECTION_RESET",
        "730054",
        "apr:730054",
        "errno:104",
        "hresult:0x80072746",
        "libuv:-4077",
        "ntstatus:0xC000020D",
        "WSABASEERR+54",
        "WSABASEERR + 54",
        "os error 10054",
        "[WinError 10054]",
        "error=10054",
        "errno:10054",
        "Socket Error # 10054",
        "system:10054",
        "wsarecv: An existing connection was forcibly closed by the remote host.",
        "AN EXISTING CONNECTION WAS FORCIBLY CLOSED",
        "Eine vorhandene Verbindung wurde vom Remotehost geschlossen",
        "(10054, 'An existing connection was forcibly closed by the remote host', None, 10054, None)",
    ];
    for what in reset {
        assert_eq!(codes(what).first(), Some(&10054), "{what}");
    }
}

#[test]
fn numbers_with_several_meanings_show_them_all() {
    assert_eq!(codes("win32:64"), [10053, 10054]);
    assert_eq!(codes("ERROR_NETNAME_DELETED"), [10053, 10054]);
    assert_eq!(codes("java.net.BindException"), [10048, 10049]);
    assert_eq!(codes("ConnectException"), [10060, 10061]);
    assert!(codes("socket.gaierror").contains(&11001));
    assert_eq!(codes("errno:32")[..3], [10054, 10058, 10053]);
    assert!(codes("111").contains(&10061), "Linux's ECONNREFUSED");
    assert!(codes("61").contains(&10061), "Oracle prints the code minus 10000");
    assert_eq!(codes("6").first(), Some(&6));
}

#[test]
fn every_entry_is_found_by_each_of_its_own_forms() {
    for entry in entries() {
        let value = entry.value();
        let forms = [
            value.to_string(),
            format!("0x{value:X}"),
            format!("0x{:08X}", entry.code.hresult()),
            entry.code.hresult().cast_signed().to_string(),
            entry.code.hresult().to_string(),
            entry.code.apr().to_string(),
            entry.name.to_ascii_lowercase(),
            format!("{value} {}", entry.name),
        ];
        for form in forms.into_iter().chain(entry.names().map(str::to_owned)) {
            assert!(codes(&form).contains(&value), "{form} should be {}", entry.name);
        }
    }
}

#[test]
fn every_system_message_is_recognised_whole() {
    for entry in entries() {
        let detail = entry.detail();
        if detail.message.is_empty() || detail.message.split_whitespace().count() < 3 {
            continue;
        }
        let found = codes(&format!("  {}\r\n", detail.message.to_lowercase()));
        assert!(found.contains(&entry.value()), "{}: {found:?}", entry.name);
    }
}

#[test]
fn unassigned_numbers_are_said_to_be_unassigned() {
    for value in [10005, 10010, 10099, 10113, 11000, 11034, 11999] {
        assert_eq!(read(&value.to_string())[0].answer, Answer::Unassigned(value));
    }
}

#[test]
fn made_up_names_and_slips_get_the_nearest_real_one() {
    assert!(matches!(read("WSAENOTTY")[0].answer, Answer::MadeUp(known) if known.nearest == Some(Code::WSAENOTSOCK)));
    assert!(matches!(read("WSAECONRESET")[0].answer, Answer::Near(near) if near.code == Code::WSAECONNRESET));
    assert!(matches!(read("conectionrefused")[0].answer, Answer::Near(near) if near.code == Code::WSAECONNREFUSED));
}

#[test]
fn ports_and_addresses_in_a_line_are_not_codes() {
    let found = read_line("2024-10-08 connect to 10.0.0.4:10048 failed: error 10061, attempt 3 (pid 10054x)");
    let values: Vec<_> = found.iter().map(|reading| (reading.text.as_str(), reading.form)).collect();
    assert_eq!(values, [("10061", Form::Decimal)]);
    assert_eq!(codes("connect localhost:10048: error:10061"), [10061]);
}

#[test]
fn a_line_that_gives_a_name_another_codes_number_is_caught() {
    assert_eq!(contradiction("10005 WSAEINTR"), Some((10005, Code::WSAEINTR)));
    assert_eq!(contradiction("10013 WSAESOCKTNOSUPPORT"), Some((10013, Code::WSAESOCKTNOSUPPORT)));
    assert_eq!(contradiction("10004 WSAEINTR"), None);
    assert_eq!(contradiction("error 10061 after an earlier WSAEWOULDBLOCK"), None);
}

#[test]
fn nonsense_has_no_reading() {
    for what in
        ["", " ", "()", "99999999999999999999999", "-99999999999999999999", "banana", "🦀", "0x", "win32:", "--"]
    {
        assert_eq!(read(what), [], "{what:?}");
    }
}

proptest! {
    #[test]
    fn no_input_panics(what in ".*") {
        let _ = (read(&what), contradiction(&what));
    }

    #[test]
    fn no_soup_of_code_like_pieces_panics(pieces in prop::collection::vec(
        prop_oneof![
            Just("0x".to_owned()), Just("WSA".to_owned()), Just(":".to_owned()), Just("-".to_owned()), Just("&H".to_owned()),
            Just("win32:".to_owned()), Just("WSABASEERR+".to_owned()), any::<i64>().prop_map(|n| n.to_string()),
            any::<u32>().prop_map(|n| format!("{n:x}")), ".{0,3}".prop_map(|s| s),
        ], 0..12)) {
        let _ = read(&pieces.concat());
    }
}

/// What the log scanner finds in a record is among the answers for that record.
#[test]
fn a_pasted_record_is_read_as_the_scan_reads_it() {
    let samples = include_str!("../../../winsock-scan/tests/corpus/samples.tsv");
    for row in samples.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let line = fields[1].replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n").replace("\\\\", "\\");
        let found = codes(&line);
        for code in fields[2].split(',').filter_map(|code| code.trim().parse::<i32>().ok()) {
            assert!(found.contains(&code), "{code} is not among {found:?}: {line}");
        }
    }
}

#[test]
fn a_port_beside_a_sure_code_is_left_out() {
    assert_eq!(codes("connect to 10.0.0.8 port 10060 failed, WSAGetLastError() = 10061"), [10061]);
    assert_eq!(codes("could not connect to server: Connection refused (0x0000274D/10061)"), [10061]);
}

#[test]
fn texts_of_other_systems_are_read_as_their_errno() {
    assert_eq!(codes("connection refused")[0], 10061);
    assert!([10054, 10058].iter().all(|code| codes("write: Broken pipe").contains(code)));
    assert_eq!(codes("errno 110"), codes("errno:110"));
    assert_eq!(codes("errno = 110"), codes("errno:110"));
    assert_eq!(codes("win32 64"), codes("win32:64"));
    // The system's own text is Windows', whatever part of it others use too.
    assert_eq!(codes("No connection could be made because the target machine actively refused it"), [10061]);
}

#[test]
fn digits_may_be_grouped_in_thousands() {
    for written in ["10,054", "10.054", "10 054", "10'054", "10’054", "10\u{a0}054", "10\u{202f}054", "10_054"] {
        assert_eq!(codes(written), [10054], "{written}");
    }
    assert_eq!(codes("2,147,952,454"), [10054], "an HRESULT");
    for written in ["1,0054", "10,05", "10,054.1", "10,,054", "1005,400"] {
        assert!(codes(written).is_empty(), "{written}");
    }
}
