//! `SIO_ADDRESS_LIST_CHANGE`, `SIO_ROUTING_INTERFACE_CHANGE`: waiting, overlapped, or told as a network event.

use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use winsock_codes::{Call, Code};

use super::Refusal;
use crate::address::Address;
use crate::driver::{Attempt, Direction, Endpoint, Failure, Target, Work};
use crate::event::{FD_ADDRESS_LIST_CHANGE, FD_ROUTING_INTERFACE_CHANGE};
use crate::fault;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::{Begun, Judge, Record, Status};
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sync::Arc as SyncArc;
use crate::sys::uring::Request;
use crate::sys::{self, netlink};
use crate::win32::{AF_INET6, SIO_ADDRESS_LIST_CHANGE, SIO_ROUTING_INTERFACE_CHANGE};

/// How soon a wait notices that its socket was closed.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// What a socket listens for, from the first call that asks.
///
/// Docs: "Winsock IOCTLs": a provider may tell of every change of the kind, whichever destination is named.
#[derive(Default)]
pub(crate) struct Changes {
    addresses: OnceLock<News>,
    routes: OnceLock<News>,
}

/// Which news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Addresses,
    Routes,
}

/// News of one subject. What comes between two calls is not lost: the second ends with it.
struct News {
    endpoint: Arc<Endpoint>,
    heard: Arc<Heard>,
    /// The network event that is to come, and the destination that was asked for.
    announced: Arc<Mutex<Option<Option<Address>>>>,
}

/// How often there was news. One change ends all that wait for it.
#[derive(Default)]
struct Heard(AtomicU64);

impl Heard {
    fn times(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }

    /// Takes the news that have come; true if there was any since `seen`.
    fn more_than(&self, seen: u64, fd: BorrowedFd<'_>) -> sys::Result<bool> {
        if netlink::take_news(fd)? {
            self.0.fetch_add(1, Ordering::AcqRel);
        }
        Ok(self.times() > seen)
    }
}

impl Subject {
    /// The subject of a control code that waits; `None` for all others.
    pub(crate) fn of(code: u32) -> Option<Subject> {
        match code {
            SIO_ADDRESS_LIST_CHANGE => Some(Subject::Addresses),
            SIO_ROUTING_INTERFACE_CHANGE => Some(Subject::Routes),
            _ => None,
        }
    }

    /// The destination that the caller names, where one is asked for.
    fn destination(self, input: &[u8]) -> Result<Option<Address>, Code> {
        match self {
            Subject::Addresses => Ok(None),
            Subject::Routes => Address::from_windows(input).map(Some),
        }
    }

    /// What Linux calls the subject, for the family of a socket.
    fn groups(self, family: i32) -> u32 {
        match (self, family) {
            (Subject::Addresses, AF_INET6) => netlink::ADDRESSES_6,
            (Subject::Addresses, _) => netlink::ADDRESSES_4,
            (Subject::Routes, AF_INET6) => netlink::ROUTES_6,
            (Subject::Routes, _) => netlink::ROUTES_4,
        }
    }
}

impl Changes {
    fn of(&self, subject: Subject) -> &OnceLock<News> {
        match subject {
            Subject::Addresses => &self.addresses,
            Subject::Routes => &self.routes,
        }
    }

    fn listen(&self, subject: Subject, family: i32, socket: &SyncArc<Endpoint>) -> sys::Result<&News> {
        let news = self.of(subject);
        if let Some(news) = news.get() {
            return Ok(news);
        }
        let fd = netlink::subscribe(subject.groups(family))?;
        Ok(news.get_or_init(|| News::new(socket.beside(fd))))
    }

    /// Ends the operations that are meant as cancelled; true if there was any.
    pub(crate) fn cancel(&self, target: Target) -> bool {
        // Every one, not only the first that had any.
        self.all().filter(|news| news.endpoint.cancel(target)).count() > 0
    }

    /// The socket is closed.
    pub(crate) fn close(&self) {
        self.all().for_each(|news| news.endpoint.close());
    }

    fn all(&self) -> impl Iterator<Item = &News> {
        [&self.addresses, &self.routes].into_iter().filter_map(OnceLock::get)
    }
}

impl News {
    fn new(endpoint: SyncArc<Endpoint>) -> News {
        News { endpoint, heard: Arc::default(), announced: Arc::default() }
    }
}

impl Socket {
    /// Waits for a change; a non-blocking socket cannot, and is told by a network event.
    ///
    /// Docs: "Winsock IOCTLs", SIO_ADDRESS_LIST_CHANGE and SIO_ROUTING_INTERFACE_CHANGE.
    pub(super) fn wait_for_change(&self, subject: Subject, input: &[u8]) -> Result<(), Code> {
        subject.destination(input)?;
        if self.is_nonblocking() {
            return Err(Code::WSAEWOULDBLOCK);
        }
        let fault = |errno| fault::plain(errno, Call::WSAIoctl);
        let fd = netlink::subscribe(subject.groups(self.kind.family)).map_err(fault)?;
        crate::port::before_blocking();
        loop {
            self.check_closed()?;
            if netlink::arrives_within(fd.as_fd(), LOOK_AGAIN).map_err(fault)? {
                return Ok(());
            }
        }
    }

    /// Begins to wait for a change, however the socket blocks.
    pub(crate) fn begin_change(
        socket: &Arc<Socket>,
        subject: Subject,
        input: &[u8],
        record: Record,
    ) -> Result<Begun, Refusal> {
        subject.destination(input)?;
        let overlap = Socket::overlap(socket);
        let news = overlap.changes().listen(subject, socket.kind.family, &overlap.endpoint);
        let news = news.map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        let change = Change { heard: Arc::clone(&news.heard), seen: news.heard.times() };
        let begun = Socket::begin_on(socket, &news.endpoint, record, change)?;
        if socket.state.has(Facts::CLOSED) {
            // Closed by another thread, perhaps before it could see this.
            news.endpoint.close();
        }
        Ok(begun)
    }

    /// A non-blocking call has asked for a change: the next one is recorded as a network event.
    pub(crate) fn announce_change(socket: &Arc<Socket>, subject: Subject, input: &[u8]) -> Result<(), Code> {
        let destination = subject.destination(input)?;
        let fault = |errno| fault::plain(errno, Call::WSAIoctl);
        Socket::watch_for(socket).map_err(fault)?;
        let overlap = Socket::overlap(socket);
        let news = overlap.changes().listen(subject, socket.kind.family, &overlap.endpoint).map_err(fault)?;
        let mut announced = news.announced.lock().unwrap_or_else(PoisonError::into_inner);
        if announced.replace(destination).is_some() {
            return Ok(()); // One event is on its way, and asks for the new destination.
        }
        drop(announced);
        let notice = Notice {
            socket: Arc::downgrade(socket),
            subject,
            announced: Arc::clone(&news.announced),
            heard: Arc::clone(&news.heard),
            seen: news.heard.times(),
        };
        news.endpoint.hand_on(Direction::Receive, Box::new(notice));
        Ok(())
    }

    /// The code of the network event: whether the destination can be reached still.
    ///
    /// Docs: "WSAEnumNetworkEvents function", FD_ROUTING_INTERFACE_CHANGE.
    fn change_code(&self, destination: Option<&Address>) -> Code {
        let outcome =
            destination.map_or(Ok(()), |destination| self.routing_interface(&destination.to_windows()).map(drop));
        outcome.err().unwrap_or(Code::new(0))
    }
}

/// An overlapped wait for a change.
struct Change {
    heard: Arc<Heard>,
    seen: u64,
}

impl Action for Change {
    fn direction(&self) -> Direction {
        Direction::Receive
    }

    fn call(&self) -> Call {
        Call::WSAIoctl
    }

    fn always_pends(&self) -> bool {
        true
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, _judge: &dyn Judge) -> Step {
        match self.heard.more_than(self.seen, fd) {
            Ok(true) => Step::done(0),
            Ok(false) => Step::Blocked,
            Err(errno) => Step::failed(Status::of(fault::plain(errno, Call::WSAIoctl)), 0),
        }
    }
}

/// A network event to be recorded when there is news. Cancelling operations does not concern it.
struct Notice {
    socket: Weak<Socket>,
    subject: Subject,
    announced: Arc<Mutex<Option<Option<Address>>>>,
    heard: Arc<Heard>,
    seen: u64,
}

impl Work for Notice {
    fn attempt(&mut self, fd: BorrowedFd<'_>, _: &dyn Judge) -> Attempt {
        match self.heard.more_than(self.seen, fd) {
            Ok(false) => Attempt::Blocked,
            Ok(true) | Err(_) => Attempt::Finished { drained: false },
        }
    }

    fn readiness(&self) -> Request {
        Request::readable()
    }

    fn is_meant(&self, _: Target) -> bool {
        false
    }

    fn finish(self: Box<Self>, failure: Option<Failure>, _: &dyn Judge) {
        let destination = self.announced.lock().unwrap_or_else(PoisonError::into_inner).take().flatten();
        let Some(socket) = self.socket.upgrade().filter(|_| failure.is_none()) else { return };
        let event = match self.subject {
            Subject::Addresses => FD_ADDRESS_LIST_CHANGE,
            Subject::Routes => FD_ROUTING_INTERFACE_CHANGE,
        };
        socket.record_event(event, socket.change_code(destination.as_ref()));
    }
}
