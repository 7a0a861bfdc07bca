//! `getaddrinfo`, `getnameinfo`.

use std::net::{Ipv6Addr, SocketAddr};

use winsock_codes::Code;

use super::{hosts, services, text_address};
use crate::address::Address;
use crate::process::require_started;
use crate::sys::resolve::{self, Failure};
use crate::win32::*;

/// What `getaddrinfo` is asked for besides the names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
    /// `AI_` flags.
    pub flags: i32,
    /// `AF_UNSPEC` for any.
    pub family: i32,
    /// 0 for any; handed back.
    pub socktype: i32,
    /// 0 for any; handed back.
    pub protocol: i32,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The address with the service's port.
    pub address: Address,
    /// The canonical name: on the first answer, if `AI_CANONNAME` asked for it.
    pub canonical_name: Option<String>,
}

/// The addresses of a host and the port of a service.
///
/// # Errors
/// `WSAHOST_NOT_FOUND` if there is no such host, or neither name is given; `WSATYPE_NOT_FOUND` for the service;
/// `WSANO_DATA` if the host has no address of the family; `WSATRY_AGAIN`, `WSANO_RECOVERY` from the resolver;
/// `WSAEAFNOSUPPORT`, `WSAESOCKTNOSUPPORT`, `WSAEINVAL` for the hints. Docs: "getaddrinfo function".
pub fn getaddrinfo(node: Option<&str>, service: Option<&str>, hints: &Hints) -> Result<Vec<Answer>, Code> {
    require_started()?;
    if node.is_none() && service.is_none() {
        return Err(Code::WSAHOST_NOT_FOUND);
    }
    check_hints(node, hints)?;
    let port = service.map_or(Ok(0), |service| port_of(service, hints))?;
    let addresses = match node {
        None => own_ends(hints),
        Some("") => hosts::own_addresses(hints.family)?,
        Some(node) => addresses_of(node, hints)?,
    };
    let name = if hints.flags & AI_CANONNAME != 0 { canonical_name(node)? } else { None };
    let answer = |(place, mut address): (usize, SocketAddr)| {
        if port != 0 || address.port() == 0 {
            address.set_port(port);
        }
        Answer { address: address.into(), canonical_name: name.clone().filter(|_| place == 0) }
    };
    Ok(addresses.into_iter().enumerate().map(answer).collect())
}

/// The names of an address and a port: host, service.
///
/// # Errors
/// `WSAEFAULT` for an address that is too short, `WSAEAFNOSUPPORT` for its family, `WSAHOST_NOT_FOUND` if a name is
/// required and there is none. Docs: "getnameinfo function".
pub fn getnameinfo(address: &[u8], flags: i32) -> Result<(String, String), Code> {
    require_started()?;
    let address = Address::from_windows(address)?.to_socket_addr().ok_or(Code::WSAEAFNOSUPPORT)?;
    Ok((host_name(address, flags)?, service_name(address.port(), flags)))
}

/// Sources: dlls/ws2_32/tests/protocol.c, the table of hints: any protocol passes, an unknown type does not.
fn check_hints(node: Option<&str>, hints: &Hints) -> Result<(), Code> {
    if !matches!(hints.family, AF_UNSPEC | AF_INET | AF_INET6) {
        return Err(Code::WSAEAFNOSUPPORT);
    }
    if !(0..=SOCK_SEQPACKET).contains(&hints.socktype) {
        return Err(Code::WSAESOCKTNOSUPPORT);
    }
    // Docs: "getaddrinfo function", AI_CANONNAME: without a host name it fails.
    if node.is_none() && hints.flags & AI_CANONNAME != 0 { Err(Code::WSAEINVAL) } else { Ok(()) }
}

fn port_of(service: &str, hints: &Hints) -> Result<u16, Code> {
    if service.is_empty() {
        return Ok(0);
    }
    if service.bytes().all(|byte| byte.is_ascii_digit()) {
        // Larger numbers lose their high bits, as in htons(atoi(service)).
        return service.parse::<u64>().map(|number| number as u16).map_err(|_| Code::WSATYPE_NOT_FOUND);
    }
    if hints.flags & AI_NUMERICSERV != 0 {
        return Err(Code::WSAHOST_NOT_FOUND);
    }
    let transport = match hints.socktype {
        SOCK_STREAM => Some("tcp"),
        SOCK_DGRAM => Some("udp"),
        _ => None,
    };
    services::service_by_name(service, transport).map(|found| found.number).map_err(|_| Code::WSATYPE_NOT_FOUND)
}

/// No host: the wildcard to listen on, or the loopback to connect to.
fn own_ends(hints: &Hints) -> Vec<SocketAddr> {
    let passive = hints.flags & AI_PASSIVE != 0;
    let v6: SocketAddr = if passive { ([0u16; 8], 0).into() } else { (Ipv6Addr::LOCALHOST, 0).into() };
    let v4: SocketAddr = if passive { ([0, 0, 0, 0], 0).into() } else { ([127, 0, 0, 1], 0).into() };
    [v6, v4].into_iter().filter(|address| is_of_family(*address, hints.family)).collect()
}

fn addresses_of(node: &str, hints: &Hints) -> Result<Vec<SocketAddr>, Code> {
    if let Some(address) = numeric(node) {
        return if is_of_family(address, hints.family) { Ok(vec![address]) } else { Err(Code::WSAHOST_NOT_FOUND) };
    }
    if hints.flags & AI_NUMERICHOST != 0 {
        return Err(Code::WSAHOST_NOT_FOUND);
    }
    let configured = hints.flags & AI_ADDRCONFIG != 0;
    let addresses = resolve::addresses(node, linux_family(hints.family), configured).map_err(code)?;
    if addresses.is_empty() { Err(Code::WSANO_DATA) } else { Ok(addresses) }
}

/// A numeric host: old-style IPv4, IPv6 with a scope, `[IPv6]:port`.
fn numeric(node: &str) -> Option<SocketAddr> {
    if let Some(v4) = text_address::inet_addr(node).filter(|_| !node.contains(char::is_whitespace)) {
        return Some((v4, 0).into());
    }
    text_address::string_to_address(node, AF_INET6).ok()?.to_socket_addr()
}

fn canonical_name(node: Option<&str>) -> Result<Option<String>, Code> {
    match node {
        None => Ok(None),
        Some("") => hosts::gethostname().map(Some),
        Some(node) if numeric(node).is_some() => Ok(Some(node.to_owned())),
        Some(node) => Ok(Some(resolve::canonical_name(node).unwrap_or_else(|_| node.to_owned()))),
    }
}

fn host_name(address: SocketAddr, flags: i32) -> Result<String, Code> {
    if flags & NI_NUMERICHOST == 0 {
        match resolve::name_of(address) {
            Ok(name) if flags & NI_NOFQDN != 0 => return Ok(short(&name)),
            Ok(name) => return Ok(name),
            Err(failure) if flags & NI_NAMEREQD != 0 => return Err(code(failure)),
            Err(_) => {}
        }
    }
    let mut address = address;
    address.set_port(0);
    text_address::address_to_string(&address.into())
}

fn short(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_owned()
}

fn service_name(port: u16, flags: i32) -> String {
    let transport = if flags & NI_DGRAM != 0 { "udp" } else { "tcp" };
    let named = services::service_by_port(port, Some(transport)).ok().filter(|_| flags & NI_NUMERICSERV == 0);
    named.map_or_else(|| port.to_string(), |named| named.name)
}

fn is_of_family(address: SocketAddr, family: i32) -> bool {
    match family {
        AF_INET => address.is_ipv4(),
        AF_INET6 => address.is_ipv6(),
        _ => true,
    }
}

fn linux_family(family: i32) -> i32 {
    if family == AF_INET6 { libc::AF_INET6 } else { family }
}

/// What the resolver's failure is on Windows. Docs: "getaddrinfo function", Return value.
pub(crate) fn code(failure: Failure) -> Code {
    match failure {
        Failure::NoName => Code::WSAHOST_NOT_FOUND,
        Failure::NoData => Code::WSANO_DATA,
        Failure::Again => Code::WSATRY_AGAIN,
        Failure::Memory => Code::WSA_NOT_ENOUGH_MEMORY,
        Failure::Other => Code::WSANO_RECOVERY,
    }
}
