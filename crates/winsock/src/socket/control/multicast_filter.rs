//! `SIO_GET_MULTICAST_FILTER`, `SIO_SET_MULTICAST_FILTER`: the sources of a group, as `IP_MSFILTER`.
//!
//! The structure is the same on both systems: group, interface, mode, number of sources, sources. Windows numbers the
//! modes include 0 and exclude 1, Linux the other way round.

use winsock_codes::{Call, Code};

use super::{Refusal, dword_at};
use crate::fault;
use crate::socket::Socket;
use crate::sys;
use crate::win32::AF_INET;

/// The structure up to its sources, which have four bytes each.
const HEAD: usize = 16;
const MODE: usize = 8;
const COUNT: usize = 12;

impl Socket {
    pub(super) fn set_multicast_filter(&self, input: &[u8]) -> Result<(), Code> {
        self.has_filters()?;
        let count = dword_at(input, COUNT)? as usize;
        let length = count.checked_mul(4).map_or(usize::MAX, |bytes| bytes.saturating_add(HEAD));
        let mut filter = input.get(..length).ok_or(Code::WSAEFAULT)?.to_vec();
        swap_mode(&mut filter)?;
        sys::option::set_bytes(self.fd(), libc::SOL_IP, LINUX_IP_MSFILTER, &filter).map_err(code)
    }

    /// The input names group and interface.
    pub(super) fn multicast_filter(&self, input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {
        self.has_filters()?;
        let output_length = output.len();
        let filter = output.get_mut(..output_length.max(HEAD)).ok_or(Code::WSAEFAULT)?;
        filter[..MODE].copy_from_slice(input.get(..MODE).ok_or(Code::WSAEFAULT)?);
        // Linux wants to know for how many sources there is room, and tells how many there are.
        let room = ((output_length - HEAD) / 4) as u32;
        filter[COUNT..HEAD].copy_from_slice(&room.to_ne_bytes());
        sys::option::get_bytes(self.fd(), libc::SOL_IP, LINUX_IP_MSFILTER, filter).map_err(code)?;
        swap_mode(filter)?;
        let told = dword_at(filter, COUNT)?.min(room) as usize;
        Ok(HEAD + 4 * told)
    }

    fn has_filters(&self) -> Result<(), Code> {
        if self.kind.family == AF_INET && !self.kind.is_stream() { Ok(()) } else { Err(Code::WSAEOPNOTSUPP) }
    }
}

/// Missing from the libc crate.
const LINUX_IP_MSFILTER: i32 = 41;

fn swap_mode(filter: &mut [u8]) -> Result<(), Code> {
    let mode = match dword_at(filter, MODE)? {
        0 => 1u32,
        1 => 0,
        _ => return Err(Code::WSAEINVAL),
    };
    filter[MODE..COUNT].copy_from_slice(&mode.to_ne_bytes());
    Ok(())
}

fn code(errno: sys::Errno) -> Code {
    match errno.0 {
        // Not a member of the group there.
        libc::EADDRNOTAVAIL | libc::ENODEV => Code::WSAEADDRNOTAVAIL,
        _ => fault::plain(errno, Call::WSAIoctl),
    }
}
