//! `WSAPoll`.

use std::time::Duration;

use winsock_codes::Code;

use super::deaf::{self, Gone, is_deaf};
use crate::fault;
use crate::handle::table::{Held, TABLE};
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys::poll::{self, POLLRDHUP, Question};
use crate::win32::{POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, POLLRDBAND, POLLRDNORM, POLLWRNORM, SOCKET};

/// One socket's question and answer, in the layout of `WSAPOLLFD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PollEntry {
    /// The socket; a negative number is passed over.
    pub fd: SOCKET,
    /// What is asked: `POLLRDNORM`, `POLLRDBAND`, `POLLWRNORM`.
    pub events: i16,
    /// What holds; `POLLERR`, `POLLHUP` and `POLLNVAL` unasked.
    pub revents: i16,
}

/// Waits until something of what is asked holds, or the time is over; `None` waits for ever. Returns how many sockets
/// have an answer.
///
/// # Errors
/// `WSAEINVAL` for no entries and for questions that Windows does not know; `WSAENOTSOCK` if no entry is a socket.
/// Docs: "WSAPoll function"; dlls/ws2_32/tests/sock.c, test_WSAPoll, checked on Windows.
#[doc(alias = "WSAPoll")]
pub fn wsa_poll(entries: &mut [PollEntry], timeout: Option<Duration>) -> Result<usize, Code> {
    require_started()?;
    if entries.is_empty() {
        return Err(Code::WSAEINVAL);
    }
    let held: Vec<Option<Held>> = entries.iter().map(|entry| TABLE.hold(entry.fd)).collect();
    let Some(first) = held.iter().position(Option::is_some) else {
        entries.iter_mut().for_each(|entry| entry.revents = POLLNVAL);
        return Err(Code::WSAENOTSOCK);
    };
    // The questions are for the provider of the first socket to judge, which does not see what stands before it.
    if entries[first..].iter().any(|entry| entry.events & !(POLLIN | POLLOUT) != 0) {
        entries.iter_mut().for_each(|entry| entry.revents = 0);
        return Err(Code::WSAEINVAL);
    }
    held.iter().flatten().for_each(|held| held.socket().settle_receives());
    let mut questions: Vec<Question> = entries.iter().zip(&held).map(|(entry, held)| question(entry, held)).collect();
    let known = held.iter().flatten().any(|held| known(held.socket()) != 0);
    let timeout = if known { Some(Duration::ZERO) } else { timeout };
    let sockets = held.iter().flatten().map(Held::socket);
    let deaf = sockets.filter(|socket| is_deaf(socket.state.facts()));
    deaf::poll_beside(deaf, &mut questions, timeout).map_err(fault::of_wait)?;
    let mut count = 0;
    for ((entry, held), question) in entries.iter_mut().zip(&held).zip(&questions) {
        entry.revents = match held {
            Some(held) if held.socket().state.has(Facts::CLOSED) => POLLNVAL,
            Some(held) => answer(held.socket(), question.answer()) & (entry.events | POLLERR | POLLHUP),
            None => POLLNVAL,
        };
        count += usize::from(held.is_some() && entry.revents != 0);
    }
    Ok(count)
}

fn question(entry: &PollEntry, held: &Option<Held>) -> Question {
    let Some(held) = held else { return Question::none() };
    let socket = held.socket();
    let facts = socket.state.facts();
    let connection = facts.has(Facts::CONNECTED) || facts.has(Facts::LISTENING) || facts.has(Facts::CONNECTING);
    if facts.has(Facts::STREAM) && !connection {
        return Question::none(); // Linux calls it hung up.
    }
    let shut = facts.has(Facts::RECEIVE_SHUT); // Linux would tell the program its own shutdown.
    let mut linux = if facts.has(Facts::LISTENING) || shut { 0 } else { POLLRDHUP };
    for (windows, bits) in [(POLLRDNORM, poll::POLLIN), (POLLRDBAND, poll::POLLPRI), (POLLWRNORM, poll::POLLOUT)] {
        if entry.events & windows != 0 && !(shut && windows == POLLRDNORM) {
            linux |= bits;
        }
    }
    if is_deaf(facts) && facts.has(Facts::SEND_SHUT) && linux & poll::POLLOUT == 0 {
        return Question::none(); // Linux calls it hung up.
    }
    Question::new(socket.fd(), linux)
}

/// What holds whatever Linux says.
fn known(socket: &Socket) -> i16 {
    let facts = socket.state.facts();
    if facts.has(Facts::RESET) || facts.has(Facts::CONNECT_FAILED) {
        POLLERR | POLLHUP | POLLWRNORM
    } else if is_deaf(facts) {
        match deaf::gone(socket) {
            Some(Gone::ByReset) => POLLERR | POLLHUP | POLLWRNORM,
            Some(Gone::InOrder) => POLLHUP,
            None => 0,
        }
    } else if facts.has(Facts::UNREACHABLE) || facts.has(Facts::DEFERRED) {
        POLLRDNORM
    } else {
        0
    }
}

fn answer(socket: &Socket, linux: i16) -> i16 {
    if linux != 0 && socket.state.has(Facts::CONNECTING) {
        socket.end_connect();
    }
    let mut windows = known(socket);
    if windows & POLLERR != 0 {
        return windows;
    }
    let stream = socket.state.has(Facts::STREAM);
    if linux & poll::POLLERR != 0 && stream {
        return POLLERR | POLLHUP | POLLWRNORM;
    }
    // An ICMP error is something for a receive to tell.
    if linux & poll::POLLIN != 0 || linux & poll::POLLERR != 0 {
        windows |= POLLRDNORM;
    }
    // With SO_OOBINLINE urgent data is data.
    if linux & poll::POLLPRI != 0 && !socket.state.has(Facts::URGENT_INLINE) {
        windows |= POLLRDBAND;
    }
    if linux & poll::POLLOUT != 0 {
        windows |= POLLWRNORM;
    }
    let ended = linux & (POLLRDHUP | poll::POLLHUP) != 0 && !socket.state.has(Facts::RECEIVE_SHUT);
    if ended && stream {
        // The peer's end is hang-up on Windows, and nothing to read; data before it is still to be read.
        windows |= POLLHUP;
        if socket.readable_bytes() == Ok(0) {
            windows &= !POLLRDNORM;
        }
    }
    windows & !POLLPRI
}
