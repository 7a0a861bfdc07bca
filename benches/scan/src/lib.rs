//! Logs made to measure: realistic lines, the same bytes for the same seed on every machine.

use std::io::{self, Write};

/// What a made log consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ordinary lines, of which so many in a thousand tell of a Winsock error.
    PerMille(u32),
    /// Nothing but errors.
    Errors,
    /// Ordinary lines whose numbers look as much like codes as numbers can: hex dumps, sizes, ports.
    Traps,
}

/// Writes a log of at least `bytes` bytes, whole lines.
///
/// # Errors
/// Those of `out`.
pub fn write_log(out: &mut impl Write, kind: Kind, bytes: u64, seed: u64) -> io::Result<()> {
    let mut maker = Maker { random: Random(seed), second: 0 };
    let mut line = String::with_capacity(512);
    let mut written = 0;
    while written < bytes {
        line.clear();
        maker.line(kind, &mut line);
        line.push('\n');
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    Ok(())
}

/// SplitMix64: a few lines, good enough for logs.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

struct Maker {
    random: Random,
    second: u64,
}

const WORDS: &[&str] = &[
    "request",
    "session",
    "cache",
    "worker",
    "index",
    "table",
    "query",
    "object",
    "token",
    "message",
    "buffer",
    "store",
    "handler",
    "module",
    "update",
    "config",
    "service",
    "record",
    "account",
    "backup",
    "volume",
    "policy",
    "schema",
    "report",
    "printer",
    "window",
    "render",
    "thread",
    "socket",
    "connection",
];

const VERBS: &[&str] = &[
    "started", "finished", "loaded", "stored", "opened", "closed", "checked", "skipped", "queued", "sent", "received",
    "created", "removed",
];

impl Maker {
    fn line(&mut self, kind: Kind, out: &mut String) {
        use std::fmt::Write as _;
        self.second += self.random.below(2);
        let (day, clock) = (1 + self.second / 86_400 % 28, self.second % 86_400);
        let millis = self.random.below(1000);
        let _ =
            write!(out, "2025-03-{day:02} {:02}:{:02}:{:02}.{millis:03} ", clock / 3600, clock / 60 % 60, clock % 60);
        let error = match kind {
            Kind::Errors => true,
            Kind::PerMille(share) => self.random.below(1000) < u64::from(share),
            Kind::Traps => false,
        };
        if error { self.error(out) } else { self.ordinary(kind, out) }
    }

    fn ordinary(&mut self, kind: Kind, out: &mut String) {
        use std::fmt::Write as _;
        let r = &mut self.random;
        let pid = 1000 + r.below(30_000);
        let _ = match if kind == Kind::Traps { 4 + r.below(4) } else { r.below(8) } {
            0 | 1 => write!(
                out,
                "[{pid}] INFO {} {} {} in {} ms",
                r.of(WORDS),
                r.below(100_000),
                r.of(VERBS),
                r.below(5_000)
            ),
            2 => write!(
                out,
                "[{pid}] DEBUG {}: {} {} items from the {} {}",
                r.of(WORDS),
                r.of(VERBS),
                r.below(500),
                r.of(WORDS),
                r.of(WORDS)
            ),
            3 => write!(
                out,
                "192.168.{}.{} - - \"GET /{}/{} HTTP/1.1\" {} {} \"-\" \"Mozilla/5.0\"",
                r.below(256),
                r.below(256),
                r.of(WORDS),
                r.below(1000),
                r.of(&["200", "304", "404"]),
                r.below(60_000)
            ),
            4 => write!(
                out,
                "[{pid}] TRACE {} at 0x{:016x} size {} flags 0x{:x}",
                r.of(WORDS),
                0x7ff0_0000_0000 + r.below(1 << 36),
                r.below(70_000),
                r.below(65_536)
            ),
            5 => write!(
                out,
                "{:08x}: {:04x} {:04x} {:04x} {:04x} {:04x} {:04x} {:04x} {:04x}",
                r.below(1 << 32),
                r.below(65_536),
                r.below(65_536),
                r.below(65_536),
                r.below(65_536),
                r.below(65_536),
                r.below(65_536),
                r.below(65_536),
                r.below(65_536)
            ),
            6 => write!(
                out,
                "[{pid}] INFO {} {} by 10.{}.{}.{}:{} ({} bytes)",
                r.of(WORDS),
                r.of(VERBS),
                r.below(256),
                r.below(256),
                r.below(256),
                1024 + r.below(60_000),
                r.below(1 << 20)
            ),
            _ => write!(
                out,
                "[{pid}] WARN {} {} is slow: {}.{} s, retrying {} of {}",
                r.of(WORDS),
                r.below(1000),
                r.below(60),
                r.below(1000),
                r.below(5),
                5
            ),
        };
    }

    fn error(&mut self, out: &mut String) {
        use std::fmt::Write as _;
        let r = &mut self.random;
        let peer = format!("10.{}.{}.{}:{}", r.below(4), r.below(256), r.below(256), 1 + r.below(65_535));
        let (code, name, text) = [
            (10054, "WSAECONNRESET", "An existing connection was forcibly closed by the remote host."),
            (10061, "WSAECONNREFUSED", "No connection could be made because the target machine actively refused it."),
            (10053, "WSAECONNABORTED", "An established connection was aborted by the software in your host machine."),
            (
                10048,
                "WSAEADDRINUSE",
                "Only one usage of each socket address (protocol/network address/port) is normally permitted.",
            ),
        ][r.below(4) as usize];
        let _ = match r.below(8) {
            0 => write!(out, "recv() from {peer} failed, WSAGetLastError() returned {code}"),
            1 => write!(out, "read tcp 192.168.1.5:50123->{peer}: wsarecv: {text}"),
            2 => write!(out, "ERROR [WinError {code}] {text}"),
            3 => write!(out, "System.Net.Sockets.SocketException ({code}): {text} {peer}"),
            4 => write!(out, "connect to {peer}: {name}"),
            5 => write!(out, "job ended with 0x{:08X}", 0x8007_0000_u32 | code),
            6 => write!(out, "Error: {text} (os error {code})"),
            _ => write!(
                out,
                "[error] connect() failed ({code}: {text}) while connecting to upstream, client: 127.0.0.1, upstream: \"http://{peer}/\""
            ),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_log() {
        let make = || {
            let mut log = Vec::new();
            write_log(&mut log, Kind::PerMille(5), 100_000, 7).unwrap();
            log
        };
        assert_eq!(make(), make());
    }
}
