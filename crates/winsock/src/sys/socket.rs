//! Sockets: make, name, connect, transfer.

use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::{Result, call};
use crate::address::{Address, CAPACITY};

pub(crate) use libc::{MSG_DONTWAIT, MSG_NOSIGNAL, MSG_OOB, MSG_PEEK, MSG_TRUNC, MSG_WAITALL};

/// A new socket that no child process inherits.
pub(crate) fn create(family: i32, kind: i32, protocol: i32) -> Result<OwnedFd> {
    // SAFETY: no pointers.
    let fd = unsafe { call!(socket, family, kind | libc::SOCK_CLOEXEC, protocol) }?;
    // SAFETY: the kernel just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as RawFd) })
}

pub(crate) fn bind(fd: BorrowedFd<'_>, address: &Address) -> Result<()> {
    let bytes = address.linux();
    // SAFETY: the pointer and length are those of a live slice, which the kernel only reads.
    unsafe { call!(bind, fd.as_raw_fd(), bytes.as_ptr(), bytes.len()) }.map(drop)
}

pub(crate) fn connect(fd: BorrowedFd<'_>, address: &Address) -> Result<()> {
    let bytes = address.linux();
    // SAFETY: the pointer and length are those of a live slice, which the kernel only reads.
    unsafe { call!(connect, fd.as_raw_fd(), bytes.as_ptr(), bytes.len()) }.map(drop)
}

/// Makes a datagram socket forget its peer, and gives a connection up.
pub(crate) fn disconnect(fd: BorrowedFd<'_>) -> Result<()> {
    let unspecified = [0u8; 16];
    // SAFETY: the pointer and length are those of a live array, which the kernel only reads.
    unsafe { call!(connect, fd.as_raw_fd(), unspecified.as_ptr(), unspecified.len()) }.map(drop)
}

pub(crate) fn listen(fd: BorrowedFd<'_>, backlog: i32) -> Result<()> {
    // SAFETY: no pointers.
    unsafe { call!(listen, fd.as_raw_fd(), backlog) }.map(drop)
}

/// The next connection, and its peer's address into one that is there; the new descriptor does not block if `nonblocking`.
pub(crate) fn accept(fd: BorrowedFd<'_>, nonblocking: bool, peer: &mut Address) -> Result<OwnedFd> {
    let (bytes, length) = peer.parts_mut();
    *length = CAPACITY as u32;
    let flags = accept_flags(nonblocking);
    // SAFETY: the kernel writes at most `*length` bytes, which is the array's size, and the length itself.
    let accepted = unsafe { call!(accept4, fd.as_raw_fd(), bytes.as_mut_ptr(), length as *mut u32, flags) }?;
    clamp(peer);
    // SAFETY: the kernel just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(accepted as RawFd) })
}

/// [`accept`] that leaves open who the peer is.
pub(crate) fn accept_anyone(fd: BorrowedFd<'_>, nonblocking: bool) -> Result<OwnedFd> {
    // SAFETY: null pointers ask for no address.
    let accepted = unsafe { call!(accept4, fd.as_raw_fd(), 0, 0, accept_flags(nonblocking)) }?;
    // SAFETY: the kernel just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(accepted as RawFd) })
}

fn accept_flags(nonblocking: bool) -> i32 {
    libc::SOCK_CLOEXEC | if nonblocking { libc::SOCK_NONBLOCK } else { 0 }
}

/// Makes `place` name the socket that `fd` names; what `place` named before is let go of. Calls that run on it go on.
pub(crate) fn replace(place: BorrowedFd<'_>, fd: BorrowedFd<'_>) -> Result<()> {
    // SAFETY: no pointers. The number stays open and its owner's: only what it stands for changes.
    unsafe { call!(dup3, fd.as_raw_fd(), place.as_raw_fd(), libc::O_CLOEXEC) }.map(drop)
}

pub(crate) fn shutdown(fd: BorrowedFd<'_>, how: i32) -> Result<()> {
    // SAFETY: no pointers.
    unsafe { call!(shutdown, fd.as_raw_fd(), how) }.map(drop)
}

#[inline]
pub(crate) fn send(fd: BorrowedFd<'_>, buffer: &[u8], flags: i32) -> Result<usize> {
    // SAFETY: the pointer and length are those of a live slice, which the kernel only reads.
    unsafe { call!(sendto, fd.as_raw_fd(), buffer.as_ptr(), buffer.len(), flags, 0, 0) }
}

#[inline]
pub(crate) fn send_to(fd: BorrowedFd<'_>, buffer: &[u8], flags: i32, to: &Address) -> Result<usize> {
    let name = to.linux();
    // SAFETY: both pointers and lengths are those of live slices, which the kernel only reads.
    unsafe { call!(sendto, fd.as_raw_fd(), buffer.as_ptr(), buffer.len(), flags, name.as_ptr(), name.len()) }
}

#[inline]
pub(crate) fn recv(fd: BorrowedFd<'_>, buffer: &mut [u8], flags: i32) -> Result<usize> {
    // SAFETY: the kernel writes at most the slice's length.
    unsafe { call!(recvfrom, fd.as_raw_fd(), buffer.as_mut_ptr(), buffer.len(), flags, 0, 0) }
}

#[inline]
pub(crate) fn recv_from(fd: BorrowedFd<'_>, buffer: &mut [u8], flags: i32, from: &mut Address) -> Result<usize> {
    *from.parts_mut().1 = CAPACITY as u32;
    let (bytes, length) = from.parts_mut();
    // SAFETY: the kernel writes at most the buffer's length, and at most `*length` bytes of address, which is the
    // array's size.
    let count = unsafe {
        call!(
            recvfrom,
            fd.as_raw_fd(),
            buffer.as_mut_ptr(),
            buffer.len(),
            flags,
            bytes.as_mut_ptr(),
            length as *mut u32
        )
    }?;
    clamp(from);
    Ok(count)
}

pub(crate) fn local_name(fd: BorrowedFd<'_>) -> Result<Address> {
    let mut name = Address::empty();
    let (bytes, length) = name.parts_mut();
    // SAFETY: the kernel writes at most `*length` bytes, which is the array's size, and the length itself.
    unsafe { call!(getsockname, fd.as_raw_fd(), bytes.as_mut_ptr(), length as *mut u32) }?;
    clamp(&mut name);
    Ok(name)
}

pub(crate) fn peer_name(fd: BorrowedFd<'_>) -> Result<Address> {
    let mut name = Address::empty();
    read_peer_name(fd, &mut name)?;
    Ok(name)
}

/// [`peer_name`] into an address that is there.
pub(crate) fn read_peer_name(fd: BorrowedFd<'_>, name: &mut Address) -> Result<()> {
    let (bytes, length) = name.parts_mut();
    *length = CAPACITY as u32;
    // SAFETY: the kernel writes at most `*length` bytes, which is the array's size, and the length itself.
    unsafe { call!(getpeername, fd.as_raw_fd(), bytes.as_mut_ptr(), length as *mut u32) }?;
    clamp(name);
    Ok(())
}

/// The kernel reports the whole length of an address even where it wrote only a part.
#[inline]
fn clamp(address: &mut Address) {
    let length = address.parts_mut().1;
    *length = (*length).min(CAPACITY as u32);
}
