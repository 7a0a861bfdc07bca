//! `SIO_RCVALL`: a raw socket that receives every packet of the interface that has its address.
//!
//! Linux' raw sockets have no such mode. While it is on, the socket's descriptor stands for one of the packet layer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsFd, OwnedFd};

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::address::Address;
use crate::driver::Direction;
use crate::fault;
use crate::sys::{self, capture, host};
use crate::win32::SOCK_RAW;

const RCVALL_OFF: u32 = 0;
const RCVALL_ON: u32 = 1;
const RCVALL_IPLEVEL: u32 = 3;

/// A socket that receives all packets.
pub(crate) struct Captured {
    /// Its local name, of which Linux knows only the interface.
    pub(super) name: Address,
    /// What it was before, and will be again.
    plain: OwnedFd,
}

impl Socket {
    /// Whether it is a raw socket that is bound.
    ///
    /// Docs: "SIO_RCVALL control code".
    pub(super) fn may_receive_all(&self) -> Result<(), Code> {
        let may = self.kind.kind == SOCK_RAW && self.state.has(Facts::BOUND);
        if may { Ok(()) } else { Err(Code::WSAEINVAL) }
    }

    /// Turns the mode on or off. `RCVALL_IPLEVEL` leaves the interface to what is meant for this computer.
    ///
    /// Docs: "SIO_RCVALL control code" and "RCVALL_VALUE enumeration": it is bound to an address of an interface, and not
    /// to any; `RCVALL_SOCKETLEVELONLY` (2) is not implemented. Packets that this computer sends come
    /// too; on the loopback interface each comes once.
    pub(super) fn receive_all(&self, mode: u32) -> Result<(), Code> {
        if !matches!(mode, RCVALL_OFF | RCVALL_ON | RCVALL_IPLEVEL) {
            return Err(Code::WSAEINVAL);
        }
        // The descriptor must not be exchanged under a receive that the kernel has.
        if Socket::overlap_of(self).is_some_and(|overlap| overlap.endpoint.is_busy(Direction::Receive)) {
            return Err(Code::WSAEINVAL);
        }
        let failed = |errno| fault::plain(errno, Call::WSAIoctl);
        if mode == RCVALL_OFF {
            let captured = self.settings().captured.take();
            return captured.map_or(Ok(()), |captured| self.stand_for(&captured.plain).map_err(failed));
        }
        let name = self.local_name()?;
        let fd = self.open_capture(&name, mode == RCVALL_ON)?;
        let mut settings = self.settings();
        if settings.captured.is_none() {
            let plain = self.fd().try_clone_to_owned().map_err(|_| Code::WSAEMFILE)?;
            settings.captured = Some(Box::new(Captured { name, plain }));
        }
        drop(settings);
        self.stand_for(&fd).map_err(failed)
    }

    fn open_capture(&self, name: &Address, is_promiscuous: bool) -> Result<OwnedFd, Code> {
        let address = name.to_socket_addr().map(|name| name.ip()).filter(|address| !address.is_unspecified());
        let address = address.ok_or(Code::WSAEINVAL)?;
        let interfaces = host::interface_addresses().unwrap_or_default();
        let own = interfaces.iter().find(|interface| interface.address == address);
        // All of 127.0.0.0/8 is the loopback interface's, which names one of it.
        let own = own.or_else(|| interfaces.iter().find(|own| own.is_loopback() && address.is_loopback()));
        let own = own.ok_or(Code::WSAEADDRNOTAVAIL)?;
        let wanted = capture::Wanted {
            interface: &own.interface,
            is_loopback: own.is_loopback(),
            is_inet6: address.is_ipv6(),
            protocol: self.kind.captured_protocol(),
            is_promiscuous,
        };
        capture::open(wanted).map_err(|errno| fault::plain(errno, Call::WSAIoctl))
    }

    /// Makes the socket's number stand for another descriptor, with the same options and mode.
    fn stand_for(&self, fd: &OwnedFd) -> sys::Result<()> {
        super::context::copy_options(self.fd(), fd.as_fd());
        self.copy_buffer_sizes(fd.as_fd());
        let facts = self.state.facts();
        let nonblocking = facts.has(Facts::NONBLOCKING) || facts.has(Facts::HELD_NONBLOCKING);
        sys::control::set_nonblocking(fd.as_fd(), nonblocking)?;
        if let Some(overlap) = Socket::overlap_of(self) {
            overlap.endpoint.renew(None);
        }
        sys::socket::replace(self.fd(), fd.as_fd())?;
        self.watch_anew();
        Ok(())
    }
}

/// The packet layer tells an address of the wire: the sender is in the packet.
#[cold]
pub(super) fn tell_sender(packet: &[u8], from: &mut Address) {
    if from.is_of_the_wire() {
        *from = Address::from(SocketAddr::new(sender(packet).unwrap_or(Ipv4Addr::UNSPECIFIED.into()), 0));
    }
}

fn sender(packet: &[u8]) -> Option<IpAddr> {
    match packet.first()? >> 4 {
        4 => packet.get(12..16)?.first_chunk::<4>().map(|octets| Ipv4Addr::from(*octets).into()),
        6 => packet.get(8..24)?.first_chunk::<16>().map(|octets| Ipv6Addr::from(*octets).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_is_read_from_the_packet() {
        let mut packet = [0; 40];
        packet[0] = 0x45;
        packet[12..16].copy_from_slice(&[10, 0, 0, 7]);
        assert_eq!(sender(&packet), Some(Ipv4Addr::new(10, 0, 0, 7).into()));
        assert_eq!(sender(&packet[..14]), None);
        packet = [0; 40];
        packet[0] = 0x60;
        packet[23] = 1;
        assert_eq!(sender(&packet), Some(Ipv6Addr::LOCALHOST.into()));
        assert_eq!(sender(&[]), None);
    }
}
