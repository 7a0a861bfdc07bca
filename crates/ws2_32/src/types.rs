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
