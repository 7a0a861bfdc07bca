//! The order in which addresses are tried. Source: RFC 6724, section 6, which Windows follows since Vista.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use super::client::source_address;
use crate::address::Address;

/// Sorts destinations best first. Equal ones stay in the order of the answer, so that a server's rotation spreads load.
pub(super) fn by_preference(addresses: &mut Vec<IpAddr>) {
    if addresses.len() < 2 {
        return;
    }
    // Any port will do: connecting a datagram socket sends nothing.
    let with_source = |address: IpAddr| Candidate { address, source: source_address(SocketAddr::new(address, 9)) };
    let mut candidates: Vec<Candidate> = addresses.drain(..).map(with_source).collect();
    candidates.sort_by(compare);
    addresses.extend(candidates.into_iter().map(|candidate| candidate.address));
}

/// The same for socket addresses. What is none of IPv4 or IPv6 comes last.
pub(crate) fn socket_addresses(mut addresses: Vec<Address>) -> Vec<Address> {
    let ip = |address: &Address| address.to_socket_addr().map(|address| address.ip());
    let mut order: Vec<IpAddr> = addresses.iter().filter_map(ip).collect();
    by_preference(&mut order);
    let place = |address: &Address| ip(address).and_then(|ip| order.iter().position(|other| *other == ip));
    addresses.sort_by_key(|address| place(address).unwrap_or(usize::MAX));
    addresses
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    address: IpAddr,
    /// Where a packet would come from; `None` if there is no way there.
    source: Option<IpAddr>,
}

fn compare(a: &Candidate, b: &Candidate) -> Ordering {
    // Rule 1: avoid unusable destinations.
    let usable = |candidate: &Candidate| candidate.source.is_some();
    // Rule 2: prefer matching scope.
    let scope_matches =
        |candidate: &Candidate| candidate.source.is_some_and(|source| scope(source) == scope(candidate.address));
    // Rule 5: prefer matching label.
    let label_matches =
        |candidate: &Candidate| candidate.source.is_some_and(|source| policy(source).1 == policy(candidate.address).1);
    usable(b)
        .cmp(&usable(a))
        .then_with(|| scope_matches(b).cmp(&scope_matches(a)))
        .then_with(|| label_matches(b).cmp(&label_matches(a)))
        // Rule 6: prefer higher precedence.
        .then_with(|| policy(b.address).0.cmp(&policy(a.address).0))
        // Rule 8: prefer smaller scope.
        .then_with(|| scope(a.address).cmp(&scope(b.address)))
        // Rule 9: longest matching prefix, of IPv6 addresses.
        .then_with(|| common_prefix(b).cmp(&common_prefix(a)))
}

/// Precedence and label. Source: RFC 6724, 2.1.
fn policy(address: IpAddr) -> (u32, u32) {
    let address = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    let groups = address.segments();
    match groups {
        _ if address == Ipv6Addr::LOCALHOST => (50, 0),
        [0, 0, 0, 0, 0, 0xffff, ..] => (35, 4),
        [0, 0, 0, 0, 0, 0, ..] => (1, 3),
        [0x2001, 0, ..] => (5, 5),
        [0x2002, ..] => (30, 2),
        [0x3ffe, ..] => (1, 12),
        [first, ..] if first & 0xffc0 == 0xfec0 => (1, 11),
        [first, ..] if first & 0xfe00 == 0xfc00 => (3, 13),
        _ => (40, 1),
    }
}

/// Scope as a multicast address would carry it: 2 link, 5 site, 14 global. Source: RFC 6724, 3.1 and 3.2.
fn scope(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(address) if address.is_loopback() || address.is_link_local() => 2,
        IpAddr::V4(_) => 14,
        IpAddr::V6(address) => match address.segments()[0] {
            _ if address.is_loopback() => 2,
            first if first & 0xff00 == 0xff00 => u32::from(first & 0xf),
            first if first & 0xffc0 == 0xfe80 => 2,
            first if first & 0xffc0 == 0xfec0 => 5,
            _ => 14,
        },
    }
}

fn common_prefix(candidate: &Candidate) -> u32 {
    match (candidate.address, candidate.source) {
        // Beyond the subnet the bits say nothing about distance.
        (IpAddr::V6(address), Some(IpAddr::V6(source))) => {
            (address.to_bits() ^ source.to_bits()).leading_zeros().min(64)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(rows: &[(&str, Option<&str>)]) -> Vec<String> {
        let candidate = |(address, source): &(&str, Option<&str>)| Candidate {
            address: address.parse().unwrap(),
            source: source.map(|source| source.parse().unwrap()),
        };
        let mut candidates: Vec<Candidate> = rows.iter().map(candidate).collect();
        candidates.sort_by(compare);
        candidates.iter().map(|candidate| candidate.address.to_string()).collect()
    }

    // The examples of RFC 6724, 10.2.
    #[test]
    fn the_examples_of_the_rfc_come_out() {
        assert_eq!(
            sorted(&[("198.51.100.121", Some("169.254.13.78")), ("2001:db8:1::1", Some("2001:db8:1::2"))]),
            ["2001:db8:1::1", "198.51.100.121"]
        );
        assert_eq!(
            sorted(&[("2001:db8:1::1", Some("fe80::1")), ("198.51.100.121", Some("198.51.100.117"))]),
            ["198.51.100.121", "2001:db8:1::1"]
        );
        assert_eq!(
            sorted(&[("10.1.2.3", Some("10.1.2.4")), ("2001:db8:1::1", Some("2001:db8:1::2"))]),
            ["2001:db8:1::1", "10.1.2.3"]
        );
        assert_eq!(
            sorted(&[("2001:db8:1::1", Some("2001:db8:1::2")), ("fe80::1", Some("fe80::2"))]),
            ["fe80::1", "2001:db8:1::1"]
        );
        assert_eq!(
            sorted(&[("2001:db8:3ffe::1", Some("2001:db8:3f44::2")), ("2001:db8:1::1", Some("2001:db8:1::2"))]),
            ["2001:db8:1::1", "2001:db8:3ffe::1"]
        );
    }

    #[test]
    fn what_cannot_be_reached_comes_last_and_equals_stay_in_order() {
        assert_eq!(
            sorted(&[("2001:db8::1", None), ("192.0.2.9", Some("10.0.0.1")), ("192.0.2.1", Some("10.0.0.1"))]),
            ["192.0.2.9", "192.0.2.1", "2001:db8::1"]
        );
    }
}
