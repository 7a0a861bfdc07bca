//! `SIO_TCP_INFO`, and the other codes about a TCP connection.

use winsock_codes::{Call, Code};

use super::Refusal;
use crate::fault;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sys;

/// `sizeof(TCP_INFO_v0)`, `sizeof(TCP_INFO_v1)`.
const LENGTHS: [usize; 2] = [88, 136];

impl Socket {
    /// `TCP_INFO_v0` or `_v1` out of Linux' `tcp_info`. What Linux does not count is 0.
    ///
    /// Docs: "SIO_TCP_INFO control code", "TCP_INFO_v0 structure", "TCP_INFO_v1 structure".
    pub(super) fn tcp_info(&self, version: u32, output: &mut [u8]) -> Result<usize, Refusal> {
        let linux = self.linux_tcp_info()?;
        let length = *LENGTHS.get(version as usize).ok_or(Code::WSAEINVAL)?;
        let mut info = Fields(&mut [0; LENGTHS[1]]);
        let segment = linux.dword(16);
        info.dword(0, windows_state(linux.0[0]));
        info.dword(4, segment);
        let connected_at = self.settings().connected_at;
        info.qword(8, connected_at.map_or(0, |at| at.elapsed().as_millis().try_into().unwrap_or(u64::MAX)));
        info.0[16] = linux.0[5] & TIMESTAMPS;
        info.dword(20, linux.dword(68));
        // Not measured yet is all ones on both systems.
        info.dword(24, linux.dword(148));
        info.dword(28, linux.dword(24).saturating_mul(segment));
        info.dword(32, linux.dword(80).saturating_mul(segment));
        info.dword(36, linux.dword(228));
        info.dword(40, linux.dword(232));
        info.dword(44, sys::option::get(self.fd(), libc::SOL_SOCKET, libc::SO_RCVBUF).unwrap_or(0).cast_unsigned() / 2);
        info.qword(48, linux.qword(200));
        info.qword(56, linux.qword(128));
        info.dword(64, linux.dword(220).saturating_mul(segment));
        info.dword(68, u32::try_from(linux.qword(208)).unwrap_or(u32::MAX));
        info.dword(72, linux.dword(100));
        info.dword(76, linux.dword(216));
        info.dword(80, u32::from(linux.0[2]));
        if version == 1 {
            // Microseconds to milliseconds: limited by the peer's window, and by what the program gave to send.
            info.dword(92, milliseconds(linux.qword(176)));
            info.dword(124, milliseconds(linux.qword(184)));
        }
        super::put(output, &info.0[..length])
    }

    /// How much the program should keep sent and unacknowledged, in bytes.
    ///
    /// Docs: "SIO_IDEAL_SEND_BACKLOG_QUERY control code".
    pub(super) fn ideal_send_backlog(&self) -> Result<u32, Code> {
        let linux = self.linux_tcp_info()?;
        if !self.state.has(Facts::CONNECTED) {
            return Err(Code::WSAENOTCONN);
        }
        Ok(linux.dword(80).saturating_mul(linux.dword(16)).max(64 * 1024))
    }

    /// `TCP_INITIAL_RTO_PARAMETERS`: a first time-out in milliseconds, which Linux does not take from programs, and how
    /// often to repeat a SYN.
    ///
    /// Docs: "SIO_TCP_INITIAL_RTO control code", "TCP_INITIAL_RTO_PARAMETERS structure".
    pub(super) fn set_initial_rto(&self, input: &[u8]) -> Result<(), Code> {
        const NO_RETRIES: u8 = 0xfe;
        const UNSPECIFIED: u8 = 0xff;
        if !self.kind.is_tcp() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        let [_, _, tries, ..] = *input else { return Err(Code::WSAEFAULT) };
        if self.state.has(Facts::CONNECTED) || self.state.has(Facts::CONNECTING) {
            return Err(Code::WSAEINVAL);
        }
        let tries = match tries {
            0 | UNSPECIFIED => return Ok(()),
            NO_RETRIES => 1, // Linux repeats at least once.
            tries => i32::from(tries).min(127),
        };
        self.state.set(Facts::OPTIONS_SET);
        sys::option::set(self.fd(), libc::IPPROTO_TCP, libc::TCP_SYNCNT, tries)
            .map_err(|errno| fault::plain(errno, Call::WSAIoctl))
    }

    fn linux_tcp_info(&self) -> Result<LinuxInfo, Code> {
        if !self.kind.is_tcp() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        // An older kernel fills in less; the rest stays 0.
        let mut bytes = [0; 248];
        sys::option::get_bytes(self.fd(), libc::IPPROTO_TCP, libc::TCP_INFO, &mut bytes)
            .map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        Ok(LinuxInfo(bytes))
    }
}

/// `TCPI_OPT_TIMESTAMPS`
const TIMESTAMPS: u8 = 1;

/// linux/tcp.h, `struct tcp_info`, which only grows at its end.
struct LinuxInfo([u8; 248]);

impl LinuxInfo {
    fn dword(&self, place: usize) -> u32 {
        u32::from_ne_bytes([self.0[place], self.0[place + 1], self.0[place + 2], self.0[place + 3]])
    }

    fn qword(&self, place: usize) -> u64 {
        u64::from(self.dword(place)) | u64::from(self.dword(place + 4)) << 32
    }
}

struct Fields<'a>(&'a mut [u8; LENGTHS[1]]);

impl Fields<'_> {
    fn dword(&mut self, place: usize, value: u32) {
        self.0[place..place + 4].copy_from_slice(&value.to_ne_bytes());
    }

    fn qword(&mut self, place: usize, value: u64) {
        self.0[place..place + 8].copy_from_slice(&value.to_ne_bytes());
    }
}

fn milliseconds(microseconds: u64) -> u32 {
    (microseconds / 1000).try_into().unwrap_or(u32::MAX)
}

/// `TCPSTATE` of Linux' `TCP_ESTABLISHED` (1) to `TCP_CLOSING` (11).
fn windows_state(linux: u8) -> u32 {
    const STATES: [u8; 12] = [0, 4, 2, 3, 5, 6, 10, 0, 7, 9, 1, 8];
    STATES.get(usize::from(linux)).map_or(0, |&state| state.into())
}
