//! The rules of `getaddrinfo`, each with its source.

use super::*;
use crate::names::responder::Responder;

fn started() -> Resolver {
    crate::startup(0x0202).unwrap();
    crate::names::responder::resolver("nameserver [127.0.0.1]:1\n", "")
}

fn hints(flags: u32, family: i32, socket_type: i32, protocol: i32) -> Hints {
    Hints { flags, family, socket_type, protocol }
}

fn code(result: Result<Vec<AddressInfo>, Code>) -> i32 {
    result.map_or_else(Code::value, |_| 0)
}

fn shown(result: Result<Vec<AddressInfo>, Code>) -> Vec<String> {
    result.unwrap().iter().map(|info| info.address.to_string()).collect()
}

// Source: protocol.c, hinttests: family, type, protocol and code.
#[test]
fn any_known_type_goes_with_any_protocol_and_comes_back() {
    let resolver = started();
    for family in [0, 2] {
        for (socket_type, protocol) in [
            (1, 6),
            (1, 17),
            (1, 41),
            (2, 6),
            (2, 17),
            (2, 41),
            (0, 6),
            (0, 17),
            (0, 41),
            (1, 0),
            (2, 0),
            (1, 999),
            (2, 999),
        ] {
            let found =
                resolver.getaddrinfo(Some("localhost"), None, Some(&hints(0, family, socket_type, protocol))).unwrap();
            assert!(found.iter().all(|info| (info.socket_type, info.protocol) == (socket_type, protocol)));
            assert!(found.iter().all(|info| family == 0 || info.family == family));
        }
        for protocol in [6, 17, 41] {
            let result = resolver.getaddrinfo(Some("localhost"), None, Some(&hints(0, family, 999, protocol)));
            assert_eq!(code(result), 10044);
        }
    }
}

// Docs: "getaddrinfo function", errors.
#[test]
fn impossible_hints_have_their_codes() {
    let resolver = started();
    let ask = |hints: Hints| code(resolver.getaddrinfo(Some("127.0.0.1"), None, Some(&hints)));
    assert_eq!(ask(hints(0, 10, 0, 0)), 10047); // Linux's AF_INET6
    assert_eq!(ask(hints(0, 1, 0, 0)), 10047);
    assert_eq!(ask(hints(0, 0, -1, 0)), 10044);
    assert_eq!(ask(hints(0x200, 0, 0, 0)), 10022);
    assert_eq!(ask(hints(AI_CANONNAME | AI_FQDN, 0, 0, 0)), 10022);
    let no_name = resolver.getaddrinfo(None, Some("80"), Some(&hints(AI_CANONNAME, 0, 0, 0)));
    assert_eq!(code(no_name), 11003);
}

// Source: protocol.c: NULL and NULL; "" and "0" as service; an unknown service.
#[test]
fn services_are_ports_or_known_names() {
    let resolver = started();
    assert_eq!(code(resolver.getaddrinfo(None, None, None)), 11001);
    assert_eq!(resolver.getaddrinfo(None, Some(""), None), resolver.getaddrinfo(None, Some("0"), None));
    assert_eq!(code(resolver.getaddrinfo(None, Some("nonexistentservice"), None)), 10109);
    assert_eq!(code(resolver.getaddrinfo(None, Some("65536"), None)), 10109);
    assert_eq!(code(resolver.getaddrinfo(None, Some(" 80"), None)), 10109);
    assert_eq!(code(resolver.getaddrinfo(None, Some("smtp"), Some(&hints(0, 0, 2, 0)))), 10109);
    assert_eq!(code(resolver.getaddrinfo(None, Some("http"), Some(&hints(0, 0, 3, 0)))), 10109);
    assert_eq!(code(resolver.getaddrinfo(None, Some("http"), Some(&hints(AI_NUMERICSERV, 0, 1, 0)))), 11001);
    assert_eq!(shown(resolver.getaddrinfo(Some("1.2.3.4"), Some("http"), Some(&hints(0, 0, 1, 0)))), ["1.2.3.4:80"]);
}

#[test]
fn a_service_without_a_type_comes_once_for_each_protocol() {
    let found = started().getaddrinfo(Some("1.2.3.4"), Some("domain"), None).unwrap();
    let ways: Vec<(i32, i32)> = found.iter().map(|info| (info.socket_type, info.protocol)).collect();
    assert_eq!(ways, [(1, 6), (2, 17)]);
    // A port says nothing about the type.
    let found = started().getaddrinfo(Some("1.2.3.4"), Some("53"), None).unwrap();
    assert_eq!((found.len(), found[0].socket_type, found[0].protocol), (1, 0, 0));
}

// Docs: AI_PASSIVE. Windows lists IPv6 first.
#[test]
fn without_a_name_it_is_any_or_loopback() {
    let resolver = started();
    let ask = |flags, family| shown(resolver.getaddrinfo(None, Some("80"), Some(&hints(flags, family, 1, 0))));
    assert_eq!(ask(AI_PASSIVE, 2), ["0.0.0.0:80"]);
    assert_eq!(ask(AI_PASSIVE, 23), ["[::]:80"]);
    assert_eq!(ask(0, 2), ["127.0.0.1:80"]);
    assert_eq!(ask(0, 23), ["[::1]:80"]);
    assert_eq!(ask(AI_PASSIVE, 0).last().unwrap(), "0.0.0.0:80");
    // libraries pass both flags; only a name that is given has to be numeric
    assert_eq!(ask(AI_PASSIVE | AI_NUMERICHOST, 2), ["0.0.0.0:80"]);
}

// Source: protocol.c, test_getaddrinfo: addresses as names.
#[test]
fn addresses_need_no_server() {
    let resolver = started();
    let ask = |name, flags, family| resolver.getaddrinfo(Some(name), None, Some(&hints(flags, family, 0, 0)));
    assert_eq!(shown(ask("192.168.1.253", 0, 0)), ["192.168.1.253:0"]);
    assert_eq!(shown(ask("2a00:2039:dead:beef:cafe::6666", 0, 0)), ["[2a00:2039:dead:beef:cafe::6666]:0"]);
    assert_eq!(shown(ask("[beef::cafe]", AI_NUMERICHOST, 23)), ["[beef::cafe]:0"]);
    assert_eq!(shown(ask("[beef::cafe]:10239", 0, 0)), ["[beef::cafe]:0"]);
    assert_eq!(shown(ask("fe80::1%7", 0, 0)), ["[fe80::1%7]:0"]);
    assert_eq!(code(ask("192.168.1.253:1024", AI_NUMERICHOST, 0)), 11001);
    assert_eq!(code(ask("[beef::cafe]", AI_NUMERICHOST, 2)), 11001);
    assert_eq!(code(ask("[beef::cafe", AI_NUMERICHOST, 0)), 11001);
    assert_eq!(code(ask("beef::cafe]", AI_NUMERICHOST, 0)), 11001);
    assert_eq!(code(ask("localhost", AI_NUMERICHOST, 0)), 11001);
    let found = ask("1.2.3.4", AI_CANONNAME, 0).unwrap();
    assert_eq!((found[0].canonical_name.as_deref(), found[0].flags), (Some("1.2.3.4"), AI_NUMERICHOST));
}

// Source: protocol.c: the results of "" and of the computer's name are the same.
#[test]
fn an_empty_name_is_this_computer() {
    let resolver = started();
    let own = crate::names::gethostname(256).unwrap();
    let found = resolver.getaddrinfo(Some(""), None, None).unwrap();
    assert_eq!(resolver.getaddrinfo(Some(&own), None, None).unwrap(), found);
    for info in found {
        if let SocketAddr::V6(address) = info.address {
            let link_local = address.ip().segments()[0] == 0xfe80;
            assert_eq!(link_local, address.scope_id() != 0, "{address}");
        }
    }
}

#[test]
fn the_servers_codes_come_through() {
    crate::startup(0x0202).unwrap();
    let server = Responder::start();
    let resolver = server.resolver();
    for (name, expected) in
        [("nx.test", 11001), ("empty.test", 11004), ("servfail.test", 11002), ("refused.test", 11003)]
    {
        assert_eq!(code(resolver.getaddrinfo(Some(name), Some("80"), None)), expected, "{name}");
    }
    assert_eq!(shown(resolver.getaddrinfo(Some("v4.test"), Some("80"), None)), ["192.0.2.2:80"]);
}

// Docs: AI_CANONNAME, AI_FQDN.
#[test]
fn the_canonical_name_is_in_the_first_entry() {
    crate::startup(0x0202).unwrap();
    let server = Responder::start();
    let names = |name, flags| {
        let found =
            server.resolver_with("search search.test").getaddrinfo(Some(name), None, Some(&hints(flags, 2, 0, 0)));
        found.unwrap()[0].canonical_name.clone()
    };
    assert_eq!(names("alias.test", AI_CANONNAME).as_deref(), Some("v4.test"));
    assert_eq!(names("alias.test", AI_FQDN).as_deref(), Some("alias.test"));
    assert_eq!(names("host", AI_FQDN).as_deref(), Some("host.search.test"));
    assert_eq!(names("alias.test", 0), None);
}

// Docs: AI_V4MAPPED, AI_ALL.
#[test]
fn mapped_addresses_stand_in_for_ipv6() {
    crate::startup(0x0202).unwrap();
    let server = Responder::start();
    let ask = |name, flags| server.resolver().getaddrinfo(Some(name), None, Some(&hints(flags, 23, 0, 0)));
    assert_eq!(code(ask("v4.test", 0)), 11004);
    assert_eq!(shown(ask("v4.test", AI_V4MAPPED)), ["[::ffff:192.0.2.2]:0"]);
    assert_eq!(shown(ask("both.test", AI_V4MAPPED)), ["[2001:db8::1]:0"]);
    assert_eq!(shown(ask("both.test", AI_V4MAPPED | AI_ALL)), ["[2001:db8::1]:0", "[::ffff:192.0.2.1]:0"]);
    assert_eq!(shown(ask("1.2.3.4", AI_V4MAPPED)), ["[::ffff:1.2.3.4]:0"]);
    assert_eq!(code(ask("nx.test", AI_V4MAPPED)), 11001);
}

// Docs: Internationalized Domain Names; source: protocol.c, test_GetAddrInfoW.
#[test]
fn names_beyond_ascii_are_asked_for_in_punycode() {
    crate::startup(0x0202).unwrap();
    let server = Responder::start();
    let ask = |flags| server.resolver().getaddrinfo(Some("テスト.test"), None, Some(&hints(flags, 2, 0, 0)));
    assert_eq!(shown(ask(0)), ["192.0.2.2:0"]);
    assert_eq!(code(ask(AI_DISABLE_IDN_ENCODING)), 11001);
}
