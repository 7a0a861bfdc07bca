//! Numbers without a label that are error codes by where they stand: in brackets at the end of a clause, behind an address.

use std::ops::Range;

use winsock_codes::Code;

use super::{Surroundings, byte_at, byte_before};
use crate::number::Number;
use crate::recognise::left::{Left, is_function};

/// `getaddrinfo("x") = 11001`: a call and its result; what `recv` and `send` give may be bytes.
pub(super) fn call_equals(text: &[u8], range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_ascii_end();
    if before.ends_with(b"=>") || before.ends_with(b"->") {
        return matches!(text[range.end..].trim_ascii_start().first(), None | Some(b',' | b';' | b'.' | b'('))
            || text[range.end] == b'\n'
            || closes(&text[range.end..]);
    }
    let Some(call) = before.strip_suffix(b"=") else { return false };
    let call = call.strip_suffix(b"=").unwrap_or(call).trim_ascii_end();
    // `setsockopt(SO_SNDTIMEO)=10060 ok`
    if text[range.end..].starts_with(b" ok") {
        return false;
    }
    let is_move = |call: &[u8]| function_of(call).is_some_and(moves_bytes);
    let result = call.strip_suffix(b" rc").or_else(|| call.strip_suffix(b" ret"));
    call.ends_with(b")") && !is_move(call) || result.is_some_and(|call| !is_move(call)) || call.ends_with(b") le")
}

/// `getaddrinfo(db1) returned 11002`, `WSASocket(AF_INET6): 10047`, `listen(404) : 10022`; what `recv` and `send` return may
/// be bytes.
pub(super) fn call_returned(text: &[u8], range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_ascii_end();
    let call = [&b" returned"[..], b" returns", b" gave", b" said", b":", b" ->"]
        .iter()
        .find_map(|verb| before.strip_suffix(*verb));
    call.map(<[u8]>::trim_ascii_end).and_then(function_of).is_some_and(|name| is_function(name) && !moves_bytes(name))
}

/// Visual Basic's `Run-time error '10061'`, in the languages that it has been in.
pub(super) fn is_of_visual_basic(text: &[u8], range: &Range<usize>) -> bool {
    const LEADS: [&str; 9] = [
        "Laufzeitfehler",
        "Erreur d'exécution",
        "Errore di run-time",
        "Erro em tempo de execução",
        "Se ha producido el error",
        "実行時エラー",
        "实时错误",
        "執行階段錯誤",
        "런타임 오류",
    ];
    let lead = text[..range.start].strip_suffix(b" '").filter(|_| text[range.end..].starts_with(b"'"));
    lead.is_some_and(|lead| LEADS.iter().any(|known| lead.ends_with(known.as_bytes())))
}

/// `10061 오류`, `10061 numaralı soket hatası`: languages that put the number before the error.
pub(super) fn is_followed_by_its_error(rest: &[u8]) -> bool {
    const WORDS: [&str; 9] = [
        " 오류",
        "번 오류",
        " 에러",
        " numaralı hata",
        " numaralı soket hata",
        "-es hiba",
        "-ös hiba",
        "-as hiba",
        "-os hiba",
    ];
    WORDS.iter().any(|word| rest.starts_with(word.as_bytes()))
}

/// A test's `WSAGetLastError()\n    Which is: 10056`, `WSAGetLastError() == 0\nwith expansion:\n  10054 == 0`: the value of
/// what was to be, below it.
pub(super) fn is_expanded(text: &[u8], range: &Range<usize>) -> bool {
    const LEADS: [&[u8]; 5] = [
        b"LastError()\n    Which is: ",
        b"\nwith expansion:\n  ",
        b"\nwith expansion:\n  0 == ",
        b"\n  values: CHECK( ",
        b"\n  values: REQUIRE( ",
    ];
    let before = &text[..range.start];
    LEADS.iter().any(|lead| before.ends_with(lead))
        && memchr::memmem::find(&before[before.len().saturating_sub(256)..], b"WSAGetLastError()").is_some()
}

/// `Failed gethostbyname(db1.example.org) 11001`: the last thing said of a call that failed.
pub(super) fn ends_behind_arguments(text: &[u8], range: &Range<usize>) -> bool {
    let call = text[..range.start].strip_suffix(b" ").filter(|call| call.ends_with(b")"));
    call.and_then(function_of).is_some_and(is_function) && is_last(text, range.end)
}

/// `socket() returned 10048, WSAGetLastError()=0`: whether the record says that there was no error, so that what a function
/// returned is a handle or a count.
pub(super) fn denies_error(text: &[u8]) -> bool {
    const LAST_ERROR: &[u8] = b"GetLastError";
    memchr::memmem::find_iter(text, LAST_ERROR).any(|at| {
        let rest = &text[at + LAST_ERROR.len()..];
        let signs = rest.iter().take(6).take_while(|byte| b"() =:".contains(byte)).count();
        signs > 0 && rest[signs..].starts_with(b"0") && !rest.get(signs + 1).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// MQ's `return code from TCP/IP is 10060` and `return code from the bind call for port 1414 was 10048`, with and without
/// quotes.
pub(super) fn return_code_was(text: &[u8], range: &Range<usize>) -> bool {
    const LEAD: &[u8] = b"return code from the ";
    let before = &text[range.start.saturating_sub(96)..range.start];
    if before.ends_with(b"return code from TCP/IP is ") {
        return true;
    }
    if !before.ends_with(b" was ") {
        return false;
    }
    let line = &before[memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)..];
    let Some(call) = memchr::memmem::find(line, LEAD).map(|at| &line[at + LEAD.len()..]) else { return false };
    let (call, end) = call.strip_prefix(b"'").map_or((call, &b" call "[..]), |call| (call, b"' call "));
    let name = call.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    is_function(&call[..name]) && call[name..].starts_with(end)
}

/// The name of the function whose call a text ends with.
pub(super) fn function_of(text: &[u8]) -> Option<&[u8]> {
    // Arguments take a line, not a record.
    let call = &text[text.len().saturating_sub(256)..];
    let mut depth = 0;
    let open = call.iter().rposition(|byte| {
        depth += i32::from(*byte == b')') - i32::from(*byte == b'(');
        depth <= 0
    });
    let open = open.filter(|open| call[*open] == b'(')?;
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let length = call[..open].iter().rev().take(32).take_while(is_of_name).count();
    Some(&call[open - length..open])
}

pub(super) fn moves_bytes(function: &[u8]) -> bool {
    [&b"recv"[..], b"send"].iter().any(|verb| function.windows(4).any(|part| part.eq_ignore_ascii_case(verb)))
}

/// `ERR;recv;10.0.0.5;502;10054;retry 3`, `| send | 10053 | failed |`: in a column of a row that tells of a failure before it
/// or in the next column, of an operation and of whom.
pub(super) fn column_of_its_own(text: &[u8], range: &Range<usize>, around: &Surroundings) -> bool {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    let blanks = usize::from(before.ends_with(b"| ") && (behind.starts_with(b" |") || behind.is_empty()));
    let sign = byte_before(text, range.start - blanks);
    let columns = memchr::memchr_iter(sign, before).count();
    matches!(sign, b';' | b'|' | b'\t')
        && behind.get(blanks).is_none_or(|byte| *byte == sign)
        && around.operates
        && around.reached
        && !around.service
        && columns > 3
        && around.first_fail.is_some_and(|at| at <= range.end + 2 * blanks + 1)
}

/// Whether brackets hold the number and nothing else, or the number and its explanation.
pub(super) fn parenthesised(text: &[u8], range: &Range<usize>) -> bool {
    matches!(byte_before(text, range.start), b'(' | b'[')
        && matches!(byte_at(text, range.end), b')' | b']' | b':' | b',' | b' ' | b'/' | b'-')
}

/// `... on 'db1' (10060)`, `failed (10061: text)`, `unable to connect [10061]: text`: in brackets at the end of a clause
/// that tells of a failure.
pub(super) fn clause_of_its_own(text: &[u8], range: &Range<usize>, left: &Left<'_>, around: &Surroundings) -> bool {
    let networking = around.api || around.net && !around.service;
    if ends_behind_sentence(text, range, left) && around.operates && around.reached && !around.service {
        return true;
    }
    // Before the number, or right behind its bracket: `[10061] refused`.
    if !networking || around.first_fail.is_none_or(|at| at > range.end + 2) {
        return false;
    }
    let rest = &text[range.end..];
    // A program and its process number.
    if left.gap() == b" (" && left.word(0).eq_ignore_ascii_case(b"exe") {
        return false;
    }
    let before = byte_before(text, range.start);
    let ended = |rest: &[u8]| {
        let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
        matches!(
            rest.first(),
            None | Some(
                b'.' | b',' | b';' | b'\n' | b'\r' | b'"' | b'\'' | b'\\' | b')' | b'!' | b':' | b'<' | b'}' | b'`'
            )
        ) || rest.trim_ascii_start().is_empty()
            || [
                &b" ("[..],
                b" [",
                b" in ",
                b" at ",
                b" -",
                b" while",
                b" on ",
                b" (file",
                b" when",
                b" after",
                b" for",
                b" during",
                b" because",
                b" and",
                b" with",
                b" by",
                b" over",
                b" via",
                b" from",
                b" to ",
                b" refused",
                b" timed out",
                b" reset",
                b" |",
                // HeidiSQL's lines end so.
                b" */",
            ]
            .iter()
            .any(|next| rest.starts_with(next))
    };
    match before {
        // A process and its number: `imap(10054): Connection closed`.
        b'(' if rest.starts_with(b"):") && left.gap() == b"(" => is_failure(left.word(0)),
        b'(' if rest.starts_with(b")") => ended(&rest[1..]) && !is_followed_by_error(&rest[1..]),
        b'(' => {
            rest.starts_with(b": ")
                || rest.starts_with(b" \"")
                || rest.starts_with(b" \\\"")
                || rest.starts_with(b" - ")
                || rest.starts_with(b", \"")
                || rest.starts_with(b", '")
        }
        b'<' if left.gap() == b" <" && rest.starts_with(b">") => ended(&rest[1..]),
        // Thread and process numbers stand in brackets behind a bracket or a name.
        b'[' if rest.starts_with(b"]") => {
            // But `设置套接字阻塞模式失败[10038]`.
            let named = left.gap() == b"[" && !says_failed_unspaced(left.word(0));
            !left.gap().contains(&b']') && !left.gap().contains(&b'>') && !named && ended(&rest[1..])
        }
        _ => false,
    }
}

/// Whether a word ends with that something failed, where no blank parts words.
fn says_failed_unspaced(word: &[u8]) -> bool {
    ["失败", "失敗", "실패"].iter().any(|failed| word.ends_with(failed.as_bytes()))
}

/// `failed to sendto to client (10061). (error 10051)`: whether brackets of their own tell the error behind those of something
/// else.
fn is_followed_by_error(rest: &[u8]) -> bool {
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or(rest);
    memchr::memmem::find(line, b"(error ").is_some_and(|at| line[at + 7..].starts_with(b"1"))
}

/// `bind 127.0.0.1:36505: Invalid argument. [10022]`: the last thing said, behind the system's sentence for it.
fn ends_behind_sentence(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    left.gap() == b". [" && text[range.end..].starts_with(b"]") && is_last(text, range.end + 1)
}

/// `10060 (Unknown error)`, `[10060] Unknown error`: what the C library of Windows says of numbers that are not its own.
pub(super) fn is_unknown_to_strerror(rest: &[u8]) -> bool {
    let rest =
        [&b" ("[..], b" \"", b" \\\"", b": ", b" - '", b" - ", b"] "].iter().find_map(|sign| rest.strip_prefix(*sign));
    rest.and_then(|rest| rest.get(..13)).is_some_and(|words| words.eq_ignore_ascii_case(b"unknown error"))
}

/// FlexLM's `-15,570:10061 "WinSock: Connection refused"`, also in brackets and inside a string of JSON.
pub(super) fn is_told_by_flexlm(rest: &[u8]) -> bool {
    [&b" \"WinSock: "[..], b" \\\"WinSock: ", b") \"WinSock: "].iter().any(|words| rest.starts_with(words))
}

/// FlexLM's `(-15,10,10061)`: its own number, where in it that happened, and the system's number.
pub(super) fn is_last_of_flexlm(text: &[u8], range: &Range<usize>) -> bool {
    let number_before = |text: &[u8]| text.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let Some(before) = text[..range.start].strip_suffix(b",") else { return false };
    let place = number_before(before);
    let Some(before) = before[..before.len() - place].strip_suffix(b",") else { return false };
    let own = number_before(before);
    place > 0 && own > 0 && before[..before.len() - own].ends_with(b"(-") && text[range.end..].starts_with(b")")
}

/// `Socket error: connect, 10060`: the last thing said of a socket, behind the name of a call.
pub(super) fn is_behind_name_of_call(text: &[u8], range: &Range<usize>) -> bool {
    const WAY: &[u8] = b"socket error: ";
    let Some(before) = text[..range.start].strip_suffix(b", ") else { return false };
    let name = before.iter().rev().take(24).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let head = &before[..before.len() - name];
    let is_said = head.len() >= WAY.len() && head[head.len() - WAY.len()..].eq_ignore_ascii_case(WAY);
    name > 0 && is_said && is_last(text, range.end)
}

/// `bind: 10048`, `getaddrinfo() 11002`, `closesocket -> 10038` as the last thing said. Bytes are counted behind `recv` and
/// `send`, but hardly once in a record, and hardly as many as these ends of connections have for numbers.
pub(super) fn ends_behind_call(text: &[u8], number: &Number, left: &Left<'_>) -> bool {
    let range = &number.range;
    const CALLS: [&[u8]; 12] = [
        b"bind",
        b"listen",
        b"connect",
        b"select",
        b"setsockopt",
        b"getsockopt",
        b"getaddrinfo",
        b"gethostbyname",
        b"closesocket",
        b"ioctlsocket",
        b"getpeername",
        b"getsockname",
    ];
    matches!(left.gap(), b": " | b" :" | b"() " | b" -> ")
        && is_last(text, range.end)
        && (CALLS.iter().any(|call| left.word(0).eq_ignore_ascii_case(call)) || ends_behind_move(text, number, left))
}

/// `gw: recv: 10054`.
fn ends_behind_move(text: &[u8], number: &Number, left: &Left<'_>) -> bool {
    const MOVES: [&[u8]; 2] = [b"recv", b"send"];
    const ENDS: [Code; 3] = [Code::WSAECONNABORTED, Code::WSAECONNRESET, Code::WSAETIMEDOUT];
    let count = |call: &[u8]| memchr::memmem::find_iter(text, call).take(2).count();
    left.gap() == b": "
        && MOVES.contains(&left.word(0))
        && ENDS.contains(&number.code)
        && MOVES.into_iter().map(count).sum::<usize>() == 1
}

/// `Error listen 10048`, `error recv 10054`: the last thing said of a call; SQL has a `select` of its own, and a socket a
/// number.
pub(super) fn ends_behind_error_of_call(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let (call, error) = (left.word(0), left.word(1));
    let before = [&b" "[..], call, b" "].iter().try_fold(&text[..range.start], |rest, end| rest.strip_suffix(*end));
    before.is_some_and(|before| before.ends_with(error))
        && [&b"error"[..], b"err"].iter().any(|name| error.eq_ignore_ascii_case(name))
        && ![&b"select"[..], b"socket"].iter().any(|other| call.eq_ignore_ascii_case(other))
        && is_function(call)
        && is_last(text, range.end)
}

/// `got 10054 from recv`: a result, and the function behind it.
pub(super) fn is_result_of(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let got = [&b"got"[..], b"gets", b"returned", b"received", b"with", b"gave"];
    let Some(rest) =
        [&b" from "[..], b" in ", b" by ", b" during "].iter().find_map(|word| text[range.end..].strip_prefix(*word))
    else {
        return false;
    };
    let word = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    got.iter().any(|word| left.word(0).eq_ignore_ascii_case(word)) && is_function(&rest[..word])
}

/// NetBackup's `recv socket (424) (TCP 10058: Can't send after socket shutdown)`: an error's number and text, in brackets of
/// their own.
pub(super) fn owner_in_brackets(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    // `(tcp 10054: filtered)` is a port.
    const OWNERS: [&[u8]; 4] = [b"TCP", b"Winsock", b"WinSock", b"WSA"];
    let owner = left.word(0);
    let open = range.start.checked_sub(owner.len() + 2).map(|at| text[at]);
    left.gap() == b" "
        && open == Some(b'(')
        && matches!(text[range.end..], [b':', b' ', letter, ..] if letter.is_ascii_alphabetic())
        && OWNERS.contains(&owner)
}

/// `failed (recvfrom 10054: port unreachable)`: a function and its error, in brackets of their own.
pub(super) fn call_in_brackets(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    let call = left.word(0);
    let open = range.start.checked_sub(call.len() + 2).map(|at| text[at]);
    let rest = &text[range.end..];
    left.gap() == b" " && open == Some(b'(') && (rest.starts_with(b": ") || rest.starts_with(b")")) && is_function(call)
}

/// `socket closed with 10060`, `AcceptEx on listener 3 completed with 10038`: the last thing said of how a connection or a call
/// ended.
pub(super) fn is_way_of_ending(text: &[u8], range: &Range<usize>, left: &Left<'_>) -> bool {
    const ENDS: [&[u8]; 8] =
        [b"closed", b"ended", b"terminated", b"dropped", b"aborted", b"disconnected", b"lost", b"completed"];
    left.word(0).eq_ignore_ascii_case(b"with")
        && left.gap() == b" "
        && ENDS.iter().any(|end| left.word(1).eq_ignore_ascii_case(end))
        && is_last(text, range.end)
}

/// `socket layer returned 0x274C`, `TCP stack reports 10050`: what the part of a program says that has to do with sockets.
pub(super) fn is_told_by_layer(left: &Left<'_>) -> bool {
    const LAYERS: [&[u8]; 2] = [b"layer", b"stack"];
    const OWNERS: [&[u8]; 6] = [b"socket", b"sockets", b"winsock", b"tcp", b"network", b"transport"];
    const SAYS: [&[u8]; 6] = [b"returned", b"returns", b"reported", b"reports", b"gave", b"said"];
    let is = |index: usize, words: &[&[u8]]| words.iter().any(|word| left.word(index).eq_ignore_ascii_case(word));
    left.gap() == b" " && is(0, &SAYS) && is(1, &LAYERS) && is(2, &OWNERS)
}

/// Whether a line ends behind a number, or an explanation in brackets follows.
pub(super) fn is_last(text: &[u8], end: usize) -> bool {
    let rest = &text[end..];
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or(rest);
    // Perl says behind every message where it came from.
    matches!(line.trim_ascii(), b"" | b"." | b"!")
        || [&b" ("[..], b" at ", b" | ", b"<", b", line "].iter().any(|next| line.starts_with(next))
        || closes(line)
        || goes_on_in_words(line)
}

/// `, retrying in 5 s`, `; giving up`: whether a sentence goes on behind a number, and not the next of a list's numbers,
/// `, sent: 20`.
fn goes_on_in_words(line: &[u8]) -> bool {
    let Some(words) = [&b", "[..], b"; "].iter().find_map(|sign| line.strip_prefix(*sign)) else { return false };
    let word = words.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let is_key =
        |text: &[u8]| text.iter().take(48).take_while(|byte| !b",;".contains(byte)).any(|byte| b":=".contains(byte));
    word > 2 && matches!(words.get(word), None | Some(b' ' | b'.' | b'\r')) && !is_key(&words[word..])
}

/// `"}`, `","`, `\n`, `</Data>`, `]]>`, `" peer=`, a backtick: whether what holds a line ends there, in JSON, XML, Markdown
/// or a string of a program.
fn closes(line: &[u8]) -> bool {
    let line = line.strip_prefix(b".").unwrap_or(line);
    // Inside a string of JSON inside another there are more of them.
    let slashes = line.iter().take(8).take_while(|byte| **byte == b'\\').count();
    match &line[slashes..] {
        [b'"' | b'\''] | [b'"', b'}' | b']' | b',' | b'/' | b')', ..] | [b'<', b'/', ..] | [b']', b']', b'>', ..] => {
            true
        }
        [b'"', b' ', rest @ ..] => {
            let key =
                rest.iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(byte)).count();
            key > 0 && rest.get(key) == Some(&b'=')
        }
        [b'n' | b'r', ..] => slashes > 0,
        [b'`', rest @ ..] => !rest.first().is_some_and(u8::is_ascii_alphanumeric),
        _ => false,
    }
}

/// `host lookup 'plc-17' : 11001`: the last thing said of a name, behind a colon or an arrow.
pub(super) fn ends_behind_name(text: &[u8], range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_ascii_end();
    let Some(name) = [&b":"[..], b"->", b"=>"].iter().find_map(|sign| before.strip_suffix(*sign)) else { return false };
    let name = name.trim_ascii_end();
    let name = &name[name.len() - name.iter().rev().take(255).take_while(|byte| !byte.is_ascii_whitespace()).count()..];
    let closed = matches!(name.last(), Some(b'"' | b'\'' | b')' | b']' | b'>'));
    before.len() < range.start && (closed || name.contains(&b'.')) && is_last(text, range.end)
}

/// The last word of what says that something failed: `connection refused`, `timed out`.
fn is_failure(word: &[u8]) -> bool {
    const FAILURES: [&[u8]; 8] =
        [b"failed", b"refused", b"aborted", b"reset", b"unreachable", b"failure", b"lost", b"out"];
    FAILURES.iter().any(|failure| word.eq_ignore_ascii_case(failure))
}

/// `Error connecting to 192.0.2.1:80: 10061`, `cannot bind port 3333: 10013`: the last thing said of a failure, behind a
/// colon. Behind words that count, such as `errors:`, it is a number of things.
pub(super) fn ends_behind_colon(text: &[u8], range: &Range<usize>, around: &Surroundings) -> bool {
    const COUNTS: [&[u8]; 10] =
        [b"count", b"total", b"number", b"sum", b"queue", b"rate", b"age", b"in", b"boot", b"start"];
    let failed = around.first_fail.is_some_and(|at| at < range.start);
    let head = &text[..range.start];
    let Some((before, sign)) =
        [&b": "[..], b" - ", b", ", b". "].iter().find_map(|sign| Some((head.strip_suffix(*sign)?, sign[0])))
    else {
        return false;
    };
    let before = before.trim_ascii_end();
    if !failed || !is_last(text, range.end) || around.service || !(around.api || around.net) {
        return false;
    }
    let word = before.iter().rev().take(255).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let word = &before[before.len() - word..];
    // `Failed to bind to listening socket. 10013`: a sentence that tells of a call.
    if sign == b'.' && !around.operates {
        return false;
    }
    // A dash parts many things, a comma more; behind an address or a verb of failure they part the reason.
    let fails = is_failure(word);
    if !matches!(sign, b':' | b'.') && !fails && (sign == b',' || !word.contains(&b':')) {
        return false;
    }
    // `  series_v2: 10048`: a key alone in its line.
    let line = &before[memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)..];
    if word.contains(&b'_') && line.trim_ascii().len() == word.len() && line.len() > word.len() {
        return false;
    }
    let plural = word.ends_with(b"s") && word.iter().all(u8::is_ascii_alphabetic) && !word.ends_with(b"ss");
    let counts = plural || COUNTS.iter().any(|count| word.eq_ignore_ascii_case(count));
    let closed =
        |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b']' | b'"' | b'\'' | b')' | b'/');
    !counts && word.last().is_some_and(|byte| closed(*byte))
}
