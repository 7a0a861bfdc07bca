//! What `WSARecvMsg` tells beside the data: options of Windows that Linux knows in fewer and larger pieces.

use winsock_codes::{Call, Code};

use crate::fault;
use crate::socket::Socket;
use crate::sys;
use crate::win32::*;

/// Told from what Linux calls packet information: where a datagram was sent to, and where it came in.
const OF_PACKET: [i32; 5] = [IP_PKTINFO, IP_PKTINFO_EX, IP_RECVDSTADDR, IP_RECVIF, IP_ORIGINAL_ARRIVAL_IF];
/// Told from the type of service, of which congestion notification is two bits.
const OF_SERVICE: [i32; 2] = [IP_RECVTOS, IP_RECVECN];

// The numbers of both levels are the same.
const _: () = assert!(IP_PKTINFO == IPV6_PKTINFO && IP_RECVTOS == IPV6_RECVTCLASS);

/// The options of this kind that are on, by level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    v4: u64,
    v6: u64,
}

impl Wanted {
    /// None.
    pub(crate) const NONE: Wanted = Wanted { v4: 0, v6: 0 };

    /// With an option of that level; the numbers are below 64.
    #[must_use]
    pub(crate) const fn with(mut self, level: i32, name: i32) -> Wanted {
        let bit = 1 << (name & 63);
        if level == IPPROTO_IPV6 {
            self.v6 |= bit;
        } else {
            self.v4 |= bit;
        }
        self
    }

    /// Whether the option is on.
    pub(crate) const fn has(self, level: i32, name: i32) -> bool {
        let options = if level == IPPROTO_IPV6 { self.v6 } else { self.v4 };
        options >> (name & 63) & 1 != 0
    }
}

/// Whether this is an option of the kind.
pub(super) fn is_told(name: i32) -> bool {
    OF_PACKET.contains(&name) || OF_SERVICE.contains(&name)
}

impl Socket {
    /// What `WSARecvMsg` shall tell. What Linux tells and no option of this process asked for was asked for by the process
    /// that had the socket before.
    pub(crate) fn wanted(&self) -> Wanted {
        self.options(|options| {
            let mut wanted = Wanted::NONE;
            for level in [IPPROTO_IP, IPPROTO_IPV6] {
                for group in [&OF_PACKET[..], &OF_SERVICE[..]] {
                    let known = |name: &i32| options.kept.contains_key(&(level, *name));
                    let chosen = |name: &&i32| options.kept.get(&(level, **name)).is_some_and(|value| *value != 0);
                    wanted = match group.iter().any(known) {
                        true => group.iter().filter(chosen).fold(wanted, |wanted, name| wanted.with(level, *name)),
                        false => wanted.with(level, group[0]),
                    };
                }
            }
            wanted
        })
    }

    /// Has Linux tell where datagrams were sent to; programs are told no more than they have asked for.
    pub(crate) fn hear_of_destinations(&self) {
        let level = if self.kind.is_inet6() { IPPROTO_IPV6 } else { IPPROTO_IP };
        let asked = self.is_wanted(level, IP_PKTINFO).unwrap_or(0);
        self.change_options(|options| {
            options.kept.entry((level, IP_PKTINFO)).or_insert(asked);
        });
        let (level, name) = linux(level, IP_PKTINFO);
        // Fails on no datagram socket of these families.
        let _ = sys::option::set(self.fd(), level, name, 1);
    }

    /// Whether the option is on.
    pub(super) fn is_wanted(&self, level: i32, name: i32) -> Result<u32, Code> {
        match self.kept_option(level, name) {
            Some(value) => Ok(value),
            None if OF_PACKET[0] == name || OF_SERVICE[0] == name => {
                let (level, name) = linux(level, name);
                sys::option::get(self.fd(), level, name)
                    .map(|value| u32::from(value != 0))
                    .map_err(|errno| fault::plain(errno, Call::getsockopt))
            }
            None => Ok(0),
        }
    }

    /// Switches the option, and what Linux has to tell for it.
    pub(super) fn want(&self, level: i32, name: i32, on: u32) -> Result<(), Code> {
        let group = if OF_PACKET.contains(&name) { &OF_PACKET[..] } else { &OF_SERVICE[..] };
        let is_needed = self.change_options(|options| {
            options.kept.insert((level, name), on);
            group.iter().any(|name| options.kept.get(&(level, *name)).is_some_and(|value| *value != 0))
        });
        let (level, name) = linux(level, name);
        sys::option::set(self.fd(), level, name, is_needed.into())
            .map_err(|errno| fault::plain(errno, Call::setsockopt))
    }
}

/// Linux' option behind one of Windows.
fn linux(level: i32, name: i32) -> (i32, i32) {
    match (level, OF_PACKET.contains(&name)) {
        (IPPROTO_IPV6, true) => (libc::SOL_IPV6, libc::IPV6_RECVPKTINFO),
        (IPPROTO_IPV6, false) => (libc::SOL_IPV6, libc::IPV6_RECVTCLASS),
        (_, true) => (libc::SOL_IP, libc::IP_PKTINFO),
        (_, false) => (libc::SOL_IP, libc::IP_RECVTOS),
    }
}
