//! Which constructs state that a name and a number belong together, and which do not.

use winsock_audit::{Auditor, FixMode, Language, apply, edits};

/// Audits and prints each finding as `kind expected`.
fn audit(text: &str, language: Language) -> Vec<String> {
    let report = Auditor::new().audit(text, language);
    report.findings.iter().map(|finding| format!("{} {}", finding.kind, finding.expected)).collect()
}

/// Wrong statements: language, text, what is found in it.
const WRONG: &[(Language, &str, &[&str])] = &[
    // Plain text and prose.
    (Language::Text, "10053 WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET 10053", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET (10053)", &["wrong-value 10054"]),
    (Language::Text, "the error WSAECONNRESET (error 10053) comes", &["wrong-value 10054"]),
    (Language::Text, "returns error 10053 (WSAECONNRESET) when", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET is 10053, you know", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET has the value 10053.", &["wrong-value 10054"]),
    (Language::Text, "10053 - WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Text, "10053 \u{2013} WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Text, "10053: WSAECONNRESET: Connection reset by peer", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET = 10053", &["wrong-value 10054"]),
    (Language::Text, "[WinError 10053] WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET: 10053", &["wrong-value 10054"]),
    (Language::Text, "错误代码10053 (WSAECONNRESET)", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET\t10053\tConnection reset by peer", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET (0x2745)", &["wrong-value 0x2746"]),
    (Language::Text, "WSAECONNRESET 0x80072745", &["wrong-value 0x80072746"]),
    (Language::Text, "WSAECONNRESET (-2147014843)", &["wrong-value 2147014842"]),
    (Language::Text, "WSAECONNRESET (1054)", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET (100054)", &["wrong-value 10054"]),
    (Language::Text, "WSA_IO_PENDING (996)", &["wrong-value 997"]),
    (Language::Text, "10005 WSAEINTR", &["unassigned 10004"]),
    (Language::Text, "10053,WSAECONNRESET\n10060,WSAETIMEDOUT", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET 10053 WSAETIMEDOUT 10060", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET\n10053\nWSAETIMEDOUT\n10060\n", &["wrong-value 10054"]),
    (Language::Text, "WSAECONNRESET (10053), WSAETIMEDOUT (10060)", &["wrong-value 10054"]),
    (Language::Text, "10053 (WSAECONNRESET) and 10060 (WSAETIMEDOUT)", &["wrong-value 10054"]),
    (Language::Text, "ECONNRESET (10053) on Winsock", &["wrong-value 10054"]),
    (Language::Text, "HOST_NOT_FOUND (11002) in Winsock", &["wrong-value 11001"]),
    // Made-up names.
    (Language::Text, "10040 WSAEMSGSZ", &["made-up-name WSAEMSGSIZE"]),
    (Language::Text, "10041 WSAENOTTY", &["made-up-name WSAEPROTOTYPE"]),
    (Language::Text, "10054 WSAECONRESET", &["made-up-name WSAECONNRESET"]),
    (Language::C, "#define WSAEPIPE 10058", &["made-up-name WSAESHUTDOWN"]),
    // Markdown.
    (Language::Markdown, "| WSAECONNRESET | 10053 |", &["wrong-value 10054"]),
    (Language::Markdown, "| 1 | `WSAECONNRESET` | **10053** | reset |", &["wrong-value 10054"]),
    (
        Language::Markdown,
        "| Code | Text | Name |\n|--|--|--|\n| 10053 | Reset by somebody | WSAECONNRESET |",
        &["wrong-value 10054"],
    ),
    (Language::Markdown, "| Name | Dec | Hex |\n|--|--|--|\n| WSAECONNRESET | 10054 | 0x2745 |", &["wrong-hex 0x2746"]),
    (
        Language::Markdown,
        "| Name | Dec | Hex |\n|--|--|--|\n| WSAECONNRESET | 10053 | 0x2746 |",
        &["wrong-value 10054"],
    ),
    (Language::Markdown, "| Name | Dec | Hex |\n|--|--|--|\n| WSAECONNRESET | 10054 | 2745 |", &["wrong-hex 2746"]),
    (
        Language::Markdown,
        "| Port | Value | Name |\n|--|--|--|\n| 10060 | 10053 | WSAECONNRESET |",
        &["wrong-value 10054"],
    ),
    (Language::Markdown, "* **WSAECONNRESET**: `10053`", &["wrong-value 10054"]),
    (Language::Markdown, "<span id=\"WSAEINTR\"></span>**WSAEINTR**<br/> 10009<br/>", &["wrong-value 10004"]),
    (Language::Markdown, "[WSAECONNRESET](https://example.org/x#wsaeconnreset) (10053)", &["wrong-value 10054"]),
    (Language::Markdown, "WSA\\_IO\\_PENDING (996)", &["wrong-value 997"]),
    (Language::Markdown, "* - WSAEINTR\n  - 10009\n", &["wrong-value 10004"]),
    // HTML.
    (Language::Html, "<tr><td>WSAECONNRESET</td>\n  <td>10053</td></tr>", &["wrong-value 10054"]),
    (
        Language::Html,
        "<tr>\n<td>10053</td>\n<td>Some words</td>\n<td><b>WSAECONNRESET</b></td>\n</tr>",
        &["wrong-value 10054"],
    ),
    (Language::Html, "<dt>WSAECONNRESET</dt>\n<dt>10053</dt>", &["wrong-value 10054"]),
    (Language::Html, "<error code=\"10053\" name=\"WSAECONNRESET\"/>", &["wrong-value 10054"]),
    // Separated values.
    (Language::Csv, "code,name\n10053,WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Csv, "name;text;code\nWSAECONNRESET;\"reset; by peer\";10053", &["wrong-value 10054"]),
    (Language::Csv, "WSAECONNRESET\t10053", &["wrong-value 10054"]),
    (Language::Csv, "code,name\n10060,WSAETIMEDOUT\n10013,WSAEACCES\n104,WSAECONNRESET", &["wrong-value 10054"]),
    // C and C++.
    (Language::C, "#define WSAECONNRESET 10053", &["wrong-value 10054"]),
    (Language::C, "#  define WSAECONNRESET (WSABASEERR+53)", &["wrong-value WSABASEERR+54"]),
    (Language::C, "#define WSAECONNRESET 10053L /* reset */", &["wrong-value 10054L"]),
    (Language::C, "#define WSAECONNRESET \\\n  10053", &["wrong-value 10054"]),
    (Language::C, "#define WSAECONNRESET 104", &["wrong-value 10054"]),
    (Language::C, "#define WSAECONNRESET ((int)0x2745)", &["wrong-value 0x2746"]),
    (Language::C, "#define WSAECONNRESET __MSABI_LONG(10053)", &["wrong-value 10054"]),
    (Language::C, "#define WSABASEERR 1000", &["wrong-value 10000"]),
    (Language::C, "#define WSAECONNRESET 10054 /* 0x2745 */", &["wrong-hex 0x2746"]),
    (Language::C, "enum { WSAECONNRESET = 10053, WSAETIMEDOUT = 10060 };", &["wrong-value 10054"]),
    (Language::C, "case 10053: // WSAECONNRESET\n", &["wrong-value 10054"]),
    (Language::C, "  case 10053:\n    return \"WSAECONNRESET\";", &["wrong-value 10054"]),
    (Language::C, "case 10053: s = \"WSAECONNRESET: reset\"; break;", &["wrong-value 10054"]),
    (Language::C, "{ 10053, \"WSAECONNRESET\", \"x\" },", &["wrong-value 10054"]),
    (Language::C, "{ WSAECONNRESET, 10053 },", &["wrong-value 10054"]),
    (Language::C, "X(WSAECONNRESET, 10053)", &["wrong-value 10054"]),
    (Language::C, "if (err == 10053) /* WSAECONNRESET */ return;", &["wrong-value 10054"]),
    (Language::C, "if (err == WSAECONNRESET) { // 10053", &["wrong-value 10054"]),
    (Language::C, "static_assert(WSAECONNRESET == 10053);", &["wrong-value 10054"]),
    (Language::C, "/* WSAECONNRESET (10053): reset */", &["wrong-value 10054"]),
    (Language::C, "#define E_RESET 10053 // WSAECONNRESET", &["wrong-value 10054"]),
    // Other languages.
    (Language::Source, "pub const WSAECONNRESET: WSA_ERROR = 10053i32;", &["wrong-value 10054i32"]),
    (Language::Source, "const WSAECONNRESET = 0x2745", &["wrong-value 0x2746"]),
    (Language::Source, "\tWSAECONNRESET   syscall.Errno = 10053", &["wrong-value 10054"]),
    (Language::Source, "public static final int WSAECONNRESET = 10053;", &["wrong-value 10054"]),
    (Language::Source, "WSAECONNRESET = 10_053", &["wrong-value 10054"]),
    (Language::Source, "errors = {10053: 'WSAECONNRESET', 10060: 'WSAETIMEDOUT'}", &["wrong-value 10054"]),
    (Language::Source, "{ \"WSAECONNRESET\": 10053 }", &["wrong-value 10054"]),
    (Language::Source, "        ('WSAECONNRESET', 10053),", &["wrong-value 10054"]),
    (Language::Source, "10053 => \"WSAECONNRESET\",", &["wrong-value 10054"]),
    (Language::Source, "assert_eq!(WSAECONNRESET, 10053);", &["wrong-value 10054"]),
    (Language::Source, "errorTab[10053] = \"WSAECONNRESET\"", &["wrong-value 10054"]),
    (Language::Source, "errorTab[10053] = \"The peer, // gone\"  # WSAECONNRESET", &["wrong-value 10054"]),
    (Language::C, "{ 10053, \"The peer's gone\" }, // WSAECONNRESET", &["wrong-value 10054"]),
    (Language::C, "#define EAI_NODATA 11005 /* WSANO_DATA */", &["wrong-value 11004"]),
    (Language::C, "WSASetLastError(10053); // WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Source, "elif code == 10053:  # WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Source, "ConnectionReset = 10053, // WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Caseless, "  WSAECONNRESET = WSABASEERR + 53;", &["wrong-value WSABASEERR + 54"]),
    (Language::Caseless, "  WsaEConnReset = $2745;", &["wrong-value $2746"]),
    (Language::Caseless, "Public Const WSAECONNRESET As Long = 10053", &["wrong-value 10054"]),
    (Language::Caseless, "Const WSAECONNRESET = &H2745&", &["wrong-value &H2746&"]),
    (Language::Caseless, "Case 10053 ' WSAECONNRESET", &["wrong-value 10054"]),
    (Language::Caseless, "  10053: Result := 'WSAECONNRESET';", &["wrong-value 10054"]),
    // Texts.
    (
        Language::Text,
        "10060: An existing connection was forcibly closed by the remote host.",
        &[
            "wrong-text A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.",
        ],
    ),
    (
        Language::Text,
        "An existing connection was forcibly closed by the remote host. (os error 10061)",
        &["wrong-text No connection could be made because the target machine actively refused it."],
    ),
    (
        Language::C,
        "case 10054:\n  return \"Connection refused\";",
        &["wrong-text An existing connection was forcibly closed by the remote host."],
    ),
    (
        Language::C,
        "case WSAECONNRESET: return \"Connection refused\";",
        &["wrong-text An existing connection was forcibly closed by the remote host."],
    ),
    (
        Language::Markdown,
        "| WSAECONNRESET | 10054 | Connection refused |",
        &["wrong-text An existing connection was forcibly closed by the remote host."],
    ),
    // Two notations without a name.
    (Language::Text, "error 10060 (0x8007274D)", &["wrong-hex 0x8007274C"]),
    // Contradictions.
    (Language::Text, "WSAECONNRESET (10054)\n\n10068 WSAECONNRESET\n", &["wrong-value 10054", "conflict 10054"]),
    (Language::Text, "10054 WSAECONNRESET\n10054 WSAEALREADY\n", &["wrong-value 10037", "conflict WSAECONNRESET"]),
];

#[test]
fn wrong_statements_are_found() {
    let mut failures = Vec::new();
    for (language, text, expected) in WRONG {
        let found = audit(text, *language);
        if found != *expected {
            failures.push(format!("{language:?} {text:?}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), WRONG.len(), failures.join("\n"));
}

/// Nothing is wrong here, or nothing is stated.
const SILENT: &[(Language, &str)] = &[
    (Language::Text, "10054 occurs more often than WSAETIMEDOUT"),
    (Language::Text, "10053 10054 10060 WSAECONNABORTED WSAECONNRESET WSAETIMEDOUT"),
    (Language::Text, "WSAECONNRESET, WSAECONNABORTED and WSAETIMEDOUT: 10054, 10053, 10060"),
    (Language::Text, "WSAECONNRESET/WSAECONNABORTED (10054/10053)"),
    (Language::Text, "10053/10054 (WSAECONNABORTED/WSAECONNRESET)"),
    (Language::Text, "codes 10053, 10054 and 10060: WSAECONNABORTED, WSAECONNRESET, WSAETIMEDOUT"),
    (Language::Text, "10060 WSAECONNRESET 10054"),
    (Language::Text, "WSAETIMEDOUT on port 10054"),
    (Language::Text, "port 10054: WSAETIMEDOUT"),
    (Language::Text, "client 10054: WSAETIMEDOUT"),
    (Language::Text, "connect to 10.0.0.7:10054 WSAETIMEDOUT"),
    (Language::Text, "localhost:10054 WSAETIMEDOUT"),
    (Language::Text, "WSAETIMEDOUT after 10054 ms"),
    (Language::Text, "WSAETIMEDOUT 10054 ms"),
    (Language::Text, "WSAETIMEDOUT 10054 times"),
    (Language::Text, "WSAETIMEDOUT, 10054 and others"),
    (Language::Text, "It returned 10054. WSAETIMEDOUT is something else."),
    (Language::Text, "It returned WSAETIMEDOUT. 10054 is something else."),
    (Language::Text, "#10054 WSAETIMEDOUT when connecting"),
    (Language::Text, "WSAECONNRESET (104), WSAECONNRESET (2019), WSAECONNRESET(3)"),
    (Language::Text, "WSAECONNRESET (10054, 0x2746, HRESULT 0x80072746)"),
    (Language::Text, "WSAECONNRESET is not 10053"),
    (Language::Markdown, "glued on: `(os error 10054)`, `(0x80072AF9)`"),
    (Language::Text, "10051, 0x0000274C"),
    (Language::Text, "\"Timed out\" 10060, \"Connection refused\" 10061"),
    (Language::Text, "cannot connect to [[IP]:10051]: [0x0000274C] text"),
    (Language::Text, "WSAECONNRESET, HRESULT -2147014843"),
    (Language::Text, "WSAECONNRESET or 10053"),
    (Language::Text, "WSAECONNABORTED -> 10054"),
    (Language::Text, "WSANO_ADDRESS 11004, EAI_NONAME 11001, ERROR_IO_PENDING 997"),
    (Language::Text, "ECONNRESET 104 on Linux, 54 on BSD, 10054 WSAECONNRESET"),
    (Language::Text, "EAI_AGAIN (-3), HOST_NOT_FOUND 1, NO_DATA 4"),
    (Language::Text, "No connection could be made because the target machine actively refused it. (os error 10061)"),
    (Language::Text, "10054 Connection reset, unlike 10061 Connection refused."),
    (Language::Text, "10060 is often taken for 'Connection refused'"),
    (Language::Text, "12:30:45 [10054] WSAETIMEDOUT was seen by the other worker"),
    (Language::Markdown, "| Name | Port |\n|--|--|\n| WSAECONNRESET | 10060 |"),
    (Language::Markdown, "| WSAEINTR | 10004 | EINTR | 4 | UV_EINTR |\n| WSAEBADF | 10009 | EBADF | 9 | |"),
    (Language::Markdown, "<a id=\"WSAEINTR\"></a> 10009 and so on"),
    (Language::Markdown, "see #10054 WSAETIMEDOUT"),
    (Language::Csv, "time,port,error\n12:00,10054,WSAETIMEDOUT\n12:01,10060,WSAECONNRESET"),
    (Language::C, "case 10053: case 10054: // WSAECONNABORTED, WSAECONNRESET"),
    (Language::C, "case 10053:\ncase 10054:\n  return \"WSAECONNRESET\";"),
    (Language::C, "case WSAECONNABORTED: return 10054;"),
    (Language::C, "case 10053: return WSAECONNRESET;"),
    (Language::C, "connect(host, 10060); // WSAECONNREFUSED"),
    (Language::C, "Sleep(10060); // WSAECONNREFUSED"),
    (Language::C, "wait(10060, \"x\", 5); // WSAECONNREFUSED"),
    (Language::C, "map[WSAECONNABORTED] = 10054;"),
    (Language::C, "table[WSAECONNRESET - 10000] = 4;"),
    (Language::C, "x = ok ? WSAECONNRESET : 10060;"),
    (Language::C, "if (e == WSAECONNABORTED || e == 10054) {}"),
    (Language::C, "if (e != WSAECONNABORTED && e != 10054) {}"),
    (Language::C, "int codes[] = { 10053, WSAECONNRESET, 10060 };"),
    (Language::C, "fail(WSAECONNABORTED, 10054);"),
    (Language::C, "case WSAECONNABORTED: // 10054 is handled above"),
    (Language::C, "#define WSAEVENT HANDLE\n#define WSA_FLAG_OVERLAPPED 0x01\n#define WSA_MAXIMUM_WAIT_EVENTS 64"),
    (Language::C, "#define WSABASEERR 10000\n#define WSAEINTR (WSABASEERR+4)"),
    (Language::C, "#define WSA_INVALID_HANDLE 6L\n#define WSA_E_NO_MORE 10110L"),
    (Language::C, "#define ECONNRESET 108\n#define EWOULDBLOCK 140"),
    (Language::C, "#define WSA_PNRP_ERROR_BASE 11500\n#define WSA_PNRP_CLOUD_NOT_FOUND 11501"),
    (Language::C, "#define WSA_QOS_EUNKNOWNPSOBJ 11024\n#define WSA_QOS_EUNKOWNPSOBJ 11024"),
    (Language::C, "#define X HRESULT_FROM_WIN32(WSAECONNRESET) // 0x80072746"),
    (Language::Source, "if e.errno in (10053, errno.WSAECONNRESET):"),
    (Language::Source, "assert_ne!(WSAECONNRESET, 10053);"),
    (Language::Source, "WSAECONNABORTED => 10054,"),
    (Language::Source, "self.assertNotEqual(WSAECONNRESET, 10053)"),
    (Language::Source, "retry(on=WSAECONNRESET, delay=10050)"),
];

#[test]
fn true_statements_and_mere_neighbourhood_stay_silent() {
    let failures: Vec<String> = SILENT
        .iter()
        .map(|(language, text)| (text, audit(text, *language)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(text, found)| format!("{text:?}\n  found {found:?}"))
        .collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), SILENT.len(), failures.join("\n"));
}

#[test]
fn what_can_be_corrected_is_clean_afterwards() {
    for (language, text, _) in WRONG {
        for mode in [FixMode::Number, FixMode::Name] {
            let before = Auditor::new().audit(text, *language);
            let fixed = apply(text, &edits(&before.findings, mode));
            let after = Auditor::new().audit(&fixed, *language);
            let fixable = |findings: &[winsock_audit::Finding]| edits(findings, mode).len();
            assert_eq!(fixable(&after.findings), 0, "{text:?} became {fixed:?}");
            let all = before.findings.iter().all(|f| f.kind == winsock_audit::Kind::Conflict || f.number_fix.is_some());
            if mode == FixMode::Number && all {
                assert!(after.findings.is_empty(), "{text:?} became {fixed:?}: {:?}", after.findings);
            }
        }
    }
}

/// Lines are looked at up to a limit in bytes; it must not fall into the middle of a character.
#[test]
fn long_lines_of_other_alphabets_are_no_trouble() {
    for filler in ["\u{b7}", "\u{4e2d}", "\u{1d11e}:", "x\u{e9}>"] {
        for shift in 0..6 {
            let around = format!("{}{}", "y".repeat(shift), filler.repeat(300));
            let text = format!("{around} WSAECONNRESET (10053) {around}\n{around}10060: {around}: (10061) {around}\n");
            for language in
                [Language::Text, Language::Markdown, Language::Html, Language::Csv, Language::C, Language::Source]
            {
                let found = audit(&text, language);
                assert_eq!(
                    found.iter().filter(|one| one.starts_with("wrong-value")).count(),
                    1,
                    "{filler} {shift} {language:?}"
                );
            }
        }
    }
}

/// A reader who is led to the right one looks for a mistake in it.
#[test]
fn a_conflict_is_shown_where_the_text_is_wrong() {
    for text in [
        "10068 WSAECONNRESET\n10054 WSAECONNRESET\n",
        "10054 WSAECONNRESET\n10068 WSAECONNRESET\n",
        "10039 WSAENOTSOCK\n10039 WSAEDESTADDRREQ\n",
        "10039 WSAEDESTADDRREQ\n10039 WSAENOTSOCK\n",
    ] {
        let findings = Auditor::new().audit(text, Language::Text).findings;
        let of = |kind| findings.iter().find(|finding| finding.kind == kind).unwrap();
        let (wrong, conflict) = (of(winsock_audit::Kind::WrongValue), of(winsock_audit::Kind::Conflict));
        assert_eq!(conflict.span, wrong.span, "{text}");
        assert!(conflict.related.iter().all(|other| !other.span.contains(&wrong.span.start)), "{text}");
    }
}
