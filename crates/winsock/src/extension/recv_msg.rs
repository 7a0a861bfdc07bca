//! `WSARecvMsg`, and `WSARecvFrom` with an OVERLAPPED: datagrams with what came with them.

use std::os::fd::BorrowedFd;
use std::sync::Arc;

use winsock_codes::{Call, Code};

use super::control::{self, LINUX_ROOM, MSG_CTRUNC, MSG_TRUNC};
use crate::address::Address;
use crate::driver::Direction;
use crate::event::Occasion;
use crate::handle::table::TABLE;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::{Begun, Buffers, Judge, Message, NameSlot, Record, Status};
use crate::process::require_started;
use crate::registered::Told;
use crate::socket::Socket;
use crate::socket::options::told::Wanted;
use crate::sys::transfer::{self, Received};
use crate::win32::{MSG_PEEK, SOCKET};

/// Receives a datagram with its sender's address and its control data.
///
/// The first result is the count of bytes stored, which is told with `WSAEMSGSIZE` too. The message's `dwFlags` say what
/// befell the datagram: `MSG_TRUNC`, `MSG_CTRUNC`, and, where `IP_PKTINFO` or `IPV6_PKTINFO` is on, `MSG_BCAST` and
/// `MSG_MCAST`. Docs: "LPFN_WSARECVMSG callback function".
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEOPNOTSUPP` on a stream and for flags other than `MSG_PEEK`; `WSAEFAULT` for too little room for an
/// address; `WSAEINVAL` if the socket is not bound; `WSAEMSGSIZE` if the datagram or its control data did not fit;
/// `WSAECONNRESET`, `WSAENETRESET` for what befell earlier datagrams; `WSAEWOULDBLOCK`, `WSAETIMEDOUT`.
#[doc(alias = "WSARecvMsg")]
pub fn recv_msg(s: SOCKET, message: &Message) -> (usize, Result<(), Code>) {
    let mut stored = 0;
    let result = socket_for(s, message).and_then(|socket| {
        let mut reception = Reception::new(message.buffers()?, socket.wanted());
        let capacity = reception.capacity;
        let received = socket.receive(capacity, message.flags(), Call::WSARecvFrom, |linux_flags| {
            reception.receive(socket.fd(), linux_flags)
        });
        socket.look(Occasion::Received);
        if matches!(received, Ok(_) | Err(Code::WSAEMSGSIZE)) {
            stored = reception.stored();
            return received.and(reception.tell(message));
        }
        received.map(drop)
    });
    (stored, result)
}

/// [`recv_msg`] that goes on after its call.
///
/// # Errors
/// Those of [`recv_msg`] that the socket's state and the arguments give; nothing is told later then.
#[doc(alias = "WSARecvMsg")]
pub fn begin_recv_msg(s: SOCKET, message: Message, record: Record) -> Result<Begun, Code> {
    let socket = socket_for(s, &message)?;
    let linux_flags = socket.begin_receive_flags(message.flags())?;
    let reception = Reception::new(message.buffers()?, socket.wanted());
    begin(&socket, record, Receive { reception, linux_flags, to: Place::Message(message) })
}

/// Begins to receive a datagram and its sender's address, both lent until the end is told. On a stream this is `WSARecv`,
/// and tells no address.
///
/// # Errors
/// What `recvfrom` says of the socket's state; `WSAEOPNOTSUPP` for flags that do not fit.
#[doc(alias = "WSARecvFrom")]
pub fn begin_recv_from(
    s: SOCKET,
    buffers: Buffers,
    flags: i32,
    from: Option<NameSlot>,
    record: Record,
) -> Result<Begun, Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    if socket.kind.is_stream() {
        return Socket::begin_receive(&socket, record, buffers, flags);
    }
    let linux_flags = socket.begin_receive_flags(flags)?;
    let to = Place::Name(from);
    let reception = Reception::new(buffers, Wanted::NONE);
    begin(&socket, record, Receive { reception, linux_flags, to })
}

/// What receives a datagram into registered memory.
pub(crate) fn receive_registered(socket: &Socket, buffers: Buffers, linux_flags: i32, told: Told) -> Receive {
    let wanted = if told.wants_control() { socket.wanted() } else { Wanted::NONE };
    Receive { reception: Reception::new(buffers, wanted), linux_flags, to: Place::Registered(told) }
}

/// Docs: "WSAEventSelect function", Remarks: WSARecvFrom and WSARecvMsg enable FD_READ again, as every receive does.
fn begin(socket: &Arc<Socket>, record: Record, receive: Receive) -> Result<Begun, Code> {
    let begun = Socket::begin(socket, record, receive)?;
    socket.look(Occasion::Received);
    Ok(begun)
}

/// Docs: "LPFN_WSARECVMSG callback function", Remarks: datagram and raw sockets only, and no flag but one.
fn socket_for(s: SOCKET, message: &Message) -> Result<Arc<Socket>, Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    if socket.kind.is_stream() || message.flags() & !MSG_PEEK != 0 {
        return Err(Code::WSAEOPNOTSUPP);
    }
    if message.name_room() != 0 && message.name_room() < socket.kind.address_length() {
        return Err(Code::WSAEFAULT);
    }
    Ok(socket)
}

/// One datagram on its way in.
struct Reception {
    buffers: Buffers,
    capacity: usize,
    from: Address,
    control: [u8; LINUX_ROOM],
    /// What the program wants to be told.
    wanted: Wanted,
    received: Option<Received>,
}

impl Reception {
    fn new(buffers: Buffers, wanted: Wanted) -> Reception {
        let (capacity, from) = (buffers.bytes(), Address::default());
        Reception { buffers, capacity, from, control: [0; LINUX_ROOM], wanted, received: None }
    }

    fn receive(&mut self, fd: BorrowedFd<'_>, linux_flags: i32) -> crate::sys::Result<usize> {
        let received = self.buffers.receive_message(fd, linux_flags, &mut self.from, &mut self.control)?;
        self.received = Some(received);
        Ok(received.count)
    }

    fn is_cut(&self) -> bool {
        self.received.is_some_and(|received| received.count > self.capacity)
    }

    fn stored(&self) -> usize {
        self.received.map_or(0, |received| received.count.min(self.capacity))
    }

    /// Writes address, control data and flags; `WSAEMSGSIZE` if something was cut.
    fn tell(&self, message: &Message) -> Result<(), Code> {
        self.tell_by(message.control_room(), |_, control, flags| message.fill(&self.from, control, flags))
    }

    /// The same for a request.
    fn tell_registered(&self, told: &Told) -> Result<(), Code> {
        self.tell_by(told.control_room(), |linux, control, flags| told.tell(&self.from, linux, control, flags))
    }

    /// Has Linux' control data written, Windows' of at most `room` bytes, and the flags.
    fn tell_by(&self, room: usize, fill: impl FnOnce(&[u8], &[u8], u32)) -> Result<(), Code> {
        let Some(received) = self.received else { return Ok(()) };
        let linux = &self.control[..received.control];
        let told = control::to_windows(linux, self.wanted, room);
        let cut_control = told.is_cut || received.flags & libc::MSG_CTRUNC != 0;
        let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
        let flags = told.flags | flag(self.is_cut(), MSG_TRUNC) | flag(cut_control, MSG_CTRUNC);
        fill(linux, &told.bytes, flags);
        if self.is_cut() || cut_control { Err(Code::WSAEMSGSIZE) } else { Ok(()) }
    }
}

/// Where what comes with the datagram goes.
enum Place {
    Name(Option<NameSlot>),
    Message(Message),
    Registered(Told),
}

/// An overlapped receive of a datagram.
pub(crate) struct Receive {
    reception: Reception,
    linux_flags: i32,
    to: Place,
}

impl Action for Receive {
    fn direction(&self) -> Direction {
        Direction::Receive
    }

    fn call(&self) -> Call {
        Call::WSARecvFrom
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        if let Err(errno) = self.reception.receive(fd, self.linux_flags | transfer::MSG_DONTWAIT) {
            return Step::of_errno(errno, Call::WSARecvFrom, judge, 0);
        }
        let is_whole = match &self.to {
            Place::Message(message) => self.reception.tell(message).is_ok(),
            Place::Registered(told) => self.reception.tell_registered(told).is_ok(),
            Place::Name(name) => {
                if let Some(name) = name {
                    name.fill(&self.reception.from);
                }
                !self.reception.is_cut()
            }
        };
        let stored = self.reception.stored();
        if is_whole { Step::done(stored) } else { Step::failed(Status::BUFFER_OVERFLOW, stored) }
    }
}
