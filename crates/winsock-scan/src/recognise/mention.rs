//! Codes that a text mentions without telling of a failure: in lists of changes, in programs (`source`), and where something
//! speaks about codes (`reference`).

use std::ops::Range;

use super::Verdict;
use crate::finding::Form;

mod reference;
mod source;

/// How much of a line is looked at on either side of a code: a record may be one line that holds thousands.
const MOST_BYTES: usize = 1 << 10;

/// Whether the line that a verdict stands in mentions the code and tells of no failure.
pub(super) fn is_mention(text: &[u8], verdict: &Verdict) -> bool {
    let range = &verdict.range;
    let lowest = range.start.saturating_sub(MOST_BYTES);
    let start = match memchr::memrchr(b'\n', &text[lowest..range.start]) {
        Some(newline) => lowest + newline + 1,
        None if lowest == 0 => 0,
        None => return false,
    };
    let line = text[start..range.start].trim_ascii_start();
    let here = Here { text, verdict, line, behind: rest_of_line(text, range) };
    is_item_of_changes(line)
        // A paragraph of GNU's.
        || text[start] == b'\t' && line.starts_with(b"Fix ")
        || is_change_of_scope(line)
        || source::is_source(&here)
        || reference::is_reference(&here)
        || start > 0 && text[start].is_ascii_whitespace() && is_behind_item(&text[..start - 1])
}

/// A verdict, and the line that it stands in: what is before the code, without indentation, and what is behind.
struct Here<'t> {
    text: &'t [u8],
    verdict: &'t Verdict,
    line: &'t [u8],
    behind: &'t [u8],
}

impl<'t> Here<'t> {
    fn range(&self) -> &Range<usize> {
        &self.verdict.range
    }

    /// Whether it is a name.
    fn is_name(&self) -> bool {
        matches!(self.verdict.form, Form::Name | Form::RuntimeName)
    }

    /// The whole line, without indentation.
    fn whole(&self) -> &'t [u8] {
        let range = self.range();
        &self.text[range.start - self.line.len()..range.end + self.behind.len()]
    }
}

/// Whether a text holds words.
fn holds(text: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(text, words).is_some()
}

/// `net: treat WSAECONNABORTED (10053) like an orderly close`: a commit's line, that orders what its program then says it does.
fn is_change_of_scope(line: &[u8]) -> bool {
    const VERBS: [&[u8]; 4] = [b"treat ", b"ignore ", b"map ", b"handle "];
    let change = without_scope(line);
    change.len() < line.len() && VERBS.contains(&change)
}

/// What a line says behind a code.
fn rest_of_line<'t>(text: &'t [u8], range: &Range<usize>) -> &'t [u8] {
    let rest = &text[range.end..text.len().min(range.end + MOST_BYTES)];
    memchr::memchr(b'\n', rest).map_or(rest, |newline| &rest[..newline])
}

/// `- Fixed a crash when recv() gives 10054`, `* fix(net): retry on WSAETIMEDOUT`, `fix: map 10061`: whether a line begins as
/// an item of a list of changes does.
fn is_item_of_changes(line: &[u8]) -> bool {
    #[rustfmt::skip]
    const VERBS: [&[u8]; 37] = [
        b"fix", b"fixed", b"fixes", b"fixing", b"bugfix", b"hotfix", b"handle", b"handles", b"handled", b"add", b"added",
        b"adds", b"improve", b"improved", b"improves", b"ignore", b"ignores", b"treat", b"treats", b"treated", b"avoid",
        b"avoids", b"avoided", b"prevent", b"prevents", b"prevented", b"removed", b"refactor", b"refactored", b"rework",
        b"implement", b"map", b"maps", b"mapped", b"translate", b"catch", b"catches",
    ];
    let item = match line {
        // `* 3fa9c1d (HEAD -> main) net: treat ...`, as git draws its graph.
        [b'*', b' ', item @ ..] => behind_commit(item).unwrap_or(item),
        [b'-' | b'+', b' ', item @ ..] | [0xE2, 0x80, 0xA2 | 0x93, b' ', item @ ..] => item,
        // GNU's lists go on with the next function of a file.
        [b'(', ..] => line,
        _ if is_commit(line) => return true,
        _ => match behind_commit(line) {
            Some(item) => item,
            None => return false,
        },
    };
    let item = without_scope(without_function(item.trim_ascii_start()));
    let verb = item.iter().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let changes = VERBS.iter().any(|known| item[..verb].eq_ignore_ascii_case(known));
    // The handle of a socket may be closed, and has a number.
    let handle = |rest: &[u8]| rest.first().is_some_and(|byte| byte.is_ascii_digit()) || rest.starts_with(b"closed");
    let noun = item[..verb].eq_ignore_ascii_case(b"handle") && item.get(verb + 1..).is_some_and(handle);
    changes && matches!(item.get(verb), Some(b' ' | b':')) && !noun || is_commit(item) || is_linked(item)
}

/// `a10054f (tag: v2.7.46) net: treat WSAECONNRESET as a close`: what git shows in one line behind a commit's number, which
/// has letters and digits.
fn behind_commit(line: &[u8]) -> Option<&[u8]> {
    let number = line.iter().take(41).take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).count();
    let rest = line[number..].strip_prefix(b" ").filter(|_| number >= 7)?;
    let letters = line[..number].iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let rest = match rest.strip_prefix(b"(") {
        Some(names) => names[memchr::memchr(b')', names)? + 1..].strip_prefix(b" ")?,
        None => rest,
    };
    (0 < letters && letters < number).then_some(rest)
}

/// ``* [[`ea37ac04f4`](https://github.com/a/b/commit/ea37ac04f4)] - **src**: ignore ENOTCONN``, `- !1616 gioerror: Map ...`:
/// an item with its commit, or the number of its merge request.
fn is_linked(item: &[u8]) -> bool {
    if let Some(number) = item.strip_prefix(b"!") {
        let digits = number.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        return digits > 0 && number.get(digits) == Some(&b' ');
    }
    item.strip_prefix(b"\\").unwrap_or(item).starts_with(b"[") && memchr::memmem::find(item, b"/commit/").is_some()
}

/// `src/socket.c (sock_wsa2errno): Map WSAECONNREFUSED.`, without the file and its function, as GNU's lists of changes begin.
fn without_function(item: &[u8]) -> &[u8] {
    let file = item.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"/_-. ".contains(byte)).count();
    let Some(function) = item[file..].strip_prefix(b"(") else { return item };
    let name =
        function.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_, ".contains(byte)).count();
    let is_name = function.first().is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'_');
    function[name..].strip_prefix(b"): ").filter(|_| is_name).unwrap_or(item)
}

/// `net: ignore WSAECONNRESET`, without the part of a program that was changed.
fn without_scope(item: &[u8]) -> &[u8] {
    let is_scope = |byte: &&u8| byte.is_ascii_lowercase() || matches!(byte, b'/' | b'_' | b'-');
    let scope = item.iter().take(24).take_while(is_scope).count();
    item[scope..].strip_prefix(b": ").filter(|_| scope > 0).unwrap_or(item)
}

/// `fix: ...`, `feat(net)!: ...`, with the commit's number before: the first line of a commit's message.
fn is_commit(line: &[u8]) -> bool {
    // Programs are called `test` and `build` as well.
    const KINDS: [&[u8]; 4] = [b"fix", b"feat", b"chore", b"refactor"];
    // `2025-03-01 10:00:00 ...`, as most records begin, has no commit's number.
    if line.get(4) == Some(&b'-') {
        return false;
    }
    let number = line.iter().take(41).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let line = match line.get(number) {
        Some(b' ') if number >= 7 => &line[number + 1..],
        _ => line,
    };
    let Some(rest) = KINDS.iter().find_map(|kind| line.strip_prefix(*kind)) else { return false };
    let rest = match rest.strip_prefix(b"(") {
        Some(scope) => match memchr::memchr(b')', &scope[..scope.len().min(32)]) {
            Some(close) => &scope[close + 1..],
            None => return false,
        },
        None => rest,
    };
    rest.strip_prefix(b"!").unwrap_or(rest).starts_with(b": ")
}

/// Whether indented lines that end a text go on with an item of a list of changes, or stand below `Common problems:`.
fn is_behind_item(before: &[u8]) -> bool {
    const MOST_LINES: usize = 6;
    const HEADINGS: [&[u8]; 3] = [b"Common problems", b"Known problems", b"Troubleshooting"];
    let before = &before[before.len().saturating_sub(MOST_BYTES)..];
    let mut lines = before.rsplit(|byte| *byte == b'\n').take(MOST_LINES);
    let item =
        lines.find(|line| !line.first().is_some_and(u8::is_ascii_whitespace) || is_item_of_changes(line.trim_ascii()));
    let is_heading = |line: &[u8]| HEADINGS.iter().any(|heading| line.starts_with(heading)) && line.ends_with(b":");
    item.is_some_and(|line| is_item_of_changes(line.trim_ascii_start()) || is_heading(line.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use crate::{Collect, Scanner};

    fn codes(text: &str) -> usize {
        let mut all = Collect::default();
        Scanner::new().scan_slice(text.as_bytes(), &mut all);
        all.findings.len()
    }

    #[test]
    fn what_tells_of_no_failure_is_none() {
        for text in [
            "* Fixed a crash when WSARecv fails with 10054 (WSAECONNRESET) (#44)",
            "v2.4.1\n  - Handle WSAECONNABORTED (10053) of accept() failures\n    and error WSAECONNRESET of recv()\n  - Bump zlib",
            "- net: ignore WSAECONNRESET (10054) on UDP sockets",
            "a1b2c3d fix(net)!: retry connect after error WSAETIMEDOUT",
            "* [[`ea37ac04f4`](https://github.com/a/b/commit/ea37ac04f4)] - **src**: check WSAENOTCONN on shutdown",
            "* \\[[`12287f1299`](https://github.com/a/b/commit/12287f1299)] - **test**: dynamic port, WSAEADDRINUSE",
            "* windows: map WSAESHUTDOWN to EPIPE",
            "\t(sock_wsa2errno): Map WSAECONNREFUSED.",
            "* src/socket.c (sock_wsa2errno): Map WSAECONNREFUSED.",
            "#define WSAECONNRESET 10054L",
            "winsock2.h:10061:#define WSAECONNREFUSED    10061L",
            "    // error WSAECONNRESET of recv()",
            "        errno = WSAETIMEDOUT;",
            "pub const WSAECONNRESET: i32 = 10054;",
            "case WSAECONNRESET:",
            "    case 10054: // WSAECONNRESET",
            "if (err == WSAEWOULDBLOCK || err == 10035) continue;",
            "GET /docs/WSAECONNRESET.html 200",
            "see https://example.org/search?q=WSAECONNRESET+error",
            "sendto(5, \"failed\", 10054, 0, NULL, 0) = 10054",
            "d:\\x\\sock.h(88): warning C4005: 'WSAECONNRESET': macro redefinition",
            "C:\\x\\winerror.h(26384): note: see previous definition of 'WSAECONNRESET'",
            "net.c:7:12: error: ‘WSAETIMEDOUT’ undeclared (first use in this function)",
            "error[E0425]: cannot find value `WSAEINTR` in this scope",
            "a10054f (tag: v2.7.46) net: treat WSAECONNRESET (10054) in the recv loop as a normal close",
            "ac0ffee1 socket: ignore error 10035",
            "INFO  Support hint: if the till shows \"Socket error 10061\" the sync service is not running - see page 31.",
            "INFO  runbook: if the job log shows 10060 (WSAETIMEDOUT) ask the network team about the firewall",
            "Violation of PRIMARY KEY constraint 'PK_A'. The duplicate key value is (10054).",
            "TCP transport destroyed with reason 120104: Connection reset by peer",
            "search='search index=win sourcetype=app (\"WSAECONNRESET\" OR \"SocketException (10054)\" OR \"error 10061\")'",
            "\"description\":\"Fires when a service logs SocketException (10061) more than 20 times in 5m.\"",
            "source[{\"query\":{\"match_phrase\":{\"message\":\"SocketException (10061)\"}}}], id[kibana-10060]",
            "DB-Library error 10004: Unable to connect: SQL Server is unavailable or does not exist.",
            "tdx: connect request completed with NTSTATUS 0xC0000236 (STATUS_CONNECTION_REFUSED)",
            "What's new in 4.2: error 10060 while connecting through a proxy is fixed",
            "winsock_errors_total{code=\"10054\",call=\"recv\",peer=\"10.0.0.5:443\"} 7",
            "tests/test_sockerr.py::test_connect_fails[10054-WSAECONNRESET] PASSED [ 54%]",
            "recv: 10054\tsend: 10060",
            "recv: 10100",
            "TcpConnection 0xffff9a0e10061000: connect attempt failed with status = 0xC0000236",
            "10054 WSAECONNRESET\nConnection reset by peer. This normally results if the peer stops. See also 10053 (WSAECONNABORTED).",
            "  10061 - WSAECONNREFUSED",
            "<tr><td><code>10060</code></td><td>WSAETIMEDOUT</td><td>The connection timed out.</td></tr>",
            "INSERT INTO dbo.ErrorText (Code, Symbol) VALUES (10061, N'WSAECONNREFUSED')",
            "C:\\src\\relay>findstr /s /n /c:\"WSAECONNRESET\" *.c *.h",
            "INFO RetryPolicy - armed for WSAETIMEDOUT (10060) and WSAECONNREFUSED (10061); 0 retries used",
            "10048  WSAEADDRINUSE      The address is already in use.",
            "wsaeConnReset   = syscall.Errno(10054) // \"An existing connection was forcibly closed by the remote host.\"",
            "  --retry-on LIST      socket errors that are retried (default: 10053,10054,10060)",
            "  --fail-fast          exit with code 3 on WSAECONNREFUSED instead of waiting",
            "-    if (err == 10054) return -1;",
            "+    /* ICMP port unreachable shows as WSAECONNRESET on UDP */",
            "RETRYABLE = {10053, 10054, 10060, 10061}  # WSAECONNABORTED, WSAECONNRESET, WSAETIMEDOUT, WSAECONNREFUSED",
            "<data name=\"SocketError_10013\" xml:space=\"preserve\">",
            "Fehler 10061 bedeutet, dass der Zielcomputer die Verbindung verweigert hat.",
            "Error code: (Win32) 0x274c (10060) - A connection attempt failed because the connected party did not respond.",
            "UDP endpoint 0.0.0.0:5060: WSAECONNRESET (10054) will not be reported for this socket",
            "# for decimal 10061 / hex 0x274d\n  WSAECONNREFUSED                                                winsock2.h",
            " * Fixed: the agent no longer exits when select() fails with 10038 during a restart (#1188)",
            "; set to 1 if you get \"Socket Error # 10054\" behind old routers",
            "If the log says \"[WinError 10061] No connection could be made\", the service has not been started.",
            "INFO setup: rule created. Note: should the service later report WSAEACCES (10013), see the manual.",
            "catch (SocketException ex) when (ex.SocketErrorCode == SocketError.ConnectionRefused || ex.ErrorCode == 10060)",
            "net\\link.c:640:    case WSAECONNRESET: return \"connection reset (10054)\";",
            "socket errors since start: WSAECONNRESET=0 WSAETIMEDOUT=0 (uptime 10061 s)",
            "{\"msg\":\"socket errors\",\"errors\":{\"WSAECONNRESET\":0,\"10060\":0}}",
            "    net: treat WSAECONNABORTED (10053) like an orderly close",
            "logrt[\"C:\\Agent\\app_.*\\.log$\",\"(WSAECONNRESET|WSAETIMEDOUT)\",,100,skip]",
            "query=\"{app=\\\"till\\\"} |~ \\\"WSAECONNRESET|10054|10060\\\"\" status=200",
            "on_socket_errors: [10053, 10054, 10060, 10061]",
            "PS C:\\> [System.Net.Sockets.SocketError]10061",
            "      if E.LastError = Id_WSAETIMEDOUT then  // Socket Error # 10060",
            "192.0.2.8;8009;send;10061;2003ms",
            "INFO options: transient.codes=10053,10054 retries=5   # WSAECONNABORTED WSAECONNRESET WSAETIMEDOUT",
            "link: connect 192.0.2.4:10061 ok in 12 ms, getsockopt(SO_ERROR)=0, retries since boot: 10054",
            "OverlappedSend: WSA_IO_PENDING (997), completion queued; ok",
            "WSARecv(s=10048): pending (WSA_IO_PENDING), completed with 10060 bytes, error 0",
            "selftest failed: gethostbyname(\"licence.example\") -> NULL (expected 11001)",
            "wsaerr 1.2 - usage: wsaerr <number>; for example 'wsaerr 10061' prints WSAECONNREFUSED",
            "WSARecv returned SOCKET_ERROR, WSAGetLastError()=997 (WSA_IO_PENDING), waiting for completion",
            "C:\\>net helpmsg 10061\n\nNo connection could be made because the target machine actively refused it.",
            "# for decimal 10054 / hex 0x2746\n  WSAECONNRESET                winerror.h\n# An existing connection was forcibly closed by the remote\n# host.",
            "v3.4.1: sender no longer treats WSAEWOULDBLOCK (10035) as fatal (#482)",
            "v1.1.3  Windows socket error 10053 and warnings now have clear diagnostics",
            "Common problems:\n  WinError 10048 (Address already in use): port 8765 is taken by another program",
            "exit code 2: not reached; Winsock codes such as 10061 (WSAECONNREFUSED) are written to error.log then",
            "        if err.errno in (10053, 10054):   # WSAECONNABORTED, WSAECONNRESET",
        ] {
            assert_eq!(codes(text), 0, "{text}");
        }
    }

    #[test]
    fn failures_that_look_like_it_count() {
        for text in [
            "* connect to 10.0.0.5 port 443 failed: Connection refused (10061)",
            "C:\\>relay\n\nNo connection could be made because the target machine actively refused it.",
            "- handle closed: recv failed with error 10054",
            "- Handle 1044: recv failed with error 10054",
            "fixture: connect failed with error 10061",
            "* upload (socket): handle closed, WSAECONNRESET",
            "(sock): connect failed: WSAECONNREFUSED",
            "test: connect failed with error 10061",
            "connect() == 10061 after 3 attempts failed",
            "sendto(5, \"x\", 1, 0, NULL, 0) = -1, error 10054",
            "https://10.0.0.5/x: WSAECONNRESET",
            "12345678 net: add_peer failed: WSAECONNRESET (10054)",
            "a1b2c3d4 connect to 10.0.0.5 failed: WSAETIMEDOUT",
            "request{method=\"GET\" peer=\"10.0.0.5\"}: recv failed: WSAECONNRESET (10054)",
            "test_net.py::test_reset FAILED: OSError: [WinError 10054] An existing connection was forcibly closed",
            "net: error: recv failed with 'WSAECONNRESET', peer unknown",
            "SiConnect failed (SI_ECONN_REFUSE/10061)",
            "WSARecv failed: WSAGetLastError()=997 (WSA_IO_PENDING)",
            "10054 WSAECONNRESET: recv",
            "gw: recv: 10054",
            "lobby_net.cpp: WSASendTo(192.0.2.23:27960) => 0x2733",
            "*** NET *** shutdown(SD_SEND) said 10057, ignoring",
            "192.0.2.8;8009;connect;10061;2003ms",
            "probe 192.0.2.7:445 connect_ex=10061 closed",
            "dev server: listen EACCES: permission denied 0.0.0.0:50000\n    at D:\\web\\shop\\tools\\dev.js:40:8",
            "Net::Feed died: sysread: $!=10052, last frame 00:04:59 ago",
            "ftp> open 192.0.2.40\n> ftp: connect :Connection timed out",
            "connect failed (10061|WSAECONNREFUSED)",
            "send failed. If this persists call us. recv failed with error 10054",
            "errors: WSAECONNRESET=3",
            "recv failed with WSAECONNRESET: 0 bytes received",
            "connect failed. If the problem persists call us and mention error 10061",
            "C:\\src\\relay>relay: connect failed: WSAECONNREFUSED",
            "<tr><td>recv failed</td><td>WSAECONNRESET</td></tr>",
            "; debugger invoked on a SB-BSD-SOCKETS:SOCKET-ERROR: Socket error in \"accept\": 10022 (WSAEINVAL)",
            "job: connect failed: 10061. If that happens again call us",
            "link: if lost, retry; now recv failed with error 10054",
            "TCP transport destroyed with reason 130054: Connection reset by peer",
            "wskHost_Error | Number=10053 Scode=-2146818235 Description=Connection is aborted due to timeout or other failure",
            "statsd: uv_udp_bind 0.0.0.0:8125 -> -4091 (EADDRINUSE: address already in use)",
            "NetIo: WSARecv completion status 0x2745, closing session 000000A9",
            "<Data Name=\"ActionName\">C:\\Ops\\x.exe</Data><Data Name=\"ResultCode\">2147952460</Data>",
            "PLC-3 ConnectTo(192.0.2.31, rack 0, slot 2) -> 0x00002751  TCP : Unreachable peer",
            "upstream 10.0.0.5:443 no longer reachable: connect failed with error 10061",
            "CPU usage: 12%; recv failed with error 10054",
            "Erro: 10054Connection reset by peer - 192.0.2.61:49812",
            "socket() ok, bind(0.0.0.0:0) ok, connect(192.0.2.6:7000) = -1 [10065]",
        ] {
            assert_eq!(codes(text), 1, "{text}");
        }
    }
}
