//! Which code a call gives in which state of the socket. Each test names its rule's source: "D" is the function's page,
//! "S" is Wine's dlls/ws2_32/tests/sock.c, whose expectations were checked on Windows.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::*;
use winsock::win32::*;
use winsock::{Address, Code};

// S, D send: never connected.
#[test]
fn transfers_on_a_stream_that_never_was_connected_are_not_connected() {
    start();
    let s = tcp();
    assert_eq!(winsock::send(s, b"x", 0), Err(Code::WSAENOTCONN));
    assert_eq!(winsock::recv(s, &mut [0], 0), Err(Code::WSAENOTCONN));
    assert_eq!(winsock::shutdown(s, SD_SEND), Err(Code::WSAENOTCONN));
    assert_eq!(winsock::getpeername(s).unwrap_err(), Code::WSAENOTCONN);
}

// S: after shutdown(SD_SEND), after shutdown(SD_RECEIVE).
#[test]
fn transfers_after_own_shutdown_are_shut_down() {
    start();
    let (client, server) = pair();
    winsock::shutdown(client, SD_SEND).unwrap();
    assert_eq!(winsock::send(client, b"x", 0), Err(Code::WSAESHUTDOWN));
    assert_eq!(winsock::recv(server, &mut [0], 0), Ok(0));
    winsock::shutdown(server, SD_RECEIVE).unwrap();
    assert_eq!(winsock::recv(server, &mut [0], 0), Err(Code::WSAESHUTDOWN));
    assert_eq!(winsock::send(server, b"x", 0), Ok(1));
    assert_eq!(winsock::recv(client, &mut [0], 0), Ok(1));
    assert_eq!(winsock::shutdown(client, 3), Err(Code::WSAEINVAL));
}

// S as above, seen from another thread: Linux refuses a send a moment before the shutdown has returned.
#[test]
fn a_send_beside_the_shutdown_is_shut_down_and_the_connection_lives() {
    start();
    for round in 0..300 {
        let (client, server) = pair();
        winsock::ioctlsocket(client, FIONBIO, &mut 1).unwrap();
        let tries = Arc::new(AtomicUsize::new(0));
        let sender = thread::spawn({
            let tries = Arc::clone(&tries);
            move || {
                loop {
                    match winsock::send(client, b"x", 0) {
                        Ok(_) | Err(Code::WSAEWOULDBLOCK) => drop(tries.fetch_add(1, Ordering::Relaxed)),
                        Err(code) => return code,
                    }
                }
            }
        });
        while tries.load(Ordering::Relaxed) <= round {
            std::hint::spin_loop();
        }
        winsock::shutdown(client, SD_SEND).unwrap();
        assert_eq!(sender.join().unwrap(), Code::WSAESHUTDOWN, "round {round}");
        assert_eq!(winsock::recv(client, &mut [0], 0), Err(Code::WSAEWOULDBLOCK), "round {round}");
        winsock::closesocket(client).and(winsock::closesocket(server)).unwrap();
    }
}

// S: peer names outlive both shutdowns.
#[test]
fn the_peer_has_a_name_after_both_shutdowns() {
    start();
    let (client, server) = pair();
    winsock::shutdown(client, SD_BOTH).unwrap();
    winsock::shutdown(server, SD_BOTH).unwrap();
    thread::sleep(Duration::from_millis(20));
    assert!(winsock::getpeername(client).is_ok());
}

// S test_tcp_reset: receive and send say "reset" again and again; readable and writable, not exceptional; SO_ERROR is 0.
#[test]
fn a_reset_by_the_peer_is_told_for_ever() {
    start();
    let (client, server) = pair();
    reset(server);
    for _ in 0..3 {
        assert_eq!(winsock::recv(client, &mut [0; 10], 0), Err(Code::WSAECONNRESET));
    }
    for _ in 0..3 {
        assert_eq!(winsock::send(client, b"data", 0), Err(Code::WSAECONNRESET));
    }
    assert_eq!(get(client, SOL_SOCKET, SO_ERROR), Ok(0));
    let sets = winsock::Sets { read: &[client], write: &[client], except: &[client] };
    let ready = winsock::select(sets, Some(Duration::ZERO)).unwrap();
    assert_eq!((ready.read.len(), ready.write.len(), ready.except.len()), (1, 1, 0));
}

// D send: the first call after the reset may be a send.
#[test]
fn a_send_into_a_reset_connection_is_reset_and_no_signal() {
    start();
    let (client, server) = pair();
    reset(server);
    for _ in 0..3 {
        assert_eq!(winsock::send(client, b"data", 0), Err(Code::WSAECONNRESET));
    }
}

// S: bad, closed and foreign numbers.
#[test]
fn every_call_on_what_is_no_socket_says_so() {
    start();
    let closed = tcp();
    winsock::closesocket(closed).unwrap();
    for s in [closed, INVALID_SOCKET, 0, 1, 3, 0xdead_beef, closed + 1] {
        assert_eq!(winsock::closesocket(s), Err(Code::WSAENOTSOCK));
        assert_eq!(winsock::send(s, b"x", 0), Err(Code::WSAENOTSOCK));
        assert_eq!(winsock::recv(s, &mut [0], 0), Err(Code::WSAENOTSOCK));
        assert_eq!(winsock::bind(s, &at("127.0.0.1:0")), Err(Code::WSAENOTSOCK));
        assert_eq!(winsock::listen(s, 1), Err(Code::WSAENOTSOCK));
        assert_eq!(winsock::shutdown(s, 5), Err(Code::WSAENOTSOCK));
        assert_eq!(winsock::getsockname(s).unwrap_err(), Code::WSAENOTSOCK);
        assert_eq!(get(s, SOL_SOCKET, SO_TYPE), Err(Code::WSAENOTSOCK));
    }
}

// Programs loop over socket values, and cast them to int.
#[test]
fn socket_values_are_small_multiples_of_four_and_do_not_come_back_soon() {
    start();
    let first = tcp();
    winsock::closesocket(first).unwrap();
    for _ in 0..200 {
        let s = tcp();
        assert_eq!(s % 4, 0);
        assert!(s < 1 << 20);
        assert_ne!(s, first);
        winsock::closesocket(s).unwrap();
    }
    assert_eq!(winsock::send(first, b"x", 0), Err(Code::WSAENOTSOCK));
}

// S, D bind, listen, getsockname.
#[test]
fn binding_listening_and_names_follow_the_state() {
    start();
    let s = tcp();
    assert_eq!(winsock::getsockname(s).unwrap_err(), Code::WSAEINVAL);
    assert_eq!(winsock::listen(s, 1), Err(Code::WSAEINVAL));
    assert_eq!(winsock::accept(s).unwrap_err(), Code::WSAEINVAL);
    assert_eq!(winsock::bind(s, &at("127.0.0.1:0")[..15]), Err(Code::WSAEFAULT));
    assert_eq!(winsock::bind(s, &[0xad, 0xde, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Err(Code::WSAEAFNOSUPPORT));
    assert_eq!(winsock::bind(s, &at("192.0.2.1:0")), Err(Code::WSAEADDRNOTAVAIL));
    winsock::bind(s, &at("127.0.0.1:0")).unwrap();
    assert_eq!(winsock::bind(s, &at("127.0.0.1:0")), Err(Code::WSAEINVAL));
    assert_eq!(winsock::accept(s).unwrap_err(), Code::WSAEINVAL);
    winsock::listen(s, 1).unwrap();
    winsock::listen(s, 2).unwrap();
    assert_eq!(winsock::bind(s, &at("127.0.0.1:0")), Err(Code::WSAEINVAL));
    assert_eq!(winsock::connect(s, &at("127.0.0.1:9")), Err(Code::WSAEINVAL));
    assert_eq!(winsock::shutdown(s, SD_SEND), Err(Code::WSAENOTCONN));
    let client = tcp();
    winsock::connect(client, &local(s)).unwrap();
    assert_eq!(winsock::listen(client, 1), Err(Code::WSAEISCONN));
    assert!(winsock::accept(s).is_ok(), "the listener lives on after the refused shutdown");
    let d = udp();
    assert_eq!(winsock::listen(d, 1), Err(Code::WSAEOPNOTSUPP));
    assert_eq!(winsock::accept(d).unwrap_err(), Code::WSAEOPNOTSUPP);
}

// D connect.
#[test]
fn connect_judges_the_address_before_the_network() {
    start();
    let s = tcp();
    assert_eq!(winsock::connect(s, &at("0.0.0.0:80")), Err(Code::WSAEADDRNOTAVAIL));
    assert_eq!(winsock::connect(s, &at("127.0.0.1:0")), Err(Code::WSAEADDRNOTAVAIL));
    assert_eq!(winsock::connect(s, &at("127.0.0.1:80")[..10]), Err(Code::WSAEFAULT));
    assert_eq!(winsock::connect(s, &at("[::1]:80")), Err(Code::WSAEAFNOSUPPORT));
    assert_eq!(winsock::connect(s, &free_address()), Err(Code::WSAECONNREFUSED));
    let (listener, address) = listener();
    winsock::connect(s, &address).expect("a refused socket may try again");
    assert_eq!(winsock::connect(s, &address), Err(Code::WSAEISCONN));
    winsock::closesocket(listener).unwrap();
}

// S: 10035 and never 10036; 10037 while it goes on cannot be made on loopback, where it ends at once.
#[test]
fn a_nonblocking_connect_would_block_and_then_is_connected() {
    start();
    let (listener, address) = listener();
    let s = tcp();
    nonblocking(s, true);
    assert_eq!(winsock::connect(s, &address), Err(Code::WSAEWOULDBLOCK));
    let sets = winsock::Sets { write: &[s], ..Default::default() };
    assert_eq!(winsock::select(sets, Some(Duration::from_secs(2))).unwrap().write, [s]);
    assert_eq!(winsock::connect(s, &address), Err(Code::WSAEISCONN));
    assert_eq!(winsock::send(s, b"x", 0), Ok(1));
    let (server, _) = winsock::accept(listener).unwrap();
    assert_eq!(winsock::recv(server, &mut [0; 4], 0), Ok(1));
}

// S: a failed connect is exceptional and not writable; SO_ERROR keeps telling why; the time is not touched.
#[test]
fn a_failed_nonblocking_connect_is_exceptional_and_sticky() {
    start();
    let s = tcp();
    nonblocking(s, true);
    assert_eq!(winsock::connect(s, &free_address()), Err(Code::WSAEWOULDBLOCK));
    let sets = winsock::Sets { write: &[s], except: &[s], ..Default::default() };
    let ready = winsock::select(sets, Some(Duration::from_secs(2))).unwrap();
    assert_eq!((ready.write.len(), ready.except.len()), (0, 1));
    for _ in 0..2 {
        assert_eq!(get(s, SOL_SOCKET, SO_ERROR), Ok(Code::WSAECONNREFUSED.value() as u32));
    }
    assert_eq!(winsock::send(s, b"x", 0), Err(Code::WSAENOTCONN));
}

// S: transfers while connecting. A full backlog makes a connect that goes on.
#[test]
fn a_connect_under_way_is_not_a_connection() {
    start();
    let s = tcp();
    let address = bound(s);
    winsock::listen(s, 1).unwrap();
    let mut clients = Vec::new();
    let pending = loop {
        let client = tcp();
        nonblocking(client, true);
        assert_eq!(winsock::connect(client, &address), Err(Code::WSAEWOULDBLOCK));
        thread::sleep(Duration::from_millis(5));
        if winsock::connect(client, &address) == Err(Code::WSAEALREADY) {
            break client;
        }
        clients.push(client);
        assert!(clients.len() < 50, "the backlog never filled");
    };
    assert_eq!(winsock::send(pending, b"x", 0), Err(Code::WSAENOTCONN));
    assert_eq!(winsock::recv(pending, &mut [0], 0), Err(Code::WSAENOTCONN));
    assert_eq!(winsock::listen(pending, 1), Err(Code::WSAEINVAL));
    assert!(winsock::getsockname(pending).is_ok());
    assert_eq!(winsock::getpeername(pending).unwrap().to_windows()[..], address[..]);
}

// S: an expired SO_RCVTIMEO is 10060, not 10035; in milliseconds.
#[test]
fn an_expired_receive_timeout_is_timed_out() {
    start();
    let (client, _server) = pair();
    set(client, SOL_SOCKET, SO_RCVTIMEO, 50).unwrap();
    assert_eq!(get(client, SOL_SOCKET, SO_RCVTIMEO), Ok(50));
    let begin = Instant::now();
    assert_eq!(winsock::recv(client, &mut [0], 0), Err(Code::WSAETIMEDOUT));
    assert!(begin.elapsed() >= Duration::from_millis(45));
    nonblocking(client, true);
    assert_eq!(winsock::recv(client, &mut [0], 0), Err(Code::WSAEWOULDBLOCK));
}

// D send: a full buffer.
#[test]
fn a_nonblocking_send_into_a_full_buffer_would_block() {
    start();
    let (client, _server) = pair();
    nonblocking(client, true);
    let data = vec![0; 1 << 20];
    let code = loop {
        if let Err(code) = winsock::send(client, &data, 0) {
            break code;
        }
    };
    assert_eq!(code, Code::WSAEWOULDBLOCK);
}

// D closesocket; S: closing wakes accept, recv and select of other threads.
#[test]
fn closing_ends_blocked_calls_of_other_threads() {
    start();
    let (listener, _) = listener();
    let (client, _server) = pair();
    let d = udp();
    bound(d);
    let blocked = [
        (listener, thread::spawn(move || winsock::accept(listener).map(drop).unwrap_err())),
        (client, thread::spawn(move || winsock::recv(client, &mut [0], 0).unwrap_err())),
        (d, thread::spawn(move || winsock::recvfrom(d, &mut [0], 0, &mut Address::default()).unwrap_err())),
    ];
    thread::sleep(Duration::from_millis(50));
    for (s, thread) in blocked {
        let begin = Instant::now();
        winsock::closesocket(s).unwrap();
        assert_eq!(thread.join().unwrap(), Code::WSAEINTR);
        assert!(begin.elapsed() < Duration::from_secs(1));
    }
}

#[test]
fn closing_wakes_select_and_frees_the_port_at_once() {
    start();
    let (listener, address) = listener();
    let thread = thread::spawn(move || {
        let sets = winsock::Sets { read: &[listener], ..Default::default() };
        winsock::select(sets, None).map(|ready| ready.count())
    });
    thread::sleep(Duration::from_millis(50));
    winsock::closesocket(listener).unwrap();
    assert_eq!(thread.join().unwrap(), Ok(1));
    let again = tcp();
    winsock::bind(again, &address).unwrap();
}

// D select.
#[test]
fn select_refuses_nothing_and_bad_numbers() {
    start();
    assert_eq!(winsock::select(winsock::Sets::default(), Some(Duration::ZERO)).unwrap_err(), Code::WSAEINVAL);
    let s = tcp();
    let sets = winsock::Sets { read: &[s, 4], ..Default::default() };
    assert_eq!(winsock::select(sets, Some(Duration::ZERO)).unwrap_err(), Code::WSAENOTSOCK);
}

// S: a stream without connection is neither readable nor writable; Linux calls it both.
#[test]
fn select_on_an_idle_stream_times_out() {
    start();
    let s = tcp();
    let sets = winsock::Sets { read: &[s], write: &[s], except: &[s] };
    assert_eq!(winsock::select(sets, Some(Duration::from_millis(20))).unwrap().count(), 0);
}

// D accept, S: the accepted socket has the listener's options and mode.
#[test]
fn an_accepted_socket_inherits_options_and_mode() {
    start();
    let (listener, address) = listener();
    set(listener, SOL_SOCKET, SO_RCVTIMEO, 1234).unwrap();
    set(listener, SOL_SOCKET, SO_KEEPALIVE, 1).unwrap();
    set(listener, IPPROTO_TCP, TCP_NODELAY, 1).unwrap();
    let client = tcp();
    winsock::connect(client, &address).unwrap();
    nonblocking(listener, true);
    assert!(readable(listener, 1000));
    let (server, _) = winsock::accept(listener).unwrap();
    assert_eq!(get(server, SOL_SOCKET, SO_RCVTIMEO), Ok(1234));
    assert_eq!(get(server, SOL_SOCKET, SO_KEEPALIVE), Ok(1));
    assert_eq!(get(server, IPPROTO_TCP, TCP_NODELAY), Ok(1));
    assert_eq!(winsock::recv(server, &mut [0], 0), Err(Code::WSAEWOULDBLOCK));
    assert_eq!(winsock::accept(listener).unwrap_err(), Code::WSAEWOULDBLOCK);
}

// S: none waiting is "would block"; inline it is invalid; datagrams do not have it.
#[test]
fn urgent_data_has_its_own_codes() {
    start();
    let (client, server) = pair();
    nonblocking(client, true);
    assert_eq!(winsock::recv(client, &mut [0], MSG_OOB), Err(Code::WSAEWOULDBLOCK));
    nonblocking(client, false);
    let mut mark = 0;
    winsock::ioctlsocket(client, SIOCATMARK, &mut mark).unwrap();
    assert_eq!(mark, 1, "true if nothing is pending");
    winsock::send(server, b"!", MSG_OOB).unwrap();
    let sets = winsock::Sets { except: &[client], ..Default::default() };
    assert_eq!(winsock::select(sets, Some(Duration::from_secs(1))).unwrap().count(), 1);
    winsock::ioctlsocket(client, SIOCATMARK, &mut mark).unwrap();
    assert_eq!(mark, 0);
    let mut byte = [0];
    assert_eq!(winsock::recv(client, &mut byte, MSG_OOB), Ok(1));
    assert_eq!(&byte, b"!");
    set(client, SOL_SOCKET, SO_OOBINLINE, 1).unwrap();
    assert_eq!(winsock::recv(client, &mut byte, MSG_OOB), Err(Code::WSAEINVAL));
    assert_eq!(winsock::recv(bound_udp(), &mut byte, MSG_OOB), Err(Code::WSAEOPNOTSUPP));
}

fn bound_udp() -> SOCKET {
    let s = udp();
    bound(s);
    s
}
