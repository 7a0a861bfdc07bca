//! Name spaces by service class: lookups in DNS, and the registrations that DNS has not.

use std::ffi::c_void;

use winsock::names::flags::{NS_ALL, NS_DNS};
use winsock::names::service_lookup::{self, ServiceAnswer, ServiceClass};
use winsock::{Address, Code};

use crate::boundary::{record, require, started, status, usable};
use crate::name_spaces::DNS_PROVIDER;
use crate::text::{self, Unit};
use crate::types::{CSADDR_INFO, GUID, HANDLE, OVERLAPPED, SOCKADDR, SOCKET_ADDRESS, WSAQUERYSET};

/// What an answer shall hold. Docs: "WSALookupServiceBeginW function".
const LUP_CONTAINERS: u32 = 0x2;
const LUP_RETURN_NAME: u32 = 0x10;
const LUP_RETURN_TYPE: u32 = 0x20;
const LUP_RETURN_ADDR: u32 = 0x100;

/// Begins a lookup.
#[unsafe(export_name = "ws2_WSALookupServiceBeginA")]
pub unsafe extern "system" fn WSALookupServiceBeginA(
    lpqsrestrictions: *const WSAQUERYSET<u8>,
    dwcontrolflags: u32,
    lphlookup: *mut HANDLE,
) -> i32 {
    // SAFETY: the caller gives a query and a place for the handle.
    status(unsafe { begin(lpqsrestrictions, dwcontrolflags, lphlookup) })
}

/// [`WSALookupServiceBeginA`] for wide text.
#[unsafe(export_name = "ws2_WSALookupServiceBeginW")]
pub unsafe extern "system" fn WSALookupServiceBeginW(
    lpqsrestrictions: *const WSAQUERYSET<u16>,
    dwcontrolflags: u32,
    lphlookup: *mut HANDLE,
) -> i32 {
    // SAFETY: the caller gives a query and a place for the handle.
    status(unsafe { begin(lpqsrestrictions, dwcontrolflags, lphlookup) })
}

/// [`WSALookupServiceBeginW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSALookupServiceBeginW_utf32")]
pub unsafe extern "system" fn WSALookupServiceBeginW_utf32(
    lpqsrestrictions: *const WSAQUERYSET<u32>,
    dwcontrolflags: u32,
    lphlookup: *mut HANDLE,
) -> i32 {
    // SAFETY: the caller gives a query and a place for the handle.
    status(unsafe { begin(lpqsrestrictions, dwcontrolflags, lphlookup) })
}

/// The next answer of a lookup.
#[unsafe(export_name = "ws2_WSALookupServiceNextA")]
pub unsafe extern "system" fn WSALookupServiceNextA(
    hlookup: HANDLE,
    dwcontrolflags: u32,
    lpdwbufferlength: *mut u32,
    lpqsresults: *mut WSAQUERYSET<u8>,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    status(unsafe { next(hlookup, dwcontrolflags, lpdwbufferlength, lpqsresults) })
}

/// [`WSALookupServiceNextA`] for wide text.
#[unsafe(export_name = "ws2_WSALookupServiceNextW")]
pub unsafe extern "system" fn WSALookupServiceNextW(
    hlookup: HANDLE,
    dwcontrolflags: u32,
    lpdwbufferlength: *mut u32,
    lpqsresults: *mut WSAQUERYSET<u16>,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    status(unsafe { next(hlookup, dwcontrolflags, lpdwbufferlength, lpqsresults) })
}

/// [`WSALookupServiceNextW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSALookupServiceNextW_utf32")]
pub unsafe extern "system" fn WSALookupServiceNextW_utf32(
    hlookup: HANDLE,
    dwcontrolflags: u32,
    lpdwbufferlength: *mut u32,
    lpqsresults: *mut WSAQUERYSET<u32>,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    status(unsafe { next(hlookup, dwcontrolflags, lpdwbufferlength, lpqsresults) })
}

/// Ends a lookup.
#[unsafe(export_name = "ws2_WSALookupServiceEnd")]
pub extern "system" fn WSALookupServiceEnd(hlookup: HANDLE) -> i32 {
    status(service_lookup::end(hlookup.addr()))
}

/// Control codes of a lookup: DNS has none.
#[unsafe(export_name = "ws2_WSANSPIoctl")]
pub extern "system" fn WSANSPIoctl(
    hlookup: HANDLE,
    _dwcontrolcode: u32,
    _lpvinbuffer: *const c_void,
    _cbinbuffer: u32,
    _lpvoutbuffer: *mut c_void,
    _cboutbuffer: u32,
    lpcbbytesreturned: *mut u32,
    _lpcompletion: *const c_void,
) -> i32 {
    let judged = require(lpcbbytesreturned).and_then(|()| service_lookup::check(hlookup.addr()));
    status(judged.and(Err(Code::WSAEOPNOTSUPP)))
}

/// Registers nothing: `WSASERVICE_NOT_FOUND`, as from an installation whose name spaces take no registrations.
fn no_registration<T>(information: *const T) -> Result<(), Code> {
    started().and_then(|()| require(information)).and(Err(Code::WSASERVICE_NOT_FOUND))
}

/// Registers nothing.
#[unsafe(export_name = "ws2_WSASetServiceA")]
pub extern "system" fn WSASetServiceA(
    lpqsreginfo: *const WSAQUERYSET<u8>,
    _essoperation: i32,
    _dwcontrolflags: u32,
) -> i32 {
    status(no_registration(lpqsreginfo))
}

/// Registers nothing. The text is not looked at, so that one function serves both widths.
#[unsafe(export_name = "ws2_WSASetServiceW")]
pub extern "system" fn WSASetServiceW(
    lpqsreginfo: *const WSAQUERYSET<u16>,
    _essoperation: i32,
    _dwcontrolflags: u32,
) -> i32 {
    status(no_registration(lpqsreginfo))
}

/// Registers no addresses.
#[unsafe(export_name = "ws2_SetAddrInfoExA")]
pub extern "system" fn SetAddrInfoExA(
    pname: *const u8,
    _pservicename: *const u8,
    _paddresses: *const SOCKET_ADDRESS,
    _dwaddresscount: u32,
    _lpblob: *const c_void,
    _dwflags: u32,
    _dwnamespace: u32,
    _lpnspid: *const GUID,
    _timeout: *const c_void,
    _lpoverlapped: *const OVERLAPPED,
    _lpcompletionroutine: *const c_void,
    _lpnamehandle: *mut HANDLE,
) -> i32 {
    record(no_registration(pname)).err().unwrap_or(Code::new(0)).value()
}

/// Registers no addresses. The text is not looked at, so that one function serves both widths.
#[unsafe(export_name = "ws2_SetAddrInfoExW")]
pub extern "system" fn SetAddrInfoExW(
    pname: *const u16,
    _pservicename: *const u16,
    _paddresses: *const SOCKET_ADDRESS,
    _dwaddresscount: u32,
    _lpblob: *const c_void,
    _dwflags: u32,
    _dwnamespace: u32,
    _lpnspid: *const GUID,
    _timeout: *const c_void,
    _lpoverlapped: *const OVERLAPPED,
    _lpcompletionroutine: *const c_void,
    _lpnamehandle: *mut HANDLE,
) -> i32 {
    record(no_registration(pname)).err().unwrap_or(Code::new(0)).value()
}

unsafe fn begin<U: Unit>(query: *const WSAQUERYSET<U>, flags: u32, place: *mut HANDLE) -> Result<(), Code> {
    started()?;
    require(query)?;
    require(place)?;
    // SAFETY: the caller gives a query.
    let query = unsafe { query.read_unaligned() };
    if (query.dwSize as usize) < size_of::<WSAQUERYSET<U>>() || !usable(query.lpServiceClassId) {
        return Err(Code::WSAEINVAL);
    }
    // Other name spaces, and lists of containers as Bluetooth has them, have no provider here.
    if !matches!(query.dwNameSpace, NS_ALL | NS_DNS) || flags & LUP_CONTAINERS != 0 {
        return Err(Code::WSASERVICE_NOT_FOUND);
    }
    // SAFETY: the caller gives a class; the name is null or a string.
    let (class, name) = unsafe {
        (query.lpServiceClassId.read_unaligned(), text::optional(query.lpszServiceInstanceName.cast_const())?)
    };
    let class = class_of(&class).ok_or(Code::WSASERVICE_NOT_FOUND)?;
    let handle = service_lookup::begin(class, name.as_deref(), flags)?;
    // SAFETY: the caller gives a place for the handle.
    unsafe { place.write_unaligned(std::ptr::without_provenance_mut(handle)) };
    Ok(())
}

fn class_of(class: &GUID) -> Option<ServiceClass> {
    // Docs: "svcguid.h": all but the first number is the same for every class.
    let known = GUID { data1: class.data1, data2: 0, data3: 0, data4: [0xc0, 0, 0, 0, 0, 0, 0, 0x46] };
    if *class == known { ServiceClass::from_guid_head(class.data1) } else { None }
}

/// Docs: "WSALookupServiceNextW function": too short a buffer is `WSAEFAULT` with the length needed, and the answer comes
/// again.
unsafe fn next<U: Unit>(lookup: HANDLE, flags: u32, length: *mut u32, place: *mut WSAQUERYSET<U>) -> Result<(), Code> {
    let answer = service_lookup::answer(lookup.addr())?;
    require(length)?;
    let block = Block::<U>::of(&answer, flags | answer.flags, place.addr());
    // SAFETY: the caller gives a DWORD.
    let room = unsafe { length.read_unaligned() } as usize;
    if !usable(place) || room < block.bytes() {
        // SAFETY: as above.
        unsafe { length.write_unaligned(block.bytes() as u32) };
        return Err(Code::WSAEFAULT);
    }
    // SAFETY: the buffer has room for the structure and what is behind it.
    unsafe {
        place.write_unaligned(block.set);
        std::ptr::copy_nonoverlapping(block.behind.as_ptr(), place.add(1).cast(), block.behind.len());
    }
    service_lookup::answered(lookup.addr());
    Ok(())
}

/// An answer as it will lie in the caller's buffer: the structure, and behind it what it points to.
struct Block<U> {
    set: WSAQUERYSET<U>,
    behind: Vec<u8>,
    start: usize,
}

impl<U: Unit> Block<U> {
    fn of(answer: &ServiceAnswer, flags: u32, place: usize) -> Block<U> {
        let start = place.wrapping_add(size_of::<WSAQUERYSET<U>>());
        let mut block = Block { set: WSAQUERYSET::empty(), behind: Vec::new(), start };
        block.set.dwNameSpace = NS_DNS;
        block.set.lpNSProviderId = block.append(&guid_bytes(&DNS_PROVIDER));
        if flags & LUP_RETURN_NAME != 0 {
            let units: Vec<U> = U::encode(&answer.name).into_iter().chain([U::default()]).collect();
            // SAFETY: integers have no padding, and any bytes will do.
            let bytes = unsafe { std::slice::from_raw_parts(units.as_ptr().cast(), size_of_val(units.as_slice())) };
            block.set.lpszServiceInstanceName = block.append(bytes);
        }
        if flags & LUP_RETURN_TYPE != 0 {
            let head = if answer.kind == winsock::win32::SOCK_DGRAM { 0x000a_0000 } else { 0x0009_0000 };
            let port = answer.addresses.first().map_or(0, |address| u32::from(address.port()));
            let class = GUID { data1: head | port, data2: 0, data3: 0, data4: [0xc0, 0, 0, 0, 0, 0, 0, 0x46] };
            block.set.lpServiceClassId = block.append(&guid_bytes(&class));
        }
        if flags & LUP_RETURN_ADDR != 0 {
            block.append_addresses(answer);
        }
        block
    }

    fn append_addresses(&mut self, answer: &ServiceAnswer) {
        const EACH: usize = size_of::<CSADDR_INFO>();
        let mut names = Vec::new();
        for address in &answer.addresses {
            let windows = Address::from(*address).to_windows();
            names.push((self.append::<SOCKADDR>(&windows), windows.len() as i32));
        }
        let mut entries = vec![0; EACH * names.len()];
        for (entry, (name, length)) in entries.chunks_exact_mut(EACH).zip(names) {
            // The local address is left open; then the remote one, the type and the protocol.
            entry[16..24].copy_from_slice(&name.addr().to_ne_bytes());
            entry[24..28].copy_from_slice(&length.to_ne_bytes());
            entry[32..36].copy_from_slice(&answer.kind.to_ne_bytes());
            entry[36..40].copy_from_slice(&answer.protocol.to_ne_bytes());
        }
        self.set.dwNumberOfCsAddrs = answer.addresses.len() as u32;
        self.set.lpcsaBuffer = self.append(&entries);
    }

    /// Puts bytes behind the structure, aligned for anything, and tells where they will be.
    fn append<T>(&mut self, bytes: &[u8]) -> *mut T {
        let place = self.start.wrapping_add(self.behind.len());
        self.behind.extend_from_slice(bytes);
        self.behind.resize(self.behind.len().next_multiple_of(8), 0);
        std::ptr::with_exposed_provenance_mut(place)
    }

    fn bytes(&self) -> usize {
        size_of::<WSAQUERYSET<U>>() + self.behind.len()
    }
}

fn guid_bytes(guid: &GUID) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&guid.data1.to_ne_bytes());
    bytes[4..6].copy_from_slice(&guid.data2.to_ne_bytes());
    bytes[6..8].copy_from_slice(&guid.data3.to_ne_bytes());
    bytes[8..].copy_from_slice(&guid.data4);
    bytes
}

const _: () = assert!(size_of::<CSADDR_INFO>() == 40 && size_of::<WSAQUERYSET<u16>>() == 120);
