//! Words around names: what introduces a host, and what is none.

use crate::recognise::left::is_function;

/// Whether the last word of a text leads to the name behind it: `to`, `server "`, `[peer `.
pub(super) fn introduces(before: &[u8]) -> bool {
    const WORDS: &[&[u8]] = &[
        b"to",
        b"from",
        b"with",
        b"at",
        b"by",
        b"on",
        b"via",
        b"host",
        b"server",
        b"peer",
        b"node",
        b"broker",
        b"domain",
        b"hostname",
        b"resolve",
        b"resolving",
        b"lookup",
        b"reach",
        b"contact",
        b"connect",
        b"connecting",
        b"ping",
        b"dial",
        b"dialing",
        b"upstream",
        b"backend",
        b"target",
        b"address",
        b"endpoint",
        b"client",
        b"gateway",
        b"against",
        b"of",
        b"for",
        b"replica",
        b"agent",
        b"controller",
        b"partner",
        b"machine",
        b"resolved",
        b"proxy",
        b"reaching",
        b"contacting",
        b"subscriber",
        b"publisher",
        b"distributor",
        b"mx",
        b"dns",
        b"name",
    ];
    const OTHER: &[&str] = &[
        "mit",
        "zu",
        "von",
        "à",
        "con",
        "a",
        "de",
        "com",
        "para",
        "к",
        "с",
        "от",
        "服务器",
        "サーバー",
        "主机",
        "서버",
    ];
    let cut = before.iter().rev().take(4).take_while(|byte| b" \"'([<`=:\\".contains(byte)).count();
    let before = &before[..before.len() - cut];
    let word = before.iter().rev().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let (before, word) = before.split_at(before.len() - word);
    cut > 0 && !is_of_guest(before, word) && WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
        || OTHER.iter().any(|known| word == known.as_bytes())
}

/// `Virtual machine 'VM-ACC02'`: whether a word leads to a guest, of which its host speaks.
pub(super) fn is_of_guest(before: &[u8], word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"machine") && before.ends_with(b"irtual ")
}

/// .NET writes the family before a name: `Unspecified/db1:5432`.
pub(super) fn ends_with_family(before: &[u8]) -> bool {
    [&b"Unspecified"[..], b"InterNetwork", b"InterNetworkV6"].iter().any(|family| before.ends_with(family))
}

/// VMware's `<cs p:0a1f, TCP:db1:10080>`.
pub(super) fn ends_with_transport(before: &[u8]) -> bool {
    let word = before.iter().rev().take(4).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let word = &before[before.len() - word..];
    [&b"tcp"[..], b"udp", b"ssl"].iter().any(|way| word.eq_ignore_ascii_case(way))
}

/// Whether a bare word is a name rather than the next word of a sentence: `lookup db1 on 10.0.0.2`, not `lookup again in`.
pub(super) fn is_bare_name(name: &[u8], behind: &[u8]) -> bool {
    const NEXT: &[&[u8]] =
        &[b" on ", b" port", b" failed", b" (", b" returned", b" error", b" with ", b" :", b" -", b" ["];
    let signs = name.iter().any(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
    let closed = behind.first().is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b' ');
    signs || closed || NEXT.iter().any(|next| behind.starts_with(next)) || behind.trim_ascii_start().is_empty()
}

/// Names in programs change between small and capital letters, `java.net.SocketException`, or end with a function,
/// `self.sock.recvfrom`, or begin with the object that a method is of.
pub(super) fn is_of_program(name: &[u8]) -> bool {
    let last = name.rsplit(|byte| *byte == b'.').next().filter(|last| last.len() < name.len());
    if last.is_some_and(is_function) || name.starts_with(b"self.") || name.starts_with(b"this.") {
        return true;
    }
    let pair = |first: fn(&u8) -> bool| name.windows(2).any(|two| first(&two[0]) && two[1].is_ascii_uppercase());
    name.contains(&b'.')
        && (pair(u8::is_ascii_lowercase) || pair(|byte| *byte == b'.') && name.iter().any(u8::is_ascii_lowercase))
}

/// `core.protocol.CommandHandler`: whether the last part of a name is written as classes are, which no part of a domain is.
pub(super) fn ends_with_class(name: &[u8]) -> bool {
    let last = name.rsplit(|byte| *byte == b'.').next().filter(|last| last.len() < name.len());
    last.is_some_and(|last| last.first().is_some_and(u8::is_ascii_uppercase) && last.iter().any(u8::is_ascii_lowercase))
}

/// Whether a name with a number is a logger's with a line, `ERROR    etl.loader:142`: behind a record's level, in small
/// letters, and no domain's.
pub(super) fn is_logger(before: &[u8], name: &[u8]) -> bool {
    const LEVELS: [&[u8]; 7] = [b"ERROR", b"WARN", b"WARNING", b"CRITICAL", b"INFO", b"DEBUG", b"FATAL"];
    let before = before.trim_ascii_end();
    let bare = before.strip_suffix(b"]").or_else(|| before.strip_suffix(b":")).unwrap_or(before);
    let level = bare.iter().rev().take(9).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let Some(dot) = memchr::memrchr(b'.', name) else { return false };
    LEVELS.contains(&&bare[bare.len() - level..])
        && name.iter().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'))
        && !super::dotted::TOP.iter().any(|top| &name[dot + 1..] == top.as_bytes())
}

/// `TMP_EVENT_DNS_PEER_TIMEOUT`: capitals, and more signs than names of machines have.
pub(super) fn is_constant(name: &[u8]) -> bool {
    is_label(name) && name.iter().filter(|byte| **byte == b'_').count() > 1
}

/// Tuxedo's `WSNAT_CAT:1292`: capitals and a sign that names of machines do not have.
pub(super) fn is_label(name: &[u8]) -> bool {
    name.contains(&b'_') && name.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
}

/// Words behind an introduction that go on about something else.
pub(super) fn is_common_word(name: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "the",
        "a",
        "an",
        "est-il",
        "server",
        "host",
        "remote",
        "remoto",
        "distant",
        "help",
        "database",
        "mysql",
        "any",
        "all",
        "peer",
        "upstream",
        "client",
        "service",
        "proxy",
        "tcp",
        "udp",
        "tcp4",
        "tcp6",
        "failed",
        "with",
        "on",
        "in",
        "to",
        "from",
        "for",
        "port",
        "address",
        "socket",
        "error",
        "connect",
        "is",
        "was",
        "it",
        "this",
        "that",
        "your",
        "our",
        "broker",
        "backend",
        "target",
        "daemon",
        "network",
        "internet",
        "resolve",
        "and",
        "at",
        "returned",
        "timed",
        "timeout",
        "refused",
        "http",
        "https",
        "local",
        "endpoint",
        "master",
        "node",
        "name",
        "hostname",
        "no",
        "not",
        "of",
        "null",
        "none",
        "unknown",
        "true",
        "false",
        "undefined",
        "nil",
        "reset",
        "closed",
        "lost",
        "aborted",
        "dropped",
        "string",
        "object",
        "self",
        "get",
        "post",
        "put",
        "request",
        "receive",
        "send",
        "read",
        "write",
    ];
    WORDS.iter().any(|word| name.eq_ignore_ascii_case(word.as_bytes()))
}

/// Keys before a number that are no hosts: `error:10054`, `pid:12`.
pub(super) fn is_key(name: &[u8]) -> bool {
    const KEYS: &[&str] = &[
        "error",
        "errno",
        "code",
        "system",
        "asio.system",
        "port",
        "pid",
        "tid",
        "line",
        "id",
        "status",
        "err",
        "winerror",
        "size",
        "length",
        "count",
        "time",
        "at",
        "errorcode",
        "wsa",
        "winsock",
        "step",
        "level",
        "state",
        "class",
        "session",
        "retry",
        "attempt",
        "socket",
        "fd",
        "thread",
        "win32",
        "oserror",
        "reason",
        "number",
        "version",
        "len",
        "took",
        "seq",
        "stream",
        "worker",
        "request",
        "handle",
        "index",
        "offset",
        "row",
        "column",
        "elapsed",
        "duration",
        "rc",
        "ret",
        "result",
    ];
    KEYS.iter().any(|key| name.eq_ignore_ascii_case(key.as_bytes()))
        || name.to_ascii_lowercase().starts_with(b"e7")
        || name.starts_with(b"asio.")
}

pub(super) fn is_file_name(name: &[u8]) -> bool {
    const EXTENSIONS: &[&str] = &[
        "c", "cc", "cpp", "cxx", "h", "hpp", "cs", "js", "mjs", "ts", "tsx", "py", "pyc", "pyo", "go", "rs", "java",
        "kt", "php", "rb", "pl", "pm", "lua", "swift", "vb", "pas", "f90", "m", "mm", "sql", "log", "exe", "dll",
        "json", "hs", "scala", "obj", "pdb", "lib", "sys", "zig", "nim", "erl", "adb", "asm", "tcl", "ps1", "bat",
        "cmd", "jl", "ini", "conf", "cfg", "config", "xml", "yml", "yaml", "toml", "txt", "jar", "war", "dmp", "pem",
        "crt", "vue", "jsx", "html", "htm", "aspx", "tmp", "bak", "msi",
    ];
    let Some(dot) = name.iter().rposition(|byte| *byte == b'.') else { return false };
    let extension = &name[dot + 1..];
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known.as_bytes()))
}
