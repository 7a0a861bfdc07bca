//! `WSADuplicateSocket`: one socket, two numbers, perhaps in two processes; and `WSAJoinLeaf`.
//!
//! Within a process both numbers name one object. For another process a copy of the descriptor waits here, and the other
//! fetches it; it has the state of that moment, and options that Linux keeps.

use std::collections::BTreeMap;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use winsock_codes::{Call, Code};

use super::kind::Kind;
use super::state::Facts;
use super::{Settings, Socket};
use crate::address::Address;
use crate::fault;
use crate::sys;
use crate::win32::{AF_INET, IP_ADD_MEMBERSHIP, IPPROTO_IP, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP};

/// What one process must tell another for it to make the socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The process that has the socket.
    pub owner: u32,
    /// What the owner calls it.
    pub number: u32,
    /// What the socket has been through.
    pub facts: u32,
    /// `AF_`
    pub family: i32,
    /// `SOCK_`
    pub kind: i32,
    /// `IPPROTO_`
    pub protocol: i32,
}

/// What waits to be fetched.
static WAITING: Mutex<Waiting> = Mutex::new(Waiting { here: BTreeMap::new(), elsewhere: Vec::new(), next: 0 });

struct Waiting {
    /// Sockets for this process.
    here: BTreeMap<u32, Arc<Socket>>,
    /// Copies of descriptors for others. Nobody tells when they are fetched, so they stay.
    elsewhere: Vec<OwnedFd>,
    next: u32,
}

impl Duplicate {
    pub(crate) fn of(socket: Arc<Socket>, process: u32) -> Result<Duplicate, Code> {
        if !sys::process::exists(process) {
            return Err(Code::WSAEINVAL);
        }
        let Kind { family, kind, protocol } = socket.kind;
        let facts = socket.state.facts().bits();
        let owner = std::process::id();
        let number = if process == owner { keep(socket)? } else { offer(&socket, process)? };
        Ok(Duplicate { owner, number, facts, family, kind, protocol })
    }

    pub(crate) fn adopt(&self) -> Result<Arc<Socket>, Code> {
        if self.owner == std::process::id() {
            return waiting().here.remove(&self.number).ok_or(Code::WSAEINVAL);
        }
        let fd = sys::process::fetch_descriptor(self.owner, self.number).map_err(|_| Code::WSAEINVAL)?;
        let kind = Kind::find(self.family, self.kind, self.protocol)?;
        let facts = Facts::from_bits(self.facts);
        let peer = sys::socket::peer_name(fd.as_fd()).ok().as_ref().map(Into::into);
        Ok(Socket::from_fd(fd, kind, facts, Settings { peer, ..Settings::default() }))
    }
}

fn keep(socket: Arc<Socket>) -> Result<u32, Code> {
    if !socket.add_number() {
        return Err(Code::WSAENOTSOCK);
    }
    let mut waiting = waiting();
    waiting.next += 1;
    let number = waiting.next;
    waiting.here.insert(number, socket);
    Ok(number)
}

fn offer(socket: &Socket, process: u32) -> Result<u32, Code> {
    let copy = socket.fd().try_clone_to_owned().map_err(|_| Code::WSAEMFILE)?;
    sys::process::allow_to_fetch(process);
    let number = copy.as_raw_fd().cast_unsigned();
    waiting().elsewhere.push(copy);
    Ok(number)
}

fn waiting() -> MutexGuard<'static, Waiting> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Socket {
    /// Counts one more number of the socket; false if it has none any more, because it was closed meanwhile.
    pub(crate) fn add_number(&self) -> bool {
        let more = |numbers: u32| (numbers > 0).then_some(numbers + 1);
        self.numbers.fetch_update(Ordering::AcqRel, Ordering::Relaxed, more).is_ok()
    }

    /// Marks a datagram socket as one for `WSAJoinLeaf`.
    pub(crate) fn make_leaf(&self) -> Result<(), Code> {
        if self.kind.is_stream() {
            return Err(Code::WSAEINVAL);
        }
        self.state.set(Facts::LEAF);
        Ok(())
    }

    /// Docs: "WSAJoinLeaf function", for IP multicast.
    pub(crate) fn join_leaf(&self, windows_address: &[u8]) -> Result<(), Code> {
        let group = self.read_peer(windows_address)?;
        if !self.state.has(Facts::LEAF) {
            return Err(Code::WSAEINVAL);
        }
        let group = group.to_socket_addr().ok_or(Code::WSAEAFNOSUPPORT)?.ip();
        if !group.is_multicast() {
            return Err(Code::WSAEADDRNOTAVAIL);
        }
        let joined = match group {
            std::net::IpAddr::V4(v4) => {
                let mut request = [0; 8];
                request[..4].copy_from_slice(&v4.octets());
                request[4..].copy_from_slice(&self.interface_octets());
                self.set_option(IPPROTO_IP, IP_ADD_MEMBERSHIP, request[..].into())
            }
            std::net::IpAddr::V6(v6) => {
                let mut request = [0; 20];
                request[..16].copy_from_slice(&v6.octets());
                self.set_option(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, request[..].into())
            }
        };
        joined.map_err(|code| match code {
            Code::WSAEADDRINUSE => Code::WSAEISCONN,
            // No interface was named, so what Linux misses is a way to the group.
            Code::WSAEADDRNOTAVAIL if self.interface_octets() == [0; 4] => Code::WSAENETUNREACH,
            code => code,
        })
    }

    /// The interface that the socket is bound to; zeros let the system choose.
    fn interface_octets(&self) -> [u8; 4] {
        let name = sys::socket::local_name(self.fd()).map_err(|errno| fault::plain(errno, Call::getsockname));
        let ip = name.ok().filter(|name| name.family() == AF_INET).as_ref().and_then(Address::to_socket_addr);
        match ip.map(|address| address.ip()) {
            Some(std::net::IpAddr::V4(v4)) => v4.octets(),
            _ => [0; 4],
        }
    }
}
