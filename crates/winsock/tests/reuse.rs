//! Who may bind to what. Source: "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", and S: Wine's
//! dlls/ws2_32/tests/sock.c, test_reuseaddr, whose expectations were checked on Windows.

mod common;

use common::*;
use winsock::Code;
use winsock::win32::*;

fn port_of(address: &[u8]) -> u16 {
    u16::from_be_bytes([address[2], address[3]])
}

fn accepts_from(listener: SOCKET, address: &[u8]) {
    let client = tcp();
    winsock::connect(client, address).unwrap();
    assert!(readable(listener, 1000), "the connection went elsewhere");
    winsock::closesocket(winsock::accept(listener).unwrap().0).unwrap();
    winsock::closesocket(client).unwrap();
}

#[test]
fn a_port_in_use_is_in_use_and_reuse_on_the_second_alone_is_refused() {
    start();
    let (first, second, third) = (tcp(), tcp(), tcp());
    let address = bound(first);
    assert_eq!(winsock::bind(second, &address), Err(Code::WSAEADDRINUSE));
    set(third, SOL_SOCKET, SO_REUSEADDR, 1).unwrap();
    assert_eq!(winsock::bind(third, &address), Err(Code::WSAEACCES));
}

#[test]
fn the_first_of_two_with_reuse_gets_the_connections_and_then_the_second() {
    start();
    let (first, second) = (tcp(), tcp());
    set(first, SOL_SOCKET, SO_REUSEADDR, 1).unwrap();
    set(second, SOL_SOCKET, SO_REUSEADDR, 1).unwrap();
    let address = bound(first);
    winsock::bind(second, &address).unwrap();
    winsock::listen(first, 5).unwrap();
    winsock::listen(second, 5).unwrap();
    for _ in 0..8 {
        accepts_from(first, &address);
    }
    winsock::closesocket(first).unwrap();
    for _ in 0..8 {
        accepts_from(second, &address);
    }
}

#[test]
fn a_wildcard_and_a_specific_address_share_a_port_in_either_order() {
    start();
    for specific_first in [false, true] {
        let (wild, specific) = (tcp(), tcp());
        let listening = |s, address: &str, port: u16| {
            winsock::bind(s, &at(&format!("{address}:{port}"))).unwrap();
            winsock::listen(s, 5).unwrap();
            port_of(&local(s))
        };
        let port = if specific_first {
            let port = listening(specific, "127.0.0.1", 0);
            listening(wild, "0.0.0.0", port)
        } else {
            let port = listening(wild, "0.0.0.0", 0);
            listening(specific, "127.0.0.1", port)
        };
        for _ in 0..4 {
            accepts_from(specific, &at(&format!("127.0.0.1:{port}")));
            accepts_from(wild, &at(&format!("127.0.0.2:{port}")));
        }
    }
}

#[test]
fn exclusive_use_is_kept_from_others() {
    start();
    let first = tcp();
    set(first, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1).unwrap();
    winsock::bind(first, &at("0.0.0.0:0")).unwrap();
    let port = port_of(&local(first));
    let specific = at(&format!("127.0.0.1:{port}"));
    assert_eq!(winsock::bind(tcp(), &specific), Err(Code::WSAEACCES));
    assert_eq!(winsock::bind(tcp(), &at(&format!("0.0.0.0:{port}"))), Err(Code::WSAEADDRINUSE));
    winsock::closesocket(first).unwrap();
    winsock::bind(tcp(), &specific).unwrap();
}

#[test]
fn reuse_and_exclusive_use_exclude_each_other() {
    start();
    let s = tcp();
    set(s, SOL_SOCKET, SO_REUSEADDR, 1).unwrap();
    assert_eq!(set(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1), Err(Code::WSAEINVAL));
    set(s, SOL_SOCKET, SO_REUSEADDR, 0).unwrap();
    set(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1).unwrap();
    assert_eq!(set(s, SOL_SOCKET, SO_REUSEADDR, 1), Err(Code::WSAEINVAL));
}

// Servers restart: only ended connections hold the port.
#[test]
fn a_port_with_ended_connections_can_be_bound_again() {
    start();
    let (listener, address) = listener();
    let client = tcp();
    winsock::connect(client, &address).unwrap();
    let (server, _) = winsock::accept(listener).unwrap();
    winsock::closesocket(server).unwrap(); // This side waits out TIME_WAIT.
    winsock::closesocket(client).unwrap();
    winsock::closesocket(listener).unwrap();
    let again = tcp();
    winsock::bind(again, &address).unwrap();
    winsock::listen(again, 1).unwrap();
}

// S: IPV6_V6ONLY is on by default, so [::] leaves the IPv4 port alone.
#[test]
fn an_ipv6_wildcard_leaves_the_ipv4_port_alone_by_default() {
    start();
    let v6 = winsock::socket(AF_INET6, SOCK_STREAM, 0).unwrap();
    if winsock::bind(v6, &at("[::]:0")).is_err() {
        eprintln!("skipped: no IPv6");
        return;
    }
    assert_eq!(get(v6, IPPROTO_IPV6, IPV6_V6ONLY), Ok(1));
    let v4 = tcp();
    let name = at(&format!("0.0.0.0:{}", port_of(&local(v6))));
    winsock::bind(v4, &name).unwrap();
    winsock::listen(v6, 1).unwrap();
    winsock::listen(v4, 1).unwrap();
    assert_eq!(set(v6, IPPROTO_IPV6, IPV6_V6ONLY, 0), Err(Code::WSAEINVAL), "before bind only");
}
