//! From counts to advice: whose fault, what the pattern says, what to check first.
//!
//! The causes are the catalogue's, in its order of frequency; what the data show moves them up or down. Every rule is
//! one a network engineer would give: a loopback peer excludes the network, several peers in one second accuse this
//! machine, gaps of exactly four minutes are somebody's idle timeout.

use serde::Serialize;
use winsock_codes::{Cause, Code, Entry, Fault, Severity};
use winsock_scan::Operation;

use super::filter::split_peer;
use super::tally::{CodeTally, IDLE_LIMITS};
use super::when;

/// What is likely and what to do about one code.
#[derive(Debug, Serialize)]
pub(crate) struct Diagnosis {
    /// Who: `program`, `system`, `network`, `peer`, `resolver` or `nobody`.
    pub(crate) fault: &'static str,
    /// The same for people, with the reason if the data show one.
    pub(crate) fault_text: String,
    /// What the data show, a sentence each.
    pub(crate) patterns: Vec<String>,
    /// What to check, first things first.
    pub(crate) checks: Vec<Check>,
    /// The code that this one is mostly a consequence of.
    pub(crate) follows: Option<Follows>,
}

/// Something to check.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    /// What may be wrong.
    pub(crate) cause: String,
    /// How to tell.
    pub(crate) evidence: String,
    /// What to do.
    pub(crate) remedy: String,
}

/// The error that came first.
#[derive(Debug, Serialize)]
pub(crate) struct Follows {
    /// Its code.
    pub(crate) code: i32,
    /// Its name.
    pub(crate) name: &'static str,
    /// How many findings came right behind one of it.
    pub(crate) count: u64,
}

/// How many things to check are given.
pub(crate) const CHECKS: usize = 2;

/// Judges a code. `after` is the code it follows, if it does and not the other way round.
pub(crate) fn diagnose(code: Code, tally: &CodeTally, after: Option<(Code, u64)>) -> Diagnosis {
    let facts = Facts::new(tally, after);
    let (fault, fault_text) = fault(code, &facts);
    let follows =
        after.map(|(first, count)| Follows { code: first.value(), name: first.name().unwrap_or("unassigned"), count });
    Diagnosis { fault, fault_text, patterns: patterns(tally, &facts), checks: checks(code, &facts), follows }
}

/// What the data show, in a form to decide by.
struct Facts {
    /// Every peer that is named is this machine.
    loopback_only: bool,
    /// Hardly a peer that is named is this machine.
    remote: bool,
    /// Most records speak of datagrams.
    datagram: bool,
    /// Several peers failed in one second, and that is not usual in this log.
    burst: Option<(usize, when::Moment)>,
    /// The idle limit that many gaps are as long as, in seconds: (limit, such gaps, all gaps).
    idle: Option<(i64, u32, u32)>,
    after: Option<(Code, u64)>,
    /// The operation that nearly all findings name.
    operation: Option<Operation>,
    ports: Vec<String>,
    words: Words,
}

impl Facts {
    fn new(tally: &CodeTally, after: Option<(Code, u64)>) -> Facts {
        let operations = tally.operations.sorted();
        let named: u64 = operations.iter().map(|(_, count)| count).sum();
        let operation = operations
            .into_iter()
            .find(|(_, count)| count * 10 >= named * 8 && count * 2 >= tally.count)
            .map(|(operation, _)| operation);
        let commonest = tally.peers.commonest(3);
        let ports = commonest.iter().filter_map(|(peer, _, _)| split_peer(peer).1).map(str::to_owned).collect();
        let samples: Vec<String> =
            tally.samples.iter().map(|sample| String::from_utf8_lossy(sample).to_ascii_lowercase()).collect();
        Facts {
            loopback_only: tally.with_peer > 0
                && tally.loopback == tally.with_peer
                && tally.with_peer * 2 >= tally.count,
            remote: tally.loopback * 10 < tally.with_peer,
            datagram: tally.is_of_datagrams(),
            burst: tally.burst.outstanding(),
            idle: idle(tally),
            after,
            operation,
            ports,
            words: Words::new(samples.join("\n")),
        }
    }
}

/// A text that is asked for many words. Most of them are not in it, and for most of those already the first two letters
/// are not.
struct Words {
    text: String,
    /// The pairs of letters in it, one bit each.
    pairs: [u64; 64],
}

impl Words {
    fn new(text: String) -> Words {
        let mut pairs = [0; 64];
        for pair in text.as_bytes().windows(2) {
            let (word, bit) = Words::place(pair[0], pair[1]);
            pairs[word] |= bit;
        }
        Words { text, pairs }
    }

    /// Whether it has one of these.
    fn say(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.may_say(word) && self.text.contains(word))
    }

    fn may_say(&self, word: &str) -> bool {
        let [first, second, ..] = *word.as_bytes() else { return true };
        let (place, bit) = Words::place(first, second);
        self.pairs[place] & bit != 0
    }

    fn place(first: u8, second: u8) -> (usize, u64) {
        (usize::from(first & 63), 1 << (second & 63))
    }
}

fn idle(tally: &CodeTally) -> Option<(i64, u32, u32)> {
    let mut all = 0;
    let mut at_limit = [0_u32; IDLE_LIMITS.len()];
    for peer in tally.peers.values() {
        all += peer.gaps;
        for (sum, count) in at_limit.iter_mut().zip(peer.idle) {
            *sum += count;
        }
    }
    let (limit, &count) = at_limit.iter().enumerate().max_by_key(|(index, count)| (**count, usize::MAX - index))?;
    (count >= 3 && count * 5 >= all * 3).then_some((IDLE_LIMITS[limit], count, all))
}

fn fault(code: Code, facts: &Facts) -> (&'static str, String) {
    let Some(entry) = code.entry() else {
        return ("program", "a number that Winsock does not assign; the program's own?".to_owned());
    };
    if entry.severity == Severity::Normal {
        return ("nobody", "nobody: part of a program's normal flow; do not alert on it".to_owned());
    }
    if let Some((first, _)) = facts.after {
        return (entry.fault.first().map_or("program", |fault| fault.as_str()), format!("a consequence of {first}"));
    }
    if facts.datagram && matches!(code, Code::WSAECONNRESET | Code::WSAENETRESET) {
        return ("nobody", "nobody: an earlier datagram met a closed port; harmless for the socket".to_owned());
    }
    if facts.loopback_only && matches!(entry.fault.first(), Some(Fault::Peer | Fault::Network)) {
        return ("peer", "the other program on this machine: every peer is loopback".to_owned());
    }
    if facts.burst.is_some() && matches!(entry.fault.first(), Some(Fault::Peer | Fault::Network | Fault::System)) {
        return ("system", "this machine or its network: several peers at once".to_owned());
    }
    let mut text: Vec<&str> = entry.fault.iter().take(2).map(|fault| fault_words(*fault)).collect();
    if text.is_empty() {
        text.push("nobody");
    }
    (entry.fault.first().map_or("nobody", |fault| fault.as_str()), text.join(", or "))
}

fn fault_words(fault: Fault) -> &'static str {
    match fault {
        Fault::Program => "the program that logs it",
        Fault::System => "this machine",
        Fault::Network => "the network between",
        Fault::Peer => "the peer",
        Fault::Resolver => "the name service",
    }
}

fn patterns(tally: &CodeTally, facts: &Facts) -> Vec<String> {
    let mut all = Vec::new();
    if let Some((first, count)) = facts.after {
        all.push(format!("{count} of {} came right behind {first}: solve that first", tally.count));
    }
    if facts.loopback_only {
        all.push("loopback peers only: no network, provider or firewall is involved".to_owned());
    }
    if let Some((most, at)) = facts.burst {
        let many = if most >= 1000 { "1000 or more".to_owned() } else { most.to_string() };
        all.push(format!("{many} peers in the same second ({}): look for a common cause on this side", when::time(at)));
    } else if tally.peers.missed() == 0 && tally.peers.len() == 1 && tally.with_peer >= 3 && !facts.loopback_only {
        all.push("one peer only: it, or the path to it".to_owned());
    }
    if let Some((limit, count, gaps)) = facts.idle {
        all.push(format!(
            "{count} of {gaps} gaps are {}: an idle timeout (load balancer, NAT, server keep-alive)",
            when::duration(limit)
        ));
    }
    if facts.datagram {
        all.push("UDP: the error reports an earlier send".to_owned());
    }
    all
}

fn checks(code: Code, facts: &Facts) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Some((first, _)) = facts.after {
        checks.push(Check {
            cause: format!("It follows {first}"),
            evidence: "The same record or the lines before it tell of that one.".to_owned(),
            remedy: format!("Solve {first} first; this one will probably go with it."),
        });
    }
    if let Some((_, at)) = facts.burst {
        checks.push(Check {
            cause: format!("Something on this side at {}", when::time(at)),
            evidence: "Several peers failed in the same second.".to_owned(),
            remedy: "See the System event log around that time: adapter, VPN, sleep and resume, security product, used-up ports."
                .to_owned(),
        });
    }
    let Some(entry) = code.entry() else { return checks };
    for cause in ranked(entry, facts) {
        if checks.len() == CHECKS {
            break;
        }
        checks.push(Check {
            cause: cause.what.to_owned(),
            evidence: cause.evidence.to_owned(),
            remedy: cause.remedy.to_owned(),
        });
    }
    checks
}

/// The catalogue's causes, likeliest first for these facts.
fn ranked(entry: &Entry, facts: &Facts) -> Vec<&'static Cause> {
    let causes = entry.detail().causes;
    let mut scored: Vec<(i32, &Cause)> =
        causes.iter().enumerate().map(|(rank, cause)| (score(cause, facts) - rank as i32, cause)).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, cause)| cause).collect()
}

/// How much the facts speak for a cause beyond its rank in the catalogue.
fn score(cause: &Cause, facts: &Facts) -> i32 {
    let mut text = [cause.what, cause.evidence].join(" ");
    text.make_ascii_lowercase();
    let text = Words::new(text);
    let says = |words: &[&str]| text.say(words);
    let mut score = quotes(cause, facts) + products(&text, facts) + operation(&text, facts);
    let local = says(&["127.0.0.1", "loopback", "localhost"]);
    let path = says(&["firewall", "provider", "vpn", "filter", "country", "nat ", "wi-fi", "network device", "syn"]);
    if facts.loopback_only {
        score += i32::from(local) - if path { 12 } else { 0 };
    } else if facts.remote && says(&["localhost", "local port", "::1", "loopback"]) {
        score -= 5;
    }
    if says(&["udp", "datagram"]) {
        score += if facts.datagram { 10 } else { -12 };
    }
    if facts.idle.is_some() && says(&["idle", "keep-alive", "fixed number of seconds"]) {
        score += 6;
    }
    if facts.burst.is_some() && says(&["ports are in use", "vpn", "sleep", "adapter"]) {
        score += 4;
    }
    if facts.after.is_some() && says(&["follow-up", "earlier failure"]) {
        score += 6;
    }
    if facts.ports.iter().any(|port| names_port(&text, port)) {
        score += 5;
    } else if names_port(&text, "25") && !facts.ports.is_empty() {
        score -= 10;
    }
    score
}

/// What a cause quotes as tell-tale text should be in the log.
fn quotes(cause: &Cause, facts: &Facts) -> i32 {
    let mut quoted = cause.evidence.split('"').skip(1).step_by(2).filter(|quote| quote.len() > 3).peekable();
    if quoted.peek().is_none() {
        return 0;
    }
    if quoted.any(|quote| facts.words.say(&[&quote.to_ascii_lowercase()])) { 8 } else { -3 }
}

/// A cause that is about a product needs that product in the log.
fn products(text: &Words, facts: &Facts) -> i32 {
    // What the catalogue calls it, and what betrays it in a record.
    const PRODUCTS: [(&str, &[&str]); 21] = [
        ("proxy", &["proxy", "upstream", "v2ray", "clash"]),
        ("sql server", &["sqlclient", "sql server", "odbc", "mssql", "tds"]),
        ("sqlclient", &["sqlclient", "sql server"]),
        ("mysql", &["mysql", "mariadb"]),
        ("asyncio", &["asyncio", "proactor"]),
        ("git ", &["git", "curl"]),
        ("docker", &["docker", "wsl"]),
        ("wsl", &["docker", "wsl"]),
        ("v2ray", &["v2ray", "clash", "xray", "proxy"]),
        ("quic", &["quic", "wireguard"]),
        ("remote-desktop", &["rustdesk", "rdp", "mstsc"]),
        ("scraper", &["download", "scrap", "gallery"]),
        ("azure", &["azure", "database.windows.net"]),
        ("php", &["php"]),
        ("kafka", &["kafka"]),
        ("iis", &["iis", "http.sys", "w3svc", "aspnet"]),
        ("ssl", &["ssl", "tls"]),
        ("tls", &["ssl", "tls", "https", "handshake"]),
        ("reverse proxy", &["nginx", "upstream", "apache", "proxy"]),
        ("browser", &["http", "browser", "websocket"]),
        ("database", &["sql", "database", "jdbc", "mongo", "postgres", "redis"]),
    ];
    let mut score = 0;
    for (name, tells) in PRODUCTS {
        if text.say(&[name]) {
            score += if facts.words.say(tells) { 3 } else { -3 };
        }
    }
    score.clamp(-6, 6)
}

/// A cause that is about one operation needs that operation.
fn operation(text: &Words, facts: &Facts) -> i32 {
    let Some(operation) = facts.operation else { return 0 };
    let about = |words: &[&str]| text.say(words);
    let connecting = about(&["syn", "connect", "listen", "not running", "port "]);
    let receiving = about(&["receive timeout", "recv", "so_rcvtimeo", "read"]);
    match operation {
        Operation::Connect => i32::from(connecting) * 2 - i32::from(about(&["receive timeout", "so_rcvtimeo"])) * 8,
        Operation::Recv => i32::from(receiving) * 4 - i32::from(about(&["syn", "listen"])) * 5,
        Operation::Bind | Operation::Listen => {
            i32::from(about(&["bind", "listen", "port"])) * 2 - i32::from(about(&["outgoing", "connect"])) * 4
        }
        _ => 0,
    }
}

/// Whether a text names this port as a number of its own.
fn names_port(text: &Words, port: &str) -> bool {
    text.may_say(port) && text.text.split(|character: char| !character.is_ascii_digit()).any(|number| number == port)
}

impl Diagnosis {
    /// Whether the finding is nothing to worry about.
    pub(crate) fn is_harmless(&self) -> bool {
        self.fault == "nobody"
    }
}
