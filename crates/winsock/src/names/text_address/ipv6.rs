//! The grammar of IPv6 addresses, and of IPv6 addresses with scope and port.

use std::net::{Ipv6Addr, SocketAddrV6};

use super::ipv4;

/// The longest address that the text begins with, and the text after it.
///
/// Groups of one to four hexadecimal digits; one `::` that stands for at least one group; the last two groups may be a
/// dotted IPv4 address. Source: `test_inet_pton`.
pub(crate) fn prefix(text: &[u8]) -> Option<(Ipv6Addr, &[u8])> {
    let (head, rest) = groups(text, 8)?;
    if head.dotted && head.count < 8 {
        return None;
    }
    if head.count == 8 {
        return Some((Ipv6Addr::from(head.values), rest));
    }
    let rest = rest.strip_prefix(b"::")?;
    let (tail, rest) = groups(rest, 7 - head.count)?;
    let mut values = head.values;
    values[8 - tail.count..].copy_from_slice(&tail.values[..tail.count]);
    Some((Ipv6Addr::from(values), rest))
}

/// `address`, `address%scope`, `[address%scope]` or `[address%scope]:port`, and nothing else. A port that is not given
/// is 0.
pub(crate) fn with_scope_and_port(text: &[u8]) -> Option<SocketAddrV6> {
    let (bracketed, rest) = text.strip_prefix(b"[").map_or((false, text), |rest| (true, rest));
    let (address, rest) = prefix(rest)?;
    let (scope, rest) = scope(rest)?;
    let port = match (bracketed, rest) {
        (false, []) | (true, [b']']) => 0,
        (true, [b']', b':', digits @ ..]) => port(digits)?,
        _ => return None,
    };
    Some(SocketAddrV6::new(address, port, 0, scope))
}

/// A port number other than 0, in any of C's bases, to the end of the text. Source: `test_WSAStringToAddress`.
pub(super) fn port(text: &[u8]) -> Option<u16> {
    let (value, rest) = ipv4::number(text)?;
    u16::try_from(value).ok().filter(|&port| port != 0 && rest.is_empty())
}

/// A decimal scope without leading zeros after `%`; 0 where there is none.
fn scope(text: &[u8]) -> Option<(u32, &[u8])> {
    match text.strip_prefix(b"%") {
        None => Some((0, text)),
        Some([b'0', rest @ ..]) if !rest.first().is_some_and(u8::is_ascii_digit) => Some((0, rest)),
        Some([b'1'..=b'9', ..]) => ipv4::number(&text[1..]),
        Some(_) => None,
    }
}

#[derive(Default)]
struct Groups {
    values: [u16; 8],
    count: usize,
    /// Whether the last two came from a dotted IPv4 address, which nothing may follow.
    dotted: bool,
}

/// Up to `limit` groups with single colons between them. Stops before `::`. `None` if a colon or a dot promises more
/// and it does not come.
fn groups(text: &[u8], limit: usize) -> Option<(Groups, &[u8])> {
    let mut found = Groups::default();
    let mut rest = text;
    while found.count < limit {
        if found.count > 0 {
            match rest {
                [b':', b':', ..] => break,
                [b':', after @ ..] => rest = after,
                _ => break,
            }
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        if rest.get(digits) == Some(&b'.') && digits > 0 {
            let (address, after) = if found.count + 2 <= limit { ipv4::dotted(rest, true)? } else { return None };
            let [a, b, c, d] = address.octets();
            found.values[found.count] = u16::from_be_bytes([a, b]);
            found.values[found.count + 1] = u16::from_be_bytes([c, d]);
            found.count += 2;
            found.dotted = true;
            return Some((found, after));
        }
        if digits == 0 && found.count == 0 {
            break;
        }
        if digits == 0 || digits > 4 {
            return None;
        }
        let value =
            rest[..digits].iter().filter_map(|byte| char::from(*byte).to_digit(16)).fold(0, |sum, one| sum << 4 | one);
        found.values[found.count] = value as u16;
        found.count += 1;
        rest = &rest[digits..];
    }
    Some((found, rest))
}
