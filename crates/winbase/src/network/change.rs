//! Changes of addresses, routes and neighbours. They take the right to administer the network.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use winsock::Code;

use super::interfaces::{interfaces, neighbours, routes};
use super::netlink::{Change, Order, tell};
use crate::error;

const AF_INET: u8 = 2;
const RT_TABLE_MAIN: u8 = 254;
const RTPROT_STATIC: u8 = 4;
const SCOPE_UNIVERSE: u8 = 0;
const SCOPE_LINK: u8 = 253;
const SCOPE_NOWHERE: u8 = 255;
const NUD_PERMANENT: u16 = 0x80;

/// A route of IPv4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteEntry {
    /// Where to.
    pub destination: Ipv4Addr,
    /// How many bits of it count.
    pub prefix: u8,
    /// Over which router; unspecified for none.
    pub gateway: Ipv4Addr,
    /// Through which interface.
    pub interface: u32,
    /// The lowest one wins.
    pub metric: u32,
}

/// What is to become of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It must not be there yet.
    Create,
    /// It may be there.
    Set,
    /// It must be there.
    Delete,
}

fn refusal(errno: Errno) -> Code {
    match errno {
        Errno::PERM | Errno::ACCESS => error::ACCESS_DENIED,
        Errno::SRCH | Errno::NOENT | Errno::ADDRNOTAVAIL => Code::new(1168), // ERROR_NOT_FOUND
        Errno::EXIST => Code::new(5010),                                     // ERROR_OBJECT_ALREADY_EXISTS
        Errno::OPNOTSUPP => error::NOT_SUPPORTED,
        // An interface that is not there, a router that is not beside it, bits of a host in a network's address.
        _ => error::INVALID_PARAMETER,
    }
}

/// Makes, sets or removes a route.
///
/// # Errors
/// [`error::ACCESS_DENIED`] without the right; `ERROR_NOT_FOUND`, `ERROR_OBJECT_ALREADY_EXISTS`;
/// [`error::INVALID_PARAMETER`] for what cannot be a route.
#[doc(alias = "CreateIpForwardEntry")]
#[doc(alias = "SetIpForwardEntry")]
#[doc(alias = "DeleteIpForwardEntry")]
pub fn change_route(entry: &RouteEntry, deed: Deed) -> Result<(), Code> {
    const UNICAST: u8 = 1;
    let has_gateway = !entry.gateway.is_unspecified();
    let scope = match deed {
        Deed::Delete => SCOPE_NOWHERE,
        _ if has_gateway => SCOPE_UNIVERSE,
        _ => SCOPE_LINK,
    };
    let (origin, kind) = if deed == Deed::Delete { (0, 0) } else { (RTPROT_STATIC, UNICAST) };
    let mut change =
        Change::new(Order::Route, &[AF_INET, entry.prefix, 0, 0, RT_TABLE_MAIN, origin, scope, kind, 0, 0, 0, 0]);
    change.attribute(1, &entry.destination.octets());
    change.attribute(4, &entry.interface.to_ne_bytes());
    if has_gateway {
        change.attribute(5, &entry.gateway.octets());
    }
    if deed != Deed::Delete || entry.metric != 0 {
        change.attribute(6, &entry.metric.to_ne_bytes());
    }
    tell(change, deed).map_err(refusal)
}

/// Makes, sets or removes what is known of a neighbour's hardware.
///
/// # Errors
/// As for [`change_route`].
#[doc(alias = "CreateIpNetEntry")]
#[doc(alias = "SetIpNetEntry")]
#[doc(alias = "DeleteIpNetEntry")]
pub fn change_neighbour(interface: u32, address: Ipv4Addr, hardware: &[u8], deed: Deed) -> Result<(), Code> {
    let mut head = [0; 12];
    head[0] = AF_INET;
    head[4..8].copy_from_slice(&interface.to_ne_bytes());
    head[8..10].copy_from_slice(&NUD_PERMANENT.to_ne_bytes());
    let mut change = Change::new(Order::Neighbour, &head);
    change.attribute(1, &address.octets());
    if deed != Deed::Delete {
        change.attribute(2, hardware);
    }
    tell(change, deed).map_err(refusal)
}

/// Gives an interface one more address, or takes one away.
///
/// # Errors
/// As for [`change_route`].
#[doc(alias = "AddIPAddress")]
#[doc(alias = "DeleteIPAddress")]
pub fn change_address(interface: u32, address: Ipv4Addr, prefix: u8, deed: Deed) -> Result<(), Code> {
    let mut head = [0; 8];
    (head[0], head[1]) = (AF_INET, prefix);
    head[4..8].copy_from_slice(&interface.to_ne_bytes());
    let mut change = Change::new(Order::Address, &head);
    change.attribute(1, &address.octets());
    change.attribute(2, &address.octets());
    tell(change, deed).map_err(refusal)
}

/// The interface that has an address, and the bits of its network.
///
/// # Errors
/// `ERROR_NOT_FOUND`.
pub fn home_of(address: Ipv4Addr) -> Result<(u32, u8), Code> {
    let all = interfaces()?;
    let found = all.iter().find_map(|interface| {
        let own = interface.addresses.iter().find(|own| own.address == std::net::IpAddr::V4(address))?;
        Some((interface.index, own.prefix))
    });
    found.ok_or(Code::new(1168))
}

/// The hardware address of a neighbour, who is asked if the system does not know it; of this computer's own addresses,
/// their interface's.
///
/// # Errors
/// `ERROR_BAD_NET_NAME` (67) if nobody answers, or the address lies behind a router. Docs: "SendARP function".
#[doc(alias = "SendARP")]
pub fn hardware_of(address: Ipv4Addr) -> Result<Vec<u8>, Code> {
    const BAD_NET_NAME: Code = Code::new(67);
    const PATIENCE: Duration = Duration::from_secs(3);
    if let Ok((index, _)) = home_of(address) {
        let own = interfaces()?.into_iter().find(|interface| interface.index == index);
        return own.map(|own| own.hardware).filter(|own| !own.is_empty()).ok_or(BAD_NET_NAME);
    }
    if !is_beside_us(address)? {
        return Err(BAD_NET_NAME);
    }
    let known = || -> Result<Option<Vec<u8>>, Code> {
        let all = neighbours()?;
        let found = all.into_iter().find(|one| one.is_valid && one.address == std::net::IpAddr::V4(address));
        Ok(found.map(|found| found.hardware).filter(|hardware| !hardware.is_empty()))
    };
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(hardware) = known()? {
            return Ok(hardware);
        }
        if Instant::now() >= end {
            return Err(BAD_NET_NAME);
        }
        // Anything that is sent makes the kernel ask; the port is the one that throws away.
        super::netlink::send_datagram(address, 9);
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether no router lies between.
fn is_beside_us(address: Ipv4Addr) -> Result<bool, Code> {
    let covers = |route: &super::Route| match route.destination {
        std::net::IpAddr::V4(network) => {
            let bits = u32::from(address) ^ u32::from(network);
            bits.checked_shr(32 - u32::from(route.prefix)).unwrap_or(0) == 0
        }
        std::net::IpAddr::V6(_) => false,
    };
    let all = routes(false)?;
    let best = all.iter().filter(|route| covers(route)).max_by_key(|route| (route.prefix, u32::MAX - route.metric));
    Ok(best.is_some_and(|route| route.gateway.is_none()))
}
