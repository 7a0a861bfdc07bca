//! Registered I/O: requests on registered memory, whose ends stand in completion queues.
//!
//! A request is an operation as any other: it stands in a lane of its socket's endpoint, in order with the overlapped calls,
//! and the drivers do not know it from them. Only its end is told otherwise: it becomes an entry of a [completion
//! queue](create_completion_queue), and a queue that has been asked for a [notice](notify) sets an event or queues one packet
//! for however many entries. Windows shares the queues' memory with the kernel to save system calls; what is saved here is a
//! packet for each end, and an OVERLAPPED.
//!
//! Who moves requests on: the waiters of the port that a completion queue gives notice by; who looks into a queue that gives
//! none, by a port of its own; else the process's own driver. The queue by which a socket receives decides. A socket that is
//! tied to a port by itself stays with that one.
//!
//! Requests that the program defers begin at once, which the documentation leaves open: nothing is won by keeping them.
//!
//! What is numbers to programs: a completion queue is a handle, a buffer a place in a table of its own, a request queue its
//! socket's number with the lowest bit set. So what is closed is found to be closed, and no program can make this library follow a stale pointer.
//!
//! ```
//! use winsock::registered::{self as rio, Limits, Notice, Parts, Region, Slice};
//! use winsock::{Address, win32::*};
//!
//! winsock::startup(0x0202)?;
//! let s = winsock::socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)?;
//! winsock::make_registered(s)?;
//! winsock::bind(s, &Address::from("127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap()).to_windows())?;
//! winsock::connect(s, &winsock::getsockname(s)?.to_windows())?;
//!
//! let mut memory = *b"hello.....";
//! // SAFETY: it lives until both requests have ended.
//! let buffer = rio::register(unsafe { Region::register(memory.as_mut_ptr(), 10) }.unwrap())?;
//! let ends = rio::create_completion_queue(2, Notice::Polled)?;
//! let queue = rio::create_request_queue(s, Limits::of(1, 1), ends, ends, 7)?;
//! let part = |offset| Parts { data: Some(Slice { buffer, offset, length: 5 }), count: 1, ..Parts::default() };
//! rio::receive(queue, &part(5), 0, 1)?;
//! rio::send(queue, &part(0), 0, 2)?;
//!
//! let mut ended = Vec::new();
//! while ended.len() < 2 {
//!     rio::dequeue(ends, 2, |end| ended.push((end.socket_context, end.request_context, end.bytes, end.code.value())));
//! }
//! ended.sort();
//! assert_eq!(ended, [(7, 1, 5, 0), (7, 2, 5, 0)]);
//! winsock::closesocket(s)?;
//! rio::close_completion_queue(ends);
//! rio::deregister(buffer);
//! assert_eq!(&memory, b"hellohello");
//! # winsock::cleanup()?;
//! # Ok::<(), winsock::Code>(())
//! ```

mod bytes;
mod completion_queue;
mod regions;
mod request;
mod request_queue;
mod told;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use winsock_codes::Code;

use bytes::Bytes;
pub(crate) use completion_queue::CompletionQueue;
use completion_queue::Notice as Given;
use request::Request;
use request_queue::Charge;
pub(crate) use request_queue::RequestQueue;
pub(crate) use told::Told;

use crate::address::Address;
use crate::driver::Direction;
use crate::event::Occasion;
use crate::extension;
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::handle::table::TABLE;
use crate::memory;
pub use crate::overlapped::Region;
use crate::overlapped::action::Action;
use crate::overlapped::{Part, Transfer};
use crate::port::{self, CompletionPort};
use crate::process::require_started;
use crate::socket::Socket;
use crate::wait;
use crate::win32::*;

/// How a program learns that its completion queue is not empty: `RIO_NOTIFICATION_COMPLETION`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It looks.
    Polled,
    /// An event is set.
    Event {
        /// Its handle.
        event: Handle,
        /// [`notify`] resets it.
        resets: bool,
    },
    /// A packet is queued at a completion port.
    Packet {
        /// The port's handle.
        port: Handle,
        /// The packet's key.
        key: usize,
        /// The address of the packet's OVERLAPPED; not 0.
        overlapped: usize,
    },
}

/// How many requests of a request queue may be outstanding, and of how many buffers each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the type says it")]
pub struct Limits {
    pub receives: u32,
    pub receive_buffers: u32,
    pub sends: u32,
    pub send_buffers: u32,
}

impl Limits {
    /// So many, of one buffer each, as the documentation demands.
    #[must_use]
    pub fn of(receives: u32, sends: u32) -> Limits {
        Limits { receives, receive_buffers: 1, sends, send_buffers: 1 }
    }
}

/// A part of registered memory: `RIO_BUF`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// What [`register`] returned.
    pub buffer: usize,
    /// Where it begins, in bytes.
    pub offset: u32,
    /// Bytes.
    pub length: u32,
}

/// What a request is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The data.
    pub data: Option<Slice>,
    /// How many buffers of data: 1, or 0 without.
    pub count: u32,
    /// Room for the local address, a `SOCKADDR_INET`.
    pub local: Option<Slice>,
    /// The other side's address, or room for it.
    pub remote: Option<Slice>,
    /// A `RIO_CMSG_BUFFER`.
    pub control: Option<Slice>,
    /// Room for flags, an `ULONG`.
    pub flags: Option<Slice>,
}

/// How a request ended: `RIORESULT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// 0, or why it failed.
    pub code: Code,
    /// Bytes moved.
    pub bytes: u32,
    /// What its request queue was made with.
    pub socket_context: u64,
    /// What it was begun with.
    pub request_context: u64,
}

/// Registers memory.
///
/// # Errors
/// `WSAENOBUFS`.
#[doc(alias = "RIORegisterBuffer")]
pub fn register(region: Region) -> Result<usize, Code> {
    memory::require()?;
    regions::insert(region).ok_or(Code::WSAENOBUFS)
}

/// Forgets registered memory. Requests with it go on, and it stays lent to them. What is none is ignored.
#[doc(alias = "RIODeregisterBuffer")]
pub fn deregister(buffer: usize) {
    regions::remove(buffer);
}

/// Makes a completion queue.
///
/// # Errors
/// `WSAEINVAL` for a size of 0 or beyond `RIO_MAX_CQ_SIZE`, for a handle that is no event's or port's, and for an OVERLAPPED
/// of 0. `WSAENOBUFS`. Docs: "LPFN_RIOCREATECOMPLETIONQUEUE callback function".
#[doc(alias = "RIOCreateCompletionQueue")]
pub fn create_completion_queue(places: u32, notice: Notice) -> Result<Handle, Code> {
    check_places(places)?;
    let (given, port) = match notice {
        Notice::Polled => {
            let own = CompletionPort::new(1).map_err(|_| Code::WSAENOBUFS)?;
            (Given::Polled, Some(own))
        }
        Notice::Event { event, resets } => {
            let event = wait::event(event).map_err(|_| Code::WSAEINVAL)?;
            (Given::Event { event, resets }, None)
        }
        Notice::Packet { overlapped: 0, .. } => return Err(Code::WSAEINVAL),
        Notice::Packet { port, key, overlapped } => {
            let port = port::by_handle::get(port).ok_or(Code::WSAEINVAL)?;
            (Given::Packet { key, overlapped }, Some(port))
        }
    };
    let queue = Arc::new(CompletionQueue::new(places, given, port)?);
    OBJECTS.insert(Object::CompletionQueue(queue)).ok_or(Code::WSAENOBUFS)
}

/// Gives a completion queue another size.
///
/// # Errors
/// `WSAEINVAL` for what is none and for a size as above; `WSAETOOMANYREFS` for fewer places than request queues have of it;
/// `WSAENOBUFS`. Docs: "LPFN_RIORESIZECOMPLETIONQUEUE callback function".
#[doc(alias = "RIOResizeCompletionQueue")]
pub fn resize_completion_queue(queue: Handle, places: u32) -> Result<(), Code> {
    with_ends(queue, |ends| check_places(places).and_then(|()| ends.resize(places))).unwrap_or(Err(Code::WSAEINVAL))
}

/// Closes a completion queue with all that is in it. Requests whose ends it would tell go on; no more can be begun. What is
/// none is ignored.
#[doc(alias = "RIOCloseCompletionQueue")]
pub fn close_completion_queue(queue: Handle) {
    if with_ends(queue, |_| ()).is_some() {
        OBJECTS.close(queue);
    }
}

/// Asks for one notice, as soon as there is an entry of a request that gives notice.
///
/// # Errors
/// `WSAEINVAL` for what is no completion queue, or one that gives none; `WSAEALREADY` if the last one was not given yet.
/// Docs: "LPFN_RIONOTIFY callback function".
#[doc(alias = "RIONotify")]
pub fn notify(queue: Handle) -> Result<(), Code> {
    with_ends(queue, |ends| ends.notify()).unwrap_or(Err(Code::WSAEINVAL))
}

/// Takes at most so many entries, oldest first; returns how many, `None` if it is no completion queue.
#[doc(alias = "RIODequeueCompletion")]
pub fn dequeue(queue: Handle, most: u32, tell: impl FnMut(Completion)) -> Option<u32> {
    with_ends(queue, |ends| ends.dequeue(most, tell))
}

/// Makes a socket's request queue; its number is good until the socket is closed.
///
/// # Errors
/// `WSAENOTSOCK`. `WSAEINVAL` for completion queues that are none, if nothing may be outstanding, for other than one buffer
/// a request, and if the socket has one. `WSAEOPNOTSUPP` for a socket that was not made for it, or is neither TCP's nor UDP's.
/// `WSAENOBUFS` if the completion queues have no room for so many. Docs: "LPFN_RIOCREATEREQUESTQUEUE callback function".
#[doc(alias = "RIOCreateRequestQueue")]
pub fn create_request_queue(
    s: SOCKET,
    limits: Limits,
    receive: Handle,
    send: Handle,
    context: u64,
) -> Result<usize, Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    if (limits.receives, limits.sends) == (0, 0) || (limits.receive_buffers, limits.send_buffers) != (1, 1) {
        return Err(Code::WSAEINVAL);
    }
    let ends = |queue| with_ends(queue, Arc::clone).ok_or(Code::WSAEINVAL);
    let (receive, send) = (ends(receive)?, ends(send)?);
    let is_made_for_it = socket.is_registered.load(Ordering::Relaxed);
    if !is_made_for_it || !(socket.kind.is_tcp() || socket.kind.is_udp()) {
        return Err(Code::WSAEOPNOTSUPP);
    }
    let queue = Arc::new(RequestQueue::new(limits, receive, send, context)?);
    Socket::be_registered(&socket, queue)?;
    Ok(s | QUEUE)
}

/// Lets other numbers of requests be outstanding.
///
/// # Errors
/// `WSAEINVAL` for what is no request queue, and for none of either; `WSAETOOMANYREFS` if more are outstanding; `WSAENOBUFS`
/// if the completion queues have no room. Docs: "LPFN_RIORESIZEREQUESTQUEUE callback function".
#[doc(alias = "RIOResizeRequestQueue")]
pub fn resize_request_queue(queue: usize, receives: u32, sends: u32) -> Result<(), Code> {
    with_requests(queue, |_, queue| match (receives, sends) {
        (0, 0) => Err(Code::WSAEINVAL),
        _ => queue.resize(receives, sends),
    })
}

/// Begins to receive.
///
/// # Errors
/// `WSAEINVAL` for what is no request queue, for flags and parts that do not fit, and if the completion queue was closed.
/// `WSAEFAULT` for a buffer that is not registered. `WSAENOBUFS` if no more may be outstanding. What `recv` says of the
/// socket's state. Nothing is told later then. Docs: "LPFN_RIORECEIVEEX callback function".
#[doc(alias = "RIOReceive")]
#[doc(alias = "RIOReceiveEx")]
pub fn receive(queue: usize, parts: &Parts, flags: u32, context: u64) -> Result<(), Code> {
    with_requests(queue, |socket, queue| {
        let Some(flags) = begun_flags(parts, flags, RIO_MSG_WAITALL, context)? else { return Ok(()) };
        let is_stream = socket.kind.is_stream();
        let data = data_of(parts, is_stream)?;
        let told = Told::of(parts)?;
        let waits_for_all = flags & RIO_MSG_WAITALL != 0;
        if waits_for_all && !is_stream {
            return Err(Code::WSAEINVAL);
        }
        let begun = Begun { charge: queue.charge(Direction::Receive)?, socket, context, flags };
        let linux_flags = socket.begin_receive_flags(0)?;
        match told {
            // Without room on a stream it waits for something to come.
            None if !waits_for_all && (data.bytes() > 0 || !is_stream) => {
                begun.begin(Bytes::new(data, false, is_stream))
            }
            Some(mut told) if !is_stream => {
                told.expect_destination(socket, queue);
                let buffers = data.into_buffers();
                begun.begin(extension::recv_msg::receive_registered(socket, buffers, linux_flags, told))
            }
            told => {
                if let Some(told) = told {
                    told.tell_of_connection(socket);
                }
                let all = if waits_for_all { libc::MSG_WAITALL } else { 0 };
                begun.begin(Transfer::receive(data.into_buffers(), linux_flags | all))
            }
        }?;
        socket.look(Occasion::Received);
        Ok(())
    })
}

/// Begins to send.
///
/// # Errors
/// Those of [`receive`]; what `sendto` says of the socket's state and the address.
#[doc(alias = "RIOSend")]
#[doc(alias = "RIOSendEx")]
pub fn send(queue: usize, parts: &Parts, flags: u32, context: u64) -> Result<(), Code> {
    with_requests(queue, |socket, queue| {
        let Some(flags) = begun_flags(parts, flags, 0, context)? else { return Ok(()) };
        if parts.local.is_some() {
            return Err(Code::WSAEINVAL);
        }
        let is_stream = socket.kind.is_stream();
        let data = data_of(parts, is_stream)?;
        let part = |slice: Option<Slice>| slice.map(Slice::part).transpose();
        let (remote, control, _) = (part(parts.remote)?, part(parts.control)?, part(parts.flags)?);
        let begun = Begun { charge: queue.charge(Direction::Send)?, socket, context, flags };
        if is_stream || remote.is_none() && control.is_none() {
            socket.begin_send_flags(0, None)?;
            return begun.begin(Bytes::new(data, true, is_stream));
        }
        let to = remote.map(|part| Address::from_windows(&part.read())).transpose()?;
        let control = control.map(told::control_to_send).transpose()?.unwrap_or_default();
        begun.begin(extension::send_msg::send_registered(socket, data.into_buffers(), to, &control)?)
    })
}

/// A request that is about to begin.
struct Begun<'r> {
    charge: Charge,
    socket: &'r Arc<Socket>,
    context: u64,
    flags: u32,
}

impl Begun<'_> {
    fn begin<A: Action + 'static>(self, action: A) -> Result<(), Code> {
        let notifies = self.flags & RIO_MSG_DONT_NOTIFY == 0;
        Request::new(self.charge, self.context, notifies, action).begin(self.socket)
    }
}

/// What stands in a request queue's number beside the socket's.
const QUEUE: usize = 1;

/// `RIO_MSG_COMMIT_ONLY` begins nothing, and stands alone: `None`.
fn begun_flags(parts: &Parts, flags: u32, besides: u32, context: u64) -> Result<Option<u32>, Code> {
    if flags == RIO_MSG_COMMIT_ONLY && *parts == Parts::default() && context == 0 {
        return Ok(None);
    }
    let known = RIO_MSG_DONT_NOTIFY | RIO_MSG_DEFER | besides;
    if flags & !known == 0 { Ok(Some(flags)) } else { Err(Code::WSAEINVAL) }
}

/// The data, or nothing of a datagram.
fn data_of(parts: &Parts, is_stream: bool) -> Result<Part, Code> {
    match (parts.data, parts.count) {
        (Some(slice), 1) => slice.part(),
        (None, 0) if !is_stream => Ok(Part::EMPTY),
        (None, 1) => Err(Code::WSAEFAULT),
        _ => Err(Code::WSAEINVAL),
    }
}

impl Slice {
    /// Docs: "LPFN_RIOSEND callback function", WSAEFAULT: the buffer is deregistered; Remarks: it lies within one buffer.
    fn part(self) -> Result<Part, Code> {
        let region = regions::get(self.buffer).ok_or(Code::WSAEFAULT)?;
        region.part(self.offset, self.length).ok_or(Code::WSAEINVAL)
    }
}

fn check_places(places: u32) -> Result<(), Code> {
    if (1..=RIO_MAX_CQ_SIZE).contains(&places) { Ok(()) } else { Err(Code::WSAEINVAL) }
}

fn with_ends<T>(queue: Handle, f: impl FnOnce(&Arc<CompletionQueue>) -> T) -> Option<T> {
    let found = OBJECTS.with(queue, |object| match object {
        Object::CompletionQueue(queue) => Some(f(queue)),
        _ => None,
    });
    found.flatten()
}

/// Docs: "LPFN_RIOSEND callback function", WSAEINVAL: the request queue is not valid.
fn with_requests(
    queue: usize,
    f: impl FnOnce(&Arc<Socket>, &Arc<RequestQueue>) -> Result<(), Code>,
) -> Result<(), Code> {
    if queue & QUEUE == 0 {
        return Err(Code::WSAEINVAL);
    }
    let done = TABLE.with_shared(queue ^ QUEUE, |socket| match socket.request_queue() {
        Some(queue) => f(socket, queue),
        None => Err(Code::WSAEINVAL),
    });
    done.map_err(|code| if code == Code::WSAENOTSOCK { Code::WSAEINVAL } else { code })
}
