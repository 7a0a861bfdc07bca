//! This computer's own name and addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use winsock_codes::Code;

use super::resolver::{Found, Wanted, has_way_to};
use crate::process::require_started;
use crate::sys::capture;
use crate::sys::host::{self, InterfaceAddress};
use crate::win32::{AF_INET, AF_INET6};

/// This computer's name, if its text and terminating zero fit `room` characters.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSAEFAULT` for a buffer that is too short, which stays as it was. Linux would
/// say ENAMETOOLONG. Source: `protocol.c`, `test_gethostname`; docs: "gethostname function".
///
/// ```
/// winsock::startup(0x0202)?;
/// let name = winsock::names::gethostname(256)?;
/// assert_eq!(winsock::names::gethostname(name.len()), Err(winsock::Code::WSAEFAULT)); // no room for the zero
/// # Ok::<(), winsock::Code>(())
/// ```
#[doc(alias = "GetHostNameW")]
pub fn gethostname(room: usize) -> Result<String, Code> {
    require_started()?;
    let name = own_name().ok_or(Code::WSAENETDOWN)?;
    if name.chars().count() < room { Ok(name) } else { Err(Code::WSAEFAULT) }
}

/// The name as the kernel has it.
pub(super) fn own_name() -> Option<String> {
    host::node_name().ok().filter(|name| !name.is_empty())
}

/// What a name means that no source needs to be asked for: this computer, or `localhost`. `None` for any other name.
pub(super) fn local(name: &str, wanted: Wanted) -> Option<Result<Found, Code>> {
    let bare = name.strip_suffix('.').unwrap_or(name);
    let found = if bare.eq_ignore_ascii_case("localhost") {
        Found { canonical: bare.to_string(), aliases: Vec::new(), addresses: loopback_addresses() }
    } else if name == "..localmachine" || is_own_name(bare) {
        Found { canonical: own_name()?, aliases: Vec::new(), addresses: own_addresses() }
    } else {
        return None;
    };
    Some(only_wanted(found, wanted))
}

/// This computer, for an empty name.
pub(super) fn own(wanted: Wanted) -> Result<Found, Code> {
    let canonical = own_name().ok_or(Code::WSANO_RECOVERY)?;
    only_wanted(Found { canonical, aliases: Vec::new(), addresses: own_addresses() }, wanted)
}

fn only_wanted(mut found: Found, wanted: Wanted) -> Result<Found, Code> {
    found.addresses.retain(|address| if address.is_ipv4() { wanted.ipv4 } else { wanted.ipv6 });
    if found.addresses.is_empty() { Err(Code::WSANO_DATA) } else { Ok(found) }
}

/// Whether a name is the kernel's name of this computer, or its first label.
fn is_own_name(name: &str) -> bool {
    let Some(own) = own_name() else { return false };
    let short = own.split('.').next().unwrap_or(&own);
    !name.is_empty() && (name.eq_ignore_ascii_case(&own) || name.eq_ignore_ascii_case(short))
}

/// Whether IPv6 works inside this computer: it may be switched off in the kernel.
pub(super) fn has_ipv6_loopback() -> bool {
    has_way_to(IpAddr::V6(Ipv6Addr::LOCALHOST))
}

/// IPv6 first, as Windows orders it; without it where the loopback interface has no IPv6 address.
fn loopback_addresses() -> Vec<IpAddr> {
    let ipv6 = has_ipv6_loopback().then_some(IpAddr::V6(Ipv6Addr::LOCALHOST));
    ipv6.into_iter().chain([IpAddr::V4(Ipv4Addr::LOCALHOST)]).collect()
}

/// The addresses of all interfaces that are up, those of the interface with the default route first, IPv6 before IPv4;
/// loopback only where there is nothing else. Source: `protocol.c`, `test_gethostbyname`.
pub(super) fn own_addresses() -> Vec<IpAddr> {
    let outward = default_route_interface(&std::fs::read_to_string("/proc/net/route").unwrap_or_default());
    let mut entries: Vec<InterfaceAddress> = interfaces()
        .into_iter()
        .filter(|entry| entry.is_up() && !entry.is_loopback() && !entry.address.is_loopback())
        .collect();
    entries.sort_by_key(|entry| (entry.address.is_ipv4(), Some(&entry.interface) != outward.as_ref()));
    let addresses: Vec<IpAddr> = entries.into_iter().map(|entry| entry.address).collect();
    if addresses.is_empty() { loopback_addresses() } else { addresses }
}

/// The addresses of one family, with the scope of those that need it, as socket addresses with port 0.
pub(crate) fn own_socket_addresses(family: i32) -> Vec<SocketAddr> {
    let is_wanted = |address: &IpAddr| family == if address.is_ipv4() { AF_INET } else { AF_INET6 };
    let with_scope = |address| match address {
        IpAddr::V4(_) => SocketAddr::new(address, 0),
        IpAddr::V6(ipv6) => SocketAddrV6::new(ipv6, 0, 0, scope_of(ipv6)).into(),
    };
    own_addresses().into_iter().filter(is_wanted).map(with_scope).collect()
}

/// Whether the address is one of this computer's, loopback included.
pub(super) fn is_own_address(address: IpAddr) -> bool {
    interfaces().iter().any(|entry| entry.address == address)
}

/// The interface of an own link-local address, which its socket address must name; 0 for other addresses.
pub(crate) fn scope_of(address: Ipv6Addr) -> u32 {
    if address.segments()[0] & 0xffc0 != 0xfe80 {
        return 0;
    }
    interfaces().iter().find(|entry| entry.address == IpAddr::V6(address)).map_or(0, |entry| entry.scope)
}

/// Whether an interface with this number has the address.
pub(crate) fn is_on(interface: u32, address: Ipv6Addr) -> bool {
    let is_meant = |entry: &InterfaceAddress| capture::interface_index(&entry.interface) == Ok(interface);
    interfaces().iter().any(|entry| entry.address == IpAddr::V6(address) && is_meant(entry))
}

/// Whether this computer has an IPv6 address that reaches beyond its links.
pub(super) fn has_ipv6() -> bool {
    let beyond = |address: Ipv6Addr| !address.is_loopback() && address.segments()[0] & 0xffc0 != 0xfe80;
    interfaces().iter().any(|entry| entry.is_up() && matches!(entry.address, IpAddr::V6(address) if beyond(address)))
}

/// Whether this computer has an address of the family besides loopback: what `AI_ADDRCONFIG` asks.
pub(super) fn is_configured(ipv4: bool) -> bool {
    let counts = |entry: &InterfaceAddress| entry.is_up() && !entry.is_loopback() && !entry.address.is_loopback();
    if ipv4 { interfaces().iter().any(|entry| counts(entry) && entry.address.is_ipv4()) } else { has_ipv6() }
}

fn interfaces() -> Vec<InterfaceAddress> {
    host::interface_addresses().unwrap_or_default()
}

/// The interface of the IPv4 default route with the lowest metric. Source: proc_pid_net(5): columns of /proc/net/route.
fn default_route_interface(table: &str) -> Option<String> {
    let route = |line: &str| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [interface, destination, _, _, _, _, metric, mask, ..] = columns.as_slice() else { return None };
        let is_default = *destination == "00000000" && *mask == "00000000";
        is_default.then(|| Some((metric.parse::<u32>().ok()?, interface.to_string())))?
    };
    table.lines().skip(1).filter_map(route).min().map(|(_, interface)| interface)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Wanted = Wanted { ipv4: true, ipv6: true };

    // Docs: "getaddrinfo function": all loopback addresses for localhost. Windows' order: IPv6 first.
    #[test]
    fn localhost_is_loopback_ipv6_first() {
        let found = local("LocalHost", BOTH).unwrap().unwrap();
        assert!(found.addresses.iter().all(IpAddr::is_loopback));
        assert_eq!(found.addresses.last(), Some(&IpAddr::V4(Ipv4Addr::LOCALHOST)));
    }

    // Source: protocol.c: the computer's name resolves as the empty name does; Debian's 127.0.1.1 line must not matter.
    #[test]
    fn the_own_name_is_the_interfaces_addresses() {
        let name = own_name().unwrap();
        let found = local(&name, BOTH).unwrap().unwrap();
        assert_eq!(found.addresses, own(BOTH).unwrap().addresses);
        let only_loopback = found.addresses.iter().all(IpAddr::is_loopback);
        assert!(only_loopback || !found.addresses.iter().any(IpAddr::is_loopback));
        assert_eq!(local("..localmachine", BOTH).unwrap().unwrap().addresses, found.addresses);
        assert!(local("some.other.name", BOTH).is_none());
    }

    #[test]
    fn the_default_route_with_the_lowest_metric_counts() {
        let table = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n\
                     eth0 00000000 010200C0 0003 0 0 600 00000000 0 0 0\n\
                     eth1 00000000 010200C0 0003 0 0 100 00000000 0 0 0\n\
                     eth2 000200C0 00000000 0001 0 0 0 00FFFFFF 0 0 0\n";
        assert_eq!(default_route_interface(table).as_deref(), Some("eth1"));
        assert_eq!(default_route_interface("Iface\n"), None);
    }
}
