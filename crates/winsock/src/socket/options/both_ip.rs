//! What `IPPROTO_IP` and `IPPROTO_IPV6` have in common under one number.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, entry, interfaces, multicast, told};
use crate::fault;
use crate::socket::Socket;
use crate::sys;
use crate::win32::*;

/// Docs: "IPPROTO_IP Socket Options", "IPPROTO_IPV6 Socket Options". Which sockets have which: dlls/ws2_32/tests/sock.c,
/// the option validity tables.
pub(super) fn find(socket: &Socket, level: i32, name: i32) -> Result<Entry, Code> {
    let kept = |shape, default| Ok(entry(shape, Access::Kept(level, name, default)));
    match name {
        _ if socket.kind.is_stream() && wants_datagrams(name) => Err(Code::WSAEINVAL),
        IP_RECVERR if !socket.kind.is_udp() => Err(Code::WSAEINVAL),
        name if told::is_told(name) => Ok(entry(Shape::BoolOrNothing, Access::Told(level, name))),
        // IP_RECVERR has no effect on what the plain calls report.
        IP_RECVRTHDR | IP_WFP_REDIRECT_RECORDS | IP_WFP_REDIRECT_CONTEXT | IP_RECVERR => kept(Shape::BoolOrNothing, 0),
        IP_RTHDR => kept(Shape::DwordOrNothing, 0),
        IP_MTU_DISCOVER => {
            Ok(entry(Shape::DwordOrNothing, Access::Here { get: mtu_discovery, set: set_mtu_discovery }))
        }
        IP_USER_MTU => Ok(entry(Shape::DwordOrNothing, Access::Here { get: user_mtu, set: set_user_mtu })),
        _ => interfaces::find(name),
    }
}

/// Options that a stream refuses as invalid.
fn wants_datagrams(name: i32) -> bool {
    matches!(
        name,
        IP_RECVIF
            | IP_RECVDSTADDR
            | IP_ORIGINAL_ARRIVAL_IF
            | IP_RECVECN
            | IP_PKTINFO_EX
            | IP_WFP_REDIRECT_RECORDS
            | IP_WFP_REDIRECT_CONTEXT
            | IP_RECVERR
    )
}

fn mtu_discovery(socket: &Socket) -> Result<u32, Code> {
    Ok(socket.kept_option(level(socket), IP_MTU_DISCOVER).unwrap_or(IP_PMTUDISC_NOT_SET.cast_unsigned()))
}

/// Measured on Windows: "not set" cannot be set. On a stream there is discovery or none.
fn set_mtu_discovery(socket: &Socket, value: u32) -> Result<(), Code> {
    let linux = match (value.cast_signed(), socket.kind.is_stream()) {
        (IP_PMTUDISC_DO, _) => libc::IP_PMTUDISC_DO,
        (IP_PMTUDISC_DONT, _) | (IP_PMTUDISC_PROBE, true) => libc::IP_PMTUDISC_DONT,
        (IP_PMTUDISC_PROBE, false) => libc::IP_PMTUDISC_PROBE,
        _ => return Err(Code::WSAEINVAL),
    };
    let (linux_level, linux_name) = if socket.kind.is_inet6() {
        (libc::SOL_IPV6, libc::IPV6_MTU_DISCOVER)
    } else {
        (libc::SOL_IP, libc::IP_MTU_DISCOVER)
    };
    multicast::set_linux(socket, linux_level, linux_name, &linux.to_ne_bytes())?;
    socket.change_options(|options| options.kept.insert((level(socket), IP_MTU_DISCOVER), value));
    Ok(())
}

fn user_mtu(socket: &Socket) -> Result<u32, Code> {
    Ok(socket.kept_option(level(socket), IP_USER_MTU).unwrap_or(u32::MAX))
}

/// An upper bound in bytes; all ones mean none. Linux bounds the segments of a stream and the fragments of IPv6; for
/// IPv4 datagrams the number is only kept.
fn set_user_mtu(socket: &Socket, value: u32) -> Result<(), Code> {
    let headers = if socket.kind.is_inet6() { 60 } else { 40 };
    let linux = match (socket.kind.is_stream(), socket.kind.is_inet6()) {
        // Linux takes segments of 88 to 32767 bytes, and 0 for no bound.
        (true, _) => {
            let segment = value.saturating_sub(headers).max(88);
            Some((libc::IPPROTO_TCP, libc::TCP_MAXSEG, if segment > 32_767 { 0 } else { segment }))
        }
        (false, true) => Some((libc::SOL_IPV6, libc::IPV6_MTU, if value > 65_535 { 0 } else { value.max(1280) })),
        (false, false) => None,
    };
    if let Some((linux_level, linux_name, number)) = linux {
        sys::option::set(socket.fd(), linux_level, linux_name, number.cast_signed())
            .map_err(|errno| fault::plain(errno, Call::setsockopt))?;
    }
    socket.change_options(|options| options.kept.insert((level(socket), IP_USER_MTU), value));
    Ok(())
}

/// The level that belongs to the socket's family, under which these two are kept.
fn level(socket: &Socket) -> i32 {
    if socket.kind.is_inet6() { IPPROTO_IPV6 } else { IPPROTO_IP }
}
