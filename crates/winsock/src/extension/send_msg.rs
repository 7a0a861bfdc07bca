//! `WSASendMsg`, and `WSASendTo` with an OVERLAPPED: datagrams to an address, with control data.

use std::os::fd::BorrowedFd;
use std::sync::Arc;

use winsock_codes::{Call, Code};

use super::control;
use crate::address::Address;
use crate::driver::Direction;
use crate::handle::table::TABLE;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::{Begun, Buffers, Judge, Message, Record};
use crate::process::require_started;
use crate::socket::Socket;
use crate::sys::{self, Errno, transfer};
use crate::win32::{MSG_DONTROUTE, MSG_OOB, MSG_PARTIAL, SOCKET};

/// Sends a datagram with control data, to the message's address or to the peer. The message's `dwFlags` are ignored.
/// Docs: "WSASendMsg function".
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEINVAL` on a stream; `WSAEOPNOTSUPP` for flags other than `MSG_DONTROUTE`, `MSG_PARTIAL` and `MSG_OOB`;
/// `WSAEINVAL` for control data that is not whole or of a type that cannot be sent; `WSAENOTCONN` without any destination;
/// what `sendto` says of the address and the socket's state.
#[doc(alias = "WSASendMsg")]
pub fn send_msg(s: SOCKET, message: &Message, flags: i32) -> Result<usize, Code> {
    let (socket, mut datagram) = prepare(s, message, flags)?;
    socket.before_sending(socket.state.facts());
    loop {
        match datagram.send(socket.fd(), datagram.linux_flags) {
            Ok(count) => return Ok(count),
            Err(errno) => socket.settle_send(errno, Call::WSASendTo)?,
        }
    }
}

/// [`send_msg`] that goes on after its call, if the datagram cannot leave at once.
///
/// # Errors
/// Those of [`send_msg`].
#[doc(alias = "WSASendMsg")]
pub fn begin_send_msg(s: SOCKET, message: &Message, flags: i32, record: Record) -> Result<Begun, Code> {
    let (socket, datagram) = prepare(s, message, flags)?;
    Socket::begin(&socket, record, datagram)
}

/// Begins to send a datagram to an address. On a stream, or without an address, this is `WSASend`.
///
/// # Errors
/// Those of [`crate::sendto`].
#[doc(alias = "WSASendTo")]
pub fn begin_send_to(
    s: SOCKET,
    buffers: Buffers,
    flags: i32,
    to: Option<&[u8]>,
    record: Record,
) -> Result<Begun, Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    let Some(to) = to.filter(|_| !socket.kind.is_stream()) else {
        return Socket::begin_send(&socket, record, buffers, flags).map_err(|code| socket.no_destination(code));
    };
    let to = Address::from_windows(to)?;
    let linux_flags = socket.begin_send_flags(flags, Some(&to))?;
    let datagram = Datagram::new(&socket, buffers, Some(to), Vec::new(), linux_flags);
    Socket::begin(&socket, record, datagram)
}

/// What sends a datagram from registered memory; the control data is Windows'.
///
/// # Errors
/// Those of [`begin_send_msg`].
pub(crate) fn send_registered(
    socket: &Arc<Socket>,
    buffers: Buffers,
    to: Option<Address>,
    control: &[u8],
) -> Result<Datagram, Code> {
    let linux_flags = socket.begin_send_flags(0, to.as_ref())?;
    Ok(Datagram::new(socket, buffers, to, control::to_linux(control)?, linux_flags))
}

fn prepare(s: SOCKET, message: &Message, flags: i32) -> Result<(Arc<Socket>, Datagram), Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    if socket.kind.is_stream() {
        return Err(Code::WSAEINVAL); // Checked on Windows: test_WSASendMsg of dlls/ws2_32/tests/sock.c.
    }
    if flags & !(MSG_DONTROUTE | MSG_PARTIAL | MSG_OOB) != 0 {
        return Err(Code::WSAEOPNOTSUPP);
    }
    let to = message.destination()?;
    let linux_flags = socket.begin_send_flags(flags, to.as_ref())?;
    let control = control::to_linux(message.control())?;
    let buffers = message.buffers()?;
    let datagram = Datagram::new(&socket, buffers, to, control, linux_flags);
    Ok((socket, datagram))
}

/// One datagram on its way out.
pub(crate) struct Datagram {
    socket: std::sync::Weak<Socket>,
    buffers: Buffers,
    to: Option<Address>,
    control: Vec<u8>,
    linux_flags: i32,
}

impl Datagram {
    fn new(
        socket: &Arc<Socket>,
        buffers: Buffers,
        to: Option<Address>,
        control: Vec<u8>,
        linux_flags: i32,
    ) -> Datagram {
        Datagram { socket: Arc::downgrade(socket), buffers: buffers.for_one_call(), to, control, linux_flags }
    }

    fn send(&mut self, fd: BorrowedFd<'_>, linux_flags: i32) -> sys::Result<usize> {
        let sent = self.buffers.send_message(fd, linux_flags, self.to.as_ref(), &self.control);
        if sent.is_ok()
            && let Some(socket) = self.socket.upgrade()
        {
            socket.has_sent();
        }
        // Linux: the source address is not this host's, or the interface does not exist.
        sent.map_err(|errno| if errno == Errno::EINVAL { Errno::EADDRNOTAVAIL } else { errno })
    }
}

impl Action for Datagram {
    fn direction(&self) -> Direction {
        Direction::Send
    }

    fn call(&self) -> Call {
        Call::WSASendTo
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        match self.send(fd, self.linux_flags | transfer::MSG_DONTWAIT) {
            Ok(count) => Step::done(count),
            Err(errno) => Step::of_errno(errno, Call::WSASendTo, judge, 0),
        }
    }
}
