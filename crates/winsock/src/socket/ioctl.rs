//! `ioctlsocket`, `WSAIoctl`.

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::fault;
use crate::sys;

impl Socket {
    /// Docs: "Winsock IOCTLs", FIONBIO.
    pub(crate) fn set_nonblocking(&self, nonblocking: bool) -> Result<(), Code> {
        sys::control::set_nonblocking(self.fd(), nonblocking)
            .map_err(|errno| fault::plain(errno, Call::ioctlsocket))?;
        self.state.put(Facts::NONBLOCKING, nonblocking);
        Ok(())
    }

    /// Docs: "Winsock IOCTLs", FIONREAD.
    pub(crate) fn readable_bytes(&self) -> Result<u32, Code> {
        if self.state.has(Facts::LISTENING) {
            return Ok(0); // Linux refuses.
        }
        sys::control::readable_bytes(self.fd()).map_err(|errno| fault::plain(errno, Call::ioctlsocket))
    }

    /// Docs: "Winsock IOCTLs", SIOCATMARK: true if no urgent data is left to read. Linux answers for the mark only.
    pub(crate) fn no_urgent_data(&self) -> Result<bool, Code> {
        if !self.kind.is_stream() {
            return Err(Code::WSAEINVAL);
        }
        let urgent = sys::poll::now(self.fd(), sys::poll::POLLPRI) & sys::poll::POLLPRI != 0;
        if !self.state.has(Facts::URGENT_INLINE) || !urgent {
            return Ok(!urgent);
        }
        sys::control::at_mark(self.fd()).map(|at_mark| !at_mark).map_err(|errno| fault::plain(errno, Call::ioctlsocket))
    }

    /// Docs: "Winsock IOCTLs", SIO_UDP_CONNRESET.
    pub(crate) fn report_unreachable(&self, on: bool) -> Result<(), Code> {
        if !self.kind.is_udp() {
            return Err(Code::WSAEINVAL);
        }
        self.state.put(Facts::NO_UNREACHABLE, !on);
        if !on {
            self.state.clear(Facts::UNREACHABLE);
        }
        Ok(())
    }
}
