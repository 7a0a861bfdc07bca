//! Connecting to a host by name, or to the first of a list of addresses that answers.

use std::net::{SocketAddr, SocketAddrV6};
use std::time::{Duration, Instant};

use winsock_codes::Code;

use super::addrinfo::{Hints, getaddrinfo};
use crate::address::Address;
use crate::calls;
use crate::win32::{AF_INET, AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY, SOCK_STREAM, SOCKET};

/// Connects to the first address of a host that answers.
///
/// # Errors
/// `WSAEINVAL` if a name is missing, those of [`getaddrinfo`], and that of the last address tried; `WSAETIMEDOUT` when the
/// time for all of them is over. Docs: "WSAConnectByNameW function".
#[doc(alias = "WSAConnectByNameA")]
pub fn connect_by_name(
    s: SOCKET,
    node: Option<&str>,
    service: Option<&str>,
    limit: Option<Duration>,
) -> Result<(), Code> {
    let (family, kind, _) = calls::kind(s)?;
    let (Some(node), Some(service)) = (node, service) else { return Err(Code::WSAEINVAL) };
    let family = if is_dual(s, family) { 0 } else { family };
    let answers = getaddrinfo(Some(node), Some(service), &Hints { family, socktype: kind, ..Hints::default() })?;
    let addresses: Vec<Address> = answers.into_iter().map(|answer| answer.address).collect();
    connect_by_list(s, &addresses, limit)
}

/// Connects to the first address that answers.
///
/// # Errors
/// `WSAEINVAL` for an empty list or a socket that is no stream, that of the last address tried, `WSAETIMEDOUT` when the
/// time for all of them is over. Docs: "WSAConnectByList function".
#[doc(alias = "WSAConnectByList")]
pub fn connect_by_list(s: SOCKET, addresses: &[Address], limit: Option<Duration>) -> Result<(), Code> {
    let (family, kind, _) = calls::kind(s)?;
    if kind != SOCK_STREAM || addresses.is_empty() {
        return Err(Code::WSAEINVAL);
    }
    let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
    let mut last = Code::WSAEHOSTUNREACH;
    for address in addresses {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if left == Some(Duration::ZERO) {
            return Err(Code::WSAETIMEDOUT);
        }
        let address = if family == AF_INET6 { mapped(address) } else { *address };
        match calls::connect_within(s, &address.to_windows(), left) {
            Err(code @ (Code::WSAEISCONN | Code::WSAENOTSOCK | Code::WSAEALREADY)) => return Err(code),
            Err(code) => last = code,
            Ok(()) => return Ok(()),
        }
    }
    Err(last)
}

/// Whether the socket also reaches IPv4.
fn is_dual(s: SOCKET, family: i32) -> bool {
    let mut v6_only = [1; 4];
    let (_, read) = calls::getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &mut v6_only);
    family == AF_INET6 && read.is_ok() && v6_only[0] == 0
}

/// An IPv4 address as an IPv6 socket takes it.
fn mapped(address: &Address) -> Address {
    match address.to_socket_addr() {
        Some(SocketAddr::V4(v4)) if address.family() == AF_INET => {
            SocketAddr::from(SocketAddrV6::new(v4.ip().to_ipv6_mapped(), v4.port(), 0, 0)).into()
        }
        _ => *address,
    }
}
