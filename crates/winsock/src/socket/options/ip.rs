//! `IPPROTO_IP`: what it does not share with `IPPROTO_IPV6`.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, both_ip, entry, multicast};
use crate::fault;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys;
use crate::win32::*;

/// Docs: "IPPROTO_IP Socket Options". Which sockets have which: dlls/ws2_32/tests/sock.c, the option validity tables.
pub(super) fn find(socket: &Socket, name: i32) -> Result<Entry, Code> {
    if socket.kind.is_stream() && wants_datagrams(name) {
        return Err(Code::WSAEINVAL);
    }
    let found = match name {
        IP_OPTIONS => entry(Shape::Bytes, Access::Bytes { get: ip_options, set: set_ip_options }),
        IP_HDRINCL if socket.kind.kind != SOCK_RAW => return Err(Code::WSAEINVAL),
        IP_HDRINCL => entry(Shape::BoolByteOrDword, Access::LinuxBool(libc::SOL_IP, libc::IP_HDRINCL)),
        IP_TOS => entry(
            Shape::ByteOrDword,
            Access::Here { get: |s| get(s, libc::IP_TOS), set: |s, v| set_byte(s, libc::IP_TOS, v) },
        ),
        IP_TTL => entry(
            Shape::ByteOrDword,
            Access::Here { get: |s| get(s, libc::IP_TTL), set: |s, v| set_byte(s, libc::IP_TTL, v) },
        ),
        IP_MULTICAST_IF => entry(Shape::Dword, Access::Here { get: multicast_interface, set: set_multicast_interface }),
        IP_MULTICAST_TTL => entry(
            Shape::ByteOrDword,
            Access::Here {
                get: |s| get(s, libc::IP_MULTICAST_TTL),
                set: |s, v| set_byte(s, libc::IP_MULTICAST_TTL, v),
            },
        ),
        IP_MULTICAST_LOOP => entry(Shape::BoolByteOrDword, Access::LinuxBool(libc::SOL_IP, libc::IP_MULTICAST_LOOP)),
        IP_DONTFRAGMENT => entry(Shape::BoolByteOrDword, Access::Here { get: dont_fragment, set: set_dont_fragment }),
        IP_RECVTTL => entry(Shape::BoolOrNothing, Access::LinuxBool(libc::SOL_IP, libc::IP_RECVTTL)),
        IP_RECEIVE_BROADCAST => entry(
            Shape::BoolOrNothing,
            Access::Here {
                get: |s| Ok(s.options(|o| o.receive_broadcast).into()),
                set: |s, v| {
                    s.change_options(|o| o.receive_broadcast = v != 0);
                    Ok(())
                },
            },
        ),
        IP_UNICAST_IF => entry(Shape::DwordOrNothing, Access::Linux(libc::SOL_IP, libc::IP_UNICAST_IF)),
        IP_MTU => entry(Shape::DwordOrNothing, Access::Read(mtu, Code::WSAEINVAL)),
        _ => return multicast::find_v4(name).map_or_else(|| both_ip::find(socket, IPPROTO_IP, name), Ok),
    };
    Ok(found)
}

/// Options that a stream refuses as invalid.
fn wants_datagrams(name: i32) -> bool {
    matches!(
        name,
        IP_MULTICAST_IF
            | IP_MULTICAST_TTL
            | IP_MULTICAST_LOOP
            | IP_PKTINFO
            | IP_RECVTTL
            | IP_RECEIVE_BROADCAST
            | IP_RECVTOS
            | IP_RECVRTHDR
    )
}

fn get(socket: &Socket, name: i32) -> Result<u32, Code> {
    sys::option::get(socket.fd(), libc::SOL_IP, name)
        .map(i32::cast_unsigned)
        .map_err(|errno| fault::plain(errno, Call::getsockopt))
}

/// Measured on Windows: more than a byte is refused.
fn set_byte(socket: &Socket, name: i32, value: u32) -> Result<(), Code> {
    if value > 255 {
        return Err(Code::WSAEINVAL);
    }
    set_bytes(socket, name, &value.to_ne_bytes())
}

fn set_bytes(socket: &Socket, name: i32, value: &[u8]) -> Result<(), Code> {
    multicast::set_linux(socket, libc::SOL_IP, name, value)
}

/// IP header options for what is sent from now on; none to have none. Their bytes are those of the header.
fn set_ip_options(socket: &Socket, value: &[u8]) -> Result<(), Code> {
    set_bytes(socket, libc::IP_OPTIONS, value)
}

fn ip_options(socket: &Socket, value: &mut [u8]) -> Result<usize, Code> {
    sys::option::get_bytes(socket.fd(), libc::SOL_IP, libc::IP_OPTIONS, value)
        .map_err(|errno| fault::plain(errno, Call::getsockopt))
}

fn multicast_interface(socket: &Socket) -> Result<u32, Code> {
    get(socket, libc::IP_MULTICAST_IF)
}

/// Windows: an interface's address, or its index as an address of the form 0.x.x.x.
fn set_multicast_interface(socket: &Socket, value: u32) -> Result<(), Code> {
    let index = u32::from_be(value);
    if value == 0 || index > 0x00ff_ffff {
        return set_bytes(socket, libc::IP_MULTICAST_IF, &value.to_ne_bytes());
    }
    let mut mreqn = [0; 12];
    mreqn[8..].copy_from_slice(&index.to_ne_bytes());
    set_bytes(socket, libc::IP_MULTICAST_IF, &mreqn)
}

/// Windows' "don't fragment" is Linux' path MTU discovery. A stream has it by default.
fn dont_fragment(socket: &Socket) -> Result<u32, Code> {
    let discovery = get(socket, libc::IP_MTU_DISCOVER)?.cast_signed();
    let by_default = socket.kind.is_stream() && discovery == libc::IP_PMTUDISC_WANT;
    Ok((by_default || discovery == libc::IP_PMTUDISC_DO).into())
}

fn set_dont_fragment(socket: &Socket, value: u32) -> Result<(), Code> {
    let discovery = if value != 0 { libc::IP_PMTUDISC_DO } else { libc::IP_PMTUDISC_DONT };
    set_bytes(socket, libc::IP_MTU_DISCOVER, &discovery.to_ne_bytes())
}

fn mtu(socket: &Socket) -> Result<u32, Code> {
    if socket.state.has(Facts::CONNECTED) { get(socket, libc::IP_MTU) } else { Err(Code::WSAENOTCONN) }
}
