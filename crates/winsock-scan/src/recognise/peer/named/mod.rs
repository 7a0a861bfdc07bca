//! Names of hosts: behind words that introduce one, in URLs and keyed fields, and every `name:port`.

use super::last;
use super::port::{self, port_behind};
use super::{Candidate, Kind, MAX_CANDIDATES, is_name_byte};
use crate::recognise::blocks::{Blocks, bits};

mod dotted;
mod keyed;
mod words;

use words::{introduces, is_common_word, is_file_name, is_key};

/// Finds the names of hosts of a text. `hosts` are the ends of phrases that introduce one.
pub(super) fn find(
    text: &[u8],
    blocks: &Blocks,
    hosts: &[(usize, u8)],
    found: &mut Vec<Candidate>,
    refused: &mut bool,
) {
    let of_phrases = hosts.iter().filter_map(|(end, score)| {
        let score = i32::from(*score);
        introduced(text, *end, Introduction { score, to_bare_word: score >= 45 }, &mut *refused)
    });
    keep(found, of_phrases);
    keep(found, glued_names(text, blocks, &mut *refused));
    keep(found, urls(text, &mut *refused));
    keep(found, keyed::find(text, &mut *refused));
    keep(found, dotted::find(text, blocks, &mut *refused));
    keep(found, pairs(text, &mut *refused));
    keep(found, shares(text));
    keep(found, licence_servers(text, &mut *refused));
    keep(found, time_servers(text));
}

/// Whether a name belongs to the source or the keys of a program.
pub(super) fn is_of_code(name: &[u8]) -> bool {
    is_file_name(name) || is_key(name) || is_common_word(name) || words::is_of_program(name)
}

/// Whether the last word of a text leads to a machine: `server "`, `node=`, `connection to `. Of other words, `to` and `with`
/// lead to anything.
pub(super) fn leads_to_machine(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 11] = [
        b"server",
        b"host",
        b"peer",
        b"broker",
        b"node",
        b"remote",
        b"target",
        b"machine",
        b"device",
        b"controller",
        b"os",
    ];
    let cut = before.iter().rev().take(3).take_while(|byte| b" \"'([<:=`".contains(byte)).count();
    let before = &before[..before.len() - cut];
    let length = before.iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (before, word) = before.split_at(before.len() - length);
    let is = |known: &[u8]| word.eq_ignore_ascii_case(known);
    let connects = || memchr::memmem::find(&before[before.len().saturating_sub(16)..], b"onnect").is_some();
    cut > 0
        && !words::is_of_guest(before, word)
        && (WORDS.iter().any(|known| is(known)) || (is(b"to") || is(b"with")) && connects())
}

fn keep(found: &mut Vec<Candidate>, more: impl Iterator<Item = Candidate>) {
    let room = MAX_CANDIDATES.saturating_sub(found.len());
    found.extend(more.take(room));
}

/// What leads to a name.
#[derive(Clone, Copy, Debug)]
struct Introduction {
    /// How surely the name behind it is a host's.
    score: i32,
    /// Whether a word is a name that has neither dots nor quotes nor a port.
    to_bare_word: bool,
}

/// The name behind an introduction, which a blank, a quote or both may part from it.
fn introduced(text: &[u8], end: usize, introduction: Introduction, refused: &mut bool) -> Option<Candidate> {
    // `<resolve` in `resolver.hpp` introduces nothing.
    let inside =
        end > 0 && text[end - 1].is_ascii_alphanumeric() && text.get(end).is_some_and(u8::is_ascii_alphanumeric);
    if inside {
        return None;
    }
    let end_of_phrase = end;
    let mut start = end;
    // Python 2's `on u'localhost'`, and C's `GetAddrInfoW(L"db1"`.
    match text[end..] {
        [b' ', b'u', b'\'' | b'"', ..] => start += 2,
        [b'L', b'"', ..] => start += 1,
        _ => {}
    }
    if text[start..].starts_with("：".as_bytes()) {
        start += "：".len();
    }
    let end = start;
    while start < text.len() && start < end + 3 && matches!(text[start], b' ' | b'"' | b'\'' | b'(' | b'\\' | b'`') {
        start += 1;
    }
    let quoted = start > 0 && matches!(text[start - 1], b'"' | b'\'' | b'`');
    let scheme = text[..start].ends_with(b"//");
    if scheme {
        let head = &text[..start.saturating_sub(3)];
        if names_a_schema(head) || refers_to_page(head) {
            return None;
        }
        start += user_info(&text[start..]);
    } else {
        start += transport(&text[start..]);
    }
    if !text.get(start)?.is_ascii_alphanumeric() {
        return None;
    }
    let end = name_end(text, start);
    let name = &text[start..end];
    // The drive in `phar://C:/x`.
    if name.len() == 1 && matches!(text[end..], [b':', b'/' | b'\\', ..]) {
        return None;
    }
    // The module in `"target":"axum::serve"`.
    if matches!(text[end..], [b':', b':', b'a'..=b'z' | b'A'..=b'Z' | b'_', ..]) {
        return None;
    }
    let (port, all) = port_behind(text, start..end, refused);
    // `s.connect((resolved, 4506))`: a pair whose first part is a variable.
    if !quoted && text[..start].ends_with(b"((") {
        return None;
    }
    // `server at 'reading initial communication packet'`: a quote that goes on holds no name.
    if quoted
        && !scheme
        && port.is_none()
        && text.get(end) == Some(&b' ')
        && text.get(end + 1).is_some_and(u8::is_ascii_alphabetic)
    {
        return None;
    }
    let plain = name.contains(&b'.') || name.eq_ignore_ascii_case(b"localhost") || port.is_some();
    // `Connecting To mail01...` and `Verbindung zu SQL03` name machines, `connecting to something` need not.
    let bare = introduction.to_bare_word && words::is_bare_name(name, &text[all..])
        || introduction.score >= 40 && leads_to(&text[..end_of_phrase]) && last::is_numbered_machine(name);
    let fits = (plain || quoted || scheme || bare)
        && !is_common_word(name)
        && !words::is_of_program(name)
        && !words::is_constant(name)
        && name.iter().any(u8::is_ascii_alphabetic);
    // `at java.net.Socket.connect(Socket.java:579)`: the line of a source.
    let is_frame = || text[..start].ends_with(b"(") && text.get(all) == Some(&b')');
    if !fits || is_file_name(name) && (port.is_none() || is_frame()) && !scheme && !quoted || goes_on(text, end) {
        return None;
    }
    Some(Candidate { range: start..all, host: start..end, port, kind: Kind::Name, introduced: introduction.score })
}

/// Whether the last word of a phrase is a language's for "to", of a connection.
fn leads_to(phrase: &[u8]) -> bool {
    const WORDS: [&str; 9] = [" to", " zu", " mit", " met", " a", " à", " con", " к", " с"];
    WORDS.iter().any(|word| {
        phrase.len() > word.len() && phrase[phrase.len() - word.len()..].eq_ignore_ascii_case(word.as_bytes())
    })
}

/// The hosts of URLs of any scheme.
fn urls<'t>(text: &'t [u8], refused: &'t mut bool) -> impl Iterator<Item = Candidate> + 't {
    memchr::memmem::find_iter(text, b"://").filter_map(move |at| {
        let scheme = text[..at].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let scheme = &text[at - scheme..at];
        let score = match scheme.to_ascii_lowercase().as_slice() {
            b"" | b"file" | b"urn" => return None,
            b"http" | b"https" => 25,
            _ => 48,
        };
        introduced(text, at + 3, Introduction { score, to_bare_word: true }, refused)
    })
}

/// Whether a scheme begins the value of XML's `xmlns="` or `xsi:schemaLocation="`: a name that is written as a URL.
fn names_a_schema(head: &[u8]) -> bool {
    const LONGEST_NAME_BYTES: usize = 40;
    let scheme = head.iter().rev().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let head = &head[..head.len() - scheme];
    let value = head.strip_suffix(b"\"").or_else(|| head.strip_suffix(b"'"));
    let Some(head) = value.and_then(|head| head.strip_suffix(b"=")) else { return false };
    let bytes =
        head.iter().rev().take(LONGEST_NAME_BYTES).take_while(|byte| is_name_byte(**byte) || **byte == b':').count();
    let name = &head[head.len() - bytes..];
    name.starts_with(b"xmlns") || name.ends_with(b"chemaLocation")
}

/// Whether a scheme begins the address of a page for readers: `Hello from the community. https://...`, `see https://...`.
/// Behind a sentence that tells of a failure stands what failed: `Request failed. https://...`.
fn refers_to_page(head: &[u8]) -> bool {
    const LEADS: [&[u8]; 5] = [b"see ", b"See ", b"visit ", b"see: ", b"See: "];
    const FAILURES: [&[u8]; 8] = [b"ail", b"rror", b"nable", b"annot", b"not ", b"refused", b"timed out", b"closed"];
    let scheme = head.iter().rev().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let head = &head[..head.len() - scheme];
    let line = &head[memchr::memrchr(b'\n', head).map_or(0, |newline| newline + 1)..];
    let tells_failure = || FAILURES.iter().any(|word| memchr::memmem::find(line, word).is_some());
    let informs = || head.ends_with(b" at ") && memchr::memmem::find(line, b"ore information").is_some();
    LEADS.iter().any(|lead| head.ends_with(lead)) || head.ends_with(b". ") && !tells_failure() || informs()
}

/// How many bytes say only how the address is reached: `tcp:` of `tcp:db1,1433`, `ipv4:` of gRPC.
fn transport(rest: &[u8]) -> usize {
    let ways = [&b"tcp:"[..], b"udp:", b"ipv4:", b"ipv6:", b"dns:", b"os:"];
    let way = ways.into_iter().find(|way| rest.get(..way.len()).is_some_and(|head| head.eq_ignore_ascii_case(way)));
    way.filter(|way| !rest[way.len()..].starts_with(b"//")).map_or(0, <[u8]>::len)
}

/// How many bytes of a URL say who asks: `guest:secret@`.
fn user_info(rest: &[u8]) -> usize {
    let authority = rest.iter().take(96).take_while(|byte| !b"/ \"'\n\r?#,".contains(byte)).count();
    rest[..authority].iter().rposition(|byte| *byte == b'@').map_or(0, |at| at + 1)
}

/// `{'repo1', 443}`, `("db1", 5432)`: a name in quotes and a port, in brackets of their own.
fn pairs<'t>(text: &'t [u8], refused: &'t mut bool) -> impl Iterator<Item = Candidate> + 't {
    memchr::memchr_iter(b',', text).filter_map(move |comma| {
        let quote = *text.get(comma.checked_sub(1)?)?;
        let digit = matches!(text[comma..], [_, b' ', b'0'..=b'9', ..]);
        if !matches!(quote, b'\'' | b'"') || !digit {
            return None;
        }
        let end = comma - 1;
        let start = end - text[..end].iter().rev().take(64).take_while(|byte| is_name_byte(**byte)).count();
        // What a function is given, `buffer("EXIT", 4)`, is no pair.
        let opened = match text[..start] {
            [.., before, b'(', open] => open == quote && !is_name_byte(before),
            [.., b'(' | b'{' | b'[', open] => open == quote,
            _ => false,
        };
        let named = opened && text[start].is_ascii_alphabetic() && !words::is_of_program(&text[start..end]);
        let (port, all) = port_behind(text, start..end, refused);
        let closed = matches!(text.get(all), Some(b')' | b'}' | b']'));
        (named && closed && port.is_some()).then_some(Candidate {
            range: start..all,
            host: start..end,
            port,
            kind: Kind::Name,
            introduced: 22,
        })
    })
}

/// The machine of `\\machine\share`, its backslashes written once or twice.
fn shares(text: &[u8]) -> impl Iterator<Item = Candidate> + '_ {
    memchr::memmem::find_iter(text, br"\\").filter_map(|at| {
        let start = at + text[at..].iter().take(4).take_while(|byte| **byte == b'\\').count();
        let opened = at == 0 || matches!(text[at - 1], b' ' | b'"' | b'\'' | b'(' | b'[' | b'=' | b':' | b'<' | b'\n');
        let drive = at > 1 && text[at - 1] == b':' && text[at - 2].is_ascii_alphabetic();
        let end = start + text[start..].iter().take(64).take_while(|byte| is_name_byte(**byte)).count();
        // Without a share only what is written as machines are: `\\PLC7 failed`.
        let machine = end > start + 2
            && text[start..end].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'-')
            && matches!(text.get(end), None | Some(b' ' | b'\'' | b'"' | b',' | b')'));
        let shared = text.get(end) == Some(&b'\\') || machine;
        let named = text.get(start).is_some_and(u8::is_ascii_alphabetic) && shared;
        (opened && !drive && named).then_some(Candidate {
            range: start..end,
            host: start..end,
            port: None,
            kind: Kind::Name,
            introduced: 34,
        })
    })
}

/// `27000@lic1.example.org`, as licence managers write it; a port in front is never read again for another record.
fn licence_servers<'t>(text: &'t [u8], refused: &'t mut bool) -> impl Iterator<Item = Candidate> + 't {
    memchr::memchr_iter(b'@', text).filter_map(move |at| {
        let digits = text[..at].iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        let start = at - digits;
        let end = name_end(text, at + 1);
        let named = text.get(at + 1).is_some_and(u8::is_ascii_alphabetic) && end > at + 2;
        *refused |= digits > 0;
        let port = port::of_licence(&text[..at]).filter(|_| named)?;
        Some(Candidate { range: start..end, host: at + 1..end, port: Some(port), kind: Kind::Name, introduced: 22 })
    })
}

/// `'ntp1.example.org,0x9'`, as the time service of Windows names a server with its flags, in any language.
fn time_servers(text: &[u8]) -> impl Iterator<Item = Candidate> + '_ {
    memchr::memmem::find_iter(text, b",0x").filter_map(|comma| {
        let flags = text[comma + 3..].iter().take(3).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let closed = !text.get(comma + 3 + flags).is_some_and(|byte| is_name_byte(*byte));
        let start = comma - text[..comma].iter().rev().take(255).take_while(|byte| is_name_byte(**byte)).count();
        let named = text[start].is_ascii_alphabetic() && comma > start + 2;
        let opened = start > 0 && matches!(text[start - 1], b'\'' | b'"' | b' ' | 0x80..);
        ((1..3).contains(&flags) && closed && named && opened).then_some(Candidate {
            range: start..comma + 3 + flags,
            host: start..comma,
            port: None,
            kind: Kind::Name,
            introduced: 60,
        })
    })
}

/// Whether a text holds a name that can only be a machine's, with a port.
pub(super) fn holds_endpoint(text: &[u8], blocks: &Blocks, refused: &mut bool) -> bool {
    let is_machine = |candidate: Candidate| {
        let name = &text[candidate.host];
        name.iter().any(|byte| matches!(byte, b'.' | b'-' | b'0'..=b'9')) || name.eq_ignore_ascii_case(b"localhost")
    };
    glued_names(text, blocks, refused).any(is_machine)
}

/// Every `name:port`.
fn glued_names<'t>(text: &'t [u8], blocks: &'t Blocks, refused: &'t mut bool) -> impl Iterator<Item = Candidate> + 't {
    let colons = blocks.places().flat_map(|place| {
        bits(place.here.colon & place.behind(|block| block.name)).map(move |bit| place.base + bit as usize)
    });
    colons
        .filter(|colon| text.get(colon + 1).is_some_and(u8::is_ascii_digit))
        .filter_map(move |colon| glued(text, colon, refused))
}

/// `name:port` around its colon.
fn glued(text: &[u8], colon: usize, refused: &mut bool) -> Option<Candidate> {
    let lowest = colon.saturating_sub(255);
    let mut start = colon;
    while start > lowest && is_name_byte(text[start - 1]) {
        start -= 1;
    }
    // `\nname:1` with the line break written out.
    let broken = start > 0 && text[start - 1] == b'\\' && matches!(text[start], b'n' | b'r' | b't');
    start += usize::from(broken);
    let before = if start == 0 || broken { b'\n' } else { text[start - 1] };
    let name = &text[start..colon];
    if !name.first()?.is_ascii_alphabetic() {
        return None;
    }
    let (port, all) = port_behind(text, start..colon, refused);
    port?;
    if is_file_name(name)
        || is_key(name)
        || words::is_label(name)
        // Boost's categories of errors: `websocketpp.transport:2`, `asio.misc:2`.
        || name.starts_with(b"websocketpp.")
        || name.starts_with(b"asio.")
        // Logback's `i.l.core.protocol.CommandHandler:217`: a class and a line of it.
        || words::ends_with_class(name) && !introduces(&text[..start])
        || words::is_logger(&text[..start], name)
        // Loguru's `bridge.udp:push:57`: module, function and line.
        || before == b':' && start > 1 && is_name_byte(text[start - 2]) && text[all..].starts_with(b" - ")
        // `sip:1001@pbx1`: who, not where.
        || text.get(all) == Some(&b'@')
        || text.get(all) == Some(&b':') && text.get(all + 1).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    let whole = name.contains(&b'.') || name.eq_ignore_ascii_case(b"localhost");
    let score = match before {
        b'>' if start >= 2 && text[start - 2] == b'-' => 60,
        b'(' | b'\n' => 30,
        b'@' => 34,
        b'/' if words::ends_with_family(&text[..start - 1]) => 40,
        // Bacula's `Storage daemon:backup01:9103`.
        b':' if words::ends_with_transport(&text[..start - 1]) || text[..start].ends_with(b" daemon:") => 40,
        // `AutoReconnect: db1:27017: text`.
        b' ' if text[..start].ends_with(b": ") && text[all..].starts_with(b": ") => 14,
        // `подключиться к серверу db1:5432`: numbers of programs stand behind English words.
        b' ' if is_foreign(&text[..start - 1]) && last::is_numbered_machine(name) => 14,
        b' ' if !whole && !introduces(&text[..start]) => return None,
        b'[' | b'"' | b'\'' | b' ' | b'<' | b'`' | b',' | b'\t' => 14,
        0x80.. => 20,
        _ => return None,
    };
    Some(Candidate { range: start..all, host: start..colon, port, kind: Kind::Name, introduced: score })
}

/// Whether the last word of a text has letters that English lacks.
fn is_foreign(text: &[u8]) -> bool {
    text.iter().rev().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).any(|byte| *byte >= 0x80)
}

fn name_end(text: &[u8], start: usize) -> usize {
    let mut end = start + text[start..].iter().take(255).take_while(|byte| is_name_byte(**byte)).count();
    // `Connecting to db1...failed`
    if let Some(dots) = memchr::memmem::find(&text[start..end], b"..") {
        end = start + dots.max(1);
    }
    while end > start + 1 && matches!(text[end - 1], b'.' | b'-' | b'_') {
        end -= 1;
    }
    end
}

/// Followed by a path, a call or a scheme's mark it is no host: `socket.connect(`, `net.tcp://`; but `mq1(1414)` is.
fn goes_on(text: &[u8], end: usize) -> bool {
    if text.get(end) == Some(&b'(') && port::in_brackets(text, end + 1).is_some() {
        return false;
    }
    matches!(text.get(end), Some(b'(' | b'\\' | b'=')) && !text[end..].starts_with(b"\\")
        || text[end..].starts_with(b"://")
        || text[end..].starts_with(b"[]")
}
