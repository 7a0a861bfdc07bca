//! News from the kernel about addresses and routes.

use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::Duration;

use super::{Result, call, poll, socket};

/// Addresses of interfaces: `RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR`.
pub(crate) const ADDRESSES: u32 = 0x10 | 0x100;
/// Routes: `RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE`.
pub(crate) const ROUTES: u32 = 0x40 | 0x400;

/// Hears of changes from the moment it is opened.
pub(crate) struct Subscription(OwnedFd);

impl Subscription {
    pub(crate) fn open(kinds: u32) -> Result<Subscription> {
        let fd = socket::create(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE)?;
        // SAFETY: sockaddr_nl is plain data for which zero is a value.
        let mut name: libc::sockaddr_nl = unsafe { std::mem::zeroed() };
        name.nl_family = libc::AF_NETLINK as u16;
        name.nl_groups = kinds;
        // SAFETY: the pointer and length are those of a live structure, which the kernel only reads.
        unsafe { call!(bind, fd.as_raw_fd(), &raw const name, size_of::<libc::sockaddr_nl>()) }?;
        Ok(Subscription(fd))
    }

    /// Whether anything was told within this time.
    pub(crate) fn arrived_within(&self, time: Duration) -> Result<bool> {
        poll::poll(&mut [poll::Question::new(self.0.as_fd(), poll::POLLIN)], Some(time)).map(|count| count > 0)
    }
}
