//! `bind`.

use std::net::{Ipv4Addr, SocketAddr};

use winsock_codes::{Call, Code};

use super::Socket;
use super::reuse::{self, Request};
use super::state::Facts;
use crate::address::Address;
use crate::fault;
use crate::names;
use crate::sys::{self, Errno};

impl Socket {
    /// Gives the socket its local name, once.
    ///
    /// Docs: "bind function"; "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE".
    pub(crate) fn bind(&self, windows_address: &[u8]) -> Result<(), Code> {
        let address = self.read_local(windows_address)?;
        // Held throughout, so that two threads cannot both find the socket unbound.
        let mut settings = self.settings();
        if self.state.has(Facts::BOUND) {
            return Err(Code::WSAEINVAL);
        }
        if self.kind.is_unix() {
            self.bind_linux(&address)?;
        } else {
            self.refuse_many(&address)?;
            let request = Request::new(self.kind, &address, &settings.options);
            let mut reservation = reuse::reserve(&request)?;
            self.state.set(Facts::BIND_TRIED);
            if self.kind.is_tcp() {
                // Servers restart: on Windows the connections of the last run do not hold the port.
                let _ = sys::option::set(self.fd(), libc::SOL_SOCKET, libc::SO_REUSEADDR, 1);
            } else if settings.options.reuse_address || settings.options.reuse_multicast_port {
                let _ = sys::option::set(self.fd(), libc::SOL_SOCKET, libc::SO_REUSEADDR, 1);
            }
            if reservation.shares_port() {
                reservation.let_linux_share(self.fd());
            }
            self.hear_of_icmp();
            self.bind_linux(&address)?;
            let port = sys::socket::local_name(self.fd()).map_or(0, |name| name.port());
            settings.claim = Some(Box::new(reservation.complete(port, self.fd())));
        }
        self.state.set(Facts::BOUND);
        Ok(())
    }

    fn read_local(&self, windows_address: &[u8]) -> Result<Address, Code> {
        if !self.kind.is_unix() && windows_address.len() < self.kind.address_length() {
            return Err(Code::WSAEFAULT);
        }
        let address = Address::from_windows(windows_address)?;
        if address.family() == self.kind.family { with_scope(address) } else { Err(Code::WSAEAFNOSUPPORT) }
    }

    /// Addresses of several computers, which Linux takes as names of sockets.
    ///
    /// Docs: "bind function", WSAEADDRNOTAVAIL: it is no address of this computer; WSAEACCES: a datagram socket and the
    /// broadcast address, without `SO_BROADCAST`.
    fn refuse_many(&self, address: &Address) -> Result<(), Code> {
        let Some(ip) = address.to_socket_addr().map(|at| at.ip()) else { return Ok(()) };
        if ip.is_multicast() {
            return Err(Code::WSAEADDRNOTAVAIL);
        }
        if ip != Ipv4Addr::BROADCAST {
            return Ok(());
        }
        match self.kind.is_udp() {
            true if sys::option::get(self.fd(), libc::SOL_SOCKET, libc::SO_BROADCAST) == Ok(0) => Err(Code::WSAEACCES),
            true => Ok(()),
            false => Err(Code::WSAEADDRNOTAVAIL),
        }
    }

    fn bind_linux(&self, address: &Address) -> Result<(), Code> {
        sys::socket::bind(self.fd(), address).map_err(|errno| match errno {
            // Linux: the socket got a name meanwhile, by a call that gives one.
            Errno::EINVAL if self.state.has(Facts::BOUND) => Code::WSAEINVAL,
            // Docs: "bind function", WSAENOBUFS: no port is left to choose.
            Errno::EADDRINUSE if address.port() == 0 => Code::WSAENOBUFS,
            errno => fault::plain(errno, Call::bind),
        })
    }
}

/// The interface of an IPv6 address: found for one that needs it, and judged for one that does not, which Linux would pass
/// over. Source: test_bind of dlls/ws2_32/tests/sock.c, checked on Windows.
fn with_scope(address: Address) -> Result<Address, Code> {
    let Some(SocketAddr::V6(mut v6)) = address.to_socket_addr() else { return Ok(address) };
    let (ip, scope) = (*v6.ip(), v6.scope_id());
    if ip.is_unicast_link_local() && scope == 0 {
        v6.set_scope_id(names::scope_of(ip));
        return Ok(SocketAddr::V6(v6).into());
    }
    let needs_none = !ip.is_unicast_link_local() && !ip.is_multicast() && !ip.is_unspecified();
    if scope != 0 && needs_none && !names::is_on(scope, ip) { Err(Code::WSAEADDRNOTAVAIL) } else { Ok(address) }
}
