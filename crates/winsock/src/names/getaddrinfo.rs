//! Names and services to socket addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use winsock_codes::Code;

use super::flags::*;
use super::resolver::{Found, Wanted};
use super::text_address::{ipv4, ipv6};
use super::{Resolver, host_name};
use crate::memory;
use crate::process::require_started;
use crate::win32::{AF_INET, AF_INET6, AF_UNSPEC, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM};

/// What the caller wants; zeroes mean anything, as no hints do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `AI_` flags.
    pub flags: u32,
    /// `AF_UNSPEC`, `AF_INET` or `AF_INET6`, with Windows' values.
    pub family: i32,
    /// `SOCK_` type.
    pub socket_type: i32,
    /// `IPPROTO_` protocol; handed back as it is.
    pub protocol: i32,
}

/// One way to reach the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressInfo {
    /// `AI_NUMERICHOST` where the name was an address itself, else 0.
    pub flags: u32,
    /// `AF_INET` or `AF_INET6`.
    pub family: i32,
    /// The hints' type; with a service name and no type, that of each protocol that has the service.
    pub socket_type: i32,
    /// The hints' protocol.
    pub protocol: i32,
    /// The canonical name, in the first entry only and only if asked for.
    pub canonical_name: Option<String>,
    /// Address, port and scope.
    pub address: SocketAddr,
}

/// The addresses of a host and service, best first. The C functions also set the last error: to the code, or to 0.
///
/// Unlike on Linux the list has one entry for an address whatever the hints' type is, and an empty name means this
/// computer.
///
/// # Errors
///
/// | code | when |
/// |---|---|
/// | `WSANOTINITIALISED` | before start-up |
/// | `WSAHOST_NOT_FOUND` | no such name; neither name nor service given; no address though `AI_NUMERICHOST` wants one |
/// | `WSANO_DATA` | the name exists without an address of the family |
/// | `WSATRY_AGAIN` | the name servers are silent or broken |
/// | `WSANO_RECOVERY` | the name servers refuse or answer nonsense; `AI_CANONNAME` or `AI_FQDN` without a name |
/// | `WSATYPE_NOT_FOUND` | no such service, or not for that type of socket |
/// | `WSAEAFNOSUPPORT`, `WSAESOCKTNOSUPPORT`, `WSAEINVAL` | family, type or flags that do not exist |
///
/// Docs: "getaddrinfo function"; source: `protocol.c`, `test_getaddrinfo`.
///
/// ```
/// use winsock::{Code, names::{Hints, getaddrinfo}};
///
/// winsock::startup(0x0202)?;
/// let found = getaddrinfo(Some("127.0.0.1"), Some("http"), Some(&Hints { socket_type: 1, ..Hints::default() }))?;
/// assert_eq!(found[0].address, "127.0.0.1:80".parse().unwrap());
/// assert_eq!(getaddrinfo(None, None, None), Err(Code::WSAHOST_NOT_FOUND));
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "GetAddrInfoW")]
#[doc(alias = "GetAddrInfoExW")]
pub fn getaddrinfo(node: Option<&str>, service: Option<&str>, hints: Option<&Hints>) -> Result<Vec<AddressInfo>, Code> {
    Resolver::system().getaddrinfo(node, service, hints)
}

/// What is wrong with a question before anybody is asked: what [`getaddrinfo`] that waits, and the form of it that does
/// not, tell in the call itself.
///
/// # Errors
/// Those of [`getaddrinfo`] that are about the arguments alone; `WSA_NOT_ENOUGH_MEMORY`.
///
/// ```
/// use winsock::{Code, names};
///
/// winsock::startup(0x0202)?;
/// assert_eq!(names::check(None, None, None), Err(Code::WSAHOST_NOT_FOUND));
/// # Ok::<(), Code>(())
/// ```
pub fn check(node: Option<&str>, service: Option<&str>, hints: Option<&Hints>) -> Result<(), Code> {
    require_started()?;
    memory::require().map_err(|_| Code::WSA_NOT_ENOUGH_MEMORY)?;
    if node.is_none() && service.is_none() {
        return Err(Code::WSAHOST_NOT_FOUND);
    }
    check_hints(&hints.copied().unwrap_or_default(), node.is_some())
}

impl Resolver {
    /// As the function [`getaddrinfo`], with this resolver's files.
    ///
    /// # Errors
    /// The same.
    pub fn getaddrinfo(
        &self,
        node: Option<&str>,
        service: Option<&str>,
        hints: Option<&Hints>,
    ) -> Result<Vec<AddressInfo>, Code> {
        check(node, service, hints)?;
        let hints = hints.copied().unwrap_or_default();
        let endpoints = self.endpoints(service, &hints)?;
        let host = match node {
            None => no_name(&hints)?,
            Some(name) => self.host(name, &hints)?,
        };
        Ok(combine(&host, &endpoints))
    }

    /// The ports and types that the service stands for.
    fn endpoints(&self, service: Option<&str>, hints: &Hints) -> Result<Vec<Endpoint>, Code> {
        let given = |port| Endpoint { port, socket_type: hints.socket_type, protocol: hints.protocol };
        // An empty service is port 0. Source: protocol.c compares the results of "" and "0".
        let Some(service) = service.filter(|service| !service.is_empty()) else { return Ok(vec![given(0)]) };
        if service.bytes().all(|byte| byte.is_ascii_digit()) {
            return service.parse().map(|port| vec![given(port)]).map_err(|_| Code::WSATYPE_NOT_FOUND);
        }
        if hints.flags & AI_NUMERICSERV != 0 {
            return Err(Code::WSAHOST_NOT_FOUND);
        }
        let ways = [(SOCK_STREAM, IPPROTO_TCP, "tcp"), (SOCK_DGRAM, IPPROTO_UDP, "udp")];
        let endpoints: Vec<Endpoint> = ways
            .into_iter()
            .filter(|(socket_type, ..)| hints.socket_type == 0 || hints.socket_type == *socket_type)
            .filter_map(|(socket_type, protocol, name)| {
                let port = self.service(service, Some(name))?.port;
                let protocol = if hints.socket_type == 0 && hints.protocol == 0 { protocol } else { hints.protocol };
                Some(Endpoint { port, socket_type, protocol })
            })
            .collect();
        if endpoints.is_empty() { Err(Code::WSATYPE_NOT_FOUND) } else { Ok(endpoints) }
    }

    fn host(&self, name: &str, hints: &Hints) -> Result<Host, Code> {
        if let Some(address) = numeric(name) {
            return literal(name, address, hints);
        }
        if hints.flags & AI_NUMERICHOST != 0 {
            return Err(Code::WSAHOST_NOT_FOUND);
        }
        let ascii;
        let name = if name.is_ascii() || hints.flags & AI_DISABLE_IDN_ENCODING != 0 {
            name
        } else {
            // Docs: "getaddrinfo function", Internationalized Domain Names: Punycode since Windows 8.
            ascii = idna::domain_to_ascii(name).map_err(|_| Code::WSAHOST_NOT_FOUND)?;
            &ascii
        };
        let found = self.resolve(name, hints)?;
        let asked = found.aliases.first().unwrap_or(&found.canonical);
        let canonical_name = match hints.flags & (AI_CANONNAME | AI_FQDN) {
            0 => None,
            // The name that was found with a domain of the search list behind it, before any alias.
            AI_FQDN => Some(asked.clone()),
            _ => Some(found.canonical.clone()),
        };
        let addresses = found.addresses.iter().map(|&address| with_scope(address)).collect();
        Ok(Host { addresses, canonical_name, flags: 0 })
    }

    /// The addresses by name, with the flags that choose between the families.
    fn resolve(&self, name: &str, hints: &Hints) -> Result<Found, Code> {
        let wanted = wanted(hints)?;
        let lookup = |wanted: Wanted| {
            if name.is_empty() { host_name::own(wanted) } else { self.addresses(name, wanted) }
        };
        if hints.family != AF_INET6 || hints.flags & AI_V4MAPPED == 0 {
            return lookup(wanted);
        }
        let ipv6 = lookup(wanted);
        if ipv6.is_ok() && hints.flags & AI_ALL == 0 {
            return ipv6;
        }
        let mapped = lookup(Wanted { ipv4: true, ipv6: false }).map(|mut found| {
            for address in &mut found.addresses {
                if let IpAddr::V4(ipv4) = *address {
                    *address = IpAddr::V6(ipv4.to_ipv6_mapped());
                }
            }
            found
        });
        match (ipv6, mapped) {
            (Ok(mut found), Ok(mapped)) => {
                found.addresses.extend(mapped.addresses);
                Ok(found)
            }
            (Ok(found), Err(_)) => Ok(found),
            (Err(_), mapped) => mapped,
        }
    }
}

struct Endpoint {
    port: u16,
    socket_type: i32,
    protocol: i32,
}

struct Host {
    addresses: Vec<(IpAddr, u32)>,
    canonical_name: Option<String>,
    flags: u32,
}

fn check_hints(hints: &Hints, has_node: bool) -> Result<(), Code> {
    let both = AI_CANONNAME | AI_FQDN;
    if hints.flags & !AI_KNOWN != 0 || hints.flags & both == both {
        return Err(Code::WSAEINVAL);
    }
    if hints.flags & both != 0 && !has_node {
        return Err(Code::WSANO_RECOVERY);
    }
    if !matches!(hints.family, AF_UNSPEC | AF_INET | AF_INET6) {
        return Err(Code::WSAEAFNOSUPPORT);
    }
    if !(0..=SOCK_SEQPACKET).contains(&hints.socket_type) {
        return Err(Code::WSAESOCKTNOSUPPORT);
    }
    Ok(())
}

/// The families that the hints leave.
fn wanted(hints: &Hints) -> Result<Wanted, Code> {
    let mut wanted = Wanted { ipv4: hints.family != AF_INET6, ipv6: hints.family != AF_INET };
    if hints.flags & AI_ADDRCONFIG != 0 {
        wanted.ipv4 &= host_name::is_configured(true);
        wanted.ipv6 &= host_name::is_configured(false);
    }
    let mapped = hints.family == AF_INET6 && hints.flags & AI_V4MAPPED != 0;
    if wanted.ipv4 || wanted.ipv6 || mapped { Ok(wanted) } else { Err(Code::WSANO_DATA) }
}

/// A host that is written as an address: four parts in any base, or IPv6 with or without brackets, scope and port. The
/// port is not used; the service alone gives one. Source: `protocol.c`, `test_getaddrinfo`; the four parts are what
/// Microsoft's `wspiapi.h` wants, so that "0" or "127.1" is a name here and an address for `inet_addr` alone.
fn numeric(name: &str) -> Option<(IpAddr, u32)> {
    let text = name.as_bytes();
    if text.iter().filter(|&&byte| byte == b'.').count() == 3
        && let Some((address, [])) = ipv4::loose(text)
    {
        return Some((IpAddr::V4(address), 0));
    }
    let address = ipv6::with_scope_and_port(text)?;
    Some((IpAddr::V6(*address.ip()), address.scope_id()))
}

fn literal(name: &str, (address, scope): (IpAddr, u32), hints: &Hints) -> Result<Host, Code> {
    let address = match (address, hints.family) {
        (IpAddr::V4(ipv4), AF_INET6) if hints.flags & AI_V4MAPPED != 0 => IpAddr::V6(ipv4.to_ipv6_mapped()),
        (IpAddr::V4(_), AF_INET6) | (IpAddr::V6(_), AF_INET) => return Err(Code::WSAHOST_NOT_FOUND),
        (address, _) => address,
    };
    let canonical_name = (hints.flags & (AI_CANONNAME | AI_FQDN) != 0).then(|| name.to_string());
    Ok(Host { addresses: vec![(address, scope)], canonical_name, flags: AI_NUMERICHOST })
}

/// Without a name: any address to bind to, or loopback to connect to; IPv6 first.
fn no_name(hints: &Hints) -> Result<Host, Code> {
    let wanted = wanted(hints)?;
    let passive = hints.flags & AI_PASSIVE != 0;
    let ipv6 = if passive { Ipv6Addr::UNSPECIFIED } else { Ipv6Addr::LOCALHOST };
    let ipv4 = if passive { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    // A computer without IPv6 could not use it; whoever asks for it alone gets it all the same.
    let ipv6_works = hints.family == AF_INET6 || host_name::has_ipv6_loopback();
    let mut addresses = Vec::new();
    if wanted.ipv6 && ipv6_works {
        addresses.push((IpAddr::V6(ipv6), 0));
    }
    if wanted.ipv4 {
        addresses.push((IpAddr::V4(ipv4), 0));
    }
    if addresses.is_empty() { Err(Code::WSANO_DATA) } else { Ok(Host { addresses, canonical_name: None, flags: 0 }) }
}

fn with_scope(address: IpAddr) -> (IpAddr, u32) {
    match address {
        IpAddr::V6(ipv6) => (address, host_name::scope_of(ipv6)),
        IpAddr::V4(_) => (address, 0),
    }
}

fn combine(host: &Host, endpoints: &[Endpoint]) -> Vec<AddressInfo> {
    let mut list: Vec<AddressInfo> = Vec::with_capacity(host.addresses.len() * endpoints.len());
    for &(address, scope) in &host.addresses {
        for endpoint in endpoints {
            let (family, address) = match address {
                IpAddr::V4(_) => (AF_INET, SocketAddr::new(address, endpoint.port)),
                IpAddr::V6(ipv6) => (AF_INET6, SocketAddrV6::new(ipv6, endpoint.port, 0, scope).into()),
            };
            list.push(AddressInfo {
                flags: host.flags,
                family,
                socket_type: endpoint.socket_type,
                protocol: endpoint.protocol,
                canonical_name: if list.is_empty() { host.canonical_name.clone() } else { None },
                address,
            });
        }
    }
    list
}

#[cfg(test)]
mod tests;
