//! The two grammars of IPv4 addresses. Both return the address and the text after it.

use std::net::Ipv4Addr;

/// One to four parts in any base, the last filling the bytes that are left.
pub(crate) fn loose(text: &[u8]) -> Option<(Ipv4Addr, &[u8])> {
    let mut parts = [0_u32; 4];
    let mut rest = text;
    let mut count = 0;
    loop {
        (parts[count], rest) = number(rest)?;
        count += 1;
        match rest.split_first() {
            Some((b'.', after)) if count < 4 => rest = after,
            Some((b'.', _)) => return None,
            _ => break,
        }
    }
    Some((Ipv4Addr::from(assemble(&parts[..count])?), rest))
}

/// Four decimal parts of at most three digits without leading zeros.
pub(crate) fn strict(text: &[u8]) -> Option<(Ipv4Addr, &[u8])> {
    let (address, rest) = dotted(text, false)?;
    // A fifth part spoils the whole; anything else after it is only left over.
    (rest.first() != Some(&b'.')).then_some((address, rest))
}

/// Four decimal parts of at most three digits; inside an IPv6 address leading zeros are allowed.
pub(super) fn dotted(text: &[u8], leading_zeros: bool) -> Option<(Ipv4Addr, &[u8])> {
    let mut octets = [0_u8; 4];
    let mut rest = text;
    for (index, octet) in octets.iter_mut().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(b".")?;
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let padded = digits > 1 && rest[0] == b'0';
        // `0x` announces another base, which the strict grammar does not have.
        let hexadecimal = digits == 1 && rest[0] == b'0' && matches!(rest.get(1), Some(b'x' | b'X'));
        if digits == 0 || digits > 3 || padded && !leading_zeros || hexadecimal {
            return None;
        }
        let value = rest[..digits].iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        *octet = u8::try_from(value).ok()?;
        rest = &rest[digits..];
    }
    Some((Ipv4Addr::from(octets), rest))
}

/// A number as C writes it: `0x` hexadecimal, `0` octal, else decimal. Also the grammar of port numbers.
///
/// A number beyond 32 bits is refused only where a digit makes the sum smaller; else its low bits count. So
/// 4294967296 is no number and 0x123456789 is 0x23456789, which `test_WSAStringToAddress` found on Windows.
pub(super) fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let (base, digits) = match text {
        [b'0', b'x' | b'X', rest @ ..] => (16, rest),
        // The 0 stays: alone it is a digit.
        [b'0', ..] => (8, text),
        _ => (10, text),
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(base);
    let length = digits.iter().take_while(|byte| digit(byte).is_some()).count();
    if length == 0 {
        return None;
    }
    let value = digits[..length].iter().filter_map(digit).try_fold(0_u32, |sum, one| {
        let next = sum.wrapping_mul(base).wrapping_add(one);
        (next >= sum).then_some(next)
    })?;
    Some((value, &digits[length..]))
}

/// The parts as one address, the last filling the bytes that are left.
pub(super) fn assemble(parts: &[u32]) -> Option<u32> {
    let (last, octets) = parts.split_last()?;
    let mut address = 0_u32;
    for octet in octets {
        address = address << 8 | u32::from(u8::try_from(*octet).ok()?);
    }
    let left = 32 - 8 * octets.len();
    if left == 32 {
        return Some(*last);
    }
    (*last < 1 << left).then_some(address << left | last)
}
