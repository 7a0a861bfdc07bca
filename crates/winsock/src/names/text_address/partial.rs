//! `RtlIpv4StringToAddress` and its kin: addresses at the beginning of a text, and where they end.
//!
//! Source: the tables of Wine's dlls/ntdll/tests/rtl.c (`test_RtlIpv4StringToAddress`, `test_RtlIpv4StringToAddressEx`,
//! `test_RtlIpv6StringToAddress`), which were run on Windows.

use std::net::{Ipv4Addr, SocketAddrV6};

use super::{ipv4, ipv6};

/// What [`ipv4_begins`] has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begins<A> {
    /// The address, if there is one.
    pub address: Option<A>,
    /// How many bytes were read: the address, or what was looked at before it turned out to be none.
    pub length: usize,
}

/// The IPv4 address that a text begins with: by the strict grammar four decimal parts, else one to four in any of C's
/// bases.
///
/// ```
/// use winsock::names::text_address::ipv4_begins;
///
/// let found = ipv4_begins(b"10.0.0.1:80", true);
/// assert_eq!((found.address, found.length), (Some("10.0.0.1".parse().unwrap()), 8));
/// assert_eq!(ipv4_begins(b"10.1", true).address, None);
/// assert_eq!(ipv4_begins(b"10.1", false).address, Some("10.0.0.1".parse().unwrap()));
/// ```
#[doc(alias = "RtlIpv4StringToAddressA")]
#[must_use]
pub fn ipv4_begins(text: &[u8], strict: bool) -> Begins<Ipv4Addr> {
    let mut parts = [0; 4];
    let (mut count, mut at) = (0, 0);
    let none = |length| Begins { address: None, length };
    loop {
        match part(&text[at..], strict) {
            Ok((value, length)) => {
                parts[count] = value;
                at += length;
            }
            Err(length) => return none(at + length),
        }
        count += 1;
        match text.get(at) {
            Some(b'.') if count < 4 => at += 1,
            Some(b'.') => return none(at),
            _ => break,
        }
    }
    let fits = !strict || count == 4;
    Begins { address: ipv4::assemble(&parts[..count]).filter(|_| fits).map(Ipv4Addr::from), length: at }
}

/// One number and its length; for none, how much of it was looked at.
fn part(text: &[u8], strict: bool) -> Result<(u32, usize), usize> {
    let (base, prefix) = match text {
        [b'0', b'x' | b'X', ..] => (16, 2),
        [b'0', b'0'..=b'9', ..] => (8, 1),
        _ => (10, 0),
    };
    if strict && prefix > 0 {
        return Err(prefix);
    }
    let mut value = 0_u32;
    let mut length = prefix;
    while let Some(digit) = text.get(length).and_then(|byte| char::from(*byte).to_digit(base)) {
        let next = value.wrapping_mul(base).wrapping_add(digit);
        // As Windows notices it: only where the sum becomes smaller.
        if next < value {
            return Err(length);
        }
        (value, length) = (next, length + 1);
    }
    match (length > prefix, text.first()) {
        (true, _) => Ok((value, length)),
        (false, Some(b'.')) => Err(1),
        (false, _) => Err(length),
    }
}

/// An IPv4 address with a port or without, to the end of the text: what was read of each. A port without use is `None`
/// beside its address; one that is not given is 0.
///
/// ```
/// use winsock::names::text_address::ipv4_with_optional_port;
///
/// assert_eq!(ipv4_with_optional_port(b"1.2.3.4:80", true), (Some([1, 2, 3, 4].into()), Some(80)));
/// assert_eq!(ipv4_with_optional_port(b"1.2.3.4", true).1, Some(0));
/// assert_eq!(ipv4_with_optional_port(b"1.2.3.4:0", true), (Some([1, 2, 3, 4].into()), None));
/// ```
#[doc(alias = "RtlIpv4StringToAddressExA")]
#[must_use]
pub fn ipv4_with_optional_port(text: &[u8], strict: bool) -> (Option<Ipv4Addr>, Option<u16>) {
    let Begins { address: Some(address), length } = ipv4_begins(text, strict) else { return (None, None) };
    let port = match &text[length..] {
        [] => Some(0),
        [b':', digits @ ..] => ipv6::port(digits),
        _ => None,
    };
    (Some(address), port)
}

/// The IPv6 address that a text begins with. Where there is none, 0 bytes were read.
#[doc(alias = "RtlIpv6StringToAddressA")]
#[must_use]
pub fn ipv6_begins(text: &[u8]) -> Begins<std::net::Ipv6Addr> {
    let found = ipv6::prefix(text);
    Begins { address: found.map(|(address, _)| address), length: found.map_or(0, |(_, rest)| text.len() - rest.len()) }
}

/// An IPv6 address with scope and port or without, to the end of the text: `fe80::1%3`, `[fe80::1%3]:80`.
#[doc(alias = "RtlIpv6StringToAddressExA")]
#[must_use]
pub fn ipv6_with_optional_port(text: &[u8]) -> Option<SocketAddrV6> {
    ipv6::with_scope_and_port(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_where_it_ends() {
        for (text, loose, strict) in [
            ("1.1.1.1", (Some([1, 1, 1, 1]), 7), (Some([1, 1, 1, 1]), 7)),
            ("255.255.255.255:123", (Some([255; 4]), 15), (Some([255; 4]), 15)),
            ("1.1.1.0xaA", (Some([1, 1, 1, 170]), 10), (None, 8)),
            ("1.1.1.008", (Some([1, 1, 1, 0]), 8), (None, 7)),
            ("1.1.1.0a", (Some([1, 1, 1, 0]), 7), (Some([1, 1, 1, 0]), 7)),
            ("1", (Some([0, 0, 0, 1]), 1), (None, 1)),
            ("203569230", (Some([12, 34, 56, 78]), 9), (None, 9)),
            ("0x123456789", (Some([35, 69, 103, 137]), 11), (None, 2)),
            ("0777", (Some([0, 0, 1, 255]), 4), (None, 1)),
            ("3.4.5.6 ", (Some([3, 4, 5, 6]), 7), (Some([3, 4, 5, 6]), 7)),
        ] {
            let found = |strict| {
                let found = ipv4_begins(text.as_bytes(), strict);
                (found.address.map(|address| address.octets()), found.length)
            };
            assert_eq!((found(false), found(true)), (loose, strict), "{text}");
        }
    }

    #[test]
    fn what_is_none_was_read_as_far_as_it_could_be_one() {
        for (text, length) in [
            ("", 0),
            (" ", 0),
            ("255.255.255.256", 15),
            ("255.255.255.4294967295", 22),
            ("255.255.255.4294967296", 21),
            ("1.1.1.08", 7),
            ("1.1.1.-2", 6),
            ("1.2.", 4),
            ("1..2", 3),
            ("..", 1),
            ("3.4.5.6.7", 7),
            ("1000.2000", 9),
            ("3. 4.5.6", 2),
            ("[0.1.2.3]", 0),
        ] {
            assert_eq!(ipv4_begins(text.as_bytes(), false), Begins { address: None, length }, "{text}");
        }
    }

    #[test]
    fn ports() {
        let address = Some(Ipv4Addr::new(1, 2, 3, 4));
        for (text, port) in [
            ("1.2.3.4:65535", Some(65535)),
            ("1.2.3.4:0XfFfF", Some(65535)),
            ("1.2.3.4:011064", Some(0x1234)),
            ("1.2.3.4:65536", None),
            ("1.2.3.4:", None),
            ("1.2.3.4+", None),
            ("1.2.3.4: 1234", None),
        ] {
            assert_eq!(ipv4_with_optional_port(text.as_bytes(), true), (address, port), "{text}");
        }
        assert_eq!(ipv4_with_optional_port(b"256.1.1.1:1", true), (None, None));
    }

    #[test]
    fn ipv6() {
        assert_eq!(ipv6_begins(b"::%16").length, 2);
        assert_eq!(ipv6_begins(b"1111::8888 and more").length, 10);
        assert_eq!(ipv6_begins(b"none"), Begins { address: None, length: 0 });
    }
}
