//! `accept`.

use std::os::fd::{AsFd, OwnedFd};
use std::time::Instant;

use winsock_codes::{Call, Code};

use super::state::Facts;
use super::{Settings, Socket};
use crate::address::Address;
use crate::fault;
use crate::sys::{self, Errno, poll};

impl Socket {
    /// The next connection, with its peer's address.
    ///
    /// The new socket has the listener's options and mode. Docs: "accept function", Remarks.
    pub(crate) fn accept(&self) -> Result<(Socket, Address), Code> {
        if !self.kind.is_stream() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        let facts = self.state.facts();
        if !facts.has(Facts::LISTENING) {
            return Err(Code::WSAEINVAL);
        }
        loop {
            match sys::socket::accept(self.fd()) {
                Ok((fd, peer)) => return Ok((self.accepted(fd, peer), peer)),
                Err(errno) => self.settle_accept(errno)?,
            }
        }
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
                let _ = poll::poll(&mut [poll::Question::new(self.fd(), poll::POLLIN)], None);
                Ok(())
            }
            errno => Err(fault::plain(errno, Call::accept)),
        }
    }

    fn accepted(&self, fd: OwnedFd, peer: Address) -> Socket {
        const INHERITED: [Facts; 4] =
            [Facts::NONBLOCKING, Facts::RECEIVE_TIMEOUT, Facts::SEND_TIMEOUT, Facts::URGENT_INLINE];
        let listener = self.state.facts();
        let mut facts = Facts::CONNECTED.or(Facts::BOUND);
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
            peer: Some(peer),
            connected_at: Some(Instant::now()),
            ..Settings::default()
        };
        Socket::from_fd(fd, self.kind, facts, settings)
    }
}
