//! Lines of programs, and what compilers, debuggers and searches show of them.

use std::ops::Range;

use super::{Here, holds};
use crate::finding::Form;

/// Whether the line is one of a program, or of what a tool says of one.
pub(super) fn is_source(here: &Here<'_>) -> bool {
    let Here { text, line, behind, .. } = *here;
    is_statement(without_place(line), behind)
        || without_sign(line).is_some_and(|line| is_statement(line, behind) || line.starts_with(b"/*"))
        || line.is_empty() && is_definition(behind)
        || is_of_test(line)
        || here.is_name() && (is_in_page(text, here.range()) || is_of_compiler(line, behind))
        || here.verdict.form == Form::Decimal && is_of_trace(line, behind)
}

/// `-    if (err == 10054)`: a line without the sign that it has in a list of differences.
fn without_sign(line: &[u8]) -> Option<&[u8]> {
    match line {
        [b'-' | b'+', b' ' | b'\t', b' ' | b'\t', rest @ ..] => Some(rest.trim_ascii_start()),
        _ => None,
    }
}

/// `tests/test_errors.py::test_symbol[10054-WSAECONNRESET] PASSED`: part of the name of a test.
fn is_of_test(line: &[u8]) -> bool {
    memchr::memmem::rfind(line, b".py::").is_some_and(|at| !line[at..].contains(&b' '))
}

/// `#define ...` of `winsock2.h:10061:#define ...`: a line without the file and the number that a search shows before it.
fn without_place(line: &[u8]) -> &[u8] {
    let file = line.iter().take(256).take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    let Some(rest) = line[file..].strip_prefix(b":").filter(|_| file > 0) else { return line };
    let number = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    rest[number..].strip_prefix(b":").filter(|_| number > 0).map_or(line, <[u8]>::trim_ascii_start)
}

/// `#define WSAECONNRESET 10054L`, `case 10054:`, `if (err == WSAEWOULDBLOCK)`, `return WSAECONNRESET;`: a line of a program.
fn is_statement(line: &[u8], behind: &[u8]) -> bool {
    let behind = behind.trim_ascii_end();
    let compared = || line.ends_with(b"== ") || line.ends_with(b"!= ");
    let condition = || {
        [&b"if ("[..], b" || ", b" && ", b"while ("].iter().any(|sign| holds(line, sign) || behind.starts_with(sign))
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
            && holds(line, b" in (")
            && [line, behind].iter().any(|part| holds(part, end))
    };
    // `RETRYABLE = {10053, 10054}  # WSAECONNABORTED`, Go's `wsaeConnReset = syscall.Errno(10054) // "An existing ..."`.
    let is_constant = || {
        let name = line.iter().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let value = line[name..].trim_ascii_start().strip_prefix(b"= ");
        let is_set = |value: &[u8]| {
            matches!(value.first(), Some(b'{' | b'[' | b'(')) && !line[..name].iter().any(u8::is_ascii_lowercase)
        };
        name > 0 && value.is_some_and(|value| is_set(value) || value.starts_with(ERRNO_OF_GO))
    };
    // Delphi's `if E.LastError = Id_WSAETIMEDOUT then  // Socket Error # 10060`, C#'s `catch (SocketException ex) when (...)`.
    let is_condition = || {
        line.starts_with(b"if ") && (holds(line, b" then ") || behind.starts_with(b" then"))
            || (line.starts_with(b"catch (") || line.starts_with(b"} catch (")) && holds(line, b") when (")
    };
    // A date or a bracket begins most records.
    matches!(line.first(), Some(b'/' | b'#' | b'p' | b'c')) && begins()
        || line.starts_with(b"case ")
            && (line == b"case " && behind.starts_with(b":") || is_commented(line) || holds(line, b": return "))
        || behind == b";" && (line == b"return " || line == b"errno = ")
        || compared() && condition()
        || is_of_set()
        || is_constant()
        || is_condition()
}

/// What stands before the number of an error in Go.
const ERRNO_OF_GO: &[u8] = b"syscall.Errno(";

/// ` = 10054,`, `   = syscall.Errno(10054) // ...`: whether a name at the front of a line is given its number.
fn is_definition(behind: &[u8]) -> bool {
    let Some(value) = behind.trim_ascii_start().strip_prefix(b"= ") else { return false };
    let digits = value.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    digits == 5 && matches!(value[5..].trim_ascii_end(), b"" | b"," | b";") || value.starts_with(ERRNO_OF_GO)
}

/// `case 10054: // WSAECONNRESET`: whether a case is complete, and a comment begins.
fn is_commented(line: &[u8]) -> bool {
    [&b": //"[..], b": /*", b":  //", b":\t//"].iter().any(|sign| holds(line, sign))
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

/// `sock.h(88): warning C4005: 'WSAECONNRESET': macro redefinition`, `a.c:5:9: error: 'WSAEINTR' undeclared`: whether a
/// compiler speaks of a name, in quotes.
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
    let has = |word: &&[u8]| holds(line, word) || holds(behind, word);
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
