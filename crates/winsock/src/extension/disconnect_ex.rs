//! `DisconnectEx`.

use std::os::fd::BorrowedFd;
use std::sync::{Arc, Weak};

use winsock_codes::{Call, Code};

use crate::driver::Direction;
use crate::fault;
use crate::handle::table::TABLE;
use crate::overlapped::action::{Action, Step};
use crate::overlapped::{Begun, Judge, Record, Status};
use crate::process::require_started;
use crate::socket::state::Facts;
use crate::socket::{Socket, context};
use crate::sys::uring::Request;
use crate::sys::{self, Errno, poll};
use crate::wait;
use crate::win32::SOCKET;

/// Disconnect after sending.
pub const TF_DISCONNECT: u32 = 1;
/// Make the socket ready for another connection.
pub const TF_REUSE_SOCKET: u32 = 2;

/// Ends the sending direction; with [`TF_REUSE_SOCKET`] waits until the peer has ended its own, after which the socket can
/// be connected again by the call that connected it before. Docs: "LPFN_DISCONNECTEX".
///
/// # Errors
/// `WSAENOTSOCK`; `WSAEINVAL` for other flags, or a reserved word that is not 0; `WSAENOTCONN` without a connection.
pub fn disconnect_ex(s: SOCKET, flags: u32, reserved: u32) -> Result<(), Code> {
    require_started()?;
    let socket = TABLE.share(s)?;
    let mut disconnect = Disconnect::new(&socket, flags, reserved)?;
    loop {
        let step = disconnect.step(socket.fd(), &socket);
        if step != Err(Errno::EAGAIN) {
            return step.map_err(|errno| fault::plain(errno, Call::shutdown));
        }
        let hang_up = poll::Question::new(socket.fd(), 0);
        let asked = wait::ask_in_call(hang_up, None);
        if asked == Err(wait::LEFT) || socket.state.has(Facts::CLOSED) {
            return Err(Code::WSAEINTR);
        }
        asked.map_err(|errno| fault::plain(errno, Call::shutdown))?;
    }
}

/// [`disconnect_ex`] that goes on after its call, behind the sends that were begun before.
///
/// The call is always pending at first; its end is told.
///
/// # Errors
/// Those of [`disconnect_ex`].
pub fn begin_disconnect_ex(s: SOCKET, flags: u32, reserved: u32, record: Record) -> Result<Begun, Code> {
    record.begin();
    require_started()?;
    let socket = TABLE.share(s)?;
    let disconnect = Disconnect::new(&socket, flags, reserved)?;
    Socket::begin(&socket, record, disconnect)
}

/// A disconnection under way.
pub(super) struct Disconnect {
    socket: Weak<Socket>,
    for_reuse: bool,
    is_shut: bool,
}

impl Disconnect {
    fn new(socket: &Arc<Socket>, flags: u32, reserved: u32) -> Result<Disconnect, Code> {
        if flags & !TF_REUSE_SOCKET != 0 || reserved != 0 {
            return Err(Code::WSAEINVAL);
        }
        if !socket.kind.is_stream() || !socket.state.has(Facts::CONNECTED) {
            return Err(Code::WSAENOTCONN);
        }
        Ok(Disconnect::after_transfer(Arc::downgrade(socket), flags & TF_REUSE_SOCKET != 0))
    }

    /// Of a socket that is connected.
    pub(super) fn after_transfer(socket: Weak<Socket>, for_reuse: bool) -> Disconnect {
        Disconnect { socket, for_reuse, is_shut: false }
    }

    /// Goes on; `EAGAIN` while the peer has not ended its direction.
    pub(super) fn step(&mut self, fd: BorrowedFd<'_>, socket: &Socket) -> sys::Result<()> {
        if !self.is_shut {
            self.is_shut = true;
            // First the state, as in `shutdown`.
            socket.state.set(Facts::SEND_SHUT);
            match sys::socket::shutdown(fd, libc::SHUT_WR) {
                // Not connected any more: the peer has reset it, which disconnects as well.
                Ok(()) | Err(Errno::ENOTCONN) => {}
                Err(errno) => return Err(errno),
            }
        }
        if self.for_reuse {
            // Both directions have ended, or the connection is gone.
            if poll::now(fd, 0) & (poll::POLLHUP | poll::POLLERR) == 0 {
                return Err(Errno::EAGAIN);
            }
            context::forget_connection(socket);
        }
        Ok(())
    }
}

impl Action for Disconnect {
    fn direction(&self) -> Direction {
        Direction::Send
    }

    fn call(&self) -> Call {
        Call::DisconnectEx
    }

    fn always_pends(&self) -> bool {
        true
    }

    fn readiness(&self) -> Request {
        Request::hang_up()
    }

    fn attempt(&mut self, fd: BorrowedFd<'_>, judge: &dyn Judge) -> Step {
        let Some(socket) = self.socket.upgrade() else { return Step::failed(Status::CANCELLED, 0) };
        match self.step(fd, &socket) {
            Ok(()) => Step::done(0),
            Err(errno) => Step::of_errno(errno, Call::WSASend, judge, 0),
        }
    }
}
