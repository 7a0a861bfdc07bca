//! The calls on network events by SOCKET value.

use winsock_codes::Code;

use super::FD_MAX_EVENTS;
use crate::handle::objects::Handle;
use crate::handle::table::TABLE;
use crate::memory;
use crate::process::require_started;
use crate::socket::Socket;
use crate::wait;
use crate::win32::SOCKET;

/// What has happened on a socket: the bits of the events, and the code of each, 0 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkEvents {
    /// [`FD_READ`](super::FD_READ) and others.
    pub events: u32,
    /// By bit; meaningful for the events that have happened.
    pub codes: [Code; FD_MAX_EVENTS],
}

/// Selects the network events that set an event object from now on; 0 for none. The socket is non-blocking from here on,
/// and stays so until this is called with 0 and then `FIONBIO` with 0.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`; `WSAEINVAL` if events are selected and the handle is no event's; `WSAENOBUFS`.
/// Docs: "WSAEventSelect function".
///
/// ```
/// use winsock::event::{self, FD_ACCEPT, FD_CLOSE};
/// use winsock::{Code, wait, win32::*};
///
/// winsock::startup(0x0202)?;
/// let s = winsock::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)?;
/// let (object, _) = wait::create_event(None, true, false)?;
/// event::event_select(s, object, FD_ACCEPT | FD_CLOSE)?;
/// assert_eq!(winsock::ioctlsocket(s, FIONBIO, &mut 0), Err(Code::WSAEINVAL));
/// assert_eq!(event::enum_network_events(s, object)?.events, 0);
/// # winsock::closesocket(s)?;
/// # winsock::cleanup()?;
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "WSAEventSelect")]
pub fn event_select(s: SOCKET, event: Handle, events: u32) -> Result<(), Code> {
    require_started()?;
    memory::require()?;
    TABLE.with_shared(s, |socket| {
        let event = match events {
            0 => None,
            _ => Some(wait::event(event).map_err(|_| Code::WSAEINVAL)?),
        };
        Socket::select_events(socket, event, events)
    })
}

/// What has happened since the last time, which is forgotten by telling. Resets the event object, if one is given.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSAENOTSOCK`; `WSAEINVAL` if the handle is not 0 and no event's.
/// Docs: "WSAEnumNetworkEvents function".
#[doc(alias = "WSAEnumNetworkEvents")]
pub fn enum_network_events(s: SOCKET, event: Handle) -> Result<NetworkEvents, Code> {
    require_started()?;
    TABLE.with(s, |socket| {
        let event = match event {
            0 => None,
            event => Some(wait::event(event).map_err(|_| Code::WSAEINVAL)?),
        };
        let (events, codes) = socket.take_events(event.as_deref());
        Ok(NetworkEvents { events, codes })
    })
}
