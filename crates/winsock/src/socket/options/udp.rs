//! `IPPROTO_UDP`.

use winsock_codes::Code;

use super::{Access, Entry, Shape, entry};
use crate::socket::Socket;
use crate::win32::*;

/// Docs: "IPPROTO_UDP Socket Options".
pub(super) fn find(socket: &Socket, name: i32) -> Result<Entry, Code> {
    if !socket.kind.is_udp() {
        return Err(Code::WSAENOPROTOOPT);
    }
    match name {
        UDP_NOCHECKSUM => Ok(entry(Shape::BoolOrNothing, Access::LinuxBool(libc::SOL_SOCKET, libc::SO_NO_CHECK))),
        _ => Err(Code::WSAENOPROTOOPT),
    }
}
