//! `accept`.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::Instant;

use winsock_codes::{Call, Code};

use super::state::Facts;
use super::{Connection, Settings, Socket, fresh};
use crate::address::Address;
use crate::fault;
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
    /// The next connection, with its peer's address.
    ///
    /// The new socket has the listener's options and mode. Docs: "accept function", Remarks.
    pub(crate) fn accept(&self) -> Result<(Arc<Socket>, Address), Code> {
        let (fd, peer) = self.next_connection()?;
        Ok((self.accepted(fd, peer), peer))
    }

    /// The next connection, if the condition agrees.
    ///
    /// Linux has completed the connection by then, so a refused peer sees it made and at once reset, instead of refused.
    /// Docs: "WSAAccept function": the codes for the caller.
    pub(crate) fn accept_if(
        &self,
        condition: impl FnOnce(&Address, &Address) -> Decision,
    ) -> Result<(Arc<Socket>, Address), Code> {
        let (fd, peer) = self.next_connection()?;
        let local = sys::socket::local_name(fd.as_fd()).unwrap_or_default();
        match condition(&peer, &local) {
            // Docs: "WSAAccept function", WSAEACCES: the request was withdrawn meanwhile.
            Decision::Accept if sys::option::take_error(fd.as_fd()).is_some() => Err(Code::WSAEACCES),
            Decision::Accept => Ok((self.accepted(fd, peer), peer)),
            Decision::Reject => {
                sys::option::reset_on_close(fd.as_fd());
                Err(Code::WSAECONNREFUSED)
            }
            Decision::Defer => {
                self.put_off((fd, peer));
                Err(Code::WSATRY_AGAIN)
            }
            Decision::Nonsense => {
                self.put_off((fd, peer));
                Err(Code::WSAEINVAL)
            }
        }
    }

    fn next_connection(&self) -> Result<Connection, Code> {
        if !self.kind.is_stream() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        let facts = self.state.facts();
        if !facts.has(Facts::LISTENING) {
            return Err(Code::WSAEINVAL);
        }
        if facts.has(Facts::DEFERRED)
            && let Some(connection) = self.take_deferred()
        {
            return Ok(connection);
        }
        if wait::are_calls_expected() {
            self.hold_nonblocking();
        }
        loop {
            match fresh::with_room(|| sys::socket::accept(self.fd(), false)) {
                // Docs: "accept function", WSAECONNRESET: the peer is gone already.
                Ok((fd, _)) if sys::option::take_error(fd.as_fd()).is_some() => return Err(Code::WSAECONNRESET),
                Ok(connection) => return Ok(connection),
                Err(errno) => self.settle_accept(errno)?,
            }
        }
    }

    pub(crate) fn put_off(&self, connection: Connection) {
        self.settings().deferred.push_front(connection);
        self.state.set(Facts::DEFERRED);
    }

    pub(crate) fn take_deferred(&self) -> Option<Connection> {
        let mut settings = self.settings();
        let connection = settings.deferred.pop_front();
        if settings.deferred.is_empty() {
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
            Errno::EAGAIN => {
                let _ = wait::ask_in_call(poll::Question::new(self.fd(), poll::POLLIN), None);
                Ok(())
            }
            errno => Err(fault::plain(errno, Call::accept)),
        }
    }

    fn accepted(&self, fd: OwnedFd, peer: Address) -> Arc<Socket> {
        const INHERITED: [Facts; 4] =
            [Facts::NONBLOCKING, Facts::RECEIVE_TIMEOUT, Facts::SEND_TIMEOUT, Facts::URGENT_INLINE];
        let listener = self.state.facts();
        let mut facts = Facts::CONNECTED.or(Facts::BOUND).or(Facts::ACCEPTED);
        for inherited in INHERITED {
            if listener.has(inherited) {
                facts = facts.or(inherited);
            }
        }
        if listener.has(Facts::NONBLOCKING) {
            // Linux hands on every option but this one.
            let _ = sys::control::set_nonblocking(fd.as_fd(), true);
        }
        let settings = Settings {
            options: self.settings().options.clone(),
            peer: Some(peer.into()),
            connected_at: Some(Instant::now()),
            ..Settings::default()
        };
        Socket::from_fd(fd, self.kind, facts, settings)
    }
}
