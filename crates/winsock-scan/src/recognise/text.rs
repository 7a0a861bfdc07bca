//! Texts and names: what must stand beside them to make them proof.

use std::ops::Range;

use winsock_codes::Code;

use crate::recognise::left::Left;

/// What the JDK appends on Windows: the call that failed. Source: OpenJDK `net_util_md.c`, `Net.c`, `SocketInputStream.c`
/// of the Windows port; Netty for the last one.
const JDK_SUFFIXES: [&[u8]; 24] = [
    b"connect",
    b"bind",
    b"jvm_bind",
    b"net_bind",
    b"listen",
    b"accept failed",
    b"accept",
    b"recv failed",
    b"recv",
    b"socket write error",
    b"datagram send failed",
    b"receive failed",
    b"sendto failed",
    b"send",
    b"configureblocking",
    b"setsockopt",
    b"getsockopt",
    b"no further information",
    b"socket",
    b"select",
    b"shutdown",
    b"getsockname",
    b"cannot bind",
    b"create",
];

/// Whether the call that failed stands behind a JDK text, as only the Windows build writes it.
pub(crate) fn has_jdk_suffix(text: &[u8], end: usize) -> bool {
    let Some(rest) = text[end..].strip_prefix(b": ") else { return false };
    JDK_SUFFIXES.iter().any(|suffix| {
        rest.get(..suffix.len()).is_some_and(|head| head.eq_ignore_ascii_case(suffix))
            && rest.get(suffix.len()).is_none_or(|next| !next.is_ascii_alphanumeric() && !matches!(next, b'(' | b'_'))
            // `connect: 10.0.0.1` or `connect to` goes on about something else.
            && (*suffix == b"no further information"
                || !rest[suffix.len()..].starts_with(b" to ")
                // Hazelcast adds where.
                || rest[suffix.len()..].starts_with(b" to address /"))
    })
}

/// Whether the line around a wording names a drive, or the wording ends it and the next, indented, is a path: where in a source
/// a statement stands, as Synergy and its kin tell.
pub(crate) fn is_in_line_with_drive(data: &[u8], range: &Range<usize>) -> bool {
    const FAR_BYTES: usize = 512;
    let before = &data[range.start.saturating_sub(FAR_BYTES)..range.start];
    let before = memchr::memrchr(b'\n', before).map_or(before, |newline| &before[newline + 1..]);
    let behind = &data[range.end..data.len().min(range.end + FAR_BYTES)];
    let (behind, next) = memchr::memchr(b'\n', behind).map_or((behind, &b""[..]), |end| behind.split_at(end));
    let is_path = || {
        let path = next.trim_ascii_start();
        path.len() + 1 < next.len() && path.get(1) == Some(&b':') && is_drive(path, 1)
    };
    names_drive(before) || names_drive(behind) || behind.trim_ascii().is_empty() && is_path()
}

/// `api.example.org`, `https://api-2.example.org`: whether a host's name goes on behind a word.
pub(crate) fn is_in_name_of_host(text: &[u8], word: &Range<usize>) -> bool {
    matches!(text[word.end..], [b'.' | b'-', next, ..] if next.is_ascii_alphanumeric())
}

/// Whether a text names a drive, a program of Windows, the system itself or a path with backslashes.
pub(crate) fn speaks_of_windows(text: &[u8]) -> bool {
    let holds = |word: &[u8]| memchr::memmem::find(text, word).is_some();
    names_drive(text) || holds(b".exe") || holds(b"Windows_NT")
}

fn names_drive(text: &[u8]) -> bool {
    let drive = |colon: usize| colon > 0 && text[colon - 1].is_ascii_alphabetic() && is_drive(text, colon);
    let holds = |path: &[u8]| memchr::memmem::find(text, path).is_some();
    memchr::memchr_iter(b':', text).any(drive) || holds(br"..\..\") || holds(br"\src\")
}

/// `C:\` or `C:/`.
pub(crate) fn is_drive(text: &[u8], colon: usize) -> bool {
    let alone = colon < 2 || !text[colon - 2].is_ascii_alphanumeric();
    let slash = match (text.get(colon + 1), text.get(colon + 2)) {
        // `x:\n` is a written-out line break, `D:\relay\main.lua` is none.
        (Some(b'\\'), Some(b'n' | b'r')) => {
            let name = &text[colon + 2..];
            let name = &name[name.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric()).count()..];
            text[colon - 1].is_ascii_uppercase()
                && matches!(name, [b'\\', next, ..] if !matches!(next, b'n' | b'r' | b't' | b'"' | b'\\'))
        }
        (Some(b'\\'), Some(_)) => true,
        (Some(b'/'), Some(next)) => *next != b'/',
        _ => false,
    };
    alone && slash
}

/// Whether libcurl's words stand before one of its Windows texts.
pub(crate) fn follows_curl(text: &[u8], start: usize) -> bool {
    let before = text[..start].trim_ascii_end();
    if before.last() != Some(&b':') {
        return false;
    }
    let left = Left::of(text, start);
    let is = |index: usize, word: &str| left.word(index).eq_ignore_ascii_case(word.as_bytes());
    let port = is(1, "port") && left.word(0).iter().all(u8::is_ascii_digit);
    let after_ms = is(0, "ms") && is(2, "after");
    let failed = is(0, "failed") && left.word(1).iter().all(u8::is_ascii_digit) && is(2, "port");
    let tls = ["ssl_connect", "ssl_read", "ssl_write"].iter().any(|word| is(0, word));
    let address = ["immediate connect fail for ", "connect fail for "].iter().any(|way| {
        let head = &before[before.len().saturating_sub(96)..];
        head.to_ascii_lowercase().windows(way.len()).any(|there| there == way.as_bytes())
    });
    is(0, "failure") || address || port || after_ms || failed || tls
}

/// Whether the phrase is part of a longer text with another meaning: 11032 is "no such host is known securely".
pub(crate) fn is_other_text(text: &[u8], code: Code, range: &Range<usize>) -> bool {
    code == Code::WSAHOST_NOT_FOUND
        && text[range.end..].get(..9).is_some_and(|next| next.eq_ignore_ascii_case(b" securely"))
}

/// Where the whole system text lies of which a phrase was found. Its words ("sending", "connect request") say nothing
/// about the operation.
pub(crate) fn message_extent(text: &[u8], code: Code, range: &Range<usize>) -> Range<usize> {
    let Some(entry) = code.entry() else { return range.clone() };
    let detail = entry.detail();
    let message = detail.message.as_bytes();
    let before = place_of(message, detail.phrase.as_bytes()).unwrap_or(0);
    let after = message.len().saturating_sub(before + detail.phrase.len());
    let begin = range.start.saturating_sub(before);
    let end = (range.end + after).min(text.len());
    // Only as far as the record goes on with the text.
    let start = if text[begin..range.start].eq_ignore_ascii_case(&message[..before.min(range.start - begin)]) {
        begin
    } else {
        range.start
    };
    let follows = text[range.end..end].iter().zip(&message[before + detail.phrase.len()..]);
    start..range.end + follows.take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
}

/// Where a phrase in small letters lies in a message, capital letters or not.
fn place_of(message: &[u8], phrase: &[u8]) -> Option<usize> {
    let first = *phrase.first()?;
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), message)
        .find(|at| message[*at..].get(..phrase.len()).is_some_and(|there| there.eq_ignore_ascii_case(phrase)))
}

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// `WSAECONNRESET`.
    Winsock,
    /// `SE_ECONNRESET`.
    Unreal,
    /// `ECONNRESET`, `UV_ECONNRESET`.
    Posix,
}

/// The owner that the letters before a bare name show, and where they begin.
pub(crate) fn prefix_of_name(text: &[u8], start: usize) -> Option<(usize, Owner)> {
    let before = &text[..start];
    let ends = |prefix: &[u8]| {
        before.len() >= prefix.len() && before[before.len() - prefix.len()..].eq_ignore_ascii_case(prefix)
    };
    if ends(b"wsa") {
        Some((start - 3, Owner::Winsock))
    } else if ends(b"se_") {
        Some((start - 3, Owner::Unreal))
    } else {
        None
    }
}

/// The extent and owner of a name of which `range` is the part that the lexicon knows; `None` if it is part of a longer
/// word.
pub(crate) fn name_at(text: &[u8], range: &Range<usize>, wsa: bool) -> Option<(Range<usize>, Owner)> {
    let is_identifier = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if text.get(range.end).is_some_and(is_identifier) {
        return None;
    }
    let (start, owner) = if wsa {
        let unreal = text[range.start..].get(..3).is_some_and(|head| head.eq_ignore_ascii_case(b"se_"));
        (range.start, if unreal { Owner::Unreal } else { Owner::Winsock })
    } else if let Some(found) = prefix_of_name(text, range.start) {
        found
    } else {
        let uv = text[..range.start].to_ascii_lowercase_tail(3) == *b"uv_";
        (if uv { range.start - 3 } else { range.start }, Owner::Posix)
    };
    let before = if start == 0 { None } else { text.get(start - 1) };
    let escape = start >= 2 && text[start - 2] == b'\\' && matches!(text[start - 1], b'n' | b'r' | b't');
    (before.is_none_or(|byte| !is_identifier(byte)) || escape).then_some((start..range.end, owner))
}

/// Whether no letter, digit or `_` goes on on either side.
pub(crate) fn is_word_of_its_own(text: &[u8], range: &Range<usize>) -> bool {
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    !text.get(range.end).is_some_and(goes_on) && (range.start == 0 || !goes_on(&text[range.start - 1]))
}

trait Tail {
    fn to_ascii_lowercase_tail(&self, length: usize) -> [u8; 3];
}

impl Tail for [u8] {
    fn to_ascii_lowercase_tail(&self, length: usize) -> [u8; 3] {
        let mut tail = [0; 3];
        if self.len() >= length {
            tail.copy_from_slice(&self[self.len() - length..]);
        }
        tail.map(|byte: u8| byte.to_ascii_lowercase())
    }
}

/// Whether a POSIX name is one that sockets give; `EINVAL` and `EACCES` mostly come from files.
pub(crate) fn is_socket_name(code: Code) -> bool {
    matches!(code.value(), 10035..=10061 | 10064 | 10065 | 11001 | 11002)
        && !matches!(code, Code::WSAEALREADY | Code::WSAEINPROGRESS | Code::WSAEWOULDBLOCK)
}

/// Node's `listen EACCES`, `connect EACCES`: whether the call of a socket stands before a name that files have too.
pub(crate) fn is_denied_to_socket(text: &[u8], code: Code, start: usize) -> bool {
    code == Code::WSAEACCES && [&b"listen "[..], b"connect ", b"bind "].iter().any(|call| text[..start].ends_with(call))
}

/// Whether the wording of a code is one that only sockets have; "permission denied" and "invalid argument" mostly come from
/// files, "connection timed out" from the timers of programs.
pub(crate) fn is_socket_wording(code: Code) -> bool {
    matches!(code.value(), 10038 | 10048..=10054 | 10056..=10058 | 10061 | 10064 | 10065)
}

/// `connection refused (111)`, `61: connection refused`: the number of another system beside a wording.
pub(crate) fn has_small_number(text: &[u8], range: &Range<usize>) -> bool {
    let sign = |byte: &u8| b" ([:,-".contains(byte);
    let behind = &text[range.end..];
    let behind = &behind[behind.iter().take(3).take_while(|byte| sign(byte)).count()..];
    let before = &text[..range.start];
    let before = &before[..before.len() - before.iter().rev().take(3).take_while(|byte| sign(byte)).count()];
    let ahead = behind.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let back = before.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    // `probe.lua:14: connection refused` has a line's number before.
    let number_after = &before[..before.len() - back];
    let errno =
        back > 1 && (number_after.last().is_some_and(|byte| b"([".contains(byte)) || number_after.ends_with(b"errno "));
    matches!(ahead, 2..=3) || errno && back < 4
}

/// `SocketErrorCode=ConnectionReset`, `SocketError.TimedOut`, `socket error ConnectionRefused [0x0000274D]`, Orleans'
/// `SocketConnectionException: Unable to connect to 10.0.0.5:11111. Error: ConnectionRefused`.
pub(crate) fn is_socket_error_member(text: &[u8], range: &Range<usize>) -> bool {
    if !is_word_of_its_own(text, range) {
        return false;
    }
    let left = Left::of(text, range.start);
    // JSON inside a string of JSON has `\":\"` between them.
    let signs = left.gap().iter().filter(|byte| **byte != b'\\').count();
    if signs > 4 || left.gap().contains(&b',') {
        return false;
    }
    let word = left.word(0).to_ascii_lowercase();
    // GELF's own fields: `"_SocketErrorCode":"HostNotFound"`.
    word.strip_prefix(b"_").unwrap_or(&word).starts_with(b"socketerror")
        // StackExchange.Redis' `ReadSocketError/ConnectionReset`.
        || word.ends_with(b"socketerror")
        || word.ends_with(b"socket_error")
        || word == b"socketexception"
        || word == b"error" && (left.word(1).eq_ignore_ascii_case(b"socket") || is_told_by_orleans(text, range.start))
        || word == b"code"
            && left.word(1).eq_ignore_ascii_case(b"error")
            && left.word(2).eq_ignore_ascii_case(b"socket")
}

fn is_told_by_orleans(text: &[u8], at: usize) -> bool {
    const MOST_BYTES: usize = 160;
    let line = &text[at.saturating_sub(MOST_BYTES)..at];
    line.ends_with(b". Error: ") && memchr::memmem::find(line, b"SocketConnectionException: ").is_some()
}

/// Whether a record tells how a request ended inside a driver, before any program's call: `Irp->IoStatus.Status =
/// 0xC0000236`, `afd!AfdConnect completed with 0xC0000236`, `tdx: request completed with NTSTATUS 0xC0000236`, `TcpConnection
/// 0xffff9a0e10061000: connect attempt failed`. What names the driver and no routine, or the other end, is a log's line.
pub(crate) fn is_inside_driver(text: &[u8], reached: bool) -> bool {
    let routine = |driver: &[u8]| {
        memchr::memmem::find_iter(text, driver).any(|at| text.get(at + 3).is_some_and(u8::is_ascii_uppercase))
    };
    let is_of_kernel = || memchr::memmem::find(text, b"onnection 0xffff").is_some();
    // A filter below the sockets.
    let is_of_filter = || memchr::memmem::find(text, b"tdx: ").is_some();
    memchr::memmem::find(text, b"IoStatus").is_some()
        || !reached && (is_of_filter() || routine(b"Afd") || routine(b"Tdi") || is_of_kernel())
}

/// Whether what stands right before a wording of POSIX says that it was told on Windows.
pub(crate) fn follows_windows(text: &[u8], start: usize) -> bool {
    // ClearCase's `errno = [WINSOCK] Connection reset by peer`, ftp.exe's `> ftp: connect :Connection timed out`.
    [&b"[WINSOCK] "[..], b"ftp: connect :", b"ftp: bind :"].iter().any(|sign| text[..start].ends_with(sign))
        || follows_tcl(text, start)
        || follows_pjlib(text, start)
}

/// `TCP transport destroyed with reason 130054: Connection reset by peer`: whether PJLIB's number of a Winsock code stands
/// before, which is 120000 more; what it makes of errno is less than 121000. Source: `PJ_ERRNO_START_SYS` of `pj/errno.h`.
fn follows_pjlib(text: &[u8], start: usize) -> bool {
    let Some([before @ .., b'1', b'3', thousand, a, b, c]) = text[..start].strip_suffix(b": ") else { return false };
    matches!(thousand, b'0' | b'1')
        && [a, b, c].iter().all(|digit| digit.is_ascii_digit())
        && before.last() == Some(&b' ')
}

/// `error writing "sock0000025C3F2A1B70": connection reset by peer`: whether Tcl tells of a socket of Windows there, whose
/// names are pointers as the C library of Windows writes them: all digits, in capitals. Source: `SOCK_TEMPLATE` of
/// `tclWinSock.c` and `tclUnixSock.c`.
fn follows_tcl(text: &[u8], start: usize) -> bool {
    let Some(before) = text[..start].strip_suffix(b"\": ") else { return false };
    let digits = before.iter().rev().take(17).take_while(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F')).count();
    matches!(digits, 8 | 16) && before[..before.len() - digits].ends_with(b" \"sock")
}

/// Whether a code minus 10000 may stand behind a phrase: Oracle's label, or `(errno=` in a record of mod_jk.
pub(crate) fn is_before_small_code(text: &[u8], phrase: &Range<usize>) -> bool {
    !is_errno(text, phrase) || memchr::memmem::find(text, b"::jk_").is_some()
}

fn is_errno(text: &[u8], phrase: &Range<usize>) -> bool {
    text[phrase.clone()].ends_with(b"=")
}

/// Whether the code minus 10000 behind a phrase is one on this system: what mod_jk prints on Windows BSD's numbers are too, but
/// there the numbers of processes and threads are small multiples of four. `[Wed Nov 18 09:18:40.771 2026] [4412:1180] [info]
/// jk_open_socket::jk_connect.c (817): connect to 127.0.0.1:8009 failed (errno=61)`.
pub(crate) fn is_code_of_windows(text: &[u8], phrase: &Range<usize>) -> bool {
    const MOST: u32 = 1 << 20;
    let is_id = |digits: &[u8]| {
        let id = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u32>().ok());
        id.is_some_and(|id| id % 4 == 0 && id < MOST)
    };
    let ids = || {
        let ids = &text[memchr::memmem::find(text, b"] [")? + 3..];
        let ids = &ids[..memchr::memchr(b']', ids)?];
        let colon = memchr::memchr(b':', ids)?;
        Some(is_id(&ids[..colon]) && is_id(&ids[colon + 1..]))
    };
    !is_errno(text, phrase) || ids() == Some(true)
}

/// The number behind Oracle's label, plus 10000, if that is a socket error.
pub(crate) fn minus_10000(text: &[u8], end: usize) -> Option<(Code, Range<usize>)> {
    let start = end + text[end..].iter().take_while(|byte| **byte == b' ').count();
    let digits = text[start..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let value: i32 = std::str::from_utf8(&text[start..start + digits]).ok()?.parse().ok()?;
    // Linux numbers of the same failures lie above 97; files' numbers below 35 say nothing about sockets.
    let code = Code::new(10_000 + value);
    (matches!(value, 35..=65 | 91..=93) && code.entry().is_some()).then_some((code, start..start + digits))
}

/// `: "connect failed, error `: whether what stands behind a key begins a string of JSON that is not closed and holds no JSON
/// up to here, as in `: "{\"code\":`.
pub(super) fn is_open_string(behind_key: &[u8]) -> bool {
    let value = behind_key.trim_ascii_start().strip_prefix(b":").map(<[u8]>::trim_ascii_start);
    let Some(string) = value.and_then(|value| value.strip_prefix(b"\"")) else { return false };
    if behind_key.trim_ascii_end().ends_with(b"\":") {
        return false;
    }
    let is_escaped = |at: usize| string[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
    memchr::memchr_iter(b'"', string).all(is_escaped)
}
