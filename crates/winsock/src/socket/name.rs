//! `getsockname`, `getpeername`.

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::address::Address;
use crate::fault;
use crate::sys::{self, Errno};

impl Socket {
    /// The local name. Docs: "getsockname function", WSAEINVAL: not bound.
    pub(crate) fn local_name(&self) -> Result<Address, Code> {
        if !self.state.has(Facts::BOUND) {
            return Err(Code::WSAEINVAL);
        }
        sys::socket::local_name(self.fd()).map_err(|errno| fault::plain(errno, Call::getsockname))
    }

    /// The peer's name, also after both directions were shut down. Docs: "getpeername function".
    pub(crate) fn peer_name(&self) -> Result<Address, Code> {
        if self.state.has(Facts::CONNECTING) {
            self.settle_connect();
        }
        if !self.state.has(Facts::CONNECTED) {
            return Err(Code::WSAENOTCONN);
        }
        match sys::socket::peer_name(self.fd()) {
            Ok(name) => Ok(name),
            Err(Errno::ENOTCONN) => Err(Code::WSAENOTCONN),
            Err(errno) => Err(fault::plain(errno, Call::getpeername)),
        }
    }
}
