//! `listen`.

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::fault;
use crate::sys;

impl Socket {
    /// Makes a bound stream wait for connections; again to change the backlog.
    ///
    /// Docs: "listen function". Linux would give an unbound socket a name; Windows refuses it.
    pub(crate) fn listen(&self, backlog: i32) -> Result<(), Code> {
        if !self.kind.is_stream() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        let facts = self.state.facts();
        if facts.has(Facts::CONNECTED) {
            return Err(Code::WSAEISCONN);
        }
        if !facts.has(Facts::BOUND) || facts.has(Facts::CONNECTING) {
            return Err(Code::WSAEINVAL);
        }
        // SOMAXCONN_HINT(n) is -n; Linux caps what is too large.
        let backlog = backlog.saturating_abs();
        sys::socket::listen(self.fd(), backlog).map_err(|errno| fault::plain(errno, Call::listen))?;
        if self.settings().claim.as_ref().is_some_and(|claim| claim.shared) {
            // Source: dlls/ws2_32/tests/sock.c, test_reuseaddr: the socket that was there first gets the connections.
            let _ = sys::option::prefer_first_listener(self.fd());
        }
        self.state.set(Facts::LISTENING);
        Ok(())
    }
}
