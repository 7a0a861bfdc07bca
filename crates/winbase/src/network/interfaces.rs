//! Interfaces, their addresses, routes and neighbours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rustix::io::Errno;
use winsock::Code;

use super::netlink::{Answer, Change, Order, Question, ask, look_up_route};
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
    Ok(main.map(|answer| route(answer, ipv6)).collect())
}

fn route(answer: &Answer, ipv6: bool) -> Route {
    let any = if ipv6 { IpAddr::V6(Ipv6Addr::UNSPECIFIED) } else { IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    Route {
        destination: answer.attribute(1).and_then(ip).unwrap_or(any),
        prefix: answer.head[1],
        gateway: answer.attribute(5).and_then(ip),
        interface: answer.number(4).unwrap_or(0),
        metric: answer.number(6).unwrap_or(0),
        origin: answer.head[5],
    }
}

/// The route that packets to an address take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BestRoute {
    /// The route.
    pub route: Route,
    /// Whether it leads to this computer itself.
    pub is_local: bool,
    /// The address that they come from.
    pub source: IpAddr,
}

/// `ERROR_NETWORK_UNREACHABLE`.
const NETWORK_UNREACHABLE: Code = Code::new(1231);

/// The route that packets to an address take, of those through one interface if that is told, and from one of this
/// computer's addresses if that is told.
///
/// # Errors
/// `ERROR_NETWORK_UNREACHABLE` (1231) if there is no route; [`error::INVALID_PARAMETER`] for a source that is not this
/// computer's, or of another family; [`error::FILE_NOT_FOUND`] for an interface that is not there.
#[doc(alias = "GetBestRoute2")]
pub fn best_route(interface: Option<u32>, source: Option<IpAddr>, to: IpAddr) -> Result<BestRoute, Code> {
    // Of the kinds of routes, 6 and on lead nowhere.
    const LOCAL: u8 = 2;
    const FIRST_DEAD: u8 = 6;
    /// To tell the entry of the table, and not what is made of it for the one address.
    const FIB_MATCH: u32 = 0x2000;
    // Linux answers for any source.
    if let Some(source) = source
        && (source.is_ipv4() != to.is_ipv4() || !is_own(source)?)
    {
        return Err(error::INVALID_PARAMETER);
    }
    let ask = |flags: u32| {
        let bits = |address: IpAddr| if address.is_ipv4() { 32 } else { 128 };
        let family = if to.is_ipv4() { AF_INET } else { AF_INET6 };
        let mut head = [family, bits(to), source.map_or(0, bits), 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head[8..].copy_from_slice(&flags.to_ne_bytes());
        let mut question = Change::new(Order::Route, &head);
        let mut address = |kind, address: IpAddr| match address {
            IpAddr::V4(address) => question.attribute(kind, &address.octets()),
            IpAddr::V6(address) => question.attribute(kind, &address.octets()),
        };
        address(1, to);
        if let Some(source) = source {
            address(2, source);
        }
        if let Some(interface) = interface {
            question.attribute(4, &interface.to_ne_bytes());
        }
        look_up_route(question).map_err(|errno| match errno {
            Errno::INVAL => error::INVALID_PARAMETER,
            Errno::NODEV => error::FILE_NOT_FOUND,
            Errno::NETUNREACH | Errno::HOSTUNREACH | Errno::ACCESS | Errno::ADDRNOTAVAIL => NETWORK_UNREACHABLE,
            _ => error::NOT_SUPPORTED,
        })
    };
    let entry = ask(FIB_MATCH)?;
    let taken = ask(0)?;
    if entry.head[7] >= FIRST_DEAD || taken.head[7] >= FIRST_DEAD {
        return Err(NETWORK_UNREACHABLE);
    }
    let is_local = entry.head[7] == LOCAL;
    let mut route = route(&entry, to.is_ipv6());
    // Of several next routers the entry tells none; to itself the computer speaks by the loopback interface.
    if !is_local {
        route.interface = taken.number(4).unwrap_or(route.interface);
        route.gateway = taken.attribute(5).and_then(ip);
    }
    let unknown = if to.is_ipv6() { IpAddr::V6(Ipv6Addr::UNSPECIFIED) } else { IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    let source = source.or_else(|| taken.attribute(7).and_then(ip)).unwrap_or(unknown);
    Ok(BestRoute { route, is_local, source })
}

/// Whether packets may come from an address. All of the loopback network are this computer's.
fn is_own(address: IpAddr) -> Result<bool, Code> {
    let has = |interface: &Interface| interface.addresses.iter().any(|own| own.address == address);
    Ok(address.is_loopback() || interfaces()?.iter().any(has))
}

/// The number of the interface through which packets to an address go. The unspecified one is this computer.
///
/// # Errors
/// `ERROR_NETWORK_UNREACHABLE` (1231) if there is no route.
#[doc(alias = "GetBestInterface")]
pub fn best_interface(to: IpAddr) -> Result<u32, Code> {
    let to = match to {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        to => to,
    };
    best_route(None, None, to).map(|best| best.route.interface)
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
        assert_eq!(best_interface(Ipv4Addr::LOCALHOST.into()), Ok(loopback.index));
    }

    #[test]
    fn the_best_route_to_this_computer_is_local() {
        let localhost = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 5));
        let best = best_route(None, None, localhost).unwrap();
        assert!(best.is_local);
        assert_eq!((best.route.destination, best.route.prefix), (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8));
        assert_eq!(best_route(Some(best.route.interface), None, localhost), Ok(best));
        assert_eq!(best_route(Some(0x00ff_ffff), None, localhost), Err(error::FILE_NOT_FOUND));
        assert_eq!(best_route(None, Some(IpAddr::V6(Ipv6Addr::LOCALHOST)), localhost), Err(error::INVALID_PARAMETER));
        let nobodys = Some(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)));
        assert_eq!(best_route(None, nobodys, localhost), Err(error::INVALID_PARAMETER));
    }

    #[test]
    fn the_best_route_elsewhere_is_in_the_table() {
        let to = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1));
        match best_route(None, None, to) {
            Ok(best) => {
                assert!(!best.is_local && routes(false).unwrap().contains(&best.route), "{best:?}");
                assert!(
                    interfaces().unwrap().iter().flat_map(|one| &one.addresses).any(|own| own.address == best.source)
                );
            }
            Err(code) => assert_eq!(
                (code, routes(false).unwrap().iter().any(|route| route.prefix == 0)),
                (NETWORK_UNREACHABLE, false)
            ),
        }
    }

    #[test]
    fn routes_agree_with_proc() {
        let count = std::fs::read_to_string("/proc/net/route").unwrap().lines().skip(1).count();
        assert_eq!(routes(false).unwrap().len(), count);
    }
}
