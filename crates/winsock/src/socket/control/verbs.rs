//! What control codes do: of `ioctlsocket`, and of `WSAIoctl` where it takes no file of its own.

use winsock_codes::{Call, Code};

use crate::address::Address;
use crate::fault;
use crate::socket::Socket;
use crate::socket::kind::Kind;
use crate::socket::options::Offered;
use crate::socket::state::Facts;
use crate::sys::{self, Errno};
use crate::win32::*;

impl Socket {
    /// Docs: "Winsock IOCTLs", FIONBIO; "WSAEventSelect function": refused while network events are selected.
    pub(crate) fn set_nonblocking(&self, nonblocking: bool) -> Result<(), Code> {
        if !nonblocking && self.state.has(Facts::SELECTS_EVENTS) {
            return Err(Code::WSAEINVAL);
        }
        self.make_nonblocking(nonblocking)
    }

    pub(crate) fn make_nonblocking(&self, nonblocking: bool) -> Result<(), Code> {
        // Whoever changes the mode holds the lock: the descriptor is as the facts say, in every moment that counts.
        let settings = self.settings();
        sys::control::set_nonblocking(self.fd(), nonblocking || settings.nonblocking_holds > 0)
            .map_err(|errno| fault::plain(errno, Call::ioctlsocket))?;
        self.state.put(Facts::NONBLOCKING, nonblocking);
        Ok(())
    }

    /// Keeps the descriptor from blocking, for calls that have no flag for that, until as many calls of
    /// [`Socket::release_nonblocking`] have given it back. The program's own blocking calls see "would block" and wait.
    pub(crate) fn hold_nonblocking(&self) {
        let mut settings = self.settings();
        settings.nonblocking_holds += 1;
        if settings.nonblocking_holds == 1 {
            self.state.set(Facts::HELD_NONBLOCKING);
            // FIONBIO does not fail on a socket.
            let _ = sys::control::set_nonblocking(self.fd(), true);
        }
    }

    /// The last one gives the descriptor the mode back that the program asked for.
    pub(crate) fn release_nonblocking(&self) {
        let mut settings = self.settings();
        settings.nonblocking_holds -= 1;
        if settings.nonblocking_holds == 0 {
            self.state.clear(Facts::HELD_NONBLOCKING);
            if !self.state.has(Facts::NONBLOCKING) {
                let _ = sys::control::set_nonblocking(self.fd(), false);
            }
        }
    }

    /// [`Socket::hold_nonblocking`] of a listener, which keeps it: each accept would change the mode twice.
    pub(crate) fn keep_nonblocking(&self) {
        if !self.state.has(Facts::HELD_NONBLOCKING) {
            self.hold_nonblocking();
        }
    }

    /// Docs: "Winsock IOCTLs", FIONREAD.
    pub(crate) fn readable_bytes(&self) -> Result<u32, Code> {
        if self.state.has(Facts::LISTENING) {
            return Ok(0); // Linux refuses.
        }
        self.settle_receives();
        sys::control::readable_bytes(self.fd()).map_err(|errno| fault::plain(errno, Call::ioctlsocket))
    }

    /// Docs: "Winsock IOCTLs", SIOCATMARK: true if no urgent data is left to read, or, with `SO_OOBINLINE`, the next byte is
    /// urgent. Linux answers for the mark only.
    pub(crate) fn no_urgent_data(&self) -> Result<bool, Code> {
        if !self.kind.is_stream() {
            return Err(Code::WSAEINVAL);
        }
        let urgent = sys::poll::now(self.fd(), sys::poll::POLLPRI) & sys::poll::POLLPRI != 0;
        if !self.state.has(Facts::URGENT_INLINE) || !urgent {
            return Ok(!urgent);
        }
        sys::control::at_mark(self.fd()).map_err(|errno| fault::plain(errno, Call::ioctlsocket))
    }

    /// Whether the next byte is an urgent one that a receive with `MSG_OOB` has taken.
    pub(crate) fn is_urgent_byte_taken(&self) -> bool {
        let flags = sys::socket::MSG_OOB | sys::socket::MSG_PEEK | sys::socket::MSG_DONTWAIT;
        !self.state.has(Facts::URGENT_INLINE)
            && sys::control::at_mark(self.fd()) == Ok(true)
            && sys::socket::recv(self.fd(), &mut [0], flags) == Err(Errno::EINVAL)
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
        self.state.set(Facts::OPTIONS_SET);
        for (level, name, value) in settings {
            sys::option::set(self.fd(), level, name, value).map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        }
        Ok(())
    }

    /// `SIO_UDP_NETRESET`: whether a datagram whose time to live ran out makes a later receive fail.
    pub(super) fn report_time_exceeded(&self, on: bool) -> Result<(), Code> {
        if !self.kind.is_udp() {
            return Err(Code::WSAEINVAL);
        }
        self.settings().options.no_time_exceeded = !on;
        Ok(())
    }

    /// The local address that the route to a remote one uses.
    ///
    /// Docs: "Winsock IOCTLs", SIO_ROUTING_INTERFACE_QUERY.
    pub(super) fn routing_interface(&self, remote: &[u8]) -> Result<Address, Code> {
        if remote.len() < self.kind.address_length() {
            return Err(Code::WSAEINVAL);
        }
        let remote = Address::from_windows(remote)?;
        if remote.family() != self.kind.family {
            return Err(Code::WSAEAFNOSUPPORT);
        }
        if remote.is_unspecified() {
            return Err(Code::WSAEINVAL);
        }
        Socket::open(Kind::find(self.kind.family, SOCK_DGRAM, 0)?)?.route_to(&remote)
    }

    pub(super) fn set_multicast_loop(&self, on: bool) -> Result<(), Code> {
        self.set_option_of_family(IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP, &u32::from(on).to_ne_bytes())
    }

    pub(super) fn set_multicast_scope(&self, routers: u32) -> Result<(), Code> {
        self.set_option_of_family(IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS, &routers.to_ne_bytes())
    }

    /// Sets an option that has a number of its own on each IP level.
    pub(super) fn set_option_of_family(&self, v4: i32, v6: i32, value: &[u8]) -> Result<(), Code> {
        let (level, name) = if self.kind.is_inet6() { (IPPROTO_IPV6, v6) } else { (IPPROTO_IP, v4) };
        let value = value.get(..4).ok_or(Code::WSAEFAULT)?;
        self.set_option(level, name, Offered::from(value)).map_err(|code| match code {
            // Docs: "WSAIoctl function", WSAENOPROTOOPT: not supported on this protocol.
            Code::WSAEINVAL if self.kind.is_stream() => Code::WSAENOPROTOOPT,
            code => code,
        })
    }

    /// Docs: "AF_UNIX comes to Windows", SIO_AF_UNIX_GETPEERPID.
    pub(super) fn peer_process(&self) -> Result<u32, Code> {
        if !self.kind.is_unix() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        if !self.state.has(Facts::CONNECTED) {
            return Err(Code::WSAENOTCONN);
        }
        // The head of `ucred`.
        let mut process = [0; 12];
        sys::option::get_bytes(self.fd(), libc::SOL_SOCKET, libc::SO_PEERCRED, &mut process)
            .map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        Ok(u32::from_ne_bytes([process[0], process[1], process[2], process[3]]))
    }

    /// `SOCKET_PROCESSOR_AFFINITY`: group, number and a gap, NUMA node, a gap. Linux knows the processor that received
    /// last.
    ///
    /// Docs: "SIO_QUERY_RSS_PROCESSOR_INFO control code".
    pub(super) fn processor(&self) -> Result<[u8; 8], Code> {
        let processor = sys::option::get(self.fd(), libc::SOL_SOCKET, libc::SO_INCOMING_CPU)
            .map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        // Windows groups 64 processors.
        let processor = processor.max(0) as u16;
        let [low, high] = (processor / 64).to_ne_bytes();
        Ok([low, high, (processor % 64) as u8, 0, 0, 0, 0, 0])
    }

    pub(crate) fn is_nonblocking(&self) -> bool {
        self.state.has(Facts::NONBLOCKING)
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use std::os::fd::AsRawFd;

    use super::*;

    fn is_nonblocking(socket: &Socket) -> bool {
        let told = std::fs::read_to_string(format!("/proc/self/fdinfo/{}", socket.fd().as_raw_fd())).unwrap();
        let flags = told.lines().find_map(|line| line.strip_prefix("flags:")).unwrap().trim();
        i32::from_str_radix(flags, 8).unwrap() & libc::O_NONBLOCK != 0
    }

    #[test]
    fn a_descriptor_that_any_call_holds_does_not_block() {
        let socket = Socket::open(Kind { family: AF_INET, kind: SOCK_DGRAM, protocol: IPPROTO_UDP }).unwrap();
        socket.hold_nonblocking();
        socket.hold_nonblocking();
        socket.release_nonblocking();
        assert!(is_nonblocking(&socket));
        socket.set_nonblocking(false).unwrap();
        assert!(is_nonblocking(&socket));
        socket.release_nonblocking();
        assert!(!is_nonblocking(&socket));
        socket.hold_nonblocking();
        socket.set_nonblocking(true).unwrap();
        socket.release_nonblocking();
        assert!(is_nonblocking(&socket));
    }
}
