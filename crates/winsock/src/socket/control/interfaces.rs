//! `SIO_GET_INTERFACE_LIST`.

use std::net::{IpAddr, SocketAddr};

use winsock_codes::Code;

use super::Refusal;
use crate::address::Address;
use crate::socket::Socket;
use crate::sys::host::{self, InterfaceAddress};
use crate::win32::*;

/// `sizeof(INTERFACE_INFO)`: flags, and three addresses of which each has room for an old `sockaddr_in6`.
const INFO: usize = 76;
const ROOM: usize = 24;

impl Socket {
    /// Every IPv4 address with its flags, broadcast address and netmask; the loopback interface last.
    ///
    /// Docs: "Winsock IOCTLs", SIO_GET_INTERFACE_LIST. Measured on Windows: too little room tells 0 bytes.
    pub(super) fn interface_list(&self, output: &mut [u8]) -> Result<usize, Refusal> {
        if self.kind.family != AF_INET {
            return Err(Code::WSAEINVAL.into());
        }
        let mut interfaces = host::interface_addresses().unwrap_or_default();
        interfaces.retain(|interface| interface.address.is_ipv4());
        interfaces.sort_by_key(InterfaceAddress::is_loopback);
        let list: Vec<u8> = interfaces.iter().flat_map(info).collect();
        super::put(output, &list).map_err(|refusal| Refusal { told: Some(0), ..refusal })
    }
}

fn info(interface: &InterfaceAddress) -> [u8; INFO] {
    let mut info = [0; INFO];
    let flags = windows_flags(interface.flags);
    info[..4].copy_from_slice(&flags.to_ne_bytes());
    let broadcast = (flags & IFF_BROADCAST != 0).then_some(IpAddr::from([255; 4]));
    for (place, ip) in [Some(interface.address), broadcast, interface.netmask].into_iter().enumerate() {
        let Some(ip) = ip else { continue };
        let windows = Address::from(SocketAddr::new(ip, 0)).to_windows();
        let start = 4 + ROOM * place;
        info[start..start + windows.len()].copy_from_slice(&windows);
    }
    info
}

/// `IFF_` of `ws2ipdef.h`, which are not all Linux'.
fn windows_flags(linux: u32) -> u32 {
    [
        (libc::IFF_UP, IFF_UP),
        (libc::IFF_BROADCAST, IFF_BROADCAST),
        (libc::IFF_LOOPBACK, IFF_LOOPBACK),
        (libc::IFF_POINTOPOINT, IFF_POINTTOPOINT),
        (libc::IFF_MULTICAST, IFF_MULTICAST),
    ]
    .into_iter()
    .filter(|(flag, _)| linux & flag.cast_unsigned() != 0)
    .fold(0, |all, (_, windows)| all | windows)
}
