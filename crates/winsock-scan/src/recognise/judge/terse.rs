//! Numbers as programmers jot them down: `rc=-10061`, `select e=10038/0x2736`, `SOCKET_ERROR/10054`, `[10054:21 10060:7]`.
//! What they touch would make them something else elsewhere: so these are asked for before.

use std::ops::Range;

use winsock_codes::Code;

use super::clause::{function_of, is_last, moves_bytes};
use super::decoy::is_written_out;
use super::{Surroundings, byte_at, byte_before, counts_something, is_told_in_hex};
use crate::number::{Number, decimal_at};
use crate::recognise::left::{Label, Left, is_function};

/// How far back a line is looked at for what it counts.
const FAR_BYTES: usize = 160;

/// Whether a number is a code by what its place says, and the record speaks of sockets.
pub(super) fn is_jotted(text: &[u8], number: &Number, around: &Surroundings) -> bool {
    let networking = around.api || around.reached || around.net;
    !around.service
        && may_be_jotted(text, number)
        && (networking
            || names_socket(text)
            || is_named_twice(text, number)
            || is_tallied(text, &number.range)
            || is_cell_of_failure(text, &number.range))
        && !counts_something(text, &number.range)
        && is_meant(text, number, around)
}

/// Whether the place of a number is one of those, whatever else the record says.
pub(super) fn may_be_jotted(text: &[u8], number: &Number) -> bool {
    let range = &number.range;
    let may_be = || match byte_before(text, range.start) {
        b'/' => is_behind_slash(text, range),
        b'|' => is_cell_of_call(text, range) || is_cell_of_failure(text, range),
        b',' | b';' | b'\t' => is_cell_of_call(text, range),
        b':' => is_behind_closed_call(text, range) || keyed(text, range).is_some(),
        b' ' | b'(' => keyed(text, range).is_some() || is_no_handle(text, range, number.code),
        b'-' => is_negative(text, range) || keyed(text, range).is_some(),
        letter if letter.is_ascii_alphabetic() => is_glued_to_error(text, range),
        _ => keyed(text, range).is_some(),
    };
    number.code.value() >= 10_000 && (may_be() || is_told_twice(text, number) || is_tallied(text, range))
}

/// `CL_ERR_SOCK`: a program's own name for such errors.
fn names_socket(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"SOCK").is_some()
}

/// Whether the number is told in hexadecimal as well, and a key or a word calls it an error.
fn is_named_twice(text: &[u8], number: &Number) -> bool {
    let range = &number.range;
    let label = || Left::of(text, range.start).label();
    is_told_twice(text, number) && (keyed(text, range).is_some() || matches!(label(), Label::Strong | Label::Error))
}

/// Whether the rest of the record fits: each way needs its own.
fn is_meant(text: &[u8], number: &Number, around: &Surroundings) -> bool {
    let range = &number.range;
    let fails = around.first_fail.is_some() || memchr::memmem::find(text, b"DOWN").is_some();
    if is_told_twice(text, number) {
        return !matches!(Left::of(text, range.start).label(), Label::Negative);
    }
    if let Some(key) = keyed(text, range) {
        return match key {
            Key::LastError => around.api || around.reached || fails,
            Key::Result if !fails && is_result_of_move(text, range) => false,
            Key::Result => around.api || around.operates || around.reached && fails || is_negative(text, range),
            Key::Letter if is_behind_failed_call(text, range) => true,
            Key::Letter => around.operates || around.reached && (around.api || fails),
        };
    }
    if is_tallied(text, range)
        || is_glued_to_error(text, range)
        || is_behind_slash(text, range)
        || is_cell_of_failure(text, range)
    {
        return true;
    }
    if is_no_handle(text, range, number.code) {
        return fails || text[..range.start].ends_with(b"=SOCK(") || text[range.end..].starts_with(b", try ");
    }
    if is_negative(text, range) {
        return around.api || around.reached || fails;
    }
    around.api || around.operates || fails
}

/// `10038/0x2736`, `10060=0x274C`: the same number once more in hexadecimal, behind a sign that would part an address.
fn is_told_twice(text: &[u8], number: &Number) -> bool {
    let rest = &text[number.range.end..];
    // `rd fail 10060/274C`
    let is_bare = || {
        let digits = rest.get(1..5).and_then(|digits| std::str::from_utf8(digits).ok());
        digits.and_then(|digits| i32::from_str_radix(digits, 16).ok()) == Some(number.code.value())
            && !rest.get(5).is_some_and(u8::is_ascii_alphanumeric)
    };
    matches!(rest.first(), Some(b'/' | b'=')) && (is_told_in_hex(rest, number.code) || rest[0] == b'/' && is_bare())
}

/// `SOCKET_ERROR/10054`, `NET/10051 sendto`, `recvfrom 10.7.7.7:3671 -1/10040`, `error 3/10054`: behind what class of error
/// it is.
fn is_behind_slash(text: &[u8], range: &Range<usize>) -> bool {
    const CLASSES: [&[u8]; 9] =
        [b"SOCKET_ERROR", b"INVALID_SOCKET", b"NET", b"SOCK", b"SOCKET", b"WSA", b"WINSOCK", b"ERR", b"ERROR"];
    let Some(before) = text[..range.start].strip_suffix(b"/") else { return false };
    if [&b" -1"[..], b"=-1", b">-1"].iter().any(|result| before.ends_with(result)) {
        return ends_here(text, range.end);
    }
    let word = last_word(before, 24);
    let edge = !matches!(byte_before(before, before.len() - word.len()), b'/' | b'.' | b'\\' | b':');
    let is_numbered = word.len() < 4 && !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let of_error = is_numbered && Left::of(text, before.len() - word.len()).label() == Label::Error;
    // `why=recv/10054`
    let of_call = is_function(word) && byte_before(before, before.len() - word.len()) == b'=';
    edge && ends_here(text, range.end) && (CLASSES.contains(&word) || of_error || of_call)
}

/// The word that a text ends with, of so many letters, digits and underscores at most; empty if it ends with another sign.
fn last_word(text: &[u8], most: usize) -> &[u8] {
    let is_of_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    &text[text.len() - text.iter().rev().take(most).take_while(is_of_word).count()..]
}

/// What stands before a place in its line.
fn line_before(text: &[u8], place: usize) -> &[u8] {
    let line = &text[place.saturating_sub(FAR_BYTES)..place];
    &line[memchr::memrchr(b'\n', line).map_or(0, |newline| newline + 1)..]
}

/// Whether nothing touches the end of a number that would make it something longer.
fn ends_here(text: &[u8], end: usize) -> bool {
    let next = byte_at(text, end);
    let parts_numbers = matches!(next, b'.' | b':') && byte_at(text, end + 1).is_ascii_digit();
    let goes_on = match next {
        b'\\' => !is_written_out(&text[end..]),
        _ => next.is_ascii_alphanumeric() || matches!(next, b'/' | b'-' | b'_'),
    };
    !goes_on && !parts_numbers
}

/// `closesocket(0x5c8):10038`: behind the colon of a call that tells no bytes.
fn is_behind_closed_call(text: &[u8], range: &Range<usize>) -> bool {
    let call = text[..range.start].strip_suffix(b"):").map(|call| &text[..call.len() + 1]);
    call.and_then(function_of).is_some_and(|name| is_function(name) && !moves_bytes(name)) && ends_here(text, range.end)
}

/// `SOCK_ERR,connect,10060,10.8.3.17:2101`, `shutdown;SD_SEND;10057;`: in the column behind a call, or behind its argument in
/// capital letters.
fn is_cell_of_call(text: &[u8], range: &Range<usize>) -> bool {
    let sign = byte_before(text, range.start);
    if !matches!(sign, b',' | b';' | b'|' | b'\t') || byte_at(text, range.end) != sign {
        return false;
    }
    let line = &text[range.start.saturating_sub(FAR_BYTES)..range.start - 1];
    let mut cells = line.rsplit(|byte| *byte == sign || *byte == b'\n');
    let is_argument = |cell: &&[u8]| {
        cell.len() > 3 && cell.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_') && cell.contains(&b'_')
    };
    let cell = cells.next().unwrap_or_default();
    // `recv|-1|10054|`
    let has_failed = cell == b"-1";
    let call = if has_failed || is_argument(&cell) { cells.next().unwrap_or_default() } else { cell };
    is_function(call) && (has_failed || !moves_bytes(call)) && cells.next().is_some()
}

/// `WMS|PUTLINK|CONN|NOK|10.40.2.18|4001|10061|retry`, `ERROR|TCP|10.44.6.6|2300|10065|`: in a row between bars whose other
/// cells say that something of the network failed.
fn is_cell_of_failure(text: &[u8], range: &Range<usize>) -> bool {
    const OF_NETWORK: [&[u8]; 7] = [b"SOCK", b"SOCKET", b"TCP", b"UDP", b"CONN", b"CONNECT", b"NET"];
    const FAILED: [&[u8]; 7] = [b"E", b"ERR", b"ERROR", b"NOK", b"NG", b"FAIL", b"FAILED"];
    let line = line_before(text, range.start);
    let has = |words: &[&[u8]]| line.split(|byte| *byte == b'|').any(|cell| words.contains(&cell));
    line.ends_with(b"|") && matches!(byte_at(text, range.end), b'|' | b'\n' | b'\r') && has(&OF_NETWORK) && has(&FAILED)
}

/// `SND ERR10054 >10.31.0.2`, `SE10065`: behind the letters of an error, or of a socket's.
fn is_glued_to_error(text: &[u8], range: &Range<usize>) -> bool {
    const WORDS: [&[u8]; 5] = [b"err", b"error", b"sockerr", b"wsaerr", b"se"];
    let word = last_word(&text[..range.start], 12);
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) && ends_here(text, range.end)
}

/// `socket errors=29 [10054:21 10060:7 11001:1]`, `socket errors: 10054 x 17, 10060 x 4`: whether a number is one of those of
/// which it is told how often they were met, and that not never.
fn is_tallied(text: &[u8], range: &Range<usize>) -> bool {
    const HEADS: [&[u8]; 7] =
        [b"ocket error", b"ocketfehler", b"insock error", b"WSA error", b"SA errors", b"etwork error", b"err hist"];
    if !matches!(byte_at(text, range.end), b' ' | b'x' | b':' | b'=' | b'"') || !is_count(&text[range.end..]) {
        return false;
    }
    let line = line_before(text, range.start);
    let head = HEADS.iter().find_map(|words| memchr::memmem::rfind(line, words).map(|at| at + words.len()));
    // Between them stand other counts alone.
    let is_of_list = |byte: &u8| byte.is_ascii_digit() || b" s=:[]x,(|h)".contains(byte);
    head.is_some_and(|at| line[at..].iter().all(is_of_list)) || is_one_of_counts(text, range, line)
}

/// `WSA 24h LNK=PRN07 10054:118 10060:4`, `"wsa":{"10060":812,"10061":44}`: whether the next number, or the one before, is a
/// code with its count as well, in a line that speaks of sockets.
fn is_one_of_counts(text: &[u8], range: &Range<usize>, line: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"WSA", b"wsa", b"insock", b"ocket", b"recv "];
    let is_sign = |byte: &&u8| b" ,\":=x".contains(byte);
    let is_code = |text: &[u8]| {
        let digits = text.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        digits == 5 && decimal_at(text, 0).is_some()
    };
    let skip = |text: &[u8]| text.iter().take(4).take_while(is_sign).count();
    let number = |text: &[u8]| text.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let next = || {
        let rest = &text[range.end..];
        let rest = &rest[skip(rest)..];
        let rest = &rest[number(rest)..];
        is_code(&rest[skip(rest)..])
    };
    let previous = || {
        let back =
            |text: &[u8], is: &dyn Fn(&&u8) -> bool| text.iter().rev().take(9).take_while(|byte| is(byte)).count();
        let before = &line[..line.len() - back(line, &is_sign)];
        let count = back(before, &|byte| byte.is_ascii_digit());
        let before = &before[..before.len() - count];
        let before = &before[..before.len() - back(before, &is_sign)];
        count > 0 && before.len() >= 5 && is_code(&before[before.len() - 5..])
    };
    WORDS.iter().any(|word| memchr::memmem::find(line, word).is_some()) && (next() || previous())
}

/// ` x 17`, `:21`, `=4`: whether a count that is not 0 stands there; a clock or a size goes on.
fn is_count(rest: &[u8]) -> bool {
    const SIGNS: [&[u8]; 6] = [b" x ", b" x", b"x", b"\":", b":", b"="];
    let Some(rest) = SIGNS.iter().find_map(|sign| rest.strip_prefix(*sign)) else {
        return false;
    };
    let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let next = rest.get(digits).copied().unwrap_or(b' ');
    digits > 0 && rest[0] != b'0' && matches!(next, b' ' | b',' | b']' | b')' | b'}' | b';' | b'|' | b'\r' | b'\n')
}

/// What a key says of its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    LastError,
    Result,
    /// Too short to say much.
    Letter,
}

/// `le=10053`, `"e":10061`, `rc -10061`, `no="10054"`, `lastwsa=10060`: which key stands before a number.
fn keyed(text: &[u8], range: &Range<usize>) -> Option<Key> {
    const LAST: [&[u8]; 6] = [b"le", b"lerr", b"we", b"wle", b"sck", b"sockex"];
    const RESULTS: [&[u8]; 5] = [b"rc", b"ret", b"retval", b"rv", b"res"];
    const LETTERS: [&[u8]; 4] = [b"e", b"ec", b"last", b"r"];
    let before = &text[..range.start];
    let before = before.strip_suffix(b"-").unwrap_or(before);
    // JSON's keys and strings, also inside another string of JSON.
    let quoted = without_quote(before);
    let (is_blank, key) = match quoted {
        [key @ .., b'=' | b':'] => (false, key),
        [key @ .., b':', b' '] if key.ends_with(b"\"") => (false, key),
        [key @ .., b' '] if quoted.len() == before.len() => (true, key),
        _ => return None,
    };
    let before = without_quote(key);
    // Of most ports a digit of the address stands there.
    before.last().filter(|byte| byte.is_ascii_alphabetic())?;
    let key = last_word(before, 16);
    let is = |keys: &[&[u8]]| keys.iter().any(|known| key.eq_ignore_ascii_case(known));
    let kind = match () {
        () if is(&LAST) || !is_blank && names_winsock(key) => Key::LastError,
        () if is(&RESULTS) => Key::Result,
        () if is(&LETTERS) && !is_blank => Key::Letter,
        // Messages have numbers too.
        () if is(&[b"no"]) && !is_blank && !before.ends_with(b"msg no") => Key::Letter,
        () if is(&[b"e"]) && before.ends_with(b") e") => Key::Letter,
        () => return None,
    };
    // A part of a longer key, `x.e=10054`.
    let touches = matches!(byte_before(before, before.len() - key.len()), b'.' | b'-' | b'/' | b'\\' | b'$');
    let is_paired =
        matches!(text[range.end..], [b'/', b'0', ref rest @ ..] if !rest.first().is_some_and(u8::is_ascii_digit));
    (!touches && (ends_here(text, range.end) || is_paired)).then_some(kind)
}

/// `sockrsn=0x2746`, `le=2745h`: whether a hexadecimal number has the key of a last error, or one of a socket's.
pub(super) fn is_under_key_of_error(text: &[u8], range: &Range<usize>) -> bool {
    let left = Left::of(text, range.start);
    let is_of_socket = || left.word(0).get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"sock"));
    keyed(text, range) == Some(Key::LastError) || left.gap() == b"=" && left.word(0).len() > 6 && is_of_socket()
}

/// A text without the quote that it ends with, `\\"`.
fn without_quote(text: &[u8]) -> &[u8] {
    let Some(bare) = text.strip_suffix(b"\"") else { return text };
    &bare[..bare.len() - bare.iter().rev().take(8).take_while(|byte| **byte == b'\\').count()]
}

/// `wsa`, `lastwsa`, `wsaECode`: whether a key has Winsock's letters at an end, and is no setting, `IgnoreWsa`.
fn names_winsock(key: &[u8]) -> bool {
    if [&b"ignore"[..], b"retry", b"reconn"]
        .iter()
        .any(|verb| key.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb)))
    {
        return false;
    }
    let is = |part: Option<&[u8]>| part.is_some_and(|part| part.eq_ignore_ascii_case(b"wsa"));
    // `wsabufs` counts buffers.
    let begins = is(key.get(..3)) && key.get(3).is_none_or(|next| b"eEcCrR_".contains(next));
    begins || is(key.len().checked_sub(3).map(|at| &key[at..]))
}

/// `recv(s=0x1A4,cap=16384) ret=10054`: whether a result is that of a call that tells bytes.
fn is_result_of_move(text: &[u8], range: &Range<usize>) -> bool {
    let key = text[..range.start].rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    let call = text[..range.start - key.len()].trim_ascii_end();
    function_of(call).is_some_and(moves_bytes)
}

/// `accept rc=-1 e=10004`: whether the result before the key is the one of calls that fail.
fn is_behind_failed_call(text: &[u8], range: &Range<usize>) -> bool {
    let before = text[..range.start].rsplit(|byte| *byte == b' ').nth(1);
    before.is_some_and(|result| result.ends_with(b"=-1") || result == b"-1")
}

/// `(sock 10061, try 4)`, `RSN=SOCK(10053)`: behind the word for a socket, and no handle, since those are multiples of four.
fn is_no_handle(text: &[u8], range: &Range<usize>, code: Code) -> bool {
    const WORDS: [&[u8]; 3] = [b"sock", b"SOCK", b"Sock"];
    let before = &text[..range.start];
    let Some(before) = [&b" "[..], b"("].iter().find_map(|sign| before.strip_suffix(*sign)) else { return false };
    code.value() % 4 != 0 && WORDS.contains(&last_word(before, 8)) && ends_here(text, range.end)
}

/// `nSocketRead() = -10054`, `rc=-10061`: a code less than nothing, as few other numbers of five digits are.
fn is_negative(text: &[u8], range: &Range<usize>) -> bool {
    let Some(before) = text[..range.start].strip_suffix(b"-") else { return false };
    let is_parted = |before: &[u8]| {
        let before = before.trim_ascii_end();
        [&b"="[..], b"->", b"):", b" error"].iter().any(|sign| before.ends_with(sign))
    };
    is_parted(before) && ends_here(text, range.end)
}

/// `no se puede conectar con BASCULA1:10001 -> 10061`: the last thing said of a failure, behind an arrow.
pub(super) fn ends_behind_arrow(text: &[u8], range: &Range<usize>, around: &Surroundings) -> bool {
    let failed = around.first_fail.is_some_and(|at| at < range.start);
    let arrow = [&b" -> "[..], b" => "].iter().any(|arrow| text[..range.start].ends_with(arrow));
    arrow && failed && (around.reached || around.api) && !around.service && is_last(text, range.end)
}

/// `0x2740 (10048)`, `0x274C/10060`: whether a hexadecimal number is told once more in decimal.
pub(super) fn is_told_in_decimal(rest: &[u8], code: Code) -> bool {
    let signs = rest.iter().take(2).take_while(|byte| b" (/=".contains(byte)).count();
    let digits = rest[signs..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    signs > 0 && digits == 5 && super::decimal_equals(&rest[signs..], code)
}

#[cfg(test)]
mod tests {
    use crate::{Collect, Scanner};

    fn codes(text: &str) -> Vec<i32> {
        let mut all = Collect::default();
        Scanner::new().scan_slice(text.as_bytes(), &mut all);
        all.findings.iter().map(|finding| finding.code.value()).collect()
    }

    #[test]
    fn what_programmers_jot_down_counts() {
        for (text, wanted) in [
            ("connect_ex(('10.1.9.20', 8088)) returned 10061, offline", &[10061][..]),
            ("nSocketRead() = -10054 (conn 17, peer 172.16.40.8:10061)", &[10054]),
            ("tcp104: rc=-10061 host=scada-b port=2404 retry 7", &[10061]),
            ("recvfrom()=SOCKET_ERROR/10054 (ICMP unreachable)", &[10054]),
            ("recvfrom 10.7.7.7:3671 -1/10040 (buf 512)", &[10040]),
            ("CommLib error 3/10054 (CL_ERR_SOCK) channel 12", &[10054]),
            ("select e=10038/0x2736 fd=1016", &[10038]),
            ("0x2740 (10048) on bind 0.0.0.0:8899", &[10048]),
            ("~CTcpPort closesocket(0x5c8):10038", &[10038]),
            ("20240117|181204|E|rc=10060|fn=connect|host=pos-srv02|port=9100", &[10060]),
            ("2024-03-12 07:46:02,SCN-017,SOCK_ERR,connect,10060,10.8.3.17:2101", &[10060]),
            ("<sockErr fn=\"recv\" no=\"10054\" rem=\"10.5.5.21:23\" ses=\"10093\"/>", &[10054]),
            ("{\"t\":1,\"f\":\"connect\",\"e\":10061,\"p\":\"10.2.7.19:8730\"}", &[10061]),
            ("#E 3F2 SND ERR10054 >10.31.0.2:6020", &[10054]),
            ("link 1 DOWN RC=10061/0 (203.0.113.9:5700) STAN 010054", &[10061]),
            ("socket errors=29 [10054:21 10060:7 11001:1] elapsed=3127 s", &[10054, 10060, 11001]),
            ("hourly socket errors: 10054 x 17, 10060 x 4 (total 21)", &[10054, 10060]),
            ("no se puede conectar con BASCULA1:10001 -> 10061", &[10061]),
            ("init: WSAStartup(2.2) rc 10091, abort", &[10091]),
            ("stop req: accept rc=-1 e=10004", &[10004]),
            ("CONNECTING -> BACKOFF (sock 10061, try 4) 10.1.1.5:9100", &[10061]),
            ("MES>PLC st=SEND_WAIT evt=TXFAIL(10058) sock=10.60.4.4:2000", &[10058]),
            ("20240611|061455|PUTLINK|CONN|NOK|10.40.2.18|4001|10061|retry 3/5", &[10061]),
            ("panel @10.210.8.6:10001 rd fail 10060/274C pv=10048.2", &[10060]),
            ("[MLLP:6] S_WAITACK -> S_DOWN why=recv/10054 ctl=90017723", &[10054]),
            ("WSA 24h LNK=PRN07 10054:118 10060:4 10053:0 sum:122", &[10054, 10060]),
            ("AGV-09 st 4>9 sockrsn=0x2746 peer 10.61.2.109:7700", &[10054]),
            ("recv=-1 WSA=$2746", &[10054]),
            ("2024-03-11 06:00:09|W|T07|recv|-1|10054|0", &[10054]),
            ("send->-1/10054 peer=192.168.50.12:5000 q=17", &[10054]),
            ("getaddrinfo(mes-gw.plant.local) e=11004 t=12ms", &[11004]),
            ("SendFile Err=&H274D on connect 192.0.2.77:21", &[10061]),
            ("tsend done=0 wsa=16#2745 ip=172.20.1.11:2010", &[10053]),
        ] {
            assert_eq!(codes(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it_does_not() {
        for text in [
            "stock: article 4711 rc=10061",
            "stock moved: -10061",
            "recv from 10.0.0.5:4000 done, ret=10054 bytes",
            "thread=10048/0x2740 started",
            "(sock 10060) connected to 10.1.1.5:9100",
            "10054:21 10060:7",
            "orders,connect point,10060,17",
            "recv(s=0x1A4,cap=16384) ret=10054 total=20108",
            "sock 10061 accepted from 192.168.4.31:51822, 14 open",
            "pool wsabufs=10054 free=10013 sz=4096",
            "wsaerr[10054]=0 wsaeconnreset(10060)=0",
            "IgnoreWsa=10054,10053   ; treat as normal disconnect",
            "price $2746, connect failed",
            "WSA meters 10054:0 10060:0",
            "E|20240611|ORDER|10061|4",
        ] {
            assert_eq!(codes(text), [], "{text}");
        }
    }
}
