//! Hosts by name and address, and this host's own name.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use winsock_codes::Code;

use super::addrinfo::code;
use super::text_address;
use crate::process::require_started;
use crate::sys::resolve;
use crate::win32::{AF_INET, AF_INET6, AF_UNSPEC};

/// A host: its official name and its addresses, all of one family, as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The official name.
    pub name: String,
    /// `AF_INET` or `AF_INET6`.
    pub family: i32,
    /// 4 or 16 bytes each.
    pub addresses: Vec<Vec<u8>>,
}

/// This host's name.
///
/// # Errors
/// `WSANOTINITIALISED`.
pub fn gethostname() -> Result<String, Code> {
    require_started()?;
    Ok(resolve::own_name())
}

/// The IPv4 addresses of a host. The empty name and this host's own name mean this host; a numeric address is itself.
///
/// # Errors
/// `WSAHOST_NOT_FOUND`, `WSANO_DATA`, `WSATRY_AGAIN`, `WSANO_RECOVERY`. Docs: "gethostbyname function".
pub fn gethostbyname(name: &str) -> Result<Host, Code> {
    require_started()?;
    let own = resolve::own_name();
    if name.is_empty() || name.eq_ignore_ascii_case(&own) {
        let addresses = own_addresses(AF_INET)?.iter().map(|address| octets(address.ip())).collect();
        return Ok(Host { name: own, family: AF_INET, addresses });
    }
    if let Some(address) = text_address::inet_addr(name).filter(|_| !name.contains(char::is_whitespace)) {
        return Ok(Host { name: name.to_owned(), family: AF_INET, addresses: vec![address.octets().to_vec()] });
    }
    let addresses = resolve::addresses(name, libc::AF_INET, false).map_err(code)?;
    if addresses.is_empty() {
        return Err(Code::WSANO_DATA);
    }
    let official = resolve::canonical_name(name).unwrap_or_else(|_| name.to_owned());
    let addresses = addresses.iter().map(|address| octets(address.ip())).collect();
    Ok(Host { name: official, family: AF_INET, addresses })
}

/// The host that has an address.
///
/// # Errors
/// `WSAEAFNOSUPPORT` for another family, `WSAEFAULT` for too few bytes, `WSAHOST_NOT_FOUND` and the resolver's others.
/// Docs: "gethostbyaddr function".
pub fn gethostbyaddr(address: &[u8], family: i32) -> Result<Host, Code> {
    require_started()?;
    let ip: IpAddr = match family {
        AF_INET => address.first_chunk::<4>().copied().ok_or(Code::WSAEFAULT)?.into(),
        AF_INET6 => address.first_chunk::<16>().copied().ok_or(Code::WSAEFAULT)?.into(),
        _ => return Err(Code::WSAEAFNOSUPPORT),
    };
    let name = resolve::name_of((ip, 0).into()).map_err(code)?;
    Ok(Host { name, family, addresses: vec![octets(ip)] })
}

/// This host's addresses: that of the default route first, then what its name resolves to, loopback only if alone.
pub(crate) fn own_addresses(family: i32) -> Result<Vec<SocketAddr>, Code> {
    let mut addresses: Vec<SocketAddr> = default_route_address().into_iter().collect();
    if let Ok(named) = resolve::addresses(&resolve::own_name(), libc::AF_UNSPEC, false) {
        addresses.extend(named.into_iter().filter(|address| !address.ip().is_loopback()));
    }
    addresses.retain(|address| match family {
        AF_INET => address.is_ipv4(),
        AF_INET6 => address.is_ipv6(),
        _ => family == AF_UNSPEC,
    });
    let mut seen = std::collections::BTreeSet::new();
    addresses.retain(|address| seen.insert(*address));
    if addresses.is_empty() {
        let loopback: IpAddr =
            if family == AF_INET6 { std::net::Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
        addresses.push((loopback, 0).into());
    }
    Ok(addresses)
}

/// The local address that would be used towards the world. Connecting a datagram socket sends nothing.
fn default_route_address() -> Option<SocketAddr> {
    let documentation_net = SocketAddr::from(([192, 0, 2, 1], 9));
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(documentation_net).ok()?;
    let mut address = socket.local_addr().ok()?;
    address.set_port(0);
    Some(address).filter(|address| !address.ip().is_loopback())
}

fn octets(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().to_vec(),
    }
}
