//! The name functions' structures lie in memory as Windows lays them out: every size and offset against `windows-sys`.

use std::mem::{align_of, offset_of, size_of};

use windows_sys::Win32::Networking::WinSock as windows;
use ws2_32::types as ours;

macro_rules! same_layout {
    ($ours:ty, $windows:ty, $($field:ident),+) => {
        assert_eq!(size_of::<$ours>(), size_of::<$windows>(), stringify!($windows));
        assert_eq!(align_of::<$ours>(), align_of::<$windows>(), stringify!($windows));
        $(assert_eq!(offset_of!($ours, $field), offset_of!($windows, $field), "{}.{}", stringify!($windows), stringify!($field));)+
    };
}

#[test]
fn name_structures_lie_as_on_windows() {
    same_layout!(
        ours::ADDRINFOA,
        windows::ADDRINFOA,
        ai_flags,
        ai_family,
        ai_socktype,
        ai_protocol,
        ai_addrlen,
        ai_canonname,
        ai_addr,
        ai_next
    );
    same_layout!(
        ours::ADDRINFOW,
        windows::ADDRINFOW,
        ai_flags,
        ai_family,
        ai_socktype,
        ai_protocol,
        ai_addrlen,
        ai_canonname,
        ai_addr,
        ai_next
    );
    same_layout!(
        ours::ADDRINFOEXA,
        windows::ADDRINFOEXA,
        ai_flags,
        ai_family,
        ai_socktype,
        ai_protocol,
        ai_addrlen,
        ai_canonname,
        ai_addr,
        ai_blob,
        ai_bloblen,
        ai_provider,
        ai_next
    );
    same_layout!(
        ours::ADDRINFOEXW,
        windows::ADDRINFOEXW,
        ai_flags,
        ai_family,
        ai_socktype,
        ai_protocol,
        ai_addrlen,
        ai_canonname,
        ai_addr,
        ai_blob,
        ai_bloblen,
        ai_provider,
        ai_next
    );
    same_layout!(ours::HOSTENT, windows::HOSTENT, h_name, h_aliases, h_addrtype, h_length, h_addr_list);
    same_layout!(ours::SERVENT, windows::SERVENT, s_name, s_aliases, s_proto, s_port);
    same_layout!(ours::PROTOENT, windows::PROTOENT, p_name, p_aliases, p_proto);
    same_layout!(
        ours::WSANAMESPACE_INFOA,
        windows::WSANAMESPACE_INFOA,
        NSProviderId,
        dwNameSpace,
        fActive,
        dwVersion,
        lpszIdentifier
    );
    same_layout!(ours::WSAPROTOCOLCHAIN, windows::WSAPROTOCOLCHAIN, ChainLen, ChainEntries);
    same_layout!(
        ours::WSAPROTOCOL_INFOA,
        windows::WSAPROTOCOL_INFOA,
        dwServiceFlags1,
        dwServiceFlags2,
        dwServiceFlags3,
        dwServiceFlags4,
        dwProviderFlags,
        ProviderId,
        dwCatalogEntryId,
        ProtocolChain,
        iVersion,
        iAddressFamily,
        iMaxSockAddr,
        iMinSockAddr,
        iSocketType,
        iProtocol,
        iProtocolMaxOffset,
        iNetworkByteOrder,
        iSecurityScheme,
        dwMessageSize,
        dwProviderReserved,
        szProtocol
    );
    same_layout!(ours::WSAPROTOCOL_INFOW, windows::WSAPROTOCOL_INFOW, dwServiceFlags1, ProtocolChain, szProtocol);
    assert_eq!(size_of::<ours::IN_ADDR>(), size_of::<windows::IN_ADDR>());
}

#[test]
fn flags_have_windows_values() {
    use winsock::names::flags::*;
    for (name, ours, windows) in [
        ("AI_PASSIVE", AI_PASSIVE, windows::AI_PASSIVE),
        ("AI_CANONNAME", AI_CANONNAME, windows::AI_CANONNAME),
        ("AI_NUMERICHOST", AI_NUMERICHOST, windows::AI_NUMERICHOST),
        ("AI_NUMERICSERV", AI_NUMERICSERV, windows::AI_NUMERICSERV),
        ("AI_DNS_ONLY", AI_DNS_ONLY, windows::AI_DNS_ONLY),
        ("AI_FORCE_CLEAR_TEXT", AI_FORCE_CLEAR_TEXT, windows::AI_FORCE_CLEAR_TEXT),
        ("AI_BYPASS_DNS_CACHE", AI_BYPASS_DNS_CACHE, windows::AI_BYPASS_DNS_CACHE),
        ("AI_RETURN_TTL", AI_RETURN_TTL, windows::AI_RETURN_TTL),
        ("AI_ALL", AI_ALL, windows::AI_ALL),
        ("AI_ADDRCONFIG", AI_ADDRCONFIG, windows::AI_ADDRCONFIG),
        ("AI_V4MAPPED", AI_V4MAPPED, windows::AI_V4MAPPED),
        ("AI_NON_AUTHORITATIVE", AI_NON_AUTHORITATIVE, windows::AI_NON_AUTHORITATIVE),
        ("AI_SECURE", AI_SECURE, windows::AI_SECURE),
        ("AI_RETURN_PREFERRED_NAMES", AI_RETURN_PREFERRED_NAMES, windows::AI_RETURN_PREFERRED_NAMES),
        ("AI_FQDN", AI_FQDN, windows::AI_FQDN),
        ("AI_FILESERVER", AI_FILESERVER, windows::AI_FILESERVER),
        ("AI_DISABLE_IDN_ENCODING", AI_DISABLE_IDN_ENCODING, windows::AI_DISABLE_IDN_ENCODING),
        ("AI_SECURE_WITH_FALLBACK", AI_SECURE_WITH_FALLBACK, windows::AI_SECURE_WITH_FALLBACK),
        ("AI_EXCLUSIVE_CUSTOM_SERVERS", AI_EXCLUSIVE_CUSTOM_SERVERS, windows::AI_EXCLUSIVE_CUSTOM_SERVERS),
        ("AI_RETURN_RESPONSE_FLAGS", AI_RETURN_RESPONSE_FLAGS, windows::AI_RETURN_RESPONSE_FLAGS),
        ("AI_REQUIRE_SECURE", AI_REQUIRE_SECURE, windows::AI_REQUIRE_SECURE),
        ("AI_RESOLUTION_HANDLE", AI_RESOLUTION_HANDLE, windows::AI_RESOLUTION_HANDLE),
        ("AI_EXTENDED", AI_EXTENDED, windows::AI_EXTENDED),
        ("NI_NOFQDN", NI_NOFQDN.cast_unsigned(), windows::NI_NOFQDN),
        ("NI_NUMERICHOST", NI_NUMERICHOST.cast_unsigned(), windows::NI_NUMERICHOST),
        ("NI_NAMEREQD", NI_NAMEREQD.cast_unsigned(), windows::NI_NAMEREQD),
        ("NI_NUMERICSERV", NI_NUMERICSERV.cast_unsigned(), windows::NI_NUMERICSERV),
        ("NI_DGRAM", NI_DGRAM.cast_unsigned(), windows::NI_DGRAM),
        ("NS_ALL", NS_ALL, windows::NS_ALL),
        ("NS_DNS", NS_DNS, windows::NS_DNS),
    ] {
        assert_eq!(ours, windows, "{name}");
    }
}
