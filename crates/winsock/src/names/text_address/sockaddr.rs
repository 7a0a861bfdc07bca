//! `WSAAddressToString` and `WSAStringToAddress`: address, scope and port as one text.

use std::net::{SocketAddr, SocketAddrV4};

use winsock_codes::Code;

use super::{ipv4, ipv4_to_text, ipv6, ipv6_to_text};
use crate::process::require_started;
use crate::win32::{AF_INET, AF_INET6};

/// The address as text: `1.2.3.4`, `1.2.3.4:80`, `fe80::1%3`, `[fe80::1%3]:80`. A port or scope of 0 is not written.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up. Source: `test_WSAAddressToString`.
///
/// ```
/// use winsock::names::text_address::address_to_string;
///
/// winsock::startup(0x0202)?;
/// assert_eq!(address_to_string("[::1]:80".parse().unwrap())?, "[::1]:80");
/// assert_eq!(address_to_string("10.0.0.1:0".parse().unwrap())?, "10.0.0.1");
/// # Ok::<(), winsock::Code>(())
/// ```
#[doc(alias = "WSAAddressToStringA")]
#[doc(alias = "WSAAddressToStringW")]
pub fn address_to_string(address: SocketAddr) -> Result<String, Code> {
    require_started()?;
    Ok(to_text(address))
}

/// [`address_to_string`] without a check that Winsock was started.
#[must_use]
pub fn to_text(address: SocketAddr) -> String {
    let host = match address {
        SocketAddr::V4(address) => ipv4_to_text(*address.ip()),
        SocketAddr::V6(address) => {
            let scope = Some(address.scope_id()).filter(|&scope| scope != 0).map(|scope| format!("%{scope}"));
            format!("{}{}", ipv6_to_text(*address.ip()), scope.unwrap_or_default())
        }
    };
    match (address, address.port()) {
        (_, 0) => host,
        (SocketAddr::V4(_), port) => format!("{host}:{port}"),
        (SocketAddr::V6(_), port) => format!("[{host}]:{port}"),
    }
}

/// The address in the text, by the loose grammar for `AF_INET`; missing port and scope are 0.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSAEINVAL` for text that is no address of the family, an explicit port 0, and
/// families other than `AF_INET` and `AF_INET6`. Source: `test_WSAStringToAddress`; docs: "WSAStringToAddress function".
///
/// ```
/// use winsock::{Code, names::text_address::string_to_address};
///
/// winsock::startup(0x0202)?;
/// assert_eq!(string_to_address(b"1.2.3.4:0x50", 2)?, "1.2.3.4:80".parse().unwrap());
/// assert_eq!(string_to_address(b"1.2.3.4:0", 2), Err(Code::WSAEINVAL));
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "WSAStringToAddressA")]
#[doc(alias = "WSAStringToAddressW")]
pub fn string_to_address(text: &[u8], family: i32) -> Result<SocketAddr, Code> {
    require_started()?;
    let address = match family {
        AF_INET => ipv4_with_port(text).map(SocketAddr::V4),
        AF_INET6 => ipv6::with_scope_and_port(text).map(SocketAddr::V6),
        _ => None,
    };
    address.ok_or(Code::WSAEINVAL)
}

fn ipv4_with_port(text: &[u8]) -> Option<SocketAddrV4> {
    let (address, rest) = ipv4::loose(text)?;
    let port = match rest {
        [] => 0,
        [b':', digits @ ..] => ipv6::port(digits)?,
        _ => return None,
    };
    Some(SocketAddrV4::new(address, port))
}
