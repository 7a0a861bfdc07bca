//! `ConnectEx`.

use std::os::fd::BorrowedFd;
use std::sync::Weak;

use winsock_codes::{Call, Code};

use crate::address::Address;
use crate::driver::{Direction, Failure};
use crate::event::Occasion;
use crate::fault;
use crate::handle::table::TABLE;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::operation::Completion;
use crate::overlapped::{Begun, Judge, Record, Status};
use crate::process::require_started;
use crate::socket::state::Facts;
use crate::socket::{Socket, context};
use crate::sys::clock::Moment;
use crate::sys::{self, Errno, poll};
use crate::win32::SOCKET;

/// Begins to connect a bound stream, and to send data once it is connected. The data are copied: the caller may use their
/// memory again (test_connect of dlls/ws2_32/tests/sock.c, checked on Windows).
///
/// The call is always pending at first; its end, with the count of what was sent, is told. Docs: "LPFN_CONNECTEX".
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEINVAL` on a socket that is not bound, listens, is no stream or is connecting already; `WSAEISCONN`
/// on a connected one; `WSAEFAULT`, `WSAEAFNOSUPPORT` and `WSAEADDRNOTAVAIL` for the address; what Linux refuses at once,
/// such as `WSAENETUNREACH`. `WSAEALREADY`, which the page lists for a connect under way, is `WSAEINVAL` on Windows:
/// dlls/ws2_32/tests/sock.c, test_connecting_socket.
pub fn connect_ex(s: SOCKET, address: &[u8], data: &[u8], record: Record) -> Result<Begun, Code> {
    record.begin();
    require_started()?;
    let socket = TABLE.share(s)?;
    may_begin(&socket)?;
    let peer = socket.read_peer(address)?;
    if peer.is_unspecified() || !socket.kind.is_unix() && peer.port() == 0 {
        return Err(Code::WSAEADDRNOTAVAIL);
    }
    if !socket.state.claim(Facts::CONNECTING_EX, Facts::ACCEPTING) {
        return Err(Code::WSAEINVAL);
    }
    socket.hold_nonblocking();
    let claim = Claim(std::sync::Arc::downgrade(&socket));
    context::renew_in_place(&socket).map_err(|errno| fault::plain(errno, Call::ConnectEx))?;
    socket.forget_connect_error();
    socket.look(Occasion::Connecting);
    Socket::begin(&socket, record, Connect { claim, peer, data: data.into(), sent: 0, phase: Phase::Start })
}

fn may_begin(socket: &Socket) -> Result<(), Code> {
    const BUSY: [Facts; 4] = [Facts::LISTENING, Facts::CONNECTING, Facts::CONNECTING_EX, Facts::ACCEPTING];
    if socket.state.has(Facts::CONNECTING) {
        socket.settle_connect();
    }
    let facts = socket.state.facts();
    if !socket.kind.is_stream() || BUSY.iter().any(|busy| facts.has(*busy)) {
        return Err(Code::WSAEINVAL);
    }
    if facts.has(Facts::CONNECTED) {
        return Err(Code::WSAEISCONN);
    }
    if facts.has(Facts::BOUND) { Ok(()) } else { Err(Code::WSAEINVAL) }
}

/// The socket's mark that it is connecting, and its descriptor's that it does not block; both go with the operation.
struct Claim(Weak<Socket>);

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(socket) = self.0.upgrade() {
            socket.release_nonblocking();
            socket.state.clear(Facts::CONNECTING_EX);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Start,
    Connecting,
    Connected,
}

struct Connect {
    claim: Claim,
    peer: Address,
    data: Box<[u8]>,
    sent: usize,
    phase: Phase,
}

impl Connect {
    /// Goes on with connecting; `EAGAIN` while it is under way.
    fn connect(&mut self, fd: BorrowedFd<'_>, socket: &Socket) -> sys::Result<()> {
        let result = match self.phase {
            Phase::Start => socket.attempt(&self.peer),
            Phase::Connecting if poll::now(fd, poll::POLLOUT) == 0 => Err(Errno::EAGAIN),
            Phase::Connecting => sys::option::take_error(fd).map_or(Ok(()), Err),
            Phase::Connected => return Ok(()),
        };
        match result {
            Ok(()) => self.connected(socket),
            // EAGAIN of connect itself is about ports, not about waiting.
            Err(Errno::EINPROGRESS | Errno::EALREADY | Errno::EINTR) => self.phase = Phase::Connecting,
            Err(errno) => return Err(errno),
        }
        if self.phase == Phase::Connected { Ok(()) } else { Err(Errno::EAGAIN) }
    }

    fn connected(&mut self, socket: &Socket) {
        self.phase = Phase::Connected;
        let mut settings = socket.settings();
        (settings.peer, settings.connected_at) = (Some((&self.peer).into()), Some(Moment::now()));
        drop(settings);
        socket.state.set(Facts::CONNECTED.or(Facts::NO_CONTEXT));
        socket.look_later();
    }

    /// Docs: "WSAEventSelect function", FD_CONNECT: it tells how ConnectEx ended, too.
    fn failed(&self, socket: &Socket, errno: Errno) -> Code {
        let code = socket.connect_fault(errno);
        socket.set_connect_error(code);
        socket.look_later();
        code
    }

    fn send(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let rest = &self.data[self.sent..];
        if rest.is_empty() {
            return Step::done(self.sent);
        }
        match sys::socket::send(fd, rest, sys::socket::MSG_DONTWAIT | sys::socket::MSG_NOSIGNAL) {
            Ok(count) => {
                self.sent += count;
                Step::Again
            }
            Err(errno) => Step::of_errno(errno, Call::WSASend, judge, self.sent),
        }
    }
}

impl Action for Connect {
    fn direction(&self) -> Direction {
        Direction::Send
    }

    fn call(&self) -> Call {
        Call::ConnectEx
    }

    fn always_pends(&self) -> bool {
        true
    }

    fn moved(&self) -> usize {
        self.sent
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let Some(socket) = self.claim.0.upgrade() else { return Step::failed(Status::CANCELLED, 0) };
        let is_first = self.phase == Phase::Start;
        match self.connect(fd, &socket) {
            Ok(()) => self.send(fd, judge),
            Err(Errno::EAGAIN) if !is_first || self.phase == Phase::Connecting => Step::Blocked,
            Err(errno) => Step::failed(Status::of(self.failed(&socket, errno)), 0),
        }
    }

    fn end(self, completion: Completion, failure: Option<Failure>) -> Option<Completion> {
        if failure.is_some()
            && self.phase == Phase::Connecting
            && let Some(socket) = self.claim.0.upgrade()
        {
            // Linux would go on connecting behind the program's back.
            let _ = sys::socket::disconnect(socket.fd());
        }
        Some(completion)
    }
}
