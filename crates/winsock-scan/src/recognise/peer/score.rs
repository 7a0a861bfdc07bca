//! How likely an address is the peer of the failing operation.

use winsock_codes::Code;

use super::{Candidate, Kind, is_name_byte};
use crate::finding::Operation;
use crate::recognise::Verdict;

/// How likely a candidate is the peer; 0 or less means not at all.
pub(super) fn of(text: &[u8], candidate: &Candidate, verdict: &Verdict) -> i32 {
    let operation = verdict.operation;
    let range = &candidate.range;
    let mut buffer = [0_u8; HEAD_BYTES];
    let head = head(text, range.start, &mut buffer);
    let is_endpoint = candidate.kind != Kind::Name || candidate.port.is_some();
    let lead = match is_endpoint {
        true if leads_by_name(head) => Lead::Towards,
        true => lead(head),
        false => lead_of(head),
    };
    let behind = &text[range.end..];
    let has = |word: &str| holds(head, word.as_bytes());

    let mut score = match candidate.kind {
        Kind::V4 | Kind::Tuple | Kind::V6 => 30,
        Kind::Name => candidate.introduced,
    };
    let receiving = matches!(
        operation,
        Some(Operation::Recv | Operation::Send | Operation::Accept | Operation::Poll | Operation::Shutdown)
    );
    match lead {
        // A URL's name is introduced by its scheme.
        Lead::Towards if candidate.kind == Kind::Name && head.ends_with(b"//") => {}
        Lead::Towards => score += 40,
        // A directory is bound to by its name; that binds no socket.
        Lead::BoundTo if candidate.kind == Kind::Name && operation != Some(Operation::Bind) => score += 20,
        Lead::BoundTo => score += 40 - 70,
        // "recv from A to B": what comes from somewhere comes from the peer.
        Lead::From if operation == Some(Operation::Recv) => score += 45,
        Lead::Proxy if verdict.operation != Some(Operation::Resolve) => score += 60,
        Lead::From => score += if receiving || operation.is_none() { 25 } else { 5 },
        _ => {}
    }
    // A group is joined, not reached.
    if operation == Some(Operation::Setsockopt) && has("_membership") {
        score -= 70;
    }
    // nginx names both ends that it talks to, whichever it failed with.
    let is_of_client = || memchr::memmem::find(text, b"to client, client: ").is_some();
    if has("upstream: \"") && !is_of_client() {
        score += if receiving { 50 } else { 60 };
    }
    if speaks_of_peer(head) {
        score += 15;
    }
    // RabbitMQ's client names the broker that was configured, and then the address that was tried.
    if head.ends_with(b"connection failed, host ") {
        score += 40;
    }
    // `host=STORE-0091 ... dest=203.0.113.140:7443`: the first wrote the record; and reSIProcate's `[ V4 203.0.113.5:5060 UDP`.
    if is_endpoint && [&b" dest="[..], b" dst=", b"[ v4 ", b"[ v6 "].iter().any(|sign| head.ends_with(sign)) {
        score += 30;
    }
    // Whoever is accepted is a client.
    if operation == Some(Operation::Accept)
        && head[head.len().saturating_sub(16)..].windows(6).any(|part| part == b"client")
    {
        score += 30;
    }
    let arrow = begins_with_arrow(behind);
    if lead == Lead::Local || arrow || is_first_of_two(candidate, behind) || has("listening on") || is_listened_at(head)
    {
        score -= 70;
    }
    // Visual Basic's object for errors is no address, nor is PowerShell's.
    let is_told = behind.starts_with(b" -> Err.") || behind.starts_with(b" -> $");
    if !is_told && behind.strip_prefix(b" -> ").is_some_and(is_address_like) {
        // RabbitMQ writes the peer first, others last.
        score += if has("amqp") || head.trim_ascii_end().ends_with(b"(") { 45 } else { -60 };
    } else if head.ends_with(b" -> ") && has("amqp")
        || head.ends_with(b"-> ") && memchr::memmem::find(text, b"AMQP").is_some()
    {
        score -= 70;
    }
    // Exchange's protocol logs: local address, remote address.
    if behind.starts_with(b",") && behind.get(1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[') {
        score -= 20;
    }
    // Of a connection that failed there is no local address: `,0,,203.0.113.25:25,*,,"Failed to connect"`.
    if head.strip_suffix(b",").is_some_and(ends_with_endpoint) || head.ends_with(b",,") && behind.starts_with(b",*,") {
        score += 45;
    }
    match lead {
        Lead::Client if is_of_client() => score += 20,
        Lead::Client
            if operation == Some(Operation::Resolve)
                || [&b"upstream"[..], b"remote server ", b"[proxy"]
                    .iter()
                    .any(|word| memchr::memmem::find(text, word).is_some()) =>
        {
            score -= 40;
        }
        Lead::Request => score -= 25,
        _ => {}
    }
    // Who asks Oracle stands in `(CID=...)`.
    if head.ends_with(b"=") && is_in_cid(head) {
        score -= 70;
    }
    if is_of_logger(text, head, behind) || is_of_agent(&text[..range.start]) || is_of_teller(head, behind) {
        score -= 60;
    }
    // That nothing can be sent to the address is what failed.
    let is_meant = || verdict.code == Code::WSAEADDRNOTAVAIL && (speaks_of_peer(head) || has("connect(2) for"));
    let is_nobody = is_unspecified(text, candidate) && !is_meant();
    if is_nobody || verdict.range.end <= range.start && is_page(text, candidate) {
        score -= 60;
    }
    if candidate.port.is_some() {
        score += 8;
    }
    // Of the layers through which a program in Go connects, the innermost is told last: `socks connect tcp
    // 127.0.0.1:1080->db1:443: dial tcp 127.0.0.1:1080: connectex: ...`.
    // What is dialled behind a failure is the next one's.
    if operation == Some(Operation::Connect) && is_dialled(text, candidate) {
        score += if range.start < verdict.range.start { 45 } else { -45 };
    }
    // Structured records name their own machine by the same words as the other end; a look-up names what it looked for.
    if operation == Some(Operation::Resolve) && head.ends_with(b" lookup ") {
        score += 20;
    }
    // `"db1" (10.0.0.4)`: the number is preferred to the name.
    if candidate.kind != Kind::Name
        && (head.ends_with(b"\" (")
            || head.ends_with(b"|")
            || head.ends_with(b"' (")
            || head.ends_with(b"/") && !has("//"))
    {
        score += 40;
    }
    // Glued behind the text, as .NET does.
    if verdict.range.end <= range.start && range.start - verdict.range.end < 12 {
        score += 12;
    }
    // Numbers at the front of an access log's line are its client.
    if range.start == 0 && candidate.kind != Kind::Name && candidate.port.is_none() && behind.starts_with(b" - ") {
        score -= 60;
    }
    score
}

/// Whether a text begins with something that has dots or colons inside, as addresses do and `WSANO_DATA` does not.
fn is_address_like(text: &[u8]) -> bool {
    let word = text.iter().take(64).take_while(|byte| !byte.is_ascii_whitespace()).count();
    text[..word.saturating_sub(1)].iter().any(|byte| matches!(byte, b'.' | b':'))
}

/// Whether an address with a port is the first of two with a dash between: `10.0.0.5:50122-10.0.0.9:22000/tcp`; or VMware's
/// `<TCP '10.0.0.5 : 443'>, <TCP '10.0.0.9 : 51877'>`.
fn is_first_of_two(candidate: &Candidate, behind: &[u8]) -> bool {
    if behind.starts_with(b"'>, <TCP '") {
        return true;
    }
    let second = behind.strip_prefix(b"-").or_else(|| behind.strip_prefix(b" - "));
    candidate.port.is_some() && second.is_some_and(begins_with_endpoint)
}

/// Whether a numeric address and a port stand there, four numbers or a bracket and what it holds.
fn begins_with_endpoint(text: &[u8]) -> bool {
    let host = match text.strip_prefix(b"[") {
        Some(rest) => {
            2 + rest.iter().take(48).take_while(|byte| byte.is_ascii_hexdigit() || b":.%".contains(byte)).count()
        }
        None => text.iter().take(16).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count(),
    };
    let dots = text[..host.min(text.len())].iter().filter(|byte| matches!(byte, b'.' | b']')).count();
    dots > 0 && text.get(host) == Some(&b':') && text.get(host + 1).is_some_and(u8::is_ascii_digit)
}

/// Whether a field names the machine that wrote the record: an agent's, Oracle's `host_addr='`, Snare's column, pino's and
/// bunyan's `"pid":1,"hostname":"`, a `"hostname":"` beside the record's time, GELF's, MQ's and Logstash's `"host":"`,
/// ELMAH's `host="`, the Elastic Common Schema's `"host":{"name":"`, NLog's `"machine":"` beside a logger's name. Node's
/// errors have the host that was looked up there, and the call. NXLog's events of Windows have an `EventTime`.
fn is_of_logger(text: &[u8], head: &[u8], behind: &[u8]) -> bool {
    let has = |key: &[u8]| memchr::memmem::find(text, key).is_some();
    head.ends_with(b"\"hostname\":\"")
        && (holds(head, b"\"pid\":") || has(b"\"EventTime\":") || has(b"\"timestamp\":") && !has(b"\"syscall\":"))
        || head.ends_with(b"\"host\":\"") && (has(b"\"short_message\"") || has(b"\"ibm_messageId\""))
        || head.ends_with(b"\"host\":\"")
            && has(b"\"@timestamp\":")
            && (has(b"\"@version\":") || has(b"\"service\":"))
            && !behind.starts_with(b"\",\"port\"")
        || head.ends_with(b" host=\"") && has(b"<error errorId=\"")
        || head.ends_with(b"\"hostname\":\"") && holds(head, b"\"agent\":{")
        || head.ends_with(b" host_addr='") && has(b" org_id='")
        || head.ends_with(b"\t") && has(b"MSWinEventLog\t")
        // ArcGIS.
        || head.ends_with(b" machine=\"") && has(b"<Msg time=\"")
        || is_of_tags(text, head, behind)
        || head.ends_with(b"\"host\":{\"name\":\"")
        || head.ends_with(b"\"host\":{\"hostname\":\"")
        || head.ends_with(b"\"host.name\":\"")
        || head.ends_with(b"\"machine\":\"") && has(b"\"logger\":")
        || head.ends_with(b"\"host\":\"") && has(b"Client address: (ADDRESS")
        || head.ends_with(b"host ") && behind.starts_with(b", Windows")
        // Where pip looks before it connects.
        || head.ends_with(b"looking in indexes: https://")
}

/// `win_eventlog,Computer=GATE-5,host=GATE-5 EventID=...`, `host=HV-01 source=agent.log ...`: whether a tag names the
/// computer of an event as Telegraf and Splunk write them.
fn is_of_tags(text: &[u8], head: &[u8], behind: &[u8]) -> bool {
    if head == b"host=" {
        return behind.starts_with(b" source");
    }
    let key = [&b",computer="[..], b",host="].into_iter().find(|key| head.ends_with(key));
    key.is_some() && text.starts_with(b"win_eventlog,") && matches!(behind.first(), Some(b',' | b' '))
}

/// Whether an address is that of a page that explains the failure: `10061. https://go.microsoft.com/fwlink/?LinkId=12345`.
fn is_page(text: &[u8], candidate: &Candidate) -> bool {
    const HOSTS: [&[u8]; 10] = [
        b"go.microsoft.com",
        b"docs.microsoft.com",
        b"learn.microsoft.com",
        b"support.microsoft.com",
        b"msdn.microsoft.com",
        b"technet.microsoft.com",
        b"aka.ms",
        b"stackoverflow.com",
        b"serverfault.com",
        b"en.wikipedia.org",
    ];
    const PARTS: [&[u8]; 3] = [b"/wiki/", b"/questions/", b"/issues/"];
    let path = &text[candidate.range.end..];
    let path = &path[..path.iter().take(96).take_while(|byte| byte.is_ascii_graphic()).count()];
    text[..candidate.range.start].ends_with(b"://")
        && (HOSTS.contains(&&text[candidate.host.clone()])
            || PARTS.iter().any(|part| memchr::memmem::find(path, part).is_some()))
}

/// Whether a name is that of the SQL Server that tells of an error: `Msg 10060, Level 16, State 1, Server DB1, Line 1`.
fn is_of_teller(head: &[u8], behind: &[u8]) -> bool {
    head.ends_with(b", server ") && behind.get(..7).is_some_and(|rest| rest.eq_ignore_ascii_case(b", line "))
}

/// Whether a text ends with who tells of it, in capital letters, as Data Protector's `From: VBDA@db1.example.org` begins.
fn is_of_agent(before: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b"@") else { return false };
    let is_of_name = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(**byte, b'_' | b'-');
    let length = before.iter().rev().take_while(is_of_name).count();
    length > 1 && before[..before.len() - length].ends_with(b"From: ")
}

/// Whether an address is where this end listens: Go's `listen tcp 0.0.0.0:80: bind: ...`, and `read udp` and `accept tcp`
/// with one address alone.
fn is_listened_at(head: &[u8]) -> bool {
    const LEADS: [&[u8]; 7] = [
        b"listen tcp ",
        b"listen udp ",
        b"accept tcp ",
        b"read udp ",
        b"read udp4 ",
        b"read udp6 ",
        b"listen on address: ",
    ];
    LEADS.iter().any(|lead| head.ends_with(lead))
}

/// Whether `(CID=` is open at the end of a short text.
fn is_in_cid(head: &[u8]) -> bool {
    let at = memchr::memchr_iter(b'(', head).rfind(|at| head[*at..].starts_with(b"(cid="));
    at.is_some_and(|at| !head[at..].windows(2).any(|two| two == b"))"))
}

/// Whether a short text ends with an address and a port.
pub(super) fn ends_with_endpoint(text: &[u8]) -> bool {
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let Some(host) = text[..text.len() - digits].strip_suffix(b":").filter(|_| digits > 0) else { return false };
    let run = host.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    host.ends_with(b"]") || host[host.len() - run..].iter().filter(|byte| **byte == b'.').count() == 3
}

/// Whether an address is the one that a program in Go wanted to reach, whatever call failed on the way.
pub(super) fn is_dialled(text: &[u8], candidate: &Candidate) -> bool {
    let before = &text[..candidate.range.start];
    [&b"dial tcp "[..], b"dial udp ", b"dial tcp4 ", b"dial tcp6 "].iter().any(|dial| before.ends_with(dial))
}

/// Whether an address is where a connection was to go, for which a local address was bound first.
pub(super) fn is_end_of_connection(text: &[u8], candidate: &Candidate) -> bool {
    [&b"connection to "[..], b"connect to ", b"connecting to "]
        .iter()
        .any(|lead| text[..candidate.range.start].ends_with(lead))
}

/// Whether the field or word before an address says that it is this end's.
pub(super) fn is_of_this_end(text: &[u8], candidate: &Candidate) -> bool {
    let mut buffer = [0_u8; HEAD_BYTES];
    is_own(head(text, candidate.range.start, &mut buffer).trim_ascii_end())
}

fn begins_with_arrow(text: &[u8]) -> bool {
    [&b"->"[..], b" --> ", b" => ", b" <-> "].iter().any(|arrow| text.starts_with(arrow))
}

/// Whether an address stands behind an arrow.
pub(super) fn is_behind_arrow(text: &[u8], candidate: &Candidate) -> bool {
    text[..candidate.range.start].ends_with(b"->")
}

/// How much of what stands before an address is looked at.
const HEAD_BYTES: usize = 48;

/// What stands before an address, in small letters.
fn head<'b>(text: &[u8], start: usize, buffer: &'b mut [u8; HEAD_BYTES]) -> &'b [u8] {
    let length = start.min(HEAD_BYTES);
    let head = &mut buffer[..length];
    head.copy_from_slice(&text[start - length..start]);
    head.make_ascii_lowercase();
    head
}

/// What the words right before an address say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// The other end.
    Towards,
    /// What is between this end and another: a connection ends there.
    Proxy,
    /// Where something came from: the other end if something was received.
    From,
    /// This end.
    Local,
    /// This end, in words of the other.
    BoundTo,
    /// Who asked a proxy.
    Client,
    /// What was asked of a proxy.
    Request,
    Other,
}

/// Told by the last word, or by the one before nouns: `to tcp endpoint 10.0.0.5:443`, `from server `.
fn lead(head: &[u8]) -> Lead {
    let lead = lead_of(head);
    let bare = without_nouns(head);
    if lead != Lead::Other || bare.len() == head.len() {
        return lead;
    }
    match lead_of(bare) {
        known @ (Lead::Towards | Lead::From) => known,
        _ => Lead::Other,
    }
}

/// `FROM 10.0.0.5 TO backup01 `: whether a name stands between an address and the word that leads to it, behind where it is
/// from.
fn leads_by_name(head: &[u8]) -> bool {
    let Some(head) = head.strip_suffix(b" ") else { return false };
    let name = head.iter().rev().take_while(|byte| is_name_byte(**byte)).count();
    name > 0 && head[..head.len() - name].ends_with(b" to ") && memchr::memmem::find(head, b"from ").is_some()
}

/// A text without the nouns for the other end that it ends with.
fn without_nouns(mut head: &[u8]) -> &[u8] {
    const NOUNS: [&[u8]; 18] = [
        b"tcp",
        b"udp",
        b"tls",
        b"the",
        b"remote",
        b"endpoint",
        b"server",
        b"host",
        b"address",
        b"peer",
        b"node",
        b"broker",
        b"upstream",
        b"backend",
        b"gateway",
        b"machine",
        b"database",
        b"device",
    ];
    loop {
        let bare = head.strip_suffix(b" ").unwrap_or(b"");
        let Some(noun) = NOUNS.iter().find(|noun| bare.ends_with(noun)) else { return head };
        let before = &bare[..bare.len() - noun.len()];
        if !before.ends_with(b" ") {
            return head;
        }
        head = before;
    }
}

/// Told by the last word alone; its last letter decides which words come into question.
fn lead_of(head: &[u8]) -> Lead {
    let head = head.trim_ascii_end();
    let ends = |words: &[&str]| words.iter().any(|word| head.ends_with(word.as_bytes()));
    match head.last() {
        Some(b'>') if ends(&["->", "=>"]) => Lead::Towards,
        Some(b'o') if ends(&["bound to", "bind to"]) => Lead::BoundTo,
        Some(b'o') if ends(&["to"]) => Lead::Towards,
        Some(b't') if ends(&["connect"]) => Lead::Towards,
        Some(b'p' | b'4' | b'6') if ends(&["dial tcp", "dial udp", "dial tcp4", "dial tcp6", "dial udp4"]) => {
            Lead::Towards
        }
        Some(b'y') if ends(&["via proxy", "through proxy", "using proxy", "to proxy", "by proxy"]) => Lead::Proxy,
        Some(b'a') if ends(&[" via"]) => Lead::Proxy,
        Some(b'h') if ends(&[" through"]) => Lead::Proxy,
        Some(b'/')
            if ends(&["proxy http://", "proxy https://", "proxy socks5://", "via http://", "through http://"]) =>
        {
            Lead::Proxy
        }
        // belle-sip's `from [UDP://10.0.0.4:5060] to [UDP://10.0.0.5:5060]`.
        Some(b'/') if ends(&[" to [udp://", " to [tcp://", " to [tls://"]) => Lead::Towards,
        Some(b'm') if ends(&["from"]) => Lead::From,
        // Splunk's `connection from src=10.0.0.5:51534`.
        Some(b'=') if ends(&["from src="]) => Lead::From,
        Some(b'/') if ends(&["from /"]) => Lead::From,
        Some(b':') if ends(&["client:"]) => Lead::Client,
        Some(b't') if ends(&["[client"]) => Lead::Client,
        Some(b':') if ends(&["server:"]) => Lead::Request,
        Some(b'"') if ends(&["host: \"", "referrer: \""]) => Lead::Request,
        Some(b't') if ends(&["request: \"get"]) => Lead::Request,
        _ if is_own(head) => Lead::Local,
        // `from vm://localhost to tcp://10.0.0.5:61616`.
        Some(b'/') if head.ends_with(b"://") => {
            let scheme = head[..head.len() - 3].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let before = head[..head.len() - 3 - scheme].trim_ascii_end();
            if before.ends_with(b" to") { Lead::Towards } else { Lead::Other }
        }
        _ => Lead::Other,
    }
}

/// Whether the field or word before an address says that it is this end's: `localAddress=/`, `"src_ip":"`, `L:/`.
#[inline(always)] // asked of every address
fn is_own(head: &[u8]) -> bool {
    let cut = head.iter().rev().take_while(|byte| b" =:\"'/([<{\\>".contains(byte)).count();
    let (head, sign) = head.split_at(head.len() - cut);
    let length =
        head.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    let (before, word) = head.split_at(head.len() - length);
    // The last part of `"db1.corp.local" (10.0.0.5)` is no key.
    if before.ends_with(b".") && !sign.iter().any(|byte| matches!(byte, b'=' | b':')) {
        return false;
    }
    let is_local = |word: &[u8]| {
        word.starts_with(b"local") && !word.starts_with(b"localh")
            || [&b"laddr"[..], b"src", b"listen", b"bind", b"bound"].iter().any(|own| word.starts_with(own))
            || word == b"source" && !before.ends_with(b"data ")
    };
    let named = matches!(word, b"l" | b"local") && cut > 0;
    // Event viewers begin a line so, events as XML have an element, and an event log's lines a field behind the event's number
    // or level: the machine that wrote the event.
    let logger = word == b"computer"
        && match sign.first() {
            Some(b'=') => is_behind_event(before),
            Some(b':') if before.last().is_none_or(|byte| *byte == b'\n') => true,
            _ => before.last() == Some(&b'<'),
        };
    named
        || logger
        // No machines at all; the last is MQ's own version.
        || matches!(word, b"thread_name" | b"threadname" | b"thread" | b"logger_name" | b"vrmf")
        // Who wrote the record, in ArcSight's format and in syslog's.
        || matches!(word, b"dvc" | b"dvchost")
        || is_in_origin(before)
        || is_local(word)
        || matches!(word, b"address" | b"endpoint" | b"addr" | b"ip")
            && before.trim_ascii_end().strip_suffix(b"local").is_some_and(|name| !name.ends_with(b"."))
}

/// `[origin software="rsyslogd" ip="10.0.0.5"]`: whether a text in small letters ends in the element of syslog that says who
/// wrote the record. Source: RFC 5424, 7.2.
fn is_in_origin(text: &[u8]) -> bool {
    memchr::memrchr(b'[', text)
        .is_some_and(|open| text[open..].starts_with(b"[origin ") && !text[open..].contains(&b']'))
}

/// Whether a text in small letters ends with the field that stands before the computer's in an event log.
fn is_behind_event(before: &[u8]) -> bool {
    let field = before.trim_ascii_end().rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    field.starts_with(b"level=") || field.starts_with(b"eventid=")
}

/// Whether a word that belongs to the other side stands in a short text in small letters.
fn speaks_of_peer(text: &[u8]) -> bool {
    text.windows(2).enumerate().any(|(at, two)| {
        let word: &[u8] = match two {
            b"p=" | b"(r" => return true,
            b"pe" => b"peer",
            b"re" => b"remote",
            b"ra" => b"ra=",
            b"ta" => b"target",
            b"en" => b"endpoint was",
            b"at" => b"attempted was",
            b"se" => b"server",
            b"ds" => b"dst",
            b"de" => b"destination",
            _ => return false,
        };
        text[at..].starts_with(word)
    })
}

/// Whether a short text holds a word; building a searcher would cost more than the search.
fn holds(text: &[u8], word: &[u8]) -> bool {
    memchr::memchr_iter(word[0], text).any(|at| text[at..].starts_with(word))
}

fn is_unspecified(text: &[u8], candidate: &Candidate) -> bool {
    matches!(&text[candidate.host.clone()], b"0.0.0.0" | b"::") || candidate.port == Some(0)
}
