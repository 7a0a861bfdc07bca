//! Start-up counting. One test, since it ends the use of Winsock for the whole process.

mod common;

use common::*;
use winsock::Code;

// S, P: calls before WSAStartup; counting; the last WSACleanup destroys every socket; one too many.
#[test]
fn sockets_live_from_the_first_startup_to_the_last_cleanup() {
    let before = winsock::socket(winsock::win32::AF_INET, 1, 6);
    assert_eq!(before, Err(Code::WSANOTINITIALISED));
    assert_eq!(winsock::send(0x60, b"x", 0), Err(Code::WSANOTINITIALISED));
    assert_eq!(winsock::closesocket(0x60), Err(Code::WSANOTINITIALISED));
    assert_eq!(winsock::cleanup(), Err(Code::WSANOTINITIALISED));
    assert_eq!(winsock::startup(0), Err(Code::WSAVERNOTSUPPORTED));
    assert!(!winsock::is_started());

    start();
    start();
    let (client, server) = pair();
    let (listener, address) = listener();
    winsock::cleanup().unwrap();
    assert_eq!(winsock::send(client, b"x", 0), Ok(1), "one start-up is left");
    winsock::cleanup().unwrap();
    assert_eq!(winsock::send(client, b"x", 0), Err(Code::WSANOTINITIALISED));

    start();
    for s in [client, server, listener] {
        assert_eq!(winsock::send(s, b"x", 0), Err(Code::WSAENOTSOCK));
    }
    winsock::bind(tcp(), &address).expect("the port is free again");
    winsock::cleanup().unwrap();
    assert_eq!(winsock::cleanup(), Err(Code::WSANOTINITIALISED));
}
