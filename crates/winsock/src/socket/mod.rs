//! The socket object: one file per verb.
//!
//! A socket is a Linux descriptor, what never changes ([`Kind`]), what every call asks ([`state`]), and what few calls
//! ask ([`Settings`], under a lock).
//!
//! The descriptor's own blocking mode follows `FIONBIO`, because `accept` and `connect` have no per-call flag;
//! transfers say their mode by flag all the same.

pub(crate) mod accept;
mod bind;
mod capture;
mod close;
mod connect;
pub(crate) mod context;
pub(crate) mod control;
pub(crate) mod duplicate;
pub(crate) mod fresh;
pub(crate) mod kind;
mod listen;
pub(crate) mod listening;
mod name;
pub(crate) mod options;
pub(crate) mod overlap;
mod receive;
pub(crate) mod reuse;
mod scatter;
mod send;
mod shutdown;
pub(crate) mod state;
mod turn;

use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use winsock_codes::{Call, Code};

use crate::address::{Address, KeptAddress};
use crate::afd::Polls;
use crate::event::Watch;
use crate::fault;
use crate::sys;
use crate::sys::clock::Moment;
use crate::sys::descriptor::Descriptor;
use crate::sys::error_queue::IcmpError;
use crate::win32::{AF_INET, IPPROTO_ICMP, SOCK_RAW};
use kind::Kind;
use options::OwnOptions;
use overlap::Overlap;
use reuse::Claim;
use state::{Facts, State};

/// One socket. What every transfer looks at stands first.
#[repr(C)]
pub(crate) struct Socket {
    /// The socket's endpoint has a share, which it lets go of when the socket is closed. `AcceptEx` may exchange it.
    fd: Descriptor,
    pub(crate) kind: Kind,
    pub(crate) state: State,
    /// How many numbers this socket has: one, and one for each duplicate.
    numbers: AtomicU32,
    /// Notification modes that were set before the socket was tied to a port.
    early_modes: AtomicU8,
    /// Made with `WSA_FLAG_REGISTERED_IO`, or accepted by one that was.
    pub(crate) is_registered: AtomicBool,
    /// What overlapped calls need; most sockets have none.
    overlap: OnceLock<Overlap>,
    /// Who looks at the socket from beside its calls; at most sockets nobody does.
    onlookers: OnceLock<Box<Onlookers>>,
    settings: Mutex<Settings>,
}

/// Who looks at a socket.
#[derive(Default)]
pub(crate) struct Onlookers {
    /// What `WSAEventSelect` needs.
    pub(crate) watch: OnceLock<Watch>,
    /// Polls through `\Device\Afd`.
    pub(crate) polls: Polls,
}

/// What few calls ask.
#[derive(Default)]
pub(crate) struct Settings {
    /// Options that Linux does not keep, or keeps otherwise.
    pub(crate) options: OwnOptions,
    /// Why the last connect failed, for `SO_ERROR`; Linux forgets it when told.
    connect_error: Option<Code>,
    /// How many calls need a descriptor that does not block, whatever the program asked for.
    nonblocking_holds: u32,
    /// What ICMP said of the last connect, for `TCP_ICMP_ERROR_INFO`.
    icmp_error: Option<Box<IcmpError>>,
    /// A stream's peer. Linux forgets it when the connection has ended, Windows does not.
    pub(crate) peer: Option<KeptAddress>,
    /// When the connection was made, for `SO_CONNECT_TIME`.
    pub(crate) connected_at: Option<Moment>,
    /// Connections that a condition function put off, oldest first.
    #[allow(clippy::box_collection, reason = "nearly every socket does without, and there may be many")]
    deferred: Option<Box<VecDeque<Connection>>>,
    /// The local name as other sockets of this process must respect it.
    claim: Option<Box<Claim>>,
    /// The listener whose `AcceptEx` into this socket is under way, and its OVERLAPPED.
    accepted_by: Option<(Weak<Socket>, usize)>,
    /// There while the socket receives all packets.
    captured: Option<Box<capture::Captured>>,
}

/// A connection taken from Linux, not yet a socket.
pub(crate) type Connection = (OwnedFd, Address);

impl Settings {
    /// Whether the program itself bound the socket.
    fn has_name(&self) -> bool {
        self.claim.is_some()
    }
}

impl Socket {
    /// A new socket of this kind.
    pub(crate) fn open(kind: Kind) -> Result<Arc<Socket>, Code> {
        if let Some(fd) = fresh::take(kind) {
            return Ok(Socket::from_fd(fd, kind, Facts::NONE, Settings::default()));
        }
        let create = || sys::socket::create(kind.linux_family(), kind.linux_type(), kind.linux_protocol());
        let fd = fresh::with_room(create).map_err(|errno| fault::plain(errno, Call::socket))?;
        let socket = Socket::from_fd(fd, kind, Facts::NONE, Settings::default());
        socket.prepare().map_err(|errno| fault::plain(errno, Call::socket))?;
        Ok(socket)
    }

    /// Shared from the start: the object is large to move about.
    #[inline(always)]
    fn from_fd(fd: OwnedFd, kind: Kind, facts: Facts, settings: Settings) -> Arc<Socket> {
        Arc::new(Socket {
            fd: fd.into(),
            kind,
            state: State::new(if kind.is_stream() { facts.or(Facts::STREAM) } else { facts }),
            numbers: AtomicU32::new(1),
            early_modes: AtomicU8::new(0),
            is_registered: AtomicBool::new(false),
            overlap: OnceLock::new(),
            onlookers: OnceLock::new(),
            settings: Mutex::new(settings),
        })
    }

    /// Sets what Windows has by default and Linux has not.
    fn prepare(&self) -> sys::Result<()> {
        let fd = self.fd();
        // A raw socket never receives the other family.
        if self.kind.is_inet6() && self.kind.kind != SOCK_RAW {
            sys::option::set(fd, libc::SOL_IPV6, libc::IPV6_V6ONLY, 1)?;
        }
        if (self.kind.kind, self.kind.family, self.kind.protocol) == (SOCK_RAW, AF_INET, IPPROTO_ICMP) {
            // What the system answers itself is not shown. Source: test_icmp of dlls/ws2_32/tests/sock.c, checked on Windows:
            // a program that pings itself receives the replies only.
            const SOL_RAW: i32 = 255;
            const ICMP_FILTER: i32 = 1;
            const ANSWERED: u32 = 1 << 8 | 1 << 13 | 1 << 17; // Requests for an echo, the time, the mask.
            sys::option::set_bytes(fd, SOL_RAW, ICMP_FILTER, &ANSWERED.to_ne_bytes())?;
        }
        if self.kind.is_any_raw() {
            // Linux' nearest kind begins with headers that the program writes.
            sys::option::set(fd, libc::SOL_IP, libc::IP_HDRINCL, 0)?;
        }
        Ok(())
    }

    /// Lets Linux tell ICMP errors to a datagram socket without a peer too. Asked for before the first datagram can leave,
    /// and not when the socket is made: of those that send none it would be a third of the cost.
    pub(crate) fn hear_of_icmp(&self) {
        if self.kind.is_stream() {
            return;
        }
        let (level, name) = match self.kind.is_inet6() {
            true => (libc::SOL_IPV6, libc::IPV6_RECVERR),
            false => (libc::SOL_IP, libc::IP_RECVERR),
        };
        // Fails on no socket of these families.
        let _ = sys::option::set(self.fd(), level, name, 1);
    }

    #[inline]
    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// Who looks at it, if somebody does.
    #[inline]
    pub(crate) fn onlookers_there(&self) -> Option<&Onlookers> {
        self.onlookers.get().map(|onlookers| &**onlookers)
    }

    /// Who looks at it, from now on if nobody did.
    pub(crate) fn onlookers(&self) -> &Onlookers {
        self.onlookers.get_or_init(Box::default)
    }

    /// What `WSAEventSelect` has made.
    #[inline]
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.onlookers_there()?.watch.get()
    }

    pub(crate) fn settings(&self) -> MutexGuard<'_, Settings> {
        // Settings are plain values; none is left half changed.
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a call that Linux ended early says if another thread closed the socket meanwhile.
    fn check_closed(&self) -> Result<(), Code> {
        // Docs: "closesocket function": blocking calls of other threads are cancelled.
        if self.state.has(Facts::CLOSED) { Err(Code::WSAEINTR) } else { Ok(()) }
    }
}

// One of each for every connection. Either is in shared memory behind two words, and in the heap behind one.
#[cfg(all(not(feature = "model"), target_pointer_width = "64"))]
const _: () = assert!(size_of::<Socket>() <= 232 && size_of::<crate::driver::Endpoint>() <= 320);

const _: () = assert!(std::mem::offset_of!(Socket, onlookers) <= crate::driver::SOCKET_BYTES);
