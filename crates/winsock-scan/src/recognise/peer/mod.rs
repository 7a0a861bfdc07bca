//! Against whom: every address in the record, and the one that the failing operation was about.
//!
//! `numeric` and `named` find addresses, `port` what stands behind them, `score` says how likely one is the peer; `last` and
//! `looked_up` are for records of which they tell nothing.

use std::ops::Range;

use winsock_codes::Code;

use crate::finding::Operation;
use crate::recognise::blocks::Blocks;
use crate::recognise::{Reading, Verdict};

mod last;
mod looked_up;
mod named;
mod numeric;
mod port;
mod score;

/// An address that may be the peer.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Everything that belongs to the address, in the record.
    pub(crate) range: Range<usize>,
    pub(crate) host: Range<usize>,
    pub(crate) port: Option<u16>,
    kind: Kind,
    /// For a name: how surely what stands before introduces a host.
    introduced: i32,
}

/// More addresses than any honest record has.
const MAX_CANDIDATES: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    V4,
    /// Four numbers as Erlang writes them, with commas.
    Tuple,
    V6,
    Name,
}

/// The addresses of one record, found once however many verdicts ask.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    found: Vec<Candidate>,
    is_read: bool,
    /// Whether a record of the same shape may have other addresses.
    is_special: bool,
    written: String,
}

/// Whether a record holds a machine's name with a port. `refused` is set if a record of the same shape may hold none.
pub(super) fn names_endpoint(text: &[u8], blocks: &Blocks, refused: &mut bool) -> bool {
    named::holds_endpoint(text, blocks, refused)
}

/// The addresses in records of a shape, and which of them is the peer of each verdict.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    found: Vec<Candidate>,
    of_verdicts: Vec<Option<Candidate>>,
}

impl Peers {
    /// Forgets the record before.
    pub(crate) fn clear(&mut self) {
        self.is_read = false;
    }

    /// The peer of a verdict, if the record names one.
    pub(crate) fn of(&mut self, text: &[u8], blocks: &Blocks, reading: &Reading, index: usize) -> Option<&str> {
        self.read(text, blocks, reading);
        let verdict = &reading.verdicts[index];
        let best = self.best(text, reading, verdict).cloned();
        let best = best.or_else(|| self.last_resort(text, blocks, reading, verdict))?;
        write(text, &best, best.port, &mut self.written).then_some(&self.written)
    }

    /// The peer of a verdict that lines beside its record name for certain.
    pub(crate) fn beside(&mut self, text: &[u8], blocks: &Blocks, reading: &Reading, index: usize) -> Option<&str> {
        self.read(text, blocks, reading);
        let best = self.best(text, reading, &reading.verdicts[index])?.clone();
        write(text, &best, best.port, &mut self.written).then_some(&self.written)
    }

    /// The peer that was found last.
    pub(crate) fn last(&self) -> &str {
        &self.written
    }

    /// Finds the addresses of a record, if that was not done yet.
    fn read(&mut self, text: &[u8], blocks: &Blocks, reading: &Reading) {
        if std::mem::replace(&mut self.is_read, true) {
            return;
        }
        self.found.clear();
        self.is_special = blocks.may_hold_v6(text);
        numeric::find(text, blocks, &mut self.found, &mut self.is_special);
        named::find(text, blocks, &reading.hosts, &mut self.found, &mut self.is_special);
        self.drop_parts_of_addresses();
        for candidate in self.found.iter_mut().filter(|candidate| candidate.port.is_none()) {
            candidate.port = port::port_before(text, candidate.range.start);
            self.is_special |= candidate.port.is_some();
        }
        self.lend_ports(text);
        self.lend_only_port(text);
    }

    /// `Server: 'mail1', Response: '', ..., Port: 25`: the only host has the only port.
    fn lend_only_port(&mut self, text: &[u8]) {
        if self.found.is_empty() || self.found.iter().any(|candidate| candidate.port.is_some()) {
            return;
        }
        let others_end = |candidate: &&Candidate| !score::is_of_this_end(text, candidate);
        let mut hosts = self.found.iter().filter(others_end).map(|candidate| &text[candidate.host.clone()]);
        let Some(host) = hosts.next() else { return };
        if !hosts.all(|other| other == host) {
            return;
        }
        let port = last::port(text, &mut self.is_special);
        for candidate in self.found.iter_mut().filter(|candidate| !score::is_of_this_end(text, candidate)) {
            candidate.port = port;
        }
    }

    /// `fe80` of `fe80::1` is no name.
    fn drop_parts_of_addresses(&mut self) {
        let v6: Vec<Range<usize>> =
            self.found.iter().filter(|other| other.kind == Kind::V6).map(|other| other.range.clone()).collect();
        if !v6.is_empty() {
            self.found.retain(|name| name.kind != Kind::Name || !v6.iter().any(|all| all.contains(&name.host.start)));
        }
    }

    /// `db1:8200 [db1/10.0.0.1] failed`, `db1:8200 (10.0.0.1)`, `db1:21 (ip = 10.0.0.1)`: the name has the port of its number.
    fn lend_ports(&mut self, text: &[u8]) {
        for at in 0..self.found.len() {
            let Candidate { kind, port: None, range, .. } = &self.found[at] else { continue };
            if *kind == Kind::Name {
                continue;
            }
            let before = &text[..range.start];
            let named = before.strip_suffix(b"/");
            const OPENED: [&[u8]; 10] =
                [b" (ip = ", b" (ip=", b" (IP: ", b" (IP ", b" (", b" [", b"(", b"[", b" = ", b"="];
            let opened = OPENED.into_iter().find(|sign| before.ends_with(sign));
            let behind = opened.map(|sign| range.start - sign.len());
            let port = self.found.iter().find_map(|name| {
                let host = &text[name.host.clone()];
                let same = named.is_some_and(|before| before.ends_with(host)) || behind == Some(name.range.end);
                (name.kind == Kind::Name && same).then_some(name.port).flatten()
            });
            self.is_special |= port.is_some();
            self.found[at].port = port;
        }
    }

    fn best(&self, text: &[u8], reading: &Reading, verdict: &Verdict) -> Option<&Candidate> {
        // A listener's own address is no peer.
        let own = is_own(verdict);
        let is_asked = |candidate: &&Candidate| {
            !own || score::is_dialled(text, candidate) || score::is_end_of_connection(text, candidate)
        };
        let mut best: Option<(i32, &Candidate)> = None;
        for candidate in self.found.iter().filter(is_asked) {
            let mut score = score::of(text, candidate, verdict);
            // Glued behind the system's text, as .NET does: that is the address the call was given.
            let start = candidate.range.start;
            // `db1:27017: [WinError 10061] text,db2:27017: [WinError 10060] text`: behind a comma the next begins.
            let next = text[..start].ends_with(b",") && text[candidate.range.end..].starts_with(b": ");
            let glued = |mask: &Range<usize>| !next && mask.end <= start && start - mask.end <= 3;
            if score > 0 && reading.masks.iter().any(glued) {
                score += 45;
            }
            // The foremost of the best: names are found after numbers, whatever their order in the record.
            // Of addresses behind arrows the last before the code: `readfrom tcp a->b: read tcp c->d: wsarecv: ...`.
            let better = |(most, known): (i32, &Candidate)| {
                let inner = start > known.range.start
                    && start < verdict.first
                    && score::is_behind_arrow(text, candidate)
                    && score::is_behind_arrow(text, known);
                score > most || score == most && (start <= known.range.start || inner)
            };
            if score > 0 && best.is_none_or(better) {
                best = Some((score, candidate));
            }
        }
        let (_, best) = best?;
        // First the name with its port, then its number.
        let Some(twin) = self.twin(text, best, verdict) else { return Some(best) };
        Some(self.twin(text, twin, verdict).unwrap_or(twin))
    }

    /// The only word that can be a machine, in a record that holds no address; there is none that is this end's then.
    fn last_resort(&mut self, text: &[u8], blocks: &Blocks, reading: &Reading, verdict: &Verdict) -> Option<Candidate> {
        if !self.found.is_empty() || is_own(verdict) {
            return None;
        }
        let named = || verdict.code.is_resolver().then(|| looked_up::name(text, &reading.masks))?;
        last::host(text, blocks, &reading.masks, &mut self.is_special).or_else(named)
    }

    /// The same address told better: a number beside a name with the same port, the host once more with its port, or the
    /// number right behind the name: `db1|10.0.0.1|:443`.
    fn twin(&self, text: &[u8], best: &Candidate, verdict: &Verdict) -> Option<&Candidate> {
        let is_twin = |other: &&Candidate| {
            let number_of_name = best.kind == Kind::Name && other.kind != Kind::Name;
            let between = text.get(best.range.end..other.range.start).unwrap_or_default();
            let adjacent = (1..=2).contains(&between.len()) || is_called_ip(between);
            let same_host = text[other.host.clone()] == text[best.host.clone()];
            let behind_name = text[..other.range.start]
                .strip_suffix(b"/")
                .is_some_and(|before| before.ends_with(&text[best.host.clone()]));
            match best.port {
                Some(_) => number_of_name && other.port == best.port,
                // What failed to be looked up has no port.
                None if verdict.operation == Some(Operation::Resolve) => false,
                None => {
                    // Kafka's `from /10.0.0.5 (channelId=10.0.0.9:9092-10.0.0.5:61054-3)` names a channel, not a port.
                    let in_channel = other.range.start > 0 && text[other.range.start - 1] == b'-';
                    number_of_name && (adjacent || behind_name) || other.port.is_some() && same_host && !in_channel
                }
            }
        };
        let scored = self.found.iter().filter(is_twin).map(|other| (score::of(text, other, verdict), other));
        scored.filter(|(score, _)| *score > 0).max_by_key(|(score, _)| *score).map(|(_, other)| other)
    }

    /// What records of the same shape have in common with this one; nothing if that is not certain.
    pub(crate) fn remember(&mut self, text: &[u8], blocks: &Blocks, reading: &Reading) -> Option<Remembered> {
        self.read(text, blocks, reading);
        if self.is_special {
            return None;
        }
        let of_verdict = |verdict: &Verdict| {
            let best = self.best(text, reading, verdict).cloned();
            best.or_else(|| self.last_resort(text, blocks, reading, verdict))
        };
        let of_verdicts = reading.verdicts.iter().map(of_verdict).collect();
        // The last resort may have looked at digits.
        if self.is_special {
            return None;
        }
        Some(Remembered { found: self.found.clone(), of_verdicts }).filter(|known| known.fits(text))
    }

    /// The peer of a verdict in a record of a known shape, which [fits](Remembered::fits).
    pub(crate) fn of_shape(&mut self, text: &[u8], known: &Remembered, index: usize) -> Option<&str> {
        let best = known.of_verdicts[index].as_ref()?;
        let port = best.port.and_then(|_| u16::try_from(best.port_at(text)).ok());
        write(text, best, port, &mut self.written).then_some(&self.written)
    }
}

/// `remote server db1.corp.example IP 10.0.0.4`: whether the words between a name and a number say that both are one.
fn is_called_ip(between: &[u8]) -> bool {
    // The last is Firebird's `server host = db1, address = 10.0.0.5/3050`.
    const WORDS: [&[u8]; 5] = [b"IP", b"IP:", b"IP address", b"IP address:", b"address ="];
    let words = between.trim_ascii();
    WORDS.contains(&words.strip_prefix(b",").or_else(|| words.strip_prefix(b"(")).unwrap_or(words).trim_ascii_start())
}

/// Whether what failed concerns this end alone.
fn is_own(verdict: &Verdict) -> bool {
    match verdict.operation {
        Some(Operation::Bind | Operation::Listen | Operation::Startup) => true,
        // `unable to open socket for address 10.0.0.4`
        Some(Operation::Socket) => matches!(verdict.code, Code::WSAEADDRINUSE | Code::WSAEADDRNOTAVAIL),
        _ => false,
    }
}

impl Remembered {
    /// Whether a record of the shape has an address wherever the first one had: a number that is too large is none, and
    /// 0 says "any", which would change the choice.
    pub(crate) fn fits(&self, text: &[u8]) -> bool {
        self.found.iter().all(|candidate| candidate.is_usual(text))
    }
}

impl Candidate {
    /// Whether a text of the same shape has an address there: nothing is too large, neither address nor port is 0.
    fn is_usual(&self, text: &[u8]) -> bool {
        (self.kind != Kind::V4 || is_usual_v4(&text[self.host.clone()]))
            && (self.port.is_none() || (1..=0xFFFF).contains(&self.port_at(text)))
    }

    /// The number at the end of the address.
    fn port_at(&self, text: &[u8]) -> u32 {
        let all = &text[self.host.end..self.range.end];
        let digits = all.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        all[all.len() - digits..].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
    }
}

/// Whether no octet is too large, and one is not 0.
fn is_usual_v4(address: &[u8]) -> bool {
    let (mut octet, mut all) = (0, 0);
    for byte in address {
        octet = if *byte == b'.' { 0 } else { octet * 10 + u32::from(byte.wrapping_sub(b'0')) };
        // An octet grows from digit to digit, so that none is too large in the end and was not on the way.
        all |= octet | u32::from(octet > 255) << 31;
    }
    all != 0 && all >> 31 == 0
}

fn write(text: &[u8], best: &Candidate, port: Option<u16>, out: &mut String) -> bool {
    let Ok(host) = std::str::from_utf8(&text[best.host.clone()]) else { return false };
    out.clear();
    let brackets = best.kind == Kind::V6 && port.is_some();
    out.push_str(if brackets { "[" } else { "" });
    if best.kind == Kind::Tuple {
        out.extend(
            host.bytes().filter(|byte| *byte != b' ').map(|byte| if byte == b',' { '.' } else { char::from(byte) }),
        );
    } else {
        out.push_str(host);
    }
    out.push_str(if brackets { "]" } else { "" });
    if let Some(port) = port {
        out.push(':');
        push_decimal(out, port);
    }
    true
}

/// Without the machinery of formatting, which costs more than everything else about an address.
fn push_decimal(out: &mut String, value: u16) {
    if value >= 10 {
        push_decimal(out, value / 10);
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}

/// The bytes that names of hosts consist of.
#[inline]
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use crate::{Collect, Scanner};

    fn peer(text: &str) -> Option<String> {
        let mut all = Collect::default();
        Scanner::new().scan_slice(text.as_bytes(), &mut all);
        all.findings[0].peer.clone()
    }

    #[test]
    fn addresses_are_told_from_what_is_beside_them() {
        for (text, wanted) in [
            ("socket to server db1/10.0.0.5 on port 50,000 with message: WSAECONNREFUSED", Some("10.0.0.5:50000")),
            ("no server 10.0.0.5 on port 25,110,143: WSAECONNREFUSED", Some("10.0.0.5:25")),
            (
                "Connect failed to <cs p:0a1f, TCP:localhost:10080>; cnx: (null), error: WSAECONNREFUSED",
                Some("localhost:10080"),
            ),
            (
                "db1:27017: [WinError 10061] No connection could be made because the target machine actively refused \
                it,db2:27017: [WinError 10060] A connection attempt failed",
                Some("db1:27017"),
            ),
            ("failures with remote server fe02.corp.local IP 10.5.0.12. WSAETIMEDOUT", Some("10.5.0.12")),
            (
                "* Connected to api.example.com (203.0.113.88) port 8443 (#0)\n* schannel: SSL/TLS connection with \
                api.example.com port 8443 (step 1/3)\n* Send failure: Connection was aborted",
                Some("203.0.113.88:8443"),
            ),
            ("cannot connect to fe02.corp.local(10.5.0.12):8403: WSAETIMEDOUT", Some("10.5.0.12:8403")),
            ("remote server fe02.corp.local, IP address: 10.5.0.12 failed: WSAETIMEDOUT", Some("10.5.0.12")),
            ("The request failed. https://api.example.com/v1: WSAECONNRESET", Some("api.example.com")),
            ("Unable to connect to the licence server.\n Server name: lic02\n Error: WSAECONNREFUSED", Some("lic02")),
        ] {
            assert_eq!(peer(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn names_of_programs_pages_and_this_machine_are_no_peers() {
        for text in [
            "    s.connect((resolved, 4506))\nOSError: [WinError 10060] it did not respond",
            "    data, addr = self.sock.recvfrom(1024)\nOSError: [WinError 10040] too large",
            "Computer:      FS02.corp.local\n Description: WSAHOST_NOT_FOUND",
            "2024-02-21T10:14:07.5Z Foo EventID=134 Level=Warning Computer=FS02 Message=failed: WSAETIMEDOUT",
            "java.net.ConnectException: Connection refused: connect\n\tat java.net.Socket.connect(Socket.java:579)",
            "{\"EventTime\":\"2025-03-19 03:12:50\",\"Hostname\":\"dc02.example.org\",\"Message\":\"failed: WSAETIMEDOUT\"}",
            "Msg 10060, Level 16, State 1, Server SQL02, Line 1\nTCP Provider: WSAETIMEDOUT",
            "Hello from the community. https://www.example.org/contribute.html\n  recv: WSAEWOULDBLOCK",
        ] {
            assert_eq!(peer(text), None, "{text}");
        }
    }
}
