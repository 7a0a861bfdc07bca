//! A socket's part in overlapped calls: its endpoint, its tie to a port, and what its failures mean.

use std::sync::atomic::{Ordering, fence};
use std::sync::{Arc, OnceLock, Weak};

use winsock_codes::{Call, Code};

use super::Socket;
use super::control::Changes;
use super::listening::Listening;
use super::state::Facts;
use crate::address::Address;
use crate::driver::{Direction, Endpoint, Target};
use crate::event::Occasion;
use crate::fault;
use crate::overlapped::action::Action;
use crate::overlapped::operation::{self, Completion, Operation};
use crate::overlapped::{self, Begun, Buffers, Judge, Plain, Record};
use crate::port::{Association, CompletionPort};
use crate::registered::RequestQueue;
use crate::sys::Errno;
use crate::sys::clock::Moment;
use crate::wait::Waitable;
use crate::win32::MSG_OOB;

/// What overlapped calls need; made by the first.
#[repr(C)]
pub(crate) struct Overlap {
    pub(crate) endpoint: Arc<Endpoint>,
    /// What few sockets need.
    rare: OnceLock<Box<Rare>>,
}

#[derive(Default)]
struct Rare {
    /// What `AcceptEx` needs of a listener.
    listening: Listening,
    /// What overlapped control codes wait for.
    changes: Changes,
    /// Registered I/O.
    requests: OnceLock<Arc<RequestQueue>>,
}

impl Overlap {
    pub(crate) fn listening(&self) -> &Listening {
        &self.rare.get_or_init(Box::default).listening
    }

    pub(crate) fn changes(&self) -> &Changes {
        &self.rare.get_or_init(Box::default).changes
    }

    /// Ends the operations that are meant as cancelled; true if there was any.
    pub(crate) fn cancel(&self, target: Target) -> bool {
        self.endpoint.settle(target);
        let found = self.endpoint.cancel(target);
        let Some(rare) = self.rare.get() else { return found };
        let found = rare.changes.cancel(target) || found;
        rare.listening.cancel(target) || found
    }
}

impl Socket {
    pub(crate) fn overlap(socket: &Arc<Socket>) -> &Overlap {
        match socket.overlap.get() {
            Some(overlap) => overlap,
            None => Socket::make_overlap(socket),
        }
    }

    #[cold]
    fn make_overlap(socket: &Arc<Socket>) -> &Overlap {
        let overlap = socket.overlap.get_or_init(|| {
            // It does not keep the socket alive: closing waits for those who do.
            let weak = Arc::downgrade(socket);
            Overlap {
                endpoint: Endpoint::owned_by(socket.fd.share(), socket.kind.is_stream(), weak),
                rare: OnceLock::new(),
            }
        });
        // With that in `end_overlapped`: the thread that closes the socket sees the endpoint, or this one sees that it closes.
        fence(Ordering::SeqCst);
        if socket.state.has(Facts::CLOSED) {
            overlap.endpoint.close();
        }
        overlap
    }

    /// The same, if some call has needed it.
    pub(crate) fn overlap_of(socket: &Socket) -> Option<&Overlap> {
        socket.overlap.get()
    }

    /// Notes, or forgets, the listener whose `AcceptEx` into this socket is under way, and its OVERLAPPED.
    pub(crate) fn set_accepted_by(&self, by: Option<(Weak<Socket>, usize)>) {
        self.settings().accepted_by = by;
    }

    /// Notes that `AcceptEx` has connected the socket, and to whom. If that `is_over`, as it is without data to wait for, the
    /// socket is not being accepted into any more.
    pub(crate) fn note_accepted(&self, peer: &Address, is_over: bool) {
        let now = Some(Moment::now());
        let mut settings = self.settings();
        (settings.peer, settings.connected_at) = (Some(peer.into()), now);
        let _by = if is_over { settings.accepted_by.take() } else { None };
        drop(settings);
        let over = if is_over { Facts::SPENT.or(Facts::ACCEPTING) } else { Facts::SPENT };
        self.state.exchange(over, Facts::CONNECTED.or(Facts::NO_CONTEXT).or(Facts::ACCEPTED));
    }

    /// Begins an operation on the socket.
    ///
    /// # Errors
    /// `WSAEINVAL` for a completion routine on a socket that is tied to a port.
    pub(crate) fn begin<A: Action + 'static>(socket: &Arc<Socket>, record: Record, action: A) -> Result<Begun, Code> {
        Socket::begin_on(socket, &Socket::overlap(socket).endpoint, record, action)
    }

    /// Begins an operation of the socket on another endpoint than its own.
    ///
    /// # Errors
    /// Those of [`Socket::begin`].
    pub(crate) fn begin_on<A: Action + 'static>(
        socket: &Arc<Socket>,
        endpoint: &Arc<Endpoint>,
        record: Record,
        action: A,
    ) -> Result<Begun, Code> {
        let port = Socket::port_of(socket, &record)?;
        Ok(operation::begin(endpoint, port, record, action))
    }

    /// The port that will tell of an operation that ends within its call.
    ///
    /// # Errors
    /// Those of [`Socket::begin`].
    pub(crate) fn port_of<'a>(socket: &'a Arc<Socket>, record: &Record) -> Result<overlapped::Port<'a>, Code> {
        destination(&Socket::overlap(socket).endpoint, record)
    }

    /// Goes on with an operation that has begun, here and as another action.
    pub(crate) fn hand_on<A: Action + 'static>(socket: &Arc<Socket>, completion: Completion, action: A) {
        let endpoint = &Socket::overlap(socket).endpoint;
        let direction = action.direction();
        endpoint.hand_on(direction, Box::new(Operation::new(completion, action)));
    }

    /// `WSARecv` with an OVERLAPPED. Docs: "WSARecv function".
    pub(crate) fn begin_receive(
        socket: &Arc<Socket>,
        record: Record,
        buffers: Buffers,
        flags: i32,
    ) -> Result<Begun, Code> {
        let linux_flags = socket.begin_receive_flags(flags)?;
        let endpoint = &Socket::overlap(socket).endpoint;
        let port = destination(endpoint, &record)?;
        let begun = overlapped::receive(endpoint, port, record, buffers, linux_flags);
        socket.look(if flags & MSG_OOB != 0 { Occasion::ReceivedUrgent } else { Occasion::Received });
        Ok(begun)
    }

    /// Linux' flags for an overlapped receive; or why it cannot be. Docs: "WSARecv function", WSAEOPNOTSUPP.
    pub(crate) fn begin_receive_flags(&self, flags: i32) -> Result<i32, Code> {
        let facts = self.state.facts();
        if !facts.may_receive() {
            self.refuse_receive()?;
        }
        self.receive_flags(flags, facts)
    }

    /// Linux' flags for an overlapped send to an address, or to the peer without one; or why it cannot be.
    pub(crate) fn begin_send_flags(&self, flags: i32, to: Option<&Address>) -> Result<i32, Code> {
        self.may_send_to(self.state.facts(), flags, to)
    }

    /// `WSASend` with an OVERLAPPED. Docs: "WSASend function".
    pub(crate) fn begin_send(
        socket: &Arc<Socket>,
        record: Record,
        buffers: Buffers,
        flags: i32,
    ) -> Result<Begun, Code> {
        let facts = socket.state.facts();
        if !facts.may_send() {
            socket.refuse_send()?;
        }
        let linux_flags = socket.send_flags(flags, facts)?;
        let endpoint = &Socket::overlap(socket).endpoint;
        let port = destination(endpoint, &record)?;
        Ok(overlapped::send(endpoint, port, record, buffers, linux_flags))
    }

    /// [`Socket::begin_receive`] for what a plain stream that is tied to a port lends; `None`, and nothing has happened, if
    /// this one needs more thought.
    #[inline]
    pub(crate) fn begin_plain_receive(&self, lent: Plain) -> Option<Begun> {
        if !self.state.facts().may_receive_plainly() {
            return None;
        }
        overlapped::receive_plain(&self.overlap.get()?.endpoint, lent)
    }

    /// [`Socket::begin_send`] likewise.
    #[inline]
    pub(crate) fn begin_plain_send(&self, lent: Plain) -> Option<Begun> {
        if !self.state.facts().may_send_plainly() {
            return None;
        }
        overlapped::send_plain(&self.overlap.get()?.endpoint, lent)
    }

    /// Ties the socket to a port, for as long as it lives; false if it is tied already.
    pub(crate) fn associate(socket: &Arc<Socket>, port: &Arc<CompletionPort>, key: usize) -> bool {
        let endpoint = &Socket::overlap(socket).endpoint;
        let early_modes = || socket.early_modes.load(Ordering::SeqCst);
        let is_tied = endpoint.associate_with_modes(port, key, early_modes());
        // Those that were added while the tie was being made; see `add_modes`.
        fence(Ordering::SeqCst);
        if is_tied && let Some(association) = endpoint.association() {
            association.add_modes(early_modes());
        }
        is_tied
    }

    /// Adds notification modes for the port that the socket is or will be tied to.
    ///
    /// Observed: conformance/cases/port/skip_on_success.c, wine 8.0: the modes are the socket's, tied or not.
    pub(crate) fn add_modes(socket: &Arc<Socket>, modes: u8) {
        let overlap = Socket::overlap(socket);
        // As in `associate`: a tie that is being made takes the modes or is found here. No lock keeps them apart, because one
        // would be taken before the lanes', under which the ends of operations take it.
        socket.early_modes.fetch_or(modes, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        if modes & Association::SKIP_SET_EVENT != 0 {
            overlap.endpoint.judge().signal().silence();
        }
        if let Some(association) = overlap.endpoint.association() {
            association.add_modes(modes);
        }
    }

    /// Gives overlapped receives that wait what there is for them, before a call that comes behind them looks at it.
    #[inline]
    pub(crate) fn settle_receives(&self) {
        if let Some(overlap) = self.overlap.get() {
            overlap.endpoint.has_settled(Direction::Receive);
        }
    }

    /// Whether an overlapped receive is under way.
    pub(crate) fn is_receiving(&self) -> bool {
        self.overlap.get().is_some_and(|overlap| overlap.endpoint.is_busy(Direction::Receive))
    }

    /// Gives the socket its request queue, whose port drives it from now on.
    ///
    /// # Errors
    /// `WSAEINVAL` if it has one.
    pub(crate) fn be_registered(socket: &Arc<Socket>, queue: Arc<RequestQueue>) -> Result<(), Code> {
        let overlap = Socket::overlap(socket);
        let port = queue.port().map(Arc::clone);
        let requests = &overlap.rare.get_or_init(Box::default).requests;
        requests.set(queue).map_err(|_| Code::WSAEINVAL)?;
        if let Some(queue) = requests.get() {
            queue.note_near([Arc::as_ptr(socket).addr(), std::ptr::from_ref(requests).addr()]);
        }
        if let Some(port) = port {
            overlap.endpoint.turn_to(port.driver());
        }
        Ok(())
    }

    /// Its request queue, if it has one.
    #[inline]
    pub(crate) fn request_queue(&self) -> Option<&Arc<RequestQueue>> {
        self.overlap.get()?.rare.get()?.requests.get()
    }

    /// What a wait for the socket's own handle waits for.
    pub(crate) fn own_signal(socket: &Arc<Socket>) -> crate::sync::Arc<Waitable> {
        Socket::overlap(socket).endpoint.judge().signal().object()
    }

    /// Whether the socket is tied to a port.
    pub(crate) fn is_tied(&self) -> bool {
        self.overlap.get().is_some_and(|overlap| overlap.endpoint.association().is_some())
    }

    /// Ends what is under way as cancelled; the endpoint's share of the descriptor goes.
    pub(super) fn end_overlapped(&self) {
        fence(Ordering::SeqCst);
        if let Some(overlap) = self.overlap.get() {
            overlap.endpoint.settle(Target::Everything);
            overlap.endpoint.close();
            if let Some(rare) = overlap.rare.get() {
                rare.changes.close();
                rare.listening.cancel(Target::Everything);
            }
        }
        let accepted_by = self.settings().accepted_by.take();
        if let Some((listener, address)) = accepted_by
            && let Some(listener) = listener.upgrade()
        {
            Socket::overlap(&listener).endpoint.cancel(Target::Record(address));
        }
    }

    fn rule(&self, errno: Errno, call: Call) -> Option<Code> {
        let receives = matches!(call, Call::WSARecv | Call::WSARecvFrom);
        if self.state.has(Facts::CLOSED) {
            return Some(Code::WSA_OPERATION_ABORTED);
        }
        match (self.kind.is_stream(), receives) {
            _ if call == Call::AcceptEx => accept_fault(errno),
            (true, true) => Some(self.stream_fault(errno, Call::recv)),
            (true, false) => Some(self.stream_fault(errno, Call::send)),
            (false, true) => self.datagram_receive_fault(errno, call).err(),
            (false, false) => self.datagram_send_fault(errno, call).err(),
        }
    }
}

/// What a failed accept means for `AcceptEx`, whose socket exists already: that Linux has no second descriptor is a lack of
/// resources, and a caller that is gone again is passed over.
fn accept_fault(errno: Errno) -> Option<Code> {
    match errno.0 {
        libc::EMFILE | libc::ENFILE | libc::ENOBUFS | libc::ENOMEM => Some(Code::WSAENOBUFS),
        libc::ECONNABORTED | libc::EPROTO => None,
        _ => Some(fault::plain(errno, Call::accept)),
    }
}

/// The port that will tell of an operation. Source: Wine's sock.c:7549, checked on Windows: a completion routine and a
/// port are one too many.
fn destination<'a>(endpoint: &'a Endpoint, record: &Record) -> Result<overlapped::Port<'a>, Code> {
    match endpoint.association() {
        Some(_) if record.has_routine() => Err(Code::WSAEINVAL),
        association => Ok(association),
    }
}

/// What the engine asks about failures.
impl Judge for Socket {
    fn judge(&self, errno: i32, call: Call) -> Option<Code> {
        self.rule(Errno(errno), call)
    }

    fn has_received(&self) {
        self.look_later();
    }

    fn broken(&self) -> Option<Code> {
        self.state.facts().end_of_connection()
    }

    fn is_stream(&self) -> bool {
        self.kind.is_stream()
    }
}
