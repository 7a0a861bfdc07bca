//! [`Standing`]: what a poll may tell of a socket at one moment.

use super::{
    AFD_POLL_ABORT, AFD_POLL_ACCEPT, AFD_POLL_CONNECT, AFD_POLL_CONNECT_FAIL, AFD_POLL_DISCONNECT, AFD_POLL_RECEIVE,
    AFD_POLL_RECEIVE_EXPEDITED, AFD_POLL_SEND,
};
use crate::event::Sight;
use crate::overlapped::Status;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys::poll::{POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP};

/// `AFD_POLL_` bits, and why a connect has failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) events: u32,
    pub(super) status: u32,
}

/// All that is asked of Linux.
pub(super) const ALL: i16 = POLLIN | POLLOUT | POLLPRI | POLLRDHUP;

/// Of what Linux must say something for these events to be told.
pub(super) fn signs_of(events: u32) -> i16 {
    const SIGNS: [(u32, i16); 7] = [
        (AFD_POLL_RECEIVE | AFD_POLL_ACCEPT, POLLIN | POLLERR),
        (AFD_POLL_RECEIVE_EXPEDITED, POLLPRI),
        (AFD_POLL_SEND, POLLOUT | POLLERR | POLLHUP),
        (AFD_POLL_CONNECT, POLLOUT),
        (AFD_POLL_DISCONNECT, POLLRDHUP | POLLHUP),
        (AFD_POLL_ABORT, POLLERR | POLLHUP),
        (AFD_POLL_CONNECT_FAIL, POLLERR | POLLHUP),
    ];
    SIGNS.iter().filter(|(asked, _)| events & asked != 0).fold(0, |signs, (_, sign)| signs | sign)
}

/// Whether something of these events may hold of which Linux says nothing: it has no sign for a connection without room.
pub(super) fn is_known_here(socket: &Socket, events: u32) -> bool {
    let facts = socket.state.facts();
    events & AFD_POLL_CONNECT != 0 && facts.has(Facts::CONNECTED)
        || facts.has(Facts::DEFERRED)
        || facts.has(Facts::UNREACHABLE)
        || facts.has(Facts::CONNECT_FAILED)
}

/// What holds of the socket, of which Linux says `answer`.
pub(super) fn of(socket: &Socket, answer: i16) -> Standing {
    if socket.is_plain_in_polls(answer) {
        return Standing { events: plain(socket, answer), status: 0 };
    }
    let sight = Sight::told(socket, answer, socket.is_receiving());
    let facts = socket.state.facts();
    let events = match () {
        () if sight.is_listener => if_so(sight.amount > 0, AFD_POLL_ACCEPT),
        () if facts.has(Facts::CONNECT_FAILED) => {
            let code = sight.connect.unwrap_or(winsock_codes::Code::WSAECONNREFUSED);
            return Standing { events: AFD_POLL_CONNECT_FAIL, status: Status::of(code).0 };
        }
        () if facts.has(Facts::STREAM) && !facts.has(Facts::CONNECTED) => 0,
        () if facts.has(Facts::STREAM) => connected(&sight),
        () => datagram(&sight, answer),
    };
    Standing { events, status: 0 }
}

fn connected(sight: &Sight) -> u32 {
    let ended = match sight.end {
        None => 0,
        Some(code) if code.value() == 0 => AFD_POLL_DISCONNECT,
        // A send fails at once, and so does not block.
        Some(_) => AFD_POLL_ABORT | AFD_POLL_SEND,
    };
    AFD_POLL_CONNECT
        | ended
        | if_so(sight.has_room, AFD_POLL_SEND)
        | if_so(sight.amount > 0, AFD_POLL_RECEIVE)
        | if_so(sight.is_urgent, AFD_POLL_RECEIVE_EXPEDITED)
}

/// One that is not bound may be sent with, too.
fn datagram(sight: &Sight, answer: i16) -> u32 {
    if_so(answer & POLLOUT != 0, AFD_POLL_SEND)
        | if_so(sight.amount > 0 || sight.has_failed, AFD_POLL_RECEIVE)
        | if_so(sight.connect.is_some(), AFD_POLL_CONNECT)
}

/// [`connected`] where that needs no more questions.
fn plain(socket: &Socket, answer: i16) -> u32 {
    AFD_POLL_CONNECT
        | if_so(answer & POLLOUT != 0, AFD_POLL_SEND)
        | if_so(answer & POLLIN != 0 && !socket.is_receiving(), AFD_POLL_RECEIVE)
}

fn if_so(holds: bool, events: u32) -> u32 {
    if holds { events } else { 0 }
}

impl Socket {
    /// A connected stream of which Linux says no more than that there is data or room.
    fn is_plain_in_polls(&self, answer: i16) -> bool {
        const WHOLE: Facts = Facts::STREAM.or(Facts::CONNECTED);
        const BROKEN: Facts = Facts::RECEIVE_SHUT.or(Facts::RESET).or(Facts::ABORTED).or(Facts::KEEPALIVE_FAILED);
        let facts = self.state.facts();
        answer & !(POLLIN | POLLOUT) == 0
            && facts.has(WHOLE)
            && facts.and(BROKEN) == Facts::NONE
            && facts.and(Facts::CONNECTING.or(Facts::CONNECT_FAILED)) == Facts::NONE
    }
}
