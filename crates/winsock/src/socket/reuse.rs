//! Who may bind to what: `SO_REUSEADDR`, `SO_EXCLUSIVEADDRUSE` and neither, as on Windows.
//!
//! The two systems mean different things by the same words. Windows lets a wildcard and a specific address share a port
//! without any option, lets two sockets have the very same address if both say `SO_REUSEADDR`, and forbids either to
//! others by `SO_EXCLUSIVEADDRUSE`. So the sockets of this process are judged here, by the documented matrix, and where
//! Windows allows what Linux would not, both sockets get Linux's `SO_REUSEPORT`. Against other processes Linux judges.
//!
//! Docs: "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", the table for Windows Server 2003 and later, one user account.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

use winsock_codes::Code;

use super::kind::Kind;
use super::options::Options;
use crate::address::Address;
use crate::sys;

/// The names that sockets of this process hold.
static NAMES: Mutex<Names> = Mutex::new(Names { held: BTreeMap::new(), next: 0 });

struct Names {
    /// By port and a number of their own, so that neither a bind nor a close looks at all of them.
    held: BTreeMap<Place, Held>,
    next: u64,
}

type Place = (u16, u64);

struct Held {
    name: Request,
    /// Open as long as the entry lives: the socket's [`Claim`] is dropped before its descriptor.
    fd: RawFd,
    /// Linux knows that it shares its port; told once, as a port may have thousands of sockets.
    shares: bool,
}

/// A name that a socket wants or holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    protocol: i32,
    address: IpAddr,
    /// An IPv6 wildcard that takes the IPv4 port as well.
    dual: bool,
    port: u16,
    sharing: Sharing,
}

/// What the program said before binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sharing {
    Default,
    Reuse,
    Exclusive,
}

impl Request {
    pub(crate) fn new(kind: Kind, address: &Address, options: &Options) -> Request {
        let ip = address.to_socket_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip());
        let sharing = match (options.exclusive_address_use, options.reuse_address || options.reuse_multicast_port) {
            (true, _) => Sharing::Exclusive,
            (false, true) => Sharing::Reuse,
            (false, false) => Sharing::Default,
        };
        let dual = !options.v6_only && ip == IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        Request { protocol: kind.protocol, address: to_v4(ip), dual, port: address.port(), sharing }
    }

    fn is_wildcard(&self) -> bool {
        self.address.is_unspecified()
    }

    /// Whether both names would receive some of the same traffic.
    fn overlaps(&self, other: &Request) -> bool {
        let same_family = self.address.is_ipv4() == other.address.is_ipv4();
        let reaches = same_family || self.dual || other.dual;
        let addresses = self.address == other.address || self.is_wildcard() || other.is_wildcard();
        self.protocol == other.protocol && self.port == other.port && reaches && addresses
    }

    /// The matrix: may `second` bind while this name is held?
    fn admits(&self, second: &Request) -> Result<(), Code> {
        match self.breadth(second).cmp(&second.breadth(self)) {
            Ordering::Greater if self.sharing == Sharing::Exclusive => Err(Code::WSAEACCES),
            Ordering::Less if second.sharing == Sharing::Exclusive => Err(Code::WSAEADDRINUSE),
            Ordering::Greater | Ordering::Less => Ok(()),
            Ordering::Equal => self.admits_twin(second),
        }
    }

    /// How much the name covers, seen from the other: an address, every address of a family, every address of both.
    /// Source: dlls/ws2_32/tests/sock.c, tests_exclusive, checked on Windows: to IPv4's wildcard one of both families is
    /// as a wildcard is to an address.
    fn breadth(&self, other: &Request) -> u8 {
        let wider = self.dual && other.address.is_ipv4();
        u8::from(self.is_wildcard()) + u8::from(wider)
    }

    /// The matrix where both names are the same.
    fn admits_twin(&self, second: &Request) -> Result<(), Code> {
        match (self.sharing, second.sharing) {
            (Sharing::Reuse, Sharing::Reuse) => Ok(()),
            (_, Sharing::Reuse) => Err(Code::WSAEACCES),
            _ => Err(Code::WSAEADDRINUSE),
        }
    }
}

/// A name that the matrix allows; the table stays locked until Linux has agreed too.
pub(crate) struct Reservation {
    names: MutexGuard<'static, Names>,
    name: Request,
    /// Others have the port.
    is_shared: bool,
    /// Those of them of whom Linux does not know yet that they share it.
    untold: Vec<Place>,
}

/// Judges a name; port 0 always passes, since Linux picks a free one.
pub(crate) fn reserve(name: &Request) -> Result<Reservation, Code> {
    let names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut is_shared = false;
    let mut untold = Vec::new();
    if name.port != 0 {
        let same_port = names.held.range((name.port, 0)..=(name.port, u64::MAX));
        for (place, held) in same_port.filter(|(_, held)| held.name.overlaps(name)) {
            held.name.admits(name)?;
            is_shared = true;
            if !held.shares {
                untold.push(*place);
            }
        }
    }
    Ok(Reservation { names, name: *name, is_shared, untold })
}

impl Reservation {
    /// Whether Linux must be told to let sockets share the port.
    pub(crate) fn shares_port(&self) -> bool {
        self.is_shared
    }

    /// Tells Linux so, for the new socket and those it shares with.
    pub(crate) fn let_linux_share(&mut self, fd: BorrowedFd<'_>) {
        // Where Linux refuses, its bind will say so.
        for place in self.untold.drain(..) {
            if let Some(held) = self.names.held.get_mut(&place) {
                let _ = sys::option::share_port(held.fd);
                held.shares = true;
            }
        }
        let _ = sys::option::share_port(fd.as_raw_fd());
    }

    /// Enters the name, with the port that Linux gave it.
    pub(crate) fn complete(mut self, port: u16, fd: BorrowedFd<'_>) -> Claim {
        let place = (port, self.names.next);
        self.names.next += 1;
        let name = Request { port, ..self.name };
        self.names.held.insert(place, Held { name, fd: fd.as_raw_fd(), shares: self.is_shared });
        Claim { place, shared: self.shares_port() }
    }
}

/// A name held; dropping it frees the name for the sockets of this process.
#[derive(Debug)]
pub(crate) struct Claim {
    place: Place,
    /// Others had the port before.
    pub(crate) shared: bool,
}

impl Drop for Claim {
    fn drop(&mut self) {
        NAMES.lock().unwrap_or_else(PoisonError::into_inner).held.remove(&self.place);
    }
}

/// An IPv4 address in IPv6 clothes is the IPv4 address.
fn to_v4(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(address: &str, sharing: Sharing) -> Request {
        let address: IpAddr = address.parse().unwrap();
        Request { protocol: 6, address, dual: false, port: 5150, sharing }
    }

    // Docs: "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", second table: rows are the first bind, columns the second:
    // default, reuse, exclusive, each wildcard then specific. S success, I in use, A access.
    const MATRIX: [(&str, Sharing, &str); 6] = [
        ("0.0.0.0", Sharing::Default, "ISASIS"),
        ("127.0.0.1", Sharing::Default, "SISAII"),
        ("0.0.0.0", Sharing::Reuse, "ISSSIS"),
        ("127.0.0.1", Sharing::Reuse, "SISSII"),
        ("0.0.0.0", Sharing::Exclusive, "IAAAIA"),
        ("127.0.0.1", Sharing::Exclusive, "SISAII"),
    ];

    #[test]
    fn the_documented_matrix_holds() {
        let columns = [Sharing::Default, Sharing::Reuse, Sharing::Exclusive]
            .into_iter()
            .flat_map(|sharing| [("0.0.0.0", sharing), ("127.0.0.1", sharing)]);
        for (address, sharing, row) in MATRIX {
            for ((second_address, second_sharing), expected) in columns.clone().zip(row.chars()) {
                let first = name(address, sharing);
                let second = name(second_address, second_sharing);
                let expected = match expected {
                    'S' => Ok(()),
                    'I' => Err(Code::WSAEADDRINUSE),
                    _ => Err(Code::WSAEACCES),
                };
                assert!(first.overlaps(&second));
                assert_eq!(first.admits(&second), expected, "{first:?} then {second:?}");
            }
        }
    }

    #[test]
    fn different_addresses_and_families_do_not_meet() {
        let v4 = name("127.0.0.1", Sharing::Exclusive);
        assert!(!v4.overlaps(&name("127.0.0.2", Sharing::Default)));
        assert!(!v4.overlaps(&name("::", Sharing::Default)));
        let dual = Request { dual: true, ..name("::", Sharing::Exclusive) };
        assert!(v4.overlaps(&dual));
    }
}
