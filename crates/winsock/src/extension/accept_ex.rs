//! `AcceptEx`.

use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Weak};

use winsock_codes::{Call, Code};

use crate::address::Address;
use crate::driver::{Direction, Failure};
use crate::event::Occasion;
use crate::handle::table::TABLE;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::operation::Completion;
use crate::overlapped::{AcceptRoom, Begun, Buffers, Judge, Record, Status};
use crate::process::require_started;
use crate::socket::listening::Wait;
use crate::socket::state::Facts;
use crate::socket::{Socket, fresh};
use crate::sys::{self, Errno, poll};
use crate::wait;
use crate::win32::SOCKET;

/// Begins to accept a connection into an existing socket, and to receive the first data if there is room for data.
///
/// The call is always pending at first; its end is told. Docs: "AcceptEx function".
///
/// # Errors
/// `WSAENOTSOCK` for either socket; `WSAEFAULT` without a buffer or without room for the peer's address; `WSAEINVAL` if
/// the one does not listen, or the other is bound, connected, no stream of the listener's family or accepted into
/// already. Too little room for an address ends the operation with `STATUS_BUFFER_TOO_SMALL`, and the connection stays.
/// Source: dlls/ws2_32/tests/sock.c, test_AcceptEx.
pub fn accept_ex(listener: SOCKET, acceptor: SOCKET, record: Record, room: Option<AcceptRoom>) -> Result<Begun, Code> {
    record.begin();
    require_started()?;
    let listener = TABLE.share(listener)?;
    let room = room.filter(AcceptRoom::wants_remote).ok_or(Code::WSAEFAULT)?;
    let number = acceptor;
    let acceptor = TABLE.share(number)?;
    if !listener.state.has(Facts::LISTENING) || acceptor.kind != listener.kind {
        return Err(Code::WSAEINVAL);
    }
    const USED: Facts = Facts::BOUND.or(Facts::CONNECTED).or(Facts::CONNECTING).or(Facts::CONNECTING_EX);
    if !acceptor.state.claim(Facts::ACCEPTING, USED) {
        return Err(Code::WSAEINVAL);
    }
    listener.keep_nonblocking();
    let weak = Arc::downgrade(&listener);
    acceptor.set_accepted_by(Some((Weak::clone(&weak), record.address())));
    if room.wants_data() && !listener.is_tied() {
        // The wait for data is the acceptor's operation, and ends with this thread too.
        wait::remember_lent(&Socket::overlap(&acceptor).endpoint);
    }
    let claim = Claim(Arc::downgrade(&acceptor));
    let accept = Accept { listener: weak, number, claim, room, is_connected: false };
    // The table's shares go first: closing waits for those who hold the socket.
    drop(acceptor);
    let begun = Socket::begin(&listener, record, accept)?;
    // Docs: "WSAEventSelect function", Remarks: AcceptEx enables FD_ACCEPT again.
    listener.look(Occasion::Accepted);
    Ok(begun)
}

/// The accepted socket's mark that it is being accepted into; goes with its operation.
struct Claim(Weak<Socket>);

impl Claim {
    /// The mark is gone already, and the next may be another's.
    fn forget(&mut self) {
        self.0 = Weak::new();
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(acceptor) = self.0.upgrade() {
            acceptor.set_accepted_by(None);
            acceptor.state.clear(Facts::ACCEPTING);
        }
    }
}

/// Waits for the connection, in the listener's queue.
struct Accept {
    listener: Weak<Socket>,
    /// The accepted socket's.
    number: SOCKET,
    claim: Claim,
    room: AcceptRoom,
    is_connected: bool,
}

impl Accept {
    fn try_accept(&mut self, fd: BorrowedFd<'_>, listener: &Socket, acceptor: &Arc<Socket>) -> sys::Result<Status> {
        if !self.room.fits(acceptor.kind.address_length()) {
            let waits = listener.state.has(Facts::DEFERRED) || poll::now(fd, poll::POLLIN) != 0;
            return if waits { Ok(Status::BUFFER_TOO_SMALL) } else { Err(Errno::EAGAIN) };
        }
        let mut peer = Address::empty();
        let deferred = if listener.state.has(Facts::DEFERRED) { listener.take_deferred() } else { None };
        let connection = match deferred {
            Some((connection, its_peer)) => {
                peer = its_peer;
                connection
            }
            None => {
                let nonblocking = acceptor.state.has(Facts::NONBLOCKING);
                fresh::with_room(|| sys::socket::accept(fd, nonblocking, &mut peer))?
            }
        };
        if self.room.wants_local() {
            let of_all = Socket::overlap_of(listener).and_then(|own| own.listening().name_of_all(fd));
            match of_all {
                Some(local) => self.room.put_local(local),
                None => self.put_own_local(connection.as_fd()),
            }
        }
        self.room.put_remote(&peer.to_windows());
        // One share is the table's, one this operation's: no duplicate, and no call of another thread.
        let is_idle = || TABLE.is_idle(self.number) && Arc::strong_count(acceptor) == 2;
        if let Err((connection, errno)) = acceptor.take_over(connection, listener, is_idle) {
            listener.put_off((connection, peer));
            return Err(errno);
        }
        let is_over = !self.room.wants_data();
        acceptor.note_accepted(&peer, is_over);
        if is_over {
            self.claim.forget();
        }
        acceptor.look_later();
        Ok(Status::SUCCESS)
    }

    /// The local name of this connection alone.
    #[cold]
    fn put_own_local(&self, connection: BorrowedFd<'_>) {
        if let Ok(local) = sys::socket::local_name(connection) {
            self.room.put_local(&local.to_windows());
        }
    }
}

impl Action for Accept {
    fn direction(&self) -> Direction {
        Direction::Receive
    }

    fn call(&self) -> Call {
        Call::AcceptEx
    }

    fn always_pends(&self) -> bool {
        true
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let (Some(listener), Some(acceptor)) = (self.listener.upgrade(), self.claim.0.upgrade()) else {
            return Step::failed(Status::CANCELLED, 0);
        };
        if acceptor.state.has(Facts::CLOSED) {
            return Step::failed(Status::CANCELLED, 0);
        }
        match self.try_accept(fd, &listener, &acceptor) {
            Ok(status) => {
                self.is_connected = status.is_success();
                Step::failed(status, 0)
            }
            Err(errno) => Step::of_errno(errno, Call::AcceptEx, judge, 0),
        }
    }

    #[inline(always)]
    fn end(self, completion: Completion, failure: Option<Failure>) -> Option<Completion> {
        match self.is_connected && failure.is_none() && self.room.wants_data() {
            true => self.wait_for_data(completion),
            false => Some(completion),
        }
    }
}

impl Accept {
    #[inline(never)]
    fn wait_for_data(self, completion: Completion) -> Option<Completion> {
        let (Some(listener), Some(acceptor)) = (self.listener.upgrade(), self.claim.0.upgrade()) else {
            return Some(completion);
        };
        let (address, issuer) = (completion.address(), completion.issuer());
        if let Some(own) = Socket::overlap_of(&listener) {
            own.listening().add(Wait { address, issuer, acceptor: Arc::downgrade(&acceptor) });
            Socket::overlap(&acceptor).endpoint.follow(&own.endpoint);
        }
        listener.look_later();
        let first = FirstData { listener: self.listener, claim: self.claim, data: self.room.data(), is_over: false };
        Socket::hand_on(&acceptor, completion, first);
        None
    }
}

/// Waits for the first data, in the accepted socket's queue.
struct FirstData {
    listener: Weak<Socket>,
    claim: Claim,
    data: Buffers,
    is_over: bool,
}

impl Action for FirstData {
    fn direction(&self) -> Direction {
        Direction::Receive
    }

    fn call(&self) -> Call {
        Call::WSARecv
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let step = match self.data.receive(fd, 0) {
            // A peer that is gone without a word: success with nothing. Source: test_AcceptEx.
            Ok(count) => Step::done(count),
            Err(errno) => Step::of_errno(errno, Call::WSARecv, judge, 0),
        };
        self.is_over = matches!(step, Step::Ended { .. });
        step
    }

    fn end(self, completion: Completion, _failure: Option<Failure>) -> Option<Completion> {
        if let Some(listener) = self.listener.upgrade()
            && let Some(own) = Socket::overlap_of(&listener)
        {
            own.listening().remove(completion.address());
        }
        if !self.is_over
            && let Some(acceptor) = self.claim.0.upgrade()
        {
            // Cancelled: the peer shall not take the end of its connection for an orderly one.
            sys::option::reset_on_close(acceptor.fd());
        }
        Some(completion)
    }
}
