//! Microsoft's extension functions on streams, and how programs fetch them.

use std::borrow::Cow;
use std::ffi::c_void;

use winsock::extension::{self as core, Element, Extension, FilePart};
use winsock::overlapped::{self, AcceptRoom, Buffers, Record};
use winsock::{Code, file};

use crate::boundary;
use crate::messages::{WSARecvMsg, WSASendMsg};
use crate::overlapped::{lend_record, tell};
use crate::readiness::WSAPoll;
use crate::types::{HANDLE, OVERLAPPED, SOCKADDR, SOCKET, TRANSMIT_FILE_BUFFERS, TRANSMIT_PACKETS_ELEMENT};

/// `ERROR_INVALID_PARAMETER`: a call that is overlapped only has no OVERLAPPED.
const INVALID_PARAMETER: Code = Code::new(87);

const TP_ELEMENT_MEMORY: u32 = 1;
const TP_ELEMENT_FILE: u32 = 2;
const TP_ELEMENT_EOP: u32 = 4;
/// `TP_USE_KERNEL_APC` and its kin say who does the work on Windows.
const TF_WORKERS: u32 = 0x10 | 0x20;
const TF_WRITE_BEHIND: u32 = 4;

/// The function that a GUID names, as a number.
pub(crate) fn pointer(guid: &[u8; 16]) -> Option<usize> {
    let function = match Extension::from_guid(guid)? {
        Extension::TransmitFile => TransmitFile as *const c_void,
        Extension::AcceptEx => AcceptEx as *const c_void,
        Extension::GetAcceptExSockaddrs => GetAcceptExSockaddrs as *const c_void,
        Extension::TransmitPackets => TransmitPackets as *const c_void,
        Extension::ConnectEx => ConnectEx as *const c_void,
        Extension::DisconnectEx => DisconnectEx as *const c_void,
        Extension::WSARecvMsg => WSARecvMsg as *const c_void,
        Extension::WSASendMsg => WSASendMsg as *const c_void,
        Extension::WSAPoll => WSAPoll as *const c_void,
    };
    Some(function.expose_provenance())
}

/// Accepts a connection into a socket that exists, perhaps with its first data.
#[unsafe(export_name = "ws2_AcceptEx")]
pub unsafe extern "system" fn AcceptEx(
    slistensocket: SOCKET,
    sacceptsocket: SOCKET,
    lpoutputbuffer: *mut u8,
    dwreceivedatalength: u32,
    dwlocaladdresslength: u32,
    dwremoteaddresslength: u32,
    lpdwbytesreceived: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    let begin = || {
        // SAFETY: the caller lends the OVERLAPPED until the operation has ended.
        let record = unsafe { only_overlapped(slistensocket, lpoverlapped) }?;
        let (data, local, remote) = (dwreceivedatalength, dwlocaladdresslength, dwremoteaddresslength);
        let buffer = if boundary::usable(lpoutputbuffer) { lpoutputbuffer } else { std::ptr::null_mut() };
        // SAFETY: the caller lends room for the three parts.
        let room = unsafe { AcceptRoom::lend(buffer, data, local, remote) };
        core::accept_ex(slistensocket, sacceptsocket, record, room)
    };
    // SAFETY: the caller gives a place for the number, or none.
    truth(begin().and_then(|begun| unsafe { tell(slistensocket, lpoverlapped, begun, lpdwbytesreceived) }))
}

/// Finds the addresses in what [`AcceptEx`] has filled.
#[unsafe(export_name = "ws2_GetAcceptExSockaddrs")]
pub unsafe extern "system" fn GetAcceptExSockaddrs(
    lpoutputbuffer: *mut u8,
    dwreceivedatalength: u32,
    dwlocaladdresslength: u32,
    dwremoteaddresslength: u32,
    localsockaddr: *mut *mut SOCKADDR,
    localsockaddrlength: *mut i32,
    remotesockaddr: *mut *mut SOCKADDR,
    remotesockaddrlength: *mut i32,
) {
    if !boundary::usable(lpoutputbuffer) {
        return;
    }
    let local = dwreceivedatalength as usize;
    let remote = local + dwlocaladdresslength as usize;
    // SAFETY: the caller gives a buffer that AcceptEx has filled with these lengths, and places for the answers.
    unsafe {
        // Measured on Windows: without a part there is no answer.
        if dwlocaladdresslength != 0 {
            tell_part(lpoutputbuffer.add(local), localsockaddr, localsockaddrlength);
        }
        if dwremoteaddresslength != 0 {
            tell_part(lpoutputbuffer.add(remote), remotesockaddr, remotesockaddrlength);
        }
    }
}

unsafe fn tell_part(part: *mut u8, name: *mut *mut SOCKADDR, length: *mut i32) {
    // SAFETY: the part was filled by AcceptEx; the caller gives places for the answers.
    unsafe {
        let (address, bytes) = overlapped::address_in(part);
        if boundary::usable(name) {
            name.write_unaligned(address.cast());
        }
        if boundary::usable(length) {
            length.write_unaligned(bytes);
        }
    }
}

/// Connects a bound socket, and sends the first data.
pub unsafe extern "system" fn ConnectEx(
    s: SOCKET,
    name: *const SOCKADDR,
    namelen: i32,
    lpsendbuffer: *mut u8,
    dwsenddatalength: u32,
    lpdwbytessent: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    let begin = || {
        // SAFETY: the caller lends the OVERLAPPED until the operation has ended, and gives the address and the data.
        unsafe {
            let record = only_overlapped(s, lpoverlapped)?;
            record.begin();
            let name = boundary::name(name, namelen)?;
            let length = if lpsendbuffer.is_null() { 0 } else { i32::try_from(dwsenddatalength).unwrap_or(i32::MAX) };
            let data = boundary::input(lpsendbuffer, length)?;
            core::connect_ex(s, name, data, record)
        }
    };
    // SAFETY: the caller gives a place for the number, or none.
    truth(begin().and_then(|begun| unsafe { tell(s, lpoverlapped, begun, lpdwbytessent) }))
}

/// Ends a connection, perhaps to reuse its socket.
pub unsafe extern "system" fn DisconnectEx(
    s: SOCKET,
    lpoverlapped: *mut OVERLAPPED,
    dwflags: u32,
    dwreserved: u32,
) -> i32 {
    if lpoverlapped.is_null() {
        return truth(core::disconnect_ex(s, dwflags, dwreserved));
    }
    let begin = || {
        winsock::check(s)?;
        // SAFETY: the caller lends the OVERLAPPED until the operation has ended.
        let record = unsafe { lend_record(lpoverlapped, None) }?;
        core::begin_disconnect_ex(s, dwflags, dwreserved, record)
    };
    // SAFETY: there is no place for a number.
    truth(begin().and_then(|begun| unsafe { tell(s, lpoverlapped, begun, std::ptr::null_mut()) }))
}

/// Sends memory, a file and memory.
#[unsafe(export_name = "ws2_TransmitFile")]
pub unsafe extern "system" fn TransmitFile(
    hsocket: SOCKET,
    hfile: HANDLE,
    nnumberofbytestowrite: u32,
    _nnumberofbytespersend: u32,
    lpoverlapped: *mut OVERLAPPED,
    lptransmitbuffers: *const TRANSMIT_FILE_BUFFERS,
    dwreserved: u32,
) -> i32 {
    // SAFETY: the caller gives the buffers, and lends what they name, and the OVERLAPPED, until the operation has ended.
    truth(winsock::check(hsocket).and_then(|()| unsafe {
        let mut elements = Vec::with_capacity(3);
        let around = match lptransmitbuffers.is_null() {
            true => None,
            false => {
                boundary::require(lptransmitbuffers)?;
                Some(lptransmitbuffers.read_unaligned())
            }
        };
        if let Some(around) = around.filter(|around| around.HeadLength != 0) {
            elements.push(Element::Memory(lend_one(around.Head, around.HeadLength)?));
        }
        if !hfile.is_null() {
            let offset = (!lpoverlapped.is_null()).then(|| offset_of(lpoverlapped)).transpose()?;
            let bytes = (nnumberofbytestowrite != 0).then_some(nnumberofbytestowrite);
            elements.push(Element::File(FilePart { file: file_of(hfile)?, offset, bytes }));
        }
        if let Some(around) = around.filter(|around| around.TailLength != 0) {
            elements.push(Element::Memory(lend_one(around.Tail, around.TailLength)?));
        }
        start(hsocket, elements, dwreserved, true, lpoverlapped)
    }))
}

/// Sends pieces of memory and of files.
pub unsafe extern "system" fn TransmitPackets(
    hsocket: SOCKET,
    lppacketarray: *const TRANSMIT_PACKETS_ELEMENT,
    nelementcount: u32,
    _nsendsize: u32,
    lpoverlapped: *mut OVERLAPPED,
    dwflags: u32,
) -> i32 {
    // SAFETY: the caller gives the array, and lends what it names, and the OVERLAPPED, until the operation has ended.
    truth(winsock::check(hsocket).and_then(|()| unsafe {
        let given = match nelementcount {
            0 => Cow::Borrowed(&[][..]),
            count => boundary::items(lppacketarray, count as usize)?,
        };
        let mut elements = Vec::with_capacity(given.len());
        for element in &*given {
            elements.push(packet_element(element)?);
            if element.dwElFlags & TP_ELEMENT_EOP != 0 {
                elements.push(Element::PacketEnd);
            }
        }
        start(hsocket, elements, dwflags, false, lpoverlapped)
    }))
}

unsafe fn start(
    s: SOCKET,
    elements: Vec<Element>,
    flags: u32,
    for_stream: bool,
    overlapped: *mut OVERLAPPED,
) -> Result<(), Code> {
    let flags = flags & !(TF_WORKERS | TF_WRITE_BEHIND);
    if overlapped.is_null() {
        return core::transmit(s, elements, flags, for_stream);
    }
    // SAFETY: the caller lends the OVERLAPPED until the operation has ended; there is no place for a number.
    unsafe {
        let record = lend_record(overlapped, None)?;
        let begun = core::begin_transmit(s, elements, flags, for_stream, record)?;
        tell(s, overlapped, begun, std::ptr::null_mut())
    }
}

/// Docs: "TRANSMIT_PACKETS_ELEMENT structure": memory or a part of a file; a length of 0 is all of the file, and an offset
/// of -1 its own position.
unsafe fn packet_element(element: &TRANSMIT_PACKETS_ELEMENT) -> Result<Element, Code> {
    match element.dwElFlags & (TP_ELEMENT_MEMORY | TP_ELEMENT_FILE) {
        // SAFETY: the caller lends the memory until the operation has ended.
        TP_ELEMENT_MEMORY => unsafe { lend_one(element.what.pBuffer, element.cLength) }.map(Element::Memory),
        TP_ELEMENT_FILE => {
            // SAFETY: the flag says which of the two it is.
            let part = unsafe { element.what.file };
            let offset = u64::try_from(part.nFileOffset).ok();
            let bytes = (element.cLength != 0).then_some(element.cLength);
            Ok(Element::File(FilePart { file: file_of(part.hFile)?, offset, bytes }))
        }
        _ => Err(Code::WSAEINVAL),
    }
}

/// The OVERLAPPED of a call that has no other form.
unsafe fn only_overlapped(s: SOCKET, overlapped: *mut OVERLAPPED) -> Result<Record, Code> {
    if overlapped.is_null() {
        return winsock::check(s).and(Err(INVALID_PARAMETER));
    }
    // SAFETY: the caller lends the OVERLAPPED until the operation has ended.
    unsafe { lend_record(overlapped, None) }
}

unsafe fn lend_one(start: *mut u8, bytes: u32) -> Result<Buffers, Code> {
    if bytes != 0 {
        boundary::require(start)?;
    }
    // SAFETY: the caller lends so many bytes until the operation has ended.
    Ok(unsafe { Buffers::lend(&[overlapped::WSABUF { len: bytes, buf: start }]) })
}

unsafe fn offset_of(overlapped: *const OVERLAPPED) -> Result<u64, Code> {
    boundary::require(overlapped)?;
    // SAFETY: the caller gives an OVERLAPPED.
    let (low, high) = unsafe { ((*overlapped).Offset, (*overlapped).OffsetHigh) };
    Ok(u64::from(high) << 32 | u64::from(low))
}

fn file_of(handle: HANDLE) -> Result<std::sync::Arc<file::File>, Code> {
    file::get(handle.addr()).ok_or(Code::WSA_INVALID_HANDLE)
}

/// TRUE, or FALSE with the thread's last error.
fn truth(result: Result<(), Code>) -> i32 {
    i32::from(boundary::record(result).is_ok())
}
