//! What `AcceptEx` says when the process has no descriptor left: it lacks resources, and the caller stays. A program of its
//! own, because the limit is the process's.

mod support;

use std::time::Duration;

use support::{Memory, limit_descriptors, listener, stream};
use winsock::overlapped::{Begun, Status};
use winsock::port::{Packet, by_handle as port};
use winsock::win32::{AF_INET, SOCK_STREAM, SOCKET};
use winsock::{Code, extension};

const ROOM: usize = 32;

#[test]
fn without_descriptors_accept_ex_lacks_resources_and_the_caller_stays() {
    winsock::startup(0x0202).unwrap();
    let (listener, acceptor, client) = (listener(5), stream(), stream());
    let handle = port::create(1).unwrap();
    port::associate(handle, listener, 1).unwrap();
    let memory = Memory::new(2 * ROOM);

    begin(listener, acceptor, &memory);
    let before = limit_descriptors(0);
    winsock::connect(client, &winsock::getsockname(listener).unwrap().to_windows()).unwrap();
    assert_eq!(next(handle), Status::of(Code::WSAENOBUFS));
    assert_eq!((memory.status().win32(), memory.status().code()), (1450, Code::WSAENOBUFS));
    assert_eq!(winsock::socket(AF_INET, SOCK_STREAM, 0), Err(Code::WSAEMFILE));

    limit_descriptors(before);
    begin(listener, acceptor, &memory);
    assert_eq!(next(handle), Status::SUCCESS);
    assert_eq!(winsock::send(client, b"still there", 0), Ok(11));
    assert_eq!(winsock::recv(acceptor, &mut [0; 20], 0), Ok(11));
}

fn begin(listener: SOCKET, acceptor: SOCKET, memory: &Memory) {
    let begun = extension::accept_ex(listener, acceptor, memory.record(), memory.accept_room(0, ROOM, ROOM));
    assert_eq!(begun, Ok(Begun::Pending));
}

fn next(handle: usize) -> Status {
    let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
    port::take(handle, &mut packet, Some(Duration::from_secs(10))).unwrap();
    packet[0].status
}
