//! The calls by SOCKET value: start-up is checked, the socket looked up, the object asked.

use std::io::{IoSlice, IoSliceMut};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use winsock_codes::Code;

use crate::address::Address;
use crate::event::Occasion;
use crate::handle::table::TABLE;
use crate::memory;
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::accept::Decision;
pub use crate::socket::control::Refusal;
use crate::socket::control::Subject;
pub use crate::socket::duplicate::Duplicate;
use crate::socket::kind::Kind;
pub use crate::socket::options::Offered;
use crate::socket::options::open_type;
use crate::socket::state::Facts;
use crate::win32::{AF_INET6, FIONBIO, FIONREAD, MSG_OOB, SIOCATMARK, SO_OPENTYPE, SOCKET, SOL_SOCKET};

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
#[inline]
fn admit(listener: &Socket, accepted: Result<Arc<Socket>, Code>) -> Result<SOCKET, Code> {
    listener.look(Occasion::Accepted);
    let socket = accepted?;
    Socket::inherit_events(&socket, listener)?;
    TABLE.insert(socket)
}

/// Makes a socket. 0 for the type or the protocol lets the family decide.
///
/// # Errors
/// `WSAEAFNOSUPPORT`, `WSAESOCKTNOSUPPORT`, `WSAEPROTONOSUPPORT` in that order for what does not exist; `WSAEINVAL` if
/// everything is 0; `WSAEACCES` for a raw socket without the right; `WSAEMFILE`.
pub fn socket(family: i32, kind: i32, protocol: i32) -> Result<SOCKET, Code> {
    require_started()?;
    let kind = Kind::find(family, kind, protocol)?;
    memory::require()?;
    TABLE.insert(Socket::open(kind)?)
}

/// Closes a socket. Calls of other threads that are blocked in it return with an error.
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEWOULDBLOCK` on a non-blocking socket that should linger over unsent data.
pub fn closesocket(s: SOCKET) -> Result<(), Code> {
    require_started()?;
    Socket::close(TABLE.remove(s, Socket::may_close)?);
    Ok(())
}

/// A copy of the socket's descriptor, for a child process that gets the socket as its standard input or output.
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEMFILE`.
pub fn descriptor(s: SOCKET) -> Result<OwnedFd, Code> {
    with(s, |socket| socket.fd().try_clone_to_owned().map_err(|_| Code::WSAEMFILE))
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

/// The length of a datagram's sender; `None` for a stream, which tells none.
///
/// # Errors
/// `WSAENOTSOCK`.
pub fn sender_length(s: SOCKET) -> Result<Option<usize>, Code> {
    with(s, |socket| Ok((!socket.kind.is_stream()).then(|| socket.kind.address_length())))
}

/// Gives the socket its local name; the address is in Windows' layout.
///
/// # Errors
/// `WSAEINVAL` if it has one; `WSAEFAULT`, `WSAEAFNOSUPPORT`, `WSAEADDRNOTAVAIL` for the address; `WSAEADDRINUSE`,
/// `WSAEACCES` by the documented matrix of address reuse; `WSAEACCES` for the broadcast address without `SO_BROADCAST`.
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
        socket.poll_again();
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
    let mut peer = Address::default();
    let accepted = accept_from(s, &mut peer)?;
    Ok((accepted, peer))
}

/// [`accept`] that puts the peer's address where the caller has room for it, as [`recvfrom`] does.
///
/// # Errors
/// Those of [`accept`].
pub fn accept_from(s: SOCKET, peer: &mut Address) -> Result<SOCKET, Code> {
    with(s, |listener| admit(listener, listener.accept(peer)))
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
    require_started()?;
    TABLE.with_shared(s, |socket| Socket::shutdown(socket, how))
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
    if (level, name) == (SOL_SOCKET, SO_OPENTYPE) {
        return require_started().and_then(|()| open_type::set(value.bytes));
    }
    with(s, |socket| socket.set_option(level, name, value))
}

/// Reads an option into `value`. The first result is the length to tell the caller, which some failures change too.
///
/// # Errors
/// Those of [`setsockopt`].
pub fn getsockopt(s: SOCKET, level: i32, name: i32, value: &mut [u8]) -> (usize, Result<(), Code>) {
    let mut told = value.len();
    if (level, name) == (SOL_SOCKET, SO_OPENTYPE) {
        let result = require_started().and_then(|()| open_type::get(value));
        return (result.unwrap_or(told), result.map(drop));
    }
    let result = with(s, |socket| {
        let (length, result) = socket.get_option(level, name, value);
        told = length;
        result
    });
    (told, result)
}

/// `FIONBIO`, `FIONREAD`, `SIOCATMARK`, and each control code of [`control`] that is content with four bytes, as sniffers
/// turn on `SIO_RCVALL`; the argument is read or written by the command.
///
/// # Errors
/// Those of [`control`].
pub fn ioctlsocket(s: SOCKET, command: u32, argument: &mut u32) -> Result<(), Code> {
    if !matches!(command, FIONBIO | FIONREAD | SIOCATMARK) {
        // Observed: conformance/cases/ioctl/by_ioctlsocket.c, wine 8.0.
        let (input, mut output) = (argument.to_ne_bytes(), argument.to_ne_bytes());
        control(s, command, &input, &mut output).map_err(|refusal| refusal.code)?;
        *argument = u32::from_ne_bytes(output);
        return Ok(());
    }
    with(s, |socket| match command {
        FIONBIO => socket.set_nonblocking(*argument != 0),
        FIONREAD => socket.readable_bytes().map(|bytes| *argument = bytes),
        _ => socket.no_urgent_data().map(|none| *argument = none.into()),
    })
}

/// Runs a control code of `WSAIoctl`, by Windows' number; returns how many bytes of output there are.
///
/// # Errors
/// `WSAEOPNOTSUPP` for an unknown code, `WSAENOPROTOOPT` for one of another protocol, `WSAEFAULT` for too short an input or
/// output, and what the code's page says.
///
/// ```
/// use winsock::{Code, win32::*};
///
/// winsock::startup(0x0202)?;
/// let s = winsock::socket(AF_INET, SOCK_DGRAM, 0)?;
/// let mut list = [0; 4096];
/// let length = winsock::control(s, SIO_GET_INTERFACE_LIST, &[], &mut list).map_err(|refusal| refusal.code)?;
/// assert_eq!(length % 76, 0); // INTERFACE_INFO
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "WSAIoctl")]
pub fn control(s: SOCKET, code: u32, input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {
    let mut refused = None;
    let result = with(s, |socket| {
        socket.control(code, input, output).map_err(|refusal| {
            refused = Some(refusal);
            refusal.code
        })
    });
    if let (Err(Code::WSAEWOULDBLOCK), Some(subject)) = (&result, Subject::of(code)) {
        Socket::announce_change(&TABLE.share(s)?, subject, input)?;
    }
    result.map_err(|code| refused.unwrap_or_else(|| code.into()))
}

/// The best of these addresses first, by the rules of RFC 6724: `SIO_ADDRESS_LIST_SORT`.
///
/// # Errors
/// `WSAEINVAL` on another socket than one of IPv6.
pub fn sort_addresses(s: SOCKET, addresses: Vec<Address>) -> Result<Vec<Address>, Code> {
    if address_family(s)? == AF_INET6 { Ok(crate::names::sort_addresses(addresses)) } else { Err(Code::WSAEINVAL) }
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
/// Those of [`accept`]; `WSAECONNREFUSED` if the condition rejects, `WSATRY_AGAIN` if it puts the connection off, `WSAEACCES`
/// if the peer was gone when it had decided.
#[doc(alias = "WSAAccept")]
pub fn accept_if(s: SOCKET, condition: impl FnOnce(&Address, &Address) -> Decision) -> Result<(SOCKET, Address), Code> {
    let mut peer = Address::default();
    let accepted = with(s, |listener| admit(listener, listener.accept_if(&mut peer, condition)))?;
    Ok((accepted, peer))
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

/// Makes overlapped calls on a socket wait for their end: what `WSASocket` without `WSA_FLAG_OVERLAPPED` does.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`.
pub fn make_synchronous(s: SOCKET) -> Result<(), Code> {
    with(s, |socket| {
        socket.state.set(Facts::SYNCHRONOUS);
        Ok(())
    })
}

/// Lets a socket have a [request queue](crate::registered): what `WSASocket` with `WSA_FLAG_REGISTERED_IO` does. Sockets
/// that it accepts may have one too.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`.
pub fn make_registered(s: SOCKET) -> Result<(), Code> {
    with(s, |socket| {
        socket.is_registered.store(true, Ordering::Relaxed);
        Ok(())
    })
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

/// [`connect`] that gives up after a time; `None` waits as long as the system does.
///
/// # Errors
/// Those of [`connect`]; `WSAETIMEDOUT` when the time is over.
pub fn connect_within(s: SOCKET, address: &[u8], limit: Option<std::time::Duration>) -> Result<(), Code> {
    with(s, |socket| socket.connect_within(address, limit))
}
