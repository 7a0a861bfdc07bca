//! Interfaces, their addresses, routes and neighbours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use winsock::Code;

use super::netlink::{Answer, Question, ask};
use crate::error;

const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;

/// `IF_TYPE_` numbers, which are IANA's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ethernet, and what looks like it.
    Ethernet = 6,
    /// A serial line.
    Ppp = 23,
    /// Loopback.
    Loopback = 24,
    /// Wireless.
    Wireless = 71,
    /// A tunnel.
    Tunnel = 131,
    /// Something else.
    Other = 1,
}

/// One address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub address: IpAddr,
    /// How many bits of it are the network's.
    pub prefix: u8,
    /// Whether it will go away by itself.
    pub is_temporary: bool,
    /// How many seconds it may be used; `u32::MAX` for always.
    pub valid_seconds: u32,
    /// How many seconds it is preferred.
    pub preferred_seconds: u32,
}

/// One interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its number, from 1.
    pub index: u32,
    /// Linux's name of it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its hardware address, empty if it has none.
    pub hardware: Vec<u8>,
    /// The largest packet, in bytes.
    pub mtu: u32,
    /// Whether it is switched on.
    pub is_up: bool,
    /// Whether packets can go through it.
    pub is_running: bool,
    /// Whether it takes multicast.
    pub has_multicast: bool,
    /// Bits per second, 0 if the system does not know.
    pub speed: u64,
    /// Its addresses, IPv4 before IPv6.
    pub addresses: Vec<Address>,
    /// Octets and packets that came and went, and errors and drops of both ways: `rtnl_link_stats64`.
    pub traffic: [u64; 8],
}

/// All interfaces in the order of their numbers.
///
/// # Errors
/// [`error::NOT_SUPPORTED`] if the kernel does not answer.
#[doc(alias = "GetAdaptersAddresses")]
pub fn interfaces() -> Result<Vec<Interface>, Code> {
    let links = ask(Question::Links, 0).map_err(|_| error::NOT_SUPPORTED)?;
    let mut found: Vec<Interface> = links.iter().map(interface).collect();
    for family in [AF_INET, AF_INET6] {
        for answer in ask(Question::Addresses, family).map_err(|_| error::NOT_SUPPORTED)? {
            let index = answer.head_number(4);
            if let (Some(interface), Some(address)) =
                (found.iter_mut().find(|interface| interface.index == index), address(&answer))
            {
                interface.addresses.push(address);
            }
        }
    }
    found.sort_by_key(|interface| interface.index);
    Ok(found)
}

fn interface(answer: &Answer) -> Interface {
    const UP: u32 = 1;
    const LOOPBACK: u32 = 8;
    const RUNNING: u32 = 0x40;
    const MULTICAST: u32 = 0x1000;
    let flags = answer.head_number(8);
    let hardware_type = u16::from_ne_bytes([answer.head[2], answer.head[3]]);
    let name = answer.attribute(3).map_or_else(String::new, text);
    let kind = match hardware_type {
        _ if flags & LOOPBACK != 0 => Kind::Loopback,
        _ if sys_file(&name, "wireless").exists() => Kind::Wireless,
        1 => Kind::Ethernet,
        512 => Kind::Ppp,
        768 | 769 | 776 | 778 | 65534 => Kind::Tunnel,
        _ => Kind::Other,
    };
    let speed = std::fs::read_to_string(sys_file(&name, "speed")).ok();
    let megabits = speed.and_then(|text| text.trim().parse::<u64>().ok()).unwrap_or(0);
    Interface {
        index: answer.head_number(4),
        kind,
        hardware: answer.attribute(1).filter(|_| kind != Kind::Loopback).unwrap_or_default().to_vec(),
        mtu: answer.number(4).unwrap_or(0),
        is_up: flags & UP != 0,
        is_running: flags & RUNNING != 0,
        has_multicast: flags & MULTICAST != 0,
        speed: megabits * 1_000_000,
        addresses: Vec::new(),
        traffic: answer.attribute(23).map_or([0; 8], traffic),
        name,
    }
}

fn sys_file(interface: &str, name: &str) -> std::path::PathBuf {
    ["/sys/class/net", interface, name].iter().collect()
}

/// The first eight counters: packets in and out, bytes in and out, errors in and out, drops in and out.
fn traffic(bytes: &[u8]) -> [u64; 8] {
    let mut counters = [0; 8];
    for (counter, bytes) in counters.iter_mut().zip(bytes.chunks_exact(8)) {
        *counter = u64::from_ne_bytes(bytes.try_into().expect("eight bytes"));
    }
    counters
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|&byte| byte == 0).next().unwrap_or_default()).into_owned()
}

fn address(answer: &Answer) -> Option<Address> {
    const TEMPORARY: u8 = 1;
    // The local address of a point-to-point link is another than the peer's, which stands in the first attribute.
    let bytes = answer.attribute(2).or_else(|| answer.attribute(1))?;
    let address = ip(bytes)?;
    let life = |at: usize| {
        let bytes = answer.attribute(6).and_then(|life| life.get(at..at + 4)).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(u32::MAX, u32::from_ne_bytes)
    };
    Some(Address {
        address,
        prefix: answer.head[1],
        is_temporary: address.is_ipv6() && answer.head[2] & TEMPORARY != 0,
        preferred_seconds: life(0),
        valid_seconds: life(4),
    })
}

fn ip(bytes: &[u8]) -> Option<IpAddr> {
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(|bytes| IpAddr::V4(Ipv4Addr::from(bytes))),
        16 => <[u8; 16]>::try_from(bytes).ok().map(|bytes| IpAddr::V6(Ipv6Addr::from(bytes))),
        _ => None,
    }
}

/// One route of the main table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where it leads.
    pub destination: IpAddr,
    /// How many bits of that count.
    pub prefix: u8,
    /// The next router; `None` for what is on the link.
    pub gateway: Option<IpAddr>,
    /// The interface's number.
    pub interface: u32,
    /// The lower, the better.
    pub metric: u32,
    /// Who made it: Linux's `RTPROT_` number.
    pub origin: u8,
}

/// The routes of the main table for IPv4, or for IPv6.
///
/// # Errors
/// [`error::NOT_SUPPORTED`] if the kernel does not answer.
#[doc(alias = "GetIpForwardTable")]
pub fn routes(ipv6: bool) -> Result<Vec<Route>, Code> {
    const MAIN_TABLE: u8 = 254;
    const UNICAST: u8 = 1;
    let family = if ipv6 { AF_INET6 } else { AF_INET };
    let answers = ask(Question::Routes, family).map_err(|_| error::NOT_SUPPORTED)?;
    let main = answers.iter().filter(|answer| answer.head[4] == MAIN_TABLE && answer.head[7] == UNICAST);
    let any = if ipv6 { IpAddr::V6(Ipv6Addr::UNSPECIFIED) } else { IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    let route = |answer: &Answer| Route {
        destination: answer.attribute(1).and_then(ip).unwrap_or(any),
        prefix: answer.head[1],
        gateway: answer.attribute(5).and_then(ip),
        interface: answer.number(4).unwrap_or(0),
        metric: answer.number(6).unwrap_or(0),
        origin: answer.head[5],
    };
    Ok(main.map(route).collect())
}

/// The number of the interface through which packets to an address go.
///
/// # Errors
/// `ERROR_NETWORK_UNREACHABLE` (1231) if there is no route.
#[doc(alias = "GetBestInterface")]
pub fn best_interface(to: Ipv4Addr) -> Result<u32, Code> {
    let local = |interface: &Interface| interface.addresses.iter().any(|own| own.address == IpAddr::V4(to));
    if to.is_loopback() || to.is_unspecified() {
        let loopback = interfaces()?.into_iter().find(|interface| interface.kind == Kind::Loopback);
        return loopback.map(|interface| interface.index).ok_or(Code::new(1231));
    }
    if let Some(own) = interfaces()?.iter().find(|interface| local(interface)) {
        return Ok(own.index);
    }
    let fits = |route: &Route| {
        let IpAddr::V4(network) = route.destination else { return false };
        let mask = u32::MAX.checked_shl(32 - u32::from(route.prefix)).unwrap_or(0);
        u32::from(network) & mask == u32::from(to) & mask
    };
    let found = routes(false)?.into_iter().filter(fits);
    let best = found.min_by_key(|route| (std::cmp::Reverse(route.prefix), route.metric));
    best.map(|route| route.interface).ok_or(Code::new(1231))
}

/// A neighbour on a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The interface's number.
    pub interface: u32,
    /// Its address.
    pub address: IpAddr,
    /// Its hardware address.
    pub hardware: Vec<u8>,
    /// Whether it was entered by hand.
    pub is_permanent: bool,
    /// Whether it is known to answer, or was before.
    pub is_valid: bool,
}

/// The neighbours that the kernel knows for IPv4.
///
/// # Errors
/// [`error::NOT_SUPPORTED`] if the kernel does not answer.
#[doc(alias = "GetIpNetTable")]
pub fn neighbours() -> Result<Vec<Neighbour>, Code> {
    const REACHABLE_STALE_DELAY_PROBE: u16 = 0x02 | 0x04 | 0x08 | 0x10;
    const NO_ARP: u16 = 0x40;
    const PERMANENT: u16 = 0x80;
    let answers = ask(Question::Neighbours, AF_INET).map_err(|_| error::NOT_SUPPORTED)?;
    let neighbour = |answer: &Answer| {
        let state = u16::from_ne_bytes([answer.head[8], answer.head[9]]);
        (state & NO_ARP == 0).then_some(Neighbour {
            interface: answer.head_number(4),
            address: answer.attribute(1).and_then(ip)?,
            hardware: answer.attribute(2).unwrap_or_default().to_vec(),
            is_permanent: state & PERMANENT != 0,
            is_valid: state & (REACHABLE_STALE_DELAY_PROBE | PERMANENT) != 0,
        })
    };
    Ok(answers.iter().filter_map(neighbour).collect())
}

/// The name servers that the system asks.
#[must_use]
pub fn name_servers() -> Vec<IpAddr> {
    let settings = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let words = settings.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let servers = words.filter(|words| words.len() > 1 && words[0] == "nameserver");
    servers.filter_map(|words| words[1].split('%').next()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loopback_interface_is_whole() {
        let all = interfaces().unwrap();
        let loopback = all.iter().find(|interface| interface.kind == Kind::Loopback).unwrap();
        assert_eq!((loopback.name.as_str(), loopback.is_up), ("lo", true));
        let own = loopback.addresses.iter().find(|own| own.address == IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
        assert_eq!((own.prefix, own.valid_seconds), (8, u32::MAX));
        assert_eq!(best_interface(Ipv4Addr::LOCALHOST), Ok(loopback.index));
    }

    #[test]
    fn routes_agree_with_proc() {
        let count = std::fs::read_to_string("/proc/net/route").unwrap().lines().skip(1).count();
        assert_eq!(routes(false).unwrap().len(), count);
    }
}
