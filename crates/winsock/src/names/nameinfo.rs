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
