//! Socket addresses: Windows' bytes, Linux' bytes, Rust's types.
//!
//! `sockaddr_in`, `sockaddr_in6` and `sockaddr_un` have one layout on both systems; only the number of the IPv6 family
//! differs, 23 on Windows and 10 on Linux. So translating is copying, and changing two bytes.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use winsock_codes::Code;

use crate::win32::{AF_INET, AF_INET6, AF_UNIX};

/// A socket address as Linux takes it, with a length.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct Address {
    bytes: [u8; CAPACITY],
    length: u32,
}

/// Room for every family: `sizeof(sockaddr_storage)`.
pub(crate) const CAPACITY: usize = 128;

/// `sizeof(sockaddr_in)`, in bytes.
pub(crate) const INET_LENGTH: usize = 16;
/// `sizeof(sockaddr_in6)`, in bytes.
pub(crate) const INET6_LENGTH: usize = 28;
/// `sizeof(sockaddr_un)`, in bytes.
pub(crate) const UNIX_LENGTH: usize = 110;

const LINUX_AF_INET6: u16 = libc::AF_INET6 as u16;

impl Address {
    /// Reads an address in Windows' layout.
    ///
    /// # Errors
    /// `WSAEFAULT` if it is too short for its family, `WSAEAFNOSUPPORT` if the family is unknown here.
    pub fn from_windows(windows: &[u8]) -> Result<Address, Code> {
        let mut address = Address::default();
        address.assign_windows(windows)?;
        Ok(address)
    }

    /// [`Address::from_windows`] into an empty address that is there.
    pub(crate) fn assign_windows(&mut self, windows: &[u8]) -> Result<(), Code> {
        let family = windows.first_chunk::<2>().ok_or(Code::WSAEFAULT)?;
        let family = u16::from_ne_bytes(*family);
        let (length, linux_family) = match i32::from(family) {
            AF_INET => (INET_LENGTH, family),
            AF_INET6 => (INET6_LENGTH, LINUX_AF_INET6),
            AF_UNIX => (windows.len().min(UNIX_LENGTH), family),
            _ => return Err(Code::WSAEAFNOSUPPORT),
        };
        let source = windows.get(..length).ok_or(Code::WSAEFAULT)?;
        self.bytes[..length].copy_from_slice(source);
        self.bytes[..2].copy_from_slice(&linux_family.to_ne_bytes());
        self.length = length as u32;
        Ok(())
    }

    /// The address in Windows' layout.
    #[must_use]
    pub fn to_windows(&self) -> WindowsAddress {
        let mut bytes = self.bytes;
        if self.linux_family() == LINUX_AF_INET6 {
            bytes[..2].copy_from_slice(&(AF_INET6 as u16).to_ne_bytes());
        }
        let mut length = self.length as usize;
        if self.linux_family() == AF_UNIX as u16 {
            length = UNIX_LENGTH; // Windows always gives the whole structure; the rest is zero.
        } else if self.linux_family() == AF_INET as u16 {
            bytes[8..INET_LENGTH].fill(0);
        } else if self.is_of_the_wire() {
            // An overlapped receive of all packets: who sent it stands in the packet.
            bytes = [0; CAPACITY];
            bytes[..2].copy_from_slice(&(AF_INET as u16).to_ne_bytes());
            length = INET_LENGTH;
        }
        WindowsAddress { bytes, length }
    }

    /// The family in Winsock's numbers; `AF_UNSPEC` (0) for an empty address.
    #[must_use]
    pub fn family(&self) -> i32 {
        match self.linux_family() {
            LINUX_AF_INET6 => AF_INET6,
            other => i32::from(other),
        }
    }

    /// The port, in host byte order; 0 for families without one.
    #[must_use]
    pub fn port(&self) -> u16 {
        match self.family() {
            AF_INET | AF_INET6 => u16::from_be_bytes([self.bytes[2], self.bytes[3]]),
            _ => 0,
        }
    }

    /// Changes the port, of a family that has one.
    pub(crate) fn set_port(&mut self, port: u16) {
        if matches!(self.family(), AF_INET | AF_INET6) {
            self.bytes[2..4].copy_from_slice(&port.to_be_bytes());
        }
    }

    /// Whether this is `0.0.0.0` or `::`.
    #[must_use]
    pub fn is_unspecified(&self) -> bool {
        match self.family() {
            AF_INET => self.bytes[4..8] == [0; 4],
            AF_INET6 => self.bytes[8..24] == [0; 16],
            _ => false,
        }
    }

    /// As Rust's own type; `None` for a Unix-domain address.
    #[must_use]
    pub fn to_socket_addr(&self) -> Option<SocketAddr> {
        match self.family() {
            AF_INET => {
                let octets: [u8; 4] = self.bytes[4..8].try_into().ok()?;
                Some(SocketAddrV4::new(Ipv4Addr::from(octets), self.port()).into())
            }
            AF_INET6 => {
                let octets: [u8; 16] = self.bytes[8..24].try_into().ok()?;
                let flow = u32::from_ne_bytes(self.bytes[4..8].try_into().ok()?);
                let scope = u32::from_ne_bytes(self.bytes[24..28].try_into().ok()?);
                Some(SocketAddrV6::new(Ipv6Addr::from(octets), self.port(), flow, scope).into())
            }
            _ => None,
        }
    }

    /// Linux's bytes.
    #[inline]
    pub(crate) fn linux(&self) -> &[u8] {
        &self.bytes[..self.length as usize]
    }

    /// An empty address for Linux to fill in.
    #[inline]
    pub(crate) fn empty() -> Address {
        Address { bytes: [0; CAPACITY], length: CAPACITY as u32 }
    }

    /// The parts that Linux writes.
    #[inline]
    pub(crate) fn parts_mut(&mut self) -> (&mut [u8; CAPACITY], &mut u32) {
        (&mut self.bytes, &mut self.length)
    }

    /// Whether this is the packet layer's name of an interface or a station.
    pub(crate) fn is_of_the_wire(&self) -> bool {
        self.linux_family() == libc::AF_PACKET as u16
    }

    fn linux_family(&self) -> u16 {
        u16::from_ne_bytes([self.bytes[0], self.bytes[1]])
    }
}

/// An address that is kept for long, in little memory: only a long path has memory of its own.
pub(crate) enum KeptAddress {
    Short([u8; INET6_LENGTH], u8),
    Long(Box<[u8]>),
}

impl From<&Address> for KeptAddress {
    fn from(address: &Address) -> KeptAddress {
        match address.bytes.first_chunk() {
            Some(bytes) if address.length as usize <= INET6_LENGTH => KeptAddress::Short(*bytes, address.length as u8),
            _ => KeptAddress::Long(address.linux().into()),
        }
    }
}

impl From<&KeptAddress> for Address {
    fn from(kept: &KeptAddress) -> Address {
        let bytes = match kept {
            KeptAddress::Short(bytes, length) => &bytes[..usize::from(*length)],
            KeptAddress::Long(bytes) => bytes,
        };
        let mut address = Address { bytes: [0; CAPACITY], length: bytes.len() as u32 };
        address.bytes[..bytes.len()].copy_from_slice(bytes);
        address
    }
}

/// No address: the family is `AF_UNSPEC`.
impl Default for Address {
    fn default() -> Address {
        Address { bytes: [0; CAPACITY], length: 0 }
    }
}

/// An address in Windows' layout.
#[repr(C, align(8))]
pub struct WindowsAddress {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl std::ops::Deref for WindowsAddress {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Address {
        let mut bytes = [0; CAPACITY];
        bytes[2..4].copy_from_slice(&address.port().to_be_bytes());
        let (family, length) = match address {
            SocketAddr::V4(v4) => {
                bytes[4..8].copy_from_slice(&v4.ip().octets());
                (libc::AF_INET as u16, INET_LENGTH)
            }
            SocketAddr::V6(v6) => {
                bytes[4..8].copy_from_slice(&v6.flowinfo().to_ne_bytes());
                bytes[8..24].copy_from_slice(&v6.ip().octets());
                bytes[24..28].copy_from_slice(&v6.scope_id().to_ne_bytes());
                (LINUX_AF_INET6, INET6_LENGTH)
            }
        };
        bytes[..2].copy_from_slice(&family.to_ne_bytes());
        Address { bytes, length: length as u32 }
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.to_socket_addr() {
            Some(address) => address.fmt(f),
            None => write!(f, "Address(family {}, {} bytes)", self.family(), self.length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_changes_only_the_family_number() {
        let linux = Address::from("[2001:db8::1]:443".parse::<SocketAddr>().unwrap());
        let windows = linux.to_windows();
        assert_eq!(windows.len(), INET6_LENGTH);
        assert_eq!(windows[..2], 23u16.to_ne_bytes());
        assert_eq!(Address::from_windows(&windows).unwrap().linux(), linux.linux());
    }

    // Docs: "bind function", WSAEFAULT and WSAEAFNOSUPPORT.
    #[test]
    fn short_and_foreign_addresses_have_their_codes() {
        let windows = Address::from("127.0.0.1:80".parse::<SocketAddr>().unwrap()).to_windows();
        assert_eq!(Address::from_windows(&windows[..15]).unwrap_err(), Code::WSAEFAULT);
        assert_eq!(Address::from_windows(&[]).unwrap_err(), Code::WSAEFAULT);
        assert_eq!(Address::from_windows(&[0xad, 0xde, 0, 0]).unwrap_err(), Code::WSAEAFNOSUPPORT);
    }
}
