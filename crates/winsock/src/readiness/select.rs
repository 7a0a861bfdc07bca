//! `select`.

use std::time::Duration;

use winsock_codes::Code;

use super::deaf::{self, is_deaf};
use crate::fault;
use crate::handle::table::{Held, TABLE};
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys::poll::{POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, Question};
use crate::win32::SOCKET;

/// The sockets asked about; a missing set and an empty one are the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sets<'a> {
    /// Is there something to receive or accept, or an end to hear of?
    pub read: &'a [SOCKET],
    /// Can a send go on, has a connect succeeded?
    pub write: &'a [SOCKET],
    /// Is there urgent data, has a connect failed?
    pub except: &'a [SOCKET],
}

/// The sockets of each set to which the answer is yes, in the order of asking, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ready {
    /// Readable.
    pub read: Vec<SOCKET>,
    /// Writable.
    pub write: Vec<SOCKET>,
    /// With something exceptional.
    pub except: Vec<SOCKET>,
    /// A socket was closed meanwhile and none is ready: `select` empties the sets and fails with `WSAENOTSOCK`.
    ///
    /// Source: test_select of dlls/ws2_32/tests/sock.c, checked on Windows.
    pub gone: bool,
}

impl Ready {
    /// How many answers there are: what `select` returns.
    #[must_use]
    pub fn count(&self) -> usize {
        self.read.len() + self.write.len() + self.except.len()
    }
}

/// Waits until a socket is ready for what is asked of it, or the time is over; `None` waits for ever.
///
/// # Errors
/// `WSAEINVAL` if every set is empty, `WSAENOTSOCK` if any number is no socket. Docs: "select function".
pub fn select(sets: Sets<'_>, timeout: Option<Duration>) -> Result<Ready, Code> {
    require_started()?;
    if sets.read.is_empty() && sets.write.is_empty() && sets.except.is_empty() {
        return Err(Code::WSAEINVAL);
    }
    let mut asked = Vec::with_capacity(sets.read.len() + sets.write.len() + sets.except.len());
    for (about, set) in [(About::Read, sets.read), (About::Write, sets.write), (About::Except, sets.except)] {
        for (place, &value) in set.iter().enumerate() {
            if place > SMALL || !set[..place].contains(&value) {
                asked.push(Asked { value, about, held: TABLE.hold(value).ok_or(Code::WSAENOTSOCK)? });
            }
        }
    }
    asked.iter().filter(|one| one.about == About::Read).for_each(|one| one.socket().settle_receives());
    let mut questions: Vec<Question> = asked.iter().map(Asked::question).collect();
    ask(&asked, &mut questions, timeout)?;
    Ok(gather(&asked, &questions))
}

/// Beyond this place in a set, duplicates are not looked for: it would cost the square of the number.
const SMALL: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Read,
    Write,
    Except,
}

struct Asked {
    value: SOCKET,
    about: About,
    held: Held,
}

/// Polls; at once if an answer is known without Linux.
fn ask(asked: &[Asked], questions: &mut Vec<Question>, timeout: Option<Duration>) -> Result<(), Code> {
    let known = asked.iter().any(|one| one.known());
    let timeout = if known { Some(Duration::ZERO) } else { timeout };
    let deaf = asked.iter().filter(|one| one.about == About::Read && is_deaf(one.socket().state.facts()));
    deaf::poll_beside(deaf.map(Asked::socket), questions, timeout).map(drop).map_err(fault::of_wait)
}

fn gather(asked: &[Asked], questions: &[Question]) -> Ready {
    let mut ready = Ready::default();
    for (one, question) in asked.iter().zip(questions) {
        if one.holds(question.answer()) {
            match one.about {
                About::Read => ready.read.push(one.value),
                About::Write => ready.write.push(one.value),
                About::Except => ready.except.push(one.value),
            }
        }
    }
    ready.gone = ready.count() == 0 && asked.iter().any(|one| one.socket().state.has(Facts::CLOSED));
    ready
}

impl Asked {
    fn socket(&self) -> &Socket {
        self.held.socket()
    }

    /// What to ask Linux. It would call a socket without connection ready for everything; Windows calls it not ready.
    fn question(&self) -> Question {
        let facts = self.socket().state.facts();
        let fd = self.socket().fd();
        let idle = facts.has(Facts::STREAM)
            && !facts.has(Facts::CONNECTED)
            && !facts.has(Facts::LISTENING)
            && !facts.has(Facts::CONNECTING);
        match self.about {
            _ if idle => Question::none(),
            About::Write if facts.has(Facts::LISTENING) => Question::none(),
            About::Read if facts.has(Facts::CONNECTING) => Question::none(),
            // Linux would call the program's own shutdown an end of data; Windows tells of the peer's end alone.
            // Source: dlls/ws2_32/tests/afd.c, test_poll: after SD_RECEIVE there is nothing to read.
            About::Read if facts.has(Facts::RECEIVE_SHUT) => Question::none(),
            About::Read => Question::new(fd, POLLIN),
            About::Write => Question::new(fd, POLLOUT),
            About::Except if facts.has(Facts::CONNECTING) => Question::new(fd, POLLOUT),
            // Linux would call it hung up.
            About::Except if is_deaf(facts) && facts.has(Facts::SEND_SHUT) => Question::none(),
            // With SO_OOBINLINE urgent data is data; Linux still wakes up when the socket is closed.
            About::Except if facts.has(Facts::URGENT_INLINE) => Question::new(fd, 0),
            About::Except if facts.has(Facts::STREAM) => Question::new(fd, POLLPRI),
            About::Except => Question::none(),
        }
    }

    /// Whether the answer is yes whatever Linux says.
    fn known(&self) -> bool {
        let facts = self.socket().state.facts();
        match self.about {
            About::Read if is_deaf(facts) => deaf::gone(self.socket()).is_some(),
            About::Read => facts.has(Facts::UNREACHABLE) || facts.has(Facts::RESET) || facts.has(Facts::DEFERRED),
            About::Write => facts.has(Facts::RESET),
            About::Except => facts.has(Facts::CONNECT_FAILED),
        }
    }

    /// Whether Linux' answer means yes.
    fn holds(&self, answer: i16) -> bool {
        let state = &self.socket().state;
        if answer != 0 && state.has(Facts::CONNECTING) {
            self.socket().end_connect();
        }
        if self.known() {
            return true;
        }
        match self.about {
            About::Read => answer & (POLLIN | POLLERR | POLLHUP) != 0,
            About::Write => {
                // Sources: dlls/ws2_32/tests/sock.c: after a reset a socket is writable, after a failed connect not.
                answer & (POLLOUT | POLLERR | POLLHUP) != 0 && !state.has(Facts::CONNECT_FAILED)
            }
            About::Except => answer & POLLPRI != 0,
        }
    }
}
