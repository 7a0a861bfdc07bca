//! Byte order.

use crate::boundary;
use crate::types::SOCKET;
use winsock::Code;

/// A 16-bit number in network order.
#[unsafe(export_name = "ws2_htons")]
pub extern "system" fn htons(hostshort: u16) -> u16 {
    hostshort.to_be()
}

/// A 16-bit number in host order.
#[unsafe(export_name = "ws2_ntohs")]
pub extern "system" fn ntohs(netshort: u16) -> u16 {
    u16::from_be(netshort)
}

/// A 32-bit number in network order.
#[unsafe(export_name = "ws2_htonl")]
pub extern "system" fn htonl(hostlong: u32) -> u32 {
    hostlong.to_be()
}

/// A 32-bit number in host order.
#[unsafe(export_name = "ws2_ntohl")]
pub extern "system" fn ntohl(netlong: u32) -> u32 {
    u32::from_be(netlong)
}

/// [`htons`] by the socket's byte order, which is always the network's.
#[unsafe(export_name = "ws2_WSAHtons")]
pub unsafe extern "system" fn WSAHtons(s: SOCKET, hostshort: u16, lpnetshort: *mut u16) -> i32 {
    // SAFETY: the caller gives a u_short.
    boundary::status(unsafe { convert(s, hostshort.to_be(), lpnetshort) })
}

/// [`ntohs`] by the socket's byte order.
#[unsafe(export_name = "ws2_WSANtohs")]
pub unsafe extern "system" fn WSANtohs(s: SOCKET, netshort: u16, lphostshort: *mut u16) -> i32 {
    // SAFETY: the caller gives a u_short.
    boundary::status(unsafe { convert(s, u16::from_be(netshort), lphostshort) })
}

/// [`htonl`] by the socket's byte order.
#[unsafe(export_name = "ws2_WSAHtonl")]
pub unsafe extern "system" fn WSAHtonl(s: SOCKET, hostlong: u32, lpnetlong: *mut u32) -> i32 {
    // SAFETY: the caller gives a u_long.
    boundary::status(unsafe { convert(s, hostlong.to_be(), lpnetlong) })
}

/// [`ntohl`] by the socket's byte order.
#[unsafe(export_name = "ws2_WSANtohl")]
pub unsafe extern "system" fn WSANtohl(s: SOCKET, netlong: u32, lphostlong: *mut u32) -> i32 {
    // SAFETY: the caller gives a u_long.
    boundary::status(unsafe { convert(s, u32::from_be(netlong), lphostlong) })
}

unsafe fn convert<T>(s: SOCKET, value: T, place: *mut T) -> Result<(), Code> {
    winsock::check(s)?;
    boundary::require(place)?;
    // SAFETY: the caller's promise.
    unsafe { place.write_unaligned(value) };
    Ok(())
}
