//! `getsockopt`, `setsockopt`: one file per level.
//!
//! An option is a name, a [`Shape`] (which lengths Windows takes and gives, which differ from option to option and were
//! measured on Windows) and an [`Access`] (what stands behind it here). Shapes: dlls/ws2_32/tests/sock.c, the table of
//! option sizes, and its table of which sockets have which options.

mod both_ip;
mod interfaces;
mod ip;
mod ipv6;
mod multicast;
pub(crate) mod open_type;
mod sol_socket;
mod tcp;
pub(crate) mod told;
mod udp;

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;
use std::time::Duration;

use winsock_codes::{Call, Code};

use super::Socket;
use super::state::Facts;
use crate::fault;
use crate::sys;
use crate::win32::{IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP, SOL_SOCKET};

/// Options that Linux does not keep, or keeps otherwise than Windows does.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) reuse_address: bool,
    pub(crate) exclusive_address_use: bool,
    /// On by default on Windows, off on Linux.
    pub(crate) v6_only: bool,
    conditional_accept: bool,
    debug: bool,
    dont_route: bool,
    randomize_port: bool,
    reuse_unicast_port: bool,
    pub(crate) reuse_multicast_port: bool,
    port_scalability: bool,
    /// As the program set them, in bytes; Linux doubles them.
    send_buffer_bytes: Option<u32>,
    receive_buffer_bytes: Option<u32>,
    send_timeout_ms: u32,
    receive_timeout_ms: u32,
    /// What the program put into `SO_ERROR`.
    error: u32,
    expedited_1122: bool,
    pub(crate) fail_connect_on_icmp: bool,
    max_retransmit_s: u32,
    protection_level: u32,
    receive_broadcast: bool,
    keep_alive_s: Option<u32>,
    /// `SIO_UDP_NETRESET` off: no word of datagrams whose time to live ran out.
    pub(crate) no_time_exceeded: bool,
    interfaces: interfaces::Interfaces,
    /// What stands behind [`Access::Kept`], by level and name.
    kept: BTreeMap<(i32, i32), u32>,
}

impl Options {
    /// `SO_RCVTIMEO`, where it is a limit.
    pub(crate) fn receive_timeout(&self) -> Option<Duration> {
        limit(self.receive_timeout_ms)
    }

    /// `SO_SNDTIMEO`, where it is a limit.
    pub(crate) fn send_timeout(&self) -> Option<Duration> {
        limit(self.send_timeout_ms)
    }

    /// The buffer sizes that the program has set, with Linux' options.
    pub(crate) fn buffer_sizes(&self) -> impl Iterator<Item = (u32, i32)> {
        let send = self.send_buffer_bytes.map(|bytes| (bytes, libc::SO_SNDBUF));
        let receive = self.receive_buffer_bytes.map(|bytes| (bytes, libc::SO_RCVBUF));
        send.into_iter().chain(receive)
    }
}

/// A socket's options. Few sockets have others than the common ones, and only those have memory of their own for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnOptions {
    /// `l_onoff` and `l_linger`, as in Windows' structure.
    pub(crate) linger: (u16, u16),
    others: Option<Box<Options>>,
}

impl Deref for OwnOptions {
    type Target = Options;

    fn deref(&self) -> &Options {
        static UNCHANGED: LazyLock<Options> = LazyLock::new(Options::default);
        self.others.as_deref().unwrap_or(&UNCHANGED)
    }
}

impl DerefMut for OwnOptions {
    fn deref_mut(&mut self) -> &mut Options {
        self.others.get_or_insert_default()
    }
}

/// Windows: 0 and all ones mean no limit.
fn limit(milliseconds: u32) -> Option<Duration> {
    (milliseconds != 0 && milliseconds != u32::MAX).then(|| Duration::from_millis(milliseconds.into()))
}

impl Default for Options {
    fn default() -> Options {
        Options {
            reuse_address: false,
            exclusive_address_use: false,
            v6_only: true,
            conditional_accept: false,
            debug: false,
            dont_route: false,
            randomize_port: false,
            reuse_unicast_port: false,
            reuse_multicast_port: false,
            port_scalability: false,
            send_buffer_bytes: None,
            receive_buffer_bytes: None,
            send_timeout_ms: 0,
            receive_timeout_ms: 0,
            error: 0,
            expedited_1122: true,
            fail_connect_on_icmp: false,
            max_retransmit_s: 0,
            protection_level: 20,
            receive_broadcast: true,
            keep_alive_s: None,
            no_time_exceeded: false,
            interfaces: interfaces::Interfaces::default(),
            kept: BTreeMap::new(),
        }
    }
}

/// Which lengths an option takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A truth value of 1 to 4 bytes; read into fewer than four, one byte counts. Zero length sets nothing and succeeds.
    Bool,
    /// A truth value of exactly one byte, whatever length is offered.
    ByteBool,
    /// Four bytes; fewer are a fault.
    Dword,
    /// Four bytes; fewer are a fault, and cleared.
    DwordOrCleared,
    /// Four bytes; fewer are a fault, upon which the length becomes 0.
    DwordOrNothing,
    /// A truth value with the lengths of `DwordOrNothing`.
    BoolOrNothing,
    /// A small number of 1 to 4 bytes; read into fewer than four, one byte counts.
    ByteOrDword,
    /// A truth value with the lengths of `ByteOrDword`.
    BoolByteOrDword,
    /// A structure of at least this many bytes, set only.
    Structure(usize),
    /// As many bytes as there are.
    Bytes,
}

/// What stands behind an option.
#[derive(Clone, Copy)]
enum Access {
    /// An int option of Linux with the same values: level and name.
    Linux(i32, i32),
    /// The same with values 0 and 1.
    LinuxBool(i32, i32),
    /// Kept here.
    Here { get: fn(&Socket) -> Result<u32, Code>, set: fn(&Socket, u32) -> Result<(), Code> },
    /// Only readable; setting gives the code.
    Read(fn(&Socket) -> Result<u32, Code>, Code),
    /// A structure, only settable.
    Write(fn(&Socket, &[u8]) -> Result<(), Code>),
    /// Bytes; reading returns how many were filled in.
    Bytes { get: fn(&Socket, &mut [u8]) -> Result<usize, Code>, set: fn(&Socket, &[u8]) -> Result<(), Code> },
    /// A number that is kept under its level and name and handed back, with its default. Linux has nothing like it.
    Kept(i32, i32, u32),
    /// What `WSARecvMsg` tells: level and name of Windows.
    Told(i32, i32),
}

/// One option.
#[derive(Clone, Copy)]
struct Entry {
    shape: Shape,
    access: Access,
}

const fn entry(shape: Shape, access: Access) -> Entry {
    Entry { shape, access }
}

/// A value as the caller offers it.
#[derive(Clone, Copy, Debug)]
pub struct Offered<'a> {
    /// The bytes; at least four where `length` is negative.
    pub bytes: &'a [u8],
    /// The length as the caller gave it, which may be negative.
    pub length: i32,
}

impl<'a> From<&'a [u8]> for Offered<'a> {
    fn from(bytes: &'a [u8]) -> Offered<'a> {
        Offered { bytes, length: bytes.len().try_into().unwrap_or(i32::MAX) }
    }
}

impl Socket {
    /// Docs: "setsockopt function".
    pub(crate) fn set_option(&self, level: i32, name: i32, offered: Offered<'_>) -> Result<(), Code> {
        let Entry { shape, access } = self.find_option(level, name)?;
        if !self.state.has(Facts::OPTIONS_SET) {
            self.state.set(Facts::OPTIONS_SET);
        }
        if offered.length < 0 && (shape == Shape::ByteBool || level != SOL_SOCKET) {
            return Err(Code::WSAENOBUFS);
        }
        if let Access::Write(write) = access {
            let Shape::Structure(least) = shape else { return Err(Code::WSAEFAULT) };
            return write(self, offered.bytes.get(..least.max(offered.bytes.len())).ok_or(Code::WSAEFAULT)?);
        }
        if let Access::Bytes { set, .. } = access {
            return set(self, offered.bytes);
        }
        let Some(value) = shape.read(offered.bytes)? else {
            return if level == SOL_SOCKET { Ok(()) } else { Err(Code::WSAEFAULT) };
        };
        let call = Call::setsockopt;
        match access {
            Access::Linux(level, name) => {
                sys::option::set(self.fd(), level, name, value.cast_signed()).map_err(|errno| fault::plain(errno, call))
            }
            Access::LinuxBool(level, name) => sys::option::set(self.fd(), level, name, i32::from(value != 0))
                .map_err(|errno| fault::plain(errno, call)),
            Access::Here { set, .. } => set(self, value),
            Access::Kept(level, name, _) => {
                self.change_options(|options| options.kept.insert((level, name), value));
                Ok(())
            }
            Access::Told(level, name) => self.want(level, name, value),
            Access::Read(_, code) => Err(code),
            Access::Write(_) | Access::Bytes { .. } => Err(Code::WSAEINVAL),
        }
    }

    /// Fills `value`; the number is the length that the caller is told, also on some failures.
    ///
    /// Docs: "getsockopt function".
    pub(crate) fn get_option(&self, level: i32, name: i32, value: &mut [u8]) -> (usize, Result<(), Code>) {
        let offered = value.len();
        let Entry { shape, access } = match self.find_option(level, name) {
            Ok(entry) => entry,
            Err(code) => return (offered, Err(code)),
        };
        if let Err((told, code)) = shape.check_room(offered) {
            if shape == Shape::DwordOrCleared {
                value.fill(0);
            }
            return (told, Err(code));
        }
        if let Access::Bytes { get, .. } = access {
            return get(self, value).map_or_else(|code| (offered, Err(code)), |length| (length, Ok(())));
        }
        match self.read_option(access) {
            Ok(number) => (shape.write(number, value), Ok(())),
            Err(code) => (offered, Err(code)),
        }
    }

    fn read_option(&self, access: Access) -> Result<u32, Code> {
        match access {
            Access::Linux(level, name) => sys::option::get(self.fd(), level, name)
                .map(i32::cast_unsigned)
                .map_err(|errno| fault::plain(errno, Call::getsockopt)),
            Access::LinuxBool(level, name) => sys::option::get(self.fd(), level, name)
                .map(|value| u32::from(value != 0))
                .map_err(|errno| fault::plain(errno, Call::getsockopt)),
            Access::Here { get, .. } | Access::Read(get, _) => get(self),
            Access::Told(level, name) => self.is_wanted(level, name),
            Access::Kept(level, name, default) => Ok(self.kept_option(level, name).unwrap_or(default)),
            Access::Write(_) | Access::Bytes { .. } => Err(Code::WSAENOPROTOOPT),
        }
    }

    /// Docs: "getsockopt function", WSAEINVAL (level unknown) and WSAENOPROTOOPT (option unknown).
    fn find_option(&self, level: i32, name: i32) -> Result<Entry, Code> {
        match level {
            SOL_SOCKET => sol_socket::find(self, name),
            IPPROTO_IP if !self.kind.is_unix() => ip::find(self, name),
            IPPROTO_IPV6 if !self.kind.is_unix() => ipv6::find(self, name),
            IPPROTO_TCP if !self.kind.is_unix() => tcp::find(self, name),
            IPPROTO_UDP if !self.kind.is_unix() => udp::find(self, name),
            IPPROTO_IP | IPPROTO_IPV6 | IPPROTO_TCP | IPPROTO_UDP => Err(Code::WSAENOPROTOOPT),
            _ => Err(Code::WSAEINVAL),
        }
    }

    /// What the program set an option to that is only kept.
    fn kept_option(&self, level: i32, name: i32) -> Option<u32> {
        self.options(|options| options.kept.get(&(level, name)).copied())
    }

    fn options<T>(&self, f: impl FnOnce(&Options) -> T) -> T {
        f(&self.settings().options)
    }

    /// For who writes: gives the socket options of its own if it has none.
    fn change_options<T>(&self, f: impl FnOnce(&mut Options) -> T) -> T {
        f(&mut self.settings().options)
    }
}

impl Shape {
    /// The number in the bytes; `None` for a truth value of no length.
    fn read(self, bytes: &[u8]) -> Result<Option<u32>, Code> {
        let dword = bytes.first_chunk::<4>().map(|bytes| u32::from_ne_bytes(*bytes));
        let short = || dword.unwrap_or_else(|| bytes.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte)));
        match self {
            Shape::Bool if bytes.is_empty() => Ok(None),
            Shape::Bool => Ok(Some(u32::from(short() != 0))),
            Shape::ByteBool => bytes.first().map(|byte| Some(u32::from(*byte != 0))).ok_or(Code::WSAEFAULT),
            Shape::Dword | Shape::DwordOrCleared | Shape::DwordOrNothing => dword.map(Some).ok_or(Code::WSAEFAULT),
            Shape::BoolOrNothing => dword.map(|value| Some(u32::from(value != 0))).ok_or(Code::WSAEFAULT),
            Shape::ByteOrDword | Shape::BoolByteOrDword if bytes.is_empty() => Err(Code::WSAEFAULT),
            Shape::ByteOrDword => Ok(Some(short())),
            Shape::BoolByteOrDword => Ok(Some(u32::from(short() != 0))),
            Shape::Structure(_) | Shape::Bytes => Err(Code::WSAEFAULT),
        }
    }

    /// Whether the value can be told in that many bytes; if not, the length told and the code.
    fn check_room(self, room: usize) -> Result<(), (usize, Code)> {
        match self {
            _ if room == 0 => Err((0, Code::WSAEFAULT)),
            Shape::Dword | Shape::DwordOrCleared if room < 4 => Err((room, Code::WSAEFAULT)),
            Shape::DwordOrNothing | Shape::BoolOrNothing if room < 4 => Err((0, Code::WSAEFAULT)),
            _ => Ok(()),
        }
    }

    /// Puts the number into the bytes; returns the length told. Bytes beyond the value are left alone.
    fn write(self, number: u32, value: &mut [u8]) -> usize {
        let bytes = number.to_ne_bytes();
        let width = match self {
            Shape::ByteBool => 1,
            _ if value.len() >= 4 => 4,
            // Measured on Windows: a short truth value clears all that was offered, and counts one byte.
            Shape::Bool => {
                value.fill(0);
                1
            }
            _ => 1,
        };
        value[..width].copy_from_slice(&bytes[..width]);
        width
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::socket::kind::Kind;
    use crate::win32::{AF_INET, AF_INET6, SO_RCVTIMEO, SOCK_DGRAM, SOCK_STREAM};

    #[test]
    fn reading_options_takes_no_memory_for_them() {
        for (family, kind) in [(AF_INET, SOCK_STREAM), (AF_INET, SOCK_DGRAM), (AF_INET6, SOCK_STREAM)] {
            let socket = Socket::open(Kind::find(family, kind, 0).unwrap()).unwrap();
            let before = socket.settings().options.others.is_some();
            let mut known = 0;
            for level in [SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP] {
                for name in (0..0x80).chain(0x1000..0x1010).chain(0x3000..0x3010).chain(0x7000..0x7020) {
                    known += usize::from(socket.get_option(level, name, &mut [0; 64]).1.is_ok());
                }
            }
            assert!(known > 20);
            assert_eq!(socket.settings().options.others.is_some(), before);
            socket.set_option(SOL_SOCKET, SO_RCVTIMEO, (&[1, 0, 0, 0][..]).into()).unwrap();
            assert!(socket.settings().options.others.is_some());
        }
    }
}
