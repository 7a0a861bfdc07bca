//! Waiting for connections whose receiving side the program has shut down.
//!
//! Linux calls such a socket readable for ever, and one whose both sides are shut down hung up, so that they cannot be polled:
//! the peer's end, which Windows tells, would be told at once. But whenever something changes on a socket Linux tells it to an
//! epoll instance that is told edge by edge, and then TCP's state says whether the peer has ended.

use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys::epoll::{Epoll, Event, Readiness};
use crate::sys::poll::{self, POLLERR, POLLIN, Question};
use crate::sys::{self, option};
use crate::wait;

/// How the peer of a deaf socket has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    InOrder,
    ByReset,
}

pub(super) fn is_deaf(facts: Facts) -> bool {
    facts.has(Facts::RECEIVE_SHUT) && facts.has(Facts::CONNECTED) && facts.has(Facts::STREAM)
}

/// How the peer of this deaf socket has gone, if it has.
pub(super) fn gone(socket: &Socket) -> Option<Gone> {
    if socket.state.has(Facts::RESET) || poll::now(socket.fd(), 0) & POLLERR != 0 {
        return Some(Gone::ByReset);
    }
    option::peer_has_finished(socket.fd()).then_some(Gone::InOrder)
}

/// [`wait::poll_in_call`] that also ends when the peer of one of the deaf sockets goes, or another thread closes it.
pub(super) fn poll_beside<'a>(
    deaf: impl Iterator<Item = &'a Socket> + Clone,
    questions: &mut Vec<Question>,
    timeout: Option<Duration>,
) -> sys::Result<usize> {
    if timeout == Some(Duration::ZERO) || deaf.clone().next().is_none() {
        return wait::poll_in_call(questions, timeout);
    }
    // Without a descriptor to spare their peers' ends are seen when the wait is over.
    let Ok(changes) = watch(deaf.clone()) else { return wait::poll_in_call(questions, timeout) };
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    loop {
        // What holds already was told as a change. It is taken before looking, so that a later one is told anew.
        while changes.wait(&mut [Event::ROOM; 8], 0)?.len() == 8 {}
        let is_over = deaf.clone().any(|socket| socket.state.has(Facts::CLOSED) || gone(socket).is_some());
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        questions.push(Question::new(changes.as_fd(), POLLIN));
        let polled = wait::poll_in_call(questions, if is_over { Some(Duration::ZERO) } else { left });
        let has_changed = questions.pop().is_some_and(|own| own.answer() != 0);
        let ready = polled? - usize::from(has_changed);
        if ready > 0 || is_over || !has_changed {
            return Ok(ready);
        }
    }
}

fn watch<'a>(sockets: impl Iterator<Item = &'a Socket>) -> sys::Result<Epoll> {
    let changes = Epoll::new()?;
    for socket in sockets {
        match changes.add(socket.fd(), 0, Readiness::RECEIVE) {
            // It was asked about twice.
            Ok(()) | Err(sys::Errno(libc::EEXIST)) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(changes)
}
