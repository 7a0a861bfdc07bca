//! `IPPROTO_TCP`.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, entry};
use crate::fault;
use crate::socket::Socket;
use crate::sys;
use crate::win32::*;

/// Docs: "IPPROTO_TCP Socket Options".
pub(super) fn find(socket: &Socket, name: i32) -> Result<Entry, Code> {
    if !socket.kind.is_tcp() {
        return Err(Code::WSAENOPROTOOPT);
    }
    let found = match name {
        TCP_NODELAY => entry(Shape::ByteBool, Access::LinuxBool(libc::IPPROTO_TCP, libc::TCP_NODELAY)),
        TCP_EXPEDITED_1122 => {
            entry(Shape::ByteBool, Access::Here { get: expedited, set: |s, v| set_expedited(s, v != 0) })
        }
        TCP_BSDURGENT => entry(
            Shape::BoolOrNothing,
            Access::Here { get: |s| expedited(s).map(|on| u32::from(on == 0)), set: |s, v| set_expedited(s, v == 0) },
        ),
        TCP_KEEPALIVE => entry(Shape::DwordOrNothing, Access::Here { get: keep_idle, set: set_keep_idle }),
        TCP_KEEPCNT => entry(Shape::DwordOrNothing, Access::Here { get: keep_count, set: set_keep_count }),
        TCP_KEEPINTVL => entry(Shape::DwordOrNothing, Access::Here { get: keep_interval, set: set_keep_interval }),
        TCP_MAXRT => entry(
            Shape::DwordOrNothing,
            Access::Here {
                get: |s| Ok(s.options(|o| o.max_retransmit_s)),
                set: |s, v| set_max_retransmit(s, v, v.saturating_mul(1000)),
            },
        ),
        TCP_MAXRTMS => {
            entry(Shape::DwordOrNothing, Access::Here { get: max_retransmit_ms, set: set_max_retransmit_ms })
        }
        TCP_FASTOPEN => entry(Shape::BoolOrNothing, Access::LinuxBool(libc::IPPROTO_TCP, libc::TCP_FASTOPEN)),
        // Linux decides for the whole computer (net.ipv4.tcp_timestamps).
        TCP_TIMESTAMPS => entry(Shape::BoolOrNothing, Access::Kept(IPPROTO_TCP, name, 0)),
        TCP_FAIL_CONNECT_ON_ICMP_ERROR => entry(
            Shape::BoolOrNothing,
            Access::Here {
                get: |socket| Ok(socket.options(|options| options.fail_connect_on_icmp).into()),
                set: set_fail_connect_on_icmp,
            },
        ),
        TCP_ICMP_ERROR_INFO => {
            entry(Shape::Bytes, Access::Bytes { get: icmp_error, set: |_, _| Err(Code::WSAENOPROTOOPT) })
        }
        _ => return Err(Code::WSAENOPROTOOPT),
    };
    Ok(found)
}

fn keep_idle(socket: &Socket) -> Result<u32, Code> {
    let set = socket.options(|options| options.keep_alive_s);
    set.map_or_else(|| get_linux(socket, libc::TCP_KEEPIDLE), Ok)
}

/// Linux takes up to 32767 seconds; Windows more, which is kept and read back.
fn set_keep_idle(socket: &Socket, seconds: u32) -> Result<(), Code> {
    set_linux(socket, libc::TCP_KEEPIDLE, seconds.clamp(1, 32_767))?;
    socket.change_options(|options| options.keep_alive_s = Some(seconds));
    Ok(())
}

fn keep_count(socket: &Socket) -> Result<u32, Code> {
    get_linux(socket, libc::TCP_KEEPCNT)
}

/// Measured on Windows: a count of 256 is refused, an interval of 256 is not.
fn set_keep_count(socket: &Socket, count: u32) -> Result<(), Code> {
    if count > 255 {
        return Err(Code::WSAEINVAL);
    }
    set_linux(socket, libc::TCP_KEEPCNT, count.clamp(1, 127))
}

fn keep_interval(socket: &Socket) -> Result<u32, Code> {
    get_linux(socket, libc::TCP_KEEPINTVL)
}

fn set_keep_interval(socket: &Socket, seconds: u32) -> Result<(), Code> {
    set_linux(socket, libc::TCP_KEEPINTVL, seconds.clamp(1, 32_767))
}

fn expedited(socket: &Socket) -> Result<u32, Code> {
    Ok(socket.options(|options| options.expedited_1122).into())
}

fn set_expedited(socket: &Socket, on: bool) -> Result<(), Code> {
    socket.change_options(|options| options.expedited_1122 = on);
    Ok(())
}

/// Time until an unanswered segment ends the connection: as it reads back, and for Linux. All ones mean no limit.
fn set_max_retransmit(socket: &Socket, seconds: u32, milliseconds: u32) -> Result<(), Code> {
    let linux = if seconds == u32::MAX { 0 } else { milliseconds.min(i32::MAX.cast_unsigned()) };
    set_linux(socket, libc::TCP_USER_TIMEOUT, linux)?;
    socket.change_options(|options| options.max_retransmit_s = seconds);
    Ok(())
}

fn max_retransmit_ms(socket: &Socket) -> Result<u32, Code> {
    let seconds = socket.options(|options| options.max_retransmit_s);
    if seconds == u32::MAX { Ok(u32::MAX) } else { get_linux(socket, libc::TCP_USER_TIMEOUT) }
}

fn set_max_retransmit_ms(socket: &Socket, milliseconds: u32) -> Result<(), Code> {
    let seconds = if milliseconds == u32::MAX { u32::MAX } else { milliseconds.div_ceil(1000) };
    set_max_retransmit(socket, seconds, milliseconds)
}

/// Linux then keeps what ICMP said of the handshake for [`icmp_error`].
fn set_fail_connect_on_icmp(socket: &Socket, value: u32) -> Result<(), Code> {
    let (level, name) =
        if socket.kind.is_inet6() { (libc::SOL_IPV6, libc::IPV6_RECVERR) } else { (libc::SOL_IP, libc::IP_RECVERR) };
    sys::option::set(socket.fd(), level, name, value.cast_signed())
        .map_err(|errno| fault::plain(errno, Call::setsockopt))?;
    socket.change_options(|options| options.fail_connect_on_icmp = value != 0);
    Ok(())
}

/// `ICMP_ERROR_INFO`: the router's address in 28 bytes, the protocol that complained, type and code. Nothing if no such
/// error ended the last connect.
fn icmp_error(socket: &Socket, value: &mut [u8]) -> Result<usize, Code> {
    const LENGTH: usize = 36;
    let Some(error) = socket.settings().icmp_error.as_deref().copied() else { return Ok(0) };
    let value = value.get_mut(..LENGTH).ok_or(Code::WSAEFAULT)?;
    value.fill(0);
    let from = error.from.to_windows();
    value[..from.len()].copy_from_slice(&from);
    let protocol = if socket.kind.is_inet6() { IPPROTO_ICMPV6 } else { IPPROTO_ICMP };
    value[28..32].copy_from_slice(&protocol.to_ne_bytes());
    value[32] = error.kind;
    value[33] = error.code;
    Ok(LENGTH)
}

fn get_linux(socket: &Socket, name: i32) -> Result<u32, Code> {
    sys::option::get(socket.fd(), libc::IPPROTO_TCP, name)
        .map(i32::cast_unsigned)
        .map_err(|errno| fault::plain(errno, Call::getsockopt))
}

fn set_linux(socket: &Socket, name: i32, value: u32) -> Result<(), Code> {
    sys::option::set(socket.fd(), libc::IPPROTO_TCP, name, value.cast_signed())
        .map_err(|errno| fault::plain(errno, Call::setsockopt))
}
