//! `connect`: at once, or under way.

use std::time::{Duration, Instant};

use winsock_codes::errno::When;
use winsock_codes::{Call, Code};

use super::Socket;
use super::kind::Kind;
use super::state::Facts;
use crate::address::Address;
use crate::event::Occasion;
use crate::fault;
use crate::port;
use crate::sys::clock::Moment;
use crate::sys::{self, Errno, poll};
use crate::wait;
use crate::win32::{AF_UNSPEC, IPPROTO_UDP, SOCK_DGRAM};

/// Windows' own: three attempts, 3, 6 and 12 seconds apart.
const HANDSHAKE_PATIENCE: Duration = Duration::from_secs(21);
const HANDSHAKE_PAUSE: Duration = Duration::from_secs(1);

impl Socket {
    /// Connects a stream, or sets, changes or removes a datagram socket's peer.
    ///
    /// Docs: "connect function", Remarks and the table of codes.
    pub(crate) fn connect(&self, windows_address: &[u8]) -> Result<(), Code> {
        if self.kind.is_stream() {
            self.connect_stream(windows_address)
        } else {
            self.connect_datagram(windows_address)
        }
    }

    /// [`Socket::connect`] that gives up after a time.
    pub(crate) fn connect_within(&self, windows_address: &[u8], limit: Option<Duration>) -> Result<(), Code> {
        let nonblocking = self.state.has(Facts::NONBLOCKING);
        let Some(limit) = limit.filter(|_| self.kind.is_stream() && !nonblocking) else {
            return self.connect(windows_address);
        };
        self.set_nonblocking(true)?;
        let begun = self.connect_stream(windows_address);
        self.set_nonblocking(false)?;
        if begun != Err(Code::WSAEWOULDBLOCK) {
            return begun;
        }
        let question = poll::Question::new(self.fd(), poll::POLLOUT);
        match wait::ask_in_call(question, Some(limit)) {
            Ok(false) => return Err(Code::WSAETIMEDOUT),
            Err(wait::LEFT) => return Err(Code::WSAEINTR),
            _ => {}
        }
        self.check_closed()?;
        self.end_connect();
        if self.state.has(Facts::CONNECTED) {
            return Ok(());
        }
        Err(self.settings().connect_error.unwrap_or(Code::WSAECONNREFUSED))
    }

    fn connect_stream(&self, windows_address: &[u8]) -> Result<(), Code> {
        self.may_connect()?;
        let mut peer = Address::default();
        self.read_peer_into(windows_address, &mut peer)?;
        if peer.is_unspecified() || !self.kind.is_unix() && peer.port() == 0 {
            return Err(Code::WSAEADDRNOTAVAIL);
        }
        if self.state.has(Facts::CONNECT_FAILED) {
            self.state.clear(Facts::CONNECT_FAILED);
        }
        self.look(Occasion::Connecting);
        let nonblocking = self.state.has(Facts::NONBLOCKING);
        let waits_alertably = !nonblocking && wait::are_calls_expected();
        if waits_alertably {
            self.hold_nonblocking();
        }
        if !nonblocking {
            port::before_blocking();
        }
        let begun = self.attempt(&peer);
        if waits_alertably {
            self.release_nonblocking();
        }
        let result = match begun {
            Err(Errno::EINPROGRESS) if nonblocking => {
                let mut settings = self.settings();
                (settings.peer, settings.icmp_error) = (Some((&peer).into()), None);
                drop(settings);
                self.state.set(Facts::CONNECTING.or(Facts::BOUND));
                return Err(Code::WSAEWOULDBLOCK);
            }
            // Interrupted by a signal, or past SO_SNDTIMEO: Linux goes on connecting behind our back.
            Err(Errno::EINTR | Errno::EINPROGRESS | Errno::EALREADY) => self.wait_connected(),
            result => result,
        };
        let result = match result {
            Err(errno @ (Errno::EHOSTUNREACH | Errno::ENETUNREACH)) => match self.take_icmp_error() {
                Ok(()) => Err(Errno::EHOSTUNREACH),
                Err(()) if nonblocking => Err(errno),
                Err(()) => self.persist(&peer, errno),
            },
            Err(errno) => {
                self.settings().icmp_error = None;
                Err(errno)
            }
            Ok(()) => Ok(()),
        };
        self.check_closed()?;
        if result == Err(wait::LEFT) {
            return Err(Code::WSAEINTR);
        }
        if let Err(errno) = result {
            self.state.clear(Facts::CONNECTING);
            return Err(self.connect_fault(errno));
        }
        let mut settings = self.settings();
        settings.peer = Some((&peer).into());
        settings.connected_at = Some(Moment::now());
        (settings.connect_error, settings.icmp_error) = (None, None);
        self.state.exchange(Facts::CONNECTING, Facts::CONNECTED.or(Facts::BOUND));
        Ok(())
    }

    /// The code for a stream that cannot connect in its state.
    fn may_connect(&self) -> Result<(), Code> {
        if self.state.has(Facts::CONNECTING) {
            self.settle_connect();
        }
        let facts = self.state.facts();
        // Source: dlls/ws2_32/tests/sock.c, test_connect, test_AcceptEx and test_connecting_socket, for the last three.
        if facts.has(Facts::LISTENING)
            || facts.has(Facts::NO_CONTEXT)
            || facts.has(Facts::ACCEPTING)
            || facts.has(Facts::CONNECTING_EX)
        {
            return Err(Code::WSAEINVAL);
        }
        if facts.has(Facts::CONNECTING) {
            return Err(Code::WSAEALREADY);
        }
        if facts.has(Facts::CONNECTED) { Err(Code::WSAEISCONN) } else { Ok(()) }
    }

    pub(crate) fn read_peer(&self, windows_address: &[u8]) -> Result<Address, Code> {
        let mut peer = Address::default();
        self.read_peer_into(windows_address, &mut peer)?;
        Ok(peer)
    }

    fn read_peer_into(&self, windows_address: &[u8], peer: &mut Address) -> Result<(), Code> {
        // Docs: "connect function", WSAEFAULT: the length is judged by the socket's family.
        if windows_address.len() < self.kind.address_length() && !self.kind.is_unix() {
            return Err(Code::WSAEFAULT);
        }
        peer.assign_windows(windows_address)?;
        if peer.family() == self.kind.family { Ok(()) } else { Err(Code::WSAEAFNOSUPPORT) }
    }

    pub(crate) fn connect_fault(&self, errno: Errno) -> Code {
        match errno {
            // Linux: the program's own local name and this peer are a connection already.
            Errno::EADDRNOTAVAIL if self.settings().has_name() => Code::WSAEADDRINUSE,
            errno => fault::code(errno, Call::connect, When::Any),
        }
    }

    /// One attempt. The first after a failed one may only tell that it failed, although its error was taken already.
    pub(crate) fn attempt(&self, peer: &Address) -> sys::Result<()> {
        match sys::socket::connect(self.fd(), peer) {
            Err(Errno::ECONNABORTED) => sys::socket::connect(self.fd(), peer),
            result => result,
        }
    }

    /// "Unreachable" ended a blocking connect. Without a route that is the end on Windows too. If a router said so while
    /// the handshake went on, it is a hint to Windows, which keeps trying until its time is over.
    ///
    /// Source: RFC 1122, 4.2.3.9; `TCP_FAIL_CONNECT_ON_ICMP_ERROR` is off by default.
    fn persist(&self, peer: &Address, errno: Errno) -> sys::Result<()> {
        let probe = Kind { kind: SOCK_DGRAM, protocol: IPPROTO_UDP, ..self.kind };
        if Socket::open(probe).and_then(|probe| probe.route_to(peer)).is_err() {
            return Err(errno);
        }
        let give_up = Instant::now() + HANDSHAKE_PATIENCE;
        while Instant::now() < give_up && !self.state.has(Facts::CLOSED) {
            port::before_blocking();
            std::thread::sleep(HANDSHAKE_PAUSE);
            self.hold_nonblocking();
            let begun = self.attempt(peer);
            self.release_nonblocking();
            let ended = match begun {
                Err(Errno::EINPROGRESS | Errno::EALREADY) => self.wait_connected_until(give_up),
                result => result,
            };
            match ended {
                Err(Errno::EHOSTUNREACH | Errno::ENETUNREACH) => {}
                result => return result,
            }
        }
        Err(Errno::ETIMEDOUT)
    }

    /// Remembers what ICMP said of the handshake, if the program wants it to end a connect.
    ///
    /// Docs: "IPPROTO_TCP Socket Options", `TCP_FAIL_CONNECT_ON_ICMP_ERROR`.
    fn take_icmp_error(&self) -> Result<(), ()> {
        let mut settings = self.settings();
        settings.icmp_error = None;
        if !settings.options.fail_connect_on_icmp {
            return Err(());
        }
        settings.icmp_error = sys::error_queue::take_icmp(self.fd()).map(Box::new);
        settings.icmp_error.as_ref().map(drop).ok_or(())
    }

    fn wait_connected_until(&self, give_up: Instant) -> sys::Result<()> {
        let question = poll::Question::new(self.fd(), poll::POLLOUT);
        let left = give_up.saturating_duration_since(Instant::now());
        if !wait::ask_in_call(question, Some(left))? {
            return Err(Errno::ETIMEDOUT);
        }
        self.attempt_ended()
    }

    /// How an attempt ended. Without error and without peer it is one whose error was taken before: try again.
    fn attempt_ended(&self) -> sys::Result<()> {
        match sys::option::take_error(self.fd()) {
            Some(errno) => Err(errno),
            None => sys::socket::peer_name(self.fd()).map(drop).map_err(|_| Errno::EHOSTUNREACH),
        }
    }

    fn wait_connected(&self) -> sys::Result<()> {
        wait::ask_in_call(poll::Question::new(self.fd(), poll::POLLOUT), None)?;
        sys::option::take_error(self.fd()).map_or(Ok(()), Err)
    }

    /// Why the last connect failed.
    pub(crate) fn connect_error(&self) -> Option<Code> {
        self.settings().connect_error
    }

    /// A connect that was under way has failed.
    pub(crate) fn set_connect_error(&self, code: Code) {
        self.settings().connect_error = Some(code);
        self.state.set(Facts::CONNECT_FAILED);
    }

    /// Another connect begins: how the last one failed does not count any more.
    pub(crate) fn forget_connect_error(&self) {
        self.settings().connect_error = None;
        self.state.clear(Facts::CONNECT_FAILED);
    }

    /// Looks whether a connect under way has come to its end, and remembers which.
    pub(crate) fn settle_connect(&self) {
        let answer = poll::now(self.fd(), poll::POLLOUT);
        if answer != 0 {
            self.end_connect();
        }
    }

    /// A connect under way has ended: asks Linux how.
    pub(crate) fn end_connect(&self) {
        let mut settings = self.settings();
        if !self.state.has(Facts::CONNECTING) {
            return; // Another thread was faster.
        }
        match sys::option::take_error(self.fd()) {
            None => {
                settings.connected_at = Some(Moment::now());
                settings.connect_error = None;
                self.state.set(Facts::CONNECTED);
            }
            Some(errno) => {
                if settings.options.fail_connect_on_icmp {
                    settings.icmp_error = sys::error_queue::take_icmp(self.fd()).map(Box::new);
                }
                let errno = settings.icmp_error.as_ref().map_or(errno, |_| Errno::EHOSTUNREACH);
                settings.connect_error = Some(fault::code(errno, Call::connect, When::Any));
                self.state.set(Facts::CONNECT_FAILED);
            }
        }
        self.state.clear(Facts::CONNECTING);
    }

    /// Docs: "connect function": a datagram socket may connect again; an all-zero address removes the peer.
    fn connect_datagram(&self, windows_address: &[u8]) -> Result<(), Code> {
        let family = windows_address.first_chunk::<2>().ok_or(Code::WSAEFAULT)?;
        if i32::from(u16::from_ne_bytes(*family)) == AF_UNSPEC {
            return self.forget_peer();
        }
        let peer = self.read_peer(windows_address)?;
        if peer.is_unspecified() && peer.port() == 0 {
            return self.forget_peer();
        }
        if peer.is_unspecified() {
            return Err(Code::WSAEADDRNOTAVAIL);
        }
        self.look(Occasion::Connecting);
        if !self.state.has(Facts::BOUND) {
            self.hear_of_icmp();
        }
        loop {
            match sys::socket::connect(self.fd(), &peer) {
                Ok(()) => break,
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(fault::code(errno, Call::connect, When::Datagram)),
            }
        }
        self.state.set(Facts::CONNECTED.or(Facts::BOUND));
        // Linux has asked for the permission just now.
        self.state.clear(Facts::BROADCAST_WITHDRAWN);
        Ok(())
    }

    /// The local address of the route to an address. Sends nothing.
    pub(crate) fn route_to(&self, remote: &Address) -> Result<Address, Code> {
        sys::socket::connect(self.fd(), remote).map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        let mut local = sys::socket::local_name(self.fd()).map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        local.set_port(0);
        Ok(local)
    }

    fn forget_peer(&self) -> Result<(), Code> {
        sys::socket::disconnect(self.fd()).map_err(|errno| fault::plain(errno, Call::connect))?;
        self.state.clear(Facts::CONNECTED.or(Facts::BROADCAST_WITHDRAWN));
        Ok(())
    }
}
