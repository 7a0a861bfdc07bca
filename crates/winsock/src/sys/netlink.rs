//! News from the kernel about addresses and routes.

use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use super::{Errno, Result, call, poll, socket};

/// Addresses of interfaces: `RTMGRP_IPV4_IFADDR`, `RTMGRP_IPV6_IFADDR`.
pub(crate) const ADDRESSES_4: u32 = 0x10;
pub(crate) const ADDRESSES_6: u32 = 0x100;
/// Routes: `RTMGRP_IPV4_ROUTE`, `RTMGRP_IPV6_ROUTE`.
pub(crate) const ROUTES_4: u32 = 0x40;
pub(crate) const ROUTES_6: u32 = 0x400;

/// A descriptor that hears of changes from now on.
pub(crate) fn subscribe(groups: u32) -> Result<OwnedFd> {
    let fd = socket::create(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE)?;
    // SAFETY: sockaddr_nl is plain data for which zero is a value.
    let mut name: libc::sockaddr_nl = unsafe { std::mem::zeroed() };
    name.nl_family = libc::AF_NETLINK as u16;
    name.nl_groups = groups;
    // SAFETY: the pointer and length are those of a live structure, which the kernel only reads.
    unsafe { call!(bind, fd.as_raw_fd(), &raw const name, size_of::<libc::sockaddr_nl>()) }?;
    Ok(fd)
}

/// Whether anything is told within this time.
pub(crate) fn arrives_within(fd: BorrowedFd<'_>, time: Duration) -> Result<bool> {
    poll::poll(&mut [poll::Question::new(fd, poll::POLLIN)], Some(time)).map(|count| count > 0)
}

/// Takes all that was told; whether it was anything.
pub(crate) fn take_news(fd: BorrowedFd<'_>) -> Result<bool> {
    let mut any = false;
    loop {
        let mut head = [0_u8; 16];
        // SAFETY: the pointer and length are those of a live buffer; a longer message is cut to it.
        match unsafe { call!(recvfrom, fd.as_raw_fd(), head.as_mut_ptr(), head.len(), libc::MSG_DONTWAIT, 0, 0) } {
            // More came than the kernel keeps: that is news too.
            Ok(_) | Err(Errno(libc::ENOBUFS)) => any = true,
            Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) => return Ok(any),
            Err(errno) => return Err(errno),
        }
    }
}
