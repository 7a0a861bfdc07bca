//! Flags of the name functions, with Windows' values, most of which differ from Linux'.
#![allow(missing_docs, reason = "the names are Winsock's and documented there")]

pub const AI_PASSIVE: u32 = 0x1;
pub const AI_CANONNAME: u32 = 0x2;
pub const AI_NUMERICHOST: u32 = 0x4;
pub const AI_NUMERICSERV: u32 = 0x8;
pub const AI_DNS_ONLY: u32 = 0x10;
pub const AI_FORCE_CLEAR_TEXT: u32 = 0x20;
pub const AI_BYPASS_DNS_CACHE: u32 = 0x40;
pub const AI_RETURN_TTL: u32 = 0x80;
pub const AI_ALL: u32 = 0x100;
pub const AI_ADDRCONFIG: u32 = 0x400;
pub const AI_V4MAPPED: u32 = 0x800;
pub const AI_NON_AUTHORITATIVE: u32 = 0x4000;
pub const AI_SECURE: u32 = 0x8000;
pub const AI_RETURN_PREFERRED_NAMES: u32 = 0x1_0000;
pub const AI_FQDN: u32 = 0x2_0000;
pub const AI_FILESERVER: u32 = 0x4_0000;
pub const AI_DISABLE_IDN_ENCODING: u32 = 0x8_0000;
pub const AI_SECURE_WITH_FALLBACK: u32 = 0x10_0000;
pub const AI_EXCLUSIVE_CUSTOM_SERVERS: u32 = 0x20_0000;
pub const AI_RETURN_RESPONSE_FLAGS: u32 = 0x1000_0000;
pub const AI_REQUIRE_SECURE: u32 = 0x2000_0000;
pub const AI_RESOLUTION_HANDLE: u32 = 0x4000_0000;
pub const AI_EXTENDED: u32 = 0x8000_0000;

pub const NI_NOFQDN: i32 = 0x1;
pub const NI_NUMERICHOST: i32 = 0x2;
pub const NI_NAMEREQD: i32 = 0x4;
pub const NI_NUMERICSERV: i32 = 0x8;
pub const NI_DGRAM: i32 = 0x10;

pub const NS_ALL: u32 = 0;
pub const NS_DNS: u32 = 12;

/// Every flag that Windows defines for `ai_flags`; another bit is `WSAEINVAL`.
pub(super) const AI_KNOWN: u32 = AI_PASSIVE
    | AI_CANONNAME
    | AI_NUMERICHOST
    | AI_NUMERICSERV
    | AI_DNS_ONLY
    | AI_FORCE_CLEAR_TEXT
    | AI_BYPASS_DNS_CACHE
    | AI_RETURN_TTL
    | AI_ALL
    | AI_ADDRCONFIG
    | AI_V4MAPPED
    | AI_NON_AUTHORITATIVE
    | AI_SECURE
    | AI_RETURN_PREFERRED_NAMES
    | AI_FQDN
    | AI_FILESERVER
    | AI_DISABLE_IDN_ENCODING
    | AI_SECURE_WITH_FALLBACK
    | AI_EXCLUSIVE_CUSTOM_SERVERS
    | AI_RETURN_RESPONSE_FLAGS
    | AI_REQUIRE_SECURE
    | AI_RESOLUTION_HANDLE
    | AI_EXTENDED;
