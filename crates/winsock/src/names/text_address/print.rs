//! Addresses printed as Windows prints them.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Four decimal numbers.
#[must_use]
pub fn ipv4_to_text(address: Ipv4Addr) -> String {
    address.to_string()
}

/// An IPv6 address in Windows' form: lower case, the longest run of two or more zero groups as `::` (the first of two
/// equal ones), and dotted IPv4 at the end of the forms that embed an IPv4 address: `::a.b.c.d`, `::ffff:a.b.c.d`,
/// `::ffff:0:a.b.c.d` and ISATAP's `...:5efe:a.b.c.d`.
///
/// ```
/// use winsock::names::text_address::ipv6_to_text;
///
/// assert_eq!(ipv6_to_text("2001:db8:0:0:1:0:0:1".parse().unwrap()), "2001:db8::1:0:0:1");
/// assert_eq!(ipv6_to_text("fe80::5efe:c0a8:1".parse().unwrap()), "fe80::5efe:192.168.0.1"); // Linux: fe80::5efe:c0a8:1
/// ```
#[must_use]
pub fn ipv6_to_text(address: Ipv6Addr) -> String {
    let groups = address.segments();
    let dotted = embeds_ipv4(&groups);
    let (written, tail) = if dotted { groups.split_at(6) } else { groups.split_at(8) };
    let mut text = String::with_capacity(46);
    let run = longest_zero_run(written);
    for (index, group) in written.iter().enumerate() {
        match run {
            Some((start, _)) if index == start => text.push_str("::"),
            Some((start, length)) if (start..start + length).contains(&index) => {}
            _ => {
                if index > 0 && !text.ends_with(':') {
                    text.push(':');
                }
                let _ = write!(text, "{group:x}");
            }
        }
    }
    if let [high, low] = *tail {
        if !text.ends_with(':') {
            text.push(':');
        }
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        let _ = write!(text, "{}", Ipv4Addr::new(a, b, c, d));
    }
    text
}

/// Whether Windows writes the last 32 bits as an IPv4 address.
fn embeds_ipv4(groups: &[u16; 8]) -> bool {
    match *groups {
        // Compatible, mapped, translated; not if the upper half is empty: ::1234 and ::ffff:0:1234 are no IPv4 addresses.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, _] | [0, 0, 0, 0, 0xffff, 0, high, _] => high != 0,
        // ISATAP: the interface identifier ::0:5efe or ::200:5efe.
        [_, _, _, _, 0 | 0x0200, 0x5efe, ..] => true,
        _ => false,
    }
}

/// Start and length of the first longest run of at least two zero groups.
fn longest_zero_run(groups: &[u16]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut start = 0;
    for chunk in groups.chunk_by(|a, b| (*a == 0) == (*b == 0)) {
        if chunk[0] == 0 && chunk.len() > best.map_or(1, |(_, length)| length) {
            best = Some((start, chunk.len()));
        }
        start += chunk.len();
    }
    best
}
