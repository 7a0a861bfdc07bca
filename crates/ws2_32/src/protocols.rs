//! The catalogue of protocols, and sockets made from its entries.

use winsock::win32::{
    AF_INET, AF_INET6, AF_UNIX, AF_UNSPEC, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM,
    WSA_FLAG_MULTIPOINT_C_LEAF, WSA_FLAG_MULTIPOINT_D_LEAF, WSA_FLAG_OVERLAPPED, WSA_FLAG_REGISTERED_IO,
};
use winsock::{Code, Duplicate};

use crate::boundary;
use crate::text::Unit;
use crate::types::{GUID, SOCKET, WSAPROTOCOL_INFO, WSAPROTOCOLCHAIN};

/// Take family, type and protocol from the protocol information. Docs: "WSASocketW function".
const FROM_PROTOCOL_INFO: i32 = -1;

/// Docs: "WSAPROTOCOL_INFOW structure", the service flags.
const XP1_CONNECTIONLESS: u32 = 0x1;
const XP1_GUARANTEED_DELIVERY: u32 = 0x2;
const XP1_GUARANTEED_ORDER: u32 = 0x4;
const XP1_MESSAGE_ORIENTED: u32 = 0x8;
const XP1_GRACEFUL_CLOSE: u32 = 0x20;
const XP1_EXPEDITED_DATA: u32 = 0x40;
const XP1_SUPPORT_BROADCAST: u32 = 0x200;
const XP1_SUPPORT_MULTIPOINT: u32 = 0x400;
const XP1_IFS_HANDLES: u32 = 0x2_0000;
const PFL_HIDDEN: u32 = 0x4;
const PFL_MATCHES_PROTOCOL_ZERO: u32 = 0x8;

const STREAM_SERVICE: u32 =
    XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER | XP1_GRACEFUL_CLOSE | XP1_EXPEDITED_DATA | XP1_IFS_HANDLES;
const DATAGRAM_SERVICE: u32 =
    XP1_CONNECTIONLESS | XP1_MESSAGE_ORIENTED | XP1_SUPPORT_BROADCAST | XP1_SUPPORT_MULTIPOINT | XP1_IFS_HANDLES;

/// One protocol of ours.
struct Protocol {
    family: i32,
    kind: i32,
    protocol: i32,
    service: u32,
    address_bytes: (i32, i32),
    message_bytes: u32,
    /// The provider's number: Windows gives each family its own.
    provider: u32,
    name: &'static str,
}

const PROTOCOLS: [Protocol; 5] = [
    ip(AF_INET, SOCK_STREAM, IPPROTO_TCP, "MSAFD Tcpip [TCP/IP]"),
    ip(AF_INET, SOCK_DGRAM, IPPROTO_UDP, "MSAFD Tcpip [UDP/IP]"),
    ip(AF_INET6, SOCK_STREAM, IPPROTO_TCP, "MSAFD Tcpip [TCP/IPv6]"),
    ip(AF_INET6, SOCK_DGRAM, IPPROTO_UDP, "MSAFD Tcpip [UDP/IPv6]"),
    Protocol {
        family: AF_UNIX,
        kind: SOCK_STREAM,
        protocol: 0,
        service: STREAM_SERVICE & !XP1_EXPEDITED_DATA,
        address_bytes: (110, 2),
        message_bytes: 0,
        provider: 0xa000_19ef,
        name: "AF_UNIX",
    },
];

const fn ip(family: i32, kind: i32, protocol: i32, name: &'static str) -> Protocol {
    let stream = kind == SOCK_STREAM;
    let v6 = family == AF_INET6;
    Protocol {
        family,
        kind,
        protocol,
        service: if stream { STREAM_SERVICE } else { DATAGRAM_SERVICE },
        address_bytes: if v6 { (28, 28) } else { (16, 16) },
        message_bytes: if stream { 0 } else { 65_527 },
        provider: if v6 { 0xf9ea_b0c0 } else { 0xe70f_1aa0 },
        name,
    }
}

/// Makes a socket, possibly from an entry of the catalogue.
#[unsafe(export_name = "ws2_WSASocketA")]
pub unsafe extern "system" fn WSASocketA(
    af: i32,
    r#type: i32,
    protocol: i32,
    lpprotocolinfo: *const WSAPROTOCOL_INFO<u8>,
    _g: u32,
    dwflags: u32,
) -> SOCKET {
    // SAFETY: the caller gives an entry or null.
    boundary::record(unsafe { open(af, r#type, protocol, lpprotocolinfo, dwflags) }).unwrap_or(INVALID_SOCKET)
}

/// [`WSASocketA`] for an entry with wide text.
#[unsafe(export_name = "ws2_WSASocketW")]
pub unsafe extern "system" fn WSASocketW(
    af: i32,
    r#type: i32,
    protocol: i32,
    lpprotocolinfo: *const WSAPROTOCOL_INFO<u16>,
    _g: u32,
    dwflags: u32,
) -> SOCKET {
    // SAFETY: the caller gives an entry or null.
    boundary::record(unsafe { open(af, r#type, protocol, lpprotocolinfo, dwflags) }).unwrap_or(INVALID_SOCKET)
}

/// [`WSASocketW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSASocketW_utf32")]
pub unsafe extern "system" fn WSASocketW_utf32(
    af: i32,
    r#type: i32,
    protocol: i32,
    lpprotocolinfo: *const WSAPROTOCOL_INFO<u32>,
    _g: u32,
    dwflags: u32,
) -> SOCKET {
    // SAFETY: the caller gives an entry or null.
    boundary::record(unsafe { open(af, r#type, protocol, lpprotocolinfo, dwflags) }).unwrap_or(INVALID_SOCKET)
}

/// The catalogue, or the part of it with these protocol numbers. Returns how many entries.
#[unsafe(export_name = "ws2_WSAEnumProtocolsA")]
pub unsafe extern "system" fn WSAEnumProtocolsA(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u8>,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, and a buffer with its length.
    boundary::count(unsafe { enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

/// [`WSAEnumProtocolsA`] for wide text.
#[unsafe(export_name = "ws2_WSAEnumProtocolsW")]
pub unsafe extern "system" fn WSAEnumProtocolsW(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u16>,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, and a buffer with its length.
    boundary::count(unsafe { enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

/// [`WSAEnumProtocolsW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSAEnumProtocolsW_utf32")]
pub unsafe extern "system" fn WSAEnumProtocolsW_utf32(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u32>,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, and a buffer with its length.
    boundary::count(unsafe { enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

unsafe fn open<U>(
    family: i32,
    kind: i32,
    protocol: i32,
    info: *const WSAPROTOCOL_INFO<U>,
    flags: u32,
) -> Result<SOCKET, Code> {
    // Docs: "WSASocketW function", dwFlags: the known ones; WSAEINVAL for others.
    const KNOWN: u32 = WSA_FLAG_OVERLAPPED | 0x1e | 0x40 | 0x80 | WSA_FLAG_REGISTERED_IO;
    if flags & !KNOWN != 0 {
        return boundary::started().and(Err(Code::WSAEINVAL));
    }
    // Docs: "WSASocketW function", dwFlags: the multipoint flags make a leaf.
    let leaf = flags & (WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF) != 0;
    let make = |family, kind, protocol| {
        let s = if leaf { winsock::leaf_socket } else { winsock::socket }(family, kind, protocol)?;
        // Docs: "WSASocketW function", dwFlags: without the flag there is no overlapped I/O.
        if flags & WSA_FLAG_OVERLAPPED == 0 {
            winsock::make_synchronous(s)?;
        }
        if flags & WSA_FLAG_REGISTERED_IO != 0 {
            winsock::make_registered(s)?;
        }
        Ok(s)
    };
    if info.is_null() {
        return make(family, kind, protocol);
    }
    boundary::started()?;
    boundary::require(info)?;
    // SAFETY: the caller gives an entry; one may lie unaligned in a buffer of the caller's.
    let info = unsafe { info.read_unaligned() };
    if info.dwServiceFlags3 != 0 {
        return winsock::adopt(&duplicate_in(&info));
    }
    // Checked on Windows (test_WSASocket of dlls/ws2_32/tests/sock.c): what is 0 comes from the entry too, and the family
    // has to be there.
    let pick = |given: i32, entry: i32| if matches!(given, 0 | FROM_PROTOCOL_INFO) { entry } else { given };
    let family = pick(family, info.iAddressFamily);
    if family <= AF_UNSPEC {
        return Err(Code::WSAEAFNOSUPPORT);
    }
    make(family, pick(kind, info.iSocketType), pick(protocol, info.iProtocol))
}

pub(crate) unsafe fn enumerate<U: Unit + Default>(
    wanted: *const i32,
    buffer: *mut WSAPROTOCOL_INFO<U>,
    length: *mut u32,
) -> Result<usize, Code> {
    boundary::started()?;
    boundary::require(length)?;
    let mut numbers = Vec::new();
    if boundary::usable(wanted) {
        // SAFETY: the caller's list ends with 0.
        unsafe {
            let mut place = wanted;
            while place.read_unaligned() != 0 {
                numbers.push(place.read_unaligned());
                place = place.add(1);
            }
        }
    }
    let found: Vec<&Protocol> =
        PROTOCOLS.iter().filter(|entry| numbers.is_empty() || numbers.contains(&entry.protocol)).collect();
    let needed = found.len() * size_of::<WSAPROTOCOL_INFO<U>>();
    // SAFETY: the caller gives the buffer with its length.
    unsafe {
        if (length.read_unaligned() as usize) < needed || !boundary::usable(buffer) {
            length.write_unaligned(needed as u32);
            return Err(Code::WSAENOBUFS);
        }
        for (place, entry) in found.iter().enumerate() {
            buffer.add(place).write_unaligned(information(entry));
        }
    }
    Ok(found.len())
}

/// The whole catalogue.
pub(crate) fn entries<U: Unit + Default>() -> Vec<WSAPROTOCOL_INFO<U>> {
    PROTOCOLS.iter().map(information).collect()
}

/// Whether some entry is of this provider.
pub(crate) fn has_provider(provider: GUID) -> bool {
    PROTOCOLS.iter().any(|entry| information::<u8>(entry).ProviderId == provider)
}

fn information<U: Unit + Default>(entry: &Protocol) -> WSAPROTOCOL_INFO<U> {
    let mut name = [U::default(); 256];
    let units = U::encode(entry.name);
    name[..units.len()].copy_from_slice(&units);
    let place = PROTOCOLS.iter().position(|other| std::ptr::eq(other, entry)).unwrap_or_default();
    WSAPROTOCOL_INFO {
        dwServiceFlags1: entry.service,
        dwServiceFlags2: 0,
        dwServiceFlags3: 0,
        dwServiceFlags4: 0,
        dwProviderFlags: PFL_MATCHES_PROTOCOL_ZERO,
        ProviderId: GUID {
            data1: entry.provider,
            data2: 0xab8b,
            data3: 0x11cf,
            data4: [0x8c, 0xa3, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92],
        },
        dwCatalogEntryId: 1001 + place as u32,
        ProtocolChain: WSAPROTOCOLCHAIN { ChainLen: 1, ChainEntries: [0; 7] },
        iVersion: 2,
        iAddressFamily: entry.family,
        iMaxSockAddr: entry.address_bytes.0,
        iMinSockAddr: entry.address_bytes.1,
        iSocketType: entry.kind,
        iProtocol: entry.protocol,
        iProtocolMaxOffset: 0,
        iNetworkByteOrder: 0,
        iSecurityScheme: 0,
        dwMessageSize: entry.message_bytes,
        dwProviderReserved: 0,
        szProtocol: name,
    }
}

/// Prepares a socket for a process, in information that `WSASocket` takes there.
#[unsafe(export_name = "ws2_WSADuplicateSocketA")]
pub unsafe extern "system" fn WSADuplicateSocketA(
    s: SOCKET,
    dwprocessid: u32,
    lpprotocolinfo: *mut WSAPROTOCOL_INFO<u8>,
) -> i32 {
    // SAFETY: the caller gives a place for the information.
    boundary::status(unsafe { duplicate(s, dwprocessid, lpprotocolinfo) })
}

/// [`WSADuplicateSocketA`] for 16-bit text.
#[unsafe(export_name = "ws2_WSADuplicateSocketW")]
pub unsafe extern "system" fn WSADuplicateSocketW(
    s: SOCKET,
    dwprocessid: u32,
    lpprotocolinfo: *mut WSAPROTOCOL_INFO<u16>,
) -> i32 {
    // SAFETY: the caller gives a place for the information.
    boundary::status(unsafe { duplicate(s, dwprocessid, lpprotocolinfo) })
}

/// [`WSADuplicateSocketW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSADuplicateSocketW_utf32")]
pub unsafe extern "system" fn WSADuplicateSocketW_utf32(
    s: SOCKET,
    dwprocessid: u32,
    lpprotocolinfo: *mut WSAPROTOCOL_INFO<u32>,
) -> i32 {
    // SAFETY: the caller gives a place for the information.
    boundary::status(unsafe { duplicate(s, dwprocessid, lpprotocolinfo) })
}

/// Measured on Windows: the socket is judged first, then the process, then the pointer.
unsafe fn duplicate<U: Unit + Default>(s: SOCKET, process: u32, place: *mut WSAPROTOCOL_INFO<U>) -> Result<(), Code> {
    let prepared = winsock::duplicate(s, process)?;
    if let Err(code) = boundary::require(place) {
        // Nobody will fetch it.
        winsock::adopt(&prepared).and_then(winsock::closesocket).ok();
        return Err(code);
    }
    let mut information = of_socket(prepared.family, prepared.kind, prepared.protocol);
    information.dwServiceFlags3 = prepared.owner;
    information.dwServiceFlags4 = prepared.number;
    information.dwProviderReserved = prepared.facts;
    // SAFETY: the caller gives a place for the information.
    unsafe { place.write_unaligned(information) };
    Ok(())
}

/// What [`duplicate`] put into the fields that describe nothing else.
fn duplicate_in<U>(info: &WSAPROTOCOL_INFO<U>) -> Duplicate {
    Duplicate {
        owner: info.dwServiceFlags3,
        number: info.dwServiceFlags4,
        facts: info.dwProviderReserved,
        family: info.iAddressFamily,
        kind: info.iSocketType,
        protocol: info.iProtocol,
    }
}

/// The catalogue's entry for a socket; a raw one has one that the catalogue does not list, for every protocol of its
/// family.
pub(crate) fn of_socket<U: Unit + Default>(family: i32, kind: i32, protocol: i32) -> WSAPROTOCOL_INFO<U> {
    let found = PROTOCOLS.iter().find(|entry| entry.family == family && entry.kind == kind);
    let entry = found.or_else(|| PROTOCOLS.iter().rev().find(|entry| entry.family == family)).unwrap_or(&PROTOCOLS[0]);
    let info = WSAPROTOCOL_INFO { iSocketType: kind, iProtocol: protocol, ..information(entry) };
    if kind != SOCK_RAW {
        return info;
    }
    // Checked on Windows: test_WSASocket of dlls/ws2_32/tests/sock.c.
    WSAPROTOCOL_INFO {
        iProtocol: 0,
        iProtocolMaxOffset: 255,
        dwProviderFlags: PFL_MATCHES_PROTOCOL_ZERO | PFL_HIDDEN,
        ..info
    }
}
