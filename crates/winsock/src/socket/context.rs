//! What a socket is before and after `AcceptEx` and `ConnectEx`: its descriptor, its options, its context.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use winsock_codes::Code;

use super::state::Facts;
use super::{Socket, fresh};
use crate::driver::Endpoint;
use crate::handle::table::TABLE;
use crate::sync::Arc as SyncArc;
use crate::sys::{self, Errno};
use crate::win32::SOCKET;

/// Linux' options that connections inherit from their listener, and that Windows' accepted sockets have of their own until
/// their context is updated: level, name, bytes.
const INHERITED: [(i32, i32, usize); 15] = [
    (libc::SOL_SOCKET, libc::SO_KEEPALIVE, 4),
    (libc::SOL_SOCKET, libc::SO_OOBINLINE, 4),
    (libc::SOL_SOCKET, libc::SO_DONTROUTE, 4),
    (libc::SOL_SOCKET, libc::SO_LINGER, 8),
    (libc::SOL_SOCKET, libc::SO_SNDTIMEO, 16),
    (libc::SOL_SOCKET, libc::SO_RCVTIMEO, 16),
    (libc::IPPROTO_TCP, libc::TCP_NODELAY, 4),
    (libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, 4),
    (libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, 4),
    (libc::IPPROTO_TCP, libc::TCP_KEEPCNT, 4),
    (libc::SOL_IP, libc::IP_TOS, 4),
    (libc::SOL_IP, libc::IP_TTL, 4),
    (libc::SOL_IPV6, libc::IPV6_UNICAST_HOPS, 4),
    (libc::SOL_IPV6, libc::IPV6_TCLASS, 4),
    (libc::SOL_SOCKET, libc::SO_PRIORITY, 4),
];

/// Facts that follow from options.
const OPTION_FACTS: [Facts; 3] = [Facts::RECEIVE_TIMEOUT, Facts::SEND_TIMEOUT, Facts::URGENT_INLINE];

impl Socket {
    /// Makes the socket stand for a connection of the listener, with the socket's own options; gives the connection back if
    /// that cannot be.
    ///
    /// If nothing was ever done with the socket, the connection's descriptor takes the place of its own, which is kept for
    /// the next socket unless a call that is under way may use it: `is_idle` says that there is none. Likewise if it was made
    /// ready for reuse; then its own descriptor is of no more use. Otherwise the socket's own number stands for the
    /// connection.
    pub(crate) fn take_over(
        &self,
        connection: OwnedFd,
        listener: &Socket,
        is_idle: impl Fn() -> bool,
    ) -> Result<(), (OwnedFd, Errno)> {
        if listener.state.has(Facts::OPTIONS_SET) || self.state.has(Facts::OPTIONS_SET) {
            copy_options(self.fd(), connection.as_fd());
            self.copy_buffer_sizes(connection.as_fd());
        }
        let endpoint = Socket::overlap_of(self).map(|overlap| &overlap.endpoint);
        // What is spent may come here again and again, and what cannot be given back is kept as long as the socket lives.
        if self.is_untouched() || (self.is_as_after_reuse() && is_idle()) {
            let is_new = self.is_untouched();
            let former = self.exchange(connection, endpoint, || is_idle() && self.is_as_after_reuse());
            if let Some(former) = former.filter(|_| is_new) {
                fresh::keep(self.kind, former);
            }
        } else {
            if let Some(endpoint) = endpoint {
                endpoint.renew(None);
            }
            if let Err(errno) = sys::socket::replace(self.fd(), connection.as_fd()) {
                return Err((connection, errno));
            }
        }
        self.watch_anew();
        Ok(())
    }

    fn exchange(
        &self,
        connection: OwnedFd,
        endpoint: Option<&SyncArc<Endpoint>>,
        is_idle: impl FnOnce() -> bool,
    ) -> Option<OwnedFd> {
        let Some(endpoint) = endpoint else { return self.fd.exchange_unshared(connection, is_idle) };
        let connection = Arc::new(connection);
        endpoint.renew(Some(Arc::clone(&connection)));
        self.fd.exchange(connection, is_idle)
    }

    /// Nothing was done with the socket but to accept into it.
    fn is_untouched(&self) -> bool {
        self.state.facts().has_only(Facts::STREAM.or(Facts::ACCEPTING))
    }

    /// The same, or it was accepted into before, and made ready for reuse.
    fn is_as_after_reuse(&self) -> bool {
        self.state.facts().has_only(Facts::STREAM.or(Facts::ACCEPTING).or(Facts::SPENT))
    }

    /// Linux tells twice what was set, so sizes are set again as the program did.
    fn copy_buffer_sizes(&self, to: BorrowedFd<'_>) {
        let settings = self.settings();
        for (bytes, name) in settings.options.buffer_sizes() {
            let _ = sys::option::set(to, libc::SOL_SOCKET, name, bytes.try_into().unwrap_or(i32::MAX));
        }
    }

    /// `SO_UPDATE_ACCEPT_CONTEXT`: from now on the socket has the listener's options, its names and `shutdown`.
    ///
    /// Docs: "SOL_SOCKET Socket Options" and "AcceptEx function", Remarks.
    pub(crate) fn update_accept_context(&self, listener: SOCKET) -> Result<(), Code> {
        let listener = TABLE.hold(listener).ok_or(Code::WSAENOTSOCK)?;
        let listener = listener.socket();
        if !self.state.has(Facts::CONNECTED) {
            return Err(Code::WSAENOTCONN);
        }
        let is_other = !std::ptr::eq(self, listener);
        if is_other && (listener.state.has(Facts::OPTIONS_SET) || self.state.has(Facts::OPTIONS_SET)) {
            copy_options(listener.fd(), self.fd());
            let options = listener.settings().options.clone();
            self.settings().options = options;
            self.copy_buffer_sizes(self.fd());
            for fact in OPTION_FACTS {
                self.state.put(fact, listener.state.has(fact));
            }
        }
        self.state.exchange(Facts::NO_CONTEXT, Facts::BOUND);
        Ok(())
    }

    /// `SO_UPDATE_CONNECT_CONTEXT`: from now on the socket has its peer's name and `shutdown`.
    ///
    /// Docs: "SOL_SOCKET Socket Options" and "ConnectEx", Remarks.
    pub(crate) fn update_connect_context(&self) -> Result<(), Code> {
        if !self.state.has(Facts::CONNECTED) {
            return Err(Code::WSAENOTCONN);
        }
        self.state.clear(Facts::NO_CONTEXT);
        Ok(())
    }
}

/// Forgets all that a socket has been through since it was connected. Its descriptor is spent: the next connection begins
/// with another one, or with [`renew_in_place`]. Docs: "DisconnectEx", TF_REUSE_SOCKET.
pub(crate) fn forget_connection(socket: &Socket) {
    const PAST: Facts = Facts::CONNECTED
        .or(Facts::NO_CONTEXT)
        .or(Facts::SEND_SHUT)
        .or(Facts::RECEIVE_SHUT)
        .or(Facts::RESET)
        .or(Facts::ABORTED)
        .or(Facts::KEEPALIVE_FAILED)
        .or(Facts::CONNECT_FAILED);
    // An accepted socket has its listener's local name only as long as it is connected.
    let name = if socket.state.has(Facts::ACCEPTED) { Facts::BOUND.or(Facts::ACCEPTED) } else { Facts::NONE };
    let mut settings = socket.settings();
    (settings.peer, settings.connected_at) = (None, None);
    socket.state.exchange(PAST.or(name), Facts::SPENT);
}

/// Makes a spent descriptor that keeps its local address ready to connect.
pub(crate) fn renew_in_place(socket: &Socket) -> sys::Result<()> {
    if !socket.state.take(Facts::SPENT) {
        return Ok(());
    }
    if let Some(overlap) = Socket::overlap_of(socket) {
        overlap.endpoint.renew(None);
    }
    let name = sys::socket::local_name(socket.fd())?;
    sys::socket::disconnect(socket.fd())?;
    // Linux has let go of a port that it had chosen itself; one that it has not is an invalid argument here.
    match sys::socket::bind(socket.fd(), &name) {
        Err(Errno::EINVAL) => Ok(()),
        result => result,
    }
}

fn copy_options(from: BorrowedFd<'_>, to: BorrowedFd<'_>) {
    for (level, name, bytes) in INHERITED {
        let mut value = [0; 16];
        // Options of the other family do not exist, and nothing is lost with them.
        if let Ok(count) = sys::option::get_bytes(from, level, name, &mut value[..bytes]) {
            let _ = sys::option::set_bytes(to, level, name, &value[..count]);
        }
    }
}
