//! What is installed: the protocols of `WSAEnumProtocols` and the name spaces of `WSAEnumNameSpaceProviders`.

use winsock::names::flags::NS_DNS;
use winsock::win32::{AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM};
use winsock::{Code, set_last_error};

use crate::boundary::{require, usable};
use crate::text::Unit;
use crate::types::{
    GUID, WSANAMESPACE_INFO, WSANAMESPACE_INFOA, WSANAMESPACE_INFOW, WSAPROTOCOL_INFO, WSAPROTOCOL_INFOA,
    WSAPROTOCOL_INFOW, WSAPROTOCOLCHAIN,
};

/// The provider of DNS names, with Windows' identifier.
pub(crate) const DNS_PROVIDER: GUID =
    GUID { data1: 0x2205_9d40, data2: 0x7e9e, data3: 0x11cf, data4: [0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b] };

const TCPIP_PROVIDER: GUID =
    GUID { data1: 0xe70f_1aa0, data2: 0xab8b, data3: 0x11cf, data4: [0x8c, 0xa3, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92] };
const TCPIP6_PROVIDER: GUID =
    GUID { data1: 0xf9ea_b0c0, data2: 0x26d4, data3: 0x11d0, data4: [0xbb, 0xbf, 0x00, 0xaa, 0x00, 0x6c, 0x34, 0xe4] };

/// Guaranteed delivery and order, graceful close, expedited data, handles of the file system.
const TCP_FLAGS: u32 = 0x2_0066;
/// Connectionless, message-oriented, broadcast, multipoint, handles of the file system.
const UDP_FLAGS: u32 = 0x2_0609;
/// `PFL_MATCHES_PROTOCOL_ZERO`.
const PROVIDER_FLAGS: u32 = 8;

struct Row {
    flags: u32,
    provider: GUID,
    entry: u32,
    family: i32,
    address_bytes: i32,
    socket_type: i32,
    protocol: i32,
    message_bytes: u32,
    name: &'static str,
}

/// Raw protocols are hidden on Windows and not listed. Source: `protocol.c`, `test_service_flags`; the names, entries and
/// identifiers are those that Windows lists.
const ROWS: [Row; 4] = [
    Row {
        flags: TCP_FLAGS,
        provider: TCPIP_PROVIDER,
        entry: 1001,
        family: AF_INET,
        address_bytes: 16,
        socket_type: SOCK_STREAM,
        protocol: IPPROTO_TCP,
        message_bytes: 0,
        name: "MSAFD Tcpip [TCP/IP]",
    },
    Row {
        flags: UDP_FLAGS,
        provider: TCPIP_PROVIDER,
        entry: 1002,
        family: AF_INET,
        address_bytes: 16,
        socket_type: SOCK_DGRAM,
        protocol: IPPROTO_UDP,
        message_bytes: 65_467,
        name: "MSAFD Tcpip [UDP/IP]",
    },
    Row {
        flags: TCP_FLAGS,
        provider: TCPIP6_PROVIDER,
        entry: 1004,
        family: AF_INET6,
        address_bytes: 28,
        socket_type: SOCK_STREAM,
        protocol: IPPROTO_TCP,
        message_bytes: 0,
        name: "MSAFD Tcpip [TCP/IPv6]",
    },
    Row {
        flags: UDP_FLAGS,
        provider: TCPIP6_PROVIDER,
        entry: 1005,
        family: AF_INET6,
        address_bytes: 28,
        socket_type: SOCK_DGRAM,
        protocol: IPPROTO_UDP,
        message_bytes: 65_467,
        name: "MSAFD Tcpip [UDP/IPv6]",
    },
];

/// Fills a buffer with the protocols, all or those with the listed numbers, and returns how many there are.
#[unsafe(export_name = "ws2_WSAEnumProtocolsA")]
pub unsafe extern "system" fn WSAEnumProtocolsA(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFOA,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives null or a list that ends in 0, and a buffer with its length.
    outcome(unsafe { protocols(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

/// As [`WSAEnumProtocolsA`], with wide names.
#[unsafe(export_name = "ws2_WSAEnumProtocolsW")]
pub unsafe extern "system" fn WSAEnumProtocolsW(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFOW,
    lpdwbufferlength: *mut u32,
) -> i32 {
    // SAFETY: the caller gives null or a list that ends in 0, and a buffer with its length.
    outcome(unsafe { protocols(lpiprotocols, lpprotocolbuffer, lpdwbufferlength) })
}

/// Fills a buffer with the providers of names and returns how many there are.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersA")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersA(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFOA,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { name_spaces(lpdwbufferlength, lpnspbuffer) })
}

/// As [`WSAEnumNameSpaceProvidersA`], with wide names.
#[unsafe(export_name = "ws2_WSAEnumNameSpaceProvidersW")]
pub unsafe extern "system" fn WSAEnumNameSpaceProvidersW(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFOW,
) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    outcome(unsafe { name_spaces(lpdwbufferlength, lpnspbuffer) })
}

fn outcome(result: Result<i32, Code>) -> i32 {
    set_last_error(result.err().unwrap_or(Code::new(0)));
    result.unwrap_or(-1)
}

/// Source: `protocol.c`, `test_WSAEnumProtocolsA`: too short a buffer is `WSAENOBUFS` with the length needed.
unsafe fn protocols<T: Unit>(
    wanted: *const i32,
    buffer: *mut WSAPROTOCOL_INFO<T>,
    length: *mut u32,
) -> Result<i32, Code> {
    if !winsock::is_started() {
        return Err(Code::WSANOTINITIALISED);
    }
    require(length)?;
    // SAFETY: the caller's promise.
    let wanted = unsafe { numbers(wanted) }?;
    let is_wanted = |row: &&Row| wanted.as_ref().is_none_or(|wanted| wanted.contains(&row.protocol));
    let rows: Vec<&Row> = ROWS.iter().filter(is_wanted).collect();
    let needed = rows.len() * size_of::<WSAPROTOCOL_INFO<T>>();
    // SAFETY: the caller gives a DWORD.
    let room = unsafe { length.read_unaligned() } as usize;
    if !usable(buffer) || room < needed {
        // SAFETY: as above.
        unsafe { length.write_unaligned(needed as u32) };
        return Err(Code::WSAENOBUFS);
    }
    for (index, row) in rows.iter().enumerate() {
        // SAFETY: the buffer has room for every row.
        unsafe { buffer.add(index).write_unaligned(info(row)) };
    }
    Ok(rows.len() as i32)
}

unsafe fn numbers(list: *const i32) -> Result<Option<Vec<i32>>, Code> {
    if list.is_null() {
        return Ok(None);
    }
    require(list)?;
    // SAFETY: the caller gives a list that ends in 0.
    let read = |index| unsafe { list.add(index).read_unaligned() };
    Ok(Some((0..).map(read).take_while(|&number| number != 0).collect()))
}

fn info<T: Unit>(row: &Row) -> WSAPROTOCOL_INFO<T> {
    let mut name = [T::default(); 256];
    for (place, unit) in name.iter_mut().zip(T::encode(row.name)) {
        *place = unit;
    }
    WSAPROTOCOL_INFO {
        dwServiceFlags1: row.flags,
        dwServiceFlags2: 0,
        dwServiceFlags3: 0,
        dwServiceFlags4: 0,
        dwProviderFlags: PROVIDER_FLAGS,
        ProviderId: row.provider,
        dwCatalogEntryId: row.entry,
        ProtocolChain: WSAPROTOCOLCHAIN { ChainLen: 1, ChainEntries: [0; 7] },
        iVersion: 2,
        iAddressFamily: row.family,
        iMaxSockAddr: row.address_bytes,
        iMinSockAddr: row.address_bytes,
        iSocketType: row.socket_type,
        iProtocol: row.protocol,
        iProtocolMaxOffset: 0,
        iNetworkByteOrder: 0,
        iSecurityScheme: 0,
        dwMessageSize: row.message_bytes,
        dwProviderReserved: 0,
        szProtocol: name,
    }
}

/// One provider: DNS, with its name behind the structure. Source: `protocol.c`, `test_WSAEnumNameSpaceProvidersA`: too
/// short a buffer is `WSAEFAULT` with the length needed.
unsafe fn name_spaces<T: Unit>(length: *mut u32, buffer: *mut WSANAMESPACE_INFO<T>) -> Result<i32, Code> {
    if !winsock::is_started() {
        return Err(Code::WSANOTINITIALISED);
    }
    require(length)?;
    let name = [T::encode("Tcpip"), vec![T::default()]].concat();
    let needed = size_of::<WSANAMESPACE_INFO<T>>() + size_of_val(name.as_slice());
    // SAFETY: the caller gives a DWORD.
    let room = unsafe { length.read_unaligned() } as usize;
    if !usable(buffer) || room < needed {
        // SAFETY: as above.
        unsafe { length.write_unaligned(needed as u32) };
        return Err(Code::WSAEFAULT);
    }
    // SAFETY: the buffer has room for the structure and the name behind it.
    unsafe {
        let text = buffer.add(1).cast::<T>();
        std::ptr::copy_nonoverlapping(name.as_ptr().cast::<u8>(), text.cast::<u8>(), size_of_val(name.as_slice()));
        buffer.write_unaligned(WSANAMESPACE_INFO {
            NSProviderId: DNS_PROVIDER,
            dwNameSpace: NS_DNS,
            fActive: 1,
            dwVersion: 0,
            lpszIdentifier: text,
        });
    }
    Ok(1)
}
