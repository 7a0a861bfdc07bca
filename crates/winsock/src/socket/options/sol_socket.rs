//! `SOL_SOCKET`.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, entry};
use crate::fault;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys;
use crate::win32::*;

/// A truth value that is kept and handed back, and that nothing here depends on.
macro_rules! kept {
    ($field:ident) => {
        Access::Here {
            get: |socket| Ok(socket.options(|options| options.$field).into()),
            set: |socket, value| {
                socket.change_options(|options| options.$field = value != 0);
                Ok(())
            },
        }
    };
}
/// Docs: "SOL_SOCKET Socket Options".
pub(super) fn find(socket: &Socket, name: i32) -> Result<Entry, Code> {
    let stream = socket.kind.is_stream();
    let found = match name {
        SO_ACCEPTCONN => {
            entry(Shape::Bool, Access::Read(|s| Ok(s.state.has(Facts::LISTENING).into()), Code::WSAENOPROTOOPT))
        }
        SO_BROADCAST if !stream => {
            entry(Shape::Bool, Access::Here { get: |s| get_linux(s, libc::SO_BROADCAST), set: set_broadcast })
        }
        SO_CONDITIONAL_ACCEPT if stream => entry(Shape::Bool, kept!(conditional_accept)),
        SO_CONNECT_TIME => entry(Shape::Dword, Access::Read(|s| Ok(connect_time(s)), Code::WSAENOPROTOOPT)),
        SO_DEBUG => entry(Shape::Bool, kept!(debug)),
        SO_DONTLINGER if stream => entry(Shape::Bool, Access::Here { get: dont_linger, set: set_dont_linger }),
        SO_DONTROUTE => entry(
            Shape::ByteBool,
            Access::Here { get: |s| Ok(s.options(|o| o.dont_route).into()), set: set_dont_route },
        ),
        SO_ERROR => entry(
            Shape::Dword,
            Access::Here {
                get: error,
                set: |s, v| {
                    s.change_options(|o| o.error = v);
                    Ok(())
                },
            },
        ),
        SO_EXCLUSIVEADDRUSE => entry(
            Shape::Bool,
            Access::Here { get: |s| Ok(s.options(|o| o.exclusive_address_use).into()), set: set_exclusive },
        ),
        SO_GROUP_ID | SO_GROUP_PRIORITY => entry(Shape::Dword, Access::Read(|_| Ok(0), Code::WSAEINVAL)),
        SO_KEEPALIVE if stream => {
            entry(Shape::ByteBool, Access::Here { get: |s| get_linux(s, libc::SO_KEEPALIVE), set: set_keep_alive })
        }
        SO_LINGER if stream => entry(Shape::DwordOrCleared, Access::Here { get: linger, set: set_linger }),
        SO_MAX_MSG_SIZE | SO_MAXDG | SO_MAXPATHDG if !stream => {
            entry(Shape::Dword, Access::Read(|s| Ok(max_message(s)), Code::WSAENOPROTOOPT))
        }
        SO_OOBINLINE if stream => entry(
            Shape::Bool,
            Access::Here { get: |s| Ok(s.state.has(Facts::URGENT_INLINE).into()), set: set_urgent_inline },
        ),
        SO_PORT_SCALABILITY => entry(Shape::Bool, kept!(port_scalability)),
        SO_RANDOMIZE_PORT => entry(
            Shape::Bool,
            Access::Here { get: |s| Ok(s.options(|o| o.randomize_port).into()), set: set_randomize_port },
        ),
        SO_COMPARTMENT_ID => entry(Shape::Dword, Access::Here { get: |_| Ok(1), set: set_compartment }),
        // Docs: not supported by TCP/IP, WSAEINVAL since Windows Vista.
        SO_SNDLOWAT | SO_RCVLOWAT => return Err(Code::WSAEINVAL),
        SO_RCVBUF => entry(Shape::DwordOrCleared, Access::Here { get: receive_buffer, set: set_receive_buffer }),
        SO_RCVTIMEO => entry(
            Shape::Dword,
            Access::Here { get: |s| Ok(s.options(|o| o.receive_timeout_ms)), set: set_receive_timeout },
        ),
        SO_REUSEADDR => {
            entry(Shape::Bool, Access::Here { get: |s| Ok(s.options(|o| o.reuse_address).into()), set: set_reuse })
        }
        SO_REUSE_UNICASTPORT => entry(Shape::Bool, kept!(reuse_unicast_port)),
        SO_REUSE_MULTICASTPORT if !stream => entry(
            Shape::Bool,
            Access::Here { get: |s| Ok(s.options(|o| o.reuse_multicast_port).into()), set: set_reuse_multicast_port },
        ),
        SO_SNDBUF => entry(Shape::DwordOrCleared, Access::Here { get: send_buffer, set: set_send_buffer }),
        SO_SNDTIMEO => {
            entry(Shape::Dword, Access::Here { get: |s| Ok(s.options(|o| o.send_timeout_ms)), set: set_send_timeout })
        }
        SO_TYPE => {
            let refusal = if stream { Code::WSAENOPROTOOPT } else { Code::WSAEINVAL };
            entry(Shape::Dword, Access::Read(|s| Ok(s.kind.kind.cast_unsigned()), refusal))
        }
        SO_UPDATE_ACCEPT_CONTEXT if stream => entry(
            Shape::Structure(size_of::<SOCKET>()),
            Access::Write(|s, v| {
                let listener = v.first_chunk().ok_or(Code::WSAEFAULT)?;
                s.update_accept_context(SOCKET::from_ne_bytes(*listener))
            }),
        ),
        SO_UPDATE_CONNECT_CONTEXT if stream => {
            entry(Shape::Structure(0), Access::Write(|s, _| s.update_connect_context()))
        }
        _ => return Err(Code::WSAENOPROTOOPT),
    };
    Ok(found)
}

/// Seconds since the connection was made; all ones without one.
fn connect_time(socket: &Socket) -> u32 {
    if !socket.kind.is_stream() {
        return u32::MAX;
    }
    let connected_at = socket.settings().connected_at;
    connected_at.map_or(u32::MAX, |at| at.elapsed().as_secs().try_into().unwrap_or(u32::MAX - 1))
}

/// The code of the last failed connect, as often as it is asked for; else what the program put there.
fn error(socket: &Socket) -> Result<u32, Code> {
    if socket.state.has(Facts::CONNECTING) {
        socket.settle_connect();
    }
    let settings = socket.settings();
    Ok(settings.connect_error.map_or(settings.options.error, |code| code.value().cast_unsigned()))
}

/// The largest datagram: 65535 bytes of UDP, less the headers of the family.
fn max_message(socket: &Socket) -> u32 {
    if socket.kind.is_inet6() { 65_527 } else { 65_507 }
}

/// Linux asks for the permission when the peer is set, Windows at each send.
fn set_broadcast(socket: &Socket, value: u32) -> Result<(), Code> {
    set_linux(socket, libc::SO_BROADCAST, value.cast_signed())?;
    let withdrawn = value == 0 && socket.state.has(Facts::CONNECTED);
    let peer = if withdrawn { sys::socket::peer_name(socket.fd()).ok() } else { None };
    // Setting the same peer again changes nothing, unless Linux refuses, which leaves it as it was.
    let refused =
        peer.is_some_and(|peer| sys::socket::connect(socket.fd(), &peer).is_err_and(|errno| errno.0 == libc::EACCES));
    socket.state.put(Facts::BROADCAST_WITHDRAWN, refused);
    Ok(())
}

/// Docs: "setsockopt function", WSAENETRESET and WSAENOTCONN: of a connection that is gone.
fn set_keep_alive(socket: &Socket, value: u32) -> Result<(), Code> {
    let facts = socket.state.facts();
    if facts.has(Facts::RESET) {
        return Err(Code::WSAENOTCONN);
    }
    if facts.has(Facts::ABORTED) {
        return Err(Code::WSAENETRESET);
    }
    set_linux(socket, libc::SO_KEEPALIVE, value.cast_signed())
}

fn set_dont_route(socket: &Socket, value: u32) -> Result<(), Code> {
    set_linux(socket, libc::SO_DONTROUTE, value.cast_signed())?;
    socket.change_options(|options| options.dont_route = value != 0);
    Ok(())
}

fn set_urgent_inline(socket: &Socket, value: u32) -> Result<(), Code> {
    let taken = value != 0 && socket.is_urgent_byte_taken();
    set_linux(socket, libc::SO_OOBINLINE, value.cast_signed())?;
    if taken {
        // Linux keeps the byte among the data, and would give it out again.
        let _ = sys::socket::recv(socket.fd(), &mut [0], sys::socket::MSG_DONTWAIT);
    }
    socket.state.put(Facts::URGENT_INLINE, value != 0);
    Ok(())
}

/// Docs: "SOL_SOCKET Socket Options", SO_RANDOMIZE_PORT: automatic reuse has random ports already, and excludes it.
fn set_randomize_port(socket: &Socket, value: u32) -> Result<(), Code> {
    socket.change_options(|options| {
        if value != 0 && options.reuse_unicast_port {
            return Err(Code::WSAEINVAL);
        }
        options.randomize_port = value != 0;
        Ok(())
    })
}

/// There is one compartment here.
fn set_compartment(_: &Socket, value: u32) -> Result<(), Code> {
    if value == 1 { Ok(()) } else { Err(Code::WSAEINVAL) }
}

/// Docs: "SOL_SOCKET Socket Options": such sockets share their port with each other.
fn set_reuse_multicast_port(socket: &Socket, value: u32) -> Result<(), Code> {
    let mut settings = socket.settings();
    if value != 0 && settings.options.exclusive_address_use {
        return Err(Code::WSAEINVAL);
    }
    settings.options.reuse_multicast_port = value != 0;
    Ok(())
}

/// Docs: "SO_EXCLUSIVEADDRUSE": it and `SO_REUSEADDR` exclude each other.
fn set_reuse(socket: &Socket, value: u32) -> Result<(), Code> {
    let mut settings = socket.settings();
    if value != 0 && settings.options.exclusive_address_use {
        return Err(Code::WSAEINVAL);
    }
    settings.options.reuse_address = value != 0;
    Ok(())
}

fn set_exclusive(socket: &Socket, value: u32) -> Result<(), Code> {
    let mut settings = socket.settings();
    if value != 0 && settings.options.reuse_address {
        return Err(Code::WSAEINVAL);
    }
    settings.options.exclusive_address_use = value != 0;
    Ok(())
}

fn linger(socket: &Socket) -> Result<u32, Code> {
    let (on, seconds) = socket.settings().options.linger;
    Ok(u32::from(on) | u32::from(seconds) << 16)
}

fn set_linger(socket: &Socket, value: u32) -> Result<(), Code> {
    let (on, seconds) = (value as u16, (value >> 16) as u16);
    let linux = [i32::from(on != 0), i32::from(seconds)];
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&linux[0].to_ne_bytes());
    bytes[4..].copy_from_slice(&linux[1].to_ne_bytes());
    sys::option::set_bytes(socket.fd(), libc::SOL_SOCKET, libc::SO_LINGER, &bytes)
        .map_err(|errno| fault::plain(errno, Call::setsockopt))?;
    socket.settings().options.linger = (on, seconds);
    Ok(())
}

fn dont_linger(socket: &Socket) -> Result<u32, Code> {
    Ok((socket.settings().options.linger.0 == 0).into())
}

fn set_dont_linger(socket: &Socket, value: u32) -> Result<(), Code> {
    let (_, seconds) = socket.settings().options.linger;
    set_linger(socket, u32::from(value == 0) | u32::from(seconds) << 16)
}

fn send_buffer(socket: &Socket) -> Result<u32, Code> {
    let set = socket.options(|options| options.send_buffer_bytes);
    set.map_or_else(|| linux_buffer(socket, libc::SO_SNDBUF), Ok)
}

fn receive_buffer(socket: &Socket) -> Result<u32, Code> {
    let set = socket.options(|options| options.receive_buffer_bytes);
    set.map_or_else(|| linux_buffer(socket, libc::SO_RCVBUF), Ok)
}

/// Linux counts its bookkeeping, which it takes to be as much as the data.
fn linux_buffer(socket: &Socket, name: i32) -> Result<u32, Code> {
    sys::option::get(socket.fd(), libc::SOL_SOCKET, name)
        .map(|bytes| bytes.cast_unsigned() / 2)
        .map_err(|errno| fault::plain(errno, Call::getsockopt))
}

fn set_send_buffer(socket: &Socket, value: u32) -> Result<(), Code> {
    set_linux(socket, libc::SO_SNDBUF, clamp_buffer(value))?;
    socket.change_options(|options| options.send_buffer_bytes = Some(value));
    Ok(())
}

fn set_receive_buffer(socket: &Socket, value: u32) -> Result<(), Code> {
    set_linux(socket, libc::SO_RCVBUF, clamp_buffer(value))?;
    socket.change_options(|options| options.receive_buffer_bytes = Some(value));
    Ok(())
}

/// Linux raises what is too small and caps what is too large by itself, but does not know numbers past `i32`.
fn clamp_buffer(bytes: u32) -> i32 {
    bytes.try_into().unwrap_or(i32::MAX)
}

fn set_send_timeout(socket: &Socket, milliseconds: u32) -> Result<(), Code> {
    set_timeout(socket, libc::SO_SNDTIMEO, milliseconds, Facts::SEND_TIMEOUT)?;
    socket.change_options(|options| options.send_timeout_ms = milliseconds);
    Ok(())
}

fn set_receive_timeout(socket: &Socket, milliseconds: u32) -> Result<(), Code> {
    set_timeout(socket, libc::SO_RCVTIMEO, milliseconds, Facts::RECEIVE_TIMEOUT)?;
    socket.change_options(|options| options.receive_timeout_ms = milliseconds);
    Ok(())
}

/// Windows: a DWORD of milliseconds, where 0 and all ones mean no limit. Linux: a `timeval`.
fn set_timeout(socket: &Socket, name: i32, milliseconds: u32, fact: Facts) -> Result<(), Code> {
    let limit = super::limit(milliseconds);
    let time = limit.unwrap_or_default();
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&time.as_secs().to_ne_bytes());
    bytes[8..].copy_from_slice(&u64::from(time.subsec_micros()).to_ne_bytes());
    sys::option::set_bytes(socket.fd(), libc::SOL_SOCKET, name, &bytes)
        .map_err(|errno| fault::plain(errno, Call::setsockopt))?;
    socket.state.put(fact, limit.is_some());
    Ok(())
}

fn get_linux(socket: &Socket, name: i32) -> Result<u32, Code> {
    let value = sys::option::get(socket.fd(), libc::SOL_SOCKET, name);
    value.map(|value| u32::from(value != 0)).map_err(|errno| fault::plain(errno, Call::getsockopt))
}

fn set_linux(socket: &Socket, name: i32, value: i32) -> Result<(), Code> {
    sys::option::set(socket.fd(), libc::SOL_SOCKET, name, value).map_err(|errno| fault::plain(errno, Call::setsockopt))
}
