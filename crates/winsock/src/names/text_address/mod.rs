//! Addresses as text: `inet_addr`, `inet_pton`, `inet_ntop` and the `WSA...ToString` pair.
//!
//! Windows reads addresses by two grammars, and Linux's libc by a third, so none of this goes through libc:
//!
//! * the loose one (`ipv4::loose`): one to four parts, decimal, octal (`010`) or hexadecimal (`0x10`), the last part
//!   filling the bytes that are left. `inet_addr`, `WSAStringToAddress` and host names use it.
//! * the strict one (`ipv4::strict`): four decimal parts without leading zeros. `inet_pton` uses it.
//!
//! Source of both: the tables of Wine's `dlls/ws2_32/tests/protocol.c` (`test_inet_addr`, `test_inet_pton`,
//! `test_WSAStringToAddress`), which were run on Windows; they are in this module's tests in our own words. Wide
//! strings are read through [`narrow`], since every character that an address may hold is ASCII.

pub(crate) mod ipv4;
pub(crate) mod ipv6;
mod partial;
mod print;
mod sockaddr;

use std::net::{IpAddr, Ipv4Addr};

pub use partial::{Begins, ipv4_begins, ipv4_with_optional_port, ipv6_begins, ipv6_with_optional_port};
pub use print::{ipv4_to_text, ipv6_to_text};
pub use sockaddr::{address_to_string, string_to_address, to_text};
use winsock_codes::Code;

use crate::win32::{AF_INET, AF_INET6};

/// The address in `text` by the loose grammar of `inet_addr`; `None` is what C sees as `INADDR_NONE`.
///
/// White space ends the text and what follows it is ignored, a single blank is 0.0.0.0, and an empty string is no
/// address. The last error is not touched. Source: `test_inet_addr`.
///
/// ```
/// use std::net::Ipv4Addr;
/// use winsock::names::text_address::inet_addr;
///
/// assert_eq!(inet_addr(b"1.2.3.4"), Some(Ipv4Addr::new(1, 2, 3, 4)));
/// assert_eq!(inet_addr(b"127.1"), Some(Ipv4Addr::LOCALHOST));
/// assert_eq!(inet_addr(b"1.2.3.010 and more"), Some(Ipv4Addr::new(1, 2, 3, 8)));
/// assert_eq!(inet_addr(b" 1.2.3.4"), None);
/// ```
#[must_use]
pub fn inet_addr(text: &[u8]) -> Option<Ipv4Addr> {
    if text == b" " {
        return Some(Ipv4Addr::UNSPECIFIED);
    }
    let (address, rest) = ipv4::loose(text)?;
    let ended = rest.first().is_none_or(|&byte| is_c_space(byte));
    ended.then_some(address)
}

/// What [`inet_pton`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presented {
    /// The bytes to store. Present beside `valid == false` where a whole address was read and something follows it:
    /// Windows has then written the address already.
    pub address: Option<IpAddr>,
    /// Whether the text was an address and nothing else.
    pub valid: bool,
}

/// Reads an address of a family by the strict grammar.
///
/// # Errors
/// `WSAEAFNOSUPPORT` unless the family is `AF_INET` or `AF_INET6`. Text that is no address is not an error here; of the
/// C functions, `InetPtonW` sets `WSAEINVAL` for it and `inet_pton` sets nothing. Source: `test_inet_pton`.
///
/// ```
/// use winsock::{Code, names::text_address::inet_pton};
///
/// assert!(inet_pton(23, b"2001:db8::1")?.valid);
/// assert!(!inet_pton(2, b"1.2.3.010")?.valid); // octal is for inet_addr
/// assert_eq!(inet_pton(10, b"::1"), Err(Code::WSAEAFNOSUPPORT)); // Linux's AF_INET6
/// # Ok::<(), Code>(())
/// ```
pub fn inet_pton(family: i32, text: &[u8]) -> Result<Presented, Code> {
    let found = match family {
        AF_INET => ipv4::strict(text).map(|(address, rest)| (IpAddr::V4(address), rest)),
        AF_INET6 => ipv6::prefix(text).map(|(address, rest)| (IpAddr::V6(address), rest)),
        _ => return Err(Code::WSAEAFNOSUPPORT),
    };
    Ok(Presented { address: found.map(|(address, _)| address), valid: found.is_some_and(|(_, rest)| rest.is_empty()) })
}

/// Room that any address of a family needs with its terminating zero: `INET_ADDRSTRLEN` and `INET6_ADDRSTRLEN` are
/// larger on Windows (22 and 65) because they count scope and port too.
///
/// # Errors
/// `WSAEAFNOSUPPORT` for another family; `WSAEINVAL` where the text and its zero do not fit `room` characters. The
/// page of `InetNtop` names `ERROR_INVALID_PARAMETER` for that, the check that ran on Windows 7 and later found 10022.
pub fn inet_ntop(address: IpAddr, room: usize) -> Result<String, Code> {
    let text = match address {
        IpAddr::V4(address) => ipv4_to_text(address),
        IpAddr::V6(address) => ipv6_to_text(address),
    };
    if text.len() < room { Ok(text) } else { Err(Code::WSAEINVAL) }
}

/// A wide string as bytes: ASCII as it is, everything else as a byte that occurs in no address.
#[must_use]
pub fn narrow(text: impl Iterator<Item = u32>) -> Vec<u8> {
    text.map(|unit| u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(0xff)).collect()
}

/// C's `isspace` in the "C" locale: `is_ascii_whitespace` lacks the vertical tab.
fn is_c_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

#[cfg(test)]
mod tests;
