//! Socket addresses to names and services.

use std::net::SocketAddr;

use winsock_codes::Code;

use super::flags::{NI_DGRAM, NI_NAMEREQD, NI_NOFQDN, NI_NUMERICHOST, NI_NUMERICSERV};
use super::text_address::address_to_string;
use super::{Resolver, host_name};
use crate::process::require_started;

/// What `getnameinfo` found; each part only if it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameInfo {
    /// The host's name or address.
    pub host: Option<String>,
    /// The service's name or port.
    pub service: Option<String>,
}

/// The names of an address and a port. `host_room` and `service_room` are the characters that the caller has for each,
/// with the terminating zero; `None` for what is not wanted.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSAHOST_NOT_FOUND` if neither is wanted, or for an address without a name
/// under `NI_NAMEREQD`; `WSAEINVAL` for room 0; `WSAEFAULT` for too little room; the name servers' failures
/// ([`getaddrinfo`](super::getaddrinfo)) under `NI_NAMEREQD` only, since otherwise the address takes the name's place.
/// Docs: "getnameinfo function".
///
/// ```
/// use winsock::{Code, names::getnameinfo};
///
/// winsock::startup(0x0202)?;
/// let found = getnameinfo("192.0.2.1:80".parse().unwrap(), 0x2, Some(64), Some(32))?; // NI_NUMERICHOST
/// assert_eq!(found.host.as_deref(), Some("192.0.2.1"));
/// assert_eq!(found.service.as_deref(), Some("http"));
/// assert_eq!(getnameinfo("192.0.2.1:80".parse().unwrap(), 0, None, None), Err(Code::WSAHOST_NOT_FOUND));
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "GetNameInfoW")]
pub fn getnameinfo(
    address: SocketAddr,
    flags: i32,
    host_room: Option<usize>,
    service_room: Option<usize>,
) -> Result<NameInfo, Code> {
    Resolver::system().getnameinfo(address, flags, host_room, service_room)
}

impl Resolver {
    /// As the function [`getnameinfo`], with this resolver's files.
    ///
    /// # Errors
    /// The same.
    pub fn getnameinfo(
        &self,
        address: SocketAddr,
        flags: i32,
        host_room: Option<usize>,
        service_room: Option<usize>,
    ) -> Result<NameInfo, Code> {
        require_started()?;
        if host_room.is_none() && service_room.is_none() {
            return Err(Code::WSAHOST_NOT_FOUND);
        }
        if host_room == Some(0) || service_room == Some(0) {
            return Err(Code::WSAEINVAL);
        }
        let host = host_room.map(|room| fit(self.host_of(address, flags)?, room)).transpose()?;
        let service = service_room.map(|room| fit(self.service_of(address.port(), flags), room)).transpose()?;
        Ok(NameInfo { host, service })
    }

    fn host_of(&self, address: SocketAddr, flags: i32) -> Result<String, Code> {
        let mut bare = address;
        bare.set_port(0);
        let numeric = || address_to_string(bare);
        if flags & NI_NUMERICHOST != 0 {
            // The two flags contradict each other, and the one that must fail wins: there is no name.
            return if flags & NI_NAMEREQD != 0 { Err(Code::WSAHOST_NOT_FOUND) } else { numeric() };
        }
        match self.first_name(address) {
            Ok(name) => Ok(if flags & NI_NOFQDN != 0 { without_own_domain(name) } else { name }),
            Err(code) if flags & NI_NAMEREQD != 0 => {
                Err(if code == Code::WSANO_DATA { Code::WSAHOST_NOT_FOUND } else { code })
            }
            Err(_) => numeric(),
        }
    }

    fn first_name(&self, address: SocketAddr) -> Result<String, Code> {
        let ip = address.ip();
        // This computer goes by its own name, under the loopback address too; /etc/hosts would say localhost.
        if host_name::is_own_address(ip)
            && let Some(name) = host_name::own_name()
        {
            return Ok(name);
        }
        self.names_of(ip)?.into_iter().next().ok_or(Code::WSANO_DATA)
    }

    /// The service's name, or the port where it has none (Windows Vista and later).
    fn service_of(&self, port: u16, flags: i32) -> String {
        let protocol = if flags & NI_DGRAM != 0 { "udp" } else { "tcp" };
        let known = if flags & NI_NUMERICSERV != 0 { None } else { self.service_on(port, Some(protocol)) };
        known.map_or_else(|| port.to_string(), |service| service.name)
    }
}

fn fit(text: String, room: usize) -> Result<String, Code> {
    if text.chars().count() < room { Ok(text) } else { Err(Code::WSAEFAULT) }
}

/// The first label of a name in this computer's own domain.
fn without_own_domain(name: String) -> String {
    let own = host_name::own_name().unwrap_or_default();
    match (name.split_once('.'), own.split_once('.')) {
        (Some((label, domain)), Some((_, own_domain))) if domain.eq_ignore_ascii_case(own_domain) => label.to_string(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::responder::Responder;

    fn host(resolver: &Resolver, address: &str, flags: i32) -> Result<String, Code> {
        resolver.getnameinfo(address.parse().unwrap(), flags, Some(1025), None).map(|found| found.host.unwrap())
    }

    // Docs: "getnameinfo function": the address stands in for a name that is not found, unless NI_NAMEREQD.
    #[test]
    fn an_address_without_a_name_is_its_own_name() {
        crate::startup(0x0202).unwrap();
        let server = Responder::start();
        let resolver = server.resolver();
        assert_eq!(host(&resolver, "192.0.2.9:80", 0).as_deref(), Ok("nine.test"));
        assert_eq!(host(&resolver, "192.0.2.9:80", NI_NUMERICHOST).as_deref(), Ok("192.0.2.9"));
        assert_eq!(host(&resolver, "192.0.2.77:80", 0).as_deref(), Ok("from-hosts.test"));
        for (address, code) in [("192.0.2.5:80", 11001), ("192.0.2.8:80", 11002)] {
            assert_eq!(host(&resolver, address, 0).unwrap(), address.trim_end_matches(":80"));
            assert_eq!(host(&resolver, address, NI_NAMEREQD).unwrap_err().value(), code, "{address}");
        }
        assert_eq!(host(&resolver, "192.0.2.9:80", NI_NAMEREQD | NI_NUMERICHOST), Err(Code::WSAHOST_NOT_FOUND));
        assert_eq!(host(&resolver, "[fe80::1%7]:9", NI_NUMERICHOST).as_deref(), Ok("fe80::1%7"));
        assert_eq!(host(&resolver, "127.0.0.1:0", 0), crate::names::gethostname(256));
    }

    // Docs: "getnameinfo function": on Windows Vista and later a port without a name is its number.
    #[test]
    fn a_port_without_a_name_is_its_number() {
        crate::startup(0x0202).unwrap();
        let resolver = Responder::start().resolver();
        let service = |port: u16, flags| {
            let found = resolver.getnameinfo(SocketAddr::from(([10, 0, 0, 1], port)), flags, None, Some(32));
            found.map(|found| found.service.unwrap())
        };
        assert_eq!(service(80, 0).as_deref(), Ok("http"));
        assert_eq!(service(80, NI_NUMERICSERV).as_deref(), Ok("80"));
        assert_eq!(service(514, 0).as_deref(), Ok("cmd"));
        assert_eq!(service(514, NI_DGRAM).as_deref(), Ok("syslog"));
        assert_eq!(service(27015, 0).as_deref(), Ok("27015"));
    }

    #[test]
    fn only_names_of_the_own_domain_are_cut() {
        assert_eq!(without_own_domain("a.surely-not-our-domain.example".to_owned()), "a.surely-not-our-domain.example");
        assert_eq!(without_own_domain("plain".to_owned()), "plain");
    }

    // Docs: errors; the room counts the terminating zero.
    #[test]
    fn buffers_without_room_have_their_codes() {
        crate::startup(0x0202).unwrap();
        let ask = |host, service| getnameinfo("192.0.2.1:80".parse().unwrap(), 2, host, service).err();
        assert_eq!(ask(None, None), Some(Code::WSAHOST_NOT_FOUND));
        assert_eq!(ask(Some(0), None), Some(Code::WSAEINVAL));
        assert_eq!(ask(Some(64), Some(0)), Some(Code::WSAEINVAL));
        assert_eq!(ask(Some(9), None), Some(Code::WSAEFAULT));
        assert_eq!(ask(Some(10), Some(4)), Some(Code::WSAEFAULT));
        assert_eq!(ask(Some(10), Some(5)), None);
    }
}
