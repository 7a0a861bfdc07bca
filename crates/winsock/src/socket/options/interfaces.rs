//! `IP_IFLIST` and its companions: the interfaces from which a socket wants datagrams.
//!
//! Linux binds a socket to one interface or to all. A list of them is a packet filter on the interface's index, which any
//! user may attach.

use winsock_codes::{Call, Code};

use super::{Access, Entry, Shape, entry};
use crate::fault;
use crate::socket::Socket;
use crate::sys;
use crate::win32::{IP_ADD_IFLIST, IP_DEL_IFLIST, IP_GET_IFLIST, IP_IFLIST};

/// The list, which is edited whether it counts or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interfaces {
    on: bool,
    indices: Vec<u32>,
}

/// More do not fit the jumps of the filter.
const MOST: usize = 250;

/// Docs: "IPPROTO_IP Socket Options". The numbers are the same on both IP levels.
pub(super) fn find(name: i32) -> Result<Entry, Code> {
    Ok(match name {
        IP_IFLIST => entry(
            Shape::BoolOrNothing,
            Access::Here { get: |s| Ok(s.options(|o| o.interfaces.on).into()), set: |s, v| edit(s, |i| i.on = v != 0) },
        ),
        IP_ADD_IFLIST => entry(Shape::Structure(4), Access::Write(add)),
        IP_DEL_IFLIST => entry(Shape::Structure(4), Access::Write(remove)),
        IP_GET_IFLIST => entry(Shape::Bytes, Access::Bytes { get: list, set: |_, _| Err(Code::WSAEINVAL) }),
        _ => return Err(Code::WSAENOPROTOOPT),
    })
}

fn add(socket: &Socket, value: &[u8]) -> Result<(), Code> {
    let index = index(value)?;
    if socket.options(|options| options.interfaces.indices.len()) >= MOST {
        return Err(Code::WSAENOBUFS);
    }
    edit(socket, |interfaces| {
        if !interfaces.indices.contains(&index) {
            interfaces.indices.push(index);
        }
    })
}

fn remove(socket: &Socket, value: &[u8]) -> Result<(), Code> {
    let index = index(value)?;
    edit(socket, |interfaces| interfaces.indices.retain(|&other| other != index))
}

fn index(value: &[u8]) -> Result<u32, Code> {
    value.first_chunk().map(|bytes| u32::from_ne_bytes(*bytes)).ok_or(Code::WSAEFAULT)
}

/// Measured on Windows: without `IP_IFLIST` there is no list to read.
fn list(socket: &Socket, value: &mut [u8]) -> Result<usize, Code> {
    let interfaces = socket.options(|options| options.interfaces.clone());
    let bytes: Vec<u8> = interfaces.indices.iter().flat_map(|index| index.to_ne_bytes()).collect();
    if !interfaces.on {
        return Err(Code::WSAEINVAL);
    }
    value.get_mut(..bytes.len()).ok_or(Code::WSAEFAULT)?.copy_from_slice(&bytes);
    Ok(bytes.len())
}

/// Changes the list, and Linux' filter with it. A stream keeps its list, and receives from its peer all the same.
fn edit(socket: &Socket, change: impl FnOnce(&mut Interfaces)) -> Result<(), Code> {
    let mut settings = socket.settings();
    let interfaces = &mut settings.options.interfaces;
    let was_on = interfaces.on;
    change(interfaces);
    if socket.kind.is_stream() || !was_on && !interfaces.on {
        return Ok(());
    }
    let wanted = interfaces.on.then_some(interfaces.indices.as_slice());
    sys::option::receive_from(socket.fd(), wanted).map_err(|errno| fault::plain(errno, Call::setsockopt))
}
