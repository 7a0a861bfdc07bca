//! Host names to addresses and back, with Windows' answers.
//!
//! # Why not libc's `getaddrinfo`
//!
//! Windows tells a name that does not exist (11001) from one without addresses (11004), a broken or silent server (11002)
//! and a refusal or nonsense (11003). glibc's `getaddrinfo` folds the first two into one and the others by rules of its
//! own; `res_nquery` with `h_errno` keeps them apart but exists in glibc alone, cannot be pointed at a test server and
//! keeps its own timers. So the questions are asked here, over `simple-dns` for the wire format, with the servers,
//! search list and options of `resolv.conf`. Modules of `nsswitch.conf` that only libc can load (directory services,
//! multicast DNS) are asked through libc when the rest found nothing.
//!
//! # Order
//!
//! 1. `localhost`, and this computer's own name: the loopback and the interfaces' addresses, as Windows does. An
//!    `/etc/hosts` line that maps the own name to 127.0.1.1, which many Linux systems have, is not heard.
//! 2. The sources of `nsswitch.conf`, usually the hosts file, then DNS.
//!
//! | what happened | code |
//! |---|---|
//! | NXDOMAIN | `WSAHOST_NOT_FOUND` 11001 |
//! | the name exists without such an address | `WSANO_DATA` 11004 |
//! | SERVFAIL, or no server answered | `WSATRY_AGAIN` 11002 |
//! | REFUSED, NOTIMP, FORMERR, an answer that is none | `WSANO_RECOVERY` 11003 |
//!
//! IPv6 addresses are asked for only where this computer has one beyond its links, as Windows' resolver does
//! (`protocol.c`, end of `test_getaddrinfo`, which Wine itself fails); asked for alone then, they are `WSANO_DATA`.

mod client;
mod hosts;
mod query;
mod settings;
pub(super) mod sort;
mod wire;

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::{Duration, Instant};

use winsock_codes::Code;

use self::hosts::Hosts;
pub use self::query::Ask;
use self::settings::{Settings, Source};
use self::wire::{Kind, Records};
use super::files::{self, Files};
use super::host_name;

/// Why a name was not found, from the failure that says least to the one that says most: where several servers or
/// several questions failed in several ways, the greatest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Failure {
    /// NXDOMAIN.
    NoSuchName,
    /// The name exists and has no such record.
    NoData,
    /// A refusal, or an answer that cannot be read.
    Permanent,
    /// No server answered.
    Silence,
    /// SERVFAIL.
    ServerFailed,
}

impl From<Failure> for Code {
    fn from(failure: Failure) -> Code {
        match failure {
            Failure::NoSuchName => Code::WSAHOST_NOT_FOUND,
            Failure::NoData => Code::WSANO_DATA,
            Failure::Permanent => Code::WSANO_RECOVERY,
            Failure::Silence | Failure::ServerFailed => Code::WSATRY_AGAIN,
        }
    }
}

/// A name and what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The canonical name.
    pub(crate) canonical: String,
    /// Other names.
    pub(crate) aliases: Vec<String>,
    /// Addresses.
    pub(crate) addresses: Vec<IpAddr>,
}

/// Which addresses are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// IPv4 addresses.
    pub(crate) ipv4: bool,
    /// IPv6 addresses.
    pub(crate) ipv6: bool,
}

impl Wanted {
    fn includes(self, address: &IpAddr) -> bool {
        if address.is_ipv4() { self.ipv4 } else { self.ipv6 }
    }
}

/// Resolves names with given files. The functions of [`names`](super) use the system's; a resolver of one's own serves
/// tests and programs with a configuration of their own.
///
/// ```
/// use winsock::names::{Files, Resolver};
///
/// winsock::startup(0x0202)?;
/// let resolver = Resolver::with_files(Files { hosts: "/etc/hosts".into(), ..Files::system() });
/// let found = resolver.getaddrinfo(Some("127.0.0.1"), Some("80"), None)?;
/// assert_eq!(found[0].address, "127.0.0.1:80".parse().unwrap());
/// # Ok::<(), winsock::Code>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resolver {
    pub(super) files: Files,
    deadline: Option<Instant>,
    /// Whether to ask for IPv6 addresses; `None` looks at the interfaces.
    ipv6: Option<bool>,
}

impl Resolver {
    /// A resolver with the system's files, or where the environment says: see [`Files`].
    #[must_use]
    pub fn system() -> Resolver {
        Resolver::with_files(Files::system())
    }

    /// A resolver with these files.
    #[must_use]
    pub fn with_files(files: Files) -> Resolver {
        Resolver { files, deadline: None, ipv6: None }
    }

    /// Gives up, with `WSATRY_AGAIN`, when this much time has passed; for the time-out of `GetAddrInfoExW`.
    #[must_use]
    pub fn within(self, time: Duration) -> Resolver {
        Resolver { deadline: Some(Instant::now() + time.min(client::MAX_WAIT)), ..self }
    }

    /// Asks for IPv6 addresses in any case, or never, whatever addresses this computer has.
    #[must_use]
    pub fn with_ipv6(self, ask: bool) -> Resolver {
        Resolver { ipv6: Some(ask), ..self }
    }

    /// The addresses of a name that is no address itself, best first.
    pub(crate) fn addresses(&self, name: &str, wanted: Wanted) -> Result<Found, Code> {
        if let Some(found) = host_name::local(name, wanted) {
            return found;
        }
        let mut failure = Failure::NoSuchName;
        for source in settings::sources(&files::read(&self.files.nsswitch_conf)) {
            match self.ask_source(source, name, wanted) {
                Ok(mut found) => {
                    sort::by_preference(&mut found.addresses);
                    return Ok(found);
                }
                Err(other) => failure = failure.max(other),
            }
        }
        Err(failure.into())
    }

    fn ask_source(&self, source: Source, name: &str, wanted: Wanted) -> Result<Found, Failure> {
        crate::port::before_blocking();
        match source {
            Source::Files => {
                let hosts = Hosts::parse(&files::read(&self.files.hosts));
                hosts.by_name(name, |address| wanted.includes(address)).ok_or(Failure::NoSuchName)
            }
            Source::Dns => self.ask_dns(name, wanted),
            Source::Multicast if !is_multicast_name(name) => Err(Failure::NoSuchName),
            Source::Multicast | Source::Foreign => ask_libc(name, wanted),
        }
    }

    fn ask_dns(&self, name: &str, wanted: Wanted) -> Result<Found, Failure> {
        let mut kinds = Vec::new();
        if wanted.ipv6 && self.ipv6.unwrap_or_else(host_name::has_ipv6) {
            kinds.push(Kind::Aaaa);
        }
        if wanted.ipv4 {
            kinds.push(Kind::A);
        }
        if kinds.is_empty() {
            return Err(Failure::NoData);
        }
        let settings = Settings::parse(&files::read(&self.files.resolv_conf));
        let mut worst = Failure::NoSuchName;
        for candidate in candidates(name, &settings) {
            let failure = match merge(client::ask(&settings, &candidate, &kinds, self.deadline)) {
                Ok(found) => return Ok(found),
                Err(failure) => failure,
            };
            // A name that exists somewhere without addresses is worth more than a broken server elsewhere, as in glibc.
            worst = if worst == Failure::NoData {
                worst
            } else if failure == Failure::NoData {
                failure
            } else {
                worst.max(failure)
            };
            if failure == Failure::Silence {
                break;
            }
        }
        Err(worst)
    }

    /// The names of an address: the hosts file's, else the name servers'.
    pub(crate) fn names_of(&self, address: IpAddr) -> Result<Vec<String>, Code> {
        let hosts = Hosts::parse(&files::read(&self.files.hosts));
        if let Some(names) = hosts.by_address(address) {
            return Ok(names.to_vec());
        }
        let settings = Settings::parse(&files::read(&self.files.resolv_conf));
        let mut answers = client::ask(&settings, &reverse_name(address), &[Kind::Ptr], self.deadline);
        match answers.pop() {
            Some(Ok(records)) => Ok(records.names.iter().map(|name| name.trim_end_matches('.').to_string()).collect()),
            Some(Err(failure)) => Err(failure.into()),
            None => Err(Code::WSANO_RECOVERY),
        }
    }
}

/// The names to ask for, in order: resolv.conf(5), `search` and `ndots`.
fn candidates(name: &str, settings: &Settings) -> Vec<String> {
    if name.ends_with('.') {
        return vec![name.to_string()];
    }
    let searched = settings.search.iter().filter(|domain| *domain != ".").map(|domain| format!("{name}.{domain}"));
    let dots = name.bytes().filter(|&byte| byte == b'.').count();
    if dots >= settings.ndots {
        std::iter::once(name.to_string()).chain(searched).collect()
    } else {
        searched.chain(std::iter::once(name.to_string())).collect()
    }
}

/// One result of the answers for the two families: the addresses of both, or the failure that says most.
fn merge(answers: Vec<Result<Records, Failure>>) -> Result<Found, Failure> {
    let mut found: Option<Found> = None;
    let mut failure = Failure::NoSuchName;
    for answer in answers {
        match answer {
            Ok(records) => {
                let found = found.get_or_insert_with(|| Found {
                    canonical: records.canonical,
                    aliases: records.aliases,
                    addresses: Vec::new(),
                });
                found.addresses.extend(records.addresses);
            }
            Err(other) => failure = failure.max(other),
        }
    }
    found.ok_or(failure)
}

/// Whether there is a way to the address; nothing is sent. Three system calls, where listing the interfaces takes many.
pub(super) fn has_way_to(address: IpAddr) -> bool {
    client::source_address(SocketAddr::new(address, 9)).is_some()
}

fn is_multicast_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() > 6 && name.as_bytes()[name.len() - 6..].eq_ignore_ascii_case(b".local")
}

/// libc's answer, for the modules that only libc can load. What it fails with does not say enough to be used.
fn ask_libc(name: &str, wanted: Wanted) -> Result<Found, Failure> {
    let answers = (name, 0).to_socket_addrs().map_err(|_| Failure::NoSuchName)?;
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in answers.map(|address: SocketAddr| address.ip()).filter(|address| wanted.includes(address)) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() {
        return Err(Failure::NoData);
    }
    Ok(Found { canonical: name.to_string(), aliases: Vec::new(), addresses })
}

/// The name under which an address has its names. Source: RFC 1035, 3.5; RFC 3596, 2.5.
fn reverse_name(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(address) => {
            let nibbles = address.octets().into_iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
            nibbles.map(|nibble| format!("{nibble:x}.")).collect::<String>() + "ip6.arpa"
        }
    }
}

#[cfg(test)]
mod tests;

/// What fuzz targets reach into: everything here that reads bytes of others.
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn fuzz(bytes: &[u8]) {
    for kind in [Kind::A, Kind::Aaaa, Kind::Ptr] {
        // The id, the flags of a whole answer; the rest is the input's.
        let mut answer = vec![0, 1, 0x81, 0x80];
        answer.extend_from_slice(bytes);
        let _ = wire::read(&answer, 1, "a.test", kind);
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = hosts::Hosts::parse(&text).by_name("a.test", |_| true);
    let _ = (settings::Settings::parse(&text), settings::sources(&text));
    let _ = wire::question(1, &text, Kind::A);
}
