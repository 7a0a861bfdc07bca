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
        TCP_EXPEDITED_1122 => entry(
            Shape::ByteBool,
            Access::Here {
                get: |socket| Ok(socket.options(|options| options.expedited_1122).into()),
                set: |socket, value| {
                    socket.options(|options| options.expedited_1122 = value != 0);
                    Ok(())
                },
            },
        ),
        TCP_KEEPALIVE => entry(Shape::DwordOrNothing, Access::Here { get: keep_idle, set: set_keep_idle }),
        TCP_KEEPCNT => entry(Shape::DwordOrNothing, Access::Here { get: keep_count, set: set_keep_count }),
        TCP_KEEPINTVL => entry(Shape::DwordOrNothing, Access::Here { get: keep_interval, set: set_keep_interval }),
        TCP_MAXRT => entry(
            Shape::DwordOrNothing,
            Access::Here { get: |s| Ok(s.options(|o| o.max_retransmit_s)), set: set_max_retransmit },
        ),
        TCP_FASTOPEN => entry(Shape::BoolOrNothing, Access::LinuxBool(libc::IPPROTO_TCP, libc::TCP_FASTOPEN)),
        TCP_TIMESTAMPS => entry(Shape::DwordOrNothing, Access::Read(|_| Ok(1), Code::WSAENOPROTOOPT)),
        TCP_FAIL_CONNECT_ON_ICMP_ERROR => entry(
            Shape::BoolOrNothing,
            Access::Here {
                get: |socket| Ok(socket.options(|options| options.fail_connect_on_icmp).into()),
                set: |socket, value| {
                    socket.options(|options| options.fail_connect_on_icmp = value != 0);
                    Ok(())
                },
            },
        ),
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
    socket.options(|options| options.keep_alive_s = Some(seconds));
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

/// Seconds until an unanswered segment ends the connection; Linux counts milliseconds.
fn set_max_retransmit(socket: &Socket, seconds: u32) -> Result<(), Code> {
    let unlimited = seconds == u32::MAX;
    let milliseconds = if unlimited { 0 } else { seconds.saturating_mul(1000).min(i32::MAX.cast_unsigned()) };
    set_linux(socket, libc::TCP_USER_TIMEOUT, milliseconds)?;
    socket.options(|options| options.max_retransmit_s = seconds);
    Ok(())
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
