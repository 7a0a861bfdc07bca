//! [`Told`]: what a request tells beside the data.

use std::sync::Arc;

use winsock_codes::Code;

use super::{Parts, RequestQueue, Slice};
use crate::address::{Address, INET6_LENGTH};
use crate::extension::control;
use crate::overlapped::Part;
use crate::socket::Socket;
use crate::sys;

/// `RIO_CMSG_BASE_SIZE`: a `RIO_CMSG_BUFFER`, in bytes, before its messages. It is their length in all, with its own.
const CONTROL_HEAD: usize = 8;

/// Where `RIOReceiveEx` tells addresses, control data and flags.
pub(crate) struct Told {
    local: Option<Part>,
    remote: Option<Part>,
    control: Option<Part>,
    flags: Option<Part>,
    /// The socket's own name, for the local address: with the address that a datagram was sent to, if that is told.
    name: Address,
}

impl Told {
    /// `None` if nothing shall be told. Docs: "LPFN_RIORECEIVEEX callback function": an address' room is that of a
    /// `SOCKADDR_INET`.
    pub(super) fn of(parts: &Parts) -> Result<Option<Told>, Code> {
        if (parts.local, parts.remote, parts.control, parts.flags) == (None, None, None, None) {
            return Ok(None);
        }
        let part = |slice: Option<Slice>, least: usize| match slice.map(Slice::part).transpose()? {
            Some(part) if part.bytes() < least => Err(Code::WSAEINVAL),
            part => Ok(part),
        };
        Ok(Some(Told {
            local: part(parts.local, INET6_LENGTH)?,
            remote: part(parts.remote, INET6_LENGTH)?,
            control: part(parts.control, CONTROL_HEAD)?,
            flags: part(parts.flags, size_of::<u32>())?,
            name: Address::default(),
        }))
    }

    /// Sees to it that the local address can be told of a datagram. The first request that asks for it makes the socket's
    /// name and Linux' telling of destinations ready for all.
    pub(super) fn expect_destination(&mut self, socket: &Socket, queue: &RequestQueue) {
        if self.local.is_none() {
            return;
        }
        self.name = *queue.local.get_or_init(|| {
            let name = sys::socket::local_name(socket.fd()).unwrap_or_default();
            if name.is_unspecified() {
                socket.hear_of_destinations();
            }
            name
        });
    }

    /// A connection's addresses are known beforehand, and there is nothing else to tell of it.
    pub(super) fn tell_of_connection(&self, socket: &Arc<Socket>) {
        let name = |part: Option<Part>, name: sys::Result<Address>| {
            if let (Some(part), Ok(name)) = (part, name) {
                write_address(part, &name);
            }
        };
        name(self.local, sys::socket::local_name(socket.fd()));
        name(self.remote, sys::socket::peer_name(socket.fd()));
        self.write_control(&[]);
        self.write_flags(0);
    }

    /// Bytes of room for control messages.
    pub(crate) fn control_room(&self) -> usize {
        self.control.map_or(0, |part| part.bytes() - CONTROL_HEAD)
    }

    pub(crate) fn wants_control(&self) -> bool {
        self.control.is_some()
    }

    /// Writes what came with a datagram; `linux` is Linux' control data.
    pub(crate) fn tell(&self, from: &Address, linux: &[u8], messages: &[u8], flags: u32) {
        if let Some(local) = self.local {
            let mut name = self.name;
            if let Some(destination) = control::destination(linux).filter(|_| name.is_unspecified()) {
                let port = name.port();
                name = destination;
                name.set_port(port);
            }
            write_address(local, &name);
        }
        if let Some(remote) = self.remote {
            write_address(remote, from);
        }
        self.write_control(messages);
        self.write_flags(flags);
    }

    fn write_control(&self, messages: &[u8]) {
        if let Some(control) = self.control {
            let length = (CONTROL_HEAD + messages.len()) as u64;
            control.write(&[&length.to_ne_bytes(), messages].concat());
        }
    }

    fn write_flags(&self, flags: u32) {
        if let Some(part) = self.flags {
            part.write(&flags.to_ne_bytes());
        }
    }
}

/// Writes a `SOCKADDR_INET`, whole.
fn write_address(part: Part, address: &Address) {
    let windows = address.to_windows();
    let mut whole = [0; INET6_LENGTH];
    let length = windows.len().min(INET6_LENGTH);
    whole[..length].copy_from_slice(&windows[..length]);
    part.write(&whole);
}

/// The messages of a `RIO_CMSG_BUFFER`.
///
/// # Errors
/// `WSAEINVAL` if it is longer than its room, or shorter than itself.
pub(super) fn control_to_send(part: Part) -> Result<Vec<u8>, Code> {
    let whole = part.read();
    let length = whole.first_chunk().map_or(0, |bytes| u32::from_ne_bytes(*bytes) as usize);
    whole.get(CONTROL_HEAD..length).map(<[u8]>::to_vec).ok_or(Code::WSAEINVAL)
}
