//! `SIO_ADDRESS_LIST_CHANGE`, `SIO_ROUTING_INTERFACE_CHANGE`.

use std::time::Duration;

use winsock_codes::{Call, Code};

use crate::fault;
use crate::socket::Socket;
use crate::sys::netlink;
pub(super) use netlink::{ADDRESSES, ROUTES};

/// How soon a wait notices that its socket was closed.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

impl Socket {
    /// Waits for any change of that kind, whichever family and destination; a non-blocking socket cannot wait.
    ///
    /// Docs: "Winsock IOCTLs": a provider may tell of every change.
    pub(super) fn wait_for_change(&self, kinds: u32) -> Result<(), Code> {
        if self.is_nonblocking() {
            return Err(Code::WSAEWOULDBLOCK);
        }
        let news = netlink::Subscription::open(kinds).map_err(|errno| fault::plain(errno, Call::WSAIoctl))?;
        loop {
            self.check_closed()?;
            if news.arrived_within(LOOK_AGAIN).map_err(|errno| fault::plain(errno, Call::WSAIoctl))? {
                return Ok(());
            }
        }
    }
}
