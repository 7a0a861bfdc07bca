//! [`Sight`]: what Linux and the socket's state say at one moment.

use winsock_codes::{Call, Code};

use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys::poll::{self, POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP};
use crate::sys::{control, option};

/// One look at a socket.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    /// How the last connect ended; 0 for well.
    pub(crate) connect: Option<Code>,
    /// A send would not block.
    pub(crate) has_room: bool,
    pub(crate) is_listener: bool,
    /// How much is there to receive, or how many connections to accept; grows with each arrival.
    pub(crate) amount: u32,
    /// A receive would tell of an error.
    pub(crate) has_failed: bool,
    pub(crate) is_urgent: bool,
    /// How the peer ended the connection; 0 for in good order.
    pub(crate) end: Option<Code>,
}

impl Sight {
    /// Looks. What a receive under way will take is not counted.
    pub(super) fn of(socket: &Socket, is_receiving: bool) -> Sight {
        Sight::told(socket, poll::now(socket.fd(), POLLIN | POLLOUT | POLLPRI | POLLRDHUP), is_receiving)
    }

    /// [`Sight::of`] for who knows what Linux says.
    pub(crate) fn told(socket: &Socket, answer: i16, is_receiving: bool) -> Sight {
        if answer & (POLLOUT | POLLERR | POLLHUP) != 0 && socket.state.has(Facts::CONNECTING) {
            socket.end_connect();
        }
        let facts = socket.state.facts();
        let mut sight = match () {
            () if facts.has(Facts::LISTENING) => listener(socket, facts, answer),
            () if facts.has(Facts::CONNECT_FAILED) => Sight { connect: socket.connect_error(), ..Sight::default() },
            () if facts.has(Facts::STREAM) && facts.has(Facts::CONNECTED) => stream(socket, facts, answer),
            () if !facts.has(Facts::STREAM) && facts.has(Facts::BOUND) => datagram(socket, facts, answer),
            () => Sight::default(),
        };
        if is_receiving {
            (sight.amount, sight.has_failed) = (0, false);
        }
        sight
    }
}

fn listener(socket: &Socket, facts: Facts, answer: i16) -> Sight {
    let queued = if answer & POLLIN != 0 { option::queued_connections(socket.fd()).max(1) } else { 0 };
    Sight { is_listener: true, amount: queued + u32::from(facts.has(Facts::DEFERRED)), ..Sight::default() }
}

fn stream(socket: &Socket, facts: Facts, answer: i16) -> Sight {
    let end = end_of(socket, facts, answer);
    let is_broken = end.is_some_and(|code| code.value() != 0);
    let amount = if answer & POLLIN != 0 && !is_broken { control::readable_bytes(socket.fd()).unwrap_or(0) } else { 0 };
    Sight {
        connect: Some(Code::new(0)),
        has_room: answer & POLLOUT != 0 && !is_broken,
        amount,
        // With SO_OOBINLINE urgent data is data. Docs: "WSAEventSelect function", FD_OOB.
        is_urgent: answer & POLLPRI != 0 && !facts.has(Facts::URGENT_INLINE) && !is_broken,
        end,
        ..Sight::default()
    }
}

/// Source: `test_close_events` in dlls/ws2_32/tests/sock.c, validated on Windows: a reset is told as
/// `WSAECONNABORTED`; the program's own shutdown is no end.
fn end_of(socket: &Socket, facts: Facts, answer: i16) -> Option<Code> {
    if answer & POLLERR != 0
        && let Some(errno) = option::take_error(socket.fd())
    {
        // Linux tells it once; from here on the socket's state does.
        socket.stream_fault(errno, Call::recv);
    }
    if let Some(code) = socket.state.facts().end_of_connection() {
        return Some(if code == Code::WSAECONNRESET { Code::WSAECONNABORTED } else { code });
    }
    if answer & (POLLRDHUP | POLLHUP) == 0 {
        return None;
    }
    // Linux says the same of the program's own shutdown.
    let is_peers =
        if socket.kind.is_tcp() { option::peer_has_finished(socket.fd()) } else { !facts.has(Facts::RECEIVE_SHUT) };
    is_peers.then_some(Code::new(0))
}

fn datagram(socket: &Socket, facts: Facts, answer: i16) -> Sight {
    let failed = answer & POLLERR != 0 && !facts.has(Facts::NO_UNREACHABLE) || facts.has(Facts::UNREACHABLE);
    Sight {
        connect: facts.has(Facts::CONNECTED).then_some(Code::new(0)),
        has_room: answer & POLLOUT != 0,
        amount: if answer & POLLIN != 0 { option::queued_bytes(socket.fd()).max(1) } else { 0 },
        has_failed: failed,
        ..Sight::default()
    }
}
