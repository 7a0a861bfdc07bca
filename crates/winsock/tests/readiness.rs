//! `WSAPoll`, conditional accept, connecting by name. S: dlls/ws2_32/tests/sock.c; D: the function's page.

mod common;

use std::time::Duration;

use common::*;
use winsock::names::connect::{connect_by_list, connect_by_name};
use winsock::win32::*;
use winsock::{Address, Code, Decision, PollEntry, wsa_poll};

fn poll_one(s: SOCKET, events: i16) -> i16 {
    let mut entries = [PollEntry { fd: s, events, revents: 0 }];
    wsa_poll(&mut entries, Some(Duration::from_millis(50))).unwrap();
    entries[0].revents
}

// S test_WSAPoll.
#[test]
fn wsa_poll_refuses_what_windows_refuses() {
    start();
    let s = tcp();
    assert_eq!(wsa_poll(&mut [], Some(Duration::ZERO)), Err(Code::WSAEINVAL));
    for events in [POLLPRI, POLLERR, POLLHUP, POLLNVAL, POLLWRBAND] {
        let mut entries = [PollEntry { fd: s, events, revents: 0 }];
        assert_eq!(wsa_poll(&mut entries, Some(Duration::ZERO)), Err(Code::WSAEINVAL), "{events:#x}");
    }
    let mut entries = [PollEntry { fd: INVALID_SOCKET, events: POLLIN, revents: 0 }; 2];
    assert_eq!(wsa_poll(&mut entries, Some(Duration::ZERO)), Err(Code::WSAENOTSOCK));
    // A bad number among good ones is marked, and does not count.
    let (client, _server) = pair();
    let entry = |fd| PollEntry { fd, events: POLLOUT, revents: 0 };
    let mut entries = [entry(INVALID_SOCKET), entry(client)];
    assert_eq!(wsa_poll(&mut entries, Some(Duration::ZERO)), Ok(1));
    assert_eq!((entries[0].revents, entries[1].revents), (POLLNVAL, POLLWRNORM));
}

// S check_poll: data, urgent data, the peer's end, a reset, a failed connect.
#[test]
fn wsa_poll_tells_what_windows_tells() {
    start();
    let (client, server) = pair();
    let both = POLLIN | POLLOUT;
    assert_eq!(poll_one(client, both), POLLWRNORM);
    winsock::send(server, b"x", 0).unwrap();
    assert_eq!(poll_one(client, both), POLLRDNORM | POLLWRNORM);
    winsock::recv(client, &mut [0], 0).unwrap();
    winsock::shutdown(server, SD_SEND).unwrap();
    assert_eq!(poll_one(client, both), POLLHUP | POLLWRNORM);

    let (client, server) = pair();
    reset(server);
    assert_eq!(poll_one(client, both), POLLERR | POLLHUP | POLLWRNORM);

    let s = tcp();
    nonblocking(s, true);
    assert_eq!(winsock::connect(s, &free_address()), Err(Code::WSAEWOULDBLOCK));
    assert_eq!(poll_one(s, both), POLLERR | POLLHUP | POLLWRNORM);
}

// D WSAAccept.
#[test]
fn a_condition_accepts_rejects_and_puts_off() {
    start();
    let (listener, address) = listener();
    let (first, second) = (tcp(), tcp());
    winsock::connect(first, &address).unwrap();
    let rejected = winsock::accept_if(listener, |peer, local| {
        assert_eq!(peer.family(), AF_INET);
        assert_eq!(local.to_windows()[..], address[..]);
        Decision::Reject
    });
    assert_eq!(rejected.unwrap_err(), Code::WSAECONNREFUSED);
    assert_eq!(winsock::recv(first, &mut [0], 0), Err(Code::WSAECONNRESET));
    winsock::connect(second, &address).unwrap();
    assert_eq!(winsock::accept_if(listener, |_, _| Decision::Defer).unwrap_err(), Code::WSATRY_AGAIN);
    assert!(readable(listener, 0), "the connection still waits");
    let (accepted, peer) = winsock::accept(listener).unwrap();
    assert_eq!(peer.port(), winsock::getsockname(second).unwrap().port());
    assert!(winsock::send(accepted, b"x", 0).is_ok());
}

// D WSAConnectByList, WSAConnectByName.
#[test]
fn connecting_by_list_tries_until_one_answers() {
    start();
    let (_listener, address) = listener();
    let dead = Address::from_windows(&free_address()).unwrap();
    let live = Address::from_windows(&address).unwrap();
    let s = tcp();
    assert_eq!(connect_by_list(s, &[], None), Err(Code::WSAEINVAL));
    assert_eq!(connect_by_list(s, &[dead], None), Err(Code::WSAECONNREFUSED));
    assert_eq!(connect_by_list(s, &[dead, live], Some(Duration::from_secs(5))), Ok(()));
    assert_eq!(connect_by_list(s, &[live], None), Err(Code::WSAEISCONN));
    let s = tcp();
    assert_eq!(connect_by_name(s, None, Some("80"), None), Err(Code::WSAEINVAL));
    assert_eq!(connect_by_name(s, Some("localhost"), Some(&live.port().to_string()), None), Ok(()));
    assert_eq!(connect_by_list(udp(), &[live], None), Err(Code::WSAEINVAL));
}
