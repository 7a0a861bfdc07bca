//! `TransmitFile`, `TransmitPackets`: files and memory, one after the other, in one operation.

use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Weak};

use winsock_codes::{Call, Code};

use super::disconnect_ex::{Disconnect, TF_DISCONNECT, TF_REUSE_SOCKET};
use crate::driver::Direction;
use crate::file::File;
use crate::handle::table::TABLE;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::{Begun, Buffers, Judge, Record, Status};
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys::uring::Request;
use crate::sys::{self, Errno, poll};
use crate::wait;
use crate::win32::SOCKET;

/// Linux's longest `sendfile`.
const MOST_AT_ONCE: u64 = 0x7fff_f000;
/// The longest a program may ask for. Docs: "TransmitFile function", WSAEINVAL.
const MOST_BYTES: u64 = 0x7fff_fffe;
/// How much is read at a time from files that `sendfile` does not take.
const CHUNK: usize = 64 * 1024;

/// A part of a file.
#[derive(Clone, Debug)]
pub struct FilePart {
    /// The file; [`crate::file::get`] finds it.
    pub file: Arc<File>,
    /// From where, in bytes; `None` for the file's own position, which moves then.
    pub offset: Option<u64>,
    /// How many bytes; `None` up to the end.
    pub bytes: Option<u32>,
}

/// What is sent.
pub enum Element {
    /// Lent memory.
    Memory(Buffers),
    /// A part of a file.
    File(FilePart),
    /// The end of a datagram; nothing on a stream.
    PacketEnd,
}

/// Sends all elements, then disconnects if the flags say so; returns when Linux has taken them.
///
/// Docs: "TransmitFile function", "LPFN_TRANSMITPACKETS".
///
/// # Errors
/// `WSAENOTSOCK`, `WSAENOTCONN`, `WSAESHUTDOWN`, `WSAECONNRESET` and what else `send` says of the socket's state;
/// `WSAEINVAL` on a datagram socket if `for_stream`, for `TF_REUSE_SOCKET` without `TF_DISCONNECT`, for an offset behind
/// the file's end and for more than 2^31 - 2 bytes. On an unconnected datagram socket it is `WSAENOTCONN`:
/// dlls/ws2_32/tests/sock.c, test_TransmitFile.
#[doc(alias = "TransmitFile")]
#[doc(alias = "TransmitPackets")]
pub fn transmit(s: SOCKET, elements: Vec<Element>, flags: u32, for_stream: bool) -> Result<(), Code> {
    let socket = socket_for(s, flags, for_stream)?;
    let mut transmission = Transmission::new(&socket, elements, flags)?;
    socket.hold_nonblocking();
    let result = wait_through(&socket, &mut transmission);
    socket.release_nonblocking();
    transmission.move_position();
    result
}

fn wait_through(socket: &Socket, transmission: &mut Transmission) -> Result<(), Code> {
    loop {
        match transmission.go_on(socket.fd(), socket) {
            Ok(()) => return Ok(()),
            Err(Errno::EAGAIN) => {
                let events = if transmission.is_disconnecting() { 0 } else { poll::POLLOUT };
                let asked = wait::ask_in_call(poll::Question::new(socket.fd(), events), None);
                if asked == Err(wait::LEFT) || socket.state.has(Facts::CLOSED) {
                    return Err(Code::WSAEINTR);
                }
            }
            Err(errno) => socket.settle_send(errno, Call::send)?,
        }
    }
}

/// [`transmit`] that goes on after its call. It is always pending at first; its end, with the count, is told.
///
/// # Errors
/// Those of [`transmit`] that the socket's state and the arguments give.
#[doc(alias = "TransmitFile")]
#[doc(alias = "TransmitPackets")]
pub fn begin_transmit(
    s: SOCKET,
    elements: Vec<Element>,
    flags: u32,
    for_stream: bool,
    record: Record,
) -> Result<Begun, Code> {
    record.begin();
    let socket = socket_for(s, flags, for_stream)?;
    let transmission = Transmission::new(&socket, elements, flags)?;
    socket.hold_nonblocking();
    Socket::begin(&socket, record, Transmit { socket: Arc::downgrade(&socket), transmission })
}

fn socket_for(s: SOCKET, flags: u32, for_stream: bool) -> Result<Arc<Socket>, Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    if !socket.state.facts().may_send() {
        socket.refuse_send()?;
    }
    let is_wrong = for_stream && !socket.kind.is_stream();
    if is_wrong || flags & (TF_DISCONNECT | TF_REUSE_SOCKET) == TF_REUSE_SOCKET {
        return Err(Code::WSAEINVAL);
    }
    Ok(socket)
}

/// A file part that is being sent.
struct Reading {
    file: Arc<File>,
    next: u64,
    left: u64,
    /// The file's own position is to follow.
    moves: bool,
}

enum Piece {
    Memory(Buffers),
    File(Reading),
    PacketEnd,
}

/// What is left to send.
struct Transmission {
    pieces: VecDeque<Piece>,
    is_stream: bool,
    /// Bytes read from a file, or a datagram put together, and how many of them are gone.
    chunk: Vec<u8>,
    gone: usize,
    has_datagram: bool,
    sent: usize,
    disconnect: Option<Disconnect>,
    /// The file whose position follows what was sent.
    moved: Option<(Arc<File>, u64)>,
}

impl Transmission {
    fn new(socket: &Arc<Socket>, elements: Vec<Element>, flags: u32) -> Result<Transmission, Code> {
        let pieces = elements.into_iter().map(Piece::of).collect::<Result<_, _>>()?;
        let for_reuse = flags & TF_REUSE_SOCKET != 0;
        let disconnects = flags & TF_DISCONNECT != 0 && socket.kind.is_stream();
        let disconnect = disconnects.then(|| Disconnect::after_transfer(Arc::downgrade(socket), for_reuse));
        Ok(Transmission {
            pieces,
            is_stream: socket.kind.is_stream(),
            chunk: Vec::new(),
            gone: 0,
            has_datagram: false,
            sent: 0,
            disconnect,
            moved: None,
        })
    }

    fn is_disconnecting(&self) -> bool {
        self.pieces.is_empty() && self.gone == self.chunk.len() && !self.has_datagram && self.disconnect.is_some()
    }

    /// Sends until all is gone, `EAGAIN` when Linux takes no more.
    fn go_on(&mut self, fd: BorrowedFd<'_>, socket: &Socket) -> sys::Result<()> {
        while !self.pieces.is_empty() || self.gone < self.chunk.len() || self.has_datagram {
            if self.is_stream { self.send_some(fd)? } else { self.send_datagram(fd)? }
        }
        match &mut self.disconnect {
            Some(disconnect) => disconnect.step(fd, socket),
            None => Ok(()),
        }
    }

    fn send_some(&mut self, fd: BorrowedFd<'_>) -> sys::Result<()> {
        let more = if self.pieces.len() > 1 { libc::MSG_MORE } else { 0 };
        if self.gone < self.chunk.len() {
            let count = sys::socket::send(fd, &self.chunk[self.gone..], SEND | more)?;
            self.gone += count;
            self.sent += count;
            return Ok(());
        }
        let is_over = match self.pieces.front_mut() {
            Some(Piece::Memory(memory)) if memory.bytes() > 0 => {
                let count = memory.send(fd, more)?;
                memory.advance(count);
                self.sent += count;
                memory.bytes() == 0
            }
            Some(Piece::File(reading)) if reading.left > 0 => match reading.send(fd) {
                Ok(count) => {
                    self.sent += count;
                    reading.left == 0
                }
                // Not every file system can; then by way of memory.
                Err(Errno::EINVAL) => {
                    self.chunk.resize(CHUNK, 0);
                    let count = reading.read(&mut self.chunk)?;
                    self.chunk.truncate(count);
                    self.gone = 0;
                    reading.left == 0
                }
                Err(errno) => return Err(errno),
            },
            _ => true,
        };
        if is_over && let Some(Piece::File(Reading { file, next, moves: true, .. })) = self.pieces.pop_front() {
            self.moved = Some((file, next));
        }
        Ok(())
    }

    /// One datagram of all that stands before its end. It is put together first, because it leaves as a whole.
    fn send_datagram(&mut self, fd: BorrowedFd<'_>) -> sys::Result<()> {
        while !self.has_datagram {
            match self.pieces.pop_front() {
                Some(Piece::Memory(memory)) => memory.copy_to(&mut self.chunk),
                Some(Piece::File(mut reading)) => {
                    while reading.left > 0 {
                        let start = self.chunk.len();
                        self.chunk.resize(start + CHUNK, 0);
                        let count = reading.read(&mut self.chunk[start..])?;
                        self.chunk.truncate(start + count);
                        if self.chunk.len() > MOST_DATAGRAM {
                            return Err(Errno(libc::EMSGSIZE));
                        }
                    }
                }
                Some(Piece::PacketEnd) | None => self.has_datagram = true,
            }
        }
        // What fails may be tried again: Linux tells here too what became of an earlier datagram.
        self.sent += sys::socket::send(fd, &self.chunk, SEND)?;
        // A mark at the very end ends the last datagram and begins none.
        self.has_datagram = false;
        self.chunk.clear();
        Ok(())
    }

    /// The file's position follows, where it was the start. Docs: "TransmitFile function", lpOverlapped.
    fn move_position(&mut self) {
        if let Some((file, position)) = self.moved.take() {
            let _ = sys::file::set_position(file.as_fd(), position);
        }
    }
}

/// More than any datagram has.
const MOST_DATAGRAM: usize = 0x1_0000;
const SEND: i32 = sys::socket::MSG_NOSIGNAL | sys::socket::MSG_DONTWAIT;

impl Piece {
    fn of(element: Element) -> Result<Piece, Code> {
        match element {
            Element::Memory(buffers) if buffers.bytes() as u64 > MOST_BYTES => Err(Code::WSAEINVAL),
            Element::Memory(buffers) => Ok(Piece::Memory(buffers)),
            Element::PacketEnd => Ok(Piece::PacketEnd),
            Element::File(FilePart { file, offset, bytes }) => {
                let invalid = |_| Code::WSAEINVAL;
                let size = sys::file::size(file.as_fd()).map_err(invalid)?;
                let next = match offset {
                    Some(offset) => offset,
                    None => sys::file::position(file.as_fd()).map_err(invalid)?,
                };
                let left = bytes.map_or_else(|| size.saturating_sub(next), u64::from);
                if next > size || left > MOST_BYTES {
                    return Err(Code::WSAEINVAL);
                }
                Ok(Piece::File(Reading { file, next, left, moves: offset.is_none() }))
            }
        }
    }
}

impl Reading {
    fn send(&mut self, socket: BorrowedFd<'_>) -> sys::Result<usize> {
        let count = sys::file::send(socket, self.file.as_fd(), self.next, self.left.min(MOST_AT_ONCE) as usize)?;
        self.took(count);
        Ok(count)
    }

    fn read(&mut self, into: &mut [u8]) -> sys::Result<usize> {
        let most = self.left.min(into.len() as u64) as usize;
        let count = sys::file::read_at(self.file.as_fd(), &mut into[..most], self.next)?;
        self.took(count);
        Ok(count)
    }

    /// The file's end ends the part, also one that was to be longer.
    fn took(&mut self, count: usize) {
        self.next += count as u64;
        self.left = if count == 0 { 0 } else { self.left - count as u64 };
    }
}

/// An overlapped transmission. Its socket's descriptor does not block as long as it lives.
struct Transmit {
    socket: Weak<Socket>,
    transmission: Transmission,
}

impl Action for Transmit {
    fn direction(&self) -> Direction {
        Direction::Send
    }

    fn call(&self) -> Call {
        Call::TransmitFile
    }

    fn always_pends(&self) -> bool {
        true
    }

    fn readiness(&self) -> Request {
        if self.transmission.is_disconnecting() { Request::hang_up() } else { Request::writable() }
    }

    fn moved(&self) -> usize {
        self.transmission.sent
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let Some(socket) = self.socket.upgrade() else { return Step::failed(Status::CANCELLED, 0) };
        let result = self.transmission.go_on(fd, &socket);
        let sent = self.transmission.sent;
        match result {
            Ok(()) => Step::done(sent),
            Err(errno) => Step::of_errno(errno, Call::WSASend, judge, sent),
        }
    }
}

impl Drop for Transmit {
    fn drop(&mut self) {
        if let Some(socket) = self.socket.upgrade() {
            socket.release_nonblocking();
        }
    }
}
