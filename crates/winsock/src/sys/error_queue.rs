//! The error queue of datagram sockets: what ICMP said about datagrams sent earlier.

use std::mem::{size_of, zeroed};
use std::os::fd::{AsRawFd, BorrowedFd};

use super::call;
use crate::address::{Address, CAPACITY};

/// What became of an earlier datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Nobody listens on the port.
    PortUnreachable,
    /// The time to live ran out on the way.
    TimeExceeded,
    /// Anything else, such as an unreachable net or a local refusal.
    Other,
}

/// An ICMP message about this socket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IcmpError {
    /// Who sent it.
    pub(crate) from: Address,
    /// The message's type.
    pub(crate) kind: u8,
    /// The message's code.
    pub(crate) code: u8,
}

/// Takes one report off the queue.
pub(crate) fn take(fd: BorrowedFd<'_>) -> Option<Report> {
    take_with(fd, classify)
}

/// Takes one report off the queue, if ICMP made it.
pub(crate) fn take_icmp(fd: BorrowedFd<'_>) -> Option<IcmpError> {
    take_with(fd, icmp)?
}

fn take_with<T>(fd: BorrowedFd<'_>, read: impl FnOnce(&libc::msghdr) -> T) -> Option<T> {
    let mut control = [0u64; 64];
    // SAFETY: msghdr is plain data for which zero is a value: no name, no buffers, no control space.
    let mut message: libc::msghdr = unsafe { zeroed() };
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = size_of_val(&control);
    let flags = libc::MSG_ERRQUEUE | libc::MSG_DONTWAIT;
    // SAFETY: the header is live, and describes no memory but the live and aligned control array.
    unsafe { call!(recvmsg, fd.as_raw_fd(), &raw mut message, flags) }.ok()?;
    Some(read(&message))
}

fn classify(message: &libc::msghdr) -> Report {
    let Some((error, _)) = extended_error(message) else { return Report::Other };
    match (error.ee_origin, error.ee_type, error.ee_code) {
        // ICMP: destination unreachable (3), port (3); ICMPv6: destination unreachable (1), port (4).
        (libc::SO_EE_ORIGIN_ICMP, 3, 3) | (libc::SO_EE_ORIGIN_ICMP6, 1, 4) => Report::PortUnreachable,
        (libc::SO_EE_ORIGIN_ICMP, 11, _) | (libc::SO_EE_ORIGIN_ICMP6, 3, _) => Report::TimeExceeded,
        _ => Report::Other,
    }
}

fn icmp(message: &libc::msghdr) -> Option<IcmpError> {
    let (error, from) = extended_error(message)?;
    let by_icmp = matches!(error.ee_origin, libc::SO_EE_ORIGIN_ICMP | libc::SO_EE_ORIGIN_ICMP6);
    by_icmp.then_some(IcmpError { from, kind: error.ee_type, code: error.ee_code })
}

/// The error that a message of the queue carries, and the address that stands behind it, of who sent it.
fn extended_error(message: &libc::msghdr) -> Option<(libc::sock_extended_err, Address)> {
    // SAFETY: the kernel filled the header; CMSG_FIRSTHDR gives null or a header that lies within the control array.
    let header = unsafe { libc::CMSG_FIRSTHDR(message).as_ref() }?;
    let is_error = matches!(
        (header.cmsg_level, header.cmsg_type),
        (libc::SOL_IP, libc::IP_RECVERR) | (libc::SOL_IPV6, libc::IPV6_RECVERR)
    );
    // SAFETY: CMSG_LEN only computes.
    let needed = unsafe { libc::CMSG_LEN(size_of::<libc::sock_extended_err>() as u32) } as usize;
    if !is_error || header.cmsg_len < needed {
        return None;
    }
    // SAFETY: the length was just checked; the data may be unaligned for the type, so it is copied out.
    let error = unsafe { libc::CMSG_DATA(header).cast::<libc::sock_extended_err>().read_unaligned() };
    let length = (header.cmsg_len - needed).min(CAPACITY);
    let mut from = Address::default();
    let (bytes, told) = from.parts_mut();
    *told = length as u32;
    // SAFETY: the kernel wrote `cmsg_len` bytes, of which these are the last; they fit the array.
    unsafe {
        let start = libc::CMSG_DATA(header).add(size_of::<libc::sock_extended_err>());
        std::ptr::copy_nonoverlapping(start, bytes.as_mut_ptr(), length);
    }
    Some((error, from))
}
