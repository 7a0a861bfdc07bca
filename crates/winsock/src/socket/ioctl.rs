//! `ioctlsocket`, `WSAIoctl`.

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::fault;
use crate::sys;

impl Socket {
    /// Docs: "Winsock IOCTLs", FIONBIO; "WSAEventSelect function": refused while network events are selected.
    pub(crate) fn set_nonblocking(&self, nonblocking: bool) -> Result<(), Code> {
        if !nonblocking && self.state.has(Facts::SELECTS_EVENTS) {
            return Err(Code::WSAEINVAL);
        }
        self.make_nonblocking(nonblocking)
    }

    pub(crate) fn make_nonblocking(&self, nonblocking: bool) -> Result<(), Code> {
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

    /// Docs: "SIO_KEEPALIVE_VALS control code": times in milliseconds, which Linux rounds up to seconds.
    pub(crate) fn set_keep_alive(&self, on: bool, idle_ms: u32, interval_ms: u32) -> Result<(), Code> {
        if !self.kind.is_tcp() {
            return Err(Code::WSAENOPROTOOPT);
        }
        let seconds = |milliseconds: u32| milliseconds.div_ceil(1000).clamp(1, 32_767).cast_signed();
        let mut settings = vec![(libc::SOL_SOCKET, libc::SO_KEEPALIVE, i32::from(on))];
        if on {
            settings.push((libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, seconds(idle_ms)));
            settings.push((libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, seconds(interval_ms)));
        }
        for (level, name, value) in settings {
            sys::option::set(self.fd(), level, name, value).map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        }
        Ok(())
    }

    pub(crate) fn is_nonblocking(&self) -> bool {
        self.state.has(Facts::NONBLOCKING)
    }
}
