//! Datagrams: states, truncation, and what ICMP says.

mod common;

use std::time::Duration;

use common::*;
use winsock::win32::*;
use winsock::{Address, Code};

// S test_connect_udp; D recv, WSAEINVAL: not bound.
#[test]
fn an_unbound_socket_cannot_receive_and_an_unconnected_one_cannot_send() {
    start();
    let s = udp();
    assert_eq!(winsock::recv(s, &mut [0], 0), Err(Code::WSAEINVAL));
    assert_eq!(winsock::send(s, b"data", 0), Err(Code::WSAENOTCONN));
    bound(s);
    nonblocking(s, true);
    assert_eq!(winsock::recv(s, &mut [0], 0), Err(Code::WSAEWOULDBLOCK));
    assert_eq!(winsock::getpeername(s).unwrap_err(), Code::WSAENOTCONN);
}

// D sendto: it binds; the address is judged.
#[test]
fn sendto_binds_and_judges_the_address() {
    start();
    let (from, to) = (udp(), udp());
    let address = bound(to);
    assert_eq!(winsock::sendto(from, b"data", 0, Some(&at("[::1]:9"))), Err(Code::WSAEAFNOSUPPORT));
    assert_eq!(winsock::sendto(from, b"data", 0, Some(&at("0.0.0.0:9"))), Err(Code::WSAEADDRNOTAVAIL));
    assert_eq!(winsock::sendto(from, b"data", 0, Some(&at("127.0.0.1:0"))), Err(Code::WSAEADDRNOTAVAIL));
    assert_eq!(winsock::sendto(from, b"data", 0, Some(&address[..8])), Err(Code::WSAEFAULT));
    assert_eq!(winsock::sendto(from, b"data", 0, Some(&at("255.255.255.255:9"))), Err(Code::WSAEACCES));
    assert_eq!(winsock::sendto(from, b"data", 0, Some(&address)), Ok(4));
    assert!(winsock::getsockname(from).is_ok());
    let mut sender = Address::default();
    assert_eq!(winsock::recvfrom(to, &mut [0; 8], 0, &mut sender), Ok(4));
    assert_eq!(sender.port(), winsock::getsockname(from).unwrap().port());
}

// D recvfrom, WSAEMSGSIZE: the buffer is filled, the address set, the rest lost; peeking loses nothing.
#[test]
fn a_datagram_that_does_not_fit_is_cut_and_says_so() {
    start();
    let (from, to) = (udp(), udp());
    let address = bound(to);
    winsock::sendto(from, b"0123456789", 0, Some(&address)).unwrap();
    let mut buffer = [0; 4];
    assert_eq!(winsock::recv(to, &mut buffer, MSG_PEEK), Err(Code::WSAEMSGSIZE));
    assert_eq!(&buffer, b"0123");
    let (mut buffer, mut sender) = ([0; 6], Address::default());
    assert_eq!(winsock::recvfrom(to, &mut buffer, 0, &mut sender), Err(Code::WSAEMSGSIZE));
    assert_eq!(&buffer, b"012345");
    assert_eq!(sender.family(), AF_INET);
    assert!(!readable(to, 10));
}

// D recvfrom, WSAECONNRESET: on a socket that is not connected too.
#[test]
fn an_unreachable_port_resets_the_next_receive_also_without_connection() {
    start();
    let s = udp();
    bound(s);
    winsock::sendto(s, b"data", 0, Some(&free_udp())).unwrap();
    assert!(readable(s, 1000));
    assert_eq!(winsock::recv(s, &mut [0; 8], 0), Err(Code::WSAECONNRESET));
    nonblocking(s, true);
    assert_eq!(winsock::recv(s, &mut [0; 8], 0), Err(Code::WSAEWOULDBLOCK), "told once");
}

// The report belongs to the receive: a send in between succeeds, and does not lose it.
#[test]
fn a_send_does_not_hear_of_an_unreachable_port() {
    start();
    let s = udp();
    bound(s);
    let nobody = free_udp();
    for _ in 0..5 {
        assert_eq!(winsock::sendto(s, b"data", 0, Some(&nobody)), Ok(4));
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(readable(s, 1000));
    assert_eq!(winsock::recv(s, &mut [0; 8], 0), Err(Code::WSAECONNRESET));
}

#[test]
fn a_connected_socket_hears_of_an_unreachable_port_as_reset() {
    start();
    let s = udp();
    winsock::connect(s, &free_udp()).unwrap();
    assert_eq!(winsock::send(s, b"data", 0), Ok(4));
    assert!(readable(s, 1000));
    assert_eq!(winsock::recv(s, &mut [0; 8], 0), Err(Code::WSAECONNRESET));
}

// D "Winsock IOCTLs", SIO_UDP_CONNRESET.
#[test]
fn the_report_of_unreachable_ports_can_be_turned_off() {
    start();
    let s = udp();
    bound(s);
    winsock::report_unreachable(s, false).unwrap();
    winsock::sendto(s, b"data", 0, Some(&free_udp())).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    nonblocking(s, true);
    assert_eq!(winsock::recv(s, &mut [0; 8], 0), Err(Code::WSAEWOULDBLOCK));
    assert_eq!(winsock::report_unreachable(tcp(), false), Err(Code::WSAEINVAL));
}

// S test_connect_udp; D connect: again, and AF_UNSPEC or zeros to undo.
#[test]
fn a_peer_can_be_changed_and_removed() {
    start();
    let (s, peer) = (udp(), udp());
    let address = bound(peer);
    winsock::connect(s, &address).unwrap();
    winsock::connect(s, &free_udp()).unwrap();
    winsock::connect(s, &address).unwrap();
    assert_eq!(winsock::send(s, b"x", 0), Ok(1));
    winsock::connect(s, &[0; 16]).unwrap();
    assert_eq!(winsock::getpeername(s).unwrap_err(), Code::WSAENOTCONN);
    assert_eq!(winsock::send(s, b"x", 0), Err(Code::WSAENOTCONN));
}

// S: shutdown of a datagram socket works without a peer, and counts.
#[test]
fn shutdown_works_without_a_peer() {
    start();
    let s = udp();
    let address = bound(s);
    winsock::shutdown(s, SD_RECEIVE).unwrap();
    assert_eq!(winsock::recvfrom(s, &mut [0], 0, &mut Address::default()), Err(Code::WSAESHUTDOWN));
    winsock::shutdown(s, SD_SEND).unwrap();
    assert_eq!(winsock::sendto(s, b"x", 0, Some(&address)), Err(Code::WSAESHUTDOWN));
}

fn free_udp() -> Vec<u8> {
    let s = udp();
    let address = bound(s);
    winsock::closesocket(s).unwrap();
    address
}
