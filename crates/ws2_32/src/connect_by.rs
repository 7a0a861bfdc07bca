//! `WSAConnectByName`, `WSAConnectByList`.

use std::net::SocketAddr;
use std::time::Duration;

use winsock::names::connect;
use winsock::{Address, Code};

use crate::boundary;
use crate::readiness::{CTimeval, duration, limit};
use crate::text;
use crate::types::{OVERLAPPED, SOCKADDR, SOCKET};

/// A list of addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SOCKET_ADDRESS_LIST {
    /// How many there are.
    pub iAddressCount: i32,
    /// The first of them.
    pub Address: [SOCKET_ADDRESS; 1],
}

/// An address with its length.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SOCKET_ADDRESS {
    /// The address.
    pub lpSockaddr: *mut SOCKADDR,
    /// Its length in bytes.
    pub iSockaddrLength: i32,
}

/// Connects to a host by name. Returns whether it did.
#[unsafe(export_name = "ws2_WSAConnectByNameA")]
pub unsafe extern "system" fn WSAConnectByNameA(
    s: SOCKET,
    nodename: *const u8,
    servicename: *const u8,
    localaddresslength: *mut u32,
    localaddress: *mut SOCKADDR,
    remoteaddresslength: *mut u32,
    remoteaddress: *mut SOCKADDR,
    timeout: *const CTimeval,
    reserved: *const OVERLAPPED,
) -> i32 {
    let (local, remote) = ((localaddress, localaddresslength), (remoteaddress, remoteaddresslength));
    let rooms = Rooms { local, remote, leaves_port_out: true };
    // SAFETY: the caller gives strings, rooms with their lengths, and null or a timeval.
    unsafe { by_name(s, text::optional(nodename), text::optional(servicename), &rooms, (timeout, reserved)) }
}

/// [`WSAConnectByNameA`] for 16-bit text.
#[unsafe(export_name = "ws2_WSAConnectByNameW")]
pub unsafe extern "system" fn WSAConnectByNameW(
    s: SOCKET,
    nodename: *const u16,
    servicename: *const u16,
    localaddresslength: *mut u32,
    localaddress: *mut SOCKADDR,
    remoteaddresslength: *mut u32,
    remoteaddress: *mut SOCKADDR,
    timeout: *const CTimeval,
    reserved: *const OVERLAPPED,
) -> i32 {
    let (local, remote) = ((localaddress, localaddresslength), (remoteaddress, remoteaddresslength));
    let rooms = Rooms { local, remote, leaves_port_out: true };
    // SAFETY: the caller gives strings, rooms with their lengths, and null or a timeval.
    unsafe { by_name(s, text::optional(nodename), text::optional(servicename), &rooms, (timeout, reserved)) }
}

/// [`WSAConnectByNameW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAConnectByNameW_utf32")]
pub unsafe extern "system" fn WSAConnectByNameW_utf32(
    s: SOCKET,
    nodename: *const u32,
    servicename: *const u32,
    localaddresslength: *mut u32,
    localaddress: *mut SOCKADDR,
    remoteaddresslength: *mut u32,
    remoteaddress: *mut SOCKADDR,
    timeout: *const CTimeval,
    reserved: *const OVERLAPPED,
) -> i32 {
    let (local, remote) = ((localaddress, localaddresslength), (remoteaddress, remoteaddresslength));
    let rooms = Rooms { local, remote, leaves_port_out: true };
    // SAFETY: the caller gives strings, rooms with their lengths, and null or a timeval.
    unsafe { by_name(s, text::optional(nodename), text::optional(servicename), &rooms, (timeout, reserved)) }
}

/// Connects to the first of a list of addresses that answers. Returns whether one did.
#[unsafe(export_name = "ws2_WSAConnectByList")]
pub unsafe extern "system" fn WSAConnectByList(
    s: SOCKET,
    socketaddress: *const SOCKET_ADDRESS_LIST,
    localaddresslength: *mut u32,
    localaddress: *mut SOCKADDR,
    remoteaddresslength: *mut u32,
    remoteaddress: *mut SOCKADDR,
    timeout: *const CTimeval,
    _reserved: *const OVERLAPPED,
) -> i32 {
    let (local, remote) = ((localaddress, localaddresslength), (remoteaddress, remoteaddresslength));
    let rooms = Rooms { local, remote, leaves_port_out: false };
    // SAFETY: the caller gives a list, rooms with their lengths, and null or a timeval.
    done(winsock::check(s).and_then(|()| unsafe {
        let addresses = read_list(socketaddress)?;
        connect::connect_by_list(s, &addresses, time(timeout)?)?;
        rooms.fill(s)
    }))
}

unsafe fn by_name(
    s: SOCKET,
    node: Result<Option<String>, Code>,
    service: Result<Option<String>, Code>,
    rooms: &Rooms,
    (timeout, reserved): (*const CTimeval, *const OVERLAPPED),
) -> i32 {
    let connect = || {
        boundary::started()?;
        let (node, service) = (node?, service?);
        // Checked on Windows (test_WSAConnectByName of dlls/ws2_32/tests/sock.c): these are judged before the socket.
        if node.is_none() || service.is_none() || !reserved.is_null() {
            return Err(Code::WSAEINVAL);
        }
        winsock::check(s)?;
        // SAFETY: the caller gives rooms with their lengths, and null or a timeval.
        unsafe {
            connect::connect_by_name(s, node.as_deref(), service.as_deref(), time(timeout)?)?;
            rooms.fill(s)
        }
    };
    done(connect())
}

/// TRUE or FALSE.
fn done(result: Result<(), Code>) -> i32 {
    boundary::record(result).is_ok().into()
}

unsafe fn time(timeout: *const CTimeval) -> Result<Option<Duration>, Code> {
    // SAFETY: the caller gives null or a timeval.
    unsafe { limit(timeout, |time| duration(time.tv_sec, time.tv_usec)) }.transpose()
}

/// Reads a list of addresses.
pub(crate) unsafe fn read_list(list: *const SOCKET_ADDRESS_LIST) -> Result<Vec<Address>, Code> {
    boundary::require(list)?;
    // SAFETY: the caller gives a list with as many entries as it says.
    unsafe {
        let count = (&raw const (*list).iAddressCount).read_unaligned();
        let count = usize::try_from(count).map_err(|_| Code::WSAEINVAL)?;
        boundary::items((&raw const (*list).Address).cast::<SOCKET_ADDRESS>(), count)?
            .iter()
            .map(|entry| Address::from_windows(boundary::name(entry.lpSockaddr, entry.iSockaddrLength)?))
            .collect()
    }
}

/// Where the names of the connection go, if anywhere.
struct Rooms {
    local: (*mut SOCKADDR, *mut u32),
    remote: (*mut SOCKADDR, *mut u32),
    /// `WSAConnectByName` does not tell the local port (its test, as above).
    leaves_port_out: bool,
}

impl Rooms {
    fn local_name(&self, s: SOCKET) -> Result<Address, Code> {
        let name = winsock::getsockname(s)?;
        Ok(match name.to_socket_addr() {
            Some(name) if self.leaves_port_out => SocketAddr::new(name.ip(), 0).into(),
            _ => name,
        })
    }

    unsafe fn fill(&self, s: SOCKET) -> Result<(), Code> {
        let names = [(self.local, self.local_name(s)?), (self.remote, winsock::getpeername(s)?)];
        for ((place, length), name) in names {
            if place.is_null() || length.is_null() {
                continue;
            }
            boundary::require(place)?;
            boundary::require(length)?;
            let windows = name.to_windows();
            // SAFETY: the caller gives room for `*length` bytes.
            unsafe {
                if (length.read_unaligned() as usize) < windows.len() {
                    return Err(Code::WSAEFAULT);
                }
                std::ptr::copy_nonoverlapping(windows.as_ptr(), place.cast(), windows.len());
                length.write_unaligned(windows.len() as u32);
            }
        }
        Ok(())
    }
}
