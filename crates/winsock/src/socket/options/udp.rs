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
        UDP_CHECKSUM_COVERAGE => Ok(entry(Shape::BoolOrNothing, Access::Kept(IPPROTO_UDP, name, 1))),
        UDP_SEND_MSG_SIZE => Ok(entry(Shape::DwordOrNothing, Access::Linux(libc::SOL_UDP, libc::UDP_SEGMENT))),
        // Datagrams may be told together then; here each is told for itself.
        UDP_RECV_MAX_COALESCED_SIZE => Ok(entry(Shape::DwordOrNothing, Access::Kept(IPPROTO_UDP, name, 0))),
        _ => Err(Code::WSAENOPROTOOPT),
    }
}
