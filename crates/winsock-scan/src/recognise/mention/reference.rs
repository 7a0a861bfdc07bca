//! What speaks about codes: pages of help, tables, usage of programs, settings, counters.

use super::{Here, holds};

/// Whether the line speaks about the code and tells of no failure.
pub(super) fn is_reference(here: &Here<'_>) -> bool {
    let Here { line, behind, .. } = *here;
    is_news(line, behind)
        || is_of_metric(line, behind)
        || is_explained(behind)
        || is_supposed(here)
        || is_of_usage(line)
        || is_option(line)
        || is_looked_up(here)
        || is_entry(here.whole())
        || is_counter_of_none(behind)
        || is_choice(here)
        || is_setting(here)
        || is_of_self_test(here.whole())
        || matches!(here.verdict.code.value(), 997 | 10035) && is_pending(line, behind)
}

/// `What is new: error 10060 behind a proxy is fixed`, `v3.4.1: sender no longer treats WSAEWOULDBLOCK as fatal`, `v1.1.3 socket
/// error 10053 now has clear diagnostics`.
fn is_news(line: &[u8], behind: &[u8]) -> bool {
    const WAYS: [&[u8]; 4] = [b"What is new", b"What's new", b"elease notes", b"elease Notes"];
    #[rustfmt::skip]
    const ENDED: [&[u8]; 14] = [
        b"treats ", b"crashes ", b"exits ", b"fails ", b"hangs ", b"logs ", b"reports ", b"retries ", b"stops ", b"aborts ",
        b"loops ", b"drops ", b"returns ", b"throws ",
    ];
    const NO_LONGER: &[u8] = b" no longer ";
    let ended = memchr::memmem::rfind(line, NO_LONGER).map(|at| &line[at + NO_LONGER.len()..]);
    WAYS.iter().any(|way| holds(line, way))
        || ended.is_some_and(|verb| ENDED.iter().any(|known| verb.starts_with(known)))
        || begins_with_version(line) && (holds(line, b" now ") || holds(behind, b" now "))
}

/// `v1.1.3 `
fn begins_with_version(line: &[u8]) -> bool {
    let Some(version) = line.strip_prefix(b"v") else { return false };
    let length = version.iter().take(16).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    version[..length].contains(&b'.') && matches!(version.get(length), Some(b' ' | b':'))
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

/// `WSAECONNREFUSED (10061) usually means that nothing listens there`, `10060 means ...`, `10060 表示...`: whether a sentence
/// explains a code, as pages of help do.
fn is_explained(behind: &[u8]) -> bool {
    const SAYS: [&str; 25] = [
        " means ",
        " means\"",
        " is returned by ",
        " is caused by ",
        " typically occurs ",
        " usually occurs ",
        " commonly occurs ",
        " often occurs ",
        " generally occurs ",
        " mean?",
        " usually means ",
        " typically means ",
        " often means ",
        " points to ",
        " indicates that ",
        " is returned when ",
        " is reported when ",
        " occurs when ",
        " will not be ",
        " bedeutet",
        " signifie ",
        " significa ",
        " oznacza ",
        " означает",
        " 表示",
    ];
    let number = |rest: &[u8]| {
        let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        (digits == 5).then_some(digits)
    };
    let behind = match behind {
        [b')' | b'"' | b'\'' | b'`', rest @ ..] => rest,
        [b' ', b'(', rest @ ..] => match memchr::memchr(b')', &rest[..rest.len().min(24)]) {
            Some(close) => &rest[close + 1..],
            None => return false,
        },
        [b' ', b'=', b' ', rest @ ..] => match number(rest) {
            Some(digits) => &rest[digits..],
            None => return false,
        },
        _ => behind,
    };
    SAYS.iter().any(|says| behind.starts_with(says.as_bytes()))
}

/// `If the log says "[WinError 10061] ..."`, `Note: should the service report WSAEACCES`, `; set if you get 10054`, `retries
/// armed for WSAETIMEDOUT`, `codes such as 10061`, `not a single WSAECONNRESET`, `# ignore WSAECONNRESET here`: whether a
/// sentence only supposes that the code is told, or denies it.
fn is_supposed(here: &Here<'_>) -> bool {
    let line = here.line;
    const WAYS: [&[u8]; 5] = [b"If ", b"Should ", b"should the ", b"# ignore ", b"# Ignore "];
    const LEADS: [&[u8]; 6] =
        [b"Tip of the day", b"Knowledge: ", b"; ", b"Note: if ", b"exit status: ", b"exit codes: "];
    let note = memchr::memmem::rfind(line, b"Note: ").map_or(0, |at| at + b"Note: ".len());
    // SBCL's debugger begins its lines as comments do.
    let is_lead = |lead: &&[u8]| line.starts_with(lead) && !line.starts_with(b"; debugger invoked on ");
    WAYS.iter().any(|way| line[note..].starts_with(way))
        || LEADS.iter().any(is_lead)
        || is_shown(line)
        || holds(line, b" armed for ")
        // A page that WCF was given instead of an answer.
        || holds(line, b" bytes of the response were: ")
        || line.ends_with(b"\"What ")
        || is_example(line)
        || here.is_name() && [&b"not a single "[..], b" no ", b" not with "].iter().any(|none| line.ends_with(none))
}

/// `codes such as 10061`, `e.g. 10061 (WSAECONNREFUSED)`: whether a code, or its number before its name, is an example.
fn is_example(line: &[u8]) -> bool {
    let line = match line.strip_suffix(b" (") {
        Some([lead @ .., b'1', _, _, _, _]) => lead,
        _ => line,
    };
    [&b" such as "[..], b" e.g. "].iter().any(|example| line.ends_with(example))
}

/// `hint: if the till shows "Socket error 10061"`, `See the manual. If a log says 10060`: whether a sentence supposes that
/// somebody sees the code.
fn is_shown(line: &[u8]) -> bool {
    #[rustfmt::skip]
    const VERBS: [&[u8]; 10] = [
        b" shows ", b" says ", b" said ", b" reports ", b" contains ", b" displays ", b" see ", b" sees ", b" get ", b" logs ",
    ];
    const WAYS: [&[u8]; 8] = [b": if ", b": If ", b". If ", b"; if ", b"] If ", b": when ", b". When ", b"Fires when "];
    const LONGEST: usize = b"Fires when ".len();
    const MOST_BYTES: usize = 80;
    // Every code's line is asked: no more of it is looked at than a sentence may have.
    let near = &line[line.len().saturating_sub(MOST_BYTES + LONGEST)..];
    let begun = WAYS.iter().filter_map(|way| memchr::memmem::rfind(near, way).map(|at| at + way.len() - 1)).max();
    begun.is_some_and(|at| near.len() - at <= MOST_BYTES && VERBS.iter().any(|verb| holds(&near[at..], verb)))
}

/// `usage: wsaerr <number>; for example 'wsaerr 10061'`: whether a program says how it is called.
fn is_of_usage(line: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(line, b"sage: ") else { return false };
    let call = &line[at + b"sage: ".len()..];
    let name = call.iter().take(64).take_while(|byte| byte.is_ascii_graphic()).count();
    name > 0 && matches!(call[name..], [b' ', b'<' | b'[', ..])
}

/// `--fail-fast   exit with code 3 on WSAECONNREFUSED`: whether a program explains an option.
fn is_option(line: &[u8]) -> bool {
    let Some(option) = line.strip_prefix(b"--") else { return false };
    let name = option.iter().take(40).take_while(|byte| byte.is_ascii_graphic()).count();
    let word = option[name..]
        .strip_prefix(b" ")
        .map_or(0, |rest| 1 + rest.iter().take(16).take_while(|byte| byte.is_ascii_uppercase()).count());
    option.first().is_some_and(u8::is_ascii_lowercase) && option[name + word..].starts_with(b" ")
}

/// Whether a line is what a program that explains codes prints: the debugger's `Error code: (Win32) 0x274c (10060) - ...`,
/// err.exe's `# for decimal 10061 / hex 0x274d` and `WSAECONNREFUSED    winsock2.h`, PowerShell's
/// `[System.Net.Sockets.SocketError]10061`; or what was typed to look for it, `C:\\src>findstr /c:"WSAECONNRESET" *.c`.
fn is_looked_up(here: &Here<'_>) -> bool {
    let Here { line, behind, .. } = *here;
    line.starts_with(b"Error code: (Win32) ")
        || line.starts_with(b"# for decimal ")
        || behind.starts_with(b"  ") && behind.trim_ascii().ends_with(b".h")
        || line.ends_with(b"SocketError]")
        || is_search(line)
        || is_query(line, behind)
}

/// `search index=win ("WSAECONNRESET" OR "error 10061")`, `{"query":{"match_phrase":{"message":"No connection could ..."}}}`:
/// whether the code is part of what a store of logs was asked for.
fn is_query(line: &[u8], behind: &[u8]) -> bool {
    const ASKED: [&[u8]; 4] = [b"\"match_phrase\":{", b"\"match\":{", b"\"query_string\":{", b"\"wildcard\":{"];
    let is_of_choice = |rest: &[u8]| rest.starts_with(b"\" OR ") || rest.starts_with(b")\" OR ");
    let last = || memchr::memmem::rfind(line, b" OR \"").is_some_and(|at| line.len() - at < 48);
    let is_asked = || line.contains(&b'{') && ASKED.iter().any(|asked| holds(line, asked));
    is_of_choice(behind) || holds(line, b"search ") && last() || is_asked()
}

/// Whether a prompt stands before a tool that looks for what it is given.
fn is_search(line: &[u8]) -> bool {
    const TOOLS: [&[u8]; 8] =
        [b"findstr ", b"find ", b"grep ", b"rg ", b"sls ", b"Select-String ", b"net helpmsg ", b"err "];
    let prompted = line.get(1..3) == Some(b":\\") || line.starts_with(b"PS ");
    let Some(end) = memchr::memchr(b'>', &line[..line.len().min(200)]).filter(|_| prompted) else { return false };
    TOOLS.iter().any(|tool| line[end + 1..].trim_ascii_start().starts_with(tool))
}

/// `10054 WSAECONNRESET` alone in a line, `10048  WSAEADDRINUSE      The address is already in use.` in columns, the texts of
/// Windows' own reference, a resource `<data name="SocketError_10013" xml:space="preserve">`, a row of a page's or a database's
/// table: whether a line is an entry of a list of codes.
fn is_entry(line: &[u8]) -> bool {
    const SAYS: [&[u8]; 3] = [b"This normally results if", b"This usually results from", b"xml:space=\"preserve\""];
    if SAYS.iter().any(|says| holds(line, says)) || line.starts_with(b"INSERT INTO ") && holds(line, b" VALUES (1") {
        return true;
    }
    let line = line.trim_ascii_end();
    let start = parting(line);
    if is_legend(&line[start..]) {
        return true;
    }
    let number = line[start..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = parting(&line[start + number..]);
    let name = &line[start + number + sign..];
    let length = name.iter().take_while(|byte| byte.is_ascii_uppercase() || **byte == b'_').count();
    let rest = &name[length..];
    // `10054  WSAECONNRESET      17`: how often.
    let count = rest.trim_ascii_start();
    if !count.is_empty() && count.len() < rest.len() && count.iter().all(u8::is_ascii_digit) {
        return count == b"0";
    }
    let ends = rest.is_empty() || sign > 1 && (rest.starts_with(b"  ") || matches!(rest[0], b'\t' | b'<'));
    number == 5 && sign > 0 && name.starts_with(b"WSA") && ends
}

/// `10060 (WSAETIMEDOUT)  = nobody answered`: whether a line begins with a code, its name and what that is.
fn is_legend(line: &[u8]) -> bool {
    let name =
        line.get(5..).and_then(|rest| rest.strip_prefix(b" (WSA")).filter(|_| line[..5].iter().all(u8::is_ascii_digit));
    let close = name.and_then(|name| Some(&name[memchr::memchr(b')', &name[..name.len().min(24)])? + 1..]));
    close.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"= "))
}

/// How many bytes at the front of a text part one cell from the next: blanks, signs, `</td><td>`.
fn parting(text: &[u8]) -> usize {
    let mut length = 0;
    while let Some(byte) = text.get(length).filter(|byte| b" \t-:=|<".contains(byte)) {
        let tag = if *byte == b'<' { memchr::memchr(b'>', &text[length..]) } else { Some(0) };
        let Some(tag) = tag else { break };
        length += tag + 1;
    }
    length
}

/// `WSAECONNRESET=0`, `"10054":0`: whether something counts failures and has counted none.
fn is_counter_of_none(behind: &[u8]) -> bool {
    // `: 0 bytes received`
    let is_end = |rest: &[u8]| matches!(rest.first(), None | Some(b',' | b'}' | b';' | b'\r'));
    // `wsaerr[10054]=0`, `wsaeconnreset(10054)=0`
    let behind = match behind {
        [b'(', number @ ..] if number.get(5) == Some(&b')') => &number[5..],
        _ => behind,
    };
    let behind = behind.strip_prefix(b"]").or_else(|| behind.strip_prefix(b")")).unwrap_or(behind);
    let value = [&b"\":0"[..], b": 0", b"\": 0"].iter().find_map(|sign| behind.strip_prefix(*sign));
    value.is_some_and(is_end) || behind.strip_prefix(b"=0").is_some_and(|rest| is_end(rest) || rest.starts_with(b" "))
}

/// `(WSAECONNRESET|10054)`, `[10053, 10054, 10060]`, `(default: 10053,10054)`: whether a code is one of several, in an
/// expression or a setting.
fn is_choice(here: &Here<'_>) -> bool {
    let whole = here.whole();
    let (start, end) = (here.line.len(), whole.len() - here.behind.len());
    let is_of_code = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let run = |signs: &[u8]| {
        let is_part = |byte: &&u8| is_of_code(byte) || signs.contains(byte);
        let from = start - whole[..start].iter().rev().take(200).take_while(is_part).count();
        let to = end + whole[end..].iter().take(200).take_while(is_part).count();
        (from, to)
    };
    let is_code = |part: &[u8]| {
        let part = part.trim_ascii();
        part.starts_with(b"WSA") || part.len() == 5 && part.starts_with(b"1") && part.iter().all(u8::is_ascii_digit)
    };
    let are_codes = |(from, to): (usize, usize), sign: u8| {
        let mut parts = whole[from..to].split(|byte| *byte == sign);
        whole[from..to].contains(&sign) && parts.all(is_code)
    };
    let enclosed = |(from, to): (usize, usize), open: &[u8], close: &[u8]| {
        from > 0 && open.contains(&whole[from - 1]) && whole.get(to).is_some_and(|byte| close.contains(byte))
    };
    let (choice, list) = (run(b"|"), run(b", "));
    // `(10061|WSAECONNREFUSED)` tells one code twice.
    let is_pair = || {
        let mut parts = whole[choice.0..choice.1].split(|byte| *byte == b'|');
        let is_number = |part: Option<&[u8]>| part.is_some_and(|part| part.starts_with(b"1"));
        is_number(parts.next()) != is_number(parts.next()) && parts.next().is_none()
    };
    // `retry_on: [10053, 10054]`
    let is_value = whole[..list.0.saturating_sub(1)].trim_ascii_end().ends_with(b":") && !holds(whole, b"fail");
    // `transient.codes=10053,10054   # WSAECONNABORTED WSAECONNRESET`
    holds(here.line, b"codes=1")
        || are_codes(choice, b'|') && !is_pair() && enclosed(choice, b"(\"'", b")\\\"'")
        || are_codes(list, b',') && (enclosed(list, b"[", b"]") && is_value || whole[..list.0].ends_with(b"(default:"))
}

/// `ReconnectOnWsaError = 10054 (default)`, `retry_on = 10053,10054 ; # WSAECONNREFUSED (10061) is fatal`,
/// `transient_socket_errors = 10053, 10054`: whether a program tells how it is set.
fn is_setting(here: &Here<'_>) -> bool {
    const KEYS: [&[u8]; 8] =
        [b"retry_on", b"retry-on", b"retryOn", b"RetryOn", b"Retryable", b"ignore_", b"ransient_", b"_socket_errors"];
    let Here { line, behind, .. } = *here;
    let is_of_key = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let assigns = |at: usize| {
        let rest = &line[at..];
        let rest = rest[rest.iter().take(40).take_while(is_of_key).count()..].trim_ascii_start();
        rest.starts_with(b"=") || rest.starts_with(b":")
    };
    behind.starts_with(b" (default)")
        || !holds(line, b"fail") && KEYS.iter().any(|key| memchr::memmem::find(line, key).is_some_and(assigns))
}

/// `selftest errtext(10054) -> "WSAECONNRESET" PASS`: whether a test of the program's own tells that all is as it should be.
fn is_of_self_test(line: &[u8]) -> bool {
    [&b"selftest"[..], b"self-test", b"self test"].iter().any(|test| holds(line, test))
        && [&b" PASS"[..], b" passed"].iter().any(|end| holds(line, end))
}

/// `WSAGetLastError()=997 (WSA_IO_PENDING)`, `pending (WSA_IO_PENDING)`: whether a call goes on, and the line speaks of no
/// failure.
fn is_pending(line: &[u8], behind: &[u8]) -> bool {
    // `connect(10.90.1.4:6543) pending (WSAEWOULDBLOCK), established`
    let is_said = [&b" (WSA_IO_PENDING)"[..], b" (997)"].iter().any(|sign| behind.starts_with(sign))
        || line.ends_with(b"997 (")
        || line.ends_with(b"WSA_IO_PENDING (")
        || line.ends_with(b"pending (")
        || line.ends_with(b"posted, ");
    is_said && !holds(line, b"fail") && !holds(behind, b"fail")
}
