//! `AcceptEx` gives its socket another descriptor. The one that stood there before goes to the next socket if nothing was
//! ever done with it, and nowhere else. A program of its own, because it counts the process's descriptors.

mod support;

use std::time::Duration;

use support::{Memory, descriptors, listener, stream};
use winsock::port::{Packet, by_handle as port};
use winsock::win32::{FIONBIO, SIO_KEEPALIVE_VALS, SO_KEEPALIVE, SOCKET, SOL_SOCKET};
use winsock::{Address, Code, extension, overlapped::Status};

const ROOM: usize = 32;

/// What a program does with the socket before `AcceptEx`.
type Touch = fn(SOCKET);

fn keep_alive(s: SOCKET) -> u8 {
    let mut value = [9; 4];
    winsock::getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &mut value).1.unwrap();
    value[0]
}

#[test]
fn only_a_descriptor_that_nothing_was_done_with_goes_to_the_next_socket() {
    let touches: [(&str, Touch); 5] = [
        ("nothing", |_| ()),
        ("an option", |s| winsock::setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, 1u32.to_ne_bytes()[..].into()).unwrap()),
        ("a control code", |s| {
            let values: Vec<u8> = [1u32, 9000, 1000].iter().flat_map(|value| value.to_ne_bytes()).collect();
            winsock::control(s, SIO_KEEPALIVE_VALS, &values, &mut []).map_err(|refusal| refusal.code).unwrap();
        }),
        ("its mode", |s| winsock::ioctlsocket(s, FIONBIO, &mut 1).unwrap()),
        ("a bind that Linux refused", |s| {
            let strange = Address::from(std::net::SocketAddr::from(([192, 0, 2, 1], 0))).to_windows();
            assert_eq!(winsock::bind(s, &strange), Err(Code::WSAEADDRNOTAVAIL));
        }),
    ];
    winsock::startup(0x0202).unwrap();
    let listener = listener(5);
    let name = winsock::getsockname(listener).unwrap().to_windows();
    let handle = port::create(1).unwrap();
    port::associate(handle, listener, 1).unwrap();

    for (what, touch) in touches {
        let memory = Memory::new(2 * ROOM);
        let (acceptor, client) = (stream(), stream());
        touch(acceptor);
        extension::accept_ex(listener, acceptor, memory.record(), memory.accept_room(0, ROOM, ROOM)).unwrap();
        let before = descriptors();
        winsock::connect(client, &name).unwrap();
        let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
        port::take(handle, &mut packet, Some(Duration::from_secs(10))).unwrap();
        assert_eq!(packet[0].status, Status::SUCCESS, "{what}");
        let kept = descriptors() - before;
        assert_eq!(kept, usize::from(what == "nothing"), "after {what} {kept} descriptors are kept");

        let next = stream();
        assert_eq!(descriptors(), before + 1, "{what}: the next socket has the kept one or one of its own");
        assert_eq!(keep_alive(next), 0, "{what}");
        winsock::connect(next, &name).unwrap();
        assert_eq!(winsock::accept(listener).map(|(s, _)| winsock::closesocket(s)), Ok(Ok(())), "{what}");
        assert_eq!(winsock::send(client, b"hello", 0), Ok(5));
        assert_eq!(winsock::recv(acceptor, &mut [0; 20], 0), Ok(5), "{what}");
        for s in [acceptor, client, next] {
            winsock::closesocket(s).unwrap();
        }
    }
}
