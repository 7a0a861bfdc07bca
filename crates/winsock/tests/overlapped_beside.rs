//! Overlapped calls on a socket on which other threads do something else at the same moment.

mod support;

use std::hint::spin_loop;
use std::net::SocketAddr;
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use support::{Memory, again_with_io_uring, descriptors, listener, stream};
use winsock::overlapped::{self, Begun, Status};
use winsock::port::{Packet, by_handle as port};
use winsock::win32::{AF_INET, SOCK_DGRAM, SOCKET};
use winsock::{Address, extension};

/// A connection by way of `listener`: the accepted socket, and its peer.
fn connection(listener: SOCKET) -> (SOCKET, SOCKET) {
    let peer = stream();
    winsock::connect(peer, &winsock::getsockname(listener).unwrap().to_windows()).unwrap();
    (winsock::accept(listener).unwrap().0, peer)
}

/// The packets that come until none has come for a tenth of a second: their OVERLAPPED and their bytes.
fn packets(handle: port::Handle) -> Vec<(usize, u32)> {
    let mut told = Vec::new();
    let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
    while port::take(handle, &mut packet, Some(Duration::from_millis(100))).is_ok() {
        assert_eq!(packet[0].status, Status::SUCCESS);
        told.push((packet[0].overlapped, packet[0].bytes));
    }
    told
}

/// Docs: "WSARecv function", "recv function": a call without an OVERLAPPED has no packet.
#[test]
fn plain_calls_behind_overlapped_ones_queue_no_packet() {
    again_with_io_uring();
    winsock::startup(0x0202).unwrap();
    let (s, peer) = connection(listener(1));
    let handle = port::create(1).unwrap();
    port::associate(handle, s, 1).unwrap();

    let received = Memory::new(4);
    assert_eq!(overlapped::begin_receive(s, received.record(), received.buffers(1), 0), Ok(Begun::Pending));
    let plain = thread::spawn(move || {
        let mut text = [0; 4];
        winsock::recv(s, &mut text, 0).map(|count| text[..count].to_vec())
    });
    thread::sleep(Duration::from_millis(50));
    winsock::send(peer, b"overbare", 0).unwrap();
    assert_eq!(packets(handle), [(received.address(), 4)]);
    assert_eq!((received.data(4), plain.join().unwrap()), (b"over".to_vec(), Ok(b"bare".to_vec())));

    const MUCH: usize = 20_000_000;
    let sent = Memory::with(&vec![b'o'; MUCH]);
    assert_eq!(overlapped::begin_send(s, sent.record(), sent.buffers(1), 0), Ok(Begun::Pending));
    let plain = thread::spawn(move || winsock::send(s, b"plain", 0));
    thread::sleep(Duration::from_millis(50));
    let reader = thread::spawn(move || {
        let (mut part, mut left) = (vec![0; 1 << 16], MUCH + 5);
        while left > 0 {
            left -= winsock::recv(peer, &mut part, 0).unwrap();
        }
    });
    assert_eq!((plain.join().unwrap(), reader.join().unwrap()), (Ok(5), ()));
    assert_eq!(packets(handle), [(sent.address(), MUCH as u32)]);
    winsock::cleanup().unwrap();
}

/// The first overlapped call on a socket makes what later ones find; a close at that moment ends it all the same.
#[test]
fn a_close_beside_the_first_operation_ends_it() {
    const TURNS: u32 = 20_000;
    winsock::startup(0x0202).unwrap();
    let any = Address::from(SocketAddr::from(([127, 0, 0, 1], 0))).to_windows();
    let end = Instant::now() + Duration::from_secs(15);
    let barrier = Arc::new(Barrier::new(2));
    let (hand_over, sockets) = mpsc::channel();
    let closer = thread::spawn({
        let barrier = Arc::clone(&barrier);
        move || {
            for (turn, s) in sockets.iter().enumerate() {
                barrier.wait();
                (0..turn % 97 * 3).for_each(|_| spin_loop());
                winsock::closesocket(s).unwrap();
                barrier.wait();
            }
        }
    });
    let mut before = 0;
    for turn in 0..TURNS {
        let s = winsock::socket(AF_INET, SOCK_DGRAM, 0).unwrap();
        winsock::bind(s, &any).unwrap();
        hand_over.send(s).unwrap();
        let memory = Memory::new(4);
        barrier.wait();
        let begun = overlapped::begin_receive(s, memory.record(), memory.buffers(1), 0);
        barrier.wait();
        match begun {
            Ok(Begun::Pending) => {
                while memory.status() == Status::PENDING {
                    assert!(Instant::now() < end, "turn {turn}: an operation of a closed socket does not end");
                    thread::yield_now();
                }
                assert!(matches!(memory.status(), Status::CANCELLED | Status::SUCCESS), "{:?}", memory.status());
            }
            Ok(_) | Err(_) => memory.abandon(),
        }
        if turn == 100 {
            before = descriptors();
        }
        if Instant::now() > end {
            break;
        }
    }
    drop(hand_over);
    closer.join().unwrap();
    // One test of this process has a port's and a few sockets'.
    assert!(descriptors() < before + 20, "{} descriptors, {before} at first", descriptors());
    winsock::cleanup().unwrap();
}

/// A socket is tied to a port while a connect that began before ends on another thread.
#[test]
fn a_tie_beside_an_end_waits_for_nobody() {
    winsock::startup(0x0202).unwrap();
    let any = Address::from(SocketAddr::from(([127, 0, 0, 1], 0))).to_windows();
    let (listener, handle) = (listener(10), port::create(1).unwrap());
    let name = winsock::getsockname(listener).unwrap().to_windows();
    let (sender, done) = mpsc::channel();
    // On a thread of its own, for which this one need not wait.
    thread::spawn(move || {
        for turn in 0..1_000 {
            let (s, memory) = (stream(), Memory::new(1));
            winsock::bind(s, &any).unwrap();
            assert_eq!(extension::connect_ex(s, &name, &[], memory.record()), Ok(Begun::Pending));
            (0..turn % 40 * 20).for_each(|_| spin_loop());
            port::associate(handle, s, 1).unwrap();
            while memory.status() == Status::PENDING {
                thread::yield_now();
            }
            assert_eq!(memory.status(), Status::SUCCESS);
            let (accepted, _) = winsock::accept(listener).unwrap();
            winsock::closesocket(accepted).and(winsock::closesocket(s)).unwrap();
            sender.send(turn).unwrap();
        }
    });
    let turns = std::iter::from_fn(|| done.recv_timeout(Duration::from_secs(10)).ok()).count();
    assert_eq!(turns, 1_000);
    winsock::cleanup().unwrap();
}

/// The acceptor waits for its first data by the listener's port when it is tied to another one.
#[test]
fn an_accept_that_waits_for_data_ends_though_its_socket_is_tied_to_another_port() {
    winsock::startup(0x0202).unwrap();
    let (listener, acceptor, peer) = (listener(1), stream(), stream());
    let ports = [port::create(1).unwrap(), port::create(1).unwrap()];
    port::associate(ports[0], listener, 1).unwrap();
    let memory = Memory::new(100);
    extension::accept_ex(listener, acceptor, memory.record(), memory.accept_room(36, 32, 32)).unwrap();
    winsock::connect(peer, &winsock::getsockname(listener).unwrap().to_windows()).unwrap();
    // Accepts, and shows the kernel what waits for data now.
    assert_eq!(packets(ports[0]), []);
    port::associate(ports[1], acceptor, 2).unwrap();
    winsock::closesocket(acceptor).unwrap();
    let deadline = Instant::now() + Duration::from_secs(5);
    while memory.status() == Status::PENDING {
        assert!(Instant::now() < deadline, "it was not called back");
        thread::yield_now();
    }
    assert_eq!(memory.status(), Status::CANCELLED);
    winsock::cleanup().unwrap();
}
