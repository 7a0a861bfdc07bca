//! A socket that `DisconnectEx` made ready for reuse takes one connection after the other, and leaves no descriptor behind. A
//! program of its own, because it counts the process's descriptors.

mod support;

use std::time::Duration;

use support::{Memory, descriptors, listener, stream};
use winsock::extension::{self, TF_REUSE_SOCKET};
use winsock::overlapped::Status;
use winsock::port::{Packet, by_handle as port};
use winsock::win32::{SO_KEEPALIVE, SO_UPDATE_ACCEPT_CONTEXT, SOCKET, SOL_SOCKET};

const ROOM: usize = 32;

fn take(handle: port::Handle) {
    let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
    port::take(handle, &mut packet, Some(Duration::from_secs(10))).unwrap();
    assert_eq!(packet[0].status, Status::SUCCESS);
}

/// What a program does with the accepted socket while it is connected.
type Touch = fn(SOCKET, SOCKET);

#[test]
fn a_socket_made_ready_for_reuse_takes_connection_after_connection() {
    let touches: [(&str, Touch); 3] = [
        ("nothing", |_, _| ()),
        ("its context", |s, listener| {
            let listener = listener.to_ne_bytes();
            winsock::setsockopt(s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, listener[..].into()).unwrap();
        }),
        ("an option", |s, _| {
            winsock::setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, 1u32.to_ne_bytes()[..].into()).unwrap();
        }),
    ];
    support::again_with_io_uring();
    winsock::startup(0x0202).unwrap();
    let listener = listener(5);
    let name = winsock::getsockname(listener).unwrap().to_windows();
    let handle = port::create(1).unwrap();
    port::associate(handle, listener, 1).unwrap();

    for (what, touch) in touches {
        let acceptor = stream();
        port::associate(handle, acceptor, 2).unwrap();
        let mut after = Vec::new();
        for turn in 0..6 {
            let memory = Memory::new(2 * ROOM);
            let client = stream();
            extension::accept_ex(listener, acceptor, memory.record(), memory.accept_room(0, ROOM, ROOM)).unwrap();
            winsock::connect(client, &name).unwrap();
            take(handle);
            touch(acceptor, listener);
            for (from, to) in [(client, acceptor), (acceptor, client)] {
                assert_eq!(winsock::send(from, b"hello", 0), Ok(5), "{what}, turn {turn}");
                assert_eq!(winsock::recv(to, &mut [0; 20], 0), Ok(5), "{what}, turn {turn}");
            }
            winsock::closesocket(client).unwrap();
            extension::begin_disconnect_ex(acceptor, TF_REUSE_SOCKET, 0, memory.record()).unwrap();
            take(handle);
            after.push(descriptors());
        }
        // The first turn may leave the descriptor that the socket was made with to the next one.
        assert_eq!(after[1..], [after[1]; 5], "{what}");
        winsock::closesocket(acceptor).unwrap();
    }
}
