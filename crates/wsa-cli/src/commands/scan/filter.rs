//! Which findings are shown.

use anyhow::Result;
use winsock_codes::Code;

use super::hit::{Batch, Hit};
use super::when::{self, Moment};
use crate::args::scan::ScanFilter;

/// Conditions that must all hold. Confidence and system are the scanner's own.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    codes: Vec<Code>,
    peers: Vec<PeerPattern>,
    since: Option<Moment>,
    until: Option<Moment>,
}

impl Filter {
    /// # Errors
    /// If a time cannot be read.
    pub(crate) fn new(args: &ScanFilter) -> Result<Filter> {
        Ok(Filter {
            codes: args.code.clone(),
            peers: args.peer.iter().map(|text| PeerPattern::new(text)).collect(),
            since: args.since.as_deref().map(when::parse).transpose()?,
            until: args.until.as_deref().map(when::parse).transpose()?,
        })
    }

    /// Whether a finding whose record tells no time can be shown.
    pub(crate) fn asks_for_time(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether everything passes.
    pub(crate) fn is_open(&self) -> bool {
        self.codes.is_empty() && self.peers.is_empty() && !self.asks_for_time()
    }

    pub(crate) fn passes(&self, batch: &Batch, hit: &Hit, moment: Option<Moment>) -> bool {
        (self.codes.is_empty() || self.codes.contains(&hit.code))
            && self.since.is_none_or(|since| moment.is_some_and(|moment| moment >= since))
            && self.until.is_none_or(|until| moment.is_some_and(|moment| moment < until))
            && (self.peers.is_empty()
                || batch.peer(hit).is_some_and(|peer| self.peers.iter().any(|pattern| pattern.matches(peer))))
    }
}

/// `host`, `host:port`, `:port`, or a beginning with `*` behind it.
#[derive(Debug)]
enum PeerPattern {
    Exact(String),
    Host(String),
    Port(String),
    Beginning(String),
}

impl PeerPattern {
    fn new(text: &str) -> PeerPattern {
        let text = text.to_ascii_lowercase();
        if let Some(beginning) = text.strip_suffix('*') {
            return PeerPattern::Beginning(beginning.to_owned());
        }
        if let Some(port) = text.strip_prefix(':').filter(|port| port.bytes().all(|byte| byte.is_ascii_digit())) {
            return PeerPattern::Port(port.to_owned());
        }
        let (host, port) = split_peer(&text);
        if port.is_some() { PeerPattern::Exact(text) } else { PeerPattern::Host(host.to_owned()) }
    }

    fn matches(&self, peer: &str) -> bool {
        let (host, port) = split_peer(peer);
        match self {
            PeerPattern::Exact(text) => peer.eq_ignore_ascii_case(text),
            PeerPattern::Host(text) => host.eq_ignore_ascii_case(text),
            PeerPattern::Port(text) => port == Some(text),
            PeerPattern::Beginning(text) => {
                peer.get(..text.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(text))
            }
        }
    }
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
        let matches = |pattern: &str, peer: &str| PeerPattern::new(pattern).matches(peer);
        assert!(matches("10.0.0.1", "10.0.0.1:443") && !matches("10.0.0.1", "10.0.0.11:443"));
        assert!(matches("10.0.0.1:443", "10.0.0.1:443") && !matches("10.0.0.1:443", "10.0.0.1:4433"));
        assert!(matches(":443", "db.example:443") && matches(":443", "[::1]:443") && !matches(":443", "db:4433"));
        assert!(matches("10.1.*", "10.1.2.3:80") && !matches("10.1.*", "10.2.1.3"));
        assert!(matches("::1", "[::1]:80") && matches("[::1]", "[::1]:80") && matches("DB", "db:1"));
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
