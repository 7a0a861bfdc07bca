//! Being told of changes of interfaces, addresses and routes: by a routine again and again, or by an OVERLAPPED once.

use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use winbase::network::{self, Change, Subject, Thing};
use winbase::{Code, error};
use winsock::overlapped::Record;

use super::netio::{MIB_IPFORWARD_ROW2, MIB_UNICASTIPADDRESS_ROW, SOCKADDR_INET, families, luid, status};
use super::netio_interfaces::MIB_IPINTERFACE_ROW;
use crate::boundary::usable;
use crate::types::{HANDLE, OVERLAPPED};

/// A routine that is told of changes: the caller's word, a row, and `MIB_NOTIFICATION_TYPE`. The row differs with the function.
pub type CHANGE_CALLBACK = Option<unsafe extern "system" fn(*mut c_void, *mut c_void, i32)>;

/// `MibInitialNotification`: nothing has changed, and there is no row.
const INITIAL: i32 = 3;
const IO_PENDING: Code = Code::new(997);

/// Begins to tell a routine; `rows` makes rows of a change, of each of which the routine is told.
///
/// # Safety
/// The routine may be called from any thread until the watch is cancelled. If usable, `place` is good for writing.
unsafe fn tell<R: 'static>(
    subject: Subject,
    family: u16,
    callback: CHANGE_CALLBACK,
    context: *mut c_void,
    initial: u8,
    place: *mut HANDLE,
    rows: impl Fn(&Thing, [bool; 2]) -> Vec<R> + Send + 'static,
) -> u32 {
    let (Some(callback), true) = (callback, usable(place)) else { return status(Err(error::INVALID_PARAMETER)) };
    let context = context.expose_provenance();
    let begun = families(family).and_then(|families| {
        let tell = move |change: Option<&Change>| {
            let context = std::ptr::with_exposed_provenance_mut(context);
            let Some((turn, thing)) = change else {
                // SAFETY: the caller's promise.
                return unsafe { callback(context, std::ptr::null_mut(), INITIAL) };
            };
            for mut row in rows(thing, families) {
                // SAFETY: as above; the row lives as long as the call.
                unsafe { callback(context, (&raw mut row).cast(), *turn as i32) };
            }
        };
        network::watch(subject, families, initial != 0, tell)
    });
    // SAFETY: the caller's promise.
    status(begun.map(|number| unsafe { place.write_unaligned(std::ptr::without_provenance_mut(number)) }))
}

/// Tells of interfaces, one time for each family of addresses. A row has the family and the interface's numbers.
#[unsafe(export_name = "ws2_NotifyIpInterfaceChange")]
pub unsafe extern "system" fn NotifyIpInterfaceChange(
    family: u16,
    callback: CHANGE_CALLBACK,
    callercontext: *mut c_void,
    initialnotification: u8,
    notificationhandle: *mut HANDLE,
) -> u32 {
    let rows = |thing: &Thing, [v4, v6]: [bool; 2]| {
        let Thing::Interface(interface) = thing else { return Vec::new() };
        let families = [v4.then_some(false), v6.then_some(true)].into_iter().flatten();
        families.map(|is_v6| MIB_IPINTERFACE_ROW::naming(interface, is_v6)).collect()
    };
    // SAFETY: the caller gives a routine and a place.
    unsafe { tell(Subject::Interfaces, family, callback, callercontext, initialnotification, notificationhandle, rows) }
}

/// Tells of addresses. A row has the address and the interface's numbers.
#[unsafe(export_name = "ws2_NotifyUnicastIpAddressChange")]
pub unsafe extern "system" fn NotifyUnicastIpAddressChange(
    family: u16,
    callback: CHANGE_CALLBACK,
    callercontext: *mut c_void,
    initialnotification: u8,
    notificationhandle: *mut HANDLE,
) -> u32 {
    let rows = |thing: &Thing, _: [bool; 2]| {
        let Thing::Address(interface, own) = thing else { return Vec::new() };
        vec![MIB_UNICASTIPADDRESS_ROW {
            Address: SOCKADDR_INET::new(own.address, interface.index),
            InterfaceLuid: luid(interface),
            InterfaceIndex: interface.index,
            ..MIB_UNICASTIPADDRESS_ROW::default()
        }]
    };
    // SAFETY: the caller gives a routine and a place.
    unsafe { tell(Subject::Addresses, family, callback, callercontext, initialnotification, notificationhandle, rows) }
}

/// Tells of routes. A row has the destination, the next router and the interface's numbers.
#[unsafe(export_name = "ws2_NotifyRouteChange2")]
pub unsafe extern "system" fn NotifyRouteChange2(
    addressfamily: u16,
    callback: CHANGE_CALLBACK,
    callercontext: *mut c_void,
    initialnotification: u8,
    notificationhandle: *mut HANDLE,
) -> u32 {
    let rows = |thing: &Thing, _: [bool; 2]| {
        let Thing::Route(interface, route) = thing else { return Vec::new() };
        let nowhere: IpAddr =
            if route.destination.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
        vec![MIB_IPFORWARD_ROW2 {
            InterfaceLuid: interface.as_ref().map_or(0, luid),
            InterfaceIndex: route.interface,
            DestinationPrefix: SOCKADDR_INET::new(route.destination, route.interface),
            DestinationPrefixLength: route.prefix.into(),
            NextHop: SOCKADDR_INET::new(route.gateway.unwrap_or(nowhere), route.interface),
            ..MIB_IPFORWARD_ROW2::default()
        }]
    };
    // SAFETY: the caller gives a routine and a place.
    unsafe {
        tell(Subject::Routes, addressfamily, callback, callercontext, initialnotification, notificationhandle, rows)
    }
}

/// Ends telling a routine, which has returned then unless it is itself that calls this.
#[unsafe(export_name = "ws2_CancelMibChangeNotify2")]
pub extern "system" fn CancelMibChangeNotify2(notificationhandle: HANDLE) -> u32 {
    status(network::unwatch(notificationhandle.addr()))
}

/// Waits for a change, or begins to.
///
/// # Safety
/// If not null, the OVERLAPPED is lent until it ends, and `place` good for writing.
unsafe fn tell_once(subject: Subject, place: *mut HANDLE, overlapped: *mut OVERLAPPED) -> u32 {
    // Docs: "NotifyAddrChange function": without either the call waits.
    if place.is_null() || overlapped.is_null() {
        return status(network::wait(subject));
    }
    if !usable(place) || !usable(overlapped) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    let record = unsafe { Record::lend(overlapped.cast()) }.ok_or(error::INVALID_PARAMETER);
    let begun = record.and_then(|record| network::begin_wait(subject, record));
    let result = begun.and_then(|handle| {
        // SAFETY: the caller's promise.
        unsafe { place.write_unaligned(std::ptr::without_provenance_mut(handle)) };
        // Programs ask for it by WSAGetLastError as well, as the page's example does.
        winsock::set_last_error(IO_PENDING);
        Err(IO_PENDING)
    });
    status(result)
}

/// Tells once that the addresses of IPv4 have changed.
#[unsafe(export_name = "ws2_NotifyAddrChange")]
pub unsafe extern "system" fn NotifyAddrChange(handle: *mut HANDLE, overlapped: *mut OVERLAPPED) -> u32 {
    // SAFETY: the caller lends an OVERLAPPED, and gives a place.
    unsafe { tell_once(Subject::Addresses, handle, overlapped) }
}

/// Tells once that the routes of IPv4 have changed.
#[unsafe(export_name = "ws2_NotifyRouteChange")]
pub unsafe extern "system" fn NotifyRouteChange(handle: *mut HANDLE, overlapped: *mut OVERLAPPED) -> u32 {
    // SAFETY: the caller lends an OVERLAPPED, and gives a place.
    unsafe { tell_once(Subject::Routes, handle, overlapped) }
}

/// Ends what [`NotifyAddrChange`] or [`NotifyRouteChange`] has begun.
#[unsafe(export_name = "ws2_CancelIPChangeNotify")]
pub extern "system" fn CancelIPChangeNotify(notifyoverlapped: *mut OVERLAPPED) -> i32 {
    let is_cancelled = network::cancel_wait(notifyoverlapped.addr());
    if !is_cancelled {
        winsock::set_last_error(error::INVALID_PARAMETER);
    }
    is_cancelled.into()
}
