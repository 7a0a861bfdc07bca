//! Codes that a text mentions without telling of a failure: lists of changes, lines of source, addresses of pages, and what
//! `strace` shows of a call that succeeded.

use std::ops::Range;

use super::Verdict;
use crate::finding::Form;

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
    is_item_of_changes(line)
        // A paragraph of GNU's.
        || text[start] == b'\t' && line.starts_with(b"Fix ")
        || is_source(without_place(line), rest_of_line(text, range))
        || is_news(line)
        || is_of_metric(line, rest_of_line(text, range))
        || is_explained(rest_of_line(text, range))
        || is_of_test(line)
        || is_of_usage(line)
        || is_of_reference(&text[range.start - line.len()..range.end + rest_of_line(text, range).len()])
        || verdict.code.value() == 997 && is_pending(line, rest_of_line(text, range))
        || matches!(verdict.form, Form::Name | Form::RuntimeName)
            && (is_in_page(text, range) || is_of_compiler(line, rest_of_line(text, range)))
        || verdict.form == Form::Decimal && is_of_trace(line, rest_of_line(text, range))
        || start > 0 && text[start].is_ascii_whitespace() && is_behind_item(&text[..start - 1])
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
        [b'-' | b'*' | b'+', b' ', item @ ..] | [0xE2, 0x80, 0xA2 | 0x93, b' ', item @ ..] => item,
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
    changes && item.get(verb) == Some(&b' ') && !noun || is_commit(item) || is_linked(item)
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

/// `What is new: error 10060 behind a proxy is fixed`.
fn is_news(line: &[u8]) -> bool {
    const WAYS: [&[u8]; 4] = [b"What is new", b"What's new", b"elease notes", b"elease Notes"];
    WAYS.iter().any(|way| memchr::memmem::find(line, way).is_some())
}

/// `winsock_errors_total{code="10054",call="recv"} 7`: a label of a metric, as Prometheus reads it.
fn is_of_metric(line: &[u8], behind: &[u8]) -> bool {
    let name =
        line.iter().take(128).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':')).count();
    let value = || {
        let value = &behind[memchr::memrchr(b'}', behind)? + 1..];
        value.strip_prefix(b" ")?.first()
    };
    name > 0
        && line[name..].starts_with(b"{")
        && line.last() == Some(&b'"')
        && value().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'N' | b'+'))
}

/// `WSAECONNREFUSED (10061) usually means that nothing listens there`, `10060 means ...`: whether a sentence explains a code, as
/// pages of help do.
fn is_explained(behind: &[u8]) -> bool {
    const SAYS: [&[u8]; 5] = [b" means ", b" usually means ", b" typically means ", b" often means ", b" points to "];
    let number = |rest: &[u8]| {
        let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        (digits == 5).then_some(digits)
    };
    let behind = match behind {
        [b')' | b'"' | b'\'' | b'`', rest @ ..] => rest,
        [b' ', b'(', rest @ ..] => match number(rest).filter(|digits| rest.get(*digits) == Some(&b')')) {
            Some(digits) => &rest[digits + 1..],
            None => return false,
        },
        [b' ', b'=', b' ', rest @ ..] => match number(rest) {
            Some(digits) => &rest[digits..],
            None => return false,
        },
        _ => behind,
    };
    SAYS.iter().any(|says| behind.starts_with(says))
}

/// `usage: wsaerr <number>; for example 'wsaerr 10061'`: whether a program says how it is called.
fn is_of_usage(line: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(line, b"sage: ") else { return false };
    let call = &line[at + b"sage: ".len()..];
    let name = call.iter().take(64).take_while(|byte| byte.is_ascii_graphic()).count();
    name > 0 && matches!(call[name..], [b' ', b'<' | b'[', ..])
}

/// `10054 WSAECONNRESET` alone in a line, `This normally results if ...`: whether a list of codes, or what a reference says of one.
fn is_of_reference(line: &[u8]) -> bool {
    const SAYS: [&[u8]; 2] = [b"This normally results if", b"This usually results from"];
    let line = line.trim_ascii_end();
    let number = line.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = line[number..].iter().take(4).take_while(|byte| b" \t-:=|".contains(byte)).count();
    let name = &line[number + sign..];
    let is_entry = number == 5
        && sign > 0
        && name.starts_with(b"WSA")
        && name.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    is_entry || SAYS.iter().any(|says| memchr::memmem::find(line, says).is_some())
}

/// `WSAGetLastError()=997 (WSA_IO_PENDING)`: whether a call goes on, and the line speaks of no failure.
fn is_pending(line: &[u8], behind: &[u8]) -> bool {
    let fails = |part| memchr::memmem::find(part, b"fail").is_some();
    (behind.starts_with(b" (WSA_IO_PENDING)") || line.ends_with(b"997 (")) && !fails(line) && !fails(behind)
}

/// `tests/test_errors.py::test_symbol[10054-WSAECONNRESET] PASSED`: part of the name of a test.
fn is_of_test(line: &[u8]) -> bool {
    memchr::memmem::rfind(line, b".py::").is_some_and(|at| !line[at..].contains(&b' '))
}

/// ``* [[`ea37ac04f4`](https://github.com/a/b/commit/ea37ac04f4)] - **src**: ignore ENOTCONN``, `- !1616 gioerror: Map ...`: an item
/// with its commit, or the number of its merge request.
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

/// Whether indented lines that end a text go on with an item of a list of changes.
fn is_behind_item(before: &[u8]) -> bool {
    const MOST_LINES: usize = 6;
    let before = &before[before.len().saturating_sub(MOST_BYTES)..];
    let mut lines = before.rsplit(|byte| *byte == b'\n').take(MOST_LINES);
    let item =
        lines.find(|line| !line.first().is_some_and(u8::is_ascii_whitespace) || is_item_of_changes(line.trim_ascii()));
    item.is_some_and(|line| is_item_of_changes(line.trim_ascii_start()))
}

/// `#define ...` of `winsock2.h:10061:#define ...`: a line without the file and the number that a search shows before it.
fn without_place(line: &[u8]) -> &[u8] {
    let file = line.iter().take(256).take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    let Some(rest) = line[file..].strip_prefix(b":").filter(|_| file > 0) else { return line };
    let number = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    rest[number..].strip_prefix(b":").filter(|_| number > 0).map_or(line, <[u8]>::trim_ascii_start)
}

/// `#define WSAECONNRESET 10054L`, `case 10054:`, `if (err == WSAEWOULDBLOCK)`, `return WSAECONNRESET;`: a line of a program.
fn is_source(line: &[u8], behind: &[u8]) -> bool {
    let behind = behind.trim_ascii_end();
    let compared = || line.ends_with(b"== ") || line.ends_with(b"!= ");
    let condition = || {
        [&b"if ("[..], b" || ", b" && ", b"while ("]
            .iter()
            .any(|sign| memchr::memmem::find(line, sign).is_some() || behind.starts_with(sign))
            || matches!(behind, [b')', .., b'{' | b';'])
    };
    let begins = || {
        // HeidiSQL writes its log between `/*` and `*/`.
        const WAYS: [&[u8]; 6] = [b"// ", b"#define ", b"# define ", b"#if", b"pub const ", b"const "];
        WAYS.iter().any(|way| line.starts_with(way))
    };
    // Python's `if err.errno in (10053, 10054):  # WSAECONNABORTED, WSAECONNRESET`.
    let is_of_set = || {
        let end: &[u8] = b"):";
        (line.starts_with(b"if ") || line.starts_with(b"elif "))
            && memchr::memmem::find(line, b" in (").is_some()
            && [line, behind].iter().any(|part| memchr::memmem::find(part, end).is_some())
    };
    // A date or a bracket begins most records.
    matches!(line.first(), Some(b'/' | b'#' | b'p' | b'c')) && begins()
        || line.starts_with(b"case ") && (line == b"case " && behind.starts_with(b":") || is_commented(line))
        || behind == b";" && (line == b"return " || line == b"errno = ")
        || compared() && condition()
        || is_of_set()
}

/// `case 10054: // WSAECONNRESET`: whether a case is complete, and a comment begins.
fn is_commented(line: &[u8]) -> bool {
    [&b": //"[..], b": /*", b":  //", b":\t//"].iter().any(|sign| memchr::memmem::find(line, sign).is_some())
}

/// `GET /docs/WSAECONNRESET.html`, `https://example.org/?q=WSAECONNRESET+10054`: whether a name is part of a page's address.
fn is_in_page(text: &[u8], range: &Range<usize>) -> bool {
    const ENDS: [&[u8]; 7] = [b".htm", b".md", b".aspx", b".php", b".png", b".txt", b".json"];
    let Some(b'/' | b'-' | b'=' | b'+' | b'?' | b'#') = text[..range.start].last() else { return false };
    let before = &text[range.start.saturating_sub(256)..range.start];
    let word = before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let word = &before[before.len() - word..];
    let page = ENDS.iter().any(|end| text[range.end..].starts_with(end));
    page && word.contains(&b'/') || [&b"https://"[..], b"http://"].iter().any(|way| word.starts_with(way))
}

/// `sock.h(88): warning C4005: 'WSAECONNRESET': macro redefinition`, `a.c:5:9: error: 'WSAEINTR' undeclared`: whether a compiler
/// speaks of a name, in quotes.
fn is_of_compiler(line: &[u8], behind: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [
        b"redefin",
        b"undeclared",
        b"undefined",
        b"not declared",
        b"not defined",
        b"previous definition",
        b"previously defined",
        b"cannot find value",
        b"duplicate case",
    ];
    let quoted = line.last().is_some_and(|byte| b"'\"`".contains(byte)) || line.ends_with("‘".as_bytes());
    let level = [&b": warning"[..], b": error", b": fatal error", b": note:", b": message :", b"error[E"];
    let has = |word: &&[u8]| memchr::memmem::find(line, word).is_some() || memchr::memmem::find(behind, word).is_some();
    quoted && (level.iter().any(has) || line.starts_with(b"error: ")) && WORDS.iter().any(has)
}

/// `sendto(5, "failed", 10054, 0, NULL, 0) = 10054`: whether a number is a length in a call that `strace` shows: a call by
/// the number of a file, which gave no error.
fn is_of_trace(line: &[u8], behind: &[u8]) -> bool {
    const CALLS: [&[u8]; 10] =
        [b"write", b"read", b"send", b"sendto", b"recv", b"recvfrom", b"sendmsg", b"recvmsg", b"writev", b"readv"];
    let Some(open) = memchr::memchr(b'(', line) else { return false };
    let name = line[..open].iter().rev().take(9).take_while(|byte| byte.is_ascii_lowercase()).count();
    let digits = line[open + 1..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let call = CALLS.contains(&&line[open - name..open]) && digits > 0 && line[open + 1 + digits..].starts_with(b", ");
    if !call {
        return false;
    }
    let result = memchr::memmem::find(behind, b") = ").map(|at| &behind[at + 4..]);
    line.ends_with(b") = ") || result.is_some_and(|result| !result.starts_with(b"-1"))
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
            "What's new in 4.2: error 10060 while connecting through a proxy is fixed",
            "winsock_errors_total{code=\"10054\",call=\"recv\",peer=\"10.0.0.5:443\"} 7",
            "tests/test_sockerr.py::test_connect_fails[10054-WSAECONNRESET] PASSED [ 54%]",
            "recv: 10054\tsend: 10060",
            "recv: 10100",
            "TcpConnection 0xffff9a0e10061000: connect attempt failed with status = 0xC0000236",
            "10054 WSAECONNRESET\nConnection reset by peer. This normally results if the peer stops. See also 10053 (WSAECONNABORTED).",
            "  10061 - WSAECONNREFUSED",
            "wsaerr 1.2 - usage: wsaerr <number>; for example 'wsaerr 10061' prints WSAECONNREFUSED",
            "WSARecv returned SOCKET_ERROR, WSAGetLastError()=997 (WSA_IO_PENDING), waiting for completion",
            "        if err.errno in (10053, 10054):   # WSAECONNABORTED, WSAECONNRESET",
        ] {
            assert_eq!(codes(text), 0, "{text}");
        }
    }

    #[test]
    fn failures_that_look_like_it_count() {
        for text in [
            "* connect to 10.0.0.5 port 443 failed: Connection refused (10061)",
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
            "PLC-3 ConnectTo(192.0.2.31, rack 0, slot 2) -> 0x00002751  TCP : Unreachable peer",
            "CPU usage: 12%; recv failed with error 10054",
            "Erro: 10054Connection reset by peer - 192.0.2.61:49812",
            "socket() ok, bind(0.0.0.0:0) ok, connect(192.0.2.6:7000) = -1 [10065]",
        ] {
            assert_eq!(codes(text), 1, "{text}");
        }
    }
}
