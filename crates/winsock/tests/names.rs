//! Resolution without a network. P is dlls/ws2_32/tests/protocol.c, checked on Windows; D the function's page.

mod common;

use common::*;
use winsock::Code;
use winsock::names::addrinfo::{Hints, getaddrinfo, getnameinfo};
use winsock::names::{hosts, services};
use winsock::win32::*;

fn addresses(node: Option<&str>, service: Option<&str>, hints: Hints) -> Result<Vec<String>, Code> {
    start();
    let answers = getaddrinfo(node, service, &hints)?;
    Ok(answers.iter().map(|answer| answer.address.to_socket_addr().unwrap().to_string()).collect())
}

// P: neither name is 11001; a bad type 10044, service 10109; D: family 10047.
#[test]
fn questions_that_make_no_sense_have_their_codes() {
    let hints = Hints::default();
    assert_eq!(addresses(None, None, hints), Err(Code::WSAHOST_NOT_FOUND));
    assert_eq!(addresses(Some("127.0.0.1"), None, Hints { socktype: 999, ..hints }), Err(Code::WSAESOCKTNOSUPPORT));
    assert_eq!(addresses(Some("127.0.0.1"), None, Hints { family: 999, ..hints }), Err(Code::WSAEAFNOSUPPORT));
    assert_eq!(addresses(Some("127.0.0.1"), Some("no such service"), hints), Err(Code::WSATYPE_NOT_FOUND));
    let numeric = Hints { flags: AI_NUMERICHOST, ..hints };
    assert_eq!(addresses(Some("localhost"), None, numeric), Err(Code::WSAHOST_NOT_FOUND));
    assert_eq!(addresses(None, Some("80"), Hints { flags: AI_CANONNAME, ..hints }), Err(Code::WSAEINVAL));
    assert_eq!(addresses(Some("127.0.0.1"), None, Hints { family: AF_INET6, ..hints }), Err(Code::WSAHOST_NOT_FOUND));
}

#[test]
fn numeric_hosts_and_no_host_need_no_resolver() {
    let v4 = Hints { family: AF_INET, ..Hints::default() };
    assert_eq!(addresses(Some("127.0.0.1"), Some("80"), v4).unwrap(), ["127.0.0.1:80"]);
    assert_eq!(addresses(Some("127.1"), None, v4).unwrap(), ["127.0.0.1:0"]);
    assert_eq!(addresses(None, Some("80"), v4).unwrap(), ["127.0.0.1:80"]);
    assert_eq!(addresses(None, Some("80"), Hints { flags: AI_PASSIVE, ..v4 }).unwrap(), ["0.0.0.0:80"]);
    assert_eq!(
        addresses(Some("::1"), Some("http"), Hints { socktype: SOCK_STREAM, ..Hints::default() }).unwrap(),
        ["[::1]:80"]
    );
    assert_eq!(addresses(Some("localhost"), None, v4).unwrap(), ["127.0.0.1:0"]);
}

// P: the empty name is this host.
#[test]
fn the_empty_name_is_this_host() {
    assert!(!addresses(Some(""), None, Hints::default()).unwrap().is_empty());
    let host = hosts::gethostbyname("").unwrap();
    assert_eq!(host.name, hosts::gethostname().unwrap());
    assert!(!host.addresses.is_empty());
    assert_eq!(hosts::gethostbyname("127.0.0.1").unwrap().addresses, [[127, 0, 0, 1]]);
}

#[test]
fn names_of_addresses_and_services() {
    start();
    let flags = NI_NUMERICHOST | NI_NUMERICSERV;
    assert_eq!(getnameinfo(&at("127.0.0.1:80"), flags).unwrap(), ("127.0.0.1".to_owned(), "80".to_owned()));
    assert_eq!(getnameinfo(&at("127.0.0.1:80"), NI_NUMERICHOST).unwrap().1, "http");
    assert_eq!(getnameinfo(&at("[fe80::1%7]:9"), flags).unwrap().0, "fe80::1%7");
    assert_eq!(getnameinfo(&at("127.0.0.1:80")[..10], flags), Err(Code::WSAEFAULT));
    assert_eq!(getnameinfo(&[0; 16], flags), Err(Code::WSAEAFNOSUPPORT));
    assert_eq!(services::service_by_name("HTTP", Some("tcp")).unwrap().number, 80);
    assert_eq!(services::service_by_name("nonsense", None), Err(Code::WSANO_DATA));
    assert_eq!(services::protocol_by_name("tcp").unwrap().number, 6);
    assert_eq!(services::protocol_by_number(17).unwrap().name, "udp");
    assert_eq!(hosts::gethostbyaddr(&[127, 0, 0, 1], 99), Err(Code::WSAEAFNOSUPPORT));
}
