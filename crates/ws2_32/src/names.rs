//! The resolver: `getaddrinfo` and its kin.

use std::ptr;

use winsock::names::addrinfo::{self, Answer, Hints};
use winsock::names::hosts;
use winsock::{Code, WindowsAddress};

use crate::boundary::{self, status};
use crate::text::{self, Unit};
use crate::types::{ADDRINFO, SOCKADDR};

/// The addresses of a host and the port of a service. Returns the code and sets it.
#[unsafe(export_name = "ws2_getaddrinfo")]
pub unsafe extern "system" fn getaddrinfo(
    pnodename: *const u8,
    pservicename: *const u8,
    phints: *const ADDRINFO<u8>,
    ppresult: *mut *mut ADDRINFO<u8>,
) -> i32 {
    // SAFETY: the caller gives strings, hints and a place for the list.
    unsafe { resolve(text::narrow(pnodename), text::narrow(pservicename), phints, ppresult) }
}

/// [`getaddrinfo`] for wide text.
#[unsafe(export_name = "ws2_GetAddrInfoW")]
pub unsafe extern "system" fn GetAddrInfoW(
    pnodename: *const u16,
    pservicename: *const u16,
    phints: *const ADDRINFO<u16>,
    ppresult: *mut *mut ADDRINFO<u16>,
) -> i32 {
    // SAFETY: the caller gives strings, hints and a place for the list.
    unsafe { resolve(text::wide(pnodename), text::wide(pservicename), phints, ppresult) }
}

/// [`GetAddrInfoW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetAddrInfoW_utf32")]
pub unsafe extern "system" fn GetAddrInfoW_utf32(
    pnodename: *const u32,
    pservicename: *const u32,
    phints: *const ADDRINFO<u32>,
    ppresult: *mut *mut ADDRINFO<u32>,
) -> i32 {
    // SAFETY: the caller gives strings, hints and a place for the list.
    unsafe { resolve(text::wide(pnodename), text::wide(pservicename), phints, ppresult) }
}

/// Frees a list of [`getaddrinfo`].
#[unsafe(export_name = "ws2_freeaddrinfo")]
pub unsafe extern "system" fn freeaddrinfo(paddrinfo: *mut ADDRINFO<u8>) {
    // SAFETY: the caller gives a list of `getaddrinfo`, or null.
    unsafe { free(paddrinfo) }
}

/// Frees a list of [`GetAddrInfoW`].
#[unsafe(export_name = "ws2_FreeAddrInfoW")]
pub unsafe extern "system" fn FreeAddrInfoW(paddrinfo: *mut ADDRINFO<u16>) {
    // SAFETY: the caller gives a list of `GetAddrInfoW`, or null.
    unsafe { free(paddrinfo) }
}

/// [`FreeAddrInfoW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_FreeAddrInfoW_utf32")]
pub unsafe extern "system" fn FreeAddrInfoW_utf32(paddrinfo: *mut ADDRINFO<u32>) {
    // SAFETY: the caller gives a list of `GetAddrInfoW`, or null.
    unsafe { free(paddrinfo) }
}

/// The names of an address and its port. Returns the code and sets it.
#[unsafe(export_name = "ws2_getnameinfo")]
pub unsafe extern "system" fn getnameinfo(
    psockaddr: *const SOCKADDR,
    sockaddrlength: i32,
    pnodebuffer: *mut u8,
    nodebuffersize: u32,
    pservicebuffer: *mut u8,
    servicebuffersize: u32,
    flags: i32,
) -> i32 {
    let buffers = [(pnodebuffer, nodebuffersize), (pservicebuffer, servicebuffersize)];
    // SAFETY: the caller gives the address and the buffers.
    value(unsafe { name(psockaddr, sockaddrlength, buffers, flags) })
}

/// [`getnameinfo`] for wide text.
#[unsafe(export_name = "ws2_GetNameInfoW")]
pub unsafe extern "system" fn GetNameInfoW(
    psockaddr: *const SOCKADDR,
    sockaddrlength: i32,
    pnodebuffer: *mut u16,
    nodebuffersize: u32,
    pservicebuffer: *mut u16,
    servicebuffersize: u32,
    flags: i32,
) -> i32 {
    let buffers = [(pnodebuffer, nodebuffersize), (pservicebuffer, servicebuffersize)];
    // SAFETY: the caller gives the address and the buffers.
    value(unsafe { name(psockaddr, sockaddrlength, buffers, flags) })
}

/// [`GetNameInfoW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetNameInfoW_utf32")]
pub unsafe extern "system" fn GetNameInfoW_utf32(
    psockaddr: *const SOCKADDR,
    sockaddrlength: i32,
    pnodebuffer: *mut u32,
    nodebuffersize: u32,
    pservicebuffer: *mut u32,
    servicebuffersize: u32,
    flags: i32,
) -> i32 {
    let buffers = [(pnodebuffer, nodebuffersize), (pservicebuffer, servicebuffersize)];
    // SAFETY: the caller gives the address and the buffers.
    value(unsafe { name(psockaddr, sockaddrlength, buffers, flags) })
}

/// This host's name.
#[unsafe(export_name = "ws2_gethostname")]
pub unsafe extern "system" fn gethostname(name: *mut u8, namelen: i32) -> i32 {
    // SAFETY: the caller gives the buffer.
    status(unsafe { own_name(name, namelen) })
}

/// [`gethostname`] for wide text.
#[unsafe(export_name = "ws2_GetHostNameW")]
pub unsafe extern "system" fn GetHostNameW(name: *mut u16, namelen: i32) -> i32 {
    // SAFETY: the caller gives the buffer.
    status(unsafe { own_name(name, namelen) })
}

/// [`GetHostNameW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetHostNameW_utf32")]
pub unsafe extern "system" fn GetHostNameW_utf32(name: *mut u32, namelen: i32) -> i32 {
    // SAFETY: the caller gives the buffer.
    status(unsafe { own_name(name, namelen) })
}

unsafe fn own_name<U: Unit>(buffer: *mut U, length: i32) -> Result<(), Code> {
    let name = hosts::gethostname()?;
    let room = usize::try_from(length).map_err(|_| Code::WSAEFAULT)?;
    // SAFETY: the caller gives the buffer.
    unsafe { text::put(&name, buffer, room) }.map(drop).map_err(|_| Code::WSAEFAULT)
}

/// Records the outcome and returns its code, as the resolver's functions do.
fn value(result: Result<(), Code>) -> i32 {
    boundary::record(result).map_or_else(Code::value, |()| 0)
}

unsafe fn resolve<U: Unit>(
    node: Result<Option<String>, Code>,
    service: Result<Option<String>, Code>,
    hints: *const ADDRINFO<U>,
    place: *mut *mut ADDRINFO<U>,
) -> i32 {
    value((|| {
        boundary::require(place)?;
        // SAFETY: the caller gives a place for the list.
        unsafe { place.write_unaligned(ptr::null_mut()) };
        // SAFETY: the caller gives hints or null.
        let hints = unsafe { hints.as_ref() }.map_or(Ok(Hints::default()), read_hints)?;
        let answers = addrinfo::getaddrinfo(node?.as_deref(), service?.as_deref(), &hints)?;
        // SAFETY: as above.
        unsafe { place.write_unaligned(list(&answers, &hints)) };
        Ok(())
    })())
}

/// Docs: "getaddrinfo function", pHints: the other fields must be zero.
fn read_hints<U>(hints: &ADDRINFO<U>) -> Result<Hints, Code> {
    let rest_is_empty =
        hints.ai_addrlen == 0 && hints.ai_canonname.is_null() && hints.ai_addr.is_null() && hints.ai_next.is_null();
    if !rest_is_empty {
        return Err(Code::WSANO_RECOVERY);
    }
    Ok(Hints {
        flags: hints.ai_flags,
        family: hints.ai_family,
        socktype: hints.ai_socktype,
        protocol: hints.ai_protocol,
    })
}

/// One member of a list with all that it points to.
#[repr(C)]
struct Member<U> {
    /// First, so that a pointer to it is one to the whole.
    info: ADDRINFO<U>,
    address: WindowsAddress,
    name: Vec<U>,
}

fn list<U: Unit>(answers: &[Answer], hints: &Hints) -> *mut ADDRINFO<U> {
    answers.iter().rev().fold(ptr::null_mut(), |next, answer| {
        let address = answer.address.to_windows();
        let name = answer.canonical_name.as_deref().map(U::encode).unwrap_or_default();
        let info = ADDRINFO {
            ai_flags: 0,
            ai_family: answer.address.family(),
            ai_socktype: hints.socktype,
            ai_protocol: hints.protocol,
            ai_addrlen: address.len(),
            ai_canonname: ptr::null_mut(),
            ai_addr: ptr::null_mut(),
            ai_next: next,
        };
        let member = Box::into_raw(Box::new(Member { info, address, name }));
        // SAFETY: the box was just leaked into this pointer; nobody else has it yet. The pointers into it stay good
        // until `free` takes it back.
        unsafe {
            (*member).info.ai_addr = (&raw mut (*member).address).cast();
            if answer.canonical_name.is_some() {
                let name = &mut (*member).name;
                (*member).info.ai_canonname = name.as_mut_ptr();
            }
        }
        member.cast()
    })
}

unsafe fn free<U>(mut info: *mut ADDRINFO<U>) {
    while boundary::usable(info) {
        // SAFETY: the caller gives a list made by `list`, whose members begin with their `ADDRINFO`.
        let member = unsafe { Box::from_raw(info.cast::<Member<U>>()) };
        info = member.info.ai_next;
    }
}

unsafe fn name<U: Unit>(
    address: *const SOCKADDR,
    length: i32,
    [node, service]: [(*mut U, u32); 2],
    flags: i32,
) -> Result<(), Code> {
    crate::addresses::started()?;
    // Docs: "getnameinfo function", WSAEFAULT and WSAHOST_NOT_FOUND: with neither buffer there is nothing to tell.
    // SAFETY: the caller gives the address.
    let bytes = unsafe { boundary::name(address, length) }?;
    let wants = |(buffer, room): (*mut U, u32)| !buffer.is_null() && room != 0;
    if !wants(node) && !wants(service) {
        return Err(Code::WSAHOST_NOT_FOUND);
    }
    let (host, port) = addrinfo::getnameinfo(bytes, flags)?;
    for ((buffer, room), text) in [(node, host), (service, port)] {
        if wants((buffer, room)) {
            // SAFETY: the caller gives the buffers.
            unsafe { text::put(&text, buffer, room as usize) }.map_err(|_| Code::WSAEFAULT)?;
        }
    }
    Ok(())
}
