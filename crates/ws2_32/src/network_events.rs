//! Winsock's own names for events, and network events.

use winsock::event::{self, NetworkEvents};
use winsock::{Code, wait as core};

use crate::boundary::{self, status};
use crate::objects::{opened, win32};
use crate::types::{HANDLE, SOCKET, WSANETWORKEVENTS};
use crate::waits;

/// Makes an event that stays set until it is reset. Docs: "WSACreateEvent function": its one code for want of anything.
#[unsafe(export_name = "ws2_WSACreateEvent")]
pub extern "system" fn WSACreateEvent() -> HANDLE {
    let created = core::create_event(None, true, false).map(|(handle, _)| handle);
    opened(created.map_err(|_| Code::WSA_NOT_ENOUGH_MEMORY))
}

/// Closes an event.
#[unsafe(export_name = "ws2_WSACloseEvent")]
pub extern "system" fn WSACloseEvent(hevent: HANDLE) -> i32 {
    win32(core::close(hevent.addr()))
}

/// Sets an event.
#[unsafe(export_name = "ws2_WSASetEvent")]
pub extern "system" fn WSASetEvent(hevent: HANDLE) -> i32 {
    win32(core::set_event(hevent.addr()))
}

/// Resets an event.
#[unsafe(export_name = "ws2_WSAResetEvent")]
pub extern "system" fn WSAResetEvent(hevent: HANDLE) -> i32 {
    win32(core::reset_event(hevent.addr()))
}

/// Waits for one event of several, or for all.
#[unsafe(export_name = "ws2_WSAWaitForMultipleEvents")]
pub unsafe extern "system" fn WSAWaitForMultipleEvents(
    cevents: u32,
    lphevents: *const HANDLE,
    fwaitall: i32,
    dwtimeout: u32,
    falertable: i32,
) -> u32 {
    // SAFETY: the caller gives so many handles.
    waits::told(unsafe { waits::wait_for(cevents, lphevents, fwaitall, dwtimeout, falertable) })
}

/// Selects the network events that set an event.
#[unsafe(export_name = "ws2_WSAEventSelect")]
pub extern "system" fn WSAEventSelect(s: SOCKET, heventobject: HANDLE, lnetworkevents: i32) -> i32 {
    status(event::event_select(s, heventobject.addr(), lnetworkevents.cast_unsigned()))
}

/// What has happened since the last time. Of the codes those of the events that have happened are written.
#[unsafe(export_name = "ws2_WSAEnumNetworkEvents")]
pub unsafe extern "system" fn WSAEnumNetworkEvents(
    s: SOCKET,
    heventobject: HANDLE,
    lpnetworkevents: *mut WSANETWORKEVENTS,
) -> i32 {
    status(winsock::check(s).and_then(|()| boundary::require(lpnetworkevents)).and_then(|()| {
        let happened = event::enum_network_events(s, heventobject.addr())?;
        // SAFETY: the caller gives a place for the answer.
        unsafe { tell(&happened, lpnetworkevents) };
        Ok::<(), Code>(())
    }))
}

unsafe fn tell(happened: &NetworkEvents, place: *mut WSANETWORKEVENTS) {
    // SAFETY: the caller's promise.
    unsafe {
        (&raw mut (*place).lNetworkEvents).write_unaligned(happened.events.cast_signed());
        for (bit, code) in happened.codes.iter().enumerate().filter(|(bit, _)| happened.events & 1 << bit != 0) {
            (&raw mut (*place).iErrorCode[bit]).write_unaligned(code.value());
        }
    }
}
