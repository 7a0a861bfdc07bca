//! Multicast groups: the options of both IP levels, by structure and by family.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, entry};
use crate::address::Address;
use crate::fault;
use crate::socket::Socket;
use crate::sys;
use crate::win32::*;

/// Of `IPPROTO_IP`. Docs: "IPPROTO_IP Socket Options".
pub(super) fn find_v4(name: i32) -> Option<Entry> {
    Some(match name {
        IP_ADD_MEMBERSHIP => {
            entry(Shape::Structure(8), Access::Write(|s, v| membership(s, libc::IP_ADD_MEMBERSHIP, v)))
        }
        IP_DROP_MEMBERSHIP => {
            entry(Shape::Structure(8), Access::Write(|s, v| membership(s, libc::IP_DROP_MEMBERSHIP, v)))
        }
        IP_ADD_SOURCE_MEMBERSHIP => {
            entry(Shape::Structure(12), Access::Write(|s, v| source(s, libc::IP_ADD_SOURCE_MEMBERSHIP, v)))
        }
        IP_DROP_SOURCE_MEMBERSHIP => {
            entry(Shape::Structure(12), Access::Write(|s, v| source(s, libc::IP_DROP_SOURCE_MEMBERSHIP, v)))
        }
        IP_BLOCK_SOURCE => entry(Shape::Structure(12), Access::Write(|s, v| source(s, libc::IP_BLOCK_SOURCE, v))),
        IP_UNBLOCK_SOURCE => entry(Shape::Structure(12), Access::Write(|s, v| source(s, libc::IP_UNBLOCK_SOURCE, v))),
        _ => return find_mcast(name),
    })
}

/// Of `IPPROTO_IPV6`: `ipv6_mreq` is the same on both systems.
pub(super) fn find_v6(name: i32) -> Option<Entry> {
    Some(match name {
        IPV6_ADD_MEMBERSHIP => {
            entry(Shape::Structure(20), Access::Write(|s, v| membership_v6(s, libc::IPV6_ADD_MEMBERSHIP, v)))
        }
        IPV6_DROP_MEMBERSHIP => {
            entry(Shape::Structure(20), Access::Write(|s, v| membership_v6(s, libc::IPV6_DROP_MEMBERSHIP, v)))
        }
        _ => return find_mcast(name),
    })
}

fn membership_v6(socket: &Socket, name: i32, value: &[u8]) -> Result<(), Code> {
    set_linux(socket, libc::SOL_IPV6, name, &value[..20])
}

/// Of either level. Docs: "GROUP_REQ structure", "GROUP_SOURCE_REQ structure".
fn find_mcast(name: i32) -> Option<Entry> {
    Some(match name {
        MCAST_JOIN_GROUP => entry(Shape::Structure(GROUP_REQ), Access::Write(|s, v| mcast::<1>(s, LINUX_JOIN, v))),
        MCAST_LEAVE_GROUP => entry(Shape::Structure(GROUP_REQ), Access::Write(|s, v| mcast::<1>(s, LINUX_LEAVE, v))),
        MCAST_BLOCK_SOURCE => {
            entry(Shape::Structure(GROUP_SOURCE_REQ), Access::Write(|s, v| mcast::<2>(s, LINUX_BLOCK, v)))
        }
        MCAST_UNBLOCK_SOURCE => {
            entry(Shape::Structure(GROUP_SOURCE_REQ), Access::Write(|s, v| mcast::<2>(s, LINUX_UNBLOCK, v)))
        }
        MCAST_JOIN_SOURCE_GROUP => {
            entry(Shape::Structure(GROUP_SOURCE_REQ), Access::Write(|s, v| mcast::<2>(s, LINUX_JOIN_SOURCE, v)))
        }
        MCAST_LEAVE_SOURCE_GROUP => {
            entry(Shape::Structure(GROUP_SOURCE_REQ), Access::Write(|s, v| mcast::<2>(s, LINUX_LEAVE_SOURCE, v)))
        }
        _ => return None,
    })
}

/// `sizeof(GROUP_REQ)`: an interface's index, and after a gap one address in 128 bytes.
const GROUP_REQ: usize = 136;
/// `sizeof(GROUP_SOURCE_REQ)`: one address more.
const GROUP_SOURCE_REQ: usize = 264;

// linux/in.h; the libc crate has some of them only.
const LINUX_JOIN: i32 = 42;
const LINUX_BLOCK: i32 = 43;
const LINUX_UNBLOCK: i32 = 44;
const LINUX_LEAVE: i32 = 45;
const LINUX_JOIN_SOURCE: i32 = 46;
const LINUX_LEAVE_SOURCE: i32 = 47;

/// The structures are the same on both systems but for the number of the IPv6 family in their addresses.
fn mcast<const ADDRESSES: usize>(socket: &Socket, name: i32, value: &[u8]) -> Result<(), Code> {
    let mut request = [0; GROUP_SOURCE_REQ];
    let length = 8 + 128 * ADDRESSES;
    request[..length].copy_from_slice(&value[..length]);
    for place in (8..length).step_by(128) {
        let address = Address::from_windows(&value[place..place + 128])?;
        if address.family() != socket.kind.family {
            return Err(Code::WSAEAFNOSUPPORT);
        }
        request[place..place + 2].copy_from_slice(&address.linux()[..2]);
    }
    let level = if socket.kind.is_inet6() { libc::SOL_IPV6 } else { libc::SOL_IP };
    set_linux(socket, level, name, &request[..length])
}

/// Sets an option of Linux' with the codes that pages on multicast give.
pub(super) fn set_linux(socket: &Socket, level: i32, name: i32, value: &[u8]) -> Result<(), Code> {
    sys::option::set_bytes(socket.fd(), level, name, value).map_err(|errno| match errno.0 {
        // Docs: "IP_ADD_MEMBERSHIP": not a multicast address, or already a member; unknown interface.
        libc::EADDRINUSE => Code::WSAEADDRINUSE,
        libc::ENODEV => Code::WSAEADDRNOTAVAIL,
        _ => fault::plain(errno, Call::setsockopt),
    })
}

/// `ip_mreq` is the same on both systems, except that Windows takes an interface's index as 0.x.x.x.
fn membership(socket: &Socket, name: i32, value: &[u8]) -> Result<(), Code> {
    let [.., a, b, c, d] = *value.first_chunk::<8>().ok_or(Code::WSAEFAULT)?;
    let index = u32::from_be_bytes([a, b, c, d]);
    if index == 0 || index > 0x00ff_ffff {
        return set_linux(socket, libc::SOL_IP, name, &value[..8]);
    }
    let mut mreqn = [0; 12];
    mreqn[..4].copy_from_slice(&value[..4]);
    mreqn[8..].copy_from_slice(&index.to_ne_bytes());
    set_linux(socket, libc::SOL_IP, name, &mreqn)
}

/// `ip_mreq_source`: Windows has group, source, interface; Linux group, interface, source.
fn source(socket: &Socket, name: i32, value: &[u8]) -> Result<(), Code> {
    let value = value.first_chunk::<12>().ok_or(Code::WSAEFAULT)?;
    let mut linux = *value;
    linux[4..8].copy_from_slice(&value[8..12]);
    linux[8..12].copy_from_slice(&value[4..8]);
    set_linux(socket, libc::SOL_IP, name, &linux)
}
