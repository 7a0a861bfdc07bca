//! Packets as they pass an interface.

use std::ffi::CString;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};

use super::{Errno, Result, call, option, socket};

/// Which packets are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// The interface, by its name.
    pub(crate) interface: &'a str,
    /// It hands each of its packets back to itself.
    pub(crate) is_loopback: bool,
    /// IPv6, else IPv4.
    pub(crate) is_inet6: bool,
    /// Only this protocol over IP; 0 for all.
    pub(crate) protocol: u8,
    /// Also those for other computers that reach the interface.
    pub(crate) is_promiscuous: bool,
}

/// A descriptor that receives each packet, with its IP header, that the interface receives or sends.
pub(crate) fn open(wanted: Wanted<'_>) -> Result<OwnedFd> {
    let fd = socket::create(libc::AF_PACKET, libc::SOCK_DGRAM, 0)?;
    let index = interface_index(wanted.interface)?;
    let filter = filter(wanted);
    let program = libc::sock_fprog { len: filter.len() as u16, filter: filter.as_ptr().cast_mut() };
    // SAFETY: plain data, given to the kernel as its bytes; the filter that it points to lives until the call returns.
    let bytes = unsafe { std::slice::from_raw_parts((&raw const program).cast::<u8>(), size_of_val(&program)) };
    option::set_bytes(fd.as_fd(), libc::SOL_SOCKET, libc::SO_ATTACH_FILTER, bytes)?;
    if wanted.is_promiscuous {
        // `packet_mreq`: interface, PACKET_MR_PROMISC, no address. Interfaces without such a mode have no others' packets.
        let mut request = [0; 16];
        request[..4].copy_from_slice(&index.to_ne_bytes());
        request[4..6].copy_from_slice(&(libc::PACKET_MR_PROMISC as u16).to_ne_bytes());
        let _ = option::set_bytes(fd.as_fd(), libc::SOL_PACKET, libc::PACKET_ADD_MEMBERSHIP, &request);
    }
    // From here on packets arrive: before, the filter was not there.
    // SAFETY: sockaddr_ll is plain data for which zero is a value.
    let mut name: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
    name.sll_family = libc::AF_PACKET as u16;
    // Those of one protocol alone would be those received, and none sent.
    name.sll_protocol = (libc::ETH_P_ALL as u16).to_be();
    name.sll_ifindex = index.cast_signed();
    // SAFETY: the pointer and length are those of a live structure, which the kernel only reads.
    unsafe { call!(bind, fd.as_raw_fd(), &raw const name, size_of_val(&name)) }?;
    Ok(fd)
}

pub(crate) fn interface_index(name: &str) -> Result<u32> {
    let name = CString::new(name).map_err(|_| Errno(libc::ENODEV))?;
    // SAFETY: a zero-terminated string.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(Errno(libc::ENODEV)),
        index => Ok(index),
    }
}

/// Takes a packet whole or leaves it out. A jump goes over so many instructions, to the last one, which leaves it out.
fn filter(wanted: Wanted<'_>) -> Vec<libc::sock_filter> {
    const LOAD_WORD: u16 = 0x20; // BPF_LD | BPF_W | BPF_ABS
    const LOAD_BYTE: u16 = 0x30; // BPF_LD | BPF_B | BPF_ABS
    const EQUAL: u16 = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    const RETURN: u16 = 0x06; // BPF_RET | BPF_K
    const PROTOCOL: u32 = (libc::SKF_AD_OFF + libc::SKF_AD_PROTOCOL).cast_unsigned();
    const PACKET_TYPE: u32 = (libc::SKF_AD_OFF + libc::SKF_AD_PKTTYPE).cast_unsigned();
    /// What is loaded, the value to compare it with, and whether it has to be equal.
    type Check = (u16, u32, u32, bool);

    let ethernet = if wanted.is_inet6 { libc::ETH_P_IPV6 } else { libc::ETH_P_IP };
    let place = if wanted.is_inet6 { 6 } else { 9 };
    let mut checks: Vec<Check> = vec![(LOAD_WORD, PROTOCOL, ethernet.cast_unsigned(), true)];
    if wanted.is_loopback {
        checks.push((LOAD_WORD, PACKET_TYPE, libc::PACKET_OUTGOING.into(), false));
    }
    if wanted.protocol != 0 {
        checks.push((LOAD_BYTE, place, wanted.protocol.into(), true));
    }
    let instruction = |code, jt, jf, k| libc::sock_filter { code, jt, jf, k };
    let mut program = Vec::new();
    for (index, (load, from, value, equal)) in checks.iter().copied().enumerate() {
        let out = (2 * (checks.len() - index - 1) + 1) as u8;
        let (jt, jf) = if equal { (0, out) } else { (out, 0) };
        program.push(instruction(load, 0, 0, from));
        program.push(instruction(EQUAL, jt, jf, value));
    }
    program.push(instruction(RETURN, 0, 0, u32::MAX));
    program.push(instruction(RETURN, 0, 0, 0));
    program
}
