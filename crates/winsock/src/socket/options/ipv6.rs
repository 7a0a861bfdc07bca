//! `IPPROTO_IPV6`: what it does not share with `IPPROTO_IP`.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, both_ip, entry, multicast};
use crate::fault;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys;
use crate::win32::*;

/// Docs: "IPPROTO_IPV6 Socket Options". Which sockets have which: dlls/ws2_32/tests/sock.c, the option validity tables.
pub(super) fn find(socket: &Socket, name: i32) -> Result<Entry, Code> {
    if !socket.kind.is_inet6() {
        return only_on_v6(name);
    }
    if socket.kind.is_stream() && wants_datagrams(name) {
        return Err(Code::WSAEINVAL);
    }
    let found = match name {
        IPV6_HDRINCL if socket.kind.kind != SOCK_RAW => return Err(Code::WSAEINVAL),
        IPV6_HDRINCL => entry(Shape::BoolByteOrDword, Access::LinuxBool(libc::SOL_IPV6, LINUX_IPV6_HDRINCL)),
        IPV6_HOPOPTS => entry(Shape::DwordOrNothing, Access::Kept(IPPROTO_IPV6, name, 0)),
        IPV6_CHECKSUM if socket.kind.kind == SOCK_RAW => {
            entry(Shape::DwordOrNothing, Access::Linux(libc::SOL_IPV6, libc::IPV6_CHECKSUM))
        }
        IPV6_UNICAST_HOPS => entry(
            Shape::ByteOrDword,
            Access::Here {
                get: |s| get(s, libc::IPV6_UNICAST_HOPS),
                set: |s, v| set_byte(s, libc::IPV6_UNICAST_HOPS, v),
            },
        ),
        IPV6_MULTICAST_IF => entry(Shape::Dword, Access::Linux(libc::SOL_IPV6, libc::IPV6_MULTICAST_IF)),
        IPV6_MULTICAST_HOPS => entry(
            Shape::ByteOrDword,
            Access::Here {
                get: |s| get(s, libc::IPV6_MULTICAST_HOPS),
                set: |s, v| set_byte(s, libc::IPV6_MULTICAST_HOPS, v),
            },
        ),
        IPV6_MULTICAST_LOOP => {
            entry(Shape::BoolByteOrDword, Access::LinuxBool(libc::SOL_IPV6, libc::IPV6_MULTICAST_LOOP))
        }
        IPV6_DONTFRAG => entry(Shape::BoolByteOrDword, Access::Here { get: dont_fragment, set: set_dont_fragment }),
        IPV6_HOPLIMIT => entry(Shape::BoolOrNothing, Access::LinuxBool(libc::SOL_IPV6, libc::IPV6_RECVHOPLIMIT)),
        IPV6_PROTECTION_LEVEL => entry(
            Shape::DwordOrNothing,
            Access::Here { get: |s| Ok(s.options(|o| o.protection_level)), set: set_protection },
        ),
        IPV6_V6ONLY => V6_ONLY,
        IPV6_UNICAST_IF => entry(Shape::DwordOrNothing, Access::Linux(libc::SOL_IPV6, libc::IPV6_UNICAST_IF)),
        IPV6_MTU => entry(Shape::DwordOrNothing, Access::Read(mtu, Code::WSAEINVAL)),
        _ => return multicast::find_v6(name).map_or_else(|| both_ip::find(socket, IPPROTO_IPV6, name), Ok),
    };
    Ok(found)
}

/// Missing from the libc crate.
const LINUX_IPV6_HDRINCL: i32 = 36;

const V6_ONLY: Entry =
    entry(Shape::ByteBool, Access::Here { get: |s| Ok(s.options(|o| o.v6_only).into()), set: set_v6_only });

/// `IPV6_V6ONLY` is kept by IPv4 sockets too (and is on); everything else there is an unknown option.
/// Source: test_ipv6only of dlls/ws2_32/tests/sock.c, checked on Windows.
fn only_on_v6(name: i32) -> Result<Entry, Code> {
    match name {
        IPV6_V6ONLY => Ok(V6_ONLY),
        _ => Err(Code::WSAENOPROTOOPT),
    }
}

/// Options that a stream refuses as invalid.
fn wants_datagrams(name: i32) -> bool {
    matches!(
        name,
        IPV6_MULTICAST_IF
            | IPV6_MULTICAST_HOPS
            | IPV6_MULTICAST_LOOP
            | IPV6_PKTINFO
            | IPV6_HOPLIMIT
            | IPV6_RECVTCLASS
            | IPV6_RECVRTHDR
    )
}

fn get(socket: &Socket, name: i32) -> Result<u32, Code> {
    sys::option::get(socket.fd(), libc::SOL_IPV6, name)
        .map(i32::cast_unsigned)
        .map_err(|errno| fault::plain(errno, Call::getsockopt))
}

/// Measured on Windows: more than a byte is refused.
fn set_byte(socket: &Socket, name: i32, value: u32) -> Result<(), Code> {
    if value > 255 { Err(Code::WSAEINVAL) } else { set_bytes(socket, name, &value.to_ne_bytes()) }
}

fn set_bytes(socket: &Socket, name: i32, value: &[u8]) -> Result<(), Code> {
    multicast::set_linux(socket, libc::SOL_IPV6, name, value)
}

fn dont_fragment(socket: &Socket) -> Result<u32, Code> {
    let discovery = get(socket, libc::IPV6_MTU_DISCOVER)?.cast_signed();
    let by_default = socket.kind.is_stream() && discovery == libc::IPV6_PMTUDISC_WANT;
    Ok((by_default || discovery == libc::IPV6_PMTUDISC_DO).into())
}

fn set_dont_fragment(socket: &Socket, value: u32) -> Result<(), Code> {
    let discovery = if value != 0 { libc::IPV6_PMTUDISC_DO } else { libc::IPV6_PMTUDISC_DONT };
    set_bytes(socket, libc::IPV6_MTU_DISCOVER, &discovery.to_ne_bytes())
}

/// Docs: "IPV6_PROTECTION_LEVEL": unrestricted 10, edge restricted 20, restricted 30. Kept; Linux has no such thing.
fn set_protection(socket: &Socket, value: u32) -> Result<(), Code> {
    if !matches!(value, 10 | 20 | 30) {
        return Err(Code::WSAEINVAL);
    }
    socket.change_options(|options| options.protection_level = value);
    Ok(())
}

/// Docs: "IPPROTO_IPV6 Socket Options", IPV6_V6ONLY: before `bind` only.
fn set_v6_only(socket: &Socket, value: u32) -> Result<(), Code> {
    let mut settings = socket.settings();
    if socket.state.has(Facts::BOUND) {
        return Err(Code::WSAEINVAL);
    }
    // Of the others Linux knows none: they receive one family anyway.
    if socket.kind.is_inet6() && socket.kind.kind != SOCK_RAW {
        set_bytes(socket, libc::IPV6_V6ONLY, &value.to_ne_bytes())?;
    }
    settings.options.v6_only = value != 0;
    Ok(())
}

fn mtu(socket: &Socket) -> Result<u32, Code> {
    if socket.state.has(Facts::CONNECTED) { get(socket, libc::IPV6_MTU) } else { Err(Code::WSAENOTCONN) }
}
