//! Which findings are shown.

use std::net::{IpAddr, Ipv6Addr};

use anyhow::{Context, Result, bail};
use winsock_codes::Code;
use winsock_scan::Confidence;

use super::hit::{Batch, Hit};
use super::limit::Limit;
use super::when::Moment;
use crate::args::scan::ScanFilter;

/// Conditions that must all hold. What system the logs are from is the scanner's own.
#[derive(Debug)]
pub(crate) struct Filter {
    codes: Vec<Code>,
    peers: Vec<PeerPattern>,
    least: Confidence,
    since: Option<Limit>,
    until: Option<Limit>,
}

impl Filter {
    /// # Errors
    /// If a time or a peer cannot be read, or no time is between the two.
    pub(crate) fn new(args: &ScanFilter) -> Result<Filter> {
        let filter = Filter {
            codes: args.code.clone(),
            peers: args.peer.iter().map(|text| PeerPattern::new(text)).collect::<Result<_>>()?,
            least: args.min_confidence.map_or(Confidence::Low, Confidence::from),
            since: args.since.as_deref().map(Limit::parse).transpose()?,
            until: args.until.as_deref().map(Limit::parse).transpose()?,
        };
        if filter.since.zip(filter.until).is_some_and(|(since, until)| !since.is_before(until)) {
            bail!("--since is not before --until, so nothing can pass");
        }
        Ok(filter)
    }

    /// Whether a finding whose record tells no time can be shown.
    pub(crate) fn asks_for_time(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether everything passes.
    pub(crate) fn is_open(&self) -> bool {
        self.codes.is_empty() && self.peers.is_empty() && !self.asks_for_time() && self.least == Confidence::Low
    }

    pub(crate) fn passes(&self, batch: &Batch, hit: &Hit, moment: Option<Moment>) -> bool {
        let stamp = hit.time.as_ref().zip(moment);
        let is_before = |limit: Limit| stamp.map(|(stamp, moment)| limit.is_after(stamp, moment));
        hit.confidence >= self.least
            && (self.codes.is_empty() || self.codes.contains(&hit.code))
            && self.since.is_none_or(|since| is_before(since) == Some(false))
            && self.until.is_none_or(|until| is_before(until) == Some(true))
            && (self.peers.is_empty()
                || batch.peer(hit).is_some_and(|peer| self.peers.iter().any(|pattern| pattern.matches(peer))))
    }
}

/// `host`, `host:port`, `:port`, a network such as `10.1.0.0/16`, or any of host and peer with `*` for some of it.
#[derive(Debug)]
enum PeerPattern {
    Exact(String),
    Host(String),
    Port(String),
    Network { first: IpAddr, bits: u32 },
    Wild(String),
}

impl PeerPattern {
    fn new(text: &str) -> Result<PeerPattern> {
        let text = as_ipv4(text).unwrap_or_else(|| text.to_ascii_lowercase());
        if let Some((first, bits)) = text.split_once('/') {
            let network = || Some((first.parse::<IpAddr>().ok()?, bits.parse().ok()?));
            let (first, bits) =
                network().filter(|(first, bits)| *bits <= if first.is_ipv4() { 32 } else { 128 }).with_context(
                    || format!("cannot read the peer {text:?}: write a network as 10.1.0.0/16 or fd00::/8"),
                )?;
            return Ok(PeerPattern::Network { first, bits });
        }
        if text.contains('*') {
            return Ok(PeerPattern::Wild(text));
        }
        if let Some(port) = text.strip_prefix(':').filter(|port| is_number(port)) {
            return Ok(PeerPattern::Port(port.to_owned()));
        }
        let (host, port) = split_peer(&text);
        if host.is_empty() || host.starts_with('[') || port == Some("") {
            bail!(
                "cannot read the peer {text:?}: write a host, host:port, [address]:port, :port, a network such as \
                 10.1.0.0/16, or with `*`: '*.example.com'"
            );
        }
        Ok(if port.is_some() { PeerPattern::Exact(text) } else { PeerPattern::Host(host.to_owned()) })
    }

    fn matches(&self, peer: &str) -> bool {
        self.is_written_as(peer) || as_ipv4(peer).is_some_and(|peer| self.is_written_as(&peer))
    }

    fn is_written_as(&self, peer: &str) -> bool {
        let (host, port) = split_peer(peer);
        match self {
            PeerPattern::Exact(text) => peer.eq_ignore_ascii_case(text),
            PeerPattern::Host(text) => host.eq_ignore_ascii_case(text),
            PeerPattern::Port(text) => port == Some(text),
            PeerPattern::Network { first, bits } => {
                host.parse().is_ok_and(|address: IpAddr| is_in_network(address.to_canonical(), *first, *bits))
            }
            PeerPattern::Wild(text) => {
                let (host, peer) = (host.to_ascii_lowercase(), peer.to_ascii_lowercase());
                is_like(host.as_bytes(), text.as_bytes()) || is_like(peer.as_bytes(), text.as_bytes())
            }
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A peer of IPv4 in the way that a socket of both families tells it, `[::ffff:10.0.0.1]:443`, without that.
fn as_ipv4(peer: &str) -> Option<String> {
    let (host, port) = split_peer(peer);
    let address = host.parse::<Ipv6Addr>().ok()?.to_ipv4_mapped()?;
    Some(port.map_or_else(|| address.to_string(), |port| format!("{address}:{port}")))
}

fn is_in_network(address: IpAddr, first: IpAddr, bits: u32) -> bool {
    match (address, first) {
        (IpAddr::V4(address), IpAddr::V4(first)) => {
            (address.to_bits() ^ first.to_bits()).checked_shr(32 - bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(first)) => {
            (address.to_bits() ^ first.to_bits()).checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// Whether a text is like a pattern in which each `*` stands for any bytes.
fn is_like(text: &[u8], pattern: &[u8]) -> bool {
    let mut parts = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match memchr::memmem::find(rest, part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Host and port of a normalised peer; brackets of IPv6 are not part of the host.
pub(crate) fn split_peer(peer: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = peer.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        return (host, rest.strip_prefix(':'));
    }
    match peer.split_once(':') {
        // More than one colon and no brackets: a bare IPv6 address.
        Some((host, port)) if !port.contains(':') => (host, Some(port)),
        _ => (peer, None),
    }
}

/// Whether a peer is this machine.
pub(crate) fn is_loopback(peer: &str) -> bool {
    let (host, _) = split_peer(peer);
    host == "::1"
        || host.eq_ignore_ascii_case("localhost")
        || host
            .strip_prefix("::ffff:")
            .unwrap_or(host)
            .strip_prefix("127.")
            .is_some_and(|rest| rest.split('.').count() == 3 && rest.split('.').all(|part| part.parse::<u8>().is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_match_by_host_port_whole_and_beginning() {
        let matches = |pattern: &str, peer: &str| PeerPattern::new(pattern).unwrap().matches(peer);
        assert!(matches("10.0.0.1", "10.0.0.1:443") && !matches("10.0.0.1", "10.0.0.11:443"));
        assert!(matches("10.0.0.1:443", "10.0.0.1:443") && !matches("10.0.0.1:443", "10.0.0.1:4433"));
        assert!(matches(":443", "db.example:443") && matches(":443", "[::1]:443") && !matches(":443", "db:4433"));
        assert!(matches("10.1.*", "10.1.2.3:80") && !matches("10.1.*", "10.2.1.3"));
        assert!(matches("::1", "[::1]:80") && matches("[::1]", "[::1]:80") && matches("DB", "db:1"));
        assert!(matches("*.Corp.example", "db1.corp.example:1433") && !matches("*.corp.example", "corp.example.org"));
        assert!(matches("db*.corp.*:1433", "db1.corp.example:1433") && !matches("db*:1433", "db1:14330"));
        assert!(matches("fe80::*", "[fe80::1]:80") && matches("*", "x:1") && !matches("a*a", "a"));
    }

    #[test]
    fn an_ipv4_peer_is_the_same_in_the_words_of_ipv6() {
        let matches = |pattern: &str, peer: &str| PeerPattern::new(pattern).unwrap().matches(peer);
        let peer = "[::ffff:10.20.3.1]:5432";
        for pattern in ["10.20.3.1", "10.20.3.1:5432", "10.20.3.*", "*.1:5432", "10.20.3.0/24", ":5432", peer] {
            assert!(matches(pattern, peer), "{pattern}");
        }
        for pattern in ["::ffff:10.20.3.1", "::FFFF:10.20.3.1", peer] {
            assert!(matches(pattern, "10.20.3.1:5432") && matches(pattern, peer), "{pattern}");
        }
        assert!(matches("::ffff:10.*", peer) && !matches("10.20.3.2", peer) && !matches("10.20.3.1:80", peer));
    }

    #[test]
    fn what_can_be_no_peer_is_an_error() {
        for wrong in ["", ":", "10.0.0.1:", "[::1", "[::1]:", ":http", "[]:80"] {
            assert!(PeerPattern::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn peers_match_by_network() {
        let matches = |pattern: &str, peer: &str| PeerPattern::new(pattern).unwrap().matches(peer);
        assert!(matches("10.1.0.0/16", "10.1.255.3:443") && !matches("10.1.0.0/16", "10.2.0.1:443"));
        assert!(
            matches("10.1.7.9/23", "10.1.6.1")
                && matches("0.0.0.0/0", "9.9.9.9")
                && !matches("10.0.0.1/32", "10.0.0.2")
        );
        assert!(matches("10.0.0.0/8", "[::ffff:10.9.9.9]:80") && !matches("10.0.0.0/8", "db1.example:80"));
        assert!(matches("fd00::/8", "[fd12::1]:80") && !matches("fd00::/8", "[fe80::1]:80") && matches("::/0", "::1"));
        for wrong in ["10.0.0.0/33", "10.0.0.0/", "db/8", "::/129", "10.0.0.0/-1"] {
            assert!(PeerPattern::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn loopback_is_recognised_in_every_spelling() {
        for peer in ["127.0.0.1:80", "127.1.2.3", "[::1]:5432", "localhost:80", "[::ffff:127.0.0.1]:9"] {
            assert!(is_loopback(peer), "{peer}");
        }
        for peer in ["10.0.0.1", "127.example.com:80", "localhost.example.com", "[::2]:1"] {
            assert!(!is_loopback(peer), "{peer}");
        }
    }
}
