//! Addresses as text, with Windows' own ideas of what is one.
//!
//! Sources: the tables of dlls/ws2_32/tests/protocol.c (test_inet_addr, test_inet_pton, test_WSAStringToAddress,
//! test_WSAAddressToString), checked on Windows; the functions' pages.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use winsock_codes::Code;

use crate::address::Address;
use crate::win32::{AF_INET, AF_INET6};

/// The address in an old-style text: one to four numbers, each decimal, octal (`0`) or hexadecimal (`0x`), the last of
/// which fills what is left. White space ends it; a single blank is `0.0.0.0`.
///
/// ```
/// use winsock::names::text_address::inet_addr;
///
/// assert_eq!(inet_addr("127.1"), Some([127, 0, 0, 1].into()));
/// assert_eq!(inet_addr("0x7f000001 or so"), Some([127, 0, 0, 1].into()));
/// assert_eq!(inet_addr(""), None);
/// ```
#[must_use]
pub fn inet_addr(text: &str) -> Option<Ipv4Addr> {
    if text == " " {
        return Some(Ipv4Addr::UNSPECIFIED);
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '\x0b').unwrap_or(text.len());
    old_style(&text[..end])
}

/// The strict forms: `a.b.c.d` in decimal, or an IPv6 address without scope and brackets.
///
/// # Errors
/// `WSAEAFNOSUPPORT` for another family.
pub fn inet_pton(family: i32, text: &str) -> Result<Option<Vec<u8>>, Code> {
    match family {
        AF_INET => Ok(text.parse::<Ipv4Addr>().ok().map(|address| address.octets().to_vec())),
        AF_INET6 => Ok(strict_v6(text).map(|address| address.octets().to_vec())),
        _ => Err(Code::WSAEAFNOSUPPORT),
    }
}

/// The text of an address of 4 or 16 bytes.
///
/// # Errors
/// `WSAEAFNOSUPPORT` for another family, `WSAEFAULT` for too few bytes.
pub fn inet_ntop(family: i32, address: &[u8]) -> Result<String, Code> {
    match family {
        AF_INET => {
            let octets = address.first_chunk::<4>().ok_or(Code::WSAEFAULT)?;
            Ok(Ipv4Addr::from(*octets).to_string())
        }
        AF_INET6 => {
            let octets = address.first_chunk::<16>().ok_or(Code::WSAEFAULT)?;
            Ok(v6_text(Ipv6Addr::from(*octets)))
        }
        _ => Err(Code::WSAEAFNOSUPPORT),
    }
}

/// The text of a socket address: `1.2.3.4:80`, `[fe80::1%2]:80`; without port if that is 0.
///
/// # Errors
/// `WSAEINVAL` for an address of another family.
#[doc(alias = "WSAAddressToStringA")]
pub fn address_to_string(address: &Address) -> Result<String, Code> {
    match address.to_socket_addr().ok_or(Code::WSAEINVAL)? {
        SocketAddr::V4(v4) if v4.port() == 0 => Ok(v4.ip().to_string()),
        SocketAddr::V4(v4) => Ok(v4.to_string()),
        SocketAddr::V6(v6) => {
            let scope = if v6.scope_id() == 0 { String::new() } else { format!("%{}", v6.scope_id()) };
            let host = format!("{}{scope}", v6_text(*v6.ip()));
            Ok(if v6.port() == 0 { host } else { format!("[{host}]:{}", v6.port()) })
        }
    }
}

/// The socket address in a text.
///
/// # Errors
/// `WSAEINVAL` if it is none of that family.
#[doc(alias = "WSAStringToAddressA")]
pub fn string_to_address(text: &str, family: i32) -> Result<Address, Code> {
    let address = match family {
        AF_INET => v4_with_port(text),
        AF_INET6 => v6_with_port(text),
        _ => None,
    };
    address.map(Address::from).ok_or(Code::WSAEINVAL)
}

fn v4_with_port(text: &str) -> Option<SocketAddr> {
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, port_number(port)?),
        None => (text, 0),
    };
    Some(SocketAddrV4::new(old_style(host)?, port).into())
}

fn v6_with_port(text: &str) -> Option<SocketAddr> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']')?;
            let port = if after.is_empty() { 0 } else { port_number(after.strip_prefix(':')?)? };
            (host, port)
        }
        None => (text, 0),
    };
    let (host, scope) = match host.split_once('%') {
        Some((host, scope)) => (host, scope.parse().ok()?),
        None => (host, 0),
    };
    Some(SocketAddrV6::new(strict_v6(host)?, port, 0, scope).into())
}

/// A port in C's number forms; 0 is none.
fn port_number(text: &str) -> Option<u16> {
    let number = c_number(text)?;
    u16::try_from(number).ok().filter(|port| *port != 0)
}

fn old_style(text: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u64> = text.split('.').map(c_number).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 255) {
        return None;
    }
    let width = 8 * (4 - first.len() as u32);
    // Measured on Windows: a lone number wraps around, one after dots does not.
    let last = if first.is_empty() { last & 0xffff_ffff } else { *last };
    if last >= 1 << width {
        return None;
    }
    let high = first.iter().fold(0u64, |all, part| all << 8 | part) << width;
    Some(Ipv4Addr::from_bits((if first.is_empty() { last } else { high | last }) as u32))
}

/// A number as C writes them: decimal, octal after `0`, hexadecimal after `0x`.
fn c_number(text: &str) -> Option<u64> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (digits, radix) = match hex {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return None;
    }
    // More than 15 digits are cut to the last ones, which is what wrapping around 32 bits leaves of them in hexadecimal.
    let start = digits.len().saturating_sub(15);
    u64::from_str_radix(&digits[start..], radix).ok()
}

/// Rust's parser, less the one form that Windows refuses: seven groups after a leading `::`.
fn strict_v6(text: &str) -> Option<Ipv6Addr> {
    let address = text.parse().ok()?;
    if let Some(rest) = text.strip_prefix("::") {
        let groups = rest.split(':').count() + usize::from(rest.contains('.'));
        if groups >= 7 {
            return None;
        }
    }
    Some(address)
}

/// Windows writes the last 32 bits of IPv4-compatible, mapped and ISATAP addresses with dots.
fn v6_text(address: Ipv6Addr) -> String {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let low = Ipv4Addr::from_bits(u32::from(g) << 16 | u32::from(h));
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0] if g != 0 => format!("::{low}"),
        [0, 0, 0, 0, 0xffff, 0] => format!("::ffff:0:{low}"),
        [.., 0 | 0x200, 0x5efe] => {
            let high = Ipv6Addr::new(a, b, c, d, e, f, 1, 1).to_string();
            format!("{}:{low}", high.trim_end_matches(":1:1"))
        }
        _ => address.to_string(),
    }
}
