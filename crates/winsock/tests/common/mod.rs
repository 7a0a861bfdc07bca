//! What the rule tests share: sockets on loopback, and resets.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

use std::net::SocketAddr;

use winsock::win32::*;
use winsock::{Address, Code};

/// Begins the use of Winsock for the rest of the process. Tests share a process, so nobody ends it.
pub fn start() {
    winsock::startup(0x0202).unwrap();
}

pub fn tcp() -> SOCKET {
    winsock::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP).unwrap()
}

pub fn udp() -> SOCKET {
    winsock::socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP).unwrap()
}

/// An address in Windows' layout.
pub fn at(address: &str) -> Vec<u8> {
    Address::from(address.parse::<SocketAddr>().unwrap()).to_windows().to_vec()
}

pub fn local(s: SOCKET) -> Vec<u8> {
    winsock::getsockname(s).unwrap().to_windows().to_vec()
}

pub fn bound(s: SOCKET) -> Vec<u8> {
    winsock::bind(s, &at("127.0.0.1:0")).unwrap();
    local(s)
}

/// A listener and its address.
pub fn listener() -> (SOCKET, Vec<u8>) {
    let s = tcp();
    let address = bound(s);
    winsock::listen(s, 5).unwrap();
    (s, address)
}

/// Two connected streams: client, server.
pub fn pair() -> (SOCKET, SOCKET) {
    let (listener, address) = listener();
    let client = tcp();
    winsock::connect(client, &address).unwrap();
    let (server, _) = winsock::accept(listener).unwrap();
    winsock::closesocket(listener).unwrap();
    (client, server)
}

/// A port on loopback where nobody listens.
pub fn free_address() -> Vec<u8> {
    let s = tcp();
    let address = bound(s);
    winsock::closesocket(s).unwrap();
    address
}

pub fn set(s: SOCKET, level: i32, name: i32, value: u32) -> Result<(), Code> {
    winsock::setsockopt(s, level, name, value.to_ne_bytes()[..].into())
}

pub fn get(s: SOCKET, level: i32, name: i32) -> Result<u32, Code> {
    let mut value = [0; 4];
    winsock::getsockopt(s, level, name, &mut value).1?;
    Ok(u32::from_ne_bytes(value))
}

pub fn nonblocking(s: SOCKET, on: bool) {
    winsock::ioctlsocket(s, FIONBIO, &mut u32::from(on)).unwrap();
}

/// Closes with a reset instead of an orderly end.
pub fn reset(s: SOCKET) {
    set(s, SOL_SOCKET, SO_LINGER, 1).unwrap();
    winsock::closesocket(s).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(5));
}

pub fn readable(s: SOCKET, milliseconds: u64) -> bool {
    let sets = winsock::Sets { read: &[s], ..Default::default() };
    winsock::select(sets, Some(std::time::Duration::from_millis(milliseconds))).unwrap().count() == 1
}
