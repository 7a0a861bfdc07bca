//! Names of hosts in fields: `peer=db1:5432`, `"remote_host":"db1"`, `Data Source=tcp:db1,1433;`.

use super::super::Candidate;
use super::{Introduction, introduced};

/// Ends of keys that say whose address a field holds; the first ones speak of the other end.
const REMOTE: [&str; 11] =
    ["remote", "peer", "target", "dst", "dest", "destination", "server", "upstream", "endpoint", "raddr", "broker"];
const ANY: [&str; 22] = [
    "host",
    "hostname",
    "addr",
    "address",
    "ip",
    "node",
    "uri",
    "url",
    "authority",
    "client",
    "data source",
    "datasource",
    "gateway",
    "machine",
    "serveur",
    "servidor",
    "ホスト",
    "ホスト名",
    "サーバー",
    "主机",
    "服务器",
    "서버",
];

/// Keys of this end.
const OWN: [&str; 6] = ["local", "listen", "bind", "src", "self", "laddr"];

/// The hosts in the fields of a record.
pub(super) fn find<'t>(text: &'t [u8], refused: &'t mut bool) -> impl Iterator<Item = Candidate> + 't {
    memchr::memchr3_iter(b'=', b':', b'>', text).filter_map(move |sign| {
        if text[sign] == b'>' && !is_element(&text[..sign]) {
            return None;
        }
        let quoted = sign > 0 && matches!(text[sign - 1], b'"' | b'\'');
        if text[sign] == b':' && !quoted {
            return None; // phrases know `host: name`
        }
        let key = if text[sign] == b'>' { without_quote(&text[..sign]).map_or(sign, <[u8]>::len) } else { sign };
        let score = score(key_before(text, key))?;
        introduced(text, sign + 1, Introduction { score, to_bare_word: true }, refused)
            .filter(|candidate| text[candidate.host.start].is_ascii_alphabetic() || candidate.port.is_some())
    })
}

/// A text without the quote that it ends with.
fn without_quote(text: &[u8]) -> Option<&[u8]> {
    text.strip_suffix(b"\"").or_else(|| text.strip_suffix(b"'"))
}

/// Whether the name of an element of XML ends there: `<RemoteHost`, `<Data Name="RemoteHost"`, wevtutil's
/// `<Data Name='RemoteHost'`.
fn is_element(before: &[u8]) -> bool {
    if let Some(named) = without_quote(before) {
        let name = named.iter().rev().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        return without_quote(&named[..named.len() - name]).is_some_and(|head| head.ends_with(b" Name="));
    }
    let name = before.iter().rev().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    name > 0 && before[..before.len() - name].ends_with(b"<")
}

/// The key that ends at a sign: its letters, with one blank inside at most.
fn key_before(text: &[u8], sign: usize) -> &[u8] {
    let quotes =
        text[..sign].iter().rev().take(2).take_while(|byte| matches!(byte, b'"' | b'\'' | b'\\' | b' ')).count();
    let end = sign - quotes;
    let mut blanks = 0;
    let length = text[..end].iter().rev().take(32).take_while(|byte| {
        blanks += usize::from(**byte == b' ');
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | 0x80..) || **byte == b' ' && blanks < 2
    });
    let start = end - length.count();
    let key = &text[start..end];
    // `EventType=PEER_DOWN Node=HV-11`: before the blank stands the value of another key.
    let is_behind_value = start > 0 && text[start - 1] == b'=';
    match memchr::memchr(b' ', key) {
        Some(blank) if is_behind_value => &key[blank + 1..],
        _ => key,
    }
}

/// How surely a field of this key holds the peer.
fn score(key: &[u8]) -> Option<i32> {
    let last = key.last()?.to_ascii_lowercase();
    let ends = |word: &&str| {
        word.as_bytes().last() == Some(&last)
            && key.len() >= word.len()
            && key[key.len() - word.len()..].eq_ignore_ascii_case(word.as_bytes())
    };
    let has = |word: &&str| key.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    let any = ANY.iter().any(ends);
    let remote = REMOTE.iter().any(ends) || any && REMOTE.iter().any(has);
    if !any && !remote || OWN.iter().any(has) {
        return None;
    }
    Some(if remote { 40 } else { 32 })
}
