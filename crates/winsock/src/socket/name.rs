//! `getsockname`, `getpeername`.

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::address::Address;
use crate::fault;
use crate::sys;
use crate::win32::SOCK_RAW;

impl Socket {
    /// The local name. Docs: "getsockname function", WSAEINVAL: not bound.
    pub(crate) fn local_name(&self) -> Result<Address, Code> {
        if !self.state.has(Facts::BOUND) {
            return Err(Code::WSAEINVAL);
        }
        let mut name = sys::socket::local_name(self.fd()).map_err(|errno| fault::plain(errno, Call::getsockname))?;
        if name.is_of_the_wire()
            && let Some(own) = &self.settings().captured
        {
            return Ok(own.name);
        }
        // Linux tells a raw socket's protocol there.
        if self.kind.kind == SOCK_RAW {
            name.set_port(0);
        }
        Ok(name)
    }

    /// The peer's name: from the moment a connect begins, and also after both directions were shut down.
    ///
    /// Docs: "getpeername function".
    pub(crate) fn peer_name(&self) -> Result<Address, Code> {
        if self.state.has(Facts::CONNECTING) {
            self.settle_connect();
        }
        let facts = self.state.facts();
        let is_known = facts.has(Facts::CONNECTED) || facts.has(Facts::CONNECTING);
        // Docs: "AcceptEx function" and "ConnectEx", Remarks: the name is not there before the context is updated.
        if !is_known || facts.has(Facts::NO_CONTEXT) {
            return Err(Code::WSAENOTCONN);
        }
        if let Some(peer) = self.settings().peer.as_ref().map(Address::from) {
            return Ok(peer);
        }
        sys::socket::peer_name(self.fd()).map_err(|errno| fault::plain(errno, Call::getpeername))
    }
}
