//! What Linux knows of this computer: its name, its addresses, and whether the process runs with borrowed privileges.
#![allow(unsafe_code, reason = "uname, getifaddrs and getauxval have no safe form in the standard library")]

use std::ffi::CStr;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One address of one network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InterfaceAddress {
    /// Linux's name of the interface.
    pub(crate) interface: String,
    /// The number of the interface where the address needs it, as link-local ones do; else 0.
    pub(crate) scope: u32,
    /// `IFF_` flags.
    pub(crate) flags: u32,
    /// The address.
    pub(crate) address: IpAddr,
    /// Which of its bits name the network.
    pub(crate) netmask: Option<IpAddr>,
}

impl InterfaceAddress {
    /// Whether the interface is up.
    pub(crate) fn is_up(&self) -> bool {
        self.flags & libc::IFF_UP as u32 != 0
    }

    /// Whether the interface is the loopback interface.
    pub(crate) fn is_loopback(&self) -> bool {
        self.flags & libc::IFF_LOOPBACK as u32 != 0
    }
}

/// The computer's name, as `uname -n` prints it.
pub(crate) fn node_name() -> io::Result<String> {
    // SAFETY: utsname is plain bytes; zeroes are a valid value, and uname writes at most its size.
    let mut names: libc::utsname = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a live utsname.
    if unsafe { libc::uname(&raw mut names) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let bytes: Vec<u8> = names.nodename.iter().map(|&unit| unit as u8).take_while(|&byte| byte != 0).collect();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether the process runs set-user-id or the like, where the environment must not redirect name resolution.
pub(crate) fn is_privileged() -> bool {
    // SAFETY: getauxval takes any number and reads nothing of ours.
    unsafe { libc::getauxval(libc::AT_SECURE) != 0 }
}

/// Every IPv4 and IPv6 address of every interface, in the kernel's order.
pub(crate) fn interface_addresses() -> io::Result<Vec<InterfaceAddress>> {
    let mut head: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: on success head is a list that only freeifaddrs below ends.
    if unsafe { libc::getifaddrs(&raw mut head) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let mut found = Vec::new();
    let mut at = head;
    while !at.is_null() {
        // SAFETY: at is a node of the live list.
        let node = unsafe { &*at };
        // SAFETY: ifa_addr is null or a sockaddr of its family, and ifa_name a C string, both of the live list.
        if let Some(entry) = unsafe { entry(node) } {
            found.push(entry);
        }
        at = node.ifa_next;
    }
    // SAFETY: head came from getifaddrs and is not used again.
    unsafe { libc::freeifaddrs(head) };
    Ok(found)
}

/// # Safety
/// The node's pointers must be null or valid, as getifaddrs makes them.
unsafe fn entry(node: &libc::ifaddrs) -> Option<InterfaceAddress> {
    // SAFETY: the caller promises null or a valid sockaddr.
    let (address, scope) = unsafe { socket_address(node.ifa_addr) }?;
    // SAFETY: as above.
    let netmask = unsafe { socket_address(node.ifa_netmask) }.map(|(mask, _)| mask);
    // SAFETY: the caller promises a C string.
    let name = unsafe { CStr::from_ptr(node.ifa_name) };
    let interface = name.to_string_lossy().into_owned();
    Some(InterfaceAddress { interface, scope, flags: node.ifa_flags, address, netmask })
}

/// The address and its scope, if it is of a family that has them.
///
/// # Safety
/// The pointer is null, or to a sockaddr that is as long as its family says.
unsafe fn socket_address(name: *const libc::sockaddr) -> Option<(IpAddr, u32)> {
    if name.is_null() {
        return None;
    }
    // SAFETY: the caller promises a valid sockaddr; its family says how long it is.
    unsafe {
        match i32::from((*name).sa_family) {
            libc::AF_INET => {
                let bytes = (*name.cast::<libc::sockaddr_in>()).sin_addr.s_addr.to_ne_bytes();
                Some((IpAddr::V4(Ipv4Addr::from(bytes)), 0))
            }
            libc::AF_INET6 => {
                let name = &*name.cast::<libc::sockaddr_in6>();
                Some((IpAddr::V6(Ipv6Addr::from(name.sin6_addr.s6_addr)), name.sin6_scope_id))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loopback_address_is_listed() {
        let all = interface_addresses().unwrap();
        let loopback = all.iter().find(|entry| entry.address == IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
        assert!(loopback.is_up() && loopback.is_loopback() && loopback.scope == 0, "{loopback:?}");
        assert_eq!(loopback.netmask, Some(IpAddr::V4(Ipv4Addr::new(255, 0, 0, 0))));
    }

    #[test]
    fn the_node_has_the_kernels_name() {
        let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
        assert_eq!(node_name().unwrap(), kernel.trim_end());
    }
}
