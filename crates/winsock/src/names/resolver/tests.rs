//! What name servers say, and the code that comes of it.

use std::net::UdpSocket;
use std::time::Instant;

use super::*;
use crate::names::responder::{Responder, resolver};

const BOTH: Wanted = Wanted { ipv4: true, ipv6: true };
const IPV4: Wanted = Wanted { ipv4: true, ipv6: false };
const IPV6: Wanted = Wanted { ipv4: false, ipv6: true };

fn addresses(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

// semantic rule: the rcode decides, which Linux's getaddrinfo hides.
#[test]
fn the_servers_answer_decides_the_code() {
    let server = Responder::start();
    let resolver = server.resolver();
    for (name, code) in [
        ("nx.test", 11001),
        ("empty.test", 11004),
        ("dangling.test", 11004),
        ("loop.test", 11004),
        ("servfail.test", 11002),
        ("silent.test", 11002),
        ("refused.test", 11003),
        ("notimp.test", 11003),
        ("formerr.test", 11003),
        ("garbage.test", 11003),
    ] {
        assert_eq!(resolver.addresses(name, BOTH).unwrap_err().value(), code, "{name}");
        assert_eq!(resolver.addresses(name, IPV4).unwrap_err().value(), code, "{name}, IPv4 alone");
    }
}

#[test]
fn both_families_are_asked_for() {
    let server = Responder::start();
    let resolver = server.resolver();
    let mut found = resolver.addresses("both.test", BOTH).unwrap().addresses;
    found.sort();
    assert_eq!(found, addresses(&["192.0.2.1", "2001:db8::1"]));
    assert_eq!(resolver.addresses("both.test", IPV4).unwrap().addresses, addresses(&["192.0.2.1"]));
    assert_eq!(resolver.addresses("both.test", IPV6).unwrap().addresses, addresses(&["2001:db8::1"]));
}

#[test]
fn a_name_without_addresses_of_the_family_is_no_data() {
    let server = Responder::start();
    assert_eq!(server.resolver().addresses("v4.test", IPV6), Err(Code::WSANO_DATA));
    assert_eq!(server.resolver().addresses("v6.test", IPV4), Err(Code::WSANO_DATA));
    assert_eq!(server.resolver().addresses("v4.test", BOTH).unwrap().addresses, addresses(&["192.0.2.2"]));
}

// Source: protocol.c, end of test_getaddrinfo.
#[test]
fn a_computer_without_ipv6_is_not_given_ipv6() {
    let server = Responder::start();
    let resolver = server.resolver().with_ipv6(false);
    assert_eq!(resolver.addresses("both.test", BOTH).unwrap().addresses, addresses(&["192.0.2.1"]));
    assert_eq!(resolver.addresses("both.test", IPV6), Err(Code::WSANO_DATA));
}

#[test]
fn aliases_are_followed_to_the_canonical_name() {
    let server = Responder::start();
    let found = server.resolver().addresses("alias.test", IPV4).unwrap();
    assert_eq!(found.canonical, "v4.test");
    assert_eq!(found.aliases, ["alias.test", "middle.test"]);
    assert_eq!(found.addresses, addresses(&["192.0.2.2"]));
}

#[test]
fn half_an_answer_is_an_answer() {
    let server = Responder::start();
    assert_eq!(server.resolver().addresses("half.test", BOTH).unwrap().addresses, addresses(&["192.0.2.3"]));
    assert_eq!(server.resolver().addresses("half.test", IPV6), Err(Code::WSATRY_AGAIN));
}

#[test]
fn a_cut_answer_is_asked_for_again_by_tcp() {
    let server = Responder::start();
    assert_eq!(server.resolver().addresses("large.test", IPV4).unwrap().addresses.len(), 200);
    let tcp_only = server.resolver_with("options use-vc");
    assert_eq!(tcp_only.addresses("v4.test", IPV4).unwrap().addresses, addresses(&["192.0.2.2"]));
}

#[test]
fn an_answer_to_another_question_is_not_taken() {
    let server = Responder::start();
    assert_eq!(server.resolver().addresses("spoofed.test", IPV4).unwrap().addresses, addresses(&["192.0.2.4"]));
}

#[test]
fn a_failing_server_is_passed_over() {
    let good = Responder::start();
    let closed = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    for port in [closed, silent.local_addr().unwrap().port()] {
        let resolver = good.resolver_with(&format!("options timeout:1\nnameserver [127.0.0.1]:{port}"));
        assert_eq!(resolver.addresses("v4.test", IPV4).unwrap().addresses, addresses(&["192.0.2.2"]));
    }
}

#[test]
fn a_refusal_beside_silence_is_temporary() {
    let refusing = Responder::start();
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let resolver = refusing.resolver_with(&format!("options timeout:1 attempts:1\nnameserver [127.0.0.1]:{port}"));
    assert_eq!(resolver.addresses("refused.test", IPV4), Err(Code::WSATRY_AGAIN));
}

#[test]
fn nobody_there_is_temporary_and_quick() {
    let closed = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let start = Instant::now();
    let resolver = resolver(&format!("nameserver [127.0.0.1]:{closed}\n"), "");
    assert_eq!(resolver.addresses("v4.test", IPV4), Err(Code::WSATRY_AGAIN));
    assert!(start.elapsed() < Duration::from_secs(2), "the ICMP refusal ends the wait");
}

#[test]
fn the_callers_time_out_ends_the_wait() {
    let server = Responder::start();
    let start = Instant::now();
    let resolver = server.resolver_with("options timeout:20").within(Duration::from_millis(150));
    assert_eq!(resolver.addresses("silent.test", IPV4), Err(Code::WSATRY_AGAIN));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_search_list_is_tried_behind_the_name() {
    let server = Responder::start();
    let resolver = server.resolver_with("search none.test search.test");
    let found = resolver.addresses("host", IPV4).unwrap();
    assert_eq!(found.canonical, "host.search.test");
    assert_eq!(server.asked(), ["host.none.test", "host.search.test"]);
    // A name that exists without addresses says more than one that does not exist.
    assert_eq!(resolver.addresses("empty", IPV4), Err(Code::WSANO_DATA));
    assert_eq!(resolver.addresses("host.", IPV4), Err(Code::WSAHOST_NOT_FOUND));
}

#[test]
fn ndots_decides_what_is_tried_first() {
    let settings = |text| Settings::parse(text);
    assert_eq!(candidates("a.b", &settings("search x y")), ["a.b", "a.b.x", "a.b.y"]);
    assert_eq!(candidates("a", &settings("search x y")), ["a.x", "a.y", "a"]);
    assert_eq!(candidates("a.b", &settings("search x\noptions ndots:5")), ["a.b.x", "a.b"]);
    assert_eq!(candidates("a.", &settings("search x")), ["a."]);
}

#[test]
fn the_hosts_file_comes_before_the_servers() {
    let server = Responder::start();
    let found = server.resolver().addresses("FH", IPV4).unwrap();
    assert_eq!((found.canonical.as_str(), found.addresses), ("from-hosts.test", addresses(&["192.0.2.77"])));
    assert!(server.asked().is_empty());
    // A family that the file lacks is asked for elsewhere.
    assert_eq!(server.resolver().addresses("fh", IPV6), Err(Code::WSAHOST_NOT_FOUND));
    assert_eq!(server.asked(), ["fh"]);
}

#[test]
fn names_that_dns_cannot_express_do_not_exist() {
    let server = Responder::start();
    for name in ["a..b", ".", &"x".repeat(64), &"long.".repeat(60)] {
        assert_eq!(server.resolver().addresses(name, IPV4), Err(Code::WSAHOST_NOT_FOUND), "{name}");
    }
    assert!(server.asked().is_empty(), "{:?}", server.asked());
}

#[test]
fn addresses_have_names() {
    let server = Responder::start();
    let resolver = server.resolver();
    assert_eq!(resolver.names_of("192.0.2.9".parse().unwrap()).unwrap(), ["nine.test"]);
    assert_eq!(resolver.names_of("192.0.2.77".parse().unwrap()).unwrap(), ["from-hosts.test", "fh"]);
    assert_eq!(resolver.names_of("192.0.2.5".parse().unwrap()), Err(Code::WSAHOST_NOT_FOUND));
    assert_eq!(resolver.names_of("192.0.2.8".parse().unwrap()), Err(Code::WSATRY_AGAIN));
}

// Source: RFC 3596, 2.5.
#[test]
fn reverse_names_are_the_digits_backwards() {
    assert_eq!(reverse_name("192.0.2.9".parse().unwrap()), "9.2.0.192.in-addr.arpa");
    assert_eq!(
        reverse_name("4321:0:1:2:3:4:567:89ab".parse().unwrap()),
        "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa"
    );
}

proptest::proptest! {
    #[test]
    fn no_datagram_makes_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
        let _ = wire::read(&bytes, 1, "a.test", Kind::A);
        let mut own = bytes;
        if own.len() > 12 {
            own[..4].copy_from_slice(&[0, 1, 0x81, 0x80]);
            let _ = wire::read(&own, 1, "a.test", Kind::Ptr);
        }
    }
}
