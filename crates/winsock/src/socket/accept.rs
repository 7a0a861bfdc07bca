//! `accept`.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use winsock_codes::{Call, Code};

use super::state::Facts;
use super::{Connection, Settings, Socket, fresh};
use crate::address::Address;
use crate::driver::Direction;
use crate::fault;
use crate::memory;
use crate::port;
use crate::sys::clock::Moment;
use crate::sys::{self, Errno, poll};
use crate::wait;

/// What a condition function says of a connection. The numbers are `CF_ACCEPT`, `CF_REJECT`, `CF_DEFER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Take it.
    Accept = 0,
    /// Refuse it.
    Reject = 1,
    /// Ask again at the next accept.
    Defer = 2,
    /// No answer that there is: the call fails, the connection waits for the next.
    Nonsense = 3,
}

impl Socket {
    /// The next connection; tells its peer's address.
    ///
    /// The new socket has the listener's options and mode. Docs: "accept function", Remarks.
    pub(crate) fn accept(&self, peer: &mut Address) -> Result<Arc<Socket>, Code> {
        let facts = self.state.facts();
        let fd = self.next_connection(facts, peer)?;
        Ok(self.accepted(fd, peer, facts))
    }

    /// The next connection, if the condition agrees.
    ///
    /// Linux has completed the connection by then, so a refused peer sees it made and at once reset, instead of refused.
    /// Docs: "WSAAccept function": the codes for the caller.
    pub(crate) fn accept_if(
        &self,
        peer: &mut Address,
        condition: impl FnOnce(&Address, &Address) -> Decision,
    ) -> Result<Arc<Socket>, Code> {
        let facts = self.state.facts();
        let fd = self.next_connection(facts, peer)?;
        let local = sys::socket::local_name(fd.as_fd()).unwrap_or_default();
        match condition(peer, &local) {
            // Docs: "WSAAccept function", WSAEACCES: the request was withdrawn meanwhile.
            Decision::Accept if sys::option::take_error(fd.as_fd()).is_some() => Err(Code::WSAEACCES),
            Decision::Accept => Ok(self.accepted(fd, peer, facts)),
            Decision::Reject => {
                sys::option::reset_on_close(fd.as_fd());
                Err(Code::WSAECONNREFUSED)
            }
            Decision::Defer => {
                self.put_off((fd, *peer));
                Err(Code::WSATRY_AGAIN)
            }
            Decision::Nonsense => {
                self.put_off((fd, *peer));
                Err(Code::WSAEINVAL)
            }
        }
    }

    /// What comes next to a listener of which `facts` hold; in its blocking mode.
    fn next_connection(&self, facts: Facts, peer: &mut Address) -> Result<OwnedFd, Code> {
        if !self.kind.is_stream() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        if !facts.has(Facts::LISTENING) {
            return Err(Code::WSAEINVAL);
        }
        // Before a connection is taken that nothing could be made of.
        memory::require()?;
        let nonblocking = facts.has(Facts::NONBLOCKING);
        if facts.has(Facts::DEFERRED)
            && let Some((fd, its_peer)) = self.take_deferred()
        {
            // The mode may be another since it was put off.
            let _ = sys::control::set_nonblocking(fd.as_fd(), nonblocking);
            *peer = its_peer;
            return Ok(fd);
        }
        if wait::are_calls_expected() {
            self.keep_nonblocking();
        }
        if !nonblocking {
            port::before_blocking();
        }
        loop {
            match self.accept_in_turn(nonblocking) {
                Ok(fd) => {
                    // Asked for the name of a peer that is gone already, Linux says that there is none; accept itself
                    // would still name it. Docs: "accept function", WSAECONNRESET.
                    let named = sys::socket::read_peer_name(fd.as_fd(), peer);
                    return named.map(|()| fd).map_err(|_| Code::WSAECONNRESET);
                }
                Err(errno) => self.settle_accept(errno)?,
            }
        }
    }

    /// What comes next once every `AcceptEx` that waits has what it waits for: those came first.
    fn accept_in_turn(&self, nonblocking: bool) -> sys::Result<OwnedFd> {
        let accept = || fresh::with_room(|| sys::socket::accept_anyone(self.fd(), nonblocking));
        match Socket::overlap_of(self) {
            Some(overlap) if !overlap.endpoint.has_settled(Direction::Receive) => Err(Errno::EAGAIN),
            _ => accept(),
        }
    }

    pub(crate) fn put_off(&self, connection: Connection) {
        let mut settings = self.settings();
        settings.deferred.get_or_insert_default().push_front(connection);
        self.state.set(Facts::DEFERRED);
    }

    pub(crate) fn take_deferred(&self) -> Option<Connection> {
        let mut settings = self.settings();
        let deferred = settings.deferred.as_mut()?;
        let connection = deferred.pop_front();
        if deferred.is_empty() {
            settings.deferred = None;
            self.state.clear(Facts::DEFERRED);
        }
        connection
    }

    /// Judges a failed accept: `Ok` to try again, else the code.
    #[cold]
    fn settle_accept(&self, errno: Errno) -> Result<(), Code> {
        self.check_closed()?;
        match errno {
            Errno::EINTR => Ok(()),
            Errno::EAGAIN if self.state.has(Facts::NONBLOCKING) => Err(Code::WSAEWOULDBLOCK),
            // SO_RCVTIMEO ends Linux' accept, and not Windows'.
            Errno::EAGAIN => match wait::ask_in_call(poll::Question::new(self.fd(), poll::POLLIN), None) {
                Err(wait::LEFT) => Err(Code::WSAEINTR),
                _ => Ok(()),
            },
            errno => Err(fault::plain(errno, Call::accept)),
        }
    }

    /// The socket for a connection that was taken in the blocking mode of `taken`.
    fn accepted(&self, fd: OwnedFd, peer: &Address, taken: Facts) -> Arc<Socket> {
        const INHERITED: Facts = Facts::RECEIVE_TIMEOUT.or(Facts::SEND_TIMEOUT).or(Facts::URGENT_INLINE);
        let inherited = self.state.facts().and(INHERITED).or(taken.and(Facts::NONBLOCKING));
        let facts = Facts::CONNECTED.or(Facts::BOUND).or(Facts::ACCEPTED).or(inherited);
        let settings = Settings {
            options: self.settings().options.clone(),
            peer: Some(peer.into()),
            connected_at: Some(Moment::now()),
            ..Settings::default()
        };
        let socket = Socket::from_fd(fd, self.kind, facts, settings);
        socket.is_registered.store(self.is_registered.load(Ordering::Relaxed), Ordering::Relaxed);
        socket
    }
}
