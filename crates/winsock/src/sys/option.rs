//! Socket options, by Linux' numbers.

use std::os::fd::{AsRawFd, BorrowedFd};

use super::{Errno, Result, call};

pub(crate) fn set_bytes(fd: BorrowedFd<'_>, level: i32, name: i32, value: &[u8]) -> Result<()> {
    // SAFETY: the pointer and length are those of a live slice, which the kernel only reads.
    unsafe { call!(setsockopt, fd.as_raw_fd(), level, name, value.as_ptr(), value.len()) }.map(drop)
}

pub(crate) fn set(fd: BorrowedFd<'_>, level: i32, name: i32, value: i32) -> Result<()> {
    set_bytes(fd, level, name, &value.to_ne_bytes())
}

/// Fills `value` as far as the kernel has something to say; returns how far.
pub(crate) fn get_bytes(fd: BorrowedFd<'_>, level: i32, name: i32, value: &mut [u8]) -> Result<usize> {
    let mut length = value.len() as u32;
    // SAFETY: the kernel writes at most `length` bytes, which is the slice's length, and the length itself.
    unsafe { call!(getsockopt, fd.as_raw_fd(), level, name, value.as_mut_ptr(), &raw mut length) }?;
    Ok((length as usize).min(value.len()))
}

pub(crate) fn get(fd: BorrowedFd<'_>, level: i32, name: i32) -> Result<i32> {
    let mut value = [0; 4];
    get_bytes(fd, level, name, &mut value)?;
    Ok(i32::from_ne_bytes(value))
}

/// Makes the coming close a reset.
pub(crate) fn reset_on_close(fd: BorrowedFd<'_>) {
    let on_for_no_time = [1, 0, 0, 0, 0, 0, 0, 0];
    // Where it fails, the close is an orderly one.
    let _ = set_bytes(fd, libc::SOL_SOCKET, libc::SO_LINGER, &on_for_no_time);
}

/// Takes the socket's pending error: Linux clears it by telling.
pub(crate) fn take_error(fd: BorrowedFd<'_>) -> Option<Errno> {
    match get(fd, libc::SOL_SOCKET, libc::SO_ERROR) {
        Ok(0) => None,
        Ok(errno) => Some(Errno(errno)),
        Err(errno) => Some(errno),
    }
}

/// Whether a connection that timed out did so over keep-alive probes: some went out, and nothing was sent again.
pub(crate) fn lost_to_keepalive(fd: BorrowedFd<'_>) -> bool {
    // The head of `tcp_info`: state, congestion state, retransmits, probes.
    let mut head = [0; 4];
    let known = get_bytes(fd, libc::IPPROTO_TCP, libc::TCP_INFO, &mut head);
    let on = get(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE);
    known == Ok(4) && on == Ok(1) && head[2] == 0 && head[3] > 0
}

/// How many connections wait to be accepted.
pub(crate) fn queued_connections(fd: BorrowedFd<'_>) -> u32 {
    // Of a listener `tcpi_unacked`, the word at 24, counts these.
    let mut head = [0; 28];
    match get_bytes(fd, libc::IPPROTO_TCP, libc::TCP_INFO, &mut head) {
        Ok(28) => u32::from_ne_bytes([head[24], head[25], head[26], head[27]]),
        _ => 0,
    }
}

/// Whether the peer of a TCP connection has said that it will send no more.
pub(crate) fn peer_has_finished(fd: BorrowedFd<'_>) -> bool {
    const TIME_WAIT_TO_CLOSING: std::ops::RangeInclusive<u8> = 6..=11;
    const LISTEN: u8 = 10;
    let mut state = [0];
    let known = get_bytes(fd, libc::IPPROTO_TCP, libc::TCP_INFO, &mut state);
    known == Ok(1) && TIME_WAIT_TO_CLOSING.contains(&state[0]) && state[0] != LISTEN
}

/// How many bytes of memory the datagrams that wait to be received occupy.
pub(crate) fn queued_bytes(fd: BorrowedFd<'_>) -> u32 {
    // The first word of what SO_MEMINFO tells.
    get(fd, libc::SOL_SOCKET, libc::SO_MEMINFO).map_or(0, i32::cast_unsigned)
}

/// Lets sockets of this user share the port.
///
/// Takes a raw number, since it also concerns sockets that others own; one that was closed meanwhile is an error here
/// and nothing more.
pub(crate) fn share_port(fd: std::os::fd::RawFd) -> Result<()> {
    // SAFETY: the descriptor may be stale, which costs an errno; it is not closed or read through.
    set(unsafe { BorrowedFd::borrow_raw(fd) }, libc::SOL_SOCKET, libc::SO_REUSEPORT, 1)
}

/// Of the listeners that share this one's name, lets the first have all connections instead of each its share.
///
/// To be called on a listening socket: before `bind` it would keep Linux from sharing at all.
pub(crate) fn prefer_first_listener(fd: BorrowedFd<'_>) -> Result<()> {
    let always_first = libc::sock_filter { code: BPF_RET_K, jt: 0, jf: 0, k: 0 };
    let program = libc::sock_fprog { len: 1, filter: (&raw const always_first).cast_mut() };
    // SAFETY: SO_ATTACH_REUSEPORT_CBPF reads one sock_fprog, whose filter and length describe a live value.
    unsafe {
        call!(
            setsockopt,
            fd.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_ATTACH_REUSEPORT_CBPF,
            &raw const program,
            size_of::<libc::sock_fprog>()
        )
    }
    .map(drop)
}

/// Lets the socket receive only what came in by one of these interfaces; `None` by any.
pub(crate) fn receive_from(fd: BorrowedFd<'_>, interfaces: Option<&[u32]>) -> Result<()> {
    let Some(interfaces) = interfaces else {
        return set(fd, libc::SOL_SOCKET, libc::SO_DETACH_FILTER, 0);
    };
    let filter = interface_filter(interfaces);
    let program = libc::sock_fprog { len: filter.len() as u16, filter: filter.as_ptr().cast_mut() };
    let (level, name, length) = (libc::SOL_SOCKET, libc::SO_ATTACH_FILTER, size_of::<libc::sock_fprog>());
    // SAFETY: SO_ATTACH_FILTER reads one sock_fprog, whose filter and length describe a live slice.
    unsafe { call!(setsockopt, fd.as_raw_fd(), level, name, &raw const program, length) }.map(drop)
}

/// Load the interface's index; for each that is wanted jump to the end; else drop; keep all of it.
fn interface_filter(interfaces: &[u32]) -> Vec<libc::sock_filter> {
    let step = |code, k, jt| libc::sock_filter { code, jt, jf: 0, k };
    let load = step(BPF_LD_W_ABS, (libc::SKF_AD_OFF + libc::SKF_AD_IFINDEX).cast_unsigned(), 0);
    let compare = interfaces.iter().enumerate().map(|(place, &index)| {
        let over = interfaces.len() - place; // the comparisons left, and the drop
        step(BPF_JMP_JEQ_K, index, over as u8)
    });
    [load].into_iter().chain(compare).chain([step(BPF_RET_K, 0, 0), step(BPF_RET_K, u32::MAX, 0)]).collect()
}

/// `BPF_RET | BPF_K`: the program's answer is its constant: the socket to take, or how much of a packet to keep.
const BPF_RET_K: u16 = 0x06;
/// `BPF_LD | BPF_W | BPF_ABS`
const BPF_LD_W_ABS: u16 = 0x20;
/// `BPF_JMP | BPF_JEQ | BPF_K`
const BPF_JMP_JEQ_K: u16 = 0x15;
