//! `shutdown`.

use std::sync::Arc;

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::fault;
use crate::sys::{self, Errno};
use crate::win32::{SD_BOTH, SD_RECEIVE, SD_SEND};

impl Socket {
    /// Ends one or both directions. Docs: "shutdown function".
    pub(crate) fn shutdown(socket: &Arc<Socket>, how: i32) -> Result<(), Code> {
        let (facts, linux_how) = match how {
            SD_RECEIVE => (Facts::RECEIVE_SHUT, libc::SHUT_RD),
            SD_SEND => (Facts::SEND_SHUT, libc::SHUT_WR),
            SD_BOTH => (Facts::RECEIVE_SHUT.or(Facts::SEND_SHUT), libc::SHUT_RDWR),
            _ => return Err(Code::WSAEINVAL),
        };
        if !socket.kind.is_stream() {
            return socket.shut_datagram(facts, linux_how);
        }
        socket.may_shut()?;
        // First the state: what Linux refuses another thread's send from here on is no reset.
        socket.state.set(facts);
        match Socket::shut_in_turn(socket, facts) {
            Some(linux_how) => socket.shut_stream(linux_how),
            None => Ok(()),
        }
    }

    fn may_shut(&self) -> Result<(), Code> {
        if self.state.has(Facts::CONNECTING) {
            self.settle_connect();
        }
        let before = self.state.facts();
        // Docs: "ConnectEx", Remarks: shutdown fails before the context is updated.
        if !before.has(Facts::CONNECTED) || before.has(Facts::NO_CONTEXT) {
            return Err(Code::WSAENOTCONN);
        }
        if before.has(Facts::RESET) {
            return Err(Code::WSAECONNRESET);
        }
        // Docs: "shutdown function", WSAECONNABORTED: ended by a time-out or other failure. Linux would obey.
        if before.has(Facts::ABORTED) {
            return Err(Code::WSAECONNABORTED);
        }
        Ok(())
    }

    fn shut_stream(&self, linux_how: i32) -> Result<(), Code> {
        match sys::socket::shutdown(self.fd(), linux_how) {
            Ok(()) => {}
            // Linux: the connection has ended, by a reset that nobody heard of yet or in good order.
            Err(Errno::ENOTCONN) => {
                if let Some(errno) = sys::option::take_error(self.fd()) {
                    return Err(self.stream_fault(errno, Call::shutdown));
                }
            }
            Err(errno) => return Err(fault::plain(errno, Call::shutdown)),
        }
        Ok(())
    }

    /// Windows shuts a datagram socket without a peer as well; Linux obeys, yet says it is not connected.
    fn shut_datagram(&self, facts: Facts, linux_how: i32) -> Result<(), Code> {
        self.state.set(facts);
        let _ = sys::socket::shutdown(self.fd(), linux_how);
        Ok(())
    }
}
