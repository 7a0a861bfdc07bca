//! C's structures, as the headers declare them. `tests/layout.rs` compares each with `windows-sys`.
#![allow(missing_docs, reason = "the names are Winsock's and documented there")]

pub use winsock::win32::SOCKET;

pub const WSADESCRIPTION_LEN: usize = 256;
pub const WSASYS_STATUS_LEN: usize = 128;

/// What `WSAStartup` fills, in the layout of 64-bit Windows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSADATA {
    pub wVersion: u16,
    pub wHighVersion: u16,
    pub iMaxSockets: u16,
    pub iMaxUdpDg: u16,
    pub lpVendorInfo: *mut u8,
    pub szDescription: [u8; WSADESCRIPTION_LEN + 1],
    pub szSystemStatus: [u8; WSASYS_STATUS_LEN + 1],
}

/// The head of an `fd_set`; `fd_count` values follow it. Programs may make the array longer by defining `FD_SETSIZE`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct FD_SET {
    pub fd_count: u32,
    pub fd_array: [SOCKET; 64],
}

/// Windows' own, with 32-bit fields. C programs on Linux have libc's instead: see [`crate::readiness::c_select`].
#[derive(Clone, Copy)]
#[repr(C)]
pub struct TIMEVAL {
    pub tv_sec: i32,
    pub tv_usec: i32,
}

/// The common head of addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SOCKADDR {
    pub sa_family: u16,
    pub sa_data: [i8; 14],
}

/// One buffer of a scattered transfer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSABUF {
    pub len: u32,
    pub buf: *mut u8,
}

/// An IPv4 address in network order.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct IN_ADDR {
    pub S_addr: u32,
}

/// A number for an interface, provider or service.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct GUID {
    pub data1: u32,
    pub data2: u16,
    pub data3: u16,
    pub data4: [u8; 8],
}

/// One result of `getaddrinfo`. The canonical name stands before the address, unlike in Linux' structure.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct ADDRINFO<T> {
    pub ai_flags: i32,
    pub ai_family: i32,
    pub ai_socktype: i32,
    pub ai_protocol: i32,
    pub ai_addrlen: usize,
    pub ai_canonname: *mut T,
    pub ai_addr: *mut SOCKADDR,
    pub ai_next: *mut ADDRINFO<T>,
}
pub type ADDRINFOA = ADDRINFO<u8>;
/// Wide characters are Linux' 32-bit `wchar_t`.
pub type ADDRINFOW = ADDRINFO<u32>;

/// One result of `GetAddrInfoEx`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct ADDRINFOEX<T> {
    pub ai_flags: i32,
    pub ai_family: i32,
    pub ai_socktype: i32,
    pub ai_protocol: i32,
    pub ai_addrlen: usize,
    pub ai_canonname: *mut T,
    pub ai_addr: *mut SOCKADDR,
    pub ai_blob: *mut std::ffi::c_void,
    pub ai_bloblen: usize,
    pub ai_provider: *mut GUID,
    pub ai_next: *mut ADDRINFOEX<T>,
}
pub type ADDRINFOEXA = ADDRINFOEX<u8>;
/// Wide characters are Linux' 32-bit `wchar_t`.
pub type ADDRINFOEXW = ADDRINFOEX<u32>;

/// A host's names and addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct HOSTENT {
    pub h_name: *mut u8,
    pub h_aliases: *mut *mut u8,
    pub h_addrtype: i16,
    pub h_length: i16,
    pub h_addr_list: *mut *mut u8,
}

/// A service. On 64-bit Windows the protocol stands before the port.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SERVENT {
    pub s_name: *mut u8,
    pub s_aliases: *mut *mut u8,
    pub s_proto: *mut u8,
    pub s_port: i16,
}

/// A protocol.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PROTOENT {
    pub p_name: *mut u8,
    pub p_aliases: *mut *mut u8,
    pub p_proto: i16,
}

/// Which providers a protocol goes through: here always one, its own.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSAPROTOCOLCHAIN {
    pub ChainLen: i32,
    pub ChainEntries: [u32; 7],
}

/// A protocol of the catalogue that `WSAEnumProtocols` lists.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSAPROTOCOL_INFO<T> {
    pub dwServiceFlags1: u32,
    pub dwServiceFlags2: u32,
    pub dwServiceFlags3: u32,
    pub dwServiceFlags4: u32,
    pub dwProviderFlags: u32,
    pub ProviderId: GUID,
    pub dwCatalogEntryId: u32,
    pub ProtocolChain: WSAPROTOCOLCHAIN,
    pub iVersion: i32,
    pub iAddressFamily: i32,
    pub iMaxSockAddr: i32,
    pub iMinSockAddr: i32,
    pub iSocketType: i32,
    pub iProtocol: i32,
    pub iProtocolMaxOffset: i32,
    pub iNetworkByteOrder: i32,
    pub iSecurityScheme: i32,
    pub dwMessageSize: u32,
    pub dwProviderReserved: u32,
    pub szProtocol: [T; 256],
}
pub type WSAPROTOCOL_INFOA = WSAPROTOCOL_INFO<u8>;
/// Wide characters are Linux' 32-bit `wchar_t`, so that the structure is larger than on Windows.
pub type WSAPROTOCOL_INFOW = WSAPROTOCOL_INFO<u32>;

/// A provider of names that `WSAEnumNameSpaceProviders` lists.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct WSANAMESPACE_INFO<T> {
    pub NSProviderId: GUID,
    pub dwNameSpace: u32,
    pub fActive: i32,
    pub dwVersion: u32,
    pub lpszIdentifier: *mut T,
}
pub type WSANAMESPACE_INFOA = WSANAMESPACE_INFO<u8>;
/// Wide characters are Linux' 32-bit `wchar_t`.
pub type WSANAMESPACE_INFOW = WSANAMESPACE_INFO<u32>;
