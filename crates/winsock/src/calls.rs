//! The calls by SOCKET value: start-up is checked, the socket looked up, the object asked.

use std::io::{IoSlice, IoSliceMut};
use std::sync::Arc;

use winsock_codes::Code;

use crate::address::Address;
use crate::event::Occasion;
use crate::handle::table::TABLE;
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::accept::Decision;
pub use crate::socket::duplicate::Duplicate;
use crate::socket::kind::Kind;
pub use crate::socket::options::Offered;
use crate::win32::{FIONBIO, FIONREAD, MSG_OOB, SIOCATMARK, SOCKET};

#[inline]
fn with<T>(s: SOCKET, f: impl FnOnce(&Socket) -> Result<T, Code>) -> Result<T, Code> {
    require_started()?;
    TABLE.with(s, f)
}

/// Passes on what a receive returned; a watched socket may have something left to tell of.
#[inline]
fn received<T>(socket: &Socket, flags: i32, result: Result<T, Code>) -> Result<T, Code> {
    socket.look(if flags & MSG_OOB != 0 { Occasion::ReceivedUrgent } else { Occasion::Received });
    result
}

/// Passes on what a send returned; a watched socket tells when it can go on.
#[inline]
fn sent<T>(socket: &Socket, result: Result<T, Code>) -> Result<T, Code> {
    if let Err(Code::WSAEWOULDBLOCK) = result {
        socket.look(Occasion::SendBlocked);
    }
    result
}

/// Gives an accepted socket its number, and the selection of its listener.
fn admit(listener: &Socket, accepted: Result<(Socket, Address), Code>) -> Result<(SOCKET, Address), Code> {
    listener.look(Occasion::Accepted);
    let (socket, peer) = accepted?;
    let socket = Arc::new(socket);
    Socket::inherit_events(&socket, listener)?;
    Ok((TABLE.insert(socket)?, peer))
}

/// Makes a socket. 0 for the type or the protocol lets the family decide.
///
/// # Errors
/// `WSAEAFNOSUPPORT`, `WSAESOCKTNOSUPPORT`, `WSAEPROTONOSUPPORT` in that order for what does not exist; `WSAEINVAL` if
/// everything is 0; `WSAEACCES` for a raw socket without the right; `WSAEMFILE`.
pub fn socket(family: i32, kind: i32, protocol: i32) -> Result<SOCKET, Code> {
    require_started()?;
    let kind = Kind::find(family, kind, protocol)?;
    TABLE.insert(Arc::new(Socket::open(kind)?))
}

/// Closes a socket. Calls of other threads that are blocked in it return with an error.
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEWOULDBLOCK` on a non-blocking socket that should linger over unsent data.
pub fn closesocket(s: SOCKET) -> Result<(), Code> {
    with(s, Socket::may_close)?;
    Socket::close(TABLE.remove(s)?);
    Ok(())
}

/// Whether the number is a socket now: for callers that must judge the handle before another argument.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`.
pub fn check(s: SOCKET) -> Result<(), Code> {
    with(s, |_| Ok(()))
}

/// The length of the addresses of the socket's family, in bytes.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`.
pub fn address_length(s: SOCKET) -> Result<usize, Code> {
    with(s, |socket| Ok(socket.kind.address_length()))
}

/// Gives the socket its local name; the address is in Windows' layout.
///
/// # Errors
/// `WSAEINVAL` if it has one; `WSAEFAULT`, `WSAEAFNOSUPPORT`, `WSAEADDRNOTAVAIL` for the address; `WSAEADDRINUSE`,
/// `WSAEACCES` by the documented matrix of address reuse.
pub fn bind(s: SOCKET, address: &[u8]) -> Result<(), Code> {
    with(s, |socket| {
        let result = socket.bind(address);
        socket.look(Occasion::Change);
        result
    })
}

/// Connects to an address in Windows' layout.
///
/// # Errors
/// `WSAEWOULDBLOCK` where a non-blocking connect begins, `WSAEALREADY` while it goes on, `WSAEISCONN` after it;
/// `WSAEINVAL` on a listener; `WSAECONNREFUSED`, `WSAETIMEDOUT` and others as they happen.
pub fn connect(s: SOCKET, address: &[u8]) -> Result<(), Code> {
    with(s, |socket| {
        let result = socket.connect(address);
        socket.look(Occasion::Change);
        result
    })
}

/// Makes a bound stream wait for connections.
///
/// # Errors
/// `WSAEINVAL` if it is not bound, `WSAEISCONN` if it is connected, `WSAEOPNOTSUPP` if it is no stream.
pub fn listen(s: SOCKET, backlog: i32) -> Result<(), Code> {
    with(s, |socket| socket.listen(backlog))
}

/// The next connection and its peer's address.
///
/// # Errors
/// `WSAEINVAL` on a socket that does not listen; `WSAEWOULDBLOCK`; `WSAECONNRESET` if the peer is gone again.
pub fn accept(s: SOCKET) -> Result<(SOCKET, Address), Code> {
    with(s, |listener| admit(listener, listener.accept()))
}

/// Sends to the peer; returns how many bytes.
///
/// # Errors
/// `WSAENOTCONN`, `WSAESHUTDOWN`, `WSAECONNRESET`, `WSAECONNABORTED` by the socket's state; `WSAEWOULDBLOCK`;
/// `WSAETIMEDOUT` after `SO_SNDTIMEO`.
#[inline]
pub fn send(s: SOCKET, buffer: &[u8], flags: i32) -> Result<usize, Code> {
    with(s, |socket| sent(socket, socket.send(buffer, flags)))
}

/// Sends a datagram to an address; without one, or on a stream, this is [`send`].
///
/// # Errors
/// Those of [`send`], but `WSAEDESTADDRREQ` without any destination; `WSAEAFNOSUPPORT` and `WSAEADDRNOTAVAIL` for the address.
#[inline]
pub fn sendto(s: SOCKET, buffer: &[u8], flags: i32, to: Option<&[u8]>) -> Result<usize, Code> {
    with(s, |socket| match to {
        Some(to) if !socket.kind.is_stream() => {
            let to = Address::from_windows(to)?;
            sent(socket, socket.send_to(buffer, flags, Some(&to)))
        }
        _ => sent(socket, socket.send_to(buffer, flags, None)),
    })
}

/// Receives; returns how many bytes, 0 after the peer's orderly end.
///
/// # Errors
/// `WSAEMSGSIZE` for a datagram that did not fit (the buffer holds its beginning); `WSAECONNRESET` again and again
/// after a reset; `WSAETIMEDOUT` after `SO_RCVTIMEO`; `WSAENOTCONN`, `WSAESHUTDOWN`, `WSAEINVAL` by the socket's state.
#[inline]
pub fn recv(s: SOCKET, buffer: &mut [u8], flags: i32) -> Result<usize, Code> {
    with(s, |socket| received(socket, flags, socket.recv(buffer, flags)))
}

/// [`recv`] that also tells the sender's address, which is set as well when the datagram did not fit. A stream leaves it
/// empty.
///
/// # Errors
/// Those of [`recv`].
#[inline]
pub fn recvfrom(s: SOCKET, buffer: &mut [u8], flags: i32, from: &mut Address) -> Result<usize, Code> {
    with(s, |socket| received(socket, flags, socket.recv_from(buffer, flags, from)))
}

/// Ends one or both directions: `SD_RECEIVE`, `SD_SEND`, `SD_BOTH`.
///
/// # Errors
/// `WSAEINVAL` for another value, `WSAENOTCONN` on a stream without a peer.
pub fn shutdown(s: SOCKET, how: i32) -> Result<(), Code> {
    with(s, |socket| socket.shutdown(how))
}

/// The local name.
///
/// # Errors
/// `WSAEINVAL` before the socket has one.
pub fn getsockname(s: SOCKET) -> Result<Address, Code> {
    with(s, Socket::local_name)
}

/// The peer's name.
///
/// # Errors
/// `WSAENOTCONN` without a peer.
pub fn getpeername(s: SOCKET) -> Result<Address, Code> {
    with(s, Socket::peer_name)
}

/// Sets an option.
///
/// # Errors
/// `WSAEINVAL` for an unknown level, `WSAENOPROTOOPT` for an unknown option, `WSAEFAULT` for a value that is too short.
pub fn setsockopt(s: SOCKET, level: i32, name: i32, value: Offered<'_>) -> Result<(), Code> {
    with(s, |socket| socket.set_option(level, name, value))
}

/// Reads an option into `value`. The first result is the length to tell the caller, which some failures change too.
///
/// # Errors
/// Those of [`setsockopt`].
pub fn getsockopt(s: SOCKET, level: i32, name: i32, value: &mut [u8]) -> (usize, Result<(), Code>) {
    let mut told = value.len();
    let result = with(s, |socket| {
        let (length, result) = socket.get_option(level, name, value);
        told = length;
        result
    });
    (told, result)
}

/// `FIONBIO`, `FIONREAD`, `SIOCATMARK`; the argument is read or written by the command.
///
/// # Errors
/// `WSAEOPNOTSUPP` for other commands.
pub fn ioctlsocket(s: SOCKET, command: u32, argument: &mut u32) -> Result<(), Code> {
    with(s, |socket| match command {
        FIONBIO => socket.set_nonblocking(*argument != 0),
        FIONREAD => socket.readable_bytes().map(|bytes| *argument = bytes),
        SIOCATMARK => socket.no_urgent_data().map(|none| *argument = none.into()),
        _ => Err(Code::WSAEOPNOTSUPP),
    })
}

/// `SIO_UDP_CONNRESET`: whether a datagram that drew "port unreachable" makes a later receive fail.
///
/// # Errors
/// `WSAEINVAL` on a stream.
pub fn report_unreachable(s: SOCKET, on: bool) -> Result<(), Code> {
    with(s, |socket| socket.report_unreachable(on))
}

/// [`sendto`] from several buffers: one stretch of the stream, or one datagram.
///
/// # Errors
/// Those of [`sendto`].
#[doc(alias = "WSASendTo")]
pub fn send_scattered_to(s: SOCKET, buffers: &[IoSlice<'_>], flags: i32, to: Option<&[u8]>) -> Result<usize, Code> {
    send_scattered(s, buffers, flags, to)
        .or_else(|code| with(s, |socket| Err(if to.is_none() { socket.no_destination(code) } else { code })))
}

/// [`send`] from several buffers, with or without an address.
///
/// # Errors
/// Those of [`send`] and [`sendto`].
#[doc(alias = "WSASend")]
pub fn send_scattered(s: SOCKET, buffers: &[IoSlice<'_>], flags: i32, to: Option<&[u8]>) -> Result<usize, Code> {
    with(s, |socket| match to {
        Some(to) if !socket.kind.is_stream() => {
            let to = Address::from_windows(to)?;
            sent(socket, socket.send_scattered(buffers, flags, Some(&to)))
        }
        _ => sent(socket, socket.send_scattered(buffers, flags, None)),
    })
}

/// [`recv`] or [`recvfrom`] into several buffers, one after the other.
///
/// # Errors
/// Those of [`recv`].
#[doc(alias = "WSARecv")]
#[doc(alias = "WSARecvFrom")]
pub fn recv_scattered(
    s: SOCKET,
    buffers: &mut [IoSliceMut<'_>],
    flags: i32,
    from: Option<&mut Address>,
) -> Result<usize, Code> {
    with(s, |socket| received(socket, flags, socket.recv_scattered(buffers, flags, from)))
}

/// [`accept`], if the condition, which sees the peer's address and the local one, agrees.
///
/// # Errors
/// Those of [`accept`]; `WSAECONNREFUSED` if the condition rejects, `WSATRY_AGAIN` if it puts the connection off.
#[doc(alias = "WSAAccept")]
pub fn accept_if(s: SOCKET, condition: impl FnOnce(&Address, &Address) -> Decision) -> Result<(SOCKET, Address), Code> {
    with(s, |listener| admit(listener, listener.accept_if(condition)))
}

/// `SIO_KEEPALIVE_VALS`: keep-alive probes on or off, the idle time before the first and the time between them.
///
/// # Errors
/// `WSAENOPROTOOPT` on other sockets than TCP's.
pub fn set_keep_alive(s: SOCKET, on: bool, idle_ms: u32, interval_ms: u32) -> Result<(), Code> {
    with(s, |socket| socket.set_keep_alive(on, idle_ms, interval_ms))
}

/// Family, type and protocol of a socket.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`.
pub fn kind(s: SOCKET) -> Result<(i32, i32, i32), Code> {
    with(s, |socket| Ok((socket.kind.family, socket.kind.kind, socket.kind.protocol)))
}

/// The local addresses of the socket's family: `SIO_ADDRESS_LIST_QUERY`.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`.
pub fn local_addresses(s: SOCKET) -> Result<Vec<Address>, Code> {
    let family = address_family(s)?;
    Ok(crate::names::own_addresses(family).into_iter().map(Address::from).collect())
}

/// The local address that the route to a remote one uses: `SIO_ROUTING_INTERFACE_QUERY`.
///
/// # Errors
/// `WSAEFAULT`, `WSAEAFNOSUPPORT` for the address, `WSAENETUNREACH` if there is no route.
pub fn routing_interface(s: SOCKET, remote: &[u8]) -> Result<Address, Code> {
    let family = address_family(s)?;
    let remote = Address::from_windows(remote)?;
    if remote.family() != family {
        return Err(Code::WSAEAFNOSUPPORT);
    }
    let probe = Socket::open(Kind::find(family, crate::win32::SOCK_DGRAM, 0)?)?;
    probe.route_to(&remote)
}

fn address_family(s: SOCKET) -> Result<i32, Code> {
    with(s, |socket| Ok(socket.kind.family))
}

/// Prepares the socket for another process, or for this one, whose number is `process`. What is returned makes one
/// socket there, by [`adopt`].
///
/// # Errors
/// `WSAEINVAL` if there is no such process, `WSAENOBUFS`, `WSAEMFILE`.
#[doc(alias = "WSADuplicateSocketA")]
pub fn duplicate(s: SOCKET, process: u32) -> Result<Duplicate, Code> {
    require_started()?;
    TABLE.share(s).and_then(|socket| Duplicate::of(socket, process))
}

/// Makes a socket of what [`duplicate`] prepared, possibly in another process.
///
/// # Errors
/// `WSAEINVAL` if it was used before, or its process is gone or will not give it.
pub fn adopt(duplicate: &Duplicate) -> Result<SOCKET, Code> {
    require_started()?;
    TABLE.insert(duplicate.adopt()?)
}

/// Joins a multicast group.
///
/// # Errors
/// `WSAEINVAL` on a socket without leaf flags, `WSAEADDRNOTAVAIL` for an address that is no group, `WSAEISCONN` if it has
/// joined already.
#[doc(alias = "WSAJoinLeaf")]
pub fn join_leaf(s: SOCKET, address: &[u8]) -> Result<(), Code> {
    with(s, |socket| socket.join_leaf(address))
}

/// [`socket`] for multicast: one that [`join_leaf`] takes.
///
/// # Errors
/// Those of [`socket`]; `WSAEINVAL` for a stream.
pub fn leaf_socket(family: i32, kind: i32, protocol: i32) -> Result<SOCKET, Code> {
    let s = socket(family, kind, protocol)?;
    let marked = with(s, |socket| socket.make_leaf());
    if marked.is_err() {
        closesocket(s)?;
    }
    marked.map(|()| s)
}

/// `SIO_ADDRESS_LIST_CHANGE`, `SIO_ROUTING_INTERFACE_CHANGE`: waits for a change, which a non-blocking socket cannot.
///
/// # Errors
/// `WSAEWOULDBLOCK` on a non-blocking socket; `WSAEOPNOTSUPP` on a blocking one: the wait itself is not there yet.
pub fn wait_for_change(s: SOCKET) -> Result<(), Code> {
    with(s, |socket| Err(if socket.is_nonblocking() { Code::WSAEWOULDBLOCK } else { Code::WSAEOPNOTSUPP }))
}

/// [`connect`] that gives up after a time; `None` waits as long as the system does.
///
/// # Errors
/// Those of [`connect`]; `WSAETIMEDOUT` when the time is over.
pub fn connect_within(s: SOCKET, address: &[u8], limit: Option<std::time::Duration>) -> Result<(), Code> {
    with(s, |socket| socket.connect_within(address, limit))
}
