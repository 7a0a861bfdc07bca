//! The port that belongs to an address, in the ways of writing it that exist.

use crate::recognise::judge::counts_something;
use crate::recognise::left::without_wide_sign;

/// How far behind an address its port is looked for, and over how many words and fields.
const FAR_BYTES: usize = 120;
const FAR_WORDS: usize = 6;

/// The port behind an address, and the end of it. `refused` is set if it depends on more than which bytes are digits: a
/// number is too large, or the port stands further away than what belongs to the address.
pub(super) fn port_behind(text: &[u8], host: std::ops::Range<usize>, refused: &mut bool) -> (Option<u16>, usize) {
    let end = host.end;
    let found = glued(text, &host).or_else(|| next_column(text, &host)).or_else(|| behind_comma(text, host));
    let found = found.or_else(|| named(text, end));
    if let Some((digits, all)) = found
        && let Some(port) = of_thousands(text, digits, all)
    {
        *refused = true;
        return (Some(port), all + 4);
    }
    if let Some((digits, all)) = found
        && let Some(port) = small(&text[digits..all], u32::from(u16::MAX), refused)
    {
        return (Some(port), all);
    }
    let further = port_further(text, end);
    *refused |= further.is_some();
    (further, end)
}

/// `port 50,000`: Java's formats write ports with a comma after the thousands. In `ports 25,110` they are two.
fn of_thousands(text: &[u8], digits: usize, all: usize) -> Option<u16> {
    let further = text[all..].strip_prefix(b",")?;
    let three = further.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count() == 3;
    if !three || all - digits > 2 || further.get(3) == Some(&b',') || !text[..digits].ends_with(b"port ") {
        return None;
    }
    small(&[&text[digits..all], &further[..3]].concat(), 0xFFFF, &mut false)
}

/// `:443`, `::443`, `/50123`, `#443`, `|443`, `]:443`: where the digits begin and end.
fn glued(text: &[u8], host: &std::ops::Range<usize>) -> Option<(usize, usize)> {
    let end = host.end;
    let rest = &text[end..];
    match rest {
        [b'[', ..] => return bracketed(text, end + 1),
        [b')', b' ', b'(', ..] => return in_brackets(text, end + 3),
        // IBM MQ's `host db1 (10.0.0.5)(1414)`.
        [b')', b'(', ..] => return in_brackets(text, end + 2),
        // `db1.corp.local(10.0.0.5):1433`
        [b')', b':', b'0'..=b'9', ..] => return digits_at(text, end + 2),
        // PostgreSQL's `%r`, and what IRC clients write.
        [b'(', ..] => return in_brackets(text, end + 1),
        [b' ', b'(', ..] => return in_brackets(text, end + 2),
        _ => {}
    }
    let oracle = rest.starts_with(b" ") && text[..host.start].ends_with(b" /");
    let quote = text[..host.start].last().copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let sign = match rest {
        // Haskell's `"db1" 80 False`.
        [end, b' ', digit, ..] if Some(*end) == quote && digit.is_ascii_digit() => {
            return digits_at(text, host.end + 2).filter(|(from, to)| is_port_not_code(&text[*from..*to]));
        }
        // Synapse's `('10.0.0.9','7001')`.
        [end, b',', again, digit, ..] if Some(*end) == quote && again == end && digit.is_ascii_digit() => {
            return digits_at(text, host.end + 3).filter(|(_, all)| text.get(*all) == Some(end));
        }
        // VMware's `<TCP '10.0.0.5 : 443'>`.
        [b' ', b':', b' ', ..] if text[..host.start].ends_with(b"<TCP '") => {
            return digits_at(text, end + 3).filter(|(_, all)| text.get(*all) == Some(&b'\''));
        }
        // The thin driver's `/10.0.0.5 1521 0 1 true`.
        [b' ', ..] if oracle => 1,
        [b' ', digit, ..] if digit.is_ascii_digit() => return behind_blank(text, host, end + 1),
        [b' ', b'o', b'n', b' ', digit, ..] if digit.is_ascii_digit() => return behind_blank(text, host, end + 4),
        // PowerShell's `TCP connect to (10.0.0.5 : 3389) failed`.
        [b' ', b':', b' ', ..] if text[..host.start].ends_with(b"(") => {
            return digits_at(text, end + 3).filter(|(_, all)| text.get(*all) == Some(&b')'));
        }
        // Failover clusters write `10.0.0.5:~3343~`.
        [b':', b'~', ..] => 2,
        [b':', b':', ..] | [b']' | b'|', b':', ..] => 2,
        // libp2p's `/ip4/10.0.0.5/tcp/4001`.
        _ if rest.starts_with(b"/tcp/") || rest.starts_with(b"/udp/") => 5,
        // The wide colon of Chinese keyboards.
        [0xEF, 0xBC, 0x9A, ..] => 3,
        [b':' | b'/' | b'#' | b'|', ..] => 1,
        _ => return None,
    };
    let (digits, all) = digits_at(text, end + sign)?;
    // 10.0.0.0/24 is a network, not a port; `a|10054|b` are columns.
    let short = rest[0] == b'/' && all - digits < 3;
    let column = rest[0] == b'|' && text.get(all) == Some(&b'|');
    (!short && !column).then_some((digits, all))
}

/// `10.0.0.1[500]`, `db1 (10.0.0.1) (1414)`: in brackets of its own.
fn bracketed(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let (digits, all) = digits_at(text, at)?;
    matches!(text.get(all), Some(b']' | b')')).then_some((digits, all))
}

/// Whether digits are a port that nobody would take for a code.
pub(super) fn is_port_not_code(digits: &[u8]) -> bool {
    small(digits, 0xFFFF, &mut false).is_some_and(|value| !matches!(value, 0..20 | 10_004..11_100))
}

/// `10.0.0.1(53117)`, `irc.example.net (6667)`; but `db1 (10061)` is a code, `db1 (111)` a number of another system's, and
/// MySQL's clients count from 2000 on.
pub(super) fn in_brackets(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let (digits, all) = bracketed(text, at).filter(|(_, all)| text[*all] == b')')?;
    let value = small(&text[digits..all], 0xFFFF, &mut false)?;
    (!matches!(value, 0..1024 | 2000..2100 | 10_004..11_100)).then_some((digits, all))
}

/// `peer 10.0.0.5 8080 closed`, `10.0.0.5 8080 recv failed`, `connect to 10.0.0.5 on 443`: behind a number that a word leads
/// to, or a line begins with; behind a name only in `connect to db1 5432`.
fn behind_blank(text: &[u8], host: &std::ops::Range<usize>, at: usize) -> Option<(usize, usize)> {
    const VERBS: [&[u8]; 6] = [b"connect", b"telnet", b"from", b"with", b"socket", b"peer"];
    const WAYS: [&[u8]; 4] = [b"onnect to ", b"onnect() to ", b"onnecting to ", b"telnet "];
    let before = &text[..host.start];
    let numeric = is_numeric(&text[host.clone()]) || WAYS.iter().any(|way| before.ends_with(way));
    let word = trimmed(before);
    let word = &word[word.len() - word.iter().rev().take_while(|byte| is_key_byte(**byte)).count()..];
    let leads = before.last().is_none_or(|byte| *byte == b'\n')
        || is_enclosed(text, host)
        || before.ends_with(b" ")
            && (leads_to_address(word) || VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb)));
    let (digits, all) = digits_at(text, at).filter(|_| numeric && leads)?;
    let value = small(&text[digits..all], 0xFFFF, &mut false)?;
    // A year, and what has a unit behind it, are no ports.
    let usual = !matches!(value, 0..20 | 1990..2100 | 10_004..11_100) && !counts_something(text, &(digits..all));
    let closed = matches!(text.get(all), None | Some(b' ' | b',' | b';' | b')' | b']' | b'>' | b'\n' | b'\r'))
        || text[all..].starts_with(b": ");
    (usual && closed).then_some((digits, all))
}

/// `<10.0.0.5 8080>`: whether brackets hold an address and one number.
fn is_enclosed(text: &[u8], host: &std::ops::Range<usize>) -> bool {
    let close = match text[..host.start].last() {
        Some(b'<') => b'>',
        Some(b'[') => b']',
        Some(b'(') => b')',
        _ => return false,
    };
    digits_at(text, host.end + 1).is_some_and(|(_, all)| text.get(all) == Some(&close))
}

/// `,5672}` behind the tuple of an address.
pub(super) fn in_tuple(text: &[u8], end: usize) -> Option<(usize, usize)> {
    let rest = text[end..].strip_prefix(b",")?;
    let (digits, all) = digits_at(text, text.len() - rest.strip_prefix(b" ").unwrap_or(rest).len())?;
    matches!(text.get(all), Some(b'}' | b',' | b']')).then_some((digits, all))
}

/// `,10.0.0.5,5672,`: columns of an address and its port. Numbers that mostly are something else are none.
fn next_column(text: &[u8], host: &std::ops::Range<usize>) -> Option<(usize, usize)> {
    const KNOWN: [u16; 18] = [21, 22, 23, 25, 53, 80, 102, 110, 143, 389, 443, 445, 465, 502, 587, 636, 993, 995];
    let address = &text[host.clone()];
    let numeric = is_numeric(address);
    let before = &text[..host.start];
    let (before, quote) = before.strip_suffix(b"\"").map_or((before, 0), |before| (before, 1));
    let sign = before.last().copied().unwrap_or(b'\n');
    let rest = text[host.end..].get(quote..)?;
    let parted = match sign {
        b',' | b';' | b'\t' => rest.first() == Some(&sign),
        b' ' if before.ends_with(b"| ") => return next_cell(text, host.end),
        b'\n' => matches!(rest.first(), Some(b',' | b';' | b'\t')),
        _ => false,
    };
    if !numeric || !parted {
        return None;
    }
    // `"10.0.0.5",9100`: numbers need no quotes.
    let port_quote = usize::from(quote == 1 && rest.get(1) == Some(&b'"'));
    let (digits, all) = digits_at(text, host.end + 1 + quote + port_quote)?;
    let closed = matches!(text.get(all), None | Some(b',' | b';' | b'\t' | b'"' | b'\n' | b'\r'));
    let value = small(&text[digits..all], 0xFFFF, &mut false)?;
    let usual = KNOWN.contains(&value) || value >= 1024 && !matches!(value, 10_004..11_100);
    (closed && usual).then_some((digits, all))
}

/// ` | 443  | ...`: the next cell of a table with frames.
fn next_cell(text: &[u8], end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..];
    let blanks = rest.iter().take(64).take_while(|byte| **byte == b' ').count();
    let (digits, all) = rest[blanks..].starts_with(b"| ").then(|| digits_at(text, end + blanks + 2))??;
    let behind = text[all..].trim_ascii_start();
    let value = small(&text[digits..all], 0xFFFF, &mut false)?;
    (behind.starts_with(b"|") && value > 0 && !matches!(value, 10_004..11_100)).then_some((digits, all))
}

/// `('10.0.0.1', 443)`, `Server=tcp:db,1433;`: behind a comma, if a bracket, a quote or a key stands before the address.
fn behind_comma(text: &[u8], host: std::ops::Range<usize>) -> Option<(usize, usize)> {
    let before = &text[host.start.saturating_sub(4)..host.start];
    let quote = before.last().copied().filter(|byte| matches!(byte, b'\'' | b'"'));
    let mut at = host.end;
    if quote.is_some() && text.get(at).copied() == quote {
        at += 1;
        // The quote of a tuple's first part; in `'a', 'b'` it ends a word of its own. Visual Basic's calls have no brackets:
        // `sock.Open "10.0.0.1", 443`.
        let first = before.iter().rev().nth(1);
        first.filter(|byte| matches!(byte, b'(' | b'[' | b'{') || **byte == b' ' && is_numeric(&text[host.clone()]))?;
    } else if quote.is_none()
        && !matches!(before.last()?, b'(' | b'=' | b':')
        && !before.ends_with(b"to ")
        // JavaMail's `host, port: mail1, 25;`.
        && !before.ends_with(b"rt: ")
    {
        return sql_port(text, host);
    }
    if text.get(at) != Some(&b',') {
        return None;
    }
    at += 1 + usize::from(text.get(at + 1) == Some(&b' '));
    // `WSAConnectByName("db1.example.net", "443")`.
    at += usize::from(quote.is_some() && text.get(at).copied() == quote);
    let (digits, all) = digits_at(text, at)?;
    let closed = matches!(
        text.get(all),
        None | Some(b')' | b']' | b'}' | b',' | b';' | b'\'' | b'"' | b' ' | b'\n' | b'\r' | b'\\')
    ) || matches!(text[all..], [b'.'] | [b'.', b' ' | b'\n' | b'\r', ..]);
    // Snap7's `Cli_ConnectTo(192.0.2.1,0,2)` names a rack and a slot.
    (closed && text[digits..all] != *b"0").then_some((digits, all))
}

fn is_numeric(host: &[u8]) -> bool {
    host.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

/// `sql3.example.net,1433 failed`: SQL Server's way, where no column goes on behind it.
fn sql_port(text: &[u8], host: std::ops::Range<usize>) -> Option<(usize, usize)> {
    let named = text[host.clone()].contains(&b'.') && text[host.start].is_ascii_alphabetic();
    let alone = text[..host.start].ends_with(b" ") && text.get(host.end) == Some(&b',');
    let (digits, all) = digits_at(text, host.end + 1).filter(|_| named && alone)?;
    let closed = matches!(text.get(all), None | Some(b' ' | b'\n' | b'\r' | b')'));
    (closed && is_port_not_code(&text[digits..all])).then_some((digits, all))
}

/// `, port 443`, `" (port=443`, `","user":"u","remote_port":443`, ` on TCP port 445`: behind a word that says port, with
/// little words and other fields between. A line ends the search.
fn named(text: &[u8], end: usize) -> Option<(usize, usize)> {
    const BETWEEN: &[u8] = b" \t\"'),;](\\{}[&?|";
    let rest = &text[end..text.len().min(end + FAR_BYTES)];
    let mut at = 0;
    for _ in 0..FAR_WORDS {
        at += rest[at..].iter().take_while(|byte| BETWEEN.contains(byte)).count();
        // The next line, if it is indented.
        if matches!(rest[at..], [b'\n', b' ' | b'\t', ..]) {
            at += 1 + rest[at + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        }
        // `<RemoteHost>10.0.0.5</RemoteHost><RemotePort>443</RemotePort>`.
        if rest[at..].starts_with(b"</") {
            at += rest[at..].windows(2).position(|two| two == b"><")? + 2;
        }
        let mut word = rest[at..].iter().take_while(|byte| is_key_byte(**byte)).count();
        // A key of two words: `Server Response: ''`.
        if word > 0 && rest.get(at + word) == Some(&b' ') && !names_port(&rest[at..at + word]) {
            let second = rest[at + word + 1..].iter().take_while(|byte| is_key_byte(**byte)).count();
            let end = at + word + 1 + second;
            word += if second > 0 && rest.get(end) == Some(&b':') && rest.get(end + 1) == Some(&b' ') {
                second + 1
            } else {
                0
            };
        }
        let key = &rest[at..at + word];
        at += word;
        // OpenTelemetry's `{"key":"network.peer.port","value":{"intValue":"8883"}}`.
        if key == b"key" && rest[at..].starts_with(b"\":\"") {
            at += b"\":\"".len();
            continue;
        }
        if names_port(key) {
            if rest[at..].starts_with(b"\",\"value\":{\"") {
                at += rest[at + 1..].iter().take(32).position(|byte| byte.is_ascii_digit())?;
                return digits_at(text, end + at + 1);
            }
            at += [&b" number"[..], b" name"]
                .iter()
                .find(|word| rest[at..].starts_with(word))
                .map_or(0, |word| word.len());
            let mut between = rest[at..].iter().take(5).take_while(|byte| b" :=#'\"(\\,>[".contains(byte)).count();
            between += wrapper(&rest[at + between..]);
            // `port` right before a number, not `portable`, not `the port was closed`; `ポート5432` needs no blank.
            let unspaced = key.last().is_some_and(|byte| *byte >= 0x80);
            return (between > 0 || unspaced).then(|| digits_at(text, end + at + between)).flatten();
        }
        let quote = rest[at..].iter().take(2).take_while(|byte| matches!(byte, b'"' | b'\'' | b'\\')).count();
        if word > 0 && matches!(rest.get(at + quote), Some(b'=' | b':')) {
            // The field of another address, with a port of its own.
            if leads_to_address(key) {
                return None;
            }
            at = field_end(rest, at + quote + 1)?;
        } else if word == 0 || !is_small_word(key) {
            return None;
        }
    }
    None
}

/// How many bytes say that there is a value: Rust's `Some(9200)`, Haskell's `Just "443"`.
pub(super) fn wrapper(rest: &[u8]) -> usize {
    let known = [&b"Some("[..], b"Just \"", b"Just "].into_iter().find(|word| rest.starts_with(word));
    known.map_or(0, <[u8]>::len)
}

/// Where the value of a field ends.
fn field_end(rest: &[u8], at: usize) -> Option<usize> {
    let value = rest.get(at..)?;
    let blank = value.iter().take_while(|byte| matches!(byte, b' ' | b'\\')).count();
    let quoted = value.get(blank).filter(|byte| matches!(byte, b'"' | b'\''));
    let length = match quoted {
        Some(quote) => blank + 2 + value[blank + 1..].iter().position(|byte| byte == quote)?,
        None => blank + value[blank..].iter().take_while(|byte| !b" ,;}&\n\r\"".contains(byte)).count(),
    };
    (length > blank).then_some(at + length)
}

fn is_small_word(word: &[u8]) -> bool {
    const WORDS: [&str; 25] = [
        "on", "at", "tcp", "udp", "using", "via", "over", "and", "the", "its", "remote", "tcp/ip", "in", "auf", "am",
        "op", "sur", "le", "en", "el", "na", "no", "sulla", "på", "на",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

/// `port 445 on 10.0.0.5`, `"remote_port":443,"remote_addr":"10.0.0.5"`: a port before the address.
pub(super) fn port_before(text: &[u8], start: usize) -> Option<u16> {
    let mut head = &text[start.saturating_sub(64)..start];
    if let Some(before) = head.strip_suffix(b"@") {
        return of_licence(before);
    }
    for _ in 0..4 {
        head = trimmed(head);
        let digits = head.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            let before = trimmed(&head[..head.len() - digits]);
            let key = before.iter().rev().take_while(|byte| is_key_byte(**byte)).count();
            let value = &head[head.len() - digits..];
            let whole = before.len() + digits < head.len();
            return (whole && names_port(&before[before.len() - key..])).then(|| small(value, 0xFFFF, &mut false))?;
        }
        let word = head.iter().rev().take_while(|byte| is_key_byte(**byte)).count();
        let (before, word) = head.split_at(head.len() - word);
        if word.is_empty() || !leads_to_address(word) {
            return None;
        }
        head = before;
    }
    None
}

/// The port at the end of a text, `27000` of the licence manager's `27000@10.0.0.5`; none if it may be who rather than where.
pub(super) fn of_licence(before: &[u8]) -> Option<u16> {
    let digits = before.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let (before, port) = before.split_at(before.len() - digits);
    let alone = before.last().is_none_or(|byte| !(super::is_name_byte(*byte) || matches!(byte, b':' | b'/' | b'#')));
    small(port, 0xFFFF, &mut false).filter(|_| digits > 2 && alone)
}

fn trimmed(head: &[u8]) -> &[u8] {
    let cut = head.iter().rev().take_while(|byte| b" \"'=:(,;[\\#".contains(byte)).count();
    &head[..head.len() - cut]
}

fn leads_to_address(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] = [b"on", b"of", b"at", b"for", b"the", b"to"];
    const ENDS: [&[u8]; 20] = [
        b"host",
        b"ip",
        b"addr",
        b"address",
        b"server",
        b"name",
        b"peer",
        b"machine",
        b"src",
        b"source",
        b"dst",
        b"dest",
        b"destination",
        b"local",
        b"remote",
        b"endpoint",
        b"node",
        b"client",
        b"target",
        b"broker",
    ];
    let ends = |end: &&[u8]| word.len() >= end.len() && word[word.len() - end.len()..].eq_ignore_ascii_case(end);
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) || ENDS.iter().any(ends)
}

/// One to five digits at a place, where nothing goes on that belongs to the number.
pub(super) fn digits_at(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let digits = text.get(at..)?.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let all = at + digits;
    let closed = text.get(all).is_none_or(|byte| {
        let decimal = *byte == b'.' && text.get(all + 1).is_some_and(u8::is_ascii_digit);
        !byte.is_ascii_alphanumeric() && !decimal
    });
    (digits > 0 && closed).then_some((at, all))
}

pub(super) fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.' | b'/') || byte >= 0x80
}

/// A key such as `port`, `remotePort` or `dpt`, of the other end.
pub(super) fn names_port(key: &[u8]) -> bool {
    const OWN: [&[u8]; 6] = [b"local", b"src", b"source", b"listen", b"bind", b"export"];
    const ENDS: [&str; 13] = [
        "port",
        "dpt",
        "service",
        "puerto",
        "porta",
        "poort",
        "порт",
        "порту",
        "端口",
        "連接埠",
        "ポート",
        "ポート番号",
        "포트",
    ];
    // `端口：7100`, with the wide colon of Chinese keyboards.
    let key = without_wide_sign(key);
    let begins = |word: &&[u8]| key.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let ends =
        |word: &&str| key.len() >= word.len() && key[key.len() - word.len()..].eq_ignore_ascii_case(word.as_bytes());
    ENDS.iter().any(ends) && !OWN.iter().any(begins)
}

/// libpq: `"localhost" (127.0.0.1) and accepting\n\tTCP/IP connections on port 5432?`
fn port_further(text: &[u8], end: usize) -> Option<u16> {
    const WAY: &[u8] = b"connections on port ";
    let near = &text[end..text.len().min(end + 64)];
    if ![&b") and accepting"[..], b"\" and accepting"].iter().any(|way| near.starts_with(way)) {
        return None;
    }
    let at = memchr::memmem::find(near, WAY)? + WAY.len();
    let digits = text[end + at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[end + at..end + at + digits]).ok()?.parse().ok()
}

/// A number of at most six digits, none if there is none or it is larger than `most`; `refused` is set then.
pub(super) fn small(digits: &[u8], most: u32, refused: &mut bool) -> Option<u16> {
    if digits.is_empty() || digits.len() > 6 {
        return None;
    }
    let value = digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
    *refused |= value > most;
    (value <= most).then_some(value as u16)
}
